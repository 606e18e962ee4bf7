//! The error function and its complement in `f32`.
//!
//! Near 0 `erf(x) = x + x Q(x²)`; further out `erfc(x) = exp(-x²) P(t) / (x + 5/8)` with `t = (x - 4)/(x + 4)` (after
//! Shepherd and Laframboise, 1981). x² is exact in two parts, as the exponential needs it.

use super::coefficients::{ERF, ERFC, ERFC_FIRST};
use super::exponential::Reduced;
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::{clamp, polynomial, scale};
use crate::lane::Lane;

/// Where the series of the error function ends: its complement would show the error of a longer one.
const END: f64 = 0.75;

/// `erf(size)` below [`END`].
#[inline(always)]
fn near<L: Lane>(size: L) -> L {
    size + size * polynomial(size * size, &ERF)
}

/// `erfc(size)` from [`END`] on.
#[inline(always)]
fn far<L: Lane>(size: L) -> L {
    // At 11 it is 0 in every rounding.
    let size = clamp(size, END, 11.0);
    let square = Pair::product(size, size);
    let gauss = Reduced::of(-square.head, -square.tail);
    let t = (size - L::of(4.0)) / (size + L::of(4.0));
    let first = Pair::of(ERFC_FIRST);
    let factor = Pair::ordered_sum(first.head, t * polynomial(t, &ERFC)).plus_small(first.tail);
    let divisor = Pair::ordered_sum(size, L::of(0.625));
    let quotient = factor.over(divisor, L::of(1.0) / divisor.head);
    let rest = quotient.tail + quotient.value() * gauss.without_one();
    scale(quotient.head + rest, gauss.power)
}

/// The error function, for all x.
#[inline(always)]
pub fn erf<L: Lane>(x: L) -> L {
    let size = x.abs();
    L::select(size.less(L::of(END)), near(size), L::of(1.0) - far(size)).copysign(x)
}

/// The complement `1 - erf(x)`, for all x; gradual underflow.
#[inline(always)]
pub fn erfc<L: Lane>(x: L) -> L {
    let size = x.abs();
    let (near, far) = (near(size).copysign(x), far(size));
    let far = L::select(x.less(L::of(0.0)), L::of(2.0) - far, far);
    L::select(size.less(L::of(END)), L::of(1.0) - near, far)
}
