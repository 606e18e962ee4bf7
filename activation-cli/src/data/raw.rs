//! Raw numbers in a pipe: little-endian in, little-endian out, without end if need be.

use super::apply::{Apply, BLOCK, Dtype, Element, Summary, Tally};
use super::error::DataError;
use super::output::Output;
use super::source::Source;

/// Applies the function to the little-endian numbers on standard input and writes the results, in the same
/// form, to standard output. Whatever a read yields is written before the next read.
pub(crate) fn raw(dtype: Dtype, function: &dyn Apply) -> Result<Summary, DataError> {
    let output = Output::open_binary(None)?;
    match dtype {
        Dtype::F32 => stream(Source::stdin(), output, Tally::<f32>::new(function)),
        Dtype::F64 => stream(Source::stdin(), output, Tally::<f64>::new(function)),
    }
}

fn stream<T: Element>(
    mut source: Source<'_>,
    mut output: Output<'_>,
    mut tally: Tally<'_, T>,
) -> Result<Summary, DataError> {
    let mut buffer = vec![0; BLOCK * T::SIZE];
    let mut block = Vec::new();
    // The beginning of a number whose end was not read yet stands in front.
    let mut begun = 0;
    loop {
        let read = source.read(&mut buffer[begun..])?;
        if read == 0 {
            break;
        }
        let filled = begun + read;
        let whole = filled - filled % T::SIZE;
        tally.apply_to_le(&mut buffer[..whole], &mut block);
        output.write(&buffer[..whole])?;
        output.flush()?;
        buffer.copy_within(whole..filled, 0);
        begun = filled - whole;
    }
    output.finish()?;
    let summary = tally.summary();
    if begun > 0 {
        return Err(source.wrong(format!(
            "ends after {} whole numbers and {begun} of the {} bytes of another; check the type behind --raw, and that nothing \
             is cut off",
            summary.values,
            T::SIZE
        )));
    }
    Ok(summary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::{Closed, Sqrt, Trickle};

    fn run<T: Element>(bytes: &[u8], step: usize) -> (Vec<u8>, Result<Summary, String>) {
        let mut results = Vec::new();
        let source = Source::from_stream("standard input", Trickle { bytes, step });
        let output = Output::to_stream("standard output", &mut results);
        let result = stream(source, output, Tally::<T>::new(&Sqrt)).map_err(|error| error.to_string());
        (results, result)
    }

    #[test]
    fn reads_of_any_size() {
        let numbers: Vec<f64> = (0..50).map(|n| f64::from(n * n)).collect();
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        let expected: Vec<u8> = (0..50).flat_map(|n| f64::from(n).to_le_bytes()).collect();
        for step in 1..40 {
            let (results, summary) = run::<f64>(&bytes, step);
            assert_eq!(results, expected);
            assert_eq!(summary.map(|summary| summary.values), Ok(50));
        }
    }

    #[test]
    fn more_than_a_block() {
        let bytes: Vec<u8> =
            [4f32, -1.0].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>().repeat(BLOCK);
        let (results, summary) = run::<f32>(&bytes, 100_001);
        let summary = summary.expect("whole numbers");
        assert_eq!((summary.values, summary.new_nans), (2 * BLOCK as u64, BLOCK as u64));
        assert_eq!(summary.first_new_nan, Some((1, "-1.0".into())));
        assert!(results.chunks_exact(8).all(|pair| pair[..4] == 2f32.to_le_bytes()));
        assert_eq!(results.len(), bytes.len());
    }

    #[test]
    fn nothing_and_leftovers() {
        assert_eq!(run::<f32>(b"", 1), (vec![], Ok(Summary::default())));
        let bytes = [4f32.to_le_bytes(), 9f32.to_le_bytes()].concat();
        for cut in [5, 6, 7] {
            let (results, result) = run::<f32>(&bytes[..cut], 2);
            assert_eq!(results, 2f32.to_le_bytes());
            let message = result.expect_err("leftover bytes");
            assert!(
                message.contains(&format!(
                    "ends after 1 whole numbers and {} of the 4 bytes of another",
                    cut - 4
                ))
            );
        }
    }

    #[test]
    fn a_closed_pipe_is_told_apart() {
        let source = Source::from_stream("standard input", &[0; 8][..]);
        let result = stream(source, Output::to_stream("standard output", Closed), Tally::<f64>::new(&Sqrt));
        assert!(result.is_err_and(|error| error.is_broken_pipe()));
    }
}
