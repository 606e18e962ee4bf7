//! Programs run on any number type, at run time.

use crate::constant::call;
use crate::program::{Choice, Program, Step};
use activation_math::Real;

/// Runs a program whose variable is `x`; `parameters` in the order of declaration. One result per output.
pub(crate) fn run<R: Real>(program: &Program, x: R, parameters: &[f64]) -> Vec<R> {
    let values = results(program, x, parameters);
    program.outputs.iter().map(|&slot| values.get(slot).copied().unwrap_or(x)).collect()
}

/// The results of all steps, in their order.
pub(crate) fn results<R: Real>(program: &Program, x: R, parameters: &[f64]) -> Vec<R> {
    let mut values: Vec<R> = Vec::with_capacity(program.steps.len());
    for step in &program.steps {
        let at = |slot: usize| values.get(slot).copied().unwrap_or(x);
        let value = match *step {
            Step::Variable => x,
            Step::Parameter(index) => x.literal(parameters.get(index).copied().unwrap_or(f64::NAN)),
            Step::Number(number) => number.in_the_type_of(x),
            Step::Negate(a) => -at(a),
            Step::Add(a, b) => at(a) + at(b),
            Step::Subtract(a, b) => at(a) - at(b),
            Step::Multiply(a, b) => at(a) * at(b),
            Step::Divide(a, b) => at(a) / at(b),
            Step::Whole(a, exponent) => at(a).powi(exponent),
            Step::Sqrt(a) => at(a).sqrt(),
            Step::Power(a, b) => at(a).pow(at(b)),
            Step::Call(function, a) => call(function, at(a)),
            Step::Min(a, b) => at(a).min(at(b)),
            Step::Max(a, b) => at(a).max(at(b)),
            Step::Select(choice) => {
                choose(choice, at(choice.left), at(choice.right), at(choice.then), at(choice.otherwise))
            }
        };
        values.push(value);
    }
    values
}

/// One of two values, by a comparison of two others.
#[inline(always)]
pub(crate) fn choose<R: Real>(choice: Choice, left: R, right: R, then: R, otherwise: R) -> R {
    match (choice.guarded, choice.or_equal) {
        (false, false) => R::select(left.less(right), then, otherwise),
        (false, true) => R::select(left.less_equal(right), then, otherwise),
        (true, false) => R::if_less(left, right, then, otherwise),
        (true, true) => R::if_less_equal(left, right, then, otherwise),
    }
}
