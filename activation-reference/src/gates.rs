//! Gates: x, multiplied by something that goes from 0 to 1, and their like.

use crate::Known;
use crate::elementary::{Elementary, normal_tail, tail};
use std::f64::consts::{FRAC_2_PI, FRAC_2_SQRT_PI, LN_2};

const INF: f64 = f64::INFINITY;
/// There is no limit.
const NONE: f64 = f64::NAN;

const QUICK: f64 = 1.702;
const CUBIC: f64 = 0.044715;

crate::rows! {
    gelu:
        |m, x| m.amplified(m.good(x * m.normal_distribution(x)), normal_tail(x)), [0.0, INF];
        |m, x| {
            let (distribution, density) = m.normal(x);
            m.amplified(m.sum(distribution, x * density), normal_tail(x))
        }, [0.0, 1.0];
    gelu_tanh:
        // (1 + tanh(u)) / 2 = σ(2u).
        |m, x| { let (u, _) = inner(x); m.amplified(m.good(x * m.sigmoid(u)), tail(u)) }, [0.0, INF];
        |m, x| {
            // Left of this it is nothing, and further left its factors are too large to show that.
            let (u, slope) = inner(x.max(-100.0));
            let (s, t) = m.sigmoids(u);
            m.amplified(m.sum(s, s * (x * slope) * t), tail(u))
        }, [0.0, 1.0];
    quick_gelu:
        |m, x| m.amplified(m.good(x * m.sigmoid(QUICK * x)), tail(QUICK * x)), [0.0, INF];
        |m, x| sigmoid_gate_derivative(m, x, QUICK), [0.0, 1.0];
    silu:
        |m, x| m.good(x * m.sigmoid(x)), [0.0, INF];
        |m, x| sigmoid_gate_derivative(m, x, 1.0), [0.0, 1.0];
    swish:
        |m, x| m.good(x * m.sigmoid(x)), [0.0, INF];
        |m, x| sigmoid_gate_derivative(m, x, 1.0), [0.0, 1.0];
    hard_swish:
        |m, x| if x < 3.0 { m.good(x * (x + 3.0).max(0.0) / 6.0) } else { Known::exact(x) }, [0.0, INF];
        |m, x| if x <= -3.0 {
            Known::exact(0.0)
        } else if x < 3.0 {
            // 2x + 3 is exact beside its root.
            m.good((2.0 * x + 3.0) / 6.0)
        } else {
            Known::exact(1.0)
        }, [0.0, 1.0];
    mish:
        |m, x| m.good(x * tanh_softplus(m, x).0), [0.0, INF];
        |m, x| { let (gate, slope) = tanh_softplus(m, x); m.sum(gate, x * slope) }, [0.0, 1.0];
    hard_mish:
        |m, x| m.good(if x < 0.0 { x / 2.0 * (x + 2.0).max(0.0) } else { x }), [0.0, INF];
        |m, x| m.good(if x <= -2.0 { 0.0 } else if x < 0.0 { x + 1.0 } else { 1.0 }), [0.0, 1.0];
    serf:
        |m, x| m.good(x * m.erf(m.softplus(x))), [0.0, INF];
        |m, x| {
            let u = m.softplus(x);
            m.sum(m.erf(u), x * FRAC_2_SQRT_PI * m.exp(-(u * u)) * m.sigmoid(x))
        }, [0.0, 1.0];
    tanh_exp:
        |m, x| m.good(x * m.tanh(m.exp(x))), [0.0, INF];
        |m, x| {
            let u = m.exp(x.min(TANH_EXP_IS_ONE));
            m.sum(m.tanh(u), x * u * m.sech_squared(u))
        }, [0.0, 1.0];
    logish:
        |m, x| m.good(x * m.log1p(m.sigmoid(x))), [0.0, INF];
        |m, x| { let (s, t) = m.sigmoids(x); m.sum(m.log1p(s), x * (s * t / (1.0 + s))) }, [0.0, LN_2];
    smish:
        |m, x| m.good(x * tanh_log1p_sigmoid(m, x).0), [0.0, INF];
        |m, x| { let (gate, slope) = tanh_log1p_sigmoid(m, x); m.sum(gate, x * slope) }, [0.0, 0.6];
    phish:
        |m, x| m.amplified(m.good(x * m.tanh(x * m.normal_distribution(x))), normal_tail(x)), [0.0, INF];
        |m, x| {
            let (distribution, density) = m.normal(x);
            let u = x * distribution;
            m.amplified(m.sum(m.tanh(u), x * m.sech_squared(u) * (distribution + x * density)), normal_tail(x))
        }, [0.0, 1.0];
    aptx:
        // (1 + tanh(x)) / 2 = σ(2x).
        |m, x| m.good(x * m.sigmoid(2.0 * x)), [0.0, INF];
        |m, x| sigmoid_gate_derivative(m, x, 2.0), [0.0, 1.0];
    elish:
        |m, x| m.good(m.sigmoid(x) * if x > 0.0 { x } else { m.expm1(x) }), [0.0, INF];
        |m, x| {
            let (s, t) = m.sigmoids(x);
            if x > 0.0 { m.sum(s, x * (s * t)) } else { m.sum(s * m.exp(x), s * t * m.expm1(x)) }
        }, [0.0, 1.0];
    lisht:
        |m, x| m.good(x * m.tanh(x)), [INF, INF];
        |m, x| m.good(m.tanh(x) + x * m.sech_squared(x)), [-1.0, 1.0];
    gcu:
        |m, x| m.good(x * m.cos(x)), [NONE, NONE];
        |m, x| m.sum(m.cos(x), -x * m.sin(x)), [NONE, NONE];
    snake:
        |m, x| { let s = m.sin(x); m.sum(x, s * s) }, [-INF, INF];
        |m, x| snake_derivative(m, x), [NONE, NONE];
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
fn sigmoid_gate_derivative<M: Elementary>(m: M, x: f64, k: f64) -> Known {
    let (s, t) = m.sigmoids(k * x);
    m.amplified(m.sum(s, s * (k * x) * t), tail(k * x))
}

/// tanh(ln(1 + E)) and its derivative by x, where E = exp(x): with n = E² + 2E + 2 they are E (E + 2) / n and
/// 4E (E + 1) / n². For positive x both are written in exp(-x).
#[inline(always)]
fn tanh_softplus<M: Elementary>(m: M, x: f64) -> (f64, f64) {
    let e = m.exp(-x.abs());
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
fn tanh_log1p_sigmoid<M: Elementary>(m: M, x: f64) -> (f64, f64) {
    let (s, t) = m.sigmoids(x);
    let n = s * (s + 2.0) + 2.0;
    (s * (s + 2.0) / n, 4.0 * s * t * (1.0 + s) / (n * n))
}

/// Right of this tanh(exp(x)) is 1 to 2^-1000, and the derivative too; further right exp(x) would overflow.
const TANH_EXP_IS_ONE: f64 = 6.0;

/// 1 + sin(2x) = (sin x + cos x)², which has double roots.
#[inline(always)]
fn snake_derivative<M: Elementary>(m: M, x: f64) -> Known {
    let Known { value, within } = m.sum(m.sin(x), m.cos(x));
    Known { value: value * value, within: within * (2.0 * value.abs() + within) }
}
