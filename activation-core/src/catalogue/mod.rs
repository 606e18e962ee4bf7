//! The activations that everybody uses, one declaration each, in families.
//!
//! Formulas define the functions; where libraries mean different things by one name, both are here and say so. Each page has a
//! picture of f and f', the formulas typeset, and what is known of them.
//!
//! In the repository, ACCURACY.md has the largest errors over all 2^32 inputs, PERFORMANCE.md the times of every kernel beside a
//! copy of the same memory, and SPECIAL_VALUES.md what comes out at NaN, infinities, signed zeros and the ends of the range.

mod gates;
mod rectifiers;
mod shrinkage;
mod squashing;

pub use gates::*;
pub use rectifiers::*;
pub use shrinkage::*;
pub use squashing::*;

/// The families in the order in which they are listed: a name and the activations.
#[cfg(feature = "std")]
pub(crate) const FAMILIES: &[(&str, &[crate::Entry])] =
    &[("squashing", SQUASHING), ("rectifier", RECTIFIERS), ("gate", GATES), ("shrinkage", SHRINKAGE)];
