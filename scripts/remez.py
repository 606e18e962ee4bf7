"""Minimax polynomials, for the scripts that print coefficients."""

from mpmath import chebyt, cos, lu_solve, matrix, mpf, pi


def remez(function, weight, low, high, count):
    """Coefficients (constant first) of the polynomial with `count` terms that is nearest to `function` in [low, high],
    and its largest weighted error."""
    middle, radius = (low + high) / 2, (high - low) / 2
    grid = [-cos(pi * i / (40 * count)) for i in range(40 * count + 1)]
    values = [function(middle + radius * u) for u in grid]
    weights = [weight(middle + radius * u) for u in grid]
    basis = [[chebyt(j, u) for j in range(count)] for u in grid]
    reference = [round(40 * count * i / count) for i in range(count + 1)]
    reference = [min(max(i, 1), 40 * count - 1) for i in reference]
    for _ in range(30):
        rows = [[weights[i] * b for b in basis[i]] + [(-1) ** n] for n, i in enumerate(reference)]
        solution = lu_solve(matrix(rows), matrix([weights[i] * values[i] for i in reference]))
        chebyshev, level = list(solution)[:count], abs(solution[count])
        errors = [w * (v - sum(c * t for c, t in zip(chebyshev, b))) for w, v, b in zip(weights, values, basis)]
        largest = max(abs(e) for e in errors)
        if largest < level * mpf("1.001"):
            break
        extrema = []
        for i, error in enumerate(errors):
            if error == 0:
                continue
            if extrema and (errors[extrema[-1]] > 0) == (error > 0):
                if abs(error) > abs(errors[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        while len(extrema) > count + 1:
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        if len(extrema) <= count:
            break
        reference = extrema
    # From Chebyshev polynomials of u = (x - middle) / radius to powers of x.
    previous, current = [mpf(1)] + [mpf(0)] * count, [-middle / radius, 1 / radius] + [mpf(0)] * count
    powers = [chebyshev[0] * p for p in previous[:count]]
    for c in chebyshev[1:]:
        powers = [a + c * p for a, p in zip(powers, current)]
        shifted = [mpf(0)] + current
        following = [2 * (s - middle * p) / radius - q for s, p, q in zip(shifted, current, previous)]
        previous, current = current[: count + 1], following[: count + 1]
    return powers, largest


def series(term, count=120):
    """The power series with the coefficients `term(n)`: functions in a form that does not cancel near 0."""
    coefficients = [mpf(term(n)) for n in range(count)]
    return lambda x: sum(c * x**n for n, c in enumerate(coefficients))
