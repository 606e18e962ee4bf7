//! A number that carries a bound of its own error.
//!
//! A formula evaluated on a [`Tracked`] number gives a value and a bound of how far rounding, and errors of earlier
//! steps, can have moved it (a running-error analysis). Every operation adds what it inherits, by the size of its
//! slope, to what it adds itself, by the stated bounds of the arithmetic below. That is what the compiler's certificate
//! is made of, and what decides at run time whether a result in `f64` is good enough.
//!
//! Slopes are bounds over the neighbourhood that the error spans, not values at the point: where an error is too large
//! for that, nothing is known. Terms of second order in rounding errors are covered by [`SLACK`].

mod size;

use crate::body::unit_in_the_last_place;
use crate::elementary::bounds as double;
use crate::extended::bounds as pair;
use crate::long::bounds as long;
use crate::{Extended, Long, Real};
use core::ops::{Add, Div, Mul, Neg, Sub};

pub use size::{Magnitude, Size};

/// Bounds are enlarged by this much: products of errors, and the rounding of the bounds themselves.
const SLACK: f64 = 1.001;

/// An argument with a larger error than this may be where a slope is quite another one.
const SMALL: f64 = 1e-3;

/// How far two doubles together may be from the number that they stand for, and how far three.
const TWO_PARTS: f64 = HALF_ULP * HALF_ULP;
const THREE_PARTS: f64 = TWO_PARTS * HALF_ULP;

/// A number type whose operations have stated errors.
pub trait Approximate: Real<Mask = bool> {
    /// What bounds of its errors are kept in.
    type Size: Size;

    /// Of each operation, the largest error of a result in its [`unit`](Approximate::unit).
    const BOUNDS: Bounds;

    /// The largest [`unit`](Approximate::unit) of a number, relative to it.
    const LARGEST_UNIT: f64;

    /// The largest relative error of a constant of several parts.
    const CONSTANT: f64;

    /// The largest relative error of a decimal literal.
    const DECIMAL: f64;

    /// The largest error of a result that has underflowed.
    const LEAST: Self::Size;

    /// `|self|`.
    fn size(self) -> Self::Size;

    /// What errors of this result are measured in: a unit in the last place, or the number itself.
    fn unit(self) -> Self::Size;

    /// True for all but NaN and infinity.
    fn is_finite(self) -> bool;

    /// Whether nothing has been rounded off; false if it is not known.
    fn sum_is_exact(left: Self, right: Self, sum: Self) -> bool;

    /// Whether nothing has been rounded off; false if it is not known.
    fn product_is_exact(left: Self, right: Self, product: Self) -> bool;

    /// `left == right`
    fn is_same(left: Self, right: Self) -> bool {
        left.less_equal(right) && right.less_equal(left)
    }

    /// How far [`constant`](Real::constant) is from the number that its parts stand for.
    fn error_of_constant(parts: [f64; 3]) -> Self::Size;
}

