//! `activation diff`: where and by how much two functions differ.

use super::compare::width;
use super::inquiry::{Inquired, Inquiry};
use crate::args::Arguments;
use crate::failure::Failure;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::properties::json::{Json, bound, intervals, list, number, text};
use crate::report;
use crate::table::wrapped;
use activation_analysis::{
    Bound, Difference, Equality, Function, Interval, KinkKind, Steps, interval, short,
};
use std::io::{self, Write};

pub(super) const MANUAL: Verb = Verb {
    name: "diff",
    operands: "F G",
    completes: Value::Activation,
    summary: "where and by how much two differ",
    usage: &["diff F G [OPTIONS]"],
    about: "Says where and by how much two functions differ: f, the first, and g, the second.\n\nF and \
            G are names or aliases of the catalogue, formulas, or whole declarations. f - g is \
            compiled and analysed as a formula of its own: what is equal cancels exactly, the largest \
            difference is found to the last digits, and a difference without bound is called infinite. \
            Units in the last place (ULP) are counted at a sample of some ten thousand inputs, in f32 \
            and in f64: how many numbers of the type lie between the two results.\n\nEnds with 1 if the two \
            differ anywhere, and with 0 if they are equal wherever it was looked.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt(
                "format",
                Value::Words(&["text", "json"]),
                "how it is written, text by default; JSON is an object",
            ),
            opt(
                "set",
                Value::Text("NAME=VALUE"),
                "sets a parameter of every function that has it; may be given for each of them",
            ),
            STRICT,
        ],
    }],
    json: &[
        field("f", "string", "the first name or formula"),
        field("g", "string", "the second"),
        field("equality", "string", "`proven`, `sampled` (equal wherever it was looked) or `different`"),
        field("absolute", "object", "the largest |f - g|, and where"),
        field("relative", "object or null", "the largest |f - g| / |f|, and where"),
        field("derivative", "object", "the largest |f' - g'|, and where"),
        field("ulp_f32", "object", "numbers of f32 between the two results: most, at, inputs, same"),
        field("ulp_f64", "object", "the same of f64"),
        field("equal", "array", "intervals in which they are equal"),
        field("equal_at", "array", "single inputs at which they are equal"),
        field("equal_derivatives", "array", "intervals in which their slopes are equal"),
        field("only_f", "array", "intervals in which only f has a value"),
        field("only_g", "array", "intervals in which only g has a value"),
        field("limits", "array", "of f - g at -infinity and infinity"),
        field("kinks", "array", "where f - g is not smooth"),
    ],
    examples: &[
        "activation diff hard_sigmoid hard_sigmoid_onnx",
        "activation diff gelu gelu_tanh",
        "activation diff silu 'x / (1 + exp(-x))'",
    ],
    run,
};

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json)];

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(inquiry) = Inquiry::read(arguments, &MANUAL, FORMATS)? else { return Ok(()) };
    let found = inquiry.find()?;
    let [first, second] = found.as_slice() else {
        return Err(Failure::new(format!(
            "`diff` takes two names or formulas, and there are {}: `activation diff gelu gelu_tanh`; a formula stands in \
             quotes",
            inquiry.whats.len()
        )));
    };
    let (p, q) = (first.subject.values(), second.subject.values());
    let difference = Difference::of(Function::new(&first.compiled, &p), Function::new(&second.compiled, &q))
        .map_err(|mistakes| {
            let why = mistakes.first().map(|mistake| mistake.message.clone()).unwrap_or_default();
            Failure::new(format!("the difference of the two cannot be compiled: {why}"))
        })?;
    report::print(|out| match inquiry.format.unwrap_or_default() {
        Format::Text => {
            for paragraph in sentences(first, second, &difference) {
                write_wrapped(out, &paragraph)?;
            }
            Ok(())
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &json(first, second, &difference))?;
            writeln!(out)
        }
    })?;
    match difference.equality {
        Equality::Different => Err(Failure::No),
        Equality::Proven | Equality::Sampled => Ok(()),
    }
}

