//! [`Real`] for germs.
//!
//! A function of an argument with a finite limit is composed from its Taylor series there. Towards ±∞ it is an
//! identity in exponentials and logarithms, written so that the leading behaviour does not cancel.

use super::coefficient::Coefficient;
use super::taylor::{self, Series};
use super::{Germ, Trend};
use crate::{Long, Real};

/// How a function continues an argument of which only bounds are known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Range {
    /// The function is bounded everywhere.
    Bounded,
    /// The function is bounded where its argument is.
    Unbounded,
}

impl Germ {
    fn number(value: f64) -> Germ {
        Germ::constant(Coefficient::literal(value))
    }

    /// A function that is smooth and finite on all real numbers.
    fn through(
        self,
        range: Range,
        series: fn(Long, usize) -> Series,
        at_minus: fn(Germ) -> Germ,
        at_plus: fn(Germ) -> Germ,
    ) -> Germ {
        match self.trend() {
            Trend::Finite(base, tail) => taylor::compose(|most| series(base.value, most), base, tail),
            Trend::Infinite { negative: true } => at_minus(self),
            Trend::Infinite { negative: false } => at_plus(self),
            Trend::Bounded => Germ::BOUNDED,
            Trend::Loose if range == Range::Bounded => Germ::BOUNDED,
            Trend::Loose | Trend::Unknown => Germ::UNKNOWN,
        }
    }
}

fn one() -> Germ {
    Germ::constant(Coefficient::ONE)
}

fn half() -> Germ {
    Germ::number(0.5)
}

fn two() -> Germ {
    Germ::number(2.0)
}

fn oscillation(_: Germ) -> Germ {
    Germ::BOUNDED
}

/// sinh u for u → ∞.
fn sinh_far(u: Germ) -> Germ {
    half() * (u.exp() - (-u).exp())
}

/// cosh u for u → ∞.
fn cosh_far(u: Germ) -> Germ {
    half() * (u.exp() + (-u).exp())
}

/// tanh u for u → ∞.
fn tanh_far(u: Germ) -> Germ {
    let small = (-two() * u).exp();
    (one() - small) / (one() + small)
}

/// sech u for u → ∞.
fn sech_far(u: Germ) -> Germ {
    let small = (-u).exp();
    two() * small / (one() + small * small)
}

/// ln cosh u for u → ∞.
fn logcosh_far(u: Germ) -> Germ {
    u - Germ::constant(Coefficient::rounded(Long::TWO.ln())) + (-two() * u).exp().log1p()
}

/// asinh u for u → ∞.
fn asinh_far(u: Germ) -> Germ {
    (u + (u * u + one()).sqrt()).ln()
}

/// atan u for u → ∞.
fn atan_far(u: Germ) -> Germ {
    half() * Germ::constant(Coefficient::rounded(Long::ONE.pi())) - (one() / u).atan()
}

/// erfc u for u → ∞, by its asymptotic series.
fn erfc_far(u: Germ) -> Germ {
    let square = u * u;
    let series = taylor::compose(taylor::erfc_tail, Coefficient::ZERO, half() / square);
    (-square).exp() / (u * Germ::constant(Coefficient::rounded(Long::ONE.pi().sqrt()))) * series
}

/// As on numbers, where they are decided: a comparison that is not known gives no mask, and a choice without a mask
/// what both choices have in common.
impl Real for Germ {
    type Mask = Option<bool>;

    /// Nothing is known of an infinite or NaN constant.
    fn literal(self, value: f64) -> Germ {
        Germ::number(value)
    }

    fn constant(self, parts: [f64; 3]) -> Germ {
        Germ::constant(Coefficient::constant(parts))
    }

    fn decimal(self, text: &str) -> Germ {
        Germ::constant(Coefficient::rounded(Long::ONE.decimal(text)))
    }

    fn pi(self) -> Germ {
        Germ::constant(Coefficient::rounded(Long::ONE.pi()))
    }

    fn e(self) -> Germ {
        Germ::constant(Coefficient::rounded(Long::ONE.e()))
    }

    fn less(self, other: Germ) -> Option<bool> {
        (other - self).sign_at_last().map(|order| order.is_gt())
    }

