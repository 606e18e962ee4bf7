//! Exponentials: the argument less a multiple of ln 2, halved eight times; Taylor's series; and squared as often.

use super::arithmetic::series;
use super::tables::{LN_2, LN_2_REST, LOG2_E};
use super::{Long, hyperbolic::HALF};

/// How often an argument is halved.
const HALVINGS: i64 = 8;

/// Below `2^NEAR`, an argument needs no reduction.
const NEAR: i64 = -2;

/// The multiple of ln 2 nearest to `x`, and the rest; `None` from 2^60 on.
fn reduced(x: Long) -> Option<(i64, Long)> {
    if x.is_below(NEAR) {
        return Some((0, x));
    }
    if !x.is_below(60) {
        return None;
    }
    let count = (x * LOG2_E).nearest_whole()?;
    let factor = Long::from_whole(count);
    // The first product is exact: LN_2 ends with a word of zeros.
    Some((count, (x - factor * LN_2) - factor * LN_2_REST))
}

/// `exp(x) - 1` for |x| below 1.
fn expm1_reduced(x: Long) -> Long {
    let small = x.scaled(-HALVINGS);
    let mut grown = series(small, |term, index| (term * small).over_whole(index + 1));
    for _ in 0..HALVINGS {
        grown = grown * (grown + Long::TWO);
    }
    grown
}

pub(super) fn exp(x: Long) -> Long {
    match reduced(x) {
        Some((power, rest)) if x.is_finite() => (expm1_reduced(rest) + Long::ONE).scaled(power),
        _ => Long::NAN,
    }
}

pub(super) fn expm1(x: Long) -> Long {
    if x.is_below(NEAR) { expm1_reduced(x) } else { exp(x) - Long::ONE }
}

/// A series near zero, where `exp(x) - 1` and x nearly cancel.
pub(super) fn exp_excess(x: Long) -> Long {
    if x.is_below(0) {
        series((x * x) * HALF, |term, index| (term * x).over_whole(index + 2))
    } else {
        expm1(x) - x
    }
}
