//! The formula as an exact, shared graph: every sub-expression once, in a canonical form.
//!
//! Sums and products are flat. A sum is `constant + Σ coefficient · term`, a product `Π base^exponent`, with exact
//! rational coefficients and exponents; a numeric factor of a product lives in the sum around it. So `x + x`, `2·x` and
//! `x·2` are one node, and `x/x` is 1. Children are always older than their parents, which lets every pass over a
//! graph be a loop instead of a recursion.

use crate::declaration::Comparison;
use crate::function::{Function, Parity};
use crate::rational::Rational;
use std::collections::HashMap;

mod algebra;
mod power;

/// How much a formula and its derivatives may weigh: one a node, one a child, one a 64 bits of a number. The heaviest
/// activation of the catalogue, with all its derivatives, weighs a twentieth of this.
pub(crate) const MOST_WEIGHT: usize = 60_000;

/// A node of a [`Graph`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id(u32);

impl Id {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Variable,
    Parameter(usize),
    Constant(Constant),
    Number(Rational),
    Sum(Sum),
    Product(Product),
    /// A power whose exponent is not a number: `base^exponent`.
    Power(Id, Id),
    Call(Function, Vec<Id>),
    Select(Select),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Constant {
    Pi,
    E,
}

/// `constant + Σ coefficient · term`; no term is a number, a sum with coefficient 1, or there twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sum {
    pub(crate) terms: Vec<(Id, Rational)>,
    pub(crate) constant: Rational,
}

/// `Π base^exponent`; no base is there twice, no exponent is zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Product(pub(crate) Vec<(Id, Rational)>);

/// `if left comparison right { then } else { otherwise }`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Select {
    pub(crate) comparison: Comparison,
    pub(crate) left: Id,
    pub(crate) right: Id,
    pub(crate) then: Id,
    pub(crate) otherwise: Id,
}

/// All nodes of a formula and of what is derived from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    /// How deep the expression under each node is.
    depths: Vec<u32>,
    known: HashMap<Node, Id>,
    weight: usize,
    /// What each node became when it was rewritten; nodes never change, so it stays true.
    rewrites: HashMap<(Stage, Id), Id>,
    /// What has been done to nodes, if somebody wants to know.
    trace: Option<Vec<Firing>>,
}

/// A rewriting that has happened: by which rule, what became what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Firing {
    pub(crate) rule: &'static str,
    pub(crate) before: Id,
    pub(crate) after: Id,
}

/// Who rewrites a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    Recognise,
    Stabilise,
}

impl Graph {
    pub(crate) fn node(&self, id: Id) -> &Node {
        &self.nodes[id.index()]
    }

    /// What a call of the function is made for; `None` of anything else.
    pub(crate) fn argument(&self, function: Function, id: Id) -> Option<Id> {
        match self.node(id) {
            Node::Call(called, arguments) if *called == function => arguments.first().copied(),
            _ => None,
        }
    }

    /// From now on every rewriting is written down.
    pub(crate) fn start_trace(&mut self) {
        self.trace = Some(Vec::new());
    }

