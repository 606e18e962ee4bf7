//! Squashing functions.

use crate::Known;
use crate::elementary::{Elementary, normal_tail, tail};
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, TAU};

const INF: f64 = f64::INFINITY;
/// There is no limit.
const NONE: f64 = f64::NAN;

/// scaled_tanh's parameters.
const ALPHA: f64 = 1.7159;
const BETA: f64 = 2.0 / 3.0;

/// laplace_cdf's parameters.
#[allow(clippy::approx_constant, reason = "the parameter is this decimal and not what it comes from")]
const MU: f64 = 0.707107;
const SIGMA: f64 = 0.282095;

crate::rows! {
    identity:
        |m, x| Known::exact(x), [-INF, INF];
        |m, x| Known::exact(1.0), [1.0, 1.0];
    step:
        |m, x| Known::exact(if x > 0.0 { 1.0 } else { 0.0 }), [0.0, 1.0];
        |m, x| Known::exact(0.0), [0.0, 0.0];
    sigmoid:
        |m, x| m.good(m.sigmoid(x)), [0.0, 1.0];
        |m, x| { let (s, t) = m.sigmoids(x); m.good(s * t) }, [0.0, 0.0];
    tanh:
        |m, x| m.good(m.tanh(x)), [-1.0, 1.0];
        |m, x| m.good(m.sech_squared(x)), [0.0, 0.0];
    scaled_tanh:
        |m, x| m.good(ALPHA * m.tanh(BETA * x)), [-ALPHA, ALPHA];
        |m, x| m.amplified(m.good(ALPHA * BETA * m.sech_squared(BETA * x)), tail(-2.0 * BETA * x.abs())), [0.0, 0.0];
    hard_sigmoid:
        |m, x| m.good(((x + 3.0) / 6.0).clamp(0.0, 1.0)), [0.0, 1.0];
        |m, x| if x > -3.0 && x < 3.0 { m.good(1.0 / 6.0) } else { Known::exact(0.0) }, [0.0, 0.0];
    hard_sigmoid_onnx:
        |m, x| hard_sigmoid_onnx(m, x), [0.0, 1.0];
        |m, x| {
            let u = 0.2 * x + 0.5;
            Known::exact(if u > 0.0 && u < 1.0 { 0.2 } else { 0.0 })
        }, [0.0, 0.0];
    hard_tanh:
        |m, x| Known::exact(x.clamp(-1.0, 1.0)), [-1.0, 1.0];
        |m, x| Known::exact(if x > -1.0 && x < 1.0 { 1.0 } else { 0.0 }), [0.0, 0.0];
    softsign:
        |m, x| m.good(x / (1.0 + x.abs())), [-1.0, 1.0];
        |m, x| { let u = 1.0 + x.abs(); m.good(1.0 / (u * u)) }, [0.0, 0.0];
    arctan:
        |m, x| m.good(m.atan(x)), [-FRAC_PI_2, FRAC_PI_2];
        |m, x| m.good(1.0 / (1.0 + x * x)), [0.0, 0.0];
    isru:
        |m, x| m.good(x / (1.0 + x * x).sqrt()), [-1.0, 1.0];
        |m, x| { let u = 1.0 + x * x; m.good(1.0 / (u * u.sqrt())) }, [0.0, 0.0];
    sparse_sigmoid:
        |m, x| m.good(((x + 1.0) / 2.0).clamp(0.0, 1.0)), [0.0, 1.0];
        |m, x| Known::exact(if x > -1.0 && x < 1.0 { 0.5 } else { 0.0 }), [0.0, 0.0];
    gaussian:
        |m, x| m.good(m.exp(-(x * x))), [0.0, 0.0];
        |m, x| m.good(-2.0 * x * m.exp(-(x * x))), [0.0, 0.0];
    laplace_cdf:
        |m, x| {
            let z = (x - MU) / SIGMA;
            m.amplified(m.good(0.5 * m.erfc(-z * FRAC_1_SQRT_2)), normal_tail(z))
        }, [0.0, 1.0];
        |m, x| {
            let z = (x - MU) / SIGMA;
            m.amplified(m.good(m.exp(-0.5 * (z * z)) / (SIGMA * TAU.sqrt())), normal_tail(-z.abs()))
        }, [0.0, 0.0];
    log_sigmoid:
        |m, x| m.good(-m.softplus(-x)), [-INF, 0.0];
        |m, x| m.good(m.sigmoid(-x)), [1.0, 0.0];
    sin:
        |m, x| m.good(m.sin(x)), [NONE, NONE];
        |m, x| m.good(m.cos(x)), [NONE, NONE];
}

/// The parameter is the number nearest to 0.2, so that the sum vanishes beside -2.5 and not there.
fn hard_sigmoid_onnx<M: Elementary>(m: M, x: f64) -> Known {
    let u = m.sum(0.2 * x, 0.5);
    let value = u.value.clamp(0.0, 1.0);
    let is_clamped = u.value < -u.within || u.value > 1.0 + u.within;
    if is_clamped { Known::exact(value) } else { Known { value, ..u } }
}
