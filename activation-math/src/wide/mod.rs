//! A software floating-point number of `64 * LIMBS` bits, for evaluating formulas far beyond `f64`.
//!
//! A finite value is `± m * 2^exponent` with `1 <= m < 2`; `m` is held as an integer of `LIMBS` limbs, the least
//! significant first, whose topmost bit is set. Additions, products and quotients are rounded to nearest; the
//! elementary functions run with at least 128 bits more than they return, so that their error is about one unit in
//! the last place. The exponent is so wide that `exp(1e18)` is an ordinary number.
//!
//! Nothing here uses `libm`: the functions come from their series and continued fractions, because this type is what
//! the `f64` functions are judged by.

mod arithmetic;
mod circular;
mod constants;
mod convert;
mod decimal;
mod error_function;
mod exponential;
mod functions;
mod hyperbolic;
mod roots;

use core::cmp::Ordering;

/// The topmost bit of a limb: one half of the unit above it.
const TOP_BIT: u64 = 1 << 63;

/// Exponents stay below this in size, so that the sum or difference of two of them fits in an `i64`.
const EXPONENT_LIMIT: i64 = 1 << 62;

/// What kind of number a [`Wide`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Zero,
    Finite,
    Infinite,
    Nan,
}

/// A floating-point number with a mantissa of `64 * LIMBS` bits, for `LIMBS` from 2 to 64.
///
/// Results too large for the exponent are infinite, those too small are zero, and remember that they are
/// [out of range](Wide::is_out_of_range) rather than exactly that. Zero has no sign.
#[derive(Clone, Copy, Debug)]
pub struct Wide<const LIMBS: usize> {
    class: Class,
    negative: bool,
    /// Set on an infinity, zero or NaN that stands for a number beyond the exponent.
    out_of_range: bool,
    exponent: i64,
    /// Least significant first.
    limbs: [u64; LIMBS],
}

impl<const LIMBS: usize> Wide<LIMBS> {
    /// Zero.
    pub const ZERO: Self =
        Self { class: Class::Zero, negative: false, out_of_range: false, exponent: 0, limbs: [0; LIMBS] };

    /// Infinity.
    pub const INFINITY: Self = Self { class: Class::Infinite, ..Self::ZERO };

    /// Not a number.
    pub const NAN: Self = Self { class: Class::Nan, ..Self::ZERO };

    /// One.
    pub const ONE: Self = {
        let mut limbs = [0; LIMBS];
        limbs[LIMBS - 1] = TOP_BIT;
        Self { class: Class::Finite, limbs, ..Self::ZERO }
    };

    /// The number of bits of the mantissa.
    pub const BITS: i64 = 64 * LIMBS as i64;

    /// Whether this is not a number.
    pub fn is_nan(self) -> bool {
        self.class == Class::Nan
    }

    /// Whether this is an infinity.
    pub fn is_infinite(self) -> bool {
        self.class == Class::Infinite
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.class == Class::Zero
    }

    /// Whether this is below zero.
    pub fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether this is zero or an ordinary number.
    pub fn is_finite(self) -> bool {
        matches!(self.class, Class::Zero | Class::Finite)
    }

    /// Whether this infinity, zero or NaN only stands for a number that left the range of the exponent, or comes from one.
    pub fn is_out_of_range(self) -> bool {
        self.out_of_range
    }

    /// What remains of a number larger than any.
    fn overflowed(negative: bool) -> Self {
        Self { negative, out_of_range: true, ..Self::INFINITY }
    }

    /// What remains of a number smaller than any.
    fn underflowed() -> Self {
        Self { out_of_range: true, ..Self::ZERO }
    }

    /// What remains of a number of which not even the size is known any more.
    fn unknown() -> Self {
        Self { out_of_range: true, ..Self::NAN }
    }

    /// The `e` with `2^e <= |self| < 2^(e+1)`: `i64::MIN` for zero, `i64::MAX` for an infinity or NaN.
    pub fn exponent(self) -> i64 {
        match self.class {
            Class::Zero => i64::MIN,
            Class::Finite => self.exponent,
            Class::Infinite | Class::Nan => i64::MAX,
        }
    }

