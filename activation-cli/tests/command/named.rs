//! A name with its parameters, `leaky_relu(slope=0.2)`, is as good as the name with `--set`.

use super::{printed, refused};

#[test]
fn parameters_behind_the_name_are_those_of_set() {
    let same = |text: &str, name: &str, set: &[&str], verb: &str, more: &[&str]| {
        let found = printed(&[&[verb, text], more].concat());
        let assignments: Vec<&str> = set.iter().flat_map(|set| ["--set", *set]).collect();
        let expected = printed(&[&[verb, name], &assignments[..], more].concat());
        assert_eq!(found, expected, "{verb} {text}");
    };
    same("leaky_relu(slope=0.2)", "leaky_relu", &["slope=0.2"], "eval", &["-2", "3"]);
    same("SELU ( alpha = 2, scale=0.5 )", "selu", &["alpha=2", "scale=0.5"], "eval", &["-2", "--order", "2"]);
    same("squareplus(b=1e-3)", "squareplus", &["b=0.001"], "show", &[]);
    same("prelu(slope=0.5)", "prelu", &["slope=0.5"], "export", &["--target", "c"]);
}

#[test]
fn one_function_with_several_parameters() {
    let compared = printed(&["compare", "elu(alpha=0.5)", "elu(alpha=2)", "--format", "csv"]);
    assert!(compared.starts_with("property,elu(alpha=0.5),elu(alpha=2)\n"), "{compared}");
}

/// The oracle is asked about the parameters that are given, and not about the defaults.
#[test]
fn checks_hold_the_parameters() {
    let rows = printed(&["check", "elu(alpha=-3)", "--points", "60", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&rows).expect("JSON");
    let rows = rows.as_array().expect("rows");
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row["activation"], "elu(alpha=-3)");
        assert!(row["max_ulp"].as_f64().is_none_or(|error| error <= 1.0), "{row}");
    }
    assert!(refused(&["check", "elu(alpha=-3)", "--exhaustive"]).contains("only multi-precision"));
}

#[test]
fn mistakes_are_drawn_under_the_text() {
    for (text, message) in [
        ("leaky_relu(slop=0.2)", "`leaky_relu` has no parameter `slop`; it has `slope`"),
        ("laeky_relu(slope=1)", "unknown activation `laeky_relu`; did you mean `leaky_relu`?"),
        ("squareplus(b=-1)", "parameter `b` must be at least 0, not -1"),
        ("elu(alpha=1/3)", "parameter `alpha` must be a number such as 0.25, and not `1/3`"),
        ("elu(alpha=1, alpha=2)", "parameter `alpha` is there twice"),
        ("elu(alpha=1", "expected `)` behind the last parameter"),
        ("gelu(x=1)", "`gelu` has no parameters, so there is no `x`"),
        ("swish(beta=1, x)", "expected a parameter and a number, as in `slope=0.2`"),
    ] {
        for arguments in [&["eval", text, "1"][..], &[text]] {
            let told = refused(arguments);
            assert!(told.contains(message), "{text}: {told}");
        }
    }
    // A formula that calls what has another meaning stays a formula.
    assert_eq!(
        printed(&["eval", "relu(x)", "-1", "--order", "0"]),
        printed(&["eval", "max(0, x)", "-1", "--order", "0"])
    );
    assert!(refused(&["eval", "elu(x)", "1"]).contains("unknown function `elu`"));
}
