//! `corpus`: what is in the folder, that it is right, and that it is all or nothing.

use super::{printed, refused, run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A corpus in a folder of its own, which is gone when the first of the two is dropped.
fn corpus(arguments: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("corpus");
    let output = ["corpus", "--output", path.to_str().expect("UTF-8"), "--points", "20"];
    let said = printed(&[&output[..], arguments].concat());
    assert!(said.contains(" cases of "), "{said}");
    (folder, path)
}

fn cases(path: &Path, activation: &str) -> Vec<Value> {
    let lines = fs::read_to_string(path.join(activation).join("cases.jsonl")).expect("the cases");
    lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{case} has no text `{key}`"))
}

fn number(case: &Value, key: &str) -> f64 {
    text(case, key).parse().unwrap_or_else(|_| panic!("`{key}` of {case} is no number"))
}

/// Every file below a folder and what is in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).expect("a file"));
        }
    }
    found
}

#[test]
fn every_number_is_what_its_bits_are() {
    let (_folder, path) = corpus(&["prelu"]);
    let cases = cases(&path, "prelu");
    let functions: BTreeSet<&str> = cases.iter().map(|case| text(case, "function")).collect();
    assert_eq!(functions, BTreeSet::from(["d_slope", "derivative", "forward", "second_derivative"]));
    for case in &cases {
        assert_eq!((text(case, "activation"), case["parameters"]["slope"].as_f64()), ("prelu", Some(0.25)));
        for (key, bits) in [("x", "x_bits"), ("f32", "f32_bits")] {
            let bits = u32::from_str_radix(&text(case, bits)[2..], 16).expect("bits");
            let (single, double) = (text(case, key).parse::<f32>().expect("a number"), number(case, key));
            let same = single.to_bits() == bits && f64::from(single).to_bits() == double.to_bits();
            assert!(same || single.is_nan() && f32::from_bits(bits).is_nan(), "{case}");
        }
        let bits = u64::from_str_radix(&text(case, "f64_bits")[2..], 16).expect("bits");
        let value = number(case, "f64");
        assert!(value.to_bits() == bits || value.is_nan() && f64::from_bits(bits).is_nan(), "{case}");
        // 25 digits round to the same number of 53 bits, and a zero may have lost its sign.
        let exact = number(case, "exact");
        assert!(exact == value || exact.is_nan() && value.is_nan(), "{case}");
        if text(case, "function") == "forward" {
            let x = number(case, "x");
            let expected = if x > 0.0 { x } else { 0.25 * x };
            assert!(
                value == expected as f32 as f64
                    || (value - expected).abs() <= 1e-7 * expected.abs()
                    || x.is_nan()
            );
        }
    }
}

#[test]
fn the_places_where_implementations_fail_are_there() {
    let (_folder, path) = corpus(&["silu", "hard_swish"]);
    let silu = cases(&path, "silu");
    let at = |function: &str, x: &str| {
        let case = silu.iter().find(|case| text(case, "function") == function && text(case, "x") == x);
        case.unwrap_or_else(|| panic!("{function} at {x}"))
    };
    assert_eq!(text(at("forward", "-inf"), "exact"), "0");
    assert_eq!(text(at("derivative", "inf"), "f32"), "1.0");
    assert_eq!(text(at("second_derivative", "nan"), "f64"), "nan");
    assert_eq!(text(at("forward", "-0.0"), "kind"), "special");
    assert_eq!(text(at("derivative", "0.0"), "exact"), "0.5");
    assert_eq!(text(at("forward", "1.0"), "exact"), "0.7310585786300048792511592");
    let kinds: BTreeSet<&str> = silu.iter().map(|case| text(case, "kind")).collect();
    assert_eq!(kinds, BTreeSet::from(["near-root", "ordinary", "special", "subnormal", "tail"]));
    // Both neighbours of the root of the derivative, at -1.2784645.
    let root: Vec<f64> = silu
        .iter()
        .filter(|case| text(case, "function") == "derivative" && text(case, "kind") == "near-root")
        .map(|case| number(case, "f64"))
        .filter(|slope| slope.abs() < 1e-6)
        .collect();
    assert!(root.iter().any(|&slope| slope < 0.0) && root.iter().any(|&slope| slope > 0.0), "{root:?}");
    let kinks: Vec<f64> = cases(&path, "hard_swish")
        .iter()
        .filter(|case| text(case, "function") == "derivative" && text(case, "kind") == "kink")
        .map(|case| number(case, "x"))
        .collect();
    for x in [-3.0_f32, 3.0] {
        for x in [x.next_down(), x, x.next_up()] {
            assert!(kinks.contains(&f64::from(x)), "{x} in {kinks:?}");
        }
    }
}

