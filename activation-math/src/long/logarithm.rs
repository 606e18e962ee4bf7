//! Logarithms: Halley's method on the exponential, from a double.

use super::arithmetic::series;
use super::exponential::expm1;
use super::tables::{LN_2, LN_2_REST};
use super::{Long, WORDS};

/// Below `2^SERIES`, the Maclaurin series has a dozen terms.
const SERIES: i64 = -24;

pub(super) fn log1p(x: Long) -> Long {
    if x.is_zero() {
        return x;
    }
    if x.is_below(SERIES) {
        let powers = |power: u64| (1..power).fold(x, |product, _| product * -x).over_whole(power);
        return series(x, |_, index| powers(index + 1));
    }
    if !x.is_below(-1) {
        return ln(Long::ONE + x);
    }
    let mut result = Long::from_f64(libm::log1p(x.to_f64()));
    for _ in 0..2 {
        let grown = expm1(result);
        result = result + (x - grown).scaled(1) / (x + grown + Long::TWO);
    }
    result
}

/// The power of two, and the logarithm of what is left, which lies between 11/16 and 11/8.
pub(super) fn ln(x: Long) -> Long {
    if !x.is_ordinary() || x.negative {
        return Long::NAN;
    }
    const MIDDLE: u64 = 11 << 60;
    let above = i64::from(x.words[WORDS - 1] >= MIDDLE);
    let power = x.exponent + above;
    let rest = log1p(Long { exponent: -above, ..x } - Long::ONE);
    let count = Long::from_whole(power);
    count * LN_2 + (count * LN_2_REST + rest)
}
