//! An activation that is chosen at run time.

use crate::scalar::{Slice, SliceMut, with_same_type};
use crate::{Activation, Fast, Info, Level, Output, ParameterError, Precision, Scalar, Subgradient, slice};

/// Any activation behind one type: what [`by_name`](crate::by_name) finds, what a configuration holds.
///
/// It offers what [`Activation`] offers, with the same results and the same panics.
///
/// ```
/// let elu = activation_core::by_name("elu").unwrap().with_parameter("alpha", 0.5).unwrap();
/// assert_eq!(elu.forward(f64::NEG_INFINITY), -0.5);
/// ```
pub struct AnyActivation(Box<dyn Erased>);

impl AnyActivation {
    /// Hides the type of `activation`.
    pub fn new(activation: impl Activation) -> Self {
        AnyActivation(Box::new(activation))
    }

    /// Names, formulas and parameters.
    pub fn info(&self) -> &'static Info {
        self.0.info()
    }

    /// The values of the parameters, in the order of declaration.
    pub fn parameters(&self) -> Vec<f64> {
        (0..self.info().parameters.len()).map(|index| self.0.parameter(index)).collect()
    }

    /// The activation with the parameter called `name` set to `value`.
    ///
    /// # Errors
    ///
    /// There is no such parameter, or it may not have that value.
    pub fn with_parameter(mut self, name: &str, value: f64) -> Result<Self, SetParameterError> {
        let info = self.info();
        let index = info.parameter_index(name).ok_or_else(|| SetParameterError::unknown(info, name))?;
        info.parameters[index].check(value).map_err(SetParameterError::Refused)?;
        self.0.set_parameter(index, value);
        Ok(self)
    }

    /// Sets a parameter without a check of its range.
    pub(crate) fn set(&mut self, index: usize, value: f64) {
        self.0.set_parameter(index, value);
    }

    /// Any of the functions at `x`.
    pub fn evaluate<T: Scalar>(&self, output: Output, x: T) -> T {
        T::from_f64(self.evaluate_unrounded(output, x.to_f64(), T::PRECISION))
    }

    /// Any of the functions at `x`, exact enough to be rounded once to a type of that precision.
    pub fn evaluate_unrounded(&self, output: Output, x: f64, precision: Precision) -> f64 {
        self.0.evaluate_unrounded(output, x, precision)
    }

    /// f(x).
    pub fn forward<T: Scalar>(&self, x: T) -> T {
        self.evaluate(Output::Forward, x)
    }

    /// f'(x).
    pub fn derivative<T: Scalar>(&self, x: T) -> T {
        self.evaluate(Output::Derivative, x)
    }

    /// The slopes from the left and from the right at a kink or a jump of f; `None` where f' has one limit, and where one of
    /// them is not known.
    pub fn one_sided_derivatives(&self, x: f64) -> Option<(f64, f64)> {
        self.0.one_sided_derivatives(x)
    }

    /// f'(x), with a choice of what it is at a kink.
    pub fn derivative_with<T: Scalar>(&self, x: T, at_kinks: Subgradient) -> T {
        let slope = at_kinks.slope(x.to_f64(), |x| self.one_sided_derivatives(x));
        slope.map_or_else(|| self.derivative(x), T::from_f64)
    }

    /// f''(x).
    pub fn second_derivative<T: Scalar>(&self, x: T) -> T {
        self.evaluate(Output::SecondDerivative, x)
    }

    /// ∂f/∂parameter at x.
    pub fn parameter_derivative<T: Scalar>(&self, index: usize, x: T) -> T {
        self.evaluate(Output::ParameterDerivative(index), x)
    }

    /// `output[i]` = any of the functions at `input[i]`; slices of one length.
    pub fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]) {
        self.evaluate_into_at(Level::detect(), function, input, output);
    }

    /// `values[i]` = any of the functions at `values[i]`.
    pub fn evaluate_in_place<T: Scalar>(&self, function: Output, values: &mut [T]) {
        self.evaluate_in_place_at(Level::detect(), function, values);
    }

    /// `output[i]` = any of the functions at `input[i]`, in the fast tier; slices of one length. See [`Fast`].
    pub fn evaluate_fast_into(&self, function: Output, input: &[f32], output: &mut [f32]) {
        self.evaluate_fast_into_at(Level::detect(), function, input, output);
    }

    /// `forward[i] = f(input[i])` and `derivative[i] = f'(input[i])` in one pass, in the fast tier; slices of one length.
    pub fn forward_with_derivative_fast_into(
        &self,
        input: &[f32],
        forward: &mut [f32],
        derivative: &mut [f32],
    ) {
        self.forward_with_derivative_fast_into_at(Level::detect(), input, forward, derivative);
    }

    /// `grad_input[i] = grad_output[i] · f'(input[i])`, in the fast tier; slices of one length.
    pub fn backward_fast_into(&self, input: &[f32], grad_output: &[f32], grad_input: &mut [f32]) {
        self.0.backward_fast_into(input, grad_output, grad_input);
    }

    /// `output[i] = f(input[i])`; slices of one length.
    pub fn forward_into<T: Scalar>(&self, input: &[T], output: &mut [T]) {
        self.evaluate_into(Output::Forward, input, output);
    }

    /// `values[i] = f(values[i])`.
    pub fn forward_in_place<T: Scalar>(&self, values: &mut [T]) {
        self.evaluate_in_place(Output::Forward, values);
    }

    /// `output[i] = f'(input[i])`; slices of one length.
    pub fn derivative_into<T: Scalar>(&self, input: &[T], output: &mut [T]) {
        self.evaluate_into(Output::Derivative, input, output);
    }

    /// `output[i] = f'(input[i])`, with a choice of what it is at kinks; slices of one length.
    pub fn derivative_with_into<T: Scalar>(&self, input: &[T], output: &mut [T], at_kinks: Subgradient) {
        self.0.derivative_with_into(T::slice(input), T::slice_mut(output), at_kinks);
    }

    /// `forward[i] = f(input[i])` and `derivative[i] = f'(input[i])` in one pass; slices of one length.
    pub fn forward_with_derivative_into<T: Scalar>(
        &self,
        input: &[T],
        forward: &mut [T],
        derivative: &mut [T],
    ) {
        self.forward_with_derivative_into_at(Level::detect(), input, forward, derivative);
    }

    /// `grad_input[i] = grad_output[i] · f'(input[i])`; slices of one length.
    pub fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]) {
        self.backward_into_at(Level::detect(), input, grad_output, grad_input);
    }

    /// [`backward_into`](Self::backward_into) with a choice of what f' is at kinks.
    pub fn backward_with_into<T: Scalar>(
        &self,
        input: &[T],
        grad_output: &[T],
        grad_input: &mut [T],
        at_kinks: Subgradient,
    ) {
        let (input, grad_output) = (T::slice(input), T::slice(grad_output));
        self.0.backward_with_into(input, grad_output, T::slice_mut(grad_input), at_kinks);
    }

    /// `gradients[p] = Σ grad_output[i] · ∂f/∂parameter p (input[i])`; one element per parameter.
    pub fn parameter_gradients_into<T: Scalar>(&self, input: &[T], grad_output: &[T], gradients: &mut [f64]) {
        self.0.parameter_gradients_into(T::slice(input), T::slice(grad_output), gradients);
    }
}

