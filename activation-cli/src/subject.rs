//! WHAT a verb is about: a name of the catalogue, also with parameters, a formula, or a declaration.

use crate::data::excerpt;
use crate::description::Description;
use crate::failure::{Failure, warn_of};
use crate::name;
use crate::tier::Tier;
use activation_analysis::{self as analysis, Analysis};
use activation_core::notation::Mistake;
use activation_core::{
    AnyActivation, Output, ParseActivationError, Precision, Scalar, as_single_mut, by_name,
};
use activation_formula::{Compiled, Diagnostic, compile, nearest};
use std::collections::BTreeMap;
use std::convert::identity;

/// An activation, described and ready to be evaluated.
#[derive(Clone)]
pub(crate) struct Subject {
    pub(crate) description: Description,
    function: Function,
    pub(crate) tier: Tier,
}

/// What computes.
#[derive(Clone)]
pub(crate) enum Function {
    /// Compiled code.
    Catalogue(AnyActivation),
    /// Interpreted, with the values of its parameters.
    Compiled(Box<Compiled>, Vec<f64>),
}

impl Subject {
    /// What the compiler calls a formula that was not declared.
    pub(crate) const BARE: &str = "formula";

    /// Finds or compiles what `text` names or states.
    pub(crate) fn find(text: &str) -> Result<Self, Failure> {
        let name = text.trim();
        if name::could_be_name(name)
            && let Some(activation) = by_name(name)
        {
            return Ok(Subject::of(activation));
        }
        if name::has_parameters(name) {
            let activation = name.parse().map_err(|mistake| mistaken(name, &mistake))?;
            return Ok(Subject::of(activation));
        }
        if name::is_name(name) {
            return Err(Failure::new(name::unknown(name)));
        }
        let compiled = compile(text).map_err(|mistakes| Failure::Formula(text.to_owned(), mistakes))?;
        if compiled.name() == Self::BARE && by_name(&compiled.variable).is_some() {
            let shown = excerpt(&compiled.variable);
            return Err(Failure::new(format!(
                "the formula has {shown} for its variable, and an activation has that name; take another letter, and \
                 write functions out: `x * tanh(x)`"
            )));
        }
        let defaults = compiled.parameters.iter().map(|parameter| parameter.default).collect();
        let description = Description::from(&compiled);
        Ok(Subject {
            description,
            function: Function::Compiled(Box::new(compiled), defaults),
            tier: Tier::default(),
        })
    }

    fn of(activation: AnyActivation) -> Self {
        Subject {
            description: Description::from(activation.info()),
            function: Function::Catalogue(activation),
            tier: Tier::default(),
        }
    }

    /// Makes sure that results are exact: a formula for which the compiler has no certificate is an error if that is asked
    /// for, and a warning otherwise.
    pub(crate) fn require_certificate(&self, text: &str, strict: bool) -> Result<(), Failure> {
        match &self.function {
            Function::Compiled(compiled, _) => match &compiled.refusal {
                Some(refusal) if strict => Err(Failure::Formula(text.to_owned(), vec![refusal.clone()])),
                Some(refusal) => {
                    warn_of(text, refusal);
                    Ok(())
                }
                None => Ok(()),
            },
            // The catalogue would not have been compiled without.
            Function::Catalogue(_) => Ok(()),
        }
    }

    /// The same, computed in that tier.
    pub(crate) fn in_tier(self, tier: Tier) -> Self {
        Subject { tier, ..self }
    }

    /// What computes its values.
    pub(crate) fn function(&self) -> &Function {
        &self.function
    }

    /// The formula as it was written, compiled at run time: for the catalogue too, whose own functions are compiled code.
    pub(crate) fn formula(&self) -> Result<Compiled, Failure> {
        match &self.function {
            Function::Compiled(compiled, _) => Ok(compiled.as_ref().clone()),
            Function::Catalogue(activation) => {
                let text = activation.info().declaration();
                compile(&text).map_err(|mistakes| Failure::Formula(text, mistakes))
            }
        }
    }

    /// What it is like, with its parameters as they are.
    pub(crate) fn analysis(&self) -> Result<Analysis, Failure> {
        Ok(Analysis::of(analysis::Function::new(&self.formula()?, &self.values())))
    }

    /// The values of its parameters, in the order of declaration.
    pub(crate) fn values(&self) -> Vec<f64> {
        match &self.function {
            Function::Catalogue(activation) => activation.parameters(),
            Function::Compiled(_, values) => values.clone(),
        }
    }

    /// The text to compile it from: that of the catalogue, or the author's.
    pub(crate) fn declaration(&self, what: &str) -> String {
        match &self.function {
            Function::Compiled(..) => what.to_owned(),
            Function::Catalogue(activation) => activation.info().declaration(),
        }
    }

    /// Whether it is one of the catalogue's own, and not a formula that may have the same name.
    pub(crate) fn is_in_catalogue(&self) -> bool {
        matches!(self.function, Function::Catalogue(_))
    }

    /// Whether it is a formula that was not declared, and so has no name.
    pub(crate) fn is_bare(&self) -> bool {
        !self.is_in_catalogue() && self.description.name == Self::BARE
    }

    /// What people know it by: its name, or the formula or the parameters as they were given.
    pub(crate) fn title(&self, what: &str) -> String {
        let is_more = self.is_bare() || name::has_parameters(what.trim());
        if is_more { what.trim().to_owned() } else { self.description.name.clone() }
    }

