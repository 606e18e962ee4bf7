//! `activation lab`: what tutorials claim, as experiments on real data. The experiments are those of `activation-lab`, which brings
//! a framework along and is there only with the feature `lab`.

#[cfg(feature = "lab")]
mod options;
#[cfg(feature = "lab")]
mod session;
#[cfg(feature = "lab")]
mod write;

#[cfg(not(feature = "lab"))]
use crate::args;
use crate::args::Arguments;
use crate::failure::Failure;
use crate::manual::{Group, Value, Verb, field, opt};

pub(super) const MANUAL: Verb = Verb {
    name: "lab",
    operands: "[EXPERIMENT...] [WHAT...]",
    completes: Value::Activation,
    summary: "what tutorials claim about them, as experiments on real data",
    usage: &["lab [EXPERIMENT...] [WHAT...] [OPTIONS]", "lab --list"],
    about: "Puts what tutorials claim about activation functions to the test: networks learn to read 1,797 handwritten digits, and \
            every claim gets a verdict, computed from 95 % confidence intervals over several runs.\n\nEXPERIMENT is \
            killing-gradients (do gradients vanish, layer by layer?), zero-centred (are outputs centred, and does it matter?), \
            convergence (who learns faster, each at its best learning rate?), sparsity (are half of the outputs 0?) or \
            dead-neurons (do units die at high learning rates?); all of them unless said otherwise. WHAT takes part instead of \
            those that the claim is about: names, formulas, declarations; parameters with `learn` are trained, one for each \
            layer.\n\nThe same seed gives the same results, whatever the number of threads. All experiments take a few minutes on \
            two cores; with --quick seconds, for a look that decides little. Ctrl-C ends it, with nothing written. It needs a \
            build with the feature `lab`: cargo install --path activation-cli --features lab.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt("list", Value::None, "what experiments there are, and which claim each is about"),
            opt("quick", Value::None, "smaller networks, fewer rates, three runs"),
            opt(
                "runs",
                Value::Text("N"),
                "how many runs of everything that is measured; 8 unless said otherwise",
            ),
            opt("seed", Value::Text("N"), "where random numbers come from; 1 unless said otherwise"),
            opt(
                "epochs",
                Value::Text("N"),
                "of every training; what suits the experiment unless said otherwise",
            ),
            opt("threads", Value::Text("T"), "on so many threads; on all cores unless said otherwise"),
            opt(
                "output",
                Value::Folder("DIR"),
                "a folder that does not exist yet, or is empty: report.html (all in one page, to be read without a network), \
                 report.md, and each experiment as JSON, CSV, SVG and PNG",
            ),
            opt(
                "format",
                Value::Words(&["text", "json", "markdown"]),
                "how results are written, text by default; JSON is an array of objects",
            ),
        ],
    }],
    json: &[
        field("[].experiment", "string", "its name"),
        field("[].title", "string", "its headline"),
        field("[].claim", "string", "what the tutorial says"),
        field("[].command", "string", "the command that gives the same results"),
        field("[].setup", "object", "how much was done"),
        field("[].setup.seed", "integer", "where random numbers came from"),
        field("[].setup.runs", "integer", "runs of everything"),
        field("[].setup.epochs", "integer or null", "of every training, if --epochs said so"),
        field("[].setup.quick", "boolean", "whether it was a quick look"),
        field("[].contenders", "array", "the activations"),
        field("[].contenders[].name", "string", "the name, or the formula"),
        field("[].contenders[].formula", "string", "f, as its author wrote it"),
        field("[].contenders[].parameters", "array", "numbers, in the order of declaration"),
        field("[].method", "array", "how it was done, in sentences"),
        field("[].claims", "array", "the claims with their verdicts"),
        field("[].claims[].text", "string", "a sentence"),
        field("[].claims[].verdict", "string", "`holds`, `does not hold` or `not decided`"),
        field("[].claims[].measured", "string", "what the figures are"),
        field("[].claims[].wanted", "string", "where they lie if the claim is right"),
        field("[].claims[].mean", "number or null", "of the runs; parts are between 0 and 1"),
        field("[].claims[].low", "number or null", "where the confidence interval begins"),
        field("[].claims[].high", "number or null", "where it ends"),
        field("[].claims[].runs", "integer", "how many runs gave a value"),
        field("[].notes", "array", "what else has to be known, in sentences"),
        field("[].measurements", "array", "everything that was measured"),
        field("[].measurements[].activation", "string", "of which activation"),
        field("[].measurements[].what", "string", "what was measured"),
        field("[].measurements[].depth", "integer or null", "hidden layers, where they vary"),
        field("[].measurements[].initialisation", "string or null", "`naive` or `matched`, where it varies"),
        field("[].measurements[].layer", "integer or null", "which hidden layer, from 1; null for all"),
        field("[].measurements[].rate", "number or null", "the learning rate, where it varies"),
        field("[].measurements[].stage", "string or null", "`before` or `after` training"),
        field("[].measurements[].epoch", "number or null", "how far training had come"),
        field("[].measurements[].mean", "number or null", "of the runs; geometric for sizes and ratios"),
        field("[].measurements[].low", "number or null", "where the confidence interval begins"),
        field("[].measurements[].high", "number or null", "where it ends"),
        field("[].measurements[].runs", "integer", "how many runs gave a value"),
        field("[].measurements[].values", "array", "numbers, run by run"),
    ],
    examples: &[
        "activation lab --list",
        "activation lab --output results",
        "activation lab killing-gradients --quick",
        "activation lab dead-neurons relu 'x * sigmoid(2 * x)'",
        "activation lab convergence relu gelu 'Mine(x; learn k = 1) = x * tanh(k * x)' --runs 12",
        "activation lab sparsity --format json",
    ],
    run,
};

#[cfg(feature = "lab")]
fn run(arguments: Arguments) -> Result<(), Failure> {
    match options::Options::read(arguments)? {
        None => Ok(()),
        Some(options::Asked::List) => write::list(),
        Some(options::Asked::Experiments(options)) => session::run(options),
    }
}

/// What there is without the framework: help, and how to get the rest.
#[cfg(not(feature = "lab"))]
fn run(arguments: Arguments) -> Result<(), Failure> {
    // Options are looked at, and their values are not.
    let read = args::read(arguments, &MANUAL, |from, option| {
        match MANUAL.option(option).map(|known| known.value) {
            Some(Value::None) => from.flag(option),
            _ => from.value(option, "VALUE").map(drop),
        }
    })?;
    if read.is_none() {
        return Ok(());
    }
    Err(Failure::new(
        "this build has no laboratory, because it trains networks and takes a framework to build; in the repository, \
         `cargo run --release -p activation-cli --features lab -- lab …` has it, and \
         `cargo install --path activation-cli --features lab` installs it",
    ))
}
