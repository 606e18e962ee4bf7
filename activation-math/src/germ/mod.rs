//! The behaviour of a formula towards infinity, or towards a point.
//!
//! A formula evaluated on a [`Germ`] instead of a number gives its asymptotic expansion: a sum of a few terms
//! `c · t^p (ln t)^q exp(k₁ t^r₁ (ln t)^s₁ + …)` for t → +∞, and a bound of what the sum leaves out (a truncated
//! transseries). With x = ±t this is the behaviour at infinity; with x = a ± 1/t it is the one-sided Laurent expansion
//! at a. The limit is read off the leading term.
//!
//! Everything errs towards not knowing. A sum ends where a coefficient can no longer be told from rounding; growth
//! that has no place on the scale of monomials is either above all of it, or unknown.

mod arithmetic;
mod coefficient;
mod functions;
mod monomial;
mod powers;
mod sum;
mod taylor;
mod value;

use core::cmp::Ordering;

use coefficient::Coefficient;
use monomial::Monomial;
use sum::{Builder, Rest, Sum, Term};

/// The longest sum.
const TERMS: usize = 12;

/// As long a sum as most limits need.
const FEW_TERMS: usize = 4;

/// How an expression behaves as t → +∞: a few leading terms and a bound of the remainder.
///
/// ```
/// use activation_math::{Germ, Real};
///
/// let x = Germ::at_infinity(true);
/// assert_eq!((x * x.exp()).limit(), Some(0.0));
/// assert_eq!(x.sin().limit(), None);
///
/// let x = Germ::at_point(0.0, false);
/// assert_eq!((x.sin() / x).limit(), Some(1.0));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Germ(State);

#[derive(Clone, Copy, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is no allocator here, and the path is a cold one")]
enum State {
    /// A sum of terms and a remainder.
    Known(Sum),
    /// It outgrows every monomial, in the direction of its sign.
    Huge { negative: bool },
    /// Nothing is known; it may even be undefined.
    Unknown,
}

/// Where a germ is going, as far as a function's choice of expansion needs it.
#[expect(clippy::large_enum_variant, reason = "as for `State`")]
enum Trend {
    /// To a number, along `number + tail`.
    Finite(Coefficient, Germ),
    Infinite {
        negative: bool,
    },
    /// It stays within bounds.
    Bounded,
    /// It is a number for each t, and that is all.
    Loose,
    Unknown,
}

impl Germ {
    const UNKNOWN: Germ = Germ(State::Unknown);
    const ZERO: Germ = Germ::of(Rest::Exact);
    /// Smaller than every monomial.
    const TINY: Germ = Germ::of(Rest::Tiny);
    /// Within some bounds.
    const BOUNDED: Germ = Germ::of(Rest::Order(Monomial::ONE));

    /// x = +t, or -t if `negative`, where t → +∞.
    pub fn at_infinity(negative: bool) -> Germ {
        let sign = if negative { -Coefficient::ONE } else { Coefficient::ONE };
        Germ::term(sign, Monomial::power_and_log(1.0, 0.0))
    }

    /// x = `point` + 1/t, or `point` - 1/t if it comes `from_left`, where t → +∞.
    ///
    /// A point that is infinite is meant as [`at_infinity`](Germ::at_infinity); for NaN nothing is known.
    pub fn at_point(point: f64, from_left: bool) -> Germ {
        if point.is_infinite() {
            return Germ::at_infinity(point < 0.0);
        }
        let sign = if from_left { -Coefficient::ONE } else { Coefficient::ONE };
        Germ::constant(Coefficient::literal(point)) + Germ::term(sign, Monomial::power_and_log(-1.0, 0.0))
    }

    /// The same, of which a few terms are kept in everything that is computed with it. A limit found with it is the limit; where
    /// it is not known, more terms may say it.
    #[must_use]
    pub fn in_brief(self) -> Germ {
        match self.0 {
            State::Known(mut sum) => {
                sum.most = FEW_TERMS;
                Germ(State::Known(sum))
            }
            _ => self,
        }
    }

