//! Operations with one tensor: an activation of every element, gates, functions of rows.

use super::device::on_cpu;
use super::op::Operations;
use crate::gated::{self, Gate};
use crate::parts::in_parts;
use crate::{Activation, Output, Pointwise, Scalar, rows};
use ::burn_core as burn;
use burn::backend::Dispatch;
use burn::tensor::Tensor;
use core::fmt::Debug;

/// A function from a tensor to a tensor. Rows lie along the last dimension.
pub(super) trait Unary: Clone + Debug + Send + Sync + 'static {
    /// Whether the way back is made of the output, and not of the input.
    const NEEDS_OUTPUT: bool;

    /// The shape of the output.
    fn shape(&self, input: &[usize]) -> Vec<usize>;

    /// Writes the output for an input of these dimensions.
    fn forward<T: Scalar>(&self, dims: &[usize], x: &[T], y: &mut [T]);

    /// Writes the gradient by the input, from input and output (only one of them as [`NEEDS_OUTPUT`](Self::NEEDS_OUTPUT) says) and
    /// the gradient by the output.
    fn backward<T: Scalar>(&self, dims: &[usize], xy: (&[T], &[T]), grad: &[T], to: &mut [T]);
}

/// An activation of every element.
#[derive(Clone, Debug)]
struct Elementwise<F>(F);

impl<F: Pointwise + Debug> Unary for Elementwise<F> {
    const NEEDS_OUTPUT: bool = false;

    fn shape(&self, input: &[usize]) -> Vec<usize> {
        input.to_vec()
    }

    fn forward<T: Scalar>(&self, _: &[usize], x: &[T], y: &mut [T]) {
        in_parts([(x, 1)], [(y, 1)], &|[x], [y]| self.0.evaluate_into(Output::Forward, x, y));
    }

    fn backward<T: Scalar>(&self, _: &[usize], (x, _): (&[T], &[T]), grad: &[T], to: &mut [T]) {
        in_parts([(x, 1), (grad, 1)], [(to, 1)], &|[x, grad], [to]| self.0.backward_into(x, grad, to));
    }
}

/// The product of one half of every row with an activation of the other one.
#[derive(Clone, Copy, Debug)]
struct Gated<A> {
    activation: A,
    gate: Gate,
}

impl<A: Activation> Unary for Gated<A> {
    const NEEDS_OUTPUT: bool = false;

    fn shape(&self, input: &[usize]) -> Vec<usize> {
        let mut shape = input.to_vec();
        if let Some(last) = shape.last_mut() {
            *last /= 2;
        }
        shape
    }

    fn forward<T: Scalar>(&self, dims: &[usize], x: &[T], y: &mut [T]) {
        let width = last(dims) / 2;
        if !x.is_empty() {
            in_parts([(x, 2 * width)], [(y, width)], &|[x], [y]| {
                gated::split_into(&self.activation, self.gate, width, x, y);
            });
        }
    }

    fn backward<T: Scalar>(&self, dims: &[usize], (x, _): (&[T], &[T]), grad: &[T], to: &mut [T]) {
        let width = last(dims) / 2;
        if !x.is_empty() {
            in_parts([(x, 2 * width), (grad, width)], [(to, 2 * width)], &|[x, grad], [to]| {
                gated::split_backward_into(&self.activation, self.gate, width, x, grad, to);
            });
        }
    }
}

fn last(dims: &[usize]) -> usize {
    dims.last().copied().unwrap_or(1)
}

pub(super) fn elementwise<const D: usize>(x: Tensor<D>, function: impl Pointwise + Debug) -> Tensor<D> {
    on_cpu(x, |x| apply(x, Elementwise(function)))
}

#[track_caller]
pub(super) fn gated<const D: usize>(
    x: Tensor<D>,
    activation: impl Activation,
    gate: Gate,
    dim: usize,
) -> Tensor<D> {
    check_dim::<D>(dim);
    let places = x.dims()[dim];
    assert!(places.is_multiple_of(2), "dimension {dim} has {places} places, which have no halves");
    along(x, dim, Gated { activation, gate })
}

#[track_caller]
fn check_dim<const D: usize>(dim: usize) {
    assert!(dim < D, "there is no dimension {dim} in a tensor of {D}");
}

fn apply<const D: usize>(x: Tensor<D>, operation: impl Unary) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::unary(x.into_dispatch(), operation))
}

/// The operation with rows along a dimension.
fn along<const D: usize>(x: Tensor<D>, dim: usize, operation: impl Unary) -> Tensor<D> {
    on_cpu(x, |x| apply(x.swap_dims(dim, D - 1), operation).swap_dims(dim, D - 1))
}

macro_rules! of_rows {
    ($($(#[doc = $doc:literal])* $name:ident $type:ident: $into:ident $backward_into:ident;)*) => {
        $(
            #[derive(Clone, Copy, Debug)]
            struct $type;

            impl Unary for $type {
                const NEEDS_OUTPUT: bool = true;

                fn shape(&self, input: &[usize]) -> Vec<usize> {
                    input.to_vec()
                }

                fn forward<T: Scalar>(&self, dims: &[usize], x: &[T], y: &mut [T]) {
                    let width = last(dims);
                    in_parts([(x, width)], [(y, width)], &|[x], [y]| rows::$into(x, width, y));
                }

                fn backward<T: Scalar>(&self, dims: &[usize], (_, y): (&[T], &[T]), grad: &[T], to: &mut [T]) {
                    let width = last(dims);
                    in_parts([(y, width), (grad, width)], [(to, width)], &|[y, grad], [to]| {
                        rows::$backward_into(y, grad, width, to);
                    });
                }
            }

            $(#[doc = $doc])*
            #[track_caller]
            pub fn $name<const D: usize>(x: Tensor<D>, dim: usize) -> Tensor<D> {
                check_dim::<D>(dim);
                along(x, dim, $type)
            }
        )*
    };
}

of_rows! {
    /// Softmax along a dimension, with the results and special values of [`rows`].
    softmax Softmax: softmax_into softmax_backward_into;
    /// The logarithm of [`softmax`] along a dimension.
    log_softmax LogSoftmax: log_softmax_into log_softmax_backward_into;
    /// `softmax(-x)` along a dimension.
    softmin Softmin: softmin_into softmin_backward_into;
    /// Sparsemax along a dimension.
    sparsemax Sparsemax: sparsemax_into sparsemax_backward_into;
}
