//! The logarithm of a sum of exponentials, a smooth maximum, and the way back.

use super::peak::peak;
use super::softmax::{Softmax, log_of_sum};
use super::{TransformRow, check_one_a_row};
use crate::slice::check_length;
use crate::{Precision, Scalar};
use activation_math::{Extended, Real};
use activation_math::{Kernel, Level};

/// `output[r] = ln(Σ exp(input[j]))`, the sum over row r. Shapes: `[.., row_length]` and `[..]`.
#[track_caller]
pub fn logsumexp_into<T: Scalar>(input: &[T], row_length: usize, output: &mut [T]) {
    check_one_a_row("output", output.len(), input.len(), row_length);
    let level = Level::detect();
    for (row, to) in input.chunks_exact(row_length).zip(output) {
        *to = T::from_f64(level.run(Logsumexp { row }));
    }
}

/// The gradient by the input of logsumexp: `grad_input[i] = grad_output[r] · softmax(input)[i]` for the row r of i. Shapes:
/// `grad_output` is `[..]`, the others are `[.., row_length]`.
#[track_caller]
pub fn logsumexp_backward_into<T: Scalar>(
    input: &[T],
    grad_output: &[T],
    row_length: usize,
    grad_input: &mut [T],
) {
    check_one_a_row("grad_output", grad_output.len(), input.len(), row_length);
    check_length("grad_input", grad_input.len(), input.len());
    let rows = input.chunks_exact(row_length).zip(grad_output);
    let (level, mut by) = (Level::detect(), Softmax::new(1.0));
    for ((from, gradient), row) in rows.zip(grad_input.chunks_exact_mut(row_length)) {
        row.copy_from_slice(from);
        by.factor = gradient.to_f64();
        level.run(TransformRow { row, by: &mut by });
    }
}

struct Logsumexp<'a, T> {
    row: &'a [T],
}

impl<T: Scalar> Kernel for Logsumexp<'_, T> {
    type Result = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let row = self.row;
        let peak = peak(row, 1.0);
        if !peak.is_finite() {
            return peak;
        }
        let result = peak + log_of_sum(row, peak);
        // Beside 0 the two cancel.
        let enough = match T::PRECISION {
            // Exponentials are good to 2^-40, and the result has to be to 2^-26.
            Precision::Single => 2.0_f64.powi(-13),
            Precision::Double => 0.5,
        };
        if result.abs() < enough * peak.abs() { exactly(row, peak) } else { result }
    }
}

/// In double-double.
#[cold]
fn exactly<T: Scalar>(row: &[T], peak: f64) -> f64 {
    let highest = Extended::from_f64(peak);
    // The peak's own 1 is left out, for the logarithm to have the digits of a small rest.
    let place = row.iter().position(|x| x.to_f64() == peak);
    let others = row.iter().enumerate().filter(|&(index, _)| Some(index) != place);
    let rest = others
        .map(|(_, x)| (Extended::from_f64(x.to_f64()) - highest).exp())
        .fold(Extended::from_f64(0.0), |sum, term| sum + term);
    (highest + rest.log1p()).to_f64()
}
