//! A number of 256 bits, for what cancels more than double-double has.
//!
//! Beside the root of a derivative, a double differs from the root in its 53rd bit or later, and what is left of the
//! summands may be their 110th. [`Long`] has enough bits for that, and for `x - sin(x)` at 1e-30. It is a hundred times
//! slower than double-double, and only used where that is known not to do. [`bounds`] states how exact every operation
//! is; results are cut off, not rounded to nearest.
//!
//! It is none of [`Wide`](crate::Wide)'s code: that judges the results which this type computes.

mod arithmetic;
pub mod bounds;
mod circular;
mod convert;
mod error_function;
mod exponential;
mod functions;
mod hyperbolic;
mod logarithm;
mod tables;

use core::cmp::Ordering;

/// Words of a mantissa.
const WORDS: usize = 4;

/// Bits of a mantissa.
const BITS: i64 = 64 * WORDS as i64;

/// The largest exponent in size: sums of two of them fit an `i64`.
const MOST_EXPONENT: u64 = 1 << 61;

/// A number `± m · 2^exponent` with a mantissa `m` in [1, 2) of 256 bits, zero, or NaN.
///
/// There are no infinities: what is too large, divided by zero, or an argument too large to be reduced, is NaN, and
/// nothing is known then.
#[derive(Clone, Copy, Debug)]
pub struct Long {
    class: Class,
    negative: bool,
    exponent: i64,
    /// The mantissa, the lowest word first; the topmost bit is set in an ordinary number.
    words: [u64; WORDS],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Zero,
    Ordinary,
    Nan,
}

impl Long {
    pub(crate) const ZERO: Long =
        Long { class: Class::Zero, negative: false, exponent: 0, words: [0; WORDS] };
    pub(crate) const ONE: Long = Long::positive(0, [0, 0, 0, 1 << 63]);
    pub(crate) const TWO: Long = Long::positive(1, [0, 0, 0, 1 << 63]);
    pub(crate) const NAN: Long = Long { class: Class::Nan, ..Long::ZERO };

    /// `words · 2^(exponent - 255)`, where the topmost bit is set.
    const fn positive(exponent: i64, words: [u64; WORDS]) -> Long {
        Long { class: Class::Ordinary, negative: false, exponent, words }
    }

    /// Of words whose topmost bit may be clear, behind which stands one more.
    fn new(negative: bool, exponent: i64, words: [u64; WORDS], behind: u64) -> Long {
        let [a, b, c, d] = words;
        if d == 0 {
            return if a == 0 && b == 0 && c == 0 && behind == 0 {
                Long::ZERO
            } else {
                Long::new(negative, exponent - 64, [behind, a, b, c], 0)
            };
        }
        let bits = d.leading_zeros();
        // Without a loop: this is called all the time, in unoptimised macros too.
        let words = if bits == 0 {
            words
        } else {
            let down = 64 - bits;
            [
                (a << bits) | (behind >> down),
                (b << bits) | (a >> down),
                (c << bits) | (b >> down),
                (d << bits) | (c >> down),
            ]
        };
        let exponent = exponent - i64::from(bits);
        if exponent.unsigned_abs() > MOST_EXPONENT {
            return Long::NAN;
        }
        Long { class: Class::Ordinary, negative, exponent, words }
    }

    /// Neither NaN nor infinite.
    pub fn is_finite(self) -> bool {
        self.class != Class::Nan
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.class == Class::Zero
    }

    fn is_ordinary(self) -> bool {
        self.class == Class::Ordinary
    }

    /// The power of two of an ordinary number.
    pub fn exponent(self) -> i64 {
        self.exponent
    }

    /// True for numbers below 2^exponent in size, zero included.
    fn is_below(self, exponent: i64) -> bool {
        self.is_zero() || self.is_ordinary() && self.exponent < exponent
    }

    /// The absolute value.
    fn magnitude(self) -> Long {
        Long { negative: false, ..self }
    }

    /// `self` or `-self`, whichever has the sign of `sign`; for `self` that is not negative.
    fn with_sign_of(self, sign: Long) -> Long {
        Long { negative: sign.negative && self.is_ordinary(), ..self }
    }

    /// `self · 2^power`, exactly; NaN beyond the range of exponents.
    pub fn scaled(self, power: i64) -> Long {
        if !self.is_ordinary() {
            return self;
        }
        let exponent = self.exponent.saturating_add(power);
        if exponent.unsigned_abs() > MOST_EXPONENT { Long::NAN } else { Long { exponent, ..self } }
    }
}

impl PartialEq for Long {
    fn eq(&self, other: &Long) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Long {
    fn partial_cmp(&self, other: &Long) -> Option<Ordering> {
        if !self.is_finite() || !other.is_finite() {
            return None;
        }
        let sign = |value: &Long| match (value.class, value.negative) {
            (Class::Zero, _) => 0,
            (_, true) => -1,
            (_, false) => 1,
        };
        let by_sign = sign(self).cmp(&sign(other));
        if by_sign.is_ne() || self.is_zero() {
            return Some(by_sign);
        }
        let by_size = self
            .exponent
            .cmp(&other.exponent)
            .then_with(|| self.words.iter().rev().cmp(other.words.iter().rev()));
        Some(if self.negative { by_size.reverse() } else { by_size })
    }
}
