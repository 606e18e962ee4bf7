//! The exponential normal form: what is rational in E = exp(u) as one quotient N(E)/D(E), in lowest terms.
//!
//! Sigmoids, hyperbolic functions and exponentials of multiples of one u, `tanh(softplus(u))` and `exp(ln(R))` included,
//! are rational functions of one exponential. Every largest sub-tree that is made of them becomes one quotient, with
//! numbers for the coefficients of D and anything else in those of N; it is computed in exp(-|u|) (`half_line`), so that
//! the derivative of mish takes one exponential and one division instead of three calls. What the rest of the formula
//! does with it stays as it is.
//!
//! A form is used only if it is not dearer (`cost`) and opens no cancellation (`form`). Functions that know a small
//! difference, such as `tanhshrink`, are opaque to it.

mod cost;
mod form;
mod half_line;
mod polynomial;
mod reading;
#[cfg(test)]
pub(crate) mod tests;

use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Select};
use cost::cost;
use half_line::{Side, quotient};
use reading::{Base, Reading, bases, is_logarithm, multiple};
use std::collections::HashMap;

/// Formulas with exponentials of more unrelated arguments keep the others as they are.
const MOST_BASES: usize = 4;

/// `root` with every largest sub-tree that is rational in an exponential as one quotient, where that is not dearer.
pub(crate) fn exponential_normal_form(graph: &mut Graph, root: Id) -> Option<Id> {
    let mut current = root;
    let mut done: Vec<Id> = Vec::new();
    for _ in 0..MOST_BASES {
        // An argument may itself have been rewritten, so they are looked for each time.
        let next = bases(graph, current).into_iter().find(|base| !done.contains(&base.node));
        let Some(base) = next else { break };
        done.push(base.node);
        if is_worth_it(&base) {
            current = rewritten(graph, current, &base, Side::Both);
        }
    }
    (current != root).then_some(current)
}

/// A single exponential is what it is; it is hyperbolic functions and sigmoids that have denominators.
fn is_worth_it(base: &Base) -> bool {
    !base.calls.iter().all(|call| matches!(call, Function::Exp | Function::Expm1))
}

/// `root` with the forms for one base, as they are needed on one side of u = 0 or on both.
fn rewritten(graph: &mut Graph, root: Id, base: &Base, side: Side) -> Id {
    let nodes = graph.reachable(&[root]);
    let reading = Reading::new(graph, base, &nodes);
    // A form is wanted where no parent has one, and then in its parts if it is not used itself.
    let mut wanted = vec![false; graph.len()];
    wanted[root.index()] = true;
    let mut chosen: HashMap<Id, Id> = HashMap::new();
    for &id in nodes.iter().rev() {
        if graph.is_full() {
            return root;
        }
        if !wanted[id.index()] {
            continue;
        }
        if let Some(form) = reading.form(id) {
            if is_elementary(graph, id) {
                continue;
            }
            let better = quotient(graph, form, base, side);
            if let Some(better) = better.filter(|&better| cost(graph, better) <= cost(graph, id)) {
                // Its coefficients may have parts with forms of their own.
                for part in graph.reachable(&[better]) {
                    if part < id && reading.form(part).is_none() {
                        wanted[part.index()] = true;
                    }
                }
                chosen.insert(id, graph.note("exponential-normal-form", id, better));
                continue;
            }
        }
        if side == Side::Both
            && let Some(better) = by_branches(graph, id, base)
        {
            chosen.insert(id, better);
            continue;
        }
        for child in graph.children(id) {
            wanted[child.index()] = true;
        }
    }
    if chosen.is_empty() {
        return root;
    }
    let mut map: HashMap<Id, Id> = HashMap::new();
    for id in nodes {
        let rebuilt = match chosen.get(&id) {
            Some(&better) => with_parts(graph, better, &mut map),
            None => graph.rebuild(id, |child| map.get(&child).copied().unwrap_or(child)),
        };
        map.insert(id, rebuilt);
    }
    // Each part is not dearer, but what parts shared before they may not share now.
    match map.get(&root) {
        Some(&better) if cost(graph, better) <= cost(graph, root) => better,
        _ => root,
    }
}

/// A choice by the sign of u: a branch is computed on its own half line only, where less can overflow or cancel.
fn by_branches(graph: &mut Graph, id: Id, base: &Base) -> Option<Id> {
    let Node::Select(select) = *graph.node(id) else { return None };
    let bound = graph.as_number(select.right).cloned()?;
    let (coefficient, inner) = multiple(graph, select.left);
    if inner != base.node || coefficient.is_negative() {
        return None;
    }
    let (below, above) = (
        if bound.is_positive() { Side::Both } else { Side::Left },
        if bound.is_negative() { Side::Both } else { Side::Right },
    );
    let (then, otherwise) = match select.comparison {
        Comparison::Less | Comparison::LessEqual => (below, above),
        Comparison::Greater | Comparison::GreaterEqual => (above, below),
    };
    let then = rewritten(graph, select.then, base, then);
    let otherwise = rewritten(graph, select.otherwise, base, otherwise);
    Some(graph.select(Select { then, otherwise, ..select }))
}

/// `root` with what `map` says put in: the coefficients of a form may have been rewritten themselves.
fn with_parts(graph: &mut Graph, root: Id, map: &mut HashMap<Id, Id>) -> Id {
    for id in graph.reachable(&[root]) {
        if !map.contains_key(&id) {
            let rebuilt = graph.rebuild(id, |child| map.get(&child).copied().unwrap_or(child));
            map.insert(id, rebuilt);
        }
    }
    map.get(&root).copied().unwrap_or(root)
}

/// True for a hyperbolic function that the library has; a sigmoid is the very quotient that it becomes.
fn is_elementary(graph: &Graph, id: Id) -> bool {
    match graph.node(id) {
        Node::Call(Function::Sigmoid, _) => false,
        Node::Call(_, arguments) => arguments.iter().all(|&argument| !is_logarithm(graph, argument)),
        _ => false,
    }
}
