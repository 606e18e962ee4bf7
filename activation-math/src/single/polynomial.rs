//! Bounds in `f32`, and polynomials that are scaled.

use crate::lane::Lane;

/// 2^-64, by which a polynomial is made smaller and [`UP`] makes up for, so that no power of two is subnormal.
pub(super) const DOWN: f64 = 1.0 / 18_446_744_073_709_551_616.0;
pub(super) const UP: i8 = 64;

/// The coefficients times [`DOWN`].
pub(super) const fn scaled_down<const COUNT: usize>(coefficients: [f64; COUNT]) -> [f64; COUNT] {
    let (mut scaled, mut index) = (coefficients, 0);
    while index < COUNT {
        scaled[index] *= DOWN;
        index += 1;
    }
    scaled
}

/// `x`, or `low` where it is below; a NaN stays.
#[inline(always)]
pub(super) fn at_least<L: Lane>(x: L, low: f64) -> L {
    L::select(x.less(L::of(low)), L::of(low), x)
}

/// `x`, or `high` where it is above; a NaN stays.
#[inline(always)]
pub(super) fn at_most<L: Lane>(x: L, high: f64) -> L {
    L::select(L::of(high).less(x), L::of(high), x)
}
