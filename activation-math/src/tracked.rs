//! A number that carries a bound of its own error.
//!
//! A formula evaluated on a [`Tracked`] number gives a value and a bound of how far rounding, and errors of earlier
//! steps, can have moved it (a running-error analysis). Every operation adds what it inherits, by the size of its
//! slope, to what it adds itself, by the stated bounds of the arithmetic below. That is what the compiler's certificate
//! is made of, and what decides at run time whether a result in `f64` is good enough.
//!
//! Slopes are bounds over the neighbourhood that the error spans, not values at the point: where an error is too large
//! for that, nothing is known. Terms of second order in rounding errors are covered by [`SLACK`].

mod approximate;
mod size;

use crate::Real;
use core::ops::{Add, Div, Mul, Neg, Sub};

pub use approximate::{Approximate, Bounds};
pub use size::{Magnitude, Size};

/// Bounds are enlarged by this much: products of errors, and the rounding of the bounds themselves.
const SLACK: f64 = 1.001;

/// An argument with a larger error than this may be where a slope is quite another one.
const SMALL: f64 = 1e-3;

/// A value and a bound of its absolute error.
#[derive(Clone, Copy, Debug)]
pub struct Tracked<N: Approximate> {
    value: N,
    error: N::Size,
    /// A comparison of equal numbers has been made on the way: this is a branch point.
    at_an_edge: bool,
}

/// What a comparison of two tracked numbers says.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    holds: bool,
    /// False if the errors of the two sides could have turned it.
    sure: bool,
    /// The two sides are one and the same exact number.
    at_an_edge: bool,
}

impl<N: Approximate> Tracked<N> {
    /// A number that is exact.
    #[inline]
    pub fn exact(value: N) -> Self {
        Tracked { value, error: N::Size::ZERO, at_an_edge: false }
    }

    /// The value.
    #[inline]
    pub fn value(self) -> N {
        self.value
    }

    /// A bound of the distance between the value and the exact one.
    #[inline]
    pub fn error(self) -> N::Size {
        self.error
    }

    /// True if a comparison on the way was between equal numbers.
    #[inline]
    pub fn is_at_an_edge(self) -> bool {
        self.at_an_edge
    }

    #[inline]
    fn of(bound: f64) -> N::Size {
        N::Size::of(bound * SLACK)
    }

    /// A result that inherits `inherited` and is itself computed to within `bound` of its size.
    #[inline]
    fn computed(self, value: N, inherited: N::Size, bound: f64) -> Self {
        let error = if value.is_finite() {
            inherited * Self::of(1.0) + value.unit() * Self::of(bound) + N::LEAST
        } else {
            N::Size::UNKNOWN
        };
        Tracked { value, error, ..self }
    }

    /// `value = function(self)` for a function whose slope over the neighbourhood is at most `slope`.
    #[inline]
    fn image(self, value: N, slope: N::Size, bound: f64) -> Self {
        self.computed(value, slope * self.error * Self::of(1.0 + 2.0 * SMALL), bound)
    }

    /// The same for a function that changes by a factor of at most `exp(error)`, so that `slope` only holds for small
    /// errors; for larger ones the result is off by `otherwise` at most.
    #[inline]
    fn steep_image(self, value: N, slope: N::Size, otherwise: impl FnOnce() -> N::Size, bound: f64) -> Self {
        if self.error <= N::Size::of(SMALL) {
            self.image(value, slope, bound)
        } else {
            self.computed(value, otherwise(), bound)
        }
    }

    /// `function(x/2)`: a bound of a decaying function over a neighbourhood that does not reach so far; unknown if it does.
    fn at_half(self, function: impl FnOnce(N) -> N) -> N::Size {
        if self.is_away_from_zero() {
            function(self.value * self.value.literal(0.5)).size()
        } else {
            N::Size::UNKNOWN
        }
    }

    /// `exp(x/2)` for negative x, where it bounds what `exp` changes over the neighbourhood.
    fn left_of_zero(self) -> N::Size {
        if self.value.less(self.value.literal(0.0)) { self.at_half(N::exp) } else { N::Size::UNKNOWN }
    }

    #[inline]
    fn size(self) -> N::Size {
        self.value.size()
    }

    /// True if the error is too small to take the number to zero or to twice itself.
    #[inline]
    fn is_away_from_zero(self) -> bool {
        self.error <= self.size() * N::Size::of(SMALL)
    }

