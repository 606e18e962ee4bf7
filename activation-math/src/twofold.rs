//! Numbers of two doubles that carry a bound of their error, without branches: what results in `f64` are computed in.
//!
//! A [`Twofold`] has about 106 bits in sums, products and quotients, and about 60 in elementary functions: a result that is
//! rounded once from it is the nearest double, or nearly, wherever a formula cancels no more than eight of these bits. The bound
//! says where that is; [`evaluate_double`](crate::evaluate_double) takes other ways elsewhere. It is the bound of
//! [`Tracked`](crate::Tracked), but every operation is a fixed sequence of arithmetic and selections, so that a loop over many
//! numbers becomes vector code (`evaluate_double_into`). Where an operation leaves the range of `f64` the bound is infinite or NaN:
//! whoever wants a result has to look at nothing else.

mod circular;
#[rustfmt::skip] // as the script prints it
mod coefficients;
mod error_function;
mod exponential;
mod functions;
mod logarithm;
mod pair;
mod real;
#[cfg(feature = "std")]
mod slots;

use crate::body::unit_in_the_last_place;
use pair::Pair;

#[cfg(feature = "std")]
pub use slots::evaluate_double_into;

/// `head + tail`, and how far that may be from the exact number.
#[derive(Clone, Copy, Debug)]
pub struct Twofold {
    pair: Pair,
    error: f64,
}

/// The largest error of a sum, relative to the sizes of its terms; of products and quotients, relative to themselves.
const ARITHMETIC: f64 = 1.0 / 2_535_301_200_456_458_802_993_406_410_752.0; // 2^-101

/// The largest error of a part that has underflowed, in a step with several of them.
const LEAST: f64 = 1e-323;

/// Nothing is known.
const UNKNOWN: f64 = f64::INFINITY;

/// An argument with a larger error than this may be where a slope is quite another one.
const SMALL: f64 = 1e-3;

/// How much larger a slope is over a neighbourhood of that size than in its middle, and room for the rounding of bounds.
const SLACK: f64 = 1.0 + 4.0 * SMALL;

/// What the rounding of the head to a result leaves of 4 units in the last place, and a little.
const ALLOWED: f64 = 3.0;

impl Twofold {
    /// A number that is exact.
    #[inline(always)]
    pub fn exact(value: f64) -> Twofold {
        Twofold { pair: Pair::exact(value), error: 0.0 }
    }

    /// The nearest double, if that is within 4 units in the last place of the exact number; otherwise NaN.
    #[inline(always)]
    pub fn result(self) -> f64 {
        let head = self.pair.head;
        let is_known = self.error <= ALLOWED * unit_in_the_last_place(head);
        if is_known & (head.abs() < f64::INFINITY) { head } else { f64::NAN }
    }

    /// The two parts.
    #[inline(always)]
    pub fn parts(self) -> (f64, f64) {
        (self.pair.head, self.pair.tail)
    }

    /// A bound of the error.
    #[inline(always)]
    pub fn error(self) -> f64 {
        self.error
    }

    /// A result that inherits `inherited` and is itself computed to within `bound` of its size.
    #[inline(always)]
    fn computed(pair: Pair, inherited: f64, bound: f64) -> Twofold {
        Twofold { pair, error: inherited + (pair.head.abs() * bound + LEAST) }
    }

    /// `pair = function(self)` for a function whose slope is at most `slope` over the neighbourhood of a small error.
    #[inline(always)]
    fn image(self, pair: Pair, slope: f64, bound: f64) -> Twofold {
        let inherited = if self.error <= SMALL { slope * self.error * SLACK } else { UNKNOWN };
        let underflow = if self.size() > 0.0 { LEAST } else { 0.0 };
        Twofold { pair, error: inherited + (pair.head.abs() * bound + underflow) }
    }

    /// The same for a function of the head alone, whose bound is in units in the last place.
    #[inline(always)]
    fn image_of_head(self, value: f64, slope: f64, units: f64) -> Twofold {
        let whole = Twofold { error: self.error + self.pair.tail.abs(), ..self };
        whole.image(Pair::exact(value), slope, units * f64::EPSILON)
    }

    #[inline(always)]
    fn size(self) -> f64 {
        self.pair.head.abs()
    }

    /// `inherited` where the error is too small to take the number to zero or to twice itself.
    #[inline(always)]
    fn if_away_from_zero(self, inherited: f64) -> f64 {
        if self.error <= SMALL * self.size() { inherited * SLACK } else { UNKNOWN }
    }

    /// 1/(1 + x²).
    #[inline(always)]
    fn bell(self) -> f64 {
        1.0 / (1.0 + self.size() * self.size())
    }
}
