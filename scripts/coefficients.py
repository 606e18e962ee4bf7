"""Prints activation-math/src/elementary/coefficients.rs: every polynomial of the elementary functions.

    python3 scripts/coefficients.py > activation-math/src/elementary/coefficients.rs

Each polynomial is the minimax one (Remez exchange on a grid, 60 digits, mpmath), its coefficients then rounded to f64.
The error is weighted by the share that the polynomial has in its function, so that the errors printed are relative
errors of the function.
"""

from mpmath import erfc, exp, expm1, factorial, floor, log, mp, mpf, pi, sqrt, tanh, taylor

from remez import remez, series

mp.dps = 60


def number(value):
    mantissa, _, exponent = repr(float(value)).partition("e")
    return mantissa + (f"e{int(exponent)}" if exponent else "")


def table(name, about, function, weight, low, high, count):
    polynomial, error = remez(function, weight, mpf(low), mpf(high), count)
    print(f"\n/// {about} Largest error 2^{float(log(error, 2)):.1f}.")
    print(f"pub(crate) const {name}: [f64; {count}] = [")
    for c in polynomial:
        print(f"    {number(c)},")
    print("];")
    return polynomial


def constant(name, about, value):
    print(f"\n/// {about}\npub(crate) const {name}: f64 = {number(value)};")


def pair(name, about, value):
    """`value` as an f64 and the f64 that is nearest to what is left of it."""
    head = mpf(float(value))
    print(f"\n/// {about}\npub(crate) const {name}: (f64, f64) = ({number(head)}, {number(value - head)});")


def cut(value, bits):
    """The leading `bits` bits of `value`."""
    unit = mpf(2) ** (floor(log(value, 2)) + 1 - bits)
    return floor(value / unit) * unit


def words(value, count):
    """The first `64 * count` bits behind the binary point."""
    whole = int(floor(value * mpf(2) ** (64 * count)))
    return [(whole >> (64 * (count - 1 - i))) & (2**64 - 1) for i in range(count)]


def erfcx_of(t):
    """`(x + 5/8) exp(x^2) erfc(x)` at the x with `t = (x - 4) / (x + 4)`."""
    x = 4 * (1 + t) / (1 - t)
    return (x + mpf("0.625")) * exp(x * x) * erfc(x)


print("""//! The polynomials and constants of the elementary functions. Printed by `scripts/coefficients.py`, not by hand.
//!
//! Polynomials are minimax ones, constant first; the errors are relative errors of the function that they serve.
#![expect(
    clippy::approx_constant,
    reason = "parts of a constant that has more bits than one f64: the first one may look like the constant"
)]""")

ln2, circle = log(2), pi / 2
constant("LN_2_HIGH", "The first 42 bits of ln 2: times a whole number of 11 bits it is exact.", cut(ln2, 42))
constant("LN_2_LOW", "What `LN_2_HIGH` leaves of ln 2.", ln2 - cut(ln2, 42))
pair("LN_2", "ln 2.", ln2)
pair("TWO_THIRDS", "2/3.", mpf(2) / 3)
pair("THIRD", "1/3.", mpf(1) / 3)
pair("HALF_PI", "pi/2.", circle)
pair("TWO_OVER_ROOT_PI", "2/sqrt(pi).", 2 / sqrt(pi))

parts, rest = [], circle
for _ in range(3):
    parts.append(cut(rest, 33))
    rest -= parts[-1]
print("\n/// pi/2 in parts: times a whole number of 20 bits the first three are exact.")
print(f"pub(crate) const HALF_PI_PARTS: [f64; 4] = [{', '.join(number(p) for p in parts + [rest])}];")

mp.prec = 1400
bits = [0] + words(2 / pi, 20)
mp.dps = 60
print("\n/// A word of zeros, then the first 1280 bits of 2/pi.")
print(f"pub(crate) const TWO_OVER_PI: [u64; {len(bits)}] = [")
for word in bits:
    text = f"{word:016x}"
    print("    0x" + "_".join(text[i : i + 4] for i in range(0, 16, 4)) + ",")
print("];")

