//! Hyperbolic functions in `f32`: power series near 0, one exponential and one division elsewhere.

use super::coefficients::{ASINH, LN_2, LOGCOSH, SINH, TANH, TANHSHRINK, THIRD};
use super::exponential::{Reduced, exp_within};
use super::logarithm::{ln_of, log1p_within};
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::{clamp, polynomial, scale};
use crate::lane::Lane;

/// Where the series of `tanh` and `asinh` end.
const NEAR: f64 = 0.625;

/// `x + x³ P(x²)`.
#[inline(always)]
fn odd_series<L: Lane, const COUNT: usize>(x: L, coefficients: &[f64; COUNT]) -> L {
    let square = x * x;
    x + (x * square) * polynomial(square, coefficients)
}

/// `exp(|x|) / 2`, which does not overflow before the hyperbolic functions do.
#[inline(always)]
fn half_exp<L: Lane>(size: L) -> L {
    let reduced = Reduced::of(clamp(size, 0.0, 90.0), L::of(0.0));
    scale(reduced.value(), reduced.power - L::of(1.0))
}

/// `cosh(x)`, for all x.
#[inline(always)]
pub fn cosh<L: Lane>(x: L) -> L {
    let half = half_exp(x.abs());
    half + L::of(0.25) / half
}

/// `sinh(x)`, for all x.
#[inline(always)]
pub fn sinh<L: Lane>(x: L) -> L {
    let size = x.abs();
    let half = half_exp(size);
    let far = half - L::of(0.25) / half;
    L::select(size.less(L::of(1.0)), odd_series(size, &SINH), far).copysign(x)
}

/// `1 / cosh(x)`, for all x: `2 E / (1 + E²)` with `E = exp(-|x|)`; gradual underflow.
#[inline(always)]
pub fn sech<L: Lane>(x: L) -> L {
    let reduced = Reduced::of(clamp(-x.abs(), -106.0, 0.0), L::of(0.0));
    let value = reduced.value();
    // Whether it is 2^-100 or less makes no difference beside 1.
    let small = value * clamp(reduced.power, -100.0, 0.0).two_to();
    scale((value + value) / (L::of(1.0) + small * small), reduced.power)
}

/// `1 - tanh(size)` for `size >= 0`: `2 / (exp(2 size) + 1)`.
#[inline(always)]
fn tanh_gap<L: Lane>(size: L) -> L {
    // Beyond 40 it is nothing beside the tanh and beside the argument.
    let bounded = clamp(size, 0.0, 40.0);
    L::of(2.0) / (exp_within(bounded + bounded) + L::of(1.0))
}

/// `tanh(x)`, for all x.
#[inline(always)]
pub fn tanh<L: Lane>(x: L) -> L {
    let size = x.abs();
    let far = L::of(1.0) - tanh_gap(size);
    L::select(size.less(L::of(NEAR)), odd_series(size, &TANH), far).copysign(x)
}

/// `x - tanh(x)`, for all x; `x³ (1/3 + x² S(x²))` where the two nearly cancel.
#[inline(always)]
pub fn tanhshrink<L: Lane>(x: L) -> L {
    let (size, one) = (x.abs(), L::of(1.0));
    let square = size * size;
    let cube = Pair::product(size, size).times(Pair::exact(size));
    let series = L::of(THIRD.0) + (square * polynomial(square, &TANHSHRINK) + L::of(THIRD.1));
    let near = cube.head * series + cube.tail * series;
    let far = (size - one) + tanh_gap(size);
    L::select(size.less(one), near, far).copysign(x)
}

/// `ln(cosh(x))`, for all x; `x² (1/2 + x² S(x²))` where the hyperbolic cosine is near 1, and
/// `|x| - ln 2 + ln(1 + exp(-2|x|))` elsewhere.
#[inline(always)]
pub fn logcosh<L: Lane>(x: L) -> L {
    let size = x.abs();
    let square = size * size;
    let near = square * (L::of(0.5) + square * polynomial(square, &LOGCOSH));
    let bounded = clamp(size, 0.0, 40.0);
    let log = log1p_within(exp_within(-(bounded + bounded)));
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
    let sum = Pair::ordered_sum((bounded * bounded + one).sqrt(), bounded);
    let argument = Pair::select(large, Pair::exact(size), sum);
    let far = ln_of(argument, L::select(large, one, zero));
    let value = L::select(size.less(L::of(NEAR)), odd_series(size, &ASINH), far);
    L::select(size.less(L::of(f64::INFINITY)), value, size).copysign(x)
}
