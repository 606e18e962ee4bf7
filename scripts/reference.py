"""Prints activation-reference/src/quick/coefficients.rs: every polynomial of the reference's quick functions.

    python3 scripts/reference.py > activation-reference/src/quick/coefficients.rs

Each polynomial interpolates at Chebyshev nodes (`mpmath.chebyfit`), its coefficients then rounded to f64. The errors printed
are those with the rounded coefficients, relative to the function that is fitted.
"""

from mpmath import atan, chebyfit, cos, erf, erfc, exp, expm1, floor, ldexp, log, mp, mpf, nint, pi, polyval, sin, sqrt

mp.dps = 60


def number(value):
    mantissa, _, exponent = repr(float(value)).partition("e")
    return mantissa + (f"e{int(exponent)}" if exponent else "")


def at_zero(function, limit):
    """The function where it is a quotient of things that vanish at 0."""
    return lambda x: function(x) if x else mpf(limit)


def table(name, about, function, low, high, count):
    """Prints the polynomial with `count` terms, constant first."""
    low, high = mpf(low), mpf(high)
    coefficients = [mpf(float(c)) for c in chebyfit(function, [low, high], count)]
    points = [low + (high - low) * n / 1000 for n in range(1001)]
    error = max(abs(polyval(coefficients, x) / function(x) - 1) for x in points)
    print(f"\n/// {about} Largest error 2^{float(log(error, 2)):.1f}.")
    print(f"pub(super) const {name}: [f64; {count}] = [")
    for c in reversed(coefficients):
        print(f"    {number(c)},")
    print("];")


def constant(name, about, value):
    print(f"\n/// {about}\npub(super) const {name}: f64 = {number(value)};")


print("""//! The polynomials and constants of the quick functions. Printed by `scripts/reference.py`, not by hand.
//!
//! Polynomials have the constant first; the errors are relative ones of the function that is fitted.
#![expect(clippy::approx_constant, reason = "the first coefficient of a polynomial is nearly what its function goes to")]""")

ln2 = log(2)
high = floor(ldexp(ln2, 32)) / mpf(2) ** 32
constant("LN_2_HIGH", "The first 32 bits of ln 2: times a whole number of 11 bits it is exact.", high)
constant("LN_2_LOW", "What `LN_2_HIGH` leaves of ln 2.", ln2 - high)
# A ten-thousandth more than a half, because the multiple of ln 2 is itself rounded.
half = ln2 / 2 * mpf("1.0001")
table("EXP", "`(exp(r) - 1) / r` on |r| < ln(2)/2.", at_zero(lambda r: expm1(r) / r, 1), -half, half, 11)
table("LOG", "`ln((1 + s)/(1 - s)) / s` in s^2, on s < 1/3.",
      at_zero(lambda w: log((1 + sqrt(w)) / (1 - sqrt(w))) / sqrt(w), 2), 0, mpf(1) / 9, 10)
table("ATAN", "`atan(s) / s` in s^2, on s < tan(pi/8).",
      at_zero(lambda w: atan(sqrt(w)) / sqrt(w), 1), 0, (sqrt(mpf(2)) - 1) ** 2 * mpf("1.0001"), 11)
constant("TAN_PI_8", "tan(pi/8).", sqrt(mpf(2)) - 1)

quarter = (mpf(9) / 16) ** 2
table("SIN", "`sin(pi/2 r) / r` in r^2, on |r| < 9/16.",
      at_zero(lambda w: sin(pi / 2 * sqrt(w)) / sqrt(w), pi / 2), 0, quarter, 7)
table("COS", "`cos(pi/2 r)` in r^2, on |r| < 9/16.", lambda w: cos(pi / 2 * sqrt(w)), 0, quarter, 7)

table("ERF", "`erf(x) / x` in x^2, on x < 3/4.",
      at_zero(lambda w: erf(sqrt(w)) / sqrt(w), 2 / sqrt(pi)), 0, mpf(9) / 16, 10)
middle = mpf("3.75")
constant("ERFC_MIDDLE", "The x at which `ERFC` is centred.", middle)


def scaled(t):
    """(1 + 2x) exp(x^2) erfc(x) at x = middle (1 + t)/(1 - t)."""
    x = middle * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


end = mpf(27)
table("ERFC", "`(1 + 2x) exp(x^2) erfc(x)` in `(x - ERFC_MIDDLE)/(x + ERFC_MIDDLE)`, on 0 < x < 27.",
      scaled, -1, (end - middle) / (end + middle), 21)

print("""
/// `2^e 2/pi mod 4` for e = 0, 1, …, 104, up to the exponent of the largest `f32`: the first part is a multiple of 2^-27 and the
/// second of 2^-56, so that both are exact when they are multiplied by a whole number of 24 bits. The rest is of no use.""")
print("pub(super) const TURNS: [[f64; 3]; 128] = [")
for e in range(128):
    parts = [mpf(0)] * 3
    if e < 105:
        mp.dps = 120
        value = ldexp(2 / pi, e) % 4
        parts[0] = nint(ldexp(value, 27)) / mpf(2) ** 27
        parts[1] = nint(ldexp(value - parts[0], 56)) / mpf(2) ** 56
        parts[2] = value - parts[0] - parts[1]
    print(f"    [{', '.join(number(p) for p in parts)}],")
print("];")
