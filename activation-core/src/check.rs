//! What the generated tests of an activation call: its forward and derivatives held against the formula as written.
//!
//! The oracle shares nothing with the compiler. It evaluates the author's own formula, before anything was recognised,
//! simplified or differentiated, in 400 to 3000 bits, and takes slopes numerically: differences over seven points,
//! accepted only when two precisions with two steps agree. A point that it cannot decide is not counted as right; a
//! test in which it cannot decide enough points fails.

mod points;
mod special;
mod tape;
mod values;

pub use activation_math::Textbook;
pub use special::special_values;
pub use tape::Tape;
pub use values::{derivative, forward, parameter_derivatives, second_derivative, slices};

/// What is wrong with an activation.
#[derive(Clone, Debug)]
pub struct Failure {
    activation: &'static str,
    findings: Vec<String>,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        /// A formula that is wrong is wrong nearly everywhere; a few places show it.
        const SHOWN: usize = 6;
        writeln!(
            out,
            "`{}` is not what its formula says, in {} places:",
            self.activation,
            self.findings.len()
        )?;
        for finding in self.findings.iter().take(SHOWN) {
            writeln!(out, "  {finding}")?;
        }
        if self.findings.len() > SHOWN { writeln!(out, "  …") } else { Ok(()) }
    }
}

impl std::error::Error for Failure {}

/// The outcome of a check, as a test wants it.
///
/// # Panics
///
/// The check failed.
#[track_caller]
pub fn assert_right(outcome: Result<(), Failure>) {
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn outcome(activation: &'static str, findings: Vec<String>) -> Result<(), Failure> {
    if findings.is_empty() { Ok(()) } else { Err(Failure { activation, findings }) }
}
