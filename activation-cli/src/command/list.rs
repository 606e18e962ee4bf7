//! `activation list`: the catalogue.

use super::{help, version};
use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::data::excerpt;
use crate::description::Description;
use crate::failure::Failure;
use crate::report::{self, Format};
use crate::table::{self, Align};
use activation_core::all;

pub(super) const HELP: &str = "\
Lists the catalogue: names, aliases, parameters with their defaults, formulas.

Usage: activation list [--format table|json|csv]

A parameter is written as it was declared: `learn` says that training adjusts it, `in 0..1` what it may be.
JSON is an array of objects with name, aliases, variable, parameters, formula, derivative,
second_derivative, docs and source; CSV has a row of text for each. Any name or alias will do in `show` and
`eval`; upper case, `-` and `_` do not matter there.

Functions of whole rows, which are no functions of one number, are in the library only, in activation_core::rows:
softmax, log_softmax, softmin, logsumexp, sparsemax, maxout.

Examples:
  activation list
  activation list | grep tanh
  activation list --format json
  activation list --format csv > catalogue.csv
";

const OPTIONS: &[&str] = &["format", "help"];

pub(super) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let mut format = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(HELP)),
                "version" => return arguments.flag(&option).and_then(|()| version()),
                "format" => once(&mut format, &option, arguments.choice(&option, Format::WORDS)?)?,
                _ => return Err(unknown_option(&option, "list", OPTIONS)),
            },
            Argument::Value(value) => {
                let value = excerpt(&utf8(value)?);
                return Err(Failure::new(format!(
                    "`activation list` lists all and takes no argument {value}; `activation show WHAT` shows one"
                )));
            }
        }
    }
    let catalogue: Vec<Description> = all().map(|entry| Description::from(entry.info())).collect();
    report::print(|out| match format.unwrap_or_default() {
        Format::Table => {
            let rows = catalogue.iter().map(|one| {
                vec![one.name.clone(), one.aliases.join(", "), parameters(one, ", "), one.formula.clone()]
            });
            table::write(out, Align::Left, &["name", "aliases", "parameters", "formula"], rows)
        }
        Format::Json => report::json_lines(out, &catalogue),
        Format::Csv => {
            let header = ["name", "aliases", "parameters", "formula", "derivative", "second_derivative"];
            let rows = catalogue.iter().map(|one| {
                vec![
                    one.name.clone(),
                    one.aliases.join("; "),
                    parameters(one, "; "),
                    one.formula.clone(),
                    one.derivative.clone(),
                    one.second_derivative.clone(),
                ]
            });
            report::csv(out, &header, rows)
        }
    })
}

fn parameters(one: &Description, separator: &str) -> String {
    one.parameters.iter().map(|parameter| parameter.declared()).collect::<Vec<_>>().join(separator)
}
