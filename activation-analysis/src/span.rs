//! All values of a formula over an interval of inputs: bounds, rounded outwards, and what else is certain there.
//!
//! An [`Enclosure`](activation_math::Enclosure) bounds what rounding does to a computation. A [`Span`] bounds the exact
//! values only, tighter and further: a quotient by what may be 0 is half infinite instead of unknown, and marks say
//! whether a comparison went both ways, whether the formula may have no value, and whether 0 is left out although a
//! bound has underflowed to it. An infinite bound stands for numbers of any size, not for infinity itself.

mod functions;
#[cfg(test)]
mod tests;

use std::ops::{Add, BitOr, Div, Mul, Neg, Sub};

/// Bounds of the values, and marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    low: f64,
    high: f64,
    marks: Marks,
}

/// What is known besides the bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(u8);

impl Marks {
    const NONE: Marks = Marks(0);
    /// No value is 0, although a bound may be.
    const NONZERO: Marks = Marks(1);
    /// A comparison may go either way within the interval.
    pub(crate) const MIXED: Marks = Marks(2);
    /// There may be no value at some of the inputs.
    pub(crate) const PARTIAL: Marks = Marks(4);
    /// Something was compared with its equal: a branch point.
    pub(crate) const TIE: Marks = Marks(8);
    /// A root at 0, or a quotient by what may be 0: there may be no slope, or no bound.
    pub(crate) const ROUGH: Marks = Marks(16);

    pub(crate) fn has(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// What results inherit from what they are made of.
    fn inherited(self) -> Marks {
        Marks(self.0 & !Marks::NONZERO.0)
    }

    fn when(self, condition: bool) -> Marks {
        if condition { self } else { Marks::NONE }
    }
}

impl BitOr for Marks {
    type Output = Marks;

    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

/// What a comparison says for all inputs together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    may_hold: bool,
    may_fail: bool,
    marks: Marks,
}

/// `a · b` for bounds, of which 0 wins over infinity: that stands for numbers of any size.
fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

/// Products of whole numbers of so few digits are exact.
const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53

/// The bits of a double behind its leading one.
const FRACTION: u64 = (1 << 52) - 1;

/// A product rounded down or up: exact products of small numbers stay as they are.
fn product(a: f64, b: f64, step: fn(f64) -> f64) -> f64 {
    let rounded = times(a, b);
    let is_exact = a == 0.0
        || b == 0.0
        || a.abs() == 1.0
        || b.abs() == 1.0
        || rounded.is_infinite() && (a.is_infinite() || b.is_infinite())
        || (a.fract() == 0.0 && b.fract() == 0.0 && rounded.abs() <= EXACT);
    if is_exact { rounded } else { step(rounded) }
}

/// A sum rounded down or up, as it is if it is exact.
fn sum(a: f64, b: f64, step: fn(f64) -> f64) -> f64 {
    let rounded = a + b;
    if !rounded.is_finite() {
        // Opposite infinities: anything.
        let overflows = a.is_finite() && b.is_finite();
        return if rounded.is_nan() {
            step(0.0) * f64::INFINITY
        } else if overflows {
            step(rounded)
        } else {
            rounded
        };
    }
    // Knuth's two-sum: what rounding has taken off.
    let shadow = rounded - a;
    let rest = (a - (rounded - shadow)) + (b - shadow);
    let towards = step(rounded) - rounded;
    if rest == 0.0 || (rest > 0.0) != (towards > 0.0) { rounded } else { step(rounded) }
}

impl Span {
    /// All numbers from `low` to `high`.
    pub(crate) fn new(low: f64, high: f64) -> Self {
        Span { low, high, marks: Marks::NONE }
    }

    /// No value at all.
    fn empty(marks: Marks) -> Self {
        Span { low: f64::NAN, high: f64::NAN, marks: marks.inherited() | Marks::PARTIAL }
    }

    fn everything(marks: Marks) -> Self {
        Span { low: f64::NEG_INFINITY, high: f64::INFINITY, marks: marks.inherited() }
    }

    fn marked(self, marks: Marks) -> Self {
        Span { marks: self.marks | marks, ..self }
    }

    pub(crate) fn low(self) -> f64 {
        self.low
    }

    pub(crate) fn high(self) -> f64 {
        self.high
    }

    pub(crate) fn has(self, mark: Marks) -> bool {
        self.marks.has(mark)
    }

    /// Whether there is no value for any input.
    pub(crate) fn is_empty(self) -> bool {
        self.low.is_nan()
    }

    /// Whether every value is exactly 0.
    pub(crate) fn is_zero(self) -> bool {
        self.low == 0.0 && self.high == 0.0 && !self.has(Marks::NONZERO)
    }

    /// Whether it is one exact number.
    fn is_point(self) -> bool {
        self.low == self.high
    }

    /// Whether 0 is none of the values.
    pub(crate) fn is_nonzero(self) -> bool {
        self.low > 0.0 || self.high < 0.0 || self.has(Marks::NONZERO)
    }

    /// 1 or -1 if all values are of that sign and none is 0; 0 if that is not known.
    pub(crate) fn sign(self) -> i8 {
        match (self.is_nonzero(), self.low >= 0.0, self.high <= 0.0) {
            (true, true, _) => 1,
            (true, _, true) => -1,
            _ => 0,
        }
    }

