//! `activation bench`: how fast the kernels are, beside a copy of the same memory.

mod kernel;
mod options;
mod timing;

use crate::args::Arguments;
use crate::failure::{Failure, warn};
use crate::manual::{Group, Value, Verb, field, opt};
use crate::measure::Type;
use crate::progress;
use crate::report::{json_lines, print};
use crate::subject::Subject;
use crate::table::{self, Align};
use crate::tier::Tier;
use half::{bf16, f16};
use kernel::{KERNELS, Kernel};
use options::{Format, Options};
use serde::Serialize;
use timing::{Data, Timing};

pub(super) const MANUAL: Verb = Verb {
    name: "bench",
    operands: "[WHAT...]",
    completes: Value::Activation,
    summary: "how fast they are, beside a copy of the same memory",
    usage: &["bench [WHAT...] [--all] [OPTIONS]"],
    about: "Measures how fast functions are on a slice: nanoseconds an element, and how many times as long as a copy \
            of the same memory, which is measured in turn with them.\n\nFour kernels of each: forward, derivative, \
            forward_derivative (both in one pass) and backward (gradient times derivative). Without WHAT, a dozen \
            activations of every cost; names are compiled code, while a formula given here is interpreted a step at a \
            time. Inputs lie between -5 and 5. The times are the best of several blocks of about a millisecond.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt("all", Value::None, "the whole catalogue"),
            opt(
                "n",
                Value::Text("N"),
                "how many elements, such as 50000, 64Ki or 1M; 64Ki unless said otherwise",
            ),
            opt("threads", Value::Text("T"), "on so many threads, each with its part of the elements"),
            opt(
                "tier",
                Value::Words(&["accurate", "fast"]),
                "which implementation: rounded once (default), or computed in f32 throughout",
            ),
            opt(
                "level",
                Value::Words(&["base", "avx2", "avx512"]),
                "with no better instructions than these; the best that the machine has by default",
            ),
            opt("dtype", Value::Words(&["f32", "f64", "f16", "bf16"]), "the type, f32 by default"),
            opt("format", Value::Words(&["table", "json"]), "table by default; JSON is an array of objects"),
        ],
    }],
    json: &[
        field("[].activation", "string", "the name, or the formula"),
        field("[].kernel", "string", "`forward`, `derivative`, `forward_derivative` or `backward`"),
        field("[].dtype", "string", "the type of the elements"),
        field("[].tier", "string", "`accurate` or `fast`"),
        field("[].level", "string", "the instructions: `base`, `avx2` or `avx512`"),
        field("[].n", "integer", "how many elements"),
        field("[].threads", "integer", "how many threads"),
        field("[].interpreted", "boolean", "whether it is a formula that was given here, not compiled code"),
        field("[].ns_per_element", "number", "nanoseconds an element"),
        field("[].memcpy_ns_per_element", "number", "the same for a copy of the memory"),
        field("[].ratio", "number", "of the two"),
        field("[].gigabytes_per_second", "number", "read and written"),
    ],
    examples: &[
        "activation bench",
        "activation bench gelu silu --tier fast --n 1Mi",
        "activation bench mish --dtype f64 --threads 2 --format json",
    ],
    run,
};

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(options) = Options::read(arguments)? else { return Ok(()) };
    options.level.limit_to();
    // All of them are found before anything is measured.
    let subjects = options.names.iter().map(|name| Subject::find(name)).collect::<Result<Vec<_>, _>>()?;
    if subjects.iter().any(|subject| !subject.is_in_catalogue()) {
        warn(
            "a formula is interpreted here, a step at a time; what `define_activation!` makes of it is faster",
        );
    }
    let rows = match options.dtype {
        Type::F32 if options.tier == Tier::Fast => {
            measure::<f32>(&subjects, &options, |kernel, subject, part| kernel.run_fast(subject, part))
        }
        Type::F32 => measure::<f32>(&subjects, &options, Kernel::run),
        Type::F64 => measure::<f64>(&subjects, &options, Kernel::run),
        Type::F16 => measure::<f16>(&subjects, &options, Kernel::run),
        Type::Bf16 => measure::<bf16>(&subjects, &options, Kernel::run),
    };
    print(|out| match options.format {
        Format::Json => json_lines(out, &rows),
        Format::Table => {
            let (n, dtype, tier) = (options.n, options.dtype.name(), options.tier.name());
            let threads = if options.threads == 1 { "thread" } else { "threads" };
            write!(out, "{n} elements of {dtype}, {tier} tier, {} {threads}", options.threads)?;
            if options.is_limited {
                write!(out, ", {}", options.level.name())?;
            }
            writeln!(out)?;
            let header = ["activation", "kernel", "ns/element", "GB/s", "x memcpy"];
            table::write(out, Align::Left, &header, rows.iter().map(Row::cells))
        }
    })
}

/// Every kernel of every subject.
fn measure<T: kernel::Element>(
    subjects: &[Subject],
    options: &Options,
    run: impl Fn(Kernel, &Subject, &mut timing::Part<'_, T>) + Sync,
) -> Vec<Row> {
    let mut data = Data::<T>::new(options.n);
    let bar = progress::bar((subjects.len() * KERNELS.len()) as u64, "");
    let mut rows = Vec::new();
    for (subject, name) in subjects.iter().zip(&options.names) {
        for &kernel in KERNELS {
            let activation = subject.name_or(name);
            bar.set_message(format!("{activation} {}", kernel.name()));
            let timing = timing::measure(&mut data, options.threads, |part| run(kernel, subject, part));
            rows.push(Row::new(activation, !subject.is_in_catalogue(), kernel, &timing, options));
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    rows
}

/// A result, as JSON has it.
#[derive(Serialize)]
struct Row {
    activation: String,
    kernel: &'static str,
    dtype: &'static str,
    tier: &'static str,
    level: &'static str,
    n: usize,
    threads: usize,
    interpreted: bool,
    ns_per_element: f64,
    memcpy_ns_per_element: f64,
    ratio: f64,
    gigabytes_per_second: f64,
}

impl Row {
    fn new(activation: &str, interpreted: bool, kernel: Kernel, timing: &Timing, options: &Options) -> Self {
        Row {
            activation: activation.to_owned(),
            kernel: kernel.name(),
            dtype: options.dtype.name(),
            tier: options.tier.name(),
            level: options.level.name(),
            n: options.n,
            threads: options.threads,
            interpreted,
            ns_per_element: timing.kernel,
            memcpy_ns_per_element: timing.memcpy,
            ratio: timing.kernel / timing.memcpy,
            gigabytes_per_second: (kernel.slices() * timing.size) as f64 / timing.kernel,
        }
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.activation.clone(),
            self.kernel.to_owned(),
            format!("{:.3}", self.ns_per_element),
            format!("{:.1}", self.gigabytes_per_second),
            format!("{:.2}", self.ratio),
        ]
    }
}
