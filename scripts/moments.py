"""Expectations of the catalogue under two normal distributions, to 25 digits: the table of
activation-analysis/tests/moments/table.rs.

    python3 scripts/moments.py > activation-analysis/tests/moments/table.rs

Everything is written by hand in mpmath and shares nothing with the crates: the formulas, their kinks, where they are
exactly flat, derivatives by dual numbers, Gauss and Legendre's rule on unit intervals split at kinks. Every integral is
computed twice, with 30 and 44 nodes an interval, and has to agree to 22 digits.
"""

from mpmath import mp, mpf, quad, sqrt, exp, log, erf, erfc, sin, cos, tanh, atan, pi, cosh, sinh

mp.dps = 34


class Dual:
    """A value and its derivative."""

    def __init__(self, v, d=0):
        self.v, self.d = mpf(v), mpf(d)

    @staticmethod
    def of(other):
        return other if isinstance(other, Dual) else Dual(other)

    def __add__(self, o):
        o = Dual.of(o)
        return Dual(self.v + o.v, self.d + o.d)

    __radd__ = __add__

    def __neg__(self):
        return Dual(-self.v, -self.d)

    def __sub__(self, o):
        return self + -Dual.of(o)

    def __rsub__(self, o):
        return Dual.of(o) + -self

    def __mul__(self, o):
        o = Dual.of(o)
        return Dual(self.v * o.v, self.d * o.v + self.v * o.d)

    __rmul__ = __mul__

    def __truediv__(self, o):
        o = Dual.of(o)
        return Dual(self.v / o.v, (self.d * o.v - self.v * o.d) / o.v**2)

    def __rtruediv__(self, o):
        return Dual.of(o) / self

    def chain(self, value, slope):
        return Dual(value, slope * self.d)


def d_exp(u):
    return u.chain(exp(u.v), exp(u.v))


def d_tanh(u):
    return u.chain(tanh(u.v), 1 / cosh(u.v) ** 2)


def d_erf(u):
    return u.chain(erf(u.v), 2 / sqrt(pi) * exp(-u.v**2))


def d_sqrt(u):
    return u.chain(sqrt(u.v), 1 / (2 * sqrt(u.v)))


def d_sin(u):
    return u.chain(sin(u.v), cos(u.v))


def d_cos(u):
    return u.chain(cos(u.v), -sin(u.v))


def sigmoid(u):
    return 1 / (1 + d_exp(-u))


def softplus(u):
    return u.chain(mp.log1p(exp(u.v)) if u.v < 30 else u.v + mp.log1p(exp(-u.v)), 1 / (1 + exp(-u.v)))


def log1(u):
    """ln(1 + u)"""
    return u.chain(mp.log1p(u.v), 1 / (1 + u.v))


def ndtr(u):
    """The normal distribution function, with its digits in the left tail."""
    return u.chain(erfc(-u.v / sqrt(2)) / 2, exp(-u.v**2 / 2) / sqrt(2 * pi))


def const(c):
    return Dual(c)


def pick(*cases):
    """pick((bound, function), …, function): the first whose bound is not below x."""

    def f(x):
        for bound, function in cases[:-1]:
            if x.v <= bound:
                return Dual.of(function(x))
        return Dual.of(cases[-1](x))

    return f


def zero(x):
    return const(0)


def one(x):
    return const(1)


def same(x):
    return x


inf = mp.inf
half = mpf(1) / 2
SCALE, ALPHA = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")
MU, SIGMA = mpf("0.707107"), mpf("0.282095")

