//! The smallest and the largest value of a function, from the pieces on which it rises or falls.

use crate::analysis::{Bound, Range};
use crate::edges::{Edges, Kind, Region};
use crate::function::{Function, Side};
use crate::place::{middle, samples};
use crate::signs::{Signs, Stretch};
use activation_math::Output;

/// A value, or what is approached.
#[derive(Clone, Copy)]
struct Candidate {
    value: f64,
    at: f64,
    attained: bool,
}

/// Bounds that grow from nothing.
struct Hull {
    low: Option<Candidate>,
    high: Option<Candidate>,
    proven: bool,
}

/// Sampled values beyond this, on stretches that could not be followed, say that there is no bound; and so do values that are
/// so many times as large as all that were found where it could be followed.
const BOUNDLESS: f64 = 1e60;
const GROWTH: f64 = 1e15;

/// How far bounds of intervals may lie beyond the values that were found, to count as the same.
const SAME: f64 = 1e-12;

/// The bounds of a function, given the signs of its derivative on each smooth region; and whether they are proven.
pub(crate) fn extremes(
    function: Function<'_>,
    output: Output,
    edges: &Edges,
    signs: &[(Region, Signs)],
) -> (Range, bool) {
    let mut hull = Hull { low: None, high: None, proven: true };
    for &x in &edges.points {
        hull.add(function.at(output, x), x, true);
    }
    for (region, signs) in signs {
        for stretch in &signs.stretches {
            hull.proven &= stretch.proven || stretch.sign.is_none();
            // Within the region; its own ends are approached only.
            for x in [stretch.low, stretch.high] {
                if x != region.low && x != region.high {
                    hull.add(function.at(output, x), x, true);
                    hull.forget_rounding();
                }
            }
            if stretch.sign == Some(0) {
                let inside = inside(*stretch);
                hull.add(function.at(output, inside), inside, true);
            }
        }
        let known = |stretch: Option<&Stretch>| stretch.is_some_and(|stretch| stretch.sign.is_some());
        hull.end(function, output, edges, *region, Side::Right, known(signs.stretches.first()));
        hull.end(function, output, edges, *region, Side::Left, known(signs.stretches.last()));
    }
    let unknown =
        signs.iter().flat_map(|(_, signs)| &signs.stretches).filter(|stretch| stretch.sign.is_none());
    let murky = edges.regions.iter().filter(|region| region.kind == Kind::Murky);
    let rest: Vec<(f64, f64)> = unknown
        .map(|stretch| (stretch.low, stretch.high))
        .chain(murky.map(|region| (region.low, region.high)))
        .collect();
    for (low, high) in rest {
        hull.unknown(function, output, low, high);
    }
    let bound = |candidate: Option<Candidate>| match candidate {
        Some(Candidate { value, at, attained }) => Bound { value, attained, at },
        None => Bound { value: f64::NAN, attained: false, at: f64::NAN },
    };
    (Range { low: bound(hull.low), high: bound(hull.high) }, hull.proven)
}

/// A number one likes to read, on a stretch on which the function is constant.
fn inside(stretch: Stretch) -> f64 {
    let Stretch { low, high, .. } = stretch;
    let readable = [0.0, low.ceil(), low.floor() + 1.0, high.floor()];
    readable.into_iter().find(|&x| low < x && x < high && x.abs() < 1e15).unwrap_or_else(|| middle(low, high))
}

impl Hull {
    fn add(&mut self, value: f64, at: f64, attained: bool) {
        if value.is_nan() {
            return;
        }
        let attained = attained && value.is_finite();
        let new = Candidate { value, at, attained };
        // Of equal values the one that is attained, and of these the one nearest to 0.
        let better = |old: &Candidate, beyond: bool| {
            beyond || value == old.value && (attained, -at.abs()) > (old.attained, -old.at.abs())
        };
        if self.low.as_ref().is_none_or(|old| better(old, value < old.value)) {
            self.low = Some(new);
        }
        if self.high.as_ref().is_none_or(|old| better(old, value > old.value)) {
            self.high = Some(new);
        }
    }

