//! What is exported: the functions of a formula, each with its program and with what is known of it.

use crate::edge::edge;
use crate::lower::without_normal_distribution;
use crate::names::{comment, identifier, letters};
use crate::write::Operand;
use crate::{ExportError, Options};
use activation_formula::{Compiled, MixedDerivative, Program, compile, mixed_derivatives};
use activation_math::{Interval, Output, Precision};

/// A formula that was compiled for export.
pub(crate) struct Subject {
    /// In letters that every language has.
    pub(crate) name: String,
    pub(crate) compiled: Compiled,
    pub(crate) docs: String,
    /// In the order of declaration.
    pub(crate) values: Vec<f64>,
    /// The learned parameters.
    pub(crate) learned: Vec<Learned>,
    /// f, f', f'' and the derivatives by learned parameters.
    pub(crate) functions: Vec<Function>,
    /// Second derivatives with a learned parameter in them.
    pub(crate) mixed: Vec<Function>,
}

/// A parameter that becomes an argument.
pub(crate) struct Learned {
    /// In the order of declaration.
    pub(crate) index: usize,
    /// A name that every language has.
    pub(crate) name: String,
    pub(crate) default: f64,
}

/// A function of x and the learned parameters.
pub(crate) struct Function {
    /// What follows the activation's name: nothing, `_derivative`, `_derivative_by_beta`.
    pub(crate) suffix: String,
    /// One line about it.
    pub(crate) meaning: String,
    pub(crate) program: Program,
    /// Where plain `f64` arithmetic is not certified for an `f32` result.
    pub(crate) careful: Vec<Interval>,
    /// Whether plain arithmetic is certified at all for the values of the fixed parameters.
    pub(crate) is_certified: bool,
    /// Whether that holds for all values of the learned parameters.
    pub(crate) elsewhere: bool,
    /// Inputs where the value is a limit that no arithmetic finds, for the defaults of the parameters.
    pub(crate) limits: Vec<(f64, f64)>,
    /// Whether it has no value where f has none.
    pub(crate) is_partial: bool,
    /// Beyond this, a value that is no number is extrapolated: in `f64`, and in `f32`.
    pub(crate) edges: [f64; 2],
}

impl Subject {
    pub(crate) fn new(text: &str, options: &Options) -> Result<Self, ExportError> {
        let mut compiled = compile(text).map_err(ExportError::Formula)?;
        if compiled.aliases.is_empty() {
            compiled.aliases.clone_from(&options.aliases);
        }
        let mixed = mixed_derivatives(text).map_err(ExportError::Formula)?;
        let mut values: Vec<f64> = compiled.parameters.iter().map(|parameter| parameter.default).collect();
        for (name, value) in &options.values {
            let index = compiled.parameters.iter().position(|parameter| parameter.name == *name);
            let index = index.ok_or_else(|| ExportError::NoParameter(name.clone()))?;
            let (low, high) = compiled.parameters[index].range;
            if !value.is_finite() || *value < low || *value > high {
                return Err(ExportError::Value(name.clone(), *value));
            }
            values[index] = *value;
        }
        let mut learned: Vec<Learned> = Vec::new();
        for (index, parameter) in compiled.parameters.iter().enumerate().filter(|(_, p)| p.learned) {
            let mut name = identifier(&parameter.name);
            while learned.iter().any(|other| other.name == name) {
                name.push('_');
            }
            learned.push(Learned { index, name, default: values[index] });
        }
        let outputs = [Output::Forward, Output::Derivative, Output::SecondDerivative];
        let outputs =
            outputs.into_iter().chain(learned.iter().map(|one| Output::ParameterDerivative(one.index)));
        let functions = outputs.filter_map(|output| function(&compiled, output, &values, &learned)).collect();
        let mixed =
            mixed.into_iter().map(|mixed| mixed_function(&compiled, mixed, &values, &learned)).collect();
        let docs = if compiled.docs.is_empty() { options.docs.clone() } else { compiled.docs.clone() };
        let name = letters(compiled.name());
        Ok(Subject { name, docs, values, learned, functions, mixed, compiled })
    }

    /// What stands for each parameter: a number, or the name of the argument.
    pub(crate) fn operands(&self) -> Vec<Operand> {
        let fixed = self.values.iter().map(|&value| Operand::Number(value));
        let mut operands: Vec<Operand> = fixed.collect();
        for one in &self.learned {
            operands[one.index] = Operand::Name(one.name.clone());
        }
        operands
    }

