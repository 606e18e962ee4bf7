//! The exponential function and those that are one quotient away from it, in `f32`.
//!
//! `x = n ln 2 + r` with whole n and |r| < 0.35 (Cody and Waite, 1980), and `exp(r) = 1 + r + r²/2 + r³ P(r)`.

use super::coefficients::{EXP, EXP_EXCESS, LN_2_HIGH, LN_2_LOW};
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::{clamp, polynomial, scale};
use crate::lane::Lane;

/// Where exp is 0 or infinite in every rounding.
const LOWEST: f64 = -104.5;
const HIGHEST: f64 = 89.0;

/// `exp(x) = 2^power (1 + (head + small))`, the head without an error.
#[derive(Clone, Copy)]
pub(super) struct Reduced<L> {
    pub(super) power: L,
    head: L,
    small: L,
}

impl<L: Lane> Reduced<L> {
    /// For the exponential of `x + low`, with |x| up to 170.
    #[inline(always)]
    pub(super) fn of(x: L, low: L) -> Self {
        let power = (x * L::of(core::f64::consts::LOG2_E)).nearest_integer();
        let head = x - power * L::of(LN_2_HIGH);
        let correction = power * L::of(LN_2_LOW) - low;
        let rest = head - correction;
        let square = rest * rest;
        let small = (square * L::of(0.5) + (square * rest) * polynomial(rest, &EXP)) - correction;
        Self { power, head, small }
    }

    /// `exp(r) - 1`.
    #[inline(always)]
    pub(super) fn without_one(self) -> L {
        self.head + self.small
    }

    /// `exp(r)`.
    #[inline(always)]
    pub(super) fn value(self) -> L {
        L::of(1.0) + self.without_one()
    }
}

/// `exp(x)`, where that is neither subnormal nor infinite.
#[inline(always)]
pub(super) fn exp_within<L: Lane>(x: L) -> L {
    let reduced = Reduced::of(x, L::of(0.0));
    reduced.value() * reduced.power.two_to()
}

/// `exp(x)`, for all x; gradual underflow.
#[inline(always)]
pub fn exp<L: Lane>(x: L) -> L {
    let reduced = Reduced::of(clamp(x, LOWEST, HIGHEST), L::of(0.0));
    scale(reduced.value(), reduced.power)
}

/// `exp(-|x|)`.
#[inline(always)]
pub fn decay<L: Lane>(x: L) -> L {
    exp(-x.abs())
}

/// `(exp(x) - 1) / 2`, which does not overflow before the result does: `(2^n - 1) + 2^n (exp(r) - 1)`, the leading terms
/// without an error.
#[inline(always)]
fn half_expm1<L: Lane>(x: L) -> Pair<L> {
    // Below -18 the result is -1/2 to the last bit.
    let Reduced { power, head, small } = Reduced::of(clamp(x, -18.0, HIGHEST), L::of(0.0));
    let factor = (power - L::of(1.0)).two_to();
    Pair::sum(factor - L::of(0.5), factor * head).plus_small(factor * small)
}

/// `exp(x) - 1`, for all x.
#[inline(always)]
pub fn expm1<L: Lane>(x: L) -> L {
    let half = half_expm1(x).value();
    // Below 2^-25 it is x, whose half may not exist.
    L::select(x.abs().less(L::of(1.0 / 33_554_432.0)), x, half + half)
}

/// `1 - exp(-|x|)`.
#[inline(always)]
pub fn decay_gap<L: Lane>(x: L) -> L {
    -expm1(-x.abs())
}

/// `exp(x) - 1 - x`, for all x; `x² (1/2 + x S(x))` where the three nearly cancel.
#[inline(always)]
pub fn exp_excess<L: Lane>(x: L) -> L {
    let near = (x * x) * (L::of(0.5) + x * polynomial(x, &EXP_EXCESS));
    // Far below 0 it is -x, and infinities are kept out of exact sums.
    let bounded = clamp(x, -1e20, HIGHEST);
    let half = half_expm1(bounded);
    let far = Pair::sum(half.head, bounded * L::of(-0.5)).plus_small(half.tail).value();
    let far = L::select(x.less(bounded), -x, far + far);
    L::select(x.abs().less(L::of(0.5)), near, far)
}

/// `1 / (1 + exp(-x))`, for all x: `1 / (1 + E)` or `E / (1 + E)` with `E = exp(-|x|)`.
#[inline(always)]
pub fn sigmoid<L: Lane>(x: L) -> L {
    let (one, small) = (L::of(1.0), decay(x));
    L::select(x.less(L::of(0.0)), small, one) / (one + small)
}
