//! The functions of [`Real`] on [`Scaled`].

use core::f64::consts::{FRAC_2_SQRT_PI, LN_2};

use super::{HUGE_UNIT, LN_2_MIDDLE, Scaled, exp_of_sum};
use crate::{Real, Wide};

/// Below `2^TINY`, a function is the first term of its series to all 53 bits; above, an `f64` holds the argument.
const TINY: i64 = -500;

/// Beyond this size, `exp(-size)` is lost beside 1 and nearly so in an `f64`.
const FAR: f64 = 700.0;

/// From here on `f64` is of no use for erfc, and eight terms of its asymptotic series are enough.
const ERFC_FAR: f64 = 26.0;

const SQRT_PI: f64 = 1.772_453_850_905_516;

/// Powers beyond `2^±PRODUCT_LIMIT` go through the logarithm.
const PRODUCT_LIMIT: f64 = 1_152_921_504_606_846_976.0; // 2^60

impl Scaled {
    fn is_tiny(self) -> bool {
        self.is_ordinary() && self.exponent() < TINY
    }

    fn is_far(self) -> bool {
        self.exponent() > 1000 || self.exponent() < -1000
    }

    /// An `f64` with the same sign, on the same side of 1, that is neither zero nor infinite unless `self` is.
    fn pulled_in(self) -> f64 {
        libm::scalbn(self.fraction, self.exponent().clamp(-1000, 1000) as i32)
    }

    /// `function` on `f64`, where neither side can be out of range.
    fn through(self, function: impl Fn(f64) -> f64) -> Scaled {
        Scaled::from_f64(function(self.to_f64()))
    }

    /// A function that begins with its own argument.
    fn odd_through(self, function: impl Fn(f64) -> f64) -> Scaled {
        if self.is_tiny() { self } else { self.through(function) }
    }

    /// The argument of the factor that is kept as an exponential.
    fn huge_argument(self) -> Scaled {
        Scaled::from_f64(self.huge) * Scaled::from_f64(HUGE_UNIT)
    }

    /// `ln |self|` of a number outside the range of `f64`.
    fn ln_far(self) -> Scaled {
        let shift = self.exponent as f64;
        let tail = shift * LN_2_MIDDLE + libm::log(self.fraction.abs());
        let ordinary = shift * LN_2 + (libm::fma(shift, LN_2, -(shift * LN_2)) + tail);
        Scaled::from_f64(ordinary) + self.huge_argument()
    }
}

/// erfc for u ≥ 26: `exp(-u²) / (u √π) · Σ (-1)^k (2k-1)!! / (2u²)^k`.
fn erfc_far(u: Scaled) -> Scaled {
    if u.exponent() >= 500 || !u.is_ordinary() {
        return (-(u * u)).exp() / (u * Scaled::from_f64(SQRT_PI));
    }
    let size = u.to_f64();
    let square = size * size;
    let square_low = libm::fma(size, size, -square);
    let ratio = 0.5 / square;
    let mut series = 1.0;
    for k in (0..8).rev() {
        series = 1.0 - f64::from(2 * k + 1) * ratio * series;
    }
    exp_of_sum(-square, -square_low) * Scaled::from_f64(series / (size * SQRT_PI))
}

/// `2^(exponent · power)` for a product up to [`PRODUCT_LIMIT`].
fn power_of_two(exponent: i64, power: f64) -> Scaled {
    // In two halves, which an `f64` can hold.
    let low = exponent % (1 << 32);
    let mut whole = 0;
    let mut remainder = 0.0;
    for half in [exponent - low, low] {
        let product = half as f64 * power;
        let rounded = libm::rint(product);
        whole += rounded as i64;
        remainder += (product - rounded) + libm::fma(half as f64, power, -product);
    }
    Scaled::new(libm::exp2(remainder), whole, 0.0)
}

