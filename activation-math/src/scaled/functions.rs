/// erfc for u ≥ 26: `exp(-u²) / (u √π) · Σ (-1)^k (2k-1)!! / (2u²)^k`.
fn erfc_far(u: Scaled) -> Scaled {
    // u² at 2^60 is far beyond the smallest number there is.
    if u.exponent >= 30 {
        return Scaled::from_f64(0.0);
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
        Scaled { fraction: self.fraction.abs(), exponent: self.exponent }
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
        if exponent.is_tiny() {
            return sign;
        }
        if power.abs() > 1000.0 {
            return sign * (exponent * self.abs().ln()).exp();
        }
        let of_fraction = libm::pow(self.fraction.abs(), power);
        let shift = self.exponent as f64;
        let product = shift * power;
        let whole = libm::rint(product);
        let remainder = (product - whole) + libm::fma(shift, power, -product);
        sign * Scaled::new(libm::exp2(remainder), whole as i64) * Scaled::from_f64(of_fraction)
    }

    fn sqrt(self) -> Scaled {
        let odd = self.exponent & 1;
        let even_part = if odd == 1 { 2.0 * self.fraction } else { self.fraction };
        Scaled::new(libm::sqrt(even_part), (self.exponent - odd) / 2)
    }

    fn cbrt(self) -> Scaled {
        let shift = self.exponent.rem_euclid(3);
        Scaled::new(libm::cbrt(libm::scalbn(self.fraction, shift as i32)), (self.exponent - shift) / 3)
    }

    fn exp(self) -> Scaled {
        let argument = self.to_f64();
        if argument.abs() < FAR { Scaled::from_f64(libm::exp(argument)) } else { exp_of_sum(argument, 0.0) }
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
        if self.is_ordinary() && self.exponent > 1000 { self.ln() } else { self.odd_through(libm::log1p) }
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
        if self.is_ordinary() && self.exponent > 1000 {
            let size = self.ln_far() + Scaled::from_f64(LN_2);
            if self.is_negative() { -size } else { size }
        } else {
            self.odd_through(libm::asinh)
        }
    }

    fn atan(self) -> Scaled {
        self.odd_through(libm::atan)
    }

    /// NaN beyond the range of `f64`, where nothing is known of the angle.
    fn sin(self) -> Scaled {
        self.odd_through(libm::sin)
    }

    /// NaN beyond the range of `f64`, where nothing is known of the angle.
    fn cos(self) -> Scaled {
        self.through(libm::cos)
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
        if self.is_ordinary() && self.exponent < -30 {
            self * self * Scaled::from_f64(0.5)
        } else if self.to_f64().abs() > FAR {
            self.abs() - Scaled::from_f64(LN_2)
        } else {
            self.through(Real::logcosh)
        }
    }
}
