//! Text, from bytes to bytes: layout, headers, columns, and every mistake.

use super::{Closed, Sqrt, Trickle};
use crate::data::apply::{Summary, Tally};
use crate::data::column::Column;
use crate::data::error::DataError;
use crate::data::lines::Lines;
use crate::data::number::Number;
use crate::data::output::Output;
use crate::data::source::Source;
use crate::data::{plain, table};
use std::cell::RefCell;
use std::io::{self, Write};

fn run<T: Number>(
    input: &[u8],
    step: usize,
    delimiter: Option<u8>,
    column: Option<&str>,
) -> (Vec<u8>, Result<Summary, DataError>) {
    let mut results = Vec::new();
    let mut output = Output::to_stream("standard output", &mut results);
    let lines = Lines::new(Source::from_stream("`x`", Trickle { bytes: input, step }));
    let column = column.map(|column| Column::parse(column).expect("a column"));
    let mut tally = Tally::<T>::new(&Sqrt);
    let result = match delimiter {
        Some(delimiter) => table::run(lines, &mut output, delimiter, column.as_ref(), &mut tally),
        None => plain::run(lines, &mut output, column.as_ref(), &mut tally),
    };
    let result = result.and_then(|()| output.finish());
    (results, result.map(|()| tally.summary()))
}

/// The result in f32 and f64, for reads of any size.
#[track_caller]
fn gives(delimiter: Option<u8>, column: Option<&str>, input: &str, expected: &str) {
    for step in [1, 2, 3, 5, 1000] {
        for (results, result) in [
            run::<f32>(input.as_bytes(), step, delimiter, column),
            run::<f64>(input.as_bytes(), step, delimiter, column),
        ] {
            assert_eq!(String::from_utf8_lossy(&results), expected);
            assert!(result.is_ok(), "{result:?}");
        }
    }
}

/// The message, and the results before the mistake.
#[track_caller]
fn fails(delimiter: Option<u8>, column: Option<&str>, input: impl AsRef<[u8]>, before: &str, expected: &str) {
    for step in [1, 1000] {
        let (results, result) = run::<f32>(input.as_ref(), step, delimiter, column);
        assert_eq!(result.expect_err("a mistake").to_string(), expected);
        assert_eq!(String::from_utf8_lossy(&results), before);
    }
}

const CSV: Option<u8> = Some(b',');

#[test]
fn plain_text_keeps_its_layout() {
    gives(None, None, "4\n9\n", "2.0\n3.0\n");
    gives(None, None, "4", "2.0\n");
    gives(None, None, "", "");
    gives(
        None,
        None,
        "  4 9\t16 \n\n \n# a comment, 4\n  #\n25\n",
        "2.0 3.0 4.0\n\n \n# a comment, 4\n  #\n5.0\n",
    );
    gives(None, None, "\u{feff}4\r\n9 16\r\n\r\n25", "2.0\r\n3.0 4.0\r\n\r\n5.0\n");
    gives(None, None, "inf -inf nan -0 +Infinity\n", "inf nan nan -0.0 inf\n");
    gives(None, None, "1e-4 1E4 .25 1e38\n", "0.01 100.0 0.5 1e19\n");
    gives(None, Some("2"), "a 4 x\n\n# b\nc 9\n", "2.0\n\n# b\n3.0\n");
}

#[test]
fn mistakes_in_plain_text() {
    let choose = "is not a number; choose a column with --column";
    fails(None, None, "4\n9 abc\n16\n", "2.0\n", &format!("`x`, line 2, column 2: `abc` {choose}"));
    fails(None, None, "4\n\n1_000", "2.0\n\n", &format!("`x`, line 3, column 1: `1_000` {choose}"));
    fails(None, None, "\x1b[2J\0", "", &format!("`x`, line 1, column 1: `\\u{{1b}}[2J\\0` {choose}"));
    fails(
        None,
        None,
        "1, 2\n",
        "",
        "`x`, line 1, column 1: `1,` is not a number; \
         white space separates numbers here, and commas in a `.csv` file",
    );
    let large = "is too large for f32; compute in f64 with --dtype f64";
    fails(None, None, "1e39", "", &format!("`x`, line 1, column 1: `1e39` {large}"));
    fails(
        None,
        Some("2"),
        "1 4\n1\n",
        "2.0\n",
        "`x`, line 2: there is no column 2, only 1; complete the line",
    );
    fails(
        None,
        Some("2"),
        "1 b\n",
        "",
        "`x`, line 1, column 2: `b` is not a number; write `nan` if there is no value",
    );
    fails(
        None,
        Some("b"),
        "1\n",
        "",
        "`x` is read as plain text, which has no header to find `b` in; choose a column by its number (`--column 1` is the first), or give a file whose name ends in `.csv` or `.tsv`",
    );
    let utf8 = "is not UTF-8 text; convert the file to UTF-8";
    fails(None, None, b"4\n5\xb0\n", "2.0\n", &format!("`x`, line 2: the byte 0xb0 after `5` {utf8}"));
    let (_, wide) = run::<f64>(b"1e39", 9, None, None);
    assert!(wide.is_ok());
}

