//! What `activation plot` is asked for, and which of its options contradict each other.

use super::MANUAL;
use crate::args::{self, Arguments, assign, once, unknown_option};
use crate::data::{excerpt, file_name};
use crate::failure::Failure;
use activation_chart::SMALLEST_TEXT;
use activation_core::Output;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// With more functions than these f' would be too much.
pub(super) const FEW: usize = 4;

/// More curves than these are a mistake.
const MOST_CURVES: usize = 40;

/// Pixels on a side.
const SIZES: std::ops::RangeInclusive<u32> = 100..=10_000;

/// Columns and lines.
const MOST_TEXT: usize = 1000;

/// Numbers beyond are too large to take differences of them.
const LARGEST: f64 = 1e300;

/// What is written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Text,
    Svg,
    Png,
    Json,
}

const FORMATS: &[(&str, Format)] =
    &[("text", Format::Text), ("svg", Format::Svg), ("png", Format::Png), ("json", Format::Json)];

/// Ends of names of files, and what they mean.
const EXTENSIONS: &[(&str, Format)] =
    &[("svg", Format::Svg), ("png", Format::Png), ("txt", Format::Text), ("json", Format::Json)];

/// The values of a parameter, in turn.
#[derive(Debug, PartialEq)]
pub(super) struct Sweep {
    pub(super) name: String,
    pub(super) values: Vec<f64>,
}

#[derive(Default)]
pub(super) struct Options {
    pub(super) what: Vec<String>,
    /// Nothing if it was not said.
    pub(super) orders: Option<Vec<Output>>,
    pub(super) set: Vec<(String, f64)>,
    pub(super) sweep: Option<Sweep>,
    pub(super) range: Option<(f64, f64)>,
    pub(super) y_range: Option<(f64, f64)>,
    pub(super) title: Option<String>,
    pub(super) plain: bool,
    pub(super) output: Option<OsString>,
    pub(super) format: Format,
    pub(super) size: Option<(u32, u32)>,
    pub(super) width: Option<usize>,
    pub(super) height: Option<usize>,
    pub(super) ascii: bool,
}

impl Options {
    /// Nothing where help was asked for.
    pub(super) fn read(arguments: Arguments) -> Result<Option<Options>, Failure> {
        let mut set = Vec::new();
        let (mut orders, mut sweep, mut range, mut y_range, mut title) = (None, None, None, None, None);
        let (mut output, mut format, mut size, mut width, mut height) = (None, None, None, None, None);
        let (mut derivative, mut plain, mut ascii) = (false, false, false);
        let read = args::read(arguments, &MANUAL, |from, option| match option {
            "derivative" => from.switch(option, &mut derivative),
            "plain" => from.switch(option, &mut plain),
            "ascii" => from.switch(option, &mut ascii),
            "order" => once(&mut orders, option, orders_in(&from.text(option, "0,1,2")?)?),
            "set" => assign(&mut set, &from.text(option, "NAME=VALUE")?),
            "sweep" => once(&mut sweep, option, sweep_in(&from.text(option, "NAME=FROM:TO:COUNT")?)?),
            "range" => once(&mut range, option, range_in(option, &from.text(option, "LO:HI")?)?),
            "y-range" => once(&mut y_range, option, range_in(option, &from.text(option, "LO:HI")?)?),
            "title" => once(&mut title, option, from.text(option, "TEXT")?),
            "output" => once(&mut output, option, from.value(option, "FILE")?),
            "format" => once(&mut format, option, from.choice(option, FORMATS)?),
            "size" => once(&mut size, option, size_in(&from.text(option, "WIDTHxHEIGHT")?)?),
            "width" => once(&mut width, option, from.whole(option, "COLUMNS", SMALLEST_TEXT.0..=MOST_TEXT)?),
            "height" => once(&mut height, option, from.whole(option, "LINES", SMALLEST_TEXT.1..=MOST_TEXT)?),
            _ => Err(unknown_option(option, &MANUAL)),
        })?;
        let Some(what) = read else { return Ok(None) };
        if what.is_empty() {
            return Err(Failure::new("plot what? Give names or formulas: `activation plot gelu silu`"));
        }
        let orders = match (orders, derivative) {
            (None, true) => Some(vec![Output::Derivative]),
            (Some(_), true) => {
                return Err(Failure::new("`--derivative` is `--order 1`; leave out one of the two"));
            }
            (orders, false) => orders,
        };
        let named = output.as_deref().map(format_of).transpose()?.flatten();
        let format = match (format, named) {
            (Some(format), Some(named)) if format != named => {
                return Err(Failure::new(format!(
                    "`--format` and the name of the file {} contradict each other; leave out `--format`, or name another file",
                    file_name(Path::new(output.as_deref().unwrap_or_default()))
                )));
            }
            (format, named) => format.or(named).unwrap_or_default(),
        };
        if format == Format::Text && size.is_some() {
            return Err(Failure::new(
                "`--size` is for pictures: add `--output FILE.svg`; text has `--width` and `--height`",
            ));
        }
        if format != Format::Text && (width.is_some() || height.is_some() || ascii) {
            return Err(Failure::new(
                "`--width`, `--height` and `--ascii` are for text; a picture has `--size WIDTHxHEIGHT`",
            ));
        }
        if format == Format::Json && size.is_some() {
            return Err(Failure::new("`--size` is for pictures; JSON has the points of the curves"));
        }
        Ok(Some(Options {
            what,
            orders,
            set,
            sweep,
            range,
            y_range,
            title,
            plain,
            output,
            format,
            size,
            width,
            height,
            ascii,
        }))
    }

