//! One function of one activation in one tier: what is measured, and who knows better.

use super::state::Key;
use crate::subject::Subject;
use activation_core::{Output, Scalar};
use activation_formula::Compiled;
use activation_math::{Exact, Wide, exact};
use activation_reference::{Exactly, Float, Function, by_name};

/// A function that is measured.
pub(crate) struct Kernel<'s> {
    subject: &'s Subject,
    /// The formula as written, and the parameters' values.
    formula: &'s Compiled,
    parameters: Vec<f64>,
    output: Output,
    /// What tells it from all others, from one run to the next.
    what: &'s str,
}

impl<'s> Kernel<'s> {
    pub(crate) fn new(subject: &'s Subject, formula: &'s Compiled, output: Output, what: &'s str) -> Self {
        Kernel { subject, formula, parameters: subject.values(), output, what }
    }

    pub(crate) fn activation(&self) -> &str {
        if self.subject.is_in_catalogue() { self.what } else { &self.subject.description.name }
    }

    /// f, f', f'' or df/dparameter.
    pub(crate) fn function(&self) -> String {
        match self.output {
            Output::Forward => "f".to_owned(),
            Output::Derivative => "f'".to_owned(),
            Output::SecondDerivative => "f''".to_owned(),
            Output::ParameterDerivative(index) => {
                let name = self.formula.parameters.get(index).map(|parameter| parameter.name.as_str());
                format!("df/d{}", name.unwrap_or_default())
            }
        }
    }

    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.activation(), self.function())
    }

    /// The name of one of its jobs.
    pub(super) fn key(&self, dtype: &'static str, job: usize) -> Key {
        Key {
            what: self.what.to_owned(),
            function: self.function(),
            dtype: dtype.to_owned(),
            tier: self.subject.tier.name().to_owned(),
            job,
        }
    }

    /// The closed form, which the catalogue's activations and their first derivatives have with their default parameters.
    pub(crate) fn reference(&self) -> Option<&'static Function> {
        let is_known = self.subject.is_in_catalogue() && self.subject.changed().is_empty();
        let row = if is_known { by_name(&self.subject.description.name)? } else { return None };
        match self.output {
            Output::Forward => Some(&row.forward),
            Output::Derivative => Some(&row.derivative),
            Output::SecondDerivative | Output::ParameterDerivative(_) => None,
        }
    }

    /// Evaluates it.
    pub(super) fn run<T: Scalar>(&self, inputs: &[T], results: &mut [T]) {
        results.copy_from_slice(inputs);
        self.subject.apply(self.output, results);
    }

    /// What multi-precision arithmetic says about the result `got` at `x`.
    pub(super) fn oracle<T: Float>(&self, x: f64, got: f64) -> Option<Exactly> {
        let Exact::Value(reference) = exact(&self.formula.as_written, x, &self.parameters, self.output)
        else {
            return None;
        };
        let value = reference.wide();
        let distance = (Wide::from_f64(got) - value).magnitude();
        let error = distance.scaled(i64::from(T::ulp_power(value.exponent()))).to_f64();
        Some(Exactly { value: value.to_f64(), error })
    }
}
