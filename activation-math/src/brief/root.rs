//! The cube root.

use super::coefficients::{CBRT_2, CBRT_HALF, INVERSE_CBRT};
use crate::elementary::polynomial::fused;
use crate::lane::Lane;

/// `cbrt(x)`, for all x: `z^(-1/3)` of `z = |x| 8^-j` near 1 from a polynomial and one step of third order, without a
/// division; then `z (z^(-1/3))²`.
///
#[inline(always)]
pub(super) fn cbrt(x: f64) -> f64 {
    const THIRD: f64 = 1.0 / 3.0;
    let size = x.abs();
    let (m, k) = size.split();
    let j = (k * THIRD).nearest_integer();
    let left = Lane::mul_add(-3.0, j, k);
    let z = m * left.two_to();
    let turned = if 0.5 < left { CBRT_HALF } else { 1.0 };
    let turned = if left < -0.5 { CBRT_2 } else { turned };

    let guess = fused(m, &INVERSE_CBRT) * turned;
    let error = Lane::mul_add(-z, guess * guess * guess, 1.0);
    let inverse = Lane::mul_add(guess, error * Lane::mul_add(error, 2.0 / 9.0, THIRD), guess);
    let root = (z * (inverse * inverse)) * j.two_to();
    (if (0.0 < size) & (size < f64::INFINITY) { root } else { size }).copysign(x)
}
