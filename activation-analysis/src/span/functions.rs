//! Elementary functions of [`Span`]s: of a monotone function the ends, rounded outwards; of the others a case each.

use super::{Marks, Span, Verdict};
use activation_math::Real;
use std::f64::consts::PI;

/// Units in the last place by which bounds are widened: all functions are good to less than 1.
fn widened(low: f64, high: f64) -> (f64, f64) {
    (low.next_down().next_down(), high.next_up().next_up())
}

/// A decimal as a double, and its neighbours unless it is one.
fn decimal(text: &str) -> Span {
    let value: f64 = text.parse().unwrap_or(f64::NAN);
    // Whole numbers that a double holds, and halves, quarters …: exactly those whose shortest form is the text.
    let digits = text.trim_end_matches('0').len();
    let is_exact = digits <= 17 && value.abs() < 1e15 && (value * 1024.0).fract() == 0.0;
    if is_exact { Span::new(value, value) } else { Span::new(value.next_down(), value.next_up()) }
}

/// Between which numbers results lie, whatever the bounds of the argument.
struct Image(f64, f64);

const ALL: Image = Image(f64::NEG_INFINITY, f64::INFINITY);
const NOT_NEGATIVE: Image = Image(0.0, f64::INFINITY);
const UNIT: Image = Image(0.0, 1.0);
const SIGNED_UNIT: Image = Image(-1.0, 1.0);

impl Span {
    /// Of a function that increases between the arguments for which it gives the ends.
    fn between(self, low: f64, high: f64, image: &Image) -> Span {
        // Results at 0 that are exact stay as they are: 0 and 1 mostly.
        let is_exact = |at: f64, value: f64| at == 0.0 && (value == 0.0 || value == 1.0);
        let (wide_low, wide_high) = widened(low, high);
        let low = if is_exact(self.low, low) { low } else { wide_low };
        let high = if is_exact(self.high, high) { high } else { wide_high };
        Span { low: low.max(image.0), high: high.min(image.1), marks: self.marks.inherited() }
    }

    fn rising(self, function: fn(f64) -> f64, image: &Image) -> Span {
        if self.is_empty() { self } else { self.between(function(self.low), function(self.high), image) }
    }

    /// Of an even function that increases to the right of 0.
    fn bowl(self, function: fn(f64) -> f64, image: &Image) -> Span {
        let size = self.size();
        if self.is_empty() { self } else { size.between(function(size.low), function(size.high), image) }
    }

    /// Of an even function that falls to the right of 0.
    fn bell(self, function: fn(f64) -> f64) -> Span {
        let size = self.size();
        if self.is_empty() {
            return self;
        }
        let turned = Span { low: size.high, high: size.low, marks: size.marks };
        turned.between(function(size.high), function(size.low), &UNIT).marked(Marks::NONZERO)
    }

    /// Sizes of the values, without a thought about slopes.
    fn size(self) -> Span {
        Span { low: self.smallest(), high: self.largest(), marks: self.marks }
    }

    /// Keeps that 0 is none of the values, for functions that are 0 at 0 only.
    fn keeping_zero(self, argument: Span) -> Span {
        self.marked(Marks::NONZERO.when(argument.is_nonzero()))
    }

    /// Without the part below `edge`, where there is no value.
    fn from(self, edge: f64) -> Span {
        if self.is_empty() || self.high < edge {
            return Span::empty(self.marks);
        }
        if self.low < edge { Span { low: edge, ..self }.marked(Marks::PARTIAL | Marks::ROUGH) } else { self }
    }

    /// A function between -1 and 1 that is 1 at `crest` and every 2π from there, and -1 halfway.
    fn wave(self, function: fn(f64) -> f64, crest: f64) -> Span {
        const FAR: f64 = 1e9;
        if self.is_empty() {
            return self;
        }
        let whole = Span { low: -1.0, high: 1.0, marks: self.marks.inherited() };
        if self.largest() > FAR || self.high - self.low >= 2.0 * PI {
            return whole;
        }
        // Whether there is a point `place + 2πk` inside, or nearly so.
        let contains = |place: f64| {
            let turns = |x: f64| (x - place) / (2.0 * PI);
            (turns(self.low) - 1e-6).ceil() <= (turns(self.high) + 1e-6).floor()
        };
        let ends = (function(self.low), function(self.high));
        let low = if contains(crest + PI) { -1.0 } else { ends.0.min(ends.1) };
        let high = if contains(crest) { 1.0 } else { ends.0.max(ends.1) };
        let exact_zero = self.is_point() && self.low == 0.0 && low == 0.0;
        let (wide_low, wide_high) = if exact_zero { (low, high) } else { widened(low, high) };
        Span { low: wide_low.max(-1.0), high: wide_high.min(1.0), ..whole }
    }
}

