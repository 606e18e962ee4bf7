//! The error function and its complement: a series below 1, `exp(-x²) P(t) / (x + 5/8)` with a polynomial in
//! `t = (x - 4)/(x + 4)` from there on (after Shepherd and Laframboise, 1981).

use super::coefficients::{ERF, ERF_FIRST};
use super::exponential::{clamp, exp};
use super::pair::{Pair, series};
use crate::elementary::polynomial::fused;
use crate::elementary::{ERFC, ERFC_FIRST};

/// Where the series ends.
const MIDDLE: f64 = 1.0;

/// `erf(size)` below [`MIDDLE`], to 2^-59.
#[inline(always)]
fn near(size: Pair) -> Pair {
    let square = size.fused_times(size);
    series(square, &ERF_FIRST, fused(square.head, &ERF)).fused_times(size)
}

/// `erfc(size)` from [`MIDDLE`] on, to 2^-54.
#[inline(always)]
fn far(size: Pair) -> Pair {
    // At 28 it is 0 in every rounding.
    let size = clamp(size, MIDDLE, 28.0);
    let gauss = exp(size.fused_times(size).scaled(-1.0));
    let divisor = size.plus(Pair::exact(0.625));
    let sum = size.head + 4.0;
    let inverse = 1.0 / (divisor.head * sum);
    let t = (size.head - 4.0) * (inverse * divisor.head);
    let factor = series(Pair::exact(t), &[ERFC_FIRST], fused(t, &ERFC));
    gauss.fused_times(factor).fused_over(divisor, inverse * sum)
}

/// The error function: to 2^-57.
#[inline(always)]
pub(super) fn erf(x: Pair) -> Pair {
    let size = x.size();
    let outer = far(size).scaled(-1.0).beside(1.0);
    Pair::blend(size.head < MIDDLE, near(size), outer).scaled(1.0_f64.copysign(x.head))
}

/// `1 - erf(x)`: to 2^-54 on the right of [`MIDDLE`], to 2^-57 elsewhere.
#[inline(always)]
pub(super) fn erfc(x: Pair) -> Pair {
    let (size, is_negative) = (x.size(), x.head < 0.0);
    let inner = near(size).scaled(if is_negative { 1.0 } else { -1.0 }).beside(1.0);
    let outer = far(size);
    let left = outer.scaled(-1.0).beside(2.0);
    Pair::blend(size.head < MIDDLE, inner, Pair::blend(is_negative, left, outer))
}

/// How far `erfc(x)` may be off, relative to it.
#[inline(always)]
pub(super) fn error_of_erfc(x: f64) -> f64 {
    if x < MIDDLE { FINE } else { COARSE }
}

/// 2^-57.
pub(super) const FINE: f64 = 1.0 / 144_115_188_075_855_872.0;

/// 2^-54.
const COARSE: f64 = 8.0 * FINE;
