//! The one interface that formulas are written against.
//!
//! A compiled formula is one generic body over [`Real`]. The same body then runs on an `f64`, on a number with an
//! unlimited exponent ([`Extended`](crate::Extended)), on a behaviour at infinity ([`Germ`](crate::Germ)) or on the
//! multi-precision oracle ([`Wide`](crate::Wide)).
//!
//! Two choices shape it. Comparisons give a [`Mask`](Real::Mask) and branches are a [`select`](Real::select), not a
//! `bool` and an `if`, so that several lanes can be computed at once. Constants are made from a witness
//! (`x.literal(0.5)`), so that a number that carries a context (a lane width, a direction) can hand it on.

use core::ops::{Add, Div, Mul, Neg, Sub};

/// -sqrt(1/2), in the parts that [`Real::constant`] takes.
pub const MINUS_ROOT_HALF: [f64; 3] =
    [-core::f64::consts::FRAC_1_SQRT_2, 4.833_646_656_726_457e-17, -2.069_337_654_349_706_8e-33];

/// A number that a formula can be evaluated with.
///
/// Every method follows IEEE 754 where the number type has infinities and NaN: operations on a NaN give a NaN.
pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// What a comparison gives: a `bool`, or one per lane.
    type Mask: Copy;

    /// The constant `value`, in the context of `self`.
    fn literal(self, value: f64) -> Self;

    /// The constant that is the sum of the three: each one but the first is what rounding the sum to those before has
    /// taken off.
    fn constant(self, [value, ..]: [f64; 3]) -> Self {
        self.literal(value)
    }

    /// The decimal literal `text` (digits, an optional point, an optional exponent) as exactly as the type can hold it.
    fn decimal(self, text: &str) -> Self;

    /// The ratio of a circle's circumference to its diameter.
    fn pi(self) -> Self;

    /// The base of the natural logarithm.
    fn e(self) -> Self;

    /// `self < other`; false when either is NaN.
    fn less(self, other: Self) -> Self::Mask;

    /// `self <= other`; false when either is NaN.
    fn less_equal(self, other: Self) -> Self::Mask;

    /// `yes` where `mask` holds, `no` elsewhere. Both have been computed: a NaN in the other one is harmless.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// `yes` where `left < right`, `no` where not, NaN where either side is NaN.
    fn if_less(left: Self, right: Self, yes: Self, no: Self) -> Self {
        let unordered = left.literal(f64::NAN);
        Self::select(left.less(right), yes, Self::select(right.less_equal(left), no, unordered))
    }

    /// `yes` where `left <= right`, `no` where not, NaN where either side is NaN.
    fn if_less_equal(left: Self, right: Self, yes: Self, no: Self) -> Self {
        let unordered = left.literal(f64::NAN);
        Self::select(left.less_equal(right), yes, Self::select(right.less(left), no, unordered))
    }

    /// Absolute value.
    fn abs(self) -> Self;

    /// -1, 0 or 1; the sign of zero is zero.
    fn sign(self) -> Self {
        let zero = self.literal(0.0);
        let one = self.literal(1.0);
        let non_negative = Self::select(zero.less(self), one, self);
        Self::select(self.less(zero), -one, non_negative)
    }

    /// The smaller of the two; `self` on a tie; NaN when either is NaN.
    fn min(self, other: Self) -> Self {
        let unordered = self + other;
        Self::select(self.less_equal(other), self, Self::select(other.less(self), other, unordered))
    }

    /// The larger of the two; `self` on a tie; NaN when either is NaN.
    fn max(self, other: Self) -> Self {
        let unordered = self + other;
        Self::select(other.less_equal(self), self, Self::select(self.less(other), other, unordered))
    }

    /// `self` raised to a whole power.
    fn powi(self, exponent: i32) -> Self {
        let mut result = self.literal(1.0);
        let mut square = self;
        let mut left = exponent.unsigned_abs();
        while left > 0 {
            if left & 1 == 1 {
                result = result * square;
            }
            left >>= 1;
            if left > 0 {
                square = square * square;
            }
        }
        if exponent < 0 { self.literal(1.0) / result } else { result }
    }

    /// `self` raised to a real power; NaN for a negative base.
    fn pow(self, exponent: Self) -> Self;

    /// Square root.
    fn sqrt(self) -> Self;

    /// Cube root, of the sign of `self`.
    fn cbrt(self) -> Self;

    /// e to the power of `self`.
    fn exp(self) -> Self;

    /// `exp(self) - 1`, without cancellation near zero.
    fn expm1(self) -> Self;

    /// Natural logarithm.
    fn ln(self) -> Self;

    /// `ln(1 + self)`, without cancellation near zero.
    fn log1p(self) -> Self;

    /// Hyperbolic sine.
    fn sinh(self) -> Self;

    /// Hyperbolic cosine.
    fn cosh(self) -> Self;

    /// Hyperbolic tangent.
    fn tanh(self) -> Self;

    /// Inverse hyperbolic sine.
    fn asinh(self) -> Self;

    /// Arc tangent, in radians.
    fn atan(self) -> Self;

    /// Sine of an angle in radians.
    fn sin(self) -> Self;

    /// Cosine of an angle in radians.
    fn cos(self) -> Self;

    /// Error function.
    fn erf(self) -> Self;

    /// `1 - erf(self)`, with its full relative accuracy in the right tail.
    fn erfc(self) -> Self;

    /// The normal distribution, `erfc(-self / sqrt(2)) / 2`, with its full relative accuracy in the left tail.
    fn normal_cdf(self) -> Self {
        (self * self.constant(MINUS_ROOT_HALF)).erfc() * self.literal(0.5)
    }

    /// `exp(-self²/2)`. Beside [`normal_cdf`](Self::normal_cdf) of the same number it costs nothing in kernels.
    fn gauss(self) -> Self {
        (self.powi(2) * self.literal(-0.5)).exp()
    }

    /// Logistic sigmoid `1 / (1 + exp(-self))`; never overflows inside.
    fn sigmoid(self) -> Self;

    /// `ln(1 + exp(self))`; never overflows inside.
    fn softplus(self) -> Self;

    /// Hyperbolic secant `1 / cosh(self)`; never overflows inside.
    fn sech(self) -> Self;

    /// `exp(-|self|)`, which lies in [0, 1].
    fn decay(self) -> Self {
        (-(self.abs())).exp()
    }

    /// `1 - exp(-|self|)`, without cancellation near zero.
    fn decay_gap(self) -> Self {
        -(-(self.abs())).expm1()
    }

    /// `ln(cosh(self))`, accurate near zero and without overflow.
    fn logcosh(self) -> Self;

    /// `self - tanh(self)`, which is about `self³/3` near zero.
    fn tanhshrink(self) -> Self {
        self - self.tanh()
    }

    /// `exp(self) - 1 - self`, which is about `self²/2` near zero.
    fn exp_excess(self) -> Self {
        self.expm1() - self
    }
}
