//! From and to other numbers.

use super::{Class, Long, WORDS};
use crate::{Extended, Real};

/// Digits of a decimal literal that count: more than there are in 256 bits.
const DIGITS: u32 = 90;

impl Long {
    /// The same number; NaN for infinities.
    pub fn from_f64(value: f64) -> Long {
        if value == 0.0 {
            return Long::ZERO;
        }
        if !value.is_finite() {
            return Long::NAN;
        }
        let bits = value.abs().to_bits();
        let (stored, biased) = (bits & ((1 << 52) - 1), (bits >> 52) as i64);
        let mantissa = if biased == 0 { stored } else { stored | (1 << 52) };
        Long::new(value < 0.0, biased.max(1) - 1075 + 63, [0, 0, 0, mantissa], 0)
    }

    /// The same number.
    pub(crate) fn from_whole(value: i64) -> Long {
        Long::new(value < 0, 63, [0, 0, 0, value.unsigned_abs()], 0)
    }

    /// To double-double, the rest cut off; NaN for NaN.
    pub fn to_extended(self) -> Extended {
        match self.class {
            Class::Nan => Extended::from_f64(f64::NAN),
            Class::Zero => Extended::from_f64(0.0),
            Class::Ordinary => {
                let fraction = Long { exponent: 0, ..self };
                let high = fraction.rounded(true);
                // Cut off, or less than half a unit of the leading part could become half of it.
                let low = (fraction - Long::from_f64(high)).rounded(false);
                Extended::from_f64(1.0).constant([high, low, 0.0]).scaled(self.exponent)
            }
        }
    }

    /// The nearest `f64`, ties to even, rounded once: ±inf or ±0 beyond its range.
    pub fn to_f64(self) -> f64 {
        self.to_extended().to_f64()
    }

    /// To 53 bits, the nearest or cut off; for exponents of normal doubles, and 0 below.
    fn rounded(self, to_nearest: bool) -> f64 {
        if !self.is_ordinary() || self.exponent < -1022 {
            return 0.0;
        }
        let top = self.words[WORDS - 1];
        let (kept, rest) = (top >> 11, top & 0x7ff);
        let sticky = self.words[..WORDS - 1].iter().any(|&word| word != 0);
        let up = to_nearest && (rest > 0x400 || rest == 0x400 && (sticky || kept & 1 == 1));
        let size = (kept + u64::from(up)) as f64;
        const UNIT: f64 = 1.0 / 4_503_599_627_370_496.0; // 2^-52
        let value = size * UNIT * f64::from_bits(((self.exponent + 1023) as u64) << 52);
        if self.negative { -value } else { value }
    }

    /// The whole number nearest to one below 2^62 in size.
    pub(crate) fn nearest_whole(self) -> Option<i64> {
        if self.is_below(-1) {
            return Some(0);
        }
        if !self.is_below(62) {
            return None;
        }
        // Twice the number, rounded down.
        let twice = self.words[WORDS - 1] >> (62 - self.exponent);
        let size = ((twice + 1) >> 1) as i64;
        Some(if self.negative { -size } else { size })
    }

    /// Whether this is a whole number below 2^62 in size.
    pub(crate) fn is_whole(self) -> bool {
        self.nearest_whole().is_some_and(|whole| Long::from_whole(whole) == self)
    }

    /// Digits with an optional point and exponent; NaN for anything else.
    pub(super) fn parse(text: &str) -> Long {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let Ok(mut power) = power.parse::<i32>() else { return Long::NAN };
        let ten = Long::from_whole(10);
        let (mut value, mut count, mut behind) = (Long::ZERO, 0, false);
        for byte in mantissa.bytes() {
            match byte {
                b'.' if !behind => behind = true,
                b'0'..=b'9' => {
                    if count < DIGITS {
                        value = value * ten + Long::from_whole(i64::from(byte - b'0'));
                        count += u32::from(!value.is_zero());
                        power = power.saturating_sub(i32::from(behind));
                    } else {
                        power = power.saturating_add(i32::from(!behind));
                    }
                }
                _ => return Long::NAN,
            }
        }
        let scale = ten.powi(power.saturating_abs());
        let value = if power < 0 { value / scale } else { value * scale };
        if text.starts_with('-') { -value } else { value }
    }
}
