//! Sine, cosine and arc tangent.
//!
//! An angle is brought within π/4 of zero by subtracting a multiple of π/2 in a number type of more than twice the
//! limbs, so that even an angle next to a multiple of π keeps the relative accuracy of its sine; then Taylor's series.
//! The arc tangent is halved a few times, `atan x = 2 atan(x / (1 + sqrt(1 + x²)))`, before its series.

use super::Wide;
use super::constants::pi;
use super::roots::sqrt;

/// The multiple of π/2 nearest to `angle`, modulo 4, and the rest.
fn quadrant<const LONG: usize>(angle: Wide<LONG>) -> (u64, Wide<LONG>) {
    let right_angle = pi().scaled(-1);
    let count = (angle / right_angle).nearest_integer();
    let turns = count.low_bits() & 3;
    let turns = if count.is_negative() { (4 - turns) & 3 } else { turns };
    (turns, angle - count * right_angle)
}

/// Sums `first (1 - x²/((n+1)(n+2)) (1 - x²/((n+3)(n+4)) (...)))`.
fn alternating<const LIMBS: usize>(first: Wide<LIMBS>, x: Wide<LIMBS>, n: u64) -> Wide<LIMBS> {
    let square = x * x;
    let (mut term, mut sum) = (first, first);
    for factor in (n + 1..).step_by(2) {
        term = -(term * square).over(factor * (factor + 1));
        if sum.outweighs(term) {
            break;
        }
        sum = sum + term;
    }
    sum
}

fn sine_or_cosine<const LIMBS: usize>(turns: u64, rest: Wide<LIMBS>) -> Wide<LIMBS> {
    let size = if turns & 1 == 0 { alternating(rest, rest, 1) } else { alternating(Wide::ONE, rest, 0) };
    size.negated_if(turns & 2 == 2)
}

/// The sine to `LIMBS` limbs of an angle held in `LONG` limbs.
pub(super) fn sin<const LIMBS: usize, const LONG: usize>(angle: Wide<LONG>) -> Wide<LIMBS> {
    let (turns, rest) = quadrant(angle);
    sine_or_cosine(turns, rest.resize())
}

/// The cosine to `LIMBS` limbs of an angle held in `LONG` limbs.
pub(super) fn cos<const LIMBS: usize, const LONG: usize>(angle: Wide<LONG>) -> Wide<LIMBS> {
    let (turns, rest) = quadrant(angle);
    sine_or_cosine((turns + 1) & 3, rest.resize())
}

pub(super) fn atan<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let (one, size) = (Wide::ONE, x.magnitude());
    if size.is_nan() {
        return x;
    }
    if size > one {
        return (pi().scaled(-1) - atan(one / size)).with_sign_of(x);
    }
    if size.is_zero() {
        return x;
    }
    let halvings = (Wide::<LIMBS>::BITS.isqrt() / 3 + size.exponent).max(0);
    let mut small = size;
    for _ in 0..halvings {
        small = small / (one + sqrt(one + small * small));
    }
    let square = small * small;
    let (mut power, mut sum) = (small, small);
    for divisor in (3..).step_by(2) {
        power = -(power * square);
        let term = power.over(divisor);
        if sum.outweighs(term) {
            break;
        }
        sum = sum + term;
    }
    sum.scaled(halvings).with_sign_of(x)
}
