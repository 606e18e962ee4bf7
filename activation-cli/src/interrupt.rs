//! What happens on Ctrl-C: whatever is half-written goes away, and the command ends as the signal wants it to. Long work that
//! notes what is done may ask for an end at which nothing is lost; then only the second Ctrl-C does not wait for it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What shells expect of a command that was interrupted: 128 and the number of the signal.
pub(crate) const CODE: u8 = 130;

/// Whether somebody asks [`is_wanted`], and the answer.
static IS_AWAITED: AtomicBool = AtomicBool::new(false);
static IS_WANTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C ends the command no more, unless it comes twice.
pub(crate) fn listen() {
    IS_AWAITED.store(true, Ordering::Relaxed);
}

/// Whether it is time to stop.
pub(crate) fn is_wanted() -> bool {
    IS_WANTED.load(Ordering::Relaxed)
}

/// Files and folders that are being written under a temporary name.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that goes away if the command is interrupted, as long as this lives.
pub(crate) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes it. An interruption waits until it is known.
    pub(crate) fn make<T>(
        make: impl FnOnce() -> io::Result<T>,
        path: impl FnOnce(&T) -> &Path,
    ) -> io::Result<(T, Self)> {
        let mut all = unfinished();
        let made = make()?;
        let path = path(&made).to_owned();
        all.push(path.clone());
        Ok((made, Unfinished(path)))
    }

    /// Puts it into its place. An interruption comes before or behind that.
    pub(crate) fn finish<T>(self, put: impl FnOnce() -> T) -> T {
        let mut all = unfinished();
        all.retain(|path| *path != self.0);
        put()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Not while `finish` has the lock: it drops this behind its own end.
        unfinished().retain(|path| *path != self.0);
    }
}

/// From now on signals that end the command clean up first.
#[cfg(unix)]
pub(crate) fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&signal| !is_ignored(signal));
    let Ok(mut signals) = Signals::new(wanted) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let is_awaited = signal == SIGINT && IS_AWAITED.load(Ordering::Relaxed);
            if is_awaited && !IS_WANTED.swap(true, Ordering::Relaxed) {
                continue;
            }
            let all = unfinished();
            for path in all.iter() {
                // There is nobody left to tell if it fails.
                let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            }
            let _ = emulate_default_handler(signal);
        }
    });
}

/// Whether whoever started the command wants it to go on in spite of a signal, as `nohup` does.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (signal - 1) & 1 == 1
}

/// Elsewhere the system ends the command.
#[cfg(not(unix))]
pub(crate) fn watch() {}