/// A paragraph as wide as the terminal, or of a width that reads well.
pub(super) fn write_wrapped(out: &mut dyn Write, paragraph: &str) -> io::Result<()> {
    const READABLE: usize = 100;
    let width = width().unwrap_or(READABLE).clamp(20, READABLE);
    // What hangs below a heading is indented as far as its first line.
    let indent = paragraph.chars().take_while(|&c| c == ' ').count();
    for line in wrapped(paragraph.trim_start(), width - indent) {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

fn places(parts: &[Interval]) -> String {
    const MOST: usize = 4;
    let shown: Vec<String> = parts.iter().take(MOST).map(|&part| interval(part)).collect();
    let more = if parts.len() > MOST { format!(" and {} more", parts.len() - MOST) } else { String::new() };
    shown.join(", ") + &more
}

fn at(bound: &Bound) -> String {
    let place = short(bound.at);
    match (bound.value.is_infinite(), bound.at.is_infinite(), bound.attained) {
        (true, true, _) => format!("without bound: it grows towards x = {place}"),
        (true, false, _) => format!("without bound: it grows towards x = {place}"),
        (false, true, _) => format!("{}, approached towards x = {place}", short(bound.value)),
        (false, false, true) => format!("{} at x = {place}", short(bound.value)),
        (false, false, false) => format!("{} beside x = {place}", short(bound.value)),
    }
}

fn sentences(first: &Inquired, second: &Inquired, difference: &Difference) -> Vec<String> {
    let mut lines = vec![format!("f = {}, g = {}", first.name, second.name)];
    match difference.equality {
        Equality::Proven => {
            lines.push("equal everywhere: the two formulas come to the same expression".to_owned());
            return lines;
        }
        Equality::Sampled => {
            lines.push(
                "equal wherever was looked, to 28 digits and more; the formulas do not come to the same expression, so this is no \
                 proof"
                    .to_owned(),
            );
            return lines;
        }
        Equality::Different => {}
    }
    for (name, other, parts) in [("f", "g", &difference.only_first), ("g", "f", &difference.only_second)] {
        if !parts.is_empty() {
            lines.push(format!("only {name} has a value in {}, {other} has none", places(parts)));
        }
    }
    lines.push(format!("largest |f - g|: {}", at(&difference.absolute)));
    match &difference.relative {
        Some(relative) => lines.push(format!("largest |f - g| / |f|: {}", at(relative))),
        None => lines.push("largest |f - g| / |f|: not known".to_owned()),
    }
    lines.push(format!("largest |f' - g'|: {}", at(&difference.slopes)));
    let ulps = |name: &str, digits: u32, steps: &Steps| {
        let none = if steps.most >> digits > 0 { " (no digit in common)" } else { "" };
        format!(
            "most ULP of {name}: {}{none} at x = {}, among {} inputs",
            steps.most,
            short(steps.at),
            steps.inputs
        )
    };
    lines.push(ulps("f32", f32::MANTISSA_DIGITS - 1, &difference.single));
    lines.push(ulps("f64", f64::MANTISSA_DIGITS - 1, &difference.double));
    let zeros = &difference.analysis.zeros;
    let crossings: Vec<String> = zeros.points.iter().take(8).map(|&x| short(x)).collect();
    let more =
        if zeros.points.len() > 8 { format!(" and {} more", zeros.points.len() - 8) } else { String::new() };
    let within = match zeros.unknown.as_slice() {
        [] => String::new(),
        unknown => format!("; not known in {}", places(unknown)),
    };
    if difference.equal.is_empty() {
        lines.push(format!("equal on no interval{within}"));
    } else {
        lines.push(format!("equal in {}{within}", places(&difference.equal)));
    }
    if !crossings.is_empty() {
        lines.push(format!("equal at x = {}{more}", crossings.join(", ")));
    }
    // Where both are nearly 0 there are many short ones.
    let same: Vec<Interval> =
        difference.single.same.iter().copied().filter(|part| part.high - part.low > 0.01).collect();
    if !same.is_empty() {
        lines.push(format!("the same numbers of f32, as far as sampled, in {}", places(&same)));
    }
    let kinks: Vec<String> = difference
        .analysis
        .kinks
        .iter()
        .filter(|kink| kink.kind != KinkKind::Join)
        .take(8)
        .map(|kink| {
            let sides = |left: Option<f64>, right: Option<f64>| {
                let shown = |limit: Option<f64>| limit.map_or("none".to_owned(), short);
                format!("{} and {}", shown(left), shown(right))
            };
            match kink.kind {
                KinkKind::Jump | KinkKind::Pole | KinkKind::Edge => {
                    format!(
                        "f - g on both sides of {}: {}",
                        short(kink.x),
                        sides(kink.values.left, kink.values.right)
                    )
                }
                _ => format!(
                    "f' - g' on both sides of {}: {}",
                    short(kink.x),
                    sides(kink.slopes.left, kink.slopes.right)
                ),
            }
        })
        .collect();
    lines.extend(kinks);
    let limits = difference.analysis.limits;
    for (side, limit) in [("-inf", limits.left), ("inf", limits.right)] {
        if let Some(limit) = limit {
            lines.push(format!("f - g towards {side}: {}", short(limit)));
        }
    }
    lines
}

fn steps(steps: &Steps) -> Json {
    Json::Object(vec![
        ("most", number(steps.most as f64)),
        ("at", number(steps.at)),
        ("inputs", number(steps.inputs as f64)),
        ("same", intervals(&steps.same)),
    ])
}

fn json(first: &Inquired, second: &Inquired, difference: &Difference) -> Json {
    let equality = match difference.equality {
        Equality::Proven => "proven",
        Equality::Sampled => "sampled",
        Equality::Different => "different",
    };
    let limits = difference.analysis.limits;
    Json::Object(vec![
        ("f", text(first.name.clone())),
        ("g", text(second.name.clone())),
        ("equality", text(equality)),
        ("absolute", bound(&difference.absolute)),
        ("relative", difference.relative.as_ref().map_or(Json::Null, bound)),
        ("derivative", bound(&difference.slopes)),
        ("ulp_f32", steps(&difference.single)),
        ("ulp_f64", steps(&difference.double)),
        ("equal", intervals(&difference.equal)),
        ("equal_at", list(&difference.analysis.zeros.points, |&x| number(x))),
        ("equal_derivatives", intervals(&difference.equal_slopes)),
        ("only_f", intervals(&difference.only_first)),
        ("only_g", intervals(&difference.only_second)),
        ("limits", Json::List(vec![number(limits.left), number(limits.right)])),
        (
            "kinks",
            list(&difference.analysis.kinks, |kink| {
                Json::Object(vec![
                    ("x", number(kink.x)),
                    ("values", Json::List(vec![number(kink.values.left), number(kink.values.right)])),
                    ("slopes", Json::List(vec![number(kink.slopes.left), number(kink.slopes.right)])),
                ])
            }),
        ),
    ])
}
