//! Sums made shorter: over a common denominator, and with common factors taken out.
//!
//! This is more than cosmetics: 1/d - |x|/d² with d = 1 + |x| nearly cancels for large x, 1/d² does not.

use crate::graph::{Graph, Id, Node, Product, Sum};
use crate::rational::Rational;

/// Denominators are multiplied out at most this many times.
const MOST_STEPS: i32 = 3;

/// Sums with more terms are not brought over a common denominator: it would hardly make them shorter.
const MOST_TERMS: usize = 12;

/// The same value over a common denominator, if that is simpler; otherwise the node itself.
pub(crate) fn common_denominator(graph: &mut Graph, id: Id) -> Id {
    let Node::Sum(sum) = graph.node(id).clone() else { return id };
    if sum.terms.len() > MOST_TERMS {
        return id;
    }
    let mut bases: Vec<Id> = Vec::new();
    for (term, _) in &sum.terms {
        for (base, exponent) in factors_of(graph, *term) {
            if exponent.is_negative() && matches!(graph.node(base), Node::Sum(_)) && !bases.contains(&base) {
                bases.push(base);
            }
        }
    }
    for base in bases {
        if let Some(better) = over(graph, &sum, base) {
            return better;
        }
    }
    id
}

/// The sum with what all its terms share taken out: exp(-x²) - 2·x²·exp(-x²) is exp(-x²)·(1 - 2·x²).
pub(crate) fn common_factor(graph: &mut Graph, id: Id) -> Id {
    let Node::Sum(Sum { terms, constant }) = graph.node(id).clone() else { return id };
    let Some(((first, _), others)) = terms.split_first() else { return id };
    if others.is_empty() || !constant.is_zero() {
        return id;
    }
    let mut shared = factors_of(graph, *first);
    for (term, _) in others {
        let factors = factors_of(graph, *term);
        shared = shared
            .into_iter()
            .filter_map(|(base, exponent)| {
                let (_, other) = factors.iter().find(|(id, _)| *id == base)?;
                (other.is_negative() == exponent.is_negative())
                    .then(|| (base, if other.abs() < exponent.abs() { other.clone() } else { exponent }))
            })
            .collect();
    }
    if shared.is_empty() {
        return id;
    }
    let inverse: Vec<(Id, Rational)> = shared.iter().map(|(base, exponent)| (*base, -exponent)).collect();
    let mut rest = Vec::new();
    for (term, coefficient) in terms {
        let mut factors = factors_of(graph, term);
        for (base, exponent) in &inverse {
            if let Some((_, own)) = factors.iter_mut().find(|(id, _)| id == base) {
                *own = &*own + exponent;
            }
        }
        factors.retain(|(_, exponent)| !exponent.is_zero());
        rest.push((graph.product(factors), coefficient));
    }
    let rest = graph.sum(rest, Rational::zero());
    shared.push((rest, Rational::one()));
    graph.product(shared)
}

/// The sum as `numerator · base^lowest`, if the numerator has fewer terms than the sum.
fn over(graph: &mut Graph, sum: &Sum, base: Id) -> Option<Id> {
    let Node::Sum(denominator) = graph.node(base).clone() else { return None };
    let exponent_in = |graph: &Graph, term: Id| {
        factors_of(graph, term)
            .into_iter()
            .find(|(id, _)| *id == base)
            .map_or_else(Rational::zero, |(_, e)| e)
    };
    let lowest = sum.terms.iter().map(|(term, _)| exponent_in(graph, *term)).min()?;
    let mut parts: Vec<(Id, Rational)> = sum.terms.clone();
    let mut before = parts.len();
    if !sum.constant.is_zero() {
        parts.push((graph.integer(1), sum.constant.clone()));
        before += 1;
    }
    let mut numerator: Vec<(Id, Rational)> = Vec::new();
    for (term, coefficient) in parts {
        let steps = (&exponent_in(graph, term) - &lowest)
            .to_i32()
            .filter(|steps| (0..=MOST_STEPS).contains(steps))?;
        let others: Vec<(Id, Rational)> =
            factors_of(graph, term).into_iter().filter(|(id, _)| *id != base).collect();
        let others = graph.product(others);
        let mut expanded = vec![(others, coefficient)];
        for _ in 0..steps {
            expanded = multiply_out(graph, &expanded, &denominator);
        }
        numerator.extend(expanded);
    }
    let numerator = graph.sum(numerator, Rational::zero());
    let after = match graph.node(numerator) {
        Node::Sum(sum) => sum.terms.len() + usize::from(!sum.constant.is_zero()),
        _ => 1,
    };
    if after >= before {
        return None;
    }
    Some(graph.product(vec![(numerator, Rational::one()), (base, lowest)]))
}

/// The sum `terms` times the sum `by`, term by term.
pub(crate) fn multiply_out(graph: &mut Graph, terms: &[(Id, Rational)], by: &Sum) -> Vec<(Id, Rational)> {
    let mut products = Vec::new();
    for (term, coefficient) in terms {
        for (factor, amount) in &by.terms {
            products.push((graph.multiply(*term, *factor), coefficient * amount));
        }
        if !by.constant.is_zero() {
            products.push((*term, coefficient * &by.constant));
        }
    }
    products
}

fn factors_of(graph: &Graph, id: Id) -> Vec<(Id, Rational)> {
    match graph.node(id) {
        Node::Product(Product(factors)) => factors.clone(),
        _ => vec![(id, Rational::one())],
    }
}
