//! A double-double number whose exponent does not run out.
//!
//! A textbook formula such as `(exp(x) - exp(-x)) / (exp(x) + exp(-x))` is a fine formula at x = 1000: only its
//! intermediate values leave the range of `f64`. And beside a root, or in a tail, plain doubles lose the digits that the
//! result is made of. [`Extended`] keeps a number as `(high + low) · 2^exponent`, with about 106 bits in the two doubles
//! and the exponent in an `i64`. [`bounds`] states how exact every operation is.
//!
//! At x = 1e19 the exponent of `exp(x)` does not fit an `i64`, but `x exp(x) / (1 + exp(x))` is still x. So a number of
//! that size has a third factor `exp(argument)` that keeps the argument itself: products add the arguments, and
//! quotients cancel them exactly.

mod arithmetic;
pub mod bounds;
mod circular;
mod convert;
mod error_function;
mod exponential;
mod functions;
mod hyperbolic;
mod logarithm;
mod pair;
mod power;
mod tables;

use core::cmp::Ordering;

use pair::Pair;

/// The largest exponent in size.
const EXPONENT_LIMIT: u64 = 1 << 62;

/// The largest exponent in size beside a factor `exp(2^64 · huge)`.
const SHORT_EXPONENT: u64 = 1 << 50;

/// From `2^HUGE_EXPONENT` on, an exponential keeps its argument.
const HUGE_EXPONENT: i64 = 58;
const HUGE: f64 = 288_230_376_151_711_744.0;

/// Up to here, an exponential can still be turned into a fraction and an exponent within [`EXPONENT_LIMIT`].
const CONVERTIBLE: f64 = 3e18;

/// 2^64, the unit of the argument that is kept, so that it has room for powers of `exp(f64::MAX)`.
const HUGE_UNIT: f64 = 18_446_744_073_709_551_616.0;

/// A number `(high + low) · 2^exponent` with twice the precision of an `f64` and a practically unlimited exponent.
///
/// Zeros, infinities and NaN are as in IEEE 754. `exp(u)` is finite and not zero for every finite `f64` u, and so is
/// every power of it up to the 2^64th; beyond, a number becomes an infinity or a zero. Sums, products and quotients of
/// exponentials of the same argument are as precise as any; where exponentials of different arguments beyond 2^58 are
/// multiplied, the product is as precise as the sum of the arguments, which is rounded to 106 bits.
#[derive(Clone, Copy, Debug)]
pub struct Extended {
    /// The leading part is in [1, 2) but for the sign, or else a zero, an infinity or NaN.
    fraction: Pair,
    /// Zero where the fraction is a zero, an infinity or NaN.
    exponent: i64,
    /// One more factor is `exp(2^64 · huge)`: nearly always `exp(0)`. If not, the argument is at least [`HUGE`] in
    /// size, and the exponent at most [`SHORT_EXPONENT`].
    huge: Pair,
}

/// 2^exponent, for the exponent of a normal double.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

impl Extended {
    const ZERO: Extended = Extended { fraction: Pair::ZERO, exponent: 0, huge: Pair::ZERO };
    const ONE: Extended = Extended { fraction: Pair::ONE, exponent: 0, huge: Pair::ZERO };

    /// `value · 2^exponent · exp(2^64 · huge)` for any `value`.
    fn new(value: Pair, exponent: i64, huge: Pair) -> Extended {
        let biased = (value.high.to_bits() >> 52) as i64 & 0x7ff;
        let (fraction, exponent) = if biased == 1023 {
            (value, exponent)
        } else if (100..2000).contains(&biased) {
            (value.scaled(power_of_two(1023 - biased)), exponent.saturating_add(biased - 1023))
        } else {
            return Extended::unusual(value, exponent, huge);
        };
        if huge.high == 0.0 && exponent.unsigned_abs() <= EXPONENT_LIMIT {
            Extended { fraction, exponent, huge }
        } else {
            Extended::settled(fraction, exponent, huge)
        }
    }

    /// The same for a value that is not a number between 2^-900 and 2^900.
    #[cold]
    fn unusual(value: Pair, exponent: i64, huge: Pair) -> Extended {
        if value.high == 0.0 || !value.high.is_finite() {
            return Extended { fraction: value.high.into(), ..Extended::ZERO };
        }
        let lift = if value.high.abs() < 1.0 { 600 } else { -600 };
        Extended::new(value.scaled(power_of_two(lift)), exponent.saturating_sub(lift), huge)
    }

