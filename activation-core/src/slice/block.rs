//! Numbers that are computed together: a loop without branches, which the compiler makes vectors of; then a look at
//! whether any of them needs more care, which is rare.
//!
//! Blocks consist of whole groups, so that no loop has a remainder: what is left of a slice is filled up with copies.

use super::function::{ForwardWithDerivative, Function};
use crate::{Activation, Scalar};
use activation_math::{Brief, Kernel, Level, SliceKernel};
use core::ops::Range;

/// Numbers that no loop over a block divides: two vectors of the widest registers.
pub(crate) const GROUP: usize = 16;

/// Groups of a block. Large enough that what is done once per block does not count, small enough for the first cache.
pub(crate) const GROUPS: usize = 8;

/// Numbers of a block.
pub(crate) const BLOCK: usize = GROUP * GROUPS;

/// Consecutive ranges of at most a block that cover `length` numbers.
#[inline]
pub(crate) fn blocks(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length.div_ceil(BLOCK)).map(move |block| block * BLOCK..((block + 1) * BLOCK).min(length))
}

/// Numbers in the type that they are computed in: as many as fill `N` groups, or fewer.
#[derive(Clone)]
pub(crate) struct Block<const N: usize = GROUPS> {
    groups: [[f64; GROUP]; N],
    length: usize,
}

impl<const N: usize> Block<N> {
    /// No numbers.
    #[inline]
    pub(crate) fn new() -> Self {
        Block { groups: [[0.0; GROUP]; N], length: 0 }
    }

    /// The numbers.
    #[inline]
    pub(crate) fn values(&self) -> &[f64] {
        &self.groups.as_flattened()[..self.length]
    }

    /// The numbers, to be changed.
    #[inline]
    pub(crate) fn values_mut(&mut self) -> &mut [f64] {
        &mut self.groups.as_flattened_mut()[..self.length]
    }

    /// The groups that are used; the last one may hold more than the numbers.
    #[inline(always)]
    pub(crate) fn groups(&self) -> &[[f64; GROUP]] {
        &self.groups[..self.length.div_ceil(GROUP)]
    }

    /// As many groups as `other` has.
    #[inline(always)]
    pub(crate) fn groups_like(&mut self, other: &Block<N>) -> &mut [[f64; GROUP]] {
        self.length = other.length;
        &mut self.groups[..self.length.div_ceil(GROUP)]
    }

    /// Takes numbers in, in place of what was there.
    #[inline]
    pub(crate) fn load<T: Scalar>(&mut self, level: Level, from: &[T]) {
        let (groups, rest) = from.as_chunks::<GROUP>();
        let (to, after) = self.groups.split_at_mut(groups.len());
        level.run(Load { from: groups, to });
        if let ([first, ..], [last, ..]) = (rest, after) {
            // A copy of a number of the slice: whatever is computed with it, it is neither slower nor worse than that.
            let mut group = [*first; GROUP];
            group[..rest.len()].copy_from_slice(rest);
            level.run(Load { from: &[group], to: core::slice::from_mut(last) });
        }
        self.length = from.len();
    }

    /// Rounds the numbers to `to`, which has as many.
    #[inline]
    pub(crate) fn store<T: Scalar>(&self, level: Level, to: &mut [T]) {
        let (groups, rest) = to.as_chunks_mut::<GROUP>();
        let (from, after) = self.groups.split_at(groups.len());
        level.run(Store { from, to: groups });
        if let [last, ..] = after
            && !rest.is_empty()
        {
            let mut group = [[T::default(); GROUP]];
            level.run(Store { from: core::slice::from_ref(last), to: &mut group });
            rest.copy_from_slice(&group[0][..rest.len()]);
        }
    }

    /// As many numbers as `other` has, to be written.
    #[inline]
    pub(crate) fn like(&mut self, other: &Block<N>) -> &mut [f64] {
        self.length = other.length;
        self.values_mut()
    }

    /// Multiplies every number by the one of `other`.
    #[inline]
    pub(crate) fn multiply(&mut self, level: Level, other: &Block<N>) {
        level.run(Multiply { by: other.groups(), to: self.groups_like(other) });
    }
}

/// One loop over all numbers: of two, the compiler would take the outer one for its vectors, and gather them.
#[inline(always)]
fn flat<R>(groups: &[[R; GROUP]]) -> impl Iterator<Item = &R> {
    groups.as_flattened().iter()
}

#[inline(always)]
fn flat_mut<R>(groups: &mut [[R; GROUP]]) -> impl Iterator<Item = &mut R> {
    groups.as_flattened_mut().iter_mut()
}

struct Load<'a, T> {
    from: &'a [[T; GROUP]],
    to: &'a mut [[f64; GROUP]],
}

impl<T: Scalar> Kernel for Load<'_, T> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        for (from, to) in flat(self.from).zip(flat_mut(self.to)) {
            *to = from.to_f64();
        }
    }
}

struct Store<'a, T> {
    from: &'a [[f64; GROUP]],
    to: &'a mut [[T; GROUP]],
}

impl<T: Scalar> Kernel for Store<'_, T> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        for (from, to) in flat(self.from).zip(flat_mut(self.to)) {
            *to = T::from_f64(*from);
        }
    }
}

struct Multiply<'a> {
    by: &'a [[f64; GROUP]],
    to: &'a mut [[f64; GROUP]],
}

impl Kernel for Multiply<'_> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        for (by, to) in flat(self.by).zip(flat_mut(self.to)) {
            *to *= *by;
        }
    }
}

/// A function of every number of a block, in plain arithmetic.
pub(crate) struct Map<F>(pub(crate) F);

impl<F: Function> SliceKernel<f64> for Map<F> {
    #[inline(always)]
    fn run(self, from: &[f64], _: &[f64], to: &mut [f64], _: &mut [f64]) {
        for (from, to) in from.iter().zip(to) {
            *to = self.0.at(Brief(*from)).0;
        }
    }
}

impl<A: Activation> SliceKernel<f64> for ForwardWithDerivative<A> {
    #[inline(always)]
    fn run(self, from: &[f64], _: &[f64], forward: &mut [f64], derivative: &mut [f64]) {
        for ((from, forward), derivative) in from.iter().zip(forward).zip(derivative) {
            (Brief(*forward), Brief(*derivative)) = self.at(Brief(*from));
        }
    }
}
