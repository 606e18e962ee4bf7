//! NaN and infinity.

use super::{Failure, Tape, outcome};
use crate::{AnyActivation, Output};
use activation_math::{Exact, exact};

/// NaN in, NaN out; at ±∞ the limit, as far as the formula as written shows it at ever larger inputs.
///
/// # Errors
///
/// What is not so.
pub fn special_values(formula: &Tape, activation: &AnyActivation) -> Result<(), Failure> {
    let info = activation.info();
    let mut findings = Vec::new();
    for output in Output::all(info.parameters.len()) {
        let at_nan: f64 = activation.evaluate(output, f64::NAN);
        if !at_nan.is_nan() {
            findings.push(format!("{output:?} of NaN is {at_nan}, not NaN"));
        }
        for sign in [1.0, -1.0] {
            let claimed: f64 = activation.evaluate(output, sign * f64::INFINITY);
            let tail = tail(formula, activation, output, sign);
            if let Some(against) = contradiction(claimed, &tail) {
                let side = if sign > 0.0 { "+" } else { "-" };
                findings.push(format!("{output:?} at {side}inf is {claimed}, but {against}"));
            }
        }
    }
    outcome(info.name, findings)
}

/// The formula at ever larger inputs, as far as the oracle goes; NaN where it has no value.
fn tail(formula: &Tape, activation: &AnyActivation, output: Output, sign: f64) -> Vec<f64> {
    let parameters = activation.parameters();
    [12, 20, 28, 34, 40, 45, 50, 54, 58]
        .into_iter()
        .filter_map(|exponent| {
            let x = sign * 2.0_f64.powi(exponent) * 1.1;
            match exact(formula, x, &parameters, output) {
                Exact::Value(value) => Some(value.to_f64()),
                Exact::Undefined => Some(f64::NAN),
                Exact::Inconclusive => None,
            }
        })
        .collect()
}

/// Why the tail of a function speaks against a limit, if it does.
fn contradiction(claimed: f64, tail: &[f64]) -> Option<String> {
    let [.., before, last] = *tail else { return Some("the oracle cannot follow the formula there".into()) };
    if claimed.is_nan() {
        let settled = (last - before).abs() <= 1e-12 * last.abs().max(1e-300);
        let grows = last.abs() > 1e6
            && tail.windows(2).all(|pair| pair[1].abs() > pair[0].abs() && pair[1] * pair[0] > 0.0);
        return (settled || grows).then(|| format!("the formula goes to {last:e}"));
    }
    if last.is_nan() {
        return Some("the formula has no value there".into());
    }
    if claimed.is_infinite() {
        let grows =
            tail.windows(2).all(|pair| (pair[1] - pair[0]) * claimed.signum() > 0.0) || last == claimed;
        return (!grows).then(|| format!("the formula goes from {before:e} to {last:e}"));
    }
    let distances: Vec<f64> = tail.iter().map(|value| (value - claimed).abs()).collect();
    let arrived = distances.last().is_some_and(|&distance| distance <= 1e-9 * claimed.abs().max(1e-6));
    let approaches = distances.windows(2).all(|pair| pair[1] < pair[0]);
    (!arrived && !approaches).then(|| format!("the formula goes from {before:e} to {last:e}"))
}
