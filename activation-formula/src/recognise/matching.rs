//! Does a pattern occur in a node? Sums match up to a factor and up to further terms, products up to a power and up to
//! further factors.

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

/// A sum of the pattern's items, times a factor, plus anything.
fn rewrite_sum(
    graph: &mut Graph,
    subject: Id,
    pattern: &Graph,
    wanted: &Sum,
    replacement: &impl Fn(&mut Graph, Id) -> Id,
) -> Option<Id> {
    let Node::Sum(found) = graph.node(subject).clone() else { return None };
    if wanted.constant.is_zero() != found.constant.is_zero() && found.constant.is_zero() {
        return None;
    }
    let (first, rest) = wanted.terms.split_first()?;
    for at in 0..found.terms.len() {
        let mut bound = None;
        let (candidate, coefficient) = found.terms[at].clone();
        if !matches_term(graph, candidate, pattern, first.0, &mut bound) {
            continue;
        }
        let Some(factor) = first.1.reciprocal().map(|inverse| &coefficient * &inverse) else { continue };
        if !wanted.constant.is_zero() && found.constant != &wanted.constant * &factor {
            continue;
        }
        let mut left = found.clone();
        left.terms.remove(at);
        if !wanted.constant.is_zero() {
            left.constant = Rational::zero();
        }
        let all = rest.iter().all(|(term, amount)| {
            let amount = amount * &factor;
            let position = (0..left.terms.len()).find(|&position| {
                let mut attempt = bound;
                let (candidate, coefficient) = left.terms[position].clone();
                let fits =
                    coefficient == amount && matches_term(graph, candidate, pattern, *term, &mut attempt);
                if fits {
                    bound = attempt;
                }
                fits
            });
            // The pattern's bare `u` may be a sum whose terms lie spread among the subject's.
            match position {
                Some(position) => {
                    left.terms.remove(position);
                    true
                }
                None => take_bound(graph, pattern, *term, bound, &amount, &mut left),
            }
        });
        if let (true, Some(u)) = (all, bound) {
            let replaced = replacement(graph, u);
            let mut terms = left.terms;
            terms.push((replaced, factor));
            return Some(graph.sum(terms, left.constant));
        }
    }
    None
}

/// Takes `amount · u` for the bound `u` out of `left`, if all of it is there.
fn take_bound(
    graph: &Graph,
    pattern: &Graph,
    term: Id,
    bound: Option<Id>,
    amount: &Rational,
    left: &mut Sum,
) -> bool {
    let (Node::Variable, Some(u)) = (pattern.node(term), bound) else { return false };
    let Node::Sum(Sum { terms, constant }) = graph.node(u) else { return false };
    let mut after = left.clone();
    for (inner, coefficient) in terms {
        let needed = coefficient * amount;
        match after.terms.iter().position(|(id, found)| id == inner && *found == needed) {
            Some(position) => {
                after.terms.remove(position);
            }
            None => return false,
        }
    }
    if !constant.is_zero() {
        if after.constant != constant * amount {
            return false;
        }
        after.constant = Rational::zero();
    }
    *left = after;
    true
}

/// A term of a sum: a node, or a single power such as `tanh(u)^2`.
fn matches_term(graph: &mut Graph, subject: Id, pattern: &Graph, wanted: Id, bound: &mut Option<Id>) -> bool {
    match (pattern.node(wanted), graph.node(subject).clone()) {
        (Node::Product(Product(wanted)), Node::Product(Product(found))) => {
            match (wanted.as_slice(), found.as_slice()) {
                ([(base, exponent)], [(candidate, power)]) => {
                    exponent == power && matches(graph, *candidate, pattern, *base, bound)
                }
                _ => false,
            }
        }
        (Node::Product(_), _) => false,
        // A bare `u` is only looked for once it is known: anything would fit it.
        (Node::Variable, _) => *bound == Some(subject),
        _ => matches(graph, subject, pattern, wanted, bound),
    }
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

/// The pattern's `u` or `c·u` with the bound node put in.
fn instance(graph: &mut Graph, pattern: &Graph, node: Id, u: Id) -> Option<Id> {
    match pattern.node(node) {
        Node::Variable => Some(u),
        _ => {
            let (coefficient, inner) = pattern.as_scaled(node)?;
            matches!(pattern.node(inner), Node::Variable).then(|| graph.scale(&coefficient, u))
        }
    }
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
