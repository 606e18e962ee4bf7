import torch


def P_full(like, value):
    return torch.full_like(like, value)


def P_two_to(k):
    return ((k.to(torch.int64) + 1023) << 52).view(torch.float64)


def P_down(first, last, step, s):
    for n in range(first, last - 1, -1):
        s = step(float(n), s)
    return s


def P_evaluate(x, parameters, function, limits, defaults, partial, edge):
    wide = x.detach().to(torch.float64)
    values = [torch.as_tensor(value, device=x.device).detach().to(torch.float64) for value in parameters]
    with torch.no_grad():
        wide, *values = torch.broadcast_tensors(wide, *values)
        pairs = [P_of(value) for value in values]
        result = function(P_of(wide), *pairs)
        far = (torch.abs(wide) > FAR) | (torch.isnan(result) & (torch.abs(wide) > edge))
        if bool(far.any()):
            signed = torch.copysign(torch.full_like(wide, edge), wide)
            once, twice = function(P_of(signed), *pairs), function(P_of(2.0 * signed), *pairs)
            result = torch.where(far, P_far(wide, edge, once, twice, result), result)
        usual = torch.ones_like(wide, dtype=torch.bool)
        for value, default in zip(values, defaults):
            usual = usual & (value == default)
        for point, limit in limits:
            result = torch.where((wide == point) & usual, limit, result)
        if partial is not None:
            result = torch.where(torch.isnan(partial(P_of(wide), *pairs)), torch.nan, result)
        result = torch.where(torch.isnan(wide), torch.nan, result)
    return result.to(x.dtype)
