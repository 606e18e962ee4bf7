//! Files: where results appear, what replaces what, and what a failure leaves behind.

use super::Sqrt;
use crate::data::{DataError, Dtype, Summary, is_npy, npy, text};
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

fn transform(input: &Path, output: &Path) -> Result<Summary, DataError> {
    text(input, Some(output), Dtype::F32, None, &Sqrt)
}

/// The names in a folder, in order.
fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn array(count: u8, numbers: &[f32]) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({count},)}}\n");
    let mut file = [b"\x93NUMPY\x01\x00", &[header.len() as u8, 0][..], header.as_bytes()].concat();
    file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    file
}

#[test]
fn the_extension_is_the_format() {
    let folder = folder();
    for (name, before, after) in [
        ("a.csv", "4,9\n", "2.0,3.0\n"),
        ("a.CSV", "4,9\n", "2.0,3.0\n"),
        ("a.tsv", "4\t9\n", "2.0\t3.0\n"),
        ("a.txt", "4 9\n", "2.0 3.0\n"),
        ("a", "4 9\n", "2.0 3.0\n"),
    ] {
        let (input, output) = (file(&folder, name, before), folder.path().join("out"));
        assert_eq!(transform(&input, &output).expect("numbers").values, 2);
        assert_eq!(fs::read_to_string(&output).expect("results"), after, "{name}");
    }
    let archive = file(&folder, "a.npz", b"PK\x03\x04");
    let message = transform(&archive, &folder.path().join("new")).expect_err("an archive").to_string();
    assert!(message.contains("archive of arrays"), "{message}");
    assert!(is_npy(Path::new("x.NPY")) && !is_npy(Path::new("npy")) && !is_npy(Path::new("-")));
}

#[test]
fn precision_is_the_type_asked_for() {
    let folder = folder();
    let input = file(&folder, "a.txt", "2\n");
    for (dtype, expected) in [(Dtype::F32, "1.4142135\n"), (Dtype::F64, "1.4142135623730951\n")] {
        text(&input, Some(&input), dtype, None, &Sqrt).expect("numbers");
        assert_eq!(fs::read_to_string(&input).expect("results"), expected);
        fs::write(&input, "2\n").expect("a file");
    }
}

#[test]
fn a_failure_leaves_nothing() {
    let folder = folder();
    let bad = file(&folder, "bad.txt", "4\nx\n");
    let kept = file(&folder, "kept.txt", "old");
    assert!(transform(&bad, &kept).is_err());
    assert!(transform(&bad, &bad).is_err());
    assert!(transform(&bad, &folder.path().join("new.txt")).is_err());
    let cut = file(&folder, "cut.npy", array(3, &[4.0]));
    assert!(
        npy(&cut, Some(&kept), &Sqrt)
            .is_err_and(|error| error.to_string().contains("is cut off: it has 4 bytes"))
    );
    let long = file(&folder, "long.npy", array(1, &[4.0, 9.0]));
    assert!(npy(&long, Some(&kept), &Sqrt).is_err_and(|error| error.to_string().contains("goes on after")));
    assert_eq!(names(&folder), ["bad.txt", "cut.npy", "kept.txt", "long.npy"]);
    assert_eq!(fs::read_to_string(&kept).expect("the old file"), "old");
    assert_eq!(fs::read_to_string(&bad).expect("the old file"), "4\nx\n");
}

#[test]
fn an_array_may_replace_itself() {
    let folder = folder();
    let path = file(&folder, "a.npy", array(3, &[4.0, 9.0, -1.0]));
    let summary = npy(&path, Some(&path), &Sqrt).expect("an array");
    assert_eq!(summary, Summary { values: 3, new_nans: 1, first_new_nan: Some((2, "-1.0".into())) });
    let results = fs::read(&path).expect("results");
    assert!(results.starts_with(&array(3, &[2.0, 3.0])));
    assert_eq!(names(&folder), ["a.npy"]);
}

#[test]
fn impossible_outputs_are_named() {
    let folder = folder();
    let input = file(&folder, "a.txt", "4\n");
    let message = |output: &Path| transform(&input, output).expect_err("no output").to_string();
    assert!(message(folder.path()).ends_with("it is a directory; name a file in it"));
    assert!(message(&folder.path().join("no/a")).contains("there is no folder `"));
    assert!(message(&folder.path().join("no/")).contains("it does not name a file"));
    assert!(message(Path::new("")).contains("it does not name a file"));
    assert!(message(&input.join("a")).starts_with("cannot write `"));
    assert_eq!(names(&folder), ["a.txt"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[test]
    fn permissions_are_ordinary_or_kept() {
        let folder = folder();
        let input = file(&folder, "a.txt", "4\n");
        let new = folder.path().join("new");
        transform(&input, &new).expect("numbers");
        // `input` was made the ordinary way, whatever the umask.
        assert_eq!(mode(&new), mode(&input));
        for kept in [0o600, 0o640, 0o755] {
            fs::set_permissions(&new, PermissionsExt::from_mode(kept)).expect("permissions");
            transform(&input, &new).expect("numbers");
            assert_eq!(mode(&new), kept);
        }
        fs::set_permissions(&new, PermissionsExt::from_mode(0o444)).expect("permissions");
        assert!(transform(&input, &new).is_err_and(|error| error.to_string().contains("read-only")));
    }

    #[test]
    fn links_stay_links() {
        let folder = folder();
        let input = file(&folder, "a.txt", "4\n");
        let link = folder.path().join("link");
        fs::create_dir(folder.path().join("sub")).expect("a folder");
        symlink("sub/target", &link).expect("a link");
        // First the target does not exist, then it does.
        for _ in 0..2 {
            transform(&input, &link).expect("numbers");
            assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
            assert_eq!(fs::read_to_string(folder.path().join("sub/target")).expect("results"), "2.0\n");
        }
        let round = folder.path().join("round");
        symlink("round", &round).expect("a link");
        assert!(transform(&input, &round).is_err());
    }

    #[test]
    fn devices_are_written_to() {
        let folder = folder();
        let input = file(&folder, "a.txt", "4\n");
        transform(&input, Path::new("/dev/null")).expect("numbers");
        assert!(fs::metadata("/dev/null").expect("a device").file_type().is_char_device());
        if Path::new("/dev/full").exists() {
            let error = transform(&input, Path::new("/dev/full")).expect_err("a full disk");
            assert!(error.to_string().starts_with("cannot write `/dev/full`: "), "{error}");
            assert!(!error.is_broken_pipe());
        }
    }
}
