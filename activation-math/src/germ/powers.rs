//! Exponential, logarithm and powers: the functions that move between the levels of the scale.

use core::cmp::Ordering;

use super::coefficient::Coefficient;
use super::monomial::Monomial;
use super::sum::{Builder, Rest, Sum, Term};
use super::taylor;
use super::{Germ, State};
use crate::Long;

/// ln ln t has no place on the scale; it is below any power of ln t, such as this one.
const ABOVE_LOG_LOG: f64 = 0.125;

impl Germ {
    /// The growing terms of the argument become a monomial, its constant a factor, and the rest a Taylor series.
    pub(super) fn exponential(self) -> Germ {
        let sum = match &self.0 {
            State::Known(sum) => sum,
            State::Huge { negative } => return if *negative { Germ::TINY } else { self },
            State::Unknown => return self,
        };
        if let Some(leading) = sum.leading()
            && leading.monomial.is_exponential()
        {
            return if leading.coefficient.is_negative() { Germ::TINY } else { Germ::huge(false) };
        }
        let mut monomial = Monomial::ONE;
        let mut factor = Coefficient::ONE;
        let rest_trend = match &sum.rest {
            Rest::Order(rest) => rest.trend(),
            _ => Ordering::Less,
        };
        let mut tail = Builder::new(sum.rest, sum.most);
        for term in sum.terms() {
            match term.monomial.trend() {
                Ordering::Greater => {
                    let grown = term.monomial.exponential(term.coefficient);
                    match grown.and_then(|grown| monomial.times(&grown)) {
                        Some(product) => monomial = product,
                        None => return bound_of_exponential(sum),
                    }
                }
                Ordering::Equal => factor = term.coefficient.exp(),
                Ordering::Less => tail.add(*term),
            }
        }
        match rest_trend {
            Ordering::Greater => bound_of_exponential(sum),
            Ordering::Equal => Germ::of(Rest::Order(monomial)),
            Ordering::Less => {
                Germ::term(factor, monomial) * taylor::compose(taylor::exp, Coefficient::ZERO, tail.finish())
            }
        }
    }

    /// `ln(c t^p (ln t)^q exp(E) (1 + h)) = ln c + p ln t + q ln ln t + E + ln(1 + h)`.
    pub(super) fn logarithm(self) -> Germ {
        let State::Known(sum) = &self.0 else {
            return Germ::UNKNOWN;
        };
        let Some(leading) = sum.leading() else {
            return Germ::UNKNOWN;
        };
        let Term { coefficient, monomial } = leading;
        if coefficient.is_negative() {
            return Germ::UNKNOWN;
        }
        let log_log = Monomial::power_and_log(0.0, ABOVE_LOG_LOG);
        let rest = if monomial.log() == 0.0 { Rest::Exact } else { Rest::Order(log_log) };
        let mut head = Builder::new(rest, sum.most);
        head.add(Term { coefficient: coefficient.ln(), monomial: Monomial::ONE });
        head.add(Term {
            coefficient: Coefficient::literal(monomial.power()),
            monomial: Monomial::power_and_log(0.0, 1.0),
        });
        for part in monomial.parts() {
            head.add(Term {
                coefficient: Coefficient::literal(part.factor),
                monomial: Monomial::power_and_log(part.power, part.log),
            });
        }
        let tail = sum.relative_tail(&leading);
        head.finish() + taylor::compose(|most| taylor::log1p(Long::ZERO, most), Coefficient::ZERO, tail)
    }

    /// `self` to a constant power: `c^a m^a (1 + h)^a`.
    pub(super) fn to_the(self, exponent: Coefficient) -> Germ {
        let Some(sign) = exponent.sign() else { return Germ::UNKNOWN };
        if sign.is_eq() {
            return Germ::constant(Coefficient::ONE);
        }
        let sum = match &self.0 {
            State::Known(sum) => sum,
            State::Huge { negative: false } if sign.is_gt() => return self,
            State::Huge { negative: false } => return Germ::TINY,
            _ => return Germ::UNKNOWN,
        };
        if sum.is_zero() {
            return if sign.is_gt() { self } else { Germ::UNKNOWN };
        }
        let Some(leading) = sum.leading() else {
            return Germ::UNKNOWN;
        };
        let Some(monomial) = leading.monomial.raised(exponent.value.to_f64()) else {
            return Germ::UNKNOWN;
        };
        let tail = sum.relative_tail(&leading);
        Germ::term(leading.coefficient.power(exponent), monomial)
            * taylor::compose(|most| taylor::binomial(exponent.value, most), Coefficient::ZERO, tail)
    }

    /// The cube root, which negative numbers have too.
    pub(super) fn cube_root(self) -> Germ {
        let third = Coefficient::ONE / Coefficient::literal(3.0);
        match self.sign_at_last() {
            Some(Ordering::Less) => -(-self).to_the(third),
            Some(_) => self.to_the(third),
            None => match self.0 {
                State::Known(Sum { rest: Rest::Tiny, .. }) => self,
                State::Known(Sum { rest: Rest::Order(monomial), .. }) => monomial
                    .raised(third.value.to_f64())
                    .map_or(Germ::UNKNOWN, |root| Germ::of(Rest::Order(root))),
                _ => Germ::UNKNOWN,
            },
        }
    }
}

/// A bound of `exp(sum)` where the exponential itself is no monomial.
///
/// If the leading term c m tends to -∞, the sum is below c m / 2 from some t on.
fn bound_of_exponential(sum: &Sum) -> Germ {
    let Some(leading) = sum.leading().filter(|term| term.coefficient.is_negative()) else {
        return Germ::UNKNOWN;
    };
    let half = Coefficient { value: leading.coefficient.value.scaled(-1), ..leading.coefficient };
    leading.monomial.exponential(half).map_or(Germ::BOUNDED, |bound| Germ::of(Rest::Order(bound)))
}
