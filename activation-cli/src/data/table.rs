//! Tables of text: `.csv` and `.tsv`, with quoted fields, and a header if the first record is one.
//!
//! A first record is a header if none of the fields to be transformed is a number and not all of them are
//! empty (or if a column is chosen by name). Without a chosen column every other record is one of numbers,
//! and as many come out as go in; records may differ in length. Blank lines are kept.

use super::apply::Tally;
use super::block::{Block, Separator};
use super::column::{self, Column};
use super::error::{DataError, excerpt};
use super::lines::{LONGEST, LineEnd, Lines};
use super::number::{self, NotANumber, Number};
use super::output::Output;
use csv_core::ReadRecordResult;
use std::borrow::Cow;

/// More columns than this are not a table: their ends alone would fill the memory.
const MOST_COLUMNS: usize = 1 << 22;

/// Transforms all numbers, or those in the column chosen, which then stands alone.
pub(crate) fn run<T: Number>(
    lines: Lines<'_>,
    output: &mut Output<'_>,
    delimiter: u8,
    column: Option<&Column>,
    tally: &mut Tally<'_, T>,
) -> Result<(), DataError> {
    let mut block = Block::new(output, tally);
    let result = all_records(Records::new(lines, delimiter), column, &mut block);
    block.finish(result)
}

fn all_records<T: Number>(
    mut records: Records<'_>,
    column: Option<&Column>,
    block: &mut Block<'_, '_, '_, T>,
) -> Result<(), DataError> {
    let delimiter = records.delimiter;
    let name = records.lines.source().name().to_owned();
    // Which column was chosen, once the first record told.
    let mut chosen = None;
    let mut first = true;
    while records.read(&mut || block.flush())? {
        let record = records.record()?;
        if record.is_blank() {
            block.copy("", record.end)?;
            continue;
        }
        if first {
            first = false;
            chosen = choose(column, &record, &records)?;
            if matches!(column, Some(Column::Name(_))) || is_header::<T>(&record, chosen) {
                let fields =
                    record.fields().enumerate().filter(|(at, _)| chosen.is_none_or(|chosen| chosen == *at));
                let fields: Vec<_> = fields.map(|(_, field)| quoted(field, delimiter)).collect();
                block.copy(&fields.join(if delimiter == b',' { "," } else { "\t" }), record.end)?;
                continue;
            }
        }
        let wrong =
            |at: usize, field: &str, error| wrong(&name, record.line, at, field, error, chosen.is_some());
        if let Some(chosen) = chosen {
            let Some(field) = record.field(chosen) else {
                let count = record.ends.len();
                let problem = format!("there is no column {}, only {count}; complete the record", chosen + 1);
                return Err(DataError::Input(format!("{name}, line {}:", record.line), problem));
            };
            block.push(
                number::read(field).map_err(|e| wrong(chosen, field, e))?,
                Separator::End(record.end),
            )?;
            continue;
        }
        for (at, field) in record.fields().enumerate() {
            let last = at + 1 == record.ends.len();
            let separator = if last { Separator::End(record.end) } else { Separator::Between(delimiter) };
            block.push(number::read(field).map_err(|e| wrong(at, field, e))?, separator)?;
        }
    }
    match column {
        Some(Column::Name(name)) if first => {
            Err(records.lines.source().wrong(format!("is empty and has no column {}", excerpt(name))))
        }
        _ => Ok(()),
    }
}

/// Finds the chosen column in the first record.
fn choose(
    column: Option<&Column>,
    record: &Record<'_>,
    records: &Records<'_>,
) -> Result<Option<usize>, DataError> {
    let source = records.lines.source();
    match column {
        None => Ok(None),
        Some(Column::Name(name)) => column::find(name, record.fields(), source).map(Some),
        Some(Column::Number(before)) if *before < record.ends.len() => Ok(Some(*before)),
        Some(Column::Number(before)) => Err(source.wrong(format!(
            "has no column {}; choose from 1 to {} ({})",
            before.saturating_add(1),
            record.ends.len(),
            column::list(record.fields())
        ))),
    }
}

fn is_header<T: Number>(record: &Record<'_>, chosen: Option<usize>) -> bool {
    let mut named = false;
    for (at, field) in record.fields().enumerate() {
        if chosen.is_none_or(|chosen| chosen == at) {
            match number::read::<T>(field) {
                Ok(_) | Err(NotANumber::TooLarge(_)) => return false,
                Err(NotANumber::Text) => named = true,
                Err(NotANumber::Missing) => {}
            }
        }
    }
    named
}

