//! Numbers and elementary functions that compiled activation formulas are evaluated with.
#![no_std]

mod double;
mod output;
mod real;

pub use output::Output;
pub use real::Real;
