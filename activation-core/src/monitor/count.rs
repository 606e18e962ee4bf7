//! Counting beside the kernel: block by block, while these are in the first cache, and what is rare in a second look.

use super::look::{BLOCK, CountedIn, Look, Nowhere, Number, Region, Seen};
use super::regions::{Intervals, Killed, Places, Regions, Shape};
use super::statistics::Moments;
use super::{Statistics, Units};
use crate::scalar::Slice;
use crate::{Output, Pointwise, Scalar, as_single};
use activation_math::{Kernel, Level};

/// What one part of a call sees.
pub(super) struct Counter<'a, P> {
    activation: &'a P,
    regions: &'a Regions,
    units: Units,
    level: Level,
    counted_in: CountedIn,
    /// What distances are measured from: the mean, as far as it is known.
    centre: f64,
    pub(super) seen: Statistics,
}

impl<'a, P: Pointwise> Counter<'a, P> {
    /// Units that have been seen alive `before` are not looked at any more.
    pub(super) fn new(activation: &'a P, regions: &'a Regions, units: Units, before: &Statistics) -> Self {
        let is_first = before.count == 0;
        let dead = if is_first { (0..units.count).collect() } else { before.dead.clone() };
        let seen = Statistics { units: units.count, dead, ..Statistics::default() };
        let centre = before.moments.mean;
        Counter {
            activation,
            regions,
            units,
            level: Level::detect(),
            counted_in: CountedIn::halves(),
            centre,
            seen,
        }
    }

    /// Whole examples.
    pub(super) fn stretch<T: Scalar>(&mut self, input: &[T], output: &mut [T]) {
        let mut slopes = match self.regions.of {
            Places::Inputs => Vec::new(),
            Places::Slopes => vec![T::default(); input.len()],
        };
        let mut look = Seen::nothing();
        let mut saturated = 0;
        for start in (0..input.len()).step_by(BLOCK) {
            let block = start..(start + BLOCK).min(input.len());
            let (input, output) = (&input[block.clone()], &mut output[block.clone()]);
            self.activation.evaluate_into(Output::Forward, input, output);
            let places = match self.regions.of {
                Places::Inputs => input,
                Places::Slopes => {
                    let slopes = &mut slopes[block];
                    self.activation.evaluate_into(Output::Derivative, input, slopes);
                    slopes
                }
            };
            saturated += self.look(places, output, &mut look);
        }
        saturated += look.inside();
        let places = match self.regions.of {
            Places::Inputs => input,
            Places::Slopes => &slopes,
        };
        let killed = match self.regions.killed {
            Killed::Never => 0,
            Killed::AllFlat => saturated,
            _ if saturated == 0 => 0,
            Killed::FromDepth(depth) if look.deepest() < depth => 0,
            _ => self.count(places, &self.regions.dead),
        };
        self.seen.count += input.len() as u64;
        self.seen.saturated += saturated;
        self.seen.killed += killed;
        self.seen.zeros += look.zeros();
        self.add_moments(output, &look);
        if killed > 0 {
            self.look_for_life(places);
        } else if !input.is_empty() {
            self.seen.dead.clear();
        }
    }

    /// A look at a block. Saturated inputs are counted by it, or returned.
    fn look<T: Scalar>(&self, places: &[T], output: &[T], look: &mut Seen) -> u64 {
        if is_double::<T>() || self.regions.shape == Shape::Intervals {
            self.look_at_outputs(output, self.centre, look);
            return self.count(places, &self.regions.flat);
        }
        with_single(places, |x| {
            with_single(output, |y| match self.regions.shape {
                Shape::Nowhere | Shape::Intervals => self.look_in(Nowhere, x, y, self.centre, look),
                Shape::Below(region) => self.look_in(region, x, y, self.centre, look),
                Shape::BelowAndBetween(region) => self.look_in(region, x, y, self.centre, look),
                Shape::Beyond(region) => self.look_in(region, x, y, self.centre, look),
                Shape::Within(region) => self.look_in(region, x, y, self.centre, look),
            });
        });
        0
    }

    fn look_at_outputs<T: Scalar>(&self, output: &[T], centre: f64, look: &mut Seen) {
        static NO_INPUTS: [f32; BLOCK] = [0.0; BLOCK];
        for output in output.chunks(BLOCK) {
            let inputs = &NO_INPUTS[..output.len()];
            match T::slice(output) {
                Slice::F64(y) => self.look_in(Nowhere, inputs, y, centre, look),
                _ => with_single(output, |y| self.look_in(Nowhere, inputs, y, centre, look)),
            }
        }
    }

    fn look_in<R: Region, Y: Number>(&self, region: R, x: &[f32], y: &[Y], centre: f64, seen: &mut Seen) {
        let (centre, counted_in) = (Y::of(centre), self.counted_in);
        if matches!(self.regions.killed, Killed::FromDepth(_)) {
            self.level.run(Look::<R, Y, true> { x, y, region, centre, counted_in, seen });
        } else {
            self.level.run(Look::<R, Y, false> { x, y, region, centre, counted_in, seen });
        }
    }

    fn count<T: Scalar>(&self, places: &[T], intervals: &Intervals) -> u64 {
        let mut inside = 0;
        for places in places.chunks(BLOCK) {
            with_single(places, |x| inside += self.level.run(Inside { x, intervals }));
        }
        inside
    }

