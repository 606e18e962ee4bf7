//! A coefficient and how far it may be off.
//!
//! Whether two terms cancel decides a limit, so a coefficient carries a bound of its rounding error. Small whole and
//! dyadic numbers are exact, and so are their sums and products as long as no bit is lost. What is left of a
//! cancellation is zero where rounding explains it and the summands were precise enough for this to be no coincidence;
//! a number where it stands far above the error; and unclear otherwise.

use core::ops::{Add, Div, Mul, Neg};

/// At or below this many times its error, a coefficient is taken for zero.
const ZERO_BELOW: f64 = 64.0;

/// The error of a sum, relative to its summands, up to which a coincidence of their values is none.
const PRECISE: f64 = 1e-11;

/// The relative error up to which a coefficient may become an exponent, where no error is kept.
const PRECISE_EXPONENT: f64 = 2e-14;

/// The relative error up to which a coefficient is good enough to be a result.
const PRECISE_RESULT: f64 = 1e-9;

/// From this many times its error on, a coefficient is certainly not zero.
const CLEAR_ABOVE: f64 = 65_536.0;

/// A number with a bound of its absolute error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coefficient {
    pub(super) value: f64,
    pub(super) error: f64,
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
    /// It has left the range of `f64`.
    Lost,
}

impl Coefficient {
    pub(super) const ZERO: Coefficient = Coefficient { value: 0.0, error: 0.0 };
    pub(super) const ONE: Coefficient = Coefficient { value: 1.0, error: 0.0 };

    /// A constant of a formula: exact if it is a multiple of 2^-20, else a rounded decimal.
    pub(super) fn literal(value: f64) -> Coefficient {
        let grains = value * 1_048_576.0;
        if grains.abs() < 9e15 && libm::trunc(grains) == grains {
            Coefficient { value, error: 0.0 }
        } else {
            Coefficient::rounded(value)
        }
    }

    /// A computed number, off by up to an ulp.
    pub(super) fn rounded(value: f64) -> Coefficient {
        Coefficient { value, error: f64::EPSILON * value.abs() }
    }

    /// `function` of `self`, given its value and the size of its derivative there.
    fn image(self, value: f64, slope: f64) -> Coefficient {
        // A function maps an exact argument to an exact value here and there: ln 1 = 0, exp 0 = 1, sqrt 4 = 2.
        let exact = self.error == 0.0 && value.abs() < 1e6 && libm::trunc(value) == value;
        let own = if exact { 0.0 } else { f64::EPSILON * value.abs() };
        Coefficient { value, error: own + self.error * slope.abs() }
    }

    pub(super) fn exp(self) -> Coefficient {
        let value = not_zero(libm::exp(self.value));
        self.image(value, value)
    }

    pub(super) fn ln(self) -> Coefficient {
        self.image(libm::log(self.value), 1.0 / self.value).settled(1.0)
    }

    /// A power with a constant exponent; NaN for a negative base unless the exponent is a whole number.
    pub(super) fn power(self, exponent: f64) -> Coefficient {
        let value = not_zero(libm::pow(self.value, exponent));
        let image = self.image(value, exponent * value / self.value);
        // Unless base and result are whole, the exponent is taken for a rounded number too.
        let of_exponent =
            if image.error == 0.0 { 0.0 } else { exponent * libm::log(self.value.abs()) * value };
        Coefficient { error: image.error + f64::EPSILON * of_exponent.abs(), ..image }
    }

    /// The value, if it is good enough to be a result.
    pub(super) fn result(self) -> Option<f64> {
        (self.error <= PRECISE_RESULT * self.value.abs()).then_some(self.value)
    }

    /// Whether the error may be forgotten.
    pub(super) fn is_precise(self) -> bool {
        self.error <= PRECISE_EXPONENT * self.value.abs()
    }

    /// Zero, if this is what remains of summands of the size of `scale` that have cancelled.
    pub(super) fn settled(self, scale: f64) -> Coefficient {
        let cancelled = self.value.abs() <= ZERO_BELOW * self.error && self.error <= PRECISE * scale;
        if cancelled { Coefficient::ZERO } else { self }
    }

    /// Of a coefficient that is [`settled`](Coefficient::settled).
    pub(super) fn verdict(self) -> Verdict {
        let size = self.value.abs();
        if !size.is_finite() || !self.error.is_finite() {
            Verdict::Lost
        } else if size == 0.0 && self.error == 0.0 {
            Verdict::Zero
        } else if size < CLEAR_ABOVE * self.error {
            Verdict::Unclear
        } else {
            Verdict::Clear
        }
    }
}

/// A result that cannot be zero: NaN where it has underflowed, and further products would be wrong or vanish.
fn not_zero(value: f64) -> f64 {
    if value.is_normal() { value } else { f64::NAN }
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
        let value = self.value + other.value;
        // Knuth's two-sum: what rounding has taken off.
        let shadow = value - self.value;
        let lost = (self.value - (value - shadow)) + (other.value - shadow);
        Coefficient { value, error: self.error + other.error + lost.abs() }
    }
}

impl Mul for Coefficient {
    type Output = Coefficient;

    fn mul(self, other: Coefficient) -> Coefficient {
        let value = self.value * other.value;
        let value = if self.value != 0.0 && other.value != 0.0 { not_zero(value) } else { value };
        let lost = libm::fma(self.value, other.value, -value).abs();
        let inherited = self.value.abs() * other.error + other.value.abs() * self.error;
        Coefficient { value, error: inherited + self.error * other.error + lost }
    }
}

impl Div for Coefficient {
    type Output = Coefficient;

    /// By a coefficient whose verdict is `Clear`.
    fn div(self, other: Coefficient) -> Coefficient {
        let value = self.value / other.value;
        let value = if self.value != 0.0 { not_zero(value) } else { value };
        let lost = (libm::fma(value, other.value, -self.value) / other.value).abs();
        let inherited = (self.error + value.abs() * other.error) / other.value.abs();
        Coefficient { value, error: inherited + lost }
    }
}
