//! Sums whose rounding errors do not grow with their length, whatever the machine and the number of threads.
//!
//! What an addition loses is itself a double (Knuth's two-sum), and is added up beside the sum (Neumaier, 1974). Number i
//! of a block goes to lane i modulo [`GROUP`], so that the order of additions depends on nothing but the blocks.

use super::block::{Block, GROUP};
use activation_math::{Kernel, Level};

/// A sum, and what its roundings have lost.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    #[inline(always)]
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        let added = sum - self.sum;
        self.lost += (self.sum - (sum - added)) + (value - added);
        self.sum = sum;
    }

    /// Adds another sum.
    pub(crate) fn merge(&mut self, other: Sum) {
        self.add(other.sum);
        self.lost += other.lost;
    }

    /// All of them, in their order.
    pub(crate) fn of(sums: &[Sum]) -> Sum {
        let mut total = Sum::default();
        for &sum in sums {
            total.merge(sum);
        }
        total
    }

    /// The sum, rounded.
    pub(crate) fn total(self) -> f64 {
        // Nothing is left to say about a sum that is infinite or undefined.
        if self.sum.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

/// Sums of the numbers at every place of a group.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lanes {
    sums: [Sum; GROUP],
}

impl Lanes {
    /// Adds the products of two blocks, which have the same length.
    #[inline]
    pub(crate) fn add_products(&mut self, level: Level, a: &Block, b: &Block) {
        let whole = a.values().len() / GROUP;
        level.run(AddProducts { a: &a.groups()[..whole], b: &b.groups()[..whole], sums: &mut self.sums });
        let rest = [a, b].map(|block| &block.values()[whole * GROUP..]);
        for ((a, b), sum) in rest[0].iter().zip(rest[1]).zip(&mut self.sums) {
            sum.add(a * b);
        }
    }

    /// All lanes together.
    pub(crate) fn total(&self) -> Sum {
        Sum::of(&self.sums)
    }
}

struct AddProducts<'a> {
    a: &'a [[f64; GROUP]],
    b: &'a [[f64; GROUP]],
    sums: &'a mut [Sum; GROUP],
}

impl Kernel for AddProducts<'_> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        // Two arrays of numbers, not one of pairs: whole vectors of each.
        let (mut sums, mut losses) = (self.sums.map(|sum| sum.sum), self.sums.map(|sum| sum.lost));
        for (a, b) in self.a.iter().zip(self.b) {
            for (((a, b), sum), lost) in a.iter().zip(b).zip(&mut sums).zip(&mut losses) {
                let mut next = Sum { sum: *sum, lost: *lost };
                next.add(a * b);
                (*sum, *lost) = (next.sum, next.lost);
            }
        }
        for ((to, sum), lost) in self.sums.iter_mut().zip(sums).zip(losses) {
            *to = Sum { sum, lost };
        }
    }
}