# name: (function, kinks, where f = 0, where f' = 0)
FUNCTIONS = {
    "identity": (same, [], [], []),
    "step": (pick((0, zero), one), [0], [(-inf, 0)], [(-inf, inf)]),
    "sigmoid": (sigmoid, [], [], []),
    "tanh": (d_tanh, [], [], []),
    "scaled_tanh": (lambda x: mpf("1.7159") * d_tanh(x * mpf(2) / 3), [], [], []),
    "hard_sigmoid": (pick((-3, zero), (3, lambda x: x / 6 + half), one), [-3, 3], [(-inf, -3)], [(-inf, -3), (3, inf)]),
    "hard_sigmoid_onnx": (
        pick((mpf("-2.5"), zero), (mpf("2.5"), lambda x: x / 5 + half), one),
        [mpf("-2.5"), mpf("2.5")],
        [(-inf, mpf("-2.5"))],
        [(-inf, mpf("-2.5")), (mpf("2.5"), inf)],
    ),
    "hard_tanh": (pick((-1, lambda x: const(-1)), (1, same), one), [-1, 1], [], [(-inf, -1), (1, inf)]),
    "softsign": (pick((0, lambda x: x / (1 - x)), lambda x: x / (1 + x)), [0], [], []),
    "arctan": (lambda x: x.chain(atan(x.v), 1 / (1 + x.v**2)), [], [], []),
    "isru": (lambda x: x / d_sqrt(1 + x * x), [], [], []),
    "sparse_sigmoid": (pick((-1, zero), (1, lambda x: (x + 1) / 2), one), [-1, 1], [(-inf, -1)], [(-inf, -1), (1, inf)]),
    "gaussian": (lambda x: d_exp(-(x * x)), [], [], []),
    "laplace_cdf": (lambda x: ndtr((x - MU) / SIGMA), [], [], []),
    "log_sigmoid": (lambda x: -softplus(-x), [], [], []),
    "sin": (d_sin, [], [], []),
    "relu": (pick((0, zero), same), [0], [(-inf, 0)], [(-inf, 0)]),
    "relu6": (pick((0, zero), (6, same), lambda x: const(6)), [0, 6], [(-inf, 0)], [(-inf, 0), (6, inf)]),
    "relu_squared": (pick((0, zero), lambda x: x * x), [0], [(-inf, 0)], [(-inf, 0)]),
    "leaky_relu": (pick((0, lambda x: x / 100), same), [0], [], []),
    "prelu": (pick((0, lambda x: x / 4), same), [0], [], []),
    "rrelu": (pick((0, lambda x: x * 11 / 48), same), [0], [], []),
    "threshold": (pick((0, zero), same), [0], [(-inf, 0)], [(-inf, 0)]),
    "thresholded_relu": (pick((1, zero), same), [1], [(-inf, 1)], [(-inf, 1)]),
    "elu": (pick((0, lambda x: d_exp(x) - 1), same), [0], [], []),
    "celu": (pick((0, lambda x: d_exp(x) - 1), same), [0], [], []),
    "selu": (pick((0, lambda x: SCALE * ALPHA * (d_exp(x) - 1)), lambda x: SCALE * x), [0], [], []),
    "softplus": (softplus, [], [], []),
    "squareplus": (lambda x: (x + d_sqrt(x * x + 4)) / 2, [], [], []),
    "sparse_plus": (pick((-1, zero), (1, lambda x: (x + 1) * (x + 1) / 4), same), [-1, 1], [(-inf, -1)], [(-inf, -1)]),
    "logcosh": (lambda x: x.chain(abs(x.v) + mp.log1p(exp(-2 * abs(x.v))) - log(2), tanh(x.v)), [], [], []),
    "bent_identity": (lambda x: (d_sqrt(x * x + 1) - 1) / 2 + x, [], [], []),
    "isrlu": (pick((0, lambda x: x / d_sqrt(1 + x * x)), same), [0], [], []),
    "sqrt_softplus": (lambda x: d_sqrt(softplus(x)), [], [], []),
    "xielu": (
        pick((0, lambda x: mpf(4) / 5 * (d_exp(x) - 1 - x) + x / 2), lambda x: mpf(4) / 5 * x * x + x / 2),
        [0],
        [],
        [],
    ),
    "gelu": (lambda x: x * ndtr(x), [], [], []),
    "gelu_tanh": (lambda x: x / 2 * (1 + d_tanh(sqrt(2 / pi) * (x + mpf("0.044715") * x * x * x))), [], [], []),
    "quick_gelu": (lambda x: x * sigmoid(mpf("1.702") * x), [], [], []),
    "silu": (lambda x: x * sigmoid(x), [], [], []),
    "swish": (lambda x: x * sigmoid(x), [], [], []),
    "hard_swish": (pick((-3, zero), (3, lambda x: x * (x + 3) / 6), same), [-3, 3], [(-inf, -3)], [(-inf, -3)]),
    "mish": (lambda x: x * d_tanh(softplus(x)), [], [], []),
    "hard_mish": (pick((-2, zero), (0, lambda x: x / 2 * (x + 2)), same), [-2, 0], [(-inf, -2)], [(-inf, -2)]),
    "serf": (lambda x: x * d_erf(softplus(x)), [], [], []),
    "tanh_exp": (lambda x: x * d_tanh(d_exp(x)), [], [], []),
    "logish": (lambda x: x * log1(sigmoid(x)), [], [], []),
    "smish": (lambda x: x * d_tanh(log1(sigmoid(x))), [], [], []),
    "phish": (lambda x: x * d_tanh(x * ndtr(x)), [], [], []),
    "aptx": (lambda x: (1 + d_tanh(x)) * x / 2, [], [], []),
    "elish": (pick((0, lambda x: (d_exp(x) - 1) * sigmoid(x)), lambda x: x * sigmoid(x)), [0], [], []),
    "lisht": (lambda x: x * d_tanh(x), [], [], []),
    "gcu": (lambda x: x * d_cos(x), [], [], []),
    "snake": (lambda x: x + d_sin(x) * d_sin(x), [], [], []),
    "hard_shrink": (pick((-half, same), (half, zero), same), [-half, half], [(-half, half)], [(-half, half)]),
    "soft_shrink": (
        pick((-half, lambda x: x + half), (half, zero), lambda x: x - half),
        [-half, half],
        [(-half, half)],
        [(-half, half)],
    ),
    "tanh_shrink": (lambda x: x - d_tanh(x), [], [], []),
}

