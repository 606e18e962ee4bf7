//! Shrinkage functions.

use crate::Known;
use crate::elementary::{tanh, tanh_deficit};

const INF: f64 = f64::INFINITY;

crate::rows! {
    hard_shrink:
        |x| Known::exact(if x.abs() > 0.5 { x } else { 0.0 }), [-INF, INF];
        |x| Known::exact(if x.abs() > 0.5 { 1.0 } else { 0.0 }), [1.0, 1.0];
    soft_shrink:
        |x| Known::good(x - x.clamp(-0.5, 0.5)), [-INF, INF];
        |x| Known::exact(if x.abs() > 0.5 { 1.0 } else { 0.0 }), [1.0, 1.0];
    tanh_shrink:
        |x| Known::good(if x.abs() < 1.0 { tanh_deficit(x) } else { x - tanh(x) }), [-INF, INF];
        |x| { let t = tanh(x); Known::good(t * t) }, [1.0, 1.0];
}
