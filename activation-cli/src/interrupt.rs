//! Ctrl-C during long work: the first one asks for an end at which nothing is lost, the second one does not wait for it.

use crate::failure::Failure;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// What shells expect of a command that was interrupted: 128 and the number of the signal.
pub(crate) const CODE: u8 = 130;

static IS_WANTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C ends the command no more, unless it comes twice.
pub(crate) fn listen() -> Result<(), Failure> {
    let heard = || {
        if IS_WANTED.swap(true, Ordering::Relaxed) {
            process::exit(CODE.into());
        }
    };
    ctrlc::set_handler(heard).map_err(|error| Failure::new(format!("cannot listen for Ctrl-C: {error}")))
}

/// Whether it is time to stop.
pub(crate) fn is_wanted() -> bool {
    IS_WANTED.load(Ordering::Relaxed)
}
