//! From a chart to shapes: title and legend on top, axes around, and lines cut at the edges.

use crate::axis::Scale;
use crate::chart::{Chart, Guide, Series};
use crate::curve::Point;
use crate::metrics::{fitted, width};
use crate::palette::DASHES;
use crate::picture::{Anchor, Paint, Picture, Shape};

/// Height of labels.
const FONT: f64 = 12.0;
/// Height of the title.
const TITLE: f64 = 15.0;
/// Height of a row of the legend.
const ROW: f64 = 18.0;
/// Length of a line in the legend.
const SAMPLE: f64 = 26.0;
/// Around everything.
const MARGIN: f64 = 10.0;
/// The part of the height that the legend may take.
const LEGEND_PART: f64 = 0.4;
/// Points that are nearer to the line without them are left out.
const UNSEEN: f64 = 0.08;

const FAINT: Paint = Paint::Ink(0.13);
const STRONG: Paint = Paint::Ink(0.55);
const SHADE: Paint = Paint::Ink(0.07);
/// The opacity of ribbons.
const RIBBON: f64 = 0.2;
const GUIDE: Paint = Paint::Ink(0.6);
const GUIDE_DASH: &[f64] = &[5.0, 4.0];

/// Where in the picture the curves are.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: (f64, f64),
    y: (f64, f64),
}

impl Frame {
    fn x(&self, x: f64) -> f64 {
        self.left + (x - self.x.0) / (self.x.1 - self.x.0) * (self.right - self.left)
    }

    fn y(&self, y: f64) -> f64 {
        self.bottom - (y - self.y.0) / (self.y.1 - self.y.0) * (self.bottom - self.top)
    }
}

pub(crate) fn picture(chart: &Chart) -> Picture {
    let (total_width, total_height) = (f64::from(chart.size.0), f64::from(chart.size.1));
    let mut shapes = Vec::new();
    let mut top = MARGIN;
    if !chart.title.is_empty() {
        let text = fitted(&chart.title, TITLE, total_width - 2.0 * MARGIN);
        let (x, y) = (total_width / 2.0, top + TITLE);
        shapes.push(Shape::Text { x, y, text, size: TITLE, anchor: Anchor::Middle, upwards: false });
        top += TITLE + 9.0;
    }
    let guides = chart.all_guides();
    top = legend(chart, &guides, top, &mut shapes) + 10.0;

    let below = FONT + 10.0 + if chart.x_label.is_empty() { 0.0 } else { FONT + 6.0 };
    let bottom = (total_height - MARGIN - below).max(top + 20.0);
    let (y_ticks, y_labels) = chart.y_scale.ticks(chart.y, ((bottom - top) / 45.0) as usize + 1);
    let widest = y_labels.iter().map(|label| width(label, FONT)).fold(0.0, f64::max);
    let beside = if chart.y_label.is_empty() { 0.0 } else { FONT + 8.0 };
    let left = MARGIN + beside + widest + 6.0;
    let mut frame = Frame { left, right: total_width - MARGIN - 6.0, top, bottom, x: chart.x, y: chart.y };
    let (mut x_ticks, mut x_labels) =
        chart.x_scale.ticks(chart.x, ((frame.right - left) / 70.0) as usize + 1);
    // Long numbers need more room than short ones.
    let longest = x_labels.iter().map(|label| width(label, FONT)).fold(0.0, f64::max);
    if longest > 50.0 {
        let fewer = ((frame.right - left) / (longest + 20.0)) as usize;
        (x_ticks, x_labels) = chart.x_scale.ticks(chart.x, fewer);
    }
    if let (Some(&last), Some(label)) = (x_ticks.last(), x_labels.last()) {
        let over = frame.x(last) + width(label, FONT) / 2.0 - (total_width - 2.0);
        frame.right -= over.max(0.0);
    }

    bands(chart, &frame, &mut shapes);
    grid(chart, &frame, (&x_ticks, &x_labels), (&y_ticks, &y_labels), &mut shapes);
    axis_labels(chart, &frame, &mut shapes);
    for guide in &guides {
        let points = match *guide {
            Guide::Vertical(x) => vec![(x, frame.y.0), (x, frame.y.1)],
            Guide::Line { slope, intercept } => {
                [frame.x.0, frame.x.1].map(|x| (x, slope * x + intercept)).to_vec()
            }
        };
        lines(&frame, &points, GUIDE, 1.2, GUIDE_DASH, &mut shapes);
    }
    for ribbon in &chart.ribbons {
        let (low, high) = frame.y;
        let edge = |x: f64, y: f64| (frame.x(x), frame.y(y.clamp(low, high)));
        let inside = || ribbon.points.iter().filter(|point| frame.x.0 <= point.0 && point.0 <= frame.x.1);
        let lower = inside().map(|&(x, lower, _)| edge(x, lower));
        let points = lower.chain(inside().rev().map(|&(x, _, upper)| edge(x, upper))).collect();
        shapes.push(Shape::Polygon { points, paint: Paint::Tint(ribbon.colour, RIBBON) });
    }
    for series in &chart.series {
        for piece in &series.curve.pieces {
            let dash = DASHES[series.dash % DASHES.len()];
            lines(&frame, piece, Paint::Colour(series.colour), series.width, dash, &mut shapes);
        }
    }
    marks(chart, &frame, &mut shapes);
    let (title, description) = (chart.title.clone(), chart.description.clone());
    Picture { width: total_width, height: total_height, title, description, shapes }
}

