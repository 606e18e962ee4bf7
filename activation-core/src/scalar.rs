//! The number types that data comes in.

use crate::Precision;

/// `f32` or `f64`, and with the feature `half` also `f16` and `bf16`.
///
/// Results are computed in `f64` or better and rounded once.
pub trait Scalar:
    Copy + PartialEq + core::fmt::Debug + Default + Send + Sync + 'static + sealed::Sealed
{
    /// How exact a result must be before it is rounded to this type.
    const PRECISION: Precision;

    /// The same number as a double; exact.
    fn to_f64(self) -> f64;

    /// The nearest number of this type, ties to even.
    fn from_f64(value: f64) -> Self;
}

pub(crate) mod sealed {
    /// Which concrete slice a generic one is, so that an erased activation can be called with it.
    pub trait Sealed: Sized {
        fn slice(values: &[Self]) -> super::Slice<'_>;
        fn slice_mut(values: &mut [Self]) -> super::SliceMut<'_>;
    }
}

macro_rules! scalars {
    ($($(#[$when:meta])* $variant:ident $type:ty: $precision:ident, $to:expr, $from:expr;)*) => {
        /// A slice of one of the types.
        #[derive(Clone, Copy)]
        #[doc(hidden)]
        #[allow(missing_docs, reason = "internal")]
        pub enum Slice<'a> {
            $($(#[$when])* $variant(&'a [$type]),)*
        }

        /// A mutable slice of one of the types.
        #[doc(hidden)]
        #[allow(missing_docs, reason = "internal")]
        pub enum SliceMut<'a> {
            $($(#[$when])* $variant(&'a mut [$type]),)*
        }

        $(
            $(#[$when])*
            impl Scalar for $type {
                const PRECISION: Precision = Precision::$precision;

                #[inline]
                fn to_f64(self) -> f64 {
                    let to: fn($type) -> f64 = $to;
                    to(self)
                }

                #[inline]
                fn from_f64(value: f64) -> $type {
                    let from: fn(f64) -> $type = $from;
                    from(value)
                }
            }

            $(#[$when])*
            impl sealed::Sealed for $type {
                fn slice(values: &[Self]) -> Slice<'_> {
                    Slice::$variant(values)
                }

                fn slice_mut(values: &mut [Self]) -> SliceMut<'_> {
                    SliceMut::$variant(values)
                }
            }
        )*
    };
}

scalars! {
    F32 f32: Single, f64::from, |value| value as f32;
    F64 f64: Double, |value| value, |value| value;
    #[cfg(feature = "half")]
    F16 half::f16: Single, half::f16::to_f64, |value| half::f16::from_f32(rounded_to_odd(value));
    #[cfg(feature = "half")]
    Bf16 half::bf16: Single, half::bf16::to_f64, |value| half::bf16::from_f32(rounded_to_odd(value));
}

/// `value` in `f32`, cut off, with the last bit set if anything was cut: rounding that to a narrower type gives what
/// rounding `value` itself would. (The conversions of `half` from `f64` may go through `f32` and round twice.)
#[cfg(feature = "half")]
fn rounded_to_odd(value: f64) -> f32 {
    let nearest = value as f32;
    let back = f64::from(nearest);
    if value.is_nan() || back == value {
        return nearest;
    }
    let cut = if back.abs() > value.abs() { nearest.to_bits() - 1 } else { nearest.to_bits() };
    f32::from_bits(cut | 1)
}

/// The numbers, if they are of the type `f32`.
#[doc(hidden)]
#[inline]
pub fn as_single<T: Scalar>(values: &[T]) -> Option<&[f32]> {
    if let Slice::F32(values) = T::slice(values) { Some(values) } else { None }
}

/// The numbers, if they are of the type `f32`.
#[doc(hidden)]
#[inline]
pub fn as_single_mut<T: Scalar>(values: &mut [T]) -> Option<&mut [f32]> {
    if let SliceMut::F32(values) = T::slice_mut(values) { Some(values) } else { None }
}

/// Calls `$body` with the concrete slices; they have the same type because one generic caller made them.
#[cfg(feature = "std")]
macro_rules! with_same_type {
    (($first:expr $(, $other:expr)*) as ($a:ident $(, $b:ident)*) in [$kind:ident $(, $kinds:ident)*] => $body:expr) => {
        match ($first, $($other),*) {
            (crate::scalar::$kind::F32($a), $(crate::scalar::$kinds::F32($b)),*) => $body,
            (crate::scalar::$kind::F64($a), $(crate::scalar::$kinds::F64($b)),*) => $body,
            #[cfg(feature = "half")]
            (crate::scalar::$kind::F16($a), $(crate::scalar::$kinds::F16($b)),*) => $body,
            #[cfg(feature = "half")]
            (crate::scalar::$kind::Bf16($a), $(crate::scalar::$kinds::Bf16($b)),*) => $body,
            #[allow(unreachable_patterns, reason = "unreachable: one generic caller made all slices")]
            _ => unreachable!("slices of different types"),
        }
    };
}
#[cfg(feature = "std")]
pub(crate) use with_same_type;

/// Whether a number is one of `f32`: what the compiler asks of a parameter.
#[doc(hidden)]
#[inline]
pub fn is_single(value: f64) -> bool {
    f64::from(value as f32) == value
}

#[cfg(all(test, feature = "half"))]
mod tests {
    use super::Scalar;
    use half::{bf16, f16};

    /// Beside the middle between two neighbours of f16, where rounding twice goes the wrong way.
    #[test]
    fn half_precision_is_rounded_once() {
        for bits in 0..0x7bff_u16 {
            let [low, high] = [f16::from_bits(bits), f16::from_bits(bits + 1)];
            let middle = (low.to_f64() + high.to_f64()) / 2.0;
            let step = middle * 2.0_f64.powi(-40);
            assert_eq!(<f16 as Scalar>::from_f64(middle - step), low);
            assert_eq!(<f16 as Scalar>::from_f64(middle + step), high);
            assert_eq!(<f16 as Scalar>::from_f64(-(middle + step)), -high);
            let even = if bits & 1 == 0 { low } else { high };
            assert_eq!(<f16 as Scalar>::from_f64(middle), even);
        }
        assert_eq!(<bf16 as Scalar>::from_f64(1e300), bf16::INFINITY);
        assert_eq!(<f16 as Scalar>::from_f64(65519.999), f16::MAX);
        assert!(<f16 as Scalar>::from_f64(f64::NAN).is_nan());
    }
}
