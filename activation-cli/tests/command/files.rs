//! Files: arrays, tables and text in, the same out.

use super::{printed, refusal, refused, run, run_with};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn array(descr: &str, shape: &str, numbers: &[u8]) -> Vec<u8> {
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
    header.push_str(&" ".repeat(63 - (10 + header.len()) % 64));
    header.push('\n');
    let length = u16::try_from(header.len()).expect("a short header").to_le_bytes();
    [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), numbers].concat()
}

#[test]
fn arrays_keep_their_shape_and_type() {
    let folder = folder();
    let xs = [-2.0, -0.5, 0.0, 0.25, 1.0, 3.0];
    let output = folder.path().join("out.npy");
    type Bytes = fn(f64) -> Vec<u8>;
    let types: [(&str, Bytes); 6] = [
        ("<f2", |x| half::f16::from_f64(x).to_le_bytes().to_vec()),
        (">f2", |x| half::f16::from_f64(x).to_be_bytes().to_vec()),
        ("<f4", |x| (x as f32).to_le_bytes().to_vec()),
        (">f4", |x| (x as f32).to_be_bytes().to_vec()),
        ("<f8", |x| x.to_le_bytes().to_vec()),
        (">f8", |x| x.to_be_bytes().to_vec()),
    ];
    for (descr, bytes) in types {
        for shape in ["(6,)", "(2, 3)", "(1, 3, 2)"] {
            let of = |f: fn(f64) -> f64| {
                array(descr, shape, &xs.iter().flat_map(|&x| bytes(f(x))).collect::<Vec<u8>>())
            };
            let input = file(&folder, "in.npy", of(|x| x));
            for (question, expected) in [
                (&[][..], of(|x| x * x)),
                (&["--derivative"], of(|x| 2.0 * x)),
                (&["--order", "2"], of(|_| 2.0)),
            ] {
                let arguments = ["eval", "x^2", "--input", text(&input), "--output", text(&output)];
                assert_eq!(printed(&[&arguments[..], question].concat()), "");
                assert_eq!(fs::read(&output).expect("a file"), expected, "{descr} {shape} {question:?}");
                let stdout = run(&[&arguments[..4], question].concat());
                assert_eq!((stdout.code, stdout.out), (Some(0), expected));
            }
        }
    }
}

#[test]
fn bad_arrays_are_refused_and_nothing_is_written() {
    let folder = folder();
    let output = folder.path().join("out.npy");
    let good = array("<f4", "(3,)", &[0; 12]);
    let mut bad = vec![
        b"".to_vec(),
        b"hello".to_vec(),
        array("<i4", "(3,)", &[0; 12]),
        array("|O", "(3,)", &[0; 12]),
        array("<f4", "(4,)", &[0; 12]),
        array("<f4", "(18446744073709551615, 18446744073709551615)", &[0; 12]),
        array("<f4", "(99999999999999999999999,)", &[0; 12]),
        array("<f4", "(-1,)", &[0; 12]),
        array("<f4", &format!("({}", "(".repeat(50_000)), &[]),
        array("<f4", "__import__('os')", &[]),
        [&good[..8], &[0xff, 0xff], &good[10..]].concat(),
        [b"\x93NUMPY\x02\x00\xff\xff\xff\xff", &good[10..]].concat(),
        [b"\x93NUMPY\x09\x00", &good[8..]].concat(),
    ];
    bad.extend((0..good.len()).map(|length| good[..length].to_vec()));
    for (at, bytes) in bad.iter().enumerate() {
        let input = file(&folder, "in.npy", bytes);
        let message = refused(&["eval", "relu", "--input", text(&input), "--output", text(&output)]);
        assert!(message.contains("in.npy`") && message.lines().count() == 1, "{at}: {message}");
        assert!(!output.exists(), "{at}");
    }
}

