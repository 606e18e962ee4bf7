//@ base:
/// A number as the sum of two doubles, about 104 bits. What overflows has no second part.
#[derive(Clone, Copy)]
struct P_Pair(f64, f64);

fn P_of(h: f64) -> P_Pair {
    P_Pair(h, 0.0)
}

fn P_ordered(a: f64, b: f64) -> P_Pair {
    let h = a + b;
    P_Pair(h, if h.is_finite() { b - (h - a) } else { 0.0 })
}

fn P_two(a: f64, b: f64) -> P_Pair {
    let h = a + b;
    let t = h - a;
    P_Pair(h, if h.is_finite() { (a - (h - t)) + (b - t) } else { 0.0 })
}

fn P_times(a: f64, b: f64) -> P_Pair {
    let h = a * b;
    P_Pair(h, if h.is_finite() { a.mul_add(b, -h) } else { 0.0 })
}

fn P_neg(a: P_Pair) -> P_Pair {
    P_Pair(-a.0, -a.1)
}

fn P_add(a: P_Pair, b: P_Pair) -> P_Pair {
    let (s, t) = (P_two(a.0, b.0), P_two(a.1, b.1));
    let s = P_ordered(s.0, s.1 + t.0);
    P_ordered(s.0, s.1 + t.1)
}

fn P_sub(a: P_Pair, b: P_Pair) -> P_Pair {
    P_add(a, P_neg(b))
}

fn P_mul(a: P_Pair, b: P_Pair) -> P_Pair {
    let p = P_times(a.0, b.0);
    if p.0.is_finite() { P_ordered(p.0, p.1 + (a.0 * b.1 + a.1 * b.0)) } else { p }
}

fn P_div(a: P_Pair, b: P_Pair) -> P_Pair {
    let q = a.0 / b.0;
    if !q.is_finite() || !b.0.is_finite() || q == 0.0 {
        return P_of(q);
    }
    P_ordered(q, P_sub(a, P_mul(b, P_of(q))).0 / b.0)
}

