//! How far out plain arithmetic goes: beyond, intermediate results overflow, and a value is extrapolated instead.

use crate::lower::lower;
use activation_formula::{Choice, Function, Program, Step};

/// The least edge: nothing overflows nearer to 0.
const LEAST: f64 = 16.0;

/// Looks between an input and its double.
const LOOKS: i32 = 16;

/// The largest power of two, from `start` downwards, up to whose double a program has values on both sides; `start` if there is
/// none. Farther out there may be values again, where a branch of the program begins. In `f32` if `single`.
pub(crate) fn edge(program: &Program, parameters: &[f64], start: f64, single: bool) -> f64 {
    use Function::{Abs, Atan, Cos, Exp, Ln, Sin};
    let lowered = lower(program, &[Abs, Exp, Ln, Sin, Cos, Atan]);
    let has_value = |x: f64| [-x, x].iter().all(|&x| !value(&lowered, x, parameters, single).is_nan());
    let step = 2.0_f64.powf(f64::from(LOOKS).recip());
    let mut reach = LEAST;
    while reach <= 2.0 * start && has_value(reach) {
        reach *= step;
    }
    let mut edge = start;
    while edge >= LEAST {
        if 2.0 * edge < reach && has_value(edge) && has_value(2.0 * edge) {
            return edge;
        }
        edge *= 0.5;
    }
    start
}

/// A lowered program in plain arithmetic.
fn value(program: &Program, x: f64, parameters: &[f64], single: bool) -> f64 {
    let mut values: Vec<f64> = Vec::with_capacity(program.steps.len());
    for step in &program.steps {
        let at = |slot: usize| values.get(slot).copied().unwrap_or(f64::NAN);
        let value = match *step {
            Step::Variable => x,
            Step::Parameter(index) => parameters.get(index).copied().unwrap_or(f64::NAN),
            Step::Number(number) => number.value,
            Step::Negate(a) => -at(a),
            Step::Add(a, b) => at(a) + at(b),
            Step::Subtract(a, b) => at(a) - at(b),
            Step::Multiply(a, b) => at(a) * at(b),
            Step::Divide(a, b) => at(a) / at(b),
            Step::Sqrt(a) => at(a).sqrt(),
            Step::Power(a, b) => at(a).powf(at(b)),
            Step::Call(Function::Abs, a) => at(a).abs(),
            Step::Call(Function::Exp, a) => at(a).exp(),
            Step::Call(Function::Ln, a) => at(a).ln(),
            Step::Call(Function::Sin, a) => at(a).sin(),
            Step::Call(Function::Cos, a) => at(a).cos(),
            Step::Call(_, a) => at(a).atan(),
            Step::Select(Choice { left, right, or_equal, then, otherwise, .. }) => {
                let holds = if or_equal { at(left) <= at(right) } else { at(left) < at(right) };
                if holds { at(then) } else { at(otherwise) }
            }
            // Lowered away.
            Step::Whole(a, _) | Step::Min(a, _) | Step::Max(a, _) => at(a),
        };
        values.push(if single { f64::from(value as f32) } else { value });
    }
    program.outputs.first().and_then(|&slot| values.get(slot)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::edge;
    use activation_formula::compile;
    use activation_math::Output;

    #[test]
    fn edges_are_where_something_overflows() {
        let slope = |text: &str, single| {
            let compiled = compile(text).unwrap();
            edge(compiled.program(Output::Derivative).unwrap(), &[], 2.0_f64.powi(31), single)
        };
        assert_eq!(slope("x / (1 + exp(-x))", false), 2.0_f64.powi(31));
        // exp(x) is infinite from 89 on in f32, which the program leaves alone from 100 on.
        assert!(slope("x * tanh(exp(x))", true) <= 32.0);
        assert!(slope("x * tanh(exp(x))", true) < slope("x * tanh(exp(x))", false));
    }
}
