//! Logarithms in `f32`: `x = 2^k (1 + f)` with f near 0, and a polynomial in f; no division.

use super::coefficients::{ARTANH, ARTANH_LONG, LN_2_HIGH, LN_2_LOW, LOG, TWO_THIRDS};
use super::exponential::decay;
use super::polynomial::at_least;
use crate::elementary::logarithm::with_edges;
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::{clamp, fused};
use crate::lane::Lane;

/// `k ln 2 + ln(1 + f)` with `1 + f` in [√½, √2].
#[inline(always)]
fn assembled<L: Lane>(f: Pair<L>, k: L) -> L {
    let square = f.head * f.head;
    let series = square * f.head.mul_add(fused(f.head, &LOG), L::of(-0.5));
    let small = series + (-f.tail).mul_add(f.head, f.tail);
    let sum = Pair::ordered_sum(k * L::of(LN_2_HIGH), f.head);
    sum.head + (sum.tail + k.mul_add(L::of(LN_2_LOW), small))
}

/// `ln(x) + more ln 2` for a positive finite x.
#[inline(always)]
pub(super) fn ln_of<L: Lane>(x: Pair<L>, more: L) -> L {
    let (m, k) = x.head.split();
    let tail = x.tail * clamp(-k, -120.0, 120.0).two_to();
    assembled(Pair::sum(m - L::of(1.0), tail), k + more)
}

/// `ln(x)`, for all x.
#[inline(always)]
pub fn ln<L: Lane>(x: L) -> L {
    let (m, k) = x.split();
    with_edges(x, assembled(Pair::exact(m - L::of(1.0)), k))
}

/// `ln(1 + x)`, for all x: the logarithm of the sum in two parts.
#[inline(always)]
pub fn log1p<L: Lane>(x: L) -> L {
    let sum = Pair::sum(L::of(1.0), x);
    let value = with_edges(sum.head, ln_of(sum, L::of(0.0)));
    L::select(x.abs().less(L::of(TINY)), x, value)
}

/// 2^-25: below, `ln(1 + x)` is x.
const TINY: f64 = 1.0 / 33_554_432.0;

/// `ln(1 + small)` for a number of [0, 1]: `2 artanh(s)` with `s = small / (2 + small)`.
#[inline(always)]
pub(super) fn log1p_within<L: Lane>(small: L) -> L {
    let s = small / (L::of(2.0) + small);
    let square = s * s;
    s * square.mul_add(fused(square, &ARTANH), L::of(2.0))
}

/// `ln(1 + exp(x))`, for all x: `max(x, 0) + ln(1 + E)` with `E = exp(-|x|)`.
#[inline(always)]
pub fn softplus<L: Lane>(x: L) -> L {
    at_least(x, 0.0) + log1p_within(decay(x))
}

/// `ln(x)` to 2^-38 for a positive finite x: `2 artanh(s)` with `s = f / (2 + f)`, the leading terms in two parts.
#[inline(always)]
pub(super) fn ln_pair<L: Lane>(x: L) -> Pair<L> {
    let (m, k) = x.split();
    let f = m - L::of(1.0);
    let divisor = Pair::ordered_sum(L::of(2.0), f);
    let s = Pair::exact(f).over(divisor, L::of(1.0) / divisor.head);
    let s = Pair::ordered_sum(s.head, s.tail);
    let square = s.times(s);
    let two_thirds = Pair::of(TWO_THIRDS);
    let series = Pair::ordered_sum(two_thirds.head, square.head * fused(square.head, &ARTANH_LONG));
    let cubic = s.times(square).times(series.plus_small(two_thirds.tail));
    let sum = Pair::ordered_sum(k * L::of(LN_2_HIGH), s.head + s.head);
    let all = Pair::ordered_sum(sum.head, cubic.head);
    all.plus_small(sum.tail + ((s.tail + s.tail) + (cubic.tail + k * L::of(LN_2_LOW))))
}
