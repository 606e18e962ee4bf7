//! `activation list`: the catalogue.

use crate::args::{self, Arguments, once, unknown_option};
use crate::data::excerpt;
use crate::description::Description;
use crate::failure::Failure;
use crate::manual::{Group, Value, Verb, field, opt};
use crate::report::{self, Format};
use crate::table::{self, Align};
use activation_core::all;

pub(super) const MANUAL: Verb = Verb {
    name: "list",
    operands: "",
    completes: Value::None,
    summary: "the catalogue: names, parameters, formulas",
    usage: &["list [--format table|json|csv]"],
    about: "Lists the catalogue: names, aliases, parameters with their defaults, formulas.\n\nA parameter is written \
            as it was declared: `learn` says that training adjusts it, `in 0..1` what it may be. CSV has a row of \
            text for each. Any name or alias will do wherever WHAT stands; upper case, `-` and `_` do not matter \
            there.\n\nFunctions of whole rows, which are no functions of one number, are in the library only, in \
            activation_core::rows: softmax, log_softmax, softmin, logsumexp, sparsemax, maxout.",
    groups: &[Group {
        title: "Options",
        options: &[opt(
            "format",
            Value::Words(&["table", "json", "csv"]),
            "how it is written, table by default; JSON is an array of objects",
        )],
    }],
    json: &[
        field("[].name", "string", "the name; `formula` for a formula that was not declared"),
        field("[].aliases", "array", "other names"),
        field("[].variable", "string", "what the variable is called in the formulas"),
        field("[].parameters", "array", "the parameters, in the order of declaration"),
        field("[].parameters[].name", "string", "its name"),
        field("[].parameters[].docs", "string", "what its author says of it"),
        field("[].parameters[].default", "number", "its default"),
        field("[].parameters[].default_text", "string", "its default as its author wrote it"),
        field("[].parameters[].learned", "boolean", "whether training adjusts it"),
        field("[].parameters[].range", "array", "its smallest and largest value, each a number or null"),
        field("[].parameters[].derivative", "string", "the derivative of f by it, as a formula"),
        field("[].formula", "string", "f, as its author wrote it"),
        field("[].derivative", "string", "f', as a formula"),
        field("[].second_derivative", "string", "f'', as a formula"),
        field("[].docs", "string", "what its author says of it, in Markdown"),
        field("[].source", "string or null", "where it comes from"),
    ],
    examples: &[
        "activation list",
        "activation list | grep tanh",
        "activation list --format json",
        "activation list --format csv > catalogue.csv",
    ],
    run,
};

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let mut format = None;
    let read = args::read(arguments, &MANUAL, |from, option| match option {
        "format" => once(&mut format, option, from.choice(option, Format::WORDS)?),
        _ => Err(unknown_option(option, &MANUAL)),
    })?;
    let Some(values) = read else { return Ok(()) };
    if let Some(value) = values.first() {
        return Err(Failure::new(format!(
            "`activation list` lists all and takes no argument {}; `activation show WHAT` shows one",
            excerpt(value)
        )));
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
