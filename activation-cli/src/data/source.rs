//! Where numbers are read from: a file, or standard input, under the name that messages give it.

use super::error::{DataError, file_name};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// An open input.
pub(crate) struct Source<'a> {
    name: String,
    reader: Box<dyn Read + 'a>,
    /// How many bytes there will be, where that is known beforehand: in a regular file, not in a pipe.
    size: Option<u64>,
}

impl<'a> Source<'a> {
    /// Opens a file; a pipe or a device will do as well.
    pub(crate) fn open(path: &Path) -> Result<Self, DataError> {
        let name = file_name(path);
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
        let (metadata, file) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err(DataError::Read(name, error)),
        };
        if metadata.is_dir() {
            return Err(DataError::Input(name, "is a directory; name a file in it".into()));
        }
        // Files that a kernel makes up as they are read say that they are empty.
        let size = (metadata.is_file() && metadata.len() > 0).then_some(metadata.len());
        Ok(Source { name, reader: Box::new(file), size })
    }

    /// Standard input.
    pub(crate) fn stdin() -> Self {
        Source::from_stream("standard input", io::stdin().lock())
    }

    /// Any stream, under a name.
    pub(crate) fn from_stream(name: &str, reader: impl Read + 'a) -> Self {
        Source { name: name.to_owned(), reader: Box::new(reader), size: None }
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The size in bytes, where it is known before reading.
    pub(crate) fn size(&self) -> Option<u64> {
        self.size
    }

    /// Reads what there is, at least a byte unless the input is at its end.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, DataError> {
        loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => return result.map_err(|error| DataError::Read(self.name.clone(), error)),
            }
        }
    }

    /// Reads until the buffer is full or the input is at its end.
    pub(crate) fn read_full(&mut self, buffer: &mut [u8]) -> Result<usize, DataError> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.read(&mut buffer[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }

    /// The error that says what is wrong with this input.
    pub(crate) fn wrong(&self, problem: impl Into<String>) -> DataError {
        DataError::Input(self.name.clone(), problem.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_missing_files_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let message = |path: &Path| Source::open(path).err().expect("an error").to_string();
        assert!(message(folder.path()).ends_with("is a directory; name a file in it"));
        let missing = folder.path().join("missing\x07.csv");
        assert!(message(&missing).starts_with("there is no file `"), "{}", message(&missing));
        assert!(message(&missing).contains(r"missing\u{7}.csv`; check"), "{}", message(&missing));
    }
}
