//! The functions of an activation as types, so that loops over them are compiled one by one, with the function inside.
//!
//! A closure would do, but nothing can ask for it to be inlined, and what is not inlined into a loop is neither made a
//! vector of nor compiled for the instructions of its level. They hold copies of the activation: what lies behind a reference
//! might be what the loop writes, and its parameters would be read again for every element.

use crate::{Activation, Fast, Interval, Output, Precision, Real, Watch, Watched};

/// A function of one number.
pub(crate) trait Function: Copy {
    fn at<R: Real>(&self, x: R) -> R;

    /// Where plain `f64` arithmetic is not to be trusted.
    fn careful(&self) -> &'static [Interval];

    /// The function at `x`, with care where that is needed, to be rounded to `f32`.
    fn unrounded(&self, x: f32) -> f64;

    /// The function at `x` in the fast tier.
    fn fast(&self, x: f32) -> f32;

    /// What a loop may have to watch if it computes in `f64`, and in `f32`.
    const MAY_WATCH: [MayWatch; 2];

    /// What it has to.
    fn watch(&self, in_single: bool) -> Watch;
}

/// What there have to be loops for.
#[derive(Clone, Copy)]
pub(crate) struct MayWatch {
    pub(crate) all: bool,
    pub(crate) inputs: bool,
    pub(crate) nothing: bool,
}

impl MayWatch {
    const ALL: Self = MayWatch { all: true, inputs: false, nothing: false };

    /// By what is known of f or f'.
    const fn of<A: Activation>(output: usize) -> [Self; 2] {
        let [wide, narrow] = A::WATCHED[output];
        [Self::by::<A>(wide), Self::by::<A>(narrow)]
    }

    const fn by<A: Activation>(Watched { by_default, otherwise }: Watched) -> Self {
        MayWatch {
            // Parameters may be anything.
            all: is_either(Watch::All, by_default, otherwise) || !A::INFO.parameters.is_empty(),
            inputs: is_either(Watch::Inputs, by_default, otherwise),
            nothing: is_either(Watch::Nothing, by_default, otherwise),
        }
    }

    /// What there have to be loops for that do the work of two.
    pub(crate) const fn or(self, other: Self) -> Self {
        MayWatch {
            all: self.all || other.all,
            inputs: self.inputs || other.inputs,
            nothing: self.nothing && other.nothing,
        }
    }
}

const fn is_either(watch: Watch, one: Watch, other: Watch) -> bool {
    one as u8 == watch as u8 || other as u8 == watch as u8
}

macro_rules! functions {
    ($($name:ident $(($index:ident))? => $method:ident, $output:expr, $may_watch:expr;)*) => {
        $(
            #[derive(Clone, Copy)]
            pub(crate) struct $name<A> {
                pub(crate) activation: A,
                $(pub(crate) $index: usize,)?
            }

            impl<A: Activation> Function for $name<A> {
                #[inline(always)]
                fn at<R: Real>(&self, x: R) -> R {
                    let value = self.activation.$method($(self.$index,)? x);
                    if A::PARTIAL { only_beside_a_number(self.activation.forward_at(x), value) } else { value }
                }

                fn careful(&self) -> &'static [Interval] {
                    $(let $index = self.$index;)?
                    A::careful($output)
                }

                fn unrounded(&self, x: f32) -> f64 {
                    $(let $index = self.$index;)?
                    self.activation.evaluate_unrounded($output, x.into(), Precision::Single)
                }

                fn fast(&self, x: f32) -> f32 {
                    $(let $index = self.$index;)?
                    Fast(self.activation).evaluate($output, x)
                }

                const MAY_WATCH: [MayWatch; 2] = $may_watch;

                #[inline]
                fn watch(&self, in_single: bool) -> Watch {
                    $(let $index = self.$index;)?
                    self.activation.watch($output, in_single)
                }
            }
        )*
    };
}

functions! {
    Forward => forward_at, Output::Forward, MayWatch::of::<A>(0);
    Derivative => derivative_at, Output::Derivative, MayWatch::of::<A>(1);
    SecondDerivative => second_derivative_at, Output::SecondDerivative, [MayWatch::ALL; 2];
    ParameterDerivative(index) => parameter_derivative_at, Output::ParameterDerivative(index), [MayWatch::ALL; 2];
}

/// A function as the library of numbers asks for it.
#[cfg(feature = "std")]
pub(crate) struct AnyNumber<F>(pub(crate) F);

#[cfg(feature = "std")]
impl<F: Function> activation_math::Body for AnyNumber<F> {
    #[inline(always)]
    fn at<R: Real>(&self, x: R) -> R {
        self.0.at(x)
    }
}

/// f and f', with their common terms computed once.
#[derive(Clone, Copy)]
pub(crate) struct ForwardWithDerivative<A> {
    pub(crate) activation: A,
}

impl<A: Activation> ForwardWithDerivative<A> {
    #[inline(always)]
    pub(crate) fn at<R: Real>(&self, x: R) -> (R, R) {
        let (forward, derivative) = self.activation.forward_with_derivative_at(x);
        let derivative = if A::PARTIAL { only_beside_a_number(forward, derivative) } else { derivative };
        (forward, derivative)
    }
}

/// The derivatives of a formula have no value where it has none.
#[inline(always)]
fn only_beside_a_number<R: Real>(forward: R, derivative: R) -> R {
    R::select(forward.less_equal(forward), derivative, forward)
}

/// `$run` of the function of `$activation` that `$output` names: code for each, so that no loop has to choose at every element.
macro_rules! with_function {
    ($activation:expr, $output:expr, |$function:ident| $run:expr) => {{
        use crate::slice::function::{Derivative, Forward, ParameterDerivative, SecondDerivative};
        let activation = *$activation;
        match $output {
            crate::Output::Forward => {
                let $function = Forward { activation };
                $run
            }
            crate::Output::Derivative => {
                let $function = Derivative { activation };
                $run
            }
            crate::Output::SecondDerivative => {
                let $function = SecondDerivative { activation };
                $run
            }
            crate::Output::ParameterDerivative(index) => {
                let $function = ParameterDerivative { activation, index };
                $run
            }
        }
    }};
}
pub(crate) use with_function;
