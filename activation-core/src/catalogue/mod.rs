//! The activations that everybody uses, one declaration each, in families.
//!
//! Formulas define the functions; where libraries mean different things by one name, both are here and say so.

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
