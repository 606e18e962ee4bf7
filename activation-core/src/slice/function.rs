//! The functions of an activation as types, so that loops over them are compiled one by one, with the function inside.
//!
//! A closure would do, but nothing can ask for it to be inlined, and what is not inlined into a loop is neither made a
//! vector of nor compiled for the instructions of its level.

use crate::{Activation, Real};
use activation_math::Brief;

/// A function of one number.
pub(crate) trait Function<R> {
    type Value;

    fn at(&self, x: R) -> Self::Value;
}

macro_rules! functions {
    ($($name:ident $(($index:ident))? => $method:ident: $value:ty;)*) => {
        $(
            pub(crate) struct $name<'a, A> {
                pub(crate) activation: &'a A,
                $(pub(crate) $index: usize,)?
            }

            impl<A: Activation, R: Real> Function<R> for $name<'_, A> {
                type Value = $value;

                #[inline(always)]
                fn at(&self, x: R) -> $value {
                    self.activation.$method($(self.$index,)? x)
                }
            }
        )*
    };
}

functions! {
    Forward => forward_at: R;
    Derivative => derivative_at: R;
    SecondDerivative => second_derivative_at: R;
    ParameterDerivative(index) => parameter_derivative_at: R;
    ForwardWithDerivative => forward_with_derivative_at: (R, R);
}

/// A function in plain `f64` arithmetic, as exact as a result of a shorter type needs.
pub(crate) struct Plain<F>(pub(crate) F);

impl<F: Function<Brief, Value = Brief>> Function<f64> for Plain<F> {
    type Value = f64;

    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        self.0.at(Brief(x)).0
    }
}

/// Two of them.
pub(crate) struct PlainPair<F>(pub(crate) F);

impl<F: Function<Brief, Value = (Brief, Brief)>> Function<f64> for PlainPair<F> {
    type Value = (f64, f64);

    #[inline(always)]
    fn at(&self, x: f64) -> (f64, f64) {
        let (first, second) = self.0.at(Brief(x));
        (first.0, second.0)
    }
}
