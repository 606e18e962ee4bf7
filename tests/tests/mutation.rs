//! The oracle of the generated tests notices wrong rules: every derivative in the table of functions is broken in turn,
//! some by a few units of `f64`. `sensitivity.rs` breaks kernels.

use activation_core::Output;
use activation_formula::{Function, compile, compile_with, derivative_of};
use activation_tests::{spread, worst_error};

/// Four units in the last place of `f64`, relative to the lower end of a binade.
const BOUND: f64 = 4.0 * f64::EPSILON;

/// A function, a formula that needs its derivative, and the broken derivative in the language.
#[rustfmt::skip]
const MUTANTS: &[(Function, &str, &str)] = &[
    (Function::Abs,      "x / (1 + abs(x))",              "1"),
    (Function::Sign,     "exp(x) * sign(x)",              "1"),
    (Function::Exp,      "exp(-x^2)",                     "1.00000000000001 * exp(u)"),
    (Function::Expm1,    "x * expm1(x)",                  "expm1(u)"),
    (Function::Ln,       "ln(3 + x^2)",                   "1 / (1.00000000000001 * u)"),
    (Function::Log1p,    "log1p(x^2)",                    "1 / (2 + u)"),
    (Function::Cbrt,     "cbrt(x)",                       "1 / (3 * cbrt(u))"),
    (Function::Sinh,     "sinh(x)",                       "sinh(u)"),
    (Function::Cosh,     "cosh(x)",                       "-sinh(u)"),
    (Function::Tanh,     "x * tanh(x)",                   "1 / cosh(u)"),
    (Function::Asinh,    "asinh(x)",                      "1 / sqrt(2 + u^2)"),
    (Function::Atan,     "atan(x)",                       "1 / (1.00000000000001 + u^2)"),
    (Function::Sin,      "sin(x)",                        "-cos(u)"),
    (Function::Cos,      "cos(x)",                        "sin(u)"),
    (Function::Erf,      "erf(x)",                        "exp(-u^2)"),
    (Function::Erfc,     "x * (1 + erf(x / sqrt(2))) / 2", "-1.00000000000001 * 2 / sqrt(pi) * exp(-u^2)"),
    (Function::Sigmoid,  "1 / (1 + exp(-x))",             "sigmoid(u)^2"),
    (Function::Softplus, "ln(1 + exp(x))",                "sigmoid(-u)"),
    (Function::Logcosh,  "ln(cosh(x))",                   "1 / tanh(u)"),
];

#[test]
fn a_broken_derivative_is_noticed() {
    let points = spread(24, 0.01, 4.0);
    for &(function, formula, _) in MUTANTS {
        let sound = compile(formula).expect(formula);
        let (error, at, _) = worst_error(&sound, Output::Derivative, &[], &points);
        assert!(error <= BOUND, "`{formula}` is wrong before anything was broken: {error:e} at {at}");

        // A table is a plain function, so the mutant travels by thread.
        MUTANT.set(Some(function));
        let broken = compile_with(formula, mutated).expect(formula);
        let (error, ..) = worst_error(&broken, Output::Derivative, &[], &points);
        assert!(
            error > BOUND,
            "nobody noticed that the derivative of `{function}` was broken in `{formula}`"
        );
        MUTANT.set(None);
    }
}

/// sech' is only needed for second derivatives.
#[test]
fn a_broken_second_derivative_is_noticed() {
    let points = spread(24, 0.01, 4.0);
    MUTANT.set(Some(Function::Sech));
    let broken = compile_with("tanh(x)", mutated).expect("tanh");
    let (error, ..) = worst_error(&broken, Output::SecondDerivative, &[], &points);
    assert!(error > BOUND, "nobody noticed that the derivative of `sech` was broken");
}

thread_local! {
    static MUTANT: std::cell::Cell<Option<Function>> = const { std::cell::Cell::new(None) };
}

fn mutated(function: Function) -> Option<&'static str> {
    if MUTANT.get() != Some(function) {
        return derivative_of(function);
    }
    match MUTANTS.iter().find(|mutant| mutant.0 == function) {
        Some((_, _, broken)) => Some(broken),
        None => Some("-sinh(u) / cosh(u)"),
    }
}
