//! Elementary functions of [`Enclosure`]s.
//!
//! A relative error of the argument comes out multiplied by the condition number `|x f'(x) / f(x)|`, an absolute one by the
//! slope, or, relative to the result, by `|f'(x) / f(x)|`. Bounds of these over the interval stand at each function.

use super::{Enclosure, SLACK, SMALL, Verdict, above, below, times};
use crate::lane::Lane;
use crate::tracked::Approximate;
use crate::{Real, elementary};

impl<N: Approximate> Enclosure<N> {
    /// Of an increasing function.
    fn rising(self, function: impl Fn(f64) -> f64) -> (f64, f64) {
        (function(self.low), function(self.high))
    }

    /// Of a function that is even and increases to the right of 0.
    fn bowl(self, function: impl Fn(f64) -> f64) -> (f64, f64) {
        (function(self.smallest()), function(self.largest()))
    }

    /// Of a function that is even and falls to the right of 0.
    fn bell(self, function: impl Fn(f64) -> f64) -> (f64, f64) {
        (function(self.largest()), function(self.smallest()))
    }

    /// Values of a function with this condition number and slope.
    fn sloping(self, (low, high): (f64, f64), condition: f64, slope: f64, own: f64) -> Self {
        let relative = times(condition, self.relative);
        Self::made(low, high, relative, times(slope, self.absolute), own)
    }

    /// Values of a function with this condition number, and with at most this slope relative to the function itself.
    fn growing(self, (low, high): (f64, f64), condition: f64, rate: f64, own: f64) -> Self {
        let relative = times(condition, self.relative) + times(rate, self.absolute);
        Self::made(low, high, relative * (1.0 + 2.0 * SMALL), 0.0, own)
    }

    /// The same for a decaying function of an argument whose error is too large for that, if even at half the argument it is
    /// at most `bound`.
    fn decaying(self, range: (f64, f64), condition: f64, rate: f64, bound: f64, own: f64) -> Self {
        let relative = times(condition, self.relative) + times(rate, self.absolute);
        if relative <= SMALL || self.all_relative() > SMALL {
            return self.growing(range, condition, rate, own);
        }
        Self::made(range.0, range.1, 0.0, bound, own)
    }

    /// All of it is to the left of 0.
    fn is_left(self) -> bool {
        self.high < 0.0
    }

    fn constant_near(value: f64, relative: f64) -> Self {
        Self { relative, ..Self::between(value.next_down(), value.next_up()) }
    }

    /// Of a function between -1 and 1 whose slope is at most 1.
    fn wave(self, function: impl Fn(f64) -> f64, own: f64) -> Self {
        let (half, middle) = (self.high / 2.0 - self.low / 2.0, self.low / 2.0 + self.high / 2.0);
        let (low, high) = if half < 2.0 {
            let centre = function(middle);
            (centre - above(half), centre + above(half))
        } else {
            (-1.0, 1.0)
        };
        Self::made(low, high, 0.0, self.error(), own).clipped(-1.0, 1.0)
    }
}

impl<N: Approximate> Real for Enclosure<N> {
    type Mask = Verdict;

    fn literal(self, value: f64) -> Self {
        let significand = value.to_bits() & ((1 << (f64::MANTISSA_DIGITS - 1)) - 1);
        let digits = f64::MANTISSA_DIGITS - significand.trailing_zeros().min(f64::MANTISSA_DIGITS - 1);
        if value.is_finite() { Self { digits, ..Self::between(value, value) } } else { Self::unknown() }
    }

    fn constant(self, [value, rest, _]: [f64; 3]) -> Self {
        if rest == 0.0 { self.literal(value) } else { Self::constant_near(value, N::CONSTANT) }
    }

    fn decimal(self, text: &str) -> Self {
        let value = self.low.decimal(text);
        Self::constant_near(value, N::DECIMAL * N::LARGEST_UNIT)
    }

    fn pi(self) -> Self {
        Self::constant_near(core::f64::consts::PI, N::BOUNDS.DIV * N::LARGEST_UNIT)
    }

