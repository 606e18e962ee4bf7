//! What `eval` was asked to do, and which of its options contradict each other.

use super::MANUAL;
use super::kinks::Rule;
use crate::args::{self, Arguments, assign, once, unknown_option};
use crate::data::{Dtype, is_npy};
use crate::failure::Failure;
use crate::report::Format;
use crate::tier::Tier;
use activation_core::{Framework, Subgradient};
use std::ffi::OsString;
use std::path::Path;

/// The command line of `eval`.
#[derive(Default)]
pub(super) struct Options {
    what: Option<String>,
    pub(super) points: Vec<String>,
    derivative: bool,
    order: Option<u8>,
    wrt: Option<String>,
    subgradient: Option<Subgradient>,
    like: Option<Framework>,
    pub(super) set: Vec<(String, f64)>,
    pub(super) dtype: Option<Dtype>,
    pub(super) format: Option<Format>,
    pub(super) input: Option<OsString>,
    pub(super) output: Option<OsString>,
    pub(super) column: Option<String>,
    pub(super) raw: Option<Dtype>,
    tier: Option<Tier>,
    pub(super) strict: bool,
}

/// Which function is asked for.
pub(super) enum Asked<'o> {
    /// Nothing was said, so it is f.
    Forward,
    Order(u8),
    Wrt(&'o str),
}

const DTYPES: &[(&str, Dtype)] = &[("f32", Dtype::F32), ("f64", Dtype::F64)];

const ORDERS: &[(&str, u8)] = &[("0", 0), ("1", 1), ("2", 2)];

/// Nothing where help was asked for.
pub(super) fn read(arguments: Arguments) -> Result<Option<Options>, Failure> {
    let mut options = Options::default();
    let read = args::read(arguments, &MANUAL, |from, option| match option {
        "derivative" => from.switch(option, &mut options.derivative),
        "order" => once(&mut options.order, option, from.choice(option, ORDERS)?),
        "tier" => once(&mut options.tier, option, from.choice(option, Tier::WORDS)?),
        "strict" => from.switch(option, &mut options.strict),
        "wrt" => once(&mut options.wrt, option, from.text(option, "PARAMETER")?),
        "subgradient" => {
            let words: Vec<_> = Subgradient::ALL.iter().map(|choice| (choice.name(), *choice)).collect();
            once(&mut options.subgradient, option, from.choice(option, &words)?)
        }
        "like" => {
            let words: Vec<_> =
                Framework::ALL.iter().map(|framework| (framework.name(), *framework)).collect();
            once(&mut options.like, option, from.choice(option, &words)?)
        }
        "set" => assign(&mut options.set, &from.text(option, "NAME=VALUE")?),
        "dtype" => once(&mut options.dtype, option, from.choice(option, DTYPES)?),
        "format" => once(&mut options.format, option, from.choice(option, Format::WORDS)?),
        "input" => once(&mut options.input, option, from.value(option, "FILE")?),
        "output" => once(&mut options.output, option, from.value(option, "FILE")?),
        "column" => once(&mut options.column, option, from.text(option, "NAME|NUMBER")?),
        "raw" => once(&mut options.raw, option, from.choice(option, DTYPES)?),
        _ => Err(unknown_option(option, &MANUAL)),
    })?;
    let Some(values) = read else { return Ok(None) };
    let mut values = values.into_iter();
    options.what = values.next();
    options.points = values.collect();
    Ok(Some(options))
}

impl Options {
    pub(super) fn what(&self) -> Result<&str, Failure> {
        let missing = "evaluate what? Give a name or a formula: `activation eval gelu -1 0 1`";
        self.what.as_deref().ok_or_else(|| Failure::new(missing))
    }

    pub(super) fn tier(&self) -> Tier {
        self.tier.unwrap_or_default()
    }

    pub(super) fn asked(&self) -> Result<Asked<'_>, Failure> {
        match (self.order, self.derivative, &self.wrt) {
            (None, false, None) => Ok(Asked::Forward),
            (None | Some(1), true, None) => Ok(Asked::Order(1)),
            (Some(order), false, None) => Ok(Asked::Order(order)),
            (None, false, Some(parameter)) => Ok(Asked::Wrt(parameter)),
            (Some(order), true, None) => Err(Failure::new(format!(
                "`--derivative` is `--order 1` and contradicts `--order {order}`; choose one"
            ))),
            (_, _, Some(_)) => Err(Failure::new(
                "`--wrt` is the first derivative by a parameter, `--order` and `--derivative` are those by the variable; choose one",
            )),
        }
    }

    /// What was said about kinks.
    pub(super) fn at_kinks(&self) -> Result<Option<Rule>, Failure> {
        match (self.subgradient, self.like) {
            (Some(_), Some(framework)) => Err(Failure::new(format!(
                "`--like {framework}` is a choice of its own beside `--subgradient`; leave out one of them"
            ))),
            (choice, like) => Ok(choice.map(Rule::Choice).or(like.map(Rule::Like))),
        }
    }

    /// Refuses options that contradict each other or would do nothing.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let input = self.input.as_deref().map(Path::new);
        let (array, text) = (input.is_some_and(is_npy), input.is_some_and(|input| !is_npy(input)));
        let output = self.output.as_deref().map(Path::new);
        let points = !self.points.is_empty();
        let raw = self.raw.is_some();
        let stream = raw || input.is_some();
        let is_slope = matches!(self.asked(), Ok(Asked::Order(1)));
        let at_kinks = self.subgradient.is_some() || self.like.is_some();
        let rules = [
            (raw && input.is_some(), "`--raw` reads standard input, so `--input` has no place beside it"),
            (
                raw && output.is_some(),
                "`--raw` writes to standard output; redirect that instead of `--output`",
            ),
            (raw && self.dtype.is_some(), "`--raw` says the type itself: `--raw f64` without `--dtype`"),
            (raw && self.column.is_some(), "raw numbers have no columns; leave `--column` out"),
            (raw && points, "numbers come from standard input with `--raw`, so no X may follow WHAT"),
            (input.is_some() && points, "numbers come from the file with `--input`, so no X may follow WHAT"),
            (stream && self.format.is_some(), "results have the form of the input; `--format` is for points"),
            (!stream && output.is_some(), "`--output` needs `--input`; redirect a table with `> FILE`"),
            (!stream && self.column.is_some(), "`--column` chooses from a file; name one with `--input`"),
            (array && self.column.is_some(), "an array has no columns to choose; leave `--column` out"),
            (
                array && self.dtype.is_some(),
                "a `.npy` file knows the type of its numbers; leave `--dtype` out",
            ),
            (
                stream && at_kinks && !is_slope,
                "`--subgradient` and `--like` are about f', which is not what is computed; add `--derivative`",
            ),
            (array && output.is_some_and(is_text), "an array stays an array; name the output `.npy` too"),
            (
                text && output.is_some_and(is_npy),
                "text stays text; name the output like the input, not `.npy`",
            ),
        ];
        match rules.iter().find(|(broken, _)| *broken) {
            Some((_, message)) => Err(Failure::new(*message)),
            None => self.tier().check([self.dtype, self.raw].contains(&Some(Dtype::F64))),
        }
    }
}

/// Whether a name promises text.
fn is_text(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| ["csv", "tsv", "txt"].iter().any(|text| extension == *text))
}
