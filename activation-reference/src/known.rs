//! A value and how far it may be off.

/// A value that is known nearly: the exact one lies within `value ± within`.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The value.
    pub value: f64,
    /// The largest distance from the exact value.
    pub within: f64,
}

/// What a product, quotient or sum without cancellation of a few correctly rounded factors may be off, relatively: 16
/// roundings, where no form has more than ten.
const RELATIVE: f64 = 16.0 * f64::EPSILON / 2.0;

/// Less than this is nothing to `f32`, whose smallest number is 1.4e-45; `f64` loses its digits further down.
const NOTHING: f64 = 1e-100;

impl Known {
    /// What is known before anything was evaluated.
    pub const UNKNOWN: Known = Known { value: f64::NAN, within: f64::INFINITY };

    /// No rounding at all.
    #[inline(always)]
    pub(crate) fn exact(value: f64) -> Self {
        Known { value, within: 0.0 }
    }

    /// A few roundings, no cancellation.
    #[inline(always)]
    pub(crate) fn good(value: f64) -> Self {
        Known { value, within: RELATIVE * value.abs() + NOTHING }
    }

    /// A sum whose terms may cancel: it is as good as they are.
    #[inline(always)]
    pub(crate) fn sum(a: f64, b: f64) -> Self {
        Known { value: a + b, within: RELATIVE * (a.abs() + b.abs()) + NOTHING }
    }

    /// The same value, of a function that amplifies the rounding of its argument: by the condition number `x f'(x) / f(x)`.
    #[inline(always)]
    pub(crate) fn amplified(self, condition: f64) -> Self {
        Known { within: (self.within - NOTHING) * condition + NOTHING, ..self }
    }
}
