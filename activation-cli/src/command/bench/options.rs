//! What `activation bench` is asked for.

use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::measure::Type;
use crate::tier::Tier;
use activation_core::all;

/// What is measured unless something is named: one or two of every cost.
const SELECTION: &[&str] = &[
    "relu",
    "leaky_relu",
    "hard_swish",
    "sigmoid",
    "tanh",
    "silu",
    "gelu",
    "gelu_tanh",
    "softplus",
    "elu",
    "mish",
    "softsign",
];

/// Four slices of so many doubles are two gigabytes.
const MOST_ELEMENTS: usize = 1 << 26;

/// More would measure the scheduler.
const MOST_THREADS: usize = 1024;

/// How the results are written.
#[derive(Clone, Copy, Default)]
pub(super) enum Format {
    #[default]
    Table,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("table", Format::Table), ("json", Format::Json)];

pub(super) struct Options {
    pub(super) names: Vec<String>,
    pub(super) n: usize,
    pub(super) threads: usize,
    pub(super) tier: Tier,
    pub(super) dtype: Type,
    pub(super) format: Format,
}

pub(super) enum Asked {
    Help,
    Version,
    Bench(Options),
}

impl Options {
    pub(super) fn read(mut arguments: Arguments) -> Result<Asked, Failure> {
        let mut names = Vec::new();
        let mut everything = false;
        let (mut n, mut threads, mut tier, mut dtype, mut format) = (None, None, None, None, None);
        while let Some(argument) = arguments.next()? {
            match argument {
                Argument::Option(option) => match option.as_str() {
                    "help" => return arguments.flag(&option).map(|()| Asked::Help),
                    "version" => return arguments.flag(&option).map(|()| Asked::Version),
                    "all" => {
                        arguments.flag(&option)?;
                        everything = true;
                    }
                    "n" => {
                        let text = arguments.text(&option, "N")?;
                        once(&mut n, &option, count(&option, &text, MOST_ELEMENTS)?)?;
                    }
                    "threads" => {
                        let text = arguments.text(&option, "T")?;
                        once(&mut threads, &option, count(&option, &text, MOST_THREADS)?)?;
                    }
                    "tier" => once(&mut tier, &option, arguments.choice(&option, Tier::WORDS)?)?,
                    "dtype" => once(&mut dtype, &option, arguments.choice(&option, Type::WORDS)?)?,
                    "format" => once(&mut format, &option, arguments.choice(&option, FORMATS)?)?,
                    _ => return Err(unknown_option(&option, &super::MANUAL)),
                },
                Argument::Value(value) => names.push(utf8(value)?),
            }
        }
        if everything && !names.is_empty() {
            let first = excerpt(&names[0]);
            return Err(Failure::new(format!("`--all` is the whole catalogue; leave out it or {first}")));
        }
        if everything {
            names = all().map(|entry| entry.info().name.to_owned()).collect();
        } else if names.is_empty() {
            names = SELECTION.iter().map(|&name| name.to_owned()).collect();
        }
        let (n, threads) = (n.unwrap_or(1 << 16), threads.unwrap_or(1));
        if threads > n {
            return Err(Failure::new(format!("{threads} threads have nothing to do with {n} elements")));
        }
        let (tier, dtype) = (tier.unwrap_or_default(), dtype.unwrap_or(Type::F32));
        if tier == Tier::Fast && dtype != Type::F32 {
            return Err(Failure::new(format!(
                "the fast tier computes in `f32`, and slices of `{}` are computed in the accurate one; leave out one of \
                 the two options",
                dtype.name()
            )));
        }
        Ok(Asked::Bench(Options { names, n, threads, tier, dtype, format: format.unwrap_or_default() }))
    }
}

fn count(option: &str, text: &str, most: usize) -> Result<usize, Failure> {
    match text.parse() {
        Ok(count) if (1..=most).contains(&count) => Ok(count),
        _ => Err(Failure::new(format!(
            "`--{option}` takes a whole number from 1 to {most}, not {}",
            excerpt(text)
        ))),
    }
}
