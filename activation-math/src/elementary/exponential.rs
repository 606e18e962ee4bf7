//! The exponential function and those that are one quotient away from it.
//!
//! `x = n ln 2 + r` with whole n and |r| < 0.35 (Cody and Waite, 1980), and `exp(r) = 1 + r + r²/2 + r³ q(r)`. The
//! even and the odd powers are kept apart, because `exp(-r)` is then as good as free.

use super::coefficients::{EXP_EVEN, EXP_EXCESS, EXP_ODD, LN_2_HIGH, LN_2_LOW};
use super::pair::Pair;
use super::polynomial::{TINY, UP, clamp, polynomial, scale};
use crate::lane::Lane;

/// Where exp is 0 or infinite in every rounding, and n still within twice the range of exponents.
const LOWEST: f64 = -746.0;
const HIGHEST: f64 = 710.0;

/// `exp(x) = 2^power exp(r)` and `exp(±r) = 1 ± (head + odd) + even`: two small terms beside a head without an error.
#[derive(Clone, Copy)]
pub(super) struct Reduced<L> {
    pub(super) power: L,
    pub(super) head: L,
    pub(super) odd: L,
    pub(super) even: L,
    /// To be added to the even part where 1 cancels: what the rounding of r took from its square.
    missed: L,
}

impl<L: Lane> Reduced<L> {
    /// For the exponential of `x + low`, with |x| up to a thousand or so.
    #[inline(always)]
    pub(super) fn of(x: L, low: L) -> Self {
        let power = (x * L::of(core::f64::consts::LOG2_E)).nearest_integer();
        let head = x - power * L::of(LN_2_HIGH);
        let correction = power * L::of(LN_2_LOW) - low;
        let rest = head - correction;
        let square = rest * rest;
        let odd = (square * rest) * polynomial(square, &EXP_ODD) - correction;
        // The half is exact: only the square's own rounding counts.
        let even = square * L::of(0.5) + (square * square) * polynomial(square, &EXP_EVEN);
        let missed = rest * ((head - rest) - correction);
        Self { power, head, odd, even, missed }
    }

    /// `exp(r)`, nearly rounded.
    #[inline(always)]
    pub(super) fn value(self) -> L {
        L::of(1.0) + (self.head + (self.odd + self.even))
    }

    /// `exp(r)` with a tail.
    #[inline(always)]
    pub(super) fn pair(self) -> Pair<L> {
        Pair::ordered_sum(L::of(1.0), self.head).plus_small(self.odd + self.even)
    }
}

/// `exp(x)`, for all x; gradual underflow.
///
/// Error: [`bounds::EXP`](super::bounds::EXP).
#[inline]
pub fn exp<L: Lane>(x: L) -> L {
    let reduced = Reduced::of(clamp(x, LOWEST, HIGHEST), L::of(0.0));
    scale(reduced.value(), reduced.power)
}

/// `exp(-|x|)`.
///
/// Error: [`bounds::DECAY`](super::bounds::DECAY).
#[inline]
pub fn decay<L: Lane>(x: L) -> L {
    exp(-x.abs())
}

/// `(exp(x) - 1) / 2`, which does not overflow before the result does: `(2^n - 1) + 2^n (exp(r) - 1)`, the sum exact
/// but for the small terms.
#[inline(always)]
pub(super) fn half_expm1<L: Lane>(x: L) -> Pair<L> {
    // Below -40 the result is -1/2 to the last bit of the tail.
    let Reduced { power, head, odd, even, missed } = Reduced::of(clamp(x, -40.0, HIGHEST), L::of(0.0));
    let (half, factor) = (L::of(0.5), (power - L::of(1.0)).two_to());
    let step = factor - half;
    // Not 0 for an n below -53.
    let lost = factor - (step + half);
    Pair::sum(step, factor * head).plus_small(lost + factor * (odd + (even + missed)))
}

/// `exp(x) - 1`, for all x.
///
/// Error: [`bounds::EXPM1`](super::bounds::EXPM1).
#[inline]
pub fn expm1<L: Lane>(x: L) -> L {
    let half = half_expm1(x);
    // Below 2^-54 it is x, whose half may not exist.
    L::select(x.abs().less(L::of(f64::EPSILON / 4.0)), x, half.value() + half.value())
}

/// `1 - exp(-|x|)`.
///
/// Error: [`bounds::DECAY_GAP`](super::bounds::DECAY_GAP).
#[inline]
pub fn decay_gap<L: Lane>(x: L) -> L {
    -expm1(-x.abs())
}

/// `exp(x) - 1 - x`, for all x; `x² (1/2 + x S(x))` where the three nearly cancel.
///
/// Error: [`bounds::EXP_EXCESS`](super::bounds::EXP_EXCESS).
#[inline(always)]
pub fn exp_excess<L: Lane>(x: L) -> L {
    let size = x.abs();
    let tiny = size.less(L::of(TINY));
    let near = L::select(tiny, x * L::of(UP), x);
    let series = Pair::ordered_sum(L::of(0.5), x * polynomial(x, &EXP_EXCESS));
    let near = Pair::product(near, near).times(series).value();
    let near = L::select(tiny, near * L::of(TINY * TINY), near);

    // Far below 0 it is -x, and infinities are kept out of exact sums.
    let bounded = clamp(x, -1.0 / f64::EPSILON / f64::EPSILON, HIGHEST);
    let half = half_expm1(bounded);
    let far = Pair::sum(half.head, bounded * L::of(-0.5)).plus_small(half.tail).value();
    let far = L::select(x.less(bounded), -x, far + far);
    L::select(size.less(L::of(0.5)), near, far)
}

/// `1 / (1 + exp(-x))`, for all x: `1 / (1 + E)` or `E / (1 + E)` with `E = exp(-|x|)`.
///
/// Error: [`bounds::SIGMOID`](super::bounds::SIGMOID).
#[inline]
pub fn sigmoid<L: Lane>(x: L) -> L {
    let one = L::of(1.0);
    let reduced = Reduced::of(clamp(-x.abs(), LOWEST, 0.0), L::of(0.0));
    let small = reduced.pair();
    // Whether it is 2^-100 or less makes no difference beside 1.
    let scaled = small.scaled(clamp(reduced.power, -100.0, 0.0).two_to());
    let divisor = Pair::ordered_sum(one, scaled.head).plus_small(scaled.tail);
    let negative = x.less(L::of(0.0));
    let numerator = Pair::select(negative, small, Pair::exact(one));
    let value = numerator.over(divisor, one / divisor.head).value();
    scale(value, L::select(negative, reduced.power, L::of(0.0)))
}