    /// The limit for t → +∞, which may be infinite; `None` if there is none, or if it is not known.
    pub fn limit(&self) -> Option<f64> {
        match &self.0 {
            State::Known(sum) => match sum.leading() {
                Some(Term { coefficient, monomial }) => match monomial.trend() {
                    Ordering::Greater if coefficient.is_negative() => Some(f64::NEG_INFINITY),
                    Ordering::Greater => Some(f64::INFINITY),
                    Ordering::Equal => coefficient.result(),
                    Ordering::Less => Some(0.0),
                },
                None => match sum.rest {
                    Rest::Exact | Rest::Tiny => Some(0.0),
                    Rest::Order(monomial) => monomial.trend().is_lt().then_some(0.0),
                },
            },
            State::Huge { negative: false } => Some(f64::INFINITY),
            State::Huge { negative: true } => Some(f64::NEG_INFINITY),
            State::Unknown => None,
        }
    }

    /// The germ without its leading term, if that is known.
    #[must_use]
    pub fn without_leading(&self) -> Germ {
        match &self.0 {
            State::Known(sum) if sum.leading().is_some() => sum.without_leading(),
            _ => *self,
        }
    }

    const fn of(rest: Rest) -> Germ {
        Germ(State::Known(Sum::only(rest)))
    }

    fn huge(negative: bool) -> Germ {
        Germ(State::Huge { negative })
    }

    fn term(coefficient: Coefficient, monomial: Monomial) -> Germ {
        let mut builder = Builder::new(Rest::Exact, TERMS);
        builder.add(Term { coefficient, monomial });
        builder.finish()
    }

    fn constant(value: Coefficient) -> Germ {
        Germ::term(value, Monomial::ONE)
    }

    /// How many terms are kept of what is computed with it.
    fn most_terms(&self) -> usize {
        match &self.0 {
            State::Known(sum) => sum.most,
            _ => TERMS,
        }
    }

    fn is_unknown(&self) -> bool {
        matches!(self.0, State::Unknown)
    }

    /// The sign for all t beyond some point: `Greater` for a positive one, `None` if it is not known.
    pub fn sign_at_last(&self) -> Option<Ordering> {
        match &self.0 {
            State::Known(sum) if sum.is_zero() => Some(Ordering::Equal),
            State::Known(sum) => sum.leading()?.coefficient.sign(),
            State::Huge { negative } => Some(if *negative { Ordering::Less } else { Ordering::Greater }),
            State::Unknown => None,
        }
    }

    /// The value, if it is the same for every t and precisely known.
    fn as_constant(&self) -> Option<Coefficient> {
        match &self.0 {
            State::Known(sum) if sum.is_zero() => Some(Coefficient::ZERO),
            State::Known(sum) if matches!(sum.rest, Rest::Exact) => match sum.terms() {
                [Term { coefficient, monomial }] if monomial.trend().is_eq() && coefficient.is_precise() => {
                    Some(*coefficient)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn trend(&self) -> Trend {
        let sum = match &self.0 {
            State::Known(sum) => sum,
            State::Huge { negative } => return Trend::Infinite { negative: *negative },
            State::Unknown => return Trend::Unknown,
        };
        let Some(leading) = sum.leading() else {
            return match sum.rest {
                Rest::Exact | Rest::Tiny => Trend::Finite(Coefficient::ZERO, *self),
                Rest::Order(monomial) => match monomial.trend() {
                    Ordering::Less => Trend::Finite(Coefficient::ZERO, *self),
                    Ordering::Equal => Trend::Bounded,
                    Ordering::Greater => Trend::Loose,
                },
            };
        };
        match leading.monomial.trend() {
            Ordering::Greater => Trend::Infinite { negative: leading.coefficient.is_negative() },
            Ordering::Equal => Trend::Finite(leading.coefficient, sum.without_leading()),
            Ordering::Less => Trend::Finite(Coefficient::ZERO, *self),
        }
    }
}
