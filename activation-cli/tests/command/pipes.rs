//! Streams: raw numbers as long as they come, readers that leave, disks that are full.

use super::{command, refusal, run_with};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

#[test]
fn raw_numbers_pass_through() {
    let xs: Vec<f32> = (0..300_000u32).map(|n| n as f32 * 0.01 - 1500.0).collect();
    let bytes: Vec<u8> = xs.iter().flat_map(|x| x.to_le_bytes()).collect();
    let squares: Vec<u8> =
        xs.iter().flat_map(|&x| ((f64::from(x) * f64::from(x)) as f32).to_le_bytes()).collect();
    let run = run_with(&["eval", "x^2", "--raw", "f32"], &bytes);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out == squares);
    let relu: Vec<u8> = xs.iter().flat_map(|x| f64::from(x.max(0.0)).to_le_bytes()).collect();
    let bytes: Vec<u8> = xs.iter().flat_map(|&x| f64::from(x).to_le_bytes()).collect();
    assert!(run_with(&["eval", "relu", "--raw", "f64"], &bytes).out == relu);
    assert!(run_with(&["eval", "relu", "--raw", "f64"], b"").out.is_empty());
}

#[test]
fn raw_numbers_that_are_cut_off() {
    let run = run_with(&["eval", "relu", "--raw", "f32"], &[0, 0, 0x80, 0x3f, 0, 0, 0]);
    assert_eq!((run.code, run.out), (Some(2), vec![0, 0, 0x80, 0x3f]));
    assert!(run.err.contains("3 of the 4 bytes of another; check the type behind --raw"), "{}", run.err);
}

#[test]
fn results_do_not_wait_for_the_end() {
    let mut child =
        command(&["eval", "x^2", "--raw", "f64"]).stdin(Stdio::piped()).spawn().expect("it starts");
    let (mut stdin, mut stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    for x in [3.0f64, -4.0] {
        stdin.write_all(&x.to_le_bytes()).and_then(|()| stdin.flush()).expect("it reads");
        let mut result = [0; 8];
        stdout.read_exact(&mut result).expect("it answers");
        assert_eq!(f64::from_le_bytes(result), x * x);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_reader_that_leaves_is_no_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    let corpus = corpus.to_str().expect("UTF-8");
    for (code, arguments) in [
        (0, &["list"][..]),
        (0, &["list", "--format", "json"]),
        (0, &["show", "gelu"]),
        (0, &["plot", "gelu"]),
        (0, &["plot", "gelu", "--format", "png"]),
        (0, &["eval", "gelu"]),
        (0, &["explain", "gelu"]),
        (0, &["compare", "relu", "gelu"]),
        (1, &["diff", "relu", "gelu"]),
        (0, &["derive", "silu"]),
        (0, &["export", "gelu", "--target", "c"]),
        (0, &["export", "gelu", "--target", "onnx"]),
        (0, &["check", "relu", "--points", "3"]),
        (0, &["bench", "relu", "--n", "64"]),
        (0, &["corpus", "relu", "--points", "1", "--output", corpus]),
        (0, &["completions", "bash"]),
        (0, &["man"]),
        (0, &["help", "json"]),
        (0, &["help"]),
        (0, &["--version"]),
    ] {
        let mut child = command(arguments).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(code), 0), "{arguments:?}");
    }
    // More than a pipe holds.
    for format in ["table", "json", "csv"] {
        let points = ["1.5"; 6_000];
        let mut child = command(&[&["eval", "gelu", "--format", format][..], &points].concat())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{format}");
    }
    for (arguments, input) in [
        (&["eval", "gelu", "--raw", "f32"][..], &b"\0\0\x80\x3f"[..]),
        (&["eval", "gelu", "--input", "-"], b"1\n"),
    ] {
        let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("it starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        stdin.write_all(input).and_then(|()| stdin.flush()).expect("it reads");
        assert!(!stdout.fill_buf().expect("it answers").is_empty());
        drop(stdout);
        // Until it notices that nobody reads any more.
        while stdin.write_all(input).is_ok() {}
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*err), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    for arguments in [
        &["list"][..],
        &["list", "--format=json"],
        &["list", "--format=csv"],
        &["show", "gelu"],
        &["show", "gelu", "--format=json"],
        &["eval", "gelu"],
        &["eval", "gelu", "1", "--format=csv"],
        &["eval", "gelu", "1", "--format=json"],
        &["eval", "gelu", "--input", "-"],
        &["eval", "gelu", "--raw", "f32"],
        &["--help"],
        &["--version"],
    ] {
        let mut child = command(arguments).stdin(Stdio::piped()).stdout(full()).spawn().expect("it starts");
        if let Some(mut stdin) = child.stdin.take() {
            // What is written to `--help` nobody reads.
            let _ = stdin.write_all(b"   1\n  2\n");
        }
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(
            err.starts_with("error: cannot write standard output: No space left"),
            "{arguments:?}: {err}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn messages_that_nobody_hears() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let status = command(&["eval", "relu7"]).stderr(full).status().expect("it ends");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn no_colour_in_a_pipe() {
    let output = command(&["eval", "epx(x)"]).env_remove("NO_COLOR").output().expect("it ends");
    let err = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(refusal(super::Run { code: output.status.code(), out: output.stdout, err }).contains("^^^"));
}