    /// `|self|`.
    pub fn magnitude(self) -> Self {
        Self { negative: false, ..self }
    }

    /// `|self|` with the sign of `sign`; the sign of zero is positive.
    fn with_sign_of(self, sign: Self) -> Self {
        self.negated_if(self.negative != sign.negative)
    }

    /// `-self` where `flip` holds, `self` elsewhere.
    fn negated_if(self, flip: bool) -> Self {
        let signed = matches!(self.class, Class::Finite | Class::Infinite);
        Self { negative: signed && self.negative != flip, ..self }
    }

    /// The infinity of the given sign.
    fn infinity(negative: bool) -> Self {
        Self { negative, ..Self::INFINITY }
    }

    /// `self * 2^power`, exactly.
    pub fn scaled(self, power: i64) -> Self {
        if self.class != Class::Finite {
            return self;
        }
        Self::bounded(self.negative, self.exponent.saturating_add(power), self.limbs)
    }

    /// A finite value from a mantissa with its top bit set, or what becomes of it where the exponent ends.
    fn bounded(negative: bool, exponent: i64, limbs: [u64; LIMBS]) -> Self {
        if exponent >= EXPONENT_LIMIT {
            Self::overflowed(negative)
        } else if exponent <= -EXPONENT_LIMIT {
            Self::underflowed()
        } else {
            Self { class: Class::Finite, negative, out_of_range: false, exponent, limbs }
        }
    }

    /// A finite value from a mantissa with its top bit set and the 64 bits below it, rounded to nearest even.
    fn rounded(negative: bool, exponent: i64, mut limbs: [u64; LIMBS], below: u64) -> Self {
        let odd = limbs[0] & 1 == 1;
        if below < TOP_BIT || (below == TOP_BIT && !odd) {
            return Self::bounded(negative, exponent, limbs);
        }
        for limb in &mut limbs {
            let (sum, overflow) = limb.overflowing_add(1);
            *limb = sum;
            if !overflow {
                return Self::bounded(negative, exponent, limbs);
            }
        }
        limbs[LIMBS - 1] = TOP_BIT;
        Self::bounded(negative, exponent + 1, limbs)
    }

    /// This value with another number of limbs, rounded to nearest where that is fewer.
    pub fn resize<const OTHER: usize>(self) -> Wide<OTHER> {
        let mut limbs = [0; OTHER];
        for (to, from) in limbs.iter_mut().rev().zip(self.limbs.iter().rev()) {
            *to = *from;
        }
        if self.class != Class::Finite {
            let Self { class, negative, out_of_range, exponent, .. } = self;
            return Wide { class, negative, out_of_range, exponent, limbs };
        }
        let left = LIMBS.saturating_sub(OTHER);
        let mut below = 0;
        for (index, limb) in self.limbs.iter().take(left).enumerate() {
            below = if index + 1 == left { limb | u64::from(below != 0) } else { below | limb };
        }
        Wide::rounded(self.negative, self.exponent, limbs, below)
    }

    /// How `|self|` compares with `|other|`; neither is NaN.
    fn compare_magnitudes(&self, other: &Self) -> Ordering {
        let rank = |class| match class {
            Class::Zero => 0,
            Class::Finite => 1,
            Class::Infinite | Class::Nan => 2,
        };
        let by_class = rank(self.class).cmp(&rank(other.class));
        if by_class != Ordering::Equal || self.class != Class::Finite {
            return by_class;
        }
        self.exponent.cmp(&other.exponent).then_with(|| self.limbs.iter().rev().cmp(other.limbs.iter().rev()))
    }
}

impl<const LIMBS: usize> PartialEq for Wide<LIMBS> {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl<const LIMBS: usize> PartialOrd for Wide<LIMBS> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.is_nan() || other.is_nan() {
            return None;
        }
        Some(match (self.negative, other.negative) {
            (false, false) => self.compare_magnitudes(other),
            (true, true) => other.compare_magnitudes(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        })
    }
}
