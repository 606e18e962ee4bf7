//! Points on the command line: x, f(x), f'(x), and what else was asked for.

use super::kinks::Chosen;
use super::warn_of_nans;
use crate::data::excerpt;
use crate::data::number::{self, NotANumber, Number};
use crate::failure::Failure;
use crate::report::{self, Format};
use crate::table::{self, Align};
use activation_core::{Output, Scalar};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Evaluated if no points are given: the ends, the steep part, and both sides of 0.
const USUAL: &[&str] = &["-inf", "-5", "-3", "-2", "-1", "-0.5", "0", "0.5", "1", "2", "3", "5", "inf"];

pub(super) struct Request<'r> {
    pub(super) function: Chosen<'r>,
    /// As they were written; read in the type that is computed in, so that they are rounded once.
    pub(super) points: &'r [String],
    pub(super) output: Output,
    /// Whether the user named the function.
    pub(super) explicit: bool,
    pub(super) format: Format,
}

pub(super) fn run<T: Number + Scalar + Serialize>(request: &Request<'_>) -> Result<(), Failure> {
    let points: Vec<T> = match request.points {
        [] => USUAL.iter().filter_map(|text| number::read(text).ok()).collect(),
        given => given.iter().map(|text| point(text)).collect::<Result<_, _>>()?,
    };
    let results = Points::new(request, points);
    report::print(|out| match request.format {
        Format::Table => {
            let titles: Vec<&str> = results.columns.iter().map(|column| column.title.as_str()).collect();
            table::write(out, Align::Right, &titles, results.texts())
        }
        Format::Csv => {
            let keys: Vec<&str> = results.columns.iter().map(|column| column.key).collect();
            report::csv(out, &keys, results.texts())
        }
        Format::Json => report::json_lines(out, (0..results.count()).map(|at| Row { results: &results, at })),
    })?;
    results.warn();
    Ok(())
}

fn point<T: Number>(text: &str) -> Result<T, Failure> {
    let shown = excerpt(text);
    number::read(text).map_err(|error| {
        Failure::new(match error {
            NotANumber::TooLarge(_) => format!("{shown} {error}"),
            _ if text.starts_with("-") && text.len() == 2 => {
                format!(
                    "{shown} is not a number; options begin with two dashes, see `activation eval --help`"
                )
            }
            _ if text.contains([',', ';']) => format!("{shown} is not a number; a space separates numbers"),
            _ => format!("{shown} is not a number; a formula stands in quotes, such as 'x * tanh(x)'"),
        })
    })
}

struct Column<T> {
    /// In JSON and CSV.
    key: &'static str,
    /// For people.
    title: String,
    values: Vec<T>,
}

/// The results: x first.
struct Points<T> {
    columns: Vec<Column<T>>,
    /// The column that was asked for, if any was.
    asked: Option<usize>,
}

impl<T: Number + Scalar> Points<T> {
    fn new(request: &Request<'_>, points: Vec<T>) -> Self {
        let mut functions = vec![
            ("forward", "f(x)".to_owned(), Output::Forward),
            ("derivative", "f'(x)".to_owned(), Output::Derivative),
        ];
        match request.output {
            Output::Forward | Output::Derivative => {}
            Output::SecondDerivative => {
                functions.push(("second_derivative", "f''(x)".to_owned(), request.output));
            }
            Output::ParameterDerivative(index) => {
                let parameter = request.function.subject.description.parameters.get(index);
                let name = parameter.map(|parameter| parameter.name.as_str()).unwrap_or_default();
                functions.push(("parameter_derivative", format!("df/d{name}"), request.output));
            }
        }
        let asked = functions.iter().position(|(_, _, output)| *output == request.output);
        let asked = asked.filter(|_| request.explicit).map(|function| function + 1);
        let mut columns: Vec<Column<T>> = functions
            .into_iter()
            .map(|(key, title, output)| {
                let mut values = points.clone();
                request.function.apply(output, &mut values);
                Column { key, title, values }
            })
            .collect();
        columns.insert(0, Column { key: "x", title: "x".to_owned(), values: points });
        Points { columns, asked }
    }

    fn count(&self) -> usize {
        self.columns.first().map_or(0, |points| points.values.len())
    }

    fn row(&self, at: usize) -> impl Iterator<Item = T> {
        self.columns.iter().filter_map(move |column| column.values.get(at).copied())
    }

    fn texts(&self) -> impl Iterator<Item = Vec<String>> {
        (0..self.count()).map(|at| self.row(at).map(text).collect())
    }

    /// A NaN that was not put in is worth a word, whatever function it is of.
    fn warn(&self) {
        let mut first = None;
        let (mut count, mut total) = (0, 0);
        for at in 0..self.count() {
            let mut row = self.row(at);
            let Some(x) = row.next() else { continue };
            for result in row {
                total += 1;
                if result.is_nan() && !x.is_nan() {
                    count += 1;
                    first.get_or_insert(x);
                }
            }
        }
        if let Some(x) = first {
            warn_of_nans(count, total, &format!("at x = {}", text(x)));
        }
    }
}

fn text<T: Number>(value: T) -> String {
    let mut text = Vec::new();
    number::write(value, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// One point in JSON.
struct Row<'t, T> {
    results: &'t Points<T>,
    at: usize,
}

impl<T: Number + Scalar + Serialize> Serialize for Row<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.results.columns.iter().zip(self.results.row(self.at)) {
            map.serialize_entry(column.key, &Numeral(value))?;
        }
        let asked = self.results.asked.and_then(|column| self.results.row(self.at).nth(column));
        if let Some(value) = asked {
            map.serialize_entry("value", &Numeral(value))?;
        }
        map.end()
    }
}

/// A number in the shortest form of its own type, or a string where JSON has no number.
struct Numeral<T>(T);

impl<T: Number + Serialize> Serialize for Numeral<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_nan() || self.0.is_infinite() {
            serializer.serialize_str(&text(self.0))
        } else {
            self.0.serialize(serializer)
        }
    }
}
