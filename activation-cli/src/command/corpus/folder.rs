//! What is in the folder of a corpus.

use super::answer::{Answers, Questions};
use super::write::{Listed, Manifest, arrays, lines, listed};
use crate::data::{self, Dtype, file_name};
use crate::failure::Failure;
use serde::Serialize;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const README: &str = include_str!("README.txt");
const EXAMPLE: &str = include_str!("example.py");

/// A folder that is being filled.
pub(super) struct Folder {
    folder: data::Folder,
    dtype: Dtype,
    points: usize,
    activations: Vec<Listed>,
    cases: usize,
    dropped: usize,
}

impl Folder {
    /// Makes sure that `target` may be written before anything is computed.
    pub(super) fn create(target: PathBuf, dtype: Dtype, points: usize) -> Result<Self, Failure> {
        let folder = data::Folder::create(target)?;
        Ok(Folder { folder, dtype, points, activations: Vec::new(), cases: 0, dropped: 0 })
    }

    /// Writes the folder of an activation.
    pub(super) fn add(&mut self, about: &Questions<'_>, answers: &[Answers]) -> Result<(), Failure> {
        self.folder.fill(|path| write(path, about, answers, self.dtype))?;
        self.activations.push(listed(about, answers));
        self.cases += answers.iter().map(|of| of.cases.len()).sum::<usize>();
        self.dropped += answers.iter().map(|of| of.dropped.len()).sum::<usize>();
        Ok(())
    }

    /// Completes the folder and puts it in its place; says what is in it.
    pub(super) fn finish(self) -> Result<Written, Failure> {
        let Folder { folder, dtype, points, activations, cases, dropped } = self;
        let count = activations.len();
        let dtype = match dtype {
            Dtype::F32 => "f32",
            Dtype::F64 => "f64",
        };
        let manifest = Manifest { activation_version: env!("CARGO_PKG_VERSION"), dtype, points, activations };
        folder.fill(|path| {
            fs::write(path.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
            fs::write(path.join("README.txt"), README)?;
            fs::write(path.join("example.py"), EXAMPLE)
        })?;
        let target = folder.target().to_string_lossy().into_owned();
        folder.finish()?;
        Ok(Written { folder: target, activations: count, cases, dropped })
    }
}

fn write(folder: &Path, about: &Questions<'_>, answers: &[Answers], dtype: Dtype) -> io::Result<()> {
    let folder = folder.join(&about.subject.description.name);
    fs::create_dir(&folder)?;
    let mut file = BufWriter::new(fs::File::create(folder.join("cases.jsonl"))?);
    lines(&mut file, about, answers, dtype)?;
    file.flush()?;
    for of in answers {
        for (part, bytes) in arrays(of, dtype) {
            fs::write(folder.join(format!("{}.{part}.npy", of.function)), bytes)?;
        }
    }
    Ok(())
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
