//! Sums and dot products in twice the precision of `f64`, several lanes wide.
//!
//! What an addition or a product loses is itself a double and is kept beside the result (Knuth's two-sum, Dekker's
//! product; Ogita, Rump and Oishi, Accurate sum and dot product, 2005). Element i goes to lane i modulo [`LANES`], whatever
//! the machine, so the order of additions depends on nothing but the number of elements.

use core::ops::{Add, Sub};

/// As many as keep the additions of one lane apart from each other in time.
const LANES: usize = 8;

/// `head + tail`, the tail below half a unit of the head.
#[derive(Clone, Copy)]
pub(super) struct Double {
    pub(super) head: f64,
    pub(super) tail: f64,
}

impl Double {
    #[inline(always)]
    fn normalised(head: f64, tail: f64) -> Self {
        let sum = head + tail;
        // Nothing is left to say about a sum that is infinite or NaN.
        Double { head: sum, tail: if sum.is_finite() { (head - sum) + tail } else { 0.0 } }
    }

    #[inline(always)]
    pub(super) fn value(self) -> f64 {
        self.head + self.tail
    }

    /// Exact but for what is below the tail.
    #[inline(always)]
    pub(super) fn plus(self, other: f64) -> Self {
        let (head, lost) = two_sum(self.head, other);
        Self::normalised(head, lost + self.tail)
    }

    #[inline(always)]
    pub(super) fn over(self, other: Double) -> Self {
        let quotient = self.head / other.head;
        let (product, lost) = two_product(quotient, other.head);
        let rest = ((self.head - product) - lost) + (self.tail - quotient * other.tail);
        Self::normalised(quotient, rest / other.head)
    }

    /// `value - self`, rounded once or nearly so.
    #[inline(always)]
    pub(super) fn subtracted_from(self, value: f64) -> f64 {
        let (head, lost) = two_sum(value, -self.head);
        let tail = lost - self.tail;
        // An infinity loses nothing, but arithmetic does not know that.
        if head.is_finite() { head + tail } else { head }
    }
}

/// A sum that is added to block after block.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    heads: [f64; LANES],
    tails: [f64; LANES],
}

impl Sum {
    /// Adds `Σ head + tail` over the pairs that `term` makes of the elements. All blocks but the last one must be of a
    /// multiple of [`LANES`] elements.
    #[inline(always)]
    pub(super) fn add<T: Copy>(&mut self, block: &[T], term: impl Fn(T) -> (f64, f64)) {
        let whole = block.chunks_exact(LANES);
        let rest = whole.remainder();
        for group in whole {
            self.add_group(group, &term);
        }
        self.add_group(rest, &term);
    }

    #[inline(always)]
    fn add_group<T: Copy>(&mut self, group: &[T], term: impl Fn(T) -> (f64, f64)) {
        for ((&element, head), tail) in group.iter().zip(&mut self.heads).zip(&mut self.tails) {
            let (value, low) = term(element);
            let (sum, lost) = two_sum(*head, value);
            *head = sum;
            *tail += lost + low;
        }
    }

    #[inline(always)]
    pub(super) fn total(&self) -> Double {
        let (mut head, mut tail) = (0.0, 0.0);
        for (&value, &low) in self.heads.iter().zip(&self.tails) {
            let (sum, lost) = two_sum(head, value);
            head = sum;
            tail += lost + low;
        }
        Double::normalised(head, tail)
    }
}

/// A sum of positive numbers for results in `f32`: the 2^29 that `f64` is finer outweigh what the roundings of any row add up to.
#[derive(Clone, Copy, Default)]
pub(super) struct PlainSum {
    lanes: [f64; PLAIN_LANES],
}

/// Several vectors of the widest registers.
const PLAIN_LANES: usize = 32;

impl PlainSum {
    /// All blocks but the last one must be of a multiple of [`PLAIN_LANES`] elements.
    #[inline(always)]
    pub(super) fn add(&mut self, block: &[f64]) {
        let (groups, rest) = block.as_chunks::<PLAIN_LANES>();
        for group in groups {
            self.lanes.iter_mut().zip(group).for_each(|(lane, &value)| *lane += value);
        }
        self.lanes.iter_mut().zip(rest).for_each(|(lane, &value)| *lane += value);
    }

    #[inline(always)]
    pub(super) fn total(&self) -> f64 {
        self.lanes.iter().sum()
    }
}

/// `a + b` and what its rounding lost.
#[inline(always)]
pub(super) fn two_sum<N: Copy + Add<Output = N> + Sub<Output = N>>(a: N, b: N) -> (N, N) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

/// `a · b` and what its rounding lost, but for 2^-105 of the product.
#[inline(always)]
pub(super) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let upper_half = |x: f64| f64::from_bits(x.to_bits() & 0xffff_ffff_f800_0000);
    let (product, a_high, b_high) = (a * b, upper_half(a), upper_half(b));
    let (a_low, b_low) = (a - a_high, b - b_high);
    (product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low)
}

#[cfg(test)]
mod tests {
    use super::{Sum, two_product};

    #[test]
    fn a_sum_keeps_what_cancels() {
        let terms = [1e16, 1.0, -1e16, 2.0_f64.powi(-40), 3.0, 1e8, 0.5, -4.5, -1e8, 7.0, -7.0];
        let mut sum = Sum::default();
        sum.add(&terms, |term| (term, 0.0));
        assert_eq!(sum.total().value(), 2.0_f64.powi(-40));
    }

    #[test]
    fn a_product_and_what_it_lost() {
        let (a, b) = (1.0 + 2.0_f64.powi(-30), 1.0 + 2.0_f64.powi(-31));
        assert_eq!(two_product(a, b), (1.0 + 2.0_f64.powi(-30) + 2.0_f64.powi(-31), 2.0_f64.powi(-61)));
    }
}
