//! Rectifiers.

use crate::Known;
use crate::elementary::{exp, expm1, ln_cosh, sigmoid, softplus, tanh};

const INF: f64 = f64::INFINITY;

/// rrelu's slope, the mean of its bounds.
const RRELU: f64 = (1.0 / 8.0 + 1.0 / 3.0) / 2.0;

/// selu's parameters.
const SCALE: f64 = 1.050_700_987_355_480_5;
const ALPHA: f64 = 1.673_263_242_354_377_2;

/// xielu's parameters: `alpha_p` and `alpha_n` are one number.
const XIELU_ALPHA: f64 = 0.8;
const XIELU_BETA: f64 = 0.5;

crate::rows! {
    relu:
        |x| Known::exact(x.max(0.0)), [0.0, INF];
        |x| positive(x, 1.0, 0.0), [0.0, 1.0];
    relu6:
        |x| Known::exact(x.clamp(0.0, 6.0)), [0.0, 6.0];
        |x| Known::exact(if x > 0.0 && x < 6.0 { 1.0 } else { 0.0 }), [0.0, 0.0];
    relu_squared:
        |x| { let u = x.max(0.0); Known::exact(u * u) }, [0.0, INF];
        |x| Known::exact(2.0 * x.max(0.0)), [0.0, INF];
    leaky_relu:
        |x| leaky(x, 0.01), [-INF, INF];
        |x| positive(x, 1.0, 0.01), [0.01, 1.0];
    prelu:
        |x| leaky(x, 0.25), [-INF, INF];
        |x| positive(x, 1.0, 0.25), [0.25, 1.0];
    rrelu:
        |x| leaky(x, RRELU), [-INF, INF];
        |x| if x > 0.0 { Known::exact(1.0) } else { Known::good(RRELU) }, [RRELU, 1.0];
    threshold:
        |x| Known::exact(x.max(0.0)), [0.0, INF];
        |x| positive(x, 1.0, 0.0), [0.0, 1.0];
    thresholded_relu:
        |x| Known::exact(if x > 1.0 { x } else { 0.0 }), [0.0, INF];
        |x| Known::exact(if x > 1.0 { 1.0 } else { 0.0 }), [0.0, 1.0];
    elu:
        |x| if x > 0.0 { Known::exact(x) } else { Known::good(expm1(x)) }, [-1.0, INF];
        |x| if x > 0.0 { Known::exact(1.0) } else { Known::good(exp(x)) }, [0.0, 1.0];
    celu:
        |x| if x > 0.0 { Known::exact(x) } else { Known::good(expm1(x)) }, [-1.0, INF];
        |x| if x > 0.0 { Known::exact(1.0) } else { Known::good(exp(x)) }, [0.0, 1.0];
    selu:
        |x| Known::good(if x > 0.0 { SCALE * x } else { SCALE * ALPHA * expm1(x) }), [-SCALE * ALPHA, INF];
        |x| Known::good(if x > 0.0 { SCALE } else { SCALE * ALPHA * exp(x) }), [0.0, SCALE];
    softplus:
        |x| Known::good(softplus(x)), [0.0, INF];
        |x| Known::good(sigmoid(x)), [0.0, 1.0];
    squareplus:
        |x| {
            let root = (x * x + 4.0).sqrt();
            Known::good(if x > 0.0 { (root + x) / 2.0 } else { 2.0 / (root - x) })
        }, [0.0, INF];
        |x| {
            let root = (x * x + 4.0).sqrt();
            Known::good(if x > 0.0 { (1.0 + x / root) / 2.0 } else { 2.0 / (root * (root - x)) })
        }, [0.0, 1.0];
    sparse_plus:
        |x| if x < 1.0 { let u = (x + 1.0).max(0.0); Known::good(u * u / 4.0) } else { Known::exact(x) }, [0.0, INF];
        |x| Known::good(((x + 1.0) / 2.0).clamp(0.0, 1.0)), [0.0, 1.0];
    logcosh:
        |x| Known::good(ln_cosh(x)), [INF, INF];
        |x| Known::good(tanh(x)), [-1.0, 1.0];
    bent_identity:
        |x| Known::good(x + x * (x / (2.0 * ((x * x + 1.0).sqrt() + 1.0)))), [-INF, INF];
        |x| Known::good(1.0 + x / (2.0 * (x * x + 1.0).sqrt())), [0.5, 1.5];
    isrlu:
        |x| if x > 0.0 { Known::exact(x) } else { Known::good(x / (1.0 + x * x).sqrt()) }, [-1.0, INF];
        |x| {
            let u = 1.0 + x * x;
            if x > 0.0 { Known::exact(1.0) } else { Known::good(1.0 / (u * u.sqrt())) }
        }, [0.0, 1.0];
    sqrt_softplus:
        |x| Known::good(if x < FAR_LEFT { exp(x / 2.0) } else { softplus(x).sqrt() }), [0.0, INF];
        |x| Known::good(if x < FAR_LEFT {
            exp(x / 2.0) / 2.0
        } else {
            sigmoid(x) / (2.0 * softplus(x).sqrt())
        }), [0.0, 0.0];
    xielu:
        |x| if x > 0.0 {
            Known::good(x * (XIELU_ALPHA * x + XIELU_BETA))
        } else {
            // The difference of the parameters is exact, and the coefficient that x really has.
            Known::sum(XIELU_ALPHA * expm1(x), (XIELU_BETA - XIELU_ALPHA) * x)
        }, [INF, INF];
        |x| if x > 0.0 {
            Known::good(2.0 * XIELU_ALPHA * x + XIELU_BETA)
        } else {
            Known::sum(XIELU_ALPHA * expm1(x), XIELU_BETA)
        }, [XIELU_BETA - XIELU_ALPHA, INF];
}

/// Left of this ln(1 + exp(x)) is exp(x) to 2^-57, and a square root reaches further down than `f64` does.
const FAR_LEFT: f64 = -40.0;

/// One of two numbers.
#[inline(always)]
fn positive(x: f64, yes: f64, no: f64) -> Known {
    Known::exact(if x > 0.0 { yes } else { no })
}

/// x where it is positive, and a multiple of it elsewhere.
#[inline(always)]
fn leaky(x: f64, slope: f64) -> Known {
    if x > 0.0 { Known::exact(x) } else { Known::good(slope * x) }
}
