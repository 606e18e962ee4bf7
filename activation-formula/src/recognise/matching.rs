//! Does a pattern occur in a node? Sums match up to a common factor and up to further terms, products up to a power
//! and up to further factors.

use crate::graph::{Graph, Id, Node, Product, Sum};
use crate::rational::Rational;
use crate::resolve::from_table;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

thread_local! {
    /// Patterns are parsed once a thread.
    static PATTERNS: RefCell<HashMap<&'static str, (Rc<Graph>, Id)>> = RefCell::new(HashMap::new());
}

/// The graph of a pattern; its variable is the `u` that stands for anything.
pub(super) fn pattern(text: &'static str) -> (Rc<Graph>, Id) {
    PATTERNS.with_borrow_mut(|known| {
        let (graph, root) = known.entry(text).or_insert_with(|| {
            let mut graph = Graph::default();
            let u = graph.variable();
            let root = from_table(&mut graph, text, &[("u", u)]);
            (Rc::new(graph), root)
        });
        (Rc::clone(graph), *root)
    })
}

/// `subject` with the occurrence of the pattern replaced, if there is one.
pub(super) fn rewrite(
    graph: &mut Graph,
    subject: Id,
    pattern: &Graph,
    root: Id,
    replacement: impl Fn(&mut Graph, Id) -> Id,
) -> Option<Id> {
    match pattern.node(root) {
        Node::Sum(wanted) => rewrite_sum(graph, subject, pattern, wanted, &replacement),
        Node::Product(Product(wanted)) => rewrite_product(graph, subject, pattern, wanted, &replacement),
        _ => {
            let mut bound = None;
            matches(graph, subject, pattern, root, &mut bound).then_some(())?;
            Some(replacement(graph, bound?))
        }
    }
}

/// True if `subject` is the pattern, with `bound` for its variable. May create scaled nodes while it looks.
fn matches(graph: &mut Graph, subject: Id, pattern: &Graph, wanted: Id, bound: &mut Option<Id>) -> bool {
    match pattern.node(wanted) {
        Node::Variable => match *bound {
            Some(known) => known == subject,
            None => {
                *bound = Some(subject);
                true
            }
        },
        Node::Number(value) => graph.as_number(subject) == Some(value),
        Node::Call(function, arguments) => match graph.node(subject).clone() {
            Node::Call(found, given) if found == *function && given.len() == arguments.len() => arguments
                .iter()
                .zip(given)
                .all(|(&argument, given)| matches(graph, given, pattern, argument, bound)),
            _ => false,
        },
        Node::Sum(Sum { terms, constant }) => match (terms.as_slice(), constant.is_zero()) {
            // c·u fits everything, with u = subject / c.
            ([(inner, coefficient)], true) => match coefficient.reciprocal() {
                Some(inverse) => {
                    let scaled = graph.scale(&inverse, subject);
                    matches(graph, scaled, pattern, *inner, bound)
                }
                None => false,
            },
            // constant + rest, exactly: `ln(1 + exp(u))`, `ln(1 + u)`.
            ([(inner, coefficient)], false) => {
                let Node::Sum(found) = graph.node(subject).clone() else { return false };
                if found.constant != *constant {
                    return false;
                }
                let Some(inverse) = coefficient.reciprocal() else { return false };
                let rest = graph.sum(found.terms, Rational::zero());
                let rest = graph.scale(&inverse, rest);
                matches(graph, rest, pattern, *inner, bound)
            }
            _ => false,
        },
        _ => false,
    }
}

/// A sum of the pattern's items, all times one node, plus anything: `a·exp(x) - a + b` holds `exp(u) - 1`.
fn rewrite_sum(
    graph: &mut Graph,
    subject: Id,
    pattern: &Graph,
    wanted: &Sum,
    replacement: &impl Fn(&mut Graph, Id) -> Id,
) -> Option<Id> {
    // What is looked for first decides what `u` is: the youngest term that is a single node.
    let anchor = wanted.terms.iter().rposition(|&(term, _)| match pattern.node(term) {
        Node::Variable => false,
        Node::Product(Product(factors)) => factors.len() == 1,
        _ => true,
    })?;
    let Node::Sum(found) = graph.node(subject) else { return None };
    if !found.terms.iter().any(|&(term, _)| mentions(graph, term, pattern, wanted.terms[anchor].0)) {
        return None;
    }
    let found = found.clone();
    let mut rest = wanted.terms.clone();
    let (first, amount) = rest.remove(anchor);
    let inverse = amount.reciprocal()?;
    for at in 0..found.terms.len() {
        let (candidate, coefficient) = found.terms[at].clone();
        let scale = &coefficient * &inverse;
        for (u, cofactor) in occurrences(graph, candidate, pattern, first) {
            let mut left = found.clone();
            left.terms.remove(at);
            let all = rest.iter().all(|(term, amount)| match instance(graph, pattern, *term, u) {
                Some(item) => take(graph, &mut left, item, cofactor, &(amount * &scale)),
                None => false,
            });
            if !all {
                continue;
            }
            if !wanted.constant.is_zero() {
                let one = graph.integer(1);
                if !take(graph, &mut left, one, cofactor, &(&wanted.constant * &scale)) {
                    continue;
                }
            }
            let replaced = replacement(graph, u);
            let replaced = graph.multiply(replaced, cofactor);
            let mut terms = left.terms;
            terms.push((replaced, scale));
            return Some(graph.sum(terms, left.constant));
        }
    }
    None
}

