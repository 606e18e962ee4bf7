//! What the activation functions of the catalogue and their derivatives are worth, fast enough to be asked 2^32 times.
//!
//! Every row is a closed form in `f64`, written by hand from the textbook in a shape that does not cancel. Nothing is
//! shared with what is measured: no compiler, no kernel, no elementary function.
//!
//! A form is computed with two sets of elementary functions. Quick ones, good to 2^-49 and written for loops, become vector code
//! and decide nearly always; a form then takes one to eight nanoseconds. Careful ones, those of `pxfm`, are correctly rounded or nearly so, the same
//! on every system, and take 5 to 60 ns each: they are asked about the largest errors, and where the quick ones know too
//! little.
//!
//! A form says itself how far it may be off ([`Known::within`]), which is most where it is a difference: beside the root
//! of a derivative. There [`compare`] asks multi-precision arithmetic, which is also what the tests of this crate hold
//! every form and its claim against, with either set of functions.
//!
//! Loops are compiled for several sets of vector instructions by the crate `multiversion`, and not run through the levels of
//! `activation-math`, to which the kernels belong that are judged here. Nothing is contracted or reordered: results do not
//! depend on the instructions.
//!
//! Inputs are numbers of `f32` or narrower: their squares are exact in `f64` and their cubes do not overflow.

mod block;
mod careful;
mod compare;
mod elementary;
mod findings;
mod float;
mod gates;
mod known;
mod quick;
mod rectifiers;
mod shrinkage;
mod squashing;

pub use compare::compare;
pub use findings::{Candidate, Exactly, Findings};
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
    careful: fn(&[f64], &mut [f64], &mut [f64]),
    quick: fn(&[f64], &mut [f64], &mut [f64]),
    /// The limits at -∞ and ∞; NaN where there is none.
    pub limits: [f64; 2],
}

impl Function {
    /// The function at a finite number, as far as double precision goes.
    pub fn evaluate(&self, x: f64) -> Known {
        let (mut value, mut within) = ([f64::NAN], [f64::INFINITY]);
        (self.careful)(&[x], &mut value, &mut within);
        Known { value: value[0], within: within[0] }
    }

    /// The same at many finite numbers, ten times faster and with claims that are up to nine times larger:
    /// `values[i] ± within[i]` is the function at `inputs[i]`. All slices have one length.
    pub fn estimate(&self, inputs: &[f64], values: &mut [f64], within: &mut [f64]) {
        (self.quick)(inputs, values, within);
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

/// A table of forms: `name: |m, x| f, [limits of f]; |m, x| f', [limits of f'];`, where `m` has the elementary functions. Each
/// becomes two loops of its own.
macro_rules! rows {
    ($($name:ident: |$m:ident, $x:ident| $forward:expr, $forward_limits:expr;
        |$n:ident, $y:ident| $derivative:expr, $derivative_limits:expr;)*) => {
        pub(crate) const ROWS: &[$crate::Reference] = &[$($crate::Reference {
            name: stringify!($name),
            forward: $crate::rows!(@ $m, $x, $forward, $forward_limits),
            derivative: $crate::rows!(@ $n, $y, $derivative, $derivative_limits),
        }),*];
    };
    (@ $m:ident, $x:ident, $form:expr, $limits:expr) => {{
        #[allow(unused_variables, reason = "a constant needs neither, and many forms no function")]
        #[inline(always)]
        fn form<M: $crate::elementary::Elementary>($m: M, $x: f64) -> $crate::Known {
            $form
        }
        $crate::Function {
            careful: |inputs, values, within| {
                $crate::block::each(inputs, values, within, |x| form($crate::careful::Careful, x));
            },
            quick: |inputs, values, within| {
                $crate::block::fill(inputs, values, within, #[inline(always)] |x| form($crate::quick::Quick, x));
            },
            limits: $limits,
        }
    }};
}
use rows;
