//! The kernels that are timed.

use super::timing::Part;
use crate::subject::{Function, Subject};
use activation_core::{Output, Scalar};

/// A number that slices are made of, and that threads may share.
pub(super) trait Element: Scalar + Send + Sync {}

impl<T: Scalar + Send + Sync> Element for T {}

/// What is done to a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    Forward,
    Derivative,
    Both,
    Backward,
}

pub(super) const KERNELS: &[Kernel] = &[Kernel::Forward, Kernel::Derivative, Kernel::Both, Kernel::Backward];

impl Kernel {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kernel::Forward => "forward",
            Kernel::Derivative => "derivative",
            Kernel::Both => "forward_derivative",
            Kernel::Backward => "backward",
        }
    }

    /// How many slices are read or written.
    pub(super) fn slices(self) -> usize {
        match self {
            Kernel::Forward | Kernel::Derivative => 2,
            Kernel::Both | Kernel::Backward => 3,
        }
    }

    /// The accurate tier.
    pub(super) fn run<T: Scalar>(self, subject: &Subject, part: &mut Part<'_, T>) {
        match subject.function() {
            Function::Catalogue(activation) => match self {
                Kernel::Forward => activation.forward_into(part.input, part.first),
                Kernel::Derivative => activation.derivative_into(part.input, part.first),
                Kernel::Both => {
                    activation.forward_with_derivative_into(part.input, part.first, part.second);
                }
                Kernel::Backward => activation.backward_into(part.input, part.gradient, part.first),
            },
            Function::Compiled(compiled, parameters) => {
                self.interpret(part, |output, x| compiled.evaluate(output, x, parameters, T::PRECISION))
            }
        }
    }

    /// The fast tier.
    pub(super) fn run_fast(self, subject: &Subject, part: &mut Part<'_, f32>) {
        match subject.function() {
            Function::Catalogue(activation) => match self {
                Kernel::Forward => activation.evaluate_fast_into(Output::Forward, part.input, part.first),
                Kernel::Derivative => {
                    activation.evaluate_fast_into(Output::Derivative, part.input, part.first);
                }
                Kernel::Both => {
                    activation.forward_with_derivative_fast_into(part.input, part.first, part.second);
                }
                Kernel::Backward => activation.backward_fast_into(part.input, part.gradient, part.first),
            },
            Function::Compiled(compiled, parameters) => {
                self.interpret(part, |output, x| compiled.evaluate_fast(output, x as f32, parameters).into())
            }
        }
    }

    /// One by one.
    fn interpret<T: Scalar>(self, part: &mut Part<'_, T>, function: impl Fn(Output, f64) -> f64) {
        let elements = part.input.iter().zip(part.gradient);
        let results = part.first.iter_mut().zip(&mut *part.second);
        for ((x, gradient), (first, second)) in elements.zip(results) {
            let x = x.to_f64();
            match self {
                Kernel::Forward => *first = T::from_f64(function(Output::Forward, x)),
                Kernel::Derivative => *first = T::from_f64(function(Output::Derivative, x)),
                Kernel::Both => {
                    *first = T::from_f64(function(Output::Forward, x));
                    *second = T::from_f64(function(Output::Derivative, x));
                }
                Kernel::Backward => {
                    *first = T::from_f64(gradient.to_f64() * function(Output::Derivative, x));
                }
            }
        }
    }
}
