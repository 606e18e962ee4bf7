//! Results on standard output: all or nothing of a table, and errors of the pipe or the disk told apart.

use crate::failure::Failure;
use serde::Serialize;
use std::io::{self, BufWriter, ErrorKind, Write};

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people: aligned columns.
    #[default]
    Table,
    /// An array, an object a line.
    Json,
    /// Comma-separated values with a header.
    Csv,
}

impl Format {
    /// What `--format` may say.
    pub(crate) const WORDS: &[(&str, Format)] =
        &[("table", Format::Table), ("json", Format::Json), ("csv", Format::Csv)];
}

/// Writes to standard output. That nobody reads it (any more) is no mistake; a full disk is.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// An array in JSON, an element a line.
pub(crate) fn json_lines(
    out: &mut dyn Write,
    elements: impl IntoIterator<Item = impl Serialize>,
) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut separator = "\n  ";
    for element in elements {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &element)?;
        separator = ",\n  ";
    }
    out.write_all(b"\n]\n")
}

/// Comma-separated values under a header.
pub(crate) fn csv(
    out: &mut dyn Write,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> io::Result<()> {
    // Its own conversion to an error of the system forgets whether the pipe is broken.
    let plain = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    };
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header).map_err(plain)?;
    for row in rows {
        writer.write_record(row).map_err(plain)?;
    }
    writer.flush()
}
