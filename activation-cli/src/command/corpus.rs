//! `activation corpus`: inputs with their exact outputs, for others to hold their own implementations against.

mod answer;
mod decimal;
mod edges;
mod folder;
mod points;
mod write;

use crate::args::{self, Arguments, once, unknown_option};
use crate::data::{Dtype, excerpt};
use crate::failure::Failure;
use crate::manual::{Group, Value, Verb, field, opt};
use crate::progress;
use crate::report;
use crate::subject::Subject;
use activation_core::all;
use answer::Questions;
use folder::Folder;
use std::collections::HashSet;
use std::path::PathBuf;

pub(super) const MANUAL: Verb = Verb {
    name: "corpus",
    operands: "--output DIR",
    completes: Value::Activation,
    summary: "inputs with exact outputs, to hold other implementations against",
    usage: &["corpus --output DIR [WHAT...] [--points N] [--dtype f32|f64] [--format text|json]"],
    about: "Writes inputs with their exact outputs, to hold another implementation against: NaN, infinities, signed \
            zeros, both sides of kinks, roots, tails where results vanish or overflow, subnormal and ordinary \
            numbers.\n\nFor every WHAT, or the whole catalogue, DIR/NAME/ has cases.jsonl (a case a line: input and \
            correctly rounded outputs as numerals and as bits, and 25 digits of the exact value) and the same as \
            NumPy arrays. DIR/README.txt says how to read them and DIR/example.py is a test that uses them. The \
            values are those of the formula as it is written, in multi-precision arithmetic with numerical slopes; \
            nothing in them comes from this program's own functions, but the limits at infinity, which are held \
            against the formula far out.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt("output", Value::Folder("DIR"), "a folder that does not exist yet, or is empty"),
            opt(
                "points",
                Value::Text("N"),
                "how many ordinary numbers, beside the special ones; 200 unless said otherwise",
            ),
            opt(
                "dtype",
                Value::Words(&["f32", "f64"]),
                "the type of the inputs, f32 unless said otherwise; outputs are given in both",
            ),
            opt(
                "format",
                Value::Words(&["text", "json"]),
                "how the sum of it is told, text by default; JSON is an object",
            ),
        ],
    }],
    json: &[
        field("folder", "string", "where the files are"),
        field("activations", "integer", "how many activations"),
        field("cases", "integer", "how many inputs with their outputs"),
        field("dropped", "integer", "how many inputs without a certain value; DIR/manifest.json lists them"),
    ],
    examples: &[
        "activation corpus --output corpus",
        "activation corpus --output gelu-in-f64 gelu gelu_tanh --dtype f64",
        "activation corpus --output mine 'Mine(x; k = 2) = x * sigmoid(k * x)' --points 2000",
    ],
    run,
};

const DTYPES: &[(&str, Dtype)] = &[("f32", Dtype::F32), ("f64", Dtype::F64)];

/// How the sum of it is told.
#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json)];

/// More would take days.
const MOST_POINTS: usize = 1_000_000;

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let (mut output, mut points, mut dtype, mut format) = (None, None, None, None);
    let read = args::read(arguments, &MANUAL, |from, option| match option {
        "output" => once(&mut output, option, from.value(option, "DIR")?),
        "points" => once(&mut points, option, from.whole(option, "N", 1..=MOST_POINTS)?),
        "dtype" => once(&mut dtype, option, from.choice(option, DTYPES)?),
        "format" => once(&mut format, option, from.choice(option, FORMATS)?),
        _ => Err(unknown_option(option, &MANUAL)),
    })?;
    let Some(mut names) = read else { return Ok(()) };
    let Some(output) = output else {
        return Err(Failure::new("a corpus is a folder of files: name it with `--output DIR`"));
    };
    if names.is_empty() {
        names = all().map(|entry| entry.info().name.to_owned()).collect();
    }
    let subjects = names.iter().map(|name| Subject::find(name)).collect::<Result<Vec<_>, _>>()?;
    refuse_namesakes(&subjects)?;
    let (points, dtype) = (points.unwrap_or(200), dtype.unwrap_or(Dtype::F32));
    let mut folder = Folder::create(PathBuf::from(output), dtype, points)?;
    for (number, subject) in subjects.iter().enumerate() {
        let questions = Questions::about(subject, dtype, points)?;
        let label = format!("{}/{} {}", number + 1, subjects.len(), subject.description.name);
        let bar = progress::bar(questions.count() as u64, label);
        let answers = questions.answer(|done| bar.inc(done));
        bar.finish_and_clear();
        folder.add(&questions, &answers)?;
    }
    let written = folder.finish()?;
    report::print(|out| match format.unwrap_or_default() {
        Format::Text => writeln!(out, "{}", written.sentence()),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &written)?;
            writeln!(out)
        }
    })
}

/// Activations of one name would be one folder, on some systems whatever the case of their letters.
fn refuse_namesakes(subjects: &[Subject]) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    let twice = subjects
        .iter()
        .map(|subject| &subject.description.name)
        .find(|name| !seen.insert(name.to_lowercase()));
    match twice {
        None => Ok(()),
        Some(name) => Err(Failure::new(format!(
            "two activations are called {}; name each once, and declare formulas: 'Mine(x) = …'",
            excerpt(name)
        ))),
    }
}
