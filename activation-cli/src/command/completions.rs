//! `activation completions`: what shells complete.

use super::VERBS;
use crate::args::{self, Arguments, choose, unknown_option};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::manual::{self, Shell, Value, Verb};
use crate::report;
use activation_core::all;

pub(super) const MANUAL: Verb = Verb {
    name: "completions",
    operands: "bash|zsh|fish",
    completes: Value::Words(&["bash", "zsh", "fish"]),
    summary: "what makes a shell complete verbs, names and options",
    usage: &["completions bash|zsh|fish"],
    about: "Prints a script for a shell, with which the key Tab completes verbs, names of the catalogue, options, the words \
            that they take, and files.\n\nIt holds the names that this version knows; write it anew after an update.",
    groups: &[],
    json: &[],
    examples: &[
        "source <(activation completions bash)",
        "activation completions zsh > ~/.zfunc/_activation",
        "activation completions fish > ~/.config/fish/completions/activation.fish",
    ],
    run,
};

fn run(arguments: Arguments) -> Result<(), Failure> {
    let read = args::read(arguments, &MANUAL, |_, option| Err(unknown_option(option, &MANUAL)))?;
    let Some(values) = read else { return Ok(()) };
    let word = match values.as_slice() {
        [word] => word,
        [] => {
            return Err(Failure::new(
                "completions for which shell? `activation completions bash`, `zsh` or `fish`",
            ));
        }
        [_, more, ..] => {
            return Err(Failure::new(format!("one shell at a time; leave out {}", excerpt(more))));
        }
    };
    let shell = choose("activation completions", word, Shell::WORDS)?;
    let names: Vec<&str> = all().map(|entry| entry.info().name).collect();
    report::print(|out| out.write_all(manual::completions(shell, VERBS, &names).as_bytes()))
}
