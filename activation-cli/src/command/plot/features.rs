//! What is worth seeing of a function, from its analysis.

use super::range::Places;
use crate::subject::Subject;
use activation_analysis::{Analysis, Asymptote, Interval, KinkKind};

/// Places and lines that a plot shows.
pub(super) struct Features {
    /// Where f is not smooth.
    pub(super) breaks: Vec<f64>,
    /// Kinks of f, and of f': x and the value there.
    pub(super) kinks: [Vec<(f64, f64)>; 2],
    /// What f approaches, without being it.
    pub(super) asymptotes: Vec<Asymptote>,
    /// Where |f'| is small.
    pub(super) saturated: Vec<Interval>,
    /// What should be in the picture.
    pub(super) places: Places,
    /// In words.
    pub(super) description: String,
}

impl Features {
    pub(super) fn of(subject: &Subject, analysis: &Analysis) -> Features {
        let breaks: Vec<f64> = analysis.kinks.iter().map(|kink| kink.x).collect();
        let of_kind = |kind: KinkKind| analysis.kinks.iter().filter(move |kink| kink.kind == kind);
        let kinks = of_kind(KinkKind::Kink).map(|kink| (kink.x, kink.value));
        let bends = of_kind(KinkKind::Bend).filter_map(|kink| Some((kink.x, kink.slopes.left?)));
        let finite = |points: Vec<(f64, f64)>| -> Vec<(f64, f64)> {
            points.into_iter().filter(|point| point.1.is_finite()).collect()
        };
        let saturated = analysis.saturation.intervals.clone();
        Features {
            kinks: [finite(kinks.collect()), finite(bends.collect())],
            asymptotes: asymptotes(subject, analysis),
            places: places(analysis),
            description: description(analysis),
            breaks,
            saturated,
        }
    }
}

/// Without those that the function is itself, as relu is 0.
fn asymptotes(subject: &Subject, analysis: &Analysis) -> Vec<Asymptote> {
    let ends = [(analysis.asymptotes.left, -1.0), (analysis.asymptotes.right, 1.0)];
    let mut found: Vec<Asymptote> = Vec::new();
    for (asymptote, side) in ends {
        let Some(asymptote) = asymptote else { continue };
        let is_itself = [10.0, 30.0, 100.0].iter().all(|distance| {
            let x = side * distance;
            let line = asymptote.slope * x + asymptote.offset;
            (subject.value(activation_core::Output::Forward, x) - line).abs() <= 1e-14 * line.abs()
        });
        // Functions that go there exponentially are there at 100.
        let is_near = {
            let (x, turn) = (side * 3.0, analysis.kinks.iter().any(|kink| kink.x.abs() > 3.0));
            let line = asymptote.slope * x + asymptote.offset;
            let value = subject.value(activation_core::Output::Forward, x);
            !turn && (value - line).abs() > 1e-12 * (1.0 + line.abs())
        };
        if (!is_itself || is_near) && !found.contains(&asymptote) {
            found.push(asymptote);
        }
    }
    found
}

/// Finite places, those nearest to 0 first where there are many.
fn places(analysis: &Analysis) -> Places {
    /// More than these belong to functions that go on like that for ever.
    const MOST: usize = 12;
    let mut inner: Vec<f64> = analysis.kinks.iter().map(|kink| kink.x).collect();
    inner.extend(&analysis.zeros.points);
    inner.extend(analysis.zeros.intervals.iter().flat_map(|interval| [interval.low, interval.high]));
    inner.extend(analysis.extrema.iter().map(|extremum| extremum.x));
    inner.extend(analysis.inflections.iter().map(|inflection| inflection.x));
    inner.retain(|place| place.is_finite());
    // Beside a flat zero values vanish in f64 a little earlier.
    inner.iter_mut().filter(|place| place.abs() < 1e-50).for_each(|place| *place = 0.0);
    inner.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    inner.dedup();
    // Where they crowd at 0, as those of sin(1/x), the outer ones are the ones to see.
    let mut distances: Vec<f64> = inner.iter().map(|place| place.abs()).filter(|&size| size > 0.0).collect();
    distances.dedup_by(|a, b| *a <= 1.001 * *b);
    if inner.len() > MOST
        && let ([nearest, next, ..], [.., last, outermost]) = (distances.as_slice(), distances.as_slice())
        && next - nearest < 0.1 * (outermost - last)
    {
        inner.reverse();
    }
    inner.truncate(MOST);
    let low = inner.iter().copied().fold(f64::INFINITY, f64::min);
    let high = inner.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let is_bounded = analysis.range.low.value.is_finite() && analysis.range.high.value.is_finite();
    let settles = |limit: Option<f64>| limit.map_or(is_bounded, f64::is_finite);
    let left = analysis.saturation.intervals.first().filter(|part| part.low == f64::NEG_INFINITY);
    let right = analysis.saturation.intervals.last().filter(|part| part.high == f64::INFINITY);
    let left = left
        .map(|part| part.high)
        .filter(|&end| settles(analysis.limits.left) && end.is_finite() && end <= low);
    let right = right
        .map(|part| part.low)
        .filter(|&end| settles(analysis.limits.right) && end.is_finite() && high <= end);
    let domain = match (analysis.domain.first(), analysis.domain.last()) {
        (Some(first), Some(last)) => (first.low, last.high),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    Places { inner, tails: left.into_iter().chain(right).collect(), domain }
}

fn description(analysis: &Analysis) -> String {
    use activation_chart::number;
    let mut parts = Vec::new();
    let (low, high) = (analysis.range.low.value, analysis.range.high.value);
    if low.is_finite() || high.is_finite() {
        let end = |value: f64| {
            if value.is_finite() {
                number(value)
            } else if value > 0.0 {
                "infinity".into()
            } else {
                "-infinity".into()
            }
        };
        parts.push(format!("values from {} to {}", end(low), end(high)));
    }
    for extremum in analysis.extrema.iter().take(3) {
        let kind = if extremum.is_maximum { "maximum" } else { "minimum" };
        parts.push(format!("{kind} {} at {}", number(extremum.value), number(extremum.x)));
    }
    let at = |kind: KinkKind| {
        let places: Vec<String> = analysis
            .kinks
            .iter()
            .filter(|kink| kink.kind == kind)
            .take(4)
            .map(|kink| number(kink.x))
            .collect();
        places.join(", ")
    };
    for (kind, word) in [(KinkKind::Kink, "kink"), (KinkKind::Jump, "jump"), (KinkKind::Pole, "pole")] {
        if !at(kind).is_empty() {
            parts.push(format!("{word} at {}", at(kind)));
        }
    }
    parts.join("; ")
}
