//! Bars with the time left, on standard error, and only on a terminal: long work says how long it takes.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of so many steps, and what it counts.
pub(crate) fn bar(steps: u64, message: impl Into<String>) -> ProgressBar {
    let bar = ProgressBar::new(steps).with_message(message.into());
    match ProgressStyle::with_template("{msg:32} {bar:30} {percent:>3} %, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
