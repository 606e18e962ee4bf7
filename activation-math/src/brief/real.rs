//! [`Real`] and [`Approximate`] for [`Brief`].

use super::{Brief, circular, error_function, exponential, hyperbolic, logarithm, root};
use crate::tracked::{Approximate, Bounds};
use crate::{Real, elementary};

macro_rules! forward {
    ($($module:ident: $($function:ident)*;)*) => {
        $($(
            #[inline(always)]
            fn $function(self) -> Brief {
                Brief($module::$function(self.0))
            }
        )*)*
    };
}

impl Real for Brief {
    type Mask = bool;

    #[inline(always)]
    fn literal(self, value: f64) -> Brief {
        Brief(value)
    }

    fn decimal(self, text: &str) -> Brief {
        Brief(self.0.decimal(text))
    }

    #[inline(always)]
    fn pi(self) -> Brief {
        Brief(core::f64::consts::PI)
    }

    #[inline(always)]
    fn e(self) -> Brief {
        Brief(core::f64::consts::E)
    }

    #[inline(always)]
    fn less(self, other: Brief) -> bool {
        self.0 < other.0
    }

    #[inline(always)]
    fn less_equal(self, other: Brief) -> bool {
        self.0 <= other.0
    }

    #[inline(always)]
    fn select(mask: bool, yes: Brief, no: Brief) -> Brief {
        if mask { yes } else { no }
    }

    #[inline(always)]
    fn abs(self) -> Brief {
        Brief(self.0.abs())
    }

    /// The processor's minimum keeps one of the two that may be NaN; where the other is a constant nothing is left to do.
    #[inline(always)]
    fn min(self, other: Brief) -> Brief {
        let least = if other.0 < self.0 { other } else { self };
        if other.0.is_nan() { other } else { least }
    }

    #[inline(always)]
    fn max(self, other: Brief) -> Brief {
        let largest = if self.0 < other.0 { other } else { self };
        if other.0.is_nan() { other } else { largest }
    }

    #[inline(always)]
    fn sqrt(self) -> Brief {
        Brief(Real::sqrt(self.0))
    }

    #[inline(always)]
    fn pow(self, exponent: Brief) -> Brief {
        Brief(elementary::pow(self.0, exponent.0))
    }

    forward! {
        exponential: exp expm1 exp_excess decay decay_gap sigmoid;
        hyperbolic: sinh cosh tanh asinh sech logcosh tanhshrink;
        logarithm: ln log1p softplus;
        circular: sin cos atan;
        error_function: erf erfc normal_cdf gauss;
        root: cbrt;
    }
}

impl Approximate for Brief {
    type Size = f64;

    const BOUNDS: Bounds = super::bounds::BOUNDS;
    const LARGEST_UNIT: f64 = f64::LARGEST_UNIT;
    const CONSTANT: f64 = f64::CONSTANT;
    const DECIMAL: f64 = f64::DECIMAL;
    const LEAST: f64 = super::bounds::LEAST;

    #[inline(always)]
    fn size(self) -> f64 {
        self.0.size()
    }

    #[inline(always)]
    fn unit(self) -> f64 {
        self.0.unit()
    }

    #[inline(always)]
    fn is_finite(self) -> bool {
        self.0.is_finite()
    }

    fn sum_is_exact(left: Brief, right: Brief, sum: Brief) -> bool {
        f64::sum_is_exact(left.0, right.0, sum.0)
    }

    fn product_is_exact(left: Brief, right: Brief, product: Brief) -> bool {
        f64::product_is_exact(left.0, right.0, product.0)
    }

    fn error_of_constant(parts: [f64; 3]) -> f64 {
        f64::error_of_constant(parts)
    }
}
