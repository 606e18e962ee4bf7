//! What the activation functions of the catalogue and their derivatives are worth, fast enough to be asked 2^32 times.
//!
//! Every row is a closed form in `f64`, written by hand from the textbook in a shape that does not cancel. Nothing is
//! shared with what is measured: no compiler, no kernel, no elementary function. Exponential, error function and sine
//! come from `pxfm`, whose `f64` functions are correctly rounded or nearly so, are the same on every system, and are the
//! fastest of that accuracy: 5 ns for `exp` and `expm1` (7.6 ns the `libm` crate), 4 ns beyond the range of an error
//! function and 60 ns inside it, where one `f32` pattern in eight is. The C library would be as fast, but another one on
//! every system, and has no error function in stable Rust.
//!
//! A form says itself how far it may be off ([`Known::within`]), which is most where it is a difference: beside the root
//! of a derivative. There [`compare`] asks multi-precision arithmetic, which is also what the tests of this crate hold
//! every form and its claim against.
//!
//! Inputs are numbers of `f32` or narrower: their squares are exact in `f64` and their cubes do not overflow.

mod compare;
mod elementary;
mod float;
mod gates;
mod known;
mod rectifiers;
mod shrinkage;
mod squashing;

pub use compare::{Candidate, Exactly, Findings, compare};
pub use float::Float;
pub use known::Known;

/// One activation, with its parameters at their defaults.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The name in the catalogue.
    pub name: &'static str,
    /// f.
    pub forward: Function,
    /// f'.
    pub derivative: Function,
}

/// A function of one variable.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    block: fn(&[f64], &mut [Known]),
    /// The limits at -∞ and ∞; NaN where there is none.
    pub limits: [f64; 2],
}

impl Function {
    /// `known[i]` = the function at the finite number `inputs[i]`, as far as both go.
    pub fn evaluate(&self, inputs: &[f64], known: &mut [Known]) {
        (self.block)(inputs, known);
    }
}

/// The whole catalogue.
pub fn all() -> impl Iterator<Item = &'static Reference> {
    [squashing::ROWS, rectifiers::ROWS, gates::ROWS, shrinkage::ROWS].into_iter().flatten()
}

/// The row of that name.
pub fn by_name(name: &str) -> Option<&'static Reference> {
    all().find(|row| row.name == name)
}

/// A table of forms: `name: f, [limits of f]; f', [limits of f'];`. Each becomes a loop of its own.
macro_rules! rows {
    ($($name:ident: $forward:expr, $forward_limits:expr; $derivative:expr, $derivative_limits:expr;)*) => {
        pub(crate) const ROWS: &[$crate::Reference] = &[$($crate::Reference {
            name: stringify!($name),
            forward: $crate::Function {
                block: |inputs, known| $crate::fill(inputs, known, $forward),
                limits: $forward_limits,
            },
            derivative: $crate::Function {
                block: |inputs, known| $crate::fill(inputs, known, $derivative),
                limits: $derivative_limits,
            },
        }),*];
    };
}
use rows;

#[inline(always)]
fn fill(inputs: &[f64], known: &mut [Known], form: impl Fn(f64) -> Known) {
    for (to, &x) in known.iter_mut().zip(inputs) {
        *to = form(x);
    }
}
