//! The exact derivative of a formula, by the rules of the function table.

use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Select, Sum};
use crate::rational::Rational;
use crate::resolve::from_table;
use std::collections::HashMap;

/// By what a formula is differentiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Variable,
    Parameter(usize),
}

/// What a function's derivative is, in the language with `u` for the argument; the function table by default.
///
/// Tests hand in a table with one row broken and watch the checks fail.
pub type DerivativeTable = fn(Function) -> Option<&'static str>;

pub(crate) const TABLE: DerivativeTable = |function| function.row().derivative;

/// The derivative of `root`, as a node of the same graph; not yet recognised.
pub(crate) fn differentiate(graph: &mut Graph, root: Id, by: By, table: DerivativeTable) -> Id {
    let mut derivatives: HashMap<Id, Id> = HashMap::new();
    let zero = graph.integer(0);
    let one = graph.integer(1);
    for id in graph.reachable(&[root]) {
        if graph.is_full() {
            return zero;
        }
        let of = |id: &Id| derivatives.get(id).copied().unwrap_or(zero);
        let derivative = match graph.node(id).clone() {
            Node::Variable => {
                if by == By::Variable {
                    one
                } else {
                    zero
                }
            }
            Node::Parameter(index) => {
                if by == By::Parameter(index) {
                    one
                } else {
                    zero
                }
            }
            Node::Constant(_) | Node::Number(_) => zero,
            Node::Sum(Sum { terms, .. }) => {
                let terms = terms.iter().map(|(term, coefficient)| (of(term), coefficient.clone())).collect();
                graph.sum(terms, Rational::zero())
            }
            Node::Product(Product(factors)) => {
                let slopes: Vec<Id> = factors.iter().map(|(base, _)| of(base)).collect();
                product_rule(graph, &factors, &slopes)
            }
            Node::Power(base, exponent) => {
                let (slope, bend) = (of(&base), of(&exponent));
                power_rule(graph, id, (base, slope), (exponent, bend))
            }
            Node::Call(function, arguments) => match *arguments.as_slice() {
                [argument] => {
                    let slope = of(&argument);
                    let derivative = chain_rule(graph, function, argument, slope, table);
                    graph.note(CHAIN_RULE, id, derivative)
                }
                [a, b] => {
                    let (slope_a, slope_b) = (of(&a), of(&b));
                    // On a tie the first argument's, in both.
                    let comparison = if function == Function::Max {
                        Comparison::GreaterEqual
                    } else {
                        Comparison::LessEqual
                    };
                    graph.select(Select { comparison, left: a, right: b, then: slope_a, otherwise: slope_b })
                }
                _ => zero,
            },
            Node::Select(select) => {
                let (then, otherwise) = (of(&select.then), of(&select.otherwise));
                graph.select(Select { then, otherwise, ..select })
            }
        };
        derivatives.insert(id, derivative);
    }
    derivatives.get(&root).copied().unwrap_or(zero)
}

/// How the derivative of a call is called in a trace.
pub(crate) const CHAIN_RULE: &str = "chain-rule";

/// Σ over the factors of e·b^(e-1)·b'·(the other factors).
fn product_rule(graph: &mut Graph, factors: &[(Id, Rational)], slopes: &[Id]) -> Id {
    let mut terms = Vec::new();
    for (at, &slope) in slopes.iter().enumerate() {
        if graph.is_zero(slope) {
            continue;
        }
        if graph.is_full() {
            break;
        }
        let mut term: Vec<(Id, Rational)> = factors.to_vec();
        let exponent = term[at].1.clone();
        term[at].1 = &exponent - &Rational::one();
        term.retain(|(_, exponent)| !exponent.is_zero());
        term.push((slope, Rational::one()));
        terms.push((graph.product(term), exponent));
    }
    graph.sum(terms, Rational::zero())
}

/// (b^e)' = b^e · (e'·ln b + e·b'/b)
fn power_rule(graph: &mut Graph, power: Id, (base, slope): (Id, Id), (exponent, bend): (Id, Id)) -> Id {
    let mut terms = Vec::new();
    if !graph.is_zero(bend) {
        let logarithm = graph.call(Function::Ln, vec![base]);
        let one = Rational::one;
        terms.push((graph.product(vec![(power, one()), (bend, one()), (logarithm, one())]), Rational::one()));
    }
    if !graph.is_zero(slope) {
        // e·b^(e-1)·b', which is right at b = 0 too.
        let less = graph.sum(vec![(exponent, Rational::one())], Rational::ratio(-1, 1));
        let lower = graph.power(base, less);
        let one = Rational::one;
        terms.push((graph.product(vec![(exponent, one()), (lower, one()), (slope, one())]), Rational::one()));
    }
    graph.sum(terms, Rational::zero())
}

fn chain_rule(graph: &mut Graph, function: Function, argument: Id, slope: Id, table: DerivativeTable) -> Id {
    if graph.is_zero(slope) {
        return slope;
    }
    let outer = match table(function) {
        Some(text) => from_table(graph, text, &[("u", argument)]),
        None => graph.integer(0),
    };
    graph.multiply(outer, slope)
}