    /// Curves of f without marks, below something else or in a file.
    pub(super) fn of_overlay(set: &[(String, f64)], output: Option<&OsStr>) -> Result<Self, Failure> {
        let format = output.map(format_of).transpose()?.flatten().unwrap_or_default();
        Ok(Options {
            set: set.to_vec(),
            orders: Some(vec![Output::Forward]),
            output: output.map(OsStr::to_owned),
            format,
            ..Options::default()
        })
    }

    /// The orders of derivatives that are drawn of so many functions, if their curves can be told apart.
    pub(super) fn orders_of(&self, functions: usize) -> Result<Vec<Output>, Failure> {
        let orders = match &self.orders {
            Some(orders) => orders.clone(),
            None if functions <= FEW => vec![Output::Forward, Output::Derivative],
            None => vec![Output::Forward],
        };
        let curves = functions * orders.len();
        if curves <= MOST_CURVES {
            return Ok(orders);
        }
        Err(Failure::new(format!(
            "these are {curves} curves, and nobody can tell more than {MOST_CURVES} apart; choose fewer with `--order 0` or a \
             shorter `--sweep`"
        )))
    }
}

/// What the name of a file says. Standard output and devices say nothing.
fn format_of(output: &OsStr) -> Result<Option<Format>, Failure> {
    let path = Path::new(output);
    if output == "-" || path.starts_with("/dev") || path.starts_with("/proc") {
        return Ok(None);
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let known = EXTENSIONS.iter().find(|(known, _)| Some(*known) == extension.as_deref());
    match known {
        Some((_, format)) => Ok(Some(*format)),
        None => Err(Failure::new(format!(
            "what kind of file is {}? Name it `.svg`, `.png`, `.txt` or `.json`",
            file_name(path)
        ))),
    }
}

fn orders_in(text: &str) -> Result<Vec<Output>, Failure> {
    let mut orders = Vec::new();
    for word in text.split(',') {
        let order = match word.trim() {
            "0" => Output::Forward,
            "1" => Output::Derivative,
            "2" => Output::SecondDerivative,
            _ => {
                return Err(Failure::new(format!(
                    "`--order` takes `0`, `1` or `2`, or several as `0,1,2`, not {}",
                    excerpt(text)
                )));
            }
        };
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    Ok(orders)
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.abs() <= LARGEST)
}

fn range_in(option: &str, text: &str) -> Result<(f64, f64), Failure> {
    let wrong = |problem: &str| {
        Failure::new(format!(
            "`--{option}` takes LO:HI, such as `--{option} -4:4`; {} {problem}",
            excerpt(text)
        ))
    };
    let (low, high) = text.split_once(':').ok_or_else(|| wrong("has no colon"))?;
    let (Some(low), Some(high)) = (number(low), number(high)) else {
        return Err(wrong("is not two finite numbers, at most 1e300"));
    };
    if low >= high {
        return Err(wrong("does not ascend"));
    }
    if high - low <= 1e-9 * low.abs().max(high.abs()) {
        return Err(wrong("is too narrow: f64 has not the digits for a curve"));
    }
    Ok((low, high))
}

fn sweep_in(text: &str) -> Result<Sweep, Failure> {
    let wrong = |problem: &str| {
        Failure::new(format!(
            "`--sweep` takes NAME=FROM:TO:COUNT, such as `--sweep alpha=0:2:5`, or NAME=V,V,V; in {} {problem}",
            excerpt(text)
        ))
    };
    let Some((name, values)) = text.split_once('=').filter(|(name, _)| !name.trim().is_empty()) else {
        return Err(wrong("there is no `NAME=`"));
    };
    let parts: Vec<&str> = values.split(':').collect();
    let values =
        match parts.as_slice() {
            [from, to, count] => {
                let (Some(from), Some(to)) = (number(from), number(to)) else {
                    return Err(wrong("FROM and TO are not both numbers"));
                };
                let count: usize =
                    count.trim().parse().ok().filter(|count| (2..=MOST_CURVES).contains(count)).ok_or_else(
                        || wrong(&format!("COUNT is not a whole number from 2 to {MOST_CURVES}")),
                    )?;
                if from == to {
                    return Err(wrong("FROM and TO are the same"));
                }
                (0..count).map(|index| between(from, to, index, count - 1)).collect()
            }
            [list] => {
                let values: Option<Vec<f64>> = list.split(',').map(number).collect();
                values.ok_or_else(|| wrong("not all values are numbers"))?
            }
            _ => return Err(wrong("there are not two colons")),
        };
    if values.len() > MOST_CURVES {
        return Err(wrong("there are too many values"));
    }
    Ok(Sweep { name: name.trim().to_owned(), values })
}

/// The step of that index between two numbers, with no more digits than they need: 0.3 and not 0.30000000000000004.
fn between(from: f64, to: f64, index: usize, last: usize) -> f64 {
    let exact = from + (to - from) * (index as f64 / last as f64);
    let short: f64 = format!("{exact:.12e}").parse().unwrap_or(exact);
    if index == last { to } else { short }
}

fn size_in(text: &str) -> Result<(u32, u32), Failure> {
    let sides = text.split_once(['x', 'X', '×']).and_then(|(width, height)| {
        Some((width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?))
    });
    let (least, most) = (SIZES.start(), SIZES.end());
    sides.filter(|(width, height)| SIZES.contains(width) && SIZES.contains(height)).ok_or_else(|| {
        Failure::new(format!(
            "`--size` takes WIDTHxHEIGHT in pixels, from {least} to {most} each, such as `--size 800x500`, not {}",
            excerpt(text)
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sweeps_have_round_values() {
        let values = |text| sweep_in(text).expect("a sweep").values;
        assert_eq!(values("slope=0:0.5:6"), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(values("a=1:-1:3"), [1.0, 0.0, -1.0]);
        assert_eq!(values(" a = 0.5,2 , 1e3"), [0.5, 2.0, 1000.0]);
        for wrong in
            ["", "a", "=1:2:3", "a=1:2", "a=1:2:1", "a=1:2:x", "a=1:1:3", "a=x", "a=1:2:3:4", "a=", "a=inf"]
        {
            assert!(sweep_in(wrong).is_err(), "{wrong}");
        }
    }
}
