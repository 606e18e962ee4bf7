//! `eval` at points.

use super::{json, printed, refused, run};
use activation_core::Output;
use serde_json::{Value, json};

/// A number of the JSON output, as its type reads it.
fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("inf") => f64::INFINITY,
        Some("-inf") => f64::NEG_INFINITY,
        Some("nan") => f64::NAN,
        Some(other) => panic!("`{other}` is no number"),
        None => value.as_f64().expect("a number"),
    }
}

fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

const POINTS: [&str; 11] = ["-inf", "-100", "-5", "-1", "-0.001", "0", "0.1", "1", "5", "inf", "nan"];

#[test]
fn the_whole_catalogue_evaluates() {
    for entry in activation_core::all() {
        let (info, activation) = (entry.info(), entry.activation());
        let mut questions = vec![vec!["--order", "2"]];
        questions.extend(info.parameters.iter().map(|parameter| vec!["--wrt", parameter.name]));
        for (index, question) in questions.iter().enumerate() {
            let (key, output) = match index.checked_sub(1) {
                None => ("second_derivative", Output::SecondDerivative),
                Some(parameter) => ("parameter_derivative", Output::ParameterDerivative(parameter)),
            };
            let mut arguments = vec!["eval", info.name, "--dtype=f64", "--format=json"];
            arguments.extend(question);
            arguments.extend(POINTS);
            let run = run(&arguments);
            assert_eq!(run.code, Some(0), "{run:?}");
            let rows: Vec<Value> = serde_json::from_slice(&run.out).expect("JSON");
            assert_eq!(rows.len(), POINTS.len());
            for (row, x) in rows.iter().zip(POINTS) {
                let x: f64 = x.parse().expect("a number");
                assert!(same(number(&row["x"]), x));
                for (key, output) in [
                    ("forward", Output::Forward),
                    ("derivative", Output::Derivative),
                    (key, output),
                    ("value", output),
                ] {
                    let expected = activation.evaluate(output, x);
                    assert!(same(number(&row[key]), expected), "{key} of {} at {x}: {row}", info.name);
                }
            }
        }
    }
}

#[test]
fn numbers_are_in_the_shortest_form_of_their_type() {
    assert_eq!(
        printed(&["eval", "x", "0.1", "1e-30", "16777217", "-0", "--format", "json"]),
        "[\n  {\"x\":0.1,\"forward\":0.1,\"derivative\":1.0},\n  \
         {\"x\":1e-30,\"forward\":1e-30,\"derivative\":1.0},\n  \
         {\"x\":16777216.0,\"forward\":16777216.0,\"derivative\":1.0},\n  \
         {\"x\":-0.0,\"forward\":-0.0,\"derivative\":1.0}\n]\n"
    );
    let third = json(&["eval", "x / 3", "1", "--format", "json"]);
    assert_eq!(third[0]["forward"].to_string(), "0.33333334");
    let third = printed(&["eval", "x / 3", "1", "--format", "json", "--dtype", "f64"]);
    assert!(third.contains("\"forward\":0.3333333333333333,"), "{third}");
    // Rounded to single precision once, not by way of double precision.
    assert!(printed(&["eval", "x", "1.000000059604644775390625000000001"]).contains("1.0000001"));
}

#[test]
fn formats() {
    assert_eq!(
        printed(&["eval", "relu", "-1", "20"]),
        "   x  f(x)  f'(x)\n-1.0   0.0    0.0\n20.0  20.0    1.0\n"
    );
    assert_eq!(
        printed(&["eval", "x^2", "-1", "2", "--format", "csv", "--order", "2"]),
        "x,forward,derivative,second_derivative\n-1.0,1.0,-2.0,2.0\n2.0,4.0,4.0,2.0\n"
    );
    assert_eq!(
        printed(&["eval", "prelu", "-inf", "nan", "inf", "--wrt", "slope", "--format", "csv"]),
        "x,forward,derivative,parameter_derivative\n-inf,-inf,0.25,-inf\nnan,nan,nan,nan\ninf,inf,1.0,0.0\n"
    );
    assert_eq!(
        printed(&["eval", "prelu", "-2", "--wrt=slope"]),
        "   x  f(x)  f'(x)  df/dslope\n-2.0  -0.5   0.25       -2.0\n"
    );
    assert_eq!(
        printed(&["eval", "x^2", "2", "--order=2"]),
        "  x  f(x)  f'(x)  f''(x)\n2.0   4.0    4.0     2.0\n"
    );
    assert_eq!(
        json(&["eval", "relu", "--format", "json", "--", "-inf", "-NaN", "INFINITY", "+1"]),
        json!([
            {"x": "-inf", "forward": 0.0, "derivative": 0.0},
            {"x": "nan", "forward": "nan", "derivative": "nan"},
            {"x": "inf", "forward": "inf", "derivative": 1.0},
            {"x": 1.0, "forward": 1.0, "derivative": 1.0},
        ])
    );
}

