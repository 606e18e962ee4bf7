"""Prints activation-math/src/single/coefficients.rs: every polynomial of the elementary functions in f32.

    python3 scripts/single.py > activation-math/src/single/coefficients.rs

Each polynomial and each quotient of two is the minimax one (Remez exchange, `remez.py` and `quotient`), its coefficients
then rounded to f32. The errors printed are those with the rounded coefficients, relative to the function that is served.
"""

import struct

from mpmath import asinh, cos, erf, erfc, exp, expm1, factorial, floor, log, lu_solve, matrix, mp, mpf, pi, polyval, sqrt
from mpmath import tanh, taylor

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


def quotient(function, high, over, under, at_zero=None):
    """Coefficients (constant first) of the P and the Q, with so many terms, whose P/Q has the least relative error up to
    `high`; Q(0) is 1, and P(0) is `at_zero` if that is given. Remez exchange in u = x / high: the equations for P, Q and
    the error level at the points of largest error are linear but for the product of the level and Q: Newton's method.
    Points lie as those of a polynomial in the square root of x."""
    free = over if at_zero is None else over - 1
    size = free + under
    grid = [((1 - cos(pi * i / (60 * size))) / 2) ** 2 for i in range(60 * size + 1)]
    values = [function(high * u) for u in grid]
    reference, level = [round(60 * (n + mpf("0.5"))) for n in range(size)], mpf(0)
    for _ in range(30):
        divisors = [mpf(1)] * size
        for _ in range(9):
            rows, right = [], []
            for n, i in enumerate(reference):
                wanted = values[i] * (1 + (-1) ** n * level)
                p = [grid[i] ** j for j in range(over - free, over)]
                q = [-wanted * grid[i] ** j for j in range(1, under)]
                rows.append(p + q + [-((-1) ** n) * values[i] * divisors[n]])
                right.append(wanted - (at_zero or 0))
            solution = list(lu_solve(matrix(rows), matrix(right)))
            level += solution[-1]
            divisors = [polyval([*solution[free:-1][::-1], 1], grid[i]) for i in reference]
        p = [at_zero] * (over - free) + solution[:free]
        q = [mpf(1)] + solution[free:-1]
        errors = [polyval(p[::-1], u) / polyval(q[::-1], u) / v - 1 for u, v in zip(grid, values)]
        extrema = []
        for i, error in enumerate(errors):
            if extrema and (errors[extrema[-1]] > 0) == (error > 0):
                if abs(error) > abs(errors[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        while len(extrema) > size:
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        if max(map(abs, errors)) < abs(level) * mpf("1.001") or len(extrema) < size:
            break
        reference = extrema
    return [c / high**j for j, c in enumerate(p)], [c / high**j for j, c in enumerate(q)]


def quotient_table(name, about, function, high, over, under, factor, at_zero=None, less=0):
    """Prints the quotient nearest to `function`, `less` of it taken off, and both polynomials times `factor`: of 256 factors
    between 1 and 2 the one with the smallest errors when all of it is computed in f32."""
    high, less, factor = mpf(high), mpf(less), mpf(factor) / 256
    p, q = quotient(function, high, over, under, at_zero)
    p = [a - less * b for a, b in zip(p, q)] if less else p
    parts = [[rounded(c * factor) for c in part] for part in (p, q)]
    points = [high * (mpf(n) / 2000) ** 2 for n in range(2001)]
    found = [less + polyval(parts[0][::-1], x) / polyval(parts[1][::-1], x) for x in points]
    error = max(abs(value / function(x) - 1) for value, x in zip(found, points))
    print(f"\n/// {about}\n/// Largest error 2^{float(log(error, 2)):.1f}.")
    for suffix, part in zip(("OVER", "UNDER"), parts):
        if suffix == "UNDER":
            print(f"\n/// What `{name}_OVER` is divided by.")
        print(f"pub(super) const {name}_{suffix}: [f64; {len(part)}] = [")
        for c in part:
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
table("EXP", "`(exp(r) - 1 - r) / r^2` on |r| < ln(2)/2, for the exponential less 1.",
      series(lambda n: 1 / factorial(n + 2), 40), lambda r: abs(r**2 / expm1(r)) if r else mpf(0), -limit, limit, 5)
table("EXP2", "`(2^f - 1) / f` on |f| < 1/2.",
      series(lambda n: ln2 ** (n + 1) / factorial(n + 1), 40), lambda f: abs(f) / 2**f, "-0.5", "0.5", 6)
table("LOG", "`(ln(1 + f) - f + f^2/2) / f^3` on sqrt(1/2) < 1 + f < sqrt(2).",
      lambda f: (log(1 + f) - f + f * f / 2) / f**3 if abs(f) > mpf("1e-8") else mpf(1) / 3 - f / 4,
      lambda f: abs(f**3 / log(1 + f)) if f else mpf(0), sqrt(mpf("0.5")) - 1, sqrt(mpf(2)) - 1, 9)
artanh = series(lambda n: mpf(2) / (2 * n + 3))
table("ARTANH", "`(ln((1 + s)/(1 - s)) - 2s) / s^3` in s^2, on s < 1/3.",
      artanh, lambda w: w / 2, 0, mpf(1) / 9, 4)
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
quotient_table("TANH", "`tanh(x) / x - 5/32` in x^2, on x < 9.02.",
               lambda w: tanh(sqrt(w)) / sqrt(w) if w else mpf(1), mpf("9.02") ** 2, 5, 5, 404, mpf(1), mpf(5) / 32)
table("TANHSHRINK", "`((x - tanh(x))/x^3 - 1/3) / x^2` in x^2, on x < 1.",
      series(lambda n: -tangent[2 * n + 5]), lambda w: 3 * w, 0, 1, 7)
table("LOGCOSH", "`(ln(cosh(x))/x^2 - 1/2) / x^2` in x^2, on x < 1.",
      series(lambda n: tangent[2 * n + 3] / (2 * n + 4)), lambda w: 2 * w, 0, 1, 8)
root = taylor(asinh, 0, 240)
table("ASINH", "`(asinh(x) - x) / x^3` in x^2, on x < 5/8.",
      series(lambda n: root[2 * n + 3], 118), lambda w: w, 0, mpf(25) / 64, 6)
quotient_table("ERF", "`erf(x) / x - 5/16` in x^2, on x < 3.95.",
               lambda w: erf(sqrt(w)) / sqrt(w) if w else 2 / sqrt(pi), mpf("3.95") ** 2, 6, 6, 452, None, mpf(5) / 16)
quotient_table("ERFC", "`exp(x^2) erfc(x)` on x < 10.1.", lambda x: exp(x * x) * erfc(x), "10.1", 5, 6, 357, mpf(1))
quotient_table("NORMAL", "`exp(x^2/2)` times the normal distribution at -x, on x < 14.43.",
               lambda x: exp(x * x / 2) * erfc(x / sqrt(mpf(2))) / 2, "14.43", 5, 6, 369, mpf(1) / 2)
table("EXP_EXCESS", "`((exp(x) - 1 - x)/x^2 - 1/2) / x` on |x| < 1/2.",
      series(lambda n: 1 / factorial(n + 3), 60), lambda x: 2 * abs(x), "-0.5", "0.5", 6)
