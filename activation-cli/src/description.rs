//! What is known of an activation, from the catalogue or compiled at run time: the JSON of `list` and `show`.

use activation_core::{Info, source_in};
use activation_formula::Compiled;
use serde::Serialize;

/// Names, formulas and parameters.
#[derive(Clone, Serialize)]
pub(crate) struct Description {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) variable: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) formula: String,
    pub(crate) derivative: String,
    pub(crate) second_derivative: String,
    pub(crate) docs: String,
    pub(crate) source: Option<String>,
}

/// A parameter. A range is open where it has no number.
#[derive(Clone, Serialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) default: f64,
    pub(crate) default_text: String,
    pub(crate) learned: bool,
    pub(crate) range: [Option<f64>; 2],
    pub(crate) derivative: String,
}

/// Longer defaults are written as the number that they are, not as their author wrote them.
const LONGEST_DEFAULT: usize = 20;

impl Parameter {
    /// As a declaration has it: `learn slope = 0.25 in 0..1`.
    pub(crate) fn declared(&self) -> String {
        let learn = if self.learned { "learn " } else { "" };
        let default = match self.default_text.len() {
            1..=LONGEST_DEFAULT => self.default_text.clone(),
            _ => self.default.to_string(),
        };
        let range = match self.range {
            [None, None] => String::new(),
            [low, high] => {
                let text = |end: Option<f64>| end.map(|end| end.to_string()).unwrap_or_default();
                format!(" in {}..{}", text(low), text(high))
            }
        };
        format!("{learn}{} = {default}{range}", self.name)
    }

    /// What is wrong with a value, if anything is.
    pub(crate) fn check(&self, value: f64) -> Result<(), String> {
        let name = &self.name;
        let [low, high] = self.range;
        if value.is_finite() && low.is_none_or(|low| low <= value) && high.is_none_or(|high| value <= high) {
            return Ok(());
        }
        Err(match (low, high) {
            _ if !value.is_finite() => format!("parameter `{name}` must be a finite number, not {value}"),
            (Some(low), Some(high)) => {
                format!("parameter `{name}` must lie between {low} and {high}, not be {value}")
            }
            (Some(low), None) => format!("parameter `{name}` must be at least {low}, not {value}"),
            (None, high) => {
                format!("parameter `{name}` must be at most {}, not {value}", high.unwrap_or(f64::MAX))
            }
        })
    }
}

fn range((low, high): (f64, f64)) -> [Option<f64>; 2] {
    [low, high].map(|end| end.is_finite().then_some(end))
}

impl From<&Info> for Description {
    fn from(info: &Info) -> Self {
        Description {
            name: info.name.into(),
            aliases: info.aliases.iter().map(|&alias| alias.into()).collect(),
            variable: info.variable.into(),
            parameters: info
                .parameters
                .iter()
                .map(|parameter| Parameter {
                    name: parameter.name.into(),
                    docs: parameter.docs.into(),
                    default: parameter.default,
                    default_text: parameter.default_text.into(),
                    learned: parameter.learned,
                    range: range(parameter.range),
                    derivative: parameter.derivative.into(),
                })
                .collect(),
            formula: info.formula.into(),
            derivative: info.derivative.into(),
            second_derivative: info.second_derivative.into(),
            docs: info.docs.into(),
            source: info.source().map(one_line),
        }
    }
}

impl From<&Compiled> for Description {
    fn from(compiled: &Compiled) -> Self {
        Description {
            name: compiled.name().to_owned(),
            aliases: compiled.aliases.clone(),
            variable: compiled.variable.clone(),
            parameters: compiled
                .parameters
                .iter()
                .map(|parameter| Parameter {
                    name: parameter.name.clone(),
                    docs: parameter.docs.clone(),
                    default: parameter.default,
                    default_text: parameter.default_text.clone(),
                    learned: parameter.learned,
                    range: range(parameter.range),
                    derivative: parameter.derivative.clone(),
                })
                .collect(),
            formula: compiled.formula.clone(),
            derivative: compiled.derivative.clone(),
            second_derivative: compiled.second_derivative.clone(),
            docs: compiled.docs.clone(),
            source: source_in(&compiled.docs).map(one_line),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
