//! softmax, softmin and log-softmax (Bridle, Probabilistic interpretation of feedforward classification network outputs,
//! 1990), and the way back.

use super::peak::{below, exp_below, fill_without_peak, peak, without_peak};
use super::sum::{Double, PlainSum, Sum, two_product};
use super::{Gradient, Transform, gradients_into, transform_in_place, transform_into};
use crate::{Precision, Scalar};
use activation_math::elementary::{exp, expm1, log1p};
use activation_math::{Brief, Extended, Real};

/// Exponentials of so many elements are kept until their sum is known; those of longer rows are computed twice.
const KEPT: usize = 1024;

/// The same where logarithms are wanted.
const LOGARITHMS: usize = 256;

/// `output[i] = exp(input[i]) / Σ exp(input[j])`, the sum over the row of i. Shapes: both `[.., row_length]`.
#[track_caller]
pub fn softmax_into<T: Scalar>(input: &[T], row_length: usize, output: &mut [T]) {
    transform_into(input, row_length, output, Softmax::new(1.0));
}

/// [`softmax_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn softmax_in_place<T: Scalar>(values: &mut [T], row_length: usize) {
    transform_in_place(values, row_length, Softmax::new(1.0));
}

/// `output[i] = exp(-input[i]) / Σ exp(-input[j])`, the sum over the row of i. Shapes: both `[.., row_length]`.
#[track_caller]
pub fn softmin_into<T: Scalar>(input: &[T], row_length: usize, output: &mut [T]) {
    transform_into(input, row_length, output, Softmax::new(-1.0));
}

/// [`softmin_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn softmin_in_place<T: Scalar>(values: &mut [T], row_length: usize) {
    transform_in_place(values, row_length, Softmax::new(-1.0));
}

/// `output[i] = input[i] - ln(Σ exp(input[j]))`, the sum over the row of i. Shapes: both `[.., row_length]`.
#[track_caller]
pub fn log_softmax_into<T: Scalar>(input: &[T], row_length: usize, output: &mut [T]) {
    transform_into(input, row_length, output, LogSoftmax);
}

/// [`log_softmax_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn log_softmax_in_place<T: Scalar>(values: &mut [T], row_length: usize) {
    transform_in_place(values, row_length, LogSoftmax);
}

/// The gradient by the input of softmax, from its output p: `grad_input[i] = p[i] · (grad_output[i] - m)` with the mean
/// `m = Σ p[j] · grad_output[j] / Σ p[j]` over the row of i. Shapes: all `[.., row_length]`.
///
/// The divisor is 1 but for the rounding of p; with it, a gradient that is the same for a whole row comes back as 0 or nearly so.
#[track_caller]
pub fn softmax_backward_into<T: Scalar>(
    output: &[T],
    grad_output: &[T],
    row_length: usize,
    grad_input: &mut [T],
) {
    gradients_into(output, grad_output, row_length, grad_input, &SoftmaxGradient { sign: 1.0 });
}

/// The gradient by the input of softmin, from its output: [`softmax_backward_into`] with the other sign.
#[track_caller]
pub fn softmin_backward_into<T: Scalar>(
    output: &[T],
    grad_output: &[T],
    row_length: usize,
    grad_input: &mut [T],
) {
    gradients_into(output, grad_output, row_length, grad_input, &SoftmaxGradient { sign: -1.0 });
}

/// The gradient by the input of log-softmax, from its output y:
/// `grad_input[i] = grad_output[i] - exp(y[i]) · Σ grad_output[j]`, the sum over the row of i. Shapes: all
/// `[.., row_length]`.
#[track_caller]
pub fn log_softmax_backward_into<T: Scalar>(
    output: &[T],
    grad_output: &[T],
    row_length: usize,
    grad_input: &mut [T],
) {
    gradients_into(output, grad_output, row_length, grad_input, &LogSoftmaxGradient);
}

/// `factor · softmax(sign · row)`.
pub(super) struct Softmax {
    sign: f64,
    pub(super) factor: f64,
    kept: [f64; KEPT],
}

impl Softmax {
    pub(super) fn new(sign: f64) -> Self {
        Softmax { sign, factor: 1.0, kept: [0.0; KEPT] }
    }
}

impl<T: Scalar> Transform<T> for Softmax {
    #[inline(always)]
    fn transform(&mut self, row: &mut [T]) {
        let Softmax { sign, factor, ref mut kept } = *self;
        let peak = peak(row, sign);
        if !peak.is_finite() {
            return fill_without_peak(row, sign, peak, factor, factor * 0.0);
        }
        let (mut sum, mut plain) = (Sum::default(), PlainSum::default());
        let is_kept = row.len() <= KEPT;
        for block in row.chunks(KEPT) {
            let kept = &mut kept[..block.len()];
            exponentials(block, sign, peak, kept);
            match T::PRECISION {
                Precision::Single => plain.add(kept),
                Precision::Double => sum.add(kept, |value| (value, 0.0)),
            }
        }
        let total = match T::PRECISION {
            Precision::Single => plain.total(),
            Precision::Double => sum.total().value(),
        };
        for block in row.chunks_mut(KEPT) {
            let kept = &mut kept[..block.len()];
            if !is_kept {
                exponentials(block, sign, peak, kept);
            }
            match T::PRECISION {
                Precision::Single => scaled(kept, |value| value * (factor / total), block),
                Precision::Double => scaled(kept, |value| factor * (value / total), block),
            }
        }
    }
}

#[inline(always)]
fn scaled<T: Scalar>(values: &[f64], by: impl Fn(f64) -> f64, to: &mut [T]) {
    for (to, &value) in to.iter_mut().zip(values) {
        *to = T::from_f64(by(value));
    }
}

