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
        divide(gaps(excluded), SHORTEST, MOST_CELLS, is_done)
    }

    /// Whether there is no plain result, as far as one looks: care is taken without an interval there.
    fn overflows(&self, (low, high): Cell) -> bool {
        [low, low + (high - low) / 2, high].iter().all(|&rank| !self.at(Brief(at_rank(rank))).0.is_finite())
    }

    /// Numbers in the `cells` at which double-double may not be exact enough either.
    pub(super) fn doubtful(&self, cells: Vec<Cell>) -> Vec<f64> {
        let mut unproven = divide(cells, 1, MOST_EXTENDED, |cell| self.is_proven::<Extended>(cell));
        // The smallest ones are what has been divided most.
        unproven.sort_by_key(|&(low, high)| high - low);
        unproven.truncate(MOST_TRIED);
        unproven.into_iter().map(|(low, high)| at_rank(low + (high - low) / 2)).collect()
    }

    fn is_proven<N: Approximate>(&self, (low, high): Cell) -> bool {
        let x = Enclosure::<N>::of_singles(at_rank(low), at_rank(high));
        let results = run(self.program, x, self.parameters);
        results.first().is_some_and(|&result| Precision::Single.accepts_all(result))
    }
}

/// Divides cells until they are proven or `shortest`, the longest ones first, and gives up after `most` of them.
fn divide(cells: Vec<Cell>, shortest: i64, most: usize, is_proven: impl Fn(Cell) -> bool) -> Vec<Cell> {
    let sized = |(low, high): Cell| (high - low, Reverse(low));
    let mut waiting: BinaryHeap<(i64, Reverse<i64>)> = cells.into_iter().map(sized).collect();
    let mut unproven = Vec::new();
    let mut tried = 0;
    while let Some((length, Reverse(low))) = waiting.pop() {
        let cell = (low, low + length);
        tried += 1;
        if tried <= most && is_proven(cell) {
            continue;
        }
        if tried > most || length < shortest {
            unproven.push(cell);
            continue;
        }
        let middle = low + length / 2;
        waiting.extend([sized((low, middle)), sized((middle + 1, low + length))]);
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
