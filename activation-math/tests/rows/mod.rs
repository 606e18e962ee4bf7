//! Rows of functions, and whether a result is within its bound.

use crate::judged::{Exact, Judged};
use activation_math::Wide;

/// What is asked of a function: where, and how exactly.
pub(crate) struct Row<N> {
    pub(crate) name: &'static str,
    pub(crate) bound: f64,
    pub(crate) function: fn(N) -> N,
    pub(crate) exact: fn(Exact) -> Exact,
    /// The exponents of arguments.
    pub(crate) exponents: (i64, i64),
    /// Whether arguments are of both signs.
    pub(crate) signed: bool,
}

/// Rows: a function, its bound among those that are called `bounds`, the exponents of arguments, and whether they are signed.
macro_rules! rows {
    ($($name:ident $bound:ident $low:literal to $high:literal $signed:literal;)*) => {
        [$($crate::rows::Row {
            name: stringify!($name),
            bound: bounds::$bound,
            function: activation_math::Real::$name,
            exact: activation_math::Real::$name,
            exponents: ($low, $high),
            signed: $signed,
        }),*]
    };
}
pub(crate) use rows;

#[track_caller]
pub(crate) fn check<N: Judged, const LIMBS: usize>(
    what: &str,
    x: N,
    found: N,
    expected: Wide<LIMBS>,
    bound: f64,
) {
    assert!(found.is_known(), "{what} of {x:?} is not known");
    let error = (found.wide::<LIMBS>() - expected).magnitude();
    assert!(
        error <= expected.magnitude() * Wide::from_f64(bound),
        "{what} of {x:?}: 2^{}",
        (error / expected).exponent()
    );
}
