//! Hyperbolic functions, from `exp(r)` and `exp(-r)` of one reduced argument.

use super::coefficients::{LN_2, LOGCOSH, TANHSHRINK, THIRD};
use super::exponential::{Reduced, half_expm1};
use super::logarithm::{ln_of, log_near_one};
use super::pair::Pair;
use super::polynomial::{TINY, UP, clamp, polynomial, scale};
use crate::lane::Lane;

/// `exp(|x|) = 2^n exp(r)`, and `2^(-2n)`, or something as negligible beside 1. At 746 a hyperbolic secant is 0.
#[inline(always)]
fn reduced<L: Lane>(x: L) -> (Reduced<L>, L) {
    let reduced = Reduced::of(clamp(x.abs(), 0.0, 746.0), L::of(0.0));
    let factor = clamp(reduced.power * L::of(-2.0), -200.0, 0.0).two_to();
    (reduced, factor)
}

/// `2^(1-n) cosh(x)`, which is `exp(r) + 2^(-2n) exp(-r)`, and n.
#[inline(always)]
fn twice_cosh<L: Lane>(x: L) -> (Pair<L>, L) {
    let (Reduced { power, head, odd, even, .. }, factor) = reduced(x);
    let ones = Pair::ordered_sum(L::of(1.0), factor);
    let sum = Pair::ordered_sum(ones.head, head);
    let small = (even * ones.head + odd * (L::of(1.0) - factor)) - factor * head;
    (sum.plus_small(ones.tail + small), power)
}

/// `cosh(x)`, for all x.
///
/// Error: [`bounds::COSH`](super::bounds::COSH).
#[inline]
pub fn cosh<L: Lane>(x: L) -> L {
    let (twice, power) = twice_cosh(x);
    scale(twice.value(), power - L::of(1.0))
}

/// `1 / cosh(x)`, for all x; gradual underflow.
///
/// Error: [`bounds::SECH`](super::bounds::SECH).
#[inline]
pub fn sech<L: Lane>(x: L) -> L {
    let (twice, power) = twice_cosh(x);
    let value = Pair::exact(L::of(2.0)).over(twice, L::of(1.0) / twice.head).value();
    scale(value, -power)
}

/// `sinh(x)`, for all x.
///
/// Error: [`bounds::SINH`](super::bounds::SINH).
#[inline]
pub fn sinh<L: Lane>(x: L) -> L {
    let (Reduced { power, head, odd, even, .. }, factor) = reduced(x);
    let ones = Pair::ordered_sum(L::of(1.0), -factor);
    let heads = Pair::ordered_sum(head, factor * head);
    let sum = Pair::sum(ones.head, heads.head);
    let small = even * ones.head + odd * (L::of(1.0) + factor);
    scale(sum.head + (small + (ones.tail + (heads.tail + sum.tail))), power - L::of(1.0)).copysign(x)
}

/// `tanh(size)` for `size >= 0`, with half the bits in the head: `(1 - E) / (1 + E)` with `E = exp(-2 size)`.
#[inline(always)]
fn tanh_pair<L: Lane>(size: L) -> Pair<L> {
    let half = half_expm1(size * L::of(-2.0)).scaled(L::of(-1.0));
    let divisor = Pair::ordered_sum(L::of(1.0), -half.head).plus_small(-half.tail);
    half.over(divisor, L::of(1.0) / divisor.head)
}

/// `tanh(x)`, for all x.
///
/// Error: [`bounds::TANH`](super::bounds::TANH).
#[inline]
pub fn tanh<L: Lane>(x: L) -> L {
    let size = x.abs();
    // Below 2^-28, where parts of a quotient might underflow, the cubic term is lost in rounding.
    L::select(size.less(L::of(SMALL)), size, tanh_pair(size).value()).copysign(x)
}

/// 2^-28: below, odd functions with slope 1 are x.
pub(super) const SMALL: f64 = 1.0 / 268_435_456.0;

