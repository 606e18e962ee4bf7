//@ base:
/* A number as the sum of two doubles, about 104 bits. Products are exact by fma, which C99 has; what overflows has no
   second part. Needs arithmetic as IEEE 754 has it: no -ffast-math. */
typedef struct { double h, l; } P_pair;
FN P_pair P_of(double h, double l) { P_pair r; r.h = h; r.l = l; return r; }
FN int P_finite(double a) { return a - a == 0.0; }
FN P_pair P_ordered(double a, double b) { double h = a + b; return P_of(h, P_finite(h) ? b - (h - a) : 0.0); }
FN P_pair P_two(double a, double b) {
    double h = a + b, t = h - a;
    return P_of(h, P_finite(h) ? (a - (h - t)) + (b - t) : 0.0);
}
/* A product that no compiler fuses with the sum that it goes into. */
#if defined(__CUDACC__)
FN double P_product(double a, double b) { return __dmul_rn(a, b); }
#elif defined(__FMA__) || defined(__ARM_FEATURE_FMA)
FN double P_product(double a, double b) { volatile double product = a * b; return product; }
#else
FN double P_product(double a, double b) { return a * b; }
#endif
FN P_pair P_times(double a, double b) { double h = P_product(a, b); return P_of(h, P_finite(h) ? fma(a, b, -h) : 0.0); }
FN P_pair P_neg(P_pair a) { return P_of(-a.h, -a.l); }
FN P_pair P_add(P_pair a, P_pair b) {
    P_pair s = P_two(a.h, b.h), t = P_two(a.l, b.l);
    s = P_ordered(s.h, s.l + t.h);
    return P_ordered(s.h, s.l + t.l);
}
FN P_pair P_sub(P_pair a, P_pair b) { return P_add(a, P_neg(b)); }
FN P_pair P_mul(P_pair a, P_pair b) {
    P_pair p = P_times(a.h, b.h);
    return P_finite(p.h) ? P_ordered(p.h, p.l + (a.h * b.l + a.l * b.h)) : p;
}
FN P_pair P_div(P_pair a, P_pair b) {
    double q = a.h / b.h;
    if (!P_finite(q) || !P_finite(b.h) || q == 0.0) return P_of(q, 0.0);
    return P_ordered(q, P_sub(a, P_mul(b, P_of(q, 0.0))).h / b.h);
}
FN P_pair P_scale(P_pair a, int k) { return P_of(ldexp(a.h, k), ldexp(a.l, k)); }
FN P_pair P_by(P_pair a, double n) { return P_div(a, P_of(n, 0.0)); }
FN P_pair P_plus(P_pair a, double b) { return P_add(a, P_of(b, 0.0)); }
FN double P_value(P_pair a) { return a.l == 0.0 ? a.h : a.h + a.l; }
FN int P_less(P_pair a, P_pair b) { return a.h < b.h || (a.h == b.h && a.l < b.l); }
FN int P_less_equal(P_pair a, P_pair b) { return a.h < b.h || (a.h == b.h && a.l <= b.l); }
FN P_pair P_abs(P_pair a) { return a.h < 0.0 || (a.h == 0.0 && a.l < 0.0) ? P_neg(a) : P_of(fabs(a.h), a.l); }
/* From the values at an edge and at its double: what grows or falls like a power goes on to do so, what falls much faster is 0;
   `direct` is for the rest. */
