//! A value and how far it may be off.

/// A value that is known nearly: the exact one lies within `value ± within`.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The value.
    pub value: f64,
    /// The largest distance from the exact value.
    pub within: f64,
}

/// Less than this is nothing to `f32`, whose smallest number is 1.4e-45. Further down `f64` loses its digits, and quick exponentials
/// do not go on.
const NOTHING: f64 = 1e-70;

impl Known {
    /// No rounding at all.
    #[inline(always)]
    pub(crate) fn exact(value: f64) -> Self {
        Known { value, within: 0.0 }
    }

    /// A value that is a sum of terms of this `size` all in all, which are known up to a `relative` error.
    #[inline(always)]
    pub(crate) fn up_to(relative: f64, value: f64, size: f64) -> Self {
        Known { value, within: relative * size + NOTHING }
    }

    /// The same value, `factor` times as far off.
    #[inline(always)]
    pub(crate) fn times(self, factor: f64) -> Self {
        Known { within: (self.within - NOTHING) * factor + NOTHING, ..self }
    }
}
