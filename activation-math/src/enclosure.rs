//! All values of a formula over an interval of inputs at once, and how far rounding can move any of them.
//!
//! Where [`Tracked`](crate::Tracked) follows the error at one input, an [`Enclosure`] holds for every input of an
//! interval: bounds of the exact values (interval arithmetic, rounded outwards), and two numbers A and R such that a
//! computed value is within `A + R |exact value|` of the exact one. Errors relative to a value that may be anything, 0
//! included, stay relative: `x · sigmoid(x)` has one R for all x.
//!
//! What this cannot see is an error that stays without trace: a computed value that overflows. Then the exact one is
//! beyond the range too, and either the result is not finite, or it is that of the limit.

mod functions;
#[cfg(test)]
mod tests;

use crate::tracked::Approximate;
use core::marker::PhantomData;
use core::ops::{Add, Div, Mul, Neg, Sub};

/// Bounds are enlarged by this much: products of errors, and the rounding of the bounds themselves.
const SLACK: f64 = 1.01;

/// A larger error than this may take an argument to where a slope is quite another one.
const SMALL: f64 = 1e-3;

/// Below this a result may have lost digits to underflow, or all of them: [`LEAST`] at most.
const TINY: f64 = 1e-290;
const LEAST: f64 = 1e-300;

/// Of numbers that may have any digits.
const ANY: u32 = 1 << 16;

/// The values of one step over an interval of inputs, computed with the arithmetic of `N`.
#[derive(Clone, Copy, Debug)]
pub struct Enclosure<N> {
    low: f64,
    high: f64,
    absolute: f64,
    relative: f64,
    /// Of values that are exact, the number of binary digits: products of few of them are exact too.
    digits: u32,
    number: PhantomData<N>,
}

/// What a comparison says for all inputs together.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    may_hold: bool,
    may_fail: bool,
    /// Neither side has an error: whichever way it goes, it goes that way in the formula too.
    exact: bool,
}

/// `a · b` for bounds, of which a 0 stands for no number at all: it wins over infinity.
fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

/// One step down, past the rounding of a bound.
fn below(value: f64) -> f64 {
    value.next_down().next_down()
}

/// One step up.
fn above(value: f64) -> f64 {
    value.next_up().next_up()
}

impl<N: Approximate> Enclosure<N> {
    /// All numbers of `f32` from `low` to `high`, without an error.
    pub fn of_singles(low: f64, high: f64) -> Self {
        Self { digits: f32::MANTISSA_DIGITS, ..Self::between(low, high) }
    }

    fn between(low: f64, high: f64) -> Self {
        Self { low, high, absolute: 0.0, relative: 0.0, digits: ANY, number: PhantomData }
    }

    /// Whether every result is within `relative` times its size of the exact one, or within `least`.
    ///
    /// Beyond `most` it is enough to be known at all: such results are infinite once they are rounded.
    pub fn is_within(self, relative: f64, least: f64, most: f64) -> bool {
        if self.smallest() > most && self.relative <= SMALL && self.absolute == 0.0 {
            return true;
        }
        let share = 0.5;
        let relative_is_small = self.relative <= share * relative;
        let absolute_is_small = self.absolute <= share * (relative * self.smallest()).max(least);
        let all = times(self.relative, self.largest()) + self.absolute;
        (relative_is_small && absolute_is_small) || all <= least
    }

    fn unknown() -> Self {
        Self {
            absolute: f64::INFINITY,
            relative: f64::INFINITY,
            ..Self::between(f64::NEG_INFINITY, f64::INFINITY)
        }
    }

    /// Values between two bounds that have been computed, so that their own rounding is added; with what they inherit, and
    /// an error of `own` units of the number type.
    fn made(low: f64, high: f64, relative: f64, absolute: f64, own: f64) -> Self {
        let (low, high) = (below(low), above(high));
        let mut made = Self { absolute, relative, ..Self::between(low, high) };
        let is_known = !(low.is_nan() || high.is_nan()) && absolute < f64::INFINITY && relative <= SMALL;
        if !is_known {
            return Self::unknown();
        }
        made.relative = (relative + own * N::LARGEST_UNIT) * SLACK;
        made.absolute = absolute * SLACK;
        if made.smallest() < TINY && own > 0.0 {
            made.absolute += LEAST;
        }
        made
    }

    /// The same values, none of them outside `low` to `high`.
    fn clipped(self, low: f64, high: f64) -> Self {
        Self { low: self.low.max(low), high: self.high.min(high), ..self }
    }

