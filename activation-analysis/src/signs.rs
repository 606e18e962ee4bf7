//! Where a function is positive, negative or 0: intervals of one sign, with the numbers between them.
//!
//! An interval is done when the bounds of its values leave out 0, or when the bounds of the slopes do and the values at its
//! ends tell; else it is divided. What is left when it cannot be divided any further is a zero, if the signs on both sides
//! differ. Far out, and where too many zeros are found, division ends early: there the sign is that of the expansion at
//! infinity if all points of a sample agree, and otherwise unknown.

use crate::edges::Region;
use crate::function::Side;
use crate::place::{are_neighbours, first, middle, rank, samples, simplest};
use crate::span::{Marks, Span};
use crate::target::Target;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// An interval of one sign. Between two of them, at the end of the one and the start of the other, the function is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// 1, -1, or 0 where the function vanishes; `None` if it is not known.
    pub(crate) sign: Option<i8>,
    /// By intervals, and not by a sample.
    pub(crate) proven: bool,
}

/// The signs of a function over a region, and its zeros.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signs {
    /// In ascending order, each beginning where the one before ends.
    pub(crate) stretches: Vec<Stretch>,
    /// Single points, in ascending order: with a change of sign or, where it only touches, exactly 0.
    pub(crate) zeros: Vec<f64>,
}

/// So many intervals are looked at on each side of 0.
const MOST_CELLS: usize = 2500;

/// More zeros on one side of 0 are not told apart.
const MOST_ZEROS: usize = 40;

/// Beyond this, and nearer to 0 than this, intervals of fewer orders of magnitude than [`COARSE`] are not divided: terms cancel
/// there that no interval can keep together.
const FAR: f64 = 1024.0;
const NEAR: f64 = 1e-6;
const COARSE: f64 = 65_536.0; // 2^16

/// Values, and inputs, that are about to underflow; and inputs whose powers may.
const TINY: f64 = 1e-290;
const SMALL: f64 = 1e-70;

/// What is found of a cell.
enum Found {
    Sign(i8),
    /// A zero at that point, or between these neighbours, and the signs on both sides.
    Crossing(f64, i8, i8),
    Unclear,
    /// Not worth dividing.
    Hopeless,
}

impl Signs {
    /// The signs over a region in which the function has no edges.
    pub(crate) fn over(target: &Target<'_>, region: Region) -> Signs {
        let mut cells: Vec<Stretch> = Vec::new();
        if region.low < 0.0 && region.high > 0.0 {
            // Each side with as many looks.
            cells.extend(Search::run(target, region.low, 0.0));
            cells.extend(Search::run(target, 0.0, region.high));
        } else {
            cells.extend(Search::run(target, region.low, region.high));
        }
        cells.sort_by(|a, b| a.low.total_cmp(&b.low));
        assemble(target, merged(cells))
    }
}

/// An interval on one side of 0; those nearest to 1 and -1, by order of magnitude, are looked at first.
struct Cell {
    far: i64,
    low: f64,
    high: f64,
}

impl Cell {
    fn new(low: f64, high: f64) -> Self {
        let ends = [low, high].map(|end| rank(end.abs()) - rank(1.0));
        let contains_one = ends[0].signum() * ends[1].signum() <= 0;
        let far = if contains_one { 0 } else { ends[0].abs().min(ends[1].abs()) };
        Cell { far, low, high }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Cell {}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        other.far.cmp(&self.far).then_with(|| other.low.total_cmp(&self.low))
    }
}

struct Search<'a> {
    target: &'a Target<'a>,
    cells: Vec<Stretch>,
    zeros: usize,
}

