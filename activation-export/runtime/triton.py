import torch
import triton
import triton.language as tl
from triton.language.extra import libdevice

def P_launch(kernel, x, *parameters):
    x = x.contiguous()
    result = torch.empty_like(x)
    count = x.numel()
    if count > 0:
        kernel[(triton.cdiv(count, 1024),)](x, result, count, *(float(one) for one in parameters), BLOCK=1024)
    return result


# From the values at an edge and at its double: what grows or falls like a power goes on to do so, what falls much faster is 0;
# `direct` is for the rest.
@triton.jit
def P_far(x, edge, a, b, direct):
    size = tl.abs(x)
    twice = tl.floor(2.0 * libdevice.log2(tl.abs(b / a)) + 0.5)
    steady = tl.abs(b / a / libdevice.exp2(0.5 * twice) - 1.0) < 1e-5
    grown = tl.where(twice == 0.0, a, a * libdevice.pow(size / edge, 0.5 * twice))
    rest = tl.where((direct != direct) & (tl.abs(b) < 1e-6 * tl.abs(a)), 0.0 * a, direct)
    grown = tl.where(b == 0.0, 0.0 * a, tl.where(steady, grown, rest))
    return tl.where((a - a == 0.0) & (a != 0.0), grown, a)
