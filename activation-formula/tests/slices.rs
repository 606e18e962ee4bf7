//! Formulas compiled at run time, over slices: the bits of one number at a time.

use activation_formula::{Compiled, compile};
use activation_math::{Output, Precision};

/// Of every kind that has a way of its own: exact in `f32`, by vectors of doubles, with careful intervals, with gaps, without a
/// certificate, with parameters.
const FORMULAS: &[&str] = &[
    "max(0, x)",
    "x * clamp(x + 3, 0, 6) / 6",
    "x * tanh(ln(1 + exp(x)))",
    "x * (1 + erf(x / sqrt(2))) / 2",
    "sin(x) / x",
    "ln(x)",
    "x^5 - 3*x + 1/x",
    "Leak(x; slope = 0.25) = if x > 0 { x } else { slope * x }",
    "Bend(x; a = 0.1) = a * x + sqrt(x^2 + a)",
    "cbrt(x) * cos(x)^2",
    "x * tanh(exp(x))",
    "sqrt(ln(1 + exp(x)))",
    "if x < -1 { -1 } else if x <= 2 { x } else { 2 + atan(x - 2) }",
];

/// Infinities, NaN, zeros, both sides of kinks, subnormal and huge numbers, and numbers of every size.
fn inputs() -> Vec<f32> {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        2.0,
        3.0,
        -3.0,
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        1e-45,
        -1e-40,
        f32::MAX,
    ];
    let beside = |x: f32| [x, x.next_up(), x.next_down()];
    let spread = (0..700_u32).map(|index| f32::from_bits(index.wrapping_mul(0x9e37_79b9)));
    special
        .into_iter()
        .flat_map(beside)
        .chain((-300..300).map(|index| index as f32 / 37.0))
        .chain(spread)
        .collect()
}

fn parameters(compiled: &Compiled) -> Vec<Vec<f64>> {
    let defaults = compiled.defaults();
    // One that is a number of f32, and one that is not.
    let moved = |by: f64| defaults.iter().map(|value| value + by).collect();
    vec![defaults.clone(), moved(0.5), moved(0.1)]
}

fn same(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits() || left.is_nan() && right.is_nan()
}

#[test]
fn slices_have_the_bits_of_single_numbers() {
    let inputs = inputs();
    let doubles: Vec<f64> = inputs.iter().map(|&x| x.into()).collect();
    for text in FORMULAS {
        let compiled = compile(text).expect("a formula");
        for parameters in &parameters(&compiled) {
            for output in Output::all(parameters.len()) {
                let at = |x: f64, precision| compiled.evaluate(output, x, parameters, precision);
                for precision in [Precision::Single, Precision::Double] {
                    let mut results = vec![f64::MAX; inputs.len()];
                    compiled.evaluate_into(output, &doubles, &mut results, parameters, precision);
                    for (&x, &result) in doubles.iter().zip(&results) {
                        let one = at(x, precision);
                        assert!(
                            same(result, one),
                            "{text}, {output:?}, {precision:?} at {x:e}: {result:e}, not {one:e}"
                        );
                    }
                }
                let (mut accurate, mut fast) = (vec![f32::MAX; inputs.len()], vec![f32::MAX; inputs.len()]);
                compiled.evaluate_single_into(output, &inputs, &mut accurate, parameters);
                compiled.evaluate_fast_into(output, &inputs, &mut fast, parameters);
                for ((&x, &accurate), &fast) in inputs.iter().zip(&accurate).zip(&fast) {
                    let one = at(x.into(), Precision::Single) as f32;
                    assert!(
                        same(accurate.into(), one.into()),
                        "{text}, {output:?} at {x:e}: {accurate:e}, not {one:e}"
                    );
                    let one = compiled.evaluate_fast(output, x, parameters);
                    assert!(
                        same(fast.into(), one.into()),
                        "{text}, {output:?}, fast, at {x:e}: {fast:e}, not {one:e}"
                    );
                }
            }
        }
    }
}

#[test]
fn slices_of_every_length() {
    let inputs = inputs();
    for text in ["max(0, x)", "x / (1 + exp(-x))"] {
        let compiled = compile(text).expect("a formula");
        for length in (0..=300).chain([inputs.len()]) {
            let mut results = vec![f32::MAX; length + 1];
            compiled.evaluate_single_into(Output::Forward, &inputs[..length], &mut results, &[]);
            for (&x, &result) in inputs.iter().zip(&results[..length]) {
                let one = compiled.evaluate(Output::Forward, x.into(), &[], Precision::Single) as f32;
                assert!(same(result.into(), one.into()), "{text} at {x:e}, of {length}");
            }
            assert_eq!(results[length], f32::MAX, "nothing is written behind the last of {length}");
        }
    }
}
