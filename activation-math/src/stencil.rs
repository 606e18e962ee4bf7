//! A formula at several neighbouring points at once, with the branches of the one in the middle.
//!
//! Where the derivative of a formula with branches is asked for at a point, it is the derivative of the branch taken
//! there. So every comparison is decided by one lane and holds for all lanes: the centre, or the last one on a side that
//! the stencil leans to. Difference quotients over the lanes then see one smooth function, even next to a kink or on it,
//! where leaning to either side gives the one-sided slopes.

use core::array::from_fn;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::Real;

/// `POINTS` numbers that go through a formula together; `POINTS` is odd, and the middle one decides the branches.
#[derive(Clone, Copy, Debug)]
pub struct Stencil<R, const POINTS: usize> {
    lanes: [R; POINTS],
    leaning: Leaning,
    /// Whether a comparison on the way was between numbers that are equal in the centre.
    tied: bool,
}

/// Which lane decides the branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// The lowest lane.
    Left,
    /// The lane in the middle.
    Upright,
    /// The highest lane.
    Right,
}

impl<R: Real<Mask = bool>, const POINTS: usize> Stencil<R, POINTS> {
    /// The same number in every lane.
    pub fn constant(value: R) -> Self {
        Self { lanes: [value; POINTS], leaning: Leaning::Upright, tied: false }
    }

    /// `centre + j * step` for `j` from `-POINTS / 2` to `POINTS / 2`.
    pub fn around(centre: R, step: R, leaning: Leaning) -> Self {
        const { assert!(POINTS % 2 == 1) }
        let middle = (POINTS / 2) as f64;
        let lanes = from_fn(|lane| centre + step * centre.literal(lane as f64 - middle));
        Self { lanes, leaning, tied: false }
    }

    /// Whether the centre is a branch point.
    pub fn is_tied(&self) -> bool {
        self.tied
    }

    /// The lane that decides.
    fn decider(self) -> R {
        self.lanes[match self.leaning {
            Leaning::Left => 0,
            Leaning::Upright => POINTS / 2,
            Leaning::Right => POINTS - 1,
        }]
    }

    /// The lean of two numbers together; a constant has none.
    fn lean(self, other: Self) -> Leaning {
        if self.leaning == Leaning::Upright { other.leaning } else { self.leaning }
    }

    /// What a comparison says, and whether it was between equals.
    fn compare(self, other: Self, holds: impl Fn(R, R) -> bool) -> (bool, bool) {
        let leaning = self.lean(other);
        let [left, right] = [self, other].map(|side| Self { leaning, ..side }.decider());
        let (a, b) = (self.centre(), other.centre());
        (holds(left, right), a.less_equal(b) && b.less_equal(a))
    }

    /// All lanes, from the lowest.
    pub fn lanes(&self) -> &[R; POINTS] {
        &self.lanes
    }

    /// The lane in the middle.
    pub fn centre(self) -> R {
        const { assert!(POINTS % 2 == 1) }
        self.lanes[POINTS / 2]
    }

    fn each(self, function: impl Fn(R) -> R) -> Self {
        Self { lanes: self.lanes.map(function), ..self }
    }

    fn pairwise(self, other: Self, function: impl Fn(R, R) -> R) -> Self {
        Self {
            lanes: from_fn(|lane| function(self.lanes[lane], other.lanes[lane])),
            leaning: self.lean(other),
            tied: self.tied || other.tied,
        }
    }
}

impl<R: Real<Mask = bool>, const POINTS: usize> Add for Stencil<R, POINTS> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.pairwise(other, R::add)
    }
}

impl<R: Real<Mask = bool>, const POINTS: usize> Sub for Stencil<R, POINTS> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.pairwise(other, R::sub)
    }
}

impl<R: Real<Mask = bool>, const POINTS: usize> Mul for Stencil<R, POINTS> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.pairwise(other, R::mul)
    }
}

impl<R: Real<Mask = bool>, const POINTS: usize> Div for Stencil<R, POINTS> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        self.pairwise(other, R::div)
    }
}

impl<R: Real<Mask = bool>, const POINTS: usize> Neg for Stencil<R, POINTS> {
    type Output = Self;

    fn neg(self) -> Self {
        self.each(R::neg)
    }
}

/// Functions that go through lane by lane.
macro_rules! lane_by_lane {
    ($($name:ident)+) => {
        $(fn $name(self) -> Self {
            self.each(R::$name)
        })+
    };
}

impl<R: Real<Mask = bool>, const POINTS: usize> Real for Stencil<R, POINTS> {
    /// What holds, and whether it was a tie.
    type Mask = (bool, bool);

    fn literal(self, value: f64) -> Self {
        Self::constant(self.centre().literal(value))
    }

    fn decimal(self, text: &str) -> Self {
        Self::constant(self.centre().decimal(text))
    }

    fn pi(self) -> Self {
        Self::constant(self.centre().pi())
    }

    fn e(self) -> Self {
        Self::constant(self.centre().e())
    }

    fn less(self, other: Self) -> (bool, bool) {
        self.compare(other, R::less)
    }

    fn less_equal(self, other: Self) -> (bool, bool) {
        self.compare(other, R::less_equal)
    }

    fn select((holds, tied): (bool, bool), yes: Self, no: Self) -> Self {
        let (taken, other) = if holds { (yes, no) } else { (no, yes) };
        Self { leaning: taken.lean(other), tied: taken.tied || tied, ..taken }
    }

    /// The sign of the deciding lane times each lane: zero everywhere where that is zero, so that the derivative there is
    /// zero.
    fn abs(self) -> Self {
        self * self.sign()
    }

    /// The sign of the deciding lane, in every lane.
    fn sign(self) -> Self {
        let zero = self.centre().literal(0.0);
        let (_, tied) = self.compare(Self::constant(zero), R::less);
        Self { lanes: [self.decider().sign(); POINTS], tied: self.tied || tied, ..self }
    }

    fn pow(self, exponent: Self) -> Self {
        self.pairwise(exponent, R::pow)
    }

    lane_by_lane! {
        sqrt cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc sigmoid softplus sech logcosh
    }
}
