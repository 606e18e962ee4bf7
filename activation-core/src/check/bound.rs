//! What a result may be off by.
//!
//! | type | bound, in units in the last place |
//! |------|-----------------------------------|
//! | `f32` | 1 |
//! | `f64` | 4; 1e-13 of the result for |x| < 1e-6; none for results among its subnormal numbers |
//! | `f16`, `bf16` | 0.5001: the nearest number, but for results in the middle of two |
//!
//! That is what the compiler certifies. A declaration with `#[unchecked]` is held to [`RELATIVE`] and [`ABSOLUTE`]
//! instead: it may cancel, but a wrong slope is further off.

use super::sample::is_single;
use crate::{AnyActivation, Output};
use activation_math::Reference;

/// Beside 0 all digits may cancel, as in (x - sin(x)) / x^3; results come from series then, whose coefficients are doubles.
const OF_A_SERIES: f64 = 1e-13;

/// How far from 0 that may be.
const BESIDE_0: f64 = 1e-6;

/// Without a certificate, results may be off by this much of their size …
const RELATIVE: f64 = 1e-9;

/// … or by this much of the size of the input: where a formula cancels, its value is small beside what it is made of.
const ABSOLUTE: f64 = 1e-12;

/// What is wrong with the results at `x`, in any type that has that number.
pub(super) fn finding(
    activation: &AnyActivation,
    output: Output,
    x: f64,
    exact: &Reference,
    is_certified: bool,
) -> Option<String> {
    let double: f64 = activation.evaluate(output, x);
    if climbs_vertically(activation, output, x, double) {
        return None;
    }
    if !is_certified {
        let error = exact.relative_error(double);
        let fine = error <= RELATIVE || (double - exact.to_f64()).abs() <= ABSOLUTE * (1.0 + x.abs());
        let values = || format!("{double:e} instead of {:e}, relative error {error:.1e}", exact.to_f64());
        return (!fine).then(values);
    }
    let judged_single = is_single(x).then(|| {
        let got: f32 = activation.evaluate(output, x as f32);
        judge("f32", got, exact.to_f32(), exact.ulps_f32(got), 1.0)
    });
    let judged_double = || {
        let vanishes = exact.to_f64().abs() < f64::MIN_POSITIVE && double.abs() <= f64::MIN_POSITIVE;
        let fine = vanishes || (x.abs() < BESIDE_0 && exact.relative_error(double) <= OF_A_SERIES);
        if fine { None } else { judge("f64", double, exact.to_f64(), exact.ulps_f64(double), 4.0) }
    };
    let found = judged_single.flatten().or_else(judged_double);
    #[cfg(feature = "half")]
    let found = found.or_else(|| half::finding(activation, output, x, exact));
    found
}

/// Where a function climbs vertically, as a root does at 0, differences on both sides cancel out.
fn climbs_vertically(activation: &AnyActivation, output: Output, x: f64, got: f64) -> bool {
    const STEEP: f64 = 1e4;
    let beside: f64 = activation.evaluate(output, x + 1e-12);
    got.is_infinite() && beside.abs() > STEEP
}

fn judge<T: std::fmt::LowerExp>(name: &str, got: T, exact: T, ulps: f64, bound: f64) -> Option<String> {
    let values = || format!("{got:e} instead of {exact:e} in {name}, off by {ulps:.4} ULP");
    // A NaN is no number of units.
    (ulps.is_nan() || ulps > bound).then(values)
}

/// The types of half precision: results are the nearest numbers.
#[cfg(feature = "half")]
mod half {
    use super::{AnyActivation, Output, Reference, judge};
    use crate::Scalar;
    use activation_math::Wide;
    use half::{bf16, f16};

    /// What a result before rounding may be off by shows in the middle of two numbers.
    const NEAREST: f64 = 0.5 + 1e-4;

    /// A binary format: its normal exponents, and how many digits are behind the point.
    struct Format {
        name: &'static str,
        exponents: (i64, i64),
        digits: i64,
    }

    pub(super) fn finding(
        activation: &AnyActivation,
        output: Output,
        x: f64,
        exact: &Reference,
    ) -> Option<String> {
        let of_f16 = Format { name: "f16", exponents: (-14, 15), digits: 10 };
        let of_bf16 = Format { name: "bf16", exponents: (-126, 127), digits: 7 };
        in_format::<f16>(&of_f16, activation, output, x, exact)
            .or_else(|| in_format::<bf16>(&of_bf16, activation, output, x, exact))
    }

    fn in_format<T: Scalar>(
        format: &Format,
        activation: &AnyActivation,
        output: Output,
        x: f64,
        exact: &Reference,
    ) -> Option<String> {
        let short = T::from_f64(x);
        if short.to_f64() != x {
            return None;
        }
        let got = activation.evaluate(output, short).to_f64();
        judge(format.name, got, exact.to_f64(), format.ulps(exact.wide(), got), NEAREST)
    }

    impl Format {
        fn ulps(&self, exact: Wide<8>, got: f64) -> f64 {
            let (least, most) = self.exponents;
            let spacing = exact.exponent().clamp(least, most) - self.digits;
            // An infinity stands for the next number after the largest, and for all beyond.
            let next = 1.0_f64.copysign(got);
            let stands_for =
                if got.is_infinite() { Wide::from_f64(next).scaled(most + 1) } else { Wide::from_f64(got) };
            let missing = stands_for - exact;
            let is_beyond = got.is_infinite() && missing.is_negative() == (got > 0.0);
            if is_beyond { 0.0 } else { missing.magnitude().scaled(-spacing).to_f64() }
        }
    }
}
