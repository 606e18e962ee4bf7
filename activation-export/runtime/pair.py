#@ base:
# A number as the sum of two doubles, about 104 bits. What overflows has no second part.
def P_of(h):
    return (h, XP.zeros_like(h))


def P_like(a, h, l=0.0):
    return (P_full(a[0], h), P_full(a[0], l))


def P_finite(a):
    return a - a == 0.0


def P_ordered(a, b):
    h = a + b
    return (h, XP.where(P_finite(h), b - (h - a), 0.0))


def P_two(a, b):
    h = a + b
    t = h - a
    return (h, XP.where(P_finite(h), (a - (h - t)) + (b - t), 0.0))


def P_split(a):
    t = 134217729.0 * a
    h = t - (t - a)
    return h, a - h


def P_times(a, b):
    h = a * b
    (a1, a2), (b1, b2) = P_split(a), P_split(b)
    l = ((a1 * b1 - h) + a1 * b2 + a2 * b1) + a2 * b2
    return (h, XP.where(P_finite(l), l, 0.0))


def P_neg(a):
    return (-a[0], -a[1])


def P_add(a, b):
    s, t = P_two(a[0], b[0]), P_two(a[1], b[1])
    s = P_ordered(s[0], s[1] + t[0])
    return P_ordered(s[0], s[1] + t[1])


def P_sub(a, b):
    return P_add(a, P_neg(b))


def P_mul(a, b):
    p = P_times(a[0], b[0])
    s = P_ordered(p[0], p[1] + (a[0] * b[1] + a[1] * b[0]))
    return P_where(P_finite(p[0]), s, p)


def P_div(a, b):
    q = a[0] / b[0]
    r = P_sub(a, P_mul(b, P_of(q)))
    s = P_ordered(q, r[0] / b[0])
    return P_where(P_finite(q) & P_finite(b[0]) & (q != 0.0), s, P_of(q))


def P_where(mask, yes, no):
    return (XP.where(mask, yes[0], no[0]), XP.where(mask, yes[1], no[1]))


def P_scale(a, n):
    return (a[0] * 2.0**n, a[1] * 2.0**n)


def P_by(a, n):
    return P_div(a, P_like(a, n))


def P_plus(a, b):
    return P_add(a, P_of(b + XP.zeros_like(a[0])))


def P_value(a):
    return XP.where(a[1] == 0.0, a[0], a[0] + a[1])


def P_less(a, b):
    return (a[0] < b[0]) | ((a[0] == b[0]) & (a[1] < b[1]))


def P_less_equal(a, b):
    return (a[0] < b[0]) | ((a[0] == b[0]) & (a[1] <= b[1]))


def P_abs(a):
    negative = (a[0] < 0.0) | ((a[0] == 0.0) & (a[1] < 0.0))
    return P_where(negative, P_neg(a), (XP.abs(a[0]), a[1]))


# From the values at an edge and at its double: what grows or falls like a power goes on to do so, what falls much faster is 0;
# `direct` is for the rest.
def P_far(x, edge, a, b, direct, close=1e-12):
    size = XP.abs(x)
    twice = XP.floor(2.0 * (XP.log(XP.abs(b / a)) / 0.6931471805599453) + 0.5)
    steady = XP.abs(b / a / 2.0 ** (0.5 * twice) - 1.0) < close
    grown = XP.where(twice == 0.0, a, a * (size / edge) ** (0.5 * twice))
    rest = XP.where(XP.isnan(direct) & (XP.abs(b) < 1e-6 * XP.abs(a)), 0.0 * a, direct)
    grown = XP.where(b == 0.0, 0.0 * a, XP.where(steady, grown, rest))
    return XP.where((a - a == 0.0) & (a != 0.0), grown, a)
#@ whole: base
def P_whole(a, n):
    r = None
    while n:
        if n & 1:
            r = a if r is None else P_mul(r, a)
        n >>= 1
        if n:
            a = P_mul(a, a)
    return r
#@ sqrt: base
def P_sqrt(a):
    s = XP.sqrt(a[0])
    better = P_ordered(s, P_sub(a, P_times(s, s))[0] / (2.0 * s))
    return P_where((a[0] > 0.0) & P_finite(a[0]), better, P_of(s))
