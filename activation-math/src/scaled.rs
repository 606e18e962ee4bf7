//! An `f64` whose exponent does not run out.
//!
//! A textbook formula such as `(exp(x) - exp(-x)) / (exp(x) + exp(-x))` is a fine formula at x = 1000: only its
//! intermediate values leave the range of `f64`. [`Scaled`] keeps them as `fraction · 2^exponent`, with the fraction
//! in [1, 2) and the exponent in an `i64`. Each operation rounds as the same one on `f64` does; functions hand over to
//! `f64` where argument and result are ordinary, and use the first term of a series or an exponential's own exponent
//! where they are not.
//!
//! At x = 1e19 the exponent of `exp(x)` does not fit an `i64`, but `x exp(x) / (1 + exp(x))` is still x. So a number of
//! that size has a third factor `exp(argument)` that keeps the argument itself: products add the arguments, and
//! quotients cancel them exactly.

mod functions;

use core::cmp::Ordering;
use core::f64::consts::LN_2;
use core::ops::{Add, Div, Mul, Neg, Sub};

/// The largest exponent in size.
const EXPONENT_LIMIT: u64 = 1 << 62;

/// The largest exponent in size beside a factor `exp(2^64 · huge)`.
const SHORT_EXPONENT: u64 = 1 << 50;

/// The size from which an exponential keeps its argument: 2^58.
const HUGE: f64 = 288_230_376_151_711_744.0;

/// Up to here, an exponential can still be turned into a fraction and an exponent within [`EXPONENT_LIMIT`].
const CONVERTIBLE: f64 = 3e18;

/// 2^64, the unit of the argument that is kept, so that it has room for powers of `exp(f64::MAX)`.
const HUGE_UNIT: f64 = 18_446_744_073_709_551_616.0;

/// ln 2 = LN_2 + LN_2_MIDDLE + LN_2_LOW to 160 bits.
const LN_2_MIDDLE: f64 = 2.319_046_813_846_299_6e-17;
const LN_2_LOW: f64 = 5.707_708_438_416_212e-34;

/// A number `fraction · 2^exponent` with the precision of an `f64` and a practically unlimited exponent.
///
/// Zeros, infinities and NaN are as in IEEE 754. `exp(u)` is finite and not zero for every finite `f64` u, and so is
/// every power of it up to the 2^64th; beyond, a number becomes an infinity or a zero. Sums, products and quotients of
/// exponentials of the same argument are as precise as any; where exponentials of different arguments beyond 2^58 are
/// multiplied, the product is as precise as the rounded sum of the arguments.
#[derive(Clone, Copy, Debug)]
pub struct Scaled {
    /// In [1, 2) but for the sign, or else a zero, an infinity or NaN.
    fraction: f64,
    /// Zero where the fraction is a zero, an infinity or NaN.
    exponent: i64,
    /// One more factor is `exp(2^64 · huge)`: nearly always `exp(0)`. If not, the argument is at least [`HUGE`] in
    /// size, and the exponent at most [`SHORT_EXPONENT`].
    huge: f64,
}

impl Scaled {
    const ONE: Scaled = Scaled { fraction: 1.0, exponent: 0, huge: 0.0 };

    /// The same number; exact.
    pub fn from_f64(value: f64) -> Scaled {
        Scaled::new(value, 0, 0.0)
    }

    /// The nearest `f64`, rounded once: ±inf or ±0 beyond its range.
    pub fn to_f64(self) -> f64 {
        libm::scalbn(self.fraction, self.exponent().clamp(-3000, 3000) as i32)
    }

    /// A number in [1, 2) but for its sign; or the zero, infinity or NaN itself.
    pub fn fraction(self) -> f64 {
        self.fraction
    }

    /// The power of two that [`fraction`](Scaled::fraction) is to be multiplied with; `i64::MAX` or `i64::MIN` for a
    /// number so large or so small that its exponent is not kept as such.
    pub fn exponent(self) -> i64 {
        if self.huge == 0.0 {
            self.exponent
        } else if self.huge > 0.0 {
            i64::MAX
        } else {
            i64::MIN
        }
    }

    /// `value · 2^exponent · exp(2^64 · huge)` for any `value`.
    fn new(value: f64, exponent: i64, huge: f64) -> Scaled {
        if value == 0.0 || !value.is_finite() {
            return Scaled { fraction: value, exponent: 0, huge: 0.0 };
        }
        let (half, shift) = libm::frexp(value);
        let exponent = exponent.saturating_add(i64::from(shift) - 1);
        if huge == 0.0 && exponent.unsigned_abs() <= EXPONENT_LIMIT {
            Scaled { fraction: 2.0 * half, exponent, huge }
        } else {
            Scaled::settled(2.0 * half, exponent, huge)
        }
    }

    /// `fraction · 2^exponent · exp(2^64 · huge)` with a fraction in [1, 2).
    #[cold]
    fn settled(fraction: f64, exponent: i64, huge: f64) -> Scaled {
        if huge.is_infinite() {
            let limit: f64 = if huge > 0.0 { f64::INFINITY } else { 0.0 };
            return Scaled::from_f64(limit.copysign(fraction));
        }
        let argument = huge * HUGE_UNIT;
        if argument.abs() >= HUGE && exponent.unsigned_abs() <= SHORT_EXPONENT {
            return Scaled { fraction, exponent, huge };
        }
        if argument.abs() < CONVERTIBLE {
            let factor = exp_convertible(argument, 0.0);
            let sum = exponent.saturating_add(factor.exponent);
            if sum.unsigned_abs() < EXPONENT_LIMIT {
                return Scaled::new(fraction * factor.fraction, sum, 0.0);
            }
        }
        // Only the order of magnitude is left.
        Scaled::settled(1.0f64.copysign(fraction), 0, huge + exponent as f64 * (LN_2 / HUGE_UNIT))
    }

