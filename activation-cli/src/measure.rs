//! How far results lie from the exact ones, over a sample by bit pattern, on all cores.

use crate::subject::Subject;
use activation_core::Output;
use activation_formula::Compiled;
use activation_math::{Exact, exact};
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The type whose results are measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    F32,
    F64,
}

impl Type {
    pub(crate) const WORDS: &[(&str, Type)] = &[("f32", Type::F32), ("f64", Type::F64)];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Type::F32 => "f32",
            Type::F64 => "f64",
        }
    }

    /// `count` finite numbers, spread evenly over the bit patterns and so over the orders of magnitude, both signs, and
    /// the numbers at which arithmetic has its edges.
    fn sample(self, count: usize) -> Vec<f64> {
        let edges = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 6.0, -6.0];
        let part = |index: usize| (index as f64 + 0.5) / count.max(1) as f64;
        let mut points: Vec<f64> = match self {
            Type::F32 => {
                let ends =
                    [f32::MAX, f32::MIN, f32::MIN_POSITIVE, -f32::MIN_POSITIVE, 1e-45, -1e-45].map(f64::from);
                let patterns =
                    (0..count).map(|index| f32::from_bits((part(index) * 2.0_f64.powi(32)) as u32));
                patterns.map(f64::from).chain(ends).collect()
            }
            Type::F64 => {
                let ends = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, -f64::MIN_POSITIVE, 5e-324, -5e-324];
                let patterns =
                    (0..count).map(|index| f64::from_bits((part(index) * 2.0_f64.powi(64)) as u64));
                patterns.chain(ends).collect()
            }
        };
        points.extend(edges);
        points.retain(|point| point.is_finite());
        points
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Accuracy {
    /// Points at which the exact value is known.
    pub(crate) points: usize,
    /// Points at which it could not be decided, or the formula has none.
    pub(crate) undecided: usize,
    /// The largest error, in units in the last place, and where it is.
    pub(crate) worst: f64,
    pub(crate) at: f64,
    /// Sum of all finite errors.
    sum: f64,
    /// Results that are NaN where the exact value is a number.
    pub(crate) faults: usize,
}

impl Accuracy {
    pub(crate) fn mean(&self) -> f64 {
        self.sum / (self.points - self.faults).max(1) as f64
    }

    fn add(&mut self, x: f64, error: Option<f64>) {
        let Some(error) = error else {
            self.undecided += 1;
            return;
        };
        self.points += 1;
        if error.is_finite() {
            self.sum += error;
        } else {
            self.faults += 1;
        }
        if error > self.worst || self.points == 1 {
            (self.worst, self.at) = (error, x);
        }
    }

    fn join(&mut self, other: &Accuracy) {
        if other.points > 0 && (other.worst > self.worst || self.points == 0) {
            (self.worst, self.at) = (other.worst, other.at);
        }
        self.points += other.points;
        self.undecided += other.undecided;
        self.sum += other.sum;
        self.faults += other.faults;
    }
}

/// Measures one function of `subject` against its formula as written, which is `formula`'s.
pub(crate) fn measure(
    subject: &Subject,
    formula: &Compiled,
    parameters: &[f64],
    output: Output,
    kind: Type,
    count: usize,
    label: &str,
) -> Accuracy {
    /// Small enough that all cores end together, large enough that they do not meet often.
    const BLOCK: usize = 16;
    let points = kind.sample(count);
    let bar = progress(points.len(), label);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Accuracy::default();
        loop {
            let start = next.fetch_add(BLOCK, Ordering::Relaxed);
            let block = points.iter().skip(start).take(BLOCK);
            if start >= points.len() {
                return found;
            }
            for &x in block {
                found.add(x, error(subject, formula, parameters, output, kind, x));
            }
            bar.inc(BLOCK as u64);
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut total = Accuracy::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            if let Ok(found) = worker.join() {
                total.join(&found);
            }
        }
    });
    bar.finish_and_clear();
    total
}

/// The error at one point, if the exact value is known.
fn error(
    subject: &Subject,
    formula: &Compiled,
    parameters: &[f64],
    output: Output,
    kind: Type,
    x: f64,
) -> Option<f64> {
    let Exact::Value(reference) = exact(&formula.as_written, x, parameters, output) else { return None };
    Some(match kind {
        Type::F32 => {
            let mut value = [x as f32];
            subject.apply(output, &mut value);
            reference.ulps_f32(value[0])
        }
        Type::F64 => {
            let mut value = [x];
            subject.apply(output, &mut value);
            reference.ulps_f64(value[0])
        }
    })
}

/// A bar with the time left, on standard error, and only on a terminal.
fn progress(points: usize, label: &str) -> ProgressBar {
    let bar = ProgressBar::new(points as u64).with_message(label.to_owned());
    match ProgressStyle::with_template("{msg:24} {bar:30} {pos}/{len}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