    fn less_equal(self, other: Germ) -> Option<bool> {
        (other - self).sign_at_last().map(|order| order.is_ge())
    }

    fn select(mask: Option<bool>, yes: Germ, no: Germ) -> Germ {
        match mask {
            Some(true) => yes,
            Some(false) => no,
            None => yes.either(no),
        }
    }

    fn if_less(left: Germ, right: Germ, yes: Germ, no: Germ) -> Germ {
        if left.is_unknown() || right.is_unknown() {
            return Germ::UNKNOWN;
        }
        Germ::select(left.less(right), yes, no)
    }

    fn if_less_equal(left: Germ, right: Germ, yes: Germ, no: Germ) -> Germ {
        if left.is_unknown() || right.is_unknown() {
            return Germ::UNKNOWN;
        }
        Germ::select(left.less_equal(right), yes, no)
    }

    fn abs(self) -> Germ {
        self.size()
    }

    fn sign(self) -> Germ {
        self.signum()
    }

    fn min(self, other: Germ) -> Germ {
        -(-self).larger(-other)
    }

    fn max(self, other: Germ) -> Germ {
        self.larger(other)
    }

    /// Of a negative base only whole constant powers are known.
    fn pow(self, exponent: Germ) -> Germ {
        match exponent.as_constant() {
            Some(exponent) => self.to_the(exponent),
            None => (exponent * self.ln()).exp(),
        }
    }

    fn sqrt(self) -> Germ {
        self.to_the(Coefficient::literal(0.5))
    }

    fn cbrt(self) -> Germ {
        self.cube_root()
    }

    fn exp(self) -> Germ {
        self.exponential()
    }

    fn expm1(self) -> Germ {
        self.through(Range::Unbounded, taylor::expm1, |u| u.exp() - one(), |u| u.exp() - one())
    }

    fn ln(self) -> Germ {
        self.logarithm()
    }

    fn log1p(self) -> Germ {
        match self.trend() {
            Trend::Finite(base, tail) if base.value > -Long::ONE.scaled(-1) => {
                taylor::compose(|most| taylor::log1p(base.value, most), base, tail)
            }
            _ => (one() + self).ln(),
        }
    }

    fn sinh(self) -> Germ {
        self.through(Range::Unbounded, taylor::sinh, |u| -sinh_far(-u), sinh_far)
    }

    fn cosh(self) -> Germ {
        self.through(Range::Unbounded, taylor::cosh, |u| cosh_far(-u), cosh_far)
    }

    fn tanh(self) -> Germ {
        self.through(Range::Bounded, taylor::tanh, |u| -tanh_far(-u), tanh_far)
    }

    fn asinh(self) -> Germ {
        self.through(Range::Unbounded, taylor::asinh, |u| -asinh_far(-u), asinh_far)
    }

    fn atan(self) -> Germ {
        self.through(Range::Bounded, taylor::atan, |u| -atan_far(-u), atan_far)
    }

    fn sin(self) -> Germ {
        self.through(Range::Bounded, taylor::sin, oscillation, oscillation)
    }

    fn cos(self) -> Germ {
        self.through(Range::Bounded, taylor::cos, oscillation, oscillation)
    }

    fn erf(self) -> Germ {
        self.through(Range::Bounded, taylor::erf, |u| erfc_far(-u) - one(), |u| one() - erfc_far(u))
    }

    fn erfc(self) -> Germ {
        self.through(Range::Bounded, taylor::erfc, |u| two() - erfc_far(-u), erfc_far)
    }

    fn sigmoid(self) -> Germ {
        fn at_minus(u: Germ) -> Germ {
            let small = u.exp();
            small / (one() + small)
        }
        self.through(Range::Bounded, taylor::sigmoid, at_minus, |u| one() / (one() + (-u).exp()))
    }

    fn softplus(self) -> Germ {
        self.through(Range::Unbounded, taylor::softplus, |u| u.exp().log1p(), |u| u + (-u).exp().log1p())
    }

    fn sech(self) -> Germ {
        self.through(Range::Bounded, taylor::sech, |u| sech_far(-u), sech_far)
    }

    fn logcosh(self) -> Germ {
        self.through(Range::Unbounded, taylor::logcosh, |u| logcosh_far(-u), logcosh_far)
    }
}
