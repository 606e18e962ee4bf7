//! Logarithms: one step of Newton's method on the exponential, from a logarithm in plain doubles.

use core::f64::consts::SQRT_2;

use super::Extended;
use super::exponential::expm1_reduced;
use super::pair::Pair;
use super::tables::LN_2;

/// `ln(1 + x)` is x, to the precision kept, below `2^TINY`.
const TINY: i64 = -112;

/// `ln(1 + x)` to a relative 2^-101, for x between √½ - 1 and √2 - 1.
///
/// With y near the result, the rest is `ln(1 + q) = q` for `q = (1 + x) exp(-y) - 1 = x + t + x t`, where `t = exp(-y) - 1`;
/// q is of the size of `y 2^-53`, so that its square does not count.
fn log1p_reduced(x: Pair) -> Pair {
    let start = libm::log1p(x.high);
    let shrunk = expm1_reduced(Pair::from(-start));
    ((x + shrunk) + x * shrunk).plus(start)
}

/// The exponent e and `ln m` of a positive number `m 2^e` with m between √½ and √2, without the factor that is huge.
pub(super) fn split(x: Extended) -> (i64, Pair) {
    if x.fraction.high > SQRT_2 {
        (x.exponent + 1, log1p_reduced(x.fraction.scaled(0.5).plus(-1.0)))
    } else {
        (x.exponent, log1p_reduced(x.fraction.plus(-1.0)))
    }
}

/// A whole number up to 2^63 in size, exactly.
pub(super) fn whole(value: i64) -> Pair {
    let size = Pair::from_whole(value.unsigned_abs());
    if value < 0 { -size } else { size }
}

pub(super) fn ln(x: Extended) -> Extended {
    if !x.is_ordinary() || x.is_negative() {
        return Extended::from_f64(libm::log(x.fraction.high));
    }
    let (exponent, rest) = split(x);
    let ordinary = Extended::from(LN_2 * whole(exponent) + rest);
    if x.huge.high == 0.0 { ordinary } else { ordinary + x.huge_argument() }
}

pub(super) fn log1p(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    if x.is_below(-2) {
        return log1p_reduced(x.to_pair()).into();
    }
    ln(Extended::ONE + x)
}
