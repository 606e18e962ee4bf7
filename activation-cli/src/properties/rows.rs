//! The analysis as rows of a table: what `show` prints below the formulas, and `compare` side by side.

use super::Properties;
use super::json::{monotone, smoothness};
use activation_analysis::{
    Asymptote, Bend, Bound, FixedVariances, Interval, KinkKind, Moment, Monotone, Parity, Points, Property,
    domain, interval, percent, short,
};

/// A property with a short text.
pub(crate) struct Row {
    /// For programs: the name of it in JSON.
    pub(crate) key: &'static str,
    /// For people.
    pub(crate) label: String,
    pub(crate) text: String,
}

/// Longer lists are cut.
const MOST: usize = 3;

/// A list, and where there may be more than it has.
fn some(texts: Vec<String>, unknown: &[Interval]) -> String {
    let more = texts.len().saturating_sub(MOST);
    let mut shown = texts.into_iter().take(MOST).collect::<Vec<_>>().join(", ");
    if shown.is_empty() {
        shown += if unknown.is_empty() { "none" } else { "none found" };
    }
    if more > 0 {
        shown += &format!(" and {more} more");
    }
    match unknown {
        [] => shown,
        unknown => {
            let parts: Vec<String> = unknown.iter().take(MOST).map(|&part| interval(part)).collect();
            let others = if unknown.len() > MOST { " and elsewhere" } else { "" };
            format!("{shown}; not known in {}{others}", parts.join(", "))
        }
    }
}

/// Those nearest to 0 first: of many, these are worth a word.
fn nearest(points: impl Iterator<Item = f64>) -> Vec<String> {
    let mut points: Vec<f64> = points.collect();
    points.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    points.into_iter().map(short).collect()
}

fn points<T>(points: &Points<T>, x: impl Fn(&T) -> f64) -> String {
    let mut texts: Vec<String> = points.intervals.iter().map(|&part| interval(part)).collect();
    texts.extend(nearest(points.points.iter().map(x)));
    some(texts, &points.unknown)
}

fn intervals(parts: &[Interval], unknown: &[Interval]) -> String {
    some(parts.iter().map(|&part| interval(part)).collect(), unknown)
}

fn range(low: Bound, high: Bound) -> String {
    let (open, close) = (if low.attained { '[' } else { '(' }, if high.attained { ']' } else { ')' });
    format!("{open}{}, {}{close}", short(low.value), short(high.value))
}

fn line(line: Option<Asymptote>, limit: Option<f64>) -> String {
    match (line, limit) {
        (Some(line), _) if line.slope == 0.0 => format!("y = {}", short(line.offset)),
        (Some(line), _) => {
            let slope = match line.slope {
                1.0 => "x".to_owned(),
                -1.0 => "-x".to_owned(),
                slope => format!("{} x", short(slope)),
            };
            match line.offset {
                0.0 => format!("y = {slope}"),
                offset if offset < 0.0 => format!("y = {slope} - {}", short(-offset)),
                offset => format!("y = {slope} + {}", short(offset)),
            }
        }
        (None, Some(limit)) => short(limit),
        (None, None) => "no limit known".to_owned(),
    }
}

fn moment(moment: Moment) -> String {
    match moment {
        Moment::Finite(value) => short(value),
        Moment::Infinite => "infinite".to_owned(),
        Moment::Undefined => "undefined".to_owned(),
        Moment::Unknown => "not known".to_owned(),
    }
}

fn probability(probability: Option<f64>) -> String {
    probability.map_or_else(|| "not known".to_owned(), percent)
}

fn gain(gain: Option<f64>) -> String {
    gain.map_or_else(|| "none".to_owned(), short)
}

fn fixed(fixed: Option<&FixedVariances>) -> String {
    match fixed {
        None => "not known".to_owned(),
        Some(fixed) if fixed.all => "all".to_owned(),
        Some(fixed) => {
            let texts = fixed.points.iter().map(|point| {
                let does = if point.slope.abs() < 1.0 { "attracts" } else { "repels" };
                format!("{} ({does})", short(point.variance))
            });
            some(texts.collect(), &[])
        }
    }
}