/// Writes the legend from `top` downwards; returns where it ends.
fn legend(chart: &Chart, guides: &[Guide], top: f64, shapes: &mut Vec<Shape>) -> f64 {
    let (left, right) = (MARGIN + 10.0, f64::from(chart.size.0) - MARGIN);
    let lowest = top + (LEGEND_PART * f64::from(chart.size.1)).max(ROW);
    let entries = entries(chart, guides);
    let (mut x, mut y) = (left, top);
    for (index, (label, sample)) in entries.iter().enumerate() {
        let label = fitted(label, FONT, right - left - SAMPLE - 6.0);
        let wide = SAMPLE + 6.0 + width(&label, FONT);
        if x > left && x + wide > right {
            (x, y) = (left, y + ROW);
        }
        let middle = y + ROW / 2.0;
        let mut write = |x: f64, text: String| {
            let y = middle + FONT * 0.36;
            shapes.push(Shape::Text { x, y, text, size: FONT, anchor: Anchor::Start, upwards: false });
        };
        if y + 2.0 * ROW > lowest && index + 1 < entries.len() && x > left {
            // The last row, unless all of the rest fits into it.
            let rest: f64 =
                entries[index..].iter().map(|(label, _)| SAMPLE + 24.0 + width(label, FONT)).sum();
            if x + rest - 18.0 > right && x + wide + 100.0 > right {
                write(x, format!("and {} more", entries.len() - index));
                return y + ROW;
            }
        }
        write(x + SAMPLE + 6.0, label);
        sample.draw(x, middle, shapes);
        x += wide + 18.0;
    }
    if entries.is_empty() { top } else { y + ROW }
}

/// What the legend shows beside a label.
enum Sample<'c> {
    Line(&'c Series),
    Guide,
    Shade,
    Strip,
    Kink,
    Jump,
}

fn entries<'c>(chart: &'c Chart, guides: &[Guide]) -> Vec<(&'c str, Sample<'c>)> {
    let mut entries: Vec<(&str, Sample<'_>)> =
        chart.series.iter().map(|series| (series.label.as_str(), Sample::Line(series))).collect();
    if chart.kinks.iter().any(|kink| chart.shows(kink.x, kink.y)) {
        entries.push(("kink", Sample::Kink));
    }
    let jumps = chart.series.iter().flat_map(|series| &series.curve.jumps);
    if jumps.into_iter().any(|jump| chart.shows(jump.x, jump.value)) {
        entries.push(("value at a jump", Sample::Jump));
    }
    if !guides.is_empty() {
        entries.push(("asymptote", Sample::Guide));
    }
    if let Some(band) = chart.visible_bands().next() {
        let sample = if band.strip.is_some() { Sample::Strip } else { Sample::Shade };
        entries.push((&chart.band_label, sample));
    }
    entries
}

impl Sample<'_> {
    fn draw(&self, x: f64, y: f64, shapes: &mut Vec<Shape>) {
        let points = vec![(x, y), (x + SAMPLE, y)];
        let middle = x + SAMPLE / 2.0;
        shapes.push(match self {
            Sample::Line(series) => Shape::Line {
                points,
                paint: Paint::Colour(series.colour),
                width: series.width,
                dash: DASHES[series.dash % DASHES.len()],
            },
            Sample::Guide => Shape::Line { points, paint: GUIDE, width: 1.2, dash: GUIDE_DASH },
            Sample::Shade => {
                Shape::Area { x, y: y - 6.0, width: SAMPLE, height: 12.0, paint: Paint::Ink(0.12) }
            }
            Sample::Strip => Shape::Area { x, y: y - 2.0, width: SAMPLE, height: 4.0, paint: STRONG },
            Sample::Kink => Shape::Diamond { x: middle, y, radius: 6.0, paint: Paint::Ink(0.8) },
            Sample::Jump => {
                Shape::Dot { x: middle, y, radius: 3.2, rim: Paint::Ink(0.8), fill: Paint::Ink(0.8) }
            }
        });
    }
}

