//! NaN and infinity.

use super::{Failure, Tape, outcome};
use crate::contract::Tail;
use crate::{AnyActivation, Output};

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
        for infinity in [f64::INFINITY, f64::NEG_INFINITY] {
            let claimed: f64 = activation.evaluate(output, infinity);
            let tail = Tail::towards(formula, &activation.parameters(), output, infinity, claimed);
            if let Some(against) = tail.contradiction(claimed) {
                findings.push(format!("{output:?} at {infinity:+} is {claimed}, but {against}"));
            }
        }
    }
    outcome(info.name, findings)
}
