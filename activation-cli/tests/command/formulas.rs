//! WHAT: names, formulas and declarations, and how they are told apart.

use super::{json, printed, refused};

fn csv(what: &str, x: &str) -> String {
    let text = printed(&["eval", what, x, "--format", "csv", "--dtype", "f64"]);
    text.lines().nth(1).expect("a row").to_owned()
}

#[test]
fn names_are_written_freely() {
    let expected = csv("leaky_relu", "-3");
    for name in ["LeakyRelu", "leaky-relu", "LEAKY_RELU", "leaky relu", "lrelu", "Leaky-ReLU"] {
        assert_eq!(csv(name, "-3"), expected, "{name}");
    }
    assert_eq!(csv("swish1", "1"), csv("silu", "1"));
}

#[test]
fn formulas_say_what_the_catalogue_says() {
    for entry in activation_core::all().filter(|entry| entry.info().parameters.is_empty()) {
        for x in ["-3", "0.5", "4"] {
            assert_eq!(csv(entry.info().formula, x), csv(entry.info().name, x), "{}", entry.info().name);
        }
    }
}

#[test]
fn formulas_are_no_names() {
    for (formula, row) in [
        ("x", "2.0,2.0,1.0"),
        ("t", "2.0,2.0,1.0"),
        ("x1", "2.0,2.0,1.0"),
        ("σ", "2.0,2.0,1.0"),
        ("x-1", "2.0,1.0,1.0"),
        ("theta - 1", "2.0,1.0,1.0"),
        ("1-x", "2.0,-1.0,-1.0"),
        ("x - 1/2", "2.0,1.5,1.0"),
        ("pi*x - pi * x", "2.0,0.0,0.0"),
        ("relu(x)", "2.0,2.0,1.0"),
        ("{ let u = x^2; u + u }", "2.0,8.0,8.0"),
        ("if x > 0 { x } else { 0 }", "2.0,2.0,1.0"),
        ("F(x) = x^3", "2.0,8.0,12.0"),
        ("pub F(x; k = 3) = k*x;", "2.0,6.0,3.0"),
    ] {
        assert_eq!(csv(formula, "2"), row, "{formula}");
    }
    assert_eq!(json(&["show", "MyGate(x) = x * sigmoid(x)", "--format", "json"])["name"], "my_gate");
}

#[test]
fn wrong_names_get_a_hint() {
    for (name, hint) in [
        ("relu7", "unknown activation `relu7`; did you mean `relu`, "),
        ("leaky-rleu", "did you mean `leaky_relu`?"),
        ("swissh", "did you mean `swish`"),
        ("GELUU", "did you mean `gelu`"),
        ("leaky", "did you mean `leaky_relu`"),
        ("hard", "did you mean `hard_"),
        ("relu-7", "did you mean `relu"),
        ("quux", "unknown activation `quux`; `activation list` names all that there are"),
        ("foo-bar", "unknown activation `foo-bar`"),
    ] {
        for verb in ["show", "eval"] {
            let message = refused(&[verb, name]);
            assert!(message.contains(hint) && message.lines().count() == 1, "{name}: {message}");
        }
    }
}

#[test]
fn mistakes_are_drawn_under_the_text() {
    assert_eq!(
        refused(&["eval", "x * epx(x) + sni(x)", "1"]),
        "error: unknown function `epx`; did you mean `exp`?\n  |\n1 | x * epx(x) + sni(x)\n  |     ^^^\n\n\
         error: unknown function `sni`; did you mean `sin`?\n  |\n1 | x * epx(x) + sni(x)\n  |              ^^^\n"
    );
    let lines = refused(&["show", "Bump(x; k = 2)\n  = exp(-q * x^2) + k"]);
    assert!(lines.contains("\n2 |   = exp(-q * x^2) + k\n  |          ^\n"), "{lines}");
    for (formula, cure) in [
        ("x**2", "^"),
        ("a-b", "declare the others as parameters"),
        ("exp", "exp"),
        ("pi", "does not depend on its variable"),
        ("1/0*x", "division by zero"),
        ("if x > 0 { x }", "else"),
        ("(x", "not closed"),
        ("x²", "`^2`"),
        ("F(x) = x; G(x) = x", "one declaration at a time"),
    ] {
        let message = refused(&["eval", formula]);
        assert!(message.contains(cure) && message.contains("1 | ") && message.contains('^'), "{message}");
    }
}