/// With instructions that are named, for tests and measurements.
#[doc(hidden)]
#[allow(missing_docs, reason = "each is as the method of that name")]
impl AnyActivation {
    pub fn evaluate_into_at<T: Scalar>(&self, level: Level, function: Output, input: &[T], output: &mut [T]) {
        self.0.evaluate_into(level, function, T::slice(input), T::slice_mut(output));
    }

    pub fn evaluate_in_place_at<T: Scalar>(&self, level: Level, function: Output, values: &mut [T]) {
        self.0.evaluate_in_place(level, function, T::slice_mut(values));
    }

    pub fn forward_with_derivative_into_at<T: Scalar>(
        &self,
        level: Level,
        input: &[T],
        forward: &mut [T],
        derivative: &mut [T],
    ) {
        let (forward, derivative) = (T::slice_mut(forward), T::slice_mut(derivative));
        self.0.forward_with_derivative_into(level, T::slice(input), forward, derivative);
    }

    pub fn backward_into_at<T: Scalar>(
        &self,
        level: Level,
        input: &[T],
        grad_output: &[T],
        grad_input: &mut [T],
    ) {
        self.0.backward_into(level, T::slice(input), T::slice(grad_output), T::slice_mut(grad_input));
    }

    pub fn evaluate_fast_into_at(&self, level: Level, function: Output, input: &[f32], output: &mut [f32]) {
        self.0.evaluate_fast_into(level, function, input, output);
    }

