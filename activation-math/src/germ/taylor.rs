//! Taylor coefficients of the elementary functions, and their composition with an infinitesimal germ.
//!
//! The coefficients at a point a follow from the functions' differential equations, each arranged so that nothing
//! cancels at a large |a|: the logistic sigmoid s goes with its complement c (s' = sc, c' = -sc), tanh with sech.

use core::f64::consts::FRAC_2_SQRT_PI;

use super::coefficient::Coefficient;
use super::{Germ, TERMS};
use crate::Real;

/// How many coefficients are used; one more is needed to judge the error of the last.
const ORDER: usize = TERMS;

/// f(a + h) = series[0] + series[1] h + …
pub(super) type Series = [f64; ORDER + 1];

/// The sum of `series[k] tail^k`, where the point of expansion is `base` (its error matters) and `tail` tends to zero.
pub(super) fn compose(series: &Series, base: Coefficient, tail: Germ) -> Germ {
    if tail.as_constant() == Some(0.0) {
        return Germ::constant(coefficient(series, base, 0));
    }
    let mut result = Germ::BOUNDED;
    for index in (0..ORDER).rev() {
        let value = series[index];
        // Away from zero, a vanishing coefficient is one that has underflowed: all that is left is its order.
        result = if base.value != 0.0 && !value.is_normal() && value.is_finite() {
            Germ::BOUNDED
        } else {
            result * tail + Germ::constant(coefficient(series, base, index))
        };
        if result.is_unknown() {
            return Germ::UNKNOWN;
        }
    }
    result
}

fn coefficient(series: &Series, base: Coefficient, index: usize) -> Coefficient {
    let value = series[index];
    if base.value != 0.0 && !value.is_normal() {
        return Coefficient { value: f64::NAN, error: 0.0 };
    }
    // The recurrences lose what cancels among terms of the size of the former coefficients.
    let from = index.min(1);
    let size = series[from..=index].iter().fold(0.0f64, |largest, value| largest.max(value.abs()));
    let whole = value == libm::trunc(value) && base.error == 0.0 && base.value == 0.0;
    let rounding = if whole { 0.0 } else { 4.0 * f64::EPSILON * size };
    let inherited = base.error * (index + 1) as f64 * series[index + 1].abs();
    let scale = series.iter().fold(0.0f64, |largest, value| largest.max(value.abs()));
    Coefficient { value, error: rounding + inherited }.settled(scale)
}

/// From the first coefficient and the next one after each.
fn recurrence(first: f64, next: impl Fn(usize, &Series) -> f64) -> Series {
    let mut series = [0.0; ORDER + 1];
    series[0] = first;
    for k in 0..ORDER {
        series[k + 1] = next(k, &series);
    }
    series
}

/// The series with this value and this derivative.
fn integral(value: f64, derivative: &Series) -> Series {
    recurrence(value, |k, _| derivative[k] / (k + 1) as f64)
}

/// The k-th coefficient of a product.
fn convolution(left: &Series, right: &Series, k: usize) -> f64 {
    (0..=k).map(|i| left[i] * right[k - i]).sum()
}

/// 1/(1 + h).
pub(super) fn reciprocal() -> Series {
    recurrence(1.0, |k, series| -series[k])
}

/// (1 + h)^exponent.
pub(super) fn binomial(exponent: f64) -> Series {
    recurrence(1.0, |k, series| series[k] * (exponent - k as f64) / (k + 1) as f64)
}

/// At a > -1.
pub(super) fn log1p(a: f64) -> Series {
    let slope = recurrence(1.0 / (1.0 + a), |k, series| -series[k] / (1.0 + a));
    integral(a.log1p(), &slope)
}

/// The asymptotic series Σ (-1)^k (2k-1)!! v^k of `erfc(u) · u √π exp(u²)` in v = 1/(2u²).
pub(super) fn erfc_tail() -> Series {
    recurrence(1.0, |k, series| -series[k] * (2 * k + 1) as f64)
}

