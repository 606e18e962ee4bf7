//! The largest number of a row, and differences to it: what keeps exponentials from overflowing.

use super::sum::two_sum;
use crate::Scalar;
use crate::scalar::as_single;
use activation_math::elementary::exp;
use activation_math::lane::Lane;

/// Numbers side by side: one of the widest registers.
pub(super) const LANES: usize = 16;

/// So many of those in one step, whose result alone is added to what is kept: that may be in memory, and wait for itself.
pub(super) const STEP: usize = 8 * LANES;

/// The largest of a row, each times `sign`; NaN if any is, and -∞ if there are none.
#[inline(always)]
pub(super) fn peak<T: Scalar>(row: &[T], sign: f64) -> f64 {
    match as_single(row) {
        // As they are: twice as many at once.
        Some(row) => largest(row, f32::NEG_INFINITY, |x| sign as f32 * x).map_or(f64::NAN, f64::from),
        None => largest(row, f64::NEG_INFINITY, |x| sign * x.to_f64()).unwrap_or(f64::NAN),
    }
}

/// `None` if any is NaN.
#[inline(always)]
fn largest<T: Copy, N: Copy + PartialOrd>(row: &[T], least: N, number: impl Fn(T) -> N) -> Option<N> {
    let mut largest = Largest { lanes: [least; LANES], is_nan: [0; LANES] };
    let (steps, rest) = row.as_chunks::<STEP>();
    for step in steps {
        largest.add(step, &number);
    }
    let (groups, rest) = rest.as_chunks::<LANES>();
    for group in groups {
        largest.add(group, &number);
    }
    if let Some(&first) = rest.first() {
        // Filled up by what changes nothing.
        let mut group = [first; LANES];
        group[..rest.len()].copy_from_slice(rest);
        largest.add(&group, &number);
    }
    let is_number = largest.is_nan.iter().fold(0, |any, nan| any | nan) == 0;
    is_number.then(|| largest.lanes.into_iter().fold(least, larger))
}

/// A comparison does not see NaN, which is kept beside.
struct Largest<N> {
    lanes: [N; LANES],
    is_nan: [u32; LANES],
}

impl<N: Copy + PartialOrd> Largest<N> {
    #[inline(always)]
    fn add<T: Copy, const COUNT: usize>(&mut self, values: &[T; COUNT], number: &impl Fn(T) -> N) {
        for lane in 0..LANES {
            let mut largest = number(values[lane]);
            let mut is_nan = u32::from(differs_from_itself(largest));
            for place in (lane + LANES..COUNT).step_by(LANES) {
                let value = number(values[place]);
                largest = larger(largest, value);
                is_nan |= u32::from(differs_from_itself(value));
            }
            self.lanes[lane] = larger(self.lanes[lane], largest);
            self.is_nan[lane] |= is_nan;
        }
    }
}

#[inline(always)]
#[allow(clippy::eq_op, reason = "that is what a NaN does")]
fn differs_from_itself<N: PartialOrd>(value: N) -> bool {
    value != value
}

#[inline(always)]
fn larger<N: PartialOrd>(a: N, b: N) -> N {
    if b > a { b } else { a }
}

/// `x - peak` for a finite peak that is not smaller: the rounded difference, and what rounding lost.
#[inline(always)]
pub(super) fn below<L: Lane + PartialEq>(x: L, peak: L) -> (L, L) {
    let (head, lost) = two_sum(x, -peak);
    // -∞ loses nothing, but arithmetic does not know that.
    (head, if head == L::of(f64::NEG_INFINITY) { L::of(0.0) } else { lost })
}

/// Takes the ones of the peak, which may be there more than once, out of the exponentials of a row's differences to it: beside them
/// the sum of the others would have no digits. How many they were.
#[inline(always)]
pub(super) fn without_peak<T: Scalar, L: Lane>(row: &[T], peak: f64, exponentials: &mut [L]) -> u32 {
    let mut count = 0;
    for (value, x) in exponentials.iter_mut().zip(row) {
        let is_peak = *x == T::from_f64(peak);
        *value = if is_peak { L::of(0.0) } else { *value };
        count += u32::from(is_peak);
    }
    count
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
