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
//! Tensors are computed with on the CPU and, with the feature `candle-cuda`, on CUDA: kernels are made of the activation's formula, as
//! `activation export --target cuda` makes them, and compiled by NVRTC when an operation needs one for the first time, which takes
//! a second or less. They compute in double precision and round once, `f64` in double-double arithmetic: results are the nearest
//! `f16` and `bf16`, within 1 ULP of `f32` and 2 ULP of `f64`, as are gradients, whose product adds half an ULP in `f64`. There is no fast tier
//! there; what was written by hand with `#[stable(…)]` is not part of a formula. Values of learned parameters are read back, once an
//! operation, to look whether they are in their ranges. [`Monitored`] and the functions of rows are for the CPU: elsewhere they are
//! an error that says so, as everything is on Metal.
//!
//! The kernels have been compiled by NVRTC and run one thread after the other on a CPU; on a GPU they have not been run yet. `cargo test
//! --features cuda` in `tests/candle` does that where there is one.
//!
//! # Threads
//!
//! Tensors of more than 65,536 elements are divided over rayon's current thread pool, as candle's own operations are; results
//! do not depend on it.

#[cfg(feature = "candle-cuda")]
mod cuda;
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
