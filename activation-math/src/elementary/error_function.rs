//! The error function and its complement.
//!
//! Below 1/2 `erf(x) = x (2/√π + x² Q(x²))`. From there on `erfc(x) = exp(-x²) P(t) / (x + 5/8)` with one polynomial in
//! `t = (x - 4)/(x + 4)` up to where it underflows (after Shepherd and Laframboise, 1981): the other two factors leave it
//! so flat that its roundings, and those of t, count a tenth. x² is exact in two parts, as the exponential needs it.

use super::coefficients::{ERF, ERFC, ERFC_FIRST, TWO_OVER_ROOT_PI};
use super::exponential::Reduced;
use super::pair::Pair;
use super::polynomial::{TINY, UP, clamp, polynomial, scale};
use crate::lane::Lane;

/// Where the series of the error function ends.
const MIDDLE: f64 = 0.5;

/// `erf(size)` below [`MIDDLE`], times [`UP`] where the argument is tiny; and where that is.
#[inline(always)]
fn near<L: Lane>(size: L) -> (Pair<L>, L::Mask) {
    let square = size * size;
    let first = Pair::of(TWO_OVER_ROOT_PI);
    let factor = Pair::ordered_sum(first.head, square * polynomial(square, &ERF)).plus_small(first.tail);
    let tiny = size.less(L::of(TINY));
    let size = L::select(tiny, size * L::of(UP), size);
    (factor.times(Pair::exact(size)), tiny)
}

/// `erfc(size)` from [`MIDDLE`] on: its head has half the bits, and is to be multiplied by 2 to the power that comes with
/// it.
#[inline(always)]
fn far<L: Lane>(size: L) -> (Pair<L>, L) {
    // At 28 it is 0 in every rounding.
    let size = clamp(size, MIDDLE, 28.0);
    let square = Pair::product(size, size);
    let gauss = Reduced::of(-square.head, -square.tail);
    let (divisor, sum) = (Pair::sum(size, L::of(0.625)), size + L::of(4.0));
    let inverse = L::of(1.0) / (divisor.head * sum);
    let t = (size - L::of(4.0)) * (inverse * divisor.head);
    let first = Pair::of(ERFC_FIRST);
    let factor = Pair::ordered_sum(first.head, t * polynomial(t, &ERFC)).plus_small(first.tail);
    (gauss.pair().times(factor).over(divisor, inverse * sum), gauss.power)
}

/// `1 - far`, or `2 - far`.
#[inline(always)]
fn without<L: Lane>(whole: f64, (far, power): (Pair<L>, L)) -> L {
    // Whether it is 2^-100 or less makes no difference.
    let far = far.scaled(clamp(power, -100.0, 0.0).two_to());
    let rest = Pair::ordered_sum(L::of(whole), -far.head);
    rest.head + (rest.tail - far.tail)
}

/// The error function, for all x.
///
/// Error: [`bounds::ERF`](super::bounds::ERF).
#[inline]
pub fn erf<L: Lane>(x: L) -> L {
    let size = x.abs();
    let (near, tiny) = near(size);
    let near = L::select(tiny, near.value() * L::of(TINY), near.value());
    L::select(size.less(L::of(MIDDLE)), near, without(1.0, far(size))).copysign(x)
}

/// The complement `1 - erf(x)`, for all x; gradual underflow.
///
/// Error: [`bounds::ERFC`](super::bounds::ERFC).
#[inline]
pub fn erfc<L: Lane>(x: L) -> L {
    let (zero, one) = (L::of(0.0), L::of(1.0));
    let size = x.abs();
    let negative = x.less(zero);
    // A tiny argument leaves 1, scaled or not.
    let (near, tiny) = near(size);
    let near = Pair::select(tiny, Pair::exact(zero), near).scaled(one.copysign(x));
    let rest = Pair::ordered_sum(one, -near.head);
    let near = rest.head + (rest.tail - near.tail);

    let (far, power) = far(size);
    let right = scale(far.value(), power);
    let outer = L::select(negative, without(2.0, (far, power)), right);
    L::select(size.less(L::of(MIDDLE)), near, outer)
}
