//! Every form is held against the formula as its author wrote it, in multi-precision arithmetic: with careful functions and with
//! quick ones, and one with the other at many more points.

use activation_core::{Output, all};
use activation_formula::compile;
use activation_math::{Exact, Wide, exact};
use activation_reference::{Float, Function, Known, Reference, by_name};
use std::thread;

/// Numbers of `f32`: evenly over the bit patterns, more of them where the functions bend, and edges.
fn sample() -> Vec<f64> {
    let spread = |count: u64| (0..count).map(move |index| ((index << 32) / count + 77_777) as u32);
    let patterns = spread(250).chain(spread(4000).filter(|&bits| {
        let size = f32::from_bits(bits).abs();
        (1e-4..300.0).contains(&size)
    }));
    let edges = f32::edges().map(|pattern| pattern as u32);
    patterns.chain(edges).map(|bits| f64::from(f32::from_bits(bits))).filter(|x| x.is_finite()).collect()
}

/// The function by its careful and by its quick form.
fn both(function: &Function, x: f64) -> [Known; 2] {
    let (mut value, mut within) = ([f64::NAN], [f64::INFINITY]);
    function.estimate(&[x], &mut value, &mut within);
    [function.evaluate(x), Known { value: value[0], within: within[0] }]
}

/// The distance of a form from the exact value in parts of what it claims, over the sample: the largest, and where.
fn worst(row: &Reference, function: &Function, output: Output, sample: &[f64]) -> (f64, f64, usize) {
    let entry = all().find(|entry| entry.info().name == row.name).expect("a row of the catalogue");
    let formula = compile(&entry.info().declaration()).expect("a row compiles");
    let parameters = entry.activation().parameters();
    let (mut worst, mut at, mut compared) = (0.0, f64::NAN, 0);
    for &x in sample {
        let Exact::Value(reference) = exact(&formula.as_written, x, &parameters, output) else { continue };
        compared += 1;
        for Known { value, within } in both(function, x) {
            let distance = (Wide::from_f64(value) - reference.wide()).magnitude().to_f64();
            // Beyond the range of f64 both are infinite.
            let part = if distance == 0.0 || value.is_infinite() { 0.0 } else { distance / within };
            if part > worst || part.is_nan() {
                (worst, at) = (part, x);
            }
        }
    }
    (worst, at, compared)
}

#[test]
fn no_form_is_further_off_than_it_claims() {
    let sample = sample();
    let rows: Vec<&Reference> = activation_reference::all().collect();
    thread::scope(|scope| {
        for part in rows.chunks(rows.len().div_ceil(4)) {
            let sample = &sample;
            scope.spawn(move || {
                for row in part {
                    for (function, output) in
                        [(&row.forward, Output::Forward), (&row.derivative, Output::Derivative)]
                    {
                        let (worst, at, compared) = worst(row, function, output, sample);
                        assert!(worst <= 1.0, "{output:?} of `{}` at {at:e}: {worst} of its claim", row.name);
                        assert!(compared > sample.len() / 2, "{output:?} of `{}`: {compared}", row.name);
                    }
                }
            });
        }
    });
}

/// A prime, so that all last digits of a number occur, with all exponents.
const STRIDE: usize = 10_007;

/// The two sets of functions have nothing in common but the forms: where they agree everywhere, neither is off.
#[test]
fn quick_forms_are_as_near_to_careful_ones_as_both_claim() {
    let inputs: Vec<f64> =
        (0..1_u64 << 32).step_by(STRIDE).map(|bits| f64::from(f32::from_bits(bits as u32))).collect();
    let inputs: Vec<f64> = inputs.into_iter().filter(|x| x.is_finite()).collect();
    let (mut values, mut within) = (vec![0.0; inputs.len()], vec![0.0; inputs.len()]);
    for row in activation_reference::all() {
        for (name, function) in [("f", &row.forward), ("f'", &row.derivative)] {
            function.estimate(&inputs, &mut values, &mut within);
            let mut doubtful = 0;
            for ((&x, &value), &within) in inputs.iter().zip(&values).zip(&within) {
                let careful = function.evaluate(x);
                let distance = (careful.value - value).abs();
                let agrees = distance <= within + careful.within || careful.value == value;
                assert!(agrees, "{name} of `{}` at {x:e}: {value:e}, not {careful:?}", row.name);
                let doubt = f32::ulps(within, value);
                doubtful += u32::from(doubt.is_nan() || doubt > 0.005);
            }
            // More, and the careful functions, a hundred times slower, would decide.
            assert!(
                f64::from(doubtful) <= 1e-4 * inputs.len() as f64,
                "{name} of `{}`: {doubtful}",
                row.name
            );
        }
    }
}

/// A claim is of use only where it is small: a hundred-thousandth of a unit of `f32`, and ten of them where functions are quick, but
/// for points beside roots.
#[test]
fn claims_are_small() {
    let sample = sample();
    for row in activation_reference::all() {
        for function in [&row.forward, &row.derivative] {
            for (form, bound) in [(0, 1e-5), (1, 1e-4)] {
                let doubtful = sample.iter().filter(|&&x| {
                    let known = both(function, x)[form];
                    let doubt = f32::ulps(known.within, known.value);
                    doubt.is_nan() || doubt > bound
                });
                let doubtful = doubtful.count();
                assert!(doubtful * 200 <= sample.len(), "`{}` is in doubt at {doubtful} points", row.name);
            }
        }
    }
}

/// Far out a function is at its limit, or beyond all bounds; the tables of forms and of limits were written apart.
#[test]
fn limits_are_where_the_forms_go() {
    for row in activation_reference::all() {
        for function in [&row.forward, &row.derivative] {
            for (x, limit) in [-3e38, 3e38].into_iter().zip(function.limits) {
                for Known { value, .. } in both(function, x) {
                    let there = if limit.is_infinite() {
                        value.abs() > 1e18 && (value > 0.0) == (limit > 0.0)
                    } else {
                        limit.is_nan() || (value - limit).abs() < 1e-15
                    };
                    assert!(there, "`{}` goes to {value:e} and not to {limit:e} at {x:e}", row.name);
                }
            }
        }
    }
}

#[test]
fn the_catalogue_is_complete() {
    let names: Vec<&str> = all().map(|entry| entry.info().name).collect();
    assert_eq!(names.len(), activation_reference::all().count());
    for name in names {
        assert!(by_name(name).is_some(), "`{name}` has no row");
    }
}
