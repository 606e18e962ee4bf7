//! Forms that evaluate without cancellation, for formulas that are to be computed.
//!
//! Applied after differentiation and only to what is computed: what is printed stays in textbook form. The rules of the
//! table replace nearly equal terms by functions that know their difference; sums with a square root are multiplied by
//! their conjugate on the side where they cancel; a parameter beside a tanh is taken from the asymptote that it is
//! close to.

use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Select, Stage, Sum};
use crate::rational::Rational;
use crate::recognise::{Rule, apply_all, rewritten, rule};
use crate::simplify::multiply_out;
use crate::tails;

#[rustfmt::skip]
pub(crate) const STABLE: &[Rule] = &[
    rule("tanhshrink",        "u - tanh(u)",                  "tanhshrink(u)"),
    rule("exp-excess",        "expm1(u) - u",                 "exp_excess(u)"),
    rule("exp-excess-slope",  "expm1(u) - u * exp(u)",
         "if abs(u) < 1/2 { exp_excess(u) - u * expm1(u) } else { expm1(u) - u * exp(u) }"),
    // Both terms grow like u for large u; what is left of them does not.
    rule("softplus-slope",    "u * sigmoid(u) - softplus(u)", "-(abs(u) * sigmoid(-abs(u)) + softplus(-abs(u)))"),
];

/// `root` in a form that is safe to evaluate, as far as one is known.
pub(crate) fn stabilise(graph: &mut Graph, root: Id) -> Id {
    rewritten(graph, root, Stage::Stabilise, |graph, current| {
        let current = apply_all(graph, STABLE, current);
        let better = over_the_root(graph, current).unwrap_or(current);
        let current = graph.note("over-the-root", current, better);
        let better = conjugate(graph, current).unwrap_or(current);
        let current = graph.note("conjugate", current, better);
        let better = beside_tanh(graph, current).unwrap_or(current);
        let current = graph.note("beside-tanh", current, better);
        let better = tails::of_softplus(graph, current).unwrap_or(current);
        let current = graph.note("softplus-tail", current, better);
        let better = tails::of_sech(graph, current).unwrap_or(current);
        graph.note("sech-tail", current, better)
    })
}

/// c·√s + t as (c²·s - t²) / (c·√s - t) where the two have opposite signs, if the numerator is no longer a sum with
/// the variable in it: x + √(x² + 4) is 4 / (√(x² + 4) - x) for negative x.
fn conjugate(graph: &mut Graph, id: Id) -> Option<Id> {
    let Node::Sum(Sum { terms, constant }) = graph.node(id).clone() else { return None };
    let half = Rational::ratio(1, 2);
    for at in 0..terms.len() {
        let (term, coefficient) = terms[at].clone();
        let Node::Product(Product(factors)) = graph.node(term).clone() else { continue };
        let [(base, exponent)] = factors.as_slice() else { continue };
        if *exponent != half || !matches!(graph.node(*base), Node::Sum(_)) {
            continue;
        }
        let mut others = terms.clone();
        others.remove(at);
        let rest = graph.sum(others, constant.clone());
        let square = expanded_square(graph, rest);
        let under = graph.scale(&(&coefficient * &coefficient), *base);
        let under = expanded(graph, under);
        let difference = graph.subtract(under, square);
        let is_variable = |node: &Node| matches!(node, Node::Variable);
        let simple = match graph.node(difference) {
            Node::Sum(Sum { terms, constant }) => terms.len() == 1 && constant.is_zero(),
            _ => true,
        };
        if !simple && graph.depends(difference, is_variable) {
            continue;
        }
        let root = graph.scale(&coefficient, term);
        let other = graph.subtract(root, rest);
        let quotient = graph.divide(difference, other);
        let comparison = if coefficient.is_positive() { Comparison::Less } else { Comparison::Greater };
        let zero = graph.integer(0);
        return Some(graph.select(Select {
            comparison,
            left: rest,
            right: zero,
            then: quotient,
            otherwise: id,
        }));
    }
    None
}

