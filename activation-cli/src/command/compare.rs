//! `activation compare`: what several functions are like, side by side.

use super::inquiry::{Inquired, Inquiry};
use super::plot::Overlay;
use crate::args::Arguments;
use crate::failure::Failure;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::properties::Properties;
use crate::properties::json::{Json, text};
use crate::properties::rows::Row;
use crate::report::{self, csv};
use crate::table;
use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};

pub(super) const MANUAL: Verb = Verb {
    name: "compare",
    operands: "WHAT WHAT...",
    completes: Value::Activation,
    summary: "what several are like, side by side",
    usage: &["compare WHAT WHAT... [OPTIONS]"],
    about: "Compares activations: what they are like, and what they make of normally distributed \
            inputs, side by side, and their curves below.\n\nWHAT is a name or alias of the catalogue, a formula, or a whole \
            declaration; two to eight of them. Figures come from intervals and quadrature, not from \
            samples; what is only sampled is listed in JSON as `unproven`.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt(
                "format",
                Value::Words(&["table", "json", "csv", "markdown"]),
                "how it is written, table by default; JSON is an array of objects",
            ),
            opt(
                "set",
                Value::Text("NAME=VALUE"),
                "sets a parameter of every function that has it; may be given for each of them",
            ),
            opt("mean", Value::Text("M"), "the mean of normally distributed inputs, 0 unless said otherwise"),
            opt("std", Value::Text("S"), "their standard deviation, 1 unless said otherwise"),
            opt(
                "output",
                Value::File("FILE"),
                "the curves go to a file, .svg, .png, .txt or .json, and not below the table",
            ),
            opt("no-plot", Value::None, "the table alone"),
            STRICT,
        ],
    }],
    json: &[
        field("[].name", "string", "the name, or the formula"),
        field("[].formula", "string", "f, as its author wrote it"),
        field("[].analysis", "object", "its properties: the chapter `analysis`"),
    ],
    examples: &[
        "activation compare relu gelu silu",
        "activation compare sigmoid tanh 'x / (1 + abs(x))' --std 2",
        "activation compare relu leaky_relu --set slope=0.2 --format markdown",
        "activation compare gelu relu silu --output curves.png",
    ],
    run,
};

/// As many columns fit.
const MOST: usize = 8;

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Table,
    Json,
    Csv,
    Markdown,
}

const FORMATS: &[(&str, Format)] =
    &[("table", Format::Table), ("json", Format::Json), ("csv", Format::Csv), ("markdown", Format::Markdown)];

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(inquiry) = Inquiry::read(arguments, &MANUAL, FORMATS)? else { return Ok(()) };
    if !(2..=MOST).contains(&inquiry.whats.len()) {
        return Err(Failure::new(format!(
            "`compare` takes two to {MOST} names or formulas, and there are {}: `activation compare relu gelu`; a \
             formula stands in quotes",
            inquiry.whats.len()
        )));
    }
    if inquiry.no_plot && inquiry.output.is_some() {
        return Err(Failure::new(
            "`--no-plot` and `--output` contradict each other; leave out one of the two",
        ));
    }
    if inquiry.output.as_deref().is_some_and(|file| file == "-") {
        return Err(Failure::new(
            "the table goes to standard output, and the curves below it; name a file: `--output curves.svg`",
        ));
    }
    let normal = inquiry.normal()?;
    let columns: Vec<(Inquired, Properties)> = inquiry
        .find()?
        .into_iter()
        .map(|one| {
            let properties = one.properties(normal);
            (one, properties)
        })
        .collect();
    let format = inquiry.format.unwrap_or_default();
    let chart = match &inquiry.output {
        Some(file) => {
            overlay(&columns, &inquiry.set, Some(file))?.save()?;
            String::new()
        }
        None if inquiry.no_plot || !matches!(format, Format::Table) => String::new(),
        // The table is there all the same.
        None => overlay(&columns, &inquiry.set, None).map_or_else(
            |failure| {
                failure.warn();
                String::new()
            },
            |overlay| format!("\n{}", overlay.text()),
        ),
    };
    report::print(|out| match format {
        Format::Table => {
            table(&columns, out)?;
            out.write_all(chart.as_bytes())
        }
        Format::Json => report::json_lines(out, columns.iter().map(json)),
        Format::Csv => {
            let names: Vec<&str> =
                std::iter::once("property").chain(columns.iter().map(|(one, _)| &*one.name)).collect();
            csv(out, &names, rows(&columns).into_iter().map(|row| row.cells(row.key.to_owned())))
        }
        Format::Markdown => markdown(&columns, out),
    })
}

