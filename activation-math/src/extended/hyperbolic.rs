//! Hyperbolic functions and their kin, from `exp(x) - 1` and `ln(1 + x)`.

use super::Extended;
use super::exponential::{exp, expm1};
use super::logarithm::{ln, log1p};
use super::tables::{LN_2, TANHSHRINK, THIRD};

/// Below `2^TINY`, the second term of a series in x² is lost.
const TINY: i64 = -56;

/// From `2^FAR` on, `exp(-2|x|)` is lost beside 1.
const FAR: i64 = 6;

/// In `t = exp(|x|) - 1`: `(t + t / (1 + t)) / 2`.
pub(super) fn sinh(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    let size = x.size();
    if size.reaches(FAR) {
        return exp(size).scaled(-1).with_sign_of(x);
    }
    let grown = expm1(size);
    (grown + grown / (grown + Extended::ONE)).scaled(-1).with_sign_of(x)
}

pub(super) fn cosh(x: Extended) -> Extended {
    let grown = exp(x.size());
    if x.reaches(FAR) { grown.scaled(-1) } else { (grown + Extended::ONE / grown).scaled(-1) }
}

pub(super) fn sech(x: Extended) -> Extended {
    let size = x.size();
    if size.reaches(FAR) { exp(-size).scaled(1) } else { Extended::ONE / cosh(size) }
}

/// In `t = exp(2|x|) - 1`: `t / (t + 2)`.
pub(super) fn tanh(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    if x.reaches(FAR) {
        return Extended::ONE.with_sign_of(x);
    }
    let grown = expm1(x.size().scaled(1));
    (grown / (grown + Extended::from_f64(2.0))).with_sign_of(x)
}

/// `ln(1 + |x| + x² / (1 + sqrt(1 + x²)))`; `ln |2x|` once `x²` outweighs 1.
pub(super) fn asinh(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    let size = x.size();
    if size.reaches(-TINY) {
        return ln(size.scaled(1)).with_sign_of(x);
    }
    let square = size * size;
    let root = super::arithmetic::sqrt(Extended::ONE + square);
    log1p(size + square / (Extended::ONE + root)).with_sign_of(x)
}

/// Nothing overflows, so that `1 / (1 + exp(-x))` will do.
pub(super) fn sigmoid(x: Extended) -> Extended {
    Extended::ONE / (Extended::ONE + exp(-x))
}

pub(super) fn softplus(x: Extended) -> Extended {
    let tail = log1p(exp(-x.size()));
    if x.fraction.high > 0.0 { x + tail } else { tail }
}

/// `ln(1 + 2 sinh²(x/2))` below 1; `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
pub(super) fn logcosh(x: Extended) -> Extended {
    if x.is_below(TINY) {
        return (x * x).scaled(-1);
    }
    let size = x.size();
    if !size.reaches(0) {
        let half = sinh(size.scaled(-1));
        return log1p((half * half).scaled(1));
    }
    (size - LN_2.into()) + log1p(exp(-size.scaled(1)))
}

/// `(x cosh x - sinh x) / cosh x`, whose numerator is the sum of `2k x^(2k+1) / (2k+1)!`: all terms of one sign.
pub(super) fn tanhshrink(x: Extended) -> Extended {
    let cube = x * x * x;
    if x.is_below(TINY) {
        cube * THIRD.into()
    } else if x.is_below(0) {
        let near = x.to_pair();
        cube * Extended::from(TANHSHRINK.at(near * near)) / cosh(x)
    } else {
        x - tanh(x)
    }
}