    fn e(self) -> Self {
        Self::constant_near(core::f64::consts::E, N::BOUNDS.DIV * N::LARGEST_UNIT)
    }

    fn less(self, other: Self) -> Verdict {
        self.compared(other, false)
    }

    fn less_equal(self, other: Self) -> Verdict {
        self.compared(other, true)
    }

    fn select(mask: Verdict, yes: Self, no: Self) -> Self {
        match (mask.may_hold, mask.may_fail) {
            (true, true) => yes.either(no, mask.exact),
            (true, false) => yes,
            (false, _) => no,
        }
    }

    /// A NaN shows in the result.
    fn if_less(left: Self, right: Self, yes: Self, no: Self) -> Self {
        Self::select(left.less(right), yes, no)
    }

    fn if_less_equal(left: Self, right: Self, yes: Self, no: Self) -> Self {
        Self::select(left.less_equal(right), yes, no)
    }

    fn abs(self) -> Self {
        Self { low: self.smallest(), high: self.largest(), ..self }
    }

    /// Where rounding turns the comparison, the two are within their errors of each other.
    fn min(self, other: Self) -> Self {
        let both = self.either(other, true);
        Self { high: self.high.min(other.high), relative: both.relative * SLACK, ..both }
    }

    fn max(self, other: Self) -> Self {
        let both = self.either(other, true);
        Self { low: self.low.max(other.low), relative: both.relative * SLACK, ..both }
    }

    fn powi(self, exponent: i32) -> Self {
        if exponent == 0 {
            return self.literal(1.0);
        }
        let power = exponent.unsigned_abs();
        if exponent == 2 && self.is_exact() && 2 * self.digits <= f64::MANTISSA_DIGITS {
            let (low, high) = self.bowl(|x| x * x);
            return Self { digits: 2 * self.digits, ..Self::between(low, high) };
        }
        // Twice as many products as binary digits, at most.
        let products = f64::from(2 * (u32::BITS - power.leading_zeros() - 1)).min(f64::from(power - 1));
        let degree = f64::from(power);
        let of = |x: f64| Real::powi(x, power.cast_signed());
        let is_even = power.is_multiple_of(2);
        let (low, high) = if is_even { self.bowl(of) } else { self.rising(of) };
        // The bounds are made of as many products.
        let spread = products * 4.0 * f64::EPSILON;
        let (low, high) = (low - low.abs() * spread, high + high.abs() * spread);
        let absolute = times(
            degree * self.absolute,
            Real::powi(self.largest() + self.absolute, power.cast_signed() - 1),
        );
        let result = Self::made(low, high, degree * self.relative, absolute, products * N::BOUNDS.MUL);
        let result = if is_even { result.clipped(0.0, f64::INFINITY) } else { result };
        if exponent < 0 { self.literal(1.0) / result } else { result }
    }

    /// Condition y in the base, y ln x in the exponent.
    fn pow(self, exponent: Self) -> Self {
        if self.low < 0.0 || (self.low == 0.0 && exponent.low <= 0.0) {
            return Self::unknown();
        }
        let of = |x: f64, y: f64| elementary::pow(x, y);
        let corners = [
            of(self.low, exponent.low),
            of(self.low, exponent.high),
            of(self.high, exponent.low),
            of(self.high, exponent.high),
        ];
        let low = corners.into_iter().fold(f64::INFINITY, f64::min);
        let high = corners.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let logarithm = elementary::ln(self.low).abs().max(elementary::ln(self.high).abs());
        let relative = times(exponent.largest(), self.all_relative()) + times(logarithm, exponent.error());
        // The more digits stand before the point of the exponent, the fewer are left behind it.
        let own = N::BOUNDS.POW * (1.0 + times(logarithm, exponent.largest()).min(1e6) / 512.0);
        Self::made(low, high, relative * (1.0 + 2.0 * SMALL), 0.0, own).clipped(0.0, f64::INFINITY)
    }

