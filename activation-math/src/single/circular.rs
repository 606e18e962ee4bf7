//! Sine, cosine and arc tangent in `f32`.
//!
//! `x = q π/2 + r` with |r| ≤ π/4 in two parts, by Cody and Waite's subtraction of π/2 in four parts up to 2^9 quarters of a
//! turn. Longer angles are rare, and have no result here.

use super::bounds::LONGEST_ANGLE;
use super::coefficients::{ATAN, COS, HALF_PI, HALF_PI_PARTS, SIN};
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// q, and r in two parts.
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
    let sine = r + (r * square).mul_add(fused(square, &SIN), rest.tail);
    let quartic = (square * square) * fused(square, &COS);
    let cosine = one - half.mul_add(square, r.mul_add(rest.tail, -quartic));

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
    L::select(x.abs().less_equal(L::of(LONGEST_ANGLE)), value, L::of(f64::NAN))
}

/// `sin(x)`; no number beyond [`LONGEST_ANGLE`].
#[inline(always)]
pub fn sin<L: Lane>(x: L) -> L {
    // 2^-13: below, the cubic term is lost in rounding, and the sign of a zero stays.
    let short = x.abs().less(L::of(1.0 / 8192.0));
    L::select(short, x, ahead(x, 0.0))
}

/// `cos(x)`; no number beyond [`LONGEST_ANGLE`].
#[inline(always)]
pub fn cos<L: Lane>(x: L) -> L {
    ahead(x, 1.0)
}

/// `atan(x)`, for all x: `c + atan(s)` with c one of 0, π/4, π/2 and |s| < 1/2.
#[inline(always)]
pub fn atan<L: Lane>(x: L) -> L {
    let (zero, one, size) = (L::of(0.0), L::of(1.0), x.abs());
    let is_low = size.less(L::of(0.5));
    let is_high = L::of(2.0).less(size);

    // x/1, (x - 1)/(x + 1) or -1/x.
    let numerator = L::select(is_low, size, L::select(is_high, -one, size - one));
    let divisor = L::select(is_low, one, L::select(is_high, size, size + one));
    let s = numerator / divisor;
    let corner = L::select(is_low, zero, L::select(is_high, one, L::of(0.5)));

    let square = s * s;
    let small = (s * square).mul_add(fused(square, &ATAN), corner * L::of(HALF_PI.1));
    corner.mul_add(L::of(HALF_PI.0), s + small).copysign(x)
}
