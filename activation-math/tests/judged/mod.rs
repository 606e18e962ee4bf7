//! Number types held against multi-precision arithmetic: random numbers, rows of functions, and whether a result is within its
//! bound.

use activation_math::{Real, Wide};
use std::fmt::Debug;

/// More bits than any of the types has, of other code.
pub(crate) type Exact = Wide<8>;

/// A number type that is judged.
pub(crate) trait Judged: Real + Debug {
    /// False for NaN and for what is not known.
    fn is_known(self) -> bool;

    /// The same number.
    fn wide<const LIMBS: usize>(self) -> Wide<LIMBS>;
}

/// A generator of bit patterns.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ (self.0 >> 29)
    }

    pub(crate) fn below(&mut self, count: i64) -> i64 {
        (self.bits() % count.unsigned_abs()) as i64
    }

    pub(crate) fn within(&mut self, (low, high): (i64, i64)) -> i64 {
        low + self.below(high - low + 1)
    }
}

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
        [$($crate::judged::Row {
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
