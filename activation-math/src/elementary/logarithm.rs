//! Logarithms: `x = 2^k m` with m near 1, and `ln(m) = 2 artanh(s)` with `s = (m - 1) / (m + 1)`.
//!
//! The quotient s is kept in two parts. What the polynomial adds to 2s is below a hundredth of it, and so is its rounding:
//! every logarithm here is nearly a correctly rounded one.

use super::coefficients::{LN_2, LN_2_HIGH, LN_2_LOW, LOG, TWO_THIRDS};
use super::exponential::Reduced;
use super::pair::Pair;
use super::polynomial::{clamp, polynomial, scale};
use crate::lane::Lane;

/// `2 artanh(s)` for |s| < 0.1716, whose head has half the bits.
#[inline(always)]
fn twice_artanh<L: Lane>(s: Pair<L>) -> Pair<L> {
    let value = s.value();
    let square = value * value;
    let cubic = (value * square) * (L::of(TWO_THIRDS.0) + square * polynomial(square, &LOG));
    Pair { head: s.head + s.head, tail: (s.tail + s.tail) + cubic }
}

/// The s of `m = 1 + f`.
#[inline(always)]
fn quotient<L: Lane>(f: Pair<L>) -> Pair<L> {
    let divisor = Pair::ordered_sum(L::of(2.0), f.head).plus_small(f.tail);
    f.over(divisor, L::of(1.0) / divisor.head)
}

/// `ln(1 + f)` with `1 + f` in [√½, √2]; the head has half the bits.
#[inline(always)]
pub(super) fn log_near_one<L: Lane>(f: Pair<L>) -> Pair<L> {
    twice_artanh(quotient(f))
}

/// `k ln 2 + ln(1 + f)`.
#[inline(always)]
fn assembled<L: Lane>(f: Pair<L>, k: L) -> L {
    let log = log_near_one(f);
    let sum = Pair::ordered_sum(k * L::of(LN_2_HIGH), log.head);
    sum.head + (sum.tail + (log.tail + k * L::of(LN_2_LOW)))
}

/// `ln(x) + more ln 2` for a positive finite x.
#[inline(always)]
pub(super) fn ln_of<L: Lane>(x: Pair<L>, more: L) -> L {
    let (m, k) = x.head.split();
    let tail = x.tail * clamp(-k, -1000.0, 1000.0).two_to();
    assembled(Pair::sum(m - L::of(1.0), tail), k + more)
}

/// `value` where it is a logarithm of a positive finite x, and what IEEE 754 says elsewhere.
#[inline(always)]
pub(crate) fn with_edges<L: Lane>(x: L, value: L) -> L {
    let zero = L::of(0.0);
    let edge = L::select(x.less_equal(zero), L::of(f64::NEG_INFINITY), x);
    let edge = L::select(x.less(zero), L::of(f64::NAN), edge);
    L::select(L::and(zero.less(x), x.less(L::of(f64::INFINITY))), value, edge)
}

/// `ln(x)`, for all x.
///
/// Error: [`bounds::LN`](super::bounds::LN).
#[inline]
pub fn ln<L: Lane>(x: L) -> L {
    let (m, k) = x.split();
    with_edges(x, assembled(Pair::exact(m - L::of(1.0)), k))
}

/// `ln(1 + x)`, for all x: the logarithm of the sum in two parts.
///
/// Error: [`bounds::LOG1P`](super::bounds::LOG1P).
#[inline]
pub fn log1p<L: Lane>(x: L) -> L {
    let sum = Pair::sum(L::of(1.0), x);
    let value = with_edges(sum.head, ln_of(sum, L::of(0.0)));
    // Below 2^-54 it is x.
    L::select(x.abs().less(L::of(f64::EPSILON / 4.0)), x, value)
}

/// `ln(1 + exp(x))`, for all x: `max(x, 0) + ln(1 + E)` with `E = exp(-|x|)`, whose sum is halved where it is beyond √2.
///
/// Error: [`bounds::SOFTPLUS`](super::bounds::SOFTPLUS).
#[inline]
pub fn softplus<L: Lane>(x: L) -> L {
    let (zero, one) = (L::of(0.0), L::of(1.0));
    let reduced = Reduced::of(clamp(-x.abs(), -746.0, 0.0), zero);
    let small = reduced.pair();
    let scaled = small.scaled(clamp(reduced.power, -100.0, 0.0).two_to());
    // (1 + E)/2 = 1 + (E - 1)/2, and s is (E - 1)/(E + 3).
    let halved = L::of(core::f64::consts::SQRT_2 - 1.0).less(scaled.head);
    let numerator = Pair::sum(L::select(halved, -one, zero), scaled.head).plus_small(scaled.tail);
    let divisor =
        Pair::ordered_sum(L::select(halved, L::of(3.0), L::of(2.0)), scaled.head).plus_small(scaled.tail);
    let log = twice_artanh(numerator.over(divisor, one / divisor.head));

    let ln_2 = Pair::select(halved, Pair::of(LN_2), Pair::exact(zero));
    let positive = Pair::sum(L::select(zero.less(x), x, zero), ln_2.head);
    let sum = Pair::sum(positive.head, log.head);
    let middle = sum.head + ((sum.tail + positive.tail) + (log.tail + ln_2.tail));
    // Beyond ±40 it is exp(x), or x; a NaN takes the last way.
    let right = L::select(x.less(L::of(40.0)), middle, x);
    L::select(x.less(L::of(-40.0)), scale(small.head, reduced.power), right)
}

/// `ln(x)` to 2^-65 for a positive finite x: the leading terms of the series in two parts.
#[inline(always)]
pub(super) fn ln_pair<L: Lane>(x: L) -> Pair<L> {
    let (m, k) = x.split();
    let s = quotient(Pair::exact(m - L::of(1.0)));
    let s = Pair::ordered_sum(s.head, s.tail);
    let square = s.times(s);
    let two_thirds = Pair::of(TWO_THIRDS);
    let series = Pair::ordered_sum(two_thirds.head, square.head * polynomial(square.head, &LOG));
    let cubic = s.times(square).times(series.plus_small(two_thirds.tail));
    let sum = Pair::ordered_sum(k * L::of(LN_2_HIGH), s.head + s.head);
    let all = Pair::ordered_sum(sum.head, cubic.head);
    all.plus_small(sum.tail + ((s.tail + s.tail) + (cubic.tail + k * L::of(LN_2_LOW))))
}