impl Search<'_> {
    fn run(target: &Target<'_>, low: f64, high: f64) -> Vec<Stretch> {
        let mut search = Search { target, cells: Vec::new(), zeros: 0 };
        let mut waiting = BinaryHeap::from([Cell::new(low, high)]);
        let mut looked = 0;
        while let Some(Cell { low, high, .. }) = waiting.pop() {
            looked += 1;
            let is_over = looked > MOST_CELLS || search.zeros > MOST_ZEROS;
            match if is_over { Found::Hopeless } else { search.look(low, high) } {
                Found::Sign(sign) => search.push(low, high, Some(sign), true),
                Found::Crossing(at, left, right) => {
                    search.zeros += 1;
                    search.push(low, at, Some(left), true);
                    search.push(at, high, Some(right), true);
                }
                Found::Hopeless => search.push(low, high, None, false),
                Found::Unclear if are_neighbours(low, high) => search.push(low, high, None, false),
                Found::Unclear => {
                    let middle = middle(low, high);
                    waiting.extend([Cell::new(low, middle), Cell::new(middle, high)]);
                }
            }
        }
        search.cells
    }

    fn push(&mut self, low: f64, high: f64, sign: Option<i8>, proven: bool) {
        if low < high {
            self.cells.push(Stretch { low, high, sign, proven });
        }
    }

    fn look(&self, low: f64, high: f64) -> Found {
        let target = self.target;
        let values = target.span(low, high);
        if values.is_zero() && !values.has(Marks::PARTIAL) {
            return Found::Sign(0);
        }
        match values.sign() {
            0 => {}
            sign => return Found::Sign(sign),
        }
        if values.largest() < TINY {
            return Found::Hopeless;
        }
        if let Some(slopes) = target.slopes(low, high)
            && let Some(found) = self.by_slopes(low, high, values, slopes)
        {
            return found;
        }
        let (small, large) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
        let is_coarse = (small >= FAR || large <= NEAR) && (large < COARSE * small || large < TINY);
        if is_coarse { Found::Hopeless } else { Found::Unclear }
    }

    /// Where the function rises or falls throughout, its ends tell; and it stays near its middle.
    fn by_slopes(&self, low: f64, high: f64, values: Span, slopes: Span) -> Option<Found> {
        let target = self.target;
        if slopes.is_zero() {
            return Some(match target.sign_at(middle(low, high)) {
                Some(sign) => Found::Sign(sign),
                None => Found::Hopeless,
            });
        }
        if slopes.sign() != 0 {
            // Of values that have underflowed beside a zero at 0 the slope tells the sign.
            let sign_at = |x: f64| match target.sign_at(x) {
                Some(0) if x != 0.0 && x.abs() < SMALL && target.sign_at(0.0) == Some(0) => {
                    Some(if x > 0.0 { slopes.sign() } else { -slopes.sign() })
                }
                sign => sign,
            };
            return match (sign_at(low)?, sign_at(high)?) {
                (0, 0) => None,
                (0, sign) => Some(Found::Crossing(low, -sign, sign)),
                (sign, 0) => Some(Found::Crossing(high, sign, -sign)),
                (left, right) if left == right => Some(Found::Sign(left)),
                (left, right) => Some(Found::Crossing(crossing(target, low, high, left), left, right)),
            };
        }
        if !slopes.largest().is_finite() {
            return None;
        }
        let between = middle(low, high);
        let centre = target.span(between, between);
        let near = centre + slopes * (Span::new(low, high) - Span::new(between, between));
        match values.intersected(near).sign() {
            0 => None,
            sign => Some(Found::Sign(sign)),
        }
    }
}

/// Where the sign is no longer `left`: of the two neighbours there, the one with the smaller value.
fn crossing(target: &Target<'_>, low: f64, high: f64, left: i8) -> f64 {
    let after = first(low, high, |x| target.sign_at(x) != Some(left));
    let before = after.next_down();
    if before > low && target.at(before).abs() < target.at(after).abs() { before } else { after }
}

/// Neighbours of one sign, joined.
fn merged(cells: Vec<Stretch>) -> Vec<Stretch> {
    let mut merged: Vec<Stretch> = Vec::new();
    for cell in cells {
        match merged.last_mut() {
            Some(last) if last.sign == cell.sign && last.high >= cell.low => {
                last.high = cell.high;
                last.proven &= cell.proven;
            }
            _ => merged.push(cell),
        }
    }
    merged
}

/// Gives what is unclear a sign where that can be done, and finds the zeros.
fn assemble(target: &Target<'_>, cells: Vec<Stretch>) -> Signs {
    let mut clear: Vec<Stretch> = Vec::new();
    let mut touching = Vec::new();
    for (index, &cell) in cells.iter().enumerate() {
        if cell.sign.is_some() {
            clear.push(cell);
            continue;
        }
        let before = clear.last().and_then(|before| before.sign);
        let after = cells.get(index + 1).and_then(|after| after.sign);
        let is_narrow = cell.high - cell.low <= 1e-9 * cell.low.abs().max(cell.high.abs())
            || cell.low.abs().max(cell.high.abs()) <= TINY;
        match (before, after) {
            (Some(left), Some(right)) if is_narrow && left != 0 && right != 0 => {
                let simplest = simplest(cell.low, cell.high);
                let at = if left == right || target.sign_at(simplest) == Some(0) {
                    simplest
                } else {
                    crossing(target, cell.low, cell.high, left)
                };
                if left == right && target.sign_at(at) == Some(0) {
                    touching.push(at);
                }
                clear.push(Stretch { low: cell.low, high: at, sign: Some(left), proven: true });
                clear.push(Stretch { low: at, high: cell.high, sign: Some(right), proven: true });
            }
            _ => {
                if cell.low <= 0.0 && 0.0 <= cell.high && target.sign_at(0.0) == Some(0) {
                    touching.push(0.0);
                }
                clear.extend(sampled(target, cell, before.or(after)));
            }
        }
    }
    clear.retain(|stretch| stretch.low < stretch.high);
    let stretches = merged(clear);
    let mut zeros: Vec<f64> = stretches
        .windows(2)
        .filter(|pair| matches!((pair[0].sign, pair[1].sign), (Some(a), Some(b)) if a * b < 0))
        .map(|pair| pair[0].high)
        .chain(touching)
        .collect();
    zeros.sort_by(f64::total_cmp);
    zeros.dedup();
    Signs { stretches, zeros }
}

