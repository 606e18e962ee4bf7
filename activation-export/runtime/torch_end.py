

def P_function(value, slopes):
    """A differentiable function of x and parameters: its value, and its derivatives by each of them."""

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, *parameters):
            ctx.save_for_backward(x, *parameters)
            return value(x, *parameters)

        @staticmethod
        def backward(ctx, grad):
            inputs = ctx.saved_tensors
            gradients = []
            for needed, slope, given in zip(ctx.needs_input_grad, slopes, inputs):
                if not needed:
                    gradients.append(None)
                    continue
                # Sums over many elements keep their digits in float64.
                product = grad.double() * slope(*inputs).double()
                gradients.append(product.sum_to_size(given.shape).to(given.dtype))
            return tuple(gradients)

    def call(x, *parameters):
        return Function.apply(x, *(torch.as_tensor(one, dtype=torch.float64, device=x.device) if not torch.is_tensor(one) else one for one in parameters))

    return call


def P_last(value):
    """A derivative beyond which there is none here: an error, not a silent zero."""

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, *parameters):
            return value(x, *parameters)

        @staticmethod
        def backward(ctx, grad):
            raise NotImplementedError("this activation can be differentiated twice, not three times")

    return Function.apply


def P_zero(x, *parameters):
    return torch.zeros_like(x)
