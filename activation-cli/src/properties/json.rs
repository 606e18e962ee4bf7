//! The analysis in JSON. A number that is infinite is the string "inf" or "-inf", as in `eval`; what is not known, or does not
//! exist, is null; an interval is an array of its ends.

use super::Properties;
use activation_analysis::{
    Asymptote, Bend, Bound, Ends, FixedVariances, Interval, KinkKind, Moment, Monotone, Parity, Points,
    Property, Smoothness, Trend,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value, with the keys of objects in the order in which they were given.
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
    /// Keys that depend on what is described.
    Named(Vec<(String, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_none(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Number(value) if value.is_nan() => serializer.serialize_none(),
            Json::Number(value) if value.is_infinite() => {
                serializer.serialize_str(if *value > 0.0 { "inf" } else { "-inf" })
            }
            Json::Number(value) => serializer.serialize_f64(*value),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(values) => serializer.collect_seq(values),
            Json::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Json::Named(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

pub(crate) fn text(value: impl Into<String>) -> Json {
    Json::Text(value.into())
}

pub(crate) fn number(value: impl Into<Option<f64>>) -> Json {
    value.into().map_or(Json::Null, Json::Number)
}

pub(crate) fn list<T>(values: &[T], json: impl Fn(&T) -> Json) -> Json {
    Json::List(values.iter().map(json).collect())
}

fn pair(low: impl Into<Option<f64>>, high: impl Into<Option<f64>>) -> Json {
    Json::List(vec![number(low), number(high)])
}

pub(crate) fn interval(part: &Interval) -> Json {
    pair(part.low, part.high)
}

pub(crate) fn intervals(parts: &[Interval]) -> Json {
    list(parts, interval)
}

fn ends(ends: Ends<Option<f64>>) -> Json {
    pair(ends.left, ends.right)
}

fn line(line: Option<Asymptote>) -> Json {
    line.map_or(Json::Null, |line| {
        Json::Object(vec![("slope", number(line.slope)), ("offset", number(line.offset))])
    })
}

pub(crate) fn bound(bound: &Bound) -> Json {
    Json::Object(vec![
        ("value", number(bound.value)),
        ("at", number(bound.at)),
        ("attained", Json::Bool(bound.attained)),
    ])
}

fn points<T>(points: &Points<T>, json: impl Fn(&T) -> Json) -> Json {
    Json::Object(vec![
        ("points", list(&points.points, json)),
        ("intervals", intervals(&points.intervals)),
        ("within", points.within.as_ref().map_or(Json::Null, interval)),
    ])
}

fn fixed(fixed: &FixedVariances) -> Json {
    Json::Object(vec![
        ("all", Json::Bool(fixed.all)),
        (
            "fixed_points",
            list(&fixed.points, |point| {
                Json::Object(vec![
                    ("variance", number(point.variance)),
                    ("mean", number(point.mean)),
                    ("slope", number(point.slope)),
                ])
            }),
        ),
    ])
}

pub(crate) fn parity(parity: Parity) -> &'static str {
    match parity {
        Parity::Odd => "odd",
        Parity::Even => "even",
        Parity::None => "none",
    }
}

pub(crate) fn monotone(monotone: Monotone) -> &'static str {
    match monotone {
        Monotone::Increasing => "increasing",
        Monotone::Decreasing => "decreasing",
        Monotone::Constant => "constant",
        Monotone::None => "none",
    }
}

pub(crate) fn smoothness(class: Smoothness) -> &'static str {
    match class {
        Smoothness::Discontinuous => "discontinuous",
        Smoothness::C0 => "C0",
        Smoothness::C1 => "C1",
        Smoothness::C2 => "C2",
        Smoothness::Smooth => "smooth",
    }
}

fn trend(trend: Trend) -> &'static str {
    match trend {
        Trend::Increasing => "increasing",
        Trend::Decreasing => "decreasing",
        Trend::Constant => "constant",
        Trend::Unknown => "unknown",
    }
}

fn bend(bend: Bend) -> &'static str {
    match bend {
        Bend::Convex => "convex",
        Bend::Concave => "concave",
        Bend::Straight => "straight",
        Bend::Unknown => "unknown",
    }
}

pub(crate) fn kind(kind: KinkKind) -> &'static str {
    match kind {
        KinkKind::Edge => "edge",
        KinkKind::Pole => "pole",
        KinkKind::Jump => "jump",
        KinkKind::Kink => "kink",
        KinkKind::Bend => "bend",
        KinkKind::Join => "join",
    }
}

fn property(property: Property) -> &'static str {
    match property {
        Property::Range => "range",
        Property::Lipschitz => "lipschitz",
        Property::Parity => "parity",
        Property::Zeros => "zeros",
        Property::FixedPoints => "fixed_points",
        Property::Monotone => "monotone",
        Property::Convexity => "convexity",
        Property::Saturation => "saturation",
    }
}

/// Why a moment is null.
fn reason(moment: Moment) -> Option<&'static str> {
    match moment {
        Moment::Finite(_) => None,
        Moment::Infinite => Some("infinite"),
        Moment::Undefined => Some("undefined"),
        Moment::Unknown => Some("unknown"),
    }
}