/// What samples, and towards infinity an expansion, say about a stretch that could not be decided; `neighbour` is the sign
/// beside it.
fn sampled(target: &Target<'_>, cell: Stretch, neighbour: Option<i8>) -> Vec<Stretch> {
    // Where functions do what they do, samples are denser.
    let walls = [-FAR, -NEAR, NEAR, FAR].into_iter().filter(|wall| cell.low < *wall && *wall < cell.high);
    let mut parts = Vec::new();
    let mut low = cell.low;
    for high in walls.chain([cell.high]) {
        parts.push(Stretch { low, high, ..cell });
        low = high;
    }
    parts.into_iter().flat_map(|part| sampled_part(target, part, neighbour)).collect()
}

/// As many points.
const DENSE: i32 = 192;
const SPARSE: i32 = 24;

fn sampled_part(target: &Target<'_>, cell: Stretch, neighbour: Option<i8>) -> Vec<Stretch> {
    let is_dense = cell.low.abs().max(cell.high.abs()) <= FAR && cell.low.abs().max(cell.high.abs()) > NEAR;
    let points = samples(cell.low, cell.high, if is_dense { DENSE } else { SPARSE });
    let signs: Vec<Option<i8>> = points.iter().map(|&x| target.sign_at(x)).collect();
    let with = |sign| vec![Stretch { sign, proven: false, ..cell }];
    let end = if cell.high >= f64::MAX {
        Some(Side::Right)
    } else if cell.low <= -f64::MAX {
        Some(Side::Left)
    } else {
        None
    };
    let expected = end.and_then(|side| target.sign_at_infinity(side));
    let turns = turns(&points, &signs);
    let last = |sign: i8| match end {
        None => true,
        Some(_) => expected.is_none_or(|expected| expected == sign),
    };
    let some = signs.iter().flatten().copied().find(|&sign| sign != 0);
    match (turns.as_slice(), some, expected) {
        ([], None, Some(sign)) => with(Some(sign)),
        // All of it has underflowed.
        ([], None, None) => with(neighbour.filter(|_| !signs.contains(&None))),
        ([], Some(sign), _) if last(sign) => with(Some(sign)),
        (turns, Some(begin), _)
            if turns.len() <= if end.is_some() { 1 } else { points.len() / POINTS_A_TURN } =>
        {
            let mut stretches = Vec::new();
            let (mut low, mut sign) = (cell.low, begin);
            for &(before, after) in turns {
                let at = match simplest(before, after) {
                    0.0 if target.sign_at(0.0) == Some(0) => 0.0,
                    _ => crossing(target, before, after, sign),
                };
                stretches.push(Stretch { low, high: at, sign: Some(sign), proven: false });
                (low, sign) = (at, -sign);
            }
            let outer = if end == Some(Side::Left) { begin } else { sign };
            if !last(outer) {
                return with(None);
            }
            stretches.push(Stretch { low, high: cell.high, sign: Some(sign), proven: false });
            stretches
        }
        _ => with(None),
    }
}

/// With fewer points for a change of sign, some changes may lie between points: it is an oscillation.
const POINTS_A_TURN: usize = 20;

/// Between which points of a sample the sign changes.
fn turns(points: &[f64], signs: &[Option<i8>]) -> Vec<(f64, f64)> {
    let signed: Vec<(f64, i8)> = points
        .iter()
        .zip(signs)
        .filter_map(|(&x, &sign)| sign.filter(|&sign| sign != 0).map(|sign| (x, sign)))
        .collect();
    signed.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| (pair[0].0, pair[1].0)).collect()
}
