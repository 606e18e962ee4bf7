//! Softmax and its kin, and gates, along every dimension.

use crate::shared::{assert_same, elements, tensor, values};
use activation_core::burn::{Activate, log_softmax, softmax, softmin, sparsemax};
use activation_core::catalogue::Silu;
use activation_core::gated::{self, Gate};
use activation_core::rows;
use burn::tensor::{Device, Tensor};

const SHAPE: [usize; 3] = [4, 6, 10];

/// What functions of slices make of the rows along a dimension, in the order of the tensor's elements.
fn by_rows(
    operands: &[&[f32]],
    lengths: &[usize],
    dim: usize,
    to: usize,
    by: impl Fn(&[Vec<f32>], &mut [f32]),
) -> Vec<f32> {
    let inner: usize = SHAPE[dim + 1..].iter().product();
    let outer: usize = SHAPE[..dim].iter().product();
    let mut output = vec![0.0; outer * to * inner];
    for before in 0..outer {
        for after in 0..inner {
            let place = |length: usize, at: usize| (before * length + at) * inner + after;
            let given: Vec<Vec<f32>> = operands
                .iter()
                .zip(lengths)
                .map(|(operand, &length)| (0..length).map(|at| operand[place(length, at)]).collect())
                .collect();
            let mut row = vec![0.0; to];
            by(&given, &mut row);
            row.into_iter().enumerate().for_each(|(at, value)| output[place(to, at)] = value);
        }
    }
    output
}

type Forward = fn(&[f32], usize, &mut [f32]);
type Backward = fn(&[f32], &[f32], usize, &mut [f32]);

#[test]
fn rows_along_every_dimension() {
    let device = Device::flex().autodiff();
    let input = values::<f32>(240);
    let weights: Vec<f32> = input.iter().map(|x| 0.5 - x * x).collect();
    let functions: [(fn(Tensor<3>, usize) -> Tensor<3>, Forward, Backward); 4] = [
        (softmax, rows::softmax_into, rows::softmax_backward_into),
        (log_softmax, rows::log_softmax_into, rows::log_softmax_backward_into),
        (softmin, rows::softmin_into, rows::softmin_backward_into),
        (sparsemax, rows::sparsemax_into, rows::sparsemax_backward_into),
    ];
    for (function, forward, backward) in functions {
        for dim in 0..3 {
            let n = SHAPE[dim];
            let x = tensor(&input, SHAPE, &device).require_grad();
            let y = function(x.clone(), dim);
            let expected = by_rows(&[&input], &[n], dim, n, |given, row| forward(&given[0], n, row));
            assert_same(&elements::<f32, 3>(&y), &expected, "forward");
            let gradients = (y * tensor(&weights, SHAPE, &device)).sum().backward();
            let back = by_rows(&[&expected, &weights], &[n, n], dim, n, |given, row| {
                backward(&given[0], &given[1], n, row);
            });
            assert_same(&elements::<f32, 3>(&x.grad(&gradients).expect("x takes part")), &back, "backward");
        }
    }
}

#[test]
fn gates_along_every_dimension() {
    let device = Device::flex().autodiff();
    let input = values::<f32>(240);
    let weights: Vec<f32> = values::<f32>(240).into_iter().rev().take(120).collect();
    for (dim, gate) in [(0, Gate::First), (1, Gate::Second), (2, Gate::First)] {
        let n = SHAPE[dim] / 2;
        let mut halved = SHAPE;
        halved[dim] = n;
        let x = tensor(&input, SHAPE, &device).require_grad();
        let y = x.clone().gated(&Silu, gate, dim);
        assert_eq!(y.dims(), halved);
        let expected = by_rows(&[&input], &[2 * n], dim, n, |given, row| {
            gated::split_into(&Silu, gate, n, &given[0], row)
        });
        assert_same(&elements::<f32, 3>(&y), &expected, "forward");
        let gradients = (y * tensor(&weights, halved, &device)).sum().backward();
        let back = by_rows(&[&input, &weights], &[2 * n, n], dim, 2 * n, |given, row| {
            gated::split_backward_into(&Silu, gate, n, &given[0], &given[1], row);
        });
        assert_same(&elements::<f32, 3>(&x.grad(&gradients).expect("x takes part")), &back, "backward");
    }
}

#[test]
#[should_panic(expected = "dimension 1 has 3 places, which have no halves")]
fn halves_that_there_are_not() {
    let _ = Tensor::<2>::zeros([2, 3], &Device::flex()).gated(&Silu, Gate::First, 1);
}

#[test]
#[should_panic(expected = "there is no dimension 2 in a tensor of 2")]
fn a_dimension_that_there_is_not() {
    let _ = softmax(Tensor::<2>::zeros([2, 3], &Device::flex()), 2);
}
