//! [`Wide`] from and to the machine's numbers.

use super::{Class, TOP_BIT, Wide};

/// Where a binary floating-point format ends.
struct Format {
    /// Bits of the significand, with the leading one that is not stored.
    precision: i64,
    /// The exponent of the smallest normal number.
    least: i64,
    /// The exponent of the largest number.
    greatest: i64,
}

impl<const LIMBS: usize> Wide<LIMBS> {
    /// The value of `value`, exactly.
    pub fn from_f64(value: f64) -> Self {
        const { assert!(LIMBS >= 2) }
        let bits = value.to_bits();
        let (stored, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
        let negative = value.is_sign_negative();
        let (integer, unit) = match stored {
            0x7ff if fraction != 0 => return Self::NAN,
            0x7ff => return Self::infinity(negative),
            0 if fraction == 0 => return Self::ZERO,
            0 => (fraction, -1074),
            _ => (fraction | (1 << 52), stored as i64 - 1075),
        };
        Self::from_integer(integer).scaled(unit).negated_if(negative)
    }

    /// The value of `value`, exactly.
    pub(super) fn from_integer(value: u64) -> Self {
        if value == 0 {
            return Self::ZERO;
        }
        let zeros = value.leading_zeros();
        let mut limbs = [0; LIMBS];
        limbs[LIMBS - 1] = value << zeros;
        Self { class: Class::Finite, exponent: 63 - i64::from(zeros), limbs, ..Self::ZERO }
    }

    /// The nearest `f64`, ties to even.
    pub fn to_f64(self) -> f64 {
        let format = Format { precision: 53, least: -1022, greatest: 1023 };
        let sign = u64::from(self.negative) << 63;
        match self.class {
            Class::Nan => f64::NAN,
            _ => f64::from_bits(sign | self.magnitude_bits(&format)),
        }
    }

    /// The nearest `f32`, ties to even; rounded once, not by way of `f64`.
    pub fn to_f32(self) -> f32 {
        let format = Format { precision: 24, least: -126, greatest: 127 };
        let sign = u32::from(self.negative) << 31;
        match self.class {
            Class::Nan => f32::NAN,
            _ => f32::from_bits(sign | self.magnitude_bits(&format) as u32),
        }
    }

    /// The bit pattern of `|self|` in `format`, rounded to nearest even.
    fn magnitude_bits(&self, format: &Format) -> u64 {
        let stored_bits = format.precision - 1;
        let infinite = ((format.greatest - format.least + 2) as u64) << stored_bits;
        match self.class {
            Class::Zero => return 0,
            Class::Finite if self.exponent <= format.greatest => {}
            Class::Finite | Class::Infinite | Class::Nan => return infinite,
        }
        let missing = (format.least - self.exponent).max(0);
        let kept = format.precision - missing;
        if kept < 0 {
            return 0;
        }
        let top = self.limbs[LIMBS - 1];
        let (integer, below) = if kept == 0 { (0, top) } else { (top >> (64 - kept), top << kept) };
        let lower = self.limbs.iter().take(LIMBS - 1).any(|&limb| limb != 0);
        let up = below > TOP_BIT || (below == TOP_BIT && (lower || integer & 1 == 1));
        let integer = integer + u64::from(up);
        // A subnormal that rounds up to the least normal, and a carry into the exponent, come out by themselves.
        if missing > 0 {
            return integer;
        }
        (((self.exponent - format.least) as u64) << stored_bits) + integer
    }

    /// The nearest whole number (ties away from zero).
    pub(super) fn nearest_integer(self) -> Self {
        let half = Self::ONE.scaled(-1);
        let moved = self.magnitude() + half;
        if self.class != Class::Finite || moved.class != Class::Finite {
            return self;
        }
        if moved.exponent < 0 {
            return Self::ZERO;
        }
        let mut limbs = moved.limbs;
        for (index, limb) in limbs.iter_mut().rev().enumerate() {
            let whole = (moved.exponent + 1).saturating_sub(64 * index as i64);
            if whole <= 0 {
                *limb = 0;
            } else if whole < 64 {
                *limb &= u64::MAX << (64 - whole);
            }
        }
        Self { limbs, ..moved }.with_sign_of(self)
    }

    /// The four lowest bits of the whole part of `|self|`.
    pub(super) fn low_bits(self) -> u64 {
        if self.class != Class::Finite || self.exponent < 0 {
            return 0;
        }
        let place = |power: i64| {
            // The bit of value 2^power lies this far below the top of the mantissa.
            let depth = self.exponent - power;
            let limb = usize::try_from(depth / 64).ok().and_then(|index| self.limbs.iter().rev().nth(index));
            if depth < 0 { 0 } else { limb.map_or(0, |limb| (limb >> (63 - depth % 64)) & 1) }
        };
        place(0) | (place(1) << 1) | (place(2) << 2) | (place(3) << 3)
    }

    /// A whole number as an `i64`; only for sizes below 2^63.
    pub(super) fn to_i64(self) -> i64 {
        if self.class != Class::Finite || !(0..63).contains(&self.exponent) {
            return 0;
        }
        let size = (self.limbs[LIMBS - 1] >> (63 - self.exponent)) as i64;
        if self.negative { -size } else { size }
    }
}
