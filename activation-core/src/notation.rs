//! Activations as text: `gelu`, `leaky_relu(slope=0.2)`.
//!
//! ```text
//! activation = name [ "(" [ parameter "=" number { "," parameter "=" number } [ "," ] ] ")" ]
//! ```
//!
//! A name is found as [`by_name`](crate::by_name) finds it: aliases count, case, `-`, `_` and spaces do not matter. Parameters
//! are called as they are declared, in any order, and one that is left out has its default. Spaces may stand between all parts.
//!
//! What is printed has every parameter, defaults too, and numbers in the shortest form that is read as the same `f64`: a
//! configuration keeps its meaning when a default changes.
//!
//! ```
//! use activation_core::{AnyActivation, catalogue::LeakyRelu, notation};
//!
//! let leak: AnyActivation = "LReLU(slope = 0.2)".parse().unwrap();
//! assert_eq!(leak.to_string(), "leaky_relu(slope=0.2)");
//!
//! // Where the type is known, its own names count and no others.
//! assert_eq!(notation::parse("leaky_relu"), Ok(LeakyRelu { slope: 0.01 }));
//! assert!(notation::parse::<LeakyRelu>("prelu").is_err());
//!
//! let mistake = "leaky_relu(slop=0.2)".parse::<AnyActivation>().unwrap_err();
//! assert_eq!(
//!     mistake.to_string(),
//!     "`leaky_relu` has no parameter `slop`; it has `slope` (character 12 of `leaky_relu(slop=0.2)`)",
//! );
//! ```
//!
//! Activations of your own are found in the lists that `#![list(…)]` makes of them:
//!
//! ```
//! use activation_core::{AnyActivation, all, define_activation};
//!
//! define_activation! {
//!     #![list(pub OURS)]
//!     /// A parabola.
//!     pub Square(x; scale = 1) = scale * x^2;
//! }
//!
//! let square = AnyActivation::parse("square(scale=3)", all().chain(OURS)).unwrap();
//! assert_eq!(square.forward(2.0), 12.0);
//! ```
//!
//! The feature `serde` makes this text the serialised form of every activation.

use crate::registry::{Entry, similar_names};
use crate::{Activation, AnyActivation, Info, SetParameterError, all};
use core::fmt;
use core::ops::Range;
use core::str::FromStr;

/// The activation of type `A` that a text names, with its parameters.
///
/// # Errors
///
/// The text is no activation's, or another one's; a parameter is unknown, there twice, or may not have its value.
pub fn parse<A: Activation>(text: &str) -> Result<A, ParseActivationError> {
    let entry = const { &Entry::of::<A>() };
    let call = Call::read(text)?;
    if !entry.is_called(call.name.text) {
        let name = call.name.text.to_owned();
        return Err(call.name.is(text, Mistake::OtherActivation { name, expected: A::INFO.name }));
    }
    let mut activation = A::default();
    for (index, value) in call.assignments(text, &A::INFO)? {
        activation.set_parameter(index, value);
    }
    Ok(activation)
}

/// The text of an activation, with all of its parameters.
pub fn text<A: Activation>(activation: &A) -> String {
    Text { info: &A::INFO, value: |index| activation.parameter(index) }.to_string()
}

/// Prints an activation whose parameters are what `value` says.
pub(crate) struct Text<'a, F> {
    pub(crate) info: &'a Info,
    pub(crate) value: F,
}

impl<F: Fn(usize) -> f64> fmt::Display for Text<'_, F> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.info.name)?;
        let mut before = "(";
        for (index, parameter) in self.info.parameters.iter().enumerate() {
            write!(out, "{before}{}=", parameter.name)?;
            let value = (self.value)(index);
            match value.abs() {
                // Without hundreds of zeros.
                size if size != 0.0 && size.is_finite() && !(1e-5..1e16).contains(&size) => {
                    write!(out, "{value:e}")?;
                }
                _ => write!(out, "{value}")?,
            }
            before = ", ";
        }
        if self.info.parameters.is_empty() { Ok(()) } else { out.write_str(")") }
    }
}