    pub fn forward_with_derivative_fast_into_at(
        &self,
        level: Level,
        input: &[f32],
        forward: &mut [f32],
        derivative: &mut [f32],
    ) {
        self.0.forward_with_derivative_fast_into(level, input, forward, derivative);
    }
}

impl Clone for AnyActivation {
    fn clone(&self) -> Self {
        AnyActivation(self.0.copied())
    }
}

/// As it is displayed: `leaky_relu(slope=0.2)`.
impl std::fmt::Debug for AnyActivation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, out)
    }
}

impl PartialEq for AnyActivation {
    fn eq(&self, other: &Self) -> bool {
        self.info() == other.info() && self.parameters() == other.parameters()
    }
}

/// Why a parameter could not be set.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SetParameterError {
    /// The activation has no parameter of that name.
    Unknown {
        /// The activation's name.
        activation: &'static str,
        /// The name that was asked for.
        parameter: String,
        /// The names that there are.
        known: Vec<&'static str>,
    },
    /// The parameter may not have that value.
    Refused(ParameterError),
}

impl SetParameterError {
    pub(crate) fn unknown(info: &Info, parameter: &str) -> Self {
        SetParameterError::Unknown {
            activation: info.name,
            parameter: parameter.to_string(),
            known: info.parameters.iter().map(|parameter| parameter.name).collect(),
        }
    }
}

