//! What numbers of `f32` are computed in: `f64`, or `f32` itself.

use super::function::Function;
use crate::{Interval, Real, Watch};
use activation_math::{Brief, FAR_IN_SINGLE, is_plain, is_plain_fast};

/// What numbers of `f32` are computed in.
pub(crate) trait Arithmetic: Copy {
    type Number: Real;

    const IS_NARROW: bool;

    /// Beyond this, plain arithmetic is not to be trusted.
    const FAR: f32;

    /// Whether it may be trusted with a result that is finite.
    fn is_plain(x: f32, careful: &[Interval]) -> bool;

    /// A function at one number, with care where that is needed; not rounded yet.
    fn one<F: Function>(function: F, x: f32) -> f64;

    fn number(x: f32) -> Self::Number;
    fn rounded(number: Self::Number) -> f32;
}

/// Plain `f64`, as exact as a result in `f32` needs.
#[derive(Clone, Copy)]
pub(crate) struct Wide;

impl Arithmetic for Wide {
    type Number = Brief;

    const IS_NARROW: bool = false;
    const FAR: f32 = f32::MAX;

    fn is_plain(x: f32, careful: &[Interval]) -> bool {
        is_plain(x.into(), careful)
    }

    fn one<F: Function>(function: F, x: f32) -> f64 {
        function.unrounded(x)
    }

    #[inline(always)]
    fn number(x: f32) -> Brief {
        Brief(x.into())
    }

    #[inline(always)]
    fn rounded(number: Brief) -> f32 {
        number.0 as f32
    }
}

/// `f32` itself.
#[derive(Clone, Copy)]
pub(crate) struct Narrow;

impl Arithmetic for Narrow {
    type Number = f32;

    const IS_NARROW: bool = true;

    /// `is_plain_fast` has the last word.
    const FAR: f32 = FAR_IN_SINGLE;

    fn is_plain(x: f32, careful: &[Interval]) -> bool {
        is_plain_fast(x, careful, Watch::All)
    }

    fn one<F: Function>(function: F, x: f32) -> f64 {
        function.fast(x).into()
    }

    #[inline(always)]
    fn number(x: f32) -> f32 {
        x
    }

    #[inline(always)]
    fn rounded(number: f32) -> f32 {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::{Arithmetic, Narrow, Wide};

    #[test]
    fn what_is_not_far_is_plain() {
        assert!(Narrow::is_plain(Narrow::FAR, &[]) && Narrow::is_plain(-Narrow::FAR, &[]));
        assert!(Wide::is_plain(Wide::FAR, &[]) && Wide::is_plain(-Wide::FAR, &[]));
    }
}
