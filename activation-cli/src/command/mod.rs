//! The verbs, one file each, and what is said when there is none.

mod bench;
mod check;
mod compare;
mod corpus;
mod derive;
mod diff;
mod eval;
mod explain;
mod export;
mod inquiry;
mod list;
mod show;

use crate::args::{Argument, Arguments, unknown_option, utf8};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::{name, report};
use activation_core::by_name;
use activation_formula::nearest;

const HELP: &str = "\
Activation functions from textbook formulas: their values and exact derivatives, on numbers and on files.

Usage:
  activation list                 the catalogue: names, parameters, formulas
  activation show WHAT            formula, derivatives, parameters and source of one
  activation eval WHAT [X...]     its values and derivatives at points, or of whole files
  activation explain WHAT         what it does to signals and gradients, and what weights to begin with
  activation compare WHAT...      what several are like, side by side
  activation diff WHAT WHAT       where and by how much two differ
  activation derive WHAT          how it becomes what is computed, and where the textbook form breaks
  activation export WHAT --target T
                                  as source code: C, NumPy, PyTorch, JAX, ONNX, and more
  activation check WHAT           how accurate they are, against multi-precision arithmetic
  activation bench WHAT           how fast they are, beside a copy of the same memory
  activation corpus --output DIR  inputs with exact outputs, to hold other implementations against

WHAT is a name (gelu), a formula ('x * tanh(x)') or a declaration ('Bump(x; k = 2) = exp(-k * x^2)').

Examples:
  activation eval gelu -1 0 1
  activation eval 'x * tanh(x)' --format json 0.5
  activation eval silu --input data.npy --output result.npy

`activation VERB --help` says more about each. Options: -h, --help, -V, --version.
";

const VERBS: &[&str] = &[
    "list", "show", "eval", "explain", "compare", "diff", "derive", "export", "check", "bench", "corpus",
    "help",
];

/// Does what the arguments ask for.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    match arguments.next()? {
        None => help(HELP),
        Some(Argument::Option(option)) => option_in_front(&option, &mut arguments),
        Some(Argument::Value(verb)) => {
            let verb = utf8(verb)?;
            match verb.as_str() {
                "list" => list::run(arguments),
                "show" => show::run(arguments),
                "eval" => eval::run(arguments),
                "explain" => explain::run(arguments),
                "compare" => compare::run(arguments),
                "diff" => diff::run(arguments),
                "derive" => derive::run(arguments),
                "export" => export::run(arguments),
                "check" => check::run(arguments),
                "bench" => bench::run(arguments),
                "corpus" => corpus::run(arguments),
                "help" => help_about(arguments),
                _ => Err(Failure::new(unknown_verb(&verb))),
            }
        }
    }
}

fn option_in_front(option: &str, arguments: &mut Arguments) -> Result<(), Failure> {
    match option {
        "help" => arguments.flag(option).and_then(|()| help(HELP)),
        "version" => arguments.flag(option).and_then(|()| version()),
        _ if !nearest(option, ["help", "version"]).is_empty() => {
            Err(unknown_option(option, "help", &["help", "version"]))
        }
        _ => Err(Failure::new(format!(
            "the command comes before its options: `activation eval {} …`, or `list` or `show`",
            excerpt(&format!("--{option}")).trim_matches('`')
        ))),
    }
}

fn help_about(mut arguments: Arguments) -> Result<(), Failure> {
    match arguments.next()? {
        Some(Argument::Value(verb)) => match utf8(verb)?.as_str() {
            "list" => help(list::HELP),
            "show" => help(show::HELP),
            "eval" => help(eval::HELP),
            "explain" => help(explain::HELP),
            "compare" => help(compare::HELP),
            "diff" => help(diff::HELP),
            "derive" => help(derive::HELP),
            "export" => help(export::HELP),
            "check" => help(check::HELP),
            "bench" => help(bench::HELP),
            "corpus" => help(corpus::HELP),
            "help" => help(HELP),
            verb => Err(Failure::new(unknown_verb(verb))),
        },
        _ => help(HELP),
    }
}

fn unknown_verb(verb: &str) -> String {
    let shown = excerpt(verb);
    if let Some(best) = nearest(verb, VERBS.iter().copied()).first() {
        return format!("unknown command {shown}; did you mean `{best}`?");
    }
    if name::could_be_name(verb) && by_name(verb).is_some() {
        let plain = shown.trim_matches('`');
        return format!(
            "unknown command {shown}; for the activation write `activation eval {plain}` or `activation show {plain}`"
        );
    }
    format!("unknown command {shown}; the commands are `{}`", VERBS.join("`, `"))
}

/// What `--version` prints.
fn version() -> Result<(), Failure> {
    report::print(|out| writeln!(out, "activation {}", env!("CARGO_PKG_VERSION")))
}

/// What `--help` prints.
fn help(text: &str) -> Result<(), Failure> {
    report::print(|out| out.write_all(text.as_bytes()))
}
