//! `activation show`: everything that is known of one activation.

use super::compare::width;
use crate::args::{self, Arguments, assign, once, real, unknown_option};
use crate::certificate::{Certificate, Timing};
use crate::description::Description;
use crate::failure::Failure;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::properties::json::Json;
use crate::properties::{Properties, normal};
use crate::subject::Subject;
use crate::{report, table};
use activation_analysis::short;
use serde::Serialize;
use std::io::{self, Write};

pub(super) const MANUAL: Verb = Verb {
    name: "show",
    operands: "WHAT",
    completes: Value::Activation,
    summary: "formula, derivatives, parameters and source of one",
    usage: &[
        "show WHAT [--format text|json] [--set NAME=VALUE]... [--mean M] [--std S] [--strict] [--timing]",
    ],
    about: "Shows an activation: formula, derivative, second derivative, parameters and their derivatives, docs, \
            source, and what it is like: range, kinks, zeros, slopes, saturation, and what it makes of normally distributed inputs.\n\nWHAT is a name or alias of the catalogue, a formula, or a whole declaration. What is no name \
            is compiled, and its derivatives are derived the same way. The certificate says how exact plain f64 \
            arithmetic is for results in f32, and where more care is taken. `activation WHAT` is short for \
            `activation show WHAT`.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt(
                "format",
                Value::Words(&["text", "json"]),
                "how it is written, text by default; JSON is an object",
            ),
            STRICT,
            opt(
                "set",
                Value::Text("NAME=VALUE"),
                "the value of a parameter for the properties; formulas keep its letter",
            ),
            opt("mean", Value::Text("M"), "the mean of the inputs of expectations, 0 unless said otherwise"),
            opt("std", Value::Text("S"), "their standard deviation, 1 unless said otherwise"),
            opt("timing", Value::None, "how long the compiler took for it"),
        ],
    }],
    json: &[
        field("name", "string", "the name; `formula` for a formula that was not declared"),
        field("aliases", "array", "other names"),
        field("variable", "string", "what the variable is called in the formulas"),
        field("parameters", "array", "the parameters, in the order of declaration"),
        field("parameters[].name", "string", "its name"),
        field("parameters[].docs", "string", "what its author says of it"),
        field("parameters[].default", "number", "its default"),
        field("parameters[].default_text", "string", "its default as its author wrote it"),
        field("parameters[].learned", "boolean", "whether training adjusts it"),
        field("parameters[].range", "array", "its smallest and largest value, each a number or null"),
        field("parameters[].derivative", "string", "the derivative of f by it, as a formula"),
        field("formula", "string", "f, as its author wrote it"),
        field("derivative", "string", "f', as a formula"),
        field("second_derivative", "string", "f'', as a formula"),
        field("docs", "string", "what its author says of it, in Markdown"),
        field("source", "string or null", "where it comes from"),
        field("certificate", "array", "what the compiler promises, function by function"),
        field("certificate[].function", "string", "`f`, `f'`, `f''` or `df/dNAME`"),
        field("certificate[].certified", "boolean", "whether every result for f32 is within 1 ULP"),
        field(
            "certificate[].error_bound_ulp",
            "number",
            "the bound of the error of plain f64 arithmetic, in ULP of f32, before the result is rounded",
        ),
        field(
            "certificate[].careful",
            "array",
            "where plain arithmetic is not enough and not used: pairs of numbers, from and to",
        ),
        field(
            "analysis",
            "object",
            "its properties, among them range, lipschitz, monotone, parity, and mean, variance and gains under N(M, S^2): the chapter `analysis`",
        ),
        field("timing", "object", "with --timing only: how long the compiler took"),
        field("timing.derive_ms", "number", "derivatives, in milliseconds"),
        field("timing.stabilise_ms", "number", "stable forms, in milliseconds"),
        field("timing.certify_ms", "number", "the certificate, in milliseconds"),
    ],
    examples: &[
        "activation show gelu",
        "activation show Leaky-ReLU --format json",
        "activation show 'x * tanh(x)'",
        "activation show 'Bump(x; learn k = 2 in 0..) = exp(-k * x^2)'",
    ],
    run,
};