impl Scaled {
    /// An angle just beyond the range of `f64`, such as twice a large x, with enough bits to find its place in the
    /// circle. `None` where libm can do that, and where the angle is so large that it would mean nothing.
    fn large_angle(self) -> Option<Wide<48>> {
        let beyond = self.to_f64().is_infinite() && self.exponent() < 1400;
        beyond.then(|| Wide::from_f64(self.fraction()).scaled(self.exponent()))
    }
}

impl Real for Scaled {
    type Mask = bool;

    fn literal(self, value: f64) -> Scaled {
        Scaled::from_f64(value)
    }

    /// As `f64` parses it; a number out of its range is put together from mantissa and power of ten.
    fn decimal(self, text: &str) -> Scaled {
        let value: f64 = text.parse().unwrap_or(f64::NAN);
        if value.is_normal() || value.is_nan() {
            return Scaled::from_f64(value);
        }
        let Some((mantissa, power)) = text.split_once(['e', 'E']) else {
            return Scaled::from_f64(value);
        };
        match (mantissa.parse::<f64>(), power.parse::<i32>()) {
            (Ok(mantissa), Ok(power)) => Scaled::from_f64(mantissa) * Scaled::from_f64(10.0).powi(power),
            _ => Scaled::from_f64(value),
        }
    }

    fn pi(self) -> Scaled {
        Scaled::from_f64(core::f64::consts::PI)
    }

    fn e(self) -> Scaled {
        Scaled::from_f64(core::f64::consts::E)
    }

    fn less(self, other: Scaled) -> bool {
        self < other
    }

    fn less_equal(self, other: Scaled) -> bool {
        self <= other
    }

    fn select(mask: bool, yes: Scaled, no: Scaled) -> Scaled {
        if mask { yes } else { no }
    }

    fn abs(self) -> Scaled {
        self.size()
    }

    /// As `libm::pow` on `f64`: a negative base has its whole powers. The relative error is some ulp for exponents up
    /// to 1000 in size; beyond, where the result is out of the range of `f64`, it is `|ln(result)|` ulp.
    fn pow(self, exponent: Scaled) -> Scaled {
        let power = exponent.pulled_in();
        if !self.is_ordinary() || !exponent.is_ordinary() {
            return Scaled::from_f64(libm::pow(self.pulled_in(), power));
        }
        if !self.is_far() && !exponent.is_far() {
            let direct = libm::pow(self.to_f64(), power);
            if direct.is_normal() || direct.is_nan() {
                return Scaled::from_f64(direct);
            }
        }
        // `pow(±1, power)` has the sign, or the NaN, that belongs to the base's sign.
        let sign = Scaled::from_f64(libm::pow(1.0f64.copysign(self.fraction), power));
        if self.huge != 0.0 && power.abs() <= 1000.0 {
            let ordinary = Scaled { huge: 0.0, ..self.size() };
            return sign * ordinary.pow(exponent) * (exponent * self.huge_argument()).exp();
        }
        if exponent.is_tiny() {
            return sign;
        }
        if power.abs() > 1000.0 || (self.exponent as f64 * power).abs() > PRODUCT_LIMIT {
            return sign * (exponent * self.abs().ln()).exp();
        }
        let of_fraction = libm::pow(self.fraction.abs(), power);
        sign * power_of_two(self.exponent, power) * Scaled::from_f64(of_fraction)
    }

    fn sqrt(self) -> Scaled {
        let odd = self.exponent & 1;
        let even_part = if odd == 1 { 2.0 * self.fraction } else { self.fraction };
        Scaled::new(libm::sqrt(even_part), (self.exponent - odd) / 2, self.huge / 2.0)
    }

    fn cbrt(self) -> Scaled {
        let shift = self.exponent.rem_euclid(3);
        let root = libm::cbrt(libm::scalbn(self.fraction, shift as i32));
        Scaled::new(root, (self.exponent - shift) / 3, self.huge / 3.0)
    }

    fn exp(self) -> Scaled {
        let argument = self.to_f64();
        if argument.abs() < FAR {
            Scaled::from_f64(libm::exp(argument))
        } else if argument.is_infinite() {
            // The unit is large enough for some arguments beyond the range of `f64`.
            let huge = libm::scalbn(self.fraction, self.exponent().clamp(-3000, 3000) as i32 - 64);
            Scaled::new(1.0, 0, huge)
        } else {
            exp_of_sum(argument, 0.0)
        }
    }

