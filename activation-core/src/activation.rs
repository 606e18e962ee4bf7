//! The trait that every activation implements.

use crate::{
    Info, Interval, Level, Output, ParameterError, ParameterInfo, Precision, Real, Scalar, Subgradient, slice,
};
use activation_math::{
    Body, Brief, Kernel, Watch, Watched, evaluate_double, evaluate_plain_double, evaluate_single, is_plain,
    sides, with_care,
};

/// An activation function f(x; θ) with its exact derivatives. Implemented by [`define_activation!`](crate::define_activation).
///
/// Results for `f32` and shorter types are computed in `f64` and rounded once; results for `f64` are computed in two doubles with
/// a bound of their error, and again with more bits where it exceeds four units in the last place. Where a function has so few steps
/// that plain arithmetic keeps within that, it is used. NaN in gives NaN out; ±∞
/// gives the mathematical limit, NaN where there is none.
///
/// # Panics
///
/// Methods over several slices panic when these differ in length, and methods that take the index of a parameter panic
/// when there is none of that index: both are mistakes of the calling program, found at the first call.
pub trait Activation: Copy + Default + PartialEq + core::fmt::Debug + Send + Sync + 'static {
    /// Names, formulas and parameters as data.
    const INFO: Info;

    /// Whether the formula has no value at some inputs, as a logarithm has none on the left. Its derivatives are NaN there
    /// too.
    const PARTIAL: bool = false;

    /// What loops over slices have to watch, for f and f', in `f64` and in `f32`; see [`watch`](Self::watch).
    #[doc(hidden)]
    const WATCHED: [[Watched; 2]; 2] = [[Watched::UNKNOWN; 2]; 2];

    /// The value of the parameter at `index`, in the order of declaration.
    fn parameter(&self, index: usize) -> f64;

    /// Sets the parameter at `index` without a check of its range; see [`with_parameter`](Self::with_parameter).
    fn set_parameter(&mut self, index: usize, value: f64);

    /// f(x) in any number type; a formula without special care for overflow, infinities or NaN.
    fn forward_at<R: Real>(&self, x: R) -> R;

    /// f'(x) in any number type.
    fn derivative_at<R: Real>(&self, x: R) -> R;

    /// f''(x) in any number type.
    fn second_derivative_at<R: Real>(&self, x: R) -> R;

    /// f(x) and f'(x) in any number type, sharing their common terms.
    fn forward_with_derivative_at<R: Real>(&self, x: R) -> (R, R);

    /// ∂f/∂parameter at x in any number type.
    fn parameter_derivative_at<R: Real>(&self, index: usize, x: R) -> R;

    /// Where the compiler could not certify plain `f64` arithmetic for an `f32` result: there it is done with more care.
    #[inline]
    fn careful(output: Output) -> &'static [Interval] {
        let _ = output;
        &[]
    }

    /// Whether the compiler's certificate holds for these values of the parameters: it does for the defaults, and for all
    /// others if the formula has nothing that could cancel. Where it does not, a bound of the error is computed with every
    /// result.
    #[inline]
    fn is_certified(&self, output: Output) -> bool {
        let _ = output;
        true
    }

    /// What arithmetic in `f32` would make of a function, with these values of the parameters.
    #[inline]
    fn single_arithmetic(&self, output: Output) -> SingleArithmetic {
        let _ = output;
        SingleArithmetic::Rough
    }

    /// Whether a function has so few steps that plain `f64` arithmetic is within 4 units in the last place of `f64`.
    #[inline]
    fn is_plain_double(&self, output: Output) -> bool {
        let _ = output;
        false
    }

    /// What a loop over slices has to watch with these values of the parameters, if it computes in `f32` or in `f64`.
    #[doc(hidden)]
    #[inline]
    fn watch(&self, output: Output, in_single: bool) -> Watch {
        let watched = match output {
            Output::Forward => Self::WATCHED[0],
            Output::Derivative => Self::WATCHED[1],
            Output::SecondDerivative | Output::ParameterDerivative(_) => return Watch::All,
        };
        let is_ordinary =
            |(index, info): (usize, &ParameterInfo)| Watched::is_ordinary(self.parameter(index), info.range);
        watched[usize::from(in_single)]
            .of(|| *self == Self::default(), || Self::INFO.parameters.iter().enumerate().all(is_ordinary))
    }

    /// The activation with the parameter called `name` set to `value`.
    ///
    /// # Errors
    ///
    /// `None` inside `Ok` if there is no such parameter; an error if the value is not finite or outside its range.
    fn with_parameter(mut self, name: &str, value: f64) -> Result<Option<Self>, ParameterError> {
        let Some(index) = Self::INFO.parameter_index(name) else { return Ok(None) };
        Self::INFO.parameters[index].check(value)?;
        self.set_parameter(index, value);
        Ok(Some(self))
    }

    /// Any of the functions below at `x`.
    #[inline]
    fn evaluate<T: Scalar>(&self, output: Output, x: T) -> T {
        T::from_f64(self.evaluate_unrounded(output, x.to_f64(), T::PRECISION))
    }

    /// Any of the functions below at `x`, exact enough to be rounded once to a type of that precision.
    #[inline]
    fn evaluate_unrounded(&self, output: Output, x: f64, precision: Precision) -> f64 {
        if Self::PARTIAL
            && output != Output::Forward
            && self.evaluate_unrounded(Output::Forward, x, precision).is_nan()
        {
            return f64::NAN;
        }
        let body = Evaluated { activation: self, output };
        match precision {
            Precision::Single if !self.is_certified(output) => {
                with_care(&body, x, Self::careful(output), precision)
            }
            Precision::Single => evaluate_single(&body, x, Self::careful(output)),
            Precision::Double if self.is_plain_double(output) => {
                evaluate_plain_double(&body, x, Self::careful(output))
            }
            Precision::Double => evaluate_double(&body, x, Self::careful(output)),
        }
    }

    /// f(x).
    #[inline]
    fn forward<T: Scalar>(&self, x: T) -> T {
        self.evaluate(Output::Forward, x)
    }

    /// f'(x).
    #[inline]
    fn derivative<T: Scalar>(&self, x: T) -> T {
        self.evaluate(Output::Derivative, x)
    }

    /// The slopes from the left and from the right at a kink or a jump of f; `None` where f' has one limit, and where one of
    /// them is not known.
    fn one_sided_derivatives(&self, x: f64) -> Option<(f64, f64)> {
        let undefined = || self.evaluate_unrounded(Output::Forward, x, Precision::Double).is_nan();
        sides(&Evaluated { activation: self, output: Output::Derivative }, x)
            .filter(|_| !(Self::PARTIAL && undefined()))
    }

    /// f'(x), with a choice of what it is at a kink.
    fn derivative_with<T: Scalar>(&self, x: T, at_kinks: Subgradient) -> T {
        let slope = at_kinks.slope(x.to_f64(), |x| self.one_sided_derivatives(x));
        slope.map_or_else(|| self.derivative(x), T::from_f64)
    }

    /// f''(x).
    #[inline]
    fn second_derivative<T: Scalar>(&self, x: T) -> T {
        self.evaluate(Output::SecondDerivative, x)
    }

    /// ∂f/∂parameter at x.
    #[inline]
    fn parameter_derivative<T: Scalar>(&self, index: usize, x: T) -> T {
        self.evaluate(Output::ParameterDerivative(index), x)
    }

    /// f(x) and f'(x); the same bits as computed one by one, in less time.
    #[inline]
    fn forward_with_derivative<T: Scalar>(&self, x: T) -> (T, T) {
        let (wide, careful) = (x.to_f64(), [Output::Forward, Output::Derivative].map(Self::careful));
        match T::PRECISION {
            _ if Self::PARTIAL
                || !(self.is_certified(Output::Forward) && self.is_certified(Output::Derivative)) => {}
            Precision::Single if careful.iter().all(|careful| is_plain(wide, careful)) => {
                let (Brief(forward), Brief(derivative)) =
                    Level::run_narrow(Both { activation: self, x: Brief(wide) });
                // The sum is a number only if both are.
                if (forward + derivative).is_finite() {
                    return (T::from_f64(forward), T::from_f64(derivative));
                }
            }
            _ => {}
        }
        (self.forward(x), self.derivative(x))
    }

    /// `output[i] = f(input[i])`; slices of one length.
    fn forward_into<T: Scalar>(&self, input: &[T], output: &mut [T]) {
        self.evaluate_into(Output::Forward, input, output);
    }

    /// `values[i] = f(values[i])`.
    fn forward_in_place<T: Scalar>(&self, values: &mut [T]) {
        self.evaluate_in_place(Output::Forward, values);
    }

    /// `output[i] = f'(input[i])`; slices of one length.
    fn derivative_into<T: Scalar>(&self, input: &[T], output: &mut [T]) {
        self.evaluate_into(Output::Derivative, input, output);
    }

    /// `output[i] = f'(input[i])`, with a choice of what it is at kinks; slices of one length.
    fn derivative_with_into<T: Scalar>(&self, input: &[T], output: &mut [T], at_kinks: Subgradient) {
        self.derivative_into(input, output);
        let sides = |x| self.one_sided_derivatives(x);
        at_kinks.slopes(input, sides, |index, slope| output[index] = T::from_f64(slope));
    }

    /// `output[i] = f''(input[i])`; slices of one length.
    fn second_derivative_into<T: Scalar>(&self, input: &[T], output: &mut [T]) {
        self.evaluate_into(Output::SecondDerivative, input, output);
    }

    /// `output[i]` = any of the functions at `input[i]`; slices of one length.
    fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]) {
        slice::evaluate_into(Level::detect(), self, function, input, output);
    }

    /// `values[i]` = any of the functions at `values[i]`.
    fn evaluate_in_place<T: Scalar>(&self, function: Output, values: &mut [T]) {
        slice::evaluate_in_place(Level::detect(), self, function, values);
    }

    /// `forward[i] = f(input[i])` and `derivative[i] = f'(input[i])` in one pass; slices of one length.
    fn forward_with_derivative_into<T: Scalar>(&self, input: &[T], forward: &mut [T], derivative: &mut [T]) {
        slice::evaluate_both_into(Level::detect(), self, input, forward, derivative);
    }

    /// `grad_input[i] = grad_output[i] · f'(input[i])`, rounded once; slices of one length.
    fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]) {
        slice::backward_into(Level::detect(), self, input, grad_output, grad_input);
    }

    /// [`backward_into`](Self::backward_into) with a choice of what f' is at kinks.
    fn backward_with_into<T: Scalar>(
        &self,
        input: &[T],
        grad_output: &[T],
        grad_input: &mut [T],
        at_kinks: Subgradient,
    ) {
        self.backward_into(input, grad_output, grad_input);
        at_kinks.slopes(
            input,
            |x| self.one_sided_derivatives(x),
            |index, slope| grad_input[index] = T::from_f64(grad_output[index].to_f64() * slope),
        );
    }

    /// `gradients[p] = Σ grad_output[i] · ∂f/∂parameter p (input[i])` for every parameter, in the order of declaration;
    /// summed in `f64` with compensation. `gradients` has one element per parameter.
    fn parameter_gradients_into<T: Scalar>(&self, input: &[T], grad_output: &[T], gradients: &mut [f64]) {
        slice::parameter_gradients_into(Level::detect(), self, input, grad_output, gradients);
    }
}