impl Real for Span {
    type Mask = Verdict;

    fn literal(self, value: f64) -> Span {
        if value.is_nan() { Span::empty(Marks::NONE) } else { Span::new(value, value) }
    }

    fn constant(self, [value, rest, _]: [f64; 3]) -> Span {
        if rest > 0.0 {
            Span::new(value, value.next_up())
        } else if rest < 0.0 {
            Span::new(value.next_down(), value)
        } else {
            Span::new(value, value)
        }
    }

    fn decimal(self, text: &str) -> Span {
        decimal(text)
    }

    fn pi(self) -> Span {
        Span::new(PI, PI.next_up())
    }

    fn e(self) -> Span {
        Span::new(std::f64::consts::E, std::f64::consts::E.next_up())
    }

    fn less(self, other: Span) -> Verdict {
        self.compared(other, false)
    }

    fn less_equal(self, other: Span) -> Verdict {
        self.compared(other, true)
    }

    fn select(mask: Verdict, yes: Span, no: Span) -> Span {
        Span::chosen(mask, yes, no)
    }

    fn if_less(left: Span, right: Span, yes: Span, no: Span) -> Span {
        if left.is_empty() || right.is_empty() {
            return Span::empty(left.marks | right.marks);
        }
        Span::chosen(left.less(right), yes, no)
    }

    fn if_less_equal(left: Span, right: Span, yes: Span, no: Span) -> Span {
        if left.is_empty() || right.is_empty() {
            return Span::empty(left.marks | right.marks);
        }
        Span::chosen(left.less_equal(right), yes, no)
    }

    fn abs(self) -> Span {
        if self.is_empty() || self.low > 0.0 {
            return self;
        }
        if self.high < 0.0 {
            return -self;
        }
        let tie = self.low == 0.0 && self.high == 0.0 && !self.has(Marks::NONZERO);
        let mixed = !tie && !self.has(Marks::NONZERO);
        self.size().marked(Marks::TIE.when(tie) | Marks::MIXED.when(mixed))
    }

    fn sign(self) -> Span {
        if self.is_empty() {
            return self;
        }
        let marks = self.marks.inherited();
        match (self.sign(), self.is_zero()) {
            (0, true) => Span { low: 0.0, high: 0.0, marks: marks | Marks::TIE },
            (0, false) => Span {
                low: if self.low < 0.0 { -1.0 } else { 0.0 },
                high: if self.high > 0.0 { 1.0 } else { 0.0 },
                marks: marks | Marks::MIXED,
            },
            (sign, _) => Span { low: f64::from(sign), high: f64::from(sign), marks },
        }
    }

    fn min(self, other: Span) -> Span {
        -(-self).max(-other)
    }

    fn max(self, other: Span) -> Span {
        if self.is_empty() || other.is_empty() {
            return Span::empty(self.marks | other.marks);
        }
        let verdict = other.less_equal(self);
        let result = Span::chosen(verdict, self, other);
        Span { low: self.low.max(other.low), ..result }
    }

    fn powi(self, exponent: i32) -> Span {
        if self.is_empty() || exponent == 1 {
            return self;
        }
        if exponent == 0 {
            return self.literal(1.0);
        }
        let power = exponent.unsigned_abs();
        let is_even = power.is_multiple_of(2);
        // As many roundings as there are products, and a margin.
        let products = f64::from(2 * (u32::BITS - power.leading_zeros()));
        let of = |x: f64, direction: f64| {
            let value = Real::powi(x, power.cast_signed());
            let exact = x == 0.0 || x.abs() == 1.0 || (x.fract() == 0.0 && value.abs() <= super::EXACT);
            if exact { value } else { value + direction * (value.abs() * products * f64::EPSILON + 5e-324) }
        };
        let base = if is_even { self.size() } else { self };
        let low = of(base.low, -1.0);
        let power = Span {
            low: if is_even || base.low >= 0.0 { low.max(0.0) } else { low },
            high: if base.high <= 0.0 { of(base.high, 1.0).min(0.0) } else { of(base.high, 1.0) },
            marks: self.marks.inherited(),
        }
        .keeping_zero(self);
        if exponent < 0 { self.literal(1.0) / power } else { power }
    }

    fn pow(self, exponent: Span) -> Span {
        let base = self.from(0.0);
        Span::of([base, exponent], |base, exponent| {
            let corners = [
                (base.low, exponent.low),
                (base.low, exponent.high),
                (base.high, exponent.low),
                (base.high, exponent.high),
            ]
            .map(|(x, y)| if x.is_finite() && y.is_finite() { Real::pow(x, y) } else { f64::NAN });
            if corners.iter().any(|value| value.is_nan()) {
                return Span { low: 0.0, high: f64::INFINITY, marks: Marks::ROUGH };
            }
            let low = corners.into_iter().fold(f64::INFINITY, f64::min);
            let high = corners.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let (low, high) =
                if base.is_point() && base.low == 1.0 { (low, high) } else { widened(low, high) };
            let marks = Marks::ROUGH.when(!base.is_nonzero()) | Marks::NONZERO.when(base.is_nonzero());
            Span { low: low.max(0.0), high, marks }
        })
    }

