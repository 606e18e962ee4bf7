//! Gates: x, multiplied by something that goes from 0 to 1, and their like.

use crate::Known;
use crate::elementary::{
    cos, erf, exp, expm1, log1p, normal, normal_distribution, normal_tail, sech_squared, sigmoid, sigmoids,
    sin, softplus, tail, tanh,
};
use std::f64::consts::{FRAC_2_PI, FRAC_2_SQRT_PI, LN_2};

const INF: f64 = f64::INFINITY;
/// There is no limit.
const NONE: f64 = f64::NAN;

const QUICK: f64 = 1.702;
const CUBIC: f64 = 0.044715;

crate::rows! {
    gelu:
        |x| Known::good(x * normal_distribution(x)).amplified(normal_tail(x)), [0.0, INF];
        |x| {
            let (distribution, density) = normal(x);
            Known::sum(distribution, x * density).amplified(normal_tail(x))
        }, [0.0, 1.0];
    gelu_tanh:
        // (1 + tanh(u)) / 2 = σ(2u).
        |x| { let (u, _) = inner(x); Known::good(x * sigmoid(u)).amplified(tail(u)) }, [0.0, INF];
        |x| {
            let (u, slope) = inner(x);
            let (s, t) = sigmoids(u);
            Known::sum(s, s * (x * slope) * t).amplified(tail(u))
        }, [0.0, 1.0];
    quick_gelu:
        |x| Known::good(x * sigmoid(QUICK * x)).amplified(tail(QUICK * x)), [0.0, INF];
        |x| sigmoid_gate_derivative(x, QUICK), [0.0, 1.0];
    silu:
        |x| Known::good(x * sigmoid(x)), [0.0, INF];
        |x| sigmoid_gate_derivative(x, 1.0), [0.0, 1.0];
    swish:
        |x| Known::good(x * sigmoid(x)), [0.0, INF];
        |x| sigmoid_gate_derivative(x, 1.0), [0.0, 1.0];
    hard_swish:
        |x| if x < 3.0 { Known::good(x * (x + 3.0).max(0.0) / 6.0) } else { Known::exact(x) }, [0.0, INF];
        |x| if x <= -3.0 {
            Known::exact(0.0)
        } else if x < 3.0 {
            // 2x + 3 is exact beside its root.
            Known::good((2.0 * x + 3.0) / 6.0)
        } else {
            Known::exact(1.0)
        }, [0.0, 1.0];
    mish:
        |x| Known::good(x * tanh_softplus(x).0), [0.0, INF];
        |x| { let (gate, slope) = tanh_softplus(x); Known::sum(gate, x * slope) }, [0.0, 1.0];
    hard_mish:
        |x| Known::good(if x < 0.0 { x / 2.0 * (x + 2.0).max(0.0) } else { x }), [0.0, INF];
        |x| Known::good(if x <= -2.0 { 0.0 } else if x < 0.0 { x + 1.0 } else { 1.0 }), [0.0, 1.0];
    serf:
        |x| Known::good(x * erf(softplus(x))), [0.0, INF];
        |x| {
            let u = softplus(x);
            Known::sum(erf(u), x * FRAC_2_SQRT_PI * exp(-(u * u)) * sigmoid(x))
        }, [0.0, 1.0];
    tanh_exp:
        |x| Known::good(x * tanh(exp(x))), [0.0, INF];
        |x| if x > TANH_EXP_IS_ONE {
            Known::good(1.0)
        } else {
            let u = exp(x);
            Known::sum(tanh(u), x * u * sech_squared(u))
        }, [0.0, 1.0];
    logish:
        |x| Known::good(x * log1p(sigmoid(x))), [0.0, INF];
        |x| { let (s, t) = sigmoids(x); Known::sum(log1p(s), x * (s * t / (1.0 + s))) }, [0.0, LN_2];
    smish:
        |x| Known::good(x * tanh_log1p_sigmoid(x).0), [0.0, INF];
        |x| { let (gate, slope) = tanh_log1p_sigmoid(x); Known::sum(gate, x * slope) }, [0.0, 0.6];
    phish:
        |x| Known::good(x * tanh(x * normal_distribution(x))).amplified(normal_tail(x)), [0.0, INF];
        |x| {
            let (distribution, density) = normal(x);
            let u = x * distribution;
            Known::sum(tanh(u), x * sech_squared(u) * (distribution + x * density)).amplified(normal_tail(x))
        }, [0.0, 1.0];
    aptx:
        // (1 + tanh(x)) / 2 = σ(2x).
        |x| Known::good(x * sigmoid(2.0 * x)), [0.0, INF];
        |x| sigmoid_gate_derivative(x, 2.0), [0.0, 1.0];
    elish:
        |x| Known::good(sigmoid(x) * if x > 0.0 { x } else { expm1(x) }), [0.0, INF];
        |x| {
            let (s, t) = sigmoids(x);
            if x > 0.0 { Known::sum(s, x * (s * t)) } else { Known::sum(s * exp(x), s * t * expm1(x)) }
        }, [0.0, 1.0];
    lisht:
        |x| Known::good(x * tanh(x)), [INF, INF];
        |x| Known::good(tanh(x) + x * sech_squared(x)), [-1.0, 1.0];
    gcu:
        |x| Known::good(x * cos(x)), [NONE, NONE];
        |x| Known::sum(cos(x), -x * sin(x)), [NONE, NONE];
    snake:
        |x| { let s = sin(x); Known::sum(x, s * s) }, [-INF, INF];
        snake_derivative, [NONE, NONE];
}

