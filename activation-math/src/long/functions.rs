//! [`Real`] for [`Long`].

use super::{Long, arithmetic, circular, error_function, exponential, hyperbolic, logarithm, tables};
use crate::Real;

/// Whole powers up to this one are products.
const MOST_FACTORS: i64 = 32;

/// Methods that are a function of one of the other files.
macro_rules! functions {
    ($($module:ident: $($name:ident)+;)*) => {
        $($(
            fn $name(self) -> Long {
                $module::$name(self)
            }
        )+)*
    };
}

impl Real for Long {
    type Mask = bool;

    fn literal(self, value: f64) -> Long {
        Long::from_f64(value)
    }

    fn constant(self, parts: [f64; 3]) -> Long {
        let [value, rest, last] = parts.map(Long::from_f64);
        value + (rest + last)
    }

    fn decimal(self, text: &str) -> Long {
        Long::parse(text)
    }

    fn pi(self) -> Long {
        (tables::HALF_PI + tables::HALF_PI_REST).scaled(1)
    }

    fn e(self) -> Long {
        exponential::exp(Long::ONE)
    }

    fn less(self, other: Long) -> bool {
        self < other
    }

    fn less_equal(self, other: Long) -> bool {
        self <= other
    }

    fn select(mask: bool, yes: Long, no: Long) -> Long {
        if mask { yes } else { no }
    }

    fn abs(self) -> Long {
        self.magnitude()
    }

    /// A negative base has its whole powers.
    fn pow(self, exponent: Long) -> Long {
        let whole = exponent.nearest_whole().filter(|_| exponent.is_whole());
        match whole {
            Some(whole) if whole.abs() <= MOST_FACTORS => return self.powi(whole as i32),
            None if self.negative => return Long::NAN,
            _ => {}
        }
        if self.is_zero() && exponent > Long::ZERO {
            return self;
        }
        let power = exponential::exp(exponent * logarithm::ln(self.magnitude()));
        if whole.is_some_and(|whole| whole & 1 == 1) { power.with_sign_of(self) } else { power }
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
