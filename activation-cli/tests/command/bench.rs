//! `bench`: the shape of what is measured, and the mistakes. Never the times.

use super::{json, printed, refused, run};
use serde_json::Value;

fn measured(arguments: &[&str]) -> Vec<Value> {
    let rows = json(&[&["bench", "--format=json"], arguments].concat());
    rows.as_array().expect("an array").clone()
}

/// What programs read.
#[test]
fn the_shape_of_a_result() {
    let rows = measured(&["gelu", "Leaky-ReLU", "--n=100"]);
    let kernels = ["forward", "derivative", "forward_derivative", "backward"];
    let expected = ["gelu", "leaky_relu"].into_iter().flat_map(|name| kernels.map(|kernel| (name, kernel)));
    assert_eq!(rows.len(), 8);
    for (row, (activation, kernel)) in rows.iter().zip(expected) {
        let keys: Vec<&String> = row.as_object().expect("an object").keys().collect();
        let mut known = [
            "activation",
            "kernel",
            "dtype",
            "tier",
            "level",
            "n",
            "threads",
            "interpreted",
            "ns_per_element",
            "memcpy_ns_per_element",
            "ratio",
            "gigabytes_per_second",
        ];
        known.sort_unstable();
        assert_eq!(keys, known);
        assert_eq!((&row["activation"], &row["kernel"]), (&activation.into(), &kernel.into()));
        assert_eq!((&row["dtype"], &row["tier"]), (&"f32".into(), &"accurate".into()));
        assert_eq!((&row["n"], &row["threads"]), (&100.into(), &1.into()));
        assert_eq!(row["interpreted"], false);
        let figure = |key: &str| row[key].as_f64().filter(|figure| figure.is_finite() && *figure > 0.0);
        let [time, memcpy, ratio, speed] =
            ["ns_per_element", "memcpy_ns_per_element", "ratio", "gigabytes_per_second"]
                .map(|key| figure(key).unwrap_or_else(|| panic!("{key} of {row}")));
        assert!((ratio - time / memcpy).abs() <= 1e-9 * ratio, "{row}");
        let slices = if kernel.ends_with("derivative") && kernel != "derivative" || kernel == "backward" {
            3.0
        } else {
            2.0
        };
        assert!((speed * time / 4.0 - slices).abs() <= 1e-9, "{row}");
    }
}

#[test]
fn every_type_tier_and_number_of_threads() {
    for dtype in ["f32", "f64", "f16", "bf16"] {
        for row in measured(&["relu", "--n", "10", "--dtype", dtype]) {
            assert_eq!(row["dtype"], dtype);
        }
    }
    for row in measured(&["silu", "--n", "10", "--tier", "fast"]) {
        assert_eq!(row["tier"], "fast");
    }
    // The last thread has less to do, or nothing.
    for row in measured(&["relu", "--n", "5", "--threads", "4"]) {
        assert_eq!((&row["n"], &row["threads"]), (&5.into(), &4.into()));
    }
}

#[test]
fn a_formula_is_measured_as_it_is_evaluated() {
    let run = run(&["bench", "x * tanh(x)", "--n=3", "--tier=fast", "--format=json"]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.starts_with("warning: a formula is interpreted here"), "{run:?}");
    let rows: Vec<Value> = serde_json::from_slice(&run.out).expect("results are JSON");
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row["activation"] == "x * tanh(x)" && row["interpreted"] == true));
}

#[test]
fn sizes_have_units() {
    for (size, n) in [("1Ki", 1024), ("2k", 2000)] {
        assert!(measured(&["relu", "--n", size]).iter().all(|row| row["n"] == n), "{size}");
    }
}

#[test]
fn the_table() {
    let table = printed(&["bench", "relu", "--n=7"]);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "7 elements of f32, accurate tier, 1 thread");
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(lines[1]), ["activation", "kernel", "ns/element", "GB/s", "x", "memcpy"]);
    assert_eq!(lines.len(), 6);
    assert_eq!(words(lines[2])[..2], ["relu", "forward"]);
    assert!(words(lines[5]).iter().skip(2).all(|figure| figure.parse::<f64>().is_ok()), "{table}");
}

#[test]
fn mistakes() {
    for (arguments, expected) in [
        (&["gleu"][..], "did you mean `gelu`"),
        (&["gelu", "--n", "0"], "`--n` takes a whole number from 1 to 67108864, not `0`"),
        (&["gelu", "--n=1e3"], "not `1e3`; units are k, M, G"),
        (&["gelu", "--n=64K"], "not `64K`; units are k, M, G"),
        (&["gelu", "--n=65Mi"], "from 1 to 67108864, not `65Mi`"),
        (&["gelu", "--n"], "`--n` needs a value: `--n N`"),
        (&["gelu", "--threads", "0"], "`--threads` takes a whole number from 1 to 1024, not `0`"),
        (&["gelu", "--threads", "3", "--n", "2"], "3 threads have nothing to do with 2 elements"),
        (&["gelu", "--all"], "leave out it or `gelu`"),
        (&["gelu", "--tier=fast", "--dtype=f64"], "the fast tier computes in `f32`"),
        (&["gelu", "--tier=fast", "--dtype=bf16"], "slices of `bf16`"),
        (&["gelu", "--tier=exact"], "`accurate` or `fast`"),
        (&["gelu", "--format=csv"], "`--format` takes `table` or `json`, not `csv`"),
        (&["gelu", "--thread=2"], "did you mean `--threads`?"),
        (&["gelu", "--n=1", "--n=2"], "`--n` is given twice"),
        (&["x * y"], "a bare formula has one variable"),
    ] {
        let message = refused(&[&["bench"], arguments].concat());
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}
