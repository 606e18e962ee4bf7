//! The certificate: what rounding can do to a program, found before it is used.
//!
//! The program is run on numbers that carry a bound of their own error, at inputs of every order of magnitude and at and
//! beside every branch point; then, between those, on all inputs of an interval at once, which is divided until the bound
//! is small enough for each of them ([`cells`]). Where it stays below three eighths of a unit in the last place of `f32`,
//! plain `f64` arithmetic gives a result within one unit. Elsewhere, beside roots mostly, the more careful ways of
//! `activation_math` have to reach that; the interval is handed to the kernel, which goes there. Where they cannot either,
//! the certificate is refused, with the input, the error and the part of the formula that loses the digits.
//!
//! For plain arithmetic and the parameters' defaults that is a proof for every input. The careful ways are proven in the same
//! manner as far as double-double goes, and tried at the numbers that are left.

mod agreement;
mod branches;
mod cells;
mod points;
#[cfg(test)]
mod tests;
mod words;

use crate::evaluate::{results, run};
use crate::program::{Program, Slot};
use crate::resolve::ParameterValue;
use activation_math::{
    Approximate, Body, Brief, Extended, Germ, Interval, Magnitude, Output, Precision, Real, Size, Tracked,
    certified, limit_at, limit_towards,
};
pub(crate) use agreement::contradiction;
use branches::is_harmless;
pub(crate) use branches::positive;
use cells::Cell;
use points::sample;
pub(crate) use points::{at_rank, rank};
use std::cell::RefCell;
use std::collections::HashMap;
pub use words::in_words;
pub(crate) use words::{Words, shortest};

/// What has been found about the first output of a program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Certificate {
    /// Branch points: inputs at which a comparison turns, as numbers of `f32`.
    pub(crate) edges: Vec<f64>,
    /// The largest bound of the error where plain `f64` arithmetic is used, in units in the last place of `f32`, before
    /// the result is rounded.
    pub worst: f64,
    /// Where that is.
    pub at: f64,
    /// Where plain arithmetic is not used.
    pub careful: Vec<Interval>,
    /// Whether all this holds for other parameters than the defaults.
    pub elsewhere: bool,
    /// Why there is no certificate.
    pub(crate) refusal: Option<Refusal>,
}

impl Certificate {
    /// How many numbers of `f32` need more care.
    pub(crate) fn breadth(&self) -> i64 {
        self.careful.iter().map(|&(low, high)| rank(high) - rank(low) + 1).sum()
    }

    /// Whether every result for `f32` is within 1 ULP, as far as has been looked.
    pub fn is_given(&self) -> bool {
        self.refusal.is_none()
    }
}

/// An input at which no way of evaluation is exact enough.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) x: f64,
    pub(crate) parameters: Vec<f64>,
    pub(crate) loss: Loss,
}

/// What goes wrong there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Loss {
    /// This step loses the digits: the result is off by up to so many units in the last place of `f32`.
    Digits(Slot, f64),
    /// There is a value on both sides, and the same one, but none in between.
    Value,
    /// There are different values on both sides, and none in between.
    Slope,
    /// Values at ever larger inputs settle or grow, but the limit is not known.
    Limit,
}

/// Of neighbouring inputs that plain arithmetic cannot do, so many are tried in the careful ways.
const MOST_TRIED: usize = 24;

/// A relative error that is still far below what counts.
const HARMLESS: f64 = 1e-9;

/// Values at neighbouring numbers of `f32` that may be those of a smooth function.
const SAME_NEIGHBOUR: f64 = 1e-3;

/// Limits at a point come from series, which cancel where the formula does.
const SAME_LIMIT: f64 = 1e-6;

/// Examines a program closely at its first set of parameters. For the others the careful ways have to be exact enough at
/// every eighth point, and plain arithmetic too unless nothing in the program can cancel.
///
/// `nothing_at_0` says whether the formula is exactly 0 at 0.
pub(crate) fn certify(
    program: &Program,
    output: Output,
    sets: &[Vec<f64>],
    nothing_at_0: &dyn Fn(&[f64]) -> bool,
) -> Certificate {
    let mut certificate = Certificate { elsewhere: is_harmless(program), ..Certificate::default() };
    for (number, (parameters, points)) in views(output, sets).enumerate() {
        let expansions = RefCell::default();
        let mut examiner =
            Examiner { program, output, parameters, nothing_at_0, certificate: &mut certificate, expansions };
        if number == 0 {
            examiner.examine(points);
            examiner.limits();
        } else {
            examiner.examine_elsewhere(points);
        }
    }
    certificate.careful = union(std::mem::take(&mut certificate.careful));
    certificate
}

