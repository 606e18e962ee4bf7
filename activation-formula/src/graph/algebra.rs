//! Sums and products in canonical form.

use super::{Graph, Id, Node, Product, Sum};
use crate::function::Function;
use crate::rational::Rational;

/// Choices within choices are only rewritten down to this depth: each level doubles the work.
const MOST_DEPTH: u32 = 8;

impl Graph {
    /// `coefficient · inner` taken apart, for a node that is nothing but a scaled one.
    pub(crate) fn as_scaled(&self, id: Id) -> Option<(Rational, Id)> {
        match self.node(id) {
            Node::Sum(Sum { terms, constant }) if constant.is_zero() => match terms.as_slice() {
                [(term, coefficient)] => Some((coefficient.clone(), *term)),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn add(&mut self, a: Id, b: Id) -> Id {
        self.sum(vec![(a, Rational::one()), (b, Rational::one())], Rational::zero())
    }

    pub(crate) fn subtract(&mut self, a: Id, b: Id) -> Id {
        self.sum(vec![(a, Rational::one()), (b, Rational::ratio(-1, 1))], Rational::zero())
    }

    pub(crate) fn negate(&mut self, a: Id) -> Id {
        self.scale(&Rational::ratio(-1, 1), a)
    }

    pub(crate) fn scale(&mut self, coefficient: &Rational, a: Id) -> Id {
        self.sum(vec![(a, coefficient.clone())], Rational::zero())
    }

    pub(crate) fn multiply(&mut self, a: Id, b: Id) -> Id {
        self.product(vec![(a, Rational::one()), (b, Rational::one())])
    }

    pub(crate) fn divide(&mut self, a: Id, b: Id) -> Id {
        self.product(vec![(a, Rational::one()), (b, Rational::ratio(-1, 1))])
    }

    /// `constant + Σ coefficient · term`
    pub(crate) fn sum(&mut self, terms: Vec<(Id, Rational)>, constant: Rational) -> Id {
        let mut collected = Sum { terms: Vec::new(), constant };
        for (term, coefficient) in terms {
            self.collect_term(&mut collected, term, &coefficient);
        }
        let Sum { mut terms, constant } = collected;
        self.merge_choices(&mut terms);
        terms.retain(|(_, coefficient)| !coefficient.is_zero());
        terms.sort_by_key(|&(id, _)| id);
        match terms.as_slice() {
            [] => self.number(constant),
            [(term, coefficient)] if coefficient.is_one() && constant.is_zero() => *term,
            _ => self.insert(Node::Sum(Sum { terms, constant })),
        }
    }

    /// Adds `coefficient · term`. Inner sums are merged unless a coefficient would have to be multiplied out: the
    /// factored form is what the author wrote, and shorter. A choice takes its coefficient into its branches.
    fn collect_term(&mut self, into: &mut Sum, term: Id, coefficient: &Rational) {
        match self.node(term).clone() {
            Node::Number(value) => into.constant = &into.constant + &(&value * coefficient),
            Node::Sum(Sum { terms, constant })
                if coefficient.abs().is_one() || (terms.len() == 1 && constant.is_zero()) =>
            {
                into.constant = &into.constant + &(&constant * coefficient);
                for (inner, factor) in terms {
                    // A scaled sum inside stays one term; anything else in here is no sum.
                    add_term(&mut into.terms, inner, &(&factor * coefficient));
                }
            }
            Node::Select(select)
                if !coefficient.is_one() && !coefficient.is_zero() && self.depth(term) <= MOST_DEPTH =>
            {
                let (then, otherwise) =
                    (self.scale(coefficient, select.then), self.scale(coefficient, select.otherwise));
                let scaled = self.select(super::Select { then, otherwise, ..select });
                add_term(&mut into.terms, scaled, &Rational::one());
            }
            _ => add_term(&mut into.terms, term, coefficient),
        }
    }

    /// Terms that choose by the same condition become one choice between sums.
    fn merge_choices(&mut self, terms: &mut Vec<(Id, Rational)>) {
        let mut at = 0;
        while at < terms.len() {
            let Node::Select(first) = *self.node(terms[at].0) else {
                at += 1;
                continue;
            };
            if self.depth(terms[at].0) > MOST_DEPTH {
                at += 1;
                continue;
            }
            let same = |graph: &Graph, id: Id| match graph.node(id) {
                Node::Select(other) => {
                    (other.comparison, other.left, other.right) == (first.comparison, first.left, first.right)
                }
                _ => false,
            };
            let Some(other) = (at + 1..terms.len()).find(|&other| same(self, terms[other].0)) else {
                at += 1;
                continue;
            };
            let Node::Select(second) = *self.node(terms[other].0) else { return };
            let [(_, a), (_, b)] = [terms[at].clone(), terms[other].clone()];
            let mut branch = |x: Id, y: Id| self.sum(vec![(x, a.clone()), (y, b.clone())], Rational::zero());
            let (then, otherwise) =
                (branch(first.then, second.then), branch(first.otherwise, second.otherwise));
            terms.remove(other);
            terms[at] = (self.select(super::Select { then, otherwise, ..first }), Rational::one());
        }
    }

    /// `Π base^exponent`
    pub(crate) fn product(&mut self, factors: Vec<(Id, Rational)>) -> Id {
        let mut collected = Factors { coefficient: Rational::one(), factors: Vec::new(), exponent: None };
        for (base, exponent) in factors {
            self.collect_factor(&mut collected, base, &exponent);
        }
        let Factors { coefficient, factors, exponent } = collected;
        if coefficient.is_zero() {
            return self.integer(0);
        }
        let mut factors = factors;
        if let Some(exponent) = exponent {
            let exponential = self.call(Function::Exp, vec![exponent]);
            match self.node(exponential) {
                Node::Call(Function::Exp, _) => add_term(&mut factors, exponential, &Rational::one()),
                // exp(ln u) or exp(0): whatever it has become is an ordinary factor.
                _ => {
                    factors.push((exponential, Rational::one()));
                    factors.push((self.number(coefficient), Rational::one()));
                    return self.product(factors);
                }
            }
        }
        let (coefficient, factors) = self.fold_roots(coefficient, factors);
        let mut factors = self.merge_signs(factors);
        factors.retain(|(_, exponent)| !exponent.is_zero());
        factors.sort_by_key(|&(id, _)| id);
        if let Some(chosen) = self.put_into_branches(&coefficient, &factors) {
            return chosen;
        }
        let inner = match factors.as_slice() {
            [] => return self.number(coefficient),
            [(base, exponent)] if exponent.is_one() => *base,
            _ => self.insert(Node::Product(Product(factors))),
        };
        self.scale(&coefficient, inner)
    }

    /// Multiplies by `base^exponent`.
    fn collect_factor(&mut self, into: &mut Factors, base: Id, exponent: &Rational) {
        let whole = exponent.to_i32();
        match self.node(base).clone() {
            Node::Number(value) => match whole.and_then(|whole| value.powi(whole)) {
                Some(power) => into.coefficient = &into.coefficient * &power,
                None => add_term(&mut into.factors, base, exponent),
            },
            // (b^e)^exponent, where that is b^(e·exponent) for every real b.
            Node::Product(Product(inner)) if exponent.is_integer() => {
                for (deeper, power) in inner {
                    self.collect_factor(into, deeper, &(&power * exponent));
                }
            }
            Node::Call(Function::Exp, arguments) => {
                if let [argument] = *arguments {
                    let scaled = self.scale(exponent, argument);
                    into.exponent = Some(match into.exponent {
                        Some(sum) => self.add(sum, scaled),
                        None => scaled,
                    });
                }
            }
            Node::Call(Function::Abs, arguments) if exponent.is_even() => {
                if let [argument] = *arguments {
                    self.collect_factor(into, argument, exponent);
                }
            }
            Node::Sum(Sum { terms, constant }) if exponent.is_integer() => {
                let content = self.content(&terms, &constant);
                match content.as_ref().zip(whole).and_then(|(content, whole)| content.powi(whole)) {
                    Some(power) => {
                        into.coefficient = &into.coefficient * &power;
                        let inner =
                            content.and_then(|content| content.reciprocal()).unwrap_or_else(Rational::one);
                        let terms = terms.iter().map(|(id, c)| (*id, c * &inner)).collect();
                        let primitive = self.sum(terms, &constant * &inner);
                        match self.node(primitive) {
                            Node::Sum(_) => add_term(&mut into.factors, primitive, exponent),
                            _ => self.collect_factor(into, primitive, exponent),
                        }
                    }
                    None => add_term(&mut into.factors, base, exponent),
                }
            }
            _ => add_term(&mut into.factors, base, exponent),
        }
    }

    /// What to take out of a sum that is a factor: the coefficient of a scaled node; of a longer sum, whatever leaves
    /// small whole numbers (`x/6 + 1/2` is `(x + 3)/6`), unless it has them already.
    fn content(&self, terms: &[(Id, Rational)], constant: &Rational) -> Option<Rational> {
        if let ([(_, coefficient)], true) = (terms, constant.is_zero()) {
            return Some(coefficient.clone());
        }
        let all = || terms.iter().map(|(_, coefficient)| coefficient).chain([constant]);
        let content = Rational::content(all())?;
        let inverse = content.reciprocal()?;
        let nicer = !content.is_one() && all().all(|coefficient| (coefficient * &inverse).is_small_integer());
        nicer.then_some(content)
    }

    /// A factor that chooses between numbers, such as `if x > 0 { 1 } else { 0 }`, takes the other factors into its
    /// branches: 0 stays 0, and nothing is multiplied by a factor that does not count.
    fn put_into_branches(&mut self, coefficient: &Rational, factors: &[(Id, Rational)]) -> Option<Id> {
        let mut found = None;
        for (at, (base, exponent)) in factors.iter().enumerate() {
            if let Node::Select(select) = self.node(*base)
                && exponent.is_positive()
                && exponent.is_integer()
                && (self.is_zero(select.then) || self.is_zero(select.otherwise))
            {
                found = Some((at, *select, exponent.clone()));
                break;
            }
        }
        let (at, select, exponent) = found?;
        let mut others = factors.to_vec();
        others.remove(at);
        let rest = self.product(others);
        let mut branch = |branch: Id| {
            let power = self.raise(branch, &exponent);
            let product = self.multiply(power, rest);
            self.scale(coefficient, product)
        };
        let (then, otherwise) = (branch(select.then), branch(select.otherwise));
        Some(self.select(super::Select { then, otherwise, ..select }))
    }

    /// `sign(u)·|u|` is u.
    fn merge_signs(&mut self, mut factors: Vec<(Id, Rational)>) -> Vec<(Id, Rational)> {
        for at in 0..factors.len() {
            let Node::Call(Function::Sign, arguments) = self.node(factors[at].0).clone() else { continue };
            let [argument] = *arguments else { continue };
            let size = self.call(Function::Abs, vec![argument]);
            if size == argument || !factors[at].1.is_one() {
                continue;
            }
            if let Some(other) = factors.iter().position(|&(base, ref e)| base == size && e.is_one()) {
                factors[at] = (argument, Rational::one());
                factors[other].1 = Rational::zero();
            } else if let Some(other) =
                factors.iter().position(|&(base, ref e)| base == argument && e.is_one())
            {
                factors[at] = (size, Rational::one());
                factors[other].1 = Rational::zero();
            }
        }
        factors
    }
}

/// A product while it is being collected: `coefficient · exp(exponent) · Π base^exponent`.
struct Factors {
    coefficient: Rational,
    factors: Vec<(Id, Rational)>,
    exponent: Option<Id>,
}

pub(super) fn add_term(terms: &mut Vec<(Id, Rational)>, id: Id, amount: &Rational) {
    match terms.iter_mut().find(|(other, _)| *other == id) {
        Some((_, sum)) => *sum = &*sum + amount,
        None => terms.push((id, amount.clone())),
    }
}
