//! Sine and cosine of angles up to 2^20 quarters of a turn: `x = q π/2 + r` with |r| ≤ π/4, by subtraction of π/2 in four
//! parts (Cody and Waite, 1980).

use super::coefficients::{COS, COS_FIRST, SIN, SIN_FIRST};
use super::pair::{Pair, series};
use crate::elementary::polynomial::fused;
use crate::elementary::{HALF_PI_PARTS, LONGEST};
use crate::lane::Lane;

/// Whether an angle is short enough.
#[inline(always)]
pub(super) fn is_short(x: f64) -> bool {
    x.abs() <= LONGEST
}

/// `sin(x + quarter π/2)`, to 2^-59.
#[inline(always)]
fn ahead(x: Pair, quarter: f64) -> Pair {
    let quarters = Lane::nearest_integer(x.head * core::f64::consts::FRAC_2_PI);
    let part = |i: usize| quarters * HALF_PI_PARTS[i];
    let first = Pair::sum(x.head - part(0), -part(1));
    let second = Pair::sum(first.head, -part(2));
    let r = second.plus_small((first.tail - part(3)) + x.tail);

    let square = r.fused_times(r);
    let sine = series(square, &SIN_FIRST, fused(square.head, &SIN)).fused_times(r);
    let cosine = series(square, &COS_FIRST, fused(square.head, &COS)).rounded();

    let quarters = quarters + quarter;
    let turn = quarters - 4.0 * Lane::nearest_integer(quarters * 0.25);
    let side = turn.abs();
    let is_cosine = (0.5 < side) & (side < 1.5);
    // -2, -1 and 2.
    let is_negative = 1.0 < (turn - 0.5).abs();
    Pair::blend(is_cosine, cosine, sine).scaled(if is_negative { -1.0 } else { 1.0 })
}

/// `sin(x)`.
#[inline(always)]
pub(super) fn sin(x: Pair) -> Pair {
    ahead(x, 0.0)
}

/// `cos(x)`.
#[inline(always)]
pub(super) fn cos(x: Pair) -> Pair {
    ahead(x, 1.0)
}
