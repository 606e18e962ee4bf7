//! Programs run on any number type, at run time; and formulas as written, for the oracle.

use crate::constant::call;
use crate::declaration::{Comparison, Declaration, Expr, Kind, Operator};
use crate::program::{Program, Step};
use activation_math::{Real, Textbook};

/// Runs a program whose variable is `x`; `parameters` in the order of declaration. One result per output.
pub(crate) fn run<R: Real>(program: &Program, x: R, parameters: &[f64]) -> Vec<R> {
    let mut values: Vec<R> = Vec::with_capacity(program.steps.len());
    for step in &program.steps {
        let at = |slot: usize| values.get(slot).copied().unwrap_or(x);
        let value = match *step {
            Step::Variable => x,
            Step::Parameter(index) => x.literal(parameters.get(index).copied().unwrap_or(f64::NAN)),
            Step::Number(value) => x.literal(value),
            Step::Negate(a) => -at(a),
            Step::Add(a, b) => at(a) + at(b),
            Step::Subtract(a, b) => at(a) - at(b),
            Step::Multiply(a, b) => at(a) * at(b),
            Step::Divide(a, b) => at(a) / at(b),
            Step::Whole(a, exponent) => at(a).powi(exponent),
            Step::Sqrt(a) => at(a).sqrt(),
            Step::Power(a, b) => at(a).pow(at(b)),
            Step::Call(function, a) => call(function, at(a)),
            Step::Min(a, b) => at(a).min(at(b)),
            Step::Max(a, b) => at(a).max(at(b)),
            Step::Select(choice) => {
                let (left, right) = (at(choice.left), at(choice.right));
                let (then, otherwise) = (at(choice.then), at(choice.otherwise));
                match (choice.guarded, choice.or_equal) {
                    (false, false) => R::select(left.less(right), then, otherwise),
                    (false, true) => R::select(left.less_equal(right), then, otherwise),
                    (true, false) => R::if_less(left, right, then, otherwise),
                    (true, true) => R::if_less_equal(left, right, then, otherwise),
                }
            }
        };
        values.push(value);
    }
    program.outputs.iter().map(|&slot| values.get(slot).copied().unwrap_or(x)).collect()
}

impl Textbook for Declaration {
    /// The formula exactly as it was written: nothing recognised, nothing simplified.
    fn at<R: Real>(&self, x: R, parameters: &[R]) -> R {
        let mut names: Vec<(String, R)> = vec![(self.variable.to_string(), x)];
        names.extend(
            self.parameters
                .iter()
                .zip(parameters)
                .map(|(parameter, &value)| (parameter.name.to_string(), value)),
        );
        as_written(&self.body, x, &mut names)
    }
}

fn as_written<R: Real>(expression: &Expr, x: R, names: &mut Vec<(String, R)>) -> R {
    match &expression.kind {
        Kind::Number(text, _) => x.decimal(text),
        Kind::Name(name) => match names.iter().rev().find(|(known, _)| name == known) {
            Some(&(_, value)) => value,
            None if name == "pi" => x.pi(),
            None => x.e(),
        },
        Kind::Call(name, arguments) => {
            let values: Vec<R> = arguments.iter().map(|argument| as_written(argument, x, names)).collect();
            written_call(&name.to_string(), &values).unwrap_or(x)
        }
        Kind::Negate(inner) => -as_written(inner, x, names),
        Kind::Binary(operator, left, right) => {
            let a = as_written(left, x, names);
            if *operator == Operator::Power
                && let Some(whole) = whole_number(right)
            {
                return a.powi(whole);
            }
            let b = as_written(right, x, names);
            match operator {
                Operator::Add => a + b,
                Operator::Subtract => a - b,
                Operator::Multiply => a * b,
                Operator::Divide => a / b,
                Operator::Power => a.pow(b),
            }
        }
        Kind::If(condition, then, otherwise) => {
            let (left, right) =
                (as_written(&condition.left, x, names), as_written(&condition.right, x, names));
            let (then, otherwise) = (as_written(then, x, names), as_written(otherwise, x, names));
            match condition.comparison {
                Comparison::Less => R::if_less(left, right, then, otherwise),
                Comparison::LessEqual => R::if_less_equal(left, right, then, otherwise),
                Comparison::Greater => R::if_less(right, left, then, otherwise),
                Comparison::GreaterEqual => R::if_less_equal(right, left, then, otherwise),
            }
        }
        Kind::Block(lets, value) => {
            let outside = names.len();
            for (name, bound) in lets {
                let bound = as_written(bound, x, names);
                names.push((name.to_string(), bound));
            }
            let value = as_written(value, x, names);
            names.truncate(outside);
            value
        }
        Kind::Invalid => x.literal(f64::NAN),
    }
}

/// The exponent if it is written as a whole number, with or without a minus.
pub(crate) fn whole_number(expression: &Expr) -> Option<i32> {
    match &expression.kind {
        Kind::Number(_, value) => value.to_i32(),
        Kind::Negate(inner) => whole_number(inner)?.checked_neg(),
        _ => None,
    }
}

/// A call by its name in the language, from the definitions that the language documents.
fn written_call<R: Real>(name: &str, values: &[R]) -> Option<R> {
    Some(match (name, values) {
        ("abs", &[a]) => a.abs(),
        ("asinh", &[a]) => a.asinh(),
        ("atan", &[a]) => a.atan(),
        ("cbrt", &[a]) => a.cbrt(),
        ("clamp", &[a, low, high]) => high.min(low.max(a)),
        ("cos", &[a]) => a.cos(),
        ("cosh", &[a]) => a.cosh(),
        ("erf", &[a]) => a.erf(),
        ("erfc", &[a]) => a.erfc(),
        ("exp", &[a]) => a.exp(),
        ("expm1", &[a]) => a.expm1(),
        ("ln" | "log", &[a]) => a.ln(),
        ("log1p", &[a]) => a.log1p(),
        ("log_sigmoid", &[a]) => -(-a).softplus(),
        ("logistic" | "sigmoid", &[a]) => a.sigmoid(),
        ("max", &[a, b]) => a.max(b),
        ("min", &[a, b]) => a.min(b),
        ("relu", &[a]) => a.literal(0.0).max(a),
        ("sign", &[a]) => a.sign(),
        ("sin", &[a]) => a.sin(),
        ("sinh", &[a]) => a.sinh(),
        ("softplus", &[a]) => a.softplus(),
        ("sqrt", &[a]) => a.sqrt(),
        ("tanh", &[a]) => a.tanh(),
        _ => return None,
    })
}