    fn sqrt(self) -> Span {
        let base = self.from(0.0);
        let rough = Marks::ROUGH.when(!base.is_nonzero());
        let root = |x: f64| Real::sqrt(x);
        let is_square = |x: f64| root(x).fract() == 0.0 && x.abs() < super::EXACT;
        if base.is_point() && is_square(base.low) {
            return Span { low: root(base.low), high: root(base.high), ..base }.marked(rough);
        }
        base.rising(Real::sqrt, &NOT_NEGATIVE).keeping_zero(base).marked(rough)
    }

    fn cbrt(self) -> Span {
        self.rising(Real::cbrt, &ALL).keeping_zero(self).marked(Marks::ROUGH.when(!self.is_nonzero()))
    }

    fn exp(self) -> Span {
        self.rising(Real::exp, &NOT_NEGATIVE).marked(Marks::NONZERO)
    }

    fn expm1(self) -> Span {
        self.rising(Real::expm1, &Image(-1.0, f64::INFINITY)).keeping_zero(self)
    }

    fn ln(self) -> Span {
        let base = self.from(0.0);
        base.rising(Real::ln, &ALL).marked(Marks::ROUGH.when(!base.is_nonzero()))
    }

    fn log1p(self) -> Span {
        let base = self.from(-1.0);
        base.rising(Real::log1p, &ALL).keeping_zero(self).marked(Marks::ROUGH.when(base.low <= -1.0))
    }

    fn sinh(self) -> Span {
        self.rising(Real::sinh, &ALL).keeping_zero(self)
    }

    fn cosh(self) -> Span {
        self.bowl(Real::cosh, &Image(1.0, f64::INFINITY))
    }

    fn tanh(self) -> Span {
        self.rising(Real::tanh, &SIGNED_UNIT).keeping_zero(self)
    }

    fn asinh(self) -> Span {
        self.rising(Real::asinh, &ALL).keeping_zero(self)
    }

    fn atan(self) -> Span {
        self.rising(Real::atan, &ALL).keeping_zero(self)
    }

    fn sin(self) -> Span {
        self.wave(Real::sin, PI / 2.0)
    }

    fn cos(self) -> Span {
        self.wave(Real::cos, 0.0)
    }

    fn erf(self) -> Span {
        self.rising(Real::erf, &SIGNED_UNIT).keeping_zero(self)
    }

    fn erfc(self) -> Span {
        if self.is_empty() {
            return self;
        }
        let turned = Span { low: self.high, high: self.low, ..self };
        turned.between(Real::erfc(self.high), Real::erfc(self.low), &Image(0.0, 2.0)).marked(Marks::NONZERO)
    }

    fn sigmoid(self) -> Span {
        self.rising(Real::sigmoid, &UNIT).marked(Marks::NONZERO)
    }

    fn softplus(self) -> Span {
        self.rising(Real::softplus, &NOT_NEGATIVE).marked(Marks::NONZERO)
    }

    fn sech(self) -> Span {
        self.bell(Real::sech)
    }

    fn decay(self) -> Span {
        // An absolute value is in it.
        self.bell(Real::decay).marked(self.abs().marks.inherited())
    }

    fn decay_gap(self) -> Span {
        self.bowl(Real::decay_gap, &UNIT).keeping_zero(self).marked(self.abs().marks.inherited())
    }

    fn logcosh(self) -> Span {
        self.bowl(Real::logcosh, &NOT_NEGATIVE).keeping_zero(self)
    }

    fn tanhshrink(self) -> Span {
        self.rising(Real::tanhshrink, &ALL).keeping_zero(self)
    }

    fn exp_excess(self) -> Span {
        if self.is_empty() {
            return self;
        }
        let [left, right] = [self.low.min(0.0), self.high.max(0.0)].map(Real::exp_excess);
        let result = match (self.low >= 0.0, self.high <= 0.0) {
            (true, _) => self.between(Real::exp_excess(self.low), right, &NOT_NEGATIVE),
            (_, true) => {
                let turned = Span { low: self.high, high: self.low, ..self };
                turned.between(Real::exp_excess(self.high), left, &NOT_NEGATIVE)
            }
            _ => Span::new(0.0, widened(0.0, left.max(right)).1).marked(self.marks.inherited()),
        };
        result.keeping_zero(self)
    }
}
