//! Activations over slices: through `f64`, each result rounded once. `f32` in one pass (`direct`), shorter types and what goes
//! on from there block by block.
//!
//! What the methods of [`Activation`] do with slices, at a level of instructions that is named. Results do not depend on
//! the level.

pub(crate) mod arithmetic;
mod block;
pub(crate) mod direct;
mod evaluate;
pub(crate) mod function;
mod seen;
mod sum;

use crate::scalar::{Slice, SliceMut};
use crate::{Activation, Fast, Level, Output, Scalar, SingleArithmetic};
use arithmetic::{Narrow, Wide};
pub(crate) use block::{BLOCK, Block, blocks};
use block::{GROUP, GROUPS};
use direct::{Product, Single, run, run_in_place};
pub(crate) use evaluate::Evaluator;
use function::{Derivative, Forward, ForwardWithDerivative};
pub(crate) use sum::{Lanes, Sum};

/// Slices that belong together must be equally long.
#[track_caller]
pub(crate) fn check_length(what: &str, found: usize, expected: usize) {
    assert!(
        found == expected,
        "the slices must have one length: `{what}` has {found} elements, `input` has {expected}"
    );
}

/// There must be one gradient for every parameter, `of` times.
#[track_caller]
pub(crate) fn check_gradients<A: Activation>(found: usize, of: usize) {
    let expected = A::INFO.parameters.len() * of;
    assert!(
        found == expected,
        "`gradients` needs one element per parameter: {expected} of them, not {found}"
    );
}

/// Whether the functions are so simple that `f32` does for results in `f32`, with the same bits.
#[inline]
fn is_narrow<A: Activation>(activation: &A, outputs: &[Output], least: SingleArithmetic) -> bool {
    !A::PARTIAL && outputs.iter().all(|&output| activation.single_arithmetic(output) >= least)
}

/// How many terms of a gradient are added up on their own. The sums are then put together in their order: these are the
/// parts that threads may take.
pub(crate) const PART: usize = 1 << 16;

/// `to[i]` = `output` at `from[i]`.
#[track_caller]
pub fn evaluate_into<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    output: Output,
    from: &[T],
    to: &mut [T],
) {
    check_length("output", to.len(), from.len());
    if activation.is_certified(output)
        && let (Slice::F32(from), SliceMut::F32(to)) = (T::slice(from), T::slice_mut(to))
    {
        if is_narrow(activation, &[output], SingleArithmetic::RoundedOnce) {
            return Fast(*activation).evaluate_into_at(level, output, from, to);
        }
        match output {
            Output::Forward => {
                return run::<Wide>(
                    level,
                    Single(Forward { activation: *activation }),
                    from,
                    &[],
                    to,
                    &mut [],
                );
            }
            Output::Derivative => {
                return run::<Wide>(
                    level,
                    Single(Derivative { activation: *activation }),
                    from,
                    &[],
                    to,
                    &mut [],
                );
            }
            // Rarely asked for, and so not worth a loop of their own.
            Output::SecondDerivative | Output::ParameterDerivative(_) => {}
        }
    }
    let evaluator = Evaluator { activation, level, precision: T::PRECISION };
    // A short slice is not worth the time that a block is made in.
    if from.len() <= GROUP {
        evaluator.evaluate_into::<1, T>(output, from, to);
    } else {
        evaluator.evaluate_into::<GROUPS, T>(output, from, to);
    }
}

/// `values[i]` = `output` at `values[i]`.
pub fn evaluate_in_place<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    output: Output,
    values: &mut [T],
) {
    if output == Output::Forward
        && activation.is_certified(output)
        && let SliceMut::F32(values) = T::slice_mut(values)
    {
        let function = Forward { activation: *activation };
        return if is_narrow(activation, &[output], SingleArithmetic::RoundedOnce) {
            run_in_place::<Narrow, _>(level, function, values)
        } else {
            run_in_place::<Wide, _>(level, function, values)
        };
    }
    in_place(values, |from, to| evaluate_into(level, activation, output, from, to));
}

/// Replaces numbers by what `function` makes of them, by way of copies that stay in the first cache.
pub(crate) fn in_place<T: Copy + Default>(values: &mut [T], function: impl Fn(&[T], &mut [T])) {
    const COPIED: usize = 1024;
    let mut copy = [T::default(); COPIED];
    for values in values.chunks_mut(COPIED) {
        let from = &mut copy[..values.len()];
        from.copy_from_slice(values);
        function(from, values);
    }
}

