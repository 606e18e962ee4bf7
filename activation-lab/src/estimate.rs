//! Means of a few runs, and how far they may be off: Student, The probable error of a mean, 1908.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// How sure an interval is.
const CONFIDENCE: f64 = 0.95;

/// A mean with its 95 % confidence interval by Student's t.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Of the runs.
    pub mean: f64,
    /// Half the width of the interval; infinite where there is one run only.
    #[serde(skip)]
    pub margin: f64,
    /// How many runs.
    pub runs: usize,
}

impl Estimate {
    /// Of the values of some runs, which are taken to be independent and normally distributed. Without values, and with values that
    /// are no numbers, nothing is known.
    pub fn of(values: &[f64]) -> Estimate {
        let runs = values.len();
        let mean = values.iter().sum::<f64>() / runs as f64;
        if runs < 2 || !mean.is_finite() {
            return Estimate { mean, margin: f64::INFINITY, runs };
        }
        let free = (runs - 1) as f64;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / free;
        Estimate { mean, margin: quantile(free) * (variance / runs as f64).sqrt(), runs }
    }

    /// The lower end.
    pub fn low(&self) -> f64 {
        self.mean - self.margin
    }

    /// The upper end.
    pub fn high(&self) -> f64 {
        self.mean + self.margin
    }
}

/// How many standard errors a 95 % interval reaches, with so many degrees of freedom.
fn quantile(free: f64) -> f64 {
    StudentsT::new(0.0, 1.0, free)
        .map_or(f64::INFINITY, |student| student.inverse_cdf(0.5 + CONFIDENCE / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Abramowitz and Stegun, Handbook of mathematical functions, table 26.10.
        for (free, known) in
            [(1.0, 12.706), (2.0, 4.303), (4.0, 2.776), (7.0, 2.365), (9.0, 2.262), (30.0, 2.042)]
        {
            assert!((quantile(free) - known).abs() < 6e-4, "{free}: {}", quantile(free));
        }
    }

    #[test]
    fn intervals_are_those_of_a_textbook() {
        // Student's own: the additional hours of sleep of ten patients.
        let hours = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let estimate = Estimate::of(&hours);
        assert!((estimate.mean - 2.33).abs() < 1e-12);
        assert!((estimate.low() - 0.898).abs() < 1e-3 && (estimate.high() - 3.762).abs() < 1e-3);
    }

    #[test]
    fn one_run_says_nothing_and_equal_ones_everything() {
        assert_eq!(Estimate::of(&[3.0]).low(), f64::NEG_INFINITY);
        assert!(Estimate::of(&[]).mean.is_nan());
        assert_eq!(Estimate::of(&[0.5; 4]).margin, 0.0);
    }
}