/// gelu_tanh's `2 sqrt(2/π) (x + 0.044715 x³)` and its derivative.
#[inline(always)]
fn inner(x: f64) -> (f64, f64) {
    let factor = 2.0 * FRAC_2_PI.sqrt();
    let square = x * x;
    (factor * x * (1.0 + CUBIC * square), factor * (1.0 + 3.0 * CUBIC * square))
}

/// The derivative of x σ(kx).
#[inline(always)]
fn sigmoid_gate_derivative(x: f64, k: f64) -> Known {
    let (s, t) = sigmoids(k * x);
    Known::sum(s, s * (k * x) * t).amplified(tail(k * x))
}

/// tanh(ln(1 + E)) and its derivative by x, where E = exp(x): with n = E² + 2E + 2 they are E (E + 2) / n and
/// 4E (E + 1) / n². For positive x both are written in exp(-x).
#[inline(always)]
fn tanh_softplus(x: f64) -> (f64, f64) {
    let e = exp(-x.abs());
    if x < 0.0 {
        let n = e * (e + 2.0) + 2.0;
        (e * (e + 2.0) / n, 4.0 * e * (e + 1.0) / (n * n))
    } else {
        let n = 1.0 + 2.0 * e * (1.0 + e);
        ((1.0 + 2.0 * e) / n, 4.0 * e * e * (1.0 + e) / (n * n))
    }
}

/// tanh(ln(1 + s)) and its derivative by x, where s = σ(x): with n = s² + 2s + 2 they are s (s + 2) / n and
/// 4 (1 + s) s' / n², and s' = s (1 - s).
#[inline(always)]
fn tanh_log1p_sigmoid(x: f64) -> (f64, f64) {
    let (s, t) = sigmoids(x);
    let n = s * (s + 2.0) + 2.0;
    (s * (s + 2.0) / n, 4.0 * s * t * (1.0 + s) / (n * n))
}

/// Right of this tanh(exp(x)) is 1 to 2^-1000, and the derivative too; further right exp(x) overflows.
const TANH_EXP_IS_ONE: f64 = 6.0;

/// 1 + sin(2x) = (sin x + cos x)², which has double roots.
#[inline(always)]
fn snake_derivative(x: f64) -> Known {
    let Known { value, within } = Known::sum(sin(x), cos(x));
    Known { value: value * value, within: within * (2.0 * value.abs() + within) }
}
