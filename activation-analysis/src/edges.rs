//! Where a function may have a kink, a jump or a pole, and where it has no value: found by intervals, which are divided
//! wherever a comparison of the formula may go either way, and wherever a root or a quotient is at its edge.
//!
//! A branch counts that is in the formula as it was written and in the compiled form: a form may have branches for the
//! sake of its digits, and a formula may have one that goes away.

use crate::function::Function;
use crate::place::{are_neighbours, middle, simplest};
use crate::span::{Marks, Span};
use activation_math::Output;

/// The real line in parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    /// In ascending order.
    pub(crate) points: Vec<f64>,
    /// Between the points: smooth, or without a value, or not known.
    pub(crate) regions: Vec<Region>,
}

/// Doubles next to each other, ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The function has a value everywhere, and all derivatives.
    Smooth,
    /// It has no value anywhere.
    Undefined,
    /// There may be any number of edges.
    Murky,
}

/// So many intervals are looked at on each side of 0, from there outwards.
const MOST_CELLS: usize = 3000;

/// More edges than this are not told apart.
const MOST_POINTS: usize = 64;

/// Far out, and where numbers are about to underflow, intervals of so many orders of magnitude are not divided.
const FAR: f64 = 1_048_576.0; // 2^20
const NEAR: f64 = 1e-140;
const COARSE: f64 = 65_536.0; // 2^16

impl Edges {
    pub(crate) fn of(function: Function<'_>) -> Self {
        let mut search = Search { function, marked: Vec::new(), murky: Vec::new() };
        search.side(-f64::MAX, 0.0);
        search.side(0.0, f64::MAX);
        search.finish()
    }

    /// The edges, and what lies beyond the ends.
    pub(crate) fn smooth(&self) -> impl Iterator<Item = Region> {
        self.regions.iter().copied().filter(|region| region.kind == Kind::Smooth)
    }

    pub(crate) fn murky(&self) -> impl Iterator<Item = Region> {
        self.regions.iter().copied().filter(|region| region.kind == Kind::Murky)
    }
}

struct Search<'a> {
    function: Function<'a>,
    /// Neighbours between which something happens.
    marked: Vec<(f64, f64)>,
    murky: Vec<(f64, f64)>,
}

/// What makes an edge.
fn is_marked(span: Span) -> bool {
    span.has(Marks::MIXED | Marks::PARTIAL | Marks::ROUGH)
}

impl Search<'_> {
    fn side(&mut self, low: f64, high: f64) {
        let mut cells = vec![(low, high)];
        let mut looked = 0;
        let already = self.marked.len();
        while let Some((low, high)) = cells.pop() {
            looked += 1;
            if !self.is_doubtful(low, high) {
                continue;
            }
            let size = low.abs().max(high.abs());
            let small = low.abs().min(high.abs());
            let is_coarse = (small >= FAR || size <= NEAR) && small > 0.0 && size < COARSE * small;
            if looked > MOST_CELLS || self.marked.len() > already + 2 * MOST_POINTS || is_coarse {
                self.murky.push((low, high));
            } else if are_neighbours(low, high) {
                self.marked.push((low, high));
            } else {
                let middle = middle(low, high);
                let halves = [(low, middle), (middle, high)];
                // The one nearer to 0 is looked at first.
                cells.extend(if high <= 0.0 { halves } else { [halves[1], halves[0]] });
            }
        }
    }

    fn is_doubtful(&self, low: f64, high: f64) -> bool {
        let written = self.function.span_as_written(low, high);
        if written.is_empty() && self.function.span(Output::Forward, low, high).is_empty() {
            return false;
        }
        is_marked(written) && is_marked(self.function.span(Output::Forward, low, high))
    }

    fn finish(mut self) -> Edges {
        self.marked.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.murky.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut points: Vec<f64> =
            joined(&self.marked).into_iter().map(|cluster| self.point(cluster)).collect();
        // Where the sides of an edge are themselves doubtful, there is no telling of points.
        let murky = joined(&self.murky);
        points.retain(|x| !murky.iter().any(|&(low, high)| low <= *x && *x <= high));
        let mut regions = Vec::new();
        let mut from = -f64::MAX;
        let mut walls: Vec<(f64, f64, bool)> = points.iter().map(|&x| (x, x, false)).collect();
        walls.extend(murky.iter().map(|&(low, high)| (low, high, true)));
        walls.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (low, high, is_murky) in walls {
            if from < low {
                regions.push(self.region(from, low.next_down()));
            }
            if is_murky {
                regions.push(Region { low, high, kind: Kind::Murky });
            }
            from = high.next_up();
        }
        if from <= f64::MAX {
            regions.push(self.region(from, f64::MAX));
        }
        Edges { points, regions }
    }

    /// What lies between two edges; its middle is like all of it.
    fn region(&self, low: f64, high: f64) -> Region {
        let between = middle(low, high);
        let is_undefined =
            [between, low, high].iter().all(|&x| self.function.at(Output::Forward, x).is_nan());
        Region { low, high, kind: if is_undefined { Kind::Undefined } else { Kind::Smooth } }
    }

    /// The edge itself, among a few neighbours: where a comparison is of equal numbers, or where there is no value.
    fn point(&self, (low, high): (f64, f64)) -> f64 {
        let mut x = low;
        let mut found = None;
        for _ in 0..16 {
            let span = self.function.span_as_written(x, x);
            if span.has(Marks::TIE | Marks::ROUGH | Marks::PARTIAL) {
                // Of several the simplest: 0 among the smallest numbers.
                found = Some(found.map_or(x, |other: f64| simplest(other, x)));
            }
            if x >= high {
                break;
            }
            x = x.next_up();
        }
        // No -0.
        found.unwrap_or_else(|| simplest(low, high)) + 0.0
    }
}

/// Intervals that touch, joined.
fn joined(intervals: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for &(low, high) in intervals {
        match joined.last_mut() {
            Some(last) if low <= last.1.next_up() => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    joined
}
