//! What elementary functions are written over: one number, or several that are computed side by side.
//!
//! There are no branches in a function over lanes: a comparison gives a [`Mask`](Lane::Mask), and
//! [`select`](Lane::select) takes one of two values that were both computed. Only operations that IEEE 754 defines to the last
//! bit appear, and nothing is fused but where [`mul_add`](Lane::mul_add) says so: a function then has the same bits on every
//! machine and in every width.
//!
//! What is said here holds for any binary format; a whole number always means one that is held as a float.

use core::ops::{Add, Div, Mul, Neg, Sub};

/// One floating-point number, or a vector of them.
pub trait Lane:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// What a comparison gives: a `bool`, or one per lane.
    type Mask: Copy;

    /// The constant `value` in every lane.
    fn of(value: f64) -> Self;

    /// `self factor + addend`, rounded once: one instruction within a [`Kernel`](crate::Kernel) on every machine of the last ten
    /// years, a call of a library elsewhere.
    fn mul_add(self, factor: Self, addend: Self) -> Self;

    /// Absolute value.
    fn abs(self) -> Self;

    /// Square root, correctly rounded.
    fn sqrt(self) -> Self;

    /// `self` with the sign of `sign`, also where either is a zero.
    fn copysign(self, sign: Self) -> Self;

    /// `self < other`; false when either is NaN.
    fn less(self, other: Self) -> Self::Mask;

    /// `self <= other`; false when either is NaN.
    fn less_equal(self, other: Self) -> Self::Mask;

    /// Where both hold.
    fn and(a: Self::Mask, b: Self::Mask) -> Self::Mask;

    /// Where one of them holds.
    fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask;

    /// Where it does not hold.
    fn not(mask: Self::Mask) -> Self::Mask;

    /// Whether it holds in any lane: the way to a slow path that is rarely needed.
    fn any(mask: Self::Mask) -> bool;

    /// `yes` where `mask` holds, `no` elsewhere.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// The nearest whole number, the even one of two; for numbers below a quarter of the largest that have halves.
    fn nearest_integer(self) -> Self;

    /// Whether `self` is a whole number, as all large ones and the infinities are.
    fn is_whole(self) -> Self::Mask;

    /// `2^self` for a whole number between the exponents of the smallest and the largest normal number; anything,
    /// but without a panic, elsewhere.
    fn two_to(self) -> Self;

    /// `(n, 2^(n + more))` with n the nearest whole number, as far as [`two_to`](Lane::two_to) has it.
    #[inline(always)]
    fn whole_power(self, more: i8) -> (Self, Self) {
        let whole = self.nearest_integer();
        (whole, (whole + Self::of(more.into())).two_to())
    }

    /// `(m, k)` with `self = m 2^k` and m in [√½, √2), for a positive finite number; anything elsewhere.
    fn split(self) -> (Self, Self);

    /// The leading half of the significand. The product of two such halves is exact, and so is that of one with
    /// what the other leaves.
    fn upper_half(self) -> Self;

    /// `function` of every lane, one after the other: slow.
    fn map(self, function: impl Fn(f64) -> f64) -> Self;
}

/// 3·2^51: adding it leaves no bits behind the point, and the whole number in the last bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// 2^52: an exponent field put below its bits is a whole number.
const TWO_52: f64 = 4_503_599_627_370_496.0;

/// The bits of √½, from which exponents are counted.
const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

const FRACTION_BITS: u32 = 52;
const BIAS: f64 = 1023.0;

impl Lane for f64 {
    type Mask = bool;

    #[inline(always)]
    fn of(value: f64) -> f64 {
        value
    }

    #[cfg(feature = "std")]
    #[inline(always)]
    #[allow(
        clippy::disallowed_methods,
        reason = "what calls this is compiled for a level that has the instruction"
    )]
    fn mul_add(self, factor: f64, addend: f64) -> f64 {
        self.mul_add(factor, addend)
    }

    #[cfg(not(feature = "std"))]
    #[inline(always)]
    fn mul_add(self, factor: f64, addend: f64) -> f64 {
        libm::fma(self, factor, addend)
    }

    #[inline(always)]
    fn abs(self) -> f64 {
        self.abs()
    }

    /// One instruction where the processor has it. There is no `f64::sqrt` in `core`, and vectors are made of this one only.
    #[cfg(feature = "std")]
    #[inline(always)]
    fn sqrt(self) -> f64 {
        self.sqrt()
    }

    #[cfg(not(feature = "std"))]
    #[inline(always)]
    fn sqrt(self) -> f64 {
        libm::sqrt(self)
    }

    #[inline(always)]
    fn copysign(self, sign: f64) -> f64 {
        self.copysign(sign)
    }

    #[inline(always)]
    fn less(self, other: f64) -> bool {
        self < other
    }

    #[inline(always)]
    fn less_equal(self, other: f64) -> bool {
        self <= other
    }

    #[inline(always)]
    fn and(a: bool, b: bool) -> bool {
        a & b
    }

    #[inline(always)]
    fn or(a: bool, b: bool) -> bool {
        a | b
    }

    #[inline(always)]
    fn not(mask: bool) -> bool {
        !mask
    }

    #[inline(always)]
    fn any(mask: bool) -> bool {
        mask
    }

    #[inline(always)]
    fn select(mask: bool, yes: f64, no: f64) -> f64 {
        if mask { yes } else { no }
    }

    #[inline(always)]
    fn nearest_integer(self) -> f64 {
        (self + ROUNDER) - ROUNDER
    }

    #[inline(always)]
    fn is_whole(self) -> bool {
        let size = self.abs();
        (TWO_52 <= size) | ((size + TWO_52) - TWO_52 == size)
    }

    #[inline(always)]
    fn two_to(self) -> f64 {
        f64::from_bits((self + (ROUNDER + BIAS)).to_bits() << FRACTION_BITS)
    }

    #[inline(always)]
    fn split(self) -> (f64, f64) {
        let subnormal = self < f64::MIN_POSITIVE;
        let normal = if subnormal { self * TWO_52 } else { self };
        let shifted = normal.to_bits().wrapping_add(1.0_f64.to_bits() - ROOT_HALF);
        let fraction = shifted & ((1 << FRACTION_BITS) - 1);
        let field = f64::from_bits((shifted >> FRACTION_BITS) | TWO_52.to_bits()) - TWO_52;
        let bias = if subnormal { BIAS + f64::from(FRACTION_BITS) } else { BIAS };
        (f64::from_bits(fraction + ROOT_HALF), field - bias)
    }

    #[inline(always)]
    fn upper_half(self) -> f64 {
        f64::from_bits(self.to_bits() & 0xffff_ffff_f800_0000)
    }

    #[inline(always)]
    fn map(self, function: impl Fn(f64) -> f64) -> f64 {
        function(self)
    }
}