    /// Condition ½; nowhere further off than the root of the distance.
    fn sqrt(self) -> Self {
        if self.low < 0.0 {
            return Self::unknown();
        }
        let range = self.rising(Lane::sqrt);
        let absolute = if self.absolute == 0.0 {
            0.0
        } else {
            Lane::sqrt(self.absolute).min(self.absolute / below(range.0).max(0.0))
        };
        Self::made(range.0, range.1, self.relative / 2.0, absolute, N::BOUNDS.SQRT)
            .clipped(0.0, f64::INFINITY)
    }

    /// Condition ⅓.
    fn cbrt(self) -> Self {
        let range = self.rising(elementary::cbrt);
        let absolute = if self.absolute == 0.0 { 0.0 } else { 2.0 * elementary::cbrt(self.absolute) };
        Self::made(range.0, range.1, self.relative / 3.0, absolute, N::BOUNDS.CBRT)
    }

    /// Condition |x|, rate 1.
    fn exp(self) -> Self {
        let range = self.rising(elementary::exp);
        let own = N::BOUNDS.EXP;
        let result = if self.is_left() {
            self.decaying(range, self.largest(), 1.0, above(elementary::exp(self.high / 2.0)), own)
        } else {
            self.growing(range, self.largest(), 1.0, own)
        };
        result.clipped(0.0, f64::INFINITY)
    }

    /// Condition at most 1 on the left and x + 1 on the right; slope exp(x).
    fn expm1(self) -> Self {
        let range = self.rising(elementary::expm1);
        self.sloping(range, self.high.max(0.0) + 1.0, above(elementary::exp(self.high)), N::BOUNDS.EXPM1)
    }

    /// A relative error becomes an absolute one.
    fn ln(self) -> Self {
        if self.low < 0.0 || (self.low == 0.0 && self.absolute > 0.0) || self.all_relative() > SMALL {
            return Self::unknown();
        }
        let (low, high) = self.rising(elementary::ln);
        Self::made(low, high, 0.0, self.all_relative() * (1.0 + 2.0 * SMALL), N::BOUNDS.LN)
    }

    /// Condition 1 on the right and `x / ((1 + x) ln(1 + x))` on the left; slope `1 / (1 + x)`.
    fn log1p(self) -> Self {
        let shifted = below(1.0 + self.low);
        if shifted <= 0.0 || self.absolute > SMALL * shifted {
            return Self::unknown();
        }
        let range = self.rising(elementary::log1p);
        let condition =
            if self.low < 0.0 { SLACK * self.low / (shifted * elementary::log1p(self.low)) } else { 1.0 };
        self.sloping(range, condition, SLACK / shifted, N::BOUNDS.LOG1P)
    }

    /// Condition at most |x| + 1, slope cosh.
    fn sinh(self) -> Self {
        let range = self.rising(elementary::sinh);
        let size = self.largest();
        if self.absolute > SMALL {
            return Self::unknown();
        }
        self.sloping(range, size + 1.0, SLACK * elementary::cosh(size), N::BOUNDS.SINH)
    }

    /// Condition at most |x|, rate at most 1.
    fn cosh(self) -> Self {
        self.growing(self.bowl(elementary::cosh), self.largest(), 1.0, N::BOUNDS.COSH)
    }

    /// Condition and slope at most 1.
    fn tanh(self) -> Self {
        self.sloping(self.rising(elementary::tanh), 1.0, 1.0, N::BOUNDS.TANH).clipped(-1.0, 1.0)
    }

    /// Condition and slope at most 1.
    fn asinh(self) -> Self {
        self.sloping(self.rising(elementary::asinh), 1.0, 1.0, N::BOUNDS.ASINH)
    }

    /// Condition and slope at most 1.
    fn atan(self) -> Self {
        self.sloping(self.rising(elementary::atan), 1.0, 1.0, N::BOUNDS.ATAN)
    }

    fn sin(self) -> Self {
        self.wave(elementary::sin, N::BOUNDS.SIN)
    }

    fn cos(self) -> Self {
        self.wave(elementary::cos, N::BOUNDS.COS)
    }

    /// Condition at most 1, slope at most 2/√π.
    fn erf(self) -> Self {
        self.sloping(self.rising(elementary::erf), 1.0, 1.13, N::BOUNDS.ERF).clipped(-1.0, 1.0)
    }

