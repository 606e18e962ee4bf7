//! How high a chart should be: what is characteristic of its curves is seen, and what grows without end is cut.

use crate::curve::{Curve, Point};

/// The range of y in which the curves are best seen over that range of x, with a margin.
///
/// Turning points, jumps, ends, and values that a curve settles at are all in it. What grows faster than a straight line, or
/// goes to a pole, is cut before it flattens the rest; where there are several curves, so is a line that is much
/// steeper than the others are high.
pub fn y_range(curves: &[&Curve], x: (f64, f64)) -> (f64, f64) {
    y_range_beside(curves, &[], x)
}

/// As [`y_range`], with curves `aside` that are seen only as far as they do not flatten the others: derivatives beside their
/// functions.
pub fn y_range_beside(curves: &[&Curve], aside: &[&Curve], x: (f64, f64)) -> (f64, f64) {
    let width = x.1 - x.0;
    let extents =
        |curves: &[&Curve]| -> Vec<Extent> { curves.iter().map(|curve| Extent::of(curve, x)).collect() };
    let mut all = together(&extents(curves), width);
    let beside = together(&extents(aside), width);
    all = match all.size() {
        0.0 => all.with(beside),
        size => {
            let fits = |span: Span| span.size() <= 4.0 * size && span.within(all.widened(4.0 * size)) == span;
            all.with(if fits(beside) { beside } else { beside.within(all.widened(size)) })
        }
    };
    let Span(low, high) = all;
    if low > high {
        return (-1.0, 1.0);
    }
    let margin = match high - low {
        size if size > 1e-12 * low.abs().max(high.abs()) => 0.05 * size,
        _ => (low.abs() / 2.0).max(1.0),
    };
    (low - margin, high + margin)
}

/// What should be seen of several curves of the same rank.
fn together(extents: &[Extent], width: f64) -> Span {
    let sizes = extents.iter().map(|extent| extent.characteristic.size()).filter(|&size| size > 0.0);
    let smallest = sizes.fold(f64::INFINITY, f64::min);
    // What is as high as the lowest curve, more or less, must be seen whole.
    let near = |extent: &&Extent| extent.characteristic.size() <= 15.0 * smallest;
    let characteristic =
        extents.iter().filter(near).fold(Span::EMPTY, |all, extent| all.with(extent.characteristic));
    let mut all = characteristic;
    for extent in extents {
        let own = extent.characteristic.size();
        let cut = |span: Span, most: f64| span.within(extent.characteristic.widened(most));
        let (fast, pole) = match own {
            0.0 => (width, width / 2.0),
            own => (f64::max(4.0 * own, width / 4.0), 1.5 * own),
        };
        all = all.with(extent.characteristic).with(extent.straight);
        all = all.with(cut(extent.fast, fast)).with(cut(extent.pole, pole));
    }
    if extents.len() > 1 {
        all = all.within(characteristic.widened(f64::max(4.0 * characteristic.size(), width / 2.0)));
    }
    all.with(characteristic)
}

/// A range that may be empty.
#[derive(Clone, Copy, PartialEq)]
struct Span(f64, f64);

impl Span {
    const EMPTY: Span = Span(f64::INFINITY, f64::NEG_INFINITY);

    fn with(self, other: Span) -> Span {
        Span(self.0.min(other.0), self.1.max(other.1))
    }

    fn and(self, y: f64) -> Span {
        self.with(Span(y, y))
    }

    fn size(self) -> f64 {
        (self.1 - self.0).max(0.0)
    }

    fn widened(self, by: f64) -> Span {
        if self.0 > self.1 { Span(-by, by) } else { Span(self.0 - by, self.1 + by) }
    }

    /// Both ends moved into another range; an empty one stays empty.
    fn within(self, other: Span) -> Span {
        if self.0 > self.1 {
            return self;
        }
        Span(self.0.clamp(other.0, other.1), self.1.clamp(other.0, other.1))
    }
}

struct Extent {
    /// Turning points, ends, values that it settles at.
    characteristic: Span,
    /// Ends of lines as straight as can be.
    straight: Span,
    /// Ends of what bends away.
    fast: Span,
    /// Ends at poles.
    pole: Span,
}

impl Extent {
    fn of(curve: &Curve, x: (f64, f64)) -> Extent {
        let none = Span::EMPTY;
        let mut extent = Extent { characteristic: none, straight: none, fast: none, pole: none };
        let centre = if x.0 <= 0.0 && 0.0 <= x.1 { 0.0 } else { x.0 + (x.1 - x.0) / 2.0 };
        let beside =
            |at: f64, part: f64| curve.poles.iter().any(|pole| (pole - at).abs() <= (x.1 - x.0) * part);
        let is_pole = |at: f64| beside(at, 1e-3);
        let origin = nearest(curve, centre, |at| beside(at, 0.05));
        if let Some((_, y)) = origin {
            extent.characteristic = extent.characteristic.and(y);
        }
        for piece in &curve.pieces {
            for three in piece.windows(3) {
                let (before, here, after) = (three[0].1, three[1].1, three[2].1);
                if (here > before) != (after > here) && !is_pole(three[1].0) {
                    extent.characteristic = extent.characteristic.and(here);
                }
            }
        }
        for piece in &curve.pieces {
            let reversed: Vec<Point> = piece.iter().rev().copied().collect();
            for (line, edge) in [(piece, x.1), (&reversed, x.0)] {
                let Some(&end) = line.last() else { continue };
                // What is about to overflow is as good as infinite.
                if is_pole(end.0) || end.1.abs() >= 1e290 {
                    extent.pole = extent.pole.and(end.1);
                } else if end.0 == edge {
                    extent.add_edge(line, origin.unwrap_or(end));
                } else {
                    extent.characteristic = extent.characteristic.and(end.1);
                }
            }
        }
        extent
    }

