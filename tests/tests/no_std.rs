//! Without the standard library: `tests/no_std` is a program that has its own panic handler, so it only builds if
//! `std` is nowhere below it.

use std::path::Path;
use std::process::Command;

#[test]
fn forward_and_derivative_need_no_standard_library() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("no_std");
    // The versions that were tested, and no look at the network.
    std::fs::copy(package.join("../../Cargo.lock"), package.join("Cargo.lock"))
        .expect("the lock file is there");
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| package.join("../../target").into());
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(Path::new(&target).join("no_std"))
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
}
