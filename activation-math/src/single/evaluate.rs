//! A compiled function evaluated in `f32`.

use crate::body::One;
use crate::{Body, Interval, Level, Watch, evaluate_single};

/// Beyond this, squares and cubes of x begin to leave the range of `f32`.
pub const FAR_IN_SINGLE: f32 = 1_099_511_627_776.0; // 2^40

/// Whether plain `f32` arithmetic may be trusted with a result that is finite; false for NaN and infinity, and far out unless nothing
/// has to be watched there. `careful` is where not even that of `f64` may.
#[inline(always)]
pub fn is_plain_fast(x: f32, careful: &[Interval], watch: Watch) -> bool {
    let within = |&(low, high): &Interval| low <= f64::from(x) && f64::from(x) <= high;
    let far = if watch == Watch::Nothing { f32::MAX } else { FAR_IN_SINGLE };
    (x.abs() <= far) & !careful.iter().any(within)
}

/// The function at `x`, in `f32` where that gives a number, and otherwise as [`evaluate_single`] does.
#[inline]
pub fn evaluate_fast<B: Body>(body: &B, x: f32, careful: &[Interval], watch: Watch) -> f32 {
    if is_plain_fast(x, careful, watch) {
        let plain = Level::run_narrow(One { body, x });
        if plain.is_finite() {
            return plain;
        }
    }
    evaluate_single(body, f64::from(x), careful) as f32
}
