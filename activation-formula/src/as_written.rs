//! The formula exactly as it was written, for the oracle: nothing recognised, nothing simplified, and no tokens, so that
//! several threads can evaluate it.

use crate::declaration::{Comparison, Declaration, Expr, Kind, Operator};
use activation_math::{Real, Textbook};

/// A formula that can be evaluated as its author wrote it.
#[derive(Clone, Debug)]
pub struct AsWritten {
    /// The variable's name, then the parameters'.
    names: Vec<String>,
    body: Part,
}

#[derive(Clone, Debug)]
enum Part {
    Number(String),
    Name(String),
    Call(String, Vec<Part>),
    Negate(Box<Part>),
    /// A power with a whole number for its exponent.
    Whole(Box<Part>, i32),
    Binary(Operator, Box<[Part; 2]>),
    /// The sides of the comparison, then the branches.
    If(Comparison, Box<[Part; 4]>),
    Block(Vec<(String, Part)>, Box<Part>),
    Invalid,
}

impl AsWritten {
    pub(crate) fn of(declaration: &Declaration) -> Self {
        let parameters = declaration.parameters.iter().map(|parameter| &parameter.name);
        let names =
            std::iter::once(&declaration.variable).chain(parameters).map(ToString::to_string).collect();
        AsWritten { names, body: part(&declaration.body) }
    }
}

fn part(expression: &Expr) -> Part {
    match &expression.kind {
        Kind::Number(text, _) => Part::Number(text.clone()),
        Kind::Name(name) => Part::Name(name.to_string()),
        Kind::Call(name, arguments) => Part::Call(name.to_string(), arguments.iter().map(part).collect()),
        Kind::Negate(inner) => Part::Negate(Box::new(part(inner))),
        Kind::Binary(Operator::Power, base, exponent) if whole_number(exponent).is_some() => {
            Part::Whole(Box::new(part(base)), whole_number(exponent).unwrap_or_default())
        }
        Kind::Binary(operator, left, right) => Part::Binary(*operator, Box::new([part(left), part(right)])),
        Kind::If(condition, then, otherwise) => Part::If(
            condition.comparison,
            Box::new([part(&condition.left), part(&condition.right), part(then), part(otherwise)]),
        ),
        Kind::Block(lets, value) => {
            let lets = lets.iter().map(|(name, bound)| (name.to_string(), part(bound))).collect();
            Part::Block(lets, Box::new(part(value)))
        }
        Kind::Invalid => Part::Invalid,
    }
}

impl Textbook for AsWritten {
    fn at<R: Real>(&self, x: R, parameters: &[R]) -> R {
        let values = std::iter::once(x).chain(parameters.iter().copied());
        let mut scope: Vec<(&str, R)> = self.names.iter().map(String::as_str).zip(values).collect();
        value(&self.body, x, &mut scope)
    }
}

fn value<'a, R: Real>(part: &'a Part, x: R, scope: &mut Vec<(&'a str, R)>) -> R {
    match part {
        Part::Number(text) => x.decimal(text),
        Part::Name(name) => match scope.iter().rev().find(|(known, _)| name == known) {
            Some(&(_, value)) => value,
            None if name == "pi" => x.pi(),
            None => x.e(),
        },
        Part::Call(name, arguments) => {
            let values: Vec<R> = arguments.iter().map(|argument| value(argument, x, scope)).collect();
            call(name, &values).unwrap_or(x)
        }
        Part::Negate(inner) => -value(inner, x, scope),
        Part::Whole(base, exponent) => value(base, x, scope).powi(*exponent),
        Part::Binary(operator, sides) => {
            let [a, b] = [&sides[0], &sides[1]].map(|side| value(side, x, scope));
            match operator {
                Operator::Add => a + b,
                Operator::Subtract => a - b,
                Operator::Multiply => a * b,
                Operator::Divide => a / b,
                Operator::Power => a.pow(b),
            }
        }
        Part::If(comparison, parts) => {
            let [left, right, then, otherwise] =
                [&parts[0], &parts[1], &parts[2], &parts[3]].map(|part| value(part, x, scope));
            match comparison {
                Comparison::Less => R::if_less(left, right, then, otherwise),
                Comparison::LessEqual => R::if_less_equal(left, right, then, otherwise),
                Comparison::Greater => R::if_less(right, left, then, otherwise),
                Comparison::GreaterEqual => R::if_less_equal(right, left, then, otherwise),
            }
        }
        Part::Block(lets, last) => {
            let outside = scope.len();
            for (name, bound) in lets {
                let bound = value(bound, x, scope);
                scope.push((name, bound));
            }
            let last = value(last, x, scope);
            scope.truncate(outside);
            last
        }
        Part::Invalid => x.literal(f64::NAN),
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
fn call<R: Real>(name: &str, values: &[R]) -> Option<R> {
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
