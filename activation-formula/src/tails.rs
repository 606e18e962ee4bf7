//! Products in whose tail one factor leaves the range of numbers before the product does: 0/0 or infinity times 0, where the
//! value is an exponential, or nothing.
//!
//! What is replaced differs by less than any number type here can hold: the rest of a series after its first term, e^-450 of it,
//! which is less than 640 bits; or what is smaller than e^-(e^100).

use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Select};
use crate::rational::Rational;

/// Left of it sigmoid(u) and softplus(u) are exp(u).
const EXPONENTIAL: i64 = -450;

/// Right of it sech(exp(u)) is nothing, whatever exponentials of u it is multiplied by.
const NOTHING: i64 = 100;

/// sigmoid(u)^a softplus(u)^b, where b is negative or a fraction, as exp((a + b) (u - v)) sigmoid(v)^a softplus(v)^b with
/// v = max(u, -450): sigmoid(u) / sqrt(softplus(u)) is exp(u/2) far on the left, where both parts are 0 in `f64`.
pub(crate) fn of_softplus(graph: &mut Graph, id: Id) -> Option<Id> {
    let Node::Product(Product(mut factors)) = graph.node(id).clone() else { return None };
    let place = factors.iter().position(|(base, exponent)| {
        let is_power = !(exponent.is_positive() && exponent.is_integer());
        is_power && graph.argument(Function::Softplus, *base).is_some_and(|u| !is_bounded(graph, u))
    })?;
    let u = graph.argument(Function::Softplus, factors[place].0)?;
    let bound = graph.integer(EXPONENTIAL);
    let v = graph.call(Function::Max, vec![u, bound]);
    let mut power = Rational::zero();
    for (base, exponent) in &mut factors {
        for function in [Function::Sigmoid, Function::Softplus] {
            if graph.argument(function, *base) == Some(u) {
                *base = graph.call(function, vec![v]);
                power = &power + exponent;
            }
        }
    }
    let beyond = graph.sum(vec![(u, Rational::one())], Rational::ratio(-EXPONENTIAL, 1));
    let zero = graph.integer(0);
    let beyond = graph.call(Function::Min, vec![beyond, zero]);
    let beyond = graph.scale(&power, beyond);
    let tail = graph.call(Function::Exp, vec![beyond]);
    factors.push((tail, Rational::one()));
    Some(graph.product(factors))
}

/// A product with sech(exp(u))^b, b > 0, as 0 where u is 100 or more, if nothing in it grows faster than exponentials of u.
pub(crate) fn of_sech(graph: &mut Graph, id: Id) -> Option<Id> {
    let Node::Product(Product(factors)) = graph.node(id) else { return None };
    let (place, u) = factors.iter().enumerate().find_map(|(place, (base, exponent))| {
        let function = if exponent.is_positive() { Function::Sech } else { Function::Cosh };
        let inner = graph.argument(function, *base)?;
        Some((place, graph.argument(Function::Exp, inner)?))
    })?;
    let is_tame = |(base, exponent): &(Id, Rational)| {
        exponent.is_positive() && graph.reachable(&[*base]).iter().all(|&node| grows_slowly(graph, u, node))
    };
    if factors.len() == 1
        || !factors.iter().enumerate().all(|(other, factor)| other == place || is_tame(factor))
    {
        return None;
    }
    let (bound, zero) = (graph.integer(NOTHING), graph.integer(0));
    let choice = Select { comparison: Comparison::Less, left: u, right: bound, then: id, otherwise: zero };
    Some(graph.select(choice))
}

/// Whether it is a maximum with a number: what is made here is not made again.
fn is_bounded(graph: &Graph, id: Id) -> bool {
    match graph.node(id) {
        Node::Call(Function::Max, arguments) => arguments.iter().any(|&one| graph.as_number(one).is_some()),
        _ => false,
    }
}

