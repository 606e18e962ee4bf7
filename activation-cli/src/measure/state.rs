//! What an interrupted run leaves behind: a file with a line for every job that is done.
//!
//! A line is appended in one piece, so that a run that is ended at any moment leaves at worst a last line that is cut off;
//! such a line is passed over. The first line says which build of the command, on which kind of machine, the results belong to: those
//! of another one are refused, because its kernels may have other results.

use crate::data::excerpt;
use crate::failure::Failure;
use activation_math::Level;
use activation_reference::Findings;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Which part of which kernel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(super) what: String,
    pub(super) function: String,
    pub(super) dtype: String,
    pub(super) tier: String,
    pub(super) job: usize,
}

/// The first line.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    activation_check: u32,
    build: String,
}

/// Every other line.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    key: Key,
    found: Findings,
}

/// The file, and what was in it.
pub(crate) struct State {
    path: PathBuf,
    file: File,
    known: HashMap<Key, Findings>,
    /// Whether the file goes away once the run is complete.
    temporary: bool,
}

impl State {
    /// Opens the file of an earlier run, or begins one.
    pub(crate) fn open(path: &Path, temporary: bool) -> Result<Self, Failure> {
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(foreign(path));
        }
        let text = match fs::read(path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| foreign(path))?,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(refused(path, &error)),
        };
        let ours = Header { activation_check: 1, build: build() };
        let mut lines = text.lines();
        let first = lines.next();
        if let Some(first) = first {
            let header: Header = serde_json::from_str(first).map_err(|_| foreign(path))?;
            if header != ours {
                return Err(Failure::new(format!(
                    "{} belongs to a run of another build of this command or on another machine, whose results may differ; remove it, or name \
                     another file with `--resume FILE`",
                    shown(path)
                )));
            }
        }
        let known = lines.filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let known = known.map(|line| (line.key, line.found)).collect();
        let file = OpenOptions::new().create(true).append(true).open(path);
        let file = file.map_err(|error| refused(path, &error))?;
        let mut state = State { path: path.to_owned(), file, known, temporary };
        if first.is_none() {
            state.append(&ours)?;
        } else if !text.ends_with('\n') {
            state.write(b"\n")?;
        }
        Ok(state)
    }

    /// What an earlier run found in a job.
    pub(super) fn take(&mut self, key: &Key) -> Option<Findings> {
        self.known.remove(key)
    }

    /// Notes what was found in a job.
    pub(super) fn add(&mut self, key: &Key, found: &Findings) -> Result<(), Failure> {
        self.append(&Line { key: key.clone(), found: found.clone() })
    }

    /// The run is complete.
    pub(super) fn finish(self) -> Result<(), Failure> {
        if self.temporary {
            fs::remove_file(&self.path).map_err(|error| refused(&self.path, &error))
        } else {
            Ok(())
        }
    }

    /// What to say about a run that was interrupted when so many of all parts were done.
    pub(super) fn interrupted(&self, done: usize, all: usize) -> Failure {
        Failure::Interrupted(format!(
            "interrupted: {done} of {all} parts are done and noted in {}; the same command goes on from there",
            shown(&self.path)
        ))
    }

    fn append(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let mut text = serde_json::to_vec(line).map_err(|error| refused(&self.path, &error.into()))?;
        text.push(b'\n');
        self.write(&text)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| refused(&self.path, &error))
    }
}

/// What tells results from those of any other build or kind of machine: the version, a digest of the command itself, and the
/// instructions that its kernels use here.
fn build() -> String {
    let mut digest = DefaultHasher::new();
    match std::env::current_exe().and_then(fs::read) {
        Ok(bytes) => digest.write(&bytes),
        // A system that does not show a command to itself: better no state is taken up again than one of another build.
        Err(_) => SystemTime::now().hash(&mut digest),
    }
    format!("{} {:016x} {}", env!("CARGO_PKG_VERSION"), digest.finish(), Level::detect().name())
}

fn shown(path: &Path) -> String {
    excerpt(&path.to_string_lossy())
}

fn foreign(path: &Path) -> Failure {
    Failure::new(format!(
        "{} is no file of an interrupted `activation check`; name another one with `--resume FILE`",
        shown(path)
    ))
}

fn refused(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!(
        "cannot keep the state of this run in {}: {error}; name another file with `--resume FILE`",
        shown(path)
    ))
}
