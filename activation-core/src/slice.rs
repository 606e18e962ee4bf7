//! Loops over slices: one address for everything that will be vectorised.

use crate::{Activation, Interval, Output, Precision, Scalar};
use activation_math::is_plain;

/// Slices that belong together must be equally long.
#[track_caller]
pub(crate) fn check_length(what: &str, found: usize, expected: usize) {
    assert!(
        found == expected,
        "the slices must have one length: `{what}` has {found} elements, `input` has {expected}"
    );
}

/// Elements that are computed together: a loop without branches, which the compiler makes vectors of; then a look at
/// whether any of them needs more care.
const BLOCK: usize = 64;

#[inline]
pub(crate) fn map_into<A: Activation, T: Scalar>(activation: &A, output: Output, from: &[T], to: &mut [T]) {
    for (from, to) in from.chunks(BLOCK).zip(to.chunks_mut(BLOCK)) {
        map_block(activation, output, from, to);
    }
}

#[inline]
pub(crate) fn map_in_place<A: Activation, T: Scalar>(activation: &A, output: Output, values: &mut [T]) {
    for block in values.chunks_mut(BLOCK) {
        let mut from = [T::default(); BLOCK];
        let from = &mut from[..block.len()];
        from.copy_from_slice(block);
        map_block(activation, output, from, block);
    }
}

/// The function over one block: the same bits as one by one.
#[inline]
fn map_block<A: Activation, T: Scalar>(activation: &A, output: Output, from: &[T], to: &mut [T]) {
    let plain = match (T::PRECISION, output) {
        (Precision::Double, _) => false,
        (_, output) if !activation.is_certified(output) => false,
        (_, output) if A::PARTIAL && output != Output::Forward => false,
        (_, Output::Forward) => plain_block(A::careful(output), from, to, |x| activation.forward_at(x)),
        (_, Output::Derivative) => plain_block(A::careful(output), from, to, |x| activation.derivative_at(x)),
        (_, Output::SecondDerivative) => {
            plain_block(A::careful(output), from, to, |x| activation.second_derivative_at(x))
        }
        (_, Output::ParameterDerivative(index)) => {
            plain_block(A::careful(output), from, to, |x| activation.parameter_derivative_at(index, x))
        }
    };
    if !plain {
        for (to, &from) in to.iter_mut().zip(from) {
            *to = activation.evaluate(output, from);
        }
    }
}

/// Plain `f64` arithmetic over one block; false if that is not enough for all of it.
#[inline]
fn plain_block<T: Scalar>(
    careful: &[Interval],
    from: &[T],
    to: &mut [T],
    function: impl Fn(f64) -> f64,
) -> bool {
    let mut fine = true;
    for (to, &from) in to.iter_mut().zip(from) {
        let x = from.to_f64();
        let result = function(x);
        fine &= is_plain(x, careful) & result.is_finite();
        *to = T::from_f64(result);
    }
    fine
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
