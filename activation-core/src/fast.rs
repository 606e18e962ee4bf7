//! The fast tier: activations computed in `f32`.

use crate::slice::function::{ForwardWithDerivative, map};
use crate::slice::{AllPlain, BLOCK, GROUP, MapPair, blocks, check_length};
use crate::{Activation, Output, Precision};
use activation_math::Level;
use activation_math::is_plain_fast;

/// An activation that is computed in `f32` throughout, in a fraction of the time.
///
/// Results are not within one unit in the last place any more: rounding errors of a few units, more where a function
/// cancels, are what is traded in. `ACCURACY_FAST.md` has the bound of every function of the catalogue; `activation check
/// --tier fast` measures your own. Where `f32` does not give a number, at infinities, for NaN, beyond 2^40 and where a
/// removable singularity or the like asks for care, results are those of the activation itself.
///
/// ```
/// use activation_core::{Activation, Fast, catalogue::Gelu};
///
/// let mut values = [-1.0_f32, 0.0, f32::INFINITY];
/// Fast(Gelu).forward_in_place(&mut values);
/// assert!((values[0] - Gelu.forward(-1.0_f32)).abs() <= 3e-8);
/// assert_eq!(values[1..], [0.0, f32::INFINITY]);
/// ```
///
/// # Panics
///
/// As [`Activation`]: where slices differ in length, or a parameter does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fast<A>(pub A);

impl<A: Activation> Fast<A> {
    /// Any of the functions at `x`.
    #[inline]
    pub fn evaluate(&self, output: Output, x: f32) -> f32 {
        if is_plain_fast(x, A::careful(output)) {
            let plain = match output {
                Output::Forward => self.0.forward_at(x),
                Output::Derivative => self.0.derivative_at(x),
                Output::SecondDerivative => self.0.second_derivative_at(x),
                Output::ParameterDerivative(index) => self.0.parameter_derivative_at(index, x),
            };
            if plain.is_finite() {
                return plain;
            }
        }
        self.with_care(output, x)
    }

    #[cold]
    fn with_care(&self, output: Output, x: f32) -> f32 {
        self.0.evaluate_unrounded(output, x.into(), Precision::Single) as f32
    }

    /// f(x).
    #[inline]
    pub fn forward(&self, x: f32) -> f32 {
        self.evaluate(Output::Forward, x)
    }

    /// f'(x).
    #[inline]
    pub fn derivative(&self, x: f32) -> f32 {
        self.evaluate(Output::Derivative, x)
    }

    /// f''(x).
    #[inline]
    pub fn second_derivative(&self, x: f32) -> f32 {
        self.evaluate(Output::SecondDerivative, x)
    }

    /// `output[i] = f(input[i])`; slices of one length.
    pub fn forward_into(&self, input: &[f32], output: &mut [f32]) {
        self.evaluate_into(Output::Forward, input, output);
    }

    /// `values[i] = f(values[i])`.
    pub fn forward_in_place(&self, values: &mut [f32]) {
        self.evaluate_in_place_at(Level::detect(), Output::Forward, values);
    }

    pub(crate) fn evaluate_in_place_at(&self, level: Level, function: Output, values: &mut [f32]) {
        for block in values.chunks_mut(BLOCK) {
            let mut input = [0.0; BLOCK];
            let input = &mut input[..block.len()];
            input.copy_from_slice(block);
            self.evaluate_block(level, function, input, block);
        }
    }

    /// `output[i] = f'(input[i])`; slices of one length.
    pub fn derivative_into(&self, input: &[f32], output: &mut [f32]) {
        self.evaluate_into(Output::Derivative, input, output);
    }

    /// `output[i] = f''(input[i])`; slices of one length.
    pub fn second_derivative_into(&self, input: &[f32], output: &mut [f32]) {
        self.evaluate_into(Output::SecondDerivative, input, output);
    }

    /// `output[i]` = any of the functions at `input[i]`; slices of one length.
    pub fn evaluate_into(&self, function: Output, input: &[f32], output: &mut [f32]) {
        self.evaluate_into_at(Level::detect(), function, input, output);
    }

    /// [`evaluate_into`](Self::evaluate_into) with instructions that are named.
    #[doc(hidden)]
    pub fn evaluate_into_at(&self, level: Level, function: Output, input: &[f32], output: &mut [f32]) {
        check_length("output", output.len(), input.len());
        for block in blocks(input.len()) {
            self.evaluate_block(level, function, &input[block.clone()], &mut output[block]);
        }
    }

