//! `activation completions`: what shells complete.

use super::{VERBS, help, version};
use crate::args::{Argument, Arguments, choose, unknown_option, utf8};
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

fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let mut shell = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(&MANUAL)),
                "version" => return arguments.flag(&option).and_then(|()| version()),
                _ => return Err(unknown_option(&option, &MANUAL)),
            },
            Argument::Value(value) => {
                let word = utf8(value)?;
                if shell.is_some() {
                    let shown = excerpt(&word);
                    return Err(Failure::new(format!("one shell at a time; leave out {shown}")));
                }
                shell = Some(choose("activation completions", &word, Shell::WORDS)?);
            }
        }
    }
    let Some(shell) = shell else {
        return Err(Failure::new(
            "completions for which shell? `activation completions bash`, `zsh` or `fish`",
        ));
    };
    let names: Vec<&str> = all().map(|entry| entry.info().name).collect();
    report::print(|out| out.write_all(manual::completions(shell, VERBS, &names).as_bytes()))
}