#@ sign: base
def P_sign(a):
    return P_of(XP.where(a[0] > 0.0, 1.0, XP.where(a[0] < 0.0, -1.0, a[0])))
#@ min: base
def P_min(a, b):
    return P_where(P_less_equal(a, b), a, P_where(P_less(b, a), b, P_add(a, b)))
#@ max: base
def P_max(a, b):
    return P_where(P_less_equal(b, a), a, P_where(P_less(a, b), b, P_add(a, b)))
#@ if_less: base
def P_if_less(a, b, yes, no):
    return P_where(P_less(a, b), yes, P_where(P_less_equal(b, a), no, P_add(a, b)))
#@ if_less_equal: base
def P_if_less_equal(a, b, yes, no):
    return P_where(P_less_equal(a, b), yes, P_where(P_less(b, a), no, P_add(a, b)))
#@ small: base
# exp(a) - 1 for |a| < 0.4: the series of a/256, doubled eight times.
def P_small(a):
    r, s = P_scale(a, -8), P_like(a, 1.0)
    s = P_mul(r, P_down(10, 2, lambda n, s: P_plus(P_by(P_mul(r, s), n), 1.0), s))
    return P_down(8, 1, lambda _, s: P_add(P_scale(s, 1), P_mul(s, s)), s)
#@ exp: small
def P_exp(a):
    inside = (a[0] < 710.0) & (a[0] >= -746.0)
    b = P_where(inside, a, (0.0, 0.0))
    k = XP.floor(b[0] * 1.4426950408889634 + 0.5)
    b = P_sub(b, P_mul(P_like(b, 0.6931471805599453, 2.3190468138462996e-17), P_of(k)))
    s = P_plus(P_small(b), 1.0)
    half = XP.floor(k * 0.5)
    first, second = P_two_to(half), P_two_to(k - half)
    s = (s[0] * first * second, s[1] * first * second)
    outside = XP.where(a[0] < 0.0, 0.0, a[0] * 1e308)
    return P_where(inside, s, P_of(outside))
#@ expm1: exp
def P_expm1(a):
    near = XP.abs(a[0]) < 0.34
    return P_where(near, P_small(P_where(near, a, (0.0, 0.0))), P_plus(P_exp(a), -1.0))
#@ log1p: expm1
def P_log1p(a):
    y = P_of(XP.log1p(a[0]))
    s = P_add(y, P_add(P_mul(a, P_exp(P_neg(y))), P_expm1(P_neg(y))))
    return P_where((a[0] > -1.0) & P_finite(a[0]) & (a[0] != 0.0), s, y)
#@ ln: log1p
def P_ln(a):
    y = P_of(XP.log(a[0]))
    s = P_add(y, P_plus(P_mul(a, P_exp(P_neg(y))), -1.0))
    near = (a[0] > 0.5) & (a[0] < 2.0)
    s = P_where(near, P_log1p(P_plus(P_where(near, a, (1.0, 0.0)), -1.0)), s)
    return P_where((a[0] > 0.0) & P_finite(a[0]), s, y)
#@ pow: ln
def P_pow(a, b):
    inside = (a[0] > 0.0) & P_finite(a[0])
    s = P_exp(P_mul(b, P_ln(P_where(inside, a, (1.0, 0.0)))))
    outside = XP.where(a[0] < 0.0, float("nan"), a[0] ** b[0])
    return P_where(inside, s, P_of(outside))
#@ cbrt: base
def P_cbrt(a):
    seed = XP.abs(a[0]) ** (1.0 / 3.0)
    y = P_of(XP.where(a[0] < 0.0, -seed, seed))
    for _ in range(2):
        s = P_mul(y, y)
        y = P_add(y, P_div(P_sub(a, P_mul(s, y)), P_mul(s, P_like(s, 3.0))))
    return P_where((a[0] != 0.0) & P_finite(a[0]), y, P_of(a[0]))
#@ sinh: expm1
def P_sinh(a):
    s = P_abs(a)
    far = s[0] > 40.0
    p = P_exp(P_scale(s, -1))
    q = P_expm1(P_where(far, (0.0, 0.0), s))
    q = P_scale(P_add(q, P_div(q, P_plus(q, 1.0))), -1)
    p = P_where(far, P_mul(P_scale(p, -1), p), q)
    return P_where(a[0] < 0.0, P_neg(p), p)