/// 2^k for a k of a normal number.
fn P_two_to(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

fn P_scale(a: P_Pair, k: i32) -> P_Pair {
    let (first, second) = (P_two_to(k / 2), P_two_to(k - k / 2));
    P_Pair(a.0 * first * second, a.1 * first * second)
}

fn P_by(a: P_Pair, n: f64) -> P_Pair {
    P_div(a, P_of(n))
}

fn P_plus(a: P_Pair, b: f64) -> P_Pair {
    P_add(a, P_of(b))
}

fn P_value(a: P_Pair) -> f64 {
    if a.1 == 0.0 { a.0 } else { a.0 + a.1 }
}

fn P_less(a: P_Pair, b: P_Pair) -> bool {
    a.0 < b.0 || (a.0 == b.0 && a.1 < b.1)
}

fn P_less_equal(a: P_Pair, b: P_Pair) -> bool {
    a.0 < b.0 || (a.0 == b.0 && a.1 <= b.1)
}

fn P_abs(a: P_Pair) -> P_Pair {
    if a.0 < 0.0 || (a.0 == 0.0 && a.1 < 0.0) { P_neg(a) } else { P_Pair(a.0.abs(), a.1) }
}

/// From the values at an edge and at its double: what grows or falls like a power goes on to do so, what falls much faster is
/// 0; `direct` is for the rest.
fn P_far(x: f64, edge: f64, a: f64, b: f64, direct: f64) -> f64 {
    if !a.is_finite() || a == 0.0 {
        return a;
    }
    if b == 0.0 {
        return 0.0_f64.copysign(a);
    }
    let twice = (2.0 * (b / a).abs().log2()).round();
    let steady = (b / a / 2.0_f64.powf(0.5 * twice) - 1.0).abs() < 1e-12;
    if !steady {
        if direct.is_nan() && b.abs() < 1e-6 * a.abs() { 0.0_f64.copysign(a) } else { direct }
    } else if twice == 0.0 {
        a
    } else if x.is_infinite() {
        (if twice > 0.0 { f64::INFINITY } else { 0.0_f64 }).copysign(a)
    } else {
        a * (x.abs() / edge).powf(0.5 * twice)
    }
}
//@ whole: base
fn P_whole(mut a: P_Pair, mut n: i32) -> P_Pair {
    let mut r = P_of(1.0);
    loop {
        if n & 1 == 1 {
            r = P_mul(r, a);
        }
        n >>= 1;
        if n == 0 {
            return r;
        }
        a = P_mul(a, a);
    }
}
//@ sqrt: base
fn P_sqrt(a: P_Pair) -> P_Pair {
    let s = a.0.sqrt();
    if !(a.0 > 0.0 && a.0.is_finite()) {
        return P_of(s);
    }
    P_ordered(s, P_sub(a, P_times(s, s)).0 / (2.0 * s))
}
//@ sign: base
fn P_sign(a: P_Pair) -> P_Pair {
    P_of(if a.0 > 0.0 { 1.0 } else if a.0 < 0.0 { -1.0 } else { a.0 })
}
//@ min: base
fn P_min(a: P_Pair, b: P_Pair) -> P_Pair {
    if P_less_equal(a, b) { a } else if P_less(b, a) { b } else { P_add(a, b) }
}
//@ max: base
fn P_max(a: P_Pair, b: P_Pair) -> P_Pair {
    if P_less_equal(b, a) { a } else if P_less(a, b) { b } else { P_add(a, b) }
}
//@ if_less: base
fn P_if_less(a: P_Pair, b: P_Pair, yes: P_Pair, no: P_Pair) -> P_Pair {
    if P_less(a, b) { yes } else if P_less_equal(b, a) { no } else { P_add(a, b) }
}
//@ if_less_equal: base
fn P_if_less_equal(a: P_Pair, b: P_Pair, yes: P_Pair, no: P_Pair) -> P_Pair {
    if P_less_equal(a, b) { yes } else if P_less(b, a) { no } else { P_add(a, b) }
}
//@ small: base
/// exp(a) - 1 for |a| < 0.4: the series of a/256, doubled eight times.
fn P_small(a: P_Pair) -> P_Pair {
    let (r, mut s) = (P_scale(a, -8), P_of(1.0));
    for n in (2..=10).rev() {
        s = P_plus(P_by(P_mul(r, s), f64::from(n)), 1.0);
    }
    s = P_mul(r, s);
    for _ in 0..8 {
        s = P_add(P_scale(s, 1), P_mul(s, s));
    }
    s
}
//@ exp: small
fn P_exp(a: P_Pair) -> P_Pair {
    if !(a.0 < 710.0) {
        return P_of(a.0 * 1e308);
    }
    if a.0 < -746.0 {
        return P_of(0.0);
    }
    let k = (a.0 * std::f64::consts::LOG2_E).round();
    let a = P_sub(a, P_mul(P_Pair(std::f64::consts::LN_2, 2.3190468138462996e-17), P_of(k)));
    P_scale(P_plus(P_small(a), 1.0), k as i32)
}
//@ expm1: exp
fn P_expm1(a: P_Pair) -> P_Pair {
    if a.0.abs() < 0.34 { P_small(a) } else { P_plus(P_exp(a), -1.0) }
}
//@ log1p: expm1
fn P_log1p(a: P_Pair) -> P_Pair {
    let y = P_of(a.0.ln_1p());
    if !(a.0 > -1.0 && a.0.is_finite()) || a.0 == 0.0 {
        return y;
    }
    P_add(y, P_add(P_mul(a, P_exp(P_neg(y))), P_expm1(P_neg(y))))
}
//@ ln: log1p
fn P_ln(a: P_Pair) -> P_Pair {
    let y = P_of(a.0.ln());
    if !(a.0 > 0.0 && a.0.is_finite()) {
        return y;
    }
    if a.0 > 0.5 && a.0 < 2.0 {
        return P_log1p(P_plus(a, -1.0));
    }
    P_add(y, P_plus(P_mul(a, P_exp(P_neg(y))), -1.0))
}
//@ pow: ln
fn P_pow(a: P_Pair, b: P_Pair) -> P_Pair {
    if !(a.0 > 0.0 && a.0.is_finite()) {
        return P_of(if a.0 < 0.0 { f64::NAN } else { a.0.powf(b.0) });
    }
    P_exp(P_mul(b, P_ln(a)))
}
//@ cbrt: base
fn P_cbrt(a: P_Pair) -> P_Pair {
    let y = P_of(a.0.cbrt());
    if a.0 == 0.0 || !a.0.is_finite() {
        return y;
    }
    let s = P_mul(y, y);
    P_add(y, P_div(P_sub(a, P_mul(s, y)), P_mul(s, P_of(3.0))))
}
//@ sinh: expm1
fn P_sinh(a: P_Pair) -> P_Pair {
    let s = P_abs(a);
    let size = if s.0 > 40.0 {
        let p = P_exp(P_scale(s, -1));
        P_mul(P_scale(p, -1), p)
    } else {
        let p = P_expm1(s);
        P_scale(P_add(p, P_div(p, P_plus(p, 1.0))), -1)
    };
    if a.0 < 0.0 { P_neg(size) } else { size }
}
//@ cosh: exp
fn P_cosh(a: P_Pair) -> P_Pair {
    let p = P_exp(P_scale(P_abs(a), -1));
    if a.0.abs() > 40.0 {
        return P_mul(P_scale(p, -1), p);
    }
    let q = P_mul(p, p);
    P_scale(P_add(q, P_div(P_of(1.0), q)), -1)
}
//@ tanh: expm1
fn P_tanh(a: P_Pair) -> P_Pair {
    let p = P_expm1(P_scale(P_neg(P_abs(a)), 1));
    let p = P_div(p, P_plus(p, 2.0));
    if a.0 < 0.0 { p } else { P_neg(p) }
}
//@ asinh: ln sqrt
fn P_asinh(a: P_Pair) -> P_Pair {
    let s = P_abs(a);
    let size = if s.0 > 1e9 {
        P_add(P_ln(s), P_Pair(std::f64::consts::LN_2, 2.3190468138462996e-17))
    } else {
        let q = P_mul(s, s);
        P_log1p(P_add(s, P_div(q, P_plus(P_sqrt(P_plus(q, 1.0)), 1.0))))
    };
    if a.0 < 0.0 { P_neg(size) } else { size }
}
//@ turn: base
/// sin(r) for |r| < 0.8.
fn P_sine(r: P_Pair) -> P_Pair {
    let (q, mut s) = (P_neg(P_mul(r, r)), P_of(1.0));
    for n in (2..=28).rev().step_by(2).map(f64::from) {
        s = P_plus(P_by(P_mul(q, s), n * (n + 1.0)), 1.0);
    }
    P_mul(r, s)
}

/// cos(r) for |r| < 0.8.
fn P_cosine(r: P_Pair) -> P_Pair {
    let (q, mut s) = (P_neg(P_mul(r, r)), P_of(1.0));
    for n in (2..=28).rev().step_by(2).map(f64::from) {
        s = P_plus(P_by(P_mul(q, s), n * (n - 1.0)), 1.0);
    }
    s
}

/// The bits of 2/pi, behind 64 that are zero.
#[rustfmt::skip]
const P_BITS: [u32; 47] = [0x00000000, 0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b, 0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab, 0xf0cfbc20, 0x9af4361d, 0xa9e39161, 0x5ee61b08, 0x6599855f, 0x14a06840, 0x8dffd880];

/// a as quarters of a turn and a rest: by the bits of 2/pi that count (Payne and Hanek, 1983).
fn P_turn(a: P_Pair) -> (i32, P_Pair) {
    let size = a.0.abs();
    if !size.is_finite() || size < 0.7 {
        return (0, a);
    }
    // |a.0| = m 2^e with a whole m of 53 bits; bits of 2/pi whose multiples are four quarters are left out.
    let e = ((size.to_bits() >> 52) as i32) - 1075;
    let m = (size.to_bits() & ((1 << 52) - 1)) | (1 << 52);
    let start = (e + 62) as usize;
    let mut fraction = [0.0; 7];
    let mut carry = 0_u64;
    for i in (0..7).rev() {
        let word = start / 32 + i;
        let two = (u64::from(P_BITS[word]) << 32) | u64::from(P_BITS[word + 1]);
        let window = (two >> (32 - start % 32)) & 0xffff_ffff;
        let (low, high) = ((m & 0xffff_ffff) * window, (m >> 32) * window);
        let sum = (low & 0xffff_ffff) + (carry & 0xffff_ffff);
        fraction[i] = (sum & 0xffff_ffff) as f64 * P_two_to(-30 - 32 * i as i32);
        carry = (carry >> 32) + (low >> 32) + high + (sum >> 32);
    }
    let whole = (fraction[0] + fraction[1]).round();
    let mut rest = P_of(fraction[0] - whole);
    for part in &fraction[1..] {
        rest = P_plus(rest, *part);
    }
    rest = P_mul(rest, P_Pair(std::f64::consts::FRAC_PI_2, 6.123233995736766e-17));
    if a.0 < 0.0 {
        (-(whole as i32), P_plus(P_neg(rest), a.1))
    } else {
        (whole as i32, P_plus(rest, a.1))
    }
}

fn P_turned(a: P_Pair, ahead: i32) -> P_Pair {
    if !a.0.is_finite() {
        return P_of(f64::NAN);
    }
    let (quarters, r) = P_turn(a);
    let quarters = quarters + ahead;
    let s = if quarters & 1 == 1 { P_cosine(r) } else { P_sine(r) };
    if quarters & 2 == 2 { P_neg(s) } else { s }
}
//@ sin: turn
fn P_sin(a: P_Pair) -> P_Pair {
    P_turned(a, 0)
}
//@ cos: turn
fn P_cos(a: P_Pair) -> P_Pair {
    P_turned(a, 1)
}
//@ atan: turn
fn P_atan(a: P_Pair) -> P_Pair {
    let z = P_of(a.0.atan());
    if !a.0.is_finite() {
        return z;
    }
    let (s, c) = (P_turned(z, 0), P_turned(z, 1));
    P_add(z, P_div(P_sub(P_mul(a, c), s), P_add(c, P_mul(a, s))))
}
//@ erfs: exp
/// The series of erf, for |a| < 3.
fn P_erf_near(a: P_Pair) -> P_Pair {
    let (q, mut s) = (P_scale(P_mul(a, a), 1), P_of(1.0));
    for n in (1..=72).rev() {
        s = P_plus(P_by(P_mul(q, s), 2.0 * f64::from(n) + 1.0), 1.0);
    }
    s = P_mul(P_mul(a, s), P_exp(P_neg(P_mul(a, a))));
    P_mul(s, P_Pair(1.1283791670955126, 1.533545961316588e-17))
}

/// The continued fraction of erfc, from 3 on.
fn P_erfc_far(a: P_Pair) -> P_Pair {
    if a.0 > 28.0 {
        return P_of(0.0);
    }
    let mut t = a;
    for n in (1..=100).rev() {
        t = P_add(a, P_div(P_of(0.5 * f64::from(n)), t));
    }
    t = P_div(P_exp(P_neg(P_mul(a, a))), t);
    P_mul(t, P_Pair(0.5641895835477563, 7.66772980658294e-18))
}
//@ erf: erfs
fn P_erf(a: P_Pair) -> P_Pair {
    let s = P_abs(a);
    if !(s.0 > 3.0) {
        return P_erf_near(a);
    }
    let s = P_plus(P_neg(P_erfc_far(s)), 1.0);
    if a.0 < 0.0 { P_neg(s) } else { s }
}
//@ erfc: erfs
fn P_erfc(a: P_Pair) -> P_Pair {
    if a.0 > 3.0 {
        P_erfc_far(a)
    } else if a.0 < -3.0 {
        P_plus(P_neg(P_erfc_far(P_neg(a))), 2.0)
    } else {
        P_plus(P_neg(P_erf_near(a)), 1.0)
    }
}
//@ sigmoid: exp
fn P_sigmoid(a: P_Pair) -> P_Pair {
    let e = P_exp(P_neg(P_abs(a)));
    P_div(if a.0 < 0.0 { e } else { P_of(1.0) }, P_plus(e, 1.0))
}
//@ softplus: log1p
fn P_softplus(a: P_Pair) -> P_Pair {
    let l = P_log1p(P_exp(P_neg(P_abs(a))));
    if a.0 < 0.0 { l } else { P_add(a, l) }
}
//@ sech: exp
fn P_sech(a: P_Pair) -> P_Pair {
    let e = P_exp(P_neg(P_abs(a)));
    P_div(P_scale(e, 1), P_plus(P_mul(e, e), 1.0))
}
//@ logcosh: log1p sinh
fn P_logcosh(a: P_Pair) -> P_Pair {
    let s = P_abs(a);
    if s.0 < 1.0 {
        let half = P_sinh(P_scale(s, -1));
        return P_log1p(P_scale(P_mul(half, half), 1));
    }
    let far = P_add(s, P_Pair(-std::f64::consts::LN_2, -2.3190468138462996e-17));
    P_add(far, P_log1p(P_exp(P_scale(P_neg(s), 1))))
}
//@ tanhshrink: tanh
fn P_tanhshrink(a: P_Pair) -> P_Pair {
    const SERIES: [(f64, f64); 7] = [
        (929569.0, 638512875.0),
        (-21844.0, 6081075.0),
        (1382.0, 155925.0),
        (-62.0, 2835.0),
        (17.0, 315.0),
        (-2.0, 15.0),
        (1.0, 3.0),
    ];
    if !(a.0.abs() < 0.015625) {
        return P_sub(a, P_tanh(a));
    }
    let q = P_mul(a, a);
    let s = SERIES.iter().fold(P_of(0.0), |s, &(over, under)| P_add(P_mul(s, q), P_by(P_of(over), under)));
    P_mul(P_mul(s, q), a)
}
//@ exp_excess: expm1
fn P_exp_excess(a: P_Pair) -> P_Pair {
    if !(a.0.abs() < 0.5) {
        return P_sub(P_expm1(a), a);
    }
    let mut s = P_of(1.0);
    for n in (3..=28).rev() {
        s = P_plus(P_by(P_mul(a, s), f64::from(n)), 1.0);
    }
    P_scale(P_mul(P_mul(a, a), s), -1)
}
//@ decay: exp
fn P_decay(a: P_Pair) -> P_Pair {
    P_exp(P_neg(P_abs(a)))
}
//@ decay_gap: expm1
fn P_decay_gap(a: P_Pair) -> P_Pair {
    P_neg(P_expm1(P_neg(P_abs(a))))
}
