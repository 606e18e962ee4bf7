//! Where a sample is not enough: branch points; and formulas in which nothing can go wrong, whatever the parameters.

use super::Examiner;
use super::points::{at_rank, rank, sort};
use crate::evaluate::results;
use crate::function::Function;
use crate::program::{Program, Slot, Step};
use activation_math::Real;

/// Branch points beyond this many are left to the sample.
const MOST_EDGES: usize = 24;

impl Examiner<'_> {
    /// The points, with the branch points among them and their neighbours; and the ranks of the branch points.
    pub(super) fn with_edges(&self, mut points: Vec<f64>) -> (Vec<f64>, Vec<i64>) {
        let edges = self.edges(&points);
        points.extend(edges.iter().flat_map(|&edge| (-2..=2).map(move |step| at_rank(edge + step))));
        points.retain(|x| x.is_finite());
        sort(&mut points);
        (points, edges)
    }

    /// The ranks of numbers at which a comparison turns.
    fn edges(&self, points: &[f64]) -> Vec<i64> {
        if !self.program.steps.iter().any(|step| sides(step).is_some()) {
            return Vec::new();
        }
        let signs = |x: f64| -> Vec<f64> {
            let values = results(self.program, x, self.parameters);
            let of = |slot: Option<Slot>| slot.and_then(|slot| values.get(slot).copied()).unwrap_or(0.0);
            let differences = self.program.steps.iter().filter_map(sides);
            differences.map(|(left, right)| (of(Some(left)) - of(right)).sign()).collect()
        };
        let mut edges = Vec::new();
        let mut before: Option<(f64, Vec<f64>)> = None;
        for &x in points {
            let here = signs(x);
            if let Some((last, there)) = &before {
                for (index, (&left, &right)) in there.iter().zip(&here).enumerate() {
                    if left * right < 0.0 && edges.len() < MOST_EDGES {
                        let turned = |x: f64| signs(x).get(index).is_none_or(|&sign| sign != left);
                        edges.push(first_rank(rank(*last), rank(x), turned));
                    } else if right == 0.0 && edges.len() < MOST_EDGES {
                        edges.push(rank(x));
                    }
                }
            }
            before = Some((x, here));
        }
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}

/// What a step compares: two sides, or one with 0.
fn sides(step: &Step) -> Option<(Slot, Option<Slot>)> {
    match *step {
        Step::Select(choice) => Some((choice.left, Some(choice.right))),
        Step::Min(a, b) | Step::Max(a, b) => Some((a, Some(b))),
        Step::Call(Function::Abs | Function::Sign, a) => Some((a, None)),
        _ => None,
    }
}

/// The first rank after `low`, up to `high`, from which on `turned` holds.
fn first_rank(mut low: i64, mut high: i64, turned: impl Fn(f64) -> bool) -> i64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if turned(at_rank(middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Which steps are known not to be negative, whatever the input and the parameters.
pub(crate) fn positive(program: &Program) -> Vec<bool> {
    let mut positive = vec![false; program.steps.len()];
    for (slot, step) in program.steps.iter().enumerate() {
        positive[slot] = match *step {
            Step::Number(number) => number.value >= 0.0,
            Step::Variable | Step::Parameter(_) | Step::Negate(_) | Step::Subtract(..) => false,
            Step::Multiply(a, b) => a == b || (positive[a] && positive[b]),
            Step::Add(a, b) | Step::Divide(a, b) | Step::Min(a, b) => positive[a] && positive[b],
            Step::Max(a, b) => positive[a] || positive[b],
            Step::Whole(a, exponent) => exponent % 2 == 0 || positive[a],
            Step::Power(a, _) => positive[a],
            Step::Sqrt(_) => true,
            Step::Select(choice) => positive[choice.then] && positive[choice.otherwise],
            Step::Call(function, a) => match function {
                Function::Abs
                | Function::Exp
                | Function::Cosh
                | Function::Sigmoid
                | Function::Softplus
                | Function::Sech
                | Function::Decay
                | Function::DecayGap
                | Function::Erfc
                | Function::NormalCdf
                | Function::Gauss
                | Function::Logcosh
                | Function::ExpExcess => true,
                Function::Tanh
                | Function::Sinh
                | Function::Asinh
                | Function::Atan
                | Function::Erf
                | Function::Expm1
                | Function::Cbrt
                | Function::Log1p
                | Function::Tanhshrink => positive[a],
                _ => false,
            },
        };
    }
    positive
}

/// Whether nothing in a program can cancel or overflow unseen, whatever the parameters: then what holds for the defaults
/// holds for all of them.
pub(super) fn is_harmless(program: &Program) -> bool {
    let positive = positive(program);
    // Which steps may be infinite although the result would not be.
    let mut growing = vec![false; program.steps.len()];
    // A comparison that rounding can turn is no longer the author's.
    let is_plain = |slot: Slot| match program.steps[slot] {
        Step::Variable | Step::Parameter(_) | Step::Number(_) => true,
        Step::Negate(inner) => matches!(program.steps[inner], Step::Variable | Step::Parameter(_)),
        Step::Call(Function::Abs, inner) => matches!(program.steps[inner], Step::Variable),
        _ => false,
    };
    for (slot, step) in program.steps.iter().enumerate() {
        let grows = step.reads().iter().any(|&read| growing[read]);
        growing[slot] = grows;
        let harmless = match *step {
            Step::Add(a, b) => positive[a] && positive[b],
            Step::Subtract(..) | Step::Power(..) => false,
            Step::Divide(_, b) => !growing[b],
            Step::Select(choice) => is_plain(choice.left) && is_plain(choice.right),
            Step::Whole(_, exponent) => {
                growing[slot] = grows || exponent > 4;
                true
            }
            Step::Call(function, _) => {
                growing[slot] = grows
                    || matches!(function, Function::Exp | Function::Cosh | Function::Expm1 | Function::Sinh);
                !matches!(function, Function::Ln | Function::Log1p | Function::Sin | Function::Cos)
            }
            _ => true,
        };
        if !harmless {
            return false;
        }
    }
    true
}
