//! Applies a function to real data: `.npy` arrays, columns of text, and raw numbers in a pipe.
//!
//! Every format is one pass in constant memory: a source ([`mod@source`]) is cut into blocks of numbers, a
//! block goes through the function ([`mod@apply`]), and the result to an output ([`mod@output`]) that only
//! comes into being when all went well. A format adds no more than its own cutting:
//!
//! | format             | module        | numbers come as                    | result                           |
//! |--------------------|---------------|------------------------------------|----------------------------------|
//! | `.npy`             | [`mod@npy`]   | f16, f32, f64 of either byte order | same shape, order and type       |
//! | `.csv`, `.tsv`     | [`mod@table`] | text, read as [`Dtype`]            | same rows, or the column chosen  |
//! | any other, and `-` | [`mod@plain`] | text, read as [`Dtype`]            | same lines, or the column chosen |
//! | raw standard input | [`mod@raw`]   | little-endian [`Dtype`]            | the same                         |

mod apply;
mod block;
mod column;
mod error;
mod folder;
mod lines;
mod npy;
mod npy_header;
pub(crate) mod number;
mod output;
mod plain;
mod raw;
mod source;
mod table;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

pub(crate) use apply::{Apply, Dtype, Summary};
pub(crate) use error::{DataError, excerpt, file_name};
pub(crate) use folder::Folder;
pub(crate) use npy::npy;
pub(crate) use output::{Output, put};
pub(crate) use raw::raw;

use apply::Tally;
use column::Column;
use lines::Lines;
use number::Number;
use source::Source;

/// Applies the function to the numbers in a text: `.csv` and `.tsv` are tables, everything else is plain
/// text, and the input `-` is standard input as plain text.
///
/// `column` is what `--column` was given: a name in the header or a number counted from 1. Results are
/// written in the shortest form that reads back to the same value, always with a point or an exponent (`1.0`,
/// `1e-7`), or as `inf`, `-inf`, `nan`. Lines keep their ends (`\n` or `\r\n`); the last line is given one if
/// it has none.
pub(crate) fn text(
    input: &Path,
    output: Option<&Path>,
    dtype: Dtype,
    column: Option<&str>,
    function: &dyn Apply,
) -> Result<Summary, DataError> {
    match dtype {
        Dtype::F32 => text_of::<f32>(input, output, column, function),
        Dtype::F64 => text_of::<f64>(input, output, column, function),
    }
}

fn text_of<T: Number>(
    input: &Path,
    output: Option<&Path>,
    column: Option<&str>,
    function: &dyn Apply,
) -> Result<Summary, DataError> {
    let column = column.map(Column::parse).transpose()?;
    let open = || if input == Path::new("-") { Ok(Source::stdin()) } else { Source::open(input) };
    let mut source = open()?;
    let delimiter = match extension(input).as_str() {
        "csv" => Some(b','),
        "tsv" => Some(b'\t'),
        "npz" => return Err(source.wrong("is an archive of arrays; save one array of it with `numpy.save`")),
        _ => None,
    };
    let pass = |source: Source<'_>, output: &mut Output<'_>| {
        let mut tally = Tally::<T>::new(function);
        let lines = Lines::new(source);
        match delimiter {
            Some(delimiter) => table::run(lines, output, delimiter, column.as_ref(), &mut tally)?,
            None => plain::run(lines, output, column.as_ref(), &mut tally)?,
        }
        Ok(tally.summary())
    };
    // What has gone to standard output cannot be taken back, so a file is read to its end first: if there is a mistake
    // in it, nothing is written. A stream is not there to be read twice.
    if source.size().is_some() && output.is_none() {
        pass(source, &mut Output::to_stream("nothing", io::sink()))?;
        source = open()?;
    }
    let mut output = Output::open(output)?;
    let summary = pass(source, &mut output)?;
    output.finish()?;
    Ok(summary)
}

/// Whether a path names a NumPy array, by its extension.
pub(crate) fn is_npy(path: &Path) -> bool {
    extension(path) == "npy"
}

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}
