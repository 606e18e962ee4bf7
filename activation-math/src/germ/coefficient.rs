//! A coefficient and how far it may be off.
//!
//! Whether two terms cancel decides a limit, so a coefficient has 256 bits and carries a bound of its rounding error.
//! Sums and products are exact as long as no bit is lost. What is left of a cancellation is zero where rounding explains it
//! and the summands were precise enough for this to be no coincidence; a number where it stands far above the error; and
//! unclear otherwise.

use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Neg};

use crate::long::bounds;
use crate::tracked::Approximate;
use crate::{Long, Magnitude, Real, Size};

/// At or below this many times its error, a coefficient is taken for zero.
const ZERO_BELOW: f64 = 64.0;

/// The error of a sum, relative to its summands, up to which a coincidence of their values is none.
const PRECISE: f64 = 1e-30;

/// The relative error up to which a coefficient may become an exponent, where no error is kept.
const PRECISE_EXPONENT: f64 = 1e-30;

/// The relative error up to which a coefficient is good enough to be a result.
const PRECISE_RESULT: f64 = 1e-16;

/// From this many times its error on, a coefficient is certainly not zero.
const CLEAR_ABOVE: f64 = 65_536.0;

/// What is nearer than this to a whole number is one, if nothing but the function of an exact number has been rounded.
const FUNCTION: f64 = bounds::ERFC;

/// A number with a bound of its absolute error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coefficient {
    pub(super) value: Long,
    pub(super) error: Magnitude,
}

/// What the error leaves of a coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing: it is what cancellation left of zero.
    Zero,
    /// It may be zero or not.
    Unclear,
    /// Its sign and size are known.
    Clear,
    /// It is not known at all.
    Lost,
}

impl Coefficient {
    pub(super) const ZERO: Coefficient = Coefficient::exact(Long::ZERO);
    pub(super) const ONE: Coefficient = Coefficient::exact(Long::ONE);

    pub(super) const fn exact(value: Long) -> Coefficient {
        Coefficient { value, error: Magnitude::ZERO }
    }

    /// A constant of a formula, a double.
    pub(super) fn literal(value: f64) -> Coefficient {
        Coefficient::exact(Long::from_f64(value))
    }

    /// A constant of a formula, of several parts.
    pub(super) fn constant(parts: [f64; 3]) -> Coefficient {
        Coefficient { value: Long::ONE.constant(parts), error: Long::error_of_constant(parts) }
    }

    /// A computed number.
    pub(super) fn rounded(value: Long) -> Coefficient {
        Coefficient { value, error: value.size() * Magnitude::of(FUNCTION) }
    }

    /// `function` of `self`, given its value and the size of its derivative there.
    fn image(self, value: Long, slope: Magnitude) -> Coefficient {
        let image = Coefficient::rounded(value);
        if !self.error.is_zero() {
            return Coefficient { value, error: image.error + self.error * slope };
        }
        // A function maps an exact argument to an exact value here and there: ln 1 = 0, exp 0 = 1, sqrt 4 = 2.
        match image.value.nearest_whole().map(Long::from_whole) {
            Some(whole) if (value - whole).size() <= image.error => Coefficient::exact(whole),
            _ => image,
        }
    }

    pub(super) fn exp(self) -> Coefficient {
        let value = self.value.exp();
        self.image(value, value.size())
    }

    pub(super) fn ln(self) -> Coefficient {
        let slope = Magnitude::of(1.0).over(self.size());
        self.image(self.value.ln(), slope).settled(Magnitude::of(1.0))
    }

    /// A power; lost for a negative base unless the exponent is a whole number.
    pub(super) fn power(self, exponent: Coefficient) -> Coefficient {
        let value = self.value.pow(exponent.value);
        let image = self.image(value, exponent.size() * value.size().over(self.size()));
        let of_exponent = exponent.error * self.value.abs().ln().size() * value.size();
        Coefficient { error: image.error + of_exponent, ..image }
    }

    pub(super) fn size(self) -> Magnitude {
        self.value.size()
    }

    pub(super) fn is_negative(self) -> bool {
        self.value < Long::ZERO
    }

    /// Compared with zero; `None` if it is not known.
    pub(super) fn sign(self) -> Option<Ordering> {
        self.value.partial_cmp(&Long::ZERO)
    }

    /// The value, if it is good enough to be a result.
    pub(super) fn result(self) -> Option<f64> {
        (self.error <= self.size() * Magnitude::of(PRECISE_RESULT)).then_some(self.value.to_f64())
    }

    /// Whether the error may be forgotten.
    pub(super) fn is_precise(self) -> bool {
        self.error <= self.size() * Magnitude::of(PRECISE_EXPONENT)
    }

    /// The double that this is, exactly.
    pub(super) fn as_double(self) -> Option<f64> {
        let value = self.value.to_f64();
        (self.error.is_zero() && Long::from_f64(value) == self.value).then_some(value)
    }

    /// Zero, if this is what remains of summands of the size of `scale` that have cancelled.
    pub(super) fn settled(self, scale: Magnitude) -> Coefficient {
        let cancelled = self.size().is_known()
            && self.size() <= self.error * Magnitude::of(ZERO_BELOW)
            && self.error <= scale * Magnitude::of(PRECISE);
        if cancelled { Coefficient::ZERO } else { self }
    }

    /// Of a coefficient that is [`settled`](Coefficient::settled).
    pub(super) fn verdict(self) -> Verdict {
        let size = self.size();
        if !size.is_known() || !self.error.is_known() {
            Verdict::Lost
        } else if size.is_zero() && self.error.is_zero() {
            Verdict::Zero
        } else if size < self.error * Magnitude::of(CLEAR_ABOVE) {
            Verdict::Unclear
        } else {
            Verdict::Clear
        }
    }
}

impl Neg for Coefficient {
    type Output = Coefficient;

    fn neg(self) -> Coefficient {
        Coefficient { value: -self.value, error: self.error }
    }
}

impl Add for Coefficient {
    type Output = Coefficient;

    fn add(self, other: Coefficient) -> Coefficient {
        let (value, exact) = self.value.sum(other.value);
        let own = if exact { Magnitude::ZERO } else { value.size() * Magnitude::of(bounds::ADD) };
        Coefficient { value, error: self.error + other.error + own }
    }
}

impl Mul for Coefficient {
    type Output = Coefficient;

    fn mul(self, other: Coefficient) -> Coefficient {
        let (value, exact) = self.value.product(other.value);
        let own = if exact { Magnitude::ZERO } else { value.size() * Magnitude::of(bounds::MUL) };
        let inherited = self.size() * other.error + other.size() * self.error + self.error * other.error;
        Coefficient { value, error: inherited + own }
    }
}

impl Div for Coefficient {
    type Output = Coefficient;

    /// By a coefficient whose verdict is `Clear`.
    fn div(self, other: Coefficient) -> Coefficient {
        let value = self.value / other.value;
        let exact = value.product(other.value) == (self.value, true);
        let own = if exact { Magnitude::ZERO } else { value.size() * Magnitude::of(bounds::DIV) };
        let inherited = (self.error + value.size() * other.error).over(other.size());
        Coefficient { value, error: inherited + own }
    }
}
