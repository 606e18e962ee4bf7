//! The catalogue as a whole: the formula sheet, the names, the numbers.

use activation_core::{Info, Output, Precision, all, normalised_name};
use activation_formula::compile;
use activation_math::{Exact, exact};
use activation_tests::{spread, worst_error};
use expect_test::expect_file;
use std::collections::HashMap;
use std::fmt::Write as _;

/// `tests/catalogue.txt` is for a mathematician to proof-read; `UPDATE_EXPECT=1 cargo test` writes it anew.
#[test]
fn the_formula_sheet_is_the_one_that_was_proof_read() {
    let mut sheet = String::new();
    for entry in all() {
        let Info { name, aliases, variable: x, formula, derivative, second_derivative, parameters, .. } =
            *entry.info();
        let aliases = if aliases.is_empty() { String::new() } else { format!(" ({})", aliases.join(", ")) };
        let _ = writeln!(sheet, "{name}{aliases}");
        for parameter in parameters {
            let learned = if parameter.learned { "learn " } else { "" };
            let _ = writeln!(sheet, "  {learned}{} = {}", parameter.name, parameter.default_text);
        }
        let _ = writeln!(
            sheet,
            "  f({x})   = {formula}\n  f'({x})  = {derivative}\n  f''({x}) = {second_derivative}"
        );
        for parameter in parameters {
            let _ = writeln!(sheet, "  df/d{} = {}", parameter.name, parameter.derivative);
        }
        sheet.push('\n');
    }
    expect_file!["../catalogue.txt"].assert_eq(&sheet);
}

#[test]
fn all_rows_are_there_and_every_name_finds_its_own() {
    assert_eq!(all().count(), 56);
    let mut owners = HashMap::new();
    for entry in all() {
        let info = entry.info();
        for name in std::iter::once(&info.name).chain(info.aliases) {
            let before = owners.insert(normalised_name(name), info.name);
            assert!(before.is_none_or(|owner| owner == info.name), "`{name}` is the name of two activations");
            assert_eq!(activation_core::by_name(name).map(|found| found.info().name), Some(info.name));
        }
    }
}

#[test]
fn every_row_says_what_it_is_and_where_it_comes_from() {
    for entry in all() {
        let info = entry.info();
        assert!(info.docs.len() > 30, "`{}` has no documentation", info.name);
        assert!(info.source().is_some_and(|source| source.ends_with('.')), "`{}` has no source", info.name);
    }
}

/// The bar of the catalogue: f, f' and f'' within 1e-9 of the exact value for 0.001 <= |x| <= 5, with the parameters at
/// their defaults and elsewhere. The generated tests look at fewer points, these are others.
#[test]
fn values_and_derivatives_are_exact_to_nine_digits() {
    let points = spread(60, 0.001, 5.0);
    for entry in all() {
        let info = entry.info();
        let text = info.declaration();
        let compiled = compile(&text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
        let defaults: Vec<f64> = info.parameters.iter().map(|parameter| parameter.default).collect();
        let elsewhere: Vec<f64> = defaults.iter().map(|value| value * 0.8125 + 0.3).collect();
        // Negative ones too, where the formula has a meaning for them.
        let negative: Vec<f64> = info
            .parameters
            .iter()
            .map(|parameter| (-0.6875 * parameter.default - 0.1).max(parameter.range.0))
            .collect();
        for parameters in [defaults, elsewhere, negative] {
            for output in [Output::Forward, Output::Derivative, Output::SecondDerivative] {
                let (worst, at, compared) = worst_error(&compiled, output, &parameters, &points);
                assert!(
                    worst <= 1e-9,
                    "{output:?} of `{}` with {parameters:?} at {at}: {worst:e}",
                    info.name
                );
                assert!(compared >= 50, "only {compared} points of `{}` could be decided", info.name);
            }
        }
    }
}

/// Beyond that range the bar is one unit in the last place of f32, parameter derivatives included.
#[test]
fn tails_are_right_in_f32() {
    let mut points: Vec<f64> = spread(24, 1e-44, 1e-3);
    points.extend(spread(36, 5.0, 800.0));
    points.extend(spread(24, 800.0, 3e38));
    for entry in all() {
        let activation = entry.activation();
        let info = entry.info();
        let compiled = compile(&info.declaration()).expect("a row compiles");
        let parameters = activation.parameters();
        for output in Output::all(parameters.len()) {
            for x in points.iter().map(|&x| x as f32) {
                if let Exact::Value(reference) =
                    exact(&compiled.as_written, f64::from(x), &parameters, output)
                {
                    let got: f32 = activation.evaluate(output, x);
                    let error = reference.ulps_f32(got);
                    let right = reference.to_f32();
                    assert!(
                        error <= 1.0,
                        "{output:?} of `{}` at {x:e}: {got:e} instead of {right:e}",
                        info.name
                    );
                }
            }
        }
    }
}

/// Nothing is NaN for a finite input, however large or small; the two exceptions have no meaning there.
#[test]
fn no_finite_input_gives_nan() {
    let mut points = spread(400, 1e-320, 1.7e308);
    points.extend([0.0, -0.0, f64::MIN_POSITIVE, f64::MAX, f64::MIN, 5e-324, -5e-324]);
    for entry in all() {
        let activation = entry.activation();
        for output in Output::all(entry.info().parameters.len()) {
            for &x in &points {
                let value: f64 = activation.evaluate(output, x);
                assert!(!value.is_nan(), "{output:?} of `{}` at {x:e} is NaN", entry.info().name);
                let narrow = x as f32;
                let value: f32 = activation.evaluate(output, narrow);
                assert!(
                    narrow.is_infinite() || !value.is_nan(),
                    "{output:?} of `{}` at {x:e}f32 is NaN",
                    entry.info().name
                );
            }
        }
    }
}

/// A compiled row and the same text compiled at run time are the same function, to the last bit.
#[test]
fn macro_and_run_time_agree_to_the_last_bit() {
    let mut points = spread(300, 1e-30, 1e30);
    points.extend([0.0, 1.0, -1.0, 3.0, -3.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN]);
    for entry in all() {
        let info = entry.info();
        let activation = entry.activation();
        let compiled = compile(&info.declaration()).expect("a row compiles");
        let parameters = activation.parameters();
        assert_eq!(compiled.derivative, info.derivative);
        for output in Output::all(parameters.len()) {
            for &x in &points {
                let (a, b): (f64, f64) = (
                    activation.evaluate(output, x),
                    compiled.evaluate(output, x, &parameters, Precision::Double),
                );
                assert!(
                    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
                    "{output:?} of `{}` at {x}: {a:e}, and {b:e} at run time",
                    info.name
                );
            }
        }
    }
}