macro_rules! bounds {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The largest error of each operation.
        #[allow(missing_docs, reason = "named after the operations")]
        #[allow(non_snake_case, reason = "they are constants")]
        #[derive(Clone, Copy, Debug)]
        pub struct Bounds { pub ADD: f64, pub MUL: f64, pub DIV: f64, pub SQRT: f64, $(pub $name: f64),* }

        /// Half a unit in the last place, relative to the smallest number that has it.
        const HALF_ULP: f64 = f64::EPSILON / 2.0;

        impl Approximate for f64 {
            type Size = f64;

            const BOUNDS: Bounds = Bounds {
                ADD: 0.5, MUL: 0.5, DIV: 0.5, SQRT: 0.5,
                $($name: double::$name),*
            };

            const LARGEST_UNIT: f64 = f64::EPSILON;

            const CONSTANT: f64 = HALF_ULP;

            const DECIMAL: f64 = 0.5;

            const LEAST: f64 = 5e-324;

            #[inline]
            fn size(self) -> f64 {
                <f64 as Size>::of(self)
            }

            #[inline]
            fn unit(self) -> f64 {
                unit_in_the_last_place(self)
            }

            #[inline]
            fn is_finite(self) -> bool {
                f64::is_finite(self)
            }

            #[inline]
            fn sum_is_exact(left: f64, right: f64, sum: f64) -> bool {
                // Knuth's two-sum: what rounding has taken off.
                let shadow = sum - left;
                (left - (sum - shadow)) + (right - shadow) == 0.0
            }

            #[inline]
            fn product_is_exact(left: f64, right: f64, product: f64) -> bool {
                // Dekker's product, where its parts neither overflow nor underflow.
                const SPLITTER: f64 = 134_217_729.0; // 2^27 + 1
                const RANGE: core::ops::Range<f64> = 1e-140..1e140;
                let in_range = |value: f64| RANGE.contains(&value.abs());
                if !(in_range(left) && in_range(right)) {
                    return product == 0.0 && (left == 0.0 || right == 0.0);
                }
                let split = |value: f64| {
                    let high = SPLITTER * value;
                    let high = high - (high - value);
                    (high, value - high)
                };
                let ((a, b), (c, d)) = (split(left), split(right));
                ((a * c - product) + a * d + b * c) + b * d == 0.0
            }

            #[inline]
            fn error_of_constant([_, rest, _]: [f64; 3]) -> f64 {
                rest.abs()
            }
        }

        impl Approximate for Extended {
            type Size = Magnitude;

            const BOUNDS: Bounds = Bounds {
                ADD: pair::ADD, MUL: pair::MUL, DIV: pair::DIV, SQRT: pair::SQRT,
                $($name: pair::$name),*
            };

            const LARGEST_UNIT: f64 = 1.0;

            const CONSTANT: f64 = TWO_PARTS;

            const DECIMAL: f64 = pair::DECIMAL;

            const LEAST: Magnitude = Magnitude::ZERO;

            fn size(self) -> Magnitude {
                if self.is_finite() { Magnitude::new(self.high(), self.exponent()) } else { Magnitude::UNKNOWN }
            }

            fn unit(self) -> Magnitude {
                self.size()
            }

            fn is_finite(self) -> bool {
                self.high().is_finite()
            }

            /// Two doubles are exact as the sum of two doubles, unless one is too small to be kept.
            fn sum_is_exact(left: Extended, right: Extended, sum: Extended) -> bool {
                const APART: u64 = 100;
                let short = left.low() == 0.0 && right.low() == 0.0 && sum.is_finite();
                let (a, b) = (left.exponent(), right.exponent());
                let nothing = left.high() == 0.0 || right.high() == 0.0;
                short && (nothing || a.abs_diff(b) <= APART) && a.unsigned_abs() < 1 << 40
            }

            /// A product of two doubles has 106 bits.
            fn product_is_exact(left: Extended, right: Extended, product: Extended) -> bool {
                let short = left.low() == 0.0 && right.low() == 0.0 && product.is_finite();
                short && [left, right].iter().all(|value| value.exponent().unsigned_abs() < 1 << 40)
            }

            fn error_of_constant([value, rest, _]: [f64; 3]) -> Magnitude {
                // Of the first two parts together only the digits beyond the second one are missing.
                missing_of_constant(value, rest, Self::CONSTANT)
            }
        }

        impl Approximate for Long {
            type Size = Magnitude;

            const BOUNDS: Bounds = Bounds {
                ADD: long::ADD, MUL: long::MUL, DIV: long::DIV, SQRT: long::SQRT,
                $($name: long::$name),*
            };

            const LARGEST_UNIT: f64 = 1.0;

            const CONSTANT: f64 = THREE_PARTS;

            const DECIMAL: f64 = long::DECIMAL;

            const LEAST: Magnitude = Magnitude::ZERO;

            fn size(self) -> Magnitude {
                if self.is_finite() { Magnitude::new(self.leading(), self.exponent()) } else { Magnitude::UNKNOWN }
            }

            fn unit(self) -> Magnitude {
                self.size()
            }

            fn is_finite(self) -> bool {
                Long::is_finite(self)
            }

            fn sum_is_exact(left: Long, right: Long, _sum: Long) -> bool {
                left.sum(right).1
            }

            fn product_is_exact(left: Long, right: Long, _product: Long) -> bool {
                left.product(right).1
            }

            fn error_of_constant([value, _, last]: [f64; 3]) -> Magnitude {
                missing_of_constant(value, last, Self::CONSTANT)
            }
        }
    };
}

bounds! {
    EXP, EXPM1, LN, LOG1P, SINH, COSH, TANH, ASINH, ATAN, SIN, COS, ERF, ERFC, SIGMOID, SOFTPLUS, SECH, LOGCOSH,
    TANHSHRINK, EXP_EXCESS, DECAY, DECAY_GAP, CBRT, POW,
}

/// A value and a bound of its absolute error.
#[derive(Clone, Copy, Debug)]
pub struct Tracked<N: Approximate> {
    value: N,
    error: N::Size,
    /// A comparison of equal numbers has been made on the way: this is a branch point.
    at_an_edge: bool,
}

/// What the parts of a constant leave out, of which the `last` one is kept: a share of it, unless there was nothing left.
fn missing_of_constant(value: f64, last: f64, share: f64) -> Magnitude {
    /// Parts of a smaller one lose digits among the subnormal numbers.
    const SMALL_CONSTANT: f64 = 1e-250;
    let underflow = if value.abs() < SMALL_CONSTANT { 5e-324 } else { 0.0 };
    let share = if last == 0.0 { 0.0 } else { share };
    Magnitude::of(value) * Magnitude::of(share) + Magnitude::of(underflow)
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
