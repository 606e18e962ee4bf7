//! Hand-written forms against the formula that they stand for.

use super::points::sample;
use crate::evaluate::run;
use crate::program::Program;
use activation_math::{Body, Precision, Real, certified};

/// Where a form is not what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Contradiction {
    pub(crate) x: f64,
    pub(crate) parameters: Vec<f64>,
    pub(crate) form: f64,
    pub(crate) formula: f64,
}

/// So many times fewer points than for a certificate: a form that is another function shows it soon.
const STRIDE: usize = 5;

/// The relative difference that two results good to an eighth of a unit of `f32` may have.
const ROUNDING: f64 = 3e-8;

/// Compares a form with the formula wherever both are known well enough.
pub(crate) fn contradiction(form: &Program, formula: &Program, sets: &[Vec<f64>]) -> Option<Contradiction> {
    for parameters in sets {
        for x in sample().into_iter().step_by(STRIDE) {
            let value = |program| certified(&Running { program, parameters }, x, Precision::Single);
            let (Some(form), Some(formula)) = (value(form), value(formula)) else { continue };
            let least = f64::from(f32::from_bits(1));
            if !((form - formula).abs() <= ROUNDING * formula.abs() + least || form == formula) {
                return Some(Contradiction { x, parameters: parameters.clone(), form, formula });
            }
        }
    }
    None
}

struct Running<'a> {
    program: &'a Program,
    parameters: &'a [f64],
}

impl Body for Running<'_> {
    fn at<R: Real>(&self, x: R) -> R {
        run(self.program, x, self.parameters).first().copied().unwrap_or(x)
    }
}
