//! What is known of an activation, as data.

use core::fmt;

/// Names, formulas and parameters of an activation. Texts are in the formula language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Info {
    /// The name, in lower case with underscores.
    pub name: &'static str,
    /// Other names of the same activation.
    pub aliases: &'static [&'static str],
    /// The doc comment.
    pub docs: &'static str,
    /// What the variable is called in the texts.
    pub variable: &'static str,
    /// f, as its author wrote it.
    pub formula: &'static str,
    /// f'.
    pub derivative: &'static str,
    /// f''.
    pub second_derivative: &'static str,
    /// In the order of declaration.
    pub parameters: &'static [ParameterInfo],
}

/// A parameter of an activation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterInfo {
    /// Its name, which is also the field's.
    pub name: &'static str,
    /// Its doc comment.
    pub docs: &'static str,
    /// Whether training adjusts it.
    pub learned: bool,
    /// The default value.
    pub default: f64,
    /// The default as it was written, such as `2 / 3`.
    pub default_text: &'static str,
    /// The smallest and the largest value that it may have; infinite where no range was declared.
    pub range: (f64, f64),
    /// ∂f/∂parameter.
    pub derivative: &'static str,
}

impl Info {
    #[doc(hidden)]
    pub const EMPTY: Info = Info {
        name: "",
        aliases: &[],
        docs: "",
        variable: "",
        formula: "",
        derivative: "",
        second_derivative: "",
        parameters: &[],
    };

    /// The index of the parameter called `name`.
    pub fn parameter_index(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name)
    }

    /// The declaration as a text of the formula language: `Prelu(x; learn slope = 0.25) = if x > 0 …`.
    ///
    /// The type's name is not known any more; the name takes its place.
    #[cfg(feature = "std")]
    pub fn declaration(&self) -> String {
        let parameters: Vec<String> = self.parameters.iter().map(ParameterInfo::declaration).collect();
        let separator = if parameters.is_empty() { "" } else { "; " };
        format!("{}({}{separator}{}) = {}", self.name, self.variable, parameters.join(", "), self.formula)
    }

    /// Where the formula comes from: what follows `Source:` in the doc comment.
    pub fn source(&self) -> Option<&'static str> {
        source_in(self.docs)
    }
}

/// The source that a doc comment names: what follows `Source:`, up to the end of the paragraph.
pub fn source_in(docs: &str) -> Option<&str> {
    let at = docs.find("Source:")?;
    let rest = docs.get(at + "Source:".len()..)?;
    Some(rest.split("\n\n").next().unwrap_or(rest).trim())
}

impl ParameterInfo {
    #[cfg(feature = "std")]
    fn declaration(&self) -> String {
        let learn = if self.learned { "learn " } else { "" };
        let end = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
        let range = match self.range {
            (low, high) if low.is_finite() || high.is_finite() => format!(" in {}..{}", end(low), end(high)),
            _ => String::new(),
        };
        format!("{learn}{} = {}{range}", self.name, self.default_text)
    }

    /// Whether the parameter may have this value.
    ///
    /// # Errors
    ///
    /// The value is NaN or infinite, or lies outside the declared range.
    pub fn check(&self, value: f64) -> Result<(), ParameterError> {
        if !value.is_finite() {
            return Err(ParameterError { parameter: *self, value });
        }
        let (low, high) = self.range;
        if value < low || value > high { Err(ParameterError { parameter: *self, value }) } else { Ok(()) }
    }
}

/// A value that a parameter may not have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterError {
    /// The parameter.
    pub parameter: ParameterInfo,
    /// The value that was refused.
    pub value: f64,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = self.parameter.range;
        let (name, value) = (self.parameter.name, self.value);
        match (value.is_finite(), low.is_finite(), high.is_finite()) {
            (false, _, _) => write!(out, "parameter `{name}` must be a finite number, not {value}"),
            (_, true, true) => {
                write!(out, "parameter `{name}` must lie between {low} and {high}, not be {value}")
            }
            (_, true, false) => write!(out, "parameter `{name}` must be at least {low}, not {value}"),
            _ => write!(out, "parameter `{name}` must be at most {high}, not {value}"),
        }
    }
}

impl core::error::Error for ParameterError {}

#[doc(hidden)]
#[cold]
#[track_caller]
pub fn no_such_parameter(info: &Info, index: usize) -> f64 {
    panic!("`{}` has {} parameters, there is no number {index}", info.name, info.parameters.len());
}
