//! Where a sample is not enough: branch points, and roots, beside which a difference of nearly equal terms is all that is
//! left.

use super::Examiner;
use super::points::{at_rank, rank, sort};
use crate::evaluate::results;
use crate::function::Function;
use crate::program::{Program, Slot, Step};
use activation_math::{Body, Real};

/// Branch points beyond this many are left to the sample.
const MOST_EDGES: usize = 24;

/// Roots beyond this many are left to the sample.
const MOST_DIPS: usize = 12;

impl Examiner<'_> {
    /// The points, with the branch points and the places where the result is small among them, and their neighbours.
    pub(super) fn with_suspects(&self, mut points: Vec<f64>) -> Vec<f64> {
        let beside = |ranks: Vec<i64>, steps: &'static [i64]| {
            ranks
                .into_iter()
                .flat_map(move |rank| steps.iter().flat_map(move |&step| [rank - step, rank + step]))
        };
        let edges = beside(self.edges(&points), &[0, 1, 2]);
        // Roots depend on the parameters; those for the defaults are looked for.
        let dips = if self.closely { self.dips(&points) } else { Vec::new() };
        let dips = beside(dips, &[0, 1, 2, 3, 1 << 4, 1 << 8, 1 << 12, 1 << 16, 1 << 20]);
        points.extend(edges.chain(dips).map(at_rank));
        points.retain(|x| x.is_finite());
        sort(&mut points);
        points
    }

    /// The ranks of numbers at which the result is closer to 0 than at all neighbours: roots, single and double.
    fn dips(&self, points: &[f64]) -> Vec<i64> {
        let value = |rank: i64| -> f64 { self.at(at_rank(rank)) };
        let ranks: Vec<i64> = points.iter().map(|&x| rank(x)).collect();
        let values: Vec<f64> = ranks.iter().map(|&rank| value(rank)).collect();
        let mut dips = Vec::new();
        for (value_pair, at) in values.windows(2).zip(ranks.windows(2)) {
            let (&[left, right], &[low, high]) = (value_pair, at) else { continue };
            if left * right < 0.0 {
                dips.push(first_rank(low, high, |x| self.at(x) * left <= 0.0));
            }
        }
        for (three, at) in values.windows(3).zip(ranks.windows(3)) {
            let (&[left, middle, right], &[low, _, high]) = (three, at) else { continue };
            let (before, here, after) = (left.abs(), middle.abs(), right.abs());
            // Beside a double root the result falls by more than half from one point to the next.
            let falls = here < before && here < after && 4.0 * here <= before.max(after);
            if falls && left * middle >= 0.0 && middle * right >= 0.0 {
                dips.push(lowest(low, high, |rank| value(rank).abs()));
            }
        }
        dips.truncate(MOST_DIPS);
        dips
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

/// The rank between two others at which `size` is smallest, if it first falls and then grows.
fn lowest(mut low: i64, mut high: i64, size: impl Fn(i64) -> f64) -> i64 {
    while high - low > 2 {
        let third = (high - low) / 3;
        let (left, right) = (low + third, high - third);
        if size(left) < size(right) {
            high = right;
        } else {
            low = left;
        }
    }
    low + (high - low) / 2
}

/// Whether a sum, or a function with roots, is taken of sines or cosines: it has roots without number, some of them closer
/// to an input than any sample shows.
pub(super) fn has_endless_roots(program: &Program) -> bool {
    let mut waves = vec![false; program.steps.len()];
    for (slot, step) in program.steps.iter().enumerate() {
        let reads = step.reads();
        let of_a_wave = reads.iter().any(|&read| waves[read]);
        let varies = |slot: Slot| !matches!(program.steps[slot], Step::Number(_) | Step::Parameter(_));
        match step {
            Step::Add(..)
            | Step::Subtract(..)
            | Step::Call(Function::Ln | Function::Sin | Function::Cos, _)
                if of_a_wave =>
            {
                return true;
            }
            Step::Call(Function::Sin | Function::Cos, argument) => waves[slot] = varies(*argument),
            _ => waves[slot] = of_a_wave,
        }
    }
    false
}
