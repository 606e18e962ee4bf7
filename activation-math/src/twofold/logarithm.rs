//! Logarithms: `x = 2^k m` with m near 1, and `ln(m) = 2 artanh(s)` with `s = (m - 1) / (m + 1)`.

use super::coefficients::{LN_2, LN_2_PARTS, LOG, LOG_FIRST};
use super::exponential::decay;
use super::pair::{Pair, series};
use crate::elementary::polynomial::{fused, scale};
use crate::lane::Lane;

/// `2 artanh(numerator / divisor)` for a quotient below 0.1716 in size, to 2^-63.
#[inline(always)]
fn twice_artanh(numerator: Pair, divisor: Pair) -> Pair {
    let s = numerator.fused_over(divisor, 1.0 / divisor.head);
    let square = s.fused_times(s);
    series(square, &LOG_FIRST, fused(square.head, &LOG)).fused_times(s)
}

/// `k ln 2 + ln(1 + f)`, with `1 + f` in [√½, √2].
#[inline(always)]
fn assembled(f: Pair, k: f64) -> Pair {
    let log = twice_artanh(f, f.beside(2.0));
    let [high, middle, low] = LN_2_PARTS;
    let rest = Lane::mul_add(k, low, k * middle);
    Pair::ordered_sum(k * high, log.head).plus_small(log.tail + rest)
}

/// k, and f for `x = 2^k (1 + f)`; x is positive and finite.
#[inline(always)]
fn split(x: Pair) -> (f64, Pair) {
    let (m, k) = Lane::split(x.head);
    (k, Pair::sum(m - 1.0, scale(x.tail, -k)))
}

/// `ln(x)` for a positive finite x, to 2^-62.
#[inline(always)]
pub(super) fn ln(x: Pair) -> Pair {
    let (k, f) = split(x);
    assembled(f, k)
}

/// `ln(1 + x)` for finite x above -1, to 2^-62.
#[inline(always)]
pub(super) fn log1p(x: Pair) -> Pair {
    let (k, f) = split(Pair::exact(1.0).plus(x));
    let is_near = (-0.29 < x.head) & (x.head < 0.41);
    assembled(Pair::blend(is_near, x, f), if is_near { 0.0 } else { k })
}

/// `ln(1 + exp(x))`, to 2^-60: `max(x, 0) + ln(1 + E)` with `E = exp(-|x|)`, whose sum is halved where it is beyond √2.
#[inline(always)]
pub(super) fn softplus(x: Pair) -> Pair {
    let small = decay(x);
    // (1 + E)/2 = 1 + (E - 1)/2, and s is (E - 1)/(E + 3).
    let halved = core::f64::consts::SQRT_2 - 1.0 < small.head;
    let numerator = Pair::blend(halved, Pair::sum(-1.0, small.head).plus_small(small.tail), small);
    let log = twice_artanh(numerator, small.beside(if halved { 3.0 } else { 2.0 }));
    let ln_2 = Pair::blend(halved, Pair::of(LN_2), Pair::exact(0.0));
    let positive = Pair::blend(0.0 < x.head, x, Pair::exact(0.0));
    positive.plus(log.plus(ln_2))
}