fn bands(chart: &Chart, frame: &Frame, shapes: &mut Vec<Shape>) {
    for band in chart.visible_bands() {
        let (from, to) = (band.from.max(frame.x.0), band.to.min(frame.x.1));
        let (x, width) = (frame.x(from), frame.x(to) - frame.x(from));
        shapes.push(match band.strip {
            None => {
                let (y, height) = (frame.top, frame.bottom - frame.top);
                Shape::Area { x, y, width, height, paint: SHADE }
            }
            Some((row, colour)) => {
                let y = frame.bottom - 5.0 - 5.0 * row as f64;
                Shape::Area { x, y, width, height: 4.0, paint: Paint::Colour(colour) }
            }
        });
    }
}

fn grid(
    chart: &Chart,
    frame: &Frame,
    (x_ticks, x_labels): (&[f64], &[String]),
    (y_ticks, y_labels): (&[f64], &[String]),
    shapes: &mut Vec<Shape>,
) {
    let mut line = |points: [(f64, f64); 2], paint: Paint| {
        shapes.push(Shape::Line { points: points.to_vec(), paint, width: 1.0, dash: &[] });
    };
    // Behind every coordinate a half: lines of width 1 are sharp then.
    let sharp = |at: f64| at.floor() + 0.5;
    // Among powers of ten none is a zero.
    let weight =
        |tick: f64, scale: Scale| if tick == 0.0 && scale != Scale::PowersOfTen { STRONG } else { FAINT };
    for &tick in x_ticks {
        let x = sharp(frame.x(tick));
        line([(x, frame.top), (x, frame.bottom)], weight(tick, chart.x_scale));
    }
    for &tick in y_ticks {
        let y = sharp(frame.y(tick));
        line([(frame.left, y), (frame.right, y)], weight(tick, chart.y_scale));
    }
    let mut write = |x: f64, y: f64, text: &str, anchor: Anchor| {
        let text = text.replace('-', "\u{2212}");
        shapes.push(Shape::Text { x, y, text, size: FONT, anchor, upwards: false });
    };
    for (&tick, label) in x_ticks.iter().zip(x_labels) {
        write(frame.x(tick), frame.bottom + FONT + 5.0, label, Anchor::Middle);
    }
    for (&tick, label) in y_ticks.iter().zip(y_labels) {
        write(frame.left - 6.0, frame.y(tick) + FONT * 0.36, label, Anchor::End);
    }
}

fn axis_labels(chart: &Chart, frame: &Frame, shapes: &mut Vec<Shape>) {
    let mut write = |x: f64, y: f64, text: &str, room: f64, upwards: bool| {
        let text = fitted(text, FONT, room);
        shapes.push(Shape::Text { x, y, text, size: FONT, anchor: Anchor::Middle, upwards });
    };
    if !chart.x_label.is_empty() {
        let (middle, room) = ((frame.left + frame.right) / 2.0, frame.right - frame.left);
        write(middle, frame.bottom + 2.0 * FONT + 11.0, &chart.x_label, room, false);
    }
    if !chart.y_label.is_empty() {
        let (middle, room) = ((frame.top + frame.bottom) / 2.0, frame.bottom - frame.top);
        write(MARGIN + FONT - 2.0, middle, &chart.y_label, room, true);
    }
}

