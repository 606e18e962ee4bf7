//! Whether there are colours: `--color`, `NO_COLOR`, `TERM`, and whether anybody sees them.

use std::env;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU8, Ordering};

/// What `--color` says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    Auto,
    Always,
    Never,
}

/// What `--color` may say.
pub(crate) const WORDS: &[(&str, Choice)] =
    &[("auto", Choice::Auto), ("always", Choice::Always), ("never", Choice::Never)];

/// The choice of this run. It is asked for wherever a message is written, before the arguments are read to their end too.
static CHOICE: AtomicU8 = AtomicU8::new(Choice::Auto as u8);

pub(crate) fn choose(choice: Choice) {
    CHOICE.store(choice as u8, Ordering::Relaxed);
}

/// Whether there are colours in what goes to that stream.
pub(crate) fn on(stream: &impl IsTerminal) -> bool {
    let choice = CHOICE.load(Ordering::Relaxed);
    if choice != Choice::Auto as u8 {
        return choice == Choice::Always as u8;
    }
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !refused && env::var_os("TERM").is_none_or(|term| term != "dumb")
}
