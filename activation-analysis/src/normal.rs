//! The normal distribution of inputs.

use crate::analysis::Interval;
use activation_math::Real;
use std::f64::consts::{PI, SQRT_2};
use std::fmt;

/// N(mean, std²)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    std: f64,
}

/// Why there is no such distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NormalError {
    /// A mean has to be a finite number.
    Mean(f64),
    /// A standard deviation has to be a finite number above 0.
    Std(f64),
}

impl fmt::Display for NormalError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NormalError::Mean(value) => write!(out, "the mean must be a finite number, not {value}"),
            NormalError::Std(value) => {
                write!(out, "the standard deviation must be a finite number above 0, not {value}")
            }
        }
    }
}

impl std::error::Error for NormalError {}

impl Normal {
    /// N(0, 1)
    pub const STANDARD: Normal = Normal { mean: 0.0, std: 1.0 };

    /// As many standard deviations off, the density underflows.
    pub(crate) const REACH: f64 = 38.6;

    /// # Errors
    ///
    /// If `mean` is not finite, or `std` not finite and positive.
    pub fn new(mean: f64, std: f64) -> Result<Self, NormalError> {
        if !mean.is_finite() {
            Err(NormalError::Mean(mean))
        } else if !std.is_finite() || std <= 0.0 {
            Err(NormalError::Std(std))
        } else {
            Ok(Normal { mean, std })
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    pub fn std(&self) -> f64 {
        self.std
    }

    /// The number of standard deviations that x is off.
    pub(crate) fn standardised(&self, x: f64) -> f64 {
        (x - self.mean) / self.std
    }

    pub(crate) fn at(&self, z: f64) -> f64 {
        self.mean + self.std * z
    }

    /// The density at `z` standard deviations, by the standardised variable.
    pub(crate) fn density(z: f64) -> f64 {
        Real::exp(-0.5 * z * z) / (2.0 * PI).sqrt()
    }

    /// The probability of an interval, with its full relative accuracy in the tails.
    pub fn probability(&self, interval: Interval) -> f64 {
        let (low, high) = (self.standardised(interval.low), self.standardised(interval.high));
        if low >= high {
            return 0.0;
        }
        let beyond = |z: f64| 0.5 * Real::erfc(z / SQRT_2);
        if low > 0.0 {
            beyond(low) - beyond(high)
        } else if high < 0.0 {
            beyond(-high) - beyond(-low)
        } else {
            1.0 - beyond(high) - beyond(-low)
        }
    }

    /// Of several intervals that do not overlap.
    pub(crate) fn probability_of(&self, intervals: &[Interval]) -> f64 {
        intervals.iter().fold(0.0, |sum, &interval| sum + self.probability(interval)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Normal;
    use crate::analysis::Interval;

    #[test]
    fn probabilities() {
        let of = |low, high| Normal::STANDARD.probability(Interval::new(low, high));
        assert_eq!(of(f64::NEG_INFINITY, 0.0), 0.5);
        assert_eq!(of(f64::NEG_INFINITY, f64::INFINITY), 1.0);
        assert!((of(-1.0, 1.0) - 0.682_689_492_137_085_9).abs() < 1e-15);
        assert!((of(10.0, f64::INFINITY) / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-14);
        assert!(Normal::new(0.0, 0.0).is_err() && Normal::new(f64::NAN, 1.0).is_err());
    }
}
