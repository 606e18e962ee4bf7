//! A folder of results, which appears only once everything is in it: it is filled under a temporary name beside its place and
//! renamed at the end. A failure leaves nothing behind.

use crate::data::file_name;
use crate::failure::Failure;
use crate::interrupt::Unfinished;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that is being filled.
pub(crate) struct Folder {
    temporary: TempDir,
    unfinished: Unfinished,
    target: PathBuf,
}

impl Folder {
    /// Makes sure that `target` may be written before anything is computed: it does not exist yet, or is empty.
    pub(crate) fn create(target: PathBuf) -> Result<Self, Failure> {
        let refuse =
            |problem: &str| Err(Failure::new(format!("cannot write {}: {problem}", file_name(&target))));
        match fs::read_dir(&target).map(|mut entries| entries.next().is_some()) {
            Ok(true) => {
                return refuse("it is not empty; name another folder, or remove what is in it");
            }
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return refuse("it is not a folder; name one that does not exist yet");
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(&target, error)),
            Ok(false) | Err(_) => {}
        }
        let (Some(parent), Some(_)) = (target.parent(), target.file_name()) else {
            return refuse("it does not name a folder");
        };
        let parent = if parent == Path::new("") { Path::new(".") } else { parent };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".activation-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        match Unfinished::make(|| builder.tempdir_in(parent), TempDir::path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                refuse(&format!("there is no folder {}; create it first", file_name(parent)))
            }
            Err(error) => Err(failed(&target, error)),
            Ok((temporary, unfinished)) => Ok(Folder { temporary, unfinished, target }),
        }
    }

    /// Where it will be.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Writes into it, at the path that it has for now.
    pub(crate) fn fill<T>(&self, write: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, Failure> {
        write(self.temporary.path()).map_err(|error| failed(&self.target, error))
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let Folder { temporary, unfinished, target } = self;
        let put = || -> io::Result<()> {
            // Not every system renames onto a folder, even an empty one.
            match fs::remove_dir(&target) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => fs::rename(temporary.path(), &target),
            }
        };
        unfinished.finish(put).map_err(|error| failed(&target, error))?;
        // It is in its place, and no longer temporary.
        let _ = temporary.keep();
        Ok(())
    }
}

fn failed(target: &Path, error: io::Error) -> Failure {
    Failure::new(format!("cannot write {}: {error}", file_name(target)))
}
