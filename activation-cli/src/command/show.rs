//! `activation show`: everything that is known of one activation.

use super::{help, version};
use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::data::excerpt;
use crate::description::Description;
use crate::failure::Failure;
use crate::report;
use crate::subject::Subject;
use std::io::{self, Write};

pub(super) const HELP: &str = "\
Shows an activation: formula, derivative, second derivative, parameters and their derivatives, docs, source.

Usage: activation show WHAT [--format text|json]

WHAT is a name or alias of the catalogue, a formula, or a whole declaration. What is no name is compiled, and
its derivatives are derived the same way.

Examples:
  activation show gelu
  activation show Leaky-ReLU --format json
  activation show 'x * tanh(x)'
  activation show 'Bump(x; learn k = 2 in 0..) = exp(-k * x^2)'
";

const OPTIONS: &[&str] = &["format", "help"];

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
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(HELP)),
                "version" => return arguments.flag(&option).and_then(|()| version()),
                "format" => once(&mut format, &option, arguments.choice(&option, FORMATS)?)?,
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
    let description = Subject::find(&what)?.description;
    report::print(|out| match format.unwrap_or_default() {
        Format::Text => text(&description, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &description)?;
            writeln!(out)
        }
    })
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