#@ cosh: exp
def P_cosh(a):
    p = P_exp(P_scale(P_abs(a), -1))
    q = P_mul(p, p)
    q = P_scale(P_add(q, P_div(P_like(a, 1.0), q)), -1)
    return P_where(XP.abs(a[0]) > 40.0, P_mul(P_scale(p, -1), p), q)
#@ tanh: expm1
def P_tanh(a):
    p = P_expm1(P_scale(P_neg(P_abs(a)), 1))
    p = P_div(p, P_plus(p, 2.0))
    return P_where(a[0] < 0.0, p, P_neg(p))
#@ asinh: ln sqrt
def P_asinh(a):
    s = P_abs(a)
    far = s[0] > 1e9
    p = P_add(P_ln(s), P_like(s, 0.6931471805599453, 2.3190468138462996e-17))
    s = P_where(far, (1.0, 0.0), s)
    q = P_mul(s, s)
    q = P_log1p(P_add(s, P_div(q, P_plus(P_sqrt(P_plus(q, 1.0)), 1.0))))
    q = P_where(far, p, q)
    return P_where(a[0] < 0.0, P_neg(q), q)
#@ turn: base
# sin(r) and cos(r) for |r| < 0.8.
def P_sine(r):
    q, s = P_neg(P_mul(r, r)), P_like(r, 1.0)
    s = P_down(14, 1, lambda n, s: P_plus(P_by(P_mul(q, s), 2.0 * n * (2.0 * n + 1.0)), 1.0), s)
    return P_mul(r, s)


def P_cosine(r):
    q, s = P_neg(P_mul(r, r)), P_like(r, 1.0)
    return P_down(14, 1, lambda n, s: P_plus(P_by(P_mul(q, s), 2.0 * n * (2.0 * n - 1.0)), 1.0), s)


