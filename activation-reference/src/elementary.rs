//! What the forms are made of: a few functions of `pxfm`, and hyperbolic ones made of its `expm1` without cancellation.

pub(crate) use pxfm::{
    f_atan as atan, f_cos as cos, f_erf as erf, f_erfc as erfc, f_exp as exp, f_expm1 as expm1,
    f_log1p as log1p, f_sin as sin,
};
use std::f64::consts::{FRAC_1_SQRT_2, LN_2, TAU};

/// σ(x) and σ(-x), in `exp(-|x|)`: neither overflows, and both are good to the last digits.
#[inline(always)]
pub(crate) fn sigmoids(x: f64) -> (f64, f64) {
    let small = exp(-x.abs());
    let (large, small) = (1.0 / (1.0 + small), small / (1.0 + small));
    if x < 0.0 { (small, large) } else { (large, small) }
}

/// σ(x).
#[inline(always)]
pub(crate) fn sigmoid(x: f64) -> f64 {
    sigmoids(x).0
}

/// The condition number of σ at `x`, and of what goes to zero like it: on the left it is an exponential.
#[inline(always)]
pub(crate) fn tail(x: f64) -> f64 {
    1.0 + (-x).max(0.0)
}

/// ln(1 + exp(x)).
#[inline(always)]
pub(crate) fn softplus(x: f64) -> f64 {
    x.max(0.0) + log1p(exp(-x.abs()))
}

/// tanh(x) = -t / (t + 2), where t = expm1(-2|x|), with the sign of x.
#[inline(always)]
pub(crate) fn tanh(x: f64) -> f64 {
    let t = expm1(-2.0 * x.abs());
    (-t / (t + 2.0)).copysign(x)
}

/// 1 - tanh(x)² = 4E / (1 + E)², where E = exp(-2|x|).
#[inline(always)]
pub(crate) fn sech_squared(x: f64) -> f64 {
    let small = exp(-2.0 * x.abs());
    4.0 * small / ((1.0 + small) * (1.0 + small))
}

/// ln(cosh(x)): cosh(x) - 1 = t² / (2(1 + t)), where t = expm1(|x|); further out |x| - ln 2 + ln(1 + exp(-2|x|)).
#[inline(always)]
pub(crate) fn ln_cosh(x: f64) -> f64 {
    let size = x.abs();
    if size < 1.0 {
        let t = expm1(size);
        log1p(t * t / (2.0 * (1.0 + t)))
    } else {
        size + (log1p(exp(-2.0 * size)) - LN_2)
    }
}

/// x - tanh(x) for |x| <= 1, by Lambert's fraction tanh(x) = x / (1 + K), where K = x²/(3 + x²/(5 + …)): it is
/// x K / (1 + K), and all terms are positive.
#[inline(always)]
pub(crate) fn tanh_deficit(x: f64) -> f64 {
    let square = x * x;
    // The fraction that is cut off after 19 is below 2^-60 of K for |x| <= 1.
    let denominator = [19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0]
        .into_iter()
        .fold(21.0, |below, odd| odd + square / below);
    let k = square / denominator;
    x * (k / (1.0 + k))
}

/// The distribution function Φ(x) and the density φ(x) of the normal distribution.
#[inline(always)]
pub(crate) fn normal(x: f64) -> (f64, f64) {
    (normal_distribution(x), normal_density(x))
}

/// Φ(x), whose condition number is [`normal_tail`].
#[inline(always)]
pub(crate) fn normal_distribution(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

/// φ(x); the square of x is exact.
#[inline(always)]
pub(crate) fn normal_density(x: f64) -> f64 {
    exp(-0.5 * (x * x)) / TAU.sqrt()
}

/// A bound of the condition number of Φ: on the left it is like exp(-x²/2)/x.
#[inline(always)]
pub(crate) fn normal_tail(x: f64) -> f64 {
    if x < 0.0 { 2.0 + x * x } else { 1.0 }
}
