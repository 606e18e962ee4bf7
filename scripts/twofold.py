"""Prints activation-math/src/twofold/coefficients.rs: the series of the elementary functions in two parts.

    python3 scripts/twofold.py > activation-math/src/twofold/coefficients.rs

The first terms of a series are exact, in two parts each; what follows is the minimax polynomial of the rest (Remez exchange,
`remez.py`), its coefficients rounded to f64. The errors printed are relative errors of the function, with coefficients that
are not rounded.
"""

from mpmath import cos, erf, expm1, factorial, floor, log, mp, mpf, pi, sin, sqrt

from remez import remez, series

mp.dps = 60


def number(value):
    mantissa, _, exponent = repr(float(value)).partition("e")
    return mantissa + (f"e{int(exponent)}" if exponent else "")


def parts(value):
    head = mpf(float(value))
    return f"({number(head)}, {number(value - head)})"


def cut(value, bits):
    """The leading `bits` bits of `value`."""
    unit = mpf(2) ** (floor(log(abs(value), 2)) + 1 - bits)
    return floor(value / unit) * unit


def table(name, about, first, term, weight, low, high, count):
    """The series with the coefficients `term(n)`: `first` of them in two parts, then a polynomial with `count` terms for the
    rest over as many powers; `weight` is what the series is to its function."""
    rest = series(lambda n: term(n + first), 60)
    share = lambda x: abs(x) ** first * weight(x)
    polynomial, error = remez(rest, share, mpf(low), mpf(high), count)
    print(f"\n/// {about} Its first coefficients.")
    print(f"pub(super) const {name}_FIRST: [(f64, f64); {first}] = [")
    for n in range(first):
        print(f"    {parts(mpf(term(n)))},")
    print("];")
    print(f"\n/// What follows `{name}_FIRST`. Largest error 2^{float(log(error, 2)):.1f}.")
    print(f"pub(super) const {name}: [f64; {count}] = [")
    for c in polynomial:
        print(f"    {number(c)},")
    print("];")


print("""//! The series of the elementary functions in two parts. Printed by `scripts/twofold.py`, not by hand.
#![expect(
    clippy::approx_constant,
    reason = "parts of a constant that has more bits than one f64: the first one may look like the constant"
)]""")

ln2 = log(2)
high = cut(ln2, 42)
middle = cut(ln2 - high, 42)
print("\n/// ln 2 in parts: times a whole number of 11 bits the first two are exact.")
print(f"pub(super) const LN_2_PARTS: [f64; 3] = [{number(high)}, {number(middle)}, {number(ln2 - high - middle)}];")
print(f"\n/// ln 2.\npub(super) const LN_2: (f64, f64) = {parts(ln2)};")

limit = ln2 / 2 * mpf("1.001")
table("EXP", "`(exp(r) - 1) / r` in r, on |r| < ln(2)/2.", 3, lambda n: 1 / factorial(n + 1),
      lambda r: abs(r / expm1(r)) if r else mpf(1), -limit, limit, 10)
table("LOG", "`ln((1 + s)/(1 - s)) / s` in s^2, on s < 3 - 2 sqrt(2).", 2, lambda n: mpf(2) / (2 * n + 1),
      lambda w: mpf("0.5"), 0, (3 - 2 * sqrt(mpf(2))) ** 2 * mpf("1.001"), 7)
table("SIN", "`sin(r) / r` in r^2, on r < pi/4.", 2, lambda n: mpf(-1) ** n / factorial(2 * n + 1),
      lambda w: sqrt(w) / sin(sqrt(w)) if w else mpf(1), 0, (pi / 4) ** 2 * mpf("1.001"), 6)
table("COS", "`cos(r)` in r^2, on r < pi/4.", 3, lambda n: mpf(-1) ** n / factorial(2 * n),
      lambda w: 1 / cos(sqrt(w)), 0, (pi / 4) ** 2 * mpf("1.001"), 5)
table("ERF", "`erf(x) / x` in x^2, on x < 1.", 4, lambda n: 2 / sqrt(pi) * mpf(-1) ** n / factorial(n) / (2 * n + 1),
      lambda w: sqrt(w) / erf(sqrt(w)) if w else sqrt(pi) / 2, 0, "1.001", 10)
