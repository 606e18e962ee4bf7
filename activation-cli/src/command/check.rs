//! `activation check`: how accurate the values are.

use super::{help, version};
use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::measure::{Accuracy, Type, measure};
use crate::report;
use crate::subject::Subject;
use crate::table::{self, Align};
use activation_core::{Output, all};
use serde::Serialize;
use std::io::Write;

pub(super) const HELP: &str = "\
Measures how far results are from the exact values, in units in the last place (ULP).

Usage: activation check WHAT... [--all] [--points N] [--dtype f32|f64] [--format table|json]

Forward, first and second derivative and the derivative by every parameter are evaluated at N numbers spread
over all bit patterns of the type (1000 unless said otherwise), and held against the formula as it is written,
evaluated in multi-precision with numerical slopes. 0.5 ULP is the best there can be. It is a sample: more
points find more.

  --all       the whole catalogue
  --points N  how many numbers; each costs about a millisecond a function

Examples:
  activation check gelu
  activation check 'x * tanh(ln(1 + exp(x)))' --points 20000
  activation check sigmoid tanh --dtype f64 --format json
";

const OPTIONS: &[&str] = &["all", "points", "dtype", "format", "help"];

/// More would be an exhaustive run, for which multi-precision is too slow.
const MOST_POINTS: usize = 10_000_000;

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Table,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("table", Format::Table), ("json", Format::Json)];

/// One line of the result.
#[derive(Serialize)]
struct Row {
    activation: String,
    function: String,
    dtype: &'static str,
    /// Points compared.
    points: usize,
    /// Points at which the formula has no value, or the oracle could not decide.
    undecided: usize,
    max_ulp: f64,
    at: f64,
    mean_ulp: f64,
    /// Results that are NaN where the exact value is a number.
    nan: usize,
}

pub(super) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let (mut names, mut everything) = (Vec::new(), false);
    let (mut points, mut kind, mut format) = (None, None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(HELP)),
                "version" => return arguments.flag(&option).and_then(|()| version()),
                "all" => {
                    arguments.flag(&option)?;
                    everything = true;
                }
                "points" => once(&mut points, &option, count(&arguments.text(&option, "N")?)?)?,
                "dtype" => once(&mut kind, &option, arguments.choice(&option, Type::WORDS)?)?,
                "format" => once(&mut format, &option, arguments.choice(&option, FORMATS)?)?,
                _ => return Err(unknown_option(&option, "check", OPTIONS)),
            },
            Argument::Value(value) => names.push(utf8(value)?),
        }
    }
    if everything && !names.is_empty() {
        return Err(Failure::new("`--all` checks the whole catalogue; leave out the names"));
    }
    if everything {
        names = all().map(|entry| entry.info().name.to_owned()).collect();
    }
    if names.is_empty() {
        return Err(Failure::new("check what? Give names or formulas: `activation check gelu`, or `--all`"));
    }
    // All of them are found before anything is measured: a misspelt last name must not cost minutes.
    let subjects = names.iter().map(|name| Subject::find(name)).collect::<Result<Vec<_>, _>>()?;
    let (points, kind) = (points.unwrap_or(1000), kind.unwrap_or(Type::F32));
    let mut rows = Vec::new();
    for subject in &subjects {
        rows.extend(rows_of(subject, points, kind)?);
    }
    report::print(|out| match format.unwrap_or_default() {
        Format::Table => write_table(&rows, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)
        }
    })
}

fn count(text: &str) -> Result<usize, Failure> {
    match text.parse() {
        Ok(count) if (1..=MOST_POINTS).contains(&count) => Ok(count),
        _ => Err(Failure::new(format!(
            "`--points` takes a whole number from 1 to {MOST_POINTS}, not {}",
            excerpt(text)
        ))),
    }
}

fn rows_of(subject: &Subject, points: usize, kind: Type) -> Result<Vec<Row>, Failure> {
    let formula = subject.formula()?;
    let parameters: Vec<f64> = formula.parameters.iter().map(|parameter| parameter.default).collect();
    let mut functions = vec![
        (Output::Forward, "f".to_owned()),
        (Output::Derivative, "f'".to_owned()),
        (Output::SecondDerivative, "f''".to_owned()),
    ];
    functions.extend(
        formula.parameters.iter().enumerate().map(|(index, parameter)| {
            (Output::ParameterDerivative(index), format!("df/d{}", parameter.name))
        }),
    );
    let rows = functions.into_iter().map(|(output, function)| {
        let activation = subject.description.name.clone();
        let label = format!("{activation} {function}");
        let found = measure(subject, &formula, &parameters, output, kind, points, &label);
        let Accuracy { points, undecided, worst, at, faults, .. } = found;
        let mean_ulp = found.mean();
        Row {
            activation,
            function,
            dtype: kind.name(),
            points,
            undecided,
            max_ulp: worst,
            at,
            mean_ulp,
            nan: faults,
        }
    });
    Ok(rows.collect())
}

fn write_table(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let header = ["activation", "function", "points", "undecided", "max ULP", "at", "mean ULP", "NaN"];
    let cells = rows.iter().map(|row| {
        let at = if row.dtype == "f32" { format!("{:e}", row.at as f32) } else { format!("{:e}", row.at) };
        vec![
            row.activation.clone(),
            row.function.clone(),
            row.points.to_string(),
            row.undecided.to_string(),
            format!("{:.3}", row.max_ulp),
            at,
            format!("{:.3}", row.mean_ulp),
            row.nan.to_string(),
        ]
    });
    table::write(out, Align::Left, &header, cells)
}
