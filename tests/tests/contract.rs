//! The contract of special values: the page that states it, and every number on it against the formula as written.

use activation_core::contract::{RULES, SpecialValue, Tail, special_values};
use activation_core::{AnyActivation, Output, all};
use activation_formula::{Compiled, compile};
use activation_math::{Exact, Reference, exact};
use expect_test::expect_file;
use std::fmt::Write as _;

/// One of the functions of the contract, and where a [`SpecialValue`] has its value.
type Function = (Output, fn(&SpecialValue) -> f32);

const FUNCTIONS: [Function; 3] = [
    (Output::Forward, |value| value.forward),
    (Output::Derivative, |value| value.derivative),
    (Output::SecondDerivative, |value| value.second_derivative),
];

/// Every activation with its formula, compiled for the oracle, and what it gives.
fn catalogue() -> impl Iterator<Item = (AnyActivation, Compiled, Vec<SpecialValue>)> {
    all().map(|entry| {
        let formula = compile(&entry.info().declaration()).expect("a row compiles");
        let activation = entry.activation();
        let values = special_values(&activation);
        (activation, formula, values)
    })
}

fn reference(formula: &Compiled, activation: &AnyActivation, output: Output, x: f32) -> Option<Reference> {
    match exact(&formula.as_written, f64::from(x), &activation.parameters(), output) {
        Exact::Value(reference) => Some(reference),
        Exact::Undefined | Exact::Inconclusive => None,
    }
}

/// `SPECIAL_VALUES.md` is for people; `UPDATE_EXPECT=1 cargo test -p activation-tests --test contract` writes it anew.
#[test]
fn the_page_is_what_the_catalogue_gives() {
    let mut page = format!(
        "# Special values\n\n{RULES}\n\
         The tables hold for `f32` and for the parameters' defaults; `activation eval NAME --order 2 nan inf -inf 0 -0` \
         asks for\nothers. They are generated, and tested against multi-precision arithmetic: \
         `tests/tests/contract.rs`.\n"
    );
    for entry in all() {
        let info = entry.info();
        let _ = write!(page, "\n## {}\n\nf({}) = `{}`\n\n", info.name, info.variable, info.formula);
        let header = ["x", "", "f", "f'", "f''"].map(str::to_owned);
        let rule = [3, 3, 3, 3, 3].map(|width| "-".repeat(width));
        let rows = special_values(&entry.activation()).into_iter().map(|value| {
            let input = value.input;
            let numbers = FUNCTIONS.map(|(_, of)| format!("{:?}", of(&value)));
            let [f, derivative, second] = numbers;
            [input.name.to_owned(), format!("{:?}", input.f32), f, derivative, second]
        });
        let rows: Vec<[String; 5]> = [header, rule].into_iter().chain(rows).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
        let widths: [usize; 5] = std::array::from_fn(width);
        for row in &rows {
            for (cell, width) in row.iter().zip(widths) {
                let _ = write!(page, "| {cell:width$} ");
            }
            page.push_str("|\n");
        }
    }
    expect_file!["../../SPECIAL_VALUES.md"].assert_eq(&page);
}

#[test]
fn nan_gives_nan() {
    for (activation, _, values) in catalogue() {
        for (output, of) in FUNCTIONS {
            for value in values.iter().filter(|value| value.input.f32.is_nan()) {
                assert!(of(value).is_nan(), "{output:?} of {activation:?}");
            }
        }
    }
}

/// The exact value, rounded: an error of half a unit, and what rounding by way of `f64` may add to that.
#[test]
fn finite_inputs_give_the_exact_value() {
    const ROUNDED_TWICE: f64 = 1e-8;
    for (activation, formula, values) in catalogue() {
        for (output, of) in FUNCTIONS {
            for value in values.iter().filter(|value| value.input.f32.is_finite()) {
                let (x, got) = (value.input.f32, of(value));
                let place = format!("{output:?} of {activation:?} at {}", value.input.name);
                if let Some(reference) = reference(&formula, &activation, output, x) {
                    let (right, error) = (reference.to_f32(), reference.ulps_f32(got));
                    assert!(
                        error <= 0.5 + ROUNDED_TWICE,
                        "{place}: {got:e} instead of {right:e}, {error} ulp"
                    );
                } else {
                    assert_eq!(x.abs(), f32::MAX, "{place} cannot be decided");
                    let right = beyond_the_oracle(&formula, &activation, output, x);
                    assert_eq!(got, right, "{place}");
                }
            }
        }
    }
}

