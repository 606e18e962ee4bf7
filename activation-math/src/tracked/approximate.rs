//! The number types whose errors are tracked: what each of their operations may be off by.

use super::{Magnitude, Size};
use crate::body::unit_in_the_last_place;
use crate::elementary::bounds as double;
use crate::extended::bounds as pair;
use crate::long::bounds as long;
use crate::{Extended, Long, Real};

/// How far two doubles together may be from the number that they stand for, and how far three.
const TWO_PARTS: f64 = HALF_ULP * HALF_ULP;
const THREE_PARTS: f64 = TWO_PARTS * HALF_ULP;

/// A number type whose operations have stated errors.
pub trait Approximate: Real<Mask = bool> {
    /// What bounds of its errors are kept in.
    type Size: Size;

    /// Of each operation, the largest error of a result in its [`unit`](Approximate::unit).
    const BOUNDS: Bounds;

    /// The largest [`unit`](Approximate::unit) of a number, relative to it.
    const LARGEST_UNIT: f64;

    /// The largest relative error of a constant of several parts.
    const CONSTANT: f64;

    /// The largest relative error of a decimal literal.
    const DECIMAL: f64;

    /// The largest error of a result that has underflowed.
    const LEAST: Self::Size;

    /// `|self|`.
    fn size(self) -> Self::Size;

    /// What errors of this result are measured in: a unit in the last place, or the number itself.
    fn unit(self) -> Self::Size;

    /// True for all but NaN and infinity.
    fn is_finite(self) -> bool;

    /// Whether nothing has been rounded off; false if it is not known.
    fn sum_is_exact(left: Self, right: Self, sum: Self) -> bool;

    /// Whether nothing has been rounded off; false if it is not known.
    fn product_is_exact(left: Self, right: Self, product: Self) -> bool;

    /// `left == right`
    fn is_same(left: Self, right: Self) -> bool {
        left.less_equal(right) && right.less_equal(left)
    }

    /// How far [`constant`](Real::constant) is from the number that its parts stand for.
    fn error_of_constant(parts: [f64; 3]) -> Self::Size;
}