/// Whether the formula has no value at some of the points.
pub(crate) fn is_partial(forward: &Program, sets: &[Vec<f64>]) -> bool {
    views(Output::Forward, sets).any(|(parameters, points)| {
        points.into_iter().any(|x| {
            let value = |x: f64| run(forward, x, parameters).first().copied().unwrap_or(x);
            // Plain arithmetic may have no value where the formula has one.
            value(x).is_nan()
                && run(forward, Extended::from_f64(x), parameters)
                    .first()
                    .is_none_or(|value| value.to_f64().is_nan())
        })
    })
}

/// The sets of parameters, each with the points to look at.
fn views(output: Output, sets: &[Vec<f64>]) -> impl Iterator<Item = (&[f64], Vec<f64>)> {
    const STRIDE: usize = 8;
    // What nobody trains with is looked at less closely.
    let first = if matches!(output, Output::Forward | Output::Derivative) { 1 } else { 2 };
    sets.iter().enumerate().map(move |(number, set)| {
        let (skip, step) = if number == 0 { (0, first) } else { (number % STRIDE, STRIDE) };
        (set.as_slice(), sample().into_iter().skip(skip).step_by(step).collect())
    })
}

/// Where a formula is examined: at its defaults, with each parameter moved both ways, and at the ends of the ranges.
pub(crate) fn parameter_sets(parameters: &[ParameterValue]) -> Vec<Vec<f64>> {
    let defaults: Vec<f64> = parameters.iter().map(|parameter| parameter.default).collect();
    let mut sets = vec![defaults.clone()];
    for (index, ParameterValue { default, range: (low, high) }) in parameters.iter().enumerate() {
        let moved = [default * 1.75 + 0.125, default * 0.375 - 0.0625].map(|value| value.clamp(*low, *high));
        for value in moved.into_iter().chain([*low, *high]) {
            let mut set = defaults.clone();
            set[index] = value;
            if value.is_finite() && !sets.contains(&set) {
                sets.push(set);
            }
        }
    }
    sets
}

/// So few numbers between two intervals have been right by luck.
const LUCK: i64 = 1 << 12;

/// More intervals than this cost more time than more care does.
const MOST_INTERVALS: usize = 12;

/// Ascending intervals, not too many of them and none overlapping another; single points, which say that branches meet there,
/// stay beside them and inside.
fn union(intervals: Vec<Interval>) -> Vec<Interval> {
    let (mut points, mut wide): (Vec<Interval>, Vec<Interval>) =
        intervals.into_iter().partition(|(low, high)| low == high);
    let ascending = |a: &Interval, b: &Interval| a.0.total_cmp(&b.0);
    wide.sort_by(ascending);
    let mut joined: Vec<Interval> = Vec::new();
    for (low, high) in wide {
        match joined.last_mut() {
            Some(last) if rank(low) - rank(last.1) <= LUCK => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    while joined.len() > MOST_INTERVALS {
        let gap = |index: &usize| rank(joined[*index].0) - rank(joined[*index - 1].1);
        let Some(narrowest) = (1..joined.len()).min_by_key(gap) else { break };
        joined[narrowest - 1].1 = joined.remove(narrowest).1;
    }
    points.sort_by(ascending);
    points.dedup();
    joined.append(&mut points);
    joined.sort_by(ascending);
    joined
}

struct Examiner<'a> {
    program: &'a Program,
    output: Output,
    parameters: &'a [f64],
    /// Whether the formula is exactly 0 at 0.
    nothing_at_0: &'a dyn Fn(&[f64]) -> bool,
    certificate: &'a mut Certificate,
    /// By the bits of the point, and the side.
    expansions: RefCell<HashMap<(u64, bool), Germ>>,
}

impl Body for Examiner<'_> {
    fn at<R: Real>(&self, x: R) -> R {
        run(self.program, x, self.parameters).first().copied().unwrap_or(x)
    }

    fn towards(&self, point: f64, from_left: bool) -> Germ {
        let key = (point.to_bits(), from_left);
        let known = self.expansions.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let germ = self.at(Germ::at_point(point, from_left));
            self.expansions.borrow_mut().insert(key, germ);
            germ
        })
    }
}