    /// Lines for a comment at the head of a file: what it is, and the formulas.
    pub(crate) fn head(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let title = self.docs.split("\n\n").next().unwrap_or_default();
        lines.extend(comment(title));
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let x = &self.compiled.variable;
        lines.extend(comment(&format!("f({x}) = {}", self.compiled.formula)));
        lines.extend(comment(&format!("f'({x}) = {}", self.compiled.derivative)));
        for (parameter, value) in self.compiled.parameters.iter().zip(&self.values) {
            let kind = if parameter.learned { "learned, by default" } else { "fixed," };
            lines.extend(comment(&format!("{}: {kind} {value}", parameter.name)));
        }
        lines
    }

    /// How the functions are called from outside, with what each of them is.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().chain(&self.mixed)
    }

    /// The derivative by a learned parameter, by its place among them.
    pub(crate) fn by_parameter(&self, place: usize) -> Option<&Function> {
        self.functions.get(3 + place)
    }

    /// The second derivative by two of x and the learned parameters, x being `None`.
    pub(crate) fn second(&self, one: Option<usize>, other: Option<usize>) -> Option<&Function> {
        let suffix = match (one, other) {
            (None, None) => return self.functions.get(2),
            (Some(place), None) | (None, Some(place)) => self.mixed_suffix(place, None),
            (Some(a), Some(b)) => self.mixed_suffix(a.min(b), Some(a.max(b))),
        };
        self.mixed.iter().find(|function| function.suffix == suffix)
    }

    fn mixed_suffix(&self, place: usize, other: Option<usize>) -> String {
        let name = |place: usize| self.learned.get(place).map_or("", |one| one.name.as_str());
        format!("_derivative_by_{}_and_{}", name(place), other.map_or("x", name))
    }
}

/// The name of a learned parameter by its index in the declaration.
fn learned_name(learned: &[Learned], index: usize) -> &str {
    learned.iter().find(|one| one.index == index).map_or("", |one| one.name.as_str())
}

fn function(compiled: &Compiled, output: Output, values: &[f64], learned: &[Learned]) -> Option<Function> {
    let program = without_normal_distribution(compiled.program(output)?);
    let certificate = compiled.certificate(output)?;
    let careful: Vec<Interval> = certificate.careful.clone();
    let (suffix, meaning) = match output {
        Output::Forward => (String::new(), "f(x)".to_owned()),
        Output::Derivative => ("_derivative".into(), "f'(x)".into()),
        Output::SecondDerivative => ("_second_derivative".into(), "f''(x)".into()),
        Output::ParameterDerivative(index) => {
            let name = learned_name(learned, index);
            (format!("_derivative_by_{name}"), format!("df/d{name}"))
        }
    };
    let points = careful.iter().filter(|(low, high)| low == high);
    let limits = points
        .map(|&(x, _)| (x, compiled.evaluate(output, x, values, Precision::Double)))
        .filter(|(_, value)| !value.is_nan())
        .collect();
    let mut fixed = values.to_vec();
    for one in learned {
        fixed[one.index] = compiled.parameters[one.index].default;
    }
    let edges = edges(compiled, &program, values);
    Some(Function {
        suffix,
        meaning,
        program,
        careful,
        is_certified: compiled.is_certified(output, &fixed),
        elsewhere: certificate.elsewhere,
        limits,
        is_partial: compiled.partial && output != Output::Forward,
        edges,
    })
}

fn mixed_function(
    compiled: &Compiled,
    mixed: MixedDerivative,
    values: &[f64],
    learned: &[Learned],
) -> Function {
    let program = without_normal_distribution(&mixed.program);
    let by = learned_name(learned, mixed.parameter);
    let other = mixed.other.map_or("x", |other| learned_name(learned, other));
    let is_default = |one: &Learned| values[one.index] == compiled.parameters[one.index].default;
    Function {
        suffix: format!("_derivative_by_{by}_and_{other}"),
        meaning: format!("d2f/(d{by} d{other})"),
        edges: edges(compiled, &program, values),
        program,
        careful: mixed.careful,
        is_certified: mixed.elsewhere || learned.iter().all(is_default),
        elsewhere: mixed.elsewhere,
        limits: Vec::new(),
        is_partial: compiled.partial,
    }
}

/// Of a formula without a value somewhere, what is no number has to stay so: then all of the range counts as near.
fn edges(compiled: &Compiled, program: &Program, values: &[f64]) -> [f64; 2] {
    let (double, single) = (2.0_f64.powi(FAR), 2.0_f64.powi(FAR_IN_SINGLE));
    if compiled.partial {
        return [double, single];
    }
    [edge(program, values, double, false), edge(program, values, single, true)]
}

/// Where powers of x begin to leave the range, as powers of two.
pub(crate) const FAR: i32 = 160;
pub(crate) const FAR_IN_SINGLE: i32 = 31;