macro_rules! bounds {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The largest error of each operation.
        #[allow(missing_docs, reason = "named after the operations")]
        #[allow(non_snake_case, reason = "they are constants")]
        #[derive(Clone, Copy, Debug)]
        pub struct Bounds { pub ADD: f64, pub MUL: f64, pub DIV: f64, pub SQRT: f64, $(pub $name: f64),* }

        /// Half a unit in the last place, relative to the smallest number that has it.
        const HALF_ULP: f64 = f64::EPSILON / 2.0;

        impl Approximate for f64 {
            type Size = f64;

            const BOUNDS: Bounds = Bounds {
                ADD: 0.5, MUL: 0.5, DIV: 0.5, SQRT: 0.5,
                $($name: double::$name),*
            };

            const LARGEST_UNIT: f64 = f64::EPSILON;

            const CONSTANT: f64 = HALF_ULP;

            const DECIMAL: f64 = 0.5;

            const LEAST: f64 = 5e-324;

            #[inline]
            fn size(self) -> f64 {
                <f64 as Size>::of(self)
            }

            #[inline]
            fn unit(self) -> f64 {
                unit_in_the_last_place(self)
            }

            #[inline]
            fn is_finite(self) -> bool {
                f64::is_finite(self)
            }

            #[inline]
            fn sum_is_exact(left: f64, right: f64, sum: f64) -> bool {
                // Knuth's two-sum: what rounding has taken off.
                let shadow = sum - left;
                (left - (sum - shadow)) + (right - shadow) == 0.0
            }

            #[inline]
            fn product_is_exact(left: f64, right: f64, product: f64) -> bool {
                // Dekker's product, where its parts neither overflow nor underflow.
                const SPLITTER: f64 = 134_217_729.0; // 2^27 + 1
                const RANGE: core::ops::Range<f64> = 1e-140..1e140;
                let in_range = |value: f64| RANGE.contains(&value.abs());
                if !(in_range(left) && in_range(right)) {
                    return product == 0.0 && (left == 0.0 || right == 0.0);
                }
                let split = |value: f64| {
                    let high = SPLITTER * value;
                    let high = high - (high - value);
                    (high, value - high)
                };
                let ((a, b), (c, d)) = (split(left), split(right));
                ((a * c - product) + a * d + b * c) + b * d == 0.0
            }

            #[inline]
            fn error_of_constant([_, rest, _]: [f64; 3]) -> f64 {
                rest.abs()
            }
        }

        impl Approximate for Extended {
            type Size = Magnitude;

            const BOUNDS: Bounds = Bounds {
                ADD: pair::ADD, MUL: pair::MUL, DIV: pair::DIV, SQRT: pair::SQRT,
                $($name: pair::$name),*
            };

            const LARGEST_UNIT: f64 = 1.0;

            const CONSTANT: f64 = TWO_PARTS;

            const DECIMAL: f64 = pair::DECIMAL;

            const LEAST: Magnitude = Magnitude::ZERO;

            fn size(self) -> Magnitude {
                if self.is_finite() { Magnitude::new(self.high(), self.exponent()) } else { Magnitude::UNKNOWN }
            }

            fn unit(self) -> Magnitude {
                self.size()
            }

            fn is_finite(self) -> bool {
                self.high().is_finite()
            }

            /// Two doubles are exact as the sum of two doubles, unless one is too small to be kept.
            fn sum_is_exact(left: Extended, right: Extended, sum: Extended) -> bool {
                const APART: u64 = 100;
                let short = left.low() == 0.0 && right.low() == 0.0 && sum.is_finite();
                let (a, b) = (left.exponent(), right.exponent());
                let nothing = left.high() == 0.0 || right.high() == 0.0;
                short && (nothing || a.abs_diff(b) <= APART) && a.unsigned_abs() < 1 << 40
            }

            /// A product of two doubles has 106 bits.
            fn product_is_exact(left: Extended, right: Extended, product: Extended) -> bool {
                let short = left.low() == 0.0 && right.low() == 0.0 && product.is_finite();
                short && [left, right].iter().all(|value| value.exponent().unsigned_abs() < 1 << 40)
            }

            fn error_of_constant([value, rest, _]: [f64; 3]) -> Magnitude {
                // Of the first two parts together only the digits beyond the second one are missing.
                missing_of_constant(value, rest, Self::CONSTANT)
            }
        }

        impl Approximate for Long {
            type Size = Magnitude;

            const BOUNDS: Bounds = Bounds {
                ADD: long::ADD, MUL: long::MUL, DIV: long::DIV, SQRT: long::SQRT,
                $($name: long::$name),*
            };

            const LARGEST_UNIT: f64 = 1.0;

            const CONSTANT: f64 = THREE_PARTS;

            const DECIMAL: f64 = long::DECIMAL;

            const LEAST: Magnitude = Magnitude::ZERO;

            fn size(self) -> Magnitude {
                if self.is_finite() { Magnitude::new(self.leading(), self.exponent()) } else { Magnitude::UNKNOWN }
            }

            fn unit(self) -> Magnitude {
                self.size()
            }

            fn is_finite(self) -> bool {
                Long::is_finite(self)
            }

            fn sum_is_exact(left: Long, right: Long, _sum: Long) -> bool {
                left.sum(right).1
            }

            fn product_is_exact(left: Long, right: Long, _product: Long) -> bool {
                left.product(right).1
            }

            fn error_of_constant([value, _, last]: [f64; 3]) -> Magnitude {
                missing_of_constant(value, last, Self::CONSTANT)
            }
        }
    };
}

bounds! {
    EXP, EXPM1, LN, LOG1P, SINH, COSH, TANH, ASINH, ATAN, SIN, COS, ERF, ERFC, SIGMOID, SOFTPLUS, SECH, LOGCOSH,
    TANHSHRINK, EXP_EXCESS, DECAY, DECAY_GAP, CBRT, POW,
}

/// What the parts of a constant leave out, of which the `last` one is kept: a share of it, unless there was nothing left.
fn missing_of_constant(value: f64, last: f64, share: f64) -> Magnitude {
    /// Parts of a smaller one lose digits among the subnormal numbers.
    const SMALL_CONSTANT: f64 = 1e-250;
    let underflow = if value.abs() < SMALL_CONSTANT { 5e-324 } else { 0.0 };
    let share = if last == 0.0 { 0.0 } else { share };
    Magnitude::of(value) * Magnitude::of(share) + Magnitude::of(underflow)
}
