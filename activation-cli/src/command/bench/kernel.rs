//! The kernels that are timed.

use super::timing::Part;
use crate::subject::{Function, Subject};
use activation_core::{Output, Scalar, as_single, as_single_mut};

/// A number that slices are made of, and that threads may share.
pub(super) trait Element: Scalar + Send + Sync {}

impl<T: Scalar + Send + Sync> Element for T {}

/// Numbers that a formula is evaluated for at a time.
const CHUNK: usize = 1024;

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
                let done = self.interpret_single(part, |output, input, results| {
                    compiled.evaluate_single_into(output, input, results, parameters);
                });
                if !done {
                    self.interpret(part, |output, input, results| {
                        compiled.evaluate_into(output, input, results, parameters, T::PRECISION);
                    });
                }
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
                let evaluate = |output, input: &[f32], results: &mut [f32]| {
                    compiled.evaluate_fast_into(output, input, results, parameters);
                };
                if !self.interpret_single(part, evaluate) {
                    evaluate(Output::Derivative, part.input, part.first);
                    let slopes = part.first.iter_mut().zip(part.gradient);
                    slopes.for_each(|(slope, gradient)| *slope *= gradient);
                }
            }
        }
    }

    /// Results in `f32`, which need no other numbers; false for other types, and for the product of a gradient and a slope,
    /// which is rounded once.
    fn interpret_single<T: Scalar>(
        self,
        part: &mut Part<'_, T>,
        function: impl Fn(Output, &[f32], &mut [f32]),
    ) -> bool {
        let (Some(input), Some(first)) = (as_single(part.input), as_single_mut(part.first)) else {
            return false;
        };
        match self {
            Kernel::Forward => function(Output::Forward, input, first),
            Kernel::Derivative => function(Output::Derivative, input, first),
            Kernel::Both => {
                function(Output::Forward, input, first);
                if let Some(second) = as_single_mut(part.second) {
                    function(Output::Derivative, input, second);
                }
            }
            Kernel::Backward => return false,
        }
        true
    }

    /// A chunk after the other, a step of the program at a time.
    fn interpret<T: Scalar>(self, part: &mut Part<'_, T>, function: impl Fn(Output, &[f64], &mut [f64])) {
        let (mut inputs, mut results) = ([0.0; CHUNK], [0.0; CHUNK]);
        let outputs = part.first.chunks_mut(CHUNK).zip(part.second.chunks_mut(CHUNK));
        let chunks = part.input.chunks(CHUNK).zip(part.gradient.chunks(CHUNK)).zip(outputs);
        for ((input, gradient), (first, second)) in chunks {
            let (inputs, results) = (&mut inputs[..input.len()], &mut results[..input.len()]);
            inputs.iter_mut().zip(input).for_each(|(to, x)| *to = x.to_f64());
            let output = if matches!(self, Kernel::Forward | Kernel::Both) {
                Output::Forward
            } else {
                Output::Derivative
            };
            function(output, inputs, results);
            if self == Kernel::Backward {
                results.iter_mut().zip(gradient).for_each(|(slope, gradient)| *slope *= gradient.to_f64());
            }
            first.iter_mut().zip(&*results).for_each(|(to, &result)| *to = T::from_f64(result));
            if self == Kernel::Both {
                function(Output::Derivative, inputs, results);
                second.iter_mut().zip(&*results).for_each(|(to, &result)| *to = T::from_f64(result));
            }
        }
    }
}