#[test]
fn tables_keep_rows_and_columns() {
    gives(CSV, None, "4,9\n16, 25 \n", "2.0,3.0\n4.0,5.0\n");
    gives(CSV, None, "x,y\r\n4,\"9\"\r\n\r\n16", "x,y\r\n2.0,3.0\r\n\r\n4.0\n");
    gives(CSV, None, "\u{feff}größe\n4\n", "größe\n2.0\n");
    gives(CSV, None, ",x\n4,9\n", ",x\n2.0,3.0\n");
    gives(
        CSV,
        None,
        "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n4,9,1\n",
        "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n2.0,3.0,1.0\n",
    );
    gives(CSV, None, "4\n9,16\n25,36,49\n", "2.0\n3.0,4.0\n5.0,6.0,7.0\n");
    gives(CSV, None, "", "");
    gives(CSV, None, "\n\n", "\n\n");
    gives(Some(b'\t'), None, "a b\tc\n4\t9\n", "a b\tc\n2.0\t3.0\n");
    gives(CSV, None, "\n\nx\n4\n", "\n\nx\n2.0\n");
}

#[test]
fn a_column_alone() {
    let table = "name, x ,y\n\"a\nb\",4,9\n,16,z\n";
    gives(CSV, Some("x"), table, " x \n2.0\n4.0\n");
    gives(CSV, Some("2"), table, " x \n2.0\n4.0\n");
    gives(CSV, Some("1"), "4,a\n9,b\n", "2.0\n3.0\n");
    gives(CSV, Some("a,b"), "\"a,b\",c\n4,9\n", "\"a,b\"\n2.0\n");
    gives(CSV, Some("nan"), "nan,c\n4,9\n", "nan\n2.0\n");
    gives(CSV, Some("1"), "", "");
}

#[test]
fn mistakes_in_tables() {
    let choose = "is not a number; choose a column with --column";
    fails(CSV, None, "x,y\n4,9\n16,b\n", "x,y\n2.0,3.0\n", &format!("`x`, line 3, column 2: `b` {choose}"));
    fails(CSV, None, "id,4\n", "", &format!("`x`, line 1, column 1: `id` {choose}"));
    fails(CSV, None, "4\nx\n", "2.0\n", &format!("`x`, line 2, column 1: `x` {choose}"));
    let empty = "is empty; fill it in, with `nan` if the value is unknown";
    fails(CSV, None, "4,\n", "", &format!("`x`, line 1, column 2 {empty}"));
    fails(CSV, None, ",\n", "", &format!("`x`, line 1, column 1 {empty}"));
    fails(CSV, Some("2"), "a,x\n\"1\n2\",4\n3, \n", "x\n2.0\n", &format!("`x`, line 4, column 2 {empty}"));
    fails(
        CSV,
        Some("y"),
        "x,y\n1\n",
        "y\n",
        "`x`, line 2: there is no column 2, only 1; complete the record",
    );
    fails(
        CSV,
        Some("3"),
        "x,y\n1,2\n",
        "",
        "`x` has no column 3; choose from 1 to 2 (its first line has `x`, `y`)",
    );
    fails(
        CSV,
        Some("hieght"),
        "height,y\n",
        "",
        "`x` has no column `hieght`; did you mean `height`? (its first line has `height`, `y`)",
    );
    fails(CSV, Some("y"), "", "", "`x` is empty and has no column `y`");
    fails(CSV, Some("y"), "\n", "\n", "`x` is empty and has no column `y`");
    fails(CSV, None, "4\n\"9\n1\n", "2.0\n", "`x` has a quote in line 2 that is never closed; close it");
    let large = "is too large for f32; compute in f64 with --dtype f64";
    fails(CSV, None, "1e39\n", "", &format!("`x`, line 1, column 1: `1e39` {large}"));
    fails(CSV, None, "x\n4\nNA\r1\n", "x\n2.0\n", &format!("`x`, line 3, column 1: `NA\\r1` {choose}"));
}

