//! What `activation bench` is asked for.

use super::MANUAL;
use crate::args::{self, Arguments, once, unknown_option};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::measure::Type;
use crate::tier::Tier;
use activation_core::{Level, all};

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

/// The names of levels, as [`Level::name`] has them.
const LEVELS: &[(&str, &str)] = &[("base", "base"), ("avx2", "avx2"), ("avx512", "avx512")];

/// The level of that name, if the machine has it.
fn found(name: &str) -> Result<Level, Failure> {
    Level::available().find(|level| level.name() == name).ok_or_else(|| {
        let all: Vec<&str> = Level::available().map(Level::name).collect();
        Failure::new(format!(
            "this machine does not have the instructions of `{name}`; it has {}",
            all.join(", ")
        ))
    })
}

pub(super) struct Options {
    pub(super) names: Vec<String>,
    pub(super) n: usize,
    pub(super) threads: usize,
    pub(super) tier: Tier,
    pub(super) level: Level,
    /// Whether the level was asked for.
    pub(super) is_limited: bool,
    pub(super) dtype: Type,
    pub(super) format: Format,
}

impl Options {
    /// Nothing where help was asked for.
    pub(super) fn read(arguments: Arguments) -> Result<Option<Options>, Failure> {
        let mut everything = false;
        let (mut n, mut threads, mut tier) = (None, None, None);
        let (mut level, mut dtype, mut format) = (None, None, None);
        let read = args::read(arguments, &MANUAL, |from, option| match option {
            "all" => from.switch(option, &mut everything),
            "n" => once(&mut n, option, from.whole(option, "N", 1..=MOST_ELEMENTS)?),
            "threads" => once(&mut threads, option, from.whole(option, "T", 1..=MOST_THREADS)?),
            "tier" => once(&mut tier, option, from.choice(option, Tier::WORDS)?),
            "level" => once(&mut level, option, from.choice(option, LEVELS)?),
            "dtype" => once(&mut dtype, option, from.choice(option, Type::WORDS)?),
            "format" => once(&mut format, option, from.choice(option, FORMATS)?),
            _ => Err(unknown_option(option, &MANUAL)),
        })?;
        let Some(mut names) = read else { return Ok(None) };
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
        let (format, is_limited) = (format.unwrap_or_default(), level.is_some());
        let level = level.map_or_else(|| Ok(Level::detect()), found)?;
        Ok(Some(Options { names, n, threads, tier, level, is_limited, dtype, format }))
    }
}
