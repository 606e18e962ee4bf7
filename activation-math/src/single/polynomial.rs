//! Polynomials and bounds in `f32`.

use crate::elementary::polynomial::polynomial;
use crate::lane::Lane;

/// The polynomial with these coefficients, the constant first. A processor has some five vectors under way at once: how
/// long one operation waits for another counts as much as their number. So Horner's rule is in `x²`, over pairs, which
/// takes one multiplication more than in x and half the time; for long ones in `x⁴`.
#[inline(always)]
pub(super) fn estrin<L: Lane, const COUNT: usize>(x: L, coefficients: &[f64; COUNT]) -> L {
    if COUNT > 7 {
        return polynomial(x, coefficients);
    }
    let square = x * x;
    let pair = |part: &[f64]| match *part {
        [a, b] => L::of(a) + L::of(b) * x,
        [a] => L::of(a),
        _ => L::of(0.0),
    };
    let mut parts = coefficients.chunks(2).rev();
    let last = parts.next().map_or(L::of(0.0), pair);
    parts.fold(last, |sum, part| pair(part) + sum * square)
}

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