impl Examiner<'_> {
    fn examine(&mut self, points: Vec<f64>) {
        let (points, edges) = self.with_edges(points);
        let fine: Vec<bool> = points.iter().map(|&x| self.is_plain(x)).collect();
        let mut start = 0;
        let mut excluded = Vec::new();
        while start < points.len() {
            let length = fine[start..].iter().take_while(|&&other| other == fine[start]).count();
            if !fine[start] {
                excluded.push(self.run_of_failures(&points[start..start + length]));
            }
            start += length;
        }
        let mut careful = excluded.clone();
        self.certificate.edges = edges.iter().copied().map(at_rank).collect();
        // Divided at the edges, beside which there is one branch only.
        excluded.extend(edges.into_iter().map(|edge| (edge, edge)));
        let unproven = self.unproven(&excluded);
        self.certificate.careful.extend(unproven.iter().copied().map(interval));
        careful.extend(unproven);
        for x in self.doubtful(careful) {
            if let Some(loss) = self.loss(x) {
                self.refuse(x, loss);
            }
        }
    }

    fn examine_elsewhere(&mut self, points: Vec<f64>) {
        for x in self.with_edges(points).0 {
            let result = self.at(Tracked::exact(Brief(x)));
            if Precision::Single.accepts(result) {
                continue;
            }
            // No result is no plain result either.
            self.certificate.elsewhere &= !result.value().0.is_finite();
            if x == 0.0 {
                self.take_the_limit_at_0();
            }
            // At the end of a range a smooth function may become one with a kink.
            if let Some(loss) = self.loss(x).filter(|loss| *loss != Loss::Slope) {
                self.refuse(x, loss);
            }
        }
    }

    /// Where terms cancel to nothing, no bound of an error is small enough; but nothing is what is left.
    fn take_the_limit_at_0(&mut self) {
        if certified(self, 0.0, Precision::Single).is_none()
            && limit_at(self, 0.0) == Some(0.0)
            && (self.nothing_at_0)(self.parameters)
        {
            self.certificate.careful.push((0.0, 0.0));
        }
    }

    /// Limits depend on the parameters; for others than the defaults they are left to run time.
    fn limits(&mut self) {
        self.limit(false);
        self.limit(true);
    }

    /// Whether plain arithmetic will do at `x`.
    fn is_plain(&mut self, x: f64) -> bool {
        let result = self.at(Tracked::exact(Brief(x)));
        let value = result.value().0;
        if result.is_at_an_edge() && self.is_smooth_edge(x, value) {
            self.certificate.careful.push((x, x));
        }
        let fine = Precision::Single.accepts(result);
        let error = result.error() / unit_of_f32(value);
        if fine && error > self.certificate.worst && value.abs() <= f64::from(f32::MAX) {
            (self.certificate.worst, self.certificate.at) = (error, x);
        }
        fine
    }

    /// Whether the branches of a derivative meet smoothly at `x`, but the slope of the one taken is not that of both.
    fn is_smooth_edge(&self, x: f64, value: f64) -> bool {
        if self.output == Output::Forward {
            // A value at a branch point is what its author says, whatever is beside it.
            return false;
        }
        // Most edges are kinks, or have the right value already: their neighbours tell, and no expansion is needed.
        let [left, right] = [-1, 1].map(|step| self.at(at_rank(rank(x) + step)));
        let near = |a: f64, b: f64| (a - b).abs() <= SAME_NEIGHBOUR * (1.0 + a.abs().max(b.abs()));
        if !near(left, right) || (near(left, value) && near(right, value)) {
            return false;
        }
        limit_at(self, x).is_some_and(|limit| (value - limit).abs() > SAME_LIMIT * limit.abs())
    }

    /// Inputs next to each other at which plain arithmetic does not do.
    fn run_of_failures(&mut self, failed: &[f64]) -> Cell {
        let (low, high) = (rank(failed[0]), rank(failed[failed.len() - 1]));
        // Where there is no plain result at all, care is taken without an interval.
        if failed.iter().any(|&x| self.at(Brief(x)).0.is_finite()) {
            self.certificate.careful.push(interval((low, high)));
            if failed.contains(&0.0) {
                self.take_the_limit_at_0();
            }
        }
        let step = failed.len().div_ceil(MOST_TRIED).max(1);
        let nearest = failed.iter().min_by(|a, b| a.abs().total_cmp(&b.abs()));
        for &x in failed.iter().step_by(step).chain(failed.last()).chain(nearest) {
            if let Some(loss) = self.loss(x) {
                self.refuse(x, loss);
            }
        }
        (low, high)
    }

    /// What is wrong with the careful ways at `x`, if anything is.
    fn loss(&self, x: f64) -> Option<Loss> {
        if certified(self, x, Precision::Single).is_some() {
            return None;
        }
        if x == 0.0 && limit_at(self, x) == Some(0.0) && (self.nothing_at_0)(self.parameters) {
            return None;
        }
        let result = self.at(Tracked::exact(Extended::from_f64(x)));
        let value = result.value().to_f64();
        if value.is_finite() {
            let unit = Magnitude::of(unit_of_f32(value));
            let error = result.error().over(unit);
            return Some(Loss::Digits(self.culprit(x), error.to_f64()));
        }
        // Outside the domain, or a pole; unless both sides go to one number.
        let sides = [-1, 1].map(|step| certified(self, at_rank(rank(x) + step), Precision::Single));
        let [Some(left), Some(right)] = sides else { return None };
        let close = left.is_finite() && (left - right).abs() <= 1e-5 * left.abs().max(1e-30);
        // A slope at a kink is the author's choice, which `sqrt(x^2)` does not make.
        let kink = self.output != Output::Forward && value.is_nan() && (left + right).is_finite();
        // At a cusp the slopes are infinite, and the right one is taken.
        let infinite = |from_left| limit_towards(self, x, from_left).is_some_and(f64::is_infinite);
        if !(close || kink) || limit_at(self, x).is_some() || infinite(true) || infinite(false) {
            return None;
        }
        Some(if close { Loss::Value } else { Loss::Slope })
    }

    /// The first step whose result is bad although what it reads is not.
    fn culprit(&self, x: f64) -> Slot {
        let values = results(self.program, Tracked::exact(x), self.parameters);
        let is_good = |value: &Tracked<f64>| value.error() <= value.value().size() * HARMLESS;
        let steps = self.program.steps.iter().zip(&values);
        let found = steps.enumerate().find(|(_, (step, value))| {
            !is_good(value) && step.reads().iter().all(|&read| values.get(read).is_none_or(is_good))
        });
        match found {
            Some((slot, _)) => slot,
            None => self.program.outputs.first().copied().unwrap_or(0),
        }
    }

    /// At infinity the limit has to be known, or there must not be one.
    fn limit(&mut self, negative: bool) {
        let sign = if negative { -1.0 } else { 1.0 };
        if limit_towards(self, sign * f64::INFINITY, false).is_some() {
            return;
        }
        let tail: Vec<f64> = [10, 14, 18, 22, 40, 65, 90, 115]
            .into_iter()
            .map(|exponent| sign * f64::from(1.1_f32) * 2.0_f64.powi(exponent))
            .map(|x| certified(self, x, Precision::Single).unwrap_or(f64::NAN))
            .collect();
        let pairs = || tail.windows(2).map(|pair| (pair[0], pair[1]));
        let settles = tail.iter().all(|value| value.is_finite())
            && pairs().skip(4).all(|(a, b)| (a - b).abs() <= 1e-12 * b.abs());
        let grows = pairs().all(|(a, b)| a * b > 0.0 && a.abs() < b.abs());
        if settles || grows {
            self.refuse(sign * f64::INFINITY, Loss::Limit);
        }
    }

    /// Keeps the worst refusal.
    fn refuse(&mut self, x: f64, loss: Loss) {
        let weight = |loss: &Loss| match loss {
            Loss::Digits(_, error) => *error,
            Loss::Value | Loss::Slope | Loss::Limit => f64::INFINITY,
        };
        let worse = self.certificate.refusal.as_ref().is_none_or(|known| weight(&loss) > weight(&known.loss));
        if worse {
            self.certificate.refusal = Some(Refusal { x, parameters: self.parameters.to_vec(), loss });
        }
    }
}

/// The inputs of a cell; a single one would say that branches meet there, and takes its neighbours along.
fn interval((low, high): Cell) -> Interval {
    let alone = i64::from(low == high);
    (at_rank(low - alone), at_rank(high + alone))
}

/// A unit in the last place of `f32` at a value.
fn unit_of_f32(value: f64) -> f64 {
    let size = (value.abs() as f32).clamp(f32::MIN_POSITIVE, f32::MAX);
    let octave = f32::from_bits(size.to_bits() & 0x7f80_0000);
    f64::from(octave) * f64::from(f32::EPSILON)
}
