//! Whether a formula is even or odd: proven by putting -x for x and comparing expressions, after a look at two numbers.

use crate::evaluate::run;
use crate::function::Parity;
use crate::graph::{Graph, Id, Node};
use crate::program::Program;
use crate::recognise::recognise;
use std::collections::HashMap;

/// Inputs at which most functions show that they are neither.
const LOOKED_AT: [f64; 2] = [1.375, 0.296_875];

/// The parity of a formula that `program` computes; `Neither` too where it has one that cannot be seen.
pub(crate) fn parity(graph: &mut Graph, root: Id, program: &Program, parameters: &[f64]) -> Parity {
    let value = |x: f64| run(program, x, parameters).first().copied().unwrap_or(x);
    let looks = |sign: f64| {
        LOOKED_AT.iter().all(|&x| (value(x) - sign * value(-x)).abs() <= 1e-9 * (1.0 + value(x).abs()))
    };
    let (even, odd) = (looks(1.0), looks(-1.0));
    if !even && !odd {
        return Parity::Neither;
    }
    let mirrored = mirrored(graph, root);
    if even && mirrored == root {
        return Parity::Even;
    }
    let negated = graph.negate(root);
    if odd && mirrored == recognise(graph, negated) { Parity::Odd } else { Parity::Neither }
}

/// f(-x), recognised as f has been.
fn mirrored(graph: &mut Graph, root: Id) -> Id {
    let mut map: HashMap<Id, Id> = HashMap::new();
    for id in graph.reachable(&[root]) {
        let image = match graph.node(id) {
            Node::Variable => graph.negate(id),
            _ => graph.rebuild(id, |child| map.get(&child).copied().unwrap_or(child)),
        };
        map.insert(id, image);
    }
    let mirrored = map.get(&root).copied().unwrap_or(root);
    recognise(graph, mirrored)
}

#[cfg(test)]
mod tests {
    use crate::function::Parity;

    #[test]
    fn what_is_even_or_odd_is_seen() {
        for (formula, parity) in [
            ("tanh(x)", Parity::Odd),
            ("(exp(x) - exp(-x)) / (exp(x) + exp(-x))", Parity::Odd),
            ("x / (1 + abs(x))", Parity::Odd),
            ("x / sqrt(1 + 2*x^2)", Parity::Odd),
            ("x^3 - sin(x)", Parity::Odd),
            ("x * tanh(x)", Parity::Even),
            ("ln(cosh(x))", Parity::Even),
            ("exp(-x^2)", Parity::Even),
            ("max(0, x)", Parity::Neither),
            ("x * sigmoid(x)", Parity::Neither),
            // The same at the numbers looked at, and nowhere else.
            ("x * (x^2 - 1.375^2) * (x^2 - 0.296875^2) * exp(x) + x", Parity::Neither),
        ] {
            let compiled = crate::compile(formula).expect("a formula");
            assert_eq!(compiled.parity, parity, "{formula}");
        }
    }
}
