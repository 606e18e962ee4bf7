//! What the certificate says of formulas as they stand in textbooks, with nothing rewritten.

use super::certify;
use crate::constant::Constants;
use crate::error::Mistakes;
use crate::evaluate::run;
use crate::program::Program;
use crate::resolve::resolve;
use activation_math::Output;

/// The certificate of a formula computed as it is written, and its program.
fn of_the_raw(text: &str) -> (super::Certificate, Program) {
    let mut mistakes = Mistakes::default();
    let declaration = crate::source::declaration(text).expect("a formula");
    let formula = resolve(declaration, &mut mistakes).expect("a formula");
    assert!(mistakes.into_vec().is_empty());
    let program = Program::new(&formula.graph, &[formula.root], &mut Constants::default());
    (certify(&program, Output::Derivative, &[Vec::new()], &|_| false), program)
}

/// Plain arithmetic on these is refused where they lose their digits, or overflow.
#[test]
fn textbook_forms_are_refused_where_they_are_wrong() {
    for (text, wrong, right) in [
        ("(exp(x) - exp(-x)) / (exp(x) + exp(-x))", &[1e-12, -1e-12, 1000.0, 1e20][..], &[1.0, -3.0][..]),
        ("x * (1 + erf(x / sqrt(2))) / 2", &[-8.0, -20.0], &[1.0, 100.0, -1.0]),
        ("(x + sqrt(x^2 + 4)) / 2", &[-1e6, -1e20], &[1.0, 1e6, -3.0]),
        ("1 - ((exp(x) - exp(-x)) / (exp(x) + exp(-x)))^2", &[20.0, -40.0, 1000.0], &[0.5, -2.0]),
        ("ln(1 + exp(x))", &[-40.0, 800.0], &[1.0, -5.0]),
        ("(exp(x) - 1) / x", &[1e-10, -1e-12], &[1.0, -1.0]),
        ("1 - 1 / (1 + exp(-x))", &[50.0], &[-5.0, 1.0]),
        ("x^3 - 3*x^2 + 3*x - 1", &[1.001], &[0.5, 3.0]),
        ("1 - cos(x)", &[1e-6], &[]),
    ] {
        let (certificate, program) = of_the_raw(text);
        // Where there is no plain result at all, no interval is needed.
        let is_careful = |x: f64| {
            let inside = certificate.careful.iter().any(|&(low, high)| low <= x && x <= high);
            inside || !run(&program, x, &[])[0].is_finite()
        };
        for &x in wrong {
            assert!(is_careful(x), "{text} at {x}: {:?}", certificate.careful);
        }
        for &x in right {
            assert!(!is_careful(x), "{text} at {x}: {:?}", certificate.careful);
        }
    }
}

/// Where a textbook form is right, nothing else is said.
#[test]
fn forms_that_keep_their_digits_are_accepted() {
    for text in
        ["x", "x * tanh(x)", "exp(-x^2)", "1 / (1 + exp(-x))", "max(x, 0)", "sinh(atan(x))", "sin(30 * x)"]
    {
        let (certificate, _) = of_the_raw(text);
        assert!(certificate.is_given(), "{text}: {certificate:?}");
        let far = |&(low, high): &(f64, f64)| low > 300.0 || high < -80.0;
        assert!(certificate.careful.iter().all(far), "{text}: {:?}", certificate.careful);
    }
}

/// What no way of evaluation can do is refused altogether.
#[test]
fn what_nobody_can_compute_is_refused() {
    for text in ["sin(exp(x))", "ln(ln(x^2 + 2) + 1)", "cos(x^9)"] {
        assert!(!of_the_raw(text).0.is_given(), "{text}");
    }
}
