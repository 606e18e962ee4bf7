//! An expansion evaluated where it is good enough: series beside a point, asymptotics far out.

use super::monomial::Monomial;
use super::sum::{Rest, Term};
use super::{Germ, State};
use crate::tracked::Approximate;
use crate::{Extended, Magnitude, Real, Size};

/// The constant of a remainder is not known. It is taken for this many times what the coefficients suggest.
const RESERVE: f64 = 1024.0;

/// Exponents and factors in exponents that are no doubles are kept to within this much of their size.
const EXPONENT_ERROR: f64 = 2e-16;

/// How far powers and exponentials in double-double may be off, with a large reserve: relatively, and by the argument.
const ROUNDING: f64 = 1e-26;

/// exp(-exp(t)) is nothing beside any result from here on.
const TINY_BEYOND: f64 = 64.0;

impl Germ {
    /// The value at `t` and an estimate of its error; `None` where nothing is known.
    ///
    /// The remainder is estimated from the first monomial that was left out and from how fast the coefficients grow.
    pub(crate) fn value_at(&self, t: Extended) -> Option<(Extended, Magnitude)> {
        let State::Known(sum) = &self.0 else { return None };
        let logarithm = t.ln();
        let at = |monomial: &Monomial| {
            let mut exponent = t.literal(monomial.power()) * logarithm;
            let inexact = if monomial.is_short() { 0.0 } else { EXPONENT_ERROR };
            let mut doubt = (inexact + ROUNDING) * exponent.abs().to_f64();
            for part in monomial.parts() {
                let size = t.pow(t.literal(part.power)) * logarithm.pow(t.literal(part.log));
                let term = t.literal(part.factor) * size;
                let inexact = if part.exact { 0.0 } else { EXPONENT_ERROR };
                doubt += (inexact + ROUNDING) * term.abs().to_f64();
                exponent = exponent + term;
            }
            let mut value = exponent.exp();
            if monomial.log() != 0.0 {
                value = value * logarithm.pow(t.literal(monomial.log()));
            }
            (value, Magnitude::of(doubt + ROUNDING))
        };
        let (mut total, mut error) = (t.literal(0.0), Magnitude::ZERO);
        let (mut largest, mut growth) = (Magnitude::ZERO, Magnitude::of(1.0));
        for Term { coefficient, monomial } in sum.terms() {
            let (value, doubt) = at(monomial);
            total = total + coefficient.value.to_extended() * value;
            error = error + (coefficient.error + doubt * coefficient.size()) * value.size();
            if !largest.is_zero() {
                growth = growth.or(coefficient.size().over(largest));
            }
            largest = largest.or(coefficient.size());
        }
        match &sum.rest {
            Rest::Exact => {}
            Rest::Order(monomial) => {
                let reserve = Magnitude::of(RESERVE) * largest.or(Magnitude::of(1.0)) * growth;
                error = error + at(monomial).0.size() * reserve;
            }
            // Below every monomial in the end, but when?
            Rest::Tiny if t.less(t.literal(TINY_BEYOND)) => return None,
            Rest::Tiny => {}
        }
        Some((total, error))
    }
}