/// `forward[i]` = f and `derivative[i]` = f' at `input[i]`.
#[track_caller]
pub fn evaluate_both_into<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    input: &[T],
    forward: &mut [T],
    derivative: &mut [T],
) {
    check_length("forward", forward.len(), input.len());
    check_length("derivative", derivative.len(), input.len());
    if activation.is_certified(Output::Forward)
        && activation.is_certified(Output::Derivative)
        && let (Slice::F32(input), SliceMut::F32(forward), SliceMut::F32(derivative)) =
            (T::slice(input), T::slice_mut(forward), T::slice_mut(derivative))
    {
        if is_narrow(activation, &[Output::Forward, Output::Derivative], SingleArithmetic::RoundedOnce) {
            return Fast(*activation).forward_with_derivative_into_at(level, input, forward, derivative);
        }
        let functions = ForwardWithDerivative { activation: *activation };
        return run::<Wide>(level, functions, input, &[], forward, derivative);
    }
    let evaluator = Evaluator { activation, level, precision: T::PRECISION };
    let [mut inputs, mut values, mut slopes]: [Block; 3] = core::array::from_fn(|_| Block::new());
    for block in blocks(input.len()) {
        inputs.load(level, &input[block.clone()]);
        evaluator.evaluate_both(&inputs, &mut values, &mut slopes);
        values.store(level, &mut forward[block.clone()]);
        slopes.store(level, &mut derivative[block]);
    }
}

/// `to[i] = factors[i]` · `output` at `from[i]`, rounded once; slices of one length.
pub fn product_into<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    output: Output,
    from: &[T],
    factors: &[T],
    to: &mut [T],
) {
    let evaluator = Evaluator { activation, level, precision: T::PRECISION };
    let [mut inputs, mut results, mut products]: [Block; 3] = core::array::from_fn(|_| Block::new());
    for block in blocks(from.len()) {
        inputs.load(level, &from[block.clone()]);
        evaluator.evaluate(output, &inputs, &mut results);
        products.load(level, &factors[block.clone()]);
        products.multiply(level, &results);
        products.store(level, &mut to[block]);
    }
}

/// `grad_input[i] = grad_output[i] · f'(input[i])`, rounded once.
#[track_caller]
pub fn backward_into<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    input: &[T],
    grad_output: &[T],
    grad_input: &mut [T],
) {
    check_length("grad_output", grad_output.len(), input.len());
    check_length("grad_input", grad_input.len(), input.len());
    if activation.is_certified(Output::Derivative)
        && let (Slice::F32(input), Slice::F32(grad_output), SliceMut::F32(grad_input)) =
            (T::slice(input), T::slice(grad_output), T::slice_mut(grad_input))
    {
        // Then the product is the only rounding.
        if is_narrow(activation, &[Output::Derivative], SingleArithmetic::Exact) {
            return Fast(*activation).backward_into_at(level, input, grad_output, grad_input);
        }
        let product = Product(Derivative { activation: *activation });
        return run::<Wide>(level, product, input, grad_output, grad_input, &mut []);
    }
    product_into(level, activation, Output::Derivative, input, grad_output, grad_input);
}

/// `gradients[p] = Σ grad_output[i] · ∂f/∂parameter p (input[i])`.
#[track_caller]
pub fn parameter_gradients_into<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    input: &[T],
    grad_output: &[T],
    gradients: &mut [f64],
) {
    check_length("grad_output", grad_output.len(), input.len());
    check_gradients::<A>(gradients.len(), 1);
    for (index, gradient) in gradients.iter_mut().enumerate() {
        let mut total = Sum::default();
        for (input, grad_output) in input.chunks(PART).zip(grad_output.chunks(PART)) {
            total.merge(part_of_gradient(level, activation, index, input, grad_output));
        }
        *gradient = total.total();
    }
}

/// One of the sums that a gradient is made of.
pub(crate) fn part_of_gradient<A: Activation, T: Scalar>(
    level: Level,
    activation: &A,
    index: usize,
    input: &[T],
    grad_output: &[T],
) -> Sum {
    let evaluator = Evaluator { activation, level, precision: T::PRECISION };
    let [mut inputs, mut slopes, mut factors]: [Block; 3] = core::array::from_fn(|_| Block::new());
    let mut lanes = Lanes::default();
    for block in blocks(input.len()) {
        inputs.load(level, &input[block.clone()]);
        evaluator.evaluate(Output::ParameterDerivative(index), &inputs, &mut slopes);
        factors.load(level, &grad_output[block]);
        lanes.add_products(level, &factors, &slopes);
    }
    lanes.total()
}
