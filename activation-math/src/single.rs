//! [`Real`] for `f32`, in which the fast tier computes, and its elementary functions.
//!
//! They are written over [`Lane`](crate::lane::Lane) as those of [`elementary`](crate::elementary) are: no branches, no
//! tables, no fused multiply-add, the same bits on every machine. They do with polynomials of `f32` and mostly without
//! second parts, and are within the [`bounds`] that stand beside them. Where a result is next to the largest `f32`, and
//! for very long angles, there may be an infinity or a NaN instead: callers ask functions that take more care for what is
//! not finite. Polynomials and constants are printed by `scripts/single.py`.

pub mod bounds;
mod circular;
#[rustfmt::skip] // as the script prints it
mod coefficients;
mod error_function;
mod evaluate;
mod exponential;
mod hyperbolic;
mod lane;
mod logarithm;
mod polynomial;
mod power;

use crate::Real;
pub use crate::elementary::cbrt;
use crate::lane::Lane;
pub use circular::{atan, cos, sin};
pub use error_function::{erf, erfc, gauss, normal_cdf};
pub use evaluate::{FAR_IN_SINGLE, evaluate_fast, is_plain_fast};
pub use exponential::{decay, decay_gap, exp, exp_excess, expm1, sigmoid};
pub use hyperbolic::{asinh, cosh, logcosh, sech, sinh, tanh, tanhshrink};
pub use logarithm::{ln, log1p, softplus};
pub use power::pow;

macro_rules! forward {
    ($($function:ident)*) => {
        $(
            #[inline(always)]
            fn $function(self) -> f32 {
                $function(self)
            }
        )*
    };
}

impl Real for f32 {
    type Mask = bool;

    #[inline(always)]
    fn literal(self, value: f64) -> f32 {
        value as f32
    }

    fn decimal(self, text: &str) -> f32 {
        text.parse().unwrap_or(f32::NAN)
    }

    #[inline(always)]
    fn pi(self) -> f32 {
        core::f32::consts::PI
    }

    #[inline(always)]
    fn e(self) -> f32 {
        core::f32::consts::E
    }

    #[inline(always)]
    fn less(self, other: f32) -> bool {
        self < other
    }

    #[inline(always)]
    fn less_equal(self, other: f32) -> bool {
        self <= other
    }

    #[inline(always)]
    fn select(mask: bool, yes: f32, no: f32) -> f32 {
        if mask { yes } else { no }
    }

    #[inline(always)]
    fn abs(self) -> f32 {
        self.abs()
    }

    #[inline(always)]
    fn sqrt(self) -> f32 {
        Lane::sqrt(self)
    }

    #[inline(always)]
    fn pow(self, exponent: f32) -> f32 {
        pow(self, exponent)
    }

    forward! {
        cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc normal_cdf gauss
        sigmoid softplus sech decay decay_gap logcosh tanhshrink exp_excess
    }
}