fn marks(chart: &Chart, frame: &Frame, shapes: &mut Vec<Shape>) {
    for kink in chart.kinks.iter().filter(|kink| chart.shows(kink.x, kink.y)) {
        let (x, y) = (frame.x(kink.x), frame.y(kink.y));
        shapes.push(Shape::Diamond { x, y, radius: 6.0, paint: Paint::Colour(kink.colour) });
    }
    for series in &chart.series {
        let rim = Paint::Colour(series.colour);
        for jump in &series.curve.jumps {
            let mut dot = |y: f64, fill: Paint| {
                if chart.shows(jump.x, y) {
                    shapes.push(Shape::Dot { x: frame.x(jump.x), y: frame.y(y), radius: 3.2, rim, fill });
                }
            };
            for y in [jump.left, jump.right] {
                if y != jump.value {
                    dot(y, Paint::Paper);
                }
            }
            dot(jump.value, rim);
        }
    }
}

/// Draws a line, as far as it is in the frame.
fn lines(
    frame: &Frame,
    points: &[Point],
    paint: Paint,
    width: f64,
    dash: &'static [f64],
    shapes: &mut Vec<Shape>,
) {
    for part in cut(points, frame.y) {
        let placed: Vec<Point> = part.iter().map(|&(x, y)| (frame.x(x), frame.y(y))).collect();
        shapes.push(Shape::Line { points: thinned(&placed), paint, width, dash });
    }
}

/// The parts of a line between two heights.
pub(crate) fn cut(points: &[Point], (low, high): (f64, f64)) -> Vec<Vec<Point>> {
    let inside = |y: f64| low <= y && y <= high;
    let mut parts = Vec::new();
    let mut part: Vec<Point> = points.first().copied().filter(|point| inside(point.1)).into_iter().collect();
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let mut ends: Vec<f64> = Vec::new();
        for height in [low, high] {
            let share = (height - a.1) / (b.1 - a.1);
            if (a.1 < height) != (b.1 < height) && (0.0..=1.0).contains(&share) {
                ends.push(share);
            }
        }
        ends.sort_by(f64::total_cmp);
        let at = |share: f64| (a.0 + (b.0 - a.0) * share, (a.1 + (b.1 - a.1) * share).clamp(low, high));
        match (inside(a.1), inside(b.1), ends.as_slice()) {
            (true, true, _) => part.push(b),
            (true, false, [.., share]) => {
                part.push(at(*share));
                parts.push(std::mem::take(&mut part));
            }
            (false, true, [share, ..]) => part = vec![at(*share), b],
            (false, false, [first, second]) => parts.push(vec![at(*first), at(*second)]),
            (true, false, []) => parts.push(std::mem::take(&mut part)),
            (false, true, []) => part = vec![b],
            (false, false, _) => {}
        }
    }
    if part.len() > 1 {
        parts.push(part);
    }
    parts
}

