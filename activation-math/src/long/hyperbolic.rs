//! Hyperbolic functions and their kin, from `exp(x) - 1` and `ln(1 + x)`.

use super::Long;
use super::arithmetic::{series, sqrt};
use super::exponential::{exp, expm1};
use super::logarithm::log1p;
use super::tables::{LN_2, LN_2_REST};

pub(super) const HALF: Long = Long { exponent: -1, ..Long::ONE };

/// In `t = exp(|x|) - 1`: `(t + t / (1 + t)) / 2`.
pub(super) fn sinh(x: Long) -> Long {
    let grown = expm1(x.magnitude());
    (grown + grown / (grown + Long::ONE)).scaled(-1).with_sign_of(x)
}

pub(super) fn cosh(x: Long) -> Long {
    let grown = exp(x.magnitude());
    (grown + Long::ONE / grown).scaled(-1)
}

pub(super) fn sech(x: Long) -> Long {
    Long::ONE / cosh(x)
}

/// In `t = exp(-2|x|) - 1`: `-t / (t + 2)`.
pub(super) fn tanh(x: Long) -> Long {
    let shrunk = expm1(-x.magnitude().scaled(1));
    (-shrunk / (shrunk + Long::TWO)).with_sign_of(x)
}

/// `ln(1 + |x| + x² / (1 + sqrt(1 + x²)))`
pub(super) fn asinh(x: Long) -> Long {
    let size = x.magnitude();
    let square = size * size;
    log1p(size + square / (Long::ONE + sqrt(Long::ONE + square))).with_sign_of(x)
}

pub(super) fn sigmoid(x: Long) -> Long {
    Long::ONE / (Long::ONE + exp(-x))
}

pub(super) fn softplus(x: Long) -> Long {
    let tail = log1p(exp(-x.magnitude()));
    if x > Long::ZERO { x + tail } else { tail }
}

/// `ln(1 + 2 sinh²(x/2))` below 1; `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
pub(super) fn logcosh(x: Long) -> Long {
    let size = x.magnitude();
    if x.is_below(0) {
        let half = sinh(size.scaled(-1));
        return log1p((half * half).scaled(1));
    }
    (size - LN_2 - LN_2_REST) + log1p(exp(-size.scaled(1)))
}

/// `(x cosh x - sinh x) / cosh x`, whose numerator is the sum of `2k x^(2k+1) / (2k+1)!`: all terms of one sign.
pub(super) fn tanhshrink(x: Long) -> Long {
    if !x.is_below(0) {
        return x - tanh(x);
    }
    let square = x * x;
    let cube = (square * x).over_whole(3);
    // Of the k-th term over the one before: x² / ((2k - 2)(2k + 1)).
    series(cube, |term, index| (term * square).over_whole(2 * index * (2 * index + 3))) / cosh(x)
}
