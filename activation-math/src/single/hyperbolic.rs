//! Hyperbolic functions in `f32`: power series near 0, one exponential and one division elsewhere; the tangent is one
//! quotient of two polynomials.

use super::coefficients::{ASINH, LN_2, LOGCOSH, SINH, TANH_OVER, TANH_UNDER, TANHSHRINK, THIRD};
use super::exponential::{decay, growth};
use super::logarithm::{ln_of, log1p_within};
use super::polynomial::{at_least, at_most};
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// Where the series of `asinh` ends.
const NEAR: f64 = 0.625;

/// `x + x³ P(x²)`.
#[inline(always)]
fn odd_series<L: Lane, const COUNT: usize>(x: L, coefficients: &[f64; COUNT]) -> L {
    let square = x * x;
    (x * square).mul_add(fused(square, coefficients), x)
}

/// `cosh(x)`: infinite from 2^126.5 on.
#[inline(always)]
pub fn cosh<L: Lane>(x: L) -> L {
    let half = growth(x.abs()) * L::of(0.5);
    half + L::of(0.25) / half
}

/// `sinh(x)`: infinite from 2^126.5 on.
#[inline(always)]
pub fn sinh<L: Lane>(x: L) -> L {
    let size = x.abs();
    let half = growth(size) * L::of(0.5);
    let far = half - L::of(0.25) / half;
    L::select(size.less(L::of(1.0)), odd_series(size, &SINH), far).copysign(x)
}

/// `1 / cosh(x)`: `2 E / (1 + E²)` with `E = exp(-|x|)`.
#[inline(always)]
pub fn sech<L: Lane>(x: L) -> L {
    let small = decay(x);
    (small + small) / small.mul_add(small, L::of(1.0))
}

/// `tanh(x)`, for all x.
#[inline(always)]
pub fn tanh<L: Lane>(x: L) -> L {
    // From 9.02 on the result is ±1, and the quotient a constant.
    let square = at_most(x * x, 81.3604);
    // The constant takes most of the quotient's errors away where the result is near 1.
    let value = x * (L::of(5.0 / 32.0) + fused(square, &TANH_OVER) / fused(square, &TANH_UNDER));
    at_most(at_least(value, -1.0), 1.0)
}

/// `x - tanh(x)`, for all x; `x³ (1/3 + x² S(x²))` where the two nearly cancel.
#[inline(always)]
pub fn tanhshrink<L: Lane>(x: L) -> L {
    let (size, one) = (x.abs(), L::of(1.0));
    let square = size * size;
    let cube = Pair::product(size, size).times(Pair::exact(size));
    let series = L::of(THIRD.0) + square.mul_add(fused(square, &TANHSHRINK), L::of(THIRD.1));
    let near = cube.head.mul_add(series, cube.tail * series);
    // 1 - tanh(x) is 2 / (exp(2x) + 1); far out it is nothing beside x.
    let bounded = at_most(size, 40.0);
    let far = (size - one) + L::of(2.0) / (growth(bounded + bounded) + one);
    L::select(size.less(one), near, far).copysign(x)
}

/// `ln(cosh(x))`, for all x; `x² (1/2 + x² S(x²))` where the hyperbolic cosine is near 1, and
/// `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
#[inline(always)]
pub fn logcosh<L: Lane>(x: L) -> L {
    let size = x.abs();
    let square = size * size;
    let near = square * square.mul_add(fused(square, &LOGCOSH), L::of(0.5));
    let log = log1p_within(decay(size + size));
    let far = (size - L::of(LN_2.0)) + (log - L::of(LN_2.1));
    L::select(size.less(L::of(1.0)), near, far)
}

/// `asinh(x)`, for all x; a power series near 0, `ln(|x| + sqrt(x² + 1))`, the sum in two parts, elsewhere.
#[inline(always)]
pub fn asinh<L: Lane>(x: L) -> L {
    let (zero, one, size) = (L::of(0.0), L::of(1.0), x.abs());
    // From 2^12 on the logarithm is that of 2|x|.
    let large = L::of(4096.0).less_equal(size);
    let bounded = L::select(large, one, size);
    let sum = Pair::ordered_sum(bounded.mul_add(bounded, one).sqrt(), bounded);
    let argument = Pair::select(large, Pair::exact(size), sum);
    let far = ln_of(argument, L::select(large, one, zero));
    let value = L::select(size.less(L::of(NEAR)), odd_series(size, &ASINH), far);
    L::select(size.less(L::of(f64::INFINITY)), value, size).copysign(x)
}
