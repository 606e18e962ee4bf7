//! Limits, held against the formula as written at ever larger inputs.
//!
//! The oracle has no value at infinity. It has one at 2^12, 2^20 … 2^58 (more would overflow what it computes with), and a
//! limit that is claimed must be where these values are going.

use crate::Output;
use activation_math::{Exact, Textbook, exact};

/// One of the functions of a formula at ever larger inputs, as far as the oracle goes; NaN where it has no value.
#[derive(Clone, Debug)]
pub struct Tail(Vec<f64>);

impl Tail {
    /// Follows `output` of `formula` towards `infinity`, which is a positive or a negative one.
    pub fn of<T: Textbook + ?Sized>(formula: &T, parameters: &[f64], output: Output, infinity: f64) -> Self {
        Tail(values(formula, parameters, output, infinity).collect())
    }

    /// The same, but no further than to where two values in a row are the `limit` that is claimed, to the last bit: that
    /// something vanishes is what the oracle takes longest to say.
    pub fn towards<T: Textbook + ?Sized>(
        formula: &T,
        parameters: &[f64],
        output: Output,
        infinity: f64,
        limit: f64,
    ) -> Self {
        let mut tail = Vec::new();
        for value in values(formula, parameters, output, infinity) {
            let is_settled = value == limit && tail.last() == Some(&limit);
            tail.push(value);
            if is_settled {
                break;
            }
        }
        Tail(tail)
    }

    /// The value furthest out.
    pub fn last(&self) -> Option<f64> {
        self.0.last().copied()
    }

    /// Why these values speak against the limit `claimed`, if they do; NaN claims that there is no limit.
    pub fn contradiction(&self, claimed: f64) -> Option<String> {
        let tail = self.0.as_slice();
        let [.., before, last] = *tail else {
            return Some("the oracle cannot follow the formula there".into());
        };
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
}

/// A function at ever larger inputs.
fn values<T: Textbook + ?Sized>(
    formula: &T,
    parameters: &[f64],
    output: Output,
    infinity: f64,
) -> impl Iterator<Item = f64> {
    [12, 20, 28, 34, 40, 45, 50, 54, 58].into_iter().filter_map(move |exponent| {
        let x = infinity.signum() * 2.0_f64.powi(exponent) * 1.1;
        match exact(formula, x, parameters, output) {
            Exact::Value(value) => Some(value.to_f64()),
            Exact::Undefined => Some(f64::NAN),
            Exact::Inconclusive => None,
        }
    })
}
