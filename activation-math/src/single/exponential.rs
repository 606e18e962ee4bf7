//! The exponential function and those that are one quotient away from it, in `f32`.
//!
//! `x = n ln 2 + r` with whole n and |r| < 0.35 (Cody and Waite, 1980), and `exp(r) = 1 + r (1 + r P(r))`. One multiplication by
//! 2^n does where n is not negative; where it is not positive, `exp(r) / 2^64` is multiplied by `2^(n + 64)`, and subnormal
//! results are rounded once.

use super::coefficients::{EXP, EXP_EXCESS, LN_2_HIGH, LN_2_LOW};
use super::polynomial::{DOWN, UP, at_least, at_most, scaled_down};
use crate::elementary::polynomial::{clamp, fused, scale};
use crate::lane::Lane;

/// Where exp is 0 in every rounding.
const LOWEST: f64 = -104.5;

/// Where 2^n is infinite, as it is from 2^127.5 on.
const HIGHEST: f64 = 88.8;

/// `exp(x) = exp(r) 2^power`.
#[derive(Clone, Copy)]
pub(super) struct Reduced<L> {
    r: L,
    pub(super) power: L,
    /// `2^(power + more)`.
    factor: L,
}

impl<L: Lane> Reduced<L> {
    /// For the exponential of x.
    #[inline(always)]
    fn of(x: L, more: i8) -> Self {
        let (power, factor) = (x * L::of(core::f64::consts::LOG2_E)).whole_power(more);
        let near = power.mul_add(L::of(-LN_2_HIGH), x);
        Self { r: power.mul_add(L::of(-LN_2_LOW), near), power, factor }
    }

    /// For the exponential of `x + low`.
    #[inline(always)]
    pub(super) fn of_pair(x: L, low: L) -> Self {
        let (power, factor) = (x * L::of(core::f64::consts::LOG2_E)).whole_power(0);
        let near = power.mul_add(L::of(-LN_2_HIGH), x);
        Self { r: near + power.mul_add(L::of(-LN_2_LOW), low), power, factor }
    }

    /// `exp(r)`.
    #[inline(always)]
    pub(super) fn value(self) -> L {
        (self.r * self.r).mul_add(fused(self.r, &EXP), self.r) + L::of(1.0)
    }

    /// `exp(r) - 1`. A zero keeps its sign, which takes a little longer.
    #[inline(always)]
    fn without_one(self) -> L {
        self.r * self.r.mul_add(fused(self.r, &EXP), L::of(1.0))
    }
}

/// `exp(x)` for a positive x.
#[inline(always)]
pub(super) fn growth<L: Lane>(x: L) -> L {
    let reduced = Reduced::of(at_most(x, HIGHEST), 0);
    reduced.value() * reduced.factor
}

/// `exp(x)`, for all x; gradual underflow.
#[inline(always)]
pub fn exp<L: Lane>(x: L) -> L {
    let reduced = Reduced::of(clamp(x, LOWEST, HIGHEST), 0);
    scale(reduced.value(), reduced.power)
}

/// `exp(-|x|)`; gradual underflow.
#[inline(always)]
pub fn decay<L: Lane>(x: L) -> L {
    const SERIES: [f64; 5] = scaled_down(EXP);
    let Reduced { r, factor, .. } = Reduced::of(at_least(-x.abs(), LOWEST), UP);
    let one = L::of(DOWN);
    // The first two terms do not wait for the series: a twentieth of the time of a whole activation.
    (r * r).mul_add(fused(r, &SERIES), one.mul_add(r, one)) * factor
}

/// `exp(x) - 1` below [`HIGHEST`].
#[inline(always)]
fn expm1_below<L: Lane>(x: L) -> L {
    // Below -18 the result is -1 to the last bit.
    let reduced = Reduced::of(at_least(x, -18.0), 0);
    // In this order a zero keeps its sign.
    reduced.factor.mul_add(reduced.without_one(), -(L::of(1.0) - reduced.factor))
}

/// `exp(x) - 1`; no number from 2^127.5 on.
#[inline(always)]
pub fn expm1<L: Lane>(x: L) -> L {
    expm1_below(at_most(x, HIGHEST))
}

/// `1 - exp(-|x|)`.
#[inline(always)]
pub fn decay_gap<L: Lane>(x: L) -> L {
    -expm1_below(-x.abs())
}

/// `exp(x) - 1 - x`; `x² (1/2 + x S(x))` where the three nearly cancel. No number from 2^127.5 on.
#[inline(always)]
pub fn exp_excess<L: Lane>(x: L) -> L {
    let near = (x * x) * x.mul_add(fused(x, &EXP_EXCESS), L::of(0.5));
    let bounded = at_most(x, HIGHEST);
    let reduced = Reduced::of(at_least(bounded, -80.0), 0);
    // 2^n is next to 1 + x where these cancel: the difference has no error there.
    let far = reduced.factor.mul_add(reduced.without_one(), (reduced.factor - L::of(1.0)) - bounded);
    L::select(x.abs().less(L::of(0.5)), near, far)
}

/// `1 / (1 + exp(-x))`, for all x: `1 / (1 + E)` or `E / (1 + E)` with `E = exp(-|x|)`.
#[inline(always)]
pub fn sigmoid<L: Lane>(x: L) -> L {
    let (one, small) = (L::of(1.0), decay(x));
    L::select(x.less(L::of(0.0)), small, one) / (one + small)
}
