//! `activation show`: everything that is known of one activation.

use super::compare::width;
use super::inquiry::{add_assignment, real};
use super::{help, version};
use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::certificate::{Certificate, Timing};
use crate::data::excerpt;
use crate::description::Description;
use crate::failure::Failure;
use crate::properties::json::Json;
use crate::properties::{Properties, normal};
use crate::subject::Subject;
use crate::{report, table};
use activation_analysis::short;
use serde::Serialize;
use std::io::{self, Write};

pub(super) const HELP: &str = "\
Shows an activation: formula, derivative, second derivative, parameters and their derivatives, docs, source, and what it is
like: range, kinks, zeros, slopes, saturation, and what it makes of normally distributed inputs.

Usage: activation show WHAT [--format text|json] [--set NAME=VALUE]... [--mean M] [--std S] [--strict] [--timing]

WHAT is a name or alias of the catalogue, a formula, or a whole declaration. What is no name is compiled, and
its derivatives are derived the same way. The certificate says how exact plain f64 arithmetic is for results in
f32, and where more care is taken. In JSON all else is under `analysis`, where an infinite number is the string inf or
-inf, null is what is not known or does not exist, and `unproven` lists what rests on samples.

  --set NAME=VALUE  the value of a parameter for the properties; formulas keep its letter
  --mean M, --std S inputs of expectations are N(M, S^2); N(0, 1) unless said otherwise
  --strict  a formula for which the compiler cannot promise 1 ULP is an error, not a warning
  --timing  how long the compiler took for it

Examples:
  activation show gelu
  activation show Leaky-ReLU --format json
  activation show 'x * tanh(x)'
  activation show 'Bump(x; learn k = 2 in 0..) = exp(-k * x^2)'
";

const OPTIONS: &[&str] = &["format", "set", "mean", "std", "strict", "timing", "help"];

/// How one activation is written.
#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json)];

pub(super) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let (mut what, mut format) = (None, None);
    let (mut set, mut mean, mut std) = (Vec::new(), None, None);
    let (mut strict, mut timing) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(HELP)),
                "version" => return arguments.flag(&option).and_then(|()| version()),
                "format" => once(&mut format, &option, arguments.choice(&option, FORMATS)?)?,
                "strict" => {
                    arguments.flag(&option)?;
                    strict = true;
                }
                "timing" => {
                    arguments.flag(&option)?;
                    timing = true;
                }
                "set" => add_assignment(&mut set, &arguments.text(&option, "NAME=VALUE")?)?,
                "mean" => once(&mut mean, &option, real(&mut arguments, &option)?)?,
                "std" => once(&mut std, &option, real(&mut arguments, &option)?)?,
                _ => return Err(unknown_option(&option, "show", OPTIONS)),
            },
            Argument::Value(value) => {
                let value = utf8(value)?;
                if what.is_some() {
                    return Err(Failure::new(format!(
                        "`show` takes one name or formula, and {} is more; a formula stands in quotes: 'x * tanh(x)'",
                        excerpt(&value)
                    )));
                }
                what = Some(value);
            }
        }
    }
    let Some(what) = what else {
        return Err(Failure::new("show what? Give a name or a formula: `activation show gelu`"));
    };
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
