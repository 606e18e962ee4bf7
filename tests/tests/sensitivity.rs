//! How small a mistake the generated tests notice.
//!
//! What they call is called here with kernels that are broken on purpose: results off by a fraction of themselves, or
//! one coefficient off in its last bits. Noticed are, at the latest,
//!
//! - results for `f32` that are off by 2^-23 of their size, one unit in the last place or two;
//! - results for `f64` that are off by 2^-50, four units or more;
//! - one coefficient, off by as much.
//!
//! The bounds themselves, 1 and 4 units, leave no room for much less: the next finer mistakes are within them.

use activation_core::catalogue::{Elu, Gelu, Mish, Prelu, Silu, Softsign};
use activation_core::check::{self, Failure, Tape};
use activation_core::{Activation, AnyActivation, Info, Output, Precision, Real, define_activation};
use activation_formula::compile;

/// Which results are broken.
const SINGLE: bool = true;
const DOUBLE: bool = false;

/// An activation whose results are off by `2^-BITS` of their size, in one precision.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Nudged<A, const BITS: i32, const IS_SINGLE: bool>(A);

define_activation! {
    /// Gelu with its coefficient as a parameter, and so on: numbers that `f64` has, or they would be off already.
    GeluWith(x; c = 2) = x * (1 + erf(x / sqrt(c))) / 2;
    SwishWith(x; c = 1.75) = x / (1 + exp(-c * x));
    SoftsignWith(x; c = 1) = x / (c + abs(x));
    TanhWith(x; c = 1) = tanh(c * x);
}

/// The same with the coefficient off by `2^-BITS` of itself, in one precision.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Detuned<A, const BITS: i32, const IS_SINGLE: bool>(A);

fn nudge(bits: i32) -> f64 {
    1.0 + 2.0_f64.powi(-bits)
}

fn is_broken(precision: Precision, is_single: bool) -> bool {
    (precision == Precision::Single) == is_single
}

/// Everything by way of `evaluate_unrounded`; the bodies are there because they have to be.
macro_rules! broken {
    ($type:ident, $info:expr, |$this:ident, $output:ident, $x:ident, $precision:ident| $broken:expr) => {
        impl<A: Activation, const BITS: i32, const IS_SINGLE: bool> Activation for $type<A, BITS, IS_SINGLE> {
            const INFO: Info = $info;

            fn parameter(&self, index: usize) -> f64 {
                self.0.parameter(index)
            }
            fn set_parameter(&mut self, index: usize, value: f64) {
                self.0.set_parameter(index, value);
            }
            fn evaluate_unrounded(&self, $output: Output, $x: f64, $precision: Precision) -> f64 {
                let $this = self;
                if is_broken($precision, IS_SINGLE) {
                    $broken
                } else {
                    self.0.evaluate_unrounded($output, $x, $precision)
                }
            }
            fn forward_at<R: Real>(&self, x: R) -> R {
                self.0.forward_at(x)
            }
            fn derivative_at<R: Real>(&self, x: R) -> R {
                self.0.derivative_at(x)
            }
            fn second_derivative_at<R: Real>(&self, x: R) -> R {
                self.0.second_derivative_at(x)
            }
            fn forward_with_derivative_at<R: Real>(&self, x: R) -> (R, R) {
                self.0.forward_with_derivative_at(x)
            }
            fn parameter_derivative_at<R: Real>(&self, index: usize, x: R) -> R {
                self.0.parameter_derivative_at(index, x)
            }
        }
    };
}

broken!(Nudged, A::INFO, |this, output, x, precision| {
    this.0.evaluate_unrounded(output, x, precision) * nudge(BITS)
});

// The coefficient is none of the parameters that the tests move.
broken!(Detuned, Info { parameters: &[], ..A::INFO }, |this, output, x, precision| {
    let mut detuned = this.0;
    detuned.set_parameter(0, this.0.parameter(0) * nudge(BITS));
    detuned.evaluate_unrounded(output, x, precision)
});

type Check = fn(&Tape, &AnyActivation) -> Result<(), Failure>;

const CHECKS: [(&str, Check); 3] =
    [("f", check::forward), ("f'", check::derivative), ("f''", check::second_derivative)];

