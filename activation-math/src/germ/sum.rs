//! Sums of terms with a remainder, kept in order and cut off where nothing more is known.

use core::cmp::Ordering;

use super::coefficient::{Coefficient, Verdict};
use super::monomial::Monomial;
use super::{Germ, State, TERMS};
use crate::{Magnitude, Size};

/// One term of a sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) coefficient: Coefficient,
    pub(super) monomial: Monomial,
}

/// What a sum leaves out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rest {
    /// Nothing: the sum is the number.
    Exact,
    /// Something smaller than every monomial.
    Tiny,
    /// Something bounded by a multiple of this monomial.
    Order(Monomial),
}

impl Rest {
    pub(super) fn compare(&self, other: &Rest) -> Ordering {
        match (self, other) {
            (Rest::Order(left), Rest::Order(right)) => left.compare(right),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Rest::Exact => 0,
            Rest::Tiny => 1,
            Rest::Order(_) => 2,
        }
    }

    pub(super) fn max(self, other: Rest) -> Rest {
        if self.compare(&other).is_ge() { self } else { other }
    }

    /// `None` if the product's order is no monomial.
    fn times(self, other: Rest) -> Option<Rest> {
        Some(match (self, other) {
            (Rest::Exact, _) | (_, Rest::Exact) => Rest::Exact,
            (Rest::Tiny, _) | (_, Rest::Tiny) => Rest::Tiny,
            (Rest::Order(left), Rest::Order(right)) => Rest::Order(left.times(&right)?),
        })
    }
}

/// Terms from the fastest-growing one down, all of them above the remainder and clearly not zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    terms: [Term; TERMS],
    count: usize,
    pub(super) rest: Rest,
    /// As many terms are kept.
    pub(super) most: usize,
}

const NO_TERM: Term = Term { coefficient: Coefficient::ZERO, monomial: Monomial::ONE };

impl Sum {
    /// No terms, only what is left out.
    pub(super) const fn only(rest: Rest) -> Sum {
        Sum { terms: [NO_TERM; TERMS], count: 0, rest, most: TERMS }
    }

    pub(super) fn terms(&self) -> &[Term] {
        &self.terms[..self.count]
    }

    /// The term that all others vanish beside.
    pub(super) fn leading(&self) -> Option<Term> {
        self.terms().first().copied()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.count == 0 && matches!(self.rest, Rest::Exact)
    }

    /// A bound of the whole sum.
    pub(super) fn order(&self) -> Rest {
        self.leading().map_or(self.rest, |term| Rest::Order(term.monomial))
    }

    pub(super) fn negated(mut self) -> Sum {
        for term in &mut self.terms {
            term.coefficient = -term.coefficient;
        }
        self
    }

    pub(super) fn plus(&self, other: &Sum) -> Germ {
        let mut builder = Builder::new(self.rest.max(other.rest), self.most.min(other.most));
        for term in self.terms().iter().chain(other.terms()) {
            builder.add(*term);
        }
        builder.finish()
    }

    pub(super) fn times(&self, other: &Sum) -> Germ {
        let rests = (self.order().times(other.rest), self.rest.times(other.order()));
        let (Some(left), Some(right)) = rests else {
            return Germ::UNKNOWN;
        };
        let rest = left.max(right);
        let mut builder = Builder::new(rest, self.most.min(other.most));
        for left in self.terms() {
            for right in other.terms() {
                let Some(monomial) = left.monomial.times(&right.monomial) else {
                    return Germ::UNKNOWN;
                };
                // The ones that follow are smaller still.
                if Rest::Order(monomial).compare(&rest).is_le() {
                    break;
                }
                builder.add(Term { coefficient: left.coefficient * right.coefficient, monomial });
            }
        }
        builder.finish()
    }

    /// Every term divided by `divisor`.
    pub(super) fn over(&self, divisor: &Term) -> Germ {
        let Some(inverse) = divisor.monomial.raised(-1.0) else {
            return Germ::UNKNOWN;
        };
        let Some(rest) = self.rest.times(Rest::Order(inverse)) else {
            return Germ::UNKNOWN;
        };
        let mut builder = Builder::new(rest, self.most);
        for term in self.terms() {
            let Some(monomial) = term.monomial.times(&inverse) else {
                return Germ::UNKNOWN;
            };
            builder.add(Term { coefficient: term.coefficient / divisor.coefficient, monomial });
        }
        builder.finish()
    }

    /// What follows the leading term, relative to it: an infinitesimal.
    pub(super) fn relative_tail(&self, leading: &Term) -> Germ {
        match self.without_leading().0 {
            State::Known(tail) => tail.over(leading),
            _ => Germ::UNKNOWN,
        }
    }

    /// All but the leading term.
    pub(super) fn without_leading(&self) -> Germ {
        let mut tail = Builder::new(self.rest, self.most);
        for term in self.terms().iter().skip(1) {
            tail.add(*term);
        }
        tail.finish()
    }
}

/// As many terms are collected: those that stay, and what cancels before them.
const MOST: usize = 4 * TERMS;

/// Collects terms in any order.
pub(super) struct Builder {
    /// Of each term, the size of the largest summand.
    scales: [Magnitude; MOST],
    terms: [Term; MOST],
    count: usize,
    rest: Rest,
    most: usize,
}

impl Builder {
    /// Of a sum that leaves out `rest`, and keeps at `most` so many terms.
    pub(super) fn new(rest: Rest, most: usize) -> Builder {
        Builder { scales: [Magnitude::ZERO; MOST], terms: [NO_TERM; MOST], count: 0, rest, most }
    }

    pub(super) fn add(&mut self, term: Term) {
        let mut place = self.count;
        let size = term.coefficient.size();
        for (index, known) in self.terms[..self.count].iter_mut().enumerate() {
            match term.monomial.compare(&known.monomial) {
                Ordering::Less => {}
                Ordering::Equal => {
                    known.coefficient = known.coefficient + term.coefficient;
                    self.scales[index] = self.scales[index].or(size);
                    return;
                }
                Ordering::Greater => {
                    place = index;
                    break;
                }
            }
        }
        if self.count == MOST {
            // The smallest one is left out.
            self.count -= 1;
            let left_out = if place > self.count { term } else { self.terms[self.count] };
            self.rest = self.rest.max(Rest::Order(left_out.monomial));
            if place > self.count {
                self.count += 1;
                return;
            }
        }
        self.terms[place..=self.count].rotate_right(1);
        self.terms[place] = term;
        self.scales[place..=self.count].rotate_right(1);
        self.scales[place] = size;
        self.count += 1;
    }

    pub(super) fn finish(self) -> Germ {
        let mut sum = Sum { most: self.most, ..Sum::only(self.rest) };
        for (term, scale) in self.terms[..self.count].iter().zip(self.scales) {
            let order = Rest::Order(term.monomial);
            if order.compare(&sum.rest).is_le() {
                break;
            }
            let coefficient = term.coefficient.settled(scale);
            match coefficient.verdict() {
                Verdict::Lost => return Germ::UNKNOWN,
                Verdict::Zero => {}
                Verdict::Clear if sum.count < self.most => {
                    sum.terms[sum.count] = *term;
                    sum.count += 1;
                }
                Verdict::Clear | Verdict::Unclear => {
                    sum.rest = order;
                    break;
                }
            }
        }
        Germ(State::Known(sum))
    }
}