/// Whether it is exp(k u) with |k| up to 7.
fn is_exponential(graph: &Graph, u: Id, id: Id) -> bool {
    graph.argument(Function::Exp, id).is_some_and(|exponent| {
        let scaled = graph.as_scaled(exponent).filter(|(_, of)| *of == u);
        exponent == u || scaled.is_some_and(|(times, _)| times.abs() <= Rational::ratio(7, 1))
    })
}

/// Whether a part of a factor leaves it below a power of u or an exponential of it.
fn grows_slowly(graph: &Graph, u: Id, id: Id) -> bool {
    match graph.node(id) {
        Node::Variable | Node::Parameter(_) | Node::Constant(_) | Node::Number(_) | Node::Sum(_) => true,
        Node::Product(Product(factors)) => {
            factors.iter().all(|(_, exponent)| exponent.is_positive() && exponent.is_integer())
        }
        Node::Call(Function::Exp, _) => is_exponential(graph, u, id),
        Node::Call(
            Function::Tanh | Function::Sigmoid | Function::Sech | Function::Erf | Function::Atan,
            _,
        ) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::{Graph, Id};
    use crate::normal::tests::{Number, exact};
    use crate::recognise::recognise;
    use crate::stabilise::stabilise;
    use activation_math::Real;

    fn forms(text: &str) -> (Graph, Id, Id) {
        let declaration = crate::source::declaration(text).expect(text);
        let formula =
            crate::resolve::resolve(declaration, &mut crate::error::Mistakes::default()).expect(text);
        let mut graph = formula.graph;
        let before = recognise(&mut graph, formula.root);
        let after = stabilise(&mut graph, before);
        assert_ne!(before, after, "`{text}` has no other form");
        (graph, before, after)
    }

    #[test]
    fn the_tail_of_softplus_is_exact() {
        for text in [
            "sqrt(softplus(x))",
            "sigmoid(x) / sqrt(softplus(x))",
            "x * sigmoid(x)^2 * softplus(x)^(-3/2)",
            "sigmoid(3*x + 1) / softplus(3*x + 1)",
            "1 / softplus(-x/2)",
        ] {
            let (graph, before, after) = forms(text);
            for x in [-3e4, -2000.0, -950.5, -450.25, -449.75, -150.0, -1.0, 0.0, 2.0, 155.0, 800.5, 3e4] {
                let x = Number::from_f64(x);
                let [before, after] = [before, after].map(|form| exact(&graph, form, x, &[]));
                let most = before.abs() * Number::from_f64(1e-180);
                assert!((after - before).abs().less_equal(most), "`{text}` at {}", x.to_f64());
            }
        }
    }

    #[test]
    fn the_tail_of_sech_is_exact() {
        for text in [
            "x * exp(x) / cosh(exp(x))^2",
            "(2 + x) * exp(2*x) * tanh(exp(x)) / cosh(exp(x))",
            "exp(-x/3) / cosh(exp(-x/3))",
        ] {
            let (graph, before, after) = forms(text);
            for x in [-290.0, -30.0, -1.0, 0.0, 2.0, 5.0, 9.75] {
                let x = Number::from_f64(x);
                let [before, after] = [before, after].map(|form| exact(&graph, form, x, &[]));
                let most = before.abs() * Number::from_f64(1e-180);
                assert!((after - before).abs().less_equal(most), "`{text}` at {}", x.to_f64());
            }
        }
    }

    /// What grows faster may be what the other factor takes back.
    #[test]
    fn only_what_vanishes_is_nothing() {
        for text in [
            "exp(exp(x)) / cosh(exp(x))",
            "exp(9*x) / cosh(exp(x))",
            "cosh(exp(x))^2 / cosh(exp(x))^3 * sinh(exp(x))",
        ] {
            let compiled = crate::compile(text).expect(text);
            let steps = &compiled.program(activation_math::Output::Forward).expect("f").steps;
            assert!(!steps.iter().any(|step| matches!(step, crate::program::Step::Select(_))), "`{text}`");
        }
    }
}
