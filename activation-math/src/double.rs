//! [`Real`] for `f64`, the type in which results are computed: its functions are those of [`elementary`].

use crate::{Real, elementary};

macro_rules! forward {
    ($($function:ident)*) => {
        $(
            #[inline]
            fn $function(self) -> f64 {
                elementary::$function(self)
            }
        )*
    };
}

impl Real for f64 {
    type Mask = bool;

    #[inline]
    fn literal(self, value: f64) -> f64 {
        value
    }

    fn decimal(self, text: &str) -> f64 {
        text.parse().unwrap_or(f64::NAN)
    }

    #[inline]
    fn pi(self) -> f64 {
        core::f64::consts::PI
    }

    #[inline]
    fn e(self) -> f64 {
        core::f64::consts::E
    }

    #[inline]
    fn less(self, other: f64) -> bool {
        self < other
    }

    #[inline]
    fn less_equal(self, other: f64) -> bool {
        self <= other
    }

    #[inline]
    fn select(mask: bool, yes: f64, no: f64) -> f64 {
        if mask { yes } else { no }
    }

    #[inline]
    fn abs(self) -> f64 {
        self.abs()
    }

    #[inline]
    fn sqrt(self) -> f64 {
        crate::lane::Lane::sqrt(self)
    }

    #[inline]
    fn pow(self, exponent: f64) -> f64 {
        elementary::pow(self, exponent)
    }

    forward! {
        cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc
        sigmoid softplus sech decay decay_gap logcosh tanhshrink exp_excess
    }
}
