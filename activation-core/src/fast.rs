//! The fast tier: activations computed in `f32`.

use crate::slice::check_length;
use crate::{Activation, Interval, Output, Precision};
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

/// Elements that are computed together: a loop without branches, which the compiler makes vectors of, and then a look at
/// whether any of them asks for more care.
const BLOCK: usize = 128;

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
        for block in values.chunks_mut(BLOCK) {
            let mut input = [0.0; BLOCK];
            let input = &mut input[..block.len()];
            input.copy_from_slice(block);
            self.evaluate_into(Output::Forward, input, block);
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
        check_length("output", output.len(), input.len());
        // A loop for each function, so that none of them has to choose at every element.
        match function {
            Output::Forward => self.each(function, input, output, |x| self.0.forward_at(x)),
            Output::Derivative => self.each(function, input, output, |x| self.0.derivative_at(x)),
            Output::SecondDerivative => {
                self.each(function, input, output, |x| self.0.second_derivative_at(x))
            }
            Output::ParameterDerivative(index) => {
                self.each(function, input, output, |x| self.0.parameter_derivative_at(index, x));
            }
        }
    }

    #[inline]
    fn each(&self, output: Output, input: &[f32], results: &mut [f32], plain: impl Fn(f32) -> f32) {
        for (input, results) in input.chunks(BLOCK).zip(results.chunks_mut(BLOCK)) {
            let mut fine = true;
            for (result, &x) in results.iter_mut().zip(input) {
                *result = plain(x);
                fine &= is_plain_fast(x, A::careful(output)) & result.is_finite();
            }
            if !fine {
                self.repair(output, input, results);
            }
        }
    }

    /// Replaces those of the `results` that are not to be trusted.
    #[cold]
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
        check_length("forward", forward.len(), input.len());
        check_length("derivative", derivative.len(), input.len());
        let careful: [&[Interval]; 2] = [Output::Forward, Output::Derivative].map(A::careful);
        let blocks = input.chunks(BLOCK).zip(forward.chunks_mut(BLOCK)).zip(derivative.chunks_mut(BLOCK));
        for ((input, forward), derivative) in blocks {
            let mut fine = true;
            for ((&x, f), slope) in input.iter().zip(&mut *forward).zip(&mut *derivative) {
                (*f, *slope) = self.0.forward_with_derivative_at(x);
                let is_plain = is_plain_fast(x, careful[0]) & is_plain_fast(x, careful[1]);
                fine &= is_plain & f.is_finite() & slope.is_finite();
            }
            if !fine {
                self.repair(Output::Forward, input, forward);
                self.repair(Output::Derivative, input, derivative);
            }
        }
    }

    /// `grad_input[i] = grad_output[i] · f'(input[i])`; slices of one length.
    pub fn backward_into(&self, input: &[f32], grad_output: &[f32], grad_input: &mut [f32]) {
        check_length("grad_output", grad_output.len(), input.len());
        check_length("grad_input", grad_input.len(), input.len());
        self.derivative_into(input, grad_input);
        for (to, &gradient) in grad_input.iter_mut().zip(grad_output) {
            *to *= gradient;
        }
    }
}
