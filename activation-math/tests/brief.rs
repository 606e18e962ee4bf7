//! The functions to about 2^-40 against those to a unit in the last place, which are held against multi-precision
//! arithmetic.

use activation_math::brief::bounds;
use activation_math::{Approximate, Brief, Extended, Real};

const LEAST: f64 = Brief::LEAST;

/// A function of one variable, and the arguments for which it has to be finite.
struct Row {
    name: &'static str,
    brief: fn(Brief) -> Brief,
    full: fn(f64) -> f64,
    bound: f64,
    finite: (f64, f64),
}

macro_rules! rows {
    ($($name:ident $bound:ident $low:literal..$high:literal;)*) => {
        &[$(Row {
            name: stringify!($name),
            brief: |x| x.$name(),
            full: |x| Real::$name(x),
            bound: Brief::BOUNDS.$bound,
            finite: ($low, $high),
        }),*]
    };
}

#[rustfmt::skip]
const ROWS: &[Row] = rows! {
    exp EXP -1e300..709.0; expm1 EXPM1 -1e300..709.0; decay DECAY -1e300..1e300; decay_gap DECAY_GAP -1e300..1e300;
    exp_excess EXP_EXCESS -1e300..709.0; sigmoid SIGMOID -1e300..1e300; sech SECH -1e300..1e300; sinh SINH -709.0..709.0;
    cosh COSH -709.0..709.0; tanh TANH -1e300..1e300; asinh ASINH -1e150..1e150; ln LN 3e-308..1e300;
    log1p LOG1P -0.999999..1e300; softplus SOFTPLUS -1e300..1e300; logcosh LOGCOSH -1e150..1e150;
    tanhshrink TANHSHRINK -1e150..1e150; sin SIN -1647000.0..1647000.0; cos COS -1647000.0..1647000.0;
    atan ATAN -1e300..1e300; erf ERF -1e100..1e100; erfc ERFC -1e100..1e100; cbrt CBRT -1e300..1e300;
};

/// Functions that only the compiler makes. Enclosures know them by what they are made of, not by a bound. That the steps of `f64` for
/// them round what an exponential makes much of is why they are held against longer numbers.
const MADE: &[Row] = &[
    Row {
        name: "normal_cdf",
        brief: |x| x.normal_cdf(),
        full: |x| Extended::from_f64(x).normal_cdf().to_f64(),
        bound: bounds::NORMAL_CDF,
        finite: (-1e150, 1e150),
    },
    Row {
        name: "gauss",
        brief: |x| x.gauss(),
        full: |x| Extended::from_f64(x).gauss().to_f64(),
        bound: bounds::GAUSS,
        finite: (-1e150, 1e150),
    },
];

/// Arguments of every order of magnitude, dense where functions change.
fn sample() -> Vec<f64> {
    let sizes = (-1022..997).flat_map(|exponent| {
        let count = if (-20..12).contains(&exponent) { 4000 } else { 5 };
        (0..count)
            .map(move |part| 2.0_f64.powi(exponent) * (1.0 + (f64::from(part) + 0.37) / f64::from(count)))
    });
    let beside_minus_one = (1..2000).map(|part| f64::from(part) / 2000.0);
    sizes.chain(beside_minus_one).chain([0.0]).flat_map(|x| [x, -x]).collect()
}

#[test]
fn functions_are_within_their_bounds() {
    let sample = sample();
    let mut wrong = Vec::new();
    for row in ROWS.iter().chain(MADE) {
        let (mut worst, mut at) = (0.0, 0.0);
        for &x in &sample {
            let (got, exact) = ((row.brief)(Brief(x)).0, (row.full)(x));
            if !got.is_finite() || !exact.is_finite() {
                let inside = row.finite.0 < x && x < row.finite.1;
                assert!(!inside, "{} at {x:e}: {got:e}, and it is {exact:e}", row.name);
                // What is not finite must not become so.
                assert!(!got.is_finite(), "{} at {x:e}: {got:e}, and it is {exact:e}", row.name);
                continue;
            }
            let unit = f64::from_bits(exact.abs().to_bits() & (0x7ff << 52)) * f64::EPSILON;
            let error = ((got - exact).abs() - LEAST).max(0.0) / unit + 1.0;
            if error > worst {
                (worst, at) = (error, x);
            }
        }
        // Nor is a bound much larger than what there is.
        if !(0.4 * row.bound..=row.bound).contains(&worst) {
            wrong.push(format!("{} at {at:e}: {worst:.0} units, promised are {}", row.name, row.bound));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn special_values() {
    for row in ROWS {
        assert!((row.brief)(Brief(f64::NAN)).0.is_nan(), "{} of NaN", row.name);
        for zero in [0.0, -0.0] {
            let (got, exact) = ((row.brief)(Brief(zero)).0, (row.full)(zero));
            let same = got.to_bits() == exact.to_bits() || (exact != 0.0 && (got - exact).abs() < 1e-11);
            assert!(same || exact.is_infinite(), "{} of {zero}: {got}, and it is {exact}", row.name);
        }
        for infinity in [f64::INFINITY, f64::NEG_INFINITY] {
            let (got, exact) = ((row.brief)(Brief(infinity)).0, (row.full)(infinity));
            // Or a number that is not one, which is seen.
            let right = (got - exact).abs() <= LEAST || !got.is_finite();
            assert!(right, "{} of {infinity}: {got}, and it is {exact}", row.name);
        }
    }
}
