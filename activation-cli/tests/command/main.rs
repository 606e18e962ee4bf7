//! Runs the command `activation` and looks at what it writes, where, and how it ends.

mod bench;
mod certificate;
mod check;
mod corpus;
mod derive;
mod eval;
mod export;
mod files;
mod formulas;
mod hostile;
mod interrupt;
mod kinks;
mod lab;
mod listing;
mod manual;
mod mistakes;
mod named;
mod pipes;
mod plot;
mod properties;

use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};

/// How a run ended.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: Vec<u8>,
    err: String,
}

/// The command, not started yet.
fn command(arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_activation"));
    // What a plot's size depends on.
    command.env_remove("COLUMNS").env_remove("LINES").env_remove("NO_COLOR");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[impl AsRef<OsStr>]) -> Run {
    run_with(arguments, b"")
}

/// Runs with bytes on standard input.
fn run_with(arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Run {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A command that ends early does not read everything.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().expect("the command ends")
    });
    let err = String::from_utf8(output.stderr).expect("messages are UTF-8");
    Run { code: output.status.code(), out: output.stdout, err }
}

/// Standard output of a run in which all went well and nothing was odd.
fn printed(arguments: &[impl AsRef<OsStr>]) -> String {
    let run = run(arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{run:?}");
    String::from_utf8(run.out).expect("results are UTF-8")
}

/// Whether whoever runs the tests ignores a signal, as shells do for what they start in the background: the command then does too.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    let ignored = mask >> (signal - 1) & 1 == 1;
    if ignored {
        eprintln!("SKIPPED: signal {signal} is ignored by whoever runs this test");
    }
    ignored
}

/// Standard output of a run that came to its end and says no: exit code 1, nothing odd.
fn denied(arguments: &[impl AsRef<OsStr>]) -> String {
    let run = run(arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""), "{run:?}");
    String::from_utf8(run.out).expect("results are UTF-8")
}

fn json(arguments: &[impl AsRef<OsStr>]) -> Value {
    serde_json::from_str(&printed(arguments)).expect("results are JSON")
}

/// The message of a run that was refused: exit code 2, nothing on standard output.
fn refused(arguments: &[impl AsRef<OsStr>]) -> String {
    refusal(run(arguments))
}

fn refusal(run: Run) -> String {
    assert_eq!((run.code, run.out.len()), (Some(2), 0), "{run:?}");
    assert!(run.err.starts_with("error: ") && run.err.ends_with('\n'), "{run:?}");
    let invisible = |c: char| c != '\n' && c.is_control();
    assert!(!run.err.contains(invisible), "{run:?}");
    run.err
}
