//! Activation functions from textbook formulas.
//!
//! Write the formula; get its forward function and its exact derivatives, over numbers and slices, within 1 ULP of `f32`, with
//! tests that prove it. There are three ways in.
//!
//! # Define
//!
//! [`define_activation!`] makes a type of a formula:
//!
//! ```
//! use activation_core::{Activation, define_activation};
//!
//! define_activation! {
//!     /// ReLU whose leak is learned.
//!     pub Leak(z; learn slope = 0.25) = if z > 0 { z } else { slope * z };
//! }
//!
//! assert_eq!(Leak::default().forward(-2.0_f32), -0.5);
//! assert_eq!(Leak { slope: 0.1 }.derivative(-2.0_f64), 0.1);
//! assert_eq!(Leak::INFO.derivative, "if z > 0 { 1 } else { slope }");
//! ```
//!
//! Its page in `cargo doc` has a picture of f and f', the formulas typeset, and what the compiler knows about them, as those of
//! the catalogue have; `cargo test` runs tests of it ([`check`]). What it can do is in [`Activation`].
//!
//! # Import
//!
//! The [`catalogue`] has 56 activations, each a type like the one above:
//!
//! ```
//! use activation_core::{Activation, catalogue::Gelu};
//!
//! let mut values = [-10.0_f32, 0.0, 1.0];
//! Gelu.forward_in_place(&mut values);
//! assert_eq!(values, [-7.619853e-23, 0.0, 0.8413448]);
//! ```
//!
//! Beyond single activations: [`rows`] (softmax and others of whole rows), [`gated`] (GLU, SwiGLU), [`channels`] (parameters that
//! differ from channel to channel), [`Fast`] (a few ULP in half the time), `monitor` (dead units and saturation, counted on the way),
//! and, with features, `parallel` (all cores), `f16` and `bf16` ([`Scalar`]) and `candle` (tensors of that framework). [`Subgradient`] and [`Framework`] say
//! what a derivative is at a kink.
//!
//! # Query
//!
#![cfg_attr(
    feature = "std",
    doc = r#"By name, at run time; [`all`] goes through the catalogue, [`Info`] has formulas, derivatives and parameters as text:

```
use activation_core::by_name;

let swish = by_name("swish1").unwrap();
assert_eq!(swish.info().name, "silu");
assert_eq!(swish.forward(f32::NEG_INFINITY), 0.0);

let steeper = by_name("swish").unwrap().with_parameter("beta", 1.5).unwrap();
assert_eq!(steeper.forward(2.0_f32), 1.9051483);
```

The command `activation` answers without any program: `activation show gelu`, `activation eval 'x * tanh(x)' -1 0 1`."#
)]
//!
//! # Features
//!
//! | feature | default | |
//! |---|---|---|
//! | `std` | yes | the registry of names, erased activations, `#![list(…)]` |
//! | `check` | yes | the tests that the macro writes into your crate |
//! | `half` | no | `f16` and `bf16` of the crate `half` |
//! | `rayon` | no | slices on all cores |
//! | `burn` | no | tensors and modules of burn, which needs Rust 1.95; brings `half` and `rayon` along |
//! | `candle` | no | tensors of candle; brings `half` and `rayon` along |
//! | `candle-cuda` | no | the same on CUDA, which needs its toolkit |
//! | `ndarray` | no | arrays of ndarray |
//! | `serde` | no | activations in configurations, as `"leaky_relu(slope=0.2)"` |
#![cfg_attr(not(feature = "std"), no_std)]

mod activation;
#[cfg(feature = "burn")]
pub mod burn;
#[cfg(feature = "candle")]
pub mod candle;
pub mod catalogue;
pub mod channels;
#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "std")]
pub mod contract;
#[cfg(feature = "std")]
mod erased;
mod fast;
pub mod gated;
mod info;
#[cfg(feature = "std")]
pub mod monitor;
#[cfg(feature = "ndarray")]
pub mod ndarray;
#[cfg(feature = "std")]
pub mod notation;
#[cfg(feature = "rayon")]
pub mod parallel;
#[cfg(any(feature = "burn", feature = "candle"))]
mod parametric;
#[cfg(any(feature = "burn", feature = "candle", feature = "ndarray"))]
mod parts;
#[cfg(feature = "std")]
mod pointwise;
#[cfg(feature = "std")]
mod registry;
pub mod rows;
mod scalar;
#[cfg(feature = "serde")]
pub mod serde;
#[doc(hidden)]
pub mod slice;
mod subgradient;

pub use activation::{Activation, SingleArithmetic};
pub use activation_math::{Interval, Level, Output, Precision, Real};
#[doc(hidden)]
pub use activation_math::{Watch, Watched};
#[cfg(feature = "std")]
pub use erased::{AnyActivation, SetParameterError};
pub use fast::Fast;
#[doc(hidden)]
pub use info::no_such_parameter;
pub use info::{Info, ParameterError, ParameterInfo, source_in};
#[cfg(feature = "std")]
pub use notation::ParseActivationError;
#[cfg(feature = "std")]
pub use pointwise::{Declared, Pointwise};
#[cfg(feature = "std")]
pub use registry::{Entry, all, by_name, normalised_name, similar_names};
pub use scalar::Scalar;
#[doc(hidden)]
pub use scalar::{as_single, as_single_mut, is_single};
pub use subgradient::{Framework, Subgradient, UnknownFramework, UnknownSubgradient};