#[test]
fn no_bytes_can_do_harm() {
    let text = b"\xef\xbb\xbfx,\"y\"\r\n4,1e3\n\n\"9\",nan\n";
    for at in 0..text.len() {
        for value in 0..=255 {
            let mut damaged = text.to_vec();
            damaged[at] = value;
            for column in [None, Some("2"), Some("y")] {
                for delimiter in [None, CSV, Some(b'\t')] {
                    let (_, result) = run::<f32>(&damaged, 1000, delimiter, column);
                    if let Err(error) = result {
                        assert!(!error.to_string().contains(char::is_control), "{error}");
                    }
                }
            }
        }
    }
}

#[test]
fn many_lines_and_wide_lines() {
    let expected = "2.0,3.0\n".repeat(10_000);
    let (results, summary) = run::<f32>("4,9\n".repeat(10_000).as_bytes(), 1001, CSV, None);
    assert!(results == expected.as_bytes());
    assert_eq!(summary.ok().map(|summary| summary.values), Some(20_000));
    let wide = vec!["4"; 10_000].join(" ");
    let (results, _) = run::<f64>(wide.as_bytes(), 1001, None, None);
    assert!(results == format!("{}\n", vec!["2.0"; 10_000].join(" ")).as_bytes());
    let (results, _) = run::<f64>(wide.replace(' ', ",").as_bytes(), 1001, CSV, None);
    assert!(results == format!("{}\n", vec!["2.0"; 10_000].join(",")).as_bytes());
}

#[test]
fn new_nans_are_counted_across_blocks() {
    let text = "1\nnan\n".repeat(5000) + "-4\n-9\n";
    let (_, summary) = run::<f64>(text.as_bytes(), 1001, None, None);
    let expected = Summary { values: 10_002, new_nans: 2, first_new_nan: Some((10_000, "-4.0".into())) };
    assert_eq!(summary.ok(), Some(expected));
}

#[test]
fn an_open_quote_does_not_fill_the_memory() {
    let text = [b"\"", "123456789\n".repeat(7 << 20).as_bytes()].concat();
    let (_, result) = run::<f32>(&text, 1 << 20 | 1, CSV, None);
    assert!(result.is_err_and(|error| error.to_string().contains("is a quote left open?")));
}

#[test]
fn a_closed_pipe_is_told_apart() {
    let lines = Lines::new(Source::from_stream("x", &b"4\n"[..]));
    let mut output = Output::to_stream("standard output", Closed);
    let result = plain::run(lines, &mut output, None, &mut Tally::<f32>::new(&Sqrt));
    assert!(result.is_err_and(|error| error.is_broken_pipe()));
}

/// Every line comes back before the next is asked for, as a person at a terminal expects.
#[test]
fn results_do_not_wait_for_the_next_line() {
    struct Shared<'s>(&'s RefCell<Vec<u8>>);
    impl Write for Shared<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    struct Person<'s> {
        screen: &'s RefCell<Vec<u8>>,
        expects: &'s [&'s str],
    }
    impl io::Read for Person<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((expected, rest)) = self.expects.split_first() else { return Ok(0) };
            assert_eq!(String::from_utf8_lossy(&self.screen.borrow()), *expected);
            self.expects = rest;
            buffer[..2].copy_from_slice(b"4\n");
            Ok(2)
        }
    }
    for delimiter in [None, CSV] {
        let screen = RefCell::new(Vec::new());
        let person = Person { screen: &screen, expects: &["", "2.0\n", "2.0\n2.0\n"] };
        let lines = Lines::new(Source::from_stream("x", person));
        let mut output = Output::to_stream("standard output", Shared(&screen));
        let mut tally = Tally::<f32>::new(&Sqrt);
        let result = match delimiter {
            None => plain::run(lines, &mut output, None, &mut tally),
            Some(delimiter) => table::run(lines, &mut output, delimiter, None, &mut tally),
        };
        assert!(result.is_ok());
        assert_eq!(screen.borrow().as_slice(), b"2.0\n2.0\n2.0\n");
    }
}
