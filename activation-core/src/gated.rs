//! Gated products `value · f(gate)`, and the way back through them: GLU and its kin.
//!
//! | function | f | source |
//! |---|---|---|
//! | [`glu_into`] | sigmoid | Dauphin, Fan, Auli and Grangier, Language modeling with gated convolutional networks, 2017 |
//! | [`reglu_into`] | relu | Shazeer, GLU variants improve transformer, 2020 |
//! | [`geglu_into`] | gelu | the same |
//! | [`swiglu_into`] | silu | the same |
//! | [`gated_into`] | any activation, with its parameters | |
//!
//! `value` and `gate` are slices of one length; where they are the two halves of the rows of one array of shape
//! `[.., 2 n]`, [`split_into`] makes `[.., n]` of it:
//!
//! ```
//! use activation_core::{catalogue::Relu, gated};
//!
//! let mut output = [0.0_f32; 3];
//! gated::reglu_into(&[1.0, 2.0, 3.0], &[-1.0, 0.5, 2.0], &mut output);
//! assert_eq!(output, [0.0, 1.0, 6.0]);
//!
//! // Two rows of 2 · 1: the first half of each is the value, the second one the gate.
//! let mut output = [0.0_f32; 2];
//! gated::split_into(&Relu, gated::Gate::Second, 1, &[3.0, 2.0, 4.0, -1.0], &mut output);
//! assert_eq!(output, [6.0, 0.0]);
//! ```
//!
//! Products are computed in `f64` with what the activation gives before it is rounded, and are rounded once: within 1 ULP
//! for `f32` and shorter types. For `f64` every factor adds half a unit to what the activation may be off.
//!
//! # Panics
//!
//! Where slices differ in length, or are no whole number of rows.

use crate::catalogue::{Gelu, Relu, Sigmoid, Silu};
use crate::slice::{Block, Evaluator, blocks, check_length, product_into};
use crate::{Activation, Level, Output, Scalar};

/// Which half of a row goes through the activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// `f(first) · second`, as Shazeer writes it and as gate projections that come first are laid out.
    First,
    /// `first · f(second)`, as PyTorch's `glu`.
    Second,
}

impl Gate {
    /// The value and the gate of a row.
    fn of<T>(self, row: &[T]) -> (&[T], &[T]) {
        let (first, second) = row.split_at(row.len() / 2);
        match self {
            Gate::First => (second, first),
            Gate::Second => (first, second),
        }
    }

    /// As [`of`](Self::of), to be written.
    fn of_mut<T>(self, row: &mut [T]) -> (&mut [T], &mut [T]) {
        let (first, second) = row.split_at_mut(row.len() / 2);
        match self {
            Gate::First => (second, first),
            Gate::Second => (first, second),
        }
    }
}

/// `output[i] = value[i] · f(gate[i])`.
#[track_caller]
pub fn gated_into<A: Activation, T: Scalar>(activation: &A, value: &[T], gate: &[T], output: &mut [T]) {
    check_length("gate", gate.len(), value.len());
    check_length("output", output.len(), value.len());
    product_into(Level::detect(), activation, Output::Forward, gate, value, output);
}

/// `grad_value[i] = grad_output[i] · f(gate[i])` and `grad_gate[i] = grad_output[i] · value[i] · f'(gate[i])`.
#[track_caller]
pub fn gated_backward_into<A: Activation, T: Scalar>(
    activation: &A,
    (value, gate): (&[T], &[T]),
    grad_output: &[T],
    (grad_value, grad_gate): (&mut [T], &mut [T]),
) {
    for (what, length) in [
        ("gate", gate.len()),
        ("grad_output", grad_output.len()),
        ("grad_value", grad_value.len()),
        ("grad_gate", grad_gate.len()),
    ] {
        check_length(what, length, value.len());
    }
    let level = Level::detect();
    let evaluator = Evaluator { activation, level, precision: T::PRECISION };
    let [mut gates, mut forward, mut slope, mut gradient, mut factor]: [Block; 5] =
        core::array::from_fn(|_| Block::new());
    for block in blocks(value.len()) {
        gates.load(level, &gate[block.clone()]);
        evaluator.evaluate_both(&gates, &mut forward, &mut slope);
        gradient.load(level, &grad_output[block.clone()]);
        forward.multiply(level, &gradient);
        forward.store(level, &mut grad_value[block.clone()]);
        factor.load(level, &value[block.clone()]);
        // This product is exact for f32 and shorter types.
        gradient.multiply(level, &factor);
        slope.multiply(level, &gradient);
        slope.store(level, &mut grad_gate[block]);
    }
}

/// [`gated_into`] for rows of `2 n` numbers, of which one half is the gate and the other one the value; `output` has `n`
/// for each.
#[track_caller]
pub fn split_into<A: Activation, T: Scalar>(
    activation: &A,
    gate: Gate,
    n: usize,
    input: &[T],
    output: &mut [T],
) {
    check_rows(n, input.len(), output.len());
    for (row, output) in input.chunks_exact(2 * n).zip(output.chunks_exact_mut(n)) {
        let (value, gate) = gate.of(row);
        gated_into(activation, value, gate, output);
    }
}

/// [`gated_backward_into`] for rows of `2 n` numbers, as [`split_into`]: `grad_output` has rows of `n`, `grad_input` is laid
/// out as `input`.
#[track_caller]
pub fn split_backward_into<A: Activation, T: Scalar>(
    activation: &A,
    gate: Gate,
    n: usize,
    input: &[T],
    grad_output: &[T],
    grad_input: &mut [T],
) {
    check_rows(n, input.len(), grad_output.len());
    check_length("grad_input", grad_input.len(), input.len());
    let rows = input.chunks_exact(2 * n).zip(grad_output.chunks_exact(n));
    for ((row, grad_output), grad_row) in rows.zip(grad_input.chunks_exact_mut(2 * n)) {
        gated_backward_into(activation, gate.of(row), grad_output, gate.of_mut(grad_row));
    }
}

#[track_caller]
fn check_rows(n: usize, input: usize, output: usize) {
    assert!(n > 0, "a row needs at least one value and one gate: `n` is 0");
    assert!(
        input.is_multiple_of(2 * n) && output == input / 2,
        "{input} elements of `input` are not two for each of {output} in rows of {n}"
    );
}

macro_rules! named {
    ($($(#[doc = $doc:literal])* $name:ident: $activation:expr;)*) => {
        $(
            $(#[doc = $doc])*
            #[track_caller]
            pub fn $name<T: Scalar>(value: &[T], gate: &[T], output: &mut [T]) {
                gated_into(&$activation, value, gate, output);
            }
        )*
    };
}

named! {
    /// `output[i] = value[i] · sigmoid(gate[i])`.
    glu_into: Sigmoid;
    /// `output[i] = value[i] · relu(gate[i])`.
    reglu_into: Relu;
    /// `output[i] = value[i] · gelu(gate[i])`.
    geglu_into: Gelu;
    /// `output[i] = value[i] · silu(gate[i])`.
    swiglu_into: Silu;
}
