//! What layers make of the variance of their inputs, one after the other: fixed points.
//!
//! Layers are wide, and their weights have mean 0 and a variance of 1/inputs. Then pre-activations are normal with mean 0,
//! and of variance q in one layer become E f(√q z)² in the next, z ~ N(0, 1) (Poole and others, 2016). Weights that sum to 0
//! exactly take the variance of activations instead, Var f(√ν z); that is how SELU keeps mean 0 and variance 1 (Klambauer
//! and others, 2017).

use crate::analysis::Analysis;
use crate::function::Function;
use crate::moments::Expected;
use crate::normal::Normal;
use crate::quadrature::expectations;
use activation_math::Output;

/// The two maps.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    /// q ↦ E f(√q z)²
    pub second_moment: FixedVariances,
    /// ν ↦ Var f(√ν z)
    pub variance: FixedVariances,
}

/// Fixed points of a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FixedVariances {
    /// Those between 1e-6 and 1e4, ascending; 0 is always one if f(0) = 0, and for the variance.
    pub points: Vec<FixedVariance>,
    /// Every variance is one, as for the identity.
    pub all: bool,
}

/// A variance that a layer keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedVariance {
    /// The variance.
    pub variance: f64,
    /// The mean of the activations, E f(√variance z).
    pub mean: f64,
    /// The slope of the map there, to about six digits: variances nearby are drawn to it if its size is below 1.
    pub slope: f64,
}

/// Of integrals in a map.
const TOLERANCE: f64 = 1e-13;

/// More pieces make no difference where functions do not oscillate.
const MOST_PIECES: usize = 400;

/// The variances that are looked at: powers of ten between these, so many of them.
const POWERS: [f64; 2] = [-6.0, 4.0];
const STEPS: i32 = 40;

/// Relative steps of difference quotients.
const STEP: f64 = 1e-4;

/// A growth that is none but for rounding.
const NOTHING: f64 = 1e-11;

struct Map<'a> {
    function: Function<'a>,
    analysis: &'a Analysis,
}

/// The mean, and the next variance of both maps.
#[derive(Clone, Copy)]
struct Next {
    mean: f64,
    variances: [f64; 2],
}

impl Map<'_> {
    /// `None` if an expectation is not finite or not found.
    fn at(&self, variance: f64) -> Option<Next> {
        let normal = Normal::new(0.0, variance.sqrt()).ok()?;
        let expected = Expected { function: self.function, analysis: self.analysis, normal };
        let origin = self.function.at(Output::Forward, 0.0);
        let found = expectations(
            |z| {
                // By the distance from f(0), so that small variances keep their digits.
                let off = self.function.quick(Output::Forward, normal.at(z)) - origin;
                [off, off * off]
            },
            &expected.walls(),
            TOLERANCE,
            MOST_PIECES,
        );
        let first = expected.settled(&found, 0).value()?;
        let second = expected.settled(&found, 1).value()?;
        let (mean, variance) = (origin + first, second - first * first);
        Some(Next { mean, variances: [variance + mean * mean, variance] })
    }

    fn fixed(&self, points: &[(f64, Next)], which: usize) -> FixedVariances {
        // The logarithm of how much the variance grows.
        let growth = |q: f64, next: Next| (next.variances[which] / q).ln();
        let growths: Vec<(f64, f64)> = points
            .iter()
            .map(|&(q, next)| (q, growth(q, next)))
            .filter(|(_, growth)| !growth.is_nan())
            .collect();
        if growths.len() > 1 && growths.iter().all(|(_, growth)| growth.abs() < NOTHING) {
            return FixedVariances { points: Vec::new(), all: true };
        }
        let fixed = growths
            .windows(2)
            .filter(|pair| {
                pair[0].1 * pair[1].1 < 0.0 && pair.iter().all(|(_, growth)| growth.abs() > NOTHING)
            })
            .filter_map(|pair| {
                let q = root(pair[0], pair[1], |q| Some(growth(q, self.at(q)?)))?;
                let [below, above] = [1.0 - STEP, 1.0 + STEP].map(|factor| self.at(q * factor));
                let slope = (above?.variances[which] - below?.variances[which]) / (2.0 * STEP * q);
                Some(FixedVariance { variance: q, mean: self.at(q)?.mean, slope })
            });
        FixedVariances { points: fixed.collect(), all: false }
    }
}

impl Maps {
    /// The fixed points of a function whose analysis is given; `None` if it has no value somewhere.
    pub fn of(function: Function<'_>, analysis: &Analysis) -> Option<Self> {
        if !is_everywhere(analysis) {
            return None;
        }
        let map = Map { function, analysis };
        let place = |index: i32| {
            let share = f64::from(index) / f64::from(STEPS);
            10.0_f64.powf(POWERS[0] + (POWERS[1] - POWERS[0]) * share)
        };
        let points: Vec<(f64, Next)> = (0..=STEPS)
            // Off the round numbers, which are fixed points.
            .map(|index| place(index) * 1.01)
            .filter_map(|q| Some((q, map.at(q)?)))
            .collect();
        Some(Maps { second_moment: map.fixed(&points, 0), variance: map.fixed(&points, 1) })
    }
}

fn is_everywhere(analysis: &Analysis) -> bool {
    matches!(analysis.domain.as_slice(), [all] if all.low == f64::NEG_INFINITY && all.high == f64::INFINITY)
}

/// A root between two points with values of opposite signs (Illinois' false position).
fn root(a: (f64, f64), b: (f64, f64), function: impl Fn(f64) -> Option<f64>) -> Option<f64> {
    let (mut a, mut b) = (a, b);
    for _ in 0..60 {
        let x = b.0 - b.1 * (b.0 - a.0) / (b.1 - a.1);
        let value = function(x)?;
        if value == 0.0 || (x - b.0).abs() <= 1e-14 * x.abs() {
            return Some(x);
        }
        if value * b.1 < 0.0 {
            a = b;
        } else {
            a.1 /= 2.0;
        }
        b = (x, value);
    }
    Some(b.0)
}
