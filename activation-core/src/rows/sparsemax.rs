//! sparsemax: the point of the probability simplex that is nearest to a row (Martins and Astudillo, From softmax to
//! sparsemax, 2016), and the way back.
//!
//! The result is `max(x - τ, 0)` with the τ for which it sums to 1. That sum is a convex, piecewise linear function of τ;
//! Newton's method from below reaches its root exactly, in a few steps and in no more than about 60: with every step, the
//! product of excess and slope falls to a quarter. That takes neither a sorted copy of the row nor any memory, as the usual
//! algorithm does. Numbers are counted from the row's largest, τ in double-double: what is kept is decided as exactly as it is
//! computed.

use super::peak::{below, fill_without_peak, peak};
use super::sum::{Double, Sum};
use super::{Gradient, Transform, gradients_into, transform_in_place, transform_into};
use crate::Scalar;

/// `output[i] = max(input[i] - τ, 0)`, with the τ of the row of i for which the row sums to 1. Shapes: both
/// `[.., row_length]`.
#[track_caller]
pub fn sparsemax_into<T: Scalar>(input: &[T], row_length: usize, output: &mut [T]) {
    transform_into(input, row_length, output, Sparsemax);
}

/// [`sparsemax_into`] on the spot. Shape: `[.., row_length]`.
#[track_caller]
pub fn sparsemax_in_place<T: Scalar>(values: &mut [T], row_length: usize) {
    transform_in_place(values, row_length, Sparsemax);
}

/// The gradient by the input of sparsemax, from its output p: `grad_output[i]` less its mean over the elements of the row
/// that have `p > 0` where `p[i] > 0`, and 0 elsewhere. Shapes: all `[.., row_length]`.
#[track_caller]
pub fn sparsemax_backward_into<T: Scalar>(
    output: &[T],
    grad_output: &[T],
    row_length: usize,
    grad_input: &mut [T],
) {
    gradients_into(output, grad_output, row_length, grad_input, &SparsemaxGradient);
}

pub(super) struct Sparsemax;

impl<T: Scalar> Transform<T> for Sparsemax {
    #[inline(always)]
    fn transform(&mut self, row: &mut [T]) {
        let peak = peak(row, 1.0);
        if !peak.is_finite() {
            return fill_without_peak(row, 1.0, peak, 1.0, 0.0);
        }
        let threshold = threshold(row, peak);
        for x in row {
            let (head, low) = below(x.to_f64(), peak);
            *x = T::from_f64((threshold.subtracted_from(head) + low).max(0.0));
        }
    }
}

/// `τ - peak`.
#[inline(always)]
fn threshold<T: Scalar>(row: &[T], peak: f64) -> Double {
    // The largest alone gives 1.
    let mut threshold = Double { head: -1.0, tail: 0.0 };
    let mut support = row.len() + 1;
    let mut terms = [(0.0, 0.0); 64];
    loop {
        let (mut sum, mut count) = (Sum::default(), 0_usize);
        for block in row.chunks(terms.len()) {
            let terms = &mut terms[..block.len()];
            for (term, x) in terms.iter_mut().zip(block) {
                let (head, low) = below(x.to_f64(), peak);
                let is_kept = threshold.subtracted_from(head) + low > 0.0;
                *term = if is_kept { (head, low) } else { (0.0, 0.0) };
                count += usize::from(is_kept);
            }
            sum.add(terms, |term| term);
        }
        // The same elements give the same threshold.
        if count >= support {
            return threshold;
        }
        support = count;
        threshold = sum.total().plus(-1.0).over(Double { head: count as f64, tail: 0.0 });
    }
}

struct SparsemaxGradient;

impl<T: Scalar> Gradient<T> for SparsemaxGradient {
    #[inline(always)]
    fn gradient(&self, p: &[T], gradient: &[T], scale: f64, to: &mut [T]) -> bool {
        let mut pairs = [(0.0, 0.0); 64];
        let (mut sum, mut count) = (Sum::default(), Sum::default());
        for (p, gradient) in p.chunks(pairs.len()).zip(gradient.chunks(pairs.len())) {
            let pairs = &mut pairs[..p.len()];
            for ((pair, p), gradient) in pairs.iter_mut().zip(p).zip(gradient) {
                let is_kept = kept(p.to_f64());
                *pair = (if is_kept == 0.0 { 0.0 } else { is_kept * (scale * gradient.to_f64()) }, is_kept);
            }
            sum.add(pairs, |(gradient, _)| (gradient, 0.0));
            count.add(pairs, |(_, is_kept)| (is_kept, 0.0));
        }
        let mean = sum.total().over(count.total());
        let (mut fine, back) = (true, 1.0 / scale);
        for ((to, p), gradient) in to.iter_mut().zip(p).zip(gradient) {
            let is_kept = kept(p.to_f64());
            let result = is_kept * mean.subtracted_from(scale * gradient.to_f64());
            let result = if is_kept == 0.0 { 0.0 } else { back * result };
            fine &= result.is_finite();
            *to = T::from_f64(result);
        }
        fine
    }
}

/// 1 where sparsemax keeps an element and 0 where not; NaN for NaN.
#[inline(always)]
fn kept(p: f64) -> f64 {
    if p > 0.0 { 1.0 } else { p * 0.0 }
}
