//! Rectifiers.

use crate::Known;
use crate::elementary::Elementary;

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
        |m, x| Known::exact(x.max(0.0)), [0.0, INF];
        |m, x| positive(x, 1.0, 0.0), [0.0, 1.0];
    relu6:
        |m, x| Known::exact(x.clamp(0.0, 6.0)), [0.0, 6.0];
        |m, x| Known::exact(if x > 0.0 && x < 6.0 { 1.0 } else { 0.0 }), [0.0, 0.0];
    relu_squared:
        |m, x| { let u = x.max(0.0); Known::exact(u * u) }, [0.0, INF];
        |m, x| Known::exact(2.0 * x.max(0.0)), [0.0, INF];
    leaky_relu:
        |m, x| leaky(m, x, 0.01), [-INF, INF];
        |m, x| positive(x, 1.0, 0.01), [0.01, 1.0];
    prelu:
        |m, x| leaky(m, x, 0.25), [-INF, INF];
        |m, x| positive(x, 1.0, 0.25), [0.25, 1.0];
    rrelu:
        |m, x| leaky(m, x, RRELU), [-INF, INF];
        |m, x| if x > 0.0 { Known::exact(1.0) } else { m.good(RRELU) }, [RRELU, 1.0];
    threshold:
        |m, x| Known::exact(x.max(0.0)), [0.0, INF];
        |m, x| positive(x, 1.0, 0.0), [0.0, 1.0];
    thresholded_relu:
        |m, x| Known::exact(if x > 1.0 { x } else { 0.0 }), [0.0, INF];
        |m, x| Known::exact(if x > 1.0 { 1.0 } else { 0.0 }), [0.0, 1.0];
    elu:
        |m, x| if x > 0.0 { Known::exact(x) } else { m.good(m.expm1(x)) }, [-1.0, INF];
        |m, x| if x > 0.0 { Known::exact(1.0) } else { m.good(m.exp(x)) }, [0.0, 1.0];
    celu:
        |m, x| if x > 0.0 { Known::exact(x) } else { m.good(m.expm1(x)) }, [-1.0, INF];
        |m, x| if x > 0.0 { Known::exact(1.0) } else { m.good(m.exp(x)) }, [0.0, 1.0];
    selu:
        |m, x| m.good(if x > 0.0 { SCALE * x } else { SCALE * ALPHA * m.expm1(x) }), [-SCALE * ALPHA, INF];
        |m, x| m.good(if x > 0.0 { SCALE } else { SCALE * ALPHA * m.exp(x) }), [0.0, SCALE];
    softplus:
        |m, x| m.good(m.softplus(x)), [0.0, INF];
        |m, x| m.good(m.sigmoid(x)), [0.0, 1.0];
    squareplus:
        |m, x| {
            let root = (x * x + 4.0).sqrt();
            m.good(if x > 0.0 { (root + x) / 2.0 } else { 2.0 / (root - x) })
        }, [0.0, INF];
        |m, x| {
            let root = (x * x + 4.0).sqrt();
            m.good(if x > 0.0 { (1.0 + x / root) / 2.0 } else { 2.0 / (root * (root - x)) })
        }, [0.0, 1.0];
    sparse_plus:
        |m, x| if x < 1.0 { let u = (x + 1.0).max(0.0); m.good(u * u / 4.0) } else { Known::exact(x) }, [0.0, INF];
        |m, x| m.good(((x + 1.0) / 2.0).clamp(0.0, 1.0)), [0.0, 1.0];
    logcosh:
        |m, x| m.good(m.ln_cosh(x)), [INF, INF];
        |m, x| m.good(m.tanh(x)), [-1.0, 1.0];
    bent_identity:
        |m, x| m.good(x + x * (x / (2.0 * ((x * x + 1.0).sqrt() + 1.0)))), [-INF, INF];
        |m, x| m.good(1.0 + x / (2.0 * (x * x + 1.0).sqrt())), [0.5, 1.5];
    isrlu:
        |m, x| if x > 0.0 { Known::exact(x) } else { m.good(x / (1.0 + x * x).sqrt()) }, [-1.0, INF];
        |m, x| {
            let u = 1.0 + x * x;
            if x > 0.0 { Known::exact(1.0) } else { m.good(1.0 / (u * u.sqrt())) }
        }, [0.0, 1.0];
    sqrt_softplus:
        |m, x| m.good(if x < FAR_LEFT { m.exp(x / 2.0) } else { m.softplus(x).sqrt() }), [0.0, INF];
        |m, x| m.good(if x < FAR_LEFT {
            m.exp(x / 2.0) / 2.0
        } else {
            m.sigmoid(x) / (2.0 * m.softplus(x).sqrt())
        }), [0.0, 0.0];
    xielu:
        |m, x| if x > 0.0 {
            m.good(x * (XIELU_ALPHA * x + XIELU_BETA))
        } else {
            // The difference of the parameters is exact, and the coefficient that x really has.
            m.sum(XIELU_ALPHA * m.expm1(x), (XIELU_BETA - XIELU_ALPHA) * x)
        }, [INF, INF];
        |m, x| if x > 0.0 {
            m.good(2.0 * XIELU_ALPHA * x + XIELU_BETA)
        } else {
            m.sum(XIELU_ALPHA * m.expm1(x), XIELU_BETA)
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
fn leaky<M: Elementary>(m: M, x: f64, slope: f64) -> Known {
    if x > 0.0 { Known::exact(x) } else { m.good(slope * x) }
}
