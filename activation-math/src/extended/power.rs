//! Real powers: the exponent of the result from that of the base, exactly; what is left through the logarithm.

use super::exponential::{convertible, exp};
use super::logarithm::{ln, split, whole};
use super::pair::Pair;
use super::tables::LN_2;
use super::{Extended, power_of_two};
use crate::Real;

/// Whole powers up to this one are products.
const MOST_FACTORS: f64 = 32.0;

/// The logarithm to base 2 of the result is split into a whole number and a fraction up to here: 2^60.
const MOST_EXPONENT: f64 = 1_152_921_504_606_846_976.0;

/// What a power does with a sign.
#[derive(Clone, Copy, PartialEq)]
enum Parity {
    Even,
    Odd,
    Broken,
}

fn parity(x: Extended) -> Parity {
    if x.reaches(500) {
        return Parity::Even;
    }
    if !x.reaches(0) {
        return Parity::Broken;
    }
    let is_whole = |part: f64| libm::rint(part) == part;
    let Pair { high, low } = x.to_pair();
    if !is_whole(high) || !is_whole(low) {
        Parity::Broken
    } else if is_whole(0.5 * high) == is_whole(0.5 * low) {
        Parity::Even
    } else {
        Parity::Odd
    }
}

/// An `f64` with the same sign, on the same side of 1, that is neither zero nor infinite unless `x` is.
fn pulled_in(x: Extended) -> f64 {
    let Pair { high, low } = x.fraction;
    if high.abs() == 1.0 && low != 0.0 && x.exponent() == 0 {
        return high + f64::EPSILON.copysign(low);
    }
    high * power_of_two(x.exponent().clamp(-1000, 1000))
}

/// As `libm::pow` on `f64`: a negative base has its whole powers.
pub(super) fn pow(base: Extended, exponent: Extended) -> Extended {
    let power = pulled_in(exponent);
    if !base.is_ordinary() || !exponent.is_ordinary() {
        return Extended::from_f64(libm::pow(pulled_in(base), power));
    }
    let parity = parity(exponent);
    if parity != Parity::Broken && power.abs() <= MOST_FACTORS {
        return base.powi(power as i32);
    }
    let positive = positive_power(base.size(), exponent, power);
    match parity {
        Parity::Odd => positive.with_sign_of(base),
        Parity::Broken if base.is_negative() => Extended::from_f64(f64::NAN),
        _ => positive,
    }
}

fn positive_power(base: Extended, exponent: Extended, power: f64) -> Extended {
    if base.huge.high != 0.0 && power.abs() <= 1000.0 {
        let ordinary = Extended { huge: Pair::ZERO, ..base };
        return pow(ordinary, exponent) * exp(exponent * base.huge_argument());
    }
    let (twos, rest) = split(base);
    let small = (twos as f64 * power).abs() < MOST_EXPONENT && power.abs() < MOST_EXPONENT;
    if base.huge.high != 0.0 || !small || exponent.is_below(-200) {
        return exp(exponent * ln(base));
    }
    let (twos, power) = (whole(twos), exponent.to_pair());
    let leading = Pair::product(twos.high, power.high);
    let count = libm::rint(leading.high);
    let crossed = Pair::product(twos.high, power.low) + Pair::product(twos.low, power.high);
    let fraction = leading.plus(-count) + crossed.plus(twos.low * power.low);
    convertible(fraction * LN_2 + power * rest).scaled(count as i64)
}
