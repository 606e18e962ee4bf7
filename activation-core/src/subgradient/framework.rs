//! What f' is at kinks in the frameworks.
//!
//! A row holds for every value of the parameters, so it says which slope, not which number. Nearly all of these values
//! have fallen out of an implementation (a strict or a loose comparison, a tie that `min` and `max` split) and may change
//! with it. `None` is where a framework lacks the function, or where it is not known what it does.

use super::Subgradient::{self, Branch, Left, Middle, Right, Steeper, Zero};

/// A framework whose derivatives at kinks are on record.
///
/// ```
/// use activation_core::{Activation, Framework, Subgradient, catalogue::LeakyRelu};
///
/// let candle = Framework::Candle.subgradient(LeakyRelu::INFO.name);
/// assert_eq!(candle, Some(Subgradient::Middle));
/// assert_eq!(LeakyRelu::default().derivative_with(0.0_f32, Subgradient::Middle), 0.505);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Framework {
    /// PyTorch (`aten/src/ATen/native/cpu/Activation.cpp`).
    PyTorch,
    /// JAX (`jax.nn`).
    Jax,
    /// TensorFlow (`tf.nn`; `tensorflow/core/kernels/relu_op_functor.h`).
    TensorFlow,
    /// candle (`candle-core/src/backprop.rs`).
    Candle,
    /// burn (`burn-tensor/src/tensor/activation/base.rs`).
    Burn,
    /// Flux (NNlib.jl, `src/activations.jl`).
    Flux,
}

impl Framework {
    /// What the framework's derivative of an activation is at its kinks, as far as it is known; `activation` is the
    /// catalogue's name, [`Info::name`](crate::Info::name).
    pub fn subgradient(self, activation: &str) -> Option<Subgradient> {
        let (_, row) = ROWS.iter().find(|(name, _)| *name == activation)?;
        row[match self {
            Framework::PyTorch => 0,
            Framework::Jax => 1,
            Framework::TensorFlow => 2,
            Framework::Candle => 3,
            Framework::Burn => 4,
            Framework::Flux => 5,
        }]
    }
}

type Row = (&'static str, [Option<Subgradient>; 6]);

/// Of every activation with a kink: PyTorch, JAX, TensorFlow, candle, burn, Flux.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    // `x > 0` in all of them but candle, which has `x >= 0`.
    ("relu",             [Some(Left),   Some(Left),    Some(Left),  Some(Right),  Some(Left),    Some(Left)]),
    // `0 < x < 6`; candle splits both ties of `maximum` and `minimum`; burn's `clamp` passes gradients at its bounds.
    ("relu6",            [Some(Zero),   Some(Zero),    Some(Zero),  Some(Middle), Some(Steeper), Some(Zero)]),
    // `x >= 0` in JAX and burn, `x > 0` in PyTorch, TensorFlow and Flux; candle splits the ties of `maximum`.
    ("leaky_relu",       [Some(Left),   Some(Right),   Some(Left),  Some(Middle), Some(Right),   Some(Left)]),
    ("prelu",            [Some(Left),   None,          None,        None,         Some(Right),   None]),
    // Without training, when the slope is the mean of its bounds.
    ("rrelu",            [Some(Left),   None,          None,        None,         None,          None]),
    // The value that is put in has the slope 0.
    ("threshold",        [Some(Left),   None,          None,        None,         Some(Left),    None]),
    ("thresholded_relu", [None,         None,          None,        None,         Some(Left),    None]),
    // No kink at alpha = 1, the only one that `tf.nn` has.
    ("elu",              [Some(Left),   Some(Left),    None,        Some(Left),   Some(Left),    Some(Right)]),
    // TensorFlow asks `activations < 0`, burn `x >= 0`, Flux `Ω > 0`.
    ("selu",             [Some(Left),   Some(Left),    Some(Right), Some(Left),   Some(Right),   Some(Left)]),
    ("hard_sigmoid",     [Some(Zero),   Some(Zero),    None,        Some(Middle), Some(Steeper), Some(Zero)]),
    ("hard_sigmoid_onnx",[None,         None,          None,        None,         Some(Steeper), None]),
    // JAX asks `x > 1` and `x < -1`.
    ("hard_tanh",        [Some(Zero),   Some(Steeper), None,        None,         Some(Steeper), Some(Zero)]),
    // 1/4, by `jnp.clip`.
    ("sparse_sigmoid",   [None,         Some(Middle),  None,        None,         None,          None]),
    // PyTorch has 0 at -3 and 1 at 3 since its issue 147801, and had -1/2 and 3/2 before, as burn and Flux have.
    ("hard_swish",       [Some(Branch), Some(Branch),  None,        Some(Middle), Some(Steeper), Some(Steeper)]),
    ("hard_shrink",      [Some(Zero),   None,          None,        None,         None,          None]),
    ("soft_shrink",      [Some(Zero),   None,          None,        None,         None,          None]),
];
