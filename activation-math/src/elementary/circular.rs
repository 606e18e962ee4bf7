//! Sine, cosine and arc tangent.
//!
//! `x = q π/2 + r` with |r| ≤ π/4 in two parts: by Cody and Waite's subtraction of π/2 in four parts up to 2^20 quarters of
//! a turn, by the bits of 2/π beyond (Payne and Hanek, 1983), one lane after the other.

use super::coefficients::{ATAN, COS, HALF_PI, HALF_PI_PARTS, SIN};
use super::hyperbolic::SMALL;
use super::pair::Pair;
use super::polynomial::{clamp, polynomial};
use super::turn::reduced as reduced_by_bits;
use crate::lane::Lane;

/// About 2^20 quarters of a turn.
pub(crate) const LONGEST: f64 = 1_647_099.0;

/// q, and r in two parts. Numbers that long or short of a multiple of π/2 come no nearer to it than 2^-60: with the 150
/// bits of the parts r is good to its last bit.
#[inline(always)]
fn reduced<L: Lane>(x: L) -> (L, Pair<L>) {
    let quarters = (x * L::of(core::f64::consts::FRAC_2_PI)).nearest_integer();
    let part = |i: usize| quarters * L::of(HALF_PI_PARTS[i]);
    let first = Pair::sum(x - part(0), -part(1));
    let second = Pair::sum(first.head, -part(2));
    (quarters, second.plus_small(first.tail - part(3)))
}

/// `sin(r + q π/2)`.
#[inline(always)]
fn sine<L: Lane>(quarters: L, rest: Pair<L>) -> L {
    let (half, one) = (L::of(0.5), L::of(1.0));
    let r = rest.head;
    let square = r * r;
    let cubic = (r * square) * polynomial(square, &SIN);
    let sine = r + (cubic + (rest.tail - (half * square) * rest.tail));

    let falling = Pair::ordered_sum(one, -half * square);
    let cosine =
        falling.head + (falling.tail + ((square * square) * polynomial(square, &COS) - r * rest.tail));

    let turn = quarters - L::of(4.0) * (quarters * L::of(0.25)).nearest_integer();
    let side = turn.abs();
    let is_cosine = L::and(half.less(side), side.less(L::of(1.5)));
    let is_negative = L::or(turn.less(-half), L::of(1.5).less(turn));
    let value = L::select(is_cosine, cosine, sine);
    L::select(is_negative, -value, value)
}

/// Sine and cosine are one function: the cosine is a quarter of a turn ahead.
#[inline(always)]
fn ahead<L: Lane>(x: L, quarter: f64) -> L {
    let (quarters, rest) = reduced(x);
    let value = sine(quarters + L::of(quarter), rest);
    let long = L::of(LONGEST).less(x.abs());
    if L::any(long) { L::select(long, x.map(|x| ahead_by_bits(x, quarter)), value) } else { value }
}

#[cold]
fn ahead_by_bits(x: f64, quarter: f64) -> f64 {
    let (quarters, rest) = reduced_by_bits(x);
    sine(quarters + quarter, rest)
}

/// `sin(x)`, for all x.
///
/// Error: [`bounds::SIN`](super::bounds::SIN).
#[inline]
pub fn sin<L: Lane>(x: L) -> L {
    L::select(x.abs().less(L::of(SMALL)), x, ahead(x, 0.0))
}

/// `cos(x)`, for all x.
///
/// Error: [`bounds::COS`](super::bounds::COS).
#[inline]
pub fn cos<L: Lane>(x: L) -> L {
    ahead(x, 1.0)
}

/// `atan(x)`, for all x: `c + atan(s)` with c one of 0, π/4, π/2 and |s| < tan(π/8), the quotient s in two parts.
///
/// Error: [`bounds::ATAN`](super::bounds::ATAN).
#[inline]
pub fn atan<L: Lane>(x: L) -> L {
    let (zero, one) = (L::of(0.0), L::of(1.0));
    let size = x.abs();
    // From 2^60 on it is π/2 to the last bit.
    let bounded = clamp(size, 0.0, 1_152_921_504_606_846_976.0);
    let is_low = bounded.less(L::of(TAN_EIGHTH));
    let is_high = L::of(1.0 / TAN_EIGHTH).less(bounded);

    // x/1, (x - 1)/(x + 1) or -1/x.
    let numerator = Pair::sum(L::select(is_high, zero, bounded), L::select(is_low, zero, -one));
    let divisor = Pair::sum(L::select(is_low, zero, bounded), L::select(is_high, zero, one));
    let s = numerator.over(divisor, one / divisor.head);
    let corner = L::select(is_low, zero, L::select(is_high, one, L::of(0.5)));

    let value = s.value();
    let square = value * value;
    let cubic = (value * square) * polynomial(square, &ATAN);
    let sum = Pair::ordered_sum(corner * L::of(HALF_PI.0), s.head);
    let angle = sum.head + ((sum.tail + corner * L::of(HALF_PI.1)) + (s.tail + cubic));
    L::select(size.less(L::of(SMALL)), size, angle).copysign(x)
}

/// tan(π/8).
const TAN_EIGHTH: f64 = core::f64::consts::SQRT_2 - 1.0;