/// How results of arithmetic in `f32` compare to those of `f64` that are rounded once, for an input that is an `f32` and
/// where both are finite.
///
/// A function whose results are the same bits is computed in `f32` throughout, in half of the time or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SingleArithmetic {
    /// They may differ: most functions.
    #[default]
    Rough,
    /// They are the same bits: there is one rounding at most, at the end. All operands of sums and products, of
    /// comparisons and of what is chosen by them are exact in `f32`, but a result of one sum, difference or product of
    /// such operands may still be negated, have its sign taken off, or be chosen as the result.
    RoundedOnce,
    /// They are exact: nothing is rounded at all, in `f32` or `f64`.
    Exact,
}

/// One of the functions of an activation.
pub(crate) struct Evaluated<'a, A> {
    pub(crate) activation: &'a A,
    pub(crate) output: Output,
}

/// f and f' at one number.
struct Both<'a, A, R> {
    activation: &'a A,
    x: R,
}

impl<A: Activation, R: Real> Kernel for Both<'_, A, R> {
    type Result = (R, R);

    #[inline(always)]
    fn run(self) -> (R, R) {
        self.activation.forward_with_derivative_at(self.x)
    }
}

impl<A: Activation> Body for Evaluated<'_, A> {
    #[inline(always)]
    fn at<R: Real>(&self, x: R) -> R {
        match self.output {
            Output::Forward => self.activation.forward_at(x),
            Output::Derivative => self.activation.derivative_at(x),
            Output::SecondDerivative => self.activation.second_derivative_at(x),
            Output::ParameterDerivative(index) => self.activation.parameter_derivative_at(index, x),
        }
    }
}