    /// Its name, if it is one of the catalogue's with nothing behind it, or the text that was given.
    pub(crate) fn name_or<'a>(&'a self, what: &'a str) -> &'a str {
        let is_name = self.is_in_catalogue() && !name::has_parameters(what.trim());
        if is_name { &self.description.name } else { what }
    }

    /// The index of a parameter, by its name.
    pub(crate) fn parameter(&self, name: &str) -> Result<usize, Failure> {
        let names: Vec<&str> =
            self.description.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        if let Some(index) = names.iter().position(|known| *known == name) {
            return Ok(index);
        }
        let (activation, shown) = (&self.description.name, excerpt(name));
        Err(Failure::new(match nearest(name, names.iter().copied()).first() {
            Some(best) => format!("`{activation}` has no parameter {shown}; did you mean `{best}`?"),
            None if names.is_empty() && matches!(self.function, Function::Compiled(..)) => {
                format!("there is no parameter {shown}; a declaration has parameters: `F(x; alpha = 1) = …`")
            }
            None if names.is_empty() => format!("`{activation}` has no parameters, so there is no {shown}"),
            None => format!("`{activation}` has no parameter {shown}; it has `{}`", names.join("`, `")),
        }))
    }

    /// Sets a parameter.
    pub(crate) fn set(&mut self, name: &str, value: f64) -> Result<(), Failure> {
        let index = self.parameter(name)?;
        if let Some(parameter) = self.description.parameters.get(index) {
            parameter.check(value).map_err(Failure::new)?;
        }
        match &mut self.function {
            Function::Catalogue(activation) => {
                let set = activation.clone().with_parameter(name, value);
                *activation = set.map_err(|error| Failure::new(error.to_string()))?;
            }
            Function::Compiled(_, values) => {
                if let Some(parameter) = values.get_mut(index) {
                    *parameter = value;
                }
            }
        }
        Ok(())
    }

    /// The parameters that have another value than their default, and these values.
    pub(crate) fn changed(&self) -> Vec<(String, f64)> {
        let known = self.description.parameters.iter().zip(self.values());
        known
            .filter(|(parameter, value)| parameter.default != *value)
            .map(|(parameter, value)| (parameter.name.clone(), value))
            .collect()
    }

    /// The values of the parameters, by name.
    pub(crate) fn assignments(&self) -> BTreeMap<String, f64> {
        let names = self.description.parameters.iter().map(|parameter| parameter.name.clone());
        names.zip(self.values()).collect()
    }

    /// One of the functions at one number, in `f64`.
    pub(crate) fn value(&self, output: Output, x: f64) -> f64 {
        match &self.function {
            Function::Catalogue(activation) => activation.evaluate(output, x),
            Function::Compiled(compiled, parameters) => {
                compiled.evaluate(output, x, parameters, Precision::Double)
            }
        }
    }

    /// The slopes from the left and from the right where they differ.
    pub(crate) fn one_sided_derivatives(&self, x: f64) -> Option<(f64, f64)> {
        match &self.function {
            Function::Catalogue(activation) => activation.one_sided_derivatives(x),
            Function::Compiled(compiled, parameters) => compiled.one_sided_derivatives(x, parameters),
        }
    }

    /// Replaces every value by that of one of the functions there.
    pub(crate) fn apply<T: Scalar>(&self, output: Output, values: &mut [T]) {
        match (self.tier, &self.function) {
            (Tier::Accurate, Function::Catalogue(activation)) => activation.evaluate_in_place(output, values),
            (Tier::Accurate, Function::Compiled(compiled, parameters)) => {
                if let Some(values) = as_single_mut(values) {
                    return by_parts(values, identity, identity, |input, results| {
                        compiled.evaluate_single_into(output, input, results, parameters);
                    });
                }
                by_parts(values, T::to_f64, T::from_f64, |input, results| {
                    compiled.evaluate_into(output, input, results, parameters, T::PRECISION);
                });
            }
            (Tier::Fast, function) => {
                let evaluate = |input: &[f32], results: &mut [f32]| match function {
                    Function::Catalogue(activation) => activation.evaluate_fast_into(output, input, results),
                    Function::Compiled(compiled, parameters) => {
                        compiled.evaluate_fast_into(output, input, results, parameters);
                    }
                };
                if let Some(values) = as_single_mut(values) {
                    return by_parts(values, identity, identity, evaluate);
                }
                by_parts(values, |x| x.to_f64() as f32, |y| T::from_f64(y.into()), evaluate);
            }
        }
    }
}

/// A name with parameters that cannot be read.
fn mistaken(text: &str, error: &ParseActivationError) -> Failure {
    let message = match error.mistake() {
        Mistake::UnknownActivation { name, .. } => name::unknown(name),
        mistake => mistake.to_string(),
    };
    Failure::Formula(text.to_owned(), vec![Diagnostic { message, range: error.range() }])
}

/// Replaces values by what `evaluate` makes of them in another type, so many at a time that copies stay in the cache.
fn by_parts<T: Copy, C: Copy + Default>(
    values: &mut [T],
    widened: impl Fn(T) -> C,
    rounded: impl Fn(C) -> T,
    evaluate: impl Fn(&[C], &mut [C]),
) {
    const PART: usize = 1 << 14;
    let (mut input, mut results) =
        (Vec::with_capacity(PART.min(values.len())), vec![C::default(); PART.min(values.len())]);
    for values in values.chunks_mut(PART) {
        input.clear();
        input.extend(values.iter().map(|&value| widened(value)));
        let results = &mut results[..values.len()];
        evaluate(&input, results);
        values.iter_mut().zip(results).for_each(|(value, &mut result)| *value = rounded(result));
    }
}
