//! An `f64` whose exponent does not run out.
//!
//! A textbook formula such as `(exp(x) - exp(-x)) / (exp(x) + exp(-x))` is a fine formula at x = 1000: only its
//! intermediate values leave the range of `f64`. [`Scaled`] keeps them as `fraction · 2^exponent`, with the fraction
//! in [1, 2) and the exponent in an `i64`. Each operation rounds as the same one on `f64` does; functions hand over to
//! `f64` where argument and result are ordinary, and use the first term of a series or an exponential's own exponent
//! where they are not.

use core::cmp::Ordering;
use core::f64::consts::{FRAC_2_SQRT_PI, LN_2};
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::Real;

/// Exponents beyond this one become an infinity or a zero.
const EXPONENT_LIMIT: i64 = 1 << 60;

/// Below `2^TINY`, a function is the first term of its series to all 53 bits; above, an `f64` holds the argument.
const TINY: i64 = -500;

/// Beyond this size, `exp(-size)` is lost beside 1 and nearly so in an `f64`.
const FAR: f64 = 700.0;

/// From here on `f64` is of no use for erfc, and eight terms of its asymptotic series are enough.
const ERFC_FAR: f64 = 26.0;

/// ln 2 = LN_2 + LN_2_MIDDLE + LN_2_LOW to 160 bits.
const LN_2_MIDDLE: f64 = 2.319_046_813_846_299_6e-17;
const LN_2_LOW: f64 = 5.707_708_438_416_212e-34;

const SQRT_PI: f64 = 1.772_453_850_905_516;

/// A number `fraction · 2^exponent` with the precision of an `f64` and a practically unlimited exponent.
///
/// Zeros, infinities and NaN are as in IEEE 754. A number beyond `2^±(2^60)` becomes an infinity or a zero.
#[derive(Clone, Copy, Debug)]
pub struct Scaled {
    /// In [1, 2) but for the sign, or else a zero, an infinity or NaN.
    fraction: f64,
    /// Zero where the fraction is a zero, an infinity or NaN.
    exponent: i64,
}

impl Scaled {
    /// The same number; exact.
    pub fn from_f64(value: f64) -> Scaled {
        Scaled::new(value, 0)
    }

    /// The nearest `f64`, rounded once: ±inf or ±0 beyond its range.
    pub fn to_f64(self) -> f64 {
        libm::scalbn(self.fraction, self.exponent.clamp(-3000, 3000) as i32)
    }

    /// A number in [1, 2) but for its sign; or the zero, infinity or NaN itself.
    pub fn fraction(self) -> f64 {
        self.fraction
    }

    /// The power of two that [`fraction`](Scaled::fraction) is to be multiplied with.
    pub fn exponent(self) -> i64 {
        self.exponent
    }

    /// `value · 2^exponent` for any `value`.
    fn new(value: f64, exponent: i64) -> Scaled {
        if value == 0.0 || !value.is_finite() {
            return Scaled { fraction: value, exponent: 0 };
        }
        let (half, shift) = libm::frexp(value);
        let exponent = exponent.saturating_add(i64::from(shift) - 1);
        if exponent > EXPONENT_LIMIT {
            Scaled { fraction: f64::INFINITY.copysign(value), exponent: 0 }
        } else if exponent < -EXPONENT_LIMIT {
            Scaled { fraction: 0.0f64.copysign(value), exponent: 0 }
        } else {
            Scaled { fraction: 2.0 * half, exponent }
        }
    }

    /// Neither zero, infinite nor NaN.
    fn is_ordinary(self) -> bool {
        self.fraction != 0.0 && self.fraction.is_finite()
    }

    fn is_tiny(self) -> bool {
        self.is_ordinary() && self.exponent < TINY
    }

    fn is_negative(self) -> bool {
        self.fraction < 0.0
    }

    /// An `f64` with the same sign, on the same side of 1, that is neither zero nor infinite unless `self` is.
    fn pulled_in(self) -> f64 {
        libm::scalbn(self.fraction, self.exponent.clamp(-1000, 1000) as i32)
    }

