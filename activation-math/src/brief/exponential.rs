//! The exponential function and those that are one quotient away from it.
//!
//! `exp(x) = 2^t` with `t = x log2(e) = n + f`, n whole and |f| ≤ 1/2. The rounding of t, which is a thousand at most,
//! costs 2^-44: no argument is kept in two parts.

use super::coefficients::{EXP_EXCESS, EXP2};
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// 3·2^51: adding it leaves no bits behind the point, and the whole number in the last bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

const FRACTION_BITS: u32 = 52;

/// Where `2^t` is 0 and infinite: whole numbers, at which f is 0 and the exponent's bits are exactly those of 0 and of
/// infinity.
const LOWEST: f64 = -1023.0;
const HIGHEST: f64 = 1024.0;

/// `2^t = 2^n (1 + f slope)`.
#[derive(Clone, Copy)]
pub(super) struct Power {
    /// n, in the place of an exponent.
    exponent: u64,
    f: f64,
    slope: f64,
}

impl Power {
    /// For `exp(factor x)`, the exponent between two whole bounds.
    #[inline(always)]
    pub(super) fn of(x: f64, factor: f64, low: f64, high: f64) -> Self {
        let t = x * (core::f64::consts::LOG2_E * factor);
        let t = if t < low { low } else { t };
        let t = if high < t { high } else { t };
        let shifted = t + ROUNDER;
        let f = t - (shifted - ROUNDER);
        Self { exponent: shifted.to_bits() << FRACTION_BITS, f, slope: fused(f, &EXP2) }
    }

    /// `2^t`; coarse where it is subnormal.
    #[inline(always)]
    pub(super) fn value(self) -> f64 {
        f64::from_bits(Lane::mul_add(self.f, self.slope, 1.0).to_bits().wrapping_add(self.exponent))
    }

    /// `2^t - 1`, the zero with the sign of t; NaN from 2^1023.5 on.
    #[inline(always)]
    pub(super) fn without_one(self) -> f64 {
        let scale = f64::from_bits(1.0_f64.to_bits().wrapping_add(self.exponent));
        Lane::mul_add(scale, self.f * self.slope, -(1.0 - scale))
    }
}

/// `exp(x)`, for all x; coarse where it is subnormal.
///
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    Power::of(x, 1.0, LOWEST, HIGHEST).value()
}

/// `exp(-|x|)`.
///
#[inline(always)]
pub(super) fn decay(x: f64) -> f64 {
    Power::of(x.abs(), -1.0, LOWEST, HIGHEST).value()
}

/// `exp(x) - 1`; NaN where it overflows.
///
#[inline(always)]
pub(super) fn expm1(x: f64) -> f64 {
    Power::of(x, 1.0, LOWEST, HIGHEST).without_one()
}

/// `1 - exp(-|x|)`.
///
#[inline(always)]
pub(super) fn decay_gap(x: f64) -> f64 {
    -expm1(-x.abs())
}

/// `exp(x) - 1 - x`; a polynomial where the three nearly cancel; NaN where it overflows.
///
#[inline(always)]
pub(super) fn exp_excess(x: f64) -> f64 {
    let near = (x * x) * fused(x, &EXP_EXCESS);
    if x.abs() < 0.75 { near } else { expm1(x) - x }
}

/// `1 / (1 + exp(-x))`, for all x: an exponential that overflows leaves the 0 that it should.
///
#[inline(always)]
pub(super) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}
