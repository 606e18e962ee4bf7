//! `check`: the accuracy that is measured, and the mistakes.

use super::{json, refused};

#[test]
fn the_best_there_can_be_is_measured() {
    for row in json(&["check", "relu", "gelu", "x * tanh(x)", "--points", "60", "--format", "json"])
        .as_array()
        .unwrap()
    {
        let error = row["max_ulp"].as_f64().unwrap();
        assert!(error <= 0.51, "{row}");
        assert_eq!(row["nan"], 0, "{row}");
        assert!(row["points"].as_u64().unwrap() + row["undecided"].as_u64().unwrap() >= 60, "{row}");
    }
}

/// A formula that cancels is found out: this one has no correct digit in the left tail.
#[test]
fn what_is_inaccurate_is_found_out() {
    let rows = json(&["check", "sin(x)^2 + cos(x)^2 - 1 + x/1e12", "--points", "400", "--format", "json"]);
    assert!(rows[0]["max_ulp"].as_f64().unwrap() > 1.0, "{rows}");
}

#[test]
fn every_parameter_has_a_row() {
    let rows = json(&["check", "elu", "--points", "5", "--dtype", "f64", "--format", "json"]);
    let functions: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["function"].as_str().unwrap()).collect();
    assert_eq!(functions, ["f", "f'", "f''", "df/dalpha"]);
}

#[test]
fn mistakes_cost_no_time() {
    assert!(refused(&["check"]).contains("check what?"));
    assert!(refused(&["check", "gelu", "rleu"]).contains("did you mean `relu`?"));
    assert!(refused(&["check", "gelu", "--all"]).contains("leave out the names"));
    assert!(refused(&["check", "gelu", "--points", "0"]).contains("whole number from 1"));
    assert!(refused(&["check", "gelu", "--dtype", "f8"]).contains("`f32` or `f64`"));
}
