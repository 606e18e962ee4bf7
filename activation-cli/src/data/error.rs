//! What can go wrong with data, as one sentence each: which file, where in it, what is wrong, and what to do.
//!
//! Whatever comes from outside (names of files, pieces of text) passes through [`shown`], so that no control
//! character reaches a terminal.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Why the data could not be transformed.
#[derive(Debug)]
pub(crate) enum DataError {
    /// What was asked for cannot be done, whatever the data.
    Request(String),
    /// The input is not what it should be. The first part names the file, the second says the rest.
    Input(String, String),
    /// The operating system refused to open or read the input.
    Read(String, io::Error),
    /// The output cannot be what was asked for.
    Output(String, String),
    /// The operating system refused to create or write the output.
    Write(String, io::Error),
}

impl DataError {
    /// Whether the reader of the output has gone away (`activation ... | head`), which is no mistake of
    /// anybody.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, DataError::Write(_, error) if error.kind() == ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DataError::Request(problem) => f.write_str(problem),
            DataError::Input(name, problem) => write!(f, "{name} {problem}"),
            DataError::Read(name, error) if error.kind() == ErrorKind::NotFound => {
                write!(f, "there is no file {name}; check the spelling and the folder")
            }
            DataError::Read(name, error) => write!(f, "cannot read {name}: {error}"),
            DataError::Output(name, problem) => write!(f, "cannot write {name}: {problem}"),
            DataError::Write(name, error) => write!(f, "cannot write {name}: {error}"),
        }
    }
}

impl std::error::Error for DataError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DataError::Read(_, error) | DataError::Write(_, error) => Some(error),
            _ => None,
        }
    }
}

/// A path as messages name it.
pub(crate) fn file_name(path: &Path) -> String {
    format!("`{}`", shown(&path.to_string_lossy()))
}

/// A piece of the data as messages quote it: at most 40 characters.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", shown(&text[..end])),
        None => format!("`{}`", shown(text)),
    }
}

/// Text with everything escaped that is not plainly visible. Quotes stay: messages quote with backticks.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '"' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_shown() {
        assert_eq!(file_name(Path::new("it's \u{1b}[31m\n\u{202e}.csv")), r"`it's \u{1b}[31m\n\u{202e}.csv`");
        assert_eq!(excerpt("a\0b"), r"`a\0b`");
        assert_eq!(excerpt("größe"), "`größe`");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(excerpt(&"é".repeat(40)), format!("`{}`", "é".repeat(40)));
        assert_eq!(excerpt(&"é".repeat(41)), format!("`{}…`", "é".repeat(40)));
    }

    #[test]
    fn only_a_closed_pipe_is_a_broken_pipe() {
        let write = |kind: ErrorKind| DataError::Write("standard output".into(), kind.into());
        assert!(write(ErrorKind::BrokenPipe).is_broken_pipe());
        assert!(!write(ErrorKind::StorageFull).is_broken_pipe());
        assert!(!DataError::Read("x".into(), ErrorKind::BrokenPipe.into()).is_broken_pipe());
    }
}
