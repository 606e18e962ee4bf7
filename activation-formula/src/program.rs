//! Formulas as straight-line programs: every shared term computed once, in order of need.
//!
//! Both ways to run a formula come from here, so they agree to the last bit: Rust code (`emit`) and evaluation at run
//! time (`evaluate`).

use crate::constant::{Constants, Rounded};
use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Select, Sum};
use crate::rational::Rational;
use std::collections::HashMap;

/// The index of a step whose result is used.
pub type Slot = usize;

/// One operation on the results of earlier steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// The variable.
    Variable,
    /// The parameter of this index, in the order of declaration.
    Parameter(usize),
    /// A number.
    Number(Rounded),
    /// The sign changed.
    Negate(Slot),
    /// A sum.
    Add(Slot, Slot),
    /// A difference.
    Subtract(Slot, Slot),
    /// A product.
    Multiply(Slot, Slot),
    /// A quotient.
    Divide(Slot, Slot),
    /// A whole power of at least 2.
    Whole(Slot, i32),
    /// A square root.
    Sqrt(Slot),
    /// A real power of a base that is not negative.
    Power(Slot, Slot),
    /// A function of one argument.
    Call(Function, Slot),
    /// The smaller of two, the first one on a tie.
    Min(Slot, Slot),
    /// The larger of two, the first one on a tie.
    Max(Slot, Slot),
    /// One of two values.
    Select(Choice),
}

/// `if left < right { then } else { otherwise }`, or `<=`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The left side of the comparison.
    pub left: Slot,
    /// The right side of the comparison.
    pub right: Slot,
    /// `<=` instead of `<`.
    pub or_equal: bool,
    /// The value where the comparison holds.
    pub then: Slot,
    /// The value where it does not.
    pub otherwise: Slot,
    /// True if a side may be NaN although x is not: then the result has to be NaN.
    pub guarded: bool,
}

impl Step {
    /// The steps that this one reads.
    pub fn reads(&self) -> Vec<Slot> {
        match *self {
            Step::Variable | Step::Parameter(_) | Step::Number(_) => Vec::new(),
            Step::Negate(a) | Step::Whole(a, _) | Step::Sqrt(a) | Step::Call(_, a) => vec![a],
            Step::Add(a, b)
            | Step::Subtract(a, b)
            | Step::Multiply(a, b)
            | Step::Divide(a, b)
            | Step::Power(a, b)
            | Step::Min(a, b)
            | Step::Max(a, b) => vec![a, b],
            Step::Select(choice) => vec![choice.left, choice.right, choice.then, choice.otherwise],
        }
    }

    /// The step, reading what stands at these places now; all that it reads must be there.
    pub fn renumbered(self, place: &[Slot]) -> Step {
        match self {
            Step::Variable | Step::Parameter(_) | Step::Number(_) => self,
            Step::Negate(a) => Step::Negate(place[a]),
            Step::Whole(a, n) => Step::Whole(place[a], n),
            Step::Sqrt(a) => Step::Sqrt(place[a]),
            Step::Call(function, a) => Step::Call(function, place[a]),
            Step::Add(a, b) => Step::Add(place[a], place[b]),
            Step::Subtract(a, b) => Step::Subtract(place[a], place[b]),
            Step::Multiply(a, b) => Step::Multiply(place[a], place[b]),
            Step::Divide(a, b) => Step::Divide(place[a], place[b]),
            Step::Power(a, b) => Step::Power(place[a], place[b]),
            Step::Min(a, b) => Step::Min(place[a], place[b]),
            Step::Max(a, b) => Step::Max(place[a], place[b]),
            Step::Select(choice) => Step::Select(Choice {
                left: place[choice.left],
                right: place[choice.right],
                then: place[choice.then],
                otherwise: place[choice.otherwise],
                ..choice
            }),
        }
    }
}