/// Turns formulas into activations: types with forward, derivative and test code.
///
/// ```
/// use activation_core::{Activation, define_activation};
///
/// define_activation! {
///     /// A bump that a sigmoid lets through.
///     #[alias(bump_gate)]
///     pub GatedBump(x; learn gate = 1, width = 2 in 0.1..10) = {
///         let u = x / width;
///         x * sigmoid(gate * x) + exp(-u^2)
///     };
/// }
///
/// assert_eq!(GatedBump::default().forward(0.0_f64), 1.0);
/// ```
///
/// # The language
///
/// `Name(variable; parameters) = formula;`, several in one invocation. A parameter has a default and may have a range
/// (`width = 2 in 0.1..10`, both ends included, either may be left out); `learn` marks it as trained. Doc comments and
/// other attributes go to the generated type; `#[alias(other_name)]` adds names.
///
/// Formulas are made of exact numbers (`0.01` is 1/100), the constants `pi` and `e`, `+ - * /`, `^` (right-associative,
/// binds tighter than a minus: `-x^2` is `-(x^2)`), `if a < b { … } else if … { … } else { … }` with `< <= > >=`,
/// `{ let u = …; … }`, and the functions `abs` `asinh` `atan` `cbrt` `clamp` `cos` `cosh` `erf` `erfc` `exp` `expm1`
/// `ln` (`log`) `log1p` `log_sigmoid` `max` `min` `relu` `sigmoid` (`logistic`) `sign` `sin` `sinh` `softplus` `sqrt`
/// `tanh`.
///
/// # Meaning
///
/// NaN in, NaN out; `min` and `max` propagate NaN too. At ±∞ the value is the mathematical limit, and NaN where there is
/// none. At a kink the derivative is that of the branch taken; on a tie `max(a, b)` and `min(a, b)` take a's, `abs` has
/// derivative 0 at 0, and `clamp` has derivative 0 at its bounds. [`Subgradient`] chooses otherwise.
///
/// # Tests
///
/// In a test build the macro adds `#[test]` functions that hold forward and derivatives against a multi-precision
/// evaluation of the formula as written, within 1 ULP for `f32` and 4 for `f64`; see [`check`]. Define activations in
/// modules, not inside functions: Rust does not run tests that stand in a function.
#[macro_export]
macro_rules! define_activation {
    ($($tokens:tt)*) => {
        $crate::__define_activation! { [$crate] $($tokens)* }
    };
}

#[doc(hidden)]
pub use activation_macros::define_activation as __define_activation;

/// What `#![list(pub NAME)]` stands for; nothing without the feature `std`.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! activation_list {
    ($visibility:vis $list:ident: $($name:ident),*) => {
        /// The activations that are defined here, in order.
        $visibility static $list: &[$crate::Entry] = &[$($crate::Entry::of::<$name>()),*];
    };
}

/// What `#![list(pub NAME)]` stands for; nothing without the feature `std`.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! activation_list {
    ($($tokens:tt)*) => {};
}

/// `Serialize` and `Deserialize` of an activation; nothing without the feature `serde`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! activation_serde {
    ($name:ident) => {
        #[automatically_derived]
        #[allow(deprecated, reason = "a deprecated activation is still written and read")]
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::serialize(self, serializer)
            }
        }
        #[automatically_derived]
        #[allow(deprecated, reason = "a deprecated activation is still written and read")]
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::deserialize(deserializer)
            }
        }
    };
}

/// `Serialize` and `Deserialize` of an activation; nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! activation_serde {
    ($($tokens:tt)*) => {};
}

/// The generated tests of an activation; expands to nothing without the feature `check`.
#[cfg(feature = "check")]
#[doc(hidden)]
#[macro_export]
macro_rules! activation_tests {
    ($name:ident, $as_written:ident, [$forward:ident, $derivative:ident, $second:ident, $parameters:ident,
      $special:ident, $slices:ident $(; $unchecked:ident)?], $($at:tt)*) => {
        #[doc(hidden)]
        #[allow(non_camel_case_types, reason = "named after the author's type")]
        struct $as_written;
        #[automatically_derived]
        #[allow(
            clippy::all, clippy::pedantic, clippy::nursery, deprecated, unused_variables, unused_parens, non_snake_case,
            reason = "generated; names and numbers are the author's"
        )]
        impl $crate::check::Textbook for $as_written { $($at)* }
        impl $as_written {
            #[allow(deprecated, reason = "a deprecated activation is still tested")]
            fn tape() -> $crate::check::Tape {
                $crate::check::Tape::of(&$as_written, &<$name as $crate::Activation>::INFO)$(.$unchecked())?
            }
        }
        $crate::activation_tests! { @tests $as_written, $name,
            $forward forward, $derivative derivative, $second second_derivative, $parameters parameter_derivatives,
            $special special_values, $slices slices }
    };
    (@tests $as_written:ident, $name:ident, $($test:ident $check:ident),*) => {
        $(
            #[test]
            #[allow(deprecated, reason = "a deprecated activation is still tested")]
            fn $test() {
                $crate::check::assert_right($crate::check::$check(
                    &$as_written::tape(),
                    &$crate::AnyActivation::new(<$name as ::core::default::Default>::default()),
                ));
            }
        )*
    };
}

/// The generated tests of an activation; expands to nothing without the feature `check`.
#[cfg(not(feature = "check"))]
#[doc(hidden)]
#[macro_export]
macro_rules! activation_tests {
    ($($tokens:tt)*) => {};
}
