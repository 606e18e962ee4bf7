//! Why there are no findings.

use std::fmt;

/// What went wrong in the laboratory.
#[derive(Debug)]
pub enum Error {
    /// Whoever watches wanted it to stop.
    Stopped,
    /// A tensor operation failed.
    Candle(candle_core::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Stopped => out.write_str("stopped before the end"),
            Error::Candle(error) => write!(out, "training failed: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<candle_core::Error> for Error {
    fn from(error: candle_core::Error) -> Self {
        Error::Candle(error)
    }
}
