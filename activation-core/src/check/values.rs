//! Values against the oracle, and slices against values.

use super::points::{far, near, parameter_sets};
use super::{Failure, Tape, outcome};
use crate::{AnyActivation, Output};
use activation_math::{Exact, Reference, exact};

/// Results may be off by this much of their size …
const RELATIVE: f64 = 1e-9;

/// … or by this much of the size of the input: where a formula cancels, its value is small beside what it is made of.
/// The catalogue is held to more than that, by tests of its own.
const ABSOLUTE: f64 = 1e-12;

/// f against the formula as written.
///
/// # Errors
///
/// The places where they differ.
pub fn forward(formula: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    against_the_oracle(formula, activation, &[Output::Forward])
}

/// f' against the slope of the formula as written.
///
/// # Errors
///
/// The places where they differ.
pub fn derivative(formula: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    against_the_oracle(formula, activation, &[Output::Derivative])
}

/// f'' against the second difference of the formula as written.
///
/// # Errors
///
/// The places where they differ.
pub fn second_derivative(formula: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    against_the_oracle(formula, activation, &[Output::SecondDerivative])
}

/// ∂f/∂parameter of every parameter against differences of the formula as written.
///
/// # Errors
///
/// The places where they differ.
pub fn parameter_derivatives(formula: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    let count = activation.info().parameters.len();
    let outputs: Vec<Output> = (0..count).map(Output::ParameterDerivative).collect();
    against_the_oracle(formula, activation, &outputs)
}

fn against_the_oracle(formula: &Tape, activation: &AnyActivation, outputs: &[Output]) -> Result<(), Failure> {
    let mut tally = Tally::default();
    for (number, set) in parameter_sets(activation).into_iter().enumerate() {
        let parameters = set.parameters();
        let singular = matches!(exact(formula, 0.0, &parameters, Output::Forward), Exact::Undefined);
        // All points for the defaults, every fourth one, in turn, elsewhere: tests of a user's crate run unoptimised.
        let stride = if number == 0 { 1 } else { 4 };
        let points: Vec<f64> =
            near(&parameters).into_iter().chain(far()).skip(number % stride).step_by(stride).collect();
        for &output in outputs {
            for &x in &points {
                tally.look(formula, &set, &parameters, output, x, |reference| {
                    let got: f64 = set.evaluate(output, x);
                    let exact = reference.to_f64();
                    let error = reference.relative_error(got);
                    // Where a function climbs vertically, as a root does at 0, differences on both sides cancel out.
                    let beside: f64 = set.evaluate(output, x + 1e-12);
                    let vertical = got.is_infinite() && beside.abs() > 1e4;
                    let absolute = ABSOLUTE * (1.0 + x.abs()) + if singular { beside_zero(x) } else { 0.0 };
                    let fine = vertical || error <= RELATIVE || (got - exact).abs() <= absolute;
                    (!fine).then(|| format!("{got:e} instead of {exact:e}, relative error {error:.1e}"))
                });
            }
        }
    }
    tally.outcome(activation)
}

/// What is allowed beside 0 where the formula as written has no value at 0, as sin(x)/x or 1/tanh(x) - 1/x.
///
/// Its derivatives are quotients of differences that vanish like powers of x, and lose digits in proportion. At 0 itself
/// the limit is found; a series for the neighbourhood is not there yet.
fn beside_zero(x: f64) -> f64 {
    const LOST: f64 = 1e-14;
    if x == 0.0 { 0.0 } else { LOST / x.powi(4) }
}

/// What has been found, and how often the oracle could say anything.
#[derive(Default)]
struct Tally {
    findings: Vec<String>,
    decided: usize,
    undecided: usize,
}

impl Tally {
    fn look(
        &mut self,
        formula: &Tape,
        set: &AnyActivation,
        parameters: &[f64],
        output: Output,
        x: f64,
        compare: impl FnOnce(&Reference) -> Option<String>,
    ) {
        match exact(formula, x, parameters, output) {
            Exact::Value(reference) => {
                self.decided += 1;
                if let Some(finding) = compare(&reference) {
                    self.findings.push(format!("{} of {set:?} at x = {x:e}: {finding}", name(set, output)));
                }
            }
            // The formula has no value there as it stands, such as 0/0: nothing to compare with.
            Exact::Undefined => {}
            Exact::Inconclusive => self.undecided += 1,
        }
    }

    fn outcome(mut self, activation: &AnyActivation) -> Result<(), Failure> {
        if self.undecided > self.decided {
            self.findings.push(format!(
                "the oracle could decide only {} of {} points; the formula cancels beyond 3000 bits or overflows",
                self.decided,
                self.decided + self.undecided
            ));
        }
        outcome(activation.info().name, self.findings)
    }
}

fn name(set: &AnyActivation, output: Output) -> String {
    match output {
        Output::Forward => "f".into(),
        Output::Derivative => "f'".into(),
        Output::SecondDerivative => "f''".into(),
        Output::ParameterDerivative(index) => {
            format!("df/d{}", set.info().parameters.get(index).map_or("?", |parameter| parameter.name))
        }
    }
}

/// Every slice function against the scalar ones, bit for bit, for all short lengths and both types.
///
/// # Errors
///
/// The functions and lengths that differ.
pub fn slices(_: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    let mut findings = Vec::new();
    let mut inputs: Vec<f64> = near(&activation.parameters());
    inputs.extend(far());
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