    /// `fraction · 2^exponent · exp(2^64 · huge)` with a fraction in [1, 2).
    #[cold]
    fn settled(fraction: Pair, exponent: i64, huge: Pair) -> Extended {
        if huge.high.is_infinite() {
            let limit: f64 = if huge.high > 0.0 { f64::INFINITY } else { 0.0 };
            return Extended::from_f64(limit.copysign(fraction.high));
        }
        let argument = huge.high.abs() * HUGE_UNIT;
        if argument >= HUGE && exponent.unsigned_abs() <= SHORT_EXPONENT {
            return Extended { fraction, exponent, huge };
        }
        if argument < CONVERTIBLE {
            let factor = exponential::convertible(huge.scaled(HUGE_UNIT));
            let sum = exponent.saturating_add(factor.exponent);
            if sum.unsigned_abs() < EXPONENT_LIMIT {
                return Extended::new(fraction * factor.fraction, sum, Pair::ZERO);
            }
        }
        // Only the order of magnitude is left.
        let moved = (tables::LN_2 * Pair::from(exponent as f64)).scaled(1.0 / HUGE_UNIT);
        Extended::settled(1.0f64.copysign(fraction.high).into(), 0, huge + moved)
    }

    /// The leading part, in [1, 2) but for its sign; or the zero, infinity or NaN itself.
    pub fn high(self) -> f64 {
        self.fraction.high
    }

    /// What follows the leading part: at most half a unit in its last place, of either sign.
    pub fn low(self) -> f64 {
        self.fraction.low
    }

    /// The power of two that both parts are to be multiplied with; `±i64::MAX` for a number so large or so small that
    /// its exponent is not kept as such.
    pub fn exponent(self) -> i64 {
        if self.huge.high == 0.0 {
            self.exponent
        } else if self.huge.high > 0.0 {
            i64::MAX
        } else {
            -i64::MAX
        }
    }

    /// Neither zero, infinite nor NaN.
    fn is_ordinary(self) -> bool {
        self.fraction.high != 0.0 && self.fraction.high.is_finite()
    }

    fn is_negative(self) -> bool {
        self.fraction.high < 0.0
    }

    /// The absolute value.
    fn size(self) -> Extended {
        if self.fraction.high.is_sign_negative() { -self } else { self }
    }

    /// `self` or `-self`, whichever has the sign of `sign`; for `self` that is not negative.
    fn with_sign_of(self, sign: Extended) -> Extended {
        if sign.fraction.high.is_sign_negative() { -self } else { self }
    }

    /// True for numbers below 2^exponent in size, other than zero.
    fn is_below(self, exponent: i64) -> bool {
        self.is_ordinary() && self.exponent() < exponent
    }

    /// True for numbers that are 2^exponent in size or larger, and infinities.
    fn reaches(self, exponent: i64) -> bool {
        self.fraction.high.is_infinite() || self.is_ordinary() && self.exponent() >= exponent
    }

    /// `self · 2^power`, exactly.
    pub(crate) fn scaled(self, power: i64) -> Extended {
        if self.is_ordinary() {
            Extended::new(self.fraction, self.exponent.saturating_add(power), self.huge)
        } else {
            self
        }
    }

    /// The number as two plain doubles, if its exponent is within ±500; zero, infinities and NaN in any case.
    fn to_pair(self) -> Pair {
        self.fraction.scaled(power_of_two(self.exponent))
    }

    /// The argument of the factor that is kept as an exponential.
    fn huge_argument(self) -> Extended {
        Extended::new(self.huge, 64, Pair::ZERO)
    }
}

impl From<Pair> for Extended {
    fn from(value: Pair) -> Extended {
        Extended::new(value, 0, Pair::ZERO)
    }
}

impl PartialEq for Extended {
    fn eq(&self, other: &Extended) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// The leading part is the double nearest to both, so that each number has one form only: parts can be compared in turn.
impl PartialOrd for Extended {
    fn partial_cmp(&self, other: &Extended) -> Option<Ordering> {
        let (ours, theirs) = (self.fraction, other.fraction);
        if !self.is_ordinary() || !other.is_ordinary() || self.is_negative() != other.is_negative() {
            return ours.high.partial_cmp(&theirs.high);
        }
        if self.huge != other.huge {
            let ratio = *self / *other;
            let by_size = match ratio.exponent() {
                0 => ratio.partial_cmp(&Extended::ONE)?,
                exponent => exponent.cmp(&0),
            };
            return Some(if self.is_negative() { by_size.reverse() } else { by_size });
        }
        let by_size = self.exponent.cmp(&other.exponent);
        let by_size = if self.is_negative() { by_size.reverse() } else { by_size };
        Some(by_size.then(ours.high.partial_cmp(&theirs.high)?).then(ours.low.partial_cmp(&theirs.low)?))
    }
}
