//! `activation man`: the manual page.

use super::{VERBS, help, version};
use crate::args::{Argument, Arguments, unknown_option, utf8};
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

fn run(mut arguments: Arguments) -> Result<(), Failure> {
    match arguments.next()? {
        None => report::print(|out| out.write_all(manual::page(VERBS).as_bytes())),
        Some(Argument::Option(option)) => match option.as_str() {
            "help" => arguments.flag(&option).and_then(|()| help(&MANUAL)),
            "version" => arguments.flag(&option).and_then(|()| version()),
            _ => Err(unknown_option(&option, &MANUAL)),
        },
        Some(Argument::Value(value)) => Err(Failure::new(format!(
            "`activation man` prints one page about everything and takes no argument {}; `activation help VERB` is about \
             one verb",
            excerpt(&utf8(value)?)
        ))),
    }
}
