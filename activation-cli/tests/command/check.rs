//! `check`: the accuracy that is measured, runs that are interrupted, reports, and the mistakes.

use super::{Run, command, json, refused, run};
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
#[cfg(unix)]
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// Standard output of a run in a folder of its own, as its state needs one.
fn printed_in(folder: &Path, arguments: &[&str]) -> String {
    let output = command(arguments).current_dir(folder).output().expect("the command runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("results are UTF-8")
}

#[test]
fn the_best_there_can_be_is_measured() {
    for row in json(&["check", "relu", "gelu", "x * tanh(x)", "--points", "60", "--format", "json"])
        .as_array()
        .unwrap()
    {
        let error = row["max_ulp"].as_f64().unwrap();
        assert!(error <= 0.51, "{row}");
        assert_eq!(row["faults"], 0, "{row}");
        assert!(row["points"].as_u64().unwrap() + row["undecided"].as_u64().unwrap() >= 60, "{row}");
    }
}

/// In `f32` throughout, which shows, but not by much; and it is the same for the catalogue and its formula.
#[test]
fn the_fast_tier_is_measured() {
    let arguments = ["--tier=fast", "--points=200", "--order=0", "--format=json"];
    let rows = json(&[&["check", "sigmoid", "1 / (1 + exp(-x))"], &arguments[..]].concat());
    for row in rows.as_array().unwrap() {
        let error = row["max_ulp"].as_f64().unwrap();
        assert!(error > 0.51 && error < 2.5, "{row}");
        assert_eq!((&row["tier"], &row["faults"]), (&"fast".into(), &0.into()));
    }
    assert_eq!(rows[0]["mean_ulp"], rows[1]["mean_ulp"]);
    assert!(refused(&["check", "gelu", "--tier=fast", "--dtype=f64"]).contains("computes in `f32`"));
    assert!(refused(&["check", "gelu", "--tier=quick"]).contains("`accurate` or `fast`"));
}

/// A formula that cancels to its last digit: what it is held against is not fooled, and what is measured is not either.
#[test]
fn a_formula_that_cancels_is_measured() {
    let rows = json(&["check", "sin(x)^2 + cos(x)^2 - 1 + x/1e12", "--points", "400", "--format", "json"]);
    assert!(rows[0]["max_ulp"].as_f64().is_some_and(|error| error > 0.4 && error <= 1.0), "{rows}");
}

#[test]
fn the_functions_are_chosen() {
    let functions = |more: &[&str]| {
        let rows =
            json(&[&["check", "elu", "--points", "5", "--dtype", "f64", "--format", "json"], more].concat());
        let names = rows.as_array().unwrap().iter().map(|row| row["function"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(functions(&[]), ["f", "f'", "f''", "df/dalpha"]);
    assert_eq!(functions(&["--order", "2,0"]), ["f", "f''"]);
    assert_eq!(functions(&["--order", "1", "--order=1"]), ["f'"]);
    assert_eq!(functions(&["--wrt", "alpha"]), ["df/dalpha"]);
    assert_eq!(functions(&["--wrt", "alpha", "--order", "0"]), ["f", "df/dalpha"]);
}

/// The shape of a result, which programs read.
#[test]
fn an_exhaustive_run_goes_through_every_number() {
    let folder = tempdir().expect("a folder");
    let text =
        printed_in(folder.path(), &["check", "silu", "--exhaustive", "--dtype", "f16", "--format", "json"]);
    // A state that nobody named is gone at the end.
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
    let rows: Vec<Value> = serde_json::from_str(&text).expect("results are JSON");
    assert_eq!(rows.len(), 2);
    for (row, function) in rows.iter().zip(["f", "f'"]) {
        let mut keys: Vec<&String> = row.as_object().unwrap().keys().collect();
        keys.sort();
        let expected = [
            "activation",
            "at",
            "dtype",
            "exhaustive",
            "fault_at",
            "faults",
            "function",
            "max_ulp",
            "mean_ulp",
            "points",
            "tier",
            "undecided",
        ];
        assert_eq!(keys, expected);
        assert_eq!((&row["activation"], &row["function"]), (&"silu".into(), &function.into()));
        assert_eq!((&row["dtype"], &row["tier"]), (&"f16".into(), &"accurate".into()));
        assert_eq!((&row["exhaustive"], &row["faults"]), (&true.into(), &0.into()));
        // All but 2 infinities and 2046 NaN.
        assert_eq!((&row["points"], &row["undecided"]), (&63488.into(), &0.into()));
        let (largest, mean) = (row["max_ulp"].as_f64().unwrap(), row["mean_ulp"].as_f64().unwrap());
        assert!(largest > 0.49 && largest <= 0.5 + 1e-6 && mean > 0.1 && mean < 0.26, "{row}");
    }
}

/// One job takes the time of a blink, all of them a minute: the run is ended in the middle, twice.
#[test]
fn a_run_that_was_killed_goes_on_where_it_was() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("state.jsonl");
    let arguments = ["check", "relu", "--exhaustive", "--order", "0", "--resume", file.to_str().unwrap()];
    let mut lines = 1;
    for _ in 0..2 {
        let mut child = command(&arguments).spawn().expect("the command starts");
        let patience = Instant::now() + Duration::from_secs(100);
        while fs::read_to_string(&file).unwrap_or_default().lines().count() <= lines {
            assert!(Instant::now() < patience, "nothing is noted");
            thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("it can be ended");
        child.wait().expect("it ends");
        lines = fs::read_to_string(&file).expect("its state").lines().count();
    }
    let text = fs::read_to_string(&file).expect("its state");
    let jobs: Vec<u64> = text
        .lines()
        .skip(1)
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .map(|line| line["job"].as_u64().unwrap())
        .collect();
    let different: HashSet<&u64> = jobs.iter().collect();
    assert!(jobs.len() >= 2 && different.len() == jobs.len(), "{jobs:?}");
}

/// What is begun is completed and noted, and the command says how far it came.
#[cfg(unix)]
#[test]
fn control_c_ends_a_run_that_loses_nothing() {
    if super::is_ignored(2) {
        return;
    }
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("state.jsonl");
    let arguments = ["check", "gelu", "--exhaustive", "--resume", file.to_str().unwrap()];
    let child = command(&arguments).spawn().expect("the command starts");
    let lines = || fs::read_to_string(&file).unwrap_or_default().lines().count();
    let patience = Instant::now() + Duration::from_secs(100);
    while lines() < 2 {
        assert!(Instant::now() < patience, "nothing is noted");
        thread::sleep(Duration::from_millis(5));
    }
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("there is a `kill`").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(130), 0), "{output:?}");
    let message = String::from_utf8(output.stderr).expect("messages are UTF-8");
    let expected = format!("warning: interrupted: {} of 512 parts are done and noted in ", lines() - 1);
    assert!(message.starts_with(&expected), "{message}");
    let whole = fs::read_to_string(&file).expect("its state");
    assert!(whole.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{whole}");
}

#[test]
fn what_is_done_is_not_done_again_and_gives_the_same_result() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("state.jsonl");
    let arguments = [
        "check",
        "gelu",
        "--exhaustive",
        "--order=0",
        "--dtype=bf16",
        "--format=json",
        "--resume",
        "state.jsonl",
    ];
    let again = || printed_in(folder.path(), &arguments);
    let whole = again();
    let text = fs::read_to_string(&file).expect("the state is kept");
    assert_eq!(text.lines().count(), 17);
    // Half of the lines, and a last one that is cut off.
    let half: Vec<&str> = text.lines().take(9).collect();
    let torn = format!("{}\n{}", half.join("\n"), &text.lines().nth(9).unwrap()[..40]);
    fs::write(&file, torn).expect("written");
    assert_eq!(again(), whole);
    let text = fs::read_to_string(&file).expect("the state is kept");
    assert_eq!(text.lines().count(), 18);
    // A third time there is nothing left to do.
    assert_eq!(again(), whole);
    assert_eq!(fs::read_to_string(&file).expect("the state is kept"), text);
}

#[test]
fn files_that_are_something_else_stay_as_they_are() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("data.csv");
    let refusal = |text: &str| {
        fs::write(&file, text).expect("written");
        let message =
            refused(&["check", "relu", "--exhaustive", "--dtype=f16", "--resume", file.to_str().unwrap()]);
        assert_eq!(fs::read_to_string(&file).expect("there"), text);
        message
    };
    assert!(refusal("1,2\n").contains("no file of an interrupted `activation check`"));
    assert!(refusal("{\"activation_check\":1,\"build\":\"0.0.1\"}\n").contains("another build"));
    let nowhere = Path::new("/no/such/folder/state").to_str().unwrap();
    let message = refused(&["check", "relu", "--exhaustive", "--dtype=f16", "--resume", nowhere]);
    assert!(message.contains("cannot keep the state of this run"), "{message}");
}

/// Devices without an end are not read to their end.
#[test]
#[cfg(target_os = "linux")]
fn devices_are_no_files() {
    let message = refused(&["check", "relu", "--exhaustive", "--dtype=f16", "--resume", "/dev/zero"]);
    assert!(message.contains("no file of an interrupted `activation check`"), "{message}");
    let message = refused(&["check", "relu", "--points", "2", "--report", "/dev/full"]);
    assert!(message.contains("cannot write `/dev/full`"), "{message}");
}

#[test]
fn a_report_is_written() {
    let folder = tempdir().expect("a folder");
    let arguments =
        ["check", "tanh", "--exhaustive", "--dtype=f16", "--commit", "abc123", "--report", "ACCURACY.md"];
    let table = printed_in(folder.path(), &arguments);
    assert_eq!(table.lines().count(), 3, "{table}");
    let report = fs::read_to_string(folder.path().join("ACCURACY.md")).expect("the report is there");
    let mut rows = report.lines().filter(|line| line.starts_with("| tanh | f"));
    assert!(rows.next().unwrap().contains(" 63488 | 0 | 0 |"), "{report}");
    assert!(rows.next().unwrap().starts_with("| tanh | f' |"), "{report}");
    assert!(report.contains(&format!("$ activation {}\n", arguments.join(" "))), "{report}");
    assert!(report.contains(", commit abc123. Results in `f16`, accurate tier."), "{report}");
    let date = report.lines().find_map(|line| line.split_once(", commit")).expect("a date").0;
    assert!(date.len() == 10 && date.starts_with("20"), "{date}");

    // Another run adds its rows, and replaces those that are there.
    let report = |what: &str, dtype: &str, commit: &str| {
        let arguments = ["check", what, "--exhaustive", dtype, "--commit", commit, "--report", "ACCURACY.md"];
        printed_in(folder.path(), &arguments);
        let report = fs::read_to_string(folder.path().join("ACCURACY.md")).expect("the report is there");
        let rows = report.lines().filter(|line| line.contains(" | 63488 | ") || line.contains(" | 65280 | "));
        rows.map(|row| row.split(['|', ',']).map(str::trim).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    for (what, dtype, commit, expected) in [
        ("relu", "--dtype=f16", "def4", &["tanh abc123", "tanh abc123", "relu def4", "relu def4"][..]),
        ("tanh", "--dtype=f16", "ffff", &["tanh ffff", "tanh ffff", "relu def4", "relu def4"]),
        // In the order of the catalogue.
        (
            "step",
            "--dtype=f16",
            "aaaa",
            &["step aaaa", "step aaaa", "tanh ffff", "tanh ffff", "relu def4", "relu def4"],
        ),
        // Of another type, it takes the place of the report.
        ("relu", "--dtype=bf16", "eeee", &["relu eeee", "relu eeee"]),
    ] {
        let rows = report(what, dtype, commit);
        assert_eq!(rows.len(), expected.len(), "{rows:?}");
        for (row, expected) in rows.iter().zip(expected) {
            let (name, commit) = expected.split_once(' ').unwrap();
            assert!(row.trim().starts_with(name) && row.contains(&format!("commit {commit}")), "{row}");
        }
    }
}

#[test]
fn mistakes_cost_no_time() {
    assert!(refused(&["check"]).contains("check what?"));
    assert!(refused(&["check", "gelu", "rleu"]).contains("did you mean `relu`?"));
    assert!(refused(&["check", "gelu", "--all"]).contains("leave out the names"));
    assert!(refused(&["check", "gelu", "--points", "0"]).contains("whole number from 1"));
    assert!(refused(&["check", "gelu", "--dtype", "f8"]).contains("`f32`, `f64`, `f16` or `bf16`"));
    assert!(refused(&["check", "gelu", "--order", "3"]).contains("`0`, `1` and `2`"));
    assert!(refused(&["check", "gelu", "--order", "0,"]).contains("separated by commas"));
    assert!(refused(&["check", "elu", "--wrt", "alhpa"]).contains("did you mean `alpha`?"));
    assert!(refused(&["check", "elu", "gelu", "--wrt", "alpha"]).contains("`gelu` has no parameters"));
    assert!(refused(&["check", "gelu", "--points", "5", "--exhaustive"]).contains("leave out one"));
    assert!(refused(&["check", "gelu", "--resume", "f"]).contains("begun anew"));
    assert!(refused(&["check", "gelu", "--commit", "f"]).contains("add `--report FILE`"));
    assert!(refused(&["check", "gelu", "--exhaustiv"]).contains("did you mean `--exhaustive`?"));
    assert!(refused(&["check", "gelu", "--points", "5", "--report", "/no/such/x.md"]).contains("no folder"));
}

#[test]
fn what_cannot_be_gone_through_is_told_with_what_can() {
    for arguments in [
        ["check", "x * tanh(x)", "--exhaustive", "--dtype", "f32"],
        ["check", "gelu", "--exhaustive", "--order", "2"],
        ["check", "elu", "--exhaustive", "--wrt", "alpha"],
    ] {
        let message = refused(&arguments);
        assert!(message.contains("multi-precision") && message.contains("--points N"), "{message}");
    }
    assert!(refused(&["check", "gelu", "--exhaustive", "--dtype", "f64"]).contains("2^64"));
}

/// A formula of the name of a catalogue's function is still a formula.
#[test]
fn a_declaration_is_not_mistaken_for_the_catalogue() {
    let Run { code, err, .. } = run(&["check", "Gelu(x) = x * tanh(x)", "--exhaustive"]);
    assert!(code == Some(2) && err.contains("multi-precision"), "{err}");
}
