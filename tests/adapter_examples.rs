//! Build script of the packages that test frameworks' adapters: the examples in an adapter's documentation, as one page of Markdown.
//!
//! cargo runs the examples of a package with a build of its dependencies for that package alone, and a framework takes minutes. Here
//! they are run with what the tests use anyway.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let of = |name: &str| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let package = of("CARGO_MANIFEST_DIR");
    let adapter = package.join("../../activation-core/src").join(package.file_name().expect("a folder"));
    let mut files = vec![adapter.with_extension("rs")];
    let entries = fs::read_dir(&adapter).expect("the adapter's folder");
    let is_source = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "rs");
    files.extend(entries.map(|entry| entry.expect("a file").path()).filter(is_source));
    files.sort();
    let page: String = files.iter().map(|file| documentation(file)).collect();
    fs::write(of("OUT_DIR").join("adapter.md"), page).expect("a folder for what is built");
}

/// What is documentation of a file, without its slashes.
fn documentation(file: &Path) -> String {
    println!("cargo:rerun-if-changed={}", file.display());
    let source = fs::read_to_string(file).expect("the adapter's source");
    let text = |line: &str| {
        let line = line.trim_start();
        let text = line.strip_prefix("//!").or_else(|| line.strip_prefix("///")).unwrap_or_default();
        format!("{}\n", text.strip_prefix(' ').unwrap_or(text))
    };
    source.lines().map(text).collect()
}