    /// The size of the largest value.
    fn largest(self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    /// The size of the smallest value: 0 if 0 is one of them.
    fn smallest(self) -> f64 {
        if self.low > 0.0 {
            self.low
        } else if self.high < 0.0 {
            -self.high
        } else {
            0.0
        }
    }

    fn is_exact(self) -> bool {
        self.absolute == 0.0 && self.relative == 0.0
    }

    /// All of the error relative to the values; infinite if 0 is one of them.
    fn all_relative(self) -> f64 {
        self.relative + if self.absolute == 0.0 { 0.0 } else { self.absolute / self.smallest() }
    }

    /// A bound of the error.
    fn error(self) -> f64 {
        self.absolute + times(self.relative, self.largest())
    }

    fn compared(self, other: Self, or_equal: bool) -> Verdict {
        let room = (self.error() + other.error()) * SLACK;
        let exact = self.is_exact() && other.is_exact();
        // A side that is unknown has an infinite error, and nothing is sure.
        let always = self.high + room < other.low || (exact && or_equal && self.high <= other.low);
        let never = self.low - room > other.high || (exact && !or_equal && self.low >= other.high);
        Verdict { may_hold: !never, may_fail: !always, exact }
    }

    /// Either of the two, whichever the arithmetic and the formula take; not the same one unless `exact`.
    fn either(self, other: Self, exact: bool) -> Self {
        let hull = Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            absolute: self.absolute.max(other.absolute),
            relative: self.relative.max(other.relative),
            digits: self.digits.max(other.digits),
            number: PhantomData,
        };
        if exact || hull.absolute == f64::INFINITY {
            return hull;
        }
        Self { absolute: hull.absolute + (hull.high - hull.low) * SLACK, ..hull }
    }
}

impl<N: Approximate> Neg for Enclosure<N> {
    type Output = Self;

    fn neg(self) -> Self {
        Self { low: -self.high, high: -self.low, ..self }
    }
}

impl<N: Approximate> Add for Enclosure<N> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (low, high) = (self.low + other.low, self.high + other.high);
        let own = N::BOUNDS.ADD;
        if (self.low >= 0.0 && other.low >= 0.0) || (self.high <= 0.0 && other.high <= 0.0) {
            // Nothing cancels: the worse of the two relative errors is that of the sum.
            let positive = self.low >= 0.0;
            let absolute = self.absolute + other.absolute;
            // Or less, if the worse one is that of the smaller term.
            let smallest = self.smallest() + other.smallest();
            let shared = times(self.relative, self.largest()) + times(other.relative, other.largest());
            let relative = self.relative.max(other.relative).min(shared / smallest);
            let sum = Self::made(low, high, relative, absolute, own);
            return if positive {
                sum.clipped(0.0, f64::INFINITY)
            } else {
                sum.clipped(f64::NEG_INFINITY, 0.0)
            };
        }
        // What is beyond the range is not moved by what is not.
        for (beyond, finite) in [(self, other), (other, self)] {
            if beyond.smallest() == f64::INFINITY && finite.largest() < f64::INFINITY {
                return Self::made(low, high, beyond.all_relative(), 0.0, own);
            }
        }
        let inherited = self.error() + other.error();
        let sum = Self::made(low, high, 0.0, inherited, own);
        // Where the sum stays away from 0, its error is a relative one: slopes are taken of that.
        let share = inherited / sum.smallest();
        if inherited > 0.0 && share <= SMALL { Self::made(low, high, share, 0.0, own) } else { sum }
    }
}

impl<N: Approximate> Sub for Enclosure<N> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl<N: Approximate> Mul for Enclosure<N> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let corners = [
            times(self.low, other.low),
            times(self.low, other.high),
            times(self.high, other.low),
            times(self.high, other.high),
        ];
        let low = corners.into_iter().fold(f64::INFINITY, f64::min);
        let high = corners.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let digits = self.digits + other.digits;
        if self.is_exact() && other.is_exact() && digits <= f64::MANTISSA_DIGITS {
            return Self { digits, ..Self::between(low, high) };
        }
        let absolute = times(self.absolute, other.largest())
            + times(other.absolute, self.largest())
            + times(self.absolute, other.absolute);
        let product = Self::made(low, high, self.relative + other.relative, absolute, N::BOUNDS.MUL);
        // Not beyond 0 by the widening of a bound that has underflowed.
        product.clipped(
            if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY },
            if high <= 0.0 { 0.0 } else { f64::INFINITY },
        )
    }
}

impl<N: Approximate> Div for Enclosure<N> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let smallest = other.smallest();
        if smallest == 0.0 {
            return Self::unknown();
        }
        let inverse =
            Self { low: below(1.0 / other.high), high: above(1.0 / other.low), ..Self::between(0.0, 0.0) };
        let corners = [
            times(self.low, inverse.low),
            times(self.low, inverse.high),
            times(self.high, inverse.low),
            times(self.high, inverse.high),
        ];
        let low = corners.into_iter().fold(f64::INFINITY, f64::min);
        let high = corners.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let relative = self.relative + other.all_relative();
        let quotient = Self::made(low, high, relative, self.absolute / smallest, N::BOUNDS.DIV);
        quotient.clipped(
            if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY },
            if high <= 0.0 { 0.0 } else { f64::INFINITY },
        )
    }
}
