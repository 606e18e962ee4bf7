//! Exponentials: the argument less a multiple of ln 2 and one of 1/32, then Taylor's series.

use super::pair::Pair;
use super::tables::{EXP_EXCESS, EXPM1, EXPM1_32NDS, LN_2_PARTS};
use super::{Extended, HUGE_EXPONENT, power_of_two};

/// `exp(x) - 1` is x, to the precision kept, below `2^TINY`.
const TINY: i64 = -112;

/// The multiple of ln 2 nearest to `x`, and the rest; to 2^-98 for sizes up to [`CONVERTIBLE`](super::CONVERTIBLE), to 2^-104 below 2^40.
pub(super) fn reduced(x: Pair) -> (i64, Pair) {
    let count = libm::rint(x.high * core::f64::consts::LOG2_E);
    if count == 0.0 || count.is_nan() {
        return (0, x);
    }
    let [first, second, third, fourth] = LN_2_PARTS;
    let rest = Pair::from(x.high) - Pair::product(count, first);
    let rest = rest.plus(x.low) - Pair::product(count, second);
    let rest = rest - Pair::product(count, third).plus(count * fourth);
    // A count with more bits than a double has was not the nearest one.
    if count.abs() < 1_099_511_627_776.0 {
        return (count as i64, rest);
    }
    let (more, rest) = reduced(rest);
    (count as i64 + more, rest)
}

/// `exp(x) - 1` to a relative 2^-102, for |x| ≤ ln 2 / 2.
pub(super) fn expm1_reduced(x: Pair) -> Pair {
    let place = libm::rint(32.0 * x.high);
    let rest = x.plus(place * (-1.0 / 32.0));
    let grown = rest * EXPM1.at(rest);
    let index = (place as i64 + 12) as usize;
    match EXPM1_32NDS.get(index) {
        Some(start) if place != 0.0 => *start + (grown + grown * *start),
        _ => grown,
    }
}

/// `exp(x)` for sizes up to [`CONVERTIBLE`](super::CONVERTIBLE).
pub(super) fn convertible(x: Pair) -> Extended {
    let (power, rest) = reduced(x);
    Extended::new(expm1_reduced(rest).plus(1.0), power, Pair::ZERO)
}

pub(super) fn exp(x: Extended) -> Extended {
    if !x.is_ordinary() {
        return Extended::from_f64(libm::exp(x.fraction.high));
    }
    if x.is_below(TINY) {
        return Extended::ONE + x;
    }
    if x.reaches(HUGE_EXPONENT) {
        // The unit is large enough for some arguments beyond the range of `f64`.
        let power = x.exponent().saturating_sub(64);
        let argument = if power > 1023 {
            Pair::from(x.fraction.high * f64::INFINITY)
        } else {
            x.fraction.scaled(power_of_two(power))
        };
        return Extended::new(Pair::ONE, 0, argument);
    }
    convertible(x.to_pair())
}

pub(super) fn expm1(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    if !x.reaches(-1) {
        let (power, rest) = reduced(x.to_pair());
        if power == 0 {
            return expm1_reduced(rest).into();
        }
    }
    exp(x) - Extended::ONE
}

/// A series near zero, where `exp(x) - 1` and x nearly cancel.
pub(super) fn exp_excess(x: Extended) -> Extended {
    if x.is_below(TINY) {
        (x * x).scaled(-1)
    } else if x.is_below(-2) {
        x * x * Extended::from(EXP_EXCESS.at(x.to_pair()))
    } else {
        expm1(x) - x
    }
}
