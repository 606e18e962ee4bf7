//! Logarithms: `x = 2^k (1 + f)` with f near 0, and `ln(1 + f) = 2 artanh(s)` with `s = f / (2 + f)`.

use super::coefficients::{LOG, LOG1P};
use super::exponential::decay;
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// 2^52: an exponent field put below its bits is a whole number.
const TWO_52: f64 = 4_503_599_627_370_496.0;

/// The bits of √½, from which exponents are counted.
const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

const FRACTION_BITS: u32 = 52;
const BIAS: f64 = 1023.0;

/// `(m, k)` with `x = m 2^k` and m in [√½, √2), for a positive normal x; anything elsewhere.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    let shifted = x.to_bits().wrapping_add(1.0_f64.to_bits() - ROOT_HALF);
    let fraction = shifted & ((1 << FRACTION_BITS) - 1);
    let field = f64::from_bits((shifted >> FRACTION_BITS) | TWO_52.to_bits());
    (f64::from_bits(fraction + ROOT_HALF), field - (TWO_52 + BIAS))
}

/// `k ln 2 + ln(1 + f)` with `1 + f` in [√½, √2].
#[inline(always)]
fn assembled(f: f64, k: f64) -> f64 {
    let s = f / (2.0 + f);
    Lane::mul_add(k, core::f64::consts::LN_2, s * fused(s * s, &LOG))
}

/// `value` where it is a logarithm of a positive normal finite x, and what IEEE 754 says elsewhere.
#[inline(always)]
fn with_edges(x: f64, value: f64) -> f64 {
    let value = if x < f64::INFINITY { value } else { x };
    let low = if x < 0.0 { f64::NAN } else { f64::NEG_INFINITY };
    if x < f64::MIN_POSITIVE { low } else { value }
}

/// `ln(x)`; a subnormal x is a zero.
///
#[inline(always)]
pub(super) fn ln(x: f64) -> f64 {
    let (m, k) = split(x);
    with_edges(x, assembled(m - 1.0, k))
}

/// `ln(1 + x)`, for all x: what the sum has lost is added to f.
///
#[inline(always)]
pub(super) fn log1p(x: f64) -> f64 {
    let Pair { head, tail } = Pair::sum(1.0, x);
    let (m, k) = split(head);
    // A zero has its sign from here.
    with_edges(head, assembled(Lane::mul_add(tail, (-k).two_to(), m - 1.0), k)).copysign(x)
}

/// `ln(1 + small)` for a number of [0, 1].
#[inline(always)]
pub(super) fn log1p_within(small: f64) -> f64 {
    let s = small / (2.0 + small);
    s * fused(s * s, &LOG1P)
}

/// `ln(1 + exp(x))`, for all x: `max(x, 0) + ln(1 + E)` with `E = exp(-|x|)`.
///
#[inline(always)]
pub(super) fn softplus(x: f64) -> f64 {
    let positive = if 0.0 < x { x } else { 0.0 };
    positive + log1p_within(decay(x))
}