    /// The end of a line at the edge of the chart: does it settle there, go on straight, or bend away?
    fn add_edge(&mut self, line: &[Point], origin: Point) {
        let Some(&end) = line.last() else { return };
        let way = (end.0 - origin.0).abs();
        let before = line.iter().rev().find(|point| (point.0 - end.0).abs() >= 0.02 * way);
        let slope = before.map_or(0.0, |before| ((end.1 - before.1) / (end.0 - before.0)).abs());
        let rise = (end.1 - origin.1).abs().max(self.characteristic.size());
        let span = match slope * way / rise {
            ratio if ratio.is_nan() || ratio < 0.25 => &mut self.characteristic,
            ratio if ratio < 1.5 => &mut self.straight,
            _ => &mut self.fast,
        };
        *span = span.and(end.1);
    }
}

/// The point nearest to an x, not beside a pole.
fn nearest(curve: &Curve, x: f64, is_pole: impl Fn(f64) -> bool) -> Option<Point> {
    let distance = |point: &Point| (point.0 - x).abs();
    curve.points().filter(|point| !is_pole(point.0)).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: (f64, f64) = (-5.0, 5.0);

    fn range(functions: &[fn(f64) -> f64]) -> (f64, f64) {
        let curves: Vec<Curve> = functions.iter().map(|f| Curve::trace(f, X, &[])).collect();
        y_range(&curves.iter().collect::<Vec<_>>(), X)
    }

    #[track_caller]
    fn assert_shows(functions: &[fn(f64) -> f64], low: f64, high: f64, most: f64) {
        let (from, to) = range(functions);
        assert!(from <= low && high <= to, "{from}..{to} does not show {low}..{high}");
        assert!(to - from <= most, "{from}..{to} is more than {most}");
    }

    #[test]
    fn bounded_functions_are_seen_whole() {
        assert_shows(&[f64::tanh], -0.9999, 0.9999, 2.3);
        assert_shows(&[f64::sin], -1.0, 1.0, 2.3);
        assert_shows(&[|x| 1000.0 * x.tanh()], -999.0, 999.0, 2300.0);
        assert_shows(&[|x| 1000.0 + x.tanh()], 999.1, 1000.9, 2.3);
        assert_shows(&[|x| if x > 0.0 { 1.0 } else { 0.0 }], 0.0, 1.0, 1.3);
        assert_shows(&[|_| 3.0], 2.5, 3.5, 4.0);
        assert_shows(&[|_| 0.0], -0.5, 0.5, 4.0);
        assert_shows(&[|_| f64::NAN], 0.0, 0.0, 4.0);
    }

    #[test]
    fn growth_is_seen_as_far_as_it_does_not_flatten_the_rest() {
        assert_shows(&[|x| x.max(0.0)], 0.0, 5.0, 6.0);
        assert_shows(&[|x| 1000.0 * x], -5000.0, 5000.0, 12_000.0);
        assert_shows(&[f64::exp], 0.01, 4.0, 15.0);
        assert_shows(&[|x| x.exp().exp()], 1.01, 5.0, 20.0);
        assert_shows(&[|x| 1.0 / x], -1.0, 1.0, 30.0);
        assert_shows(&[f64::ln], -2.0, 1.6, 30.0);
        assert_shows(&[f64::tan], -2.0, 2.0, 30.0);
        assert_shows(&[f64::tanh, |x| 1000.0 * x], -2.0, 2.0, 20.0);
        assert_shows(&[f64::tanh, |x| x.powi(9)], -2.0, 2.0, 20.0);
        assert_shows(&[|x| x.max(0.0), |x| if x > 0.0 { 1.0 } else { 0.0 }], 0.0, 5.0, 6.0);
        assert_shows(&[|x| 100.0 * x.tanh(), f64::tanh], -1.0, 1.0, 20.0);
    }

    #[test]
    fn what_is_aside_does_not_flatten_the_rest() {
        let trace = |f: fn(f64) -> f64| Curve::trace(f, X, &[]);
        let f = trace(|x| (1000.0 * x).tanh());
        let slope = trace(|x| 1000.0 / (1000.0 * x).cosh().powi(2));
        let (low, high) = y_range_beside(&[&f], &[&slope], X);
        assert!(low < -1.0 && high > 1.0 && high - low < 14.0, "{low}..{high}");
        let (low, high) = y_range_beside(&[&trace(f64::tanh)], &[&trace(|x| 5.0 / x.cosh().powi(2))], X);
        assert!(low < -1.0 && high > 5.0, "{low}..{high}");
    }
}
