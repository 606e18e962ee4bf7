import jax
import jax.numpy as jnp


# A number that XLA does not know: of one that it knows it makes (c + a) - c to a, although sums are rounded.
def P_full(like, value):
    return jnp.where(jnp.isnan(like), jnp.nan, value)


def P_two_to(k):
    bits = (jnp.asarray(k).astype(jnp.int64) + 1023) << 52
    return jax.lax.bitcast_convert_type(bits, jnp.float64)


def P_down(first, last, step, s):
    return jax.lax.fori_loop(0, first - last + 1, lambda i, s: step(first - jnp.asarray(i, jnp.float64), s), s)


def P_evaluate(x, parameters, single, function, limits, defaults, partial, edge, single_edge):
    x = jnp.asarray(x)
    kind = x.dtype if jnp.issubdtype(x.dtype, jnp.floating) else jnp.zeros(()).dtype
    double = jax.config.jax_enable_x64
    work = jnp.float64 if double else jnp.float32
    edge, range_of_powers = (edge, FAR) if double else (single_edge, 2147483648.0)
    wide, *values = jnp.broadcast_arrays(x.astype(work), *(jnp.asarray(value, work) for value in parameters))
    if double:
        pairs = [P_of(value) for value in values]
        at = lambda y: function(P_of(y), *pairs)
    else:
        at = lambda y: single(y, *values)
    result = at(wide)
    far = (jnp.abs(wide) > range_of_powers) | (jnp.isnan(result) & (jnp.abs(wide) > edge))
    signed = jnp.copysign(edge, wide)
    grown = P_far(wide, edge, at(signed), at(2.0 * signed), result, 1e-12 if double else 1e-5)
    result = jnp.where(far, grown, result)
    usual = jnp.ones(wide.shape, bool)
    for value, default in zip(values, defaults):
        usual = usual & (value == default)
    for point, limit in limits:
        result = jnp.where((wide == point) & usual, limit, result)
    if partial is not None:
        none = jnp.isnan(partial(P_of(wide), *pairs)) if double else jnp.isnan(P_single(wide, *values))
        result = jnp.where(none, jnp.nan, result)
    return jnp.where(jnp.isnan(wide), jnp.nan, result).astype(kind)
