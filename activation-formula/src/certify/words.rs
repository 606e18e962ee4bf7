//! What a certificate says, in words.

use super::agreement::Contradiction;
use super::{Loss, Refusal};
use crate::declaration::Declaration;
use crate::error::Mistake;
use crate::graph::Graph;
use crate::print::derived;
use crate::program::Program;
use activation_math::{Interval, Output};

/// A result of `f32` that is off by so many units in the last place has no digit that is right.
const ALL_DIGITS: f64 = 8_388_608.0;

/// The names that sentences are made with.
pub(crate) struct Words<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) declaration: &'a Declaration,
}

impl Words<'_> {
    /// The parameters' names.
    pub(crate) fn parameters(&self) -> Vec<String> {
        self.declaration.parameters.iter().map(|parameter| parameter.name.to_string()).collect()
    }

    /// All refusals in one sentence: which functions, what is wrong with the first, and the ways out.
    pub(crate) fn refused(&self, refused: &[(Output, &Program, &Refusal)]) -> Option<Mistake> {
        let &(first, program, refusal) = refused.first()?;
        let functions: Vec<String> = refused.iter().map(|&(output, ..)| self.names(output).0).collect();
        let functions = match functions.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            functions => functions.concat(),
        };
        let (function, name) = self.names(first);
        let place = self.place(refusal.x, &refusal.parameters);
        let what = match refusal.loss {
            Loss::Digits(slot, error) => {
                let variable = self.declaration.variable.to_string();
                let text = |&origin: &_| derived(self.graph, origin, &variable, &self.parameters());
                let part = program.origins.get(slot).map(text).unwrap_or_default();
                if error < ALL_DIGITS {
                    format!("at {place} `{part}` loses digits, and {function} may be off by {error:.1e} ULP")
                } else {
                    format!("at {place} `{part}` loses all of its digits")
                }
            }
            Loss::Value | Loss::Slope => {
                format!("{function} has no value at {place}, although it has one on both sides")
            }
            Loss::Limit => {
                format!("the limit of {function} at {place} is not known, and it seems to have one")
            }
        };
        Some(self.declaration.body.mistake(format!(
            "{functions} cannot be certified to 1 ULP of f32: {what}; write the formula another way, give a form that \
             is exact there, `#[stable({name} = …)]`, or accept it as it is, `#[unchecked]`"
        )))
    }

    /// A hand-written form that is another function.
    pub(crate) fn contradicted(&self, output: Output, found: &Contradiction) -> Mistake {
        let (function, name) = self.names(output);
        let place = self.place(found.x, &found.parameters);
        let (form, formula) = (shortest(found.form), shortest(found.formula));
        let message = format!("this is not {function}: at {place} it is {form}, and {function} is {formula}");
        let forms = &self.declaration.stable;
        match forms.iter().rfind(|(known, _)| *known == name) {
            Some((_, form)) => form.mistake(message),
            None => self.declaration.body.mistake(message),
        }
    }

    /// What a function is called in a sentence, and in `#[stable(…)]`.
    fn names(&self, output: Output) -> (String, String) {
        let (function, name) = match output {
            Output::Forward => ("f", "forward"),
            Output::Derivative => ("f'", "derivative"),
            Output::SecondDerivative => ("f''", "second_derivative"),
            Output::ParameterDerivative(index) => {
                let name = self.parameters().get(index).cloned().unwrap_or_default();
                return (format!("df/d{name}"), name);
            }
        };
        (function.to_string(), name.to_string())
    }

    /// `x = 3, slope = 0.1`
    fn place(&self, x: f64, parameters: &[f64]) -> String {
        let mut place = format!("{} = {}", self.declaration.variable, shortest(x));
        for (name, value) in self.parameters().iter().zip(parameters) {
            place += &format!(", {name} = {}", shortest(*value));
        }
        place
    }
}

/// An interval of numbers of `f32`, in words: `from 1.5 to 2`.
pub fn in_words((low, high): Interval) -> String {
    let last = f64::from(f32::MAX);
    match (low <= -last, high >= last) {
        (true, true) => "everywhere".to_owned(),
        (true, false) => format!("up to {}", shortest(high)),
        (false, true) => format!("from {}", shortest(low)),
        (false, false) if low == high => format!("at {}", shortest(low)),
        (false, false) => format!("from {} to {}", shortest(low), shortest(high)),
    }
}

/// A number of `f32` as one writes it.
pub(crate) fn shortest(value: f64) -> String {
    if value == 0.0 || (1e-4..1e6).contains(&value.abs()) || !value.is_finite() {
        format!("{}", value as f32)
    } else {
        format!("{:e}", value as f32)
    }
}
