//! Numbers whose elementary functions are as exact as a result in `f32` needs: to about 2^-40, in less than half the time.
//!
//! A [`Brief`] is an `f64`: sums, products and quotients are those of `f64`, and so are real powers. The other functions are
//! short polynomials without second parts, without branches and with one division at most, so that a loop over them becomes
//! vector code. Their [`bounds`] leave 2^14 for what a formula cancels; the compiler's certificate counts with them.
//!
//! Where a function would leave the range of `f64`, or an angle that of a short reduction, it may be infinite or NaN a little
//! early, and below 1e-300 there are no right digits: what is not finite is computed again with care (see
//! [`evaluate_single`](crate::evaluate_single)). NaN stays NaN if the last twelve bits of its payload are 0, as they are in
//! every NaN that comes from an `f32` or from an operation.

pub mod bounds;
mod circular;
#[rustfmt::skip] // as the script prints it
mod coefficients;
mod error_function;
mod exponential;
mod hyperbolic;
mod logarithm;
mod real;
mod root;

use core::ops::{Add, Div, Mul, Neg, Sub};

/// An `f64` with elementary functions to about 2^-40.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
#[repr(transparent)]
pub struct Brief(pub f64);

impl From<Brief> for f64 {
    #[inline(always)]
    fn from(number: Brief) -> f64 {
        number.0
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $operator:tt)*) => {
        $(
            impl $trait for Brief {
                type Output = Brief;

                #[inline(always)]
                fn $method(self, other: Brief) -> Brief {
                    Brief(self.0 $operator other.0)
                }
            }
        )*
    };
}

operators! { Add add + Sub sub - Mul mul * Div div / }

impl Neg for Brief {
    type Output = Brief;

    #[inline(always)]
    fn neg(self) -> Brief {
        Brief(-self.0)
    }
}
