//! The result as a report in Markdown: what was measured, how to read it, how to repeat it.
//!
//! A report that is there already and measures the same way is added to: hours of measurement may be spread over many
//! runs, and every row says of which day and which source it is.

use super::options::Options;
use super::rows::Row;
use crate::data::Output;
use crate::failure::Failure;
use crate::measure::Inputs;
use activation_core::all;
use std::borrow::Cow;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const HEAD: &str = "\
# Accuracy

Generated; do not edit.

";

const EXHAUSTIVE: &str = "\
Every number of the type went in, infinities and NaN included. f and f' of the catalogue were held against closed forms in
double precision (`activation-reference`), which are written by hand, share nothing with what is measured, and are
themselves held against multi-precision arithmetic by their tests. Wherever such a form was in doubt by more than 0.005
units, and for the largest errors, multi-precision arithmetic decided. Other functions were held against it alone.
";

const SAMPLE: &str = "\
A sample of the numbers of the type, spread evenly over its bit patterns, with zeros, infinities, the smallest and the
largest numbers; held against the formula as it is written, evaluated in multi-precision arithmetic with numerical slopes.
";

const COLUMNS: &str = "\
- **max ULP**: the largest distance from the exact value, in units in the last place: in spacings of the type at that value.
  Rounding the exact value would leave 0.5; there is nothing better.
- **at**: the input where it is.
- **mean ULP**: over all inputs compared. Rounding leaves 0.25 where results have endless digits, and 0 where they are
  numbers of the type, as in most tails.
- **inputs**: finite ones that were compared. **undecided**: finite ones at which the formula has no value, or no precision
  was enough.
- **faults**: NaN or infinity where a number belongs, another value than the limit at an infinity, a number where NaN went
  in.
- **measured**: when, and of which commit.
";

const TITLES: &str = "\
| activation | function | max ULP | at | mean ULP | inputs | undecided | faults | measured |
|---|---|--:|--:|--:|--:|--:|--:|---|
";

/// A report that will be written: its place is known to be good before hours are spent.
pub(super) struct Report<'p> {
    output: Output<'p>,
    /// What is there, if it can be read.
    before: String,
}

impl Report<'_> {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        // A device may have no end.
        let is_file = fs::metadata(path).is_ok_and(|found| found.is_file());
        let before = if is_file { fs::read_to_string(path).unwrap_or_default() } else { String::new() };
        Ok(Report { output: Output::open(Some(path))?, before })
    }

    pub(super) fn write(mut self, rows: &[Row], options: &Options) -> Result<(), Failure> {
        self.output.write(text(rows, options, &command_line(), &today(), &self.before).as_bytes())?;
        Ok(self.output.finish()?)
    }
}

/// A line of the table: its cells.
struct Line(Vec<String>);

impl Line {
    fn new(row: &Row, measured: &str) -> Self {
        Line(vec![
            row.activation.clone(),
            row.function.clone(),
            row.max_ulp.map_or("-".to_owned(), |error| format!("{error:.6}")),
            row.place(),
            format!("{:.4}", row.mean_ulp),
            row.points.to_string(),
            row.undecided.to_string(),
            row.faults(),
            measured.to_owned(),
        ])
    }

    /// One that this command has written.
    fn read(line: &str) -> Option<Self> {
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        let [first, cells @ .., last] = cells.as_slice() else { return None };
        let is_ours = first.is_empty()
            && last.is_empty()
            && cells.len() == TITLES_COUNT
            && cells[5].parse::<u64>().is_ok();
        is_ours.then(|| Line(cells.to_vec()))
    }

    fn is_of_the_same(&self, other: &Line) -> bool {
        self.0[..2] == other.0[..2]
    }

    fn largest(&self) -> f64 {
        self.0[2].parse().unwrap_or(0.0)
    }

    fn faults(&self) -> u64 {
        self.0[7].split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0)
    }
}

/// Cells of a line.
const TITLES_COUNT: usize = 9;

/// The lines of an earlier report of the `kind` and new ones in their places: the catalogue in its order, then all others.
fn merged(before: &str, kind: &str, new: Vec<Line>) -> Vec<Line> {
    let is_same = before.starts_with(HEAD) && before.contains(kind) && before.contains(TITLES);
    let mut lines: Vec<Line> =
        if is_same { before.lines().filter_map(Line::read).collect() } else { Vec::new() };
    for line in new {
        match lines.iter_mut().find(|known| known.is_of_the_same(&line)) {
            Some(known) => *known = line,
            None => lines.push(line),
        }
    }
    // The longer the name of a function, the higher its order. The sort is stable: formulas stay where they are.
    lines.sort_by_key(|Line(cells)| {
        let place = all().position(|entry| entry.info().name == cells[0]);
        place.map_or((usize::MAX, 0), |place| (place, cells[1].len()))
    });
    lines
}

fn text(rows: &[Row], options: &Options, command: &str, date: &str, before: &str) -> String {
    let (dtype, tier) = (options.dtype.name(), options.tier.name());
    let how = if options.inputs == Inputs::All { EXHAUSTIVE } else { SAMPLE };
    let kind = format!("Results in `{dtype}`, {tier} tier.");
    let commit = options.commit.as_ref().map(|commit| format!(", commit {commit}")).unwrap_or_default();
    let measured = format!("{date}{commit}");
    let new = rows.iter().map(|row| Line::new(row, &measured)).collect();
    let lines = merged(if before.contains(how) { before } else { "" }, &kind, new);
    let worst = lines.iter().map(Line::largest).fold(0.0, f64::max);
    let faults: u64 = lines.iter().map(Line::faults).sum();
    let mut text = HEAD.to_owned();
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{measured}. {kind} The largest error of all {} functions below is {worst:.6} units in the last place; faults: \
         {faults}.\n\nThe latest rows come from\n\n```console\n$ {command}\n```\n\n",
        lines.len()
    );
    text.push_str(how);
    text.push('\n');
    text.push_str(COLUMNS);
    text.push('\n');
    text.push_str(TITLES);
    for Line(cells) in &lines {
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

/// This run as it was typed, for a shell.
fn command_line() -> String {
    let words = std::env::args_os().skip(1);
    words.fold("activation".to_owned(), |line, word| line + " " + &quoted(&word.to_string_lossy()))
}

/// A word of a command line, in quotes if it needs them.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_=./,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
    }
}

/// The date in UTC, as 2026-01-31.
fn today() -> String {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    now.split('T').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("--dtype=f16"), "--dtype=f16");
        assert_eq!(quoted("x * tanh(x)"), "'x * tanh(x)'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
