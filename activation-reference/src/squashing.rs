//! Squashing functions.

use crate::Known;
use crate::elementary::{
    atan, cos, erfc, exp, normal_tail, sech_squared, sigmoid, sigmoids, sin, softplus, tail, tanh,
};
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
        Known::exact, [-INF, INF];
        |_| Known::exact(1.0), [1.0, 1.0];
    step:
        |x| Known::exact(if x > 0.0 { 1.0 } else { 0.0 }), [0.0, 1.0];
        |_| Known::exact(0.0), [0.0, 0.0];
    sigmoid:
        |x| Known::good(sigmoid(x)), [0.0, 1.0];
        |x| { let (s, t) = sigmoids(x); Known::good(s * t) }, [0.0, 0.0];
    tanh:
        |x| Known::good(tanh(x)), [-1.0, 1.0];
        |x| Known::good(sech_squared(x)), [0.0, 0.0];
    scaled_tanh:
        |x| Known::good(ALPHA * tanh(BETA * x)), [-ALPHA, ALPHA];
        |x| Known::good(ALPHA * BETA * sech_squared(BETA * x)).amplified(tail(-2.0 * BETA * x.abs())), [0.0, 0.0];
    hard_sigmoid:
        |x| Known::good(((x + 3.0) / 6.0).clamp(0.0, 1.0)), [0.0, 1.0];
        |x| if x > -3.0 && x < 3.0 { Known::good(1.0 / 6.0) } else { Known::exact(0.0) }, [0.0, 0.0];
    hard_sigmoid_onnx:
        hard_sigmoid_onnx, [0.0, 1.0];
        |x| {
            let u = 0.2 * x + 0.5;
            Known::exact(if u > 0.0 && u < 1.0 { 0.2 } else { 0.0 })
        }, [0.0, 0.0];
    hard_tanh:
        |x| Known::exact(x.clamp(-1.0, 1.0)), [-1.0, 1.0];
        |x| Known::exact(if x > -1.0 && x < 1.0 { 1.0 } else { 0.0 }), [0.0, 0.0];
    softsign:
        |x| Known::good(x / (1.0 + x.abs())), [-1.0, 1.0];
        |x| { let u = 1.0 + x.abs(); Known::good(1.0 / (u * u)) }, [0.0, 0.0];
    arctan:
        |x| Known::good(atan(x)), [-FRAC_PI_2, FRAC_PI_2];
        |x| Known::good(1.0 / (1.0 + x * x)), [0.0, 0.0];
    isru:
        |x| Known::good(x / (1.0 + x * x).sqrt()), [-1.0, 1.0];
        |x| { let u = 1.0 + x * x; Known::good(1.0 / (u * u.sqrt())) }, [0.0, 0.0];
    sparse_sigmoid:
        |x| Known::good(((x + 1.0) / 2.0).clamp(0.0, 1.0)), [0.0, 1.0];
        |x| Known::exact(if x > -1.0 && x < 1.0 { 0.5 } else { 0.0 }), [0.0, 0.0];
    gaussian:
        |x| Known::good(exp(-(x * x))), [0.0, 0.0];
        |x| Known::good(-2.0 * x * exp(-(x * x))), [0.0, 0.0];
    laplace_cdf:
        |x| {
            let z = (x - MU) / SIGMA;
            Known::good(0.5 * erfc(-z * FRAC_1_SQRT_2)).amplified(normal_tail(z))
        }, [0.0, 1.0];
        |x| {
            let z = (x - MU) / SIGMA;
            Known::good(exp(-0.5 * (z * z)) / (SIGMA * TAU.sqrt())).amplified(1.0 + z * z)
        }, [0.0, 0.0];
    log_sigmoid:
        |x| Known::good(-softplus(-x)), [-INF, 0.0];
        |x| Known::good(sigmoid(-x)), [1.0, 0.0];
    sin:
        |x| Known::good(sin(x)), [NONE, NONE];
        |x| Known::good(cos(x)), [NONE, NONE];
}

/// The parameter is the number nearest to 0.2, so that the sum vanishes beside -2.5 and not there.
fn hard_sigmoid_onnx(x: f64) -> Known {
    let u = Known::sum(0.2 * x, 0.5);
    let value = u.value.clamp(0.0, 1.0);
    let is_clamped = u.value < -u.within || u.value > 1.0 + u.within;
    if is_clamped { Known::exact(value) } else { Known { value, ..u } }
}