#[inline(always)]
fn exponentials<T: Scalar>(block: &[T], sign: f64, peak: f64, values: &mut [f64]) {
    for (value, &x) in values.iter_mut().zip(block) {
        *value = match T::PRECISION {
            // To 2^-40, as all results in `f32`.
            Precision::Single => Brief(sign * x.to_f64() - peak).exp().0,
            Precision::Double => exp_below(sign * x.to_f64(), peak),
        };
    }
}

pub(super) struct LogSoftmax;

impl<T: Scalar> Transform<T> for LogSoftmax {
    #[inline(always)]
    fn transform(&mut self, row: &mut [T]) {
        let peak = peak(row, 1.0);
        if !peak.is_finite() {
            return fill_without_peak(row, 1.0, peak, 0.0, f64::NEG_INFINITY);
        }
        let log = log_of_sum(row, peak);
        for x in row {
            *x = T::from_f64(match T::PRECISION {
                Precision::Single => (x.to_f64() - peak) - log,
                Precision::Double => {
                    let (head, low) = below(x.to_f64(), peak);
                    (head - log) + low
                }
            });
        }
    }
}

/// `ln(Σ exp(x - peak))`, which is not negative: the peak's own 1 is no part of the sum whose logarithm is taken, beside which that might be
/// next to nothing.
#[inline(always)]
pub(super) fn log_of_sum<T: Scalar>(row: &[T], peak: f64) -> f64 {
    // Apart from the sum, because exponentials are computed side by side and a sum is not.
    let mut values = [0.0; LOGARITHMS];
    match T::PRECISION {
        Precision::Single => {
            let (mut sum, mut peaks) = (PlainSum::default(), 0_u32);
            for block in row.chunks(LOGARITHMS) {
                let values = &mut values[..block.len()];
                exponentials(block, 1.0, peak, values);
                peaks += without_peak(block, peak, values);
                sum.add(values);
            }
            log1p(f64::from(peaks - 1) + sum.total())
        }
        Precision::Double => {
            let mut sum = Sum::default();
            for block in row.chunks(LOGARITHMS) {
                let values = &mut values[..block.len()];
                exponentials(block, 1.0, peak, values);
                sum.add(values, |value| (value, 0.0));
            }
            log1p(sum.total().plus(-1.0).value())
        }
    }
}

struct SoftmaxGradient {
    sign: f64,
}

impl<T: Scalar> Gradient<T> for SoftmaxGradient {
    #[inline(always)]
    fn gradient(&self, p: &[T], gradient: &[T], scale: f64, to: &mut [T]) -> bool {
        let (mut sum, mut products) = (Sum::default(), Sum::default());
        let mut pairs = [(0.0, 0.0); 64];
        for (p, gradient) in p.chunks(pairs.len()).zip(gradient.chunks(pairs.len())) {
            let pairs = &mut pairs[..p.len()];
            for ((pair, p), gradient) in pairs.iter_mut().zip(p).zip(gradient) {
                *pair = (p.to_f64(), scale * gradient.to_f64());
            }
            sum.add(pairs, |(p, _)| (p, 0.0));
            products.add(pairs, |(p, gradient)| match T::PRECISION {
                // The product of two numbers of `f32` is exact.
                Precision::Single => (p * gradient, 0.0),
                Precision::Double => two_product(p, gradient),
            });
        }
        let mean = products.total().over(sum.total());
        let (mut fine, back) = (true, self.sign / scale);
        for ((to, p), gradient) in to.iter_mut().zip(p).zip(gradient) {
            let result = back * (p.to_f64() * mean.subtracted_from(scale * gradient.to_f64()));
            fine &= result.is_finite();
            *to = T::from_f64(result);
        }
        fine
    }
}

struct LogSoftmaxGradient;

impl<T: Scalar> Gradient<T> for LogSoftmaxGradient {
    #[inline(always)]
    fn gradient(&self, y: &[T], gradient: &[T], scale: f64, to: &mut [T]) -> bool {
        // Below this part of the gradient, too few digits of a difference are left.
        let enough = match T::PRECISION {
            Precision::Single => 2.0_f64.powi(-24),
            Precision::Double => 0.5,
        };
        let mut sum = Sum::default();
        sum.add(gradient, |gradient| (scale * gradient.to_f64(), 0.0));
        let total = sum.total();
        let (mut fine, back) = (true, 1.0 / scale);
        for ((to, y), gradient) in to.iter_mut().zip(y).zip(gradient) {
            let (y, gradient) = (y.to_f64(), scale * gradient.to_f64());
            // Where p is nearly 1, it is the gradients' difference and 1 - p that have the digits.
            let difference = total.subtracted_from(gradient);
            let (result, size) = if is_likely(y) {
                (difference - total.head * expm1(y), difference)
            } else {
                (gradient - total.head * exp(y), gradient)
            };
            let result =
                if result.abs() < enough * size.abs() { exactly(y, gradient, total) } else { result };
            fine &= result.is_finite();
            *to = T::from_f64(back * result);
        }
        fine
    }
}

fn is_likely(log_probability: f64) -> bool {
    log_probability > -0.5
}

/// `gradient - exp(y) · total` in double-double.
#[cold]
fn exactly(y: f64, gradient: f64, total: Double) -> f64 {
    let total = Extended::from_f64(total.head) + Extended::from_f64(total.tail);
    let (exponent, gradient) = (Extended::from_f64(y), Extended::from_f64(gradient));
    let result = if is_likely(y) {
        (gradient - total) - total * exponent.expm1()
    } else {
        gradient - total * exponent.exp()
    };
    result.to_f64()
}
