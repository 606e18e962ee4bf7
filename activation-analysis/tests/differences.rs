//! What `Difference` says of pairs about which the truth is known.

use activation_analysis::{Difference, Equality, Function};
use activation_formula::compile;

fn difference(first: &str, second: &str) -> Difference {
    let [f, g] =
        [first, second].map(|text| compile(text).unwrap_or_else(|error| panic!("{text}: {error:?}")));
    let [p, q] = [&f, &g]
        .map(|compiled| compiled.parameters.iter().map(|parameter| parameter.default).collect::<Vec<f64>>());
    Difference::of(Function::new(&f, &p), Function::new(&g, &q)).expect("a difference")
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-14 * b.abs()
}

const HARD_SIGMOID: &str = "if x <= -3 { 0 } else if x < 3 { x/6 + 1/2 } else { 1 }";
const HARD_SIGMOID_ONNX: &str = "H(z; alpha = 0.2, beta = 0.5) = clamp(alpha*z + beta, 0, 1)";
const GELU: &str = "x * (1 + erf(x / sqrt(2))) / 2";
const GELU_TANH: &str = "x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715*x^3)))";

#[test]
fn one_function_written_twice() {
    for (first, second) in [
        ("x / (1 + exp(-x))", "x * sigmoid(x)"),
        ("(exp(x) - exp(-x)) / (exp(x) + exp(-x))", "tanh(x)"),
        ("max(0, x)", "if x > 0 { x } else { 0 }"),
        ("Leaky(x; slope = 2/3) = max(x, slope * x)", "Other(y; a = 2/3) = if y < 0 { a * y } else { y }"),
    ] {
        let found = difference(first, second);
        assert_ne!(found.equality, Equality::Different, "{first} and {second}: {:?}", found.absolute);
        assert_eq!(found.single.most, 0, "{first} and {second}");
        assert!(found.absolute.value < 1e-25, "{first} and {second}: {:?}", found.absolute);
    }
    assert_eq!(difference("x / (1 + exp(-x))", "x * sigmoid(x)").equality, Equality::Proven);
}

#[test]
fn two_hard_sigmoids() {
    let found = difference(HARD_SIGMOID, HARD_SIGMOID_ONNX);
    assert_eq!(found.equality, Equality::Different);
    // At 2.5: 11/12 and 1.
    assert!(near(found.absolute.value, 1.0 / 12.0) && found.absolute.at.abs() == 2.5, "{:?}", found.absolute);
    assert!(near(found.slopes.value, 1.0 / 6.0), "{:?}", found.slopes);
    let ends: Vec<(f64, f64)> = found.equal.iter().map(|part| (part.low, part.high)).collect();
    assert_eq!(ends, [(f64::NEG_INFINITY, -3.0), (3.0, f64::INFINITY)]);
    assert_eq!(found.analysis.zeros.points, [0.0]);
    // The second is 0 between -3 and -2.5, where the first is not.
    assert!(found.relative.is_some_and(|relative| near(relative.value, 1.0)), "{:?}", found.relative);
}

#[test]
fn gelu_and_its_approximation() {
    let found = difference(GELU, GELU_TANH);
    // By mpmath, on both sides.
    assert!((found.absolute.value - 4.732_355_206_872_848_8e-4).abs() < 1e-16, "{:?}", found.absolute);
    assert!((found.absolute.at.abs() - 2.698_941_386_377_27).abs() < 1e-9, "{:?}", found.absolute);
    assert!(found.equal.is_empty() && found.single.most > 1000);
    assert!(found.single.same.iter().any(|part| part.high == f64::INFINITY));
    assert_eq!((found.analysis.limits.left, found.analysis.limits.right), (Some(0.0), Some(0.0)));
}

#[test]
fn what_parts_without_end_is_said() {
    let found = difference("x", "max(0, x)");
    assert_eq!((found.absolute.value, found.absolute.at), (f64::INFINITY, f64::NEG_INFINITY));
    assert_eq!(found.analysis.limits.left, Some(f64::NEG_INFINITY));
    assert_eq!(found.equal.iter().map(|part| part.low).collect::<Vec<_>>(), [0.0]);
    let relative = difference("tanh(x)", "tanh(x) + 1e-3").relative.expect("a quotient");
    assert_eq!(relative.value, f64::INFINITY);
}

#[test]
fn domains_may_differ() {
    let found = difference("ln(x)", "ln(abs(x))");
    assert!(found.only_first.is_empty());
    assert_eq!(
        found.only_second.iter().map(|part| (part.low, part.high)).collect::<Vec<_>>(),
        [(f64::NEG_INFINITY, 0.0)]
    );
}
