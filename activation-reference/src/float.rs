//! The types that are measured, as bit patterns.

use half::{bf16, f16};

/// A binary floating-point type of IEEE 754's layout.
pub trait Float: Copy + Default + Send + Sync + 'static {
    /// How it is called.
    const NAME: &'static str;
    /// Bits of a number.
    const BITS: u32;
    /// Bits of the fraction, without the leading one that is not stored.
    const FRACTION: u32;

    /// The number of a bit pattern; bits beyond [`BITS`](Float::BITS) do not count.
    fn from_pattern(pattern: u64) -> Self;

    /// The same number as a double.
    fn widened(self) -> f64;

    /// The exponent of the largest numbers, which is also the bias.
    const LARGEST: i32 = (1 << (Self::BITS - Self::FRACTION - 2)) - 1;

    /// Numbers at which arithmetic has its edges: of both signs 0, the smallest and the largest numbers, 1/2, 1, 2, 3, 6
    /// and infinity.
    fn edges() -> impl Iterator<Item = u64> {
        let binade = 1_u64 << Self::FRACTION;
        let one = Self::LARGEST as u64 * binade;
        let infinity = (2 * Self::LARGEST as u64 + 1) * binade;
        let three = one + binade + binade / 2;
        let sizes = [
            0,
            1,
            binade - 1,
            binade,
            one - binade,
            one,
            one + binade,
            three,
            three + binade,
            infinity - 1,
            infinity,
        ];
        sizes.into_iter().flat_map(|size| [size, size | 1 << (Self::BITS - 1)])
    }

    /// The power of two that a distance is multiplied by to count in units of the spacing of this type, beside a value of
    /// that binary exponent. Subnormal numbers have the spacing of the smallest normal ones; beyond the largest number
    /// the spacing goes on to grow, as if there were more of them.
    #[inline]
    fn ulp_power(exponent: i64) -> i32 {
        let exponent = exponent.clamp(i64::from(1 - Self::LARGEST), 1024);
        Self::FRACTION as i32 - exponent as i32
    }

    /// A distance from `value` in these units.
    #[inline]
    fn ulps(distance: f64, value: f64) -> f64 {
        let power = Self::ulp_power((value.to_bits() >> 52 & 0x7ff) as i64 - 1023);
        // In two factors: one of 2^1074, which `f64` itself needs, is too large for it.
        let two_to = |power: i32| f64::from_bits(((power + 1023) as u64) << 52);
        distance * two_to(power / 2) * two_to(power - power / 2)
    }

    /// The smallest value that is rounded to infinity.
    fn overflow() -> f64 {
        let last = 0.5_f64.powi(Self::FRACTION as i32 + 1);
        (2.0 - last) * 2.0_f64.powi(Self::LARGEST)
    }

    /// Whether a value of this size is rounded to infinity.
    fn overflows(value: f64) -> bool {
        value.abs() >= Self::overflow()
    }
}

macro_rules! floats {
    ($($type:ident: $fraction:literal, $bits:ty, $widened:expr;)*) => {
        $(impl Float for $type {
            const NAME: &'static str = stringify!($type);
            const BITS: u32 = <$bits>::BITS;
            const FRACTION: u32 = $fraction;

            #[inline]
            fn from_pattern(pattern: u64) -> Self {
                $type::from_bits(pattern as $bits)
            }

            #[inline]
            fn widened(self) -> f64 {
                let widened: fn($type) -> f64 = $widened;
                widened(self)
            }
        })*
    };
}

floats! {
    f16: 10, u16, f16::to_f64;
    bf16: 7, u16, bf16::to_f64;
    f32: 23, u32, f64::from;
    f64: 52, u64, |number| number;
}

#[cfg(test)]
mod tests {
    use super::Float;
    use half::{bf16, f16};

    #[test]
    fn edges_are_the_numbers_that_they_are_said_to_be() {
        fn numbers<T: Float>() -> Vec<f64> {
            T::edges().map(|pattern| T::from_pattern(pattern).widened()).collect()
        }
        let single = numbers::<f32>();
        for number in [0.0, 1e-45, f32::MIN_POSITIVE, 0.5, 1.0, 2.0, 3.0, 6.0, f32::MAX, f32::INFINITY] {
            assert!(single.contains(&f64::from(number)) && single.contains(&-f64::from(number)), "{number}");
        }
        assert!(numbers::<f16>().contains(&65504.0));
        assert!(numbers::<bf16>().contains(&bf16::MAX.to_f64()));
        assert!(numbers::<f64>().contains(&f64::MAX) && numbers::<f64>().contains(&-5e-324));
    }

    #[test]
    fn units_are_the_distances_of_neighbours() {
        for value in [1e-45, 1e-40, f32::MIN_POSITIVE, 0.7, 1.0, 3.5, 1e30] {
            let spacing = f64::from(value.next_up()) - f64::from(value);
            assert_eq!(f32::ulps(spacing, f64::from(value)), 1.0, "{value}");
        }
        assert_eq!(f64::ulps(5e-324, 0.0), 1.0);
        assert_eq!(f16::ulps(64.0, 65536.0), 1.0);
        assert!(f16::overflows(65520.0) && !f16::overflows(65519.9));
        assert!(f32::overflows(-1e39) && !f32::overflows(f64::from(f32::MAX)));
        assert!(f64::overflows(f64::INFINITY) && !f64::overflows(f64::MAX));
    }
}