    /// Takes in what a look from the centre has seen. Where the mean is more than a deviation away from it, digits cancel, and there
    /// is another look, from the mean.
    fn add_moments<T: Scalar>(&mut self, output: &[T], look: &Seen) {
        let count = output.len() as f64;
        let [sum, squares] = look.sums();
        // Squares below this lose digits, but for differences of numbers that are large beside them.
        let least = if is_double::<T>() { 1e-290 } else { 1e-30 };
        let is_small =
            squares < count * least && self.centre.abs() < least.cbrt() && look.zeros() < output.len() as u64;
        if is_small || !squares.is_finite() {
            if output.len() <= BLOCK {
                return self.add_one_by_one(output);
            }
            for output in output.chunks(BLOCK) {
                let mut look = Seen::nothing();
                self.look_at_outputs(output, self.centre, &mut look);
                self.add_moments(output, &look);
            }
            return;
        }
        let mut centre = rounded::<T>(self.centre);
        let mut sums = [sum, squares];
        if 2.0 * sum * sum > count * squares {
            let mut look = Seen::nothing();
            centre = rounded::<T>(centre + sum / count);
            self.look_at_outputs(output, centre, &mut look);
            sums = look.sums();
        }
        self.add(Moments::about(centre, output.len(), sums));
    }

    /// Numbers that are not finite, or of which the squares are none of `f32`.
    #[cold]
    fn add_one_by_one<T: Scalar>(&mut self, output: &[T]) {
        let mut moments = Moments::default();
        for y in output.iter().map(|y| y.to_f64()) {
            self.seen.nans += u64::from(y.is_nan());
            self.seen.infinities += u64::from(y.is_infinite());
            if y.is_finite() {
                moments.merge(Moments { count: 1, mean: y, squares: 0.0 });
            }
        }
        self.add(moments);
    }

    fn add(&mut self, moments: Moments) {
        self.seen.moments.merge(moments);
        self.centre = self.seen.moments.mean;
    }

    /// Takes those off the dead for which f' is not 0 in some example.
    fn look_for_life<T: Scalar>(&mut self, places: &[T]) {
        let Units { count, inner } = self.units;
        let dead = &self.regions.dead;
        let row = self.units.row();
        // To go through a column costs as much an element as to go through all rows for thirty columns.
        if self.seen.dead.len() > count / 32 {
            let mut killed = vec![0; count];
            self.level.run(KilledByUnit { places, intervals: dead, inner, killed: &mut killed });
            let all = (places.len() / count) as u32;
            return self.seen.dead.retain(|&unit| killed[unit] == all);
        }
        let is_killed = |place: &T| {
            let x = place.to_f64() as f32;
            dead.iter().any(|&(low, high)| low <= x && x <= high)
        };
        self.seen.dead.retain(|unit| {
            let column = unit * inner..(unit + 1) * inner;
            places.chunks_exact(row).all(|example| example[column.clone()].iter().all(is_killed))
        });
    }
}

fn is_double<T: Scalar>() -> bool {
    matches!(T::slice(&[]), Slice::F64(_))
}

/// A number of the type that distances are measured in.
fn rounded<T: Scalar>(centre: f64) -> f64 {
    if is_double::<T>() { centre } else { f64::from(centre as f32) }
}

/// Numbers as those of `f32`, at most a block.
fn with_single<T: Scalar>(numbers: &[T], mut with: impl FnMut(&[f32])) {
    if let Some(numbers) = as_single(numbers) {
        return with(numbers);
    }
    let mut single = [0.0; BLOCK];
    for (to, from) in single.iter_mut().zip(numbers) {
        *to = from.to_f64() as f32;
    }
    with(&single[..numbers.len()]);
}

/// How many numbers lie in intervals.
struct Inside<'a> {
    x: &'a [f32],
    intervals: &'a [(f32, f32)],
}

impl Kernel for Inside<'_> {
    type Result = u64;

    #[inline(always)]
    fn run(self) -> u64 {
        let mut inside = 0;
        // An infinite end takes no comparison: all numbers but NaN are on that side of it, and NaN fails the other one.
        for &(low, high) in self.intervals {
            inside += if low == f32::NEG_INFINITY {
                count(self.x, |x| x <= high)
            } else if high == f32::INFINITY {
                count(self.x, |x| x >= low)
            } else {
                count(self.x, |x| (x >= low) & (x <= high))
            };
        }
        inside
    }
}

#[inline(always)]
fn count(x: &[f32], is_counted: impl Fn(f32) -> bool) -> u64 {
    let mut counted = 0_u32;
    for &x in x {
        counted += u32::from(is_counted(x));
    }
    counted.into()
}

/// How many numbers of each unit lie in intervals.
struct KilledByUnit<'a, T> {
    places: &'a [T],
    intervals: &'a [(f32, f32)],
    inner: usize,
    killed: &'a mut [u32],
}

impl<T: Scalar> Kernel for KilledByUnit<'_, T> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        let KilledByUnit { places, intervals, inner, killed } = self;
        let inside = |place: T, (low, high): (f32, f32)| {
            let x = place.to_f64() as f32;
            u32::from((x >= low) & (x <= high))
        };
        for example in places.chunks_exact(killed.len() * inner) {
            for &interval in intervals {
                if inner == 1 {
                    for (killed, &place) in killed.iter_mut().zip(example) {
                        *killed += inside(place, interval);
                    }
                    continue;
                }
                for (killed, places) in killed.iter_mut().zip(example.chunks_exact(inner)) {
                    *killed += places.iter().map(|&place| inside(place, interval)).sum::<u32>();
                }
            }
        }
    }
}
