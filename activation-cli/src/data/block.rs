//! Numbers of a text on their way through the function, with the layout that they are written back in.

use super::apply::Tally;
use super::error::DataError;
use super::lines::LineEnd;
use super::number::{self, Number};
use super::output::Output;

/// How many numbers are gathered before they are evaluated. Less than in [`super::apply::BLOCK`]: each is
/// written by itself, so that evaluation is the smaller part.
const FULL: usize = 4096;

/// What stands behind a number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Separator {
    /// A comma, tab or space.
    Between(u8),
    /// The end of the line.
    End(LineEnd),
}

/// A block of numbers that are not evaluated yet.
pub(crate) struct Block<'b, 'o, 'f, T> {
    values: Vec<T>,
    separators: Vec<Separator>,
    /// Where the line at hand begins in `values`.
    line: usize,
    text: Vec<u8>,
    tally: &'b mut Tally<'f, T>,
    output: &'b mut Output<'o>,
}

impl<'b, 'o, 'f, T: Number> Block<'b, 'o, 'f, T> {
    pub(crate) fn new(output: &'b mut Output<'o>, tally: &'b mut Tally<'f, T>) -> Self {
        Block { values: Vec::new(), separators: Vec::new(), line: 0, text: Vec::new(), tally, output }
    }

    /// Adds a number. After the last of a line, `separator` is its end.
    pub(crate) fn push(&mut self, value: T, separator: Separator) -> Result<(), DataError> {
        self.values.push(value);
        self.separators.push(separator);
        if matches!(separator, Separator::End(_)) {
            self.line = self.values.len();
        }
        if self.values.len() >= FULL { self.evaluate() } else { Ok(()) }
    }

    /// Adds a line that holds no numbers, as it is.
    pub(crate) fn copy(&mut self, text: &str, end: LineEnd) -> Result<(), DataError> {
        self.evaluate()?;
        self.output.write(text.as_bytes())?;
        self.output.write(ending(end))
    }

    fn evaluate(&mut self) -> Result<(), DataError> {
        self.tally.apply(&mut self.values);
        self.text.clear();
        for (&value, separator) in self.values.iter().zip(&self.separators) {
            number::write(value, &mut self.text);
            match *separator {
                Separator::Between(byte) => self.text.push(byte),
                Separator::End(end) => self.text.extend_from_slice(ending(end)),
            }
        }
        self.values.clear();
        self.separators.clear();
        self.line = 0;
        self.output.write(&self.text)
    }

    /// Sends the results so far on their way.
    pub(crate) fn flush(&mut self) -> Result<(), DataError> {
        self.evaluate()?;
        self.output.flush()
    }

    /// Writes what is left. After an error these are the results of the lines before it: whoever reads them
    /// from a pipe gets as far whether or not they came in one block with the mistake.
    pub(crate) fn finish(mut self, result: Result<(), DataError>) -> Result<(), DataError> {
        if result.is_err() {
            self.values.truncate(self.line);
            self.separators.truncate(self.line);
        }
        let flushed = self.flush();
        result.and(flushed)
    }
}

fn ending(end: LineEnd) -> &'static [u8] {
    match end {
        LineEnd::Lf => b"\n",
        LineEnd::CrLf => b"\r\n",
    }
}