    /// `function` on `f64`, where neither side can be out of range.
    fn through(self, function: impl Fn(f64) -> f64) -> Scaled {
        Scaled::from_f64(function(self.to_f64()))
    }

    /// A function that begins with its own argument.
    fn odd_through(self, function: impl Fn(f64) -> f64) -> Scaled {
        if self.is_tiny() { self } else { self.through(function) }
    }

    /// `ln |self|` of a number outside the range of `f64`.
    fn ln_far(self) -> Scaled {
        let shift = self.exponent as f64;
        let tail = shift * LN_2_MIDDLE + libm::log(self.fraction.abs());
        Scaled::from_f64(shift * LN_2 + (libm::fma(shift, LN_2, -(shift * LN_2)) + tail))
    }

    fn is_far(self) -> bool {
        self.exponent > 1000 || self.exponent < -1000
    }
}

impl PartialEq for Scaled {
    fn eq(&self, other: &Scaled) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Scaled {
    fn partial_cmp(&self, other: &Scaled) -> Option<Ordering> {
        let ordinary = self.is_ordinary() && other.is_ordinary();
        if !ordinary || self.is_negative() != other.is_negative() || self.exponent == other.exponent {
            return self.fraction.partial_cmp(&other.fraction);
        }
        let by_size = self.exponent.cmp(&other.exponent);
        Some(if self.is_negative() { by_size.reverse() } else { by_size })
    }
}

impl Neg for Scaled {
    type Output = Scaled;

    fn neg(self) -> Scaled {
        Scaled { fraction: -self.fraction, exponent: self.exponent }
    }
}

impl Add for Scaled {
    type Output = Scaled;

    fn add(self, other: Scaled) -> Scaled {
        if !self.is_ordinary() || !other.is_ordinary() {
            // A zero gives way, an infinity or NaN prevails; two zeros settle their sign.
            return match (self.fraction == 0.0, other.fraction == 0.0) {
                (true, false) => other,
                (false, true) => self,
                _ => Scaled::from_f64(
                    if self.is_ordinary() { 1.0 } else { self.fraction }
                        + if other.is_ordinary() { 1.0 } else { other.fraction },
                ),
            };
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let gap = large.exponent - small.exponent;
        if gap > 100 {
            return large;
        }
        Scaled::new(large.fraction + libm::scalbn(small.fraction, -(gap as i32)), large.exponent)
    }
}

impl Sub for Scaled {
    type Output = Scaled;

    fn sub(self, other: Scaled) -> Scaled {
        self + -other
    }
}

impl Mul for Scaled {
    type Output = Scaled;

    fn mul(self, other: Scaled) -> Scaled {
        Scaled::new(self.fraction * other.fraction, self.exponent + other.exponent)
    }
}

impl Div for Scaled {
    type Output = Scaled;

    fn div(self, other: Scaled) -> Scaled {
        Scaled::new(self.fraction / other.fraction, self.exponent - other.exponent)
    }
}

/// `exp(high + low)` for `|low|` well below `|high|` or of moderate size.
///
/// With `n = round(high / ln 2)`, the reduced argument `high - n ln 2 + low` is found to the last bit of an `f64` near
/// 1 even where an ulp of `high` is larger than 1: both products are split exactly.
fn exp_of_sum(high: f64, low: f64) -> Scaled {
    if high.is_nan() {
        return Scaled::from_f64(high);
    }
    if high.abs() >= 288_230_376_151_711_744.0 {
        return Scaled::from_f64(if high > 0.0 { f64::INFINITY } else { 0.0 });
    }
    let n = libm::rint(high / LN_2);
    let product = n * LN_2;
    let product_low = libm::fma(n, LN_2, -product);
    let middle = n * LN_2_MIDDLE;
    let middle_low = libm::fma(n, LN_2_MIDDLE, -middle);
    let reduced = (((high - product) - product_low) - middle) + (low - (middle_low + n * LN_2_LOW));
    Scaled::new(libm::exp(reduced), n as i64)
}

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
