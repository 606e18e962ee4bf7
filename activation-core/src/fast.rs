//! The fast tier: activations computed in `f32`.

use crate::activation::Evaluated;
use crate::slice::arithmetic::Narrow;
use crate::slice::check_length;
use crate::slice::direct::{Product, Single, run, run_in_place};
use crate::slice::function::{Derivative, Forward, ForwardWithDerivative, with_function};
use crate::{Activation, Output};
use activation_math::{Level, evaluate_fast};

/// An activation that is computed in `f32` throughout, in a fraction of the time.
///
/// Results are not within one unit in the last place any more: rounding errors of a few units, more where a function
/// cancels, are what is traded in. `ACCURACY_FAST.md` has the bound of every function of the catalogue; `activation check
/// --tier fast` measures your own. Where `f32` does not give a number, at infinities, for NaN, beyond 2^40 unless nothing can overflow
/// there, and where a removable singularity or the like asks for care, results are those of the activation itself.
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
        let body = Evaluated { activation: &self.0, output };
        if A::PARTIAL && output != Output::Forward && self.forward(x).is_nan() {
            return f32::NAN;
        }
        evaluate_fast(&body, x, A::careful(output), self.0.watch(output, true))
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
        run_in_place::<Narrow, _>(Level::detect(), Forward { activation: self.0 }, values);
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
        with_function!(&self.0, function, |function| {
            run::<Narrow>(level, Single(function), input, &[], output, &mut []);
        });
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
        let functions = ForwardWithDerivative { activation: self.0 };
        run::<Narrow>(level, functions, input, &[], forward, derivative);
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
        let product = Product(Derivative { activation: self.0 });
        run::<Narrow>(level, product, input, grad_output, grad_input, &mut []);
    }
}
