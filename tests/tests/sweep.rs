//! f and f' of the whole catalogue over the numbers of a type: all of `f16` and `bf16`, one in ten thousand of `f32`; f'' and
//! the derivatives by parameters at some hundred numbers of `f32`, because there are no closed forms to compare with.
//!
//! `activation check --all --exhaustive` leaves out none of `f32` either.

use activation_core::{Entry, Output, Scalar, all};
use activation_formula::compile;
use activation_math::{Exact, Wide, exact};
use activation_reference::{Exactly, Findings, Float, by_name, compare};
use half::{bf16, f16};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The promise for `f32`, in units in the last place.
const SINGLE: f64 = 1.0;

/// What is computed in `f64` or nearly and rounded once is off by half a unit, and at a tie by what it was off before.
const ROUNDED_ONCE: f64 = 0.5 + 1e-6;

/// A prime, so that all last digits of a number occur, with all exponents.
const STRIDE: usize = 10_007;

/// The same for what only multi-precision arithmetic can judge.
const LONG_STRIDE: usize = 14_999_981;

/// Results that multi-precision arithmetic was asked about, of a million, at most: more, and the closed forms that should
/// decide are not what decides.
const DOUBTS: f64 = 2000.0;

#[test]
fn f32_is_within_a_unit_at_one_number_in_ten_thousand() {
    sweep::<f32>(STRIDE, SINGLE, first_order);
}

#[test]
fn f16_is_rounded_once_everywhere() {
    sweep::<f16>(1, ROUNDED_ONCE, first_order);
}

#[test]
fn bf16_is_rounded_once_everywhere() {
    sweep::<bf16>(1, ROUNDED_ONCE, first_order);
}

#[test]
fn other_derivatives_of_f32_are_within_a_unit() {
    let others = |entry: &Entry| Output::all(entry.info().parameters.len()).skip(2).collect();
    sweep::<f32>(LONG_STRIDE, SINGLE, others);
}

fn first_order(_: &Entry) -> Vec<Output> {
    vec![Output::Forward, Output::Derivative]
}

/// Goes through the given functions of every activation, on all cores, and prints the largest error of all.
fn sweep<T: Float + Scalar>(stride: usize, bound: f64, outputs: impl Fn(&Entry) -> Vec<Output>) {
    let functions: Vec<(&Entry, Output)> =
        all().flat_map(|entry| outputs(entry).into_iter().map(move |output| (entry, output))).collect();
    let (next, worst) = (AtomicUsize::new(0), Mutex::new((0.0, String::new())));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(&(entry, output)) = functions.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = format!("{output:?} of `{}` in {}", entry.info().name, T::NAME);
                    let found = measure::<T>(entry, output, stride);
                    let number = |pattern| T::from_pattern(pattern).widened();
                    assert!(
                        found.faults == 0,
                        "{name}: {} faults, at {:?}",
                        found.faults,
                        found.fault.map(number)
                    );
                    if matches!(output, Output::Forward | Output::Derivative) {
                        assert!(found.undecided == 0, "{name}: {} results undecided", found.undecided);
                        let doubts = found.asked as f64 * 1e6 / found.points as f64;
                        assert!(doubts <= DOUBTS || found.asked < 500, "{name}: {} doubts", found.asked);
                    } else {
                        // To say that something vanishes is beyond multi-precision arithmetic too.
                        assert!(
                            found.points > found.undecided,
                            "{name}: {} results undecided",
                            found.undecided
                        );
                    }
                    let (error, pattern) = found.largest().expect("results were compared");
                    assert!(error <= bound, "{name} is off by {error} units at {:e}", number(pattern));
                    let mut worst = worst.lock().expect("no other function failed");
                    if error > worst.0 {
                        *worst = (error, format!("{name} at {:e}", number(pattern)));
                    }
                }
            });
        }
    });
    let (error, place) = worst.into_inner().expect("no function failed");
    println!("largest error: {error}, {place}");
}

fn measure<T: Float + Scalar>(entry: &Entry, output: Output, stride: usize) -> Findings {
    let (info, activation) = (entry.info(), entry.activation());
    let formula = compile(&info.declaration()).expect("a row compiles");
    let parameters = activation.parameters();
    let row = by_name(info.name).expect("every row has closed forms");
    let function = match output {
        Output::Forward => Some(&row.forward),
        Output::Derivative => Some(&row.derivative),
        Output::SecondDerivative | Output::ParameterDerivative(_) => None,
    };
    let oracle = |x: f64, got: f64| {
        let Exact::Value(reference) = exact(&formula.as_written, x, &parameters, output) else { return None };
        let value = reference.wide();
        let distance = (Wide::from_f64(got) - value).magnitude();
        let error = distance.scaled(i64::from(T::ulp_power(value.exponent()))).to_f64();
        Some(Exactly { value: value.to_f64(), error })
    };
    let patterns = (0..1_u64 << T::BITS).step_by(stride).chain(T::edges());
    let kernel = |inputs: &[T], results: &mut [T]| activation.evaluate_into(output, inputs, results);
    let mut found =
        compare(patterns, function, function.map(|function| function.limits), kernel, oracle, |_| ());
    found.settle::<T>(oracle);
    found
}
