//! A formula at several neighbouring points at once, with the branches of the one in the middle.
//!
//! Where the derivative of a formula with branches is asked for at a point, it is the derivative of the branch taken
//! there. So every comparison is decided by the centre lane alone and holds for all lanes; difference quotients over
//! the lanes then see one smooth function, even next to a kink or on it.

use core::array::from_fn;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::Real;

/// `POINTS` numbers that go through a formula together; `POINTS` is odd, and the middle one decides the branches.
#[derive(Clone, Copy, Debug)]
pub struct Stencil<R, const POINTS: usize> {
    lanes: [R; POINTS],
}

impl<R: Real, const POINTS: usize> Stencil<R, POINTS> {
    /// The same number in every lane.
    pub fn constant(value: R) -> Self {
        Self { lanes: [value; POINTS] }
    }

    /// `centre + j * step` for `j` from `-POINTS / 2` to `POINTS / 2`.
    pub fn around(centre: R, step: R) -> Self {
        const { assert!(POINTS % 2 == 1) }
        let middle = (POINTS / 2) as f64;
        Self { lanes: from_fn(|lane| centre + step * centre.literal(lane as f64 - middle)) }
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
        Self { lanes: self.lanes.map(function) }
    }

    fn pairwise(self, other: Self, function: impl Fn(R, R) -> R) -> Self {
        Self { lanes: from_fn(|lane| function(self.lanes[lane], other.lanes[lane])) }
    }
}

impl<R: Real, const POINTS: usize> Add for Stencil<R, POINTS> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.pairwise(other, R::add)
    }
}

impl<R: Real, const POINTS: usize> Sub for Stencil<R, POINTS> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.pairwise(other, R::sub)
    }
}

impl<R: Real, const POINTS: usize> Mul for Stencil<R, POINTS> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.pairwise(other, R::mul)
    }
}

impl<R: Real, const POINTS: usize> Div for Stencil<R, POINTS> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        self.pairwise(other, R::div)
    }
}

impl<R: Real, const POINTS: usize> Neg for Stencil<R, POINTS> {
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

impl<R: Real, const POINTS: usize> Real for Stencil<R, POINTS> {
    type Mask = R::Mask;

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

    fn less(self, other: Self) -> R::Mask {
        self.centre().less(other.centre())
    }

    fn less_equal(self, other: Self) -> R::Mask {
        self.centre().less_equal(other.centre())
    }

    fn select(mask: R::Mask, yes: Self, no: Self) -> Self {
        yes.pairwise(no, |yes, no| R::select(mask, yes, no))
    }

    /// The sign of the centre times each lane: zero everywhere where the centre is zero, so that the derivative there
    /// is zero.
    fn abs(self) -> Self {
        self * self.sign()
    }

    /// The sign of the centre, in every lane.
    fn sign(self) -> Self {
        Self::constant(self.centre().sign())
    }

    fn pow(self, exponent: Self) -> Self {
        self.pairwise(exponent, R::pow)
    }

    lane_by_lane! {
        sqrt cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc sigmoid softplus sech logcosh
    }
}
