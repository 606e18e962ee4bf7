//! Hyperbolic functions and their kin, from `exp(x) - 1` and `ln(1 + x)`; none overflows before its result does.

use super::Wide;
use super::constants::ln_2;
use super::exponential::{exp, expm1, ln, log1p};
use super::roots::sqrt;

/// In `t = exp(|x|) - 1`: `(t + t / (1 + t)) / 2`.
pub(super) fn sinh<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let grown = expm1(x.magnitude());
    if grown.is_infinite() {
        return grown.with_sign_of(x);
    }
    (grown + grown / (grown + Wide::ONE)).scaled(-1).with_sign_of(x)
}

pub(super) fn cosh<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let grown = exp(x.magnitude());
    (grown + Wide::ONE / grown).scaled(-1)
}

/// In `t = exp(-2|x|) - 1`, which lies in (-1, 0]: `-t / (2 + t)`.
pub(super) fn tanh<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let shrunk = expm1(-x.magnitude().scaled(1));
    (-shrunk / (Wide::from_integer(2) + shrunk)).with_sign_of(x)
}

/// `ln(1 + |x| + x² / (1 + sqrt(1 + x²)))`; `ln |2x|` once `x²` outweighs 1.
pub(super) fn asinh<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let (one, size) = (Wide::ONE, x.magnitude());
    if size.exponent() > Wide::<LIMBS>::BITS {
        return ln(size.scaled(1)).with_sign_of(x);
    }
    let square = size * size;
    log1p(size + square / (one + sqrt(one + square))).with_sign_of(x)
}

pub(super) fn sigmoid<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let small = exp(-x.magnitude());
    let numerator = if x.is_negative() { small } else { Wide::ONE };
    numerator / (Wide::ONE + small)
}

pub(super) fn softplus<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let tail = log1p(exp(-x.magnitude()));
    if x.is_negative() { tail } else { x + tail }
}

pub(super) fn sech<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let small = exp(-x.magnitude());
    small.scaled(1) / (Wide::ONE + small * small)
}

/// `ln(1 + 2 sinh²(x/2))` below 1; `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
pub(super) fn logcosh<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let size = x.magnitude();
    if size.exponent() < 0 {
        let half = sinh(size.scaled(-1));
        log1p((half * half).scaled(1))
    } else {
        size - ln_2() + log1p(exp(-size.scaled(1)))
    }
}