/// A field of a header as it stands in the file.
fn quoted(field: &str, delimiter: u8) -> Cow<'_, str> {
    if field.bytes().any(|byte| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n')) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

fn wrong(name: &str, line: u64, at: usize, field: &str, error: NotANumber, chosen: bool) -> DataError {
    let place = format!("{name}, line {line}, column {}", at + 1);
    let cure = if chosen { "; write `nan` if there is no value" } else { "; choose a column with --column" };
    match error {
        NotANumber::Missing => DataError::Input(place, error.to_string()),
        NotANumber::Text => DataError::Input(place + ":", format!("{} {error}{cure}", excerpt(field))),
        NotANumber::TooLarge(_) => DataError::Input(place + ":", format!("{} {error}", excerpt(field))),
    }
}

/// A record: a line, or several where a quoted field holds the end of a line.
struct Record<'r> {
    /// The line that it begins in.
    line: u64,
    end: LineEnd,
    /// The fields, unquoted, one behind the other.
    text: &'r str,
    /// Where each field ends.
    ends: &'r [usize],
}

impl<'r> Record<'r> {
    fn field(&self, at: usize) -> Option<&'r str> {
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.text.get(start..end)
    }

    fn fields(&self) -> impl Iterator<Item = &'r str> + Clone {
        (0..self.ends.len()).map(|at| self.field(at).unwrap_or_default())
    }

    fn is_blank(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The records of a text. The lines are cut beforehand, which keeps count of them, keeps the blank ones,
/// which a reader of records skips, and never waits for a line after the one that ends a record.
struct Records<'a> {
    lines: Lines<'a>,
    delimiter: u8,
    core: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// How much of `text` and of `ends` is the record at hand, the line that it begins in, and how it ends.
    length: usize,
    count: usize,
    line: u64,
    end: LineEnd,
}

impl<'a> Records<'a> {
    fn new(lines: Lines<'a>, delimiter: u8) -> Self {
        let core = csv_core::ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(csv_core::Terminator::Any(b'\n'))
            .build();
        let (text, ends) = (vec![0; 1024], vec![0; 64]);
        Records { lines, delimiter, core, text, ends, length: 0, count: 0, line: 0, end: LineEnd::Lf }
    }

    /// Reads a record. False at the end of the text.
    fn read(&mut self, before_read: &mut dyn FnMut() -> Result<(), DataError>) -> Result<bool, DataError> {
        (self.length, self.count) = (0, 0);
        let mut begun = false;
        while let Some(line) = self.lines.next(before_read)? {
            self.end = line.end;
            if !begun {
                self.line = line.number;
                if line.text.bytes().all(|byte| byte == b' ') {
                    return Ok(true);
                }
            }
            begun = true;
            let mut ended = false;
            for &(mut input) in &[line.text.as_bytes(), b"\n"] {
                while !input.is_empty() {
                    let (text, ends) = (&mut self.text[self.length..], &mut self.ends[self.count..]);
                    let (result, read, written, fields) = self.core.read_record(input, text, ends);
                    input = &input[read..];
                    self.length += written;
                    self.count += fields;
                    match result {
                        ReadRecordResult::OutputFull => self.text.resize(2 * self.text.len(), 0),
                        ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                        ReadRecordResult::Record => ended = true,
                        ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
                    }
                    if self.length > LONGEST || self.count > MOST_COLUMNS {
                        return Err(self.too_large());
                    }
                }
            }
            if ended {
                return Ok(true);
            }
        }
        if begun {
            let problem = format!("has a quote in line {} that is never closed; close it", self.line);
            return Err(self.lines.source().wrong(problem));
        }
        Ok(false)
    }

    fn record(&self) -> Result<Record<'_>, DataError> {
        // The lines were text and only quotes were taken out of them, so that this never fails.
        let text = str::from_utf8(&self.text[..self.length])
            .map_err(|_| self.lines.source().wrong(format!("is not UTF-8 text in line {}", self.line)))?;
        Ok(Record { line: self.line, end: self.end, text, ends: &self.ends[..self.count] })
    }

    fn too_large(&self) -> DataError {
        let line = self.line;
        self.lines.source().wrong(format!(
            "does not look like a table: the record in line {line} exceeds 64 MiB or {MOST_COLUMNS} columns; is a \
             quote left open?"
        ))
    }
}
