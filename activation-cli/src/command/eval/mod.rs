//! `activation eval`: values and derivatives, at points or of whole files.

mod files;
mod kinks;
mod options;
mod points;

use crate::args::Arguments;
use crate::data::Dtype;
use crate::failure::Failure;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::subject::Subject;
use activation_core::{Output, Subgradient};
use kinks::Chosen;
use options::Asked;

pub(super) const MANUAL: Verb = Verb {
    name: "eval",
    operands: "WHAT [X...]",
    completes: Value::Activation,
    summary: "its values and derivatives at points, or of whole files",
    usage: &[
        "eval WHAT [X...] [OPTIONS]",
        "eval WHAT --input FILE [--output FILE] [OPTIONS]",
        "eval WHAT --raw f32|f64 [OPTIONS] < NUMBERS > RESULTS",
    ],
    about: "Evaluates an activation: f(x) and f'(x) in a table, or one of its functions over whole files.\n\nWHAT is \
            a name (gelu), a formula ('x * tanh(x)', its one free name is the variable), or a declaration ('Bump(x; k \
            = 2) = exp(-k * x^2)'). X are numbers, also inf, -inf and nan; without any, a few that are telling.",
    groups: &[
        Group {
            title: "What is computed (the value of f unless one of these is given)",
            options: &[
                opt("derivative", Value::None, "f', the derivative by the variable; the same as --order 1"),
                opt("order", Value::Words(&["0", "1", "2"]), "f, f' or f'' for 0, 1 or 2"),
                opt("wrt", Value::Text("PARAMETER"), "the derivative of f by a parameter"),
                opt(
                    "subgradient",
                    Value::Words(&["branch", "left", "right", "zero", "middle", "steeper"]),
                    "what f' is at a kink: that of the branch taken (default), of the left or the right, zero, their middle, or the steeper one",
                ),
                opt(
                    "like",
                    Value::Words(&["pytorch", "jax", "tensorflow", "candle", "burn", "flux"]),
                    "the choice of that framework",
                ),
                opt("set", Value::Text("NAME=VALUE"), "sets a parameter; may be given for each of them"),
                opt(
                    "dtype",
                    Value::Words(&["f32", "f64"]),
                    "the type of the numbers, f32 by default; a .npy file knows its own",
                ),
                opt(
                    "tier",
                    Value::Words(&["accurate", "fast"]),
                    "rounded once (default), or computed in f32 throughout, whatever a .npy file has",
                ),
                STRICT,
            ],
        },
        Group {
            title: "At points",
            options: &[opt(
                "format",
                Value::Words(&["table", "json", "csv"]),
                "how results are written, table by default; JSON is an array of objects",
            )],
        },
        Group {
            title: "Of files",
            options: &[
                opt(
                    "input",
                    Value::File("FILE"),
                    ".npy (f16, f32 or f64, of any shape), .csv and .tsv (tables), any other: numbers in plain text; - is standard input, as plain text",
                ),
                opt(
                    "output",
                    Value::File("FILE"),
                    "where results go, in the form of the input; without it to standard output",
                ),
                opt(
                    "column",
                    Value::Text("NAME|NUMBER"),
                    "only this column of a text: a name in its header, or a number counted from 1",
                ),
                opt(
                    "raw",
                    Value::Words(&["f32", "f64"]),
                    "little-endian numbers from standard input to standard output, however many",
                ),
            ],
        },
    ],
    json: &[
        field("[].x", "number or string", "the input; `inf`, `-inf` and `nan` are text, here and below"),
        field("[].forward", "number or string", "f"),
        field("[].derivative", "number or string", "f'"),
        field("[].second_derivative", "number or string", "f'', with --order 2"),
        field("[].parameter_derivative", "number or string", "the derivative by a parameter, with --wrt"),
        field("[].value", "number or string", "what --order, --derivative or --wrt asked for, again"),
    ],
    examples: &[
        "activation eval gelu -1 0 1",
        "activation eval elu --set alpha=0.5 --derivative --format json -2 -inf",
        "activation eval 'Bump(x; k = 2) = exp(-k * x^2)' --wrt k 0.5",
        "activation eval relu6 0 6 --derivative --subgradient middle",
        "activation eval silu --input activations.npy --output result.npy",
        "seq -5 5 | activation eval 'x * tanh(x)' --input - --order 2",
    ],
    run,
};

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(options) = options::read(arguments)? else { return Ok(()) };
    options.check()?;
    let (what, asked) = (options.what()?, options.asked()?);
    let mut subject = Subject::find(what)?.in_tier(options.tier());
    subject.require_certificate(what, options.strict)?;
    for (name, value) in &options.set {
        subject.set(name, *value)?;
    }
    let output = match asked {
        Asked::Forward | Asked::Order(0) => Output::Forward,
        Asked::Order(1) => Output::Derivative,
        Asked::Order(_) => Output::SecondDerivative,
        Asked::Wrt(parameter) => Output::ParameterDerivative(subject.parameter(parameter)?),
    };
    let at_kinks = options.at_kinks()?.map_or(Ok(Subgradient::Branch), |rule| rule.choice(what, &subject))?;
    let function = Chosen { subject: &subject, at_kinks };
    if let Some(result) = files::run(&options, function, output) {
        return result;
    }
    let points = points::Request {
        function,
        points: &options.points,
        output,
        explicit: !matches!(asked, Asked::Forward),
        format: options.format.unwrap_or_default(),
    };
    match options.dtype.unwrap_or(Dtype::F32) {
        Dtype::F32 => points::run::<f32>(&points),
        Dtype::F64 => points::run::<f64>(&points),
    }
}

/// Says how many results came out NaN although their inputs are numbers; `first` is where.
fn warn_of_nans(count: u64, total: u64, first: &str) {
    let are = if count == 1 { "is" } else { "are" };
    crate::failure::warn(&format!(
        "{count} of {total} results {are} NaN where the input is not, the first {first}"
    ));
}
