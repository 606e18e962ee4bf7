//! What the tests share: the same numbers in every type, and tensors of every layout.

use activation_core::candle::Element;
use candle_core::{Device, Result, Tensor};
use std::fmt::Debug;

/// Runs `$test` with each type of elements.
macro_rules! for_all_types {
    ($test:ident $(, $argument:expr)*) => {
        $test::<f32>($($argument),*).unwrap();
        $test::<f64>($($argument),*).unwrap();
        $test::<half::f16>($($argument),*).unwrap();
        $test::<half::bf16>($($argument),*).unwrap();
    };
}
pub(crate) use for_all_types;

/// Numbers between -8 and 8, kinks, tails, and what is no number; 60 of them.
pub(crate) fn inputs<T: Element>() -> Vec<T> {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        3.0,
        -3.0,
        6.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1e-7,
        -40.0,
        90.0,
        1e4,
    ];
    let ordinary = (0..60 - special.len()).map(|index| (index as f64 * 0.618_034).fract() * 16.0 - 8.0);
    special.into_iter().chain(ordinary).map(rounded).collect()
}

/// As many factors, none of them 0.
pub(crate) fn factors<T: Element>() -> Vec<T> {
    (0..60).map(|index| rounded((f64::from(index) * 0.414_214).fract() * 3.0 - 1.6)).collect()
}

pub(crate) fn rounded<T: Element>(value: f64) -> T {
    <T as activation_core::Scalar>::from_f64(value)
}

pub(crate) fn wide<T: Element>(value: T) -> f64 {
    activation_core::Scalar::to_f64(value)
}

pub(crate) fn tensor<T: Element>(values: &[T], shape: &[usize]) -> Result<Tensor> {
    Tensor::from_slice(values, shape, &Device::Cpu)
}

/// The elements in the order of the shape, as candle itself copies them.
pub(crate) fn elements<T: Element>(tensor: &Tensor) -> Result<Vec<T>> {
    tensor.flatten_all()?.to_vec1::<T>()
}

/// The same bits; candle adds gradients to 0, so that a zero's sign says nothing.
pub(crate) fn assert_same<T: Element + Debug>(found: &[T], expected: &[T], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (index, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let (found, expected) = (wide(found), wide(expected));
        let same = found == expected || (found.is_nan() && expected.is_nan());
        assert!(same, "{what}: {found} at {index}, not {expected}");
    }
}

/// A tensor of shape [3, 4, 5] in every layout that candle has, with what it is called.
pub(crate) fn layouts(base: &Tensor) -> Result<Vec<(&'static str, Tensor)>> {
    Ok(vec![
        ("contiguous", base.clone()),
        ("transposed", base.transpose(0, 2)?),
        ("permuted", base.permute((1, 2, 0))?),
        ("narrowed in front", base.narrow(0, 1, 2)?),
        ("narrowed at the end", base.narrow(2, 1, 3)?),
        ("narrowed and transposed", base.narrow(1, 1, 2)?.t()?),
        ("a column", base.narrow(2, 4, 1)?),
        ("one number", base.narrow(0, 1, 1)?.narrow(1, 2, 1)?.narrow(2, 3, 1)?.reshape(())?),
        ("nothing", base.narrow(1, 2, 0)?),
    ])
}
