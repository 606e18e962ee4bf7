//! The exponential function and those that are a quotient away from it.
//!
//! `x = n ln 2 + r` with whole n and |r| < 0.35; `exp(r) - 1` is r times a series whose first terms have two parts.

use super::coefficients::{EXP, EXP_FIRST, LN_2_PARTS};
use super::pair::{Pair, series};
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// `x`, or the bound that it is beyond; a NaN stays.
#[inline(always)]
pub(super) fn clamp(x: Pair, low: f64, high: f64) -> Pair {
    let x = Pair::blend(x.head < low, Pair::exact(low), x);
    Pair::blend(high < x.head, Pair::exact(high), x)
}

/// n, and `exp(r) - 1` to 2^-61 of r.
#[inline(always)]
fn reduced(x: Pair) -> (f64, Pair) {
    let power = Lane::nearest_integer(x.head * core::f64::consts::LOG2_E);
    let [high, middle, low] = LN_2_PARTS;
    let first = Lane::mul_add(-power, high, x.head);
    let r = Pair::sum(first, -power * middle).plus_small(Lane::mul_add(-power, low, x.tail));
    (power, series(r, &EXP_FIRST, fused(r.head, &EXP)).fused_times(r))
}

/// `exp(x)`, to 2^-61.5: 0 far below, infinite far above.
#[inline(always)]
pub(super) fn exp(x: Pair) -> Pair {
    let (power, excess) = reduced(clamp(x, -746.0, 710.0));
    excess.beside(1.0).shifted(power)
}

/// `exp(x) - 1`, to 2^-59.
#[inline(always)]
pub(super) fn expm1(x: Pair) -> Pair {
    let (power, excess) = reduced(clamp(x, -100.0, 710.0));
    let factor = Lane::two_to(power);
    let scaled = excess.scaled(factor);
    Pair::sum(factor, -1.0).plus(scaled)
}

/// `exp(-|x|)`, as [`exp`].
#[inline(always)]
pub(super) fn decay(x: Pair) -> Pair {
    exp(x.size().scaled(-1.0))
}

/// `1 / (1 + exp(-x))`, to 2^-60: `1 / (1 + E)` or `E / (1 + E)` with `E = exp(-|x|)`.
#[inline(always)]
pub(super) fn sigmoid(x: Pair) -> Pair {
    let small = decay(x);
    let divisor = small.beside(1.0);
    let numerator = Pair::blend(x.head < 0.0, small, Pair::exact(1.0));
    numerator.fused_over(divisor, 1.0 / divisor.head)
}

/// `tanh(x)`, to 2^-58: `M / (2 - M)` with `M = 1 - exp(-2|x|)`.
#[inline(always)]
pub(super) fn tanh(x: Pair) -> Pair {
    let gap = expm1(x.size().scaled(-2.0)).scaled(-1.0);
    let divisor = gap.scaled(-1.0).beside(2.0);
    gap.fused_over(divisor, 1.0 / divisor.head).scaled(1.0_f64.copysign(x.head))
}

/// `sinh(x)`, to 2^-57: `(M + M / (1 + M)) / 2` with `M = exp(|x|) - 1`.
#[inline(always)]
pub(super) fn sinh(x: Pair) -> Pair {
    let excess = expm1(x.size());
    let divisor = excess.plus(Pair::exact(1.0));
    let value = excess.plus(excess.fused_over(divisor, 1.0 / divisor.head));
    value.scaled(0.5_f64.copysign(x.head))
}

/// `cosh(x)`, to 2^-60.
#[inline(always)]
pub(super) fn cosh(x: Pair) -> Pair {
    let large = exp(x.size());
    large.plus(Pair::exact(1.0).fused_over(large, 1.0 / large.head)).scaled(0.5)
}

/// `1 / cosh(x)`, to 2^-59: `2E / (1 + E²)` with `E = exp(-|x|)`.
#[inline(always)]
pub(super) fn sech(x: Pair) -> Pair {
    let small = decay(x);
    let divisor = small.fused_times(small).beside(1.0);
    small.scaled(2.0).fused_over(divisor, 1.0 / divisor.head)
}
