//! Slices on all cores: the functions of [`Activation`] with the same results, bit for bit, whatever the number of threads.
//!
//! Work is split over the current thread pool of rayon; run these inside [`rayon::ThreadPool::install`] to choose another
//! one. Slices below 65,536 elements stay on the calling thread, so that waking others is a small part of the work.
//!
//! ```
//! use activation_core::{Activation, catalogue::Gelu, parallel};
//!
//! let input: Vec<f32> = (0..200_000).map(|i| i as f32 / 20_000.0 - 5.0).collect();
//! let [mut one, mut many] = [vec![0.0; 200_000], vec![0.0; 200_000]];
//! Gelu.forward_into(&input, &mut one);
//! parallel::forward_into(&Gelu, &input, &mut many);
//! assert_eq!(one, many);
//! ```
//!
//! # Panics
//!
//! As [`Activation`]: where slices differ in length, or a parameter does not exist.

use crate::slice::{self, PART, Sum, check_gradients, check_length};
use crate::{Activation, Level, Output, Scalar};
use rayon::prelude::*;

/// `output[i] = f(input[i])`; slices of one length.
#[track_caller]
pub fn forward_into<A: Activation, T: Scalar + Send + Sync>(activation: &A, input: &[T], output: &mut [T]) {
    evaluate_into(activation, Output::Forward, input, output);
}

/// `values[i] = f(values[i])`.
pub fn forward_in_place<A: Activation, T: Scalar + Send + Sync>(activation: &A, values: &mut [T]) {
    evaluate_in_place(activation, Output::Forward, values);
}

/// `output[i] = f'(input[i])`; slices of one length.
#[track_caller]
pub fn derivative_into<A: Activation, T: Scalar + Send + Sync>(
    activation: &A,
    input: &[T],
    output: &mut [T],
) {
    evaluate_into(activation, Output::Derivative, input, output);
}

/// `output[i]` = any of the functions at `input[i]`; slices of one length.
#[track_caller]
pub fn evaluate_into<A: Activation, T: Scalar + Send + Sync>(
    activation: &A,
    function: Output,
    input: &[T],
    output: &mut [T],
) {
    check_length("output", output.len(), input.len());
    let level = Level::detect();
    let parts = input.par_chunks(PART).zip(output.par_chunks_mut(PART));
    parts.for_each(|(input, output)| slice::evaluate_into(level, activation, function, input, output));
}

/// `values[i]` = any of the functions at `values[i]`.
pub fn evaluate_in_place<A: Activation, T: Scalar + Send + Sync>(
    activation: &A,
    function: Output,
    values: &mut [T],
) {
    let level = Level::detect();
    let parts = values.par_chunks_mut(PART);
    parts.for_each(|values| slice::evaluate_in_place(level, activation, function, values));
}

/// `forward[i] = f(input[i])` and `derivative[i] = f'(input[i])` in one pass; slices of one length.
#[track_caller]
pub fn forward_with_derivative_into<A: Activation, T: Scalar + Send + Sync>(
    activation: &A,
    input: &[T],
    forward: &mut [T],
    derivative: &mut [T],
) {
    check_length("forward", forward.len(), input.len());
    check_length("derivative", derivative.len(), input.len());
    let level = Level::detect();
    let parts = input.par_chunks(PART).zip(forward.par_chunks_mut(PART)).zip(derivative.par_chunks_mut(PART));
    parts.for_each(|((input, forward), derivative)| {
        slice::evaluate_both_into(level, activation, input, forward, derivative);
    });
}

/// `grad_input[i] = grad_output[i] · f'(input[i])`, rounded once; slices of one length.
#[track_caller]
pub fn backward_into<A: Activation, T: Scalar + Send + Sync>(
    activation: &A,
    input: &[T],
    grad_output: &[T],
    grad_input: &mut [T],
) {
    check_length("grad_output", grad_output.len(), input.len());
    check_length("grad_input", grad_input.len(), input.len());
    let level = Level::detect();
    let parts = input.par_chunks(PART).zip(grad_output.par_chunks(PART)).zip(grad_input.par_chunks_mut(PART));
    parts.for_each(|((input, grad_output), grad_input)| {
        slice::backward_into(level, activation, input, grad_output, grad_input);
    });
}

/// `gradients[p] = Σ grad_output[i] · ∂f/∂parameter p (input[i])` for every parameter, in the order of declaration. The
/// parts are added up in their order.
#[track_caller]
pub fn parameter_gradients_into<A: Activation, T: Scalar + Send + Sync>(
    activation: &A,
    input: &[T],
    grad_output: &[T],
    gradients: &mut [f64],
) {
    check_length("grad_output", grad_output.len(), input.len());
    check_gradients::<A>(gradients.len(), 1);
    let level = Level::detect();
    for (index, gradient) in gradients.iter_mut().enumerate() {
        let parts = input.par_chunks(PART).zip(grad_output.par_chunks(PART));
        let sums: Vec<Sum> = parts
            .map(|(input, grad_output)| slice::part_of_gradient(level, activation, index, input, grad_output))
            .collect();
        *gradient = Sum::of(&sums).total();
    }
}