    /// What has been written down since the last time.
    pub(crate) fn take_trace(&mut self) -> Vec<Firing> {
        self.trace.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Writes down what a rule has done, if it has done anything; gives the result.
    pub(crate) fn note(&mut self, rule: &'static str, before: Id, after: Id) -> Id {
        if before != after
            && let Some(trace) = &mut self.trace
        {
            trace.push(Firing { rule, before, after });
        }
        after
    }

    /// True once there is more than any honest formula and its derivatives have; work on it then stops.
    pub(crate) fn is_full(&self) -> bool {
        self.weight > MOST_WEIGHT
    }

    /// How much there is; see [`MOST_WEIGHT`].
    #[cfg(test)]
    pub(crate) fn weight(&self) -> usize {
        self.weight
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn depth(&self, id: Id) -> u32 {
        self.depths[id.index()]
    }

    fn insert(&mut self, node: Node) -> Id {
        if let Some(&id) = self.known.get(&node) {
            return id;
        }
        self.weight = self.weight.saturating_add(weight(&node));
        let depth = children(&node).iter().map(|&child| self.depth(child) + 1).max().unwrap_or(0);
        let id = Id(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node.clone());
        self.depths.push(depth);
        self.known.insert(node, id);
        id
    }

    pub(crate) fn children(&self, id: Id) -> Vec<Id> {
        children(self.node(id))
    }

    /// The nodes that `roots` are made of, children before parents.
    pub(crate) fn reachable(&self, roots: &[Id]) -> Vec<Id> {
        let mut wanted = vec![false; self.nodes.len()];
        let Some(last) = roots.iter().max() else { return Vec::new() };
        for root in roots {
            wanted[root.index()] = true;
        }
        for index in (0..=last.index()).rev() {
            if wanted[index] {
                for child in children(&self.nodes[index]) {
                    wanted[child.index()] = true;
                }
            }
        }
        (0..=last.0).map(Id).filter(|id| wanted[id.index()]).collect()
    }

    /// For every node up to `root`, whether it depends on a node for which `source` holds.
    pub(crate) fn depends(&self, root: Id, source: impl Fn(&Node) -> bool) -> bool {
        self.reachable(&[root]).into_iter().any(|id| source(self.node(id)))
    }

    /// True if no variable and no parameter is in it.
    pub(crate) fn is_constant(&self, root: Id) -> bool {
        !self.depends(root, |node| matches!(node, Node::Variable | Node::Parameter(_)))
    }

    pub(crate) fn variable(&mut self) -> Id {
        self.insert(Node::Variable)
    }

    pub(crate) fn parameter(&mut self, index: usize) -> Id {
        self.insert(Node::Parameter(index))
    }

    pub(crate) fn constant(&mut self, constant: Constant) -> Id {
        self.insert(Node::Constant(constant))
    }

    pub(crate) fn number(&mut self, value: Rational) -> Id {
        self.insert(Node::Number(value))
    }

    pub(crate) fn integer(&mut self, value: i64) -> Id {
        self.number(Rational::ratio(value, 1))
    }

    pub(crate) fn as_number(&self, id: Id) -> Option<&Rational> {
        match self.node(id) {
            Node::Number(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn is_zero(&self, id: Id) -> bool {
        self.as_number(id).is_some_and(Rational::is_zero)
    }

    pub(crate) fn select(&mut self, select: Select) -> Id {
        let Select { mut then, mut otherwise, .. } = select;
        let (comparison, left, right) = self.balanced(select.comparison, select.left, select.right);
        // Inside a branch the same question has been answered.
        if let Node::Select(inner) = self.node(then)
            && (inner.comparison, inner.left, inner.right) == (comparison, left, right)
        {
            then = inner.then;
        }
        if let Node::Select(inner) = self.node(otherwise)
            && (inner.comparison, inner.left, inner.right) == (comparison, left, right)
        {
            otherwise = inner.otherwise;
        }
        if then == otherwise {
            return then;
        }
        if let (Some(a), Some(b)) = (self.as_number(left), self.as_number(right)) {
            return if comparison.holds(a, b) { then } else { otherwise };
        }
        self.insert(Node::Select(Select { comparison, left, right, then, otherwise }))
    }

    /// The comparison with the variable alone on the left, where that can be had: `0 >= 2·x + 4` is `x <= -2`.
    ///
    /// It reads better, and it is decided without rounding: 2 + x is 2 for a tiny negative x.
    fn balanced(&mut self, comparison: Comparison, left: Id, right: Id) -> (Comparison, Id, Id) {
        let is_variable = |node: &Node| matches!(node, Node::Variable);
        let (mut comparison, mut left, mut right) =
            match (self.depends(left, is_variable), self.depends(right, is_variable)) {
                (false, true) => (comparison.mirrored(), right, left),
                (true, false) => (comparison, left, right),
                (false, false) => return (comparison, left, right),
                (true, true) => {
                    let difference = self.subtract(left, right);
                    if !self.is_linear(difference) {
                        return (comparison, left, right);
                    }
                    (comparison, difference, self.integer(0))
                }
            };
        if let Node::Sum(Sum { terms, constant }) = self.node(left).clone() {
            let (moving, staying): (Vec<_>, Vec<_>) =
                terms.into_iter().partition(|&(term, _)| self.depends(term, is_variable));
            let staying = self.sum(staying, constant);
            left = self.sum(moving, Rational::zero());
            right = self.subtract(right, staying);
        }
        if let Some((coefficient, inner)) = self.as_scaled(left)
            && let Some(inverse) = coefficient.reciprocal()
        {
            if coefficient.is_negative() {
                comparison = comparison.mirrored();
            }
            left = inner;
            right = self.scale(&inverse, right);
        }
        if self.is_zero(right) {
            let signed = self.without_positive_factors(left);
            if signed != left {
                return self.balanced(comparison, signed, right);
            }
        }
        (comparison, left, right)
    }

    /// What has the sign of a product and is no more than needed for that: x for `sqrt(2) * x * (1 + x^2)`.
    fn without_positive_factors(&mut self, id: Id) -> Id {
        let Node::Product(Product(factors)) = self.node(id) else { return id };
        let signed: Vec<(Id, Rational)> =
            factors.iter().filter(|(base, _)| !self.is_positive(*base)).cloned().collect();
        if signed.len() == factors.len() { id } else { self.product(signed) }
    }

    /// Whether it is a number, constant or function that is always greater than 0.
    fn is_plainly_positive(&self, id: Id) -> bool {
        match self.node(id) {
            Node::Constant(_) => true,
            Node::Number(value) => value.is_positive(),
            Node::Call(function, _) => {
                matches!(function, Function::Exp | Function::Cosh | Function::Sech | Function::Sigmoid)
            }
            _ => false,
        }
    }

    /// Whether it is that for every x that is a number, and a number too; 1 + x^2 is.
    fn is_positive(&self, id: Id) -> bool {
        match self.node(id) {
            Node::Sum(Sum { terms, constant }) => {
                let is_square = |term: &Id| match self.node(*term) {
                    Node::Product(Product(factors)) => factors.iter().all(|(base, exponent)| {
                        exponent.to_i32().is_some_and(|n| n > 0 && n % 2 == 0)
                            && self.is_always_a_number(*base)
                    }),
                    _ => false,
                };
                constant.is_positive()
                    && terms.iter().all(|(term, coefficient)| coefficient.is_positive() && is_square(term))
            }
            Node::Call(_, arguments) => {
                self.is_plainly_positive(id)
                    && arguments.iter().all(|&argument| self.is_always_a_number(argument))
            }
            _ => self.is_plainly_positive(id),
        }
    }

    /// True for what cannot be NaN while x and the parameters are numbers: polynomials and absolute values of them.
    pub(crate) fn is_always_a_number(&self, id: Id) -> bool {
        match self.node(id) {
            Node::Variable | Node::Parameter(_) | Node::Number(_) | Node::Constant(_) => true,
            Node::Sum(Sum { terms, .. }) => terms.iter().all(|&(term, _)| self.is_always_a_number(term)),
            Node::Product(Product(factors)) => factors.iter().all(|(base, exponent)| {
                exponent.is_positive() && exponent.is_integer() && self.is_always_a_number(*base)
            }),
            Node::Call(Function::Abs, arguments) => {
                arguments.iter().all(|&argument| self.is_always_a_number(argument))
            }
            _ => false,
        }
    }

    /// True if the variable occurs alone or not at all: nothing is lost when such a comparison is solved for it.
    fn is_linear(&self, id: Id) -> bool {
        let varies = |id: Id| self.depends(id, |node| matches!(node, Node::Variable));
        match self.node(id) {
            Node::Sum(Sum { terms, .. }) => {
                terms.iter().all(|&(term, _)| matches!(self.node(term), Node::Variable) || !varies(term))
            }
            Node::Variable => true,
            _ => !varies(id),
        }
    }

    /// `function(arguments)`, simplified where the function's row says how.
    pub(crate) fn call(&mut self, function: Function, arguments: Vec<Id>) -> Id {
        let row = function.row();
        if let ([argument], Some(value)) = (arguments.as_slice(), row.at_zero)
            && self.is_zero(*argument)
        {
            return self.integer(value);
        }
        if let [argument] = *arguments {
            let inner = match self.node(argument) {
                Node::Call(inner, deeper) => deeper.first().map(|&deeper| (*inner, deeper)),
                _ => None,
            };
            match (function, inner) {
                (Function::Ln, Some((Function::Exp, u))) | (Function::Exp, Some((Function::Ln, u))) => {
                    return u;
                }
                (Function::Abs, Some((Function::Abs, _))) => return argument,
                _ => {}
            }
            match (function, self.node(argument)) {
                (Function::Ln, Node::Constant(Constant::E)) => return self.integer(1),
                (Function::Ln, Node::Number(value)) if value.is_one() => return self.integer(0),
                (Function::Abs, Node::Number(value)) => {
                    let value = value.abs();
                    return self.number(value);
                }
                (Function::Sign, Node::Number(value)) => {
                    return self.integer(if value.is_negative() { -1 } else { 1 });
                }
                _ => {}
            }
            // |c·u| = |c|·|u| and sign(c·u) = ±sign(u); f(-u) = ∓f(u) for even and odd functions.
            if let Some((coefficient, u)) = self.as_scaled(argument) {
                match (function, row.parity) {
                    (Function::Abs, _) if !coefficient.abs().is_one() => {
                        let inner = self.call(Function::Abs, vec![u]);
                        return self.scale(&coefficient.abs(), inner);
                    }
                    (Function::Sign, _) if coefficient.is_positive() => {
                        return self.call(Function::Sign, vec![u]);
                    }
                    (_, Parity::Even) if coefficient.is_negative() => {
                        let positive = self.negate(argument);
                        return self.call(function, vec![positive]);
                    }
                    (_, Parity::Odd) if coefficient.is_negative() => {
                        let positive = self.negate(argument);
                        let inner = self.call(function, vec![positive]);
                        return self.negate(inner);
                    }
                    _ => {}
                }
            }
        }
        if let [a, b] = *arguments
            && matches!(function, Function::Min | Function::Max)
        {
            if a == b {
                return a;
            }
            if let (Some(x), Some(y)) = (self.as_number(a), self.as_number(b)) {
                return if (x < y) == (function == Function::Min) { a } else { b };
            }
        }
        self.insert(Node::Call(function, arguments))
    }

    /// The node after `better`, which is asked once for each node and stage.
    pub(crate) fn rewritten_once(
        &mut self,
        stage: Stage,
        id: Id,
        better: impl Fn(&mut Self, Id) -> Id,
    ) -> Id {
        if let Some(&known) = self.rewrites.get(&(stage, id)) {
            return known;
        }
        let result = better(self, id);
        self.rewrites.insert((stage, id), result);
        result
    }

    /// The node with its children replaced by what `map` says, built anew.
    pub(crate) fn rebuild(&mut self, id: Id, map: impl Fn(Id) -> Id) -> Id {
        match self.node(id).clone() {
            node @ (Node::Variable | Node::Parameter(_) | Node::Constant(_) | Node::Number(_)) => {
                self.insert(node)
            }
            Node::Sum(sum) => {
                let terms =
                    sum.terms.into_iter().map(|(term, coefficient)| (map(term), coefficient)).collect();
                self.sum(terms, sum.constant)
            }
            Node::Product(Product(factors)) => {
                let factors = factors
                    .into_iter()
                    .map(|(base, exponent)| (self.raise(map(base), &exponent), Rational::one()))
                    .collect();
                self.product(factors)
            }
            Node::Power(base, exponent) => self.power(map(base), map(exponent)),
            Node::Call(function, arguments) => {
                let arguments = arguments.into_iter().map(map).collect();
                self.call(function, arguments)
            }
            Node::Select(Select { comparison, left, right, then, otherwise }) => self.select(Select {
                comparison,
                left: map(left),
                right: map(right),
                then: map(then),
                otherwise: map(otherwise),
            }),
        }
    }
}

/// What a number weighs: arithmetic on numbers of thousands of digits is slow, and no formula needs any.
fn words(value: &Rational) -> usize {
    const MOST_WORDS: usize = 48;
    match value.words() {
        words if words > MOST_WORDS => MOST_WEIGHT,
        words => words,
    }
}

fn weight(node: &Node) -> usize {
    1 + match node {
        Node::Variable | Node::Parameter(_) | Node::Constant(_) => 0,
        Node::Number(value) => words(value),
        Node::Sum(Sum { terms, constant }) => {
            terms.iter().map(|(_, c)| 1 + words(c)).sum::<usize>() + words(constant)
        }
        Node::Product(Product(factors)) => factors.iter().map(|(_, exponent)| 1 + words(exponent)).sum(),
        Node::Power(..) | Node::Call(..) | Node::Select(_) => children(node).len(),
    }
}

fn children(node: &Node) -> Vec<Id> {
    match node {
        Node::Variable | Node::Parameter(_) | Node::Constant(_) | Node::Number(_) => Vec::new(),
        Node::Sum(Sum { terms, .. }) | Node::Product(Product(terms)) => {
            terms.iter().map(|&(id, _)| id).collect()
        }
        Node::Power(base, exponent) => vec![*base, *exponent],
        Node::Call(_, arguments) => arguments.clone(),
        Node::Select(select) => vec![select.left, select.right, select.then, select.otherwise],
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;
    use crate::print::derived;
    use crate::resolve::from_table;

    #[test]
    fn comparisons_are_solved_for_the_variable() {
        for (text, expected) in [
            ("if u + 2 < 2 { 1 } else { u }", "if x < 0 { 1 } else { x }"),
            ("if 0 >= 2 * u + 4 { 1 } else { u }", "if x <= -2 { 1 } else { x }"),
            ("if sqrt(2) * u * (1 + u^2) < 0 { 1 } else { u }", "if x < 0 { 1 } else { x }"),
            ("if -pi * (3 * u + 1) * exp(u) < 0 { 1 } else { u }", "if x > -1 / 3 { 1 } else { x }"),
            // Where a factor has no value, the comparison has none.
            ("if u * exp(sqrt(u)) < 0 { 1 } else { u }", "if x * exp(sqrt(x)) < 0 { 1 } else { x }"),
            ("if u * (1 + ln(u)^2) < 0 { 1 } else { u }", "if x * (ln(x)^2 + 1) < 0 { 1 } else { x }"),
            // What may be 0 is no factor that is positive.
            ("if u^2 * sin(u) < 0 { 1 } else { u }", "if x^2 * sin(x) < 0 { 1 } else { x }"),
        ] {
            let mut graph = Graph::default();
            let variable = graph.variable();
            let id = from_table(&mut graph, text, &[("u", variable)]);
            assert_eq!(derived(&graph, id, "x", &[]), expected, "{text}");
        }
    }
}
