//! Cuts a text into lines, in constant memory and without waiting for more than a line needs.

use super::error::{DataError, excerpt};
use super::source::Source;

/// The longest line, or record of several lines, that is still taken for text (64 MiB).
pub(crate) const LONGEST: usize = 64 << 20;

/// How a line ends. The last line counts as ended by a newline even if it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// A newline.
    Lf,
    /// A carriage return and a newline.
    CrLf,
}

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line<'l> {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) text: &'l str,
    pub(crate) end: LineEnd,
}

/// The lines of a source. A byte order mark at its beginning is dropped.
pub(crate) struct Lines<'a> {
    source: Source<'a>,
    buffer: Vec<u8>,
    /// What was read and not handed out yet stands in `buffer[start..end]`.
    start: usize,
    end: usize,
    /// The lines handed out so far.
    count: u64,
    /// Whether the source said that it is at its end: a terminal would ask again.
    ended: bool,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(source: Source<'a>) -> Self {
        Lines { source, buffer: vec![0; 64 * 1024], start: 0, end: 0, count: 0, ended: false }
    }

    pub(crate) fn source(&self) -> &Source<'a> {
        &self.source
    }

    /// The next line. Before anything is read, which may take as long as a person takes to type,
    /// `before_read` is called: results so far should go out then.
    pub(crate) fn next(
        &mut self,
        before_read: &mut dyn FnMut() -> Result<(), DataError>,
    ) -> Result<Option<Line<'_>>, DataError> {
        let mut searched = self.start;
        let (start, end) = loop {
            if let Some(at) = self.buffer[searched..self.end].iter().position(|&byte| byte == b'\n') {
                let start = self.start;
                self.start = searched + at + 1;
                break (start, searched + at);
            }
            if self.end - self.start > LONGEST {
                let line = self.count + 1;
                return Err(self
                    .source
                    .wrong(format!("does not look like text: line {line} exceeds 64 MiB")));
            }
            searched = self.end - self.start;
            if self.ended || !self.fill(before_read)? {
                if self.start == self.end {
                    return Ok(None);
                }
                let start = self.start;
                self.start = self.end;
                break (start, self.end);
            }
        };
        self.count += 1;
        let mut line = &self.buffer[start..end];
        if self.count == 1 {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        let (line, end) = match line.strip_suffix(b"\r") {
            Some(line) => (line, LineEnd::CrLf),
            None => (line, LineEnd::Lf),
        };
        match str::from_utf8(line) {
            Ok(text) => Ok(Some(Line { number: self.count, text, end })),
            Err(error) => Err(self.not_text(line, error.valid_up_to())),
        }
    }

    /// Reads more behind what is there, which moves to the beginning of the buffer. False at the end of the
    /// source.
    fn fill(&mut self, before_read: &mut dyn FnMut() -> Result<(), DataError>) -> Result<bool, DataError> {
        before_read()?;
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            self.buffer.resize(2 * self.end, 0);
        }
        let read = self.source.read(&mut self.buffer[self.end..])?;
        self.end += read;
        self.ended = read == 0;
        Ok(!self.ended)
    }

    /// Says what a line is that is not UTF-8 from `valid` on.
    fn not_text(&self, line: &[u8], valid: usize) -> DataError {
        if self.count == 1 && line.starts_with(b"\x93NUMPY") {
            return self.source.wrong("holds a NumPy array, not text; give it as a file named `.npy`");
        }
        if self.count == 1 && (line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff")) {
            return self.source.wrong("is text in UTF-16; convert it to UTF-8");
        }
        let before = String::from_utf8_lossy(&line[..valid]);
        let tail = before.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
        let place = match &before[tail..] {
            "" => "at the beginning of the line".to_owned(),
            tail => format!("after {}", excerpt(tail)),
        };
        let byte = line.get(valid).copied().unwrap_or_default();
        DataError::Input(
            format!("{}, line {}:", self.source.name(), self.count),
            format!("the byte 0x{byte:02x} {place} is not UTF-8 text; convert the file to UTF-8"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::Trickle;
    use std::cell::Cell;
    use std::io::{Read, repeat};

    /// Every line as (text, end), from reads of `step` bytes.
    fn lines(bytes: &[u8], step: usize) -> Result<Vec<(String, LineEnd)>, String> {
        let mut lines = Lines::new(Source::from_stream("standard input", Trickle { bytes, step }));
        let mut all = Vec::new();
        loop {
            match lines.next(&mut || Ok(())).map_err(|error| error.to_string())? {
                Some(line) => {
                    assert_eq!(line.number, all.len() as u64 + 1);
                    all.push((line.text.to_owned(), line.end));
                }
                None => return Ok(all),
            }
        }
    }

    #[test]
    fn all_ends_and_all_read_sizes() {
        let text = b"\xef\xbb\xbf1\r\n\n 2 \n\r\n3\0";
        let expected = [
            ("1", LineEnd::CrLf),
            ("", LineEnd::Lf),
            (" 2 ", LineEnd::Lf),
            ("", LineEnd::CrLf),
            ("3\0", LineEnd::Lf),
        ];
        for step in 1..=text.len() + 1 {
            let found = lines(text, step).expect("text");
            assert!(found.iter().map(|(text, end)| (text.as_str(), *end)).eq(expected), "{step}: {found:?}");
        }
        assert_eq!(lines(b"", 1), Ok(vec![]));
        assert_eq!(lines(b"\n", 1), Ok(vec![(String::new(), LineEnd::Lf)]));
        assert_eq!(lines(b"\xef\xbb\xbf", 1), Ok(vec![(String::new(), LineEnd::Lf)]));
    }

    #[test]
    fn lines_longer_than_the_buffer() {
        let long = [vec![b'1'; 200_000], b"\n2\n".to_vec(), vec![b'3'; 100_000]].concat();
        let found = lines(&long, 70_001).expect("text");
        assert_eq!(found.iter().map(|line| line.0.len()).collect::<Vec<_>>(), [200_000, 1, 100_000]);
    }

    #[test]
    fn results_go_out_only_when_there_is_nothing_left_to_read() {
        let mut lines = Lines::new(Source::from_stream("x", &b"1\n2\n3\n"[..]));
        let reads = Cell::new(0);
        let mut before_read = || {
            reads.set(reads.get() + 1);
            Ok(())
        };
        for _ in 0..3 {
            assert!(lines.next(&mut before_read).is_ok_and(|line| line.is_some()));
            assert_eq!(reads.get(), 1);
        }
        for _ in 0..2 {
            assert!(lines.next(&mut before_read).is_ok_and(|line| line.is_none()));
        }
        assert_eq!(reads.get(), 2);
    }

    #[test]
    fn what_is_not_text_is_said_so() {
        let message = |bytes: &[u8]| lines(bytes, 1000).expect_err("not text");
        assert_eq!(
            message(b"1\ncaf\xe9\n"),
            "standard input, line 2: the byte 0xe9 after `caf` is not UTF-8 text; convert the file to UTF-8"
        );
        assert!(message(b"\xe9").contains("line 1: the byte 0xe9 at the beginning of the line is not"));
        assert!(message(b"\x93NUMPY\x01\0").contains("`.npy`"));
        assert!(message(b"\xff\xfe1\0\n\0").contains("UTF-16"));
        let mut lines = Lines::new(Source::from_stream("x", repeat(b'1').take(80 << 20)));
        let error = lines.next(&mut || Ok(())).expect_err("too long").to_string();
        assert_eq!(error, "x does not look like text: line 1 exceeds 64 MiB");
    }
}
