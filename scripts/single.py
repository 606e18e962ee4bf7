"""Prints activation-math/src/single/coefficients.rs: every polynomial of the elementary functions in f32.

    python3 scripts/single.py > activation-math/src/single/coefficients.rs

Each polynomial is the minimax one (Remez exchange, `remez.py`), its coefficients then rounded to f32. The errors printed
are those with the rounded coefficients, relative to the function that a polynomial serves.
"""

import struct

from mpmath import asinh, erfc, exp, expm1, factorial, floor, log, mp, mpf, pi, sqrt, tanh, taylor

from remez import remez, series

mp.dps = 40


def rounded(value):
    """The nearest f32."""
    return mpf(struct.unpack("f", struct.pack("f", float(value)))[0])


def number(value):
    """The shortest decimal of an f32."""
    digits = next(text for text in (f"{float(value):.{n}g}" for n in range(1, 18)) if rounded(mpf(text)) == value)
    mantissa, _, exponent = digits.partition("e")
    mantissa = mantissa if "." in mantissa else mantissa + ".0"
    return mantissa + (f"e{int(exponent)}" if exponent else "")


def table(name, about, function, weight, low, high, count):
    """Prints the polynomial with `count` terms that is nearest to `function`."""
    low, high = mpf(low), mpf(high)
    coefficients = [rounded(c) for c in remez(function, weight, low, high, count)[0]]
    points = [low + (high - low) * n / 2000 for n in range(2001)]
    error = max(weight(x) * abs(function(x) - sum(c * x**n for n, c in enumerate(coefficients))) for x in points)
    print(f"\n/// {about}\n/// Largest error 2^{float(log(error, 2)):.1f}.")
    print(f"pub(super) const {name}: [f64; {count}] = [")
    for c in coefficients:
        print(f"    {number(c)},")
    print("];")


def constant(name, about, value):
    print(f"\n/// {about}\npub(super) const {name}: f64 = {number(rounded(value))};")


def pair(name, about, value):
    """`value` as an f32 and the f32 that is nearest to what is left of it."""
    head = rounded(value)
    print(f"\n/// {about}\npub(super) const {name}: (f64, f64) = ({number(head)}, {number(rounded(value - head))});")


def cut(value, bits):
    """The leading `bits` bits of `value`."""
    unit = mpf(2) ** (floor(log(value, 2)) + 1 - bits)
    return floor(value / unit) * unit


def erfcx_of(t):
    """`(x + 5/8) exp(x^2) erfc(x)` at the x with `t = (x - 4) / (x + 4)`."""
    x = 4 * (1 + t) / (1 - t)
    return (x + mpf("0.625")) * exp(x * x) * erfc(x)


print("""//! The polynomials and constants of the functions in `f32`. Printed by `scripts/single.py`, not by hand.
//!
//! Polynomials are minimax ones, constant first; the errors are relative errors of the function that they serve.
#![expect(
    clippy::approx_constant,
    reason = "parts of a constant that has more bits than one f32: the first one may look like the constant"
)]""")

ln2, circle = log(2), pi / 2
constant("LN_2_HIGH", "The first 16 bits of ln 2: times a whole number of 8 bits it is exact.", cut(ln2, 16))
constant("LN_2_LOW", "What `LN_2_HIGH` leaves of ln 2.", ln2 - cut(ln2, 16))
pair("LN_2", "ln 2.", ln2)
pair("TWO_THIRDS", "2/3.", mpf(2) / 3)
pair("THIRD", "1/3.", mpf(1) / 3)
pair("HALF_PI", "pi/2.", circle)

parts, left = [], circle
for _ in range(3):
    parts.append(cut(left, 15))
    left -= parts[-1]
print("\n/// pi/2 in parts: times a whole number of 9 bits the first three are exact.")
print(f"pub(super) const HALF_PI_PARTS: [f64; 4] = [{', '.join(number(rounded(p)) for p in parts + [left])}];")

# A thousandth more than half of ln 2, because n itself is rounded.
limit = ln2 / 2 * mpf("1.001")
table("EXP", "`(exp(r) - 1 - r - r^2/2) / r^3` on |r| < ln(2)/2.",
      series(lambda n: 1 / factorial(n + 3), 40), lambda r: abs(r**3 / expm1(r)) if r else mpf(0), -limit, limit, 4)
