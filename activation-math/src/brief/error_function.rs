//! The error function, its complement and the normal distribution.
//!
//! `erfc(x) = exp(-x²) u P(u)` with `u = 1/(x + 5/2)` for all x ≥ 0 (after Shepherd and Laframboise, 1981), reflected for
//! negative x; the normal distribution likewise. x² is below 709, so that its rounding costs no more than 2^-44.

use super::coefficients::{ERF, ERFC, ERFC_CENTRE, ERFC_SHIFT, NORMAL, NORMAL_CENTRE, NORMAL_SHIFT};
use super::exponential::exp;
use crate::elementary::polynomial::fused;

/// `erfc(size)` for `size >= 0`.
#[inline(always)]
fn complement(size: f64) -> f64 {
    let u = 1.0 / (size + ERFC_SHIFT);
    (exp(-(size * size)) * u) * fused(u - ERFC_CENTRE, &ERFC)
}

/// The error function, for all x.
///
#[inline(always)]
pub(super) fn erf(x: f64) -> f64 {
    let size = x.abs();
    let near = x * fused(x * x, &ERF);
    if size < 0.5 { near } else { (1.0 - complement(size)).copysign(x) }
}

/// The complement `1 - erf(x)`, for all x.
///
#[inline(always)]
pub(super) fn erfc(x: f64) -> f64 {
    let right = complement(x.abs());
    if x < 0.0 { 2.0 - right } else { right }
}

/// The normal distribution, for all x.
#[inline(always)]
pub(super) fn normal_cdf(x: f64) -> f64 {
    let u = 1.0 / (x.abs() + NORMAL_SHIFT);
    let far = (gauss(x) * u) * fused(u - NORMAL_CENTRE, &NORMAL);
    if x < 0.0 { far } else { 1.0 - far }
}

/// `exp(-x²/2)`, for all x: the same steps as in [`normal_cdf`], which compilers share.
#[inline(always)]
pub(super) fn gauss(x: f64) -> f64 {
    exp(-0.5 * (x * x))
}
