//! Which number f' is at a kink.
//!
//! At a kink, and where f jumps, f' has one limit from the left and another one from the right. The language takes the
//! branch that the formula takes there: relu'(0) is 0, and so is the slope of `clamp` at its bounds. Every number between
//! the two slopes is as good for training; what matters is that a network ported from another framework gets that
//! framework's number. Inputs do land on kinks: on 0 after another ReLU, on 3 and 6 in low precision.
//!
//! What counts as a kink is decided with the values that the parameters have, in `f64`: a threshold of 0.1 is met by no
//! `f32`, and `0.2 * x + 0.5 < 0` has no kink at -2.5, because the double that is called 0.2 is not 1/5.

mod framework;

use crate::Scalar;
use core::fmt;
use core::str::FromStr;

pub use framework::Framework;

/// What f' is at a kink. Everywhere else, and where branches meet smoothly, all choices give the same bits.
///
/// ```
/// use activation_core::{Activation, Subgradient, catalogue::Relu};
///
/// assert_eq!(Relu.derivative(0.0_f32), 0.0);
/// assert_eq!(Relu.derivative_with(0.0_f32, Subgradient::Right), 1.0);
/// assert_eq!(Relu.derivative_with(0.0_f32, Subgradient::Middle), 0.5);
/// assert_eq!(Relu.derivative_with(2.0_f32, Subgradient::Middle), 1.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Subgradient {
    /// The derivative of the branch taken: the language's own rule.
    #[default]
    Branch,
    /// The slope from the left.
    Left,
    /// The slope from the right.
    Right,
    /// 0, whatever the slopes are.
    Zero,
    /// The mean of both slopes; NaN between -∞ and ∞.
    Middle,
    /// The slope of larger size; from the left if both are equally steep. Bounds count to the sloping piece between them.
    Steeper,
}

impl Subgradient {
    /// The slope between `left` and `right`; `None` if it is that of the branch taken.
    pub fn between(self, left: f64, right: f64) -> Option<f64> {
        match self {
            Subgradient::Branch => None,
            Subgradient::Left => Some(left),
            Subgradient::Right => Some(right),
            Subgradient::Zero => Some(0.0),
            // Halved first: the sum of two large slopes is infinite.
            Subgradient::Middle => Some(left / 2.0 + right / 2.0),
            Subgradient::Steeper if right.abs() > left.abs() => Some(right),
            Subgradient::Steeper => Some(left),
        }
    }

    /// The slope at `x`, where it is not that of the branch taken. `sides` finds the one-sided ones, as
    /// [`one_sided_derivatives`](crate::Activation::one_sided_derivatives) does.
    pub fn slope(self, x: f64, sides: impl FnOnce(f64) -> Option<(f64, f64)>) -> Option<f64> {
        match self {
            // Nothing to look for.
            Subgradient::Branch => None,
            choice => sides(x).and_then(|(left, right)| choice.between(left, right)),
        }
    }

    /// Calls `replace` with the index of every input at a kink and the [`slope`](Self::slope) there.
    pub fn slopes<T: Scalar>(
        self,
        input: &[T],
        sides: impl Fn(f64) -> Option<(f64, f64)>,
        mut replace: impl FnMut(usize, f64),
    ) {
        // A slope takes microseconds, and data has many zeros: the last few kinks are remembered.
        let mut known = [(f64::NAN, 0.0); 4];
        let mut oldest = 0;
        for (index, &x) in input.iter().enumerate() {
            let x = x.to_f64();
            if let Some(&(_, slope)) = known.iter().find(|(kink, _)| *kink == x) {
                replace(index, slope);
            } else if let Some(slope) = self.slope(x, &sides) {
                known[oldest] = (x, slope);
                oldest = (oldest + 1) % known.len();
                replace(index, slope);
            }
        }
    }
}

/// The words of a choice: how it is written and read.
macro_rules! words {
    ($type:ident, $error:ident, $what:literal: $($variant:ident $word:literal),+) => {
        impl $type {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            #[doc = concat!("The word for this ", $what, ".")]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(self.name())
            }
        }

        impl FromStr for $type {
            type Err = $error;

            fn from_str(word: &str) -> Result<Self, $error> {
                Self::ALL.iter().find(|known| known.name() == word).copied().ok_or($error)
            }
        }

        #[doc = concat!("A word that names no ", $what, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $error;

        impl fmt::Display for $error {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!("a ", $what, " is one of"))?;
                for (index, known) in $type::ALL.iter().enumerate() {
                    write!(out, "{} `{known}`", if index == 0 { "" } else { "," })?;
                }
                Ok(())
            }
        }

        impl core::error::Error for $error {}
    };
}

words! {
    Subgradient, UnknownSubgradient, "subgradient":
    Branch "branch", Left "left", Right "right", Zero "zero", Middle "middle", Steeper "steeper"
}

words! {
    Framework, UnknownFramework, "framework":
    PyTorch "pytorch", Jax "jax", TensorFlow "tensorflow", Candle "candle", Burn "burn", Flux "flux"
}
