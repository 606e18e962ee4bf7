//! A formula's whole way: resolved, differentiated, recognised, turned into programs and text.

use crate::as_written::AsWritten;
use crate::constant::Constants;
use crate::declaration::snake_case;
use crate::differentiate::{By, DerivativeTable, differentiate};
use crate::error::Mistakes;
use crate::evaluate::run;
use crate::graph::{Graph, Id};
use crate::print::{derived, written};
use crate::program::Program;
use crate::recognise::recognise;
use crate::resolve::Formula;
use crate::stabilise::stabilise;
use activation_math::{Body, Output, Real, evaluate};

/// An activation compiled at run time. Threads can share it.
#[derive(Clone, Debug)]
pub struct Compiled {
    name: String,
    /// Other names, from `#[alias(…)]`.
    pub aliases: Vec<String>,
    /// The doc comment.
    pub docs: String,
    /// The variable's name.
    pub variable: String,
    /// The formula as it was written, for an oracle.
    pub as_written: AsWritten,
    /// The formula as written, in the language.
    pub formula: String,
    /// f', in the language.
    pub derivative: String,
    /// f'', in the language.
    pub second_derivative: String,
    /// In the order of declaration.
    pub parameters: Vec<CompiledParameter>,
    pub(crate) programs: Programs,
}

/// A parameter of a [`Compiled`] activation.
#[derive(Clone, Debug)]
pub struct CompiledParameter {
    /// Its name.
    pub name: String,
    /// Its doc comment.
    pub docs: String,
    /// Whether training adjusts it.
    pub learned: bool,
    /// The default value.
    pub default: f64,
    /// The default as it was written, such as `2 / 3`.
    pub default_text: String,
    /// The smallest and the largest value; infinite where no range was declared.
    pub range: (f64, f64),
    /// ∂f/∂parameter, in the language.
    pub derivative: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Programs {
    pub(crate) forward: Program,
    pub(crate) derivative: Program,
    pub(crate) second_derivative: Program,
    /// f and f' together, sharing what they share.
    pub(crate) forward_and_derivative: Program,
    pub(crate) parameters: Vec<Program>,
}

/// Everything derived from a resolved formula; `table` says what functions' derivatives are.
pub(crate) fn compile(formula: Formula, table: DerivativeTable, mistakes: &mut Mistakes) -> Option<Compiled> {
    let Formula { declaration, mut graph, root, parameters } = formula;
    let forward = recognise(&mut graph, root);
    let derivative = derive(&mut graph, forward, By::Variable, table);
    let second = derive(&mut graph, derivative, By::Variable, table);
    let by_parameter: Vec<Id> =
        (0..parameters.len()).map(|index| derive(&mut graph, forward, By::Parameter(index), table)).collect();
    if graph.is_full() {
        mistakes.push(
            declaration
                .body
                .mistake("the derivatives of this formula are too large; simplify it or split it"),
        );
        return None;
    }
    let variable = declaration.variable.to_string();
    let names: Vec<String> =
        declaration.parameters.iter().map(|parameter| parameter.name.to_string()).collect();
    let stable = [forward, derivative, second].map(|id| stabilise(&mut graph, id));
    let [stable_forward, stable_derivative, stable_second] = stable;
    let stable_parameters: Vec<Id> = by_parameter.iter().map(|&id| stabilise(&mut graph, id)).collect();
    let mut constants = Constants::default();
    let mut program = |roots: &[Id]| Program::new(&graph, roots, &mut constants);
    let programs = Programs {
        forward: program(&[stable_forward]),
        derivative: program(&[stable_derivative]),
        second_derivative: program(&[stable_second]),
        forward_and_derivative: program(&[stable_forward, stable_derivative]),
        parameters: stable_parameters.iter().map(|&id| program(&[id])).collect(),
    };
    if programs.forward.has_number_out_of_range() {
        mistakes.push(
            declaration.body.mistake("a number in this formula is beyond the largest one, about 1.8e308"),
        );
        return None;
    }
    let text = |id: Id| derived(&graph, id, &variable, &names);
    let compiled_parameters = declaration
        .parameters
        .iter()
        .zip(&parameters)
        .zip(&by_parameter)
        .map(|((parameter, value), &derivative)| CompiledParameter {
            name: parameter.name.to_string(),
            docs: parameter.docs.clone(),
            learned: parameter.learned,
            default: value.default,
            default_text: parameter.default.as_ref().map(written).unwrap_or_default(),
            range: value.range,
            derivative: text(derivative),
        })
        .collect();
    Some(Compiled {
        formula: written(&declaration.body),
        derivative: text(derivative),
        second_derivative: text(second),
        parameters: compiled_parameters,
        programs,
        name: snake_case(&declaration.name.to_string()),
        aliases: declaration.aliases.clone(),
        docs: declaration.docs.clone(),
        as_written: AsWritten::of(&declaration),
        variable,
    })
}

fn derive(graph: &mut Graph, root: Id, by: By, table: DerivativeTable) -> Id {
    let raw = differentiate(graph, root, by, table);
    recognise(graph, raw)
}

impl Compiled {
    /// The activation's name, in lower case with underscores.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of `output` at `x`; `parameters` in the order of declaration.
    ///
    /// NaN for NaN and where the formula has no real value; the limit at ±∞.
    pub fn evaluate(&self, output: Output, x: f64, parameters: &[f64]) -> f64 {
        match self.program(output) {
            Some(program) => evaluate(&Running { program, parameters }, x),
            None => f64::NAN,
        }
    }

    fn program(&self, output: Output) -> Option<&Program> {
        Some(match output {
            Output::Forward => &self.programs.forward,
            Output::Derivative => &self.programs.derivative,
            Output::SecondDerivative => &self.programs.second_derivative,
            Output::ParameterDerivative(index) => self.programs.parameters.get(index)?,
        })
    }
}

struct Running<'a> {
    program: &'a Program,
    parameters: &'a [f64],
}

impl Body for Running<'_> {
    fn at<R: Real>(&self, x: R) -> R {
        run(self.program, x, self.parameters).first().copied().unwrap_or(x)
    }
}

#[cfg(test)]
mod tests {
    use super::{By, derive, recognise};
    use crate::differentiate::TABLE;
    use crate::error::Mistakes;
    use crate::resolve::resolve;
    use crate::stabilise::stabilise;

    /// The limit on weight is for hostile input: the heaviest formulas that people use stay far below it.
    #[test]
    fn the_heaviest_activations_are_light() {
        for text in [
            "x * tanh(x * (1 + erf(x / sqrt(2))) / 2)",
            "x * tanh(ln(1 + 1/(1 + exp(-x))))",
            "x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715*x^3)))",
        ] {
            let mut mistakes = Mistakes::default();
            let declaration = crate::source::declaration(text).expect("a formula");
            let formula = resolve(declaration, &mut mistakes).expect("a formula");
            let mut graph = formula.graph;
            let forward = recognise(&mut graph, formula.root);
            let first = derive(&mut graph, forward, By::Variable, TABLE);
            let second = derive(&mut graph, first, By::Variable, TABLE);
            stabilise(&mut graph, second);
            assert!(graph.weight() < crate::graph::MOST_WEIGHT / 20, "{text} weighs {}", graph.weight());
            assert!(mistakes.into_vec().is_empty());
        }
    }
}
