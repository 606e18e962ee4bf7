//! Hyperbolic functions: one exponential and one division, power series where that would cancel.

use super::coefficients::{ASINH, LOGCOSH, TANHSHRINK};
use super::exponential::{Power, decay, exp, expm1};
use super::logarithm::{ln, log1p_within};
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// Beyond `exp(2x) = 2^±60` a hyperbolic tangent is ±1.
const TANH_END: f64 = 60.0;

/// Where the power series in x² end.
const NEAR_SQUARE: f64 = 0.5;

/// `sinh(x)`; NaN where it overflows: `(m + m/(m + 1))/2` with `m = exp(|x|) - 1`, two positive terms.
///
#[inline(always)]
pub(super) fn sinh(x: f64) -> f64 {
    let m = expm1(x.abs());
    (0.5 * (m + m / (m + 1.0))).copysign(x)
}

/// `cosh(x)`, for all x; infinite from `exp(x)` on that is.
///
#[inline(always)]
pub(super) fn cosh(x: f64) -> f64 {
    let half = 0.5 * exp(x.abs());
    half + 0.25 / half
}

/// `1 / cosh(x)`, for all x: `2 E / (1 + E²)` with `E = exp(-|x|)`.
///
#[inline(always)]
pub(super) fn sech(x: f64) -> f64 {
    let small = decay(x);
    (small + small) / Lane::mul_add(small, small, 1.0)
}

/// `tanh(x)`, for all x: `m / (m + 2)` with `m = exp(2x) - 1`.
///
#[inline(always)]
pub(super) fn tanh(x: f64) -> f64 {
    let m = Power::of(x, 2.0, -TANH_END, TANH_END).without_one();
    m / (m + 2.0)
}

/// `x - tanh(x)`, for all x; a power series where the two nearly cancel.
///
#[inline(always)]
pub(super) fn tanhshrink(x: f64) -> f64 {
    let square = x * x;
    let near = (x * square) * fused(square, &TANHSHRINK);
    if square < NEAR_SQUARE { near } else { x - tanh(x) }
}

/// `ln(cosh(x))`, for all x; a power series where the hyperbolic cosine is near 1, and
/// `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
///
#[inline(always)]
pub(super) fn logcosh(x: f64) -> f64 {
    let size = x.abs();
    let square = x * x;
    let near = square * fused(square, &LOGCOSH);
    let far = (size - core::f64::consts::LN_2) + log1p_within(decay(x + x));
    if square < NEAR_SQUARE { near } else { far }
}

/// `asinh(x)`, infinite from 2^512 on, where x² is: a power series near 0, `ln(|x| + sqrt(x² + 1))` elsewhere.
///
#[inline(always)]
pub(super) fn asinh(x: f64) -> f64 {
    let size = x.abs();
    let square = x * x;
    let near = size * fused(square, &ASINH);
    let far = ln(size + Lane::sqrt(Lane::mul_add(x, x, 1.0)));
    (if size < 0.5 { near } else { far }).copysign(x)
}
