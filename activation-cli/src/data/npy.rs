//! NumPy arrays: `.npy` in, `.npy` of the same shape, order, type and byte order out.
//!
//! Only the numbers change, so the header is checked and copied as it is, and an array need never be in
//! memory.

use super::apply::{Apply, BLOCK, Element, Summary, Tally};
use super::error::DataError;
use super::npy_header::{self, Header, LONGEST, Type};
use super::output::Output;
use super::source::Source;
use half::f16;
use std::path::Path;

/// Applies the function to the array in a `.npy` file. It holds f16, f32 or f64, of either byte order, in any
/// shape.
pub(crate) fn npy(input: &Path, output: Option<&Path>, function: &dyn Apply) -> Result<Summary, DataError> {
    let (source, preamble, header) = open(Source::open(input)?)?;
    transform(source, &preamble, header, Output::open_binary(output)?, function)
}

/// Reads everything before the numbers.
fn open(mut source: Source<'_>) -> Result<(Source<'_>, Vec<u8>, Header), DataError> {
    let mut preamble = vec![0; 8];
    let read = source.read_full(&mut preamble)?;
    if read == 0 {
        return Err(source.wrong("is empty, not a NumPy array; save one with `numpy.save`"));
    }
    if !preamble.starts_with(b"\x93NUMPY") {
        return Err(source.wrong(match preamble.starts_with(b"PK") {
            true => "is an archive of arrays; save one array of it with `numpy.save`",
            false => "is not a NumPy array, whatever its name says; save one with `numpy.save`",
        }));
    }
    if read < preamble.len() {
        return Err(source.wrong(CUT_OFF));
    }
    let length_size = match preamble[6..] {
        [1, 0] => 2,
        [2 | 3, 0] => 4,
        [major, minor] => {
            let problem = format!("has version {major}.{minor} of the format, not 1.0, 2.0 or 3.0");
            return Err(source.wrong(problem + "; save the array again with `numpy.save`"));
        }
        _ => return Err(source.wrong(CUT_OFF)),
    };
    let length = read_more(&mut source, &mut preamble, length_size)?;
    let length = length.iter().rev().fold(0, |length, &byte| length << 8 | usize::from(byte));
    if length > LONGEST {
        return Err(source.wrong(format!("has a damaged header: it claims to be {length} bytes long")));
    }
    let header = npy_header::parse(read_more(&mut source, &mut preamble, length)?);
    let header = header.map_err(|problem| source.wrong(problem))?;
    if let Some(size) = source.size() {
        check_size(&source, size.saturating_sub(preamble.len() as u64), header.bytes)?;
    }
    Ok((source, preamble, header))
}

const CUT_OFF: &str = "is cut off within its header; copy it again";

/// Reads `length` more bytes to the end of the preamble.
fn read_more<'p>(
    source: &mut Source<'_>,
    preamble: &'p mut Vec<u8>,
    length: usize,
) -> Result<&'p [u8], DataError> {
    let start = preamble.len();
    preamble.resize(start + length, 0);
    match source.read_full(&mut preamble[start..])? == length {
        true => Ok(&preamble[start..]),
        false => Err(source.wrong(CUT_OFF)),
    }
}

/// Whether there are as many bytes of numbers as the header says.
fn check_size(source: &Source<'_>, found: u64, expected: u64) -> Result<(), DataError> {
    if found < expected {
        let problem = format!("is cut off: it has {found} bytes of numbers, and its header says {expected}");
        return Err(source.wrong(problem + "; copy it again"));
    }
    if found > expected {
        let problem = format!("goes on after the {expected} bytes of its array");
        return Err(source.wrong(problem + ", which would be lost; save one array a file"));
    }
    Ok(())
}

fn transform(
    source: Source<'_>,
    preamble: &[u8],
    header: Header,
    mut output: Output<'_>,
    function: &dyn Apply,
) -> Result<Summary, DataError> {
    output.write(preamble)?;
    match header.element {
        Type::F16 => numbers(source, header, output, Tally::<f16>::new(function)),
        Type::F32 => numbers(source, header, output, Tally::<f32>::new(function)),
        Type::F64 => numbers(source, header, output, Tally::<f64>::new(function)),
    }
}

