//! The functions of an activation over a block: the same bits as one by one.

use super::block::{Block, GROUP, Map};
#[cfg(feature = "std")]
use super::function::AnyNumber;
use super::function::{ForwardWithDerivative, with_function};
use super::is_narrow;
use crate::{Activation, Output, Precision, Scalar, SingleArithmetic};
use activation_math::{AllPlain, Level};

/// How a block is evaluated: at which level, and how exact the results have to be before they are rounded.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a, A> {
    pub(crate) activation: &'a A,
    pub(crate) level: Level,
    pub(crate) precision: Precision,
}

impl<A: Activation> Evaluator<'_, A> {
    /// `to` = `output` at `from`, which are equally long, by way of blocks of `N` groups.
    pub(crate) fn evaluate_into<const N: usize, T: Scalar>(self, output: Output, from: &[T], to: &mut [T]) {
        let (mut inputs, mut results) = (Block::<N>::new(), Block::<N>::new());
        for (from, to) in from.chunks(N * GROUP).zip(to.chunks_mut(N * GROUP)) {
            inputs.load(self.level, from);
            self.evaluate(output, &inputs, &mut results);
            results.store(self.level, to);
        }
    }

    /// `results` = `output` at `inputs`.
    #[inline(never)]
    pub(crate) fn evaluate<const N: usize>(self, output: Output, inputs: &Block<N>, results: &mut Block<N>) {
        let (from, to) = (inputs.groups().as_flattened(), results.groups_like(inputs).as_flattened_mut());
        let done = !self.goes_one_by_one(output)
            && with_function!(self.activation, output, |function| {
                self.level.run_over(Map(function), [from, &[]], to, &mut [])
            });
        if done {
            self.finish(output, inputs, results);
        } else {
            self.one_by_one(output, inputs, results);
        }
    }

    /// `forward` = f and `derivative` = f' at `inputs`, with common terms computed once.
    #[inline(never)]
    pub(crate) fn evaluate_both<const N: usize>(
        self,
        inputs: &Block<N>,
        forward: &mut Block<N>,
        derivative: &mut Block<N>,
    ) {
        let from = inputs.groups().as_flattened();
        let (first, second) = (forward.groups_like(inputs), derivative.groups_like(inputs));
        let done = !(self.goes_one_by_one(Output::Forward) || self.goes_one_by_one(Output::Derivative))
            && self.level.run_over(
                ForwardWithDerivative { activation: *self.activation },
                [from, &[]],
                first.as_flattened_mut(),
                second.as_flattened_mut(),
            );
        if !done {
            self.evaluate(Output::Forward, inputs, forward);
            return self.evaluate(Output::Derivative, inputs, derivative);
        }
        self.finish(Output::Forward, inputs, forward);
        self.finish(Output::Derivative, inputs, derivative);
    }

    /// Whether results need a bound of their error, which goes with every one of them.
    fn goes_one_by_one(self, output: Output) -> bool {
        match self.precision {
            Precision::Single => !self.activation.is_certified(output),
            Precision::Double => {
                !(is_narrow(self.activation, &[output], SingleArithmetic::RoundedOnce)
                    || self.activation.is_plain_double(output))
            }
        }
    }

    fn one_by_one<const N: usize>(self, output: Output, inputs: &Block<N>, results: &mut Block<N>) {
        let (from, to) = (inputs.values(), results.like(inputs));
        let one = |x| self.activation.evaluate_unrounded(output, x, self.precision);
        if self.precision == Precision::Double && self.in_slots(output, from, to, one) {
            return;
        }
        to.iter_mut().zip(from).for_each(|(to, &x)| *to = one(x));
    }

    /// `f64`, a step at a time; false where that is no gain.
    #[cfg(feature = "std")]
    fn in_slots(self, output: Output, from: &[f64], to: &mut [f64], one: impl Fn(f64) -> f64) -> bool {
        with_function!(self.activation, output, |function| {
            activation_math::evaluate_double_into(
                self.level,
                &AnyNumber(function),
                from,
                to,
                A::careful(output),
                one,
            )
        })
    }

    #[cfg(not(feature = "std"))]
    fn in_slots(self, _: Output, _: &[f64], _: &mut [f64], _: impl Fn(f64) -> f64) -> bool {
        false
    }

    /// Computes those of the `results` again that plain arithmetic is not to be trusted with.
    #[inline]
    fn finish<const N: usize>(self, output: Output, inputs: &Block<N>, results: &mut Block<N>) {
        let careful = A::careful(output);
        let (inputs_seen, results_seen) = (inputs.groups().as_flattened(), results.groups().as_flattened());
        let check = AllPlain { inputs: inputs_seen, results: results_seen, careful };
        if !self.level.run(check) {
            self.repair(output, inputs, results);
        }
    }

    #[cold]
    #[inline(never)]
    fn repair<const N: usize>(self, output: Output, inputs: &Block<N>, results: &mut Block<N>) {
        let careful = A::careful(output);
        for (result, &x) in results.values_mut().iter_mut().zip(inputs.values()) {
            if !(activation_math::is_plain(x, careful) && result.is_finite()) {
                *result = self.activation.evaluate_unrounded(output, x, self.precision);
            }
        }
    }
}