/// What a function has at `x` if it goes on like the power of x that it is from 2^50 to 2^58, which is as far as the oracle
/// can follow an exponential.
fn beyond_the_oracle(formula: &Compiled, activation: &AnyActivation, output: Output, x: f32) -> f32 {
    let [near, far] = [2.0_f32.powi(50), 2.0_f32.powi(58)].map(|size| {
        let reference =
            reference(formula, activation, output, size.copysign(x)).expect("the oracle goes so far");
        reference.to_f64()
    });
    if far == 0.0 {
        return 0.0;
    }
    // In halves, for the square root of softplus.
    let power = ((far / near).log2() / 8.0 * 2.0).round() / 2.0;
    (far * (f64::from(x.abs()) / 2.0_f64.powi(58)).powf(power)) as f32
}

#[test]
fn infinities_give_the_limit() {
    for (activation, formula, values) in catalogue() {
        for (output, of) in FUNCTIONS {
            for value in values.iter().filter(|value| value.input.f32.is_infinite()) {
                let place = format!("{output:?} of {activation:?} at {}", value.input.name);
                let infinity = f64::from(value.input.f32);
                let tail = Tail::of(&formula.as_written, &activation.parameters(), output, infinity);
                let claimed: f64 = activation.evaluate(output, infinity);
                assert_eq!(tail.contradiction(claimed), None, "{place} is {claimed}");
                let narrow = of(value);
                let same = narrow == claimed as f32 || narrow.is_nan() && claimed.is_nan();
                assert!(same, "{place}: {narrow} in f32, {claimed} in f64");
                assert!(narrow != 0.0 || narrow.is_sign_positive(), "{place}: a limit of 0 is +0");
            }
        }
    }
}

/// Sums of zeros of both signs, which are +0 in IEEE 754, though f is negative to the left of 0.
const SUMS_OF_ZEROS: [&str; 3] = ["bent_identity", "xielu", "snake"];

/// f(-0) has the sign that f has to the left of 0, f(+0) that to the right, except for [`SUMS_OF_ZEROS`].
#[test]
fn zero_keeps_its_sign() {
    for (activation, formula, values) in catalogue() {
        for value in values.iter().filter(|value| value.input.f32 == 0.0 && value.forward == 0.0) {
            let x = value.input.f32;
            let beside = f32::from_bits(x.to_bits() + 1);
            let beside = reference(&formula, &activation, Output::Forward, beside).expect("decided");
            let name = activation.info().name;
            let negative = beside.wide().is_negative() && !SUMS_OF_ZEROS.contains(&name);
            assert_eq!(value.forward.is_sign_negative(), negative, "{name} at {}", value.input.name);
        }
    }
}

/// What is too small for the type is 0 with the sign that f has on that side.
#[test]
fn what_vanishes_keeps_its_sign() {
    let mut vanished = 0;
    for (activation, formula, values) in catalogue() {
        for value in values.iter().filter(|value| value.forward == 0.0) {
            let x = value.input.f32;
            if x == 0.0 || !x.is_finite() {
                continue;
            }
            // Far out the oracle takes what is negligible for 0; 8 is far enough and shows the sign.
            let seen =
                reference(&formula, &activation, Output::Forward, x.clamp(-8.0, 8.0)).expect("decided");
            let place = format!("{} at {}", activation.info().name, value.input.name);
            assert_eq!(value.forward.is_sign_negative(), seen.wide().is_negative(), "{place}");
            vanished += usize::from(!seen.wide().is_zero());
        }
    }
    assert!(vanished > 30, "only {vanished} values vanish");
}
