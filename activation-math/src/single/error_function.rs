//! The error function and its complement in `f32`, by quotients of two polynomials.
//!
//! `erf(x) = x (5/16 + P(x²) / Q(x²))`, and `erfc(|x|) = exp(-x²) P(|x|) / Q(|x|)` with one pair of polynomials for all of
//! it: their coefficients are positive, and rounding errors stay small. The normal distribution is made the same way. A Gaussian is a
//! power of two whose exponent is rounded: that counts as much as a unit in the last place of x.

use super::coefficients::{ERF_OVER, ERF_UNDER, ERFC_OVER, ERFC_UNDER, EXP2, NORMAL_OVER, NORMAL_UNDER};
use super::polynomial::{DOWN, UP, at_least, at_most, scaled_down};
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// The error function, for all x.
#[inline(always)]
pub fn erf<L: Lane>(x: L) -> L {
    // From 3.95 on the result is ±1, and the quotient a constant.
    let square = at_most(x * x, 15.6025);
    // The constant takes most of the quotient's errors away where the result is near 1.
    let value = x * (L::of(5.0 / 16.0) + fused(square, &ERF_OVER) / fused(square, &ERF_UNDER));
    at_most(at_least(value, -1.0), 1.0)
}

/// `exp(factor size²)` for a negative factor, as two numbers to be multiplied: the first one is normal.
#[inline(always)]
fn gauss_parts<L: Lane>(size: L, factor: f64) -> (L, L) {
    const SERIES: [f64; 6] = scaled_down(EXP2);
    let exponent = (size * size) * L::of(factor * core::f64::consts::LOG2_E);
    let (whole, scale) = exponent.whole_power(UP);
    let part = exponent - whole;
    (part.mul_add(fused(part, &SERIES), L::of(DOWN)), scale)
}

/// The complement `1 - erf(x)`, for all x; gradual underflow.
#[inline(always)]
pub fn erfc<L: Lane>(x: L) -> L {
    // There it is 0 in every rounding.
    let size = at_most(x.abs(), 10.1);
    let (gauss, scale) = gauss_parts(size, -1.0);
    let far = (gauss * (fused(size, &ERFC_OVER) / fused(size, &ERFC_UNDER))) * scale;
    L::select(x.less(L::of(0.0)), L::of(2.0) - far, far)
}

/// Where `exp(-x²/2)` is 0 in every rounding, and the normal distribution too.
const NOTHING: f64 = 14.43;

/// The normal distribution, for all x; gradual underflow.
#[inline(always)]
pub fn normal_cdf<L: Lane>(x: L) -> L {
    let size = at_most(x.abs(), NOTHING);
    let (gauss, scale) = gauss_parts(size, -0.5);
    let far = (gauss * (fused(size, &NORMAL_OVER) / fused(size, &NORMAL_UNDER))) * scale;
    L::select(x.less(L::of(0.0)), far, L::of(1.0) - far)
}

/// `exp(-x²/2)`, for all x; gradual underflow. The steps are those of [`normal_cdf`], which compilers share.
#[inline(always)]
pub fn gauss<L: Lane>(x: L) -> L {
    let (gauss, scale) = gauss_parts(at_most(x.abs(), NOTHING), -0.5);
    gauss * scale
}
