//! Tests that run through files, and what all tests of this layer share.

mod files;
mod texts;

use super::Apply;
use half::f16;
use std::io::{self, ErrorKind, Read, Write};

/// The square root: exact, and NaN for what is negative.
pub(crate) struct Sqrt;

impl Apply for Sqrt {
    fn apply_f32(&self, values: &mut [f32]) {
        values.iter_mut().for_each(|value| *value = value.sqrt());
    }
    fn apply_f64(&self, values: &mut [f64]) {
        values.iter_mut().for_each(|value| *value = value.sqrt());
    }
    fn apply_f16(&self, values: &mut [f16]) {
        values.iter_mut().for_each(|value| *value = f16::from_f32(value.to_f32().sqrt()));
    }
}

/// A pipe that yields at most `step` bytes a read, and is interrupted now and then.
pub(crate) struct Trickle<'b> {
    pub(crate) bytes: &'b [u8],
    pub(crate) step: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.step.is_multiple_of(2) {
            self.step += 1;
            return Err(ErrorKind::Interrupted.into());
        }
        let length = self.step.min(self.bytes.len()).min(buffer.len());
        let (read, rest) = self.bytes.split_at(length);
        buffer[..length].copy_from_slice(read);
        self.bytes = rest;
        Ok(length)
    }
}

/// A pipe that nobody reads.
pub(crate) struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