/// A quick look whether a term can hold `wanted` as a factor: the same function is called.
fn mentions(graph: &Graph, term: Id, pattern: &Graph, wanted: Id) -> bool {
    let called = |graph: &Graph, id: Id| match graph.node(id) {
        Node::Call(function, _) => Some(*function),
        _ => None,
    };
    let wanted = match pattern.node(wanted) {
        Node::Product(Product(factors)) => factors.first().map_or(wanted, |factor| factor.0),
        _ => wanted,
    };
    let Some(function) = called(pattern, wanted) else { return true };
    match graph.node(term) {
        Node::Product(Product(factors)) => {
            factors.iter().any(|&(base, _)| called(graph, base) == Some(function))
        }
        _ => called(graph, term) == Some(function),
    }
}

/// The ways in which a term is `wanted` times something: what `u` is, and the something.
fn occurrences(graph: &mut Graph, term: Id, pattern: &Graph, wanted: Id) -> Vec<(Id, Id)> {
    // A bare `u` would be found everywhere.
    let (base, power) = match pattern.node(wanted) {
        Node::Variable => return Vec::new(),
        Node::Product(Product(factors)) => match factors.as_slice() {
            [(base, power)] => (*base, power.clone()),
            _ => return Vec::new(),
        },
        _ => (wanted, Rational::one()),
    };
    let factors = match graph.node(term) {
        Node::Product(Product(factors)) => factors.clone(),
        _ => vec![(term, Rational::one())],
    };
    let mut found = Vec::new();
    for at in 0..factors.len() {
        let (candidate, exponent) = factors[at].clone();
        let left = &exponent - &power;
        let mut bound = None;
        if exponent.is_positive()
            && !left.is_negative()
            && matches(graph, candidate, pattern, base, &mut bound)
        {
            let mut others = factors.clone();
            others[at].1 = left;
            others.retain(|(_, exponent)| !exponent.is_zero());
            if let Some(u) = bound {
                found.push((u, graph.product(others)));
            }
        }
    }
    found
}

/// Takes `amount · item · cofactor` out of a sum, if exactly that is there.
fn take(graph: &mut Graph, from: &mut Sum, item: Id, cofactor: Id, amount: &Rational) -> bool {
    let product = graph.multiply(item, cofactor);
    let product = graph.scale(amount, product);
    let (terms, constant) = match graph.node(product).clone() {
        Node::Number(value) => (Vec::new(), value),
        Node::Sum(Sum { terms, constant }) => (terms, constant),
        _ => (vec![(product, Rational::one())], Rational::zero()),
    };
    let mut after = from.clone();
    for (term, coefficient) in terms {
        match after.terms.iter().position(|(id, found)| *id == term && *found == coefficient) {
            Some(position) => {
                after.terms.remove(position);
            }
            None => return false,
        }
    }
    if !constant.is_zero() {
        if after.constant != constant {
            return false;
        }
        after.constant = Rational::zero();
    }
    *from = after;
    true
}

/// The pattern's factors to a common power, times anything.
fn rewrite_product(
    graph: &mut Graph,
    subject: Id,
    pattern: &Graph,
    wanted: &[(Id, Rational)],
    replacement: &impl Fn(&mut Graph, Id) -> Id,
) -> Option<Id> {
    let found = match graph.node(subject).clone() {
        Node::Product(Product(found)) => found,
        _ => return None,
    };
    let (first, rest) = wanted.split_first()?;
    for at in 0..found.len() {
        let mut bound = None;
        let (candidate, power) = found[at].clone();
        if !matches(graph, candidate, pattern, first.0, &mut bound)
            && !matches_sum_factor(graph, candidate, pattern, first.0, &mut bound)
        {
            continue;
        }
        let Some(mut times) = ratio(&power, &first.1) else { continue };
        let mut others = Vec::new();
        let all = rest.iter().all(|(base, exponent)| {
            (0..found.len()).filter(|&position| position != at).any(|position| {
                let mut attempt = bound;
                let (candidate, power) = found[position].clone();
                let Some(ratio) =
                    factor_ratio(graph, candidate, &power, pattern, *base, exponent, &mut attempt)
                else {
                    return false;
                };
                bound = attempt;
                others.push((position, *base, exponent.clone()));
                times = times.clone().min(ratio);
                true
            })
        });
        let (true, Some(u)) = (all, bound) else { continue };
        if rest.is_empty() || times.is_integer() {
            let mut factors = found.clone();
            factors[at].1 = &factors[at].1 - &(&first.1 * &times);
            let mut extra = Vec::new();
            for (position, base, exponent) in others {
                extra.extend(take_factor(
                    graph,
                    &mut factors[position],
                    pattern,
                    base,
                    &(&exponent * &times),
                    u,
                ));
            }
            factors.retain(|(_, exponent)| !exponent.is_zero());
            factors.extend(extra);
            let replaced = replacement(graph, u);
            factors.push((graph.raise(replaced, &times), Rational::one()));
            return Some(graph.product(factors));
        }
    }
    None
}