/// Steps in order, and which of them are the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// Every step reads earlier ones only.
    pub steps: Vec<Step>,
    /// What part of the formula each step computes; for steps of a longer sum or product, the whole of it.
    pub(crate) origins: Vec<Id>,
    /// Of a program that computes one function there is one.
    pub outputs: Vec<Slot>,
}

impl Program {
    /// The program that computes `roots`; `constants` remembers what earlier programs of the graph have folded.
    pub(crate) fn new(graph: &Graph, roots: &[Id], constants: &mut Constants) -> Self {
        let varies = contains(graph, roots, |node| matches!(node, Node::Variable));
        let symbolic = contains(graph, roots, |node| matches!(node, Node::Variable | Node::Parameter(_)));
        let constant = symbolic.iter().map(|symbolic| !symbolic).collect();
        let mut scheduler = Scheduler {
            graph,
            steps: Vec::new(),
            origins: Vec::new(),
            known: HashMap::new(),
            constant,
            varies,
            constants,
        };
        // Children first, so that no recursion is deep.
        for id in graph.reachable(roots) {
            if scheduler.is_worth_a_step(id) {
                scheduler.slot(id);
                scheduler.label(id);
            }
        }
        let outputs = roots
            .iter()
            .map(|&root| {
                let slot = scheduler.result(root);
                scheduler.label(root);
                slot
            })
            .collect();
        Program { steps: scheduler.steps, origins: scheduler.origins, outputs }.pruned()
    }

    /// A program of steps that were made of another one's; steps that nothing reads are left out.
    ///
    /// Every step must read earlier ones only, and every output be there.
    pub fn of_steps(steps: Vec<Step>, outputs: Vec<Slot>) -> Self {
        let nothing = Id::default();
        Program { origins: vec![nothing; steps.len()], steps, outputs }.pruned()
    }

    /// True if a number in it is beyond the range of `f64`.
    pub(crate) fn has_number_out_of_range(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Number(number) if !number.value.is_finite()))
    }

    /// Without steps that nothing reads.
    fn pruned(self) -> Self {
        let mut wanted = vec![false; self.steps.len()];
        for &output in &self.outputs {
            wanted[output] = true;
        }
        for (slot, step) in self.steps.iter().enumerate().rev() {
            if wanted[slot] {
                step.reads().into_iter().for_each(|read| wanted[read] = true);
            }
        }
        let mut place = vec![0; self.steps.len()];
        let (mut steps, mut origins) = (Vec::new(), Vec::new());
        for (slot, (step, origin)) in self.steps.iter().zip(&self.origins).enumerate() {
            if wanted[slot] {
                place[slot] = steps.len();
                steps.push(step.renumbered(&place));
                origins.push(*origin);
            }
        }
        Program { steps, origins, outputs: self.outputs.iter().map(|&output| place[output]).collect() }
    }
}

/// For every node that `roots` are made of, whether `leaf` or one of its parts is such a leaf.
fn contains(graph: &Graph, roots: &[Id], leaf: impl Fn(&Node) -> bool) -> Vec<bool> {
    let mut found = vec![false; graph.len()];
    for id in graph.reachable(roots) {
        found[id.index()] =
            leaf(graph.node(id)) || graph.children(id).iter().any(|child| found[child.index()]);
    }
    found
}

/// A part of a sum: `coefficient · term`, or the constant.
struct Part {
    term: Option<Id>,
    coefficient: Rational,
}

struct Scheduler<'a> {
    graph: &'a Graph,
    steps: Vec<Step>,
    origins: Vec<Id>,
    known: HashMap<Id, Slot>,
    /// Which nodes are made of numbers only.
    constant: Vec<bool>,
    /// Which nodes depend on the variable.
    varies: Vec<bool>,
    constants: &'a mut Constants,
}

