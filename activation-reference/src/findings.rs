//! What was found over some inputs: counts, the sum of all errors, and the largest ones.

use crate::Float;
use serde::{Deserialize, Serialize};

/// How many of the largest errors are kept of one stretch of inputs.
const KEPT: usize = 4;

/// How many of the largest errors are decided exactly in the end, at most.
const DECIDED: usize = 400;

/// What multi-precision arithmetic says about a result.
#[derive(Clone, Copy, Debug)]
pub struct Exactly {
    /// The `f64` nearest to the exact value.
    pub value: f64,
    /// The distance of the result from the exact value in units in the last place; of no interest if the result is not
    /// finite.
    pub error: f64,
}

/// A result with a large error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The bits of the input.
    pub pattern: u64,
    /// The result.
    pub got: f64,
    /// Its error in units in the last place.
    pub error: f64,
    /// The most that the error can be.
    pub most: f64,
}

/// What was found over some inputs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Finite inputs whose results were compared.
    pub points: u64,
    /// Finite inputs at which nobody knows the exact value, or there is none.
    pub undecided: u64,
    /// Questions to multi-precision arithmetic.
    pub asked: u64,
    /// Sum of all finite errors.
    pub sum: f64,
    /// Results that are no number, or infinite, where they should not be; infinities that are not the limit; numbers
    /// where NaN went in.
    pub faults: u64,
    /// The bits of the first input of which that is so.
    pub fault: Option<u64>,
    /// The largest errors, the largest first.
    pub worst: Vec<Candidate>,
}

impl Findings {
    /// The mean error.
    pub fn mean(&self) -> f64 {
        if self.points == 0 { 0.0 } else { self.sum / self.points as f64 }
    }

    /// The largest error and the bits of the input where it is.
    pub fn largest(&self) -> Option<(f64, u64)> {
        self.worst.first().map(|candidate| (candidate.error, candidate.pattern))
    }

    /// Adds what was found over the inputs that follow.
    pub fn join(&mut self, next: &Findings) {
        self.points += next.points;
        self.undecided += next.undecided;
        self.asked += next.asked;
        self.sum += next.sum;
        self.faults += next.faults;
        self.fault = self.fault.or(next.fault);
        self.worst.extend(&next.worst);
        self.worst.sort_by(|a, b| b.most.total_cmp(&a.most));
        self.worst.truncate(DECIDED);
    }

    /// Replaces the largest errors by exact ones, from the largest down, until no other can be larger.
    pub fn settle<T: Float>(&mut self, oracle: impl Fn(f64, f64) -> Option<Exactly>) {
        let mut largest = 0.0_f64;
        for candidate in &mut self.worst {
            if candidate.most < largest {
                break;
            }
            if candidate.most > candidate.error {
                self.asked += 1;
                if let Some(exactly) = oracle(T::from_pattern(candidate.pattern).widened(), candidate.got) {
                    candidate.error = exactly.error;
                    candidate.most = candidate.error;
                }
            }
            largest = largest.max(candidate.error);
        }
        self.worst.sort_by(|a, b| b.error.total_cmp(&a.error));
    }

    pub(crate) fn add_fault(&mut self, pattern: u64) {
        self.faults += 1;
        self.fault = self.fault.or(Some(pattern));
    }

    /// Adds a result that was compared.
    pub(crate) fn add(&mut self, candidate: Candidate) {
        self.points += 1;
        if !candidate.error.is_finite() {
            self.add_fault(candidate.pattern);
            return;
        }
        self.sum += candidate.error;
        self.consider(candidate);
    }

    /// Whether an error that can be so large may be among the largest.
    #[inline]
    pub(crate) fn is_news(&self, most: f64) -> bool {
        self.worst.len() < KEPT || self.worst.last().is_some_and(|least| most > least.most)
    }

    /// Keeps a result if it is one of the worst.
    pub(crate) fn consider(&mut self, candidate: Candidate) {
        if self.is_news(candidate.most) {
            let place = self.worst.partition_point(|kept| kept.most >= candidate.most);
            self.worst.insert(place, candidate);
            self.worst.truncate(KEPT);
        }
    }
}