/// How many times `candidate^power` holds the pattern's `base^exponent`; an exponential by its argument.
fn factor_ratio(
    graph: &mut Graph,
    candidate: Id,
    power: &Rational,
    pattern: &Graph,
    base: Id,
    exponent: &Rational,
    bound: &mut Option<Id>,
) -> Option<Rational> {
    if let (Some(argument), Some(found), Some(u)) =
        (exponential(pattern, base), exponential(graph, candidate), *bound)
    {
        // Exponentials of a product are merged, so exp(u)^k stands there as exp(k·u).
        let one = instance(graph, pattern, argument, u)?;
        let (sign, size) = graph.as_scaled(one).unwrap_or((Rational::one(), one));
        let (times, rest) = graph.as_scaled(found).unwrap_or((Rational::one(), found));
        return if rest == size { ratio(&times, &(&sign * exponent)) } else { None };
    }
    matches(graph, candidate, pattern, base, bound).then(|| ratio(power, exponent)).flatten()
}

/// Takes `base^exponent` out of a factor; of a merged exponential by its argument.
fn take_factor(
    graph: &mut Graph,
    factor: &mut (Id, Rational),
    pattern: &Graph,
    base: Id,
    exponent: &Rational,
    u: Id,
) -> Option<(Id, Rational)> {
    match (exponential(pattern, base), exponential(graph, factor.0)) {
        (Some(argument), Some(found)) => {
            let one = instance(graph, pattern, argument, u)?;
            let taken = graph.scale(exponent, one);
            let left = graph.subtract(found, taken);
            factor.1 = Rational::zero();
            Some((graph.call(crate::function::Function::Exp, vec![left]), Rational::one()))
        }
        _ => {
            factor.1 = &factor.1 - exponent;
            None
        }
    }
}

/// The pattern's node with `u` put in.
fn instance(graph: &mut Graph, pattern: &Graph, node: Id, u: Id) -> Option<Id> {
    Some(match pattern.node(node).clone() {
        Node::Variable => u,
        Node::Number(value) => graph.number(value),
        Node::Call(function, arguments) => {
            let arguments = arguments
                .iter()
                .map(|&argument| instance(graph, pattern, argument, u))
                .collect::<Option<Vec<_>>>()?;
            graph.call(function, arguments)
        }
        Node::Sum(Sum { terms, constant }) => {
            let terms = terms
                .into_iter()
                .map(|(term, coefficient)| Some((instance(graph, pattern, term, u)?, coefficient)))
                .collect::<Option<Vec<_>>>()?;
            graph.sum(terms, constant)
        }
        Node::Product(Product(factors)) => {
            let factors = factors
                .into_iter()
                .map(|(base, exponent)| Some((instance(graph, pattern, base, u)?, exponent)))
                .collect::<Option<Vec<_>>>()?;
            graph.product(factors)
        }
        Node::Parameter(_) | Node::Constant(_) | Node::Power(..) | Node::Select(_) => return None,
    })
}

fn exponential(graph: &Graph, id: Id) -> Option<Id> {
    match graph.node(id) {
        Node::Call(crate::function::Function::Exp, arguments) => arguments.first().copied(),
        _ => None,
    }
}

/// A factor that is a sum, such as `1 + exp(u)`, matched exactly.
fn matches_sum_factor(
    graph: &mut Graph,
    subject: Id,
    pattern: &Graph,
    wanted: Id,
    bound: &mut Option<Id>,
) -> bool {
    *bound = None;
    matches!(pattern.node(wanted), Node::Sum(_)) && matches(graph, subject, pattern, wanted, bound)
}

/// `a / b` if that is positive.
fn ratio(a: &Rational, b: &Rational) -> Option<Rational> {
    b.reciprocal().map(|inverse| a * &inverse).filter(Rational::is_positive)
}
