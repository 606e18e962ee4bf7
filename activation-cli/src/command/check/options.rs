//! What is asked for: the options, and the mistakes in them.

use super::MANUAL;
use crate::args::{self, Arguments, once, unknown_option};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::measure::{Inputs, Type};
use crate::tier::Tier;
use activation_core::all;
use std::path::PathBuf;

/// More would be an exhaustive run, for which multi-precision is too slow.
const MOST_POINTS: usize = 10_000_000;

/// How the result is written to standard output.
#[derive(Clone, Copy, Default)]
pub(super) enum Format {
    #[default]
    Table,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("table", Format::Table), ("json", Format::Json)];

/// An order of derivative by the variable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Forward,
    First,
    Second,
}

const ORDERS: &[(&str, Order)] = &[("0", Order::Forward), ("1", Order::First), ("2", Order::Second)];

/// A run.
pub(super) struct Options {
    /// Names and formulas.
    pub(super) names: Vec<String>,
    pub(super) orders: Vec<Order>,
    /// Names of parameters.
    pub(super) wrt: Vec<String>,
    pub(super) inputs: Inputs,
    pub(super) dtype: Type,
    pub(super) tier: Tier,
    pub(super) resume: Option<PathBuf>,
    pub(super) report: Option<PathBuf>,
    pub(super) commit: Option<String>,
    pub(super) format: Format,
    /// Whether a formula without a certificate is an error.
    pub(super) strict: bool,
}

impl Options {
    /// Nothing where help was asked for.
    pub(super) fn read(arguments: Arguments) -> Result<Option<Options>, Failure> {
        let (mut orders, mut wrt) = (Vec::new(), Vec::new());
        let (mut everything, mut exhaustive, mut strict) = (false, false, false);
        let (mut points, mut dtype, mut tier, mut format) = (None, None, None, None);
        let (mut resume, mut report, mut commit) = (None, None, None);
        let read = args::read(arguments, &MANUAL, |from, option| {
            match option {
                "all" => from.switch(option, &mut everything)?,
                "exhaustive" => from.switch(option, &mut exhaustive)?,
                "strict" => from.switch(option, &mut strict)?,
                "points" => once(&mut points, option, from.whole(option, "N", 1..=MOST_POINTS)?)?,
                "dtype" => once(&mut dtype, option, from.choice(option, Type::WORDS)?)?,
                "order" => orders.extend(orders_in(&from.text(option, "0,1,2")?)?),
                "wrt" => wrt.push(from.text(option, "PARAMETER")?),
                "tier" => once(&mut tier, option, from.choice(option, Tier::WORDS)?)?,
                "resume" => once(&mut resume, option, from.value(option, "FILE")?.into())?,
                "report" => once(&mut report, option, from.value(option, "FILE")?.into())?,
                "commit" => once(&mut commit, option, from.text(option, "HASH")?)?,
                "format" => once(&mut format, option, from.choice(option, FORMATS)?)?,
                _ => return Err(unknown_option(option, &MANUAL)),
            }
            Ok(())
        })?;
        let Some(mut names) = read else { return Ok(None) };
        let refuse = |mistake: bool, message: &str| if mistake { Err(Failure::new(message)) } else { Ok(()) };
        refuse(everything && !names.is_empty(), "`--all` checks the whole catalogue; leave out the names")?;
        if everything {
            names = all().map(|entry| entry.info().name.to_owned()).collect();
        }
        refuse(names.is_empty(), "check what? Give names or formulas: `activation check gelu`, or `--all`")?;
        refuse(
            exhaustive && points.is_some(),
            "`--exhaustive` takes every number there is, `--points` a sample; leave out one of them",
        )?;
        refuse(
            resume.is_some() && !exhaustive,
            "`--resume` is for `--exhaustive`; a sample is begun anew every time",
        )?;
        refuse(commit.is_some() && report.is_none(), "`--commit` is for the report: add `--report FILE`")?;
        let inputs = if exhaustive { Inputs::All } else { Inputs::Sample(points.unwrap_or(1000)) };
        Ok(Some(Options {
            names,
            orders,
            wrt,
            inputs,
            dtype: dtype.unwrap_or(Type::F32),
            tier: tier.unwrap_or_default(),
            resume,
            report,
            commit,
            format: format.unwrap_or_default(),
            strict,
        }))
    }
}

fn orders_in(text: &str) -> Result<Vec<Order>, Failure> {
    let order = |word: &str| ORDERS.iter().find(|(known, _)| *known == word.trim()).map(|(_, order)| *order);
    text.split(',').map(order).collect::<Option<_>>().ok_or_else(|| {
        Failure::new(format!("`--order` takes `0`, `1` and `2`, separated by commas, not {}", excerpt(text)))
    })
}
