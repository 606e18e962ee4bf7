//! Sine, cosine and arc tangent.
//!
//! `x = h π/2 + r` with |r| ≤ π/2 by Cody and Waite's subtraction of π/2 in three parts: h is even for the sine and odd
//! for the cosine, so that both are `±sin(r)`, and one polynomial does for them.

use super::coefficients::{ATAN, HALF_PI_PARTS, SIN};
use crate::elementary::polynomial::fused;
use crate::lane::Lane;
use core::f64::consts::{FRAC_1_PI, FRAC_PI_2, FRAC_PI_4, SQRT_2};

/// 3·2^51: adding it leaves no bits behind the point, and the whole number in the last bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// About 2^20 quarters of a turn, beyond which an angle has no digits left.
const LONGEST: f64 = 1_647_099.0;

/// `sin(x + ahead π/2)` for a whole `ahead`; NaN for a long angle.
#[inline(always)]
fn sine(x: f64, ahead: f64) -> f64 {
    let turned = Lane::mul_add(x, FRAC_1_PI, 0.5 * ahead);
    let shifted = turned + ROUNDER;
    let quarters = Lane::mul_add(2.0, shifted - ROUNDER, -ahead);
    let [first, second, third] = HALF_PI_PARTS;
    let r = [first, second, third].into_iter().fold(x, |rest, part| Lane::mul_add(-quarters, part, rest));
    let value = r * fused(r * r, &SIN);
    let sign = shifted.to_bits() << 63;
    let value = f64::from_bits(value.to_bits() ^ sign);
    if x.abs() <= LONGEST { value } else { f64::NAN }
}

/// `sin(x)` for |x| of up to 1.6 million; NaN beyond.
///
#[inline(always)]
pub(super) fn sin(x: f64) -> f64 {
    sine(x, 0.0)
}

/// `cos(x)` for |x| of up to 1.6 million; NaN beyond.
///
#[inline(always)]
pub(super) fn cos(x: f64) -> f64 {
    sine(x, 1.0)
}

/// tan(π/8).
const TAN_EIGHTH: f64 = SQRT_2 - 1.0;

/// `atan(x)`, for all x: `c + atan(s)` with c one of 0, π/4, π/2 and |s| < tan(π/8).
///
#[inline(always)]
pub(super) fn atan(x: f64) -> f64 {
    let size = x.abs();
    let (is_low, is_high) = (size < TAN_EIGHTH, 1.0 / TAN_EIGHTH < size);
    // x/1, (x - 1)/(x + 1) or -1/x.
    let numerator = if is_low {
        size
    } else if is_high {
        -1.0
    } else {
        size - 1.0
    };
    let divisor = if is_low {
        1.0
    } else if is_high {
        size
    } else {
        size + 1.0
    };
    let corner = if is_low {
        0.0
    } else if is_high {
        FRAC_PI_2
    } else {
        FRAC_PI_4
    };
    let s = numerator / divisor;
    Lane::mul_add(s, fused(s * s, &ATAN), corner).copysign(x)
}
