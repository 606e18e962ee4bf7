//! Values against the oracle.
//!
//! Tests of a user's crate run unoptimised, where the oracle takes about half a millisecond for a value, some for a
//! slope, and a tenth of a second to say that something vanishes. So slopes are taken at fewer points than values,
//! other sets of parameters at fewer than the defaults, each time others; and where results vanish at many points in a
//! row, the first and the last of them stand for all.

use super::bound::finding;
use super::sample::{Point, parameter_sets, points};
use super::{Failure, Tape, outcome};
use crate::{AnyActivation, Output};
use activation_math::{Exact, exact};

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
    for (number, set) in parameter_sets(activation).iter().enumerate() {
        for (turn, &output) in outputs.iter().enumerate() {
            let (defaults, phase) = (number == 0, number + turn);
            let points = points(formula, set, output, (phase, stride(output, outputs.len(), defaults)));
            let sides = if defaults { BOTH_SIDES } else { &BOTH_SIDES[phase % 2..][..1] };
            for x in worth_asking(set, output, &points, sides) {
                tally.look(formula, set, output, x);
            }
        }
    }
    tally.outcome(activation)
}

/// One of how many numbers is looked at, for an output that is tested together with others.
fn stride(output: Output, together: usize, defaults: bool) -> usize {
    let stride = match output {
        Output::Forward => 1,
        Output::Derivative => 2,
        Output::SecondDerivative => 3,
        Output::ParameterDerivative(_) => 2 + together,
    };
    if defaults { stride } else { 8 * stride }
}

/// The signs of x for which vanishing results are looked at.
const BOTH_SIDES: &[f64] = &[-1.0, 1.0];

/// The points without those at which the result vanishes for `f32` too, but for the ends of every row of them on the
/// given sides.
fn worth_asking(activation: &AnyActivation, output: Output, points: &[Point], sides: &[f64]) -> Vec<f64> {
    const VANISHES: f64 = 7e-46; // half of the smallest number of f32
    let vanishes: Vec<bool> =
        points.iter().map(|point| activation.evaluate(output, point.x).abs() < VANISHES).collect();
    let is_end = |number: usize| {
        let neighbours = number.checked_sub(1).and_then(|before| vanishes.get(before..number + 2));
        neighbours.is_none_or(|three| three.contains(&false))
    };
    let is_asked = |number: usize, point: &Point| {
        let stands_for_all = || is_end(number) && sides.contains(&point.x.signum());
        point.is_essential || !vanishes[number] || stands_for_all()
    };
    let asked = points.iter().enumerate().filter(|&(number, point)| is_asked(number, point));
    asked.map(|(_, point)| point.x).collect()
}

/// What has been found, and how often the oracle could say anything.
#[derive(Default)]
struct Tally {
    findings: Vec<String>,
    decided: usize,
    undecided: usize,
}

impl Tally {
    fn look(&mut self, formula: &Tape, set: &AnyActivation, output: Output, x: f64) {
        let parameters = set.parameters();
        match exact(&*formula.taken(x, &parameters), x, &parameters, output) {
            Exact::Value(reference) => {
                self.decided += 1;
                let finding = finding(set, output, x, &reference, formula.is_certified);
                let place = || format!("{} of {set:?} at x = {x:e}", name(set, output));
                self.findings.extend(finding.map(|finding| format!("{}: {finding}", place())));
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
