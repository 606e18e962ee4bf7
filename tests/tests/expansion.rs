//! What the macro leaves behind, for human eyes: the expansion of one activation fits on a screen or two and could have
//! been written by hand. `UPDATE_EXPECT=1 cargo test` writes the files anew.

use expect_test::expect_file;
use proc_macro2::TokenStream;

fn expanded(declaration: &str) -> String {
    let tokens: TokenStream = format!("[activation_core] {declaration}").parse().expect("tokens");
    let file = syn::parse2(activation_formula::define(tokens)).expect("the expansion is Rust");
    // What only `cargo doc` sees has tests of its own (`page.rs`).
    let lines = prettyplease::unparse(&file);
    let shortened = lines.lines().map(|line| match line.split_once("#[cfg_attr(doc, doc = ") {
        Some((before, _)) => format!("{before}#[cfg_attr(doc, doc = \"…\")]\n"),
        None => format!("{line}\n"),
    });
    shortened.collect()
}

#[test]
fn a_formula_without_parameters() {
    expect_file!["../expansions/gelu.rs"].assert_eq(&expanded(
        "/// Gaussian error linear unit.
        #[alias(gelu_exact)]
        pub Gelu(x) = x * (1 + erf(x / sqrt(2))) / 2;",
    ));
}

#[test]
fn a_learned_parameter() {
    expect_file!["../expansions/prelu.rs"].assert_eq(&expanded(
        "/// ReLU whose leak is learned.
        pub Prelu(z; learn slope = 0.25) = if z > 0 { z } else { slope * z };",
    ));
}

#[test]
fn names_and_ranges() {
    expect_file!["../expansions/gated_bump.rs"].assert_eq(&expanded(
        "pub(crate) GatedBump(x; learn gate = 1, width = 2 in 0.1..10) = {
            let u = x / width;
            x * sigmoid(gate * x) + exp(-u^2)
        };",
    ));
}

#[test]
fn a_mistake_leaves_a_type_and_one_error() {
    expect_file!["../expansions/mistake.rs"]
        .assert_eq(&expanded("pub Broken(x; slope = 1) = slope * epx(x);"));
}

#[test]
fn the_same_input_gives_the_same_tokens() {
    let once = expanded("pub Mish(x) = x * tanh(ln(1 + exp(x)));");
    assert_eq!(once, expanded("pub Mish(x) = x * tanh(ln(1 + exp(x)));"));
}
