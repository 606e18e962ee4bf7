//! Forward and backward of the whole catalogue, in every type, have the bits of the slices.

use crate::shared::{assert_same, elements, numbers, tensor, values};
use activation_core::burn::{Activate, Layer, Learned};
use activation_core::catalogue::{Gelu, Prelu, Swish};
use activation_core::{Activation, Fast, Output, Scalar, all, channels};
use burn::tensor::{Device, Element, Tensor, bf16, f16};
use std::fmt::Debug;

/// The gradient by `x` of the sum of `y` times `weights`: `weights` is the gradient by y.
fn gradient<const D: usize>(x: &Tensor<D>, y: Tensor<D>, weights: Tensor<D>) -> Tensor<D> {
    x.grad(&(y * weights).sum().backward()).expect("x takes part")
}

fn agree<T: Scalar + Element>(function: &(impl activation_core::Pointwise + Debug), device: &Device) {
    let what = format!("{function:?} in {:?}", T::dtype());
    let (input, weights) = (numbers::<T>(6 * 35), values::<T>(6 * 35));
    let x = tensor(&input, [6, 35], device).require_grad();
    let y = x.clone().activate(function);
    let mut expected = vec![T::default(); input.len()];
    function.evaluate_into(Output::Forward, &input, &mut expected);
    assert_same(&elements::<T, 2>(&y), &expected, &what);
    let found = gradient(&x, y, tensor(&weights, [6, 35], device));
    function.backward_into(&input, &weights, &mut expected);
    assert_same(&elements::<T, 2>(&found), &expected, &format!("gradient of {what}"));
}

#[test]
fn the_whole_catalogue_in_every_type() {
    for device in [Device::flex().autodiff(), Device::flex().autodiff().gradient_checkpointing()] {
        for entry in all() {
            agree::<f32>(&entry.activation(), &device);
            agree::<f64>(&entry.activation(), &device);
        }
        for name in ["gelu", "relu", "mish", "softplus", "hard_swish"] {
            let activation = activation_core::by_name(name).expect("it is in the catalogue");
            agree::<f16>(&activation, &device);
            agree::<bf16>(&activation, &device);
        }
        agree::<f32>(&Gelu, &device);
        agree::<f32>(&Fast(Gelu), &device);
    }
}

/// Transposed, narrowed, flipped and repeated tensors, and gradients that lie otherwise.
#[test]
fn every_layout() {
    let device = Device::flex().autodiff();
    let input = numbers::<f32>(12 * 10);
    type Change = fn(Tensor<2>) -> Tensor<2>;
    let changes: [(&str, Change); 5] = [
        ("transposed", |x| x.transpose()),
        ("narrowed", |x| x.slice([2..7, 3..9])),
        ("flipped", |x| x.flip([0, 1])),
        ("repeated", |x| x.slice([0..1, 0..10]).expand([4, 10])),
        ("empty", |x| x.slice([0..0, 0..10])),
    ];
    for (what, change) in changes {
        let x = change(tensor(&input, [12, 10], &device)).detach().require_grad();
        let changed = elements::<f32, 2>(&x);
        let y = Layer(Gelu).forward(x.clone());
        let mut expected = vec![0.0; changed.len()];
        Gelu.forward_into(&changed, &mut expected);
        assert_same(&elements::<f32, 2>(&y), &expected, what);
        let [rows, columns] = x.dims();
        let weights = tensor(&values::<f32>(changed.len()), [columns, rows], &device).transpose();
        let given = elements::<f32, 2>(&weights);
        Gelu.backward_into(&changed, &given, &mut expected);
        assert_same(&elements::<f32, 2>(&gradient(&x, y, weights)), &expected, what);
    }
}

/// Beyond what one thread takes.
#[test]
fn large_tensors() {
    let device = Device::flex().autodiff();
    let (input, weights) = (numbers::<f32>(300_000), values::<f32>(300_000));
    let x = tensor(&input, [300_000], &device).require_grad();
    let y = x.clone().activate(&Gelu);
    let mut expected = vec![0.0; input.len()];
    Gelu.forward_into(&input, &mut expected);
    assert_same(&elements::<f32, 1>(&y), &expected, "forward");
    Gelu.backward_into(&input, &weights, &mut expected);
    let found = gradient(&x, y, tensor(&weights, [300_000], &device));
    assert_same(&elements::<f32, 1>(&found), &expected, "backward");
}

/// A tensor whose gradient nobody wants, and a device without gradients.
#[test]
fn without_gradients() {
    let input = numbers::<f32>(20);
    let mut expected = vec![0.0; 20];
    Gelu.forward_into(&input, &mut expected);
    for device in [Device::flex(), Device::flex().autodiff()] {
        let y = tensor(&input, [4, 5], &device).activate(&Gelu);
        assert_same(&elements::<f32, 2>(&y), &expected, "forward");
    }
}

#[test]
fn learned_parameters_have_the_gradients_of_slices() {
    let device = Device::flex().autodiff();
    let (input, weights) = (values::<f32>(2 * 3 * 50), values::<f32>(2 * 3 * 50));
    let shape = [2, 3, 50];
    let swish = Learned::new(Swish { beta: 1.5 }, &device);
    let x = tensor(&input, shape, &device).require_grad();
    let gradients = (swish.forward(x.clone()) * tensor(&weights, shape, &device)).sum().backward();
    let (mut expected, mut sum) = (vec![0.0; input.len()], [0.0]);
    Swish { beta: 1.5 }.backward_into(&input, &weights, &mut expected);
    Swish { beta: 1.5 }.parameter_gradients_into(&input, &weights, &mut sum);
    assert_same(&elements::<f32, 3>(&x.grad(&gradients).expect("x takes part")), &expected, "by x");
    let by_beta = swish.parameters[0].val().grad(&gradients).expect("beta takes part");
    assert_same(&elements::<f32, 1>(&by_beta), &[sum[0] as f32], "by beta");

    for (dim, inner) in [(1, 50), (0, 150), (2, 1)] {
        let count = shape[dim];
        let slopes: Vec<Prelu> = vec![Prelu { slope: 0.5 }; count];
        let prelu = Learned::per_channel(Prelu { slope: 0.5 }, count, &device).on_dim(dim);
        let y = prelu.forward(x.clone());
        channels::forward_into(&slopes, inner, &input, &mut expected);
        assert_same(&elements::<f32, 3>(&y), &expected, "forward by channel");
        let gradients = (y * tensor(&weights, shape, &device)).sum().backward();
        let mut sums = vec![0.0; count];
        channels::parameter_gradients_into(&slopes, inner, &input, &weights, &mut sums);
        let sums: Vec<f32> = sums.into_iter().map(|sum| sum as f32).collect();
        let by_slopes = prelu.parameters[0].val().grad(&gradients).expect("slopes take part");
        assert_same(&elements::<f32, 1>(&by_slopes), &sums, "by slopes");
        channels::backward_into(&slopes, inner, &input, &weights, &mut expected);
        assert_same(&elements::<f32, 3>(&x.grad(&gradients).expect("x takes part")), &expected, "by x");
    }
}

#[test]
#[should_panic(expected = "`gelu` has no learned parameters; use `Layer`")]
fn nothing_to_learn() {
    let _ = Learned::new(Gelu, &Device::flex());
}

#[test]
#[should_panic(expected = "`prelu` has parameters for 3 channels, which dimension 1 of [2, 4] has not")]
fn channels_that_do_not_fit() {
    let prelu = Learned::per_channel(Prelu::default(), 3, &Device::flex());
    let _ = prelu.forward(Tensor::<2>::zeros([2, 4], &Device::flex()));
}
