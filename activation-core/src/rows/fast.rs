//! The fast tier: rows of `f32` that are computed in `f32`, in little more than half of the time.
//!
//! Results are within 4 ULP, as measured (`tests/tests/rows.rs`), however far below the largest number of a row: differences to that keep
//! what their rounding loses. Special values are those of [`rows`](super), and the way back is the one there: gradients
//! are made of results. Bits are the same on every machine.
//!
//! ```
//! use activation_core::rows;
//!
//! let mut weights = [0.0; 3];
//! rows::fast::softmax_into(&[1.0, 1.0, f32::NEG_INFINITY], 3, &mut weights);
//! assert_eq!(weights, [0.5, 0.5, 0.0]);
//! ```
//!
//! # Panics
//!
//! As [`rows`](super).

use super::peak::{LANES, STEP, below, fill_without_peak, peak, without_peak};
use super::{Transform, transform_in_place, transform_into};
use activation_math::elementary::log1p;
use activation_math::lane::Lane;
use activation_math::single::decay;

/// Exponentials of so many elements are added up in `f32`, and their sums in `f64`: 16 additions one after the other at most.
const BLOCK: usize = 1024;

/// [`softmax_into`](super::softmax_into) in `f32`. Shapes: both `[.., row_length]`.
#[track_caller]
pub fn softmax_into(input: &[f32], row_length: usize, output: &mut [f32]) {
    transform_into(input, row_length, output, Softmax { sign: 1.0 });
}

/// [`softmax_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn softmax_in_place(values: &mut [f32], row_length: usize) {
    transform_in_place(values, row_length, Softmax { sign: 1.0 });
}

/// [`softmin_into`](super::softmin_into) in `f32`. Shapes: both `[.., row_length]`.
#[track_caller]
pub fn softmin_into(input: &[f32], row_length: usize, output: &mut [f32]) {
    transform_into(input, row_length, output, Softmax { sign: -1.0 });
}

/// [`softmin_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn softmin_in_place(values: &mut [f32], row_length: usize) {
    transform_in_place(values, row_length, Softmax { sign: -1.0 });
}

/// [`log_softmax_into`](super::log_softmax_into) in `f32`. Shapes: both `[.., row_length]`.
#[track_caller]
pub fn log_softmax_into(input: &[f32], row_length: usize, output: &mut [f32]) {
    transform_into(input, row_length, output, LogSoftmax);
}

/// [`log_softmax_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn log_softmax_in_place(values: &mut [f32], row_length: usize) {
    transform_in_place(values, row_length, LogSoftmax);
}

/// softmax(sign · row).
pub(super) struct Softmax {
    pub(super) sign: f32,
}

impl Transform<f32> for Softmax {
    #[inline(always)]
    fn transform(&mut self, row: &mut [f32]) {
        let sign = self.sign;
        let peak = peak(row, sign.into());
        if !peak.is_finite() {
            return fill_without_peak(row, sign.into(), peak, 1.0, 0.0);
        }
        let mut total = 0.0;
        for block in row.chunks_mut(BLOCK) {
            for x in block.iter_mut() {
                *x = exp_below(sign * *x, peak as f32);
            }
            total += sum(block);
        }
        let factor = (1.0 / total) as f32;
        for x in row {
            *x *= factor;
        }
    }
}

pub(super) struct LogSoftmax;

impl Transform<f32> for LogSoftmax {
    #[inline(always)]
    fn transform(&mut self, row: &mut [f32]) {
        let peak = peak(row, 1.0);
        if !peak.is_finite() {
            return fill_without_peak(row, 1.0, peak, 0.0, f64::NEG_INFINITY);
        }
        let peak = peak as f32;
        let (mut rest, mut peaks) = (0.0, 0_u32);
        let mut values = [0.0; BLOCK];
        for block in row.chunks(BLOCK) {
            let values = &mut values[..block.len()];
            for (value, &x) in values.iter_mut().zip(block) {
                *value = exp_below(x, peak);
            }
            peaks += without_peak(block, peak.into(), values);
            rest += sum(values);
        }
        let log = log1p(f64::from(peaks - 1) + rest) as f32;
        for x in row {
            let (head, low) = below(*x, peak);
            *x = (head - log) + low;
        }
    }
}

/// `exp(x - peak)`.
#[inline(always)]
fn exp_below(x: f32, peak: f32) -> f32 {
    let (head, low) = below(x, peak);
    let value = decay(head);
    Lane::mul_add(value, low, value)
}

#[inline(always)]
fn sum(values: &[f32]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (steps, rest) = values.as_chunks::<STEP>();
    for step in steps {
        add(&mut lanes, step);
    }
    let (groups, rest) = rest.as_chunks::<LANES>();
    for group in groups {
        add(&mut lanes, group);
    }
    let last = rest.iter().fold(0.0, |sum, &value| sum + f64::from(value));
    lanes.into_iter().fold(last, |sum, lane| sum + f64::from(lane))
}

/// Adds to every lane what there is for it, after that has been added up.
#[inline(always)]
fn add<const COUNT: usize>(lanes: &mut [f32; LANES], values: &[f32; COUNT]) {
    for lane in 0..LANES {
        let mut sum = values[lane];
        for place in (lane + LANES..COUNT).step_by(LANES) {
            sum += values[place];
        }
        lanes[lane] += sum;
    }
}
