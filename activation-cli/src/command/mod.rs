//! The verbs, one file each, and what is said when there is none.

mod bench;
mod check;
mod compare;
mod completions;
mod corpus;
mod derive;
mod diff;
mod eval;
mod explain;
mod export;
mod help;
mod inquiry;
mod lab;
mod list;
mod man;
mod plot;
mod show;

use crate::args::{Argument, Arguments, utf8};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::manual::{self, Verb};
use crate::{name, report};
use activation_core::{all, by_name, similar_names};
use activation_formula::nearest;

/// The verbs that there are, in the order in which they are listed.
pub(crate) const VERBS: &[&Verb] = &[
    &list::MANUAL,
    &show::MANUAL,
    &plot::MANUAL,
    &eval::MANUAL,
    &explain::MANUAL,
    &compare::MANUAL,
    &diff::MANUAL,
    &derive::MANUAL,
    &export::MANUAL,
    &check::MANUAL,
    &bench::MANUAL,
    &corpus::MANUAL,
    &lab::MANUAL,
    &completions::MANUAL,
    &man::MANUAL,
    &help::MANUAL,
];

/// Does what the arguments ask for.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    match arguments.next()? {
        None => overview(),
        Some(Argument::Option(option)) => option_in_front(&option, &mut arguments),
        Some(Argument::Value(value)) => {
            let text = utf8(value)?;
            match VERBS.iter().find(|verb| verb.name == text) {
                Some(verb) => (verb.run)(arguments.of(verb)),
                None if is_activation(&text) => {
                    (show::MANUAL.run)(arguments.behind(text.into()).of(&show::MANUAL))
                }
                None => Err(Failure::new(unknown_verb(&text))),
            }
        }
    }
}

/// Whether a text that is no verb may be shown: a name that there is, or no name at all but a formula.
fn is_activation(text: &str) -> bool {
    if name::could_be_name(text) && by_name(text).is_some() {
        return true;
    }
    !text.trim().is_empty() && !name::is_name(text.trim())
}

fn option_in_front(option: &str, arguments: &mut Arguments) -> Result<(), Failure> {
    match option {
        "help" => arguments.flag(option).and_then(|()| overview()),
        "version" => arguments.flag(option).and_then(|()| version()),
        _ => Err(Failure::new(match nearest(option, ["help", "version", "color"]).first() {
            Some(best) => {
                format!("unknown option {}; did you mean `--{best}`?", excerpt(&format!("--{option}")))
            }
            None => format!(
                "the command comes before its options: `activation eval {} …`, or `list` or `show`",
                excerpt(&format!("--{option}")).trim_matches('`')
            ),
        })),
    }
}

/// What to say about a word that is neither a verb nor an activation.
fn unknown_verb(word: &str) -> String {
    let shown = excerpt(word);
    if let Some(best) = nearest(word, VERBS.iter().map(|verb| verb.name)).first() {
        return format!("unknown command {shown}; did you mean `{best}`?");
    }
    if name::could_be_name(word)
        && let [best, ..] = similar_names(word, all()).as_slice()
    {
        return format!(
            "{shown} is neither a command nor an activation; did you mean the activation `{best}`?"
        );
    }
    let verbs: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
    format!("unknown command {shown}; the commands are `{}`", verbs.join("`, `"))
}

/// What `--version` prints.
pub(crate) fn version() -> Result<(), Failure> {
    report::print(|out| writeln!(out, "activation {}", env!("CARGO_PKG_VERSION")))
}

/// What `--help` prints, of the command as a whole.
fn overview() -> Result<(), Failure> {
    report::print(|out| out.write_all(manual::overview(VERBS).as_bytes()))
}

/// What `--help` prints, of a verb.
pub(crate) fn help(verb: &Verb) -> Result<(), Failure> {
    report::print(|out| out.write_all(manual::help_of(verb).as_bytes()))
}
