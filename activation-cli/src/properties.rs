//! What a subject is like: the analysis and the expectations of a function with its parameters, as JSON has them and as a
//! table has them.

pub(crate) mod json;
pub(crate) mod rows;

use crate::failure::Failure;
use crate::subject::Subject;
use activation_analysis::{Analysis, Function, Maps, Moments, Normal};
use activation_formula::Compiled;

/// Everything that is found out.
pub(crate) struct Properties {
    pub(crate) parameters: Vec<(String, f64)>,
    pub(crate) analysis: Analysis,
    pub(crate) moments: Moments,
    /// `None` for a function that has no value somewhere.
    pub(crate) maps: Option<Maps>,
}

impl Properties {
    /// Of a subject, whose formula is given compiled.
    pub(crate) fn of(subject: &Subject, compiled: &Compiled, normal: Normal) -> Self {
        let values = subject.values();
        let function = Function::new(compiled, &values);
        let analysis = Analysis::of(function);
        let moments = Moments::of(function, &analysis, normal);
        let maps = Maps::of(function, &analysis);
        let names = compiled.parameters.iter().map(|parameter| parameter.name.clone());
        Properties { parameters: names.zip(values).collect(), analysis, moments, maps }
    }
}

/// The distribution that `--mean` and `--std` describe.
pub(crate) fn normal(mean: Option<f64>, std: Option<f64>) -> Result<Normal, Failure> {
    Normal::new(mean.unwrap_or(0.0), std.unwrap_or(1.0)).map_err(|error| {
        let option = match error {
            activation_analysis::NormalError::Mean(_) => "--mean",
            activation_analysis::NormalError::Std(_) => "--std",
        };
        Failure::new(format!("`{option}`: {error}"))
    })
}
