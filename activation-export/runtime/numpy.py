import numpy as np


def P_full(like, value):
    return np.full_like(like, value)


def P_two_to(k):
    return ((np.asarray(k).astype(np.int64) + 1023) << 52).view(np.float64)


def P_down(first, last, step, s):
    for n in range(first, last - 1, -1):
        s = step(float(n), s)
    return s


def P_evaluate(x, parameters, function, limits, defaults, partial, edge):
    x = np.asarray(x)
    kind = x.dtype if x.dtype.kind == "f" else np.dtype(np.float64)
    wide = x.astype(np.float64)
    values = [np.asarray(value, np.float64) for value in parameters]
    wide, *values = np.broadcast_arrays(wide, *values)
    with np.errstate(all="ignore"):
        pairs = [P_of(value) for value in values]
        result = function(P_of(wide), *pairs)
        far = (np.abs(wide) > FAR) | (np.isnan(result) & (np.abs(wide) > edge))
        if np.any(far):
            signed = np.copysign(edge, wide)
            once, twice = function(P_of(signed), *pairs), function(P_of(2.0 * signed), *pairs)
            result = np.where(far, P_far(wide, edge, once, twice, result), result)
        usual = np.ones(wide.shape, bool)
        for value, default in zip(values, defaults):
            usual = usual & (value == default)
        for point, limit in limits:
            result = np.where((wide == point) & usual, limit, result)
        if partial is not None:
            result = np.where(np.isnan(partial(P_of(wide), *pairs)), np.nan, result)
        result = np.where(np.isnan(wide), np.nan, result)
        return result.astype(kind)[()]