table("LOG", "`(ln(1 + f) - f + f^2/2) / f^3` on sqrt(1/2) < 1 + f < sqrt(2).",
      lambda f: (log(1 + f) - f + f * f / 2) / f**3 if abs(f) > mpf("1e-8") else mpf(1) / 3 - f / 4,
      lambda f: abs(f**3 / log(1 + f)) if f else mpf(0), sqrt(mpf("0.5")) - 1, sqrt(mpf(2)) - 1, 9)
artanh = series(lambda n: mpf(2) / (2 * n + 3))
table("ARTANH", "`(ln((1 + s)/(1 - s)) - 2s) / s^3` in s^2, on s < 1/3.",
      artanh, lambda w: w / 2, 0, mpf(1) / 9, 5)
table("ARTANH_LONG", "`(ln((1 + s)/(1 - s)) - 2s - 2s^3/3) / s^5` in s^2, on s < 3 - 2 sqrt(2).",
      series(lambda n: mpf(2) / (2 * n + 5)), lambda w: w * w / 2, 0, (3 - 2 * sqrt(mpf(2))) ** 2 * mpf("1.001"), 4)
table("ATAN", "`(atan(s) - s) / s^3` in s^2, on s < 1/2.",
      series(lambda n: mpf((-1) ** (n + 1)) / (2 * n + 3)), lambda w: w, 0, "0.25", 6)
table("SIN", "`(sin(r) - r) / r^3` in r^2, on r < pi/4.",
      series(lambda n: (-1) ** (n + 1) / factorial(2 * n + 3), 40), lambda w: w, 0, (pi / 4) ** 2 * mpf("1.01"), 4)
table("COS", "`(cos(r) - 1 + r^2/2) / r^4` in r^2, on r < pi/4.",
      series(lambda n: (-1) ** n / factorial(2 * n + 4), 40), lambda w: w * w, 0, (pi / 4) ** 2 * mpf("1.01"), 3)
table("SINH", "`(sinh(x) - x) / x^3` in x^2, on x < 1.",
      series(lambda n: 1 / factorial(2 * n + 3), 40), lambda w: w, 0, 1, 4)
tangent = taylor(tanh, 0, 246)
table("TANH", "`(tanh(x) - x) / x^3` in x^2, on x < 5/8.",
      series(lambda n: tangent[2 * n + 3]), lambda w: w, 0, mpf(25) / 64, 5)
table("TANHSHRINK", "`((x - tanh(x))/x^3 - 1/3) / x^2` in x^2, on x < 1.",
      series(lambda n: -tangent[2 * n + 5]), lambda w: 3 * w, 0, 1, 7)
table("LOGCOSH", "`(ln(cosh(x))/x^2 - 1/2) / x^2` in x^2, on x < 1.",
      series(lambda n: tangent[2 * n + 3] / (2 * n + 4)), lambda w: 2 * w, 0, 1, 8)
root = taylor(asinh, 0, 240)
table("ASINH", "`(asinh(x) - x) / x^3` in x^2, on x < 5/8.",
      series(lambda n: root[2 * n + 3], 118), lambda w: w, 0, mpf(25) / 64, 6)
table("ERF", "`erf(x)/x - 1` in x^2, on x < 3/4.",
      series(lambda n: 2 / sqrt(pi) * (-1) ** n / factorial(n) / (2 * n + 1) - (n == 0), 60),
      lambda w: mpf(1), 0, mpf(9) / 16, 6)
low, high = (mpf("0.75") - 4) / (mpf("0.75") + 4), (mpf("10.1") - 4) / (mpf("10.1") + 4)
pair("ERFC_FIRST", "The constant of `ERFC`.", erfcx_of(mpf(0)))
table("ERFC", "`(x + 5/8) exp(x^2) erfc(x)` in `t = (x - 4)/(x + 4)` on 3/4 < x < 10.1, without its constant and over t.",
      lambda t: (erfcx_of(t) - erfcx_of(mpf(0))) / t if t else mpf(0), lambda t: abs(t) / erfcx_of(t), low, high, 10)
table("EXP_EXCESS", "`((exp(x) - 1 - x)/x^2 - 1/2) / x` on |x| < 1/2.",
      series(lambda n: 1 / factorial(n + 3), 60), lambda x: 2 * abs(x), "-0.5", "0.5", 6)