/// A sum with `1/√s` in it over that root, if the conjugate then helps: x/√s + 1 is (x + √s) / √s.
fn over_the_root(graph: &mut Graph, id: Id) -> Option<Id> {
    let Node::Sum(Sum { terms, constant }) = graph.node(id).clone() else { return None };
    let minus_half = Rational::ratio(-1, 2);
    let base = terms.iter().find_map(|(term, _)| match graph.node(*term) {
        Node::Product(Product(factors)) => factors
            .iter()
            .find(|(base, e)| *e == minus_half && matches!(graph.node(*base), Node::Sum(_)))
            .map(|f| f.0),
        _ => None,
    })?;
    let root = graph.raise(base, &Rational::ratio(1, 2));
    let mut above: Vec<(Id, Rational)> = Vec::new();
    for (term, coefficient) in terms {
        above.push((graph.multiply(term, root), coefficient));
    }
    above.push((root, constant));
    let above = graph.sum(above, Rational::zero());
    let better = conjugate(graph, above)?;
    Some(graph.divide(better, root))
}

/// p + tanh(u) for an expression p of parameters: as (p - 1) + 2·sigmoid(2u) where p is nearer to 1 than to 0, so that
/// nothing cancels where tanh is -1; mirrored for p near -1.
fn beside_tanh(graph: &mut Graph, id: Id) -> Option<Id> {
    let Node::Sum(Sum { terms, constant }) = graph.node(id).clone() else { return None };
    let at = terms.iter().position(|(term, _)| matches!(graph.node(*term), Node::Call(Function::Tanh, _)))?;
    let mut others = terms;
    let (tanh, coefficient) = others.remove(at);
    let Node::Call(_, arguments) = graph.node(tanh).clone() else { return None };
    let argument = *arguments.first()?;
    let varies = |graph: &Graph, id: Id| graph.depends(id, |node| matches!(node, Node::Variable));
    let (varying, settled): (Vec<_>, Vec<_>) = others.into_iter().partition(|&(term, _)| varies(graph, term));
    if settled.is_empty() {
        return None;
    }
    let parameters = graph.sum(settled, constant);
    let inverse = coefficient.reciprocal()?;
    let offset = graph.scale(&inverse, parameters);
    let beside = |graph: &mut Graph, sign: i64, otherwise: Id| {
        let doubled = graph.scale(&Rational::ratio(2 * sign, 1), argument);
        let sigmoid = graph.call(Function::Sigmoid, vec![doubled]);
        let terms = vec![(offset, Rational::one()), (sigmoid, Rational::ratio(2 * sign, 1))];
        let near = graph.sum(terms, Rational::ratio(-sign, 1));
        let then = graph.scale(&coefficient, near);
        let half = graph.number(Rational::ratio(sign, 2));
        let comparison = if sign > 0 { Comparison::Greater } else { Comparison::Less };
        graph.select(Select { comparison, left: offset, right: half, then, otherwise })
    };
    let plain = graph.sum(vec![(tanh, coefficient.clone()), (parameters, Rational::one())], Rational::zero());
    let below = beside(graph, -1, plain);
    let chosen = beside(graph, 1, below);
    let mut terms = varying;
    terms.push((chosen, Rational::one()));
    Some(graph.sum(terms, Rational::zero()))
}

fn expanded_square(graph: &mut Graph, id: Id) -> Id {
    let id = expanded(graph, id);
    match graph.node(id).clone() {
        Node::Sum(sum) => {
            let mut terms = sum.terms.clone();
            terms.push((graph.integer(1), sum.constant.clone()));
            let products = multiply_out(graph, &terms, &sum);
            graph.sum(products, Rational::zero())
        }
        _ => graph.product(vec![(id, Rational::ratio(2, 1))]),
    }
}

/// A scaled sum with its factor multiplied out.
pub(crate) fn expanded(graph: &mut Graph, id: Id) -> Id {
    let Some((coefficient, inner)) = graph.as_scaled(id) else { return id };
    match graph.node(inner).clone() {
        Node::Sum(Sum { terms, constant }) => {
            let terms = terms.into_iter().map(|(term, own)| (term, &own * &coefficient)).collect();
            graph.sum(terms, &constant * &coefficient)
        }
        _ => id,
    }
}
