//! The folder, which appears only once everything is in it: it is filled under a temporary name beside its place and renamed
//! at the end. A failure leaves nothing behind.

use super::answer::{Answers, Questions};
use super::write::{Listed, Manifest, arrays, lines, listed};
use crate::data::{Dtype, file_name};
use crate::failure::Failure;
use crate::interrupt::Unfinished;
use serde::Serialize;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const README: &str = include_str!("README.txt");
const EXAMPLE: &str = include_str!("example.py");

/// A folder that is being filled.
pub(super) struct Folder {
    temporary: TempDir,
    unfinished: Unfinished,
    target: PathBuf,
    dtype: Dtype,
    points: usize,
    activations: Vec<Listed>,
    cases: usize,
    dropped: usize,
}

impl Folder {
    /// Makes sure that `target` may be written before anything is computed.
    pub(super) fn create(target: PathBuf, dtype: Dtype, points: usize) -> Result<Self, Failure> {
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
            Ok((temporary, unfinished)) => Ok(Folder {
                temporary,
                unfinished,
                target,
                dtype,
                points,
                activations: Vec::new(),
                cases: 0,
                dropped: 0,
            }),
        }
    }

    /// Writes the folder of an activation.
    pub(super) fn add(&mut self, about: &Questions<'_>, answers: &[Answers]) -> Result<(), Failure> {
        self.write(about, answers).map_err(|error| failed(&self.target, error))?;
        self.activations.push(listed(about, answers));
        self.cases += answers.iter().map(|of| of.cases.len()).sum::<usize>();
        self.dropped += answers.iter().map(|of| of.dropped.len()).sum::<usize>();
        Ok(())
    }

    fn write(&self, about: &Questions<'_>, answers: &[Answers]) -> io::Result<()> {
        let folder = self.temporary.path().join(&about.subject.description.name);
        fs::create_dir(&folder)?;
        let mut file = BufWriter::new(fs::File::create(folder.join("cases.jsonl"))?);
        lines(&mut file, about, answers, self.dtype)?;
        file.flush()?;
        for of in answers {
            for (part, bytes) in arrays(of, self.dtype) {
                fs::write(folder.join(format!("{}.{part}.npy", of.function)), bytes)?;
            }
        }
        Ok(())
    }

    /// Completes the folder and puts it in its place; says what is in it.
    pub(super) fn finish(self) -> Result<Written, Failure> {
        let Folder { temporary, unfinished, target, dtype, points, activations, cases, dropped } = self;
        let count = activations.len();
        let dtype = match dtype {
            Dtype::F32 => "f32",
            Dtype::F64 => "f64",
        };
        let manifest = Manifest { activation_version: env!("CARGO_PKG_VERSION"), dtype, points, activations };
        let put = || -> io::Result<()> {
            let at = |name: &str| temporary.path().join(name);
            fs::write(at("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
            fs::write(at("README.txt"), README)?;
            fs::write(at("example.py"), EXAMPLE)?;
            // Not every system renames onto a folder, even an empty one.
            match fs::remove_dir(&target) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => fs::rename(temporary.path(), &target),
            }
        };
        unfinished.finish(put).map_err(|error| failed(&target, error))?;
        // It is in its place, and no longer temporary.
        let _ = temporary.keep();
        Ok(Written { folder: target.to_string_lossy().into_owned(), activations: count, cases, dropped })
    }
}

/// What is in a folder, as JSON has it.
#[derive(Serialize)]
pub(super) struct Written {
    folder: String,
    activations: usize,
    cases: usize,
    dropped: usize,
}

impl Written {
    /// In words.
    pub(super) fn sentence(&self) -> String {
        let Written { folder, activations, cases, dropped } = self;
        let plural = if *activations == 1 { "" } else { "s" };
        let folder = file_name(Path::new(folder));
        format!(
            "{cases} cases of {activations} activation{plural} in {folder}; {dropped} inputs without a certain value are \
             listed in manifest.json"
        )
    }
}

fn failed(target: &Path, error: io::Error) -> Failure {
    Failure::new(format!("cannot write {}: {error}", file_name(target)))
}
