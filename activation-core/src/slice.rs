//! Loops over slices: one address for everything that will be vectorised.

use crate::{Activation, Output, Scalar};

/// Slices that belong together must be equally long.
#[track_caller]
pub(crate) fn check_length(what: &str, found: usize, expected: usize) {
    assert!(
        found == expected,
        "the slices must have one length: `{what}` has {found} elements, `input` has {expected}"
    );
}

#[inline]
pub(crate) fn map_into<A: Activation, T: Scalar>(activation: &A, output: Output, from: &[T], to: &mut [T]) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = activation.evaluate(output, from);
    }
}

#[inline]
pub(crate) fn map_in_place<A: Activation, T: Scalar>(activation: &A, output: Output, values: &mut [T]) {
    for value in values {
        *value = activation.evaluate(output, *value);
    }
}

/// A sum whose rounding errors do not grow with its length (Neumaier's variant of Kahan's summation).
#[derive(Clone, Copy, Default)]
pub(crate) struct CompensatedSum {
    sum: f64,
    lost: f64,
}

impl CompensatedSum {
    #[inline]
    pub(crate) fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        let (large, small) =
            if self.sum * self.sum >= value * value { (self.sum, value) } else { (value, self.sum) };
        self.lost += (large - sum) + small;
        self.sum = sum;
    }

    #[inline]
    pub(crate) fn total(self) -> f64 {
        // An infinite or undefined sum has no meaningful rest.
        if self.sum.is_finite() { self.sum + self.lost } else { self.sum }
    }
}
