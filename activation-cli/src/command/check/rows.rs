//! The result, a row a function, as a table and as data.

use super::options::Options;
use crate::measure::{Inputs, Kernel, Type};
use crate::table::{self, Align};
use crate::tier::Tier;
use activation_reference::Findings;
use serde::Serialize;
use std::io::{self, Write};

/// One function of one activation.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) activation: String,
    pub(super) function: String,
    pub(super) dtype: &'static str,
    pub(super) tier: &'static str,
    /// Whether every number of the type went in.
    exhaustive: bool,
    /// Finite inputs at which results were compared.
    pub(super) points: u64,
    /// Finite inputs at which the formula has no value, or the oracle could not decide.
    pub(super) undecided: u64,
    /// The largest error, and where it is; nothing where nothing could be compared.
    pub(super) max_ulp: Option<f64>,
    pub(super) at: Option<f64>,
    pub(super) mean_ulp: f64,
    /// NaN or infinity in the wrong place, also for an input that is one of them.
    pub(super) faults: u64,
    /// The first input of which that is so, as text: it may be NaN itself.
    pub(super) fault_at: Option<String>,
}

impl Row {
    pub(super) fn new(kernel: &Kernel<'_>, found: &Findings, options: &Options) -> Self {
        let dtype = options.dtype;
        let largest = found.largest();
        Row {
            activation: kernel.activation().to_owned(),
            function: kernel.function(),
            dtype: dtype.name(),
            tier: options.tier.name(),
            exhaustive: options.inputs == Inputs::All,
            points: found.points,
            undecided: found.undecided,
            max_ulp: largest.map(|(error, _)| error),
            at: largest.map(|(_, pattern)| dtype.number(pattern)),
            mean_ulp: found.mean(),
            faults: found.faults,
            fault_at: found.fault.map(|pattern| digits(dtype.number(pattern), dtype.name())),
        }
    }

    /// Whether results are as near as promised, and there are no faults. The fast tier promises no number of units.
    pub(super) fn is_kept(&self, options: &Options) -> bool {
        let is_near = self.max_ulp.is_none_or(|error| error <= options.dtype.promise());
        self.faults == 0 && (is_near || options.tier == Tier::Fast)
    }

    /// Where the largest error is, for people.
    pub(super) fn place(&self) -> String {
        self.at.map_or("-".to_owned(), |at| digits(at, self.dtype))
    }

    pub(super) fn largest(&self) -> String {
        self.max_ulp.map_or("-".to_owned(), |error| format!("{error:.3}"))
    }

    /// How many, and the first.
    pub(super) fn faults(&self) -> String {
        match &self.fault_at {
            Some(first) => format!("{} (first at {first})", self.faults),
            None => self.faults.to_string(),
        }
    }
}

/// A number in as many digits as its type has.
fn digits(number: f64, dtype: &str) -> String {
    if dtype == Type::F64.name() { format!("{number:e}") } else { format!("{:e}", number as f32) }
}

pub(super) fn write_table(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let header = ["activation", "function", "points", "undecided", "max ULP", "at", "mean ULP", "faults"];
    let cells = rows.iter().map(|row| {
        vec![
            row.activation.clone(),
            row.function.clone(),
            row.points.to_string(),
            row.undecided.to_string(),
            row.largest(),
            row.place(),
            format!("{:.3}", row.mean_ulp),
            row.faults(),
        ]
    });
    table::write(out, Align::Left, &header, cells)
}
