//! Functions of single numbers, of whatever origin: activations, their fast tier, and activations chosen at run time.

use crate::scalar::{Slice, SliceMut};
use crate::{Activation, AnyActivation, Fast, Info, Output, Scalar};

/// A function of single numbers, with its derivatives, over slices: every [`Activation`], [`Fast`] and [`AnyActivation`].
///
/// What goes through whole arrays, as adapters to frameworks and monitors do, takes any of these. Implement it for a function that
/// comes from elsewhere, such as a formula that is compiled at run time; the book's chapter on candle has that one.
pub trait Pointwise: Clone + Send + Sync + 'static {
    /// What errors call it.
    fn name(&self) -> &'static str;

    /// `output[i]` = f, f' or f'' at `input[i]`; slices of one length. Derivatives by parameters are not asked for.
    fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]);

    /// `grad_input[i] = grad_output[i] · f'(input[i])`; slices of one length.
    fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]);

    /// The function as a text, for devices that code is made for from that. `None`, unless it is said, where there is none: then it
    /// can be computed on the CPU only.
    fn declared(&self) -> Option<Declared> {
        None
    }
}

/// A function as a text of the formula language, with the values of its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// Such as `Swish(x; learn beta = 1) = x * sigmoid(beta * x)`.
    pub declaration: String,
    /// Names and values of parameters that are not learned; those that are left out have their defaults.
    pub fixed: Vec<(String, f64)>,
    /// Values of those that are, all of them, in the order of declaration.
    pub learned: Vec<f64>,
}

impl Declared {
    /// What is known of an activation, with the values of its parameters by their index.
    pub fn of(info: &Info, parameter: impl Fn(usize) -> f64) -> Self {
        let (learned, fixed): (Vec<_>, Vec<_>) =
            info.parameters.iter().enumerate().partition(|(_, one)| one.learned);
        Declared {
            declaration: info.declaration(),
            fixed: fixed.into_iter().map(|(index, one)| (one.name.to_owned(), parameter(index))).collect(),
            learned: learned.into_iter().map(|(index, _)| parameter(index)).collect(),
        }
    }
}

impl<A: Activation> Pointwise for A {
    fn name(&self) -> &'static str {
        A::INFO.name
    }

    fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]) {
        Activation::evaluate_into(self, function, input, output);
    }

    fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]) {
        Activation::backward_into(self, input, grad_output, grad_input);
    }

    fn declared(&self) -> Option<Declared> {
        Some(Declared::of(&A::INFO, |index| self.parameter(index)))
    }
}

impl Pointwise for AnyActivation {
    fn name(&self) -> &'static str {
        self.info().name
    }

    fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]) {
        self.evaluate_into(function, input, output);
    }

    fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]) {
        self.backward_into(input, grad_output, grad_input);
    }

    fn declared(&self) -> Option<Declared> {
        let parameters = self.parameters();
        Some(Declared::of(self.info(), |index| parameters[index]))
    }
}

/// The fast tier for `f32`; other types are computed as exactly as ever.
macro_rules! fast {
    ([$($generics:tt)*] $inner:ty; $evaluate_into:expr, $backward_into:expr) => {
        impl$($generics)* Pointwise for Fast<$inner> {
            fn name(&self) -> &'static str {
                Pointwise::name(&self.0)
            }

            fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]) {
                match (T::slice(input), T::slice_mut(output)) {
                    (Slice::F32(input), SliceMut::F32(output)) => $evaluate_into(self, function, input, output),
                    _ => Pointwise::evaluate_into(&self.0, function, input, output),
                }
            }

            fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]) {
                match (T::slice(input), T::slice(grad_output), T::slice_mut(grad_input)) {
                    (Slice::F32(input), Slice::F32(grad_output), SliceMut::F32(grad_input)) => {
                        $backward_into(self, input, grad_output, grad_input);
                    }
                    _ => Pointwise::backward_into(&self.0, input, grad_output, grad_input),
                }
            }

            fn declared(&self) -> Option<Declared> {
                Pointwise::declared(&self.0)
            }
        }
    };
}

fast!([<A: Activation>] A; Fast::evaluate_into, Fast::backward_into);
fast!(
    [] AnyActivation;
    |fast: &Self, function, input: &[f32], output: &mut [f32]| fast.0.evaluate_fast_into(function, input, output),
    |fast: &Self, input: &[f32], grad_output: &[f32], grad_input: &mut [f32]| {
        fast.0.backward_fast_into(input, grad_output, grad_input);
    }
);