/// The line without points that cannot be seen (Douglas and Peucker, 1973).
fn thinned(points: &[Point]) -> Vec<Point> {
    let mut kept = vec![false; points.len()];
    let mut open = vec![(0, points.len().saturating_sub(1))];
    while let Some((first, last)) = open.pop() {
        kept[first] = true;
        kept[last] = true;
        let (a, b) = (points[first], points[last]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx.hypot(dy).max(1e-9);
        let distance = |point: &Point| (dy * (point.0 - a.0) - dx * (point.1 - a.1)).abs() / length;
        let between = points.iter().enumerate().take(last).skip(first + 1);
        let worst = between.max_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
        if let Some((index, _)) = worst.filter(|(_, point)| distance(point) > UNSEEN) {
            open.extend([(first, index), (index, last)]);
        }
    }
    points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(&point, _)| point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Curve, Ribbon, y_range};

    #[test]
    fn lines_are_cut_at_the_edges() {
        let parts = cut(&[(0.0, -2.0), (1.0, 2.0), (2.0, 0.0), (3.0, 0.5), (4.0, 4.5)], (-1.0, 1.0));
        assert_eq!(
            parts,
            [vec![(0.25, -1.0), (0.75, 1.0)], vec![(1.5, 1.0), (2.0, 0.0), (3.0, 0.5), (3.125, 1.0)],]
        );
        assert!(cut(&[(0.0, 3.0), (1.0, 5.0)], (-1.0, 1.0)).is_empty());
    }

    #[test]
    fn straight_lines_need_two_points() {
        let points: Vec<Point> = (0..100).map(|x| (f64::from(x), f64::from(x.max(50)))).collect();
        assert_eq!(thinned(&points), [(0.0, 50.0), (50.0, 50.0), (99.0, 99.0)]);
    }

    #[test]
    fn ribbons_lie_under_the_curves_and_in_the_frame() {
        let mut chart = Chart::new("", (0.0, 2.0), (-1.0, 1.0));
        chart.add("f", Curve { pieces: vec![vec![(0.0, 0.0), (2.0, 0.5)]], ..Curve::default() });
        let colour = chart.series[0].colour;
        chart.ribbons.push(Ribbon { points: vec![(0.0, -3.0, 0.2), (2.0, 0.4, 0.6)], colour });
        let shapes = chart.picture().shapes;
        let at = |is: fn(&Shape) -> bool| shapes.iter().rposition(is).expect("it is drawn");
        let ribbon = at(|shape| matches!(shape, Shape::Polygon { .. }));
        assert!(ribbon < at(|shape| matches!(shape, Shape::Line { paint: Paint::Colour(_), .. })));
        let Shape::Polygon { points, .. } = &shapes[ribbon] else { unreachable!("it was just found") };
        assert_eq!(points.len(), 4);
        assert!(points.iter().all(|&(x, y)| (0.0..=640.0).contains(&x) && (0.0..=400.0).contains(&y)));
        assert!(chart.svg(crate::Theme::Page).contains("fill-opacity=\"0.2\""));
    }

    #[test]
    fn everything_lies_in_the_picture_and_no_text_on_another() {
        let functions: [fn(f64) -> f64; 4] = [f64::exp, |x| x.max(0.0), |x| 1.0 / x, |x| 1e9 * x.sin()];
        for (x, size) in [((-5.0, 5.0), (640, 400)), ((-1e-9, 3e-9), (320, 240)), ((0.0, 1e12), (900, 300))] {
            for count in 1..=functions.len() {
                let curves: Vec<Curve> = functions[..count].iter().map(|f| Curve::trace(f, x, &[])).collect();
                let y = y_range(&curves.iter().collect::<Vec<_>>(), x);
                let mut chart = Chart::new("A title", x, y);
                (chart.size, chart.y_label) = (size, "value".to_owned());
                for (index, curve) in curves.into_iter().enumerate() {
                    chart.add(format!("a function of a long name, number {index}"), curve);
                }
                assert_tidy(&chart.picture());
            }
        }
    }

    /// Every point and every text is inside, and texts keep apart.
    fn assert_tidy(picture: &Picture) {
        let mut boxes: Vec<(f64, f64, f64, f64, &str)> = Vec::new();
        for shape in &picture.shapes {
            match shape {
                Shape::Line { points, .. } => {
                    for &(x, y) in points {
                        assert!((0.0..=picture.width).contains(&x) && (0.0..=picture.height).contains(&y));
                    }
                }
                Shape::Text { x, y, text, size, anchor, upwards } => {
                    // As drawn in Helvetica, without the allowance.
                    let wide = width(text, *size) / 1.12;
                    let before = match anchor {
                        Anchor::Start => 0.0,
                        Anchor::Middle => wide / 2.0,
                        Anchor::End => wide,
                    };
                    let (x, y, wide, high) = match upwards {
                        true => (x - size * 0.8, y - before, *size, wide),
                        false => (x - before, y - size * 0.75, wide, size * 0.9),
                    };
                    assert!(x >= 0.0 && y >= 0.0, "{text} at {x}, {y}");
                    assert!(
                        x + wide <= picture.width && y + high <= picture.height,
                        "{text} at {x}, {y}: {picture:?}"
                    );
                    boxes.push((x, y, wide, high, text));
                }
                _ => {}
            }
        }
        for (index, a) in boxes.iter().enumerate() {
            for b in &boxes[..index] {
                let apart = a.0 + a.2 <= b.0 || b.0 + b.2 <= a.0 || a.1 + a.3 <= b.1 || b.1 + b.3 <= a.1;
                assert!(apart, "{} lies on {}", a.4, b.4);
            }
        }
    }
}