/// As a configuration has it: `leaky_relu(slope=0.2)`, see [`notation`](crate::notation).
impl fmt::Display for AnyActivation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Text { info: self.info(), value: |index| self.parameters()[index] }.fmt(out)
    }
}

/// The catalogue's activation of that text.
impl FromStr for AnyActivation {
    type Err = ParseActivationError;

    fn from_str(text: &str) -> Result<Self, ParseActivationError> {
        AnyActivation::parse(text, all())
    }
}

impl AnyActivation {
    /// The first of `entries` that a text names, with its parameters; see [`notation`](crate::notation).
    ///
    /// # Errors
    ///
    /// The text is no activation's; a parameter is unknown, there twice, or may not have its value.
    pub fn parse<'a>(
        text: &str,
        entries: impl IntoIterator<Item = &'a Entry>,
    ) -> Result<Self, ParseActivationError> {
        let call = Call::read(text)?;
        let entries: Vec<&Entry> = entries.into_iter().collect();
        let Some(entry) = entries.iter().find(|entry| entry.is_called(call.name.text)) else {
            let name = call.name.text.to_owned();
            let similar = similar_names(&name, entries.iter().copied());
            return Err(call.name.is(text, Mistake::UnknownActivation { name, similar }));
        };
        let mut activation = entry.activation();
        for (index, value) in call.assignments(text, entry.info())? {
            activation.set(index, value);
        }
        Ok(activation)
    }
}

/// Why a text is no activation: what is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct ParseActivationError {
    text: String,
    range: Range<usize>,
    mistake: Box<Mistake>,
}

/// What is wrong with the text of an activation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mistake {
    /// No activation has that name.
    UnknownActivation {
        /// The name.
        name: String,
        /// At most three that it may have meant.
        similar: Vec<&'static str>,
    },
    /// The type that was asked for has another name.
    OtherActivation {
        /// The name.
        name: String,
        /// That of the type.
        expected: &'static str,
    },
    /// A parameter cannot be set.
    Parameter(SetParameterError),
    /// A parameter is there twice.
    Repeated(&'static str),
    /// The value of a parameter is no number.
    Number {
        /// The parameter.
        parameter: &'static str,
        /// What stands there.
        found: String,
    },
    /// Something else stands where this should.
    Expected(&'static str),
}

impl ParseActivationError {
    /// What is wrong.
    pub fn mistake(&self) -> &Mistake {
        &self.mistake
    }

    /// Where in the text, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mistake::UnknownActivation { name, similar } if similar.is_empty() => {
                write!(out, "unknown activation `{name}`; `activation_core::all()` has the catalogue")
            }
            Mistake::UnknownActivation { name, similar } => {
                write!(out, "unknown activation `{name}`; did you mean `{}`?", similar.join("`, `"))
            }
            Mistake::OtherActivation { name, expected } => {
                write!(out, "this must be `{expected}` and its parameters, and not `{name}`")
            }
            Mistake::Parameter(error) => error.fmt(out),
            Mistake::Repeated(parameter) => write!(out, "parameter `{parameter}` is there twice"),
            Mistake::Number { parameter, found } => {
                write!(out, "parameter `{parameter}` must be a number such as 0.25, and not `{found}`")
            }
            Mistake::Expected(what) => write!(out, "expected {what}"),
        }
    }
}

impl fmt::Display for ParseActivationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ParseActivationError { text, range, mistake } = self;
        mistake.fmt(out)?;
        // A name that is all of the text has been quoted.
        if text.trim() == &text[range.clone()] && !range.is_empty() {
            return Ok(());
        }
        let place = text[..range.start].chars().count() + 1;
        write!(out, " (character {place} of `{text}`)")
    }
}

impl std::error::Error for ParseActivationError {}

