//! The analysis in JSON. A number that is infinite is the string "inf" or "-inf", as in `eval`; what is not known, or does not
//! exist, is null; an interval is an array of its ends.

use super::Properties;
use crate::manual::{Field, field};
use activation_analysis::{
    Asymptote, Bend, Bound, Ends, FixedVariances, Interval, KinkKind, Moment, Monotone, Parity, Points,
    Property, Smoothness, Trend,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The fields of the object.
pub(crate) const FIELDS: &[Field] = &[
    field("parameters", "object", "the values of the parameters for which all of this is so, by name"),
    field("domain", "array", "intervals in which the function has a value"),
    field(
        "range",
        "array",
        "the infimum and the supremum of its values; \"-inf\" and \"inf\" where there is no bound",
    ),
    field(
        "range_attained",
        "array",
        "for both, whether it is the value at a finite x; else it is only approached",
    ),
    field("range_at", "array", "for both, at which x it is attained, or towards which it is approached"),
    field(
        "limits",
        "array",
        "the values approached towards -inf and inf; null where there is none, or it is not known",
    ),
    field(
        "asymptotes",
        "array",
        "the straight lines approached towards -inf and inf; null where there is none",
    ),
    field("asymptotes[].slope", "number", "0 for a horizontal one"),
    field("asymptotes[].offset", "number", "its value at 0"),
    field("parity", "string", "`odd`, `even` or `none`"),
    field("smoothness", "string", "`discontinuous`, `C0`, `C1`, `C2` or `smooth`"),
    field("kinks", "array", "where the function, its slope or its second derivative changes abruptly"),
    field("kinks[].x", "number", "where"),
    field(
        "kinks[].kind",
        "string",
        "`edge` (no value on one side), `pole`, `jump`, `kink` (f' jumps), `bend` (f'' jumps), or `join` of branches that \
         agree up to f''",
    ),
    field("kinks[].value", "number or string or null", "the value there"),
    field("kinks[].values", "array", "the limits of f from the left and from the right"),
    field("kinks[].slopes", "array", "the limits of f'"),
    field("kinks[].second_derivatives", "array", "the limits of f''"),
    field("zeros", "object", "where f(x) = 0"),
    field("zeros.points", "array", "single numbers"),
    field("zeros.intervals", "array", "intervals of them"),
    field("zeros.within", "array or null", "an interval in which all are listed; null if all are listed"),
    field("zeros.unknown", "array", "intervals in which there may be others"),
    field("fixed_points", "object", "where f(x) = x"),
    field("fixed_points.points", "array", "single ones"),
    field("fixed_points.points[].x", "number", "the number"),
    field("fixed_points.points[].slope", "number or string or null", "f' there"),
    field("fixed_points.points[].stable", "boolean", "whether numbers nearby are drawn to it"),
    field("fixed_points.intervals", "array", "intervals of them"),
    field("fixed_points.within", "array or null", "as for `zeros`"),
    field("fixed_points.unknown", "array", "as for `zeros`"),
    field("monotone", "string", "`increasing` (it never falls), `decreasing`, `constant` or `none`"),
    field("strict", "boolean", "whether it is constant nowhere, if it is increasing or decreasing"),
    field("pieces", "array", "where it rises and falls"),
    field("pieces[].interval", "array", "from where to where"),
    field("pieces[].direction", "string", "`increasing`, `decreasing`, `constant` or `unknown`"),
    field("extrema", "array", "its turning points"),
    field("extrema[].x", "number", "where"),
    field("extrema[].value", "number", "the value there"),
    field("extrema[].kind", "string", "`maximum` or `minimum`"),
    field("convexity", "array", "where it is convex and concave"),
    field("convexity[].interval", "array", "from where to where"),
    field("convexity[].curvature", "string", "`convex`, `concave`, `straight` or `unknown`"),
    field("inflections", "array", "where it changes between convex and concave, and is smooth"),
    field("inflections[].x", "number", "where"),
    field("inflections[].value", "number", "the value there"),
    field("inflections[].slope", "number", "the slope there"),
    field("slope_range", "array", "the infimum and the supremum of its slopes"),
    field("lipschitz", "number or string", "the largest size of a slope; \"inf\" if it jumps"),
    field("lipschitz_at", "number or string or null", "where that is"),
    field("saturation", "object", "where its slope is small"),
    field("saturation.threshold", "number", "what counts as small: |f'| below this"),
    field("saturation.intervals", "array", "where"),
    field("saturation.within", "array or null", "as for `zeros`"),
    field("saturation.unknown", "array", "as for `zeros`"),
    field("dead", "array", "intervals in which f' is exactly 0"),
    field("unresolved", "array", "intervals with any number of turns or kinks, which are not told apart"),
    field(
        "unproven",
        "array",
        "which of these properties rest on samples or expansions: `range`, `zeros` and so on",
    ),
    field("input", "object", "the normal distribution of x for what follows"),
    field("input.mean", "number", "its mean"),
    field("input.std", "number", "its standard deviation"),
    field("mean", "number or null", "E f"),
    field("variance", "number or null", "Var f"),
    field("second_moment", "number or null", "E f^2"),
    field("derivative_mean", "number or null", "E f'"),
    field("derivative_second_moment", "number or null", "E f'^2"),
    field("sparsity", "number or null", "P(f = 0)"),
    field("dead_probability", "number or null", "P(f' = 0)"),
    field("saturation_probability", "number or null", "P(|f'| < threshold)"),
    field(
        "gain_forward",
        "number or null",
        "1 / sqrt(E f^2): weights of variance gain^2 / inputs keep signals at their size",
    ),
    field(
        "gain_backward",
        "number or null",
        "1 / sqrt(E f'^2): weights of variance gain^2 / outputs keep gradients at theirs",
    ),
    field("zero_centred", "boolean or null", "whether the mean is 0"),
    field(
        "without_value",
        "object",
        "by name, why one of the expectations is null: `infinite`, `undefined` or `unknown`",
    ),
    field(
        "variance_maps",
        "object or null",
        "what layers without gain make of variances, from layer to layer",
    ),
    field("variance_maps.second_moment", "object", "the map v to E f^2 of inputs of mean 0 and variance v"),
    field("variance_maps.second_moment.all", "boolean", "whether it keeps every v"),
    field("variance_maps.second_moment.fixed_points", "array", "which ones it keeps"),
    field("variance_maps.second_moment.fixed_points[].variance", "number", "the v"),
    field("variance_maps.second_moment.fixed_points[].mean", "number", "E f there"),
    field(
        "variance_maps.second_moment.fixed_points[].slope",
        "number",
        "of the map; below 1 in size it attracts",
    ),
    field("variance_maps.variance", "object", "the same of the map v to Var f"),
    field("variance_maps.variance.all", "boolean", "whether it keeps every v"),
    field("variance_maps.variance.fixed_points", "array", "which ones it keeps"),
    field("variance_maps.variance.fixed_points[].variance", "number", "the v"),
    field("variance_maps.variance.fixed_points[].mean", "number", "E f there"),
    field("variance_maps.variance.fixed_points[].slope", "number", "of the map; below 1 in size it attracts"),
];

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
        ("within", points.within().as_ref().map_or(Json::Null, interval)),
        ("unknown", intervals(&points.unknown)),
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
                    ("within", analysis.saturation.within().as_ref().map_or(Json::Null, interval)),
                    ("unknown", intervals(&analysis.saturation.unknown)),
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
