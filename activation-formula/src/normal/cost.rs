//! What a formula costs to compute, in additions: rough, but the same measure for both of two forms.

use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Select, Sum};
use crate::rational::Rational;

const EXPONENTIAL: u32 = 20;
const DIVISION: u32 = 5;

/// The cost of everything that `root` is made of, each part once; constants are free.
pub(super) fn cost(graph: &Graph, root: Id) -> u32 {
    let nodes = graph.reachable(&[root]);
    let mut varies = vec![false; graph.len()];
    let mut total = 0;
    for id in nodes {
        let node = graph.node(id);
        let is_leaf = matches!(node, Node::Variable | Node::Parameter(_));
        let children = graph.children(id);
        varies[id.index()] = is_leaf || children.iter().any(|child| varies[child.index()]);
        if varies[id.index()] {
            total += own(node, |id| varies[id.index()]);
        }
    }
    total
}

fn own(node: &Node, varies: impl Fn(Id) -> bool) -> u32 {
    match node {
        Node::Variable | Node::Parameter(_) | Node::Constant(_) | Node::Number(_) => 0,
        Node::Sum(Sum { terms, constant }) => {
            let varying = terms.iter().filter(|&&(term, _)| varies(term));
            let (count, scaled) =
                varying.fold((0, 0), |(n, scaled), (_, c)| (n + 1, scaled + u32::from(!c.abs().is_one())));
            let settled = u32::from(!constant.is_zero() || terms.len() > count as usize);
            count - 1 + settled + scaled
        }
        Node::Product(Product(factors)) => {
            let (mut sum, mut above, mut below) = (0, 0_u32, 0_u32);
            let mut settled = 0;
            for (base, exponent) in factors {
                if varies(*base) {
                    sum += power(exponent);
                    *(if exponent.is_negative() { &mut below } else { &mut above }) += 1;
                } else {
                    settled = 1;
                }
            }
            let division = if below > 0 { DIVISION } else { 0 };
            sum + above.saturating_sub(1)
                + below.saturating_sub(1)
                + division
                + u32::from(above > 0) * settled
        }
        Node::Power(..) => 3 * EXPONENTIAL,
        Node::Call(function, _) => call(*function),
        Node::Select(Select { .. }) => 1,
    }
}

fn power(exponent: &Rational) -> u32 {
    match exponent.abs().to_i32() {
        Some(whole) => whole.ilog2() + (whole.count_ones() - 1),
        None if (exponent + exponent).is_integer() => DIVISION,
        None => 3 * EXPONENTIAL,
    }
}

fn call(function: Function) -> u32 {
    match function {
        Function::Abs | Function::Sign | Function::Min | Function::Max => 1,
        Function::Decay | Function::DecayGap | Function::Exp | Function::Expm1 | Function::Gauss => {
            EXPONENTIAL
        }
        // What each of them is made of: an exponential, a quotient, and a choice and a sum; of the doubled argument and
        // with a sign; with products.
        Function::Sigmoid => EXPONENTIAL + DIVISION + 2,
        Function::Tanh => EXPONENTIAL + DIVISION + 4,
        Function::Sech | Function::Sinh | Function::Cosh => EXPONENTIAL + DIVISION + 3,
        _ => 2 * EXPONENTIAL,
    }
}
