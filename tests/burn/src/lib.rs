//! The adapter to burn from a user's point of view: gradients against the slices', networks that train, records, and what burn's
//! own functions do. The Rust of the book's chapter is run here too.
#![allow(deprecated, reason = "the backend of ndarray stands for all others, and burn will remove it")]

#[cfg(test)]
mod devices;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod gradients;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod training;

/// The Rust of the book's chapter.
#[cfg(doctest)]
#[doc = include_str!(concat!("../../../docs/src/", "burn.md"))]
pub struct Chapter;

/// The examples in the adapter's own documentation.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/adapter.md"))]
pub struct Adapter;

#[cfg(test)]
mod shared {
    use activation_core::Scalar;
    use burn::tensor::{Device, Tensor, TensorData};

    /// Numbers of all kinds.
    pub(crate) fn numbers<T: Scalar>(length: usize) -> Vec<T> {
        const SPECIAL: [f64; 8] =
            [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1e30, -750.0, 1e-40];
        let number = |at: usize| match at % 7 {
            3 => SPECIAL[at / 7 % SPECIAL.len()],
            _ => (at * 7919 % 10007) as f64 / 800.0 - 6.0,
        };
        (0..length).map(|at| T::from_f64(number(at))).collect()
    }

    /// Ordinary numbers.
    pub(crate) fn values<T: Scalar>(length: usize) -> Vec<T> {
        (0..length).map(|at| T::from_f64((at * 31 % 97) as f64 / 16.0 - 3.0)).collect()
    }

    /// A tensor of these elements, in their type.
    pub(crate) fn tensor<T: Scalar + burn::tensor::Element, const D: usize>(
        elements: &[T],
        shape: [usize; D],
        device: &Device,
    ) -> Tensor<D> {
        Tensor::from_data(TensorData::new(elements.to_vec(), shape), (device, T::dtype()))
    }

    /// Its elements in the order of the shape.
    pub(crate) fn elements<T: Scalar + burn::tensor::Element, const D: usize>(tensor: &Tensor<D>) -> Vec<T> {
        tensor.to_data().try_to_vec().expect("elements of the type that went in")
    }

    /// Equal bits; all NaN are one.
    #[track_caller]
    pub(crate) fn assert_same<T: Scalar>(found: &[T], expected: &[T], what: &str) {
        let bits = |x: &T| if x.to_f64().is_nan() { u64::MAX } else { x.to_f64().to_bits() };
        assert_eq!(found.len(), expected.len(), "{what}");
        for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
            assert_eq!(bits(found), bits(expected), "{what}, element {at}: {found:?} is not {expected:?}");
        }
    }
}