/// exp at zero; another factor does the rest.
pub(super) fn exp() -> Series {
    recurrence(1.0, |k, series| series[k] / (k + 1) as f64)
}

pub(super) fn expm1(a: f64) -> Series {
    integral(a.expm1(), &exp().map(|value| a.exp() * value))
}

/// f'' = sign · f.
fn second_order(value: f64, slope: f64, sign: f64) -> Series {
    recurrence(value, |k, series| match k {
        0 => slope,
        _ => sign * series[k - 1] / (k * (k + 1)) as f64,
    })
}

pub(super) fn sinh(a: f64) -> Series {
    second_order(a.sinh(), a.cosh(), 1.0)
}

pub(super) fn cosh(a: f64) -> Series {
    second_order(a.cosh(), a.sinh(), 1.0)
}

pub(super) fn sin(a: f64) -> Series {
    second_order(a.sin(), a.cos(), -1.0)
}

pub(super) fn cos(a: f64) -> Series {
    second_order(a.cos(), -a.sin(), -1.0)
}

/// S and T of sech' = -S T and tanh' = S².
fn sech_and_tanh(a: f64) -> (Series, Series) {
    let mut sech = [0.0; ORDER + 1];
    let mut tanh = [0.0; ORDER + 1];
    (sech[0], tanh[0]) = (a.sech(), a.tanh());
    for k in 0..ORDER {
        let divisor = (k + 1) as f64;
        sech[k + 1] = -convolution(&sech, &tanh, k) / divisor;
        tanh[k + 1] = convolution(&sech, &sech, k) / divisor;
    }
    (sech, tanh)
}

pub(super) fn sech(a: f64) -> Series {
    sech_and_tanh(a).0
}

pub(super) fn tanh(a: f64) -> Series {
    sech_and_tanh(a).1
}

pub(super) fn logcosh(a: f64) -> Series {
    integral(a.logcosh(), &tanh(a))
}

pub(super) fn sigmoid(a: f64) -> Series {
    let mut sigmoid = [0.0; ORDER + 1];
    let mut complement = [0.0; ORDER + 1];
    (sigmoid[0], complement[0]) = (a.sigmoid(), (-a).sigmoid());
    for k in 0..ORDER {
        let slope = convolution(&sigmoid, &complement, k) / (k + 1) as f64;
        sigmoid[k + 1] = slope;
        complement[k + 1] = -slope;
    }
    sigmoid
}

pub(super) fn softplus(a: f64) -> Series {
    integral(a.softplus(), &sigmoid(a))
}

/// w (1 + a² + 2ah + h²) = 1 for the derivative w.
pub(super) fn atan(a: f64) -> Series {
    let constant = 1.0 + a * a;
    let slope = recurrence(1.0 / constant, |k, series| {
        let before = if k > 0 { series[k - 1] } else { 0.0 };
        -(2.0 * a * series[k] + before) / constant
    });
    integral(a.atan(), &slope)
}

/// v' (1 + a² + 2ah + h²) = -(a + h) v for the derivative v.
pub(super) fn asinh(a: f64) -> Series {
    let constant = 1.0 + a * a;
    let slope = recurrence(1.0 / constant.sqrt(), |k, series| {
        let before = if k > 0 { k as f64 * series[k - 1] } else { 0.0 };
        -((2 * k + 1) as f64 * a * series[k] + before) / ((k + 1) as f64 * constant)
    });
    integral(a.asinh(), &slope)
}

/// g' = -2 (a + h) g for the derivative g of erf.
fn bell(a: f64) -> Series {
    recurrence(FRAC_2_SQRT_PI * (-a * a).exp(), |k, series| {
        let before = if k > 0 { series[k - 1] } else { 0.0 };
        -2.0 * (a * series[k] + before) / (k + 1) as f64
    })
}

pub(super) fn erf(a: f64) -> Series {
    integral(Real::erf(a), &bell(a))
}

pub(super) fn erfc(a: f64) -> Series {
    integral(Real::erfc(a), &bell(a).map(|value| -value))
}