#[test]
fn tables_and_columns() {
    let folder = folder();
    let table = file(&folder, "t.csv", "time,\"the, value\"\n1,-2\n2,0.5\n");
    let all = printed(&["eval", "relu", "--input", text(&table)]);
    assert_eq!(all, "time,\"the, value\"\n1.0,0.0\n2.0,0.5\n");
    for column in ["2", "the, value"] {
        let one = printed(&["eval", "x^2", "--input", text(&table), "--column", column, "--derivative"]);
        assert_eq!(one, "\"the, value\"\n-4.0\n1.0\n");
    }
    let message = refused(&["eval", "relu", "--input", text(&table), "--column", "tiem"]);
    assert!(message.contains("did you mean `time`?"), "{message}");
    let wrong = file(&folder, "wrong.csv", "1,2\n3,four\n");
    let output = file(&folder, "out.csv", "as it was");
    let message = refused(&["eval", "relu", "--input", text(&wrong), "--output", text(&output)]);
    assert!(message.contains("line 2, column 2: `four` is not a number"), "{message}");
    assert_eq!(fs::read_to_string(&output).expect("a file"), "as it was");
}

#[test]
fn plain_text_and_its_type() {
    let folder = folder();
    let numbers = file(&folder, "n.txt", "# thirds\n1 2\n\n-1e-3\r\n");
    let third = |dtype: &[&str]| printed(&[&["eval", "x / 3", "--input", text(&numbers)], dtype].concat());
    assert_eq!(third(&[]), "# thirds\n0.33333334 0.6666667\n\n-0.00033333336\r\n");
    assert_eq!(third(&["--dtype=f32"]), third(&[]));
    assert!(third(&["--dtype", "f64"]).contains("0.3333333333333333 0.6666666666666666\n"));
    let swish = printed(&["eval", "swish", "--input", text(&numbers), "--wrt", "beta", "--set", "beta=0"]);
    assert_eq!(swish, "# thirds\n0.25 1.0\n\n2.5000003e-7\r\n");
    let same = printed(&["eval", "x", "--input", text(&numbers), "--output", text(&numbers)]);
    assert_eq!(same, "");
    assert_eq!(fs::read_to_string(&numbers).expect("a file"), "# thirds\n1.0 2.0\n\n-0.001\r\n");
    let stream = run_with(&["eval", "relu", "--input", "-"], b"-1\n2 inf\n");
    assert_eq!((stream.code, stream.out), (Some(0), b"0.0\n2.0 inf\n".to_vec()));
    assert!(refusal(run_with(&["eval", "relu", "--input", "-"], b"one\n")).contains("line 1"));
}

#[test]
fn a_new_nan_is_worth_a_warning() {
    let stream = run_with(&["eval", "sqrt(x)", "--input", "-"], b"nan 4 -1\n-2\n");
    assert_eq!((stream.code, stream.out), (Some(0), b"nan 2.0 nan\nnan\n".to_vec()));
    assert_eq!(
        stream.err,
        "warning: 2 of 4 results are NaN where the input is not, the first at number 3, -1.0\n"
    );
    let raw = run_with(&["eval", "sqrt(x)", "--raw", "f64"], &(-1f64).to_le_bytes());
    assert_eq!(
        raw.err,
        "warning: 1 of 1 results is NaN where the input is not, the first at number 1, -1.0\n"
    );
}

#[test]
fn impossible_outputs() {
    let folder = folder();
    let input = file(&folder, "n.txt", "1\n");
    for output in [folder.path().to_owned(), folder.path().join("no/such/file"), input.join("file")] {
        let message = refused(&["eval", "relu", "--input", text(&input), "--output", text(&output)]);
        assert!(message.starts_with("error: cannot write `"), "{message}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

/// A file with a mistake in it writes nothing, to standard output neither, however far down the mistake stands.
#[test]
fn a_mistake_in_a_file_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("table.csv");
    let rows: String = (0..30_000).map(|row| format!("{row},1\n")).collect();
    std::fs::write(&table, format!("a,b\n{rows}1,oops\n")).expect("a file");
    let message = refused(&["eval", "relu", "--input", text(&table)]);
    assert!(message.contains("line 30002"), "{message}");
}
