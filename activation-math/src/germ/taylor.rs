//! Taylor coefficients of the elementary functions, and their composition with an infinitesimal germ.
//!
//! The coefficients at a point a follow from the functions' differential equations, each arranged so that nothing
//! cancels at a large |a|: the logistic sigmoid s goes with its complement c (s' = sc, c' = -sc), tanh with sech.

use super::coefficient::Coefficient;
use super::{Germ, TERMS};
use crate::long::bounds;
use crate::tracked::Approximate;
use crate::{Long, Magnitude, Real, Size};

/// f(a + h) = series[0] + series[1] h + … As many are used as there are terms in a sum; one more is needed to judge the error
/// of the last. The ones behind are zero.
pub(super) type Series = [Long; TERMS + 1];

/// A bound of what the recurrences have rounded off, relative to the largest coefficient that they went through.
const ROUNDING: f64 = 16.0 * bounds::ERFC;

/// The sum of `series[k] tail^k`, where the point of expansion is `base` (its error matters) and `tail` tends to zero.
pub(super) fn compose(series: impl FnOnce(usize) -> Series, base: Coefficient, tail: Germ) -> Germ {
    let most = tail.most_terms();
    let series = &series(most);
    if tail.as_constant().is_some_and(|constant| constant.value.is_zero()) {
        return Germ::constant(coefficient(series, base, 0));
    }
    let mut result = Germ::BOUNDED;
    for index in (0..most).rev() {
        result = result * tail + Germ::constant(coefficient(series, base, index));
        if result.is_unknown() {
            return Germ::UNKNOWN;
        }
    }
    result
}

fn coefficient(series: &Series, base: Coefficient, index: usize) -> Coefficient {
    let value = series[index];
    let largest = |of: &[Long]| of.iter().fold(Magnitude::ZERO, |most, value| most.or(value.size()));
    // The recurrences lose what cancels among terms of the size of the former coefficients.
    let size = largest(&series[index.min(1)..=index]);
    let whole = base.error.is_zero() && base.value.is_zero() && value.is_whole();
    let rounding = if whole { Magnitude::ZERO } else { size * Magnitude::of(ROUNDING) };
    let inherited = base.error * Magnitude::of((index + 1) as f64) * series[index + 1].size();
    Coefficient { value, error: rounding + inherited }.settled(largest(series))
}

fn whole(value: usize) -> Long {
    Long::from_f64(value as f64)
}

/// From the first coefficient and the next one after each.
fn recurrence(most: usize, first: Long, next: impl Fn(usize, &Series) -> Long) -> Series {
    let mut series = [Long::ZERO; TERMS + 1];
    series[0] = first;
    for k in 0..most {
        series[k + 1] = next(k, &series);
    }
    series
}

/// The coefficient before the k-th one, which is zero before the first one.
fn before(series: &Series, k: usize) -> Long {
    k.checked_sub(1).map_or(Long::ZERO, |before| series[before])
}

/// The series with this value and this derivative.
fn integral(most: usize, value: Long, derivative: &Series) -> Series {
    recurrence(most, value, |k, _| derivative[k] / whole(k + 1))
}

/// The k-th coefficient of a product.
fn convolution(left: &Series, right: &Series, k: usize) -> Long {
    (0..=k).fold(Long::ZERO, |sum, i| sum + left[i] * right[k - i])
}

/// 1/(1 + h).
pub(super) fn reciprocal(most: usize) -> Series {
    recurrence(most, Long::ONE, |k, series| -series[k])
}

/// (1 + h)^exponent.
pub(super) fn binomial(exponent: Long, most: usize) -> Series {
    recurrence(most, Long::ONE, |k, series| series[k] * (exponent - whole(k)) / whole(k + 1))
}

/// At a > -1.
pub(super) fn log1p(a: Long, most: usize) -> Series {
    let inverse = Long::ONE / (Long::ONE + a);
    let slope = recurrence(most, inverse, |k, series| -series[k] * inverse);
    integral(most, a.log1p(), &slope)
}

/// The asymptotic series Σ (-1)^k (2k-1)!! v^k of `erfc(u) · u √π exp(u²)` in v = 1/(2u²).
pub(super) fn erfc_tail(most: usize) -> Series {
    recurrence(most, Long::ONE, |k, series| -series[k] * whole(2 * k + 1))
}

