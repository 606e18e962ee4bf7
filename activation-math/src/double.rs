//! [`Real`] for `f64`, the type in which results are computed.

use crate::Real;

impl Real for f64 {
    type Mask = bool;

    fn literal(self, value: f64) -> f64 {
        value
    }

    fn decimal(self, text: &str) -> f64 {
        text.parse().unwrap_or(f64::NAN)
    }

    fn pi(self) -> f64 {
        core::f64::consts::PI
    }

    fn e(self) -> f64 {
        core::f64::consts::E
    }

    fn less(self, other: f64) -> bool {
        self < other
    }

    fn less_equal(self, other: f64) -> bool {
        self <= other
    }

    fn select(mask: bool, yes: f64, no: f64) -> f64 {
        if mask { yes } else { no }
    }

    fn abs(self) -> f64 {
        libm::fabs(self)
    }

    fn pow(self, exponent: f64) -> f64 {
        libm::pow(self, exponent)
    }

    fn sqrt(self) -> f64 {
        libm::sqrt(self)
    }

    fn cbrt(self) -> f64 {
        libm::cbrt(self)
    }

    fn exp(self) -> f64 {
        libm::exp(self)
    }

    fn expm1(self) -> f64 {
        libm::expm1(self)
    }

    fn ln(self) -> f64 {
        libm::log(self)
    }

    fn log1p(self) -> f64 {
        libm::log1p(self)
    }

    fn sinh(self) -> f64 {
        libm::sinh(self)
    }

    fn cosh(self) -> f64 {
        libm::cosh(self)
    }

    fn tanh(self) -> f64 {
        libm::tanh(self)
    }

    fn asinh(self) -> f64 {
        libm::asinh(self)
    }

    fn atan(self) -> f64 {
        libm::atan(self)
    }

    fn sin(self) -> f64 {
        libm::sin(self)
    }

    fn cos(self) -> f64 {
        libm::cos(self)
    }

    fn erf(self) -> f64 {
        libm::erf(self)
    }

    fn erfc(self) -> f64 {
        libm::erfc(self)
    }

    /// In `E = exp(-|x|)`, which lies in (0, 1]: nothing overflows and `1 + E` cannot cancel.
    fn sigmoid(self) -> f64 {
        let small = libm::exp(-libm::fabs(self));
        let numerator = if self < 0.0 { small } else { 1.0 };
        numerator / (1.0 + small)
    }

    fn softplus(self) -> f64 {
        let tail = libm::log1p(libm::exp(-libm::fabs(self)));
        if self > 0.0 { self + tail } else { tail }
    }

    /// `2E / (1 + E²)` in `E = exp(-|x|)`.
    fn sech(self) -> f64 {
        let small = libm::exp(-libm::fabs(self));
        (2.0 * small) / (1.0 + small * small)
    }

    /// `ln cosh u = log1p(2 sinh²(u/2))` near zero; `|u| - ln 2 + log1p(exp(-2|u|))` elsewhere.
    fn logcosh(self) -> f64 {
        let size = libm::fabs(self);
        if size < 1.0 {
            let half = libm::sinh(0.5 * size);
            libm::log1p(2.0 * half * half)
        } else {
            size - core::f64::consts::LN_2 + libm::log1p(libm::exp(-2.0 * size))
        }
    }

    /// `(u cosh u - sinh u) / cosh u`, whose numerator is the sum of `2k u^(2k+1) / (2k+1)!`: all terms of one sign.
    fn tanhshrink(self) -> f64 {
        if libm::fabs(self) >= 1.0 {
            return self - libm::tanh(self);
        }
        let square = self * self;
        let (mut power, mut sum) = (self * square / 6.0, 0.0);
        // u^19 / 19! is below 2^-56 of the first term.
        for k in 1..10_u32 {
            sum += power * f64::from(2 * k);
            power *= square / f64::from((2 * k + 2) * (2 * k + 3));
        }
        sum / libm::cosh(self)
    }

    /// The Taylor series `u²/2 + u³/6 + …` where `exp(u) - 1` and `u` nearly cancel.
    fn exp_excess(self) -> f64 {
        if libm::fabs(self) >= 0.5 {
            return libm::expm1(self) - self;
        }
        let (mut term, mut sum) = (self * self * 0.5, 0.0);
        // (1/2)^15 / 15! is below 2^-53 of the first term.
        for k in 3..16_u32 {
            sum += term;
            term *= self / f64::from(k);
        }
        sum
    }
}
