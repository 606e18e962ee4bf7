//! Twenty formulas that are in no catalogue, through the macro and at run time: identical results, and right ones.

use activation_core::{Activation, AnyActivation, Output, Precision, define_activation};
use activation_formula::compile;
use activation_tests::{spread, worst_error};

/// Declares the activations for the macro and keeps the very same text for the run-time compiler.
macro_rules! twice {
    ($({ $(#[$attribute:meta])? $name:ident $($rest:tt)* })*) => {
        define_activation! { $($(#[$attribute])? $name $($rest)*;)* }

        fn both() -> Vec<(AnyActivation, &'static str)> {
            vec![$((AnyActivation::new($name::default()), stringify!($name $($rest)*))),*]
        }
    };
}

twice! {
    { Cubed(x) = x^3 / (1 + abs(x)^3) }
    { Ripple(x; learn depth = 0.3, rate = 2.5 in 0.1..50) = x + depth * sin(rate * x) * exp(-x^2 / 8) }
    { SoftClip(z; limit = 2 in 0.1..100) = limit * tanh(z / limit) }
    { Stairs(x) = if x < -2 { -1 } else if x < 0 { x / 2 } else if x <= 2 { x } else { 1 + x / 2 } }
    { DoubleGate(x; learn a = 1, learn b = -0.5) = x * sigmoid(a * x) + b * x * sigmoid(-a * x) }
    { GaussGelu(x) = x * erfc(-x / sqrt(2)) / 2 * exp(-x^2 / 10) }
    { LogGrowth(x) = sign(x) * ln(1 + abs(x)) }
    { RootGrowth(x) = x / sqrt(1 + abs(x)) }
    { Nested(x) = tanh(sinh(atan(x))) }
    { Mollified(x; width = 0.7 in 0.01..10) = { let u = x / width; let s = 1 / (1 + exp(-u)); x * s + width * ln(1 + exp(-u)) } }
    { PowerMean(x; p = 3) = cbrt(x^3 + p * x + 20) / (1 + p / 10) }
    { BumpTrain(x) = cos(3 * x)^2 / (1 + x^2) }
    { Hinge(x; margin = 1) = max(0, margin - x)^2 + min(x, margin) / 10 }
    { ElegantElu(x; alpha = 1.5) = if x >= 0 { x } else { alpha * (exp(x / alpha) - 1) + 0.1 * x * exp(x) } }
    { Arsinh(x) = ln(x + sqrt(x^2 + 1)) - x / sqrt(x^2 + 1) / 2 }
    { Erfish(x; k = 1.25) = erf(k * x + x^3 / 20) }
    { Powered(x; q = 1.5 in 1..4) = (x^2 + 0.25)^(q / 2) - 0.5^q }
    { SwishOfSwish(x) = x / (1 + exp(-x / (1 + exp(-x)))) }
    { ClampedSine(x; learn w = 1.3) = clamp(sin(w * x) + x / 4, -1, 1) }
    // The limit of ln(ln(x)) is beyond the compiler.
    { #[unchecked] LogSquare(x) = ln(1 + ln(1 + x^2)) + expm1(-x^2) }
}

#[test]
fn the_macro_and_the_run_time_compiler_agree_to_the_last_bit() {
    let mut points = spread(200, 1e-6, 1e6);
    points.extend([0.0, -0.0, 1.0, -1.0, 2.0, -2.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN]);
    for (activation, text) in both() {
        let compiled = compile(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
        assert_eq!(compiled.derivative, activation.info().derivative, "{text}");
        let parameters = activation.parameters();
        for output in Output::all(parameters.len()) {
            for &x in &points {
                let (a, b): (f64, f64) = (
                    activation.evaluate(output, x),
                    compiled.evaluate(output, x, &parameters, Precision::Double),
                );
                let same = a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
                assert!(same, "{output:?} at {x}: {a} by the macro, {b} at run time: {text}");
            }
        }
    }
}

#[test]
fn they_are_right_beside_their_defaults_too() {
    let points = spread(40, 0.001, 5.0);
    for (activation, text) in both() {
        let compiled = compile(text).expect(text);
        let parameters: Vec<f64> =
            activation.parameters().iter().map(|value| value * 1.1875 + 0.05).collect();
        for output in [Output::Forward, Output::Derivative, Output::SecondDerivative] {
            let (worst, at, compared) = worst_error(&compiled, output, &parameters, &points);
            assert!(worst <= 1e-9, "{output:?} at {at}: {worst:e}: {text}");
            assert!(compared >= 35, "{text}");
        }
    }
}

#[test]
fn parameters_are_plain_fields() {
    let gate = DoubleGate { a: 2.0, ..DoubleGate::default() };
    assert_eq!(gate.b, -0.5);
    assert_eq!(DoubleGate::INFO.parameters[0].default_text, "1");
    assert!(SoftClip::default().with_parameter("limit", 1000.0).is_err());
}

/// What overflows or vanishes on the way does not decide the result.
#[test]
fn intermediate_overflow_is_not_the_result() {
    for (formula, x, expected) in [
        ("ln((1 + exp(x)) / 2)", 750.0, 749.306_852_819_440_1),
        ("ln(1 + exp(x) + exp(2*x))", 400.0, 800.0),
        ("ln(1 + x^20)", 1e30, 1_381.551_055_796_427_4),
        ("-ln(sigmoid(x)^2)", -400.0, 800.0),
        ("ln(softplus(x))", -800.0, -800.0),
        ("ln(sinh(x))", 750.0, 749.306_852_819_440_1),
        ("asinh(sinh(x))", 750.0, 750.0),
        ("exp(x)", 800.0, f64::INFINITY),
        ("x * exp(x) / (1 + exp(x))^2", 800.0, 0.0),
    ] {
        let compiled = compile(formula).expect(formula);
        let value = compiled.evaluate(Output::Forward, x, &[], Precision::Double);
        assert!(
            value == expected || ((value - expected) / expected).abs() < 1e-14,
            "{formula} at {x}: {value}"
        );
    }
}

define_activation! {
    /// Removable singularities at 0, where the value is the limit.
    Sinc(x) = sin(x) / x;
    /// x / (exp(x) - 1), 1 at 0.
    Bernoulli(x) = x / (exp(x) - 1);
    /// The Langevin function, 0 at 0.
    Langevin(x) = 1 / tanh(x) - 1 / x;
    /// 1/2 at 0.
    Versine(x) = (1 - cos(x)) / x^2;
    /// Climbs vertically at 0 in its second derivative.
    Pow(x; learn p = 1.5 in 1..3) = abs(x)^p;
}

#[test]
fn removable_singularities_have_their_limits() {
    assert_eq!((Sinc.forward(0.0_f64), Sinc.derivative(0.0_f64)), (1.0, 0.0));
    assert_eq!((Bernoulli.forward(0.0_f64), Bernoulli.derivative(0.0_f64)), (1.0, -0.5));
    assert_eq!((Langevin.forward(0.0_f32), Versine.forward(0.0_f32)), (0.0, 0.5));
    assert!((Langevin.derivative(0.0_f64) - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(Pow::default().derivative(0.0_f64), 0.0);
}
