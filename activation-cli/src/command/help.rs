//! `activation help`: the same as `--help`, and the description of the JSON.

use super::{VERBS, help, overview, unknown_verb};
use crate::args::{self, Arguments, unknown_option};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::manual::{self, Value, Verb};
use crate::report;

pub(super) const MANUAL: Verb = Verb {
    name: "help",
    operands: "[VERB|json]",
    completes: Value::Verb,
    summary: "more about a verb, or the fields of the JSON that they write",
    usage: &["help [VERB]", "help json"],
    about: "Says what a verb does and which options it has, as `activation VERB --help` does; `json` describes what \
            `--format json` writes, verb by verb and field by field, as Markdown.",
    groups: &[],
    json: &[],
    examples: &["activation help plot", "activation help json", "activation help eval | less"],
    run,
};

fn run(arguments: Arguments) -> Result<(), Failure> {
    let read = args::read(arguments, &MANUAL, |_, option| Err(unknown_option(option, &MANUAL)))?;
    let Some(values) = read else { return Ok(()) };
    match values.as_slice() {
        [] => overview(),
        [word] => match VERBS.iter().find(|verb| verb.name == word) {
            Some(verb) if verb.name == MANUAL.name => overview(),
            Some(verb) => help(verb),
            None if word == "json" => report::print(|out| out.write_all(manual::json_page(VERBS).as_bytes())),
            None => Err(Failure::new(unknown_verb(word))),
        },
        [_, more, ..] => {
            Err(Failure::new(format!("help about one verb at a time; leave out {}", excerpt(more))))
        }
    }
}