/// The checks among f, f' and f'' that find nothing wrong.
fn content<A: Activation>(formula: &str) -> Vec<&'static str> {
    let compiled = compile(formula).unwrap_or_else(|mistakes| panic!("{formula}: {mistakes:?}"));
    let tape = Tape::of(&compiled.as_written, &A::INFO);
    let activation = AnyActivation::new(A::default());
    CHECKS.iter().filter(|(_, check)| check(&tape, &activation).is_ok()).map(|&(name, _)| name).collect()
}

fn nudged_results_are_noticed<A: Activation>() {
    let formula = A::INFO.declaration();
    assert_eq!(content::<A>(&formula).len(), 3, "{formula} is wrong before anything was broken");
    assert!(content::<Nudged<A, 23, SINGLE>>(&formula).is_empty(), "{formula} in f32");
    assert!(content::<Nudged<A, 50, DOUBLE>>(&formula).is_empty(), "{formula} in f64");
}

#[test]
fn results_that_are_off_by_a_unit_or_two_are_noticed() {
    nudged_results_are_noticed::<Gelu>();
    nudged_results_are_noticed::<Mish>();
    nudged_results_are_noticed::<Silu>();
    nudged_results_are_noticed::<Softsign>();
    nudged_results_are_noticed::<Elu>();
}

/// `formula` has the coefficient as a number.
fn a_detuned_coefficient_is_noticed<A: Activation>(formula: &str) {
    // 1 + 2^-60 is 1.
    assert_eq!(
        content::<Detuned<A, 60, SINGLE>>(formula).len(),
        3,
        "{formula} is wrong before anything was broken"
    );
    assert!(content::<Detuned<A, 23, SINGLE>>(formula).is_empty(), "{formula} in f32");
    assert!(content::<Detuned<A, 50, DOUBLE>>(formula).is_empty(), "{formula} in f64");
}

#[test]
fn a_coefficient_that_is_off_in_its_last_bits_is_noticed() {
    a_detuned_coefficient_is_noticed::<GeluWith>("x * (1 + erf(x / sqrt(2))) / 2");
    a_detuned_coefficient_is_noticed::<SwishWith>("x / (1 + exp(-1.75 * x))");
    a_detuned_coefficient_is_noticed::<SoftsignWith>("x / (1 + abs(x))");
    a_detuned_coefficient_is_noticed::<TanhWith>("tanh(x)");
}

#[test]
fn parameter_derivatives_are_watched_too() {
    fn is_noticed<A: Activation>() -> bool {
        let compiled = compile(&A::INFO.declaration()).expect("a row of the catalogue");
        let tape = Tape::of(&compiled.as_written, &A::INFO);
        check::parameter_derivatives(&tape, &AnyActivation::new(A::default())).is_err()
    }
    assert!(!is_noticed::<Elu>() && is_noticed::<Nudged<Elu, 23, SINGLE>>());
    assert!(is_noticed::<Nudged<Elu, 50, DOUBLE>>());
    assert!(!is_noticed::<Prelu>() && is_noticed::<Nudged<Prelu, 23, SINGLE>>());
}

#[test]
fn finer_mistakes_are_within_the_bounds() {
    let formula = Softsign::INFO.declaration();
    assert_eq!(content::<Nudged<Softsign, 26, SINGLE>>(&formula).len(), 3);
    assert_eq!(content::<Nudged<Softsign, 53, DOUBLE>>(&formula).len(), 3);
}

/// A declaration that the compiler has not certified may cancel; a wrong slope is still found.
#[test]
fn without_a_certificate_larger_mistakes_are_noticed() {
    let compiled = compile(&Gelu::INFO.declaration()).expect("a row of the catalogue");
    let tape = Tape::of(&compiled.as_written, &Gelu::INFO).unchecked();
    let is_noticed = |activation: AnyActivation| check::derivative(&tape, &activation).is_err();
    assert!(is_noticed(AnyActivation::new(Nudged::<Gelu, 29, DOUBLE>::default())));
    assert!(!is_noticed(AnyActivation::new(Nudged::<Gelu, 31, DOUBLE>::default())));
}
