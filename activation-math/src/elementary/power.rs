//! Real powers: `exp(y ln x)`, the logarithm and the product in two parts.

use super::exponential::Reduced;
use super::logarithm::ln_pair;
use super::pair::Pair;
use super::polynomial::{clamp, scale};
use crate::lane::Lane;

/// 2^80: no number but 1 has such a power within the range.
const LARGEST_EXPONENT: f64 = 1_208_925_819_614_629_174_706_176.0;

/// `x^y` as IEEE 754 defines `pow`: a negative base has whole powers only, `x^0` and `1^y` are 1 even for a NaN. Powers
/// that an f64 holds exactly are exact.
///
/// Error: [`bounds::POW`](super::bounds::POW).
#[inline]
pub fn pow<L: Lane>(x: L, y: L) -> L {
    let size = x.abs();
    let exponent = clamp(y, -LARGEST_EXPONENT, LARGEST_EXPONENT);
    let log = ln_pair(size).times(Pair::exact(exponent));
    let beyond = L::of(800.0).less(log.head.abs());
    let bound = Pair::exact(L::of(800.0).copysign(log.head));
    let log = Pair::select(beyond, bound, log);
    let reduced = Reduced::of(log.head, log.tail);
    with_edges(x, y, scale(reduced.pair().value(), reduced.power))
}

/// `value` where it is `|x|^y`, with the sign that the power has, and what IEEE 754 says elsewhere.
#[inline(always)]
pub(crate) fn with_edges<L: Lane>(x: L, y: L, value: L) -> L {
    let (zero, one, infinity) = (L::of(0.0), L::of(1.0), L::of(f64::INFINITY));
    let size = x.abs();

    // The powers of 0 and infinity.
    let (is_zero, is_infinite) = (size.less_equal(zero), infinity.less_equal(size));
    let grows = L::or(L::and(is_infinite, zero.less(y)), L::and(is_zero, y.less(zero)));
    let edge = L::select(grows, infinity, zero);
    let value = L::select(L::or(is_zero, is_infinite), edge, value);

    let whole = y.is_whole();
    let odd = L::and(whole, L::not((y * L::of(0.5)).is_whole()));
    let negative = one.copysign(x).less(zero);
    let value = L::select(L::and(negative, odd), -value, value);
    let undefined = L::and(L::and(x.less(zero), L::not(is_infinite)), L::not(whole));
    let value = L::select(undefined, L::of(f64::NAN), value);

    let is_number = L::and(x.less_equal(infinity), y.less_equal(infinity));
    let value = L::select(is_number, value, x + y);
    let is_one = L::and(x.less_equal(one), one.less_equal(x));
    let is_power_zero = y.abs().less_equal(zero);
    L::select(L::or(is_one, is_power_zero), one, value)
}