impl std::fmt::Display for SetParameterError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SetParameterError::Unknown { activation, parameter, known } if known.is_empty() => {
                write!(out, "`{activation}` has no parameters, so there is no `{parameter}`")
            }
            SetParameterError::Unknown { activation, parameter, known } => {
                write!(out, "`{activation}` has no parameter `{parameter}`; it has `{}`", known.join("`, `"))
            }
            SetParameterError::Refused(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for SetParameterError {}

/// [`Activation`] without generic methods.
trait Erased: Send + Sync {
    fn info(&self) -> &'static Info;
    fn copied(&self) -> Box<dyn Erased>;
    fn parameter(&self, index: usize) -> f64;
    fn set_parameter(&mut self, index: usize, value: f64);
    fn evaluate_unrounded(&self, output: Output, x: f64, precision: Precision) -> f64;
    fn one_sided_derivatives(&self, x: f64) -> Option<(f64, f64)>;
    fn derivative_with_into(&self, input: Slice<'_>, output: SliceMut<'_>, at_kinks: Subgradient);
    fn backward_with_into(
        &self,
        input: Slice<'_>,
        grad_output: Slice<'_>,
        grad_input: SliceMut<'_>,
        at_kinks: Subgradient,
    );
    fn evaluate_into(&self, level: Level, function: Output, input: Slice<'_>, output: SliceMut<'_>);
    fn evaluate_in_place(&self, level: Level, function: Output, values: SliceMut<'_>);
    fn evaluate_fast_into(&self, level: Level, function: Output, input: &[f32], output: &mut [f32]);
    fn forward_with_derivative_fast_into(
        &self,
        level: Level,
        input: &[f32],
        forward: &mut [f32],
        derivative: &mut [f32],
    );
    fn backward_fast_into(&self, input: &[f32], grad_output: &[f32], grad_input: &mut [f32]);
    fn forward_with_derivative_into(
        &self,
        level: Level,
        input: Slice<'_>,
        forward: SliceMut<'_>,
        derivative: SliceMut<'_>,
    );
    fn backward_into(&self, level: Level, input: Slice<'_>, grad_output: Slice<'_>, grad_input: SliceMut<'_>);
    fn parameter_gradients_into(&self, input: Slice<'_>, grad_output: Slice<'_>, gradients: &mut [f64]);
}

impl<A: Activation> Erased for A {
    fn info(&self) -> &'static Info {
        const { &A::INFO }
    }

    fn copied(&self) -> Box<dyn Erased> {
        Box::new(*self)
    }

    fn parameter(&self, index: usize) -> f64 {
        Activation::parameter(self, index)
    }

    fn set_parameter(&mut self, index: usize, value: f64) {
        Activation::set_parameter(self, index, value);
    }

    fn evaluate_unrounded(&self, output: Output, x: f64, precision: Precision) -> f64 {
        Activation::evaluate_unrounded(self, output, x, precision)
    }

    fn one_sided_derivatives(&self, x: f64) -> Option<(f64, f64)> {
        Activation::one_sided_derivatives(self, x)
    }

    fn derivative_with_into(&self, input: Slice<'_>, output: SliceMut<'_>, at_kinks: Subgradient) {
        with_same_type!((input, output) as (input, output) in [Slice, SliceMut] => {
            Activation::derivative_with_into(self, input, output, at_kinks);
        });
    }

    fn backward_with_into(
        &self,
        input: Slice<'_>,
        grad_output: Slice<'_>,
        grad_input: SliceMut<'_>,
        at_kinks: Subgradient,
    ) {
        with_same_type!((input, grad_output, grad_input) as (input, grad_output, grad_input) in [Slice, Slice, SliceMut] => {
            Activation::backward_with_into(self, input, grad_output, grad_input, at_kinks);
        });
    }

    fn evaluate_into(&self, level: Level, function: Output, input: Slice<'_>, output: SliceMut<'_>) {
        with_same_type!((input, output) as (input, output) in [Slice, SliceMut] => {
            slice::evaluate_into(level, self, function, input, output);
        });
    }

    fn evaluate_in_place(&self, level: Level, function: Output, values: SliceMut<'_>) {
        with_same_type!((values) as (values) in [SliceMut] => slice::evaluate_in_place(level, self, function, values));
    }

    fn evaluate_fast_into(&self, level: Level, function: Output, input: &[f32], output: &mut [f32]) {
        Fast(*self).evaluate_into_at(level, function, input, output);
    }

    fn forward_with_derivative_fast_into(
        &self,
        level: Level,
        input: &[f32],
        forward: &mut [f32],
        derivative: &mut [f32],
    ) {
        Fast(*self).forward_with_derivative_into_at(level, input, forward, derivative);
    }

    fn backward_fast_into(&self, input: &[f32], grad_output: &[f32], grad_input: &mut [f32]) {
        Fast(*self).backward_into(input, grad_output, grad_input);
    }

    fn forward_with_derivative_into(
        &self,
        level: Level,
        input: Slice<'_>,
        forward: SliceMut<'_>,
        derivative: SliceMut<'_>,
    ) {
        with_same_type!((input, forward, derivative) as (input, forward, derivative) in [Slice, SliceMut, SliceMut] => {
            slice::evaluate_both_into(level, self, input, forward, derivative);
        });
    }

    fn backward_into(
        &self,
        level: Level,
        input: Slice<'_>,
        grad_output: Slice<'_>,
        grad_input: SliceMut<'_>,
    ) {
        with_same_type!((input, grad_output, grad_input) as (input, grad_output, grad_input) in [Slice, Slice, SliceMut] => {
            slice::backward_into(level, self, input, grad_output, grad_input);
        });
    }

    fn parameter_gradients_into(&self, input: Slice<'_>, grad_output: Slice<'_>, gradients: &mut [f64]) {
        with_same_type!((input, grad_output) as (input, grad_output) in [Slice, Slice] => {
            Activation::parameter_gradients_into(self, input, grad_output, gradients);
        });
    }
}
