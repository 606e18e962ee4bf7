//! Functions of rows: the bits of `activation_core::rows`, gradients of finite differences, candle's softmax to its own precision.

use crate::tensors::{assert_same, tensor};
use activation_core::candle::{log_softmax, logsumexp, maxout, softmax, softmin, sparsemax};
use activation_core::rows;
use candle_core::{D, Device, Result, Tensor, Var};

type OfRows = fn(&Tensor) -> Result<Tensor>;

const FUNCTIONS: &[(&str, OfRows)] = &[
    ("softmax", softmax),
    ("log_softmax", log_softmax),
    ("softmin", softmin),
    ("sparsemax", sparsemax),
    ("logsumexp", logsumexp),
    ("maxout", |xs| maxout(xs, 2)),
];

fn scores() -> Vec<f64> {
    (0..24).map(|index| (f64::from(index) * 0.618_034).fract() * 4.0 - 2.0).collect()
}

#[test]
fn same_bits() -> Result<()> {
    let scores: Vec<f32> = scores().into_iter().map(|score| score as f32).collect();
    let xs = tensor(&scores, &[2, 3, 4])?;
    let mut expected = [0.0; 24];
    rows::softmax_into(&scores, 4, &mut expected);
    assert_same(&softmax(&xs)?.flatten_all()?.to_vec1::<f32>()?, &expected, "softmax");
    rows::sparsemax_into(&scores, 4, &mut expected);
    assert_same(&sparsemax(&xs)?.flatten_all()?.to_vec1::<f32>()?, &expected, "sparsemax");

    let candle = candle_nn::ops::softmax(&xs, D::Minus1)?;
    let difference = (softmax(&xs)? - candle)?.abs()?.max_all()?.to_scalar::<f32>()?;
    assert!(difference < 1e-6, "{difference}");
    assert_eq!(logsumexp(&xs)?.dims(), [2, 3]);
    assert_eq!(maxout(&xs, 2)?.dims(), [2, 3, 2]);
    Ok(())
}

/// Rows of a strided tensor are those of its shape.
#[test]
fn strided() -> Result<()> {
    let xs = tensor(&scores(), &[4, 6])?.t()?;
    for (name, function) in FUNCTIONS {
        let copied = function(&xs.contiguous()?)?.flatten_all()?.to_vec1::<f64>()?;
        assert_same(&function(&xs)?.flatten_all()?.to_vec1::<f64>()?, &copied, name);
    }
    Ok(())
}

#[test]
fn finite_differences() -> Result<()> {
    let scores = scores();
    let factors =
        |count: usize| -> Vec<f64> { (0..count).map(|index| 1.5 - (index as f64 * 0.7).fract()).collect() };
    for (name, function) in FUNCTIONS {
        let loss = |xs: &Tensor| -> Result<Tensor> {
            let ys = function(xs)?.flatten_all()?;
            let factors = factors(ys.elem_count());
            (ys * Tensor::new(factors, &Device::Cpu)?)?.sum_all()
        };
        let xs = Var::from_slice(&scores, (6, 4), &Device::Cpu)?;
        let gradient = loss(&xs)?.backward()?.get(&xs).unwrap().flatten_all()?.to_vec1::<f64>()?;
        for (index, gradient) in gradient.into_iter().enumerate() {
            let at = |step: f64| -> Result<f64> {
                let mut scores = scores.clone();
                scores[index] += step;
                loss(&tensor(&scores, &[6, 4])?)?.to_scalar::<f64>()
            };
            let difference = (at(1e-6)? - at(-1e-6)?) / 2e-6;
            assert!((gradient - difference).abs() < 1e-8, "{name} at {index}: {gradient}, {difference}");
        }
    }
    Ok(())
}

/// More than one part, with rows that no part divides.
#[test]
fn many_rows() -> Result<()> {
    let scores: Vec<f32> = (0..70_001 * 7).map(|index| (index as f32 * 0.618_034).fract()).collect();
    let mut expected = vec![0.0; scores.len()];
    rows::softmax_into(&scores, 7, &mut expected);
    let xs = tensor(&scores, &[70_001, 7])?;
    assert_same(&softmax(&xs)?.flatten_all()?.to_vec1::<f32>()?, &expected, "softmax");
    Ok(())
}
