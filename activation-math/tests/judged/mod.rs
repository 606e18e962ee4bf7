//! Number types held against multi-precision arithmetic, at random numbers.

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
