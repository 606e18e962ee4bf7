//! Sine, cosine and arc tangent.

use super::Long;
use super::arithmetic::series;
use super::tables::{HALF_PI, HALF_PI_LAST, HALF_PI_REST, TWO_OVER_PI};

/// The number of quarter turns nearest to an angle, and the rest of the angle; `None` from 2^60 on.
fn quadrant(angle: Long) -> Option<(i64, Long)> {
    if angle.is_below(-1) {
        return Some((0, angle));
    }
    if !angle.is_below(60) {
        return None;
    }
    let count = (angle * TWO_OVER_PI).nearest_whole()?;
    let factor = Long::from_whole(count);
    // The first two products are exact: their factors end with a word of zeros.
    Some((count, (angle - factor * HALF_PI) - factor * HALF_PI_REST - factor * HALF_PI_LAST))
}

/// Taylor's series of the sine, whose first term is `x`, or of the cosine, whose first term is 1.
fn near(first: Long, x: Long, odd: u64) -> Long {
    let square = -(x * x);
    series(first, |term, index| (term * square).over_whole(2 * index * (2 * index + 2 * odd - 1)))
}

fn turned(angle: Long, quarters: i64) -> Long {
    let Some((count, rest)) = quadrant(angle) else { return Long::NAN };
    let turns = (count + quarters).rem_euclid(4);
    let value = if turns & 1 == 0 { near(rest, rest, 1) } else { near(Long::ONE, rest, 0) };
    if turns < 2 { value } else { -value }
}

pub(super) fn sin(x: Long) -> Long {
    turned(x, 0)
}

pub(super) fn cos(x: Long) -> Long {
    turned(x, 1)
}

/// From an arc tangent in doubles: the tangent of the difference, and three terms of the series of its arc tangent.
pub(super) fn atan(x: Long) -> Long {
    if !x.is_finite() || x.is_below(-1000) {
        return x;
    }
    if x.magnitude() > Long::ONE {
        let quarter = (HALF_PI + HALF_PI_REST).with_sign_of(x);
        return quarter - atan(Long::ONE / x);
    }
    let start = Long::from_f64(libm::atan(x.to_f64()));
    let (sine, cosine) = (sin(start), cos(start));
    let rest = (x * cosine - sine) / (cosine + x * sine);
    let square = rest * rest;
    let arc = Long::ONE - square.over_whole(3) + (square * square).over_whole(5);
    start + rest * arc
}
