//! The largest number of a row, and differences to it: what keeps exponentials from overflowing.

use super::sum::two_sum;
use crate::Scalar;
use crate::scalar::as_single;
use activation_math::elementary::exp;

/// As many comparisons at once as hide the time of one.
const LANES: usize = 32;

/// The largest of a row, each times `sign`; NaN if any is, and -∞ if there are none.
#[inline(always)]
pub(super) fn peak<T: Scalar>(row: &[T], sign: f64) -> f64 {
    match as_single(row) {
        // As they are: twice as many at once.
        Some(row) => largest(row, f32::NEG_INFINITY, |x| sign as f32 * x).into(),
        None => largest(row, f64::NEG_INFINITY, |x| sign * x.to_f64()),
    }
}

#[inline(always)]
fn largest<T: Copy, N: Copy + PartialOrd>(row: &[T], least: N, number: impl Fn(T) -> N) -> N {
    // A NaN is taken over, and nothing is larger than it.
    #[allow(clippy::eq_op, reason = "a NaN is what is not equal to itself")]
    let larger = |a: N, b: N| if (b > a) | (b != b) { b } else { a };
    let mut largest = [least; LANES];
    let (groups, rest) = row.as_chunks::<LANES>();
    for group in groups {
        for (largest, &x) in largest.iter_mut().zip(group) {
            *largest = larger(*largest, number(x));
        }
    }
    for (largest, &x) in largest.iter_mut().zip(rest) {
        *largest = larger(*largest, number(x));
    }
    for width in [16, 8, 4, 2, 1] {
        for lane in 0..width {
            largest[lane] = larger(largest[lane], largest[lane + width]);
        }
    }
    largest[0]
}

/// `x - peak` for a finite peak that is not smaller: the rounded difference, and what rounding lost.
#[inline(always)]
pub(super) fn below(x: f64, peak: f64) -> (f64, f64) {
    let (head, lost) = two_sum(x, -peak);
    // -∞ loses nothing, but arithmetic does not know that.
    (head, if head == f64::NEG_INFINITY { 0.0 } else { lost })
}

/// `exp(x - peak)`.
#[inline(always)]
pub(super) fn exp_below(x: f64, peak: f64) -> f64 {
    let (head, low) = below(x, peak);
    let value = exp(head);
    value + value * low
}

/// What a row becomes if its peak is no number: `at` where the peak is +∞ and `elsewhere` beside it, `at` being NaN if
/// it is reached more than once; NaN all over if the peak is NaN or -∞.
#[cold]
pub(super) fn fill_without_peak<T: Scalar>(row: &mut [T], sign: f64, peak: f64, at: f64, elsewhere: f64) {
    let is_infinite = |x: &T| sign * x.to_f64() == f64::INFINITY;
    let once = row.iter().filter(|x| is_infinite(x)).count() == 1;
    for x in row {
        *x = T::from_f64(match () {
            () if peak != f64::INFINITY => f64::NAN,
            () if !is_infinite(x) => elsewhere,
            () if once => at,
            () => f64::NAN,
        });
    }
}
