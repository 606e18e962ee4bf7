//! What `f32` arithmetic would make of a program, and under which conditions: the piecewise linear ones are exact in it, or
//! round once at the end, and need no wider numbers.

use crate::function::Function;
use crate::program::{Program, Slot, Step};

/// How exact a step is in `f32`, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum InSingle {
    /// It may differ from the `f64` result rounded to `f32`.
    Rough,
    /// It is that: one rounding of exact operands, and nothing after it that could show it.
    RoundedOnce,
    /// Nothing is rounded.
    Exact,
}

/// Whether a number is one of `f32`.
pub(crate) fn is_single(value: f64) -> bool {
    f64::from(value as f32) == value
}

/// What is known of the first output, if the parameters at the indices given are numbers of `f32`.
pub(crate) fn in_single(program: &Program) -> (InSingle, Vec<usize>) {
    let mut known: Vec<InSingle> = Vec::with_capacity(program.steps.len());
    let mut parameters = Vec::new();
    for step in &program.steps {
        let of = |slot: Slot| known.get(slot).copied().unwrap_or(InSingle::Rough);
        // Rounding does not change the order of two numbers, so that the smaller one rounded is the smaller of the rounded.
        let either = |a: Slot, b: Slot| of(a).min(of(b));
        let once = |exact: bool| if exact { InSingle::RoundedOnce } else { InSingle::Rough };
        let all = |slots: &[Slot]| slots.iter().all(|&slot| of(slot) == InSingle::Exact);
        known.push(match *step {
            Step::Variable => InSingle::Exact,
            Step::Parameter(index) => {
                parameters.push(index);
                InSingle::Exact
            }
            Step::Number(number) => {
                let fits = number.rest == 0.0 && is_single(number.value);
                if fits { InSingle::Exact } else { InSingle::Rough }
            }
            Step::Negate(a) | Step::Call(Function::Abs, a) => of(a),
            Step::Call(Function::Sign, a) if all(&[a]) => InSingle::Exact,
            Step::Add(a, b) | Step::Subtract(a, b) | Step::Multiply(a, b) => once(all(&[a, b])),
            Step::Whole(a, 2) => once(all(&[a])),
            Step::Min(a, b) | Step::Max(a, b) => either(a, b),
            Step::Select(choice) if all(&[choice.left, choice.right]) => {
                either(choice.then, choice.otherwise)
            }
            _ => InSingle::Rough,
        });
    }
    let result = program.outputs.first().and_then(|&slot| known.get(slot));
    (result.copied().unwrap_or(InSingle::Rough), parameters)
}

#[cfg(test)]
mod tests {
    use super::{InSingle, in_single};
    use crate::compile;

    #[test]
    fn piecewise_linear_formulas_need_no_wider_numbers() {
        for (formula, [forward, derivative]) in [
            ("max(0, x)", [InSingle::Exact, InSingle::Exact]),
            ("if x <= 0 { 0 } else if x < 6 { x } else { 6 }", [InSingle::Exact, InSingle::Exact]),
            (
                "P(x; slope = 1 / 4) = if x > 0 { x } else { slope * x }",
                [InSingle::RoundedOnce, InSingle::Exact],
            ),
            ("max(0, x)^2", [InSingle::RoundedOnce, InSingle::RoundedOnce]),
            ("if x > 0.5 { x - 0.5 } else { 0 }", [InSingle::RoundedOnce, InSingle::Exact]),
            // A tenth is no number of f32, a quotient is not looked into, and a sum of a product rounds twice.
            ("if x > 0 { x } else { 0.1 * x }", [InSingle::Rough, InSingle::Rough]),
            ("x * max(0, x) + 1", [InSingle::Rough, InSingle::RoundedOnce]),
            ("exp(x)", [InSingle::Rough, InSingle::Rough]),
            // A comparison of what has been rounded may go the other way.
            ("if x + 1 > x * x { x } else { 0 }", [InSingle::Rough, InSingle::Rough]),
        ] {
            let compiled = compile(formula).expect("a formula");
            let found = [0, 1].map(|index| in_single(&compiled.programs.single[index]).0);
            assert_eq!(found, [forward, derivative], "{formula}");
        }
    }
}