#[test]
fn arrays_and_lines_are_the_same_cases() {
    let (_folder, path) = corpus(&["Bump(x; k = 2) = exp(-k * x^2)", "--dtype", "f64"]);
    let cases = cases(&path, "bump");
    for function in ["forward", "derivative", "second_derivative", "d_k"] {
        let lines: Vec<&Value> = cases.iter().filter(|case| text(case, "function") == function).collect();
        for (part, key, size) in [("x", "x_bits", 8), ("f32", "f32_bits", 4), ("f64", "f64_bits", 8)] {
            let bytes = fs::read(path.join(format!("bump/{function}.{part}.npy"))).expect("an array");
            let (header, numbers) = bytes.split_at(128);
            let shape = format!("'descr': '<f{size}', 'fortran_order': False, 'shape': ({},)", lines.len());
            assert!(String::from_utf8_lossy(header).contains(&shape), "{header:?}");
            let bits: Vec<String> = numbers
                .chunks(size)
                .map(|number| {
                    number.iter().rev().fold("0x".to_owned(), |bits, byte| format!("{bits}{byte:02x}"))
                })
                .collect();
            assert_eq!(
                bits,
                lines.iter().map(|case| text(case, key)).collect::<Vec<_>>(),
                "{function} {part}"
            );
        }
    }
    let input = path.join("bump/d_k.x.npy");
    let read = run(&["eval", "x", "--input", input.to_str().expect("UTF-8")]);
    assert_eq!((read.code, read.out), (Some(0), fs::read(&input).expect("an array")));
}

#[test]
fn the_list_says_what_is_there_and_what_is_not() {
    let (_folder, path) = corpus(&["sqrt(x)", "relu6"]);
    let manifest = fs::read_to_string(path.join("manifest.json")).expect("the list");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["activation_version"], env!("CARGO_PKG_VERSION"));
    let [root, relu6] = [0, 1].map(|index| &manifest["activations"][index]);
    assert_eq!((&root["name"], &root["formula"]), (&"formula".into(), &"sqrt(x)".into()));
    assert_eq!(relu6["kinks"], serde_json::json!(["0.0", "6.0"]));
    for (activation, listed) in [("formula", root), ("relu6", relu6)] {
        let cases = cases(&path, activation);
        for function in listed["functions"].as_array().expect("functions") {
            let lines = cases.iter().filter(|case| case["function"] == function["name"]).count();
            assert_eq!(function["cases"], lines, "{function}");
        }
    }
    let dropped = root["functions"][0]["dropped"][0].to_string();
    assert!(dropped.contains("no value") && dropped.contains("\"-1.0\""), "{dropped}");
}

#[test]
fn the_same_question_gives_the_same_files() {
    let (first_folder, first) = corpus(&["gelu", "snake"]);
    let (second_folder, second) = corpus(&["gelu", "snake"]);
    let relative = |folder: &Path| -> Vec<(PathBuf, Vec<u8>)> {
        let files = contents(folder).into_iter();
        files.map(|(path, bytes)| (path.strip_prefix(folder).expect("below").to_owned(), bytes)).collect()
    };
    assert!(relative(&first) == relative(&second));
    for folder in [first_folder, second_folder] {
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "something temporary is left");
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    fs::write(at("file"), "mine").expect("a file");
    for (output, message) in [
        (at(""), "is not empty; name another folder"),
        (at("file"), "it is not a folder"),
        (at("no/such"), "there is no folder"),
        (at(".."), "is not empty"),
    ] {
        let said = refused(&["corpus", "relu", "--output", &output]);
        assert!(said.contains("cannot write `") && said.contains(message), "{said}");
    }
    assert_eq!(contents(folder.path()).values().collect::<Vec<_>>(), [b"mine"]);
    fs::create_dir(at("empty")).expect("a folder");
    printed(&["corpus", "relu", "--points", "1", "--output", &at("empty")]);
    assert!(Path::new(&at("empty/manifest.json")).is_file());
}

#[test]
fn mistakes_cost_no_time() {
    assert!(refused(&["corpus"]).contains("`--output DIR`"));
    assert!(refused(&["corpus", "--output"]).contains("`--output` needs a value: `--output DIR`"));
    assert!(refused(&["corpus", "--output", "x", "gleu"]).contains("did you mean `gelu`?"));
    assert!(
        refused(&["corpus", "--output", "x", "gelu", "GELU"]).contains("two activations are called `gelu`")
    );
    assert!(refused(&["corpus", "--output", "x", "x^2", "x^3"]).contains("declare formulas"));
    assert!(refused(&["corpus", "--output", "x", "--points", "0"]).contains("whole number from 1"));
    assert!(refused(&["corpus", "--output", "x", "--dtype", "f16"]).contains("`f32` or `f64`"));
    assert!(
        refused(&["corpus", "--output", "x", "--all"])
            .contains("`corpus` has no option `--all`; `activation check`, `activation bench` have it")
    );
    assert!(!Path::new("x").exists());
}

/// The example runs as it is, and finds the mistakes of the plain formulas that it holds against the corpus.
#[test]
fn the_example_runs() {
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output();
    if !python(&["-c", "import numpy"]).is_ok_and(|output| output.status.success()) {
        eprintln!("NOT TESTED: example.py, because there is no python3 with numpy here");
        return;
    }
    for dtype in ["f32", "f64"] {
        let (_folder, path) = corpus(&["silu", "tanh", "--dtype", dtype]);
        let output = python(&[path.join("example.py").to_str().expect("UTF-8")]).expect("python3 runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        assert!(said.contains("silu/forward: ") && said.contains("at -inf: nan instead of 0.0"), "{said}");
        assert!(said.contains("tanh/derivative: ") && !said.contains("sigmoid"), "{said}");
    }
}
