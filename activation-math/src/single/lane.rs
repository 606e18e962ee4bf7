//! [`Lane`] for `f32`.

use crate::lane::Lane;

/// 3·2^22: adding it leaves no bits behind the point, and the whole number in the last bits.
const ROUNDER: f32 = 12_582_912.0;

/// 2^23: an exponent field put below its bits is a whole number.
const TWO_23: f32 = 8_388_608.0;

/// The bits of √½, from which exponents are counted.
const ROOT_HALF: u32 = 0x3f35_04f3;

const FRACTION_BITS: u32 = 23;
const BIAS: f32 = 127.0;

impl Lane for f32 {
    type Mask = bool;

    #[inline(always)]
    fn of(value: f64) -> f32 {
        value as f32
    }

    #[cfg(feature = "std")]
    #[inline(always)]
    #[allow(
        clippy::disallowed_methods,
        reason = "what calls this is compiled for a level that has the instruction"
    )]
    fn mul_add(self, factor: f32, addend: f32) -> f32 {
        self.mul_add(factor, addend)
    }

    #[cfg(not(feature = "std"))]
    #[inline(always)]
    fn mul_add(self, factor: f32, addend: f32) -> f32 {
        libm::fmaf(self, factor, addend)
    }

    #[inline(always)]
    fn abs(self) -> f32 {
        self.abs()
    }

    /// One instruction where the processor has it. There is no `f32::sqrt` in `core`, and vectors are made of this one only.
    #[cfg(feature = "std")]
    #[inline(always)]
    fn sqrt(self) -> f32 {
        self.sqrt()
    }

    #[cfg(not(feature = "std"))]
    #[inline(always)]
    fn sqrt(self) -> f32 {
        libm::sqrtf(self)
    }

    #[inline(always)]
    fn copysign(self, sign: f32) -> f32 {
        self.copysign(sign)
    }

    #[inline(always)]
    fn less(self, other: f32) -> bool {
        self < other
    }

    #[inline(always)]
    fn less_equal(self, other: f32) -> bool {
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
    fn select(mask: bool, yes: f32, no: f32) -> f32 {
        if mask { yes } else { no }
    }

    #[inline(always)]
    fn nearest_integer(self) -> f32 {
        (self + ROUNDER) - ROUNDER
    }

    #[inline(always)]
    fn is_whole(self) -> bool {
        let size = self.abs();
        (TWO_23 <= size) | ((size + TWO_23) - TWO_23 == size)
    }

    #[inline(always)]
    fn two_to(self) -> f32 {
        f32::from_bits((self + (ROUNDER + BIAS)).to_bits() << FRACTION_BITS)
    }

    /// The whole number lies in the last bits already, by the bias more than it is: 2^128 is infinite.
    #[inline(always)]
    fn whole_power(self, more: i8) -> (f32, f32) {
        let shift = ROUNDER + BIAS + f32::from(more);
        let shifted = self + shift;
        (shifted - shift, f32::from_bits(shifted.to_bits() << FRACTION_BITS))
    }

    #[inline(always)]
    fn split(self) -> (f32, f32) {
        let subnormal = self < f32::MIN_POSITIVE;
        let normal = if subnormal { self * TWO_23 } else { self };
        let shifted = normal.to_bits().wrapping_add(1.0_f32.to_bits() - ROOT_HALF);
        let fraction = shifted & ((1 << FRACTION_BITS) - 1);
        let field = f32::from_bits((shifted >> FRACTION_BITS) | TWO_23.to_bits()) - TWO_23;
        let bias = if subnormal { BIAS + FRACTION_BITS as f32 } else { BIAS };
        (f32::from_bits(fraction + ROOT_HALF), field - bias)
    }

    #[inline(always)]
    fn upper_half(self) -> f32 {
        f32::from_bits(self.to_bits() & 0xffff_f000)
    }

    #[inline(always)]
    fn map(self, function: impl Fn(f64) -> f64) -> f32 {
        function(f64::from(self)) as f32
    }
}
