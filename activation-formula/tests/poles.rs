//! Values at poles: infinite, where the two sides differ with the sign of the zero's side, as plain arithmetic has it.

use activation_formula::compile;
use activation_math::{Output, Precision};

#[test]
fn a_zero_has_a_side() {
    const INFINITY: f64 = f64::INFINITY;
    for (formula, x, value, slope) in [
        ("1 / x", 0.0, INFINITY, -INFINITY),
        ("1 / x", -0.0, -INFINITY, -INFINITY),
        ("-1 / x", 0.0, -INFINITY, INFINITY),
        ("1 / (x - 1)", 1.0, INFINITY, -INFINITY),
        ("1 / x^2", 0.0, INFINITY, -INFINITY),
        ("1 / x^2", -0.0, INFINITY, INFINITY),
        ("1 / abs(x)", -0.0, INFINITY, INFINITY),
        ("1 / abs(x)", 0.0, INFINITY, -INFINITY),
    ] {
        let compiled = compile(formula).expect("a formula");
        for precision in [Precision::Single, Precision::Double] {
            let found = [Output::Forward, Output::Derivative]
                .map(|output| compiled.evaluate(output, x, &[], precision));
            assert_eq!(found, [value, slope], "{formula} at {x:?}, {precision:?}");
        }
    }
}

#[test]
fn a_jump_has_no_value_in_the_middle() {
    let compiled = compile("x / abs(x)").expect("a formula");
    for precision in [Precision::Single, Precision::Double] {
        assert!(compiled.evaluate(Output::Forward, 0.0, &[], precision).is_nan());
    }
}
