//! Functions of a whole row: softmax and its kin, sparsemax, maxout, and the way back through them.
//!
//! An activation maps every number by itself; these take the numbers along the last axis of an array together. An array
//! of shape `[.., row_length]`, contiguous and row after row, is one slice:
//!
//! ```
//! use activation_core::rows;
//!
//! // Two rows; a score of -∞ masks an entry out.
//! let scores = [1.0_f32, 1.0, f32::NEG_INFINITY, 1000.0, 0.0, -1000.0];
//! let mut weights = [0.0; 6];
//! rows::softmax_into(&scores, 3, &mut weights);
//! assert_eq!(weights, [0.5, 0.5, 0.0, 1.0, 0.0, 0.0]);
//!
//! // From the loss's gradient by the weights to that by the scores.
//! let mut by_scores = [0.0; 6];
//! rows::softmax_backward_into(&weights, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0], 3, &mut by_scores);
//! assert_eq!(by_scores, [0.25, -0.25, 0.0, 0.0, 0.0, 0.0]);
//! ```
//!
//! # Accuracy
//!
//! Results for `f32`, `f16` and `bf16` are computed in `f64` and rounded once: within 1 ULP of the exact function of the
//! slices that were given. Results for `f64` are within 4 ULP, as measured (`tests/tests/rows.rs`); below 2^-1022 within 4
//! steps of the subnormal numbers. Where terms cancel, about 2^-100 of them is what remains uncertain.
//!
//! Sums run in eight interleaved parts with compensation for what rounding takes away, in an order that depends on nothing
//! but the length: results have the same bits on every machine. Exponentials are those of differences to the row's largest
//! number, and these differences keep what their rounding loses: nothing overflows, whatever is finite.
//!
//! [`fast`] computes rows of `f32` in `f32`: within 4 ULP, in little more than half of the time.
//!
//! # Special values
//!
//! | in a row              | softmax              | log_softmax                    | logsumexp | sparsemax            |
//! |-----------------------|----------------------|--------------------------------|-----------|----------------------|
//! | NaN                   | NaN                  | NaN                            | NaN       | NaN                  |
//! | -∞ beside numbers     | 0 there              | -∞ there                       | no part   | 0 there              |
//! | nothing but -∞        | NaN                  | NaN                            | -∞        | NaN                  |
//! | +∞ once               | 1 there, 0 elsewhere | 0 there, -∞ elsewhere          | +∞        | 1 there, 0 elsewhere |
//! | +∞ several times      | NaN there, 0 elsewhere | NaN there, -∞ elsewhere      | +∞        | NaN there, 0 elsewhere |
//!
//! These are limits, and NaN where there is none. softmin(x) is softmax(-x). maxout is NaN where its group has a NaN.
//! Gradients are what the formulas given at each function are for such numbers: NaN for an infinite gradient.
//!
//! # Panics
//!
//! A row, or a group, has at least one element, and the length of `input` is a whole number of them; what belongs to the
//! same elements has the same length. Anything else is a mistake of the calling program and panics with the two lengths.

pub mod fast;
mod logsumexp;
mod maxout;
mod peak;
mod softmax;
mod sparsemax;
mod sum;

pub use logsumexp::{logsumexp_backward_into, logsumexp_into};
pub use maxout::{maxout_backward_into, maxout_into};
pub use softmax::{
    log_softmax_backward_into, log_softmax_in_place, log_softmax_into, softmax_backward_into,
    softmax_in_place, softmax_into, softmin_backward_into, softmin_in_place, softmin_into,
};
pub use sparsemax::{sparsemax_backward_into, sparsemax_in_place, sparsemax_into};

use crate::slice::check_length;
use crate::{Precision, Scalar};
use activation_math::{Kernel, Level};

/// Makes sure that `length` elements are a whole number of rows.
#[track_caller]
fn check_rows(what: &str, length: usize, row_length: usize) {
    assert!(row_length > 0, "a row needs at least one element: `row_length` is 0");
    assert!(
        length.is_multiple_of(row_length),
        "`{what}` has {length} elements, which is no whole number of rows of {row_length}"
    );
}

/// Makes sure that there is one element for every row of `input`.
#[track_caller]
fn check_one_a_row(what: &str, found: usize, length: usize, row_length: usize) {
    check_rows("input", length, row_length);
    let rows = length / row_length;
    assert!(found == rows, "`{what}` needs one element a row: {rows} of them, not {found}");
}

/// A function from a row to a row of the same length. Everything in it must be inlined: see [`Kernel`].
trait Transform<T> {
    fn transform(&mut self, row: &mut [T]);
}

