//! Formulas that no rule was written for, and formulas built to be certified and wrong: what the certificate says of them,
//! and whether it is true.
//!
//! Of each of `fresh.txt` and `adversarial.txt` the verdicts on f and f' are known, and what is certified is held to its unit in the last place
//! where certificates are most likely to be wrong: beside roots and branch points, at the ends of the range, and where
//! intermediate results overflow.

use activation_core::{Output, Precision};
use activation_formula::compile;
use activation_math::{Exact, exact};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const FRESH: &str = include_str!("../fresh.txt");
const ADVERSARIAL: &str = include_str!("../adversarial.txt");

/// What a certificate promises, in units in the last place of `f32`.
const PROMISED: f64 = 1.0;

/// Sizes at which something happens to formulas: subnormal numbers, sums that lose a term, plain ones between the numbers
/// that the certificate samples, exponentials that leave `f32` and then `f64`, squares and cubes that do.
#[rustfmt::skip]
const SIZES: [f32; 22] = [
    0.0, 1e-45, f32::MIN_POSITIVE, 1e-35, 1e-19, 1e-8, 2.44e-4, 0.023, 0.31, 0.77, 1.313, 2.06, 5.55, 16.7, 44.4, 88.73,
    104.1, 354.9, 709.8, 745.2, 1e13, f32::MAX,
];

/// How far from a root or a branch point, in numbers of `f32`; no round numbers, at which polynomials are exact.
const STEPS: [i32; 4] = [0, 1, 2, 349];

/// A slope that is infinite. The oracle follows the branch taken, and that of `sign` is 0 there.
const VERTICAL: (&str, f64) = ("sqrt(abs(x)) * sign(x)", 0.0);

/// One line of the file.
struct Case {
    certified: [bool; 2],
    formula: &'static str,
    places: Vec<f32>,
}

impl Case {
    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('|').map(str::trim);
        let (verdicts, formula, places) = (columns.next()?, columns.next()?, columns.next()?);
        let certified: Vec<bool> = verdicts
            .split_whitespace()
            .map(|verdict| match verdict {
                "certified" => Some(true),
                "refused" => Some(false),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let places = places.split_whitespace().map(|place| place.parse().ok()).collect::<Option<_>>()?;
        Some(Case { certified: certified.try_into().ok()?, formula, places })
    }

    fn points(&self) -> impl Iterator<Item = f32> {
        let beside = self.places.iter().flat_map(|place| {
            let neighbour = |step: i32| f32::from_bits(place.to_bits().wrapping_add_signed(step));
            STEPS.into_iter().flat_map(move |step| [neighbour(step), neighbour(-step)])
        });
        SIZES.into_iter().flat_map(|size| [size, -size]).chain(beside)
    }

    fn hold(&self) {
        let formula = self.formula;
        let compiled = compile(formula).unwrap_or_else(|mistakes| panic!("{formula}: {mistakes:?}"));
        let parameters: Vec<f64> = compiled.parameters.iter().map(|parameter| parameter.default).collect();
        for (output, certified) in [Output::Forward, Output::Derivative].into_iter().zip(self.certified) {
            let given = compiled.certificate(output).is_some_and(|certificate| certificate.is_given());
            assert_eq!(given, certified, "the verdict on {output:?} of {formula}");
            if !certified {
                continue;
            }
            let mut decided = 0;
            for x in self.points() {
                let x = f64::from(x);
                if output == Output::Derivative && (formula, x) == VERTICAL {
                    let got = compiled.evaluate(output, x, &parameters, Precision::Single);
                    assert_eq!(got, f64::INFINITY, "f' of {formula} at {x}");
                    continue;
                }
                let Exact::Value(reference) = exact(&compiled.as_written, x, &parameters, output) else {
                    continue;
                };
                decided += 1;
                let got = compiled.evaluate(output, x, &parameters, Precision::Single) as f32;
                let error = reference.ulps_f32(got);
                assert!(
                    error <= PROMISED,
                    "{output:?} of {formula} at {x:e}: {got:e}, off by {error:.2} ULP"
                );
            }
            assert!(decided >= 30, "{output:?} of {formula}: only {decided} points");
        }
    }
}

/// Holds every formula of a file to its verdicts.
fn hold_all(file: &'static str) {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let all: Vec<Case> = lines
        .map(|line| Case::read(line).unwrap_or_else(|| panic!("not a line of the file: {line}")))
        .collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(case) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    case.hold();
                }
            });
        }
    });
}

#[test]
fn what_is_certified_of_fresh_formulas_is_right() {
    hold_all(FRESH);
}

#[test]
fn what_is_certified_of_adversarial_formulas_is_right() {
    hold_all(ADVERSARIAL);
}
