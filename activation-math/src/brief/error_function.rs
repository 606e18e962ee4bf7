//! The error function and its complement.
//!
//! `erfc(x) = exp(-x²) u P(u)` with `u = 1/(x + 5/2)` for all x ≥ 0 (after Shepherd and Laframboise, 1981), reflected for
//! negative x. x² is below 709, so that its rounding costs no more than 2^-44.

use super::coefficients::{ERF, ERFC, ERFC_CENTRE, ERFC_SHIFT};
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
