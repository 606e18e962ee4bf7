//! Where a sample is not enough: branch points, and roots, beside which a difference of nearly equal terms is all that is
//! left.

use super::Examiner;
use super::points::{at_rank, rank, sort};
use crate::evaluate::results;
use crate::function::Function;
use crate::program::{Program, Slot, Step};
use activation_math::Real;

/// Branch points beyond this many are left to the sample.
const MOST_EDGES: usize = 24;

/// Sums that cancel at more places than this are left to the sample there.
const MOST_DIPS: usize = 40;

/// A sum that is smaller than this beside its terms, at a point of a grid, may vanish near it.
const SMALL_SUM: f64 = 0.9;

/// What rounding leaves of a sum that cancels over a whole stretch, as terms do whose leading parts are equal: the sample
/// sees that by itself.
const NOISE: f64 = 1e-12;

/// Parts that a stretch of the grid is divided into where a sum is small, to tell two roots apart.
const PARTS: i64 = 16;

impl Examiner<'_> {
    /// The points, with the branch points and the places where a sum cancels among them, and their neighbours.
    pub(super) fn with_suspects(&self, points: Vec<f64>) -> Vec<f64> {
        let mut points = self.with_edges(points);
        points.extend(self.dips().iter().flat_map(|&dip| {
            const STEPS: [i64; 9] = [0, 1, 2, 3, 1 << 4, 1 << 8, 1 << 12, 1 << 16, 1 << 20];
            STEPS.into_iter().flat_map(move |step| [at_rank(dip - step), at_rank(dip + step)])
        }));
        points.retain(|x| x.is_finite());
        sort(&mut points);
        points
    }

    /// The points, with the branch points among them and their neighbours.
    pub(super) fn with_edges(&self, mut points: Vec<f64>) -> Vec<f64> {
        let edges = self.edges(&points);
        points.extend(edges.iter().flat_map(|&edge| (-2..=2).map(move |step| at_rank(edge + step))));
        points.retain(|x| x.is_finite());
        sort(&mut points);
        points
    }

    /// The ranks of numbers at which a sum is smallest beside its terms: its roots, single and double.
    ///
    /// Not the roots of the result alone: a sum may be a denominator, or stand under a logarithm.
    fn dips(&self) -> Vec<i64> {
        let sums = sums_that_cancel(self.program);
        if sums.is_empty() {
            return Vec::new();
        }
        // Of each sum, its size beside its terms, with its sign.
        let balances = |rank: i64| -> Vec<f64> {
            let values = results(self.program, at_rank(rank), self.parameters);
            let of = |slot: Slot| values.get(slot).copied().unwrap_or(f64::NAN);
            sums.iter().map(|&(sum, a, b)| of(sum) / (of(a).abs() + of(b).abs())).collect()
        };
        let grid: Vec<i64> = grid();
        let seen: Vec<Vec<f64>> = grid.iter().map(|&rank| balances(rank)).collect();
        let mut dips = Vec::new();
        for (places, balances_there) in grid.windows(3).zip(seen.windows(3)) {
            let (&[low, middle, high], [left, here, right]) = (places, balances_there) else { continue };
            for (which, ((left, here), right)) in left.iter().zip(here).zip(right).enumerate() {
                let balance = |rank: i64| balances(rank).get(which).copied().unwrap_or(f64::NAN);
                if dips.len() >= MOST_DIPS {
                    return dips;
                }
                if here * right < 0.0 && here.abs().max(right.abs()) > NOISE {
                    dips.push(first_rank(middle, high, |x| balance(rank(x)) * here <= 0.0));
                } else if is_dip(*left, *here, *right) {
                    vanishing(low, high, &balance, &mut dips);
                }
            }
        }
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

/// Whether a balance is smaller in the middle; on a plateau, where only rounding moves it, it is not.
fn is_dip(left: f64, here: f64, right: f64) -> bool {
    const CLEARLY: f64 = 0.999;
    let [left, here, right] = [left, here, right].map(f64::abs);
    let is_noise = left.max(right) <= NOISE;
    here <= SMALL_SUM && here <= left && here <= right && here < CLEARLY * left.max(right) && !is_noise
}

/// Looks between two ranks for where a balance changes its sign, and for where it is smallest.
fn vanishing(low: i64, high: i64, balance: &impl Fn(i64) -> f64, dips: &mut Vec<i64>) {
    let (mut low, mut high) = (low, high);
    while high - low > PARTS {
        let places: Vec<i64> = (0..=PARTS).map(|part| low + (high - low) / PARTS * part).collect();
        let values: Vec<f64> = places.iter().map(|&place| balance(place)).collect();
        let mut turned = false;
        for (pair, at) in values.windows(2).zip(places.windows(2)) {
            let (&[left, right], &[from, to]) = (pair, at) else { continue };
            if left * right < 0.0 {
                dips.push(first_rank(from, to, |x| balance(rank(x)) * left <= 0.0));
                turned = true;
            }
        }
        let smallest = (0..values.len()).min_by(|&a, &b| values[a].abs().total_cmp(&values[b].abs()));
        let Some(smallest) = smallest.filter(|_| !turned) else { return };
        let (before, after) = (smallest.saturating_sub(1), (smallest + 1).min(places.len() - 1));
        (low, high) = (places[before], places[after]);
    }
    dips.push(low + (high - low) / 2);
}

/// Where sums are looked at: four places an octave where formulas change, one elsewhere.
fn grid() -> Vec<i64> {
    const OCTAVE: i64 = 1 << 23;
    let smallest = rank(f64::from(f32::MIN_POSITIVE));
    let octaves = (0..254).flat_map(|octave: i64| {
        let parts = if (100..168).contains(&octave) { 4 } else { 1 };
        (0..parts).map(move |part| smallest + octave * OCTAVE + part * OCTAVE / parts)
    });
    // Not on the round numbers: a root there would be looked over for an exact zero.
    let sizes: Vec<i64> = octaves.map(|rank| rank + 12_345).collect();
    sizes.iter().rev().map(|&rank| -rank).chain([0]).chain(sizes.iter().copied()).collect()
}

/// The steps that can cancel: sums that depend on the variable and whose terms may be of different signs, with their
/// terms.
fn sums_that_cancel(program: &Program) -> Vec<(Slot, Slot, Slot)> {
    let positive = positive(program);
    let sums = program.steps.iter().enumerate().filter_map(|(slot, step)| match *step {
        Step::Add(a, b) if !(positive[a] && positive[b]) => Some((slot, a, b)),
        Step::Subtract(a, b) => Some((slot, a, b)),
        _ => None,
    });
    sums.filter(|&(slot, ..)| varies(program, slot)).collect()
}

/// Whether a sum, or a function with roots, is taken of sines or cosines: it has roots without number, some of them closer
/// to an input than any sample shows. So has a sine whose argument is rounded.
pub(super) fn has_endless_roots(program: &Program, parameters: &[f64]) -> bool {
    let mut waves = vec![false; program.steps.len()];
    for (slot, step) in program.steps.iter().enumerate() {
        let reads = step.reads();
        let of_a_wave = reads.iter().any(|&read| waves[read]);
        match *step {
            Step::Call(Function::Sin | Function::Cos, argument) if varies(program, argument) => {
                if !is_exact(program, argument, parameters) {
                    return true;
                }
                waves[slot] = true;
            }
            Step::Add(..) | Step::Subtract(..) | Step::Min(..) | Step::Max(..) if of_a_wave => return true,
            Step::Call(Function::Ln | Function::Log1p | Function::Sin | Function::Cos, _) if of_a_wave => {
                return true;
            }
            Step::Select(choice) if waves[choice.left] || waves[choice.right] => return true,
            _ => waves[slot] = of_a_wave,
        }
    }
    false
}

/// Whether a step depends on the variable.
fn varies(program: &Program, slot: Slot) -> bool {
    match &program.steps[slot] {
        Step::Variable => true,
        step => step.reads().into_iter().any(|read| varies(program, read)),
    }
}

/// Whether a step is computed without rounding for every `f32`: the variable, or a short multiple of it.
fn is_exact(program: &Program, slot: Slot, parameters: &[f64]) -> bool {
    let is_short = |value: f64| f64::from(value as f32) == value;
    let is_short_factor = |slot: Slot| match program.steps[slot] {
        Step::Number(number) => number.rest == 0.0 && is_short(number.value),
        Step::Parameter(index) => parameters.get(index).is_some_and(|&value| is_short(value)),
        _ => false,
    };
    match program.steps[slot] {
        Step::Variable => true,
        Step::Negate(inner) => is_exact(program, inner, parameters),
        Step::Multiply(a, b) => {
            let is_variable = |slot: Slot| matches!(program.steps[slot], Step::Variable);
            (is_variable(a) && is_short_factor(b)) || (is_short_factor(a) && is_variable(b))
        }
        _ => false,
    }
}

/// Which steps are known not to be negative, whatever the input and the parameters.
fn positive(program: &Program) -> Vec<bool> {
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