/// The curves of f of all.
fn overlay(
    columns: &[(Inquired, Properties)],
    set: &[(String, f64)],
    file: Option<&OsStr>,
) -> Result<Overlay, Failure> {
    let all: Vec<_> = columns
        .iter()
        .map(|(one, properties)| (one.name.as_str(), &one.subject, &properties.analysis))
        .collect();
    Overlay::of(&all, set, file)
}

fn json((one, properties): &(Inquired, Properties)) -> Json {
    let formula = &one.subject.description.formula;
    Json::Object(vec![
        ("name", text(one.name.clone())),
        ("formula", text(formula.clone())),
        ("analysis", properties.json()),
    ])
}

/// A property of all functions.
struct Line {
    key: &'static str,
    label: String,
    texts: Vec<String>,
}

impl Line {
    fn cells(&self, first: String) -> Vec<String> {
        std::iter::once(first).chain(self.texts.iter().cloned()).collect()
    }
}

/// The rows of the table; what only some functions have is a dash for the others.
fn rows(columns: &[(Inquired, Properties)]) -> Vec<Line> {
    let all: Vec<Vec<Row>> = columns
        .iter()
        .map(|(_, properties)| {
            properties.shape_rows().into_iter().chain(properties.expectation_rows()).collect()
        })
        .collect();
    let Some(longest) = all.iter().max_by_key(|rows| rows.len()) else { return Vec::new() };
    let line = |row: &Row| {
        let of = |rows: &Vec<Row>| {
            let same = rows.iter().find(|other| other.key == row.key && other.label == row.label);
            same.map_or("-".to_owned(), |row| row.text.clone())
        };
        Line { key: row.key, label: row.label.clone(), texts: all.iter().map(of).collect() }
    };
    longest.iter().map(line).collect()
}

fn table(columns: &[(Inquired, Properties)], out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<&str> = std::iter::once("").chain(columns.iter().map(|(one, _)| &*one.name)).collect();
    let lines: Vec<Vec<String>> = rows(columns).iter().map(|line| line.cells(line.label.clone())).collect();
    table::write_within(out, &names, lines, width())?;
    if let [(_, first), ..] = columns {
        writeln!(out, "\ninputs of expectations: {}", first.inputs())?;
    }
    Ok(())
}

fn markdown(columns: &[(Inquired, Properties)], out: &mut dyn Write) -> io::Result<()> {
    let cell = |text: &str| text.replace('|', "\\|");
    let row = |cells: Vec<String>| {
        format!("| {} |", cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(" | "))
    };
    let names: Vec<String> = std::iter::once(String::new())
        .chain(columns.iter().map(|(one, _)| format!("`{}`", one.name)))
        .collect();
    writeln!(out, "{}", row(names))?;
    writeln!(out, "|{}", " --- |".repeat(columns.len() + 1))?;
    for line in rows(columns) {
        writeln!(out, "{}", row(line.cells(line.label.clone())))?;
    }
    Ok(())
}

/// How wide lines may be: as the terminal, or as `COLUMNS` says; as long as they are in a pipe or a file.
pub(super) fn width() -> Option<usize> {
    let stated = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    if !io::stdout().is_terminal() {
        return stated;
    }
    console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns)).or(stated)
}
