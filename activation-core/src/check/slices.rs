//! Slices against values.

use super::sample::strata;
use super::{Failure, Tape, outcome};
use crate::{AnyActivation, Output};

/// Every slice function against the scalar ones, bit for bit, for all short lengths and both types.
///
/// # Errors
///
/// The functions and lengths that differ.
pub fn slices(_: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    let mut findings = Vec::new();
    let mut inputs = strata();
    // The short slices are to see more than the far end.
    inputs.sort_by(|a, b| a.abs().ln().abs().total_cmp(&b.abs().ln().abs()));
    inputs.extend([f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0]);
    let narrow: Vec<f32> = inputs.iter().map(|&x| x as f32).collect();
    for length in (0..=24).chain([inputs.len()]) {
        slices_of(&mut findings, activation, &inputs[..length], f64::to_bits);
        slices_of(&mut findings, activation, &narrow[..length], |value| u64::from(value.to_bits()));
    }
    outcome(activation.info().name, findings)
}

fn slices_of<T: crate::Scalar>(
    findings: &mut Vec<String>,
    activation: &AnyActivation,
    input: &[T],
    bits: fn(T) -> u64,
) {
    let length = input.len();
    let equal = |a: &[T], b: &[T]| {
        a.iter().zip(b).all(|(&a, &b)| bits(a) == bits(b) || (a.to_f64().is_nan() && b.to_f64().is_nan()))
    };
    let mut expect = |what: &str, found: &[T], expected: &[T]| {
        if !equal(found, expected) {
            findings.push(format!("{what} over {length} elements differs from the scalar function"));
        }
    };
    let scalars =
        |output: Output| -> Vec<T> { input.iter().map(|&x| activation.evaluate(output, x)).collect() };
    let forward = scalars(Output::Forward);
    let derivative = scalars(Output::Derivative);
    let mut first = vec![T::default(); length];
    let mut second = vec![T::default(); length];
    activation.forward_into(input, &mut first);
    expect("forward_into", &first, &forward);
    first.copy_from_slice(input);
    activation.forward_in_place(&mut first);
    expect("forward_in_place", &first, &forward);
    activation.derivative_into(input, &mut first);
    expect("derivative_into", &first, &derivative);
    activation.forward_with_derivative_into(input, &mut first, &mut second);
    expect("the forward of forward_with_derivative_into", &first, &forward);
    expect("the derivative of forward_with_derivative_into", &second, &derivative);
    activation.evaluate_into(Output::SecondDerivative, input, &mut first);
    expect("second_derivative_into", &first, &scalars(Output::SecondDerivative));

    let gradient: Vec<T> = (0..length).map(|at| T::from_f64(0.5 - at as f64)).collect();
    let exact_slopes = |output: Output| {
        input.iter().map(move |&x| activation.evaluate_unrounded(output, x.to_f64(), T::PRECISION))
    };
    let backward: Vec<T> = exact_slopes(Output::Derivative)
        .zip(&gradient)
        .map(|(slope, gradient)| T::from_f64(gradient.to_f64() * slope))
        .collect();
    activation.backward_into(input, &gradient, &mut first);
    expect("backward_into", &first, &backward);

    let mut sums = vec![0.0; activation.info().parameters.len()];
    activation.parameter_gradients_into(input, &gradient, &mut sums);
    for (index, &sum) in sums.iter().enumerate() {
        let terms: Vec<f64> = exact_slopes(Output::ParameterDerivative(index))
            .zip(&gradient)
            .map(|(slope, gradient)| gradient.to_f64() * slope)
            .collect();
        let plain: f64 = terms.iter().sum();
        let size: f64 = terms.iter().map(|term| term.abs()).sum();
        let fine = (sum - plain).abs() <= 1e-13 * size || (!plain.is_finite() && !sum.is_finite());
        if !fine {
            findings.push(format!(
                "the gradient of parameter {index} over {length} elements is {sum}, not {plain}"
            ));
        }
    }
}
