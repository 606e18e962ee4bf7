//! A compiled function evaluated where it is easy, and where it is not.
//!
//! Plain `f64` arithmetic answers nearly every call. It cannot answer at infinity (silu(-∞) is -∞·0 there), where an
//! intermediate result overflows, or at a removable singularity. Those calls take a cold path through number types
//! that can: [`Scaled`] has no overflow, [`Germ`] knows the behaviour beside a point or at infinity.

use crate::{Germ, Real, Scaled};

/// A function of one variable, written once for every number type.
pub trait Body {
    /// The function at `x`.
    fn at<R: Real>(&self, x: R) -> R;
}

/// Beyond this, squares and cubes of x begin to leave the range of `f64`. It is larger than any `f32`.
const FAR: f64 = 1.606_938_044_258_990_3e60; // 2^200

/// Whether plain `f64` arithmetic may be trusted with a result that is finite; false for NaN and infinity.
#[inline]
pub fn is_near(x: f64) -> bool {
    libm::fabs(x) <= FAR
}

/// The function at `x`: NaN for NaN, the limit at ±∞ (NaN where there is none), and otherwise a number wherever the
/// function has one.
#[inline]
pub fn evaluate<B: Body>(body: &B, x: f64) -> f64 {
    if is_near(x) {
        let plain = body.at(x);
        // An infinite result may have come from an intermediate one: ln(1 + exp(x)) is 750 at 750.
        if plain.is_finite() {
            return plain;
        }
    }
    at_the_edge(body, x)
}

#[cold]
#[inline(never)]
fn at_the_edge<B: Body>(body: &B, x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return body.at(Germ::at_infinity(x < 0.0)).limit().unwrap_or(f64::NAN);
    }
    let scaled = body.at(Scaled::from_f64(x)).to_f64();
    if !scaled.is_nan() {
        return scaled;
    }
    let [left, right] = [true, false].map(|from_left| body.at(Germ::at_point(x, from_left)).limit());
    match (left, right) {
        (Some(left), Some(right)) if left == right => left,
        _ => f64::NAN,
    }
}
