//! Results in `f64`: within 4 units in the last place everywhere, right beside roots too, for the whole catalogue.

use activation_core::{AnyActivation, Output, all, by_name};
use activation_formula::compile;
use activation_math::{Exact, exact};

/// What is promised, in units in the last place of `f64`.
const PROMISED: f64 = 4.0;

/// What has been measured (with 600 points a function), and should not get worse unnoticed.
const MEASURED: f64 = 2.3;

/// A few numbers of every order of magnitude, both signs: bit patterns at equal distances, and where tails begin.
fn sample() -> impl Iterator<Item = f64> {
    const STEP: usize = 0x03c3_d70a_3d70_a3d7;
    let patterns = (0..u64::MAX).step_by(STEP).map(f64::from_bits);
    let sizes =
        [1e-8, 0.05, 0.3, 0.7, 1.1, 1.9, 2.6, 3.7, 5.5, 8.1, 13.7, 21.3, 39.9, 71.7, 105.4, 690.5, 744.6];
    patterns.chain(sizes.into_iter().flat_map(|x| [x, -x])).filter(|x| x.is_finite())
}

#[test]
fn the_catalogue_is_within_the_promise() {
    let rows: Vec<_> = all().collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let chunk = rows.len().div_ceil(workers);
    std::thread::scope(|scope| {
        for rows in rows.chunks(chunk) {
            scope.spawn(move || rows.iter().for_each(|entry| hold(&entry.activation())));
        }
    });
}

/// The doubles on both sides of every place between -12 and 12 where a function goes through 0, and the ones next to them.
fn beside_roots(function: impl Fn(f64) -> f64) -> Vec<f64> {
    const STEPS: i32 = 400;
    let place = |step: i32| f64::from(step) * 0.0613 - 12.26;
    let mut points = Vec::new();
    for step in 0..STEPS {
        let (mut low, mut high) = (place(step), place(step + 1));
        let (first, last) = (function(low), function(high));
        if first * last >= 0.0 || first.is_nan() || last.is_nan() {
            continue;
        }
        // Bit patterns of one sign: halving goes on until there is nothing between the two.
        while low.next_up() < high {
            let middle = 0.5 * low + 0.5 * high;
            if !(low < middle && middle < high) {
                break;
            }
            if function(middle) * last > 0.0 { high = middle } else { low = middle }
        }
        points.extend([low.next_down(), low, high, high.next_up()]);
    }
    points
}

fn hold(activation: &AnyActivation) {
    let info = activation.info();
    let formula = compile(&info.declaration()).expect("the catalogue compiles");
    let parameters = activation.parameters();
    for output in Output::all(parameters.len()) {
        let mut decided = 0;
        let roots = beside_roots(|x| activation.evaluate(output, x));
        for x in sample().chain(roots) {
            let Exact::Value(reference) = exact(&formula.as_written, x, &parameters, output) else {
                continue;
            };
            decided += 1;
            let got: f64 = activation.evaluate(output, x);
            let error = reference.ulps_f64(got);
            assert!(
                error <= MEASURED,
                "{output:?} of {activation:?} at {x:e}: {got:e}, off by {error:.2} ULP"
            );
        }
        assert!(decided > 25, "{output:?} of {activation:?}: only {decided} points");
    }
    const { assert!(MEASURED <= PROMISED) }
}

/// Where frameworks return 0, 1, NaN or no correct digit.
#[test]
fn the_tails_that_others_lose() {
    for (name, output, x, value) in [
        ("sigmoid", Output::Derivative, 40.0, 4.2484e-18),
        ("gelu", Output::Forward, -10.0, -7.6199e-23),
        ("tanh", Output::Derivative, 20.0, 1.6993e-17),
        ("softplus", Output::Forward, -700.0, 9.8597e-305),
        ("mish", Output::Derivative, 88.8, 1.0),
        ("squareplus", Output::Forward, -1e8, 1e-8),
        ("tanh_shrink", Output::Forward, 1e-8, 3.3333e-25),
        ("sqrt_softplus", Output::Forward, -1000.0, 7.1246e-218),
        ("silu", Output::Forward, -744.0, -5.7e-321),
        ("elu", Output::Derivative, 1000.0, 1.0),
        ("tanh_exp", Output::Derivative, 89.0, 1.0),
    ] {
        let got: f64 = by_name(name).expect("a row of the catalogue").evaluate(output, x);
        let formula = compile(&by_name(name).expect("a row").info().declaration()).expect("compiles");
        let parameters: Vec<f64> = formula.parameters.iter().map(|parameter| parameter.default).collect();
        let Exact::Value(reference) = exact(&formula.as_written, x, &parameters, output) else {
            panic!("{name} at {x} is known")
        };
        assert!(reference.ulps_f64(got) <= PROMISED, "{name} at {x}: {got:e}, not {:e}", reference.to_f64());
        assert!((got - value).abs() <= 1e-2 * value.abs(), "{name} at {x}: {got:e}, not {value:e}");
    }
}
