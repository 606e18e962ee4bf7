//! The functions of an activation as types, so that loops over them are compiled one by one, with the function inside.
//!
//! A closure would do, but nothing can ask for it to be inlined, and what is not inlined into a loop is neither made a
//! vector of nor compiled for the instructions of its level.

use super::block::{GROUP, Map};
use crate::{Activation, Level, Output, Real};
use activation_math::Brief;

/// A number of a slice's blocks, and the number that functions of it are computed in.
pub(crate) trait Carrier: Copy {
    type Number: Real;

    fn number(self) -> Self::Number;
    fn of(number: Self::Number) -> Self;
}

/// Plain `f64` arithmetic, as exact as a result of a shorter type needs.
impl Carrier for f64 {
    type Number = Brief;

    #[inline(always)]
    fn number(self) -> Brief {
        Brief(self)
    }

    #[inline(always)]
    fn of(number: Brief) -> f64 {
        number.0
    }
}

impl Carrier for f32 {
    type Number = f32;

    #[inline(always)]
    fn number(self) -> f32 {
        self
    }

    #[inline(always)]
    fn of(number: f32) -> f32 {
        number
    }
}

/// A function of one number.
pub(crate) trait Function<C> {
    type Value;

    fn at(&self, x: C) -> Self::Value;
}

macro_rules! functions {
    ($($name:ident $(($index:ident))? => $method:ident;)*) => {
        $(
            struct $name<'a, A> {
                activation: &'a A,
                $($index: usize,)?
            }

            impl<A: Activation, C: Carrier> Function<C> for $name<'_, A> {
                type Value = C;

                #[inline(always)]
                fn at(&self, x: C) -> C {
                    C::of(self.activation.$method($(self.$index,)? x.number()))
                }
            }
        )*
    };
}

functions! {
    Forward => forward_at;
    Derivative => derivative_at;
    SecondDerivative => second_derivative_at;
    ParameterDerivative(index) => parameter_derivative_at;
}

/// Two of them, with their common terms computed once.
pub(crate) struct ForwardWithDerivative<'a, A> {
    pub(crate) activation: &'a A,
}

impl<A: Activation, C: Carrier> Function<C> for ForwardWithDerivative<'_, A> {
    type Value = (C, C);

    #[inline(always)]
    fn at(&self, x: C) -> (C, C) {
        let (forward, derivative) = self.activation.forward_with_derivative_at(x.number());
        (C::of(forward), C::of(derivative))
    }
}

/// `to` = `output` at `from`: a loop for each function, so that none of them has to choose at every element.
#[inline(always)]
pub(crate) fn map<A: Activation, C: Carrier>(
    level: Level,
    activation: &A,
    output: Output,
    from: &[[C; GROUP]],
    to: &mut [[C; GROUP]],
) {
    match output {
        Output::Forward => level.run(Map { from, to, function: Forward { activation } }),
        Output::Derivative => level.run(Map { from, to, function: Derivative { activation } }),
        Output::SecondDerivative => level.run(Map { from, to, function: SecondDerivative { activation } }),
        Output::ParameterDerivative(index) => {
            level.run(Map { from, to, function: ParameterDerivative { activation, index } });
        }
    }
}
