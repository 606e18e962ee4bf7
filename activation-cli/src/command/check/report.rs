//! The result as a report in Markdown: what was measured, how to read it, how to repeat it.

use super::options::Options;
use super::rows::Row;
use crate::data::Output;
use crate::failure::Failure;
use crate::measure::Inputs;
use std::borrow::Cow;
use std::fmt::Write;
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
";

/// A report that will be written: its place is known to be good before hours are spent.
pub(super) struct Report<'p>(Output<'p>);

impl Report<'_> {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Report(Output::open(Some(path))?))
    }

    pub(super) fn write(mut self, rows: &[Row], options: &Options) -> Result<(), Failure> {
        self.0.write(text(rows, options, &command_line(), &today()).as_bytes())?;
        Ok(self.0.finish()?)
    }
}

fn text(rows: &[Row], options: &Options, command: &str, date: &str) -> String {
    let mut text = HEAD.to_owned();
    let (dtype, tier) = (options.dtype.name(), options.tier.name());
    let commit = options.commit.as_ref().map(|commit| format!(", commit {commit}")).unwrap_or_default();
    let worst = rows.iter().filter_map(|row| row.max_ulp).fold(0.0, f64::max);
    let faults: u64 = rows.iter().map(|row| row.faults).sum();
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{date}{commit}. Results in `{dtype}`, {tier} tier. The largest error of all {} functions below is \
         {worst:.6} units in the last place; faults: {faults}.\n\nRepeat it with\n\n```console\n$ {command}\n```\n\n",
        rows.len()
    );
    text.push_str(if options.inputs == Inputs::All { EXHAUSTIVE } else { SAMPLE });
    text.push('\n');
    text.push_str(COLUMNS);
    text.push_str(
        "\n| activation | function | max ULP | at | mean ULP | inputs | undecided | faults |\n\
         |---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let largest = row.max_ulp.map_or("-".to_owned(), |error| format!("{error:.6}"));
        let _ = writeln!(
            text,
            "| {} | {} | {largest} | {} | {:.4} | {} | {} | {} |",
            row.activation,
            row.function,
            row.place(),
            row.mean_ulp,
            row.points,
            row.undecided,
            row.faults()
        );
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