impl Properties {
    /// What is known of the shape.
    pub(crate) fn shape_rows(&self) -> Vec<Row> {
        let analysis = &self.analysis;
        let mut rows = Vec::new();
        let mut row = |key, label: &str, text: String| rows.push(Row { key, label: label.to_owned(), text });
        let everywhere =
            matches!(analysis.domain.as_slice(), [all] if all.low.is_infinite() && all.high.is_infinite());
        if !everywhere {
            row("domain", "defined in", some(domain(analysis), &[]));
        }
        row("range", "range", range(analysis.range.low, analysis.range.high));
        let (left, right) = (analysis.limits.left, analysis.limits.right);
        row("asymptotes[0]", "towards -inf", line(analysis.asymptotes.left, left));
        row("asymptotes[1]", "towards inf", line(analysis.asymptotes.right, right));
        let direction = match (analysis.monotone, analysis.strict) {
            (Monotone::None, _) => "rises and falls".to_owned(),
            (monotone_, strict) => {
                let weakly =
                    if strict || monotone_ == Monotone::Constant { "" } else { ", constant in parts" };
                monotone(monotone_).to_owned() + weakly
            }
        };
        row("monotone", "direction", direction);
        let mut turns = analysis.extrema.clone();
        turns.sort_by(|a, b| a.x.abs().total_cmp(&b.x.abs()));
        let turns = turns.iter().map(|turn| {
            let kind = if turn.is_maximum { "max" } else { "min" };
            format!("{kind} {} at {}", short(turn.value), short(turn.x))
        });
        row("extrema", "turns", some(turns.collect(), &analysis.unresolved));
        row(
            "parity",
            "symmetry",
            match analysis.parity {
                Parity::Odd => "odd",
                Parity::Even => "even",
                Parity::None => "none",
            }
            .to_owned(),
        );
        row("smoothness", "smoothness", smoothness(analysis.smoothness).to_owned());
        let kinks = analysis.kinks.iter().map(|kink| {
            let kind = match kink.kind {
                KinkKind::Join => "f''' at",
                KinkKind::Bend => "f'' at",
                KinkKind::Kink => "f' at",
                KinkKind::Jump => "f at",
                KinkKind::Pole => "pole at",
                KinkKind::Edge => "edge at",
            };
            format!("{kind} {}", short(kink.x))
        });
        row("kinks", "breaks", some(kinks.collect(), &[]));
        row("zeros", "f(x) = 0", points(&analysis.zeros, |&x| x));
        row("fixed_points", "f(x) = x", points(&analysis.fixed_points, |point| point.x));
        row("slope_range", "slopes", range(analysis.slopes.low, analysis.slopes.high));
        row("lipschitz", "Lipschitz", short(analysis.lipschitz.value));
        let unknown = analysis.convexity.iter().filter(|piece| piece.what == Bend::Unknown);
        let unknown: Vec<Interval> = unknown.map(|piece| piece.interval).collect();
        row(
            "inflections",
            "inflections",
            some(nearest(analysis.inflections.iter().map(|point| point.x)), &unknown),
        );
        let saturation = &analysis.saturation;
        row("saturation", &format!("|f'| < {}", short(saturation.threshold)), {
            let mut parts = saturation.intervals.clone();
            if !saturation.unknown.is_empty() {
                parts.sort_by(|a, b| a.low.abs().total_cmp(&b.low.abs()));
            }
            intervals(&parts, &saturation.unknown)
        });
        row("dead", "f' = 0", intervals(&analysis.dead, &analysis.unresolved));
        if !analysis.unproven.is_empty() {
            let names = analysis.unproven.iter().map(|&property| match property {
                Property::Range => "range",
                Property::Lipschitz => "slopes",
                Property::Parity => "symmetry",
                Property::Zeros => "f(x) = 0",
                Property::FixedPoints => "f(x) = x",
                Property::Monotone => "direction",
                Property::Convexity => "inflections",
                Property::Saturation => "small slopes",
            });
            row("unproven", "by samples", names.collect::<Vec<_>>().join(", "));
        }
        rows
    }

    /// Expectations.
    pub(crate) fn expectation_rows(&self) -> Vec<Row> {
        let moments = &self.moments;
        let centred = match moments.is_zero_centred() {
            Some(true) => " (centred)",
            _ => "",
        };
        let threshold = short(self.analysis.saturation.threshold);
        let maps = self.maps.as_ref();
        [
            ("mean", "E f".to_owned(), moment(moments.mean) + centred),
            ("variance", "Var f".to_owned(), moment(moments.variance)),
            ("second_moment", "E f^2".to_owned(), moment(moments.second_moment)),
            ("derivative_second_moment", "E f'^2".to_owned(), moment(moments.derivative_second_moment)),
            ("sparsity", "P(f = 0)".to_owned(), probability(moments.sparsity)),
            ("dead_probability", "P(f' = 0)".to_owned(), probability(moments.dead_probability)),
            (
                "saturation_probability",
                format!("P(|f'| < {threshold})"),
                probability(moments.saturation_probability),
            ),
            ("gain_forward", "forward gain".to_owned(), gain(moments.gain_forward)),
            ("gain_backward", "backward gain".to_owned(), gain(moments.gain_backward)),
            ("variance_maps", "kept variance".to_owned(), fixed(maps.map(|maps| &maps.second_moment))),
        ]
        .into_iter()
        .map(|(key, label, text)| Row { key, label, text })
        .collect()
    }

    /// The distribution of inputs, as `N(0, 1)`.
    pub(crate) fn inputs(&self) -> String {
        let normal = self.moments.normal;
        let variance =
            if normal.std() == 1.0 { "1".to_owned() } else { format!("{}^2", short(normal.std())) };
        format!("N({}, {variance})", short(normal.mean()))
    }
}