/// Its way back.
trait Gradient<T> {
    /// From what the function gave and the gradient by that, to the gradient by its input. Gradients are multiplied by
    /// `scale` when they are read and divided by it when they are written; the result says whether all were finite.
    fn gradient(&self, output: &[T], grad_output: &[T], scale: f64, grad_input: &mut [T]) -> bool;
}

struct TransformRow<'a, T, F> {
    row: &'a mut [T],
    by: &'a mut F,
}

impl<T, F: Transform<T>> Kernel for TransformRow<'_, T, F> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        self.by.transform(self.row);
    }
}

struct GradientOfRow<'a, T, F> {
    output: &'a [T],
    grad_output: &'a [T],
    scale: f64,
    grad_input: &'a mut [T],
    by: &'a F,
}

impl<T, F: Gradient<T>> Kernel for GradientOfRow<'_, T, F> {
    type Result = bool;

    #[inline(always)]
    fn run(self) -> bool {
        self.by.gradient(self.output, self.grad_output, self.scale, self.grad_input)
    }
}

/// Copies every row and transforms it where it then is.
#[track_caller]
fn transform_into<T: Copy>(input: &[T], row_length: usize, output: &mut [T], mut by: impl Transform<T>) {
    check_rows("input", input.len(), row_length);
    check_length("output", output.len(), input.len());
    let level = Level::detect();
    for (from, row) in input.chunks_exact(row_length).zip(output.chunks_exact_mut(row_length)) {
        row.copy_from_slice(from);
        level.run(TransformRow { row, by: &mut by });
    }
}

#[track_caller]
fn transform_in_place<T>(values: &mut [T], row_length: usize, mut by: impl Transform<T>) {
    check_rows("values", values.len(), row_length);
    let level = Level::detect();
    for row in values.chunks_exact_mut(row_length) {
        level.run(TransformRow { row, by: &mut by });
    }
}

/// Where intermediate results of `f64` left its range, gradients that are 2^-60 as large are tried; nothing of an `f32` is
/// large enough for that.
const ROOM: f64 = 1.0 / (1_u64 << 60) as f64;

#[track_caller]
fn gradients_into<T: Scalar>(
    output: &[T],
    grad_output: &[T],
    row_length: usize,
    grad_input: &mut [T],
    by: &impl Gradient<T>,
) {
    check_rows("output", output.len(), row_length);
    for (what, found) in [("grad_output", grad_output.len()), ("grad_input", grad_input.len())] {
        assert!(
            found == output.len(),
            "the slices must have one length: `{what}` has {found} elements, `output` has {}",
            output.len()
        );
    }
    let level = Level::detect();
    let given = output.chunks_exact(row_length).zip(grad_output.chunks_exact(row_length));
    for ((output, grad_output), grad_input) in given.zip(grad_input.chunks_exact_mut(row_length)) {
        let mut run =
            |scale| level.run(GradientOfRow { output, grad_output, scale, grad_input: &mut *grad_input, by });
        if !run(1.0) && T::PRECISION == Precision::Double {
            run(ROOM);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::softmax::{LogSoftmax, Softmax};
    use super::sparsemax::Sparsemax;
    use super::{Level, Scalar, Transform, TransformRow, fast};

    /// The same bits on every machine, as far as this one can be others.
    #[test]
    fn levels_agree() {
        fn at<T: Scalar>(level: Level, by: &mut impl Transform<T>) -> [u64; 77] {
            let mut row =
                core::array::from_fn(|index| T::from_f64(f64::from(index as u32 * 7919 % 1000) / 73.0 - 5.0));
            level.run(TransformRow { row: &mut row, by });
            row.map(|value| value.to_f64().to_bits())
        }
        for level in Level::available() {
            let name = level.name();
            let softmax = |level| at::<f64>(level, &mut Softmax::new(1.0));
            assert_eq!(softmax(level), softmax(Level::BASE), "{name}");
            let log_softmax = |level| at::<f64>(level, &mut LogSoftmax);
            assert_eq!(log_softmax(level), log_softmax(Level::BASE), "{name}");
            let sparsemax = |level| at::<f64>(level, &mut Sparsemax);
            assert_eq!(sparsemax(level), sparsemax(Level::BASE), "{name}");
            let fast = |level| at(level, &mut fast::Softmax { sign: 1.0 });
            assert_eq!(fast(level), fast(Level::BASE), "{name}");
            let fast = |level| at(level, &mut fast::LogSoftmax);
            assert_eq!(fast(level), fast(Level::BASE), "{name}");
        }
    }
}