    /// 1/(1 + x²) over the neighbourhood.
    #[inline]
    fn bell(self) -> N::Size {
        if self.is_away_from_zero() {
            N::Size::of(1.0 + 4.0 * SMALL).over(self.size() * self.size() + N::Size::of(1.0))
        } else {
            N::Size::of(1.0)
        }
    }

    /// The largest size in the neighbourhood, up to 1.
    #[inline]
    fn reach(self) -> N::Size {
        (self.size() + self.error).at_most(N::Size::of(1.0))
    }

    fn compared(self, other: Self, holds: bool) -> Answer {
        let room = self.error + other.error;
        let exact = room.is_zero();
        let equal = N::is_same(self.value, other.value);
        let distance = (self.value - other.value).size();
        // A side that is NaN makes every comparison false, and its error is unknown anyway.
        Answer { holds, sure: exact || distance > room, at_an_edge: exact && equal }
    }
}

impl<N: Approximate> Add for Tracked<N> {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let value = self.value + other.value;
        let both = Tracked { at_an_edge: self.at_an_edge || other.at_an_edge, ..self };
        let inherited = self.error + other.error;
        if inherited.is_zero() && N::sum_is_exact(self.value, other.value, value) {
            return Tracked { value, error: N::Size::ZERO, ..both };
        }
        both.computed(value, inherited, N::BOUNDS.ADD)
    }
}

impl<N: Approximate> Neg for Tracked<N> {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Tracked { value: -self.value, ..self }
    }
}

impl<N: Approximate> Sub for Tracked<N> {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl<N: Approximate> Mul for Tracked<N> {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        let value = self.value * other.value;
        let both = Tracked { at_an_edge: self.at_an_edge || other.at_an_edge, ..self };
        let inherited = self.size() * other.error + other.size() * self.error + self.error * other.error;
        if inherited.is_zero() && N::product_is_exact(self.value, other.value, value) {
            return Tracked { value, error: N::Size::ZERO, ..both };
        }
        both.computed(value, inherited, N::BOUNDS.MUL)
    }
}

impl<N: Approximate> Div for Tracked<N> {
    type Output = Self;

    #[inline]
    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        let both = Tracked { at_an_edge: self.at_an_edge || other.at_an_edge, ..self };
        if !other.is_away_from_zero() {
            return Tracked { value, error: N::Size::UNKNOWN, ..both };
        }
        let exact = (self.error + other.error).is_zero();
        if exact
            && N::product_is_exact(value, other.value, self.value)
            && N::is_same(value * other.value, self.value)
        {
            return Tracked { value, error: N::Size::ZERO, ..both };
        }
        let inherited = (self.error + value.size() * other.error).over(other.size());
        both.computed(value, inherited * Self::of(1.0 + 2.0 * SMALL), N::BOUNDS.DIV)
    }
}

impl<N: Approximate> Real for Tracked<N> {
    type Mask = Answer;

    #[inline]
    fn literal(self, value: f64) -> Self {
        Tracked::exact(self.value.literal(value))
    }

    #[inline]
    fn constant(self, parts: [f64; 3]) -> Self {
        Tracked { value: self.value.constant(parts), error: N::error_of_constant(parts), at_an_edge: false }
    }

    fn decimal(self, text: &str) -> Self {
        let value = self.value.decimal(text);
        Tracked::exact(value).computed(value, N::Size::ZERO, N::DECIMAL)
    }

    fn pi(self) -> Self {
        let value = self.value.pi();
        Tracked::exact(value).computed(value, N::Size::ZERO, N::BOUNDS.DIV)
    }

    fn e(self) -> Self {
        let value = self.value.e();
        Tracked::exact(value).computed(value, N::Size::ZERO, N::BOUNDS.DIV)
    }

    #[inline]
    fn less(self, other: Self) -> Answer {
        self.compared(other, self.value.less(other.value))
    }

    #[inline]
    fn less_equal(self, other: Self) -> Answer {
        self.compared(other, self.value.less_equal(other.value))
    }

    /// Where the comparison is not sure, the distance between the two branches is an error too.
    #[inline]
    fn select(mask: Answer, yes: Self, no: Self) -> Self {
        let (taken, other) = if mask.holds { (yes, no) } else { (no, yes) };
        let at_an_edge = taken.at_an_edge || mask.at_an_edge;
        if mask.sure {
            return Tracked { at_an_edge, ..taken };
        }
        let error = (taken.value - other.value).size() + taken.error + other.error;
        Tracked { error, at_an_edge, ..taken }
    }

