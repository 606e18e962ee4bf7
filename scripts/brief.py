"""Prints activation-math/src/brief/coefficients.rs: every polynomial of the brief functions.

    python3 scripts/brief.py > activation-math/src/brief/coefficients.rs

Each polynomial is the minimax one (Remez exchange, `remez.py`), its coefficients then rounded to f64. The error is
weighted by the share that the polynomial has in its function, so that the errors printed are relative errors of the
function.
"""

from mpmath import asinh, erfc, exp, expm1, factorial, floor, log, mp, mpf, pi, sqrt, tanh, taylor

from remez import remez, series

mp.dps = 40


def number(value):
    mantissa, _, exponent = repr(float(value)).partition("e")
    return mantissa + (f"e{int(exponent)}" if exponent else "")


def table(name, about, function, weight, low, high, count):
    """Prints the polynomial with `count` terms that is nearest to `function`."""
    polynomial, error = remez(function, weight, mpf(low), mpf(high), count)
    print(f"\n/// {about} Largest error 2^{float(log(error, 2)):.1f}.")
    print(f"pub(super) const {name}: [f64; {count}] = [")
    for c in polynomial:
        print(f"    {number(c)},")
    print("];")


def constant(name, about, value):
    print(f"\n/// {about}\npub(super) const {name}: f64 = {number(value)};")


def cut(value, bits):
    """The leading `bits` bits of `value`."""
    unit = mpf(2) ** (floor(log(value, 2)) + 1 - bits)
    return floor(value / unit) * unit


print("""//! The polynomials and constants of the brief functions. Printed by `scripts/brief.py`, not by hand.
//!
//! Polynomials are minimax ones, constant first; the errors are relative errors of the function that they serve.""")

ln2 = log(2)
parts, rest = [], pi / 2
for _ in range(2):
    parts.append(cut(rest, 33))
    rest -= parts[-1]
print("\n/// pi/2 in parts: times a whole number of 20 bits the first two are exact.")
print(f"pub(super) const HALF_PI_PARTS: [f64; 3] = [{', '.join(number(p) for p in parts + [rest])}];")

# A ten-thousandth more than a half, because n itself is rounded.
half = mpf("0.50005")
table("EXP2", "`(2^f - 1) / f` on |f| < 1/2.",
      series(lambda n: ln2 ** (n + 1) / factorial(n + 1), 40),
      lambda f: abs(f / expm1(f * ln2)) if f else 1 / ln2, -half, half, 9)
artanh = series(lambda n: mpf(2) / (2 * n + 1))
table("LOG", "`ln((1 + s)/(1 - s)) / s` in s^2, on s < 3 - 2 sqrt(2).",
      artanh, lambda w: 1 / artanh(w), 0, (3 - 2 * sqrt(mpf(2))) ** 2 * mpf("1.001"), 6)
table("LOG1P", "`ln((1 + s)/(1 - s)) / s` in s^2, on s < 1/3.",
      artanh, lambda w: 1 / artanh(w), 0, mpf(1) / 9, 8)
table("ATAN", "`atan(s) / s` in s^2, on s < tan(pi/8).",
      series(lambda n: mpf((-1) ** n) / (2 * n + 1)), lambda w: mpf(1), 0, (sqrt(mpf(2)) - 1) ** 2 * mpf("1.001"), 8)
sine = series(lambda n: (-1) ** n / factorial(2 * n + 1), 40)
table("SIN", "`sin(r) / r` in r^2, on r < pi/2.",
      sine, lambda w: 1 / sine(w), 0, (pi / 2) ** 2 * mpf("1.0001"), 7)
root = taylor(asinh, 0, 240)
table("ASINH", "`asinh(x) / x` in x^2, on x < 1/2.",
      series(lambda n: root[2 * n + 1], 118), lambda w: mpf(1), 0, "0.25", 9)
tangent = taylor(tanh, 0, 246)
table("TANHSHRINK", "`(x - tanh(x)) / x^3` in x^2, on x^2 < 1/2.",
      series(lambda n: -tangent[2 * n + 3]), lambda w: mpf(3), 0, "0.5", 10)
table("LOGCOSH", "`ln(cosh(x)) / x^2` in x^2, on x^2 < 1/2.",
      series(lambda n: tangent[2 * n + 1] / (2 * n + 2)), lambda w: mpf(2), 0, "0.5", 9)
table("EXP_EXCESS", "`(exp(x) - 1 - x) / x^2` on |x| < 3/4.",
      series(lambda n: 1 / factorial(n + 2), 60), lambda x: mpf(2), "-0.75", "0.75", 10)
table("ERF", "`erf(x) / x` in x^2, on x < 1/2.",
      series(lambda n: 2 / sqrt(pi) * (-1) ** n / factorial(n) / (2 * n + 1), 40), lambda w: mpf(1), 0, "0.25", 7)

# exp(x^2) erfc(x) in u = 1/(x + SHIFT), which runs from 1/SHIFT at 0 to nearly 0 far out.
shift = mpf("2.5")
centre = mpf(float((1 / shift + 1 / (mpf(27) + shift)) / 2))


def tail_of(v):
    """`(x + shift) exp(x^2) erfc(x)` at the x with `v = 1/(x + shift) - centre`."""
    x = 1 / (v + centre) - shift
    return (x + shift) * exp(x * x) * erfc(x)


constant("ERFC_SHIFT", "What `ERFC` adds to x.", shift)
constant("ERFC_CENTRE", "Half way between the ends of `1/(x + ERFC_SHIFT)`.", centre)
table("ERFC", "`(x + ERFC_SHIFT) exp(x^2) erfc(x)` in `1/(x + ERFC_SHIFT) - ERFC_CENTRE`, on x < 27.",
      tail_of, lambda v: 1 / tail_of(v), 1 / (mpf(27) + shift) - centre, 1 / shift - centre, 16)
# The same for the normal distribution at -x.
shift = mpf("3.53125")
centre = mpf(float((1 / shift + 1 / (mpf(38) + shift)) / 2))


def normal_tail_of(v):
    """`(x + shift) exp(x^2/2)` times the normal distribution at -x, at the x with `v = 1/(x + shift) - centre`."""
    x = 1 / (v + centre) - shift
    return (x + shift) * exp(x * x / 2) * erfc(x / sqrt(mpf(2))) / 2


constant("NORMAL_SHIFT", "What `NORMAL` adds to x.", shift)
constant("NORMAL_CENTRE", "Half way between the ends of `1/(x + NORMAL_SHIFT)`.", centre)
table("NORMAL", "`(x + NORMAL_SHIFT) exp(x^2/2)` times the normal distribution at -x in `1/(x + NORMAL_SHIFT) - NORMAL_CENTRE`, on x < 38.",
      normal_tail_of, lambda v: 1 / normal_tail_of(v), 1 / (mpf(38) + shift) - centre, 1 / shift - centre, 16)
table("INVERSE_CBRT", "`m^(-1/3)` on sqrt(1/2) < m < sqrt(2): a first guess.",
      lambda m: m ** (-mpf(1) / 3), lambda m: m ** (mpf(1) / 3), sqrt(mpf("0.5")), sqrt(mpf(2)), 5)
constant("CBRT_2", "The cube root of 2.", mpf(2) ** (mpf(1) / 3))
constant("CBRT_HALF", "The cube root of 1/2.", mpf(2) ** (-mpf(1) / 3))
