//! Constant sub-expressions, such as sqrt(2/pi), in multi-precision: rounded once, to the nearest double, or to three.

use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Constant, Graph, Id, Node, Product, Sum};
use crate::rational::Rational;
use activation_math::{Real, Wide};
use std::collections::HashMap;

/// 256 bits: far more than two roundings in a row could ever show in a double.
type Exact = Wide<4>;

/// A number as a double, and what rounding has taken off, as two more: together about 159 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounded {
    /// The double nearest to the number.
    pub value: f64,
    /// Zero where the double is the number.
    pub rest: f64,
    /// Zero where the two are the number.
    pub last: f64,
}

impl Rounded {
    fn of(exact: Exact) -> Self {
        let mut left = exact;
        let [value, rest, last] = std::array::from_fn(|_| {
            let part = left.to_f64();
            left = if part.is_finite() { left - Exact::from_f64(part) } else { Exact::ZERO };
            part
        });
        Rounded { value, rest, last }
    }

    /// A number that is a double.
    pub fn exactly(value: f64) -> Self {
        Rounded { value, rest: 0.0, last: 0.0 }
    }

    pub(crate) fn is_exactly(self, value: f64) -> bool {
        self == Rounded::exactly(value)
    }

    /// The parts of a number that is no double.
    pub(crate) fn parts(self) -> Option<[f64; 3]> {
        (self.rest != 0.0).then_some([self.value, self.rest, self.last])
    }

    /// The number itself, as a constant of the type of `witness`.
    pub(crate) fn in_the_type_of<R: Real>(self, witness: R) -> R {
        match self.parts() {
            None => witness.literal(self.value),
            Some(parts) => witness.constant(parts),
        }
    }
}

/// The constants of a graph that have been computed.
#[derive(Debug, Default)]
pub(crate) struct Constants(HashMap<Id, Exact>);

impl Constants {
    /// The value of a constant node.
    pub(crate) fn value(&mut self, graph: &Graph, id: Id) -> Rounded {
        Rounded::of(self.exact(graph, id))
    }

    /// The value of an exact number.
    pub(crate) fn number(value: &Rational) -> Rounded {
        match value.as_exact_f64() {
            Some(value) => Rounded::exactly(value),
            None => Rounded::of(rational(value)),
        }
    }

    /// The value of a product of constants.
    pub(crate) fn product(
        &mut self,
        graph: &Graph,
        coefficient: &Rational,
        factors: &[(Id, Rational)],
    ) -> Rounded {
        if factors.is_empty() {
            return Constants::number(coefficient);
        }
        let value = factors.iter().fold(rational(coefficient), |product, (base, exponent)| {
            product * raise(self.exact(graph, *base), exponent)
        });
        Rounded::of(value)
    }

    fn exact(&mut self, graph: &Graph, id: Id) -> Exact {
        if let Some(&value) = self.0.get(&id) {
            return value;
        }
        for part in graph.reachable(&[id]) {
            if !self.0.contains_key(&part) {
                let value = node_value(graph.node(part), |child| self.0.get(&child).copied());
                self.0.insert(part, value);
            }
        }
        self.0.get(&id).copied().unwrap_or_else(undefined)
    }
}

fn undefined() -> Exact {
    Exact::from_f64(f64::NAN)
}

fn rational(value: &Rational) -> Exact {
    let one = Exact::from_f64(1.0);
    let [numerator, denominator] = [value.numerator(), value.denominator()].map(|part| {
        let size = one.decimal(&part.abs().to_string());
        if part.is_negative() { -size } else { size }
    });
    numerator / denominator
}

fn raise(base: Exact, exponent: &Rational) -> Exact {
    if let Some(whole) = exponent.to_i32() {
        return base.powi(whole);
    }
    match (exponent + exponent).to_i32() {
        Some(halves) => base.sqrt().powi(halves),
        None => base.pow(rational(exponent)),
    }
}

/// The value of a node whose children have the values that `value_of` gives.
fn node_value(node: &Node, value_of: impl Fn(Id) -> Option<Exact>) -> Exact {
    let value = |id: &Id| value_of(*id).unwrap_or_else(undefined);
    let one = Exact::from_f64(1.0);
    match node {
        Node::Variable | Node::Parameter(_) => undefined(),
        Node::Number(number) => rational(number),
        Node::Constant(Constant::Pi) => one.pi(),
        Node::Constant(Constant::E) => one.e(),
        Node::Sum(Sum { terms, constant }) => terms
            .iter()
            .fold(rational(constant), |sum, (term, coefficient)| sum + value(term) * rational(coefficient)),
        Node::Product(Product(factors)) => {
            factors.iter().fold(one, |product, (base, exponent)| product * raise(value(base), exponent))
        }
        Node::Power(base, exponent) => value(base).pow(value(exponent)),
        Node::Call(function, arguments) => match arguments.as_slice() {
            [argument] => call(*function, value(argument)),
            [a, b] if *function == Function::Min => value(a).min(value(b)),
            [a, b] => value(a).max(value(b)),
            _ => undefined(),
        },
        Node::Select(select) => {
            let (left, right) = (value(&select.left), value(&select.right));
            let (then, otherwise) = (value(&select.then), value(&select.otherwise));
            let holds = match select.comparison {
                Comparison::Less => left.less(right),
                Comparison::LessEqual => left.less_equal(right),
                Comparison::Greater => right.less(left),
                Comparison::GreaterEqual => right.less_equal(left),
            };
            if holds { then } else { otherwise }
        }
    }
}

/// `callback!(method)` with the method of [`Real`] that computes a function of one argument.
macro_rules! for_function {
    ($function:expr, $callback:ident, $otherwise:expr) => {{
        use $crate::function::Function;
        match $function {
            Function::Abs => $callback!(abs),
            Function::Sign => $callback!(sign),
            Function::Exp => $callback!(exp),
            Function::Expm1 => $callback!(expm1),
            Function::Ln => $callback!(ln),
            Function::Log1p => $callback!(log1p),
            Function::Cbrt => $callback!(cbrt),
            Function::Sinh => $callback!(sinh),
            Function::Cosh => $callback!(cosh),
            Function::Tanh => $callback!(tanh),
            Function::Asinh => $callback!(asinh),
            Function::Atan => $callback!(atan),
            Function::Sin => $callback!(sin),
            Function::Cos => $callback!(cos),
            Function::Erf => $callback!(erf),
            Function::Erfc => $callback!(erfc),
            Function::NormalCdf => $callback!(normal_cdf),
            Function::Gauss => $callback!(gauss),
            Function::Sigmoid => $callback!(sigmoid),
            Function::Softplus => $callback!(softplus),
            Function::Sech => $callback!(sech),
            Function::Logcosh => $callback!(logcosh),
            Function::Tanhshrink => $callback!(tanhshrink),
            Function::ExpExcess => $callback!(exp_excess),
            Function::Decay => $callback!(decay),
            Function::DecayGap => $callback!(decay_gap),
            // Functions of two arguments have steps of their own.
            Function::Min | Function::Max => $otherwise,
        }
    }};
}

pub(crate) use for_function;

/// `function(argument)` in any number type.
pub(crate) fn call<R: Real>(function: Function, argument: R) -> R {
    macro_rules! call {
        ($method:ident) => {
            argument.$method()
        };
    }
    for_function!(function, call, argument)
}
