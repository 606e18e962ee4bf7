//! From and to the machine's numbers, and from decimals.

use super::pair::Pair;
use super::{Extended, power_of_two};
use crate::Real;

/// So many decimal digits always fit a `u128`, and are more than the 106 bits of a fraction.
const DIGITS: i64 = 38;

/// The number as a whole one times a power of two, with some bits to spare: enough to round it to 53 bits or fewer.
struct Whole {
    size: u64,
    unit: i64,
}

impl Extended {
    /// The same number; exact.
    pub fn from_f64(value: f64) -> Extended {
        Extended::new(value.into(), 0, Pair::ZERO)
    }

    /// The nearest `f64`, ties to even, rounded once: ±inf or ±0 beyond its range.
    pub fn to_f64(self) -> f64 {
        if !self.is_ordinary() {
            return self.fraction.high;
        }
        let size = match self.exponent() {
            // The leading part is the nearest double already.
            exponent @ -1021..=1023 => return self.fraction.high * power_of_two(exponent),
            1024.. => f64::INFINITY,
            exponent => {
                const LEAST: f64 = 5e-324;
                self.whole(exponent).rounded(-1074) as f64 * LEAST
            }
        };
        size.copysign(self.fraction.high)
    }

    /// The nearest `f32`, ties to even, rounded once: ±inf or ±0 beyond its range.
    pub fn to_f32(self) -> f32 {
        if !self.is_ordinary() {
            return self.fraction.high as f32;
        }
        let size = match self.exponent() {
            128.. => f32::INFINITY,
            exponent => {
                let unit = exponent.saturating_sub(23).max(-149);
                // The product is exact, or too large for an `f32`.
                (self.whole(exponent).rounded(unit) as f64 * power_of_two(unit)) as f32
            }
        };
        size.copysign(self.fraction.high as f32)
    }

    /// The low part is less than any bit of the high one: beside it, only its sign counts.
    fn whole(self, exponent: i64) -> Whole {
        let mantissa = (self.fraction.high.to_bits() & ((1 << 52) - 1)) | (1 << 52);
        let size = match self.fraction.low * 1.0f64.copysign(self.fraction.high) {
            low if low > 0.0 => (mantissa << 8) + 1,
            low if low < 0.0 => (mantissa << 8) - 1,
            _ => mantissa << 8,
        };
        Whole { size, unit: exponent.saturating_sub(60) }
    }

    /// Digits with an optional point and exponent. Anything else that is a number to Rust is read as an `f64`, and what
    /// is not is NaN.
    pub(super) fn parse(text: &str) -> Extended {
        let plain: f64 = text.parse().unwrap_or(f64::NAN);
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        if plain.is_nan() || !unsigned.starts_with(|start: char| start.is_ascii_digit() || start == '.') {
            return Extended::from_f64(plain);
        }
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        // A power that does not fit is far beyond every limit either way.
        let beyond = if power.starts_with('-') { i64::MIN / 4 } else { i64::MAX / 4 };
        let mut power = power.parse().unwrap_or(beyond).clamp(i64::MIN / 4, i64::MAX / 4);
        let (mut digits, mut count, mut behind) = (0u128, 0, false);
        for byte in mantissa.bytes() {
            if byte == b'.' {
                behind = true;
                continue;
            }
            let used = count < DIGITS;
            if used {
                digits = digits * 10 + u128::from(byte - b'0');
                count += i64::from(digits != 0);
            }
            power += i64::from(!used) - i64::from(behind);
        }
        let high = Extended::from(Pair::from_whole((digits >> 64) as u64)).scaled(64);
        let whole = high + Extended::from(Pair::from_whole(digits as u64));
        let power = i32::try_from(power).unwrap_or(if power < 0 { -i32::MAX } else { i32::MAX });
        let ten_to = Extended::from_f64(10.0).powi(power.abs());
        let value = if power < 0 { whole / ten_to } else { whole * ten_to };
        if text.starts_with('-') { -value } else { value }
    }
}

impl Whole {
    /// How many times 2^unit this is, to the nearest, ties to even; `unit` is above that of `self`.
    fn rounded(&self, unit: i64) -> u64 {
        let shift = unit.saturating_sub(self.unit);
        if shift > 62 {
            // Less than half of a unit.
            return 0;
        }
        let (kept, rest, half) = (self.size >> shift, self.size & ((1 << shift) - 1), 1 << (shift - 1));
        kept + u64::from(rest > half || (rest == half && kept & 1 == 1))
    }
}