/// exp at zero; another factor does the rest.
pub(super) fn exp(most: usize) -> Series {
    recurrence(most, Long::ONE, |k, series| series[k] / whole(k + 1))
}

pub(super) fn expm1(a: Long, most: usize) -> Series {
    let factor = a.exp();
    integral(most, a.expm1(), &exp(most).map(|value| factor * value))
}

/// f'' = f, or f'' = -f.
fn second_order(most: usize, value: Long, slope: Long, alternating: bool) -> Series {
    recurrence(most, value, |k, series| match k {
        0 => slope,
        _ => {
            let next = series[k - 1] / whole(k * (k + 1));
            if alternating { -next } else { next }
        }
    })
}

pub(super) fn sinh(a: Long, most: usize) -> Series {
    second_order(most, a.sinh(), a.cosh(), false)
}

pub(super) fn cosh(a: Long, most: usize) -> Series {
    second_order(most, a.cosh(), a.sinh(), false)
}

pub(super) fn sin(a: Long, most: usize) -> Series {
    second_order(most, a.sin(), a.cos(), true)
}

pub(super) fn cos(a: Long, most: usize) -> Series {
    second_order(most, a.cos(), -a.sin(), true)
}

/// S and T of sech' = -S T and tanh' = S².
fn sech_and_tanh(a: Long, most: usize) -> (Series, Series) {
    let mut sech = [Long::ZERO; TERMS + 1];
    let mut tanh = [Long::ZERO; TERMS + 1];
    (sech[0], tanh[0]) = (a.sech(), a.tanh());
    for k in 0..most {
        sech[k + 1] = -convolution(&sech, &tanh, k) / whole(k + 1);
        tanh[k + 1] = convolution(&sech, &sech, k) / whole(k + 1);
    }
    (sech, tanh)
}

pub(super) fn sech(a: Long, most: usize) -> Series {
    sech_and_tanh(a, most).0
}

pub(super) fn tanh(a: Long, most: usize) -> Series {
    sech_and_tanh(a, most).1
}

pub(super) fn logcosh(a: Long, most: usize) -> Series {
    integral(most, a.logcosh(), &tanh(a, most))
}

pub(super) fn sigmoid(a: Long, most: usize) -> Series {
    let mut sigmoid = [Long::ZERO; TERMS + 1];
    let mut complement = [Long::ZERO; TERMS + 1];
    (sigmoid[0], complement[0]) = (a.sigmoid(), (-a).sigmoid());
    for k in 0..most {
        let slope = convolution(&sigmoid, &complement, k) / whole(k + 1);
        sigmoid[k + 1] = slope;
        complement[k + 1] = -slope;
    }
    sigmoid
}

pub(super) fn softplus(a: Long, most: usize) -> Series {
    integral(most, a.softplus(), &sigmoid(a, most))
}

/// w (1 + a² + 2ah + h²) = 1 for the derivative w.
pub(super) fn atan(a: Long, most: usize) -> Series {
    let constant = Long::ONE + a * a;
    let slope = recurrence(most, Long::ONE / constant, |k, series| {
        -(Long::TWO * a * series[k] + before(series, k)) / constant
    });
    integral(most, a.atan(), &slope)
}

/// v' (1 + a² + 2ah + h²) = -(a + h) v for the derivative v.
pub(super) fn asinh(a: Long, most: usize) -> Series {
    let constant = Long::ONE + a * a;
    let slope = recurrence(most, Long::ONE / constant.sqrt(), |k, series| {
        let before = whole(k) * before(series, k);
        -(whole(2 * k + 1) * a * series[k] + before) / (whole(k + 1) * constant)
    });
    integral(most, a.asinh(), &slope)
}

/// g' = -2 (a + h) g for the derivative g of erf.
fn bell(a: Long, most: usize) -> Series {
    let first = Long::TWO / Long::ONE.pi().sqrt() * (-a * a).exp();
    recurrence(most, first, |k, series| -Long::TWO * (a * series[k] + before(series, k)) / whole(k + 1))
}

pub(super) fn erf(a: Long, most: usize) -> Series {
    integral(most, a.erf(), &bell(a, most))
}

pub(super) fn erfc(a: Long, most: usize) -> Series {
    integral(most, a.erfc(), &bell(a, most).map(|value| -value))
}
