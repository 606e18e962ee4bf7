//! `activation check`: how accurate the values are.

mod functions;
mod options;
mod report;
mod rows;

use crate::args::Arguments;
use crate::failure::Failure;
use crate::interrupt;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::measure::{Inputs, Kernel, State, Type, measure};
use crate::report::print;
use crate::subject::Subject;
use activation_formula::Compiled;
use options::{Format, Options};
use report::Report;
use rows::Row;

pub(super) const MANUAL: Verb = Verb {
    name: "check",
    operands: "WHAT...",
    completes: Value::Activation,
    summary: "how accurate they are, against multi-precision arithmetic",
    usage: &["check WHAT... [--all] [OPTIONS]"],
    about: "Measures how far results are from the exact values, in units in the last place (ULP): the largest and the \
            mean error, and faults, which are NaN or infinity in the wrong place.\n\nEvery function is evaluated at N \
            numbers spread over all bit patterns of the type (1000 unless said otherwise), and held against the \
            formula as it is written, evaluated in multi-precision with numerical slopes. 0.5 ULP is the best there \
            can be. That is a sample; `--exhaustive` takes every number of the type.\n\nEnds with 1 if there are faults, or if \
            an error is larger than what is promised: 1 ULP for f32, 4 for f64, half a unit for f16 and bf16; the fast \
            tier promises no number of units.",
    groups: &[
        Group {
            title: "What is measured",
            options: &[
                opt("all", Value::None, "the whole catalogue"),
                opt("order", Value::Text("N"), "only f (0), f' (1) or f'' (2); several as `--order 0,1`"),
                opt("wrt", Value::Text("PARAMETER"), "only the derivative by that parameter"),
                opt("dtype", Value::Words(&["f32", "f64", "f16", "bf16"]), "the type, f32 by default"),
                opt(
                    "tier",
                    Value::Words(&["accurate", "fast"]),
                    "which implementation: rounded once (default), or computed in f32 throughout",
                ),
                STRICT,
            ],
        },
        Group {
            title: "At which numbers",
            options: &[
                opt("points", Value::Text("N"), "how many; each costs about a millisecond a function"),
                opt(
                    "exhaustive",
                    Value::None,
                    "all 2^32 of f32, or all 2^16 of f16 and bf16; f and f' unless `--order` says otherwise. For f and f' of the catalogue: against closed forms in double precision, written by hand and apart from what is measured; the largest errors are then decided in multi-precision. Everything else is held against multi-precision, which only 2^16 numbers allow",
                ),
                opt(
                    "resume",
                    Value::File("FILE"),
                    "where an exhaustive run notes what is done, a line for every part. Run again after an interruption, the same command of the same build goes on from there. Ctrl-C loses nothing: the parts in progress are completed first (twice, and they are not). Default: activation-check.jsonl, removed at the end; a FILE that is named here is kept",
                ),
            ],
        },
        Group {
            title: "How it is told",
            options: &[
                opt(
                    "format",
                    Value::Words(&["table", "json"]),
                    "table by default; JSON is an array of objects",
                ),
                opt(
                    "report",
                    Value::File("FILE"),
                    "writes a report in Markdown too, or adds to the one there",
                ),
                opt("commit", Value::Text("HASH"), "which source the report is about"),
            ],
        },
    ],
    json: &[
        field("[].activation", "string", "the name, or the formula"),
        field("[].function", "string", "`f`, `f'`, `f''` or `df/dNAME`"),
        field("[].dtype", "string", "the type that was measured"),
        field("[].tier", "string", "`accurate` or `fast`"),
        field("[].exhaustive", "boolean", "whether every number of the type went in"),
        field("[].points", "integer", "finite inputs at which results were compared"),
        field(
            "[].undecided",
            "integer",
            "finite inputs at which the formula has no value, or no precision was enough",
        ),
        field(
            "[].max_ulp",
            "number or null",
            "the largest error, in units in the last place of the exact value",
        ),
        field("[].at", "number or null", "the input where it is"),
        field("[].mean_ulp", "number", "the mean error"),
        field(
            "[].faults",
            "integer",
            "NaN or infinity in the wrong place, another value than the limit at an infinity",
        ),
        field("[].fault_at", "string or null", "the first such input, as text: it may be NaN"),
    ],
    examples: &[
        "activation check gelu",
        "activation check 'x * tanh(ln(1 + exp(x)))' --points 20000",
        "activation check sigmoid tanh --dtype f64 --order 0 --format json",
        "activation check gelu --exhaustive",
        "activation check --all --exhaustive --dtype bf16 --report ACCURACY.md",
    ],
    run,
};

/// Where an exhaustive run notes what is done, unless it is told.
const STATE: &str = "activation-check.jsonl";

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(options) = Options::read(arguments)? else { return Ok(()) };
    options.tier.check(options.dtype == Type::F64)?;
    // All of them are found before anything is measured: a misspelt last name must not cost minutes.
    let mut subjects: Vec<(Subject, Compiled)> = Vec::new();
    for name in &options.names {
        let subject = Subject::find(name)?.in_tier(options.tier);
        subject.require_certificate(name, options.strict)?;
        let formula = subject.formula()?;
        subjects.push((subject, formula));
    }
    let mut kernels = Vec::new();
    for ((subject, formula), name) in subjects.iter().zip(&options.names) {
        let what = subject.name_or(name);
        for output in functions::of(subject, formula, &options)? {
            kernels.push(Kernel::new(subject, formula, output, what));
        }
    }
    let report = options.report.as_deref().map(Report::open).transpose()?;
    let state = match options.inputs {
        Inputs::Sample(_) => None,
        Inputs::All => {
            exhaustible(&kernels, options.dtype)?;
            interrupt::listen();
            Some(State::open(options.resume.as_deref().unwrap_or(STATE.as_ref()), options.resume.is_none())?)
        }
    };
    let found = measure(&kernels, options.inputs, options.dtype, state)?;
    let rows: Vec<Row> =
        kernels.iter().zip(&found).map(|(kernel, found)| Row::new(kernel, found, &options)).collect();
    if let Some(report) = report {
        report.write(&rows, &options)?;
    }
    print(|out| match options.format {
        Format::Table => rows::write_table(&rows, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows)?;
            writeln!(out)
        }
    })?;
    if rows.iter().all(|row| row.is_kept(&options)) { Ok(()) } else { Err(Failure::No) }
}

/// Makes sure that the whole type can be gone through.
fn exhaustible(kernels: &[Kernel<'_>], dtype: Type) -> Result<(), Failure> {
    let slow = match dtype {
        Type::F64 => {
            return Err(Failure::new(
                "nobody can go through all 2^64 numbers of `f64`; take a sample with `--points N`, or `--dtype f32`",
            ));
        }
        Type::F16 | Type::Bf16 => None,
        Type::F32 => kernels.iter().find(|kernel| kernel.reference().is_none()),
    };
    slow.map_or(Ok(()), |kernel| {
        Err(Failure::new(format!(
            "`--exhaustive` over `f32` is for f and f' of the catalogue, for which there are closed forms to hold them \
             against; {} of `{}` has only multi-precision, and 2^32 numbers would take months: take a sample with \
             `--points N`, or `--dtype f16`",
            kernel.function(),
            kernel.activation()
        )))
    })
}
