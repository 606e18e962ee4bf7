//! What the command says of formulas that the compiler cannot promise anything for, and of those that it can.

use super::{json, printed, refused, run};
use serde_json::Value;

/// Nothing knows the sine of exp(200).
const WILD: &str = "sin(exp(x))";

#[test]
fn a_formula_without_a_certificate_is_a_warning() {
    for arguments in
        [&["show", WILD][..], &["eval", WILD, "0.5"], &["check", WILD, "--points", "3", "--order", "0"]]
    {
        let run = run(arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(!run.out.is_empty());
        let warning = "warning: f, f' and f'' cannot be certified to 1 ULP of f32: at x = ";
        assert!(run.err.starts_with(warning), "{run:?}");
        assert!(run.err.contains("`sin(exp(x))` loses all of its digits"), "{run:?}");
    }
}

#[test]
fn strictly_it_is_an_error() {
    for arguments in [
        &["show", WILD, "--strict"][..],
        &["eval", WILD, "0.5", "--strict"],
        &["check", WILD, "--points", "3", "--strict"],
    ] {
        let message = refused(arguments);
        assert!(message.contains("cannot be certified to 1 ULP of f32"), "{message}");
        assert!(message.contains("#[stable(forward = …)]"), "{message}");
    }
}

#[test]
fn what_is_certified_is_quiet() {
    for formula in [
        "x - sin(x)",
        "sqrt(1 + exp(2*x)) - exp(x)",
        "(exp(x) - 1) / x",
        "#[unchecked] Wild(x) = sin(exp(x))",
    ] {
        printed(&["eval", formula, "0.5", "--strict"]);
        printed(&["show", formula, "--strict"]);
    }
}

#[test]
fn show_has_the_certificate() {
    let text = printed(&["show", "gelu"]);
    assert!(text.contains("\ncertified to 1 ULP of f32: f, f', f''\n"), "{text}");
    let text = printed(&["show", "cosh(x) - 1"]);
    assert!(text.contains("  f with more care from -"), "{text}");
    let certificate = &json(&["show", "cosh(x) - 1", "--format", "json"])["certificate"];
    assert_eq!(certificate[0]["function"], "f");
    assert_eq!(certificate[0]["certified"], true);
    let careful = certificate[0]["careful"].as_array().expect("intervals");
    let ends = |interval: &Value| [0, 1].map(|end| interval[end].as_f64().expect("a number"));
    let mut around_0 = careful.iter().map(ends).filter(|&[low, high]| low < 0.0 && 0.0 < high);
    let [low, high] = around_0.next().expect("1 cancels at 0");
    assert!(low < -1e-6 && high > 1e-6 && high < 0.1, "{low} {high}");
    assert!(certificate[0]["error_bound_ulp"].as_f64().is_some_and(|bound| bound < 0.375));
}

/// What these are is the machine's affair; that they are there is ours.
#[test]
fn timing_is_shown_on_request() {
    assert!(printed(&["show", "mish", "--timing"]).lines().any(|line| line.starts_with("compiled in ")));
    let timing = &json(&["show", "mish", "--timing", "--format", "json"])["timing"];
    assert!(timing["certify_ms"].as_f64().is_some_and(|time| time > 0.0));
    assert!(json(&["show", "mish", "--format", "json"]).get("timing").is_none());
}
