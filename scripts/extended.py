#!/usr/bin/env python3
"""Writes activation-math/src/extended/tables.rs: constants and series of double-double numbers.

    pip install mpmath
    python3 scripts/extended.py && rustfmt --edition 2024 activation-math/src/extended/tables.rs
"""

import pathlib

from mpmath import cos, e, erfc, exp, expm1, fac, floor, log, mp, mpf, pi, sqrt

mp.prec = 2000

# A term below 2^-CUT of the first one is left out; one below 2^-SHORT is a plain double.
CUT, SHORT = 109, 56


def doubles(value, count):
    """The number as an unevaluated sum of doubles, each the nearest one to what is left."""
    parts = []
    for _ in range(count):
        part = float(value)
        parts.append(part)
        value -= mpf(part)
    return parts


def number(value):
    return repr(value).replace("e-0", "e-")


def pair(value):
    high, low = doubles(value, 2)
    return f"Pair::new({number(high)}, {number(low)})"


def constant(name, doc, kind, value):
    return f"/// {doc}\npub(super) const {name}: {kind} = {value};\n"


def series(name, doc, coefficients, reach):
    """A polynomial for a variable up to `reach` in size."""
    sizes = [abs(c) * reach**n / abs(coefficients[0]) for n, c in enumerate(coefficients)]
    count = 1 + max(n for n, size in enumerate(sizes) if size > mpf(2) ** -CUT)
    long = 1 + max(n for n, size in enumerate(sizes) if size > mpf(2) ** -SHORT)
    assert count < len(coefficients), name
    head = ",".join(pair(c) for c in coefficients[:long])
    tail = ",".join(number(float(c)) for c in coefficients[long:count])
    return constant(name, doc, "Series", f"Series {{ head: &[{head}], tail: &[{tail}] }}")


def scaled_complement(x):
    """(1 + 2x) exp(x²) erfc(x)."""
    if x < 60:
        return (1 + 2 * x) * exp(x * x) * erfc(x)
    term, total = mpf(1), mpf(0)
    for n in range(1, 400, 2):
        total += term
        term *= -n / (2 * x * x)
        if abs(term) < mpf(2) ** -300:
            break
    return (1 + 2 * x) * total / (x * sqrt(pi))


def interpolated(function, nodes):
    """The polynomial in t through Chebyshev's nodes, by powers of t, without terms below 2^-CUT."""
    places = [cos(pi * (2 * k + 1) / (2 * nodes)) for k in range(nodes)]
    values = [function(t) for t in places]
    powers = [mpf(0)] * nodes
    before, this = [mpf(0)] * nodes, [mpf(1)] + [mpf(0)] * (nodes - 1)
    for j in range(nodes):
        weight = sum(v * cos(pi * j * (2 * k + 1) / (2 * nodes)) for k, v in enumerate(values))
        weight *= mpf(1 if j == 0 else 2) / nodes
        if abs(weight) > mpf(2) ** -(CUT + 1):
            powers = [p + weight * t for p, t in zip(powers, this)]
        # T(j + 1) = 2 t T(j) - T(j - 1), and T(1) = t.
        doubled = [mpf(0)] + [t if j == 0 else 2 * t for t in this[:-1]]
        before, this = this, [d - b for d, b in zip(doubled, [mpf(0)] * nodes if j == 0 else before)]
    return powers


def two_over_pi(bits):
    words, rest = [], 2 / pi
    for _ in range(bits // 64):
        rest *= mpf(2) ** 64
        words.append(int(floor(rest)))
        rest -= words[-1]
    return words


def main():
    right = pi / 4
    parts = [
        "//! Constants and series, written by `scripts/extended.py` from mpmath.\n",
        '#![allow(clippy::approx_constant, reason = "the leading parts of constants that a double cannot hold")]\n',
        "use super::pair::{Pair, Series};\n",
        constant("PI", "π.", "Pair", pair(pi)),
        constant("HALF_PI", "π/2.", "Pair", pair(pi / 2)),
        constant("E", "e.", "Pair", pair(e)),
        constant("LN_2", "ln 2.", "Pair", pair(log(2))),
        constant("TWO_OVER_SQRT_PI", "2/√π.", "Pair", pair(2 / sqrt(pi))),
        constant("THIRD", "1/3.", "Pair", pair(mpf(1) / 3)),
        constant(
            "LN_2_PARTS",
            "ln 2 to 212 bits.",
            "[f64; 4]",
            "[" + ", ".join(number(p) for p in doubles(log(2), 4)) + "]",
        ),
        constant(
            "TWO_OVER_PI",
            "The bits of 2/π behind the binary point, the first ones in the topmost bits of the first word.",
            "[u64; 24]",
            "[" + ", ".join(f"0x{w >> 32:08x}_{w & 0xffffffff:08x}" for w in two_over_pi(24 * 64)) + "]",
        ),
        constant(
            "EXPM1_32NDS",
            "`exp(j/32) - 1` for j from -12 to 12.",
            "[Pair; 25]",
            "[" + ", ".join(pair(expm1(mpf(j) / 32)) for j in range(-12, 13)) + "]",
        ),
        series("EXPM1", "`(exp(x) - 1) / x` for |x| ≤ 1/64.", [1 / fac(n + 1) for n in range(20)], mpf(1) / 64),
        series(
            "EXP_EXCESS",
            "`(exp(x) - 1 - x) / x²` for |x| ≤ 1/4.",
            [1 / fac(n + 2) for n in range(40)],
            mpf(1) / 4,
        ),
        series(
            "TANHSHRINK",
            "`(x - tanh(x)) cosh(x) / x³` in x², for |x| ≤ 1.",
            [(2 * n + 2) / fac(2 * n + 3) for n in range(30)],
            mpf(1),
        ),
        series("SIN", "`sin(x) / x` in x², for |x| ≤ π/4.", [(-1) ** n / fac(2 * n + 1) for n in range(30)], right**2),
        series("COS", "`cos(x)` in x², for |x| ≤ π/4.", [(-1) ** n / fac(2 * n) for n in range(30)], right**2),
        series(
            "ERF",
            "`erf(x) / x` in x², for |x| ≤ 1.",
            [2 / sqrt(pi) * (-1) ** n / (fac(n) * (2 * n + 1)) for n in range(60)],
            mpf(1),
        ),
        series(
            "ERFC",
            "`(1 + 2x) exp(x²) erfc(x)` in `t = (x - 5) / (x + 3)`, for x ≥ 1: through Chebyshev's nodes in t.",
            interpolated(lambda t: scaled_complement(1 + 4 * (1 + t) / (1 - t)), 80),
            mpf(1),
        ),
    ]
    target = pathlib.Path(__file__).parent.parent / "activation-math/src/extended/tables.rs"
    target.write_text("\n".join(parts))


main()