    /// Neither zero, infinite nor NaN.
    fn is_ordinary(self) -> bool {
        self.fraction != 0.0 && self.fraction.is_finite()
    }

    fn is_negative(self) -> bool {
        self.fraction < 0.0
    }

    /// The absolute value.
    fn size(self) -> Scaled {
        Scaled { fraction: self.fraction.abs(), ..self }
    }
}

impl PartialEq for Scaled {
    fn eq(&self, other: &Scaled) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Scaled {
    fn partial_cmp(&self, other: &Scaled) -> Option<Ordering> {
        if !self.is_ordinary() || !other.is_ordinary() || self.is_negative() != other.is_negative() {
            return self.fraction.partial_cmp(&other.fraction);
        }
        if self.huge != other.huge {
            let ratio = *self / *other;
            let by_size = match ratio.exponent() {
                0 => ratio.fraction.partial_cmp(&1.0),
                exponent => Some(exponent.cmp(&0)),
            };
            return if self.is_negative() { by_size.map(Ordering::reverse) } else { by_size };
        }
        if self.exponent == other.exponent {
            return self.fraction.partial_cmp(&other.fraction);
        }
        let by_size = self.exponent.cmp(&other.exponent);
        Some(if self.is_negative() { by_size.reverse() } else { by_size })
    }
}

impl Neg for Scaled {
    type Output = Scaled;

    fn neg(self) -> Scaled {
        Scaled { fraction: -self.fraction, ..self }
    }
}

impl Add for Scaled {
    type Output = Scaled;

    fn add(self, other: Scaled) -> Scaled {
        if !self.is_ordinary() || !other.is_ordinary() {
            // A zero gives way, an infinity or NaN prevails; two zeros settle their sign.
            return match (self.fraction == 0.0, other.fraction == 0.0) {
                (true, false) => other,
                (false, true) => self,
                _ => Scaled::from_f64(
                    if self.is_ordinary() { 1.0 } else { self.fraction }
                        + if other.is_ordinary() { 1.0 } else { other.fraction },
                ),
            };
        }
        if self.huge != other.huge {
            let ratio = other / self;
            return match ratio.exponent() {
                101.. => other,
                -100..=100 if ratio.is_ordinary() => self * (Scaled::ONE + ratio),
                _ => {
                    if ratio.fraction.is_infinite() {
                        other
                    } else {
                        self
                    }
                }
            };
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let gap = large.exponent.saturating_sub(small.exponent);
        if gap > 100 {
            return large;
        }
        let sum = large.fraction + libm::scalbn(small.fraction, -(gap as i32));
        Scaled::new(sum, large.exponent, large.huge)
    }
}

impl Sub for Scaled {
    type Output = Scaled;

    fn sub(self, other: Scaled) -> Scaled {
        self + -other
    }
}

impl Mul for Scaled {
    type Output = Scaled;

    fn mul(self, other: Scaled) -> Scaled {
        let exponent = self.exponent.saturating_add(other.exponent);
        Scaled::new(self.fraction * other.fraction, exponent, self.huge + other.huge)
    }
}

impl Div for Scaled {
    type Output = Scaled;

    fn div(self, other: Scaled) -> Scaled {
        let exponent = self.exponent.saturating_sub(other.exponent);
        Scaled::new(self.fraction / other.fraction, exponent, self.huge - other.huge)
    }
}

/// `exp(high + low)` for `|low|` well below `|high|` or of moderate size.
fn exp_of_sum(high: f64, low: f64) -> Scaled {
    if high.is_nan() || high.abs() < HUGE {
        return exp_convertible(high, low);
    }
    let factor = Scaled::new(1.0, 0, high / HUGE_UNIT);
    if low == 0.0 { factor } else { factor * exp_of_sum(low, 0.0) }
}

/// `exp(high + low)` for `|high|` up to [`CONVERTIBLE`] and `low` of moderate size, as a fraction and an exponent.
///
/// With `n = round(high / ln 2)`, the reduced argument `high - n ln 2 + low` is found to the last bit of an `f64` near
/// 1 even where an ulp of `high` is larger than 1: both products are split exactly. Where an ulp of n is larger than 1,
/// the parts of the reduced argument are large themselves and not added up.
fn exp_convertible(high: f64, low: f64) -> Scaled {
    if high.is_nan() {
        return Scaled::from_f64(high);
    }
    let n = libm::rint(high / LN_2);
    let product = n * LN_2;
    let product_low = libm::fma(n, LN_2, -product);
    let middle = n * LN_2_MIDDLE;
    let middle_low = libm::fma(n, LN_2_MIDDLE, -middle);
    let rest = low - (middle_low + n * LN_2_LOW);
    if n.abs() < 9_007_199_254_740_992.0 {
        let reduced = (((high - product) - product_low) - middle) + rest;
        return Scaled::new(libm::exp(reduced), n as i64, 0.0);
    }
    Scaled::new(libm::exp(high - product), n as i64, 0.0)
        * Scaled::from_f64(libm::exp(-product_low))
        * Scaled::from_f64(libm::exp(-middle))
        * Scaled::from_f64(libm::exp(rest))
}