# a as quarters of a turn and a rest: by the bits of 2/pi that count (Payne and Hanek, 1983), 24 at a time.
def P_turn(a):
    size = XP.where(P_finite(a[0]), XP.abs(a[0]), 0.0)
    fraction, exponent = XP.frexp(size)
    m = fraction * 2.0**53
    exponent = exponent - 53
    upper = XP.floor(m * 2.0**-27)
    lower = m - upper * 2.0**27
    first = XP.where(exponent > 2, (exponent - 2) // 24, 0)
    table = P_table(a[0])
    total = P_of(XP.zeros_like(m))
    for step in range(8):
        bits = table[first + step]
        power = exponent - 24 * (first + step + 1)
        for part, more in ((upper, 27), (lower, 0)):
            # Far below everything that counts, a power may leave the range.
            scale = XP.where(power + more < -900, -900, power + more)
            term = part * bits * P_two_to(scale)
            total = P_plus(total, term - 4.0 * XP.floor(term * 0.25))
    whole = XP.floor(total[0] + 0.5)
    rest = P_mul(P_plus(total, -whole), P_like(total, 1.5707963267948966, 6.123233995736766e-17))
    negative = a[0] < 0.0
    rest = P_where(negative, P_neg(rest), rest)
    rest = P_plus(rest, a[1])
    short = size < 0.7
    quarters = XP.where(short, 0.0, XP.where(negative, -whole, whole))
    return quarters, P_where(short, a, rest)


def P_turned(a, ahead):
    quarters, r = P_turn(a)
    quarters = quarters + ahead
    quarters = quarters - 4.0 * XP.floor(quarters * 0.25)
    s = P_where((quarters == 1.0) | (quarters == 3.0), P_cosine(r), P_sine(r))
    s = P_where(quarters >= 2.0, P_neg(s), s)
    return P_where(P_finite(a[0]), s, P_of(a[0] - a[0]))
#@ sin: turn
def P_sin(a):
    return P_turned(a, 0.0)
#@ cos: turn
def P_cos(a):
    return P_turned(a, 1.0)
#@ atan: turn
def P_atan(a):
    z = P_of(XP.arctan(a[0]))
    s, c = P_turned(z, 0.0), P_turned(z, 1.0)
    better = P_add(z, P_div(P_sub(P_mul(a, c), s), P_add(c, P_mul(a, s))))
    return P_where(P_finite(a[0]), better, z)
#@ erfs: exp
# The series of erf, for |a| < 3.
def P_erf_near(a):
    a = P_where(XP.abs(a[0]) > 3.0, (0.0, 0.0), a)
    q, s = P_scale(P_mul(a, a), 1), P_like(a, 1.0)
    s = P_down(72, 1, lambda n, s: P_plus(P_by(P_mul(q, s), 2.0 * n + 1.0), 1.0), s)
    s = P_mul(P_mul(a, s), P_exp(P_neg(P_mul(a, a))))
    return P_mul(s, P_like(a, 1.1283791670955126, 1.533545961316588e-17))


# The continued fraction of erfc, from 3 on.
def P_erfc_far(a):
    far = a[0] > 28.0
    a = P_where(far | (a[0] < 3.0), (3.0, 0.0), a)
    t = P_down(100, 1, lambda n, t: P_add(a, P_div(P_like(a, 0.5 * n), t)), a)
    t = P_div(P_exp(P_neg(P_mul(a, a))), t)
    t = P_mul(t, P_like(a, 0.5641895835477563, 7.66772980658294e-18))
    return P_where(far, (0.0, 0.0), t)
#@ erf: erfs
def P_erf(a):
    s = P_plus(P_neg(P_erfc_far(P_abs(a))), 1.0)
    s = P_where(a[0] < 0.0, P_neg(s), s)
    return P_where(XP.abs(a[0]) > 3.0, s, P_erf_near(a))
#@ erfc: erfs
def P_erfc(a):
    far = P_erfc_far(P_abs(a))
    near = P_plus(P_neg(P_erf_near(a)), 1.0)
    far = P_where(a[0] < 0.0, P_plus(P_neg(far), 2.0), far)
    return P_where(XP.abs(a[0]) > 3.0, far, near)
#@ sigmoid: exp
def P_sigmoid(a):
    e = P_exp(P_neg(P_abs(a)))
    return P_div(P_where(a[0] < 0.0, e, (1.0, 0.0)), P_plus(e, 1.0))
#@ softplus: log1p
def P_softplus(a):
    l = P_log1p(P_exp(P_neg(P_abs(a))))
    return P_where(a[0] < 0.0, l, P_add(a, l))
#@ sech: exp
def P_sech(a):
    e = P_exp(P_neg(P_abs(a)))
    return P_div(P_scale(e, 1), P_plus(P_mul(e, e), 1.0))
#@ logcosh: log1p sinh
def P_logcosh(a):
    s = P_abs(a)
    near = s[0] < 1.0
    t = P_sinh(P_where(near, P_scale(s, -1), (0.0, 0.0)))
    t = P_log1p(P_scale(P_mul(t, t), 1))
    far = P_add(s, P_like(s, -0.6931471805599453, -2.3190468138462996e-17))
    return P_where(near, t, P_add(far, P_log1p(P_exp(P_scale(P_neg(s), 1)))))
#@ tanhshrink: tanh
def P_tanhshrink(a):
    near = XP.abs(a[0]) < 0.015625
    small = P_where(near, a, (0.0, 0.0))
    q, s = P_mul(small, small), P_like(a, 0.0)
    for over, under in (
        (929569.0, 638512875.0),
        (-21844.0, 6081075.0),
        (1382.0, 155925.0),
        (-62.0, 2835.0),
        (17.0, 315.0),
        (-2.0, 15.0),
        (1.0, 3.0),
    ):
        s = P_add(P_mul(s, q), P_by(P_like(q, over), under))
    return P_where(near, P_mul(P_mul(s, q), small), P_sub(a, P_tanh(a)))
#@ exp_excess: expm1
def P_exp_excess(a):
    near = XP.abs(a[0]) < 0.5
    small, s = P_where(near, a, (0.0, 0.0)), P_like(a, 1.0)
    s = P_down(28, 3, lambda n, s: P_plus(P_by(P_mul(small, s), n), 1.0), s)
    return P_where(near, P_scale(P_mul(P_mul(small, small), s), -1), P_sub(P_expm1(a), a))
#@ decay: exp
def P_decay(a):
    return P_exp(P_neg(P_abs(a)))
#@ decay_gap: expm1
def P_decay_gap(a):
    return P_neg(P_expm1(P_neg(P_abs(a))))