/// How one activation is written.
#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json)];

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let mut format = None;
    let (mut set, mut mean, mut std) = (Vec::new(), None, None);
    let (mut strict, mut timing) = (false, false);
    let read = args::read(arguments, &MANUAL, |from, option| match option {
        "format" => once(&mut format, option, from.choice(option, FORMATS)?),
        "strict" => from.switch(option, &mut strict),
        "timing" => from.switch(option, &mut timing),
        "set" => assign(&mut set, &from.text(option, "NAME=VALUE")?),
        "mean" => once(&mut mean, option, real(from, option)?),
        "std" => once(&mut std, option, real(from, option)?),
        _ => Err(unknown_option(option, &MANUAL)),
    })?;
    let Some(values) = read else { return Ok(()) };
    let what = args::only(values, &MANUAL, "gelu")?;
    let normal = normal(mean, std)?;
    let mut subject = Subject::find(&what)?;
    for (name, value) in &set {
        subject.set(name, *value)?;
    }
    subject.require_certificate(&what, strict)?;
    let compiled = subject.formula()?;
    let certificate = Certificate::of(&compiled);
    let properties = Properties::of(&subject, &compiled, normal);
    let timing = timing.then(|| Timing::of(&compiled));
    report::print(|out| match format.unwrap_or_default() {
        Format::Text => {
            text(&subject.description, out)?;
            write_properties(&properties, out)?;
            certificate.write(out)?;
            timing.map_or(Ok(()), |timing| timing.write(out))
        }
        Format::Json => {
            let analysis = properties.json();
            let whole = Whole { description: &subject.description, analysis, certificate, timing };
            serde_json::to_writer_pretty(&mut *out, &whole)?;
            writeln!(out)
        }
    })
}

/// Everything, as JSON has it.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    description: &'a Description,
    analysis: Json,
    certificate: Certificate,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing: Option<Timing>,
}

fn text(one: &Description, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{}", one.name)?;
    if !one.aliases.is_empty() {
        write!(out, " (also {})", one.aliases.join(", "))?;
    }
    writeln!(out)?;
    for paragraph in one.docs.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        if one.source.is_none() || !paragraph.trim_start().starts_with("Source:") {
            writeln!(out, "\n{}", links_removed(paragraph.trim_end()))?;
        }
    }
    let x = &one.variable;
    writeln!(out, "\nf({x}) = {}", one.formula)?;
    writeln!(out, "f'({x}) = {}", one.derivative)?;
    writeln!(out, "f''({x}) = {}", one.second_derivative)?;
    for parameter in &one.parameters {
        writeln!(out, "\nparameter {}", parameter.declared())?;
        if !parameter.docs.trim().is_empty() {
            writeln!(out, "  {}", links_removed(parameter.docs.trim()).replace('\n', "\n  "))?;
        }
        writeln!(out, "  df/d{} = {}", parameter.name, parameter.derivative)?;
    }
    match &one.source {
        Some(source) => writeln!(out, "\nsource: {source}"),
        None => Ok(()),
    }
}

/// What the function is like, in two blocks.
fn write_properties(properties: &Properties, out: &mut dyn Write) -> io::Result<()> {
    let values: Vec<String> =
        properties.parameters.iter().map(|(name, value)| format!("{name} = {}", short(*value))).collect();
    let with = if values.is_empty() { String::new() } else { format!(" with {}", values.join(", ")) };
    let blocks = [
        (format!("properties{with}"), properties.shape_rows()),
        (format!("under {}", properties.inputs()), properties.expectation_rows()),
    ];
    for (title, rows) in blocks {
        writeln!(out, "\n{title}")?;
        let lines = rows.into_iter().map(|row| vec![row.label, row.text]).collect();
        table::write_rows_within(out, lines, width())?;
    }
    Ok(())
}

/// Docs without the brackets by which they link to each other.
fn links_removed(docs: &str) -> String {
    docs.replace("[`", "`").replace("`]", "`")
}
