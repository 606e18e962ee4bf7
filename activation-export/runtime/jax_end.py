

def P_function(value, slopes):
    """A differentiable function of x and parameters: its value, and its derivatives by each of them."""
    function = jax.custom_jvp(value)

    @function.defjvp
    def jvp(inputs, tangents):
        slope = sum((of(*inputs) * tangent for of, tangent in zip(slopes, tangents)), 0.0)
        result = function(*inputs)
        return result, jnp.broadcast_to(slope, result.shape).astype(result.dtype)

    return lambda x, *parameters: function(P_array(x), *(P_array(one) for one in parameters))


def P_array(value):
    value = jnp.asarray(value)
    return value if jnp.issubdtype(value.dtype, jnp.floating) else value.astype(jnp.zeros(()).dtype)


def P_last(value):
    """A derivative beyond which there is none here: an error, not a silent zero."""
    function = jax.custom_jvp(value)

    @function.defjvp
    def jvp(inputs, tangents):
        raise NotImplementedError("this activation can be differentiated twice, not three times")

    return function


def P_zero(x, *parameters):
    return jnp.zeros_like(x)
