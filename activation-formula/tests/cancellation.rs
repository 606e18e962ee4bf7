//! Results in `f64` where the terms of a formula cancel, beside 0 and far out: within 4 units in the last place.

use activation_formula::compile;
use activation_math::{Exact, Output, Precision, exact};

/// What is promised, in units in the last place of `f64`.
const PROMISED: f64 = 4.0;

/// Beside 0 nearly all digits of the terms cancel, or all but one in 10^200.
#[test]
fn where_everything_cancels() {
    let formulas = [
        "x - sin(x)",
        "(1 - cos(x)) / x^2",
        "(exp(x) - 1 - x) / x^2",
        "sqrt(1 + x) - 1 - x / 2",
        "ln(1 + x) - x",
        "tanh(x) - x",
        "atan(x) - tanh(x)",
        "sin(x) - x + x^3 / 6 - x^5 / 120",
        "exp(x) - 1 - x - x^2 / 2 - x^3 / 6 - x^4 / 24",
        "(x - sin(x)) / x^3",
        "erf(x) - 2 * x / sqrt(pi)",
        "cbrt(1 + x^2) - 1 - x^2 / 3",
        "sinh(x) - sin(x) - x^3 / 3",
        "sigmoid(x) - 1/2 - x / 4",
        "softplus(x) - ln(2) - x / 2",
        "asinh(x) - x / sqrt(1 + x^2 / 3)",
        "cos(x) * cosh(x) - 1",
        "sqrt(1 + exp(2 * x)) - exp(x)",
        "x - ln(sinh(x))",
        "(1 + x)^0.3 - 1 - 0.3 * x",
    ];
    let sizes = [
        0.7, 0.11, 0.023, 1.3e-3, 1.7e-4, 1e-5, 3.1e-6, 2.2e-7, 1e-8, 7.7e-10, 4e-12, 1.9e-15, 3e-18, 6e-22,
        2e-26, 1e-30, 5e-37, 8e-44, 3e-60, 1e-75, 3.3, 17.1, 39.4, 71.3, 143.7, 290.1,
    ];
    let mut decided = 0;
    for text in formulas {
        let formula = compile(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        for output in Output::all(0) {
            for x in sizes.into_iter().flat_map(|x| [x, -x]) {
                let Exact::Value(reference) = exact(&formula.as_written, x, &[], output) else { continue };
                // Below all normal numbers digits are lost to rounding.
                if reference.to_f64().abs() < f64::MIN_POSITIVE {
                    continue;
                }
                let got: f64 = formula.evaluate(output, x, &[], Precision::Double);
                let error = reference.ulps_f64(got);
                decided += 1;
                assert!(error <= PROMISED, "{output:?} of {text} at {x:e}: {got:e}, off by {error:.2} ULP");
            }
        }
    }
    assert!(decided > 2000, "{decided}");
}