    /// What is approached at an end of a region, which the region itself does not reach: at its lower end from the right.
    fn end(
        &mut self,
        function: Function<'_>,
        output: Output,
        edges: &Edges,
        region: Region,
        side: Side,
        is_monotone: bool,
    ) {
        let (inner, outer, infinity) = match side {
            Side::Right => (region.low, region.low.next_down(), f64::NEG_INFINITY),
            Side::Left => (region.high, region.high.next_up(), f64::INFINITY),
        };
        let point = if outer.is_infinite() { infinity } else { outer };
        if outer.is_finite() && !edges.points.contains(&outer) {
            // Beside what is not known.
            self.add(function.at(output, inner), inner, true);
        } else if let Some(limit) = function.limit(output, point, side) {
            let value = self.snapped(limit);
            self.add(value, point, false);
        } else if is_monotone {
            self.add(function.at(output, inner), point, false);
            self.proven = false;
        }
    }

    /// A turning point at 0 is 0, though its place is a double and the value there the square of a rounding error.
    fn forget_rounding(&mut self) {
        const SQUARE: f64 = 1e-30;
        let (Some(low), Some(high)) = (&mut self.low, &mut self.high) else { return };
        let size = low.value.abs().max(high.value.abs());
        for candidate in [low, high] {
            if candidate.value.abs() < SQUARE * size && size.is_finite() {
                candidate.value = 0.0;
            }
        }
    }

    /// What lies beyond a value by the error of a limit is not beyond it.
    fn snapped(&self, limit: f64) -> f64 {
        let known = [self.low, self.high].into_iter().flatten().map(|candidate| candidate.value);
        known
            .into_iter()
            .find(|value| value.is_finite() && (value - limit).abs() <= 1e-14 * value.abs())
            .unwrap_or(limit)
    }

    /// A stretch on which the direction is not known: a sample from inside, bounds from outside.
    fn unknown(&mut self, function: Function<'_>, output: Output, low: f64, high: f64) {
        let size = |candidate: Option<Candidate>| candidate.map_or(0.0, |candidate| candidate.value.abs());
        let most = match size(self.low).max(size(self.high)) {
            0.0 => BOUNDLESS,
            known => BOUNDLESS.min(GROWTH * known),
        };
        for x in samples(low, high, 64) {
            let value = function.at(output, x);
            if !value.is_finite() {
                continue;
            }
            if value.abs() > most {
                let end = if x.abs() > 1.0 { x.signum() * f64::INFINITY } else { 0.0 };
                self.add(value.signum() * f64::INFINITY, end, false);
                self.proven = false;
            } else {
                self.add(value, x, true);
            }
        }
        let (Some(least), Some(most)) = (self.low, self.high) else {
            self.proven = false;
            return;
        };
        let outside = bounds(function, output, low, high, 6);
        let room = SAME * least.value.abs().max(most.value.abs());
        let room = if room.is_finite() { room } else { 0.0 };
        self.proven &=
            matches!(outside, Some((low, high)) if low >= least.value - room && high <= most.value + room);
    }
}

/// Bounds of all values over an interval, divided so many times; `None` if there may be a point without.
fn bounds(function: Function<'_>, output: Output, low: f64, high: f64, depth: u32) -> Option<(f64, f64)> {
    let span = function.span(output, low, high);
    if depth == 0 || span.low() >= -1.0 && span.high() <= 1.0 {
        return (!span.is_empty()).then_some((span.low(), span.high()));
    }
    let between = middle(low, high);
    let (a, b) = (
        bounds(function, output, low, between, depth - 1)?,
        bounds(function, output, between, high, depth - 1)?,
    );
    Some((a.0.min(b.0), a.1.max(b.1)))
}
