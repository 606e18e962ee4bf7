//! [`Real`] for [`Extended`].

use super::pair::Pair;
use super::{
    Extended, arithmetic, circular, error_function, exponential, hyperbolic, logarithm, power, tables,
};
use crate::Real;

/// Methods that are a function of one of the other files.
macro_rules! functions {
    ($($module:ident: $($name:ident)+;)*) => {
        $($(
            fn $name(self) -> Extended {
                $module::$name(self)
            }
        )+)*
    };
}

impl Real for Extended {
    type Mask = bool;

    fn literal(self, value: f64) -> Extended {
        Extended::from_f64(value)
    }

    fn constant(self, [value, rest, _]: [f64; 3]) -> Extended {
        Pair::sum(value, rest).into()
    }

    fn decimal(self, text: &str) -> Extended {
        Extended::parse(text)
    }

    fn pi(self) -> Extended {
        tables::PI.into()
    }

    fn e(self) -> Extended {
        tables::E.into()
    }

    fn less(self, other: Extended) -> bool {
        self < other
    }

    fn less_equal(self, other: Extended) -> bool {
        self <= other
    }

    fn select(mask: bool, yes: Extended, no: Extended) -> Extended {
        if mask { yes } else { no }
    }

    fn abs(self) -> Extended {
        self.size()
    }

    fn pow(self, exponent: Extended) -> Extended {
        power::pow(self, exponent)
    }

    functions! {
        arithmetic: sqrt cbrt;
        exponential: exp expm1 exp_excess;
        logarithm: ln log1p;
        hyperbolic: sinh cosh tanh asinh sigmoid softplus sech logcosh tanhshrink;
        circular: sin cos atan;
        error_function: erf erfc;
    }
}
