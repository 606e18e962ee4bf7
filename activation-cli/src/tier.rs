//! The implementations that there are.

use crate::failure::Failure;

/// Which implementation computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Rounded once.
    #[default]
    Accurate,
    /// In `f32` throughout.
    Fast,
}

impl Tier {
    pub(crate) const WORDS: &[(&str, Tier)] = &[("accurate", Tier::Accurate), ("fast", Tier::Fast)];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Tier::Accurate => "accurate",
            Tier::Fast => "fast",
        }
    }

    /// Refuses a type that asks for more than the tier computes.
    pub(crate) fn check(self, is_double: bool) -> Result<(), Failure> {
        if self == Tier::Fast && is_double {
            return Err(Failure::new(
                "the fast tier computes in `f32`, which has not the digits of `f64`; leave out one of the two options",
            ));
        }
        Ok(())
    }
}