/// A part of a text, without the spaces around it.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Piece<'a> {
    fn trimmed(self) -> Self {
        let text = self.text.trim_start();
        Piece { text: text.trim_end(), start: self.start + self.text.len() - text.len() }
    }

    /// What is before and behind the first of the signs, and which one it is.
    fn split_at_first(self, signs: &[char]) -> Option<(Piece<'a>, char, Piece<'a>)> {
        let at = self.text.find(signs)?;
        let sign = self.text[at..].chars().next()?;
        let behind = at + sign.len_utf8();
        let before = Piece { text: &self.text[..at], start: self.start };
        let rest = Piece { text: &self.text[behind..], start: self.start + behind };
        Some((before.trimmed(), sign, rest.trimmed()))
    }

    /// What is wrong here.
    fn is(self, text: &str, mistake: Mistake) -> ParseActivationError {
        let range = self.start..self.start + self.text.len();
        ParseActivationError { text: text.to_owned(), range, mistake: Box::new(mistake) }
    }
}

/// A text in its parts.
struct Call<'a> {
    name: Piece<'a>,
    /// Parameters and their values.
    arguments: Vec<(Piece<'a>, Piece<'a>)>,
}

impl<'a> Call<'a> {
    fn read(text: &'a str) -> Result<Self, ParseActivationError> {
        let whole = Piece { text, start: 0 }.trimmed();
        let (name, mut rest) = match whole.split_at_first(&['(']) {
            Some((name, _, rest)) => (name, Some(rest)),
            None => (whole, None),
        };
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        if name.text.is_empty() || !name.text.chars().all(is_of_name) {
            return Err(
                name.is(text, Mistake::Expected("an activation's name, as in `leaky_relu(slope=0.2)`"))
            );
        }
        let mut arguments = Vec::new();
        while let Some(inside) = rest {
            let Some((argument, sign, behind)) = inside.split_at_first(&[',', ')', '(']) else {
                return Err(Piece { text: "", start: whole.start + whole.text.len() }
                    .is(text, Mistake::Expected("`)` behind the last parameter")));
            };
            let is_last = sign == ')';
            if sign == '(' {
                return Err(
                    argument.is(text, Mistake::Expected("a parameter and a number, as in `slope=0.2`"))
                );
            }
            if !(is_last && argument.text.is_empty()) {
                let Some((parameter, _, value)) = argument.split_at_first(&['=']) else {
                    return Err(
                        argument.is(text, Mistake::Expected("a parameter and a number, as in `slope=0.2`"))
                    );
                };
                arguments.push((parameter, value));
            }
            if is_last && !behind.text.is_empty() {
                return Err(behind.is(text, Mistake::Expected("nothing behind `)`")));
            }
            rest = (!is_last).then_some(behind);
        }
        Ok(Call { name, arguments })
    }

    /// The indices and values of the parameters that are named.
    fn assignments(&self, text: &str, info: &Info) -> Result<Vec<(usize, f64)>, ParseActivationError> {
        let mut found: Vec<(usize, f64)> = Vec::new();
        for (name, value) in &self.arguments {
            let Some(index) = info.parameter_index(name.text) else {
                let unknown = SetParameterError::unknown(info, name.text);
                return Err(name.is(text, Mistake::Parameter(unknown)));
            };
            let parameter = &info.parameters[index];
            if found.iter().any(|&(known, _)| known == index) {
                return Err(name.is(text, Mistake::Repeated(parameter.name)));
            }
            let Ok(number) = value.text.parse::<f64>() else {
                let (parameter, found) = (parameter.name, value.text.to_owned());
                return Err(value.is(text, Mistake::Number { parameter, found }));
            };
            let refused = |error| value.is(text, Mistake::Parameter(SetParameterError::Refused(error)));
            parameter.check(number).map_err(refused)?;
            found.push((index, number));
        }
        Ok(found)
    }
}
