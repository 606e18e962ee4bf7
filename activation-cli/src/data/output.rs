//! Where results go: standard output, or a file that appears only once everything is in it.
//!
//! A file is written under a temporary name beside its place and renamed into it at the end. A failure leaves
//! nothing behind and a file of that name as it was, and a file may be replaced by what was made of it.
//! Devices and pipes are written to directly.

use super::error::{DataError, file_name};
use crate::interrupt::Unfinished;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// An open output.
pub(crate) struct Output<'a> {
    name: String,
    writer: BufWriter<Sink<'a>>,
}

enum Sink<'a> {
    Stream(Box<dyn Write + 'a>),
    /// To be renamed to the path.
    File(NamedTempFile, Unfinished, PathBuf),
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Stream(stream) => stream.write(bytes),
            Sink::File(file, ..) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Stream(stream) => stream.flush(),
            Sink::File(file, ..) => file.flush(),
        }
    }
}

/// Writes a whole file, or to standard output. That nobody reads it to its end is no mistake.
pub(crate) fn put(path: Option<&Path>, contents: &[u8], is_text: bool) -> Result<(), DataError> {
    let opened = if is_text { Output::open(path) } else { Output::open_binary(path) };
    let written = opened.and_then(|mut output| {
        output.write(contents)?;
        output.finish()
    });
    match written {
        Err(error) if error.is_broken_pipe() => Ok(()),
        written => written,
    }
}

impl<'a> Output<'a> {
    /// Opens a file, or standard output if there is none or it is called `-`.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, DataError> {
        match path {
            Some(path) if !is_stdout(path) => Output::file(path),
            _ => Ok(Output::to_stream("standard output", io::stdout().lock())),
        }
    }

    /// Opens the output for numbers in binary, which a terminal cannot show.
    pub(crate) fn open_binary(path: Option<&Path>) -> Result<Self, DataError> {
        if path.is_none_or(is_stdout) && io::stdout().is_terminal() {
            let problem =
                "numbers in binary are not for a terminal; name a file with --output or redirect it";
            return Err(DataError::Output("standard output".into(), problem.into()));
        }
        Output::open(path)
    }

    /// Any stream, under a name.
    pub(crate) fn to_stream(name: &str, stream: impl Write + 'a) -> Self {
        Output { name: name.to_owned(), writer: buffered(Sink::Stream(Box::new(stream))) }
    }

    fn file(path: &Path) -> Result<Self, DataError> {
        let name = file_name(path);
        let problem = |problem: &str| Err(DataError::Output(name.clone(), problem.to_owned()));
        let refused = |error| DataError::Write(name.clone(), error);
        let existing = match fs::metadata(path) {
            Ok(existing) => Some(existing),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(refused(error)),
        };
        if existing.as_ref().is_some_and(Metadata::is_dir) {
            return problem("it is a directory; name a file in it");
        }
        if path.as_os_str().as_encoded_bytes().last().is_none_or(|&byte| byte == b'/') {
            return problem("it does not name a file");
        }
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            let device = OpenOptions::new().write(true).open(path).map_err(refused)?;
            return Ok(Output { name, writer: buffered(Sink::Stream(Box::new(device))) });
        }
        if existing.as_ref().is_some_and(|existing| existing.permissions().readonly()) {
            return problem("it is read-only; choose another name or make it writable");
        }
        let target = behind_links(path).map_err(refused)?;
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let made = Unfinished::make(|| create(folder, existing.as_ref()), NamedTempFile::path);
        let (temporary, unfinished) = match made {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return problem(&format!("there is no folder {}; create it first", file_name(folder)));
            }
            created => created.map_err(refused)?,
        };
        Ok(Output { name, writer: buffered(Sink::File(temporary, unfinished, target)) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), DataError> {
        self.writer.write_all(bytes).map_err(|error| DataError::Write(self.name.clone(), error))
    }

    /// Sends everything written so far on its way.
    pub(crate) fn flush(&mut self) -> Result<(), DataError> {
        self.writer.flush().map_err(|error| DataError::Write(self.name.clone(), error))
    }

    /// Completes the output: only now does a file appear in its place. An output that is dropped instead
    /// leaves none.
    pub(crate) fn finish(mut self) -> Result<(), DataError> {
        self.flush()?;
        let name = self.name;
        let refused = |error| DataError::Write(name, error);
        match self.writer.into_inner().map_err(io::IntoInnerError::into_error) {
            Ok(Sink::Stream(_)) => Ok(()),
            Ok(Sink::File(file, unfinished, target)) => {
                // Some systems say only now that there was no room.
                let synced = file.as_file().sync_all();
                synced
                    .and_then(|()| unfinished.finish(|| file.persist(target)).map_err(|error| error.error))
                    .map(drop)
                    .map_err(refused)
            }
            Err(error) => Err(refused(error)),
        }
    }
}

fn buffered(sink: Sink<'_>) -> BufWriter<Sink<'_>> {
    BufWriter::with_capacity(64 * 1024, sink)
}

/// Whether a path means standard output. By its device name it would be opened anew and written from the
/// beginning.
fn is_stdout(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name))
}

/// The file that a path leads to through symbolic links, which may not exist yet.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    // As many links as Linux follows.
    for _ in 0..40 {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => {
                let link = fs::read_link(&target)?;
                target = target.parent().unwrap_or(Path::new("")).join(link);
            }
            _ => return Ok(target),
        }
    }
    Err(ErrorKind::NotFound.into())
}

/// A temporary file with the permissions of the file that it will replace, or those of any new file.
fn create(folder: &Path, existing: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".activation-").suffix(".tmp");
    match existing {
        Some(existing) => {
            let file = builder.tempfile_in(folder)?;
            file.as_file().set_permissions(existing.permissions())?;
            Ok(file)
        }
        None => {
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            builder.tempfile_in(folder)
        }
    }
}