FN double P_far(double x, double edge, double a, double b, double direct) {
    double twice, size = fabs(x);
    if (!P_finite(a) || a == 0.0) return a;
    if (b == 0.0) return copysign(0.0, a);
    twice = floor(2.0 * (log(fabs(b / a)) / 0.6931471805599453) + 0.5);
    if (!(fabs(b / a / pow(2.0, 0.5 * twice) - 1.0) < 1e-12))
        return direct != direct && fabs(b) < 1e-6 * fabs(a) ? copysign(0.0, a) : direct;
    if (twice == 0.0) return a;
    if (!P_finite(size)) return twice > 0.0 ? copysign(size, a) : copysign(0.0, a);
    return a * pow(size / edge, 0.5 * twice);
}
//@ whole: base
FN P_pair P_whole(P_pair a, int n) {
    P_pair r = P_of(1.0, 0.0);
    for (;;) {
        if (n & 1) r = P_mul(r, a);
        n >>= 1;
        if (n == 0) return r;
        a = P_mul(a, a);
    }
}
//@ sqrt: base
FN P_pair P_sqrt(P_pair a) {
    double s = sqrt(a.h);
    if (!(a.h > 0.0) || !P_finite(a.h)) return P_of(s, 0.0);
    return P_ordered(s, P_sub(a, P_times(s, s)).h / (2.0 * s));
}
//@ sign: base
FN P_pair P_sign(P_pair a) { return a.h > 0.0 ? P_of(1.0, 0.0) : a.h < 0.0 ? P_of(-1.0, 0.0) : P_of(a.h, 0.0); }
//@ min: base
FN P_pair P_min(P_pair a, P_pair b) { return P_less_equal(a, b) ? a : P_less(b, a) ? b : P_add(a, b); }
//@ max: base
FN P_pair P_max(P_pair a, P_pair b) { return P_less_equal(b, a) ? a : P_less(a, b) ? b : P_add(a, b); }
//@ if_less: base
FN P_pair P_if_less(P_pair a, P_pair b, P_pair yes, P_pair no) {
    return P_less(a, b) ? yes : P_less_equal(b, a) ? no : P_add(a, b);
}
//@ if_less_equal: base
FN P_pair P_if_less_equal(P_pair a, P_pair b, P_pair yes, P_pair no) {
    return P_less_equal(a, b) ? yes : P_less(b, a) ? no : P_add(a, b);
}
//@ small: base
/* exp(a) - 1 for |a| < 0.4: the series of a/256, doubled eight times. */
FN P_pair P_small(P_pair a) {
    P_pair r = P_scale(a, -8), s = P_of(1.0, 0.0);
    int n;
    for (n = 10; n > 1; n--) s = P_plus(P_by(P_mul(r, s), n), 1.0);
    s = P_mul(r, s);
    for (n = 0; n < 8; n++) s = P_add(P_scale(s, 1), P_mul(s, s));
    return s;
}
//@ exp: small
FN P_pair P_exp(P_pair a) {
    double k;
    if (!(a.h < 710.0)) return P_of(a.h * 1e308, 0.0);
    if (a.h < -746.0) return P_of(0.0, 0.0);
    k = floor(a.h * 1.4426950408889634 + 0.5);
    a = P_sub(a, P_mul(P_of(0.6931471805599453, 2.3190468138462996e-17), P_of(k, 0.0)));
    return P_scale(P_plus(P_small(a), 1.0), (int)k);
}
//@ expm1: exp
FN P_pair P_expm1(P_pair a) { return fabs(a.h) < 0.34 ? P_small(a) : P_plus(P_exp(a), -1.0); }
//@ log1p: expm1
FN P_pair P_log1p(P_pair a) {
    P_pair y = P_of(log1p(a.h), 0.0);
    if (!(a.h > -1.0) || !P_finite(a.h) || a.h == 0.0) return y;
    return P_add(y, P_add(P_mul(a, P_exp(P_neg(y))), P_expm1(P_neg(y))));
}
//@ ln: log1p
FN P_pair P_ln(P_pair a) {
    P_pair y = P_of(log(a.h), 0.0);
    if (!(a.h > 0.0) || !P_finite(a.h)) return y;
    if (a.h > 0.5 && a.h < 2.0) return P_log1p(P_plus(a, -1.0));
    return P_add(y, P_plus(P_mul(a, P_exp(P_neg(y))), -1.0));
}
//@ pow: ln
FN P_pair P_pow(P_pair a, P_pair b) {
    if (!(a.h > 0.0) || !P_finite(a.h)) return P_of(a.h < 0.0 ? a.h - a.h + sqrt(a.h) : pow(a.h, b.h), 0.0);
    return P_exp(P_mul(b, P_ln(a)));
}
//@ cbrt: base
FN P_pair P_cbrt(P_pair a) {
    P_pair y = P_of(cbrt(a.h), 0.0), s = P_mul(y, y);
    if (a.h == 0.0 || !P_finite(a.h)) return y;
    return P_add(y, P_div(P_sub(a, P_mul(s, y)), P_mul(s, P_of(3.0, 0.0))));
}
//@ sinh: expm1
FN P_pair P_sinh(P_pair a) {
    P_pair s = P_abs(a), p;
    if (s.h > 40.0) p = P_exp(P_scale(s, -1)), p = P_mul(P_scale(p, -1), p);
    else p = P_expm1(s), p = P_scale(P_add(p, P_div(p, P_plus(p, 1.0))), -1);
    return P_less(a, P_of(0.0, 0.0)) ? P_neg(p) : p;
}
//@ cosh: exp
FN P_pair P_cosh(P_pair a) {
    P_pair p = P_exp(P_scale(P_abs(a), -1)), q = P_mul(p, p);
    if (fabs(a.h) > 40.0) return P_mul(P_scale(p, -1), p);
    return P_scale(P_add(q, P_div(P_of(1.0, 0.0), q)), -1);
}
//@ tanh: expm1
FN P_pair P_tanh(P_pair a) {
    P_pair p = P_expm1(P_scale(P_neg(P_abs(a)), 1));
    p = P_div(p, P_plus(p, 2.0));
    return P_less(a, P_of(0.0, 0.0)) ? p : P_neg(p);
}
//@ asinh: ln sqrt
FN P_pair P_asinh(P_pair a) {
    P_pair s = P_abs(a), q = P_mul(s, s);
    if (s.h > 1e9) q = P_add(P_ln(s), P_of(0.6931471805599453, 2.3190468138462996e-17));
    else q = P_log1p(P_add(s, P_div(q, P_plus(P_sqrt(P_plus(q, 1.0)), 1.0))));
    return P_less(a, P_of(0.0, 0.0)) ? P_neg(q) : q;
}
//@ turn: base
/* sin(r) and cos(r) for |r| < 0.8. */
FN P_pair P_sine(P_pair r) {
    P_pair q = P_neg(P_mul(r, r)), s = P_of(1.0, 0.0);
    int n;
    for (n = 28; n > 0; n -= 2) s = P_plus(P_by(P_mul(q, s), n * (n + 1.0)), 1.0);
    return P_mul(r, s);
}
FN P_pair P_cosine(P_pair r) {
    P_pair q = P_neg(P_mul(r, r)), s = P_of(1.0, 0.0);
    int n;
    for (n = 28; n > 0; n -= 2) s = P_plus(P_by(P_mul(q, s), n * (n - 1.0)), 1.0);
    return s;
}
/* a as quarters of a turn and a rest: by the bits of 2/pi that count (Payne and Hanek, 1983). */
FN P_pair P_turn(P_pair a, int *quarters) {
    static TABLE const unsigned int bits[] = {
        0x00000000u, 0x00000000u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u,
        0xfe5163abu, 0xdebbc561u, 0xb7246e3au, 0x424dd2e0u, 0x06492eeau, 0x09d1921cu, 0xfe1deb1cu, 0xb129a73eu,
        0xe88235f5u, 0x2ebb4484u, 0xe99c7026u, 0xb45f7e41u, 0x3991d639u, 0x835339f4u, 0x9c845f8bu, 0xbdf9283bu,
        0x1ff897ffu, 0xde05980fu, 0xef2f118bu, 0x5a0a6d1fu, 0x6d367ecfu, 0x27cb09b7u, 0x4f463f66u, 0x9e5fea2du,
        0x7527bac7u, 0xebe5f17bu, 0x3d0739f7u, 0x8a5292eau, 0x6bfb5fb1u, 0x1f8d5d08u, 0x56033046u, 0xfc7b6babu,
        0xf0cfbc20u, 0x9af4361du, 0xa9e39161u, 0x5ee61b08u, 0x6599855fu, 0x14a06840u, 0x8dffd880u};
    P_pair rest, half_pi = P_of(1.5707963267948966, 6.123233995736766e-17);
    double size = fabs(a.h), sign = a.h < 0.0 ? -1.0 : 1.0, whole, fraction[7];
    unsigned long long carry, m;
    unsigned int window[7];
    int e, start, i;
    if (!P_finite(size) || size < 0.7) { *quarters = 0; return a; }
    /* |a.h| = m 2^e with a whole m of 53 bits; bits of 2/pi whose multiples are four quarters are left out. */
    m = (unsigned long long)ldexp(frexp(size, &e), 53);
    start = e + 9;
    for (i = 0; i < 7; i++) {
        int word = start / 32 + i;
        window[i] = (unsigned int)((((unsigned long long)bits[word] << 32) | bits[word + 1]) >> (32 - start % 32));
    }
    carry = 0;
    for (i = 6; i >= 0; i--) {
        unsigned long long low = (m & 0xffffffffu) * window[i], high = (m >> 32) * window[i], sum;
        sum = (low & 0xffffffffu) + (carry & 0xffffffffu);
        fraction[i] = ldexp((double)(sum & 0xffffffffu), -30 - 32 * i);
        carry = (carry >> 32) + (low >> 32) + high + (sum >> 32);
    }
    whole = floor(fraction[0] + fraction[1] + 0.5);
    *quarters = (int)(sign * whole);
    rest = P_of(fraction[0] - whole, 0.0);
    for (i = 1; i < 7; i++) rest = P_plus(rest, fraction[i]);
    rest = P_mul(rest, half_pi);
    if (sign < 0.0) rest = P_neg(rest);
    return P_plus(rest, a.l);
}
FN P_pair P_turned(P_pair a, int ahead) {
    int quarters;
    P_pair r = P_turn(a, &quarters), s;
    if (!P_finite(a.h)) return P_of(a.h - a.h, 0.0);
    quarters = (quarters + ahead) & 3;
    s = quarters & 1 ? P_cosine(r) : P_sine(r);
    return quarters & 2 ? P_neg(s) : s;
}
//@ sin: turn
FN P_pair P_sin(P_pair a) { return P_turned(a, 0); }
//@ cos: turn
FN P_pair P_cos(P_pair a) { return P_turned(a, 1); }
//@ atan: turn
FN P_pair P_atan(P_pair a) {
    P_pair z = P_of(atan(a.h), 0.0), s, c;
    if (!P_finite(a.h)) return z;
    s = P_turned(z, 0), c = P_turned(z, 1);
    return P_add(z, P_div(P_sub(P_mul(a, c), s), P_add(c, P_mul(a, s))));
}
//@ erfs: exp
/* The series of erf, for |a| < 3. */
FN P_pair P_erf_near(P_pair a) {
    P_pair q = P_scale(P_mul(a, a), 1), s = P_of(1.0, 0.0);
    int n;
    for (n = 72; n > 0; n--) s = P_plus(P_by(P_mul(q, s), 2.0 * n + 1.0), 1.0);
    s = P_mul(P_mul(a, s), P_exp(P_neg(P_mul(a, a))));
    return P_mul(s, P_of(1.1283791670955126, 1.533545961316588e-17));
}
/* The continued fraction of erfc, from 3 on. */
FN P_pair P_erfc_far(P_pair a) {
    P_pair t = a;
    int n;
    if (a.h > 28.0) return P_of(0.0, 0.0);
    for (n = 100; n > 0; n--) t = P_add(a, P_div(P_of(0.5 * n, 0.0), t));
    t = P_div(P_exp(P_neg(P_mul(a, a))), t);
    return P_mul(t, P_of(0.5641895835477563, 7.66772980658294e-18));
}
//@ erf: erfs
FN P_pair P_erf(P_pair a) {
    P_pair s = P_abs(a);
    if (!(s.h > 3.0)) return P_erf_near(a);
    s = P_plus(P_neg(P_erfc_far(s)), 1.0);
    return a.h < 0.0 ? P_neg(s) : s;
}
//@ erfc: erfs
FN P_pair P_erfc(P_pair a) {
    if (a.h > 3.0) return P_erfc_far(a);
    if (a.h < -3.0) return P_plus(P_neg(P_erfc_far(P_neg(a))), 2.0);
    return P_plus(P_neg(P_erf_near(a)), 1.0);
}
//@ sigmoid: exp
FN P_pair P_sigmoid(P_pair a) {
    P_pair e = P_exp(P_neg(P_abs(a)));
    return P_div(a.h < 0.0 ? e : P_of(1.0, 0.0), P_plus(e, 1.0));
}
//@ softplus: log1p
FN P_pair P_softplus(P_pair a) {
    P_pair l = P_log1p(P_exp(P_neg(P_abs(a))));
    return a.h < 0.0 ? l : P_add(a, l);
}
//@ sech: exp
FN P_pair P_sech(P_pair a) {
    P_pair e = P_exp(P_neg(P_abs(a)));
    return P_div(P_scale(e, 1), P_plus(P_mul(e, e), 1.0));
}
//@ logcosh: log1p sinh
FN P_pair P_logcosh(P_pair a) {
    P_pair s = P_abs(a);
    if (s.h < 1.0) s = P_sinh(P_scale(s, -1)), s = P_log1p(P_scale(P_mul(s, s), 1));
    else s = P_add(P_add(s, P_of(-0.6931471805599453, -2.3190468138462996e-17)), P_log1p(P_exp(P_scale(P_neg(s), 1))));
    return s;
}
//@ tanhshrink: tanh
FN P_pair P_tanhshrink(P_pair a) {
    static TABLE const double over[] = {929569.0, -21844.0, 1382.0, -62.0, 17.0, -2.0, 1.0};
    static TABLE const double under[] = {638512875.0, 6081075.0, 155925.0, 2835.0, 315.0, 15.0, 3.0};
    P_pair q = P_mul(a, a), s = P_of(0.0, 0.0);
    int n;
    if (!(fabs(a.h) < 0.015625)) return P_sub(a, P_tanh(a));
    for (n = 0; n < 7; n++) s = P_add(P_mul(s, q), P_by(P_of(over[n], 0.0), under[n]));
    return P_mul(P_mul(s, q), a);
}
//@ exp_excess: expm1
FN P_pair P_exp_excess(P_pair a) {
    P_pair s = P_of(1.0, 0.0);
    int n;
    if (!(fabs(a.h) < 0.5)) return P_sub(P_expm1(a), a);
    for (n = 28; n > 2; n--) s = P_plus(P_by(P_mul(a, s), n), 1.0);
    return P_scale(P_mul(P_mul(a, a), s), -1);
}
//@ decay: exp
FN P_pair P_decay(P_pair a) { return P_exp(P_neg(P_abs(a))); }
//@ decay_gap: expm1
FN P_pair P_decay_gap(P_pair a) { return P_neg(P_expm1(P_neg(P_abs(a)))); }
