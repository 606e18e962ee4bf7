//! Between the points of the sample: all inputs of an interval at once, and ever smaller intervals until the bound of the
//! error is small enough for each of them, or an interval is too short to be worth it.

use super::Examiner;
use super::points::{at_rank, rank};
use crate::evaluate::run;
use activation_math::{Approximate, Body, Brief, Enclosure, Extended, Precision};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Ranks of `f32`, ends included.
pub(super) type Cell = (i64, i64);

/// Cells of so few numbers are not divided any further for plain arithmetic: they lie beside a root, and more care there
/// costs little.
const SHORTEST: i64 = 1 << 10;

/// In a cell of so few numbers, some at which there is no proof stand for all: it is no root that is the reason.
const STRETCH: i64 = 1 << 28;

/// As many cells are looked at, and so many of them in double-double.
const MOST_CELLS: usize = 800;
const MOST_EXTENDED: usize = 300;

/// Of the cells at which double-double cannot be shown to be exact enough, so many are tried at single numbers.
const MOST_TRIED: usize = 48;

impl Examiner<'_> {
    /// The cells of all inputs, but for the `excluded` ones, for which plain arithmetic cannot be shown to be exact enough;
    /// in ascending order.
    pub(super) fn unproven(&self, excluded: &[Cell]) -> Vec<Cell> {
        let is_done = |cell| self.is_proven::<Brief>(cell) || self.overflows(cell);
        let is_hopeless = |cell| self.is_hopeless(cell);
        divide(gaps(excluded), SHORTEST, MOST_CELLS, is_done, is_hopeless)
    }

    /// Whether there is no plain result, as far as one looks: care is taken without an interval there.
    fn overflows(&self, (low, high): Cell) -> bool {
        [low, low + (high - low) / 2, high].iter().all(|&rank| !self.at(Brief(at_rank(rank))).0.is_finite())
    }

    /// Numbers in the `cells` at which double-double may not be exact enough either.
    pub(super) fn doubtful(&self, cells: Vec<Cell>) -> Vec<f64> {
        let is_done = |cell| self.is_proven::<Extended>(cell);
        let mut unproven = divide(cells, 1, MOST_EXTENDED, is_done, |_| false);
        // The smallest ones are what has been divided most.
        unproven.sort_by_key(|&(low, high)| high - low);
        unproven.truncate(MOST_TRIED);
        unproven.into_iter().map(|(low, high)| at_rank(low + (high - low) / 2)).collect()
    }

    /// Whether plain arithmetic is not exact enough all along a cell, so that there is nothing to be found by dividing it.
    fn is_hopeless(&self, (low, high): Cell) -> bool {
        const PARTS: i64 = 6;
        let length = high - low;
        let place = |part| low + length * part / PARTS;
        length < STRETCH && (0..=PARTS).map(place).all(|rank| !self.is_proven::<Brief>((rank, rank)))
    }

    fn is_proven<N: Approximate>(&self, (low, high): Cell) -> bool {
        let x = Enclosure::<N>::of_singles(at_rank(low), at_rank(high));
        let results = run(self.program, x, self.parameters);
        results.first().is_some_and(|&result| Precision::Single.accepts_all(result))
    }
}

/// The exponents of inputs that activations meet, beyond which fewer divisions are spent on an octave.
const USUAL: std::ops::Range<i64> = -12..4;

/// What a cell counts for when cells are chosen to be divided: its length, less the further out it lies, where a sine has
/// more roots in every octave than in the one before. Long cells come first all the same.
fn weight((low, high): Cell) -> i64 {
    const MOST: i64 = 14;
    const LONG: i64 = 1 << 26;
    if high - low >= LONG {
        return high - low;
    }
    let exponent = |rank: i64| (rank >> (f32::MANTISSA_DIGITS - 1)) - 127;
    let (nearest, furthest) = if low > 0 { (low, high) } else { (-high.min(0), -low.min(0)) };
    let beyond = (exponent(nearest) - USUAL.end).max(0) + (USUAL.start - exponent(furthest)).max(0);
    (high - low) >> (2 * beyond).min(MOST)
}

/// Divides cells until they are proven or `shortest`, those of the largest weight first, and gives up after `most` of them.
fn divide(
    cells: Vec<Cell>,
    shortest: i64,
    most: usize,
    is_proven: impl Fn(Cell) -> bool,
    is_hopeless: impl Fn(Cell) -> bool,
) -> Vec<Cell> {
    let weighed = |(low, high): Cell| (weight((low, high)), Reverse(low), high);
    let mut waiting: BinaryHeap<(i64, Reverse<i64>, i64)> = cells.into_iter().map(weighed).collect();
    let mut unproven = Vec::new();
    let mut tried = 0;
    while let Some((_, Reverse(low), high)) = waiting.pop() {
        let cell = (low, high);
        let length = high - low;
        tried += 1;
        if tried <= most && is_proven(cell) {
            continue;
        }
        if tried > most || length < shortest || is_hopeless(cell) {
            unproven.push(cell);
            continue;
        }
        let middle = low + length / 2;
        waiting.extend([weighed((low, middle)), weighed((middle + 1, high))]);
    }
    unproven.sort_unstable();
    unproven
}

/// What lies between the excluded cells; 0 is for the sample.
fn gaps(excluded: &[Cell]) -> Vec<Cell> {
    let end = rank(f64::from(f32::MAX));
    let mut walls = excluded.to_vec();
    walls.push((0, 0));
    walls.sort_unstable();
    let mut from = -end;
    let mut gaps = Vec::new();
    for (low, high) in walls {
        if from < low {
            gaps.push((from, low - 1));
        }
        from = from.max(high + 1);
    }
    if from <= end {
        gaps.push((from, end));
    }
    gaps
}
