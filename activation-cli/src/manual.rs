//! What a verb is told to a user: one table, from which its help, the manual page, the completions of shells and the
//! description of its JSON are written.
//!
//! An option that is not in the table of its verb does not reach the verb ([`crate::args`]), so that none can be
//! forgotten here.

mod completions;
mod help;
mod json;
mod page;

pub(crate) use completions::{Shell, completions};
pub(crate) use help::{overview, verb as help_of};
pub(crate) use json::page as json_page;
pub(crate) use page::page;

use crate::args::Arguments;
use crate::failure::Failure;

/// A verb.
pub(crate) struct Verb {
    pub(crate) name: &'static str,
    /// What follows the name, in short: `WHAT [X...]`.
    pub(crate) operands: &'static str,
    /// What completes an operand.
    pub(crate) completes: Value,
    /// A line in the list of verbs: lower case, no full stop.
    pub(crate) summary: &'static str,
    /// The command lines there are, without `activation`.
    pub(crate) usage: &'static [&'static str],
    /// Paragraphs; lines are broken when it is written.
    pub(crate) about: &'static str,
    pub(crate) groups: &'static [Group],
    /// What `--format json` gives; nothing if there is no such option.
    pub(crate) json: &'static [Field],
    /// Command lines.
    pub(crate) examples: &'static [&'static str],
    pub(crate) run: fn(Arguments) -> Result<(), Failure>,
}

/// Options that belong together.
pub(crate) struct Group {
    /// What they are about, such as `At points`.
    pub(crate) title: &'static str,
    pub(crate) options: &'static [Opt],
}

/// An option.
pub(crate) struct Opt {
    /// Without the dashes.
    pub(crate) name: &'static str,
    pub(crate) value: Value,
    /// What it does: lower case, no full stop at the end.
    pub(crate) help: &'static str,
}

/// What an option or an operand takes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    None,
    /// Something that nobody can guess, called so: `NAME=VALUE`.
    Text(&'static str),
    /// One of these.
    Words(&'static [&'static str]),
    /// A file, called so.
    File(&'static str),
    /// A folder, called so.
    Folder(&'static str),
    /// A name of the catalogue, or a formula.
    Activation,
    /// A verb.
    Verb,
}

/// A part of what JSON has, by its path: `parameters[].name`.
pub(crate) struct Field {
    pub(crate) path: &'static str,
    /// `string`, `number`, `integer`, `boolean`, `array`, `object`, with `or null`.
    pub(crate) kind: &'static str,
    pub(crate) meaning: &'static str,
}

/// A row of a table of options.
pub(crate) const fn opt(name: &'static str, value: Value, help: &'static str) -> Opt {
    Opt { name, value, help }
}

/// A row of a table of fields.
pub(crate) const fn field(path: &'static str, kind: &'static str, meaning: &'static str) -> Field {
    Field { path, kind, meaning }
}

impl Verb {
    /// Its own options, and those that all have.
    pub(crate) fn options(&self) -> impl Iterator<Item = &'static Opt> {
        self.groups.iter().flat_map(|group| group.options).chain(COMMON)
    }

    pub(crate) fn option(&self, name: &str) -> Option<&'static Opt> {
        self.options().find(|option| option.name == name)
    }
}

impl Value {
    /// As it stands behind an option; nothing if it takes none.
    pub(crate) fn form(self) -> Option<String> {
        match self {
            Value::None => None,
            Value::Text(form) | Value::File(form) | Value::Folder(form) => Some(form.to_owned()),
            Value::Words(words) => Some(words.join("|")),
            Value::Activation => Some("WHAT".to_owned()),
            Value::Verb => Some("VERB".to_owned()),
        }
    }
}

/// When messages and plots have colours.
pub(crate) const COLOURS: &[&str] = &["auto", "always", "never"];

/// Options of every verb.
pub(crate) const COMMON: &[Opt] = &[
    opt(
        "color",
        Value::Words(COLOURS),
        "whether there are colours; auto, the default: on terminals, unless NO_COLOR is set",
    ),
    opt("help", Value::None, "says this; also -h"),
    opt("version", Value::None, "says which version this is; also -V"),
];

/// For verbs that warn of a formula without a certificate.
pub(crate) const STRICT: Opt = opt(
    "strict",
    Value::None,
    "a formula for which the compiler cannot promise 1 ULP is an error, not a warning",
);

/// How the command ends.
pub(crate) const EXIT_CODES: &[(&str, &str)] = &[
    ("0", "all went well"),
    (
        "1",
        "the work was done, and the answer is no: for diff the two differ, for check results are further off than promised",
    ),
    (
        "2",
        "an error: in the command line, a formula or a file, or a disk that is full; the message says what to do",
    ),
    ("130", "interrupted; nothing half-written is left behind"),
];

/// Variables that the command looks at.
pub(crate) const ENVIRONMENT: &[(&str, &str)] = &[
    ("NO_COLOR", "if it is set and not empty, there are no colours, unless --color always says so"),
    ("TERM", "dumb means no colours, and dumb or linux plots in ASCII"),
    (
        "COLUMNS, LINES",
        "how large a plot is where the terminal does not say, as in a pipe; 80 and 24 otherwise",
    ),
];

/// What WHAT may be.
pub(crate) const WHAT: &str =
    "WHAT is a name (gelu), a formula ('x * tanh(x)') or a declaration ('Bump(x; k = 2) = exp(-k * x^2)').";
