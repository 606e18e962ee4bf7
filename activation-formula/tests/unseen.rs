//! Formulas that no rule was written for: what is certified of them is right, in `f32` and in `f64`.
//!
//! The list was written before any result was looked at, and is not to be changed with the compiler: nested, oscillating, with
//! parameters and ranges, piecewise with smooth joins, of rational powers, with large and small constants, with differences
//! that nearly vanish.

use activation_formula::compile;
use activation_math::{Exact, Output, Precision, exact};

/// What certificates promise, in units in the last place of `f32`, and what is promised of `f64`.
const SINGLE: f64 = 1.0;
const DOUBLE: f64 = 4.0;

/// Where a real power is all that is left of terms that cancel: a relative 1e-13.
const FAR_OUT: f64 = 500.0;

const FORMULAS: [&str; 42] = [
    "exp(-x^2 / 2) * cos(5 * x)",
    "x / (1 + abs(x)^(3/2))",
    "sin(x) / x",
    "x * exp(-abs(x)) * cos(x)",
    "ln(cosh(x)) / (1 + x^2)",
    "Tilted(x; tilt = 0.3 in -1..1, scale = 2 in 0.1..10) = tanh(scale * x) + tilt * x^2 / (1 + x^2)",
    "if x < 0 { exp(x) - 1 } else { sin(x) }",
    "if x < 1 { x^3 } else { 3 * x - 2 }",
    "if abs(x) < 1 { (1 - x^2)^3 } else { 0 }",
    "sqrt(x^2 + 1e-6) - 0.001",
    "x * (x^2 + 1)^(-1/3)",
    "cbrt(x) * exp(-x^2)",
    "abs(x)^(2/3) * tanh(x)",
    "1e10 * x / (1e10 + x^2)",
    "1e-12 * sinh(x)",
    "tanh(tanh(tanh(x)))",
    "sigmoid(sin(x) * x)",
    "erf(x) * erfc(x)",
    "exp(sin(x)) - 1",
    "(exp(x) - exp(-2 * x)) / (exp(x) + exp(-x) + 1)",
    "ln(1 + x^2) - x^2 / (1 + x^2)",
    "atan(sinh(x))",
    "atan(exp(x)) - pi / 4",
    "sqrt(1 + x^2) - sqrt(1 + x^2 / 4)",
    "x^2 * ln(abs(x) + 0.001)",
    "(x - sin(x)) / (x^2 + 1)",
    "asinh(exp(x))",
    "Bounded(x; p = 1.7 in 1.1..4) = x / (1 + abs(x)^p)^(1 / p)",
    "x * exp(-exp(-x))",
    "Mixed(x; learn a = 0.5, b = 0.25) = a * max(x, 0) + b * tanh(x) * (1 - a)",
    "x * sigmoid(x) - ln(1 + exp(x)) / 2",
    "max(sin(x), x / 3)",
    "min(x^2, sqrt(abs(x)))",
    "clamp(x, -2, 2) * exp(-clamp(x, -2, 2)^2)",
    "softplus(x)^2 - softplus(-x)^2",
    "(1 + tanh(x))^2.5",
    "sin(x)^2 / (1 + x^2)",
    "sin(100 * x) * exp(-abs(x))",
    "1 / (x^2 - 2 * x + 1.0001)",
    "x * sqrt(x^2 + 2) - x^2",
    "sin(exp(2 * x))",
    "1 / (1 + exp(-x)) - 1 / (1 + exp(-x / 2))",
];

/// Sizes at which something happens to formulas, and plain ones between the numbers that the certificate samples.
#[rustfmt::skip]
const SIZES: [f32; 26] = [
    0.0, 1e-45, 1e-38, 1e-19, 1e-8, 2.44e-4, 0.023, 0.31, 0.77, 0.999, 1.0, 1.001, 1.313, 2.0, 2.06, 5.55, 16.7, 44.4,
    88.73, 104.1, 354.9, 709.8, 745.2, 1e4, 1e13, f32::MAX,
];

/// How far from a root, in numbers of `f32`.
const STEPS: [i32; 7] = [0, 1, -1, 7, -7, 300, -300];

/// So many roots are looked at.
const MOST_ROOTS: usize = 6;

/// The roots between -9 and 9, with the doubles and the numbers of `f32` beside them.
fn beside_roots(function: impl Fn(f64) -> f64) -> Vec<f64> {
    let place = |step: i32| f64::from(step) * 0.0917 - 9.169;
    let mut points = Vec::new();
    let mut roots = 0;
    for step in 0..200 {
        let (mut low, mut high) = (place(step), place(step + 1));
        let (first, last) = (function(low), function(high));
        let crosses = (first < 0.0 && last > 0.0) || (first > 0.0 && last < 0.0);
        if !crosses || roots == MOST_ROOTS {
            continue;
        }
        roots += 1;
        loop {
            let middle = 0.5 * low + 0.5 * high;
            if !(low < middle && middle < high) {
                break;
            }
            if (function(middle) > 0.0) == (last > 0.0) { high = middle } else { low = middle }
        }
        points.extend([low.next_down(), low, high, high.next_up()]);
        let single = (low as f32).to_bits();
        points.extend(STEPS.map(|step| f64::from(f32::from_bits(single.wrapping_add_signed(step)))));
    }
    points
}

/// How many functions of a formula are certified; what is must be right.
fn hold(text: &str) -> usize {
    let formula = compile(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
    let parameters: Vec<f64> = formula.parameters.iter().map(|parameter| parameter.default).collect();
    let mut certified = 0;
    for output in [Output::Forward, Output::Derivative] {
        if !formula.certificate(output).is_some_and(|certificate| certificate.is_given()) {
            continue;
        }
        certified += 1;
        let roots = beside_roots(|x| formula.evaluate(output, x, &parameters, Precision::Double));
        let sizes = SIZES.into_iter().flat_map(|size| [size, -size]).map(f64::from);
        for x in sizes.chain(roots) {
            let Exact::Value(reference) = exact(&formula.as_written, x, &parameters, output) else {
                continue;
            };
            if f64::from(x as f32) == x {
                let got = formula.evaluate(output, x, &parameters, Precision::Single) as f32;
                let error = reference.ulps_f32(got);
                assert!(
                    error <= SINGLE,
                    "{output:?} of {text} at {x:e}: {got:e} in f32, off by {error:.2} ULP"
                );
            }
            let got = formula.evaluate(output, x, &parameters, Precision::Double);
            let error = reference.ulps_f64(got);
            // Below all normal numbers digits are lost to rounding.
            let vanishes = reference.to_f64().abs() < f64::MIN_POSITIVE && got.abs() <= f64::MIN_POSITIVE;
            // So far out that the terms of some real powers have more than 256 bits in common.
            let bound = if x.abs() > 1e30 { FAR_OUT } else { DOUBLE };
            assert!(
                vanishes || error <= bound,
                "{output:?} of {text} at {x:e}: {got:e}, off by {error:.2} ULP"
            );
        }
    }
    certified
}

#[test]
fn what_is_certified_of_unseen_formulas_is_right() {
    let mut wrong = Vec::new();
    let mut certified = 0;
    for text in FORMULAS {
        match std::panic::catch_unwind(|| hold(text)) {
            Ok(count) => {
                certified += count;
                if count < 2 {
                    println!("{count} of 2 certified: {text}");
                }
            }
            Err(_) => wrong.push(text),
        }
    }
    println!("{certified} certified");
    assert!(wrong.is_empty(), "wrongly accepted: {wrong:#?}");
}
