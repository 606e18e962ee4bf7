//! Programs as statements of another language, one step a line.

use activation_formula::{Choice, Program, Rounded, Slot, Step};

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operation {
    pub(crate) fn symbol(self) -> char {
        match self {
            Operation::Add => '+',
            Operation::Subtract => '-',
            Operation::Multiply => '*',
            Operation::Divide => '/',
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Operation::Add => "add",
            Operation::Subtract => "sub",
            Operation::Multiply => "mul",
            Operation::Divide => "div",
        }
    }
}

/// How a language says things. Operands are names or literals.
pub(crate) trait Dialect {
    fn number(&self, number: Rounded) -> String;
    fn negate(&self, a: &str) -> String;
    fn binary(&self, operation: Operation, a: &str, b: &str) -> String;
    fn call(&self, function: &str, arguments: &[&str]) -> String;
    /// `if left < right { then } else { otherwise }`, or `<=`; NaN where a side is NaN, if that is asked for.
    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String;
    /// One line that names a value.
    fn define(&self, name: &str, value: &str) -> String;
}

/// The lines of a program, and its result. `parameters` are names or numbers by the parameters' indices.
pub(crate) fn program(
    program: &Program,
    parameters: &[Operand],
    dialect: &dyn Dialect,
) -> (Vec<String>, String) {
    let mut lines = Vec::new();
    let mut names: Vec<String> = Vec::with_capacity(program.steps.len());
    for (slot, step) in program.steps.iter().enumerate() {
        let at = |slot: Slot| names.get(slot).map_or("x", String::as_str);
        let binary = |operation, a, b| dialect.binary(operation, at(a), at(b));
        let value = match *step {
            Step::Variable => {
                names.push("x".into());
                continue;
            }
            Step::Parameter(index) => {
                names.push(match parameters.get(index) {
                    Some(Operand::Name(name)) => name.clone(),
                    Some(Operand::Number(value)) => dialect.number(Rounded::exactly(*value)),
                    None => "x".into(),
                });
                continue;
            }
            Step::Number(number) => {
                names.push(dialect.number(number));
                continue;
            }
            Step::Negate(a) => dialect.negate(at(a)),
            Step::Add(a, b) => binary(Operation::Add, a, b),
            Step::Subtract(a, b) => binary(Operation::Subtract, a, b),
            Step::Multiply(a, b) => binary(Operation::Multiply, a, b),
            Step::Divide(a, b) => binary(Operation::Divide, a, b),
            Step::Whole(a, exponent) => dialect.call("whole", &[at(a), &exponent.to_string()]),
            Step::Sqrt(a) => dialect.call("sqrt", &[at(a)]),
            Step::Power(a, b) => dialect.call("pow", &[at(a), at(b)]),
            Step::Call(function, a) => dialect.call(&function.to_string(), &[at(a)]),
            Step::Min(a, b) => dialect.call("min", &[at(a), at(b)]),
            Step::Max(a, b) => dialect.call("max", &[at(a), at(b)]),
            Step::Select(choice) => dialect.select(
                &choice,
                at(choice.left),
                at(choice.right),
                at(choice.then),
                at(choice.otherwise),
            ),
        };
        let name = format!("t{slot}");
        lines.push(dialect.define(&name, &value));
        names.push(name);
    }
    let result = program.outputs.first().and_then(|&slot| names.get(slot)).cloned();
    (lines, result.unwrap_or_else(|| "x".into()))
}

/// What stands for a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Name(String),
    Number(f64),
}

/// The sections of the runtime that a program calls.
pub(crate) fn calls(program: &Program) -> Vec<String> {
    let mut names: Vec<String> = vec!["base".into()];
    for step in &program.steps {
        let name = match *step {
            Step::Whole(..) => "whole".into(),
            Step::Sqrt(_) => "sqrt".into(),
            Step::Power(..) => "pow".into(),
            Step::Min(..) => "min".into(),
            Step::Max(..) => "max".into(),
            Step::Call(function, _) => function.to_string(),
            Step::Select(Choice { or_equal: true, .. }) => "if_less_equal".into(),
            Step::Select(_) => "if_less".into(),
            _ => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