    /// The size of the largest value.
    pub(crate) fn largest(self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    fn smallest(self) -> f64 {
        if self.low > 0.0 {
            self.low
        } else if self.high < 0.0 {
            -self.high
        } else {
            0.0
        }
    }

    /// What both say; the marks of the first.
    pub(crate) fn intersected(self, other: Span) -> Span {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low <= high { Span { low, high, ..self } } else { self }
    }

    fn joined(self, other: Span) -> Span {
        // `min` and `max` leave out the NaN of what has no value.
        let marks = (self.marks | other.marks).inherited();
        let nonzero = Marks::NONZERO.when(self.is_nonzero() && other.is_nonzero());
        Span { low: self.low.min(other.low), high: self.high.max(other.high), marks: marks | nonzero }
    }

    /// The result of one or two spans, if they have values.
    fn of(parts: [Span; 2], result: impl FnOnce(Span, Span) -> Span) -> Span {
        let [a, b] = parts;
        let marks = (a.marks | b.marks).inherited();
        if a.is_empty() || b.is_empty() { Span::empty(marks) } else { result(a, b).marked(marks) }
    }

    fn compared(self, other: Span, or_equal: bool) -> Verdict {
        let marks = (self.marks | other.marks).inherited();
        if self.is_empty() || other.is_empty() {
            return Verdict { may_hold: false, may_fail: true, marks };
        }
        let (always, never) = if or_equal {
            (self.high <= other.low, self.low > other.high)
        } else {
            (self.high < other.low, self.low >= other.high)
        };
        let tie = self.is_point() && other.is_point() && self.low == other.low;
        let mixed = !always && !never && !tie;
        Verdict {
            may_hold: !never,
            may_fail: !always,
            marks: marks | Marks::MIXED.when(mixed) | Marks::TIE.when(tie),
        }
    }

    fn chosen(verdict: Verdict, yes: Span, no: Span) -> Span {
        let result = match (verdict.may_hold, verdict.may_fail) {
            (true, true) => yes.joined(no),
            (true, false) => yes,
            (false, _) => no,
        };
        result.marked(verdict.marks)
    }
}

impl Neg for Span {
    type Output = Span;

    fn neg(self) -> Span {
        Span { low: -self.high, high: -self.low, ..self }
    }
}

impl Add for Span {
    type Output = Span;

    fn add(self, other: Span) -> Span {
        Span::of([self, other], |a, b| {
            let (low, high) = (sum(a.low, b.low, f64::next_down), sum(a.high, b.high, f64::next_up));
            let one_sided = (a.low >= 0.0 && b.low >= 0.0) || (a.high <= 0.0 && b.high <= 0.0);
            let nonzero = one_sided && (a.is_nonzero() || b.is_nonzero());
            Span { low, high, marks: Marks::NONZERO.when(nonzero) }
        })
    }
}

impl Sub for Span {
    type Output = Span;

    fn sub(self, other: Span) -> Span {
        self + -other
    }
}

impl Mul for Span {
    type Output = Span;

    fn mul(self, other: Span) -> Span {
        Span::of([self, other], |a, b| {
            let corner = |step| {
                [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)]
                    .map(|(a, b)| product(a, b, step))
            };
            let low = corner(f64::next_down).into_iter().fold(f64::INFINITY, f64::min);
            let high = corner(f64::next_up).into_iter().fold(f64::NEG_INFINITY, f64::max);
            // Not beyond 0 by the widening of a bound that has underflowed.
            let positive = a.low >= 0.0 && b.low >= 0.0 || a.high <= 0.0 && b.high <= 0.0;
            let negative = a.low >= 0.0 && b.high <= 0.0 || a.high <= 0.0 && b.low >= 0.0;
            Span {
                low: if positive { low.max(0.0) } else { low },
                high: if negative { high.min(0.0) } else { high },
                marks: Marks::NONZERO.when(a.is_nonzero() && b.is_nonzero()),
            }
        })
    }
}

impl Div for Span {
    type Output = Span;

    fn div(self, other: Span) -> Span {
        Span::of([self, other], |a, b| {
            if b.is_zero() {
                return Span::empty(Marks::ROUGH);
            }
            let rough = Marks::ROUGH.when(!b.is_nonzero());
            if b.low < 0.0 && b.high > 0.0 {
                return Span::everything(rough);
            }
            let inverse = |x: f64, step: fn(f64) -> f64| match x {
                0.0 => step(0.0) * f64::INFINITY,
                x if x.is_infinite() => 0.0,
                // Of powers of two.
                x if x.to_bits() & FRACTION == 0 && x.is_normal() && (1.0 / x).is_normal() => 1.0 / x,
                x => step(1.0 / x),
            };
            let (low, high) = if b.low >= 0.0 {
                (inverse(b.high, f64::next_down).max(0.0), inverse(b.low, f64::next_up))
            } else {
                (inverse(b.high, f64::next_down), inverse(b.low, f64::next_up).min(0.0))
            };
            let inverse = Span { low, high, marks: Marks::NONZERO };
            (a * inverse).marked(rough)
        })
    }
}