impl Properties {
    /// The object `analysis`.
    pub(crate) fn json(&self) -> Json {
        let mut entries = self.shape();
        entries.extend(self.expectations());
        Json::Object(entries)
    }

    fn shape(&self) -> Vec<(&'static str, Json)> {
        let analysis = &self.analysis;
        let (low, high) = (analysis.range.low, analysis.range.high);
        let parameters = self.parameters.iter().map(|(name, value)| (name.clone(), number(*value)));
        vec![
            ("parameters", Json::Named(parameters.collect())),
            ("domain", intervals(&analysis.domain)),
            ("range", pair(low.value, high.value)),
            ("range_attained", Json::List(vec![Json::Bool(low.attained), Json::Bool(high.attained)])),
            ("range_at", pair(low.at, high.at)),
            ("limits", ends(analysis.limits)),
            ("asymptotes", Json::List(vec![line(analysis.asymptotes.left), line(analysis.asymptotes.right)])),
            ("parity", text(parity(analysis.parity))),
            ("smoothness", text(smoothness(analysis.smoothness))),
            (
                "kinks",
                list(&analysis.kinks, |kink| {
                    Json::Object(vec![
                        ("x", number(kink.x)),
                        ("kind", text(kind(kink.kind))),
                        ("value", number(kink.value)),
                        ("values", ends(kink.values)),
                        ("slopes", ends(kink.slopes)),
                        ("second_derivatives", ends(kink.curvatures)),
                    ])
                }),
            ),
            ("zeros", points(&analysis.zeros, |&x| number(x))),
            (
                "fixed_points",
                points(&analysis.fixed_points, |point| {
                    Json::Object(vec![
                        ("x", number(point.x)),
                        ("slope", number(point.slope)),
                        ("stable", Json::Bool(point.slope.abs() < 1.0)),
                    ])
                }),
            ),
            ("monotone", text(monotone(analysis.monotone))),
            ("strict", Json::Bool(analysis.strict)),
            (
                "pieces",
                list(&analysis.pieces, |piece| {
                    Json::Object(vec![
                        ("interval", interval(&piece.interval)),
                        ("direction", text(trend(piece.what))),
                    ])
                }),
            ),
            (
                "extrema",
                list(&analysis.extrema, |turn| {
                    Json::Object(vec![
                        ("x", number(turn.x)),
                        ("value", number(turn.value)),
                        ("kind", text(if turn.is_maximum { "maximum" } else { "minimum" })),
                    ])
                }),
            ),
            (
                "convexity",
                list(&analysis.convexity, |piece| {
                    Json::Object(vec![
                        ("interval", interval(&piece.interval)),
                        ("curvature", text(bend(piece.what))),
                    ])
                }),
            ),
            (
                "inflections",
                list(&analysis.inflections, |point| {
                    Json::Object(vec![
                        ("x", number(point.x)),
                        ("value", number(point.value)),
                        ("slope", number(point.slope)),
                    ])
                }),
            ),
            ("slope_range", pair(analysis.slopes.low.value, analysis.slopes.high.value)),
            ("lipschitz", number(analysis.lipschitz.value)),
            ("lipschitz_at", number(analysis.lipschitz.at)),
            (
                "saturation",
                Json::Object(vec![
                    ("threshold", number(analysis.saturation.threshold)),
                    ("intervals", intervals(&analysis.saturation.intervals)),
                    ("within", analysis.saturation.within.as_ref().map_or(Json::Null, interval)),
                ]),
            ),
            ("dead", intervals(&analysis.dead)),
            ("unresolved", intervals(&analysis.unresolved)),
            ("unproven", list(&analysis.unproven, |&name| text(property(name)))),
        ]
    }

    fn expectations(&self) -> Vec<(&'static str, Json)> {
        let moments = &self.moments;
        let named = [
            ("mean", moments.mean),
            ("variance", moments.variance),
            ("second_moment", moments.second_moment),
            ("derivative_mean", moments.derivative_mean),
            ("derivative_second_moment", moments.derivative_second_moment),
        ];
        let input = vec![("mean", number(moments.normal.mean())), ("std", number(moments.normal.std()))];
        let mut entries = vec![("input", Json::Object(input))];
        entries.extend(named.map(|(name, moment)| (name, number(moment.value()))));
        let missing = named.into_iter().filter_map(|(name, moment)| Some((name, text(reason(moment)?))));
        let maps = self.maps.as_ref().map_or(Json::Null, |maps| {
            Json::Object(vec![
                ("second_moment", fixed(&maps.second_moment)),
                ("variance", fixed(&maps.variance)),
            ])
        });
        entries.extend([
            ("sparsity", number(moments.sparsity)),
            ("dead_probability", number(moments.dead_probability)),
            ("saturation_probability", number(moments.saturation_probability)),
            ("gain_forward", number(moments.gain_forward)),
            ("gain_backward", number(moments.gain_backward)),
            ("zero_centred", moments.is_zero_centred().map_or(Json::Null, Json::Bool)),
            ("without_value", Json::Object(missing.collect())),
            ("variance_maps", maps),
        ]);
        entries
    }
}
