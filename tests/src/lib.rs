//! What the tests share: formulas that are compiled twice, and activations that exist at run time only.

use activation_core::{Output, Precision};
use activation_formula::Compiled;
use activation_math::{Exact, exact};

/// Where a run-time formula and the oracle disagree: the largest relative error over `points` and the point.
///
/// Points at which the oracle cannot decide, or the formula has no value, are passed over; the third number says how
/// many were compared.
pub fn worst_error(
    compiled: &Compiled,
    output: Output,
    parameters: &[f64],
    points: &[f64],
) -> (f64, f64, usize) {
    let (mut worst, mut at, mut compared) = (0.0, f64::NAN, 0);
    for &x in points {
        if let Exact::Value(reference) = exact(&compiled.as_written, x, parameters, output) {
            compared += 1;
            let got = compiled.evaluate(output, x, parameters, Precision::Double);
            // A result among the subnormal numbers has fewer digits than a relative error asks for.
            let error = if reference.ulps_f64(got) <= 1.0 { 0.0 } else { reference.relative_error(got) };
            if error > worst || error.is_nan() {
                (worst, at) = (error, x);
            }
        }
    }
    (worst, at, compared)
}

/// `count` numbers of both signs whose sizes are spread evenly over the orders of magnitude from `low` to `high`.
///
/// The golden ratio spreads them without any random numbers.
pub fn spread(count: u32, low: f64, high: f64) -> Vec<f64> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    (1..=count)
        .map(|index| {
            let part = (f64::from(index) * GOLDEN).fract();
            let size = (low.ln() + part * (high.ln() - low.ln())).exp();
            if index % 2 == 0 { size } else { -size }
        })
        .collect()
}

/// The Rust of README.md, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The Rust of the book, likewise.
#[cfg(doctest)]
mod book {
    macro_rules! chapters {
        ($($name:ident $file:literal),* $(,)?) => {
            $(#[doc = include_str!(concat!("../../docs/src/", $file))] pub struct $name;)*
        };
    }

    chapters! {
        Introduction "introduction.md", Tutorial "tutorial.md", Numpy "numpy.md", Define "define.md", Choose "choose.md",
        Accuracy "accuracy.md", Performance "performance.md", Language "language.md", Errors "errors.md",
        Command "command.md", Arrays "arrays.md",
    }
}
