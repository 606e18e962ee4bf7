//! Activations in [burn](https://burn.dev): on tensors with gradients, as modules, with learned parameters.
//!
//! Forward and backward go through the kernels of this crate: results have the bits of [`Activation`]'s
//! methods, gradients those of its `backward_into`, for `f32`, `f64`, `f16` and `bf16`, on tensors of any shape and layout.
//!
//! ```
//! # use ::burn_core as burn;
//! use activation_core::burn::{Activate, Layer, Learned, softmax};
//! use activation_core::catalogue::{Gelu, Mish, Silu, Swish};
//! use activation_core::gated::Gate;
//! use burn::tensor::{Device, Tensor};
//!
//! let device = Device::flex().autodiff();
//! let x = Tensor::<2>::from_floats([[-1.0, 0.0], [2.0, f32::NEG_INFINITY]], &device).require_grad();
//!
//! let y = x.clone().activate(&Gelu);                                 // a tensor through an activation
//! let gradient = x.grad(&y.sum().backward()).unwrap();               // and back
//! assert_eq!(gradient.into_data().try_to_vec::<f32>().unwrap(), [-0.08331547, 0.5, 1.0852318, 0.0]);
//!
//! let mish = Layer(Mish).forward(x.clone());                         // a module without parameters
//! let gated = x.clone().gated(&Silu, Gate::First, 1);                // GLU's kin, with the halves of a dimension
//! let weights = softmax(x.clone(), 1);
//! # assert_eq!((mish.dims(), gated.dims(), weights.dims()), ([2, 2], [2, 1], [2, 2]));
//!
//! let swish = Learned::new(Swish::default(), &device);               // a module; beta is a `Param`
//! let loss = swish.forward(x.slice([0..1])).sum();
//! assert!(swish.parameters[0].val().grad(&loss.backward()).is_some());
//! ```
//!
//! A model holds them as it holds burn's own modules: `#[derive(Module)] struct Model { hidden: Linear, activation:
//! Layer<Gelu>, gate: Learned<Swish> }`. Optimisers move the learned parameters, and records save them.
//!
//! # Gradients
//!
//! At a kink the derivative is that of the branch taken, as everywhere in this crate. Gradients of parameters are summed in `f64`
//! with compensation and rounded once to the parameter's type.
//!
//! # Devices
//!
//! Kernels run where the data are on burn's CPU backend, Flex. A tensor of another backend (CUDA, wgpu, LibTorch, …) goes to
//! the CPU and back for the activation, and so does its gradient: right everywhere, and slow from a GPU, for which
//! `activation export --target cuda` or `wgsl` prints kernels.
//!
//! # Panics
//!
//! As burn's own functions do: where shapes do not go together, a dimension does not exist, elements are quantised, or a learned
//! parameter has left the range that it was declared with ([`Learned::clamped`] puts it back).

mod device;
mod learned;
mod op;
mod unary;

pub use learned::Learned;
pub use unary::{log_softmax, softmax, softmin, sparsemax};

use crate::gated::Gate;
use crate::{Activation, Pointwise};
use ::burn_core as burn;
use burn::module::{Content, Module, ModuleDisplay, ModuleDisplayDefault};
use burn::tensor::Tensor;
use core::fmt::Debug;

/// Activations on tensors.
pub trait Activate<const D: usize> {
    /// f of every element.
    fn activate(self, function: &(impl Pointwise + Debug)) -> Self;

    /// `value · f(gate)`, where one half of the places of a dimension has the values and the other one the gates; half as long
    /// there.
    fn gated(self, activation: &impl Activation, gate: Gate, dim: usize) -> Self;
}

impl<const D: usize> Activate<D> for Tensor<D> {
    fn activate(self, function: &(impl Pointwise + Debug)) -> Self {
        unary::elementwise(self, function.clone())
    }

    #[track_caller]
    fn gated(self, activation: &impl Activation, gate: Gate, dim: usize) -> Self {
        unary::gated(self, *activation, gate, dim)
    }
}

/// Any activation as a module without parameters: `Layer(Gelu)`, `Layer(Fast(Gelu))`, `Layer(by_name("mish").unwrap())`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layer<F>(pub F);

impl<F: Pointwise + Debug> Layer<F> {
    /// f of every element.
    pub fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        x.activate(&self.0)
    }
}

impl<F: Pointwise + Debug> Module for Layer<F> {
    burn::empty!(module);
}

impl<F: Pointwise + Debug> ModuleDisplayDefault for Layer<F> {
    fn content(&self, content: Content) -> Option<Content> {
        content.add_formatted(&format!("{:?}", self.0)).optional()
    }
}

impl<F: Pointwise + Debug> ModuleDisplay for Layer<F> {}
