//! The error function and its complement.
//!
//! `erf(x) = 2x/√π exp(-x²) Σ (2x²)^n / (1·3·…·(2n+1))` has terms of one sign. From 4 on, the continued fraction
//! `erfc(x) = exp(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …))))`.

use super::Long;
use super::arithmetic::series;
use super::exponential::exp;
use super::tables::TWO_OVER_SQRT_PI;

/// From `2^FAR` on the continued fraction is used, and it takes `MOST / x² + LEAST` steps.
const FAR: i64 = 2;
const MOST: f64 = 4400.0;
const LEAST: i64 = 30;

pub(super) fn erf(x: Long) -> Long {
    if !x.is_finite() {
        return x;
    }
    if !x.is_below(FAR) {
        return (Long::ONE - erfc(x.magnitude())).with_sign_of(x);
    }
    let square = x * x;
    let twice = square.scaled(1);
    let sum = series(Long::ONE, |term, index| (term * twice).over_whole(2 * index + 1));
    TWO_OVER_SQRT_PI * x * exp(-square) * sum
}

pub(super) fn erfc(x: Long) -> Long {
    if x.negative || x.is_below(FAR) {
        return Long::ONE - erf(x);
    }
    let start = x.to_f64();
    let steps = (MOST / (start * start)) as i64 + LEAST;
    // Numerators and denominators of the fractions that end after one more step each.
    let (mut before, mut now) = ((Long::ZERO, Long::ONE), (Long::ONE, x));
    for step in 1..=steps {
        let factor = Long::from_whole(step).scaled(-1);
        let next = (x * now.0 + factor * before.0, x * now.1 + factor * before.1);
        (before, now) = (now, next);
    }
    (TWO_OVER_SQRT_PI * exp(-(x * x)) * (now.0 / now.1)).scaled(-1)
}
