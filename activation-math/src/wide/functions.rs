//! [`Real`] for [`Wide`]: every function runs in a type of at least two more limbs, and its result is rounded.

use super::{Wide, circular, constants, decimal, error_function, exponential, hyperbolic, roots};
use crate::Real;

/// `function` of the arguments in the working precision that belongs to `LIMBS`. There are few of these, so that
/// many widths share one instance of each function; `const` conditions keep the others from being instantiated.
macro_rules! guarded {
    ($function:path, $($argument:expr),+ $(; $text:expr)?) => {
        if const { LIMBS <= 6 } {
            $function($($argument.resize::<8>()),+ $(, $text)?).resize()
        } else if const { LIMBS <= 8 } {
            $function($($argument.resize::<10>()),+ $(, $text)?).resize()
        } else if const { LIMBS <= 16 } {
            $function($($argument.resize::<18>()),+ $(, $text)?).resize()
        } else if const { LIMBS <= 20 } {
            $function($($argument.resize::<22>()),+ $(, $text)?).resize()
        } else if const { LIMBS <= 40 } {
            $function($($argument.resize::<42>()),+ $(, $text)?).resize()
        } else if const { LIMBS <= 48 } {
            $function($($argument.resize::<50>()),+ $(, $text)?).resize()
        } else {
            const { assert!(LIMBS <= 64) }
            $function($($argument.resize::<66>()),+ $(, $text)?).resize()
        }
    };
}

/// A sine or cosine, which needs a second, longer type to reduce its angle in: `2 * LIMBS + 3`.
macro_rules! reduced_and_guarded {
    ($function:ident, $angle:expr) => {
        if const { LIMBS <= 6 } {
            circular::$function::<8, 15>($angle.resize()).resize()
        } else if const { LIMBS <= 8 } {
            circular::$function::<10, 19>($angle.resize()).resize()
        } else if const { LIMBS <= 16 } {
            circular::$function::<18, 35>($angle.resize()).resize()
        } else if const { LIMBS <= 20 } {
            circular::$function::<22, 43>($angle.resize()).resize()
        } else if const { LIMBS <= 40 } {
            circular::$function::<42, 83>($angle.resize()).resize()
        } else if const { LIMBS <= 48 } {
            circular::$function::<50, 99>($angle.resize()).resize()
        } else {
            circular::$function::<66, 131>($angle.resize()).resize()
        }
    };
}

impl<const LIMBS: usize> Wide<LIMBS> {
    /// Whether adding `term` or anything smaller would change nothing.
    pub(super) fn outweighs(self, term: Self) -> bool {
        term.is_zero() || term.exponent() < self.exponent().saturating_sub(Self::BITS + 1)
    }

    /// Whether the angle is so large that its unit in the last place says nothing about its place on the circle.
    fn is_hopeless_angle(self) -> bool {
        self.is_nan() || self.exponent() > Self::BITS / 2
    }

    /// The sine of such an angle: a number that cannot be told, but for infinities and NaN undefined.
    fn lost_angle(self) -> Self {
        Self { out_of_range: self.is_finite() || self.out_of_range, ..Self::NAN }
    }
}

impl<const LIMBS: usize> Real for Wide<LIMBS> {
    type Mask = bool;

    fn literal(self, value: f64) -> Self {
        Self::from_f64(value)
    }

    fn decimal(self, text: &str) -> Self {
        guarded!(decimal::parse, Self::ZERO; text)
    }

    fn pi(self) -> Self {
        constants::pi()
    }

    fn e(self) -> Self {
        guarded!(exponential::exp, Self::ONE)
    }

    fn less(self, other: Self) -> bool {
        self < other
    }

    fn less_equal(self, other: Self) -> bool {
        self <= other
    }

    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }

    fn abs(self) -> Self {
        self.magnitude()
    }

    fn pow(self, exponent: Self) -> Self {
        guarded!(exponential::pow, self, exponent)
    }

    fn sqrt(self) -> Self {
        guarded!(roots::sqrt, self)
    }

    fn cbrt(self) -> Self {
        guarded!(roots::cbrt, self)
    }

    fn exp(self) -> Self {
        guarded!(exponential::exp, self)
    }

    fn expm1(self) -> Self {
        guarded!(exponential::expm1, self)
    }

    fn ln(self) -> Self {
        guarded!(exponential::ln, self)
    }

    fn log1p(self) -> Self {
        guarded!(exponential::log1p, self)
    }

    fn sinh(self) -> Self {
        guarded!(hyperbolic::sinh, self)
    }

    fn cosh(self) -> Self {
        guarded!(hyperbolic::cosh, self)
    }

    fn tanh(self) -> Self {
        guarded!(hyperbolic::tanh, self)
    }

    fn asinh(self) -> Self {
        guarded!(hyperbolic::asinh, self)
    }

    fn atan(self) -> Self {
        guarded!(circular::atan, self)
    }

    fn sin(self) -> Self {
        if self.is_hopeless_angle() {
            return self.lost_angle();
        }
        reduced_and_guarded!(sin, self)
    }

    fn cos(self) -> Self {
        if self.is_hopeless_angle() {
            return self.lost_angle();
        }
        reduced_and_guarded!(cos, self)
    }

    fn erf(self) -> Self {
        guarded!(error_function::erf, self)
    }

    fn erfc(self) -> Self {
        guarded!(error_function::erfc, self)
    }

    fn sigmoid(self) -> Self {
        guarded!(hyperbolic::sigmoid, self)
    }

    fn softplus(self) -> Self {
        guarded!(hyperbolic::softplus, self)
    }

    fn sech(self) -> Self {
        guarded!(hyperbolic::sech, self)
    }

    fn logcosh(self) -> Self {
        guarded!(hyperbolic::logcosh, self)
    }
}