DISTRIBUTIONS = [(mpf(0), mpf(1)), (half, mpf(2))]
NEGLIGIBLE = 14  # standard deviations: what is beyond them is below 1e-40
EPS = mpf("0.01")


def legendre(count):
    """Nodes and weights on [-1, 1]."""
    nodes = []
    for k in range(count):
        x = mp.cos(pi * (k + mpf(3) / 4) / (count + half))
        for _ in range(60):
            p, q = mpf(1), mpf(0)
            for n in range(1, count + 1):
                p, q = ((2 * n - 1) * x * p - (n - 1) * q) / n, p
            slope = count * (x * p - q) / (x * x - 1)
            step = p / slope
            x -= step
            if abs(step) < mpf(10) ** (-mp.dps + 2):
                break
        nodes.append((x, 2 / ((1 - x * x) * slope**2)))
    return nodes


RULES = [legendre(30), legendre(44)]


def integrals(function, kinks, mean, std, rule):
    """E f, E f², E f', E f'², and E (f - E f)²."""
    low, high = mean - NEGLIGIBLE * std, mean + NEGLIGIBLE * std
    walls = sorted({low, high, *[mpf(k) for k in range(int(low), int(high) + 1)], *[mpf(k) for k in kinks]})
    walls = [w for w in walls if low <= w <= high]
    points = []
    for a, b in zip(walls, walls[1:]):
        centre, radius = (a + b) / 2, (b - a) / 2
        for node, weight in rule:
            x = centre + radius * node
            density = exp(-(((x - mean) / std) ** 2) / 2) / (std * sqrt(2 * pi))
            y = Dual.of(function(Dual(x, 1)))
            points.append((weight * radius * density, y.v, y.d))
    total = lambda g: mp.fsum(w * g(v, d) for w, v, d in points)
    first = total(lambda v, d: v)
    return [
        first,
        total(lambda v, d: (v - first) ** 2),
        total(lambda v, d: v * v),
        total(lambda v, d: d),
        total(lambda v, d: d * d),
    ]


def probability(intervals, mean, std):
    def below(x):
        return erfc(-(x - mean) / (std * sqrt(2))) / 2 if x != -inf else mpf(0)

    def between(a, b):
        if a > mean:
            return below(2 * mean - a) - below(2 * mean - b) if b != inf else below(2 * mean - a)
        return (below(b) if b != inf else mpf(1)) - below(a)

    return mp.fsum(between(a, b) for a, b in intervals)


def saturated(function, kinks):
    """Where |f'| < EPS: a fine grid, and bisection wherever the answer changes."""
    small = lambda x: abs(Dual.of(function(Dual(x, 1))).d) < EPS
    walls = sorted({mpf(-32), mpf(32), *[mpf(k) for k in kinks]})
    found = []
    for a, b in zip(walls, walls[1:]):
        count = int((b - a) * 160) + 2
        # Just inside of kinks.
        tiny = mpf(10) ** -33
        grid = [a + tiny + (b - a - 2 * tiny) * k / count for k in range(count + 1)]
        state = small(grid[0])
        start = a if state else None
        for left, right in zip(grid, grid[1:]):
            if small(right) != state:
                for _ in range(110):
                    middle = (left + right) / 2
                    if small(middle) == state:
                        left = middle
                    else:
                        right = middle
                if state:
                    found.append((start, left))
                else:
                    start = left
                state = not state
        if state:
            found.append((start, b))
    # Flat as far as one looks is flat.
    return [(-inf if a == -32 else a, inf if b == 32 else b) for a, b in found]


def number(x):
    # What is nothing but rounding is 0.
    if abs(x) < mpf(10) ** -28:
        return "0.0"
    text = mp.nstr(x, 17, min_fixed=-3, max_fixed=6)
    return text if "." in text or "e" in text else text + ".0"


def main():
    print("//! Made by `scripts/moments.py` (mpmath, 34 digits): edit that, not this.")
    print()
    print("use super::Row;")
    print()
    print("#[rustfmt::skip]")
    print('#[allow(clippy::excessive_precision, reason = "17 digits, as mpmath writes them")]')
    print("pub(super) const TABLE: &[Row] = &[")
    for name, (function, kinks, zeros, flat) in FUNCTIONS.items():
        small = saturated(function, kinks)
        for mean, std in DISTRIBUTIONS:
            a, b = [integrals(function, kinks, mean, std, rule) for rule in RULES]
            for x, y in zip(a, b):
                assert abs(x - y) <= mpf(10) ** -22 * max(abs(x), abs(y), 1), (name, mean, std, x, y)
            values = b + [probability(part, mean, std) for part in (zeros, flat, small)]
            row = ", ".join(number(value) for value in values)
            print(f'    Row {{ name: "{name}", normal: ({number(mean)}, {number(std)}), expected: [{row}] }},', flush=True)
    print("];")


if __name__ == "__main__":
    main()