    /// Whole groups as they lie in memory, and what is left in a group that is filled up.
    fn evaluate_block(&self, level: Level, output: Output, input: &[f32], results: &mut [f32]) {
        let ((from, rest), (to, rest_to)) = (input.as_chunks(), results.as_chunks_mut());
        if !from.is_empty() {
            self.evaluate_groups(level, output, from, to);
        }
        if let [first, ..] = rest {
            let (from, mut to) = (filled_up(*first, rest), [[0.0; GROUP]]);
            self.evaluate_groups(level, output, &[from], &mut to);
            rest_to.copy_from_slice(&to[0][..rest_to.len()]);
        }
    }

    #[inline(never)]
    fn evaluate_groups(&self, level: Level, output: Output, from: &[[f32; GROUP]], to: &mut [[f32; GROUP]]) {
        map(level, &self.0, output, from, to);
        self.finish(level, output, from, to);
    }

    /// Replaces those of the `results` that are not to be trusted.
    #[inline]
    fn finish(&self, level: Level, output: Output, inputs: &[[f32; GROUP]], results: &mut [[f32; GROUP]]) {
        let careful = A::careful(output);
        if !level.run(AllPlain { inputs, results, careful }) {
            self.repair(output, inputs.as_flattened(), results.as_flattened_mut());
        }
    }

    #[cold]
    #[inline(never)]
    fn repair(&self, output: Output, input: &[f32], results: &mut [f32]) {
        let careful = A::careful(output);
        for (result, &x) in results.iter_mut().zip(input) {
            if !(is_plain_fast(x, careful) && result.is_finite()) {
                *result = self.with_care(output, x);
            }
        }
    }

    /// `forward[i] = f(input[i])` and `derivative[i] = f'(input[i])` in one pass; slices of one length.
    pub fn forward_with_derivative_into(&self, input: &[f32], forward: &mut [f32], derivative: &mut [f32]) {
        self.forward_with_derivative_into_at(Level::detect(), input, forward, derivative);
    }

    /// [`forward_with_derivative_into`](Self::forward_with_derivative_into) with instructions that are named.
    #[doc(hidden)]
    pub fn forward_with_derivative_into_at(
        &self,
        level: Level,
        input: &[f32],
        forward: &mut [f32],
        derivative: &mut [f32],
    ) {
        check_length("forward", forward.len(), input.len());
        check_length("derivative", derivative.len(), input.len());
        for block in blocks(input.len()) {
            let (from, rest) = input[block.clone()].as_chunks();
            let (first, rest_of_first) = forward[block.clone()].as_chunks_mut();
            let (second, rest_of_second) = derivative[block].as_chunks_mut();
            if !from.is_empty() {
                self.evaluate_both(level, from, first, second);
            }
            if let [x, ..] = rest {
                let (from, mut first, mut second) = (filled_up(*x, rest), [[0.0; GROUP]], [[0.0; GROUP]]);
                self.evaluate_both(level, &[from], &mut first, &mut second);
                rest_of_first.copy_from_slice(&first[0][..rest.len()]);
                rest_of_second.copy_from_slice(&second[0][..rest.len()]);
            }
        }
    }

    #[inline(never)]
    fn evaluate_both(
        &self,
        level: Level,
        from: &[[f32; GROUP]],
        forward: &mut [[f32; GROUP]],
        derivative: &mut [[f32; GROUP]],
    ) {
        level.run(MapPair {
            from,
            first: forward,
            second: derivative,
            functions: ForwardWithDerivative { activation: &self.0 },
        });
        self.finish(level, Output::Forward, from, forward);
        self.finish(level, Output::Derivative, from, derivative);
    }

    /// `grad_input[i] = grad_output[i] · f'(input[i])`; slices of one length.
    pub fn backward_into(&self, input: &[f32], grad_output: &[f32], grad_input: &mut [f32]) {
        self.backward_into_at(Level::detect(), input, grad_output, grad_input);
    }

    pub(crate) fn backward_into_at(
        &self,
        level: Level,
        input: &[f32],
        grad_output: &[f32],
        grad_input: &mut [f32],
    ) {
        check_length("grad_output", grad_output.len(), input.len());
        check_length("grad_input", grad_input.len(), input.len());
        for block in blocks(input.len()) {
            let grad_input = &mut grad_input[block.clone()];
            self.evaluate_block(level, Output::Derivative, &input[block.clone()], grad_input);
            for (to, &gradient) in grad_input.iter_mut().zip(&grad_output[block]) {
                *to *= gradient;
            }
        }
    }
}

/// A group that starts with `values`, which are fewer.
fn filled_up(with: f32, values: &[f32]) -> [f32; GROUP] {
    let mut group = [with; GROUP];
    group[..values.len()].copy_from_slice(values);
    group
}
