//! Activations in [candle](candle_core): on tensors with gradients, as modules, with learned parameters.
//!
//! Forward and backward go through the kernels of this crate: results have the bits of [`Activation`]'s methods, gradients those
//! of its `backward_into`, for `f32`, `f64`, `f16` and `bf16`, on tensors of any shape and layout, large ones on all cores.
//!
//! ```
//! use activation_core::candle::{Activate, Layer, Learned};
//! use activation_core::{Fast, by_name, catalogue::{Gelu, Swish}};
//! use candle_core::{DType, Device, Module, Tensor, Var};
//!
//! # fn main() -> candle_core::Result<()> {
//! let xs = Var::new(&[[-1.0_f32, 0.0], [2.0, f32::NEG_INFINITY]], &Device::Cpu)?;
//!
//! let ys = xs.activate(&Gelu)?;                                  // a tensor through an activation
//! let gradients = ys.sum_all()?.backward()?;                     // and back
//! assert_eq!(gradients.get(&xs).unwrap().to_vec2::<f32>()?, [[-0.08331547, 0.5], [1.0852318, 0.0]]);
//!
//! let layer = Layer(by_name("mish").unwrap());                   // a module: `seq().add(layer)`
//! assert_eq!(layer.forward(&xs)?.dims(), [2, 2]);
//! let fast = xs.apply(&Layer(Fast(Gelu)))?;                      // a few ULP in half the time
//! # assert_eq!(fast.dims(), [2, 2]);
//!
//! let swish = Learned::new(Swish::default(), DType::F32, &Device::Cpu)?;   // beta is a `Var`
//! let loss = xs.narrow(0, 0, 1)?.apply(&swish)?.sum_all()?;
//! assert!(loss.backward()?.get(&swish.vars()?[0]).is_some());    // and has a gradient
//! # Ok(())
//! # }
//! ```
//!
//! | what | on tensors | as module |
//! |---|---|---|
//! | any activation, yours too | [`xs.activate(&Gelu)`](Activate::activate) | [`Layer(Gelu)`](Layer) |
//! | its derivative | `xs.apply(&Derivative(Gelu))` | [`Derivative(Gelu)`](Derivative) |
//! | learned parameters, shared or one per channel | `xs.apply(&learned)` | [`Learned`] |
//! | with counts of dead units, saturation and the like | `xs.apply(&monitored)` | [`Monitored`] |
//! | GLU and its kin over the last axis | [`xs.gated(&Silu, Gate::First)`](Activate::gated), [`glu`], [`reglu`], [`geglu`], [`swiglu`] | closures |
//! | the product of two tensors | [`value.times_activated(&gate, &Silu)`](Activate::times_activated) | |
//! | functions of the last axis | [`softmax`], [`log_softmax`], [`softmin`], [`sparsemax`], [`logsumexp`], [`maxout`] | functions are modules |
//!
//! # Gradients
//!
//! At a kink the derivative is that of the branch taken, as everywhere in this crate. Gradients of parameters are summed in `f64`
//! with compensation and rounded once to the parameter's type, which need not be that of the tensor.
//!
//! Gradients of gradients exist for [`Layer`] and, one order less, for [`Derivative`]; candle keeps the graph that they need
//! only where the environment variable `CANDLE_GRAD_DO_NOT_DETACH` is 1. Of everything else they are an error of candle.
//!
//! # Devices
//!
//! Tensors are computed with on the CPU. For a tensor on a GPU there is an error that says what to do: `activation export
//! --target cuda` prints kernels for there.
//!
//! # Threads
//!
//! Tensors of more than 65,536 elements are divided over rayon's current thread pool, as candle's own operations are; results
//! do not depend on it.

mod gated;
mod layer;
mod learned;
mod monitored;
mod rows;
mod storage;

pub use gated::{geglu, glu, reglu, swiglu};
pub use layer::{Activate, Derivative, Layer};
pub use learned::Learned;
pub use monitored::Monitored;
pub use rows::{log_softmax, logsumexp, maxout, softmax, softmin, sparsemax};

#[cfg(doc)]
use crate::Activation;
use crate::Scalar;
use candle_core::WithDType;

/// A type of elements that kernels exist for: `f32`, `f64`, `f16`, `bf16`.
pub trait Element: Scalar + WithDType {}

impl<T: Scalar + WithDType> Element for T {}