    #[inline]
    fn abs(self) -> Self {
        let at_an_edge = self.at_an_edge || (self.size() + self.error).is_zero();
        Tracked { value: self.value.abs(), at_an_edge, ..self }
    }

    fn sqrt(self) -> Self {
        let value = self.value.sqrt();
        if self.error.is_zero() {
            return self.computed(value, N::Size::ZERO, N::BOUNDS.SQRT);
        }
        if self.is_away_from_zero() {
            let slope = value.size().over(self.size()) * N::Size::of(0.5);
            return self.computed(value, slope * self.error * Self::of(1.0 + SMALL), N::BOUNDS.SQRT);
        }
        // A root is nowhere further off than the root of the distance.
        self.computed(value, self.error.root(), N::BOUNDS.SQRT)
    }

    fn cbrt(self) -> Self {
        let value = self.value.cbrt();
        if self.error.is_zero() {
            return self.computed(value, N::Size::ZERO, N::BOUNDS.CBRT);
        }
        if !self.is_away_from_zero() {
            return Tracked { value, error: N::Size::UNKNOWN, ..self };
        }
        let slope = value.size().over(self.size()) * N::Size::of(0.34);
        self.computed(value, slope * self.error * Self::of(1.0 + SMALL), N::BOUNDS.CBRT)
    }

    fn pow(self, exponent: Self) -> Self {
        let value = self.value.pow(exponent.value);
        let both = Tracked { at_an_edge: self.at_an_edge || exponent.at_an_edge, ..self };
        // The more digits stand before the point of the exponent, the fewer are left behind it.
        let octaves = (exponent.value * self.value.abs().ln()).size() * Self::of(N::BOUNDS.POW / 1024.0);
        let own = if octaves.is_known() { value.unit() * octaves } else { N::Size::ZERO };
        let exact = (self.error + exponent.error).is_zero();
        let is_zero = (self.size() + self.error).is_zero();
        if exact || (is_zero && exponent.is_away_from_zero()) {
            return both.computed(value, own, N::BOUNDS.POW);
        }
        if !self.is_away_from_zero() {
            return Tracked { value, error: N::Size::UNKNOWN, ..both };
        }
        let by_base = exponent.size() * self.error.over(self.size());
        let by_exponent = self.value.ln().size() * exponent.error;
        let relative = by_base + by_exponent + exponent.error * N::Size::of(SMALL);
        if relative <= N::Size::of(SMALL) {
            both.computed(value, value.size() * relative * Self::of(1.0 + 2.0 * SMALL) + own, N::BOUNDS.POW)
        } else {
            Tracked { value, error: N::Size::UNKNOWN, ..both }
        }
    }

    #[inline]
    fn exp(self) -> Self {
        let value = self.value.exp();
        self.steep_image(value, value.size(), || self.left_of_zero(), N::BOUNDS.EXP)
    }

    #[inline]
    fn expm1(self) -> Self {
        let value = self.value.expm1();
        // exp(x), and what the rounding of the value can hide of it.
        let slope =
            (value + value.literal(1.0)).size() + value.literal(1.0).unit() * N::Size::of(N::BOUNDS.EXPM1);
        self.steep_image(value, slope, || self.left_of_zero(), N::BOUNDS.EXPM1)
    }

    fn ln(self) -> Self {
        let value = self.value.ln();
        if !self.is_away_from_zero() {
            return Tracked { value, error: N::Size::UNKNOWN, ..self };
        }
        let inherited = self.error.over(self.size()) * Self::of(1.0 + SMALL);
        self.computed(value, inherited, N::BOUNDS.LN)
    }

    fn log1p(self) -> Self {
        let value = self.value.log1p();
        let shifted = (self.value + self.value.literal(1.0)).size();
        if !self.error.is_within(shifted * N::Size::of(SMALL)) {
            return Tracked { value, error: N::Size::UNKNOWN, ..self };
        }
        let inherited = self.error.over(shifted) * Self::of(1.0 + 2.0 * SMALL);
        self.computed(value, inherited, N::BOUNDS.LOG1P)
    }

    fn sinh(self) -> Self {
        let value = self.value.sinh();
        let slope = value.size() + N::Size::of(1.0);
        self.steep_image(value, slope, || N::Size::UNKNOWN, N::BOUNDS.SINH)
    }