fn numbers<T: Element>(
    mut source: Source<'_>,
    header: Header,
    mut output: Output<'_>,
    mut tally: Tally<'_, T>,
) -> Result<Summary, DataError> {
    let mut buffer = vec![0; BLOCK * T::SIZE];
    let mut block = Vec::new();
    let mut left = header.bytes;
    while left > 0 {
        let size = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let bytes = &mut buffer[..size];
        let read = source.read_full(bytes)?;
        if read < size {
            // Not known beforehand: a pipe, or a file that is being written.
            check_size(&source, header.bytes - left + read as u64, header.bytes)?;
        }
        if header.big_endian {
            bytes.chunks_exact_mut(T::SIZE).for_each(<[u8]>::reverse);
        }
        tally.apply_to_le(bytes, &mut block);
        if header.big_endian {
            bytes.chunks_exact_mut(T::SIZE).for_each(<[u8]>::reverse);
        }
        output.write(bytes)?;
        left -= size as u64;
    }
    if source.read(&mut buffer[..1])? > 0 {
        check_size(&source, header.bytes.saturating_add(1), header.bytes)?;
    }
    output.finish()?;
    Ok(tally.summary())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::{Closed, Sqrt, Trickle};

    /// A file as NumPy writes it.
    fn file(version: u8, descr: &str, fortran: &str, shape: &str, numbers: &[u8]) -> Vec<u8> {
        let dictionary = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}");
        let before = if version == 1 { 10 } else { 12 };
        let header = format!("{dictionary:<width$}\n", width = 128 - before - 1);
        let mut file = [b"\x93NUMPY", &[version, 0][..]].concat();
        match version {
            1 => file.extend((header.len() as u16).to_le_bytes()),
            _ => file.extend((header.len() as u32).to_le_bytes()),
        }
        file.extend(header.as_bytes());
        file.extend(numbers);
        file
    }

    fn run(bytes: &[u8], step: usize) -> (Vec<u8>, Result<Summary, String>) {
        let mut results = Vec::new();
        let source = Source::from_stream("`x.npy`", Trickle { bytes, step });
        let result = open(source).and_then(|(source, preamble, header)| {
            transform(source, &preamble, header, Output::to_stream("`y.npy`", &mut results), &Sqrt)
        });
        (results, result.map_err(|error| error.to_string()))
    }

    #[test]
    fn every_type_order_and_version() {
        let squares = [0u8, 1, 4, 9, 16, 25];
        for version in [1, 2, 3] {
            for (shape, fortran, count) in [
                ("()", "False", 1),
                ("(0,)", "False", 0),
                ("(6,)", "False", 6),
                ("(2, 3)", "True", 6),
                ("(1, 6, 1)", "False", 6),
            ] {
                let encode = |descr: &str, root: bool| {
                    let values = squares[..count]
                        .iter()
                        .map(|&n| f64::from(n))
                        .map(|n| if root { n.sqrt() } else { n });
                    let numbers: Vec<u8> = match descr {
                        "<f2" => values.flat_map(|n| f16::from_f64(n).to_le_bytes()).collect(),
                        ">f2" => values.flat_map(|n| f16::from_f64(n).to_be_bytes()).collect(),
                        "<f4" => values.flat_map(|n| (n as f32).to_le_bytes()).collect(),
                        ">f4" => values.flat_map(|n| (n as f32).to_be_bytes()).collect(),
                        "<f8" => values.flat_map(f64::to_le_bytes).collect(),
                        _ => values.flat_map(f64::to_be_bytes).collect(),
                    };
                    file(version, descr, fortran, shape, &numbers)
                };
                for descr in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"] {
                    let (results, summary) = run(&encode(descr, false), 7);
                    assert_eq!(summary.map(|summary| summary.values), Ok(count as u64));
                    assert_eq!(results, encode(descr, true), "{version} {descr} {shape}");
                }
            }
        }
    }

    #[test]
    fn more_than_a_block() {
        let count = 2 * BLOCK + 1;
        let numbers = |value: f64| value.to_be_bytes().repeat(count);
        let shape = format!("({count},)");
        let (results, summary) = run(&file(1, ">f8", "False", &shape, &numbers(9.0)), 100_003);
        assert!(results == file(1, ">f8", "False", &shape, &numbers(3.0)));
        assert_eq!(summary.map(|summary| summary.values), Ok(count as u64));
    }

    #[test]
    fn new_nans_are_counted() {
        let numbers: Vec<u8> = [1.0, f32::NAN, -2.5].iter().flat_map(|n| n.to_be_bytes()).collect();
        let (_, summary) = run(&file(1, ">f4", "False", "(3,)", &numbers), 100);
        assert_eq!(summary, Ok(Summary { values: 3, new_nans: 1, first_new_nan: Some((2, "-2.5".into())) }));
    }

    #[test]
    fn cut_anywhere() {
        let whole = file(1, "<f4", "False", "(3,)", &[0; 12]);
        for cut in 0..whole.len() {
            let message = run(&whole[..cut], 1000).1.expect_err("cut off");
            let expected = match cut {
                0 => "is empty",
                1..6 => "is not a NumPy array",
                6..128 => "is cut off within its header",
                _ => "is cut off: it has",
            };
            assert!(message.contains(expected), "{cut}: {message}");
        }
        assert!(run(&whole, 1000).1.is_ok());
    }

    #[test]
    fn no_byte_of_the_header_can_do_harm() {
        let whole = file(2, "<f8", "False", "(2, 1)", &[0; 16]);
        for at in 0..128 {
            for value in 0..=255 {
                let mut damaged = whole.clone();
                damaged[at] = value;
                let (results, result) = run(&damaged, 1000);
                match result {
                    // What still says the same, for example with another kind of space.
                    Ok(summary) => assert_eq!((summary.values, results.len()), (2, damaged.len())),
                    Err(message) => {
                        assert!(message.starts_with("`x.npy` ") && !message.contains('\n'), "{message}")
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let message = |bytes: &[u8]| run(bytes, 1000).1.expect_err("wrong");
        assert!(message(b"PK\x03\x04 and so on").contains("archive of arrays"));
        assert!(message(&file(4, "<f4", "False", "()", &[0; 4])).contains("version 4.0"));
        let extra = message(&file(1, "<f4", "False", "()", &[0; 5]));
        assert_eq!(
            extra,
            "`x.npy` goes on after the 4 bytes of its array, which would be lost; save one array a file"
        );
        let cut = message(&file(1, "<f4", "False", "(2,)", &[0; 5]));
        assert_eq!(
            cut,
            "`x.npy` is cut off: it has 5 bytes of numbers, and its header says 8; copy it again"
        );
        let mut endless = file(2, "<f4", "False", "()", &[0; 4]);
        endless[8..12].fill(0xff);
        assert!(message(&endless).contains("claims to be 4294967295 bytes long"));
    }

    #[test]
    fn a_closed_pipe_is_told_apart() {
        let bytes = file(1, "<f4", "False", "()", &[0; 4]);
        let (source, preamble, header) = open(Source::from_stream("x", &bytes[..])).expect("an array");
        let result =
            transform(source, &preamble, header, Output::to_stream("standard output", Closed), &Sqrt);
        assert!(result.is_err_and(|error| error.is_broken_pipe()));
    }
}
