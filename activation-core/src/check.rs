//! What the generated tests of an activation call: its forward and derivatives held against the formula as written.
//!
//! The oracle shares nothing with the compiler. It evaluates the author's own formula, before anything was recognised,
//! simplified or differentiated, in 400 to 3000 bits, and takes slopes numerically: differences over seven points,
//! accepted only when two precisions with two steps agree. A point that it cannot decide is not counted as right; a
//! test in which it cannot decide enough points fails.
//!
//! Points are drawn by bit pattern from the whole of `f32`; to these come the numbers beside every root and wherever
//! branches meet, and NaN and the infinities. What is asserted is the compiler's promise: `f32` within one unit in the last
//! place, `f64` within four, `f16` and `bf16` the nearest number. With `#[unchecked]` nothing is promised, and results may
//! be off by 1e-9 of their size. A kernel that is off by 2^-23 of its results in `f32`, or by 2^-50 in `f64`, fails.

mod bound;
mod branches;
mod sample;
mod slices;
mod special;
mod tape;
mod values;

pub use activation_math::Textbook;
pub use slices::slices;
pub use special::special_values;
pub use tape::Tape;
pub use values::{derivative, forward, parameter_derivatives, second_derivative};

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
