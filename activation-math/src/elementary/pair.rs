//! Numbers as an unevaluated sum of two floats, for the steps of a function that need more than one float holds.
//!
//! Sums by Knuth (1969) and Dekker (1971); products by Dekker, with halves that are cut from the bits and not by
//! Veltkamp's multiplication, which would overflow. Errors are a few units of the square of a float's unit, products of
//! subnormal parts apart.

use crate::lane::Lane;

/// `head + tail`, where the tail is a few units in the last place of the head at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<L> {
    pub(crate) head: L,
    pub(crate) tail: L,
}

impl<L: Lane> Pair<L> {
    /// A constant that the tables give in two parts.
    #[inline(always)]
    pub(crate) fn of((head, tail): (f64, f64)) -> Self {
        Self { head: L::of(head), tail: L::of(tail) }
    }

    #[inline(always)]
    pub(crate) fn exact(head: L) -> Self {
        Self { head, tail: L::of(0.0) }
    }

    /// `a + b` without an error.
    #[inline(always)]
    pub(crate) fn sum(a: L, b: L) -> Self {
        let head = a + b;
        let part = head - a;
        Self { head, tail: (a - (head - part)) + (b - part) }
    }

    /// `a + b` without an error, where `a` is a zero or the larger one.
    #[inline(always)]
    pub(crate) fn ordered_sum(a: L, b: L) -> Self {
        let head = a + b;
        Self { head, tail: b - (head - a) }
    }

    /// `a * b`.
    #[inline(always)]
    pub(crate) fn product(a: L, b: L) -> Self {
        let (a_high, b_high) = (a.upper_half(), b.upper_half());
        let (a_low, b_low) = (a - a_high, b - b_high);
        let head = a * b;
        Self { head, tail: (((a_high * b_high - head) + a_high * b_low) + a_low * b_high) + a_low * b_low }
    }

    /// `self + small`, where the sum is not far below the head.
    #[inline(always)]
    pub(crate) fn plus_small(self, small: L) -> Self {
        Self::ordered_sum(self.head, self.tail + small)
    }

    #[inline(always)]
    pub(crate) fn times(self, factor: Self) -> Self {
        let product = Self::product(self.head, factor.head);
        product.plus_small(self.head * factor.tail + self.tail * factor.head)
    }

    /// `self / divisor`, given about `1 / divisor`. The head of the result has half the bits, so that what the division
    /// leaves is exact; their sum is good to more than a float and a half.
    #[inline(always)]
    pub(crate) fn over(self, divisor: Self, inverse: L) -> Self {
        let head = (self.head * inverse).upper_half();
        let high = divisor.head.upper_half();
        let low = divisor.head - high;
        let left = ((self.head - head * high) - head * low) + (self.tail - head * divisor.tail);
        Self { head, tail: left * inverse }
    }

    /// `self` times a power of two, or with its sign changed.
    #[inline(always)]
    pub(crate) fn scaled(self, factor: L) -> Self {
        Self { head: self.head * factor, tail: self.tail * factor }
    }

    #[inline(always)]
    pub(crate) fn select(mask: L::Mask, yes: Self, no: Self) -> Self {
        Self { head: L::select(mask, yes.head, no.head), tail: L::select(mask, yes.tail, no.tail) }
    }

    /// The nearest float.
    #[inline(always)]
    pub(crate) fn value(self) -> L {
        self.head + self.tail
    }
}