# A thousandth more than half of ln 2, because n itself is rounded.
limit = ln2 / 2 * mpf("1.001")
terms = series(lambda n: 1 / factorial(n + 3), 40)
q, error = remez(terms, lambda r: abs(r**3 / expm1(r)) if r else mpf(0), -limit, limit, 10)
for name, half, about in (("EXP_ODD", q[0::2], "odd part over r^3"), ("EXP_EVEN", q[1::2], "even part over r^4")):
    largest = f"Largest error 2^{float(log(error, 2)):.1f}."
    print(f"\n/// `exp(r) - 1 - r - r^2/2` on |r| < ln(2)/2: its {about}, in r^2. {largest}")
    print(f"pub(crate) const {name}: [f64; {len(half)}] = [")
    for c in half:
        print(f"    {number(c)},")
    print("];")

table("LOG", "`(ln((1 + s)/(1 - s)) - 2s - 2s^3/3) / s^5` in s^2, on s < 3 - 2 sqrt(2).",
      series(lambda n: mpf(2) / (2 * n + 5)), lambda w: w * w / 2, 0, (3 - 2 * sqrt(mpf(2))) ** 2 * mpf("1.001"), 8)
table("ATAN", "`(atan(s) - s) / s^3` in s^2, on s < tan(pi/8).",
      series(lambda n: mpf((-1) ** (n + 1)) / (2 * n + 3)), lambda w: w, 0, (sqrt(mpf(2)) - 1) ** 2 * mpf("1.001"), 12)
table("SIN", "`(sin(r) - r) / r^3` in r^2, on r < pi/4.",
      series(lambda n: (-1) ** (n + 1) / factorial(2 * n + 3), 40), lambda w: w, 0, (pi / 4) ** 2 * mpf("1.001"), 6)
table("COS", "`(cos(r) - 1 + r^2/2) / r^4` in r^2, on r < pi/4.",
      series(lambda n: (-1) ** n / factorial(2 * n + 4), 40), lambda w: w * w, 0, (pi / 4) ** 2 * mpf("1.001"), 6)
table("ERF", "`(erf(x)/x - 2/sqrt(pi)) / x^2` in x^2, on x < 1/2.",
      series(lambda n: 2 / sqrt(pi) * (-1) ** (n + 1) / factorial(n + 1) / (2 * n + 3), 40), lambda w: w, 0, "0.25", 8)

# The first coefficient is kept in two parts, the others are a table of their own.
low, high = (mpf("0.5") - 4) / (mpf("0.5") + 4), (mpf("27.3") - 4) / (mpf("27.3") + 4)
scaled, error = remez(erfcx_of, lambda t: 1 / erfcx_of(t), low, high, 23)
pair("ERFC_FIRST", "The constant of `ERFC`.", scaled[0])
print("\n/// `(x + 5/8) exp(x^2) erfc(x)` in `t = (x - 4)/(x + 4)` on 1/2 < x < 27.3, without its constant and over t.")
print(f"/// Largest error 2^{float(log(error, 2)):.1f}.\npub(crate) const ERFC: [f64; 22] = [")
for c in scaled[1:]:
    print(f"    {number(c)},")
print("];")

tangent = taylor(tanh, 0, 246)
table("TANHSHRINK", "`((x - tanh(x))/x^3 - 1/3) / x^2` in x^2, on x^2 < 1/2.",
      series(lambda n: -tangent[2 * n + 5]), lambda w: 3 * w, 0, "0.501", 12)
table("LOGCOSH", "`(ln(cosh(x))/x^2 - 1/2) / x^2` in x^2, on x^2 < 1/2.",
      series(lambda n: tangent[2 * n + 3] / (2 * n + 4)), lambda w: 2 * w, 0, "0.501", 12)
table("EXP_EXCESS", "`((exp(x) - 1 - x)/x^2 - 1/2) / x` on |x| < 1/2.",
      series(lambda n: 1 / factorial(n + 3), 60), lambda x: 2 * abs(x), "-0.5", "0.5", 11)
table("INVERSE_CBRT", "`m^(-1/3)` on sqrt(1/2) < m < sqrt(2): a first guess.",
      lambda m: m ** (-mpf(1) / 3), lambda m: m ** (mpf(1) / 3), sqrt(mpf("0.5")), sqrt(mpf(2)), 6)
constant("CBRT_2", "The cube root of 2.", mpf(2) ** (mpf(1) / 3))
constant("CBRT_HALF", "The cube root of 1/2.", mpf(2) ** (-mpf(1) / 3))
