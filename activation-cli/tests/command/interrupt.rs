//! Signals: whoever interrupts the command finds no half of a file.
#![cfg(unix)]

use super::{command, is_ignored};
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(sent.expect("kill runs").success());
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// Waits until something is there.
fn wait_for(folder: &Path, count: usize) {
    let start = Instant::now();
    while entries(folder).len() < count {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing is written");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn no_temporary_file_is_left() {
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        if is_ignored(number) {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("out.txt");
        fs::write(&output, "as it was").expect("a file");
        // It reads a stream that does not end, and writes a file meanwhile.
        let mut child = command(&["eval", "relu", "--input", "-", "--output"])
            .arg(&output)
            .stdin(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(b"1\n2\n").expect("it reads");
        wait_for(folder.path(), 2);
        signal(&child, name);
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(number), "{status:?}");
        assert_eq!(entries(folder.path()), ["out.txt"], "{name}");
        assert_eq!(fs::read_to_string(&output).expect("a file"), "as it was");
    }
}

#[test]
fn no_temporary_folder_is_left() {
    if is_ignored(2) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("corpus");
    let mut child = command(&["corpus", "mish", "gelu", "--points", "100000", "--output"])
        .arg(&output)
        .spawn()
        .expect("it starts");
    wait_for(folder.path(), 1);
    signal(&child, "INT");
    assert_eq!(child.wait().expect("it ends").signal(), Some(2));
    assert_eq!(entries(folder.path()), [""; 0]);
}

#[test]
fn nohup_is_respected() {
    let mut shell = Command::new("sh")
        .args(["-c", "trap '' HUP; exec \"$0\" eval relu --raw f32", env!("CARGO_BIN_EXE_activation")])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let stdin = shell.stdin.take().expect("a pipe");
    std::thread::sleep(Duration::from_millis(300));
    signal(&shell, "HUP");
    std::thread::sleep(Duration::from_millis(100));
    drop(stdin);
    assert!(shell.wait().expect("it ends").success());
}