/// `x - tanh(x)`, for all x; `x³ (1/3 + x² S(x²))` where the two nearly cancel.
///
/// Error: [`bounds::TANHSHRINK`](super::bounds::TANHSHRINK).
#[inline(always)]
pub fn tanhshrink<L: Lane>(x: L) -> L {
    let size = x.abs();
    let square = size * size;
    let tiny = size.less(L::of(TINY));
    let near = L::select(tiny, size * L::of(UP), size);
    let third = Pair::of(THIRD);
    let series =
        Pair::ordered_sum(third.head, square * polynomial(square, &TANHSHRINK)).plus_small(third.tail);
    let near = Pair::product(near, near).times(series).times(Pair::exact(near)).value();
    let near = L::select(tiny, near * L::of(TINY * TINY) * L::of(TINY), near);

    let bounded = clamp(size, 0.0, LARGE);
    let tanh = tanh_pair(bounded);
    let far = Pair::sum(bounded, -tanh.head).value() - tanh.tail;
    let far = L::select(bounded.less(size), size, far);
    L::select(square.less(L::of(0.5)), near, far).copysign(x)
}

/// 2^100: beyond, nothing that is of the size of 1 can be seen.
const LARGE: f64 = 1_267_650_600_228_229_401_496_703_205_376.0;

/// `ln(cosh(x))`, for all x; `x² (1/2 + x² S(x²))` where the hyperbolic cosine is near 1, and
/// `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
///
/// Error: [`bounds::LOGCOSH`](super::bounds::LOGCOSH).
#[inline(always)]
pub fn logcosh<L: Lane>(x: L) -> L {
    let size = x.abs();
    let square = size * size;
    let tiny = size.less(L::of(TINY));
    let near = L::select(tiny, size * L::of(UP), size);
    let series = Pair::ordered_sum(L::of(0.5), square * polynomial(square, &LOGCOSH));
    let near = Pair::product(near, near).times(series).value();
    let near = L::select(tiny, near * L::of(TINY * TINY), near);

    let bounded = clamp(size, 0.0, LARGE);
    let reduced = Reduced::of(clamp(size * L::of(-2.0), -100.0, 0.0), L::of(0.0));
    let tail = log_near_one(reduced.pair().scaled(reduced.power.two_to()));
    let shifted = Pair::sum(bounded, -L::of(LN_2.0));
    let far = Pair::sum(shifted.head, tail.head);
    let far = far.head + ((far.tail + shifted.tail) + (tail.tail - L::of(LN_2.1)));
    let far = L::select(bounded.less(size), size, far);
    L::select(square.less(L::of(0.5)), near, far)
}

/// `asinh(x)`, for all x: `ln(|x| + sqrt(x² + 1))`, the sum in two parts.
///
/// Error: [`bounds::ASINH`](super::bounds::ASINH).
#[inline]
pub fn asinh<L: Lane>(x: L) -> L {
    let (one, size) = (L::of(1.0), x.abs());
    // Beyond 2^28 the logarithm is that of 2|x|.
    let large = L::of(1.0 / SMALL).less_equal(size);
    let bounded = L::select(large, one, size);
    let square = Pair::product(bounded, bounded);
    let radicand = Pair::sum(one, square.head).plus_small(square.tail);
    let root = radicand.head.sqrt();
    let squared = Pair::product(root, root);
    let rest = ((radicand.head - squared.head) - squared.tail) + radicand.tail;
    let sum = Pair::ordered_sum(root, bounded).plus_small(rest / (root + root));
    let (argument, more) = (Pair::select(large, Pair::exact(size), sum), L::select(large, one, L::of(0.0)));
    let value = ln_of(argument, more);
    let is_itself = L::or(size.less(L::of(SMALL)), L::not(size.less(L::of(f64::INFINITY))));
    L::select(is_itself, size, value).copysign(x)
}
