//! Numbers and elementary functions that compiled activation formulas are evaluated with.
#![no_std]

mod body;
mod double;
mod germ;
mod oracle;
mod output;
mod real;
mod scaled;
mod stencil;
mod wide;

pub use body::{Body, evaluate, is_near};
pub use germ::Germ;
pub use oracle::{Exact, Reference, Textbook, exact};
pub use output::Output;
pub use real::Real;
pub use scaled::Scaled;
pub use stencil::Stencil;
pub use wide::Wide;