impl Scheduler<'_> {
    fn push(&mut self, step: Step) -> Slot {
        // The same step twice, such as the same literal, is one.
        match self.steps.iter().position(|known| *known == step) {
            Some(slot) => slot,
            None => {
                self.steps.push(step);
                self.steps.len() - 1
            }
        }
    }

    /// The steps that are new since the last label belong to `id`.
    fn label(&mut self, id: Id) {
        self.origins.resize(self.steps.len(), id);
    }

    fn number(&mut self, value: &Rational) -> Slot {
        self.push(Step::Number(Constants::number(value)))
    }

    fn folded(&mut self, id: Id) -> Slot {
        let value = self.constants.value(self.graph, id);
        self.push(Step::Number(value))
    }

    /// Constants are folded where they are used, and scaled products are computed with their factor.
    fn is_worth_a_step(&self, id: Id) -> bool {
        !self.constant[id.index()] && !matches!(self.graph.node(id), Node::Product(_))
    }

    /// The step that computes a node.
    fn slot(&mut self, id: Id) -> Slot {
        if let Some(&slot) = self.known.get(&id) {
            return slot;
        }
        let slot = if self.constant[id.index()] { self.folded(id) } else { self.compute(id) };
        self.known.insert(id, slot);
        slot
    }

    fn compute(&mut self, id: Id) -> Slot {
        let graph = self.graph;
        match graph.node(id) {
            Node::Variable => self.push(Step::Variable),
            Node::Parameter(index) => self.push(Step::Parameter(*index)),
            Node::Number(_) | Node::Constant(_) => self.folded(id),
            Node::Sum(sum) => self.sum(sum),
            Node::Product(product) => self.quotient(&Rational::one(), product),
            Node::Power(base, exponent) => {
                let (base, exponent) = (self.slot(*base), self.slot(*exponent));
                self.push(Step::Power(base, exponent))
            }
            Node::Call(function, arguments) => {
                let slots: Vec<Slot> = arguments.iter().map(|&argument| self.slot(argument)).collect();
                match (*function, slots.as_slice()) {
                    (Function::Min, &[a, b]) => self.push(Step::Min(a, b)),
                    (Function::Max, &[a, b]) => self.push(Step::Max(a, b)),
                    (function, slots) => {
                        let argument = slots.first().copied().unwrap_or(0);
                        self.push(Step::Call(function, argument))
                    }
                }
            }
            Node::Select(select) => self.select(select),
        }
    }

    fn sum(&mut self, Sum { terms, constant }: &Sum) -> Slot {
        // What does not depend on the variable comes first, so that (p - 1) + small keeps what p = 1 leaves; without
        // parameters the constant comes last.
        let (mut parts, varying): (Vec<Part>, Vec<Part>) = terms
            .iter()
            .map(|(term, coefficient)| Part { term: Some(*term), coefficient: coefficient.clone() })
            .partition(|part| part.term.is_some_and(|term| !self.varies[term.index()]));
        let settled = parts.len();
        let constant = Part { term: None, coefficient: constant.clone() };
        if settled > 0 {
            parts.push(constant);
            parts.extend(varying);
        } else {
            parts.extend(varying);
            parts.push(constant);
        }
        parts.retain(|part| !part.coefficient.is_zero());
        // A positive part first, so that no negation is needed, but not across the line between the two groups.
        let group = if settled > 0 { settled + 1 } else { parts.len() };
        if let Some(first) = parts.iter().take(group).position(|part| part.coefficient.is_positive()) {
            parts[..=first].rotate_right(1);
        }
        let mut total = None;
        for Part { term, coefficient } in parts {
            let size = coefficient.abs();
            let part = match term {
                Some(term) => self.scaled(&size, term),
                None => self.number(&size),
            };
            total = Some(match (total, coefficient.is_negative()) {
                (None, false) => part,
                (None, true) => self.push(Step::Negate(part)),
                (Some(total), false) => self.push(Step::Add(total, part)),
                (Some(total), true) => self.push(Step::Subtract(total, part)),
            });
        }
        match total {
            Some(total) => total,
            None => self.number(&Rational::zero()),
        }
    }

    /// `coefficient · term`, the coefficient put where it costs least.
    fn scaled(&mut self, coefficient: &Rational, term: Id) -> Slot {
        // Even where the product itself is known: how a node is computed must not depend on what else is, so that f'
        // alone and f' beside f have the same bits.
        if let (false, Node::Product(product)) = (self.constant[term.index()], self.graph.node(term)) {
            return self.quotient(coefficient, product);
        }
        let slot = self.slot(term);
        if coefficient.is_one() {
            return slot;
        }
        let factor = self.number(coefficient);
        self.push(Step::Multiply(slot, factor))
    }

    /// `coefficient · Π base^exponent` with at most one division; the constants among the factors are folded into one.
    fn quotient(&mut self, coefficient: &Rational, Product(factors): &Product) -> Slot {
        self.quotient_of(coefficient, factors, false)
    }

    /// The step that computes a result, by which no branch is chosen any more. A divisor made of parameters only is a reciprocal to
    /// multiply with, which a loop over a slice computes once.
    fn result(&mut self, root: Id) -> Slot {
        match self.graph.node(root) {
            Node::Product(Product(factors)) if !self.constant[root.index()] => {
                self.quotient_of(&Rational::one(), factors, true)
            }
            _ => self.slot(root),
        }
    }

    fn quotient_of(&mut self, coefficient: &Rational, factors: &[(Id, Rational)], is_result: bool) -> Slot {
        let (mut above, mut below) = (None, None);
        let (mut constants, mut varying_below) = (Vec::new(), !is_result);
        for (base, exponent) in factors {
            if self.constant[base.index()] {
                constants.push((*base, exponent.clone()));
                continue;
            }
            let slot = self.powered(*base, &exponent.abs());
            varying_below |= exponent.is_negative() && self.varies[base.index()];
            let side = if exponent.is_negative() { &mut below } else { &mut above };
            *side = Some(match *side {
                Some(product) => self.push(Step::Multiply(product, slot)),
                None => slot,
            });
        }
        if let (Some(product), Some(divisor), false) = (above, below, varying_below) {
            let one = self.number(&Rational::one());
            let reciprocal = self.push(Step::Divide(one, divisor));
            (above, below) = (Some(self.push(Step::Multiply(product, reciprocal))), None);
        }
        let factor = self.constants.product(self.graph, coefficient, &constants);
        let above = match above {
            Some(product) if factor.is_exactly(1.0) => product,
            Some(product) => {
                let factor = self.push(Step::Number(factor));
                self.push(Step::Multiply(product, factor))
            }
            None => self.push(Step::Number(factor)),
        };
        match below {
            Some(below) => self.push(Step::Divide(above, below)),
            None => above,
        }
    }

    /// `base^exponent` for a positive exponent.
    fn powered(&mut self, base: Id, exponent: &Rational) -> Slot {
        let slot = self.slot(base);
        if exponent.is_one() {
            return slot;
        }
        if let Some(whole) = exponent.to_i32() {
            return self.push(Step::Whole(slot, whole));
        }
        if let Some(halves) = (exponent + exponent).to_i32() {
            let root = self.push(Step::Sqrt(slot));
            return if halves == 1 { root } else { self.push(Step::Whole(root, halves)) };
        }
        let exponent = self.number(exponent);
        self.push(Step::Power(slot, exponent))
    }

    fn select(&mut self, select: &Select) -> Slot {
        let guarded =
            !(self.graph.is_always_a_number(select.left) && self.graph.is_always_a_number(select.right));
        let (mut left, mut right) = (self.slot(select.left), self.slot(select.right));
        if matches!(select.comparison, Comparison::Greater | Comparison::GreaterEqual) {
            (left, right) = (right, left);
        }
        let or_equal = matches!(select.comparison, Comparison::LessEqual | Comparison::GreaterEqual);
        let (then, otherwise) = (self.slot(select.then), self.slot(select.otherwise));
        self.push(Step::Select(Choice { left, right, or_equal, then, otherwise, guarded }))
    }
}
