//! An expansion evaluated where it is good enough: series beside a point, asymptotics far out.

use super::monomial::Monomial;
use super::sum::{Rest, Term};
use super::{Germ, State};
use crate::{Extended, Real};

/// The constant of a remainder is not known. It is taken for this many times what the coefficients suggest.
const RESERVE: f64 = 1024.0;

/// Exponents are kept to within this much of their size.
const EXPONENT_ERROR: f64 = 1e-13;

/// exp(-exp(t)) is nothing beside any result from here on.
const TINY_BEYOND: f64 = 64.0;

impl Germ {
    /// The value at `t` and an estimate of its error; `None` where nothing is known.
    ///
    /// The remainder is estimated from the first monomial that was left out and from how fast the coefficients grow.
    pub(crate) fn value_at(&self, t: Extended) -> Option<(Extended, Extended)> {
        let State::Known(sum) = &self.0 else { return None };
        let logarithm = t.ln();
        let at = |monomial: &Monomial| {
            let mut exponent = Extended::from_f64(monomial.power()) * logarithm;
            let mut doubt = 0.0;
            for part in monomial.parts() {
                let size = t.pow(t.literal(part.power)) * logarithm.pow(t.literal(part.log));
                let term = t.literal(part.factor) * size;
                doubt += EXPONENT_ERROR * term.abs().to_f64();
                exponent = exponent + term;
            }
            let mut value = exponent.exp();
            if monomial.log() != 0.0 {
                value = value * logarithm.pow(t.literal(monomial.log()));
            }
            (value, doubt)
        };
        let (mut total, mut error) = (t.literal(0.0), t.literal(0.0));
        let (mut largest, mut growth) = (0.0_f64, 1.0_f64);
        for Term { coefficient, monomial } in sum.terms() {
            let (value, doubt) = at(monomial);
            total = total + t.literal(coefficient.value) * value;
            let off = t.literal(coefficient.error + doubt * coefficient.value.abs());
            error = error + off * value.abs();
            if largest > 0.0 {
                growth = growth.max(coefficient.value.abs() / largest);
            }
            largest = largest.max(coefficient.value.abs());
        }
        match &sum.rest {
            Rest::Exact => {}
            Rest::Order(monomial) => {
                error = error + at(monomial).0.abs() * t.literal(RESERVE * largest.max(1.0) * growth);
            }
            // Below every monomial in the end, but when?
            Rest::Tiny if t.less(t.literal(TINY_BEYOND)) => return None,
            Rest::Tiny => {}
        }
        Some((total, error))
    }
}
