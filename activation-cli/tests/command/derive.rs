//! `activation derive`: the steps, and where the textbook form breaks.

use super::{json, printed, refused};

#[test]
fn the_story_of_tanh() {
    let text = printed(&["derive", "tanh"]);
    for part in [
        "f(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        "recognise and simplify",
        "-> 2 * sinh(x)",
        "sinh: nearly equal exponentials cancel near 0",
        "result    f(x) = tanh(x)",
        "differentiate",
        "it gives NaN; the value is 1.0",
        "f'(x)",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

/// The input that is named breaks the textbook form: it is tried again, by another arithmetic.
#[test]
fn breaks_are_true() {
    let all = json(&["derive", "1 - tanh(x)^2", "--format", "json"]);
    let broken = &all[0]["breaks"];
    assert!(!broken.as_array().expect("an array").is_empty());
    for one in broken.as_array().expect("an array") {
        let x = one["x"].as_f64().expect("a number");
        let textbook = one["textbook"].as_f64().expect("a number");
        let tanh = (x as f32).tanh();
        // Two functions may round tanh differently, and 1 cancels down to that.
        assert!((f64::from(1.0 - tanh * tanh) - textbook).abs() < 3e-7, "{one}");
        let exact = one["exact"].as_f64().expect("a number");
        assert!((exact * x.cosh().powi(2) - 1.0).abs() < 1e-6, "{one}");
    }
    assert!(all[0]["broken"].as_u64() < all[0]["tried"].as_u64());
}

#[test]
fn parameters_and_formats() {
    let all = json(&["derive", "swish", "--wrt", "beta", "--format", "json"]);
    assert_eq!(all.as_array().expect("an array").len(), 3);
    assert_eq!(all[2]["function"], "df/dbeta");
    assert_eq!(all[2]["result"], "x^2 * sigmoid(beta * x) * sigmoid(-beta * x)");
    let latex = printed(&["derive", "swish", "--wrt", "beta", "--format", "latex"]);
    assert!(latex.contains(r"\frac{\partial f}{\partial \beta} ="), "{latex}");
    assert_eq!(latex.matches(r"\[").count(), latex.matches(r"\]").count());
    let markdown = printed(&["derive", "x / (1 + exp(-x))", "--format", "markdown"]);
    assert!(markdown.contains("### make it stable") || markdown.contains("Computed as"), "{markdown}");
    for name in ["gelu", "mish", "xielu", "squareplus", "hard_shrink", "identity"] {
        assert!(printed(&["derive", name]).contains("textbook form"), "{name}");
    }
}

#[test]
fn mistakes_are_refused() {
    for (arguments, expected) in [
        (vec!["derive"], "derive what?"),
        (vec!["derive", "gelu", "silu"], "is more"),
        (vec!["derive", "x * sigmod(x)"], "did you mean `sigmoid`"),
        (vec!["derive", "elu", "--wrt", "alpa"], "did you mean `alpha`"),
        (vec!["derive", "gelu", "--format", "html"], "`text`, `latex`, `markdown` or `json`"),
        (vec!["derive", "gelu", "--set", "a=1"], "has no option `--set`"),
    ] {
        let message = refused(&arguments);
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}