    fn expm1(self) -> Scaled {
        let argument = self.to_f64();
        if argument < FAR || argument.is_nan() { self.odd_through(libm::expm1) } else { self.exp() }
    }

    fn ln(self) -> Scaled {
        if self.is_ordinary() && self.is_far() && !self.is_negative() {
            self.ln_far()
        } else {
            self.through(libm::log)
        }
    }

    fn log1p(self) -> Scaled {
        if self.is_ordinary() && self.exponent() > 1000 { self.ln() } else { self.odd_through(libm::log1p) }
    }

    fn sinh(self) -> Scaled {
        if self.to_f64().abs() >= FAR {
            let half = self.abs().exp() * Scaled::from_f64(0.5);
            if self.is_negative() { -half } else { half }
        } else {
            self.odd_through(libm::sinh)
        }
    }

    fn cosh(self) -> Scaled {
        if self.to_f64().abs() >= FAR {
            self.abs().exp() * Scaled::from_f64(0.5)
        } else {
            self.through(libm::cosh)
        }
    }

    fn tanh(self) -> Scaled {
        self.odd_through(libm::tanh)
    }

    fn asinh(self) -> Scaled {
        if self.is_ordinary() && self.exponent() > 1000 {
            let size = self.ln_far() + Scaled::from_f64(LN_2);
            if self.is_negative() { -size } else { size }
        } else {
            self.odd_through(libm::asinh)
        }
    }

    fn atan(self) -> Scaled {
        self.odd_through(libm::atan)
    }

    fn sin(self) -> Scaled {
        match self.large_angle() {
            Some(angle) => Scaled::from_f64(angle.sin().to_f64()),
            None => self.odd_through(libm::sin),
        }
    }

    fn cos(self) -> Scaled {
        match self.large_angle() {
            Some(angle) => Scaled::from_f64(angle.cos().to_f64()),
            None => self.through(libm::cos),
        }
    }

    fn erf(self) -> Scaled {
        if self.is_tiny() { self * Scaled::from_f64(FRAC_2_SQRT_PI) } else { self.through(libm::erf) }
    }

    fn erfc(self) -> Scaled {
        if self.to_f64() >= ERFC_FAR { erfc_far(self) } else { self.through(libm::erfc) }
    }

    fn sigmoid(self) -> Scaled {
        if self.to_f64() < -FAR { self.exp() } else { self.through(Real::sigmoid) }
    }

    fn softplus(self) -> Scaled {
        let argument = self.to_f64();
        if argument < -FAR {
            self.exp()
        } else if argument > FAR {
            self
        } else {
            self.through(Real::softplus)
        }
    }

    fn sech(self) -> Scaled {
        if self.to_f64().abs() > FAR {
            (-self.abs()).exp() * Scaled::from_f64(2.0)
        } else {
            self.through(Real::sech)
        }
    }

    fn logcosh(self) -> Scaled {
        if self.is_ordinary() && self.exponent() < -30 {
            self * self * Scaled::from_f64(0.5)
        } else if self.to_f64().abs() > FAR {
            self.abs() - Scaled::from_f64(LN_2)
        } else {
            self.through(Real::logcosh)
        }
    }

    /// `u³/3` near zero.
    fn tanhshrink(self) -> Scaled {
        if self.is_ordinary() && self.exponent() < -30 {
            self * self * self / Scaled::from_f64(3.0)
        } else if self.to_f64().abs() < FAR {
            self.through(Real::tanhshrink)
        } else {
            self - self.tanh()
        }
    }

    /// `u²/2` near zero.
    fn exp_excess(self) -> Scaled {
        if self.is_ordinary() && self.exponent() < -60 {
            self * self * Scaled::from_f64(0.5)
        } else if self.to_f64().abs() < FAR {
            self.through(Real::exp_excess)
        } else {
            self.expm1() - self
        }
    }
}
