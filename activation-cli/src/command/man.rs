//! `activation man`: the manual page.

use super::VERBS;
use crate::args::{self, Arguments, unknown_option};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::manual::{self, Value, Verb};
use crate::report;

pub(super) const MANUAL: Verb = Verb {
    name: "man",
    operands: "",
    completes: Value::None,
    summary: "the manual page",
    usage: &["man"],
    about: "Prints the manual page, in the language of man. It has what `--help` says of every verb.",
    groups: &[],
    json: &[],
    examples: &[
        "activation man | man -l -",
        "activation man > ~/.local/share/man/man1/activation.1",
        "activation man | mandoc -T html > activation.html",
    ],
    run,
};

fn run(arguments: Arguments) -> Result<(), Failure> {
    let read = args::read(arguments, &MANUAL, |_, option| Err(unknown_option(option, &MANUAL)))?;
    let Some(values) = read else { return Ok(()) };
    match values.first() {
        None => report::print(|out| out.write_all(manual::page(VERBS).as_bytes())),
        Some(value) => Err(Failure::new(format!(
            "`activation man` prints one page about everything and takes no argument {}; `activation help VERB` is about \
             one verb",
            excerpt(value)
        ))),
    }
}
