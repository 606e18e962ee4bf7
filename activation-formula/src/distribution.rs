//! The normal distribution, and its density where both are computed: they share an exponential.
//!
//! In textbook form GELU asks for `erfc(-x / sqrt(2))`, and its derivative for `exp(-x^2/2)` too. As functions of one x they are
//! made of the same steps, which a kernel then does once; and the factors with which GELU makes one of the other are in the
//! polynomials.

use crate::function::Function;
use crate::graph::{Graph, Id, Node, Sum};
use crate::rational::Rational;
use crate::stabilise::expanded;
use std::collections::HashMap;

/// The name under which it is told of.
const RULE: &str = "normal-distribution";

/// erfc(v) as 2 normal_cdf(-sqrt(2) v) where that is simpler, and exp(-u^2/2) beside normal_cdf(u) as gauss(u).
pub(crate) fn with_normal_distribution(graph: &mut Graph, root: Id) -> Id {
    let root = replaced(graph, root, |graph, id| {
        let v = graph.argument(Function::Erfc, id)?;
        let u = simpler(graph, v)?;
        let half = graph.scale(&Rational::ratio(1, 2), id);
        let value = graph.call(Function::NormalCdf, vec![u]);
        let value = graph.note(RULE, half, value);
        Some(graph.scale(&Rational::ratio(2, 1), value))
    });
    let root = with_fewer_factors(graph, root);
    let known = graph.reachable(&[root]);
    let known = known.into_iter().filter_map(|id| graph.argument(Function::NormalCdf, id));
    let mut exponents = HashMap::new();
    for u in known.collect::<Vec<Id>>() {
        let square = graph.raise(u, &Rational::ratio(2, 1));
        exponents.insert(graph.scale(&Rational::ratio(-1, 2), square), u);
    }
    if exponents.is_empty() {
        return root;
    }
    replaced(graph, root, |graph, id| {
        let u = *exponents.get(&graph.argument(Function::Exp, id)?)?;
        let value = graph.call(Function::Gauss, vec![u]);
        Some(graph.note(RULE, id, value))
    })
}

/// `(2 a + b) / 2` as `a + b / 2`.
fn with_fewer_factors(graph: &mut Graph, id: Id) -> Id {
    let Some((factor, inner)) = graph.as_scaled(id) else { return id };
    let Node::Sum(Sum { terms, .. }) = graph.node(inner) else { return id };
    let factors = |by: &Rational| terms.iter().filter(|(_, own)| !(own * by).abs().is_one()).count();
    if factors(&factor) > factors(&Rational::one()) {
        return id;
    }
    let better = expanded(graph, id);
    graph.note(RULE, id, better)
}

/// `-sqrt(2) v`, if a root of 2 goes away by that.
fn simpler(graph: &mut Graph, v: Id) -> Option<Id> {
    let two = graph.integer(2);
    let root = graph.raise(two, &Rational::ratio(1, 2));
    let product = graph.multiply(v, root);
    let u = graph.negate(product);
    (graph.reachable(&[u]).len() < graph.reachable(&[v]).len()).then_some(u)
}

/// The graph below `root` with every node for which there is something better replaced.
fn replaced(graph: &mut Graph, root: Id, better: impl Fn(&mut Graph, Id) -> Option<Id>) -> Id {
    let mut map: HashMap<Id, Id> = HashMap::new();
    for id in graph.reachable(&[root]) {
        let rebuilt = graph.rebuild(id, |child| map.get(&child).copied().unwrap_or(child));
        map.insert(id, better(graph, rebuilt).unwrap_or(rebuilt));
    }
    map.get(&root).copied().unwrap_or(root)
}

#[cfg(test)]
mod tests {
    use super::with_normal_distribution;
    use crate::graph::Graph;
    use crate::print::computed;
    use crate::resolve::from_table;

    #[test]
    fn where_both_are_computed() {
        for (text, expected) in [
            ("u * erfc(-u / sqrt(2)) / 2", "x * normal_cdf(x)"),
            ("erfc(3 * u / sqrt(2))", "2 * normal_cdf(-3 * x)"),
            ("erfc(-u / sqrt(2)) / 2 + u * exp(-u^2 / 2)", "normal_cdf(x) + x * gauss(x)"),
            ("(erfc(-u / sqrt(2)) + u * exp(-u^2 / 2)) / 2", "normal_cdf(x) + x * gauss(x) / 2"),
            ("erfc(u)", "erfc(x)"),
            ("erfc(-u / sqrt(2)) + exp(-u^2)", "exp(-x^2) + 2 * normal_cdf(x)"),
            ("exp(-u^2 / 2)", "exp(-x^2 / 2)"),
        ] {
            let mut graph = Graph::default();
            let variable = graph.variable();
            let before = from_table(&mut graph, text, &[("u", variable)]);
            let after = with_normal_distribution(&mut graph, before);
            assert_eq!(computed(&graph, after, "x", &[]), expected, "{text}");
        }
    }
}
