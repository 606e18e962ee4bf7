//! Monitors: what an activation does to signals and gradients, counted while it is computed.
//!
//! A [`Monitor`] computes an activation as [`Pointwise`] does, with the same results, and looks at every block of numbers while it
//! is in the first cache: how many inputs are where the activation is flat or kills gradients, what the outputs' mean and variance
//! are, and which units are dead.
//!
//! ```
//! use activation_core::{catalogue::Relu, monitor::Monitor};
//!
//! // A batch of three examples with two units each. The second unit never fires.
//! let batch = [1.0_f32, -1.0, 2.0, -2.0, -0.5, -3.0];
//! let mut output = [0.0; 6];
//! let mut monitor = Monitor::new(Relu);
//! monitor.forward_into(2, &batch, &mut output);
//!
//! let seen = monitor.take();
//! assert_eq!(output, [1.0, 0.0, 2.0, 0.0, 0.0, 0.0]);
//! assert_eq!(seen.dead_units(), [1]);
//! assert_eq!(seen.killed_fraction(), 4.0 / 6.0);
//! assert_eq!((seen.mean(), seen.zeros()), (0.5, 4));
//! ```
//!
//! # What is counted
//!
//! | | |
//! |---|---|
//! | [`saturated`](Statistics::saturated) | inputs at which \|f'\| is below a threshold, 0.01 if no other is chosen |
//! | [`killed`](Statistics::killed) | inputs at which f' is 0: no gradient comes back |
//! | [`dead_units`](Statistics::dead_units) | units for which f' was 0 in every example that was seen |
//! | [`zeros`](Statistics::zeros) | outputs that are 0 |
//! | [`nans`](Statistics::nans), [`infinities`](Statistics::infinities) | outputs that are not finite |
//! | [`mean`](Statistics::mean), [`variance`](Statistics::variance) | of the outputs that are finite |
//!
//! f' is that of `f32`: where it is smaller than every number of `f32`, it is 0.
//!
//! # What it costs
//!
//! Slopes are not computed. Where |f'| is small is searched for when a monitor is made, as a few intervals of inputs, and counting
//! is comparisons with their ends; only a function that has many of them, such as a sine, is asked for its derivative. Counting is
//! one pass over numbers that the kernel has left in the first cache: 0.06 to 0.15 ns an element of `f32`, on a machine where GELU
//! takes 1.7 (0.5 in the fast tier), the sigmoid 0.75 (0.3) and ReLU 0.09. That is less than a tenth of the first, a seventh of the second
//! and more than the third. [`every`](Monitor::every) looks at one call of several, and so makes it as small a part as is wanted.
//!
//! Mean and variance are sums in 32 lanes, in the type of the results for 16 numbers each and in `f64` from there on, of distances from a
//! number within a deviation of the mean. At worst, rounding moves the mean by 1.4e-6 deviations and the variance by 5e-6 of itself.
//! No figure depends on how wide vectors are, or on threads.
//!
//! The search takes a few milliseconds. It misses an interval that is narrower than 1/256 (1.5 % of its distance from 0, further out
//! than 20) and neither at a zero of f' nor at a smallest |f'|.

mod count;
mod look;
mod regions;
mod statistics;

use crate::slice::check_length;
use crate::{Output, Pointwise, Scalar};
use count::Counter;
use regions::Regions;
pub use statistics::Statistics;

/// How the elements of an array belong to units: `[.., count, inner]`.
///
/// The units of a layer of neurons are its last axis: `inner` is 1, and a number says it all. The channels of images `[batch,
/// channels, height, width]` are units of which each has `inner` = height · width elements in every example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// How many units there are.
    pub count: usize,
    /// How many neighbours belong to one.
    pub inner: usize,
}

impl From<usize> for Units {
    fn from(count: usize) -> Self {
        Units { count, inner: 1 }
    }
}

impl Units {
    /// The elements of one example.
    pub(crate) fn row(self) -> usize {
        self.count * self.inner
    }

    #[track_caller]
    fn check(self, length: usize) {
        let Units { count, inner } = self;
        assert!(self.row() > 0, "{count} units of {inner} elements are none");
        assert!(
            length.is_multiple_of(self.row()),
            "`input` has {length} elements, which is no whole number of examples of {count} units of {inner}"
        );
    }
}

/// An activation that is watched while it is computed.
#[derive(Clone, Debug)]
pub struct Monitor<P> {
    activation: P,
    regions: Regions,
    every: usize,
    calls: usize,
    seen: Statistics,
}

/// Numbers between two counts of what is rare: with their results they stay in the second cache.
const STRETCH: usize = 1 << 14;

impl<P: Pointwise> Monitor<P> {
    /// With a threshold of 0.01, looking at every call.
    pub fn new(activation: P) -> Self {
        Self::with_threshold(activation, 0.01)
    }

    /// An input counts as saturated where `|f'| < threshold`.
    ///
    /// # Panics
    ///
    /// If the threshold is not above 0.
    pub fn with_threshold(activation: P, threshold: f32) -> Self {
        assert!(threshold > 0.0, "a threshold for |f'| must be above 0, not {threshold}");
        let regions = Regions::of(&activation, threshold);
        Monitor { activation, regions, every: 1, calls: 0, seen: Statistics::default() }
    }

    /// Looks at the first call of every `calls`; the others cost nothing.
    ///
    /// # Panics
    ///
    /// If `calls` is 0.
    pub fn every(self, calls: usize) -> Self {
        assert!(calls > 0, "one call in every 0 is none");
        Monitor { every: calls, ..self }
    }

    /// The activation.
    pub fn activation(&self) -> &P {
        &self.activation
    }

    /// What has been seen so far.
    pub fn statistics(&self) -> &Statistics {
        &self.seen
    }

    /// What has been seen so far; then it begins anew.
    pub fn take(&mut self) -> Statistics {
        core::mem::take(&mut self.seen)
    }

    /// `output[i] = f(input[i])`, and what there is to see. `input` has whole examples of `units`: a number of units, or [`Units`].
    ///
    /// # Panics
    ///
    /// Where slices differ in length, or are no whole number of examples; or if calls before it had another number of units.
    #[track_caller]
    pub fn forward_into<T: Scalar>(&mut self, units: impl Into<Units>, input: &[T], output: &mut [T]) {
        let units = units.into();
        units.check(input.len());
        check_length("output", output.len(), input.len());
        if self.is_watching() {
            let seen = self.forward_part(units, input, output);
            self.seen.merge(&seen);
        } else {
            self.activation.evaluate_into(Output::Forward, input, output);
        }
    }

    /// Whether the call that begins is looked at.
    pub(crate) fn is_watching(&mut self) -> bool {
        let is_watching = self.calls.is_multiple_of(self.every);
        self.calls += 1;
        is_watching
    }

    /// What there is to see in a part of a call: whole examples.
    pub(crate) fn forward_part<T: Scalar>(&self, units: Units, input: &[T], output: &mut [T]) -> Statistics {
        let mut counter = Counter::new(&self.activation, &self.regions, units, &self.seen);
        let stretch = (STRETCH / units.row()).max(1) * units.row();
        for (input, output) in input.chunks(stretch).zip(output.chunks_mut(stretch)) {
            counter.stretch(input, output);
        }
        counter.seen
    }

    #[cfg(feature = "candle")]
    pub(crate) fn merge(&mut self, seen: &Statistics) {
        self.seen.merge(seen);
    }
}
