//! What went wrong, as one message on standard error.

use crate::colour;
use crate::data::DataError;
use crate::drawing;
use crate::interrupt;
use activation_formula::Diagnostic;
use annotate_snippets::{Group, Level, Renderer};
use std::io::{self, Write};

/// Why the command does not end with 0.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The work is done and told, and the answer is no: two functions differ, or a promise is not kept.
    No,
    /// Lower case, no full stop; what to do is part of it.
    Message(String),
    /// A formula cannot be read: its text, and all that is wrong with it.
    Formula(String, Vec<Diagnostic>),
    /// Somebody has pressed Ctrl-C: what is done, and how to go on.
    Interrupted(String),
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Failure::Message(message.into())
    }

    /// The exit code of the command.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Failure::No => 1,
            Failure::Message(_) | Failure::Formula(..) => 2,
            Failure::Interrupted(_) => interrupt::CODE,
        }
    }

    /// Tells it, although there is a result without what it is about.
    pub(crate) fn warn(&self) {
        if let Failure::Message(message) = self {
            warn(message);
        }
    }

    /// Writes the message to standard error.
    pub(crate) fn tell(&self) {
        let text = match self {
            Failure::No => return,
            Failure::Message(message) => titled(Level::ERROR, message),
            Failure::Interrupted(message) => titled(Level::WARNING, message),
            Failure::Formula(text, mistakes) => drawing::draw(text, mistakes, &Level::ERROR, &renderer()),
        };
        say(&text);
    }
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Self {
        Failure::new(error.to_string())
    }
}

/// Tells what is odd about a result that was given nevertheless.
pub(crate) fn warn(message: &str) {
    say(&titled(Level::WARNING, message));
}

/// Tells what is odd about a formula that is used nevertheless.
pub(crate) fn warn_of(text: &str, oddity: &Diagnostic) {
    say(&drawing::draw(text, std::slice::from_ref(oddity), &Level::WARNING, &renderer()));
}

fn titled(level: Level<'static>, message: &str) -> String {
    renderer().render(&[Group::with_title(level.primary_title(message))])
}

/// A standard error that is closed is nobody's mistake, and there is nowhere left to say so.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

fn renderer() -> Renderer {
    if colour::on(&io::stderr()) { Renderer::styled() } else { Renderer::plain() }
}