    /// Condition at most 2x² + 2 on the right and ½ on the left; rate at most 2x + 1.5 (Mills' ratio).
    fn erfc(self) -> Self {
        let (high, low) = self.rising(elementary::erfc);
        let right = self.high.max(0.0);
        let condition = if right > 0.0 { 2.0 * right * right + 2.0 } else { 0.5 };
        let rate = 2.0 * right + 1.5;
        let result = if self.low > 0.0 {
            let bound = above(elementary::erfc(self.low / 2.0));
            self.decaying((low, high), condition, rate, bound, N::BOUNDS.ERFC)
        } else {
            self.growing((low, high), condition, rate, N::BOUNDS.ERFC)
        };
        result.clipped(0.0, 2.0)
    }

    /// Condition |x| on the left and at most 0.3 on the right; rate at most 1.
    fn sigmoid(self) -> Self {
        let range = self.rising(elementary::sigmoid);
        let condition = (-self.low).max(0.3);
        let own = N::BOUNDS.SIGMOID;
        let result = if self.is_left() {
            self.decaying(range, condition, 1.0, above(elementary::exp(self.high / 2.0)), own)
        } else {
            self.growing(range, condition, 1.0, own)
        };
        result.clipped(0.0, 1.0)
    }

    /// Condition |x| on the left and at most 1 on the right; rate at most 1, and slope too.
    fn softplus(self) -> Self {
        let range = self.rising(elementary::softplus);
        let condition = (-self.low).max(1.0);
        let own = N::BOUNDS.SOFTPLUS;
        let result = if self.is_left() {
            self.decaying(range, condition, 1.0, above(elementary::exp(self.high / 2.0)), own)
        } else {
            self.sloping(range, condition, 1.0, own)
        };
        result.clipped(0.0, f64::INFINITY)
    }

    /// Condition at most |x|, rate at most 1; at most 2 exp(-|x|).
    fn sech(self) -> Self {
        let (size, bound) = (self.largest(), 2.0 * above(elementary::exp(-self.smallest() / 2.0)));
        self.decaying(self.bell(elementary::sech), size, 1.0, bound, N::BOUNDS.SECH).clipped(0.0, 1.0)
    }

    /// Condition |x|, rate 1.
    fn decay(self) -> Self {
        let (size, bound) = (self.largest(), above(elementary::exp(-self.smallest() / 2.0)));
        self.decaying(self.bell(elementary::decay), size, 1.0, bound, N::BOUNDS.DECAY).clipped(0.0, 1.0)
    }

    /// Condition and slope at most 1.
    fn decay_gap(self) -> Self {
        self.sloping(self.bowl(elementary::decay_gap), 1.0, 1.0, N::BOUNDS.DECAY_GAP).clipped(0.0, 1.0)
    }

    /// Condition at most 2, slope at most 1.
    fn logcosh(self) -> Self {
        self.sloping(self.bowl(elementary::logcosh), 2.0, 1.0, N::BOUNDS.LOGCOSH).clipped(0.0, f64::INFINITY)
    }

    /// Condition at most 3, slope at most 1 and at most x².
    fn tanhshrink(self) -> Self {
        let reach = (self.largest() + self.absolute).min(1.0);
        self.sloping(self.rising(elementary::tanhshrink), 3.0, reach * reach, N::BOUNDS.TANHSHRINK)
    }

    /// Condition at most x + 2; slope at most 1 on the left and exp(x) on the right.
    fn exp_excess(self) -> Self {
        let range = if self.high <= 0.0 {
            (elementary::exp_excess(self.high), elementary::exp_excess(self.low))
        } else if self.low >= 0.0 {
            self.rising(elementary::exp_excess)
        } else {
            (0.0, elementary::exp_excess(self.low).max(elementary::exp_excess(self.high)))
        };
        if self.absolute > SMALL {
            return Self::unknown();
        }
        let slope = SLACK * elementary::exp(self.high.max(0.0));
        let result = self.sloping(range, self.high.max(0.0) + 2.0, slope, N::BOUNDS.EXP_EXCESS);
        result.clipped(0.0, f64::INFINITY)
    }
}
