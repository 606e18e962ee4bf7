//! Numbers in plain text: separated by white space, any number of them a line.
//!
//! ```text
//! line = blank | "#" anything | number { space number }
//! ```
//!
//! Blank lines and comments are copied. The results of a line stand in one line, a space apart.

use super::apply::Tally;
use super::block::{Block, Separator};
use super::column::Column;
use super::error::{DataError, excerpt};
use super::lines::{Line, Lines};
use super::number::{self, NotANumber, Number};
use super::output::Output;

/// Transforms all numbers, or the n-th of every line, which then stand one a line.
pub(crate) fn run<T: Number>(
    lines: Lines<'_>,
    output: &mut Output<'_>,
    column: Option<&Column>,
    tally: &mut Tally<'_, T>,
) -> Result<(), DataError> {
    let column = match column {
        None => None,
        Some(Column::Number(before)) => Some(*before),
        Some(Column::Name(name)) => {
            let problem = format!(
                "is read as plain text, which has no header to find {} in; choose a column by its number (`--column 1` is the \
                 first), or give a file whose name ends in `.csv` or `.tsv`",
                excerpt(name)
            );
            return Err(lines.source().wrong(problem));
        }
    };
    let mut block = Block::new(output, tally);
    let result = all_lines(lines, column, &mut block);
    block.finish(result)
}

fn all_lines<T: Number>(
    mut lines: Lines<'_>,
    column: Option<usize>,
    block: &mut Block<'_, '_, '_, T>,
) -> Result<(), DataError> {
    let name = lines.source().name().to_owned();
    while let Some(line) = lines.next(&mut || block.flush())? {
        let mut fields = line.text.split_ascii_whitespace().enumerate().peekable();
        if fields.peek().is_none_or(|(_, field)| field.starts_with('#')) {
            block.copy(line.text, line.end)?;
            continue;
        }
        if let Some(column) = column {
            let count = line.text.split_ascii_whitespace().count();
            let Some((_, field)) = fields.nth(column) else {
                let problem = format!(
                    "there is no column {}, only {count}; complete the line",
                    column.saturating_add(1)
                );
                return Err(DataError::Input(format!("{name}, line {}:", line.number), problem));
            };
            let value = number::read(field).map_err(|e| wrong(&name, &line, column, field, e, true))?;
            block.push(value, Separator::End(line.end))?;
            continue;
        }
        while let Some((at, field)) = fields.next() {
            let value = number::read(field).map_err(|e| wrong(&name, &line, at, field, e, false))?;
            let last = fields.peek().is_none();
            block.push(value, if last { Separator::End(line.end) } else { Separator::Between(b' ') })?;
        }
    }
    Ok(())
}

fn wrong(name: &str, line: &Line<'_>, at: usize, field: &str, error: NotANumber, chosen: bool) -> DataError {
    let cure = match error {
        NotANumber::Text if field.contains(',') => {
            "; white space separates numbers here, and commas in a `.csv` file"
        }
        NotANumber::Text if chosen => "; write `nan` if there is no value",
        NotANumber::Text => "; choose a column with --column",
        NotANumber::Missing | NotANumber::TooLarge(_) => "",
    };
    DataError::Input(
        format!("{name}, line {}, column {}:", line.number, at + 1),
        format!("{} {error}{cure}", excerpt(field)),
    )
}
