//! `activation show`: everything that is known of one activation.

use super::{help, version};
use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::certificate::{Certificate, Timing};
use crate::data::excerpt;
use crate::description::Description;
use crate::failure::Failure;
use crate::report;
use crate::subject::Subject;
use serde::Serialize;
use std::io::{self, Write};

pub(super) const HELP: &str = "\
Shows an activation: formula, derivative, second derivative, parameters and their derivatives, docs, source.

Usage: activation show WHAT [--format text|json] [--strict] [--timing]

WHAT is a name or alias of the catalogue, a formula, or a whole declaration. What is no name is compiled, and
its derivatives are derived the same way. The certificate says how exact plain f64 arithmetic is for results in
f32, and where more care is taken.

  --strict  a formula for which the compiler cannot promise 1 ULP is an error, not a warning
  --timing  how long the compiler took for it

Examples:
  activation show gelu
  activation show Leaky-ReLU --format json
  activation show 'x * tanh(x)'
  activation show 'Bump(x; learn k = 2 in 0..) = exp(-k * x^2)'
";

const OPTIONS: &[&str] = &["format", "strict", "timing", "help"];

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
                "set" => {
                    return Err(Failure::new(
                        "`show` leaves parameters as letters; set them where numbers come out: `activation eval WHAT --set NAME=VALUE`",
                    ));
                }
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
    let subject = Subject::find(&what)?;
    subject.require_certificate(&what, strict)?;
    let compiled = subject.formula()?;
    let certificate = Certificate::of(&compiled);
    let timing = timing.then(|| Timing::of(&compiled));
    report::print(|out| match format.unwrap_or_default() {
        Format::Text => {
            text(&subject.description, out)?;
            certificate.write(out)?;
            timing.map_or(Ok(()), |timing| timing.write(out))
        }
        Format::Json => {
            let whole = Whole { description: &subject.description, certificate, timing };
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

/// Docs without the brackets by which they link to each other.
fn links_removed(docs: &str) -> String {
    docs.replace("[`", "`").replace("`]", "`")
}
