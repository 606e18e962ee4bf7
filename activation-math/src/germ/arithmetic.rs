//! The four operations, and choices.

use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::coefficient::Coefficient;
use super::sum::Sum;
use super::taylor;
use super::{Germ, State};

impl Neg for Germ {
    type Output = Germ;

    fn neg(self) -> Germ {
        match self.0 {
            State::Known(sum) => Germ(State::Known(sum.negated())),
            State::Huge { negative } => Germ::huge(!negative),
            State::Unknown => self,
        }
    }
}

impl Add for Germ {
    type Output = Germ;

    fn add(self, other: Germ) -> Germ {
        match (&self.0, &other.0) {
            (State::Unknown, _) | (_, State::Unknown) => Germ::UNKNOWN,
            (State::Known(left), State::Known(right)) => left.plus(right),
            (State::Huge { negative: left }, State::Huge { negative: right }) if left != right => {
                Germ::UNKNOWN
            }
            (State::Huge { .. }, _) => self,
            (_, State::Huge { .. }) => other,
        }
    }
}

impl Sub for Germ {
    type Output = Germ;

    fn sub(self, other: Germ) -> Germ {
        self + -other
    }
}

impl Mul for Germ {
    type Output = Germ;

    fn mul(self, other: Germ) -> Germ {
        if let (State::Known(left), State::Known(right)) = (&self.0, &other.0) {
            return left.times(right);
        }
        // A monomial does not stop a huge factor; an exact zero does; anything less clear leaves all open.
        match (self.sign_at_last(), other.sign_at_last()) {
            (Some(left), Some(right)) if left.is_eq() || right.is_eq() => Germ::ZERO,
            (Some(left), Some(right)) => Germ::huge(left != right),
            _ => Germ::UNKNOWN,
        }
    }
}

impl Div for Germ {
    type Output = Germ;

    fn div(self, other: Germ) -> Germ {
        match (&self.0, &other.0) {
            (State::Known(left), State::Known(right)) => {
                let Some(leading) = right.leading() else {
                    return Germ::UNKNOWN;
                };
                let tail = right.relative_tail(&leading);
                left.over(&leading) * taylor::compose(taylor::reciprocal, Coefficient::ZERO, tail)
            }
            (State::Known(left), State::Huge { .. }) => {
                if left.is_zero() {
                    Germ::ZERO
                } else {
                    Germ::TINY
                }
            }
            (State::Huge { negative }, State::Known(_)) => match other.sign_at_last() {
                Some(Ordering::Greater) => Germ::huge(*negative),
                Some(Ordering::Less) => Germ::huge(!negative),
                _ => Germ::UNKNOWN,
            },
            _ => Germ::UNKNOWN,
        }
    }
}

impl Germ {
    /// What holds of both: their common leading terms, and a remainder that covers the difference.
    pub(super) fn either(self, other: Germ) -> Germ {
        if let (State::Huge { negative: left }, State::Huge { negative: right }) = (&self.0, &other.0) {
            return if left == right { self } else { Germ::UNKNOWN };
        }
        match ((self - other).0, self.0) {
            (State::Known(difference), State::Known(sum)) => sum.plus(&Sum::only(difference.order())),
            _ => Germ::UNKNOWN,
        }
    }

    /// The larger one from some t on.
    pub(super) fn larger(self, other: Germ) -> Germ {
        match (self - other).sign_at_last() {
            Some(Ordering::Less) => other,
            Some(_) => self,
            None => self.either(other),
        }
    }

    /// Its sign from some t on.
    pub(super) fn signum(self) -> Germ {
        match self.sign_at_last() {
            Some(Ordering::Greater) => Germ::constant(Coefficient::ONE),
            Some(Ordering::Equal) => Germ::ZERO,
            Some(Ordering::Less) => Germ::constant(-Coefficient::ONE),
            None if self.is_unknown() => self,
            None => Germ::BOUNDED,
        }
    }

    /// Its size from some t on.
    pub(super) fn size(self) -> Germ {
        match (self.sign_at_last(), self.0) {
            (Some(Ordering::Less), _) => -self,
            // A remainder bounds the size as well as the value.
            _ => self,
        }
    }
}