    fn cosh(self) -> Self {
        let value = self.value.cosh();
        let slope = value.size() * self.reach();
        self.steep_image(value, slope, || N::Size::UNKNOWN, N::BOUNDS.COSH)
    }

    /// The slope sech² is at most 1/(1 + x²).
    #[inline]
    fn tanh(self) -> Self {
        self.image(self.value.tanh(), self.bell(), N::BOUNDS.TANH)
    }

    /// The slope is at most 1, and at most 1/|x|.
    fn asinh(self) -> Self {
        let slope = self.bell().root();
        self.image(self.value.asinh(), slope, N::BOUNDS.ASINH)
    }

    fn atan(self) -> Self {
        self.image(self.value.atan(), self.bell(), N::BOUNDS.ATAN)
    }

    #[inline]
    fn sin(self) -> Self {
        self.image(self.value.sin(), N::Size::of(1.0), N::BOUNDS.SIN)
    }

    #[inline]
    fn cos(self) -> Self {
        self.image(self.value.cos(), self.reach(), N::BOUNDS.COS)
    }

    /// The slope `2/√π exp(-x²)` is at most 1.13/(1 + x²).
    fn erf(self) -> Self {
        self.image(self.value.erf(), self.bell() * N::Size::of(1.13), N::BOUNDS.ERF)
    }

    /// The slope is that of erf; in the right tail it is at most `2x + 1.13` times the value itself (Mills' ratio).
    fn erfc(self) -> Self {
        let value = self.value.erfc();
        let slope = self.bell() * N::Size::of(1.13);
        if self.value.less(self.value.literal(0.0)) {
            return self.image(value, slope, N::BOUNDS.ERFC);
        }
        let rate = self.size() * N::Size::of(2.0) + N::Size::of(1.13);
        if rate * self.error <= N::Size::of(SMALL) {
            return self.image(value, slope.at_most(rate * value.size()), N::BOUNDS.ERFC);
        }
        self.computed(value, (slope * self.error).at_most(self.at_half(N::erfc)), N::BOUNDS.ERFC)
    }

    /// The slope `s (1 - s)` is at most s on the left and at most 1/(1 + x²) on both sides.
    #[inline]
    fn sigmoid(self) -> Self {
        let value = self.value.sigmoid();
        let far = || (self.bell() * self.error).at_most(self.at_half(N::sigmoid));
        self.steep_image(value, value.size().at_most(self.bell()), far, N::BOUNDS.SIGMOID)
    }

    /// The slope is a sigmoid, at most 1 and at most the value.
    fn softplus(self) -> Self {
        let value = self.value.softplus();
        let far = || self.error.at_most(self.at_half(N::softplus));
        self.steep_image(value, value.size().at_most(N::Size::of(1.0)), far, N::BOUNDS.SOFTPLUS)
    }

    fn sech(self) -> Self {
        let value = self.value.sech();
        let slope = value.size() * self.reach();
        self.steep_image(value, slope, || self.at_half(N::sech), N::BOUNDS.SECH)
    }

    fn logcosh(self) -> Self {
        self.image(self.value.logcosh(), self.reach(), N::BOUNDS.LOGCOSH)
    }

    fn tanhshrink(self) -> Self {
        self.image(self.value.tanhshrink(), self.reach() * self.reach(), N::BOUNDS.TANHSHRINK)
    }

    /// The slope is `exp(x) - 1`.
    fn exp_excess(self) -> Self {
        let value = self.value.exp_excess();
        let slope = self.value.expm1().size() + self.error * N::Size::of(2.0);
        let far = || self.error + self.left_of_zero();
        self.steep_image(value, slope, far, N::BOUNDS.EXP_EXCESS)
    }

    #[inline]
    fn decay(self) -> Self {
        let value = self.value.decay();
        self.steep_image(value, value.size(), || self.at_half(N::decay), N::BOUNDS.DECAY)
    }

    /// The slope is `exp(-|x|)` in size: 1 less the value, and what rounding can hide of it.
    #[inline]
    fn decay_gap(self) -> Self {
        let value = self.value.decay_gap();
        let slope = (value.literal(1.0) - value).size()
            + value.literal(1.0).unit() * N::Size::of(N::BOUNDS.DECAY_GAP);
        self.steep_image(value, slope, || self.at_half(N::decay), N::BOUNDS.DECAY_GAP)
    }
}
