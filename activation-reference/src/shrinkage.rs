//! Shrinkage functions.

use crate::Known;
use crate::elementary::tanh_deficit;

const INF: f64 = f64::INFINITY;

crate::rows! {
    hard_shrink:
        |m, x| Known::exact(if x.abs() > 0.5 { x } else { 0.0 }), [-INF, INF];
        |m, x| Known::exact(if x.abs() > 0.5 { 1.0 } else { 0.0 }), [1.0, 1.0];
    soft_shrink:
        |m, x| m.good(x - x.clamp(-0.5, 0.5)), [-INF, INF];
        |m, x| Known::exact(if x.abs() > 0.5 { 1.0 } else { 0.0 }), [1.0, 1.0];
    tanh_shrink:
        |m, x| m.good(if x.abs() < 1.0 { tanh_deficit(x) } else { x - m.tanh(x) }), [-INF, INF];
        |m, x| { let t = m.tanh(x); m.good(t * t) }, [1.0, 1.0];
}