#[test]
fn what_is_asked_for_is_the_value() {
    let value = |question: &[&str]| {
        let row = &json(&[&["eval", "F(x; k = 2) = k * x^3", "2", "--format", "json"], question].concat())[0];
        let keys: Vec<&String> = row.as_object().expect("an object").keys().collect();
        (row["value"].as_f64(), keys.len())
    };
    assert_eq!(value(&[]), (None, 3));
    assert_eq!(value(&["--order", "0"]), (Some(16.0), 4));
    for first in [&["--derivative"][..], &["--order", "1"], &["--order=1", "--derivative"]] {
        assert_eq!(value(first), (Some(24.0), 4));
    }
    assert_eq!(value(&["--order", "2"]), (Some(24.0), 5));
    assert_eq!(value(&["--wrt", "k"]), (Some(8.0), 5));
    assert_eq!(value(&["--wrt", "k", "--set", "k=5"]), (Some(8.0), 5));
    assert_eq!(value(&["--order=1", "--set=k=-.5"]), (Some(-6.0), 4));
}

#[test]
fn a_minus_needs_no_care() {
    let plain = printed(&["eval", "silu", "--format=csv", "--", "-1", "-.5", "-1e-3", "-inf", "-nan"]);
    assert_eq!(printed(&["eval", "silu", "-1", "-.5", "-1e-3", "--format=csv", "-inf", "-nan"]), plain);
    assert_eq!(printed(&["eval", "--format=csv", "--", "silu", "-1", "-.5", "-1e-3", "-inf", "-nan"]), plain);
    assert!(plain.starts_with("x,forward,derivative\n-1.0,-0.26894143,"), "{plain}");
    for (formula, value) in
        [("-x^2", "-4.0"), ("-x", "2.0"), ("-x * tanh(x)", "-1.9280552"), ("--2*x", "-4.0")]
    {
        let result = printed(&["eval", formula, "-2", "--format", "csv"]);
        assert!(result.contains(&format!("\n-2.0,{value},")), "{formula}: {result}");
        assert_eq!(printed(&["eval", "--format", "csv", "--", formula, "-2"]), result);
    }
    assert!(printed(&["show", "-sin(x)"]).contains("f'(x) = -cos(x)\n"));
    // Not another way to write `gelu`.
    assert!(refused(&["eval", "-gelu", "1"]).contains("an activation has that name"));
}

#[test]
fn without_points_there_is_a_grid() {
    let csv = printed(&["eval", "gelu", "--format", "csv"]);
    let xs: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let expected =
        ["-inf", "-5.0", "-3.0", "-2.0", "-1.0", "-0.5", "0.0", "0.5", "1.0", "2.0", "3.0", "5.0", "inf"];
    assert_eq!(xs, expected);
    assert_eq!(printed(&["eval", "gelu", "--format", "csv", "--"]), csv);
}

#[test]
fn parameters_are_set_and_checked() {
    let elu =
        |value: &str| printed(&["eval", "elu", "-inf", "--format=csv", "--set", &format!("alpha={value}")]);
    assert_eq!(elu("0.5"), "x,forward,derivative\n-inf,-0.5,0.0\n");
    assert_eq!(elu(" 2 "), "x,forward,derivative\n-inf,-2.0,0.0\n");
    assert_eq!(elu("-3"), "x,forward,derivative\n-inf,3.0,0.0\n");
    let declared = "F(x; k = 1 in 0..2, m = 1) = k*m*x";
    assert_eq!(
        printed(&["eval", declared, "1", "--set", "k=2", "--set", "m=-4", "--format=csv"]),
        "x,forward,derivative\n1.0,-8.0,-8.0\n"
    );
    let ranged = "F(x; alpha = 1 in 0.001..1000) = alpha * x";
    for value in ["0", "1000.1", "-1", "1e300"] {
        let message = refused(&["eval", ranged, "1", "--set", &format!("alpha={value}")]);
        assert!(message.contains("parameter `alpha` must lie between 0.001 and 1000, not be "), "{message}");
    }
    for what in [ranged, "celu"] {
        assert!(refused(&["eval", what, "--set", "alpha=nan"]).contains("must be a finite number, not NaN"));
    }
    assert!(refused(&["eval", "isru", "--set", "alpha=-1"]).contains("must be at least 0, not -1"));
    assert!(
        refused(&["eval", "F(x; k = 1 in ..2) = k*x", "--set", "k=3"]).contains("must be at most 2, not 3")
    );
}

#[test]
fn a_new_nan_is_worth_a_warning() {
    let run = run(&["eval", "sqrt(x)", "nan", "1", "-1", "-2", "--format", "csv"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err, "warning: 4 of 8 results are NaN where the input is not, the first at x = -1.0\n");
    assert!(String::from_utf8_lossy(&run.out).ends_with("-2.0,nan,nan\n"));
    printed(&["eval", "relu", "nan"]);
}

/// Where `f32` gives no number, the fast tier gives what the accurate one does.
#[test]
fn the_fast_tier_computes_in_f32() {
    let arguments = ["eval", "gelu", "-inf", "-5", "1", "inf", "nan", "--format=json"];
    let (fast, accurate) = (json(&[&arguments[..], &["--tier", "fast"]].concat()), json(&arguments));
    for (fast, accurate) in fast.as_array().unwrap().iter().zip(accurate.as_array().unwrap()) {
        let (fast, accurate) = (number(&fast["forward"]), number(&accurate["forward"]));
        assert!(same(fast, accurate) || (fast - accurate).abs() <= 4e-6 * accurate.abs(), "{fast}");
    }
    assert_ne!(fast[1], accurate[1]);
    assert!(refused(&["eval", "gelu", "1", "--tier=fast", "--dtype=f64"]).contains("computes in `f32`"));
}
