//! Expectations of the whole catalogue against a table that mpmath has made from formulas of its own; and those that are
//! known in closed form, infinite, or undefined.

mod table;

use activation_analysis::{Analysis, Function, Maps, Moment, Moments, Normal};
use activation_core::{all, by_name};
use activation_formula::{Compiled, compile};
use table::TABLE;

/// An activation under a normal distribution.
struct Row {
    name: &'static str,
    /// The mean and the standard deviation.
    normal: (f64, f64),
    /// E f, Var f, E f², E f', E f'², P(f = 0), P(f' = 0), P(|f'| < 0.01)
    expected: [f64; 8],
}

/// The promise.
const BOUND: f64 = 1e-9;

fn defaults(compiled: &Compiled) -> Vec<f64> {
    compiled.parameters.iter().map(|parameter| parameter.default).collect()
}

fn moments(text: &str, normal: Normal) -> Moments {
    let compiled = compile(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
    let parameters = defaults(&compiled);
    let function = Function::new(&compiled, &parameters);
    Moments::of(function, &Analysis::of(function), normal)
}

#[test]
fn the_whole_catalogue_agrees_with_mpmath() {
    for entry in all() {
        let rows = TABLE.iter().filter(|row| row.name == entry.info().name).count();
        assert_eq!(rows, 2, "{} has its rows", entry.info().name);
    }
    for pair in TABLE.chunks(2) {
        let activation = by_name(pair[0].name).expect("an activation");
        let compiled = compile(&activation.info().declaration()).expect("its formula");
        let parameters = defaults(&compiled);
        let function = Function::new(&compiled, &parameters);
        let analysis = Analysis::of(function);
        for Row { name, normal, expected } in pair {
            let normal = Normal::new(normal.0, normal.1).expect("a distribution");
            let found = Moments::of(function, &analysis, normal);
            let known = |moment: Moment| moment.value().unwrap_or_else(|| panic!("{name}: {found:?}"));
            let values = [
                known(found.mean),
                known(found.variance),
                known(found.second_moment),
                known(found.derivative_mean),
                known(found.derivative_second_moment),
                found.sparsity.expect("known"),
                found.dead_probability.expect("known"),
                found.saturation_probability.expect("known"),
            ];
            for (index, (value, expected)) in values.iter().zip(expected).enumerate() {
                let near =
                    (value - expected).abs() <= BOUND * expected.abs() || (value - expected).abs() <= 1e-15;
                assert!(near, "{name} {normal:?}, column {index}: {value}, and {expected} by mpmath");
            }
        }
    }
}

fn is_near(moment: Moment, expected: f64) -> bool {
    moment.value().is_some_and(|value| (value - expected).abs() <= 1e-12 * expected.abs().max(1e-3))
}

#[test]
fn closed_forms() {
    let standard = Normal::STANDARD;
    // Lognormal: E exp(2x) is finite.
    let exponential = moments("exp(x)", standard);
    assert!(is_near(exponential.mean, 0.5_f64.exp()) && is_near(exponential.second_moment, 2.0_f64.exp()));
    let shifted = moments("x^2", Normal::new(3.0, 0.5).expect("a distribution"));
    assert!(is_near(shifted.mean, 9.25) && is_near(shifted.variance, 4.0 * 9.0 * 0.25 + 2.0 * 0.0625));
    // E ln|x| = -(γ + ln 2) / 2
    let logarithm = moments("ln(abs(x))", standard);
    assert!(
        logarithm.mean.value().is_some_and(|mean| (mean + 0.635_181_422_730_739_1).abs() < 1e-9),
        "{logarithm:?}"
    );
    for (text, gain) in [
        ("max(0, x)", 2.0_f64.sqrt()),
        ("x", 1.0),
        ("Leaky(x; slope = 0.2) = if x > 0 { x } else { slope * x }", (2.0_f64 / 1.04).sqrt()),
    ] {
        let found = moments(text, standard);
        for gain_found in [found.gain_forward, found.gain_backward] {
            assert!(gain_found.is_some_and(|found| (found - gain).abs() < 1e-12), "{text}: {found:?}");
        }
    }
    // PyTorch's table has 5/3, a rule of thumb.
    let tanh = moments("tanh(x)", standard).gain_forward.expect("a gain");
    assert!((tanh - 1.592_537_419_722_831_5).abs() < 1e-12 && (tanh - 5.0 / 3.0).abs() < 0.08, "{tanh}");
    let relu = moments("max(0, x)", standard);
    assert_eq!(
        (relu.sparsity, relu.dead_probability, relu.is_zero_centred()),
        (Some(0.5), Some(0.5), Some(false))
    );
    assert_eq!(moments("tanh(x)", standard).mean, Moment::Finite(0.0));
}

#[test]
fn what_diverges_is_said() {
    let standard = Normal::STANDARD;
    let square = moments("exp(x^2)", standard);
    assert_eq!(
        [square.mean, square.second_moment, square.variance],
        [Moment::Infinite, Moment::Infinite, Moment::Undefined]
    );
    assert_eq!(square.gain_forward, None);
    // The mean is finite, the second moment is not.
    let quarter = moments("exp(x^2 / 4)", standard);
    assert!(
        is_near(quarter.mean, 2.0_f64.sqrt()) && quarter.second_moment == Moment::Infinite,
        "{quarter:?}"
    );
    assert_eq!(quarter.variance, Moment::Infinite);
    let inverse = moments("1 / x", standard);
    assert_eq!((inverse.mean, inverse.second_moment), (Moment::Undefined, Moment::Infinite));
    assert_eq!(moments("sqrt(abs(x))", standard).derivative_second_moment, Moment::Infinite);
    // No value on the left.
    let logarithm = moments("ln(x)", standard);
    assert_eq!((logarithm.mean, logarithm.second_moment), (Moment::Undefined, Moment::Undefined));
    // Where almost all inputs are, it has one.
    let far = moments("ln(x)", Normal::new(100.0, 1.0).expect("a distribution"));
    assert!(far.mean.value().is_some_and(|mean| (mean - 4.605_120_170_991_1).abs() < 1e-6), "{far:?}");
    let huge = moments("exp(x)", Normal::new(0.0, 1e6).expect("a distribution"));
    assert_eq!(huge.second_moment.value(), None);
}

#[test]
fn wide_and_narrow_distributions() {
    for std in [1e-6, 1e-3, 1e3, 1e6] {
        let normal = Normal::new(0.0, std).expect("a distribution");
        let relu = moments("max(0, x)", normal);
        assert!(
            relu.second_moment.value().is_some_and(|value| (value / (std * std / 2.0) - 1.0).abs() < 1e-12)
        );
        let sigmoid = moments("1 / (1 + exp(-x))", normal);
        assert!(is_near(sigmoid.mean, 0.5), "{std}: {sigmoid:?}");
    }
    // 1/2 - E (sigmoid - step)² and so on: with σ = 1e6 all but 1e-6 of inputs are on a plateau.
    let wide = moments("1 / (1 + exp(-x))", Normal::new(0.0, 1e6).expect("a distribution"));
    assert!(
        wide.second_moment.value().is_some_and(|value| (value - 0.5).abs() < 1e-6 && value < 0.5),
        "{wide:?}"
    );
    // 1/2 (1 - exp(-2 · 30²))
    let fast = moments("sin(30*x)", Normal::STANDARD);
    assert!(is_near(fast.second_moment, 0.5) && is_near(fast.derivative_second_moment, 450.0), "{fast:?}");
    // Oscillations that are too many to follow are not guessed at.
    let waves = moments("sin(x)", Normal::new(0.0, 1e6).expect("a distribution"));
    assert!(waves.saturation_probability.is_none() && waves.sparsity.is_none(), "{waves:?}");
}

#[test]
fn selu_keeps_mean_0_and_variance_1() {
    let selu = by_name("selu").expect("an activation");
    let compiled = compile(&selu.info().declaration()).expect("its formula");
    let parameters = defaults(&compiled);
    let function = Function::new(&compiled, &parameters);
    let analysis = Analysis::of(function);
    let maps = Maps::of(function, &analysis).expect("it has a value everywhere");
    let [fixed] = maps.variance.points.as_slice() else { panic!("{maps:?}") };
    assert!((fixed.variance - 1.0).abs() < 1e-12 && fixed.mean.abs() < 1e-12, "{fixed:?}");
    // Klambauer and others, 2017: 0.783 in the Jacobian at the fixed point.
    assert!((fixed.slope - 0.782_648).abs() < 1e-5, "{fixed:?}");
    // A variance that tanh keeps is none but 0; the identity keeps all.
    let of = |text: &str| {
        let compiled = compile(text).expect("a formula");
        let function = Function::new(&compiled, &[]);
        Maps::of(function, &Analysis::of(function)).expect("it has a value everywhere")
    };
    assert!(of("tanh(x)").second_moment.points.is_empty());
    assert!(of("x").second_moment.all && of("x").variance.all);
    // sqrt(2) relu keeps every second moment: He and others, 2015.
    assert!(of("sqrt(2) * max(0, x)").second_moment.all);
}
