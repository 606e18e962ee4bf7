//! Counting beside the kernel, a block at a time while it is in the first cache.

use super::regions::Regions;
use super::statistics::Moments;
use super::{Statistics, Units};
use crate::{Output, Pointwise, Precision, Scalar, as_single};
use activation_math::{Kernel, Level};

/// Numbers of a block: inputs and outputs fill a quarter of the first cache, and what a call of a kernel costs does not count.
pub(super) const BLOCK: usize = 1024;

/// What one part of a call sees.
pub(super) struct Counter<'a, P> {
    activation: &'a P,
    regions: &'a Regions,
    units: Units,
    level: Level,
    /// Near the mean, as far as it is known.
    centre: Option<f32>,
    pub(super) seen: Statistics,
}

impl<'a, P: Pointwise> Counter<'a, P> {
    /// Units that have been seen alive `before` are not looked at any more.
    pub(super) fn new(activation: &'a P, regions: &'a Regions, units: Units, before: &Statistics) -> Self {
        let is_first = before.count == 0;
        let dead = if is_first { (0..units.count).collect() } else { before.dead.clone() };
        let centre = (before.moments.count > 0).then_some(before.moments.mean as f32);
        let seen = Statistics { units: units.count, dead, ..Statistics::default() };
        Counter { activation, regions, units, level: Level::detect(), centre, seen }
    }

    /// Whole examples.
    pub(super) fn stretch<T: Scalar>(&mut self, input: &[T], output: &mut [T]) {
        let mut slopes = match self.regions {
            Regions::Many { .. } => vec![T::default(); input.len()],
            Regions::Known { .. } => Vec::new(),
        };
        let killed_before = self.seen.killed;
        for start in (0..input.len()).step_by(BLOCK) {
            let block = start..(start + BLOCK).min(input.len());
            let (input, output) = (&input[block.clone()], &mut output[block.clone()]);
            self.activation.evaluate_into(Output::Forward, input, output);
            match self.regions {
                Regions::Known { flat, dead } => with_single(input, |x| {
                    let saturated = self.level.run(Inside { x, intervals: flat });
                    self.seen.saturated += saturated;
                    self.seen.killed += match saturated {
                        // What is killed is saturated.
                        0 => 0,
                        _ if flat == dead => saturated,
                        _ => self.level.run(Inside { x, intervals: dead }),
                    };
                }),
                &Regions::Many { threshold } => {
                    let slopes = &mut slopes[block];
                    self.activation.evaluate_into(Output::Derivative, input, slopes);
                    let below = |size: f32| {
                        slopes.iter().filter(|slope| slope.to_f64().abs() as f32 <= size).count() as u64
                    };
                    self.seen.killed += below(0.0);
                    self.seen.saturated += below(threshold.next_down());
                }
            }
            self.outputs(output);
        }
        self.seen.count += input.len() as u64;
        if self.seen.killed == killed_before && !input.is_empty() {
            self.seen.dead.clear();
        } else {
            self.look_for_life(input, &slopes);
        }
    }

    fn outputs<T: Scalar>(&mut self, output: &[T]) {
        let centre = *self.centre.get_or_insert_with(|| {
            // One of them would not do: it might be far from all others.
            let finite = output.iter().map(|y| y.to_f64()).filter(|y| y.is_finite());
            let (count, sum) = finite.fold((0_u32, 0.0), |(count, sum), y| (count + 1, sum + y));
            (sum / f64::from(count.max(1))) as f32
        });
        let mut block = (0, [0.0; 2]);
        let is_double = T::PRECISION == Precision::Double;
        if !is_double {
            with_single(output, |y| block = self.level.run(Sums { y, centre }));
        }
        let (zeros, [sum, squares]) = block;
        // Infinite where anything is not finite, or where squares overflow.
        if is_double || !squares.is_finite() {
            return self.outputs_one_by_one(output);
        }
        self.seen.zeros += zeros;
        self.add(Moments::about(centre.into(), output.len(), sum, squares));
    }

    #[cold]
    fn outputs_one_by_one<T: Scalar>(&mut self, output: &[T]) {
        let mut moments = Moments::default();
        for y in output.iter().map(|y| y.to_f64()) {
            self.seen.zeros += u64::from(y == 0.0);
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
        if self.seen.moments.count > 0 {
            self.centre = Some(self.seen.moments.mean as f32);
        }
    }

    /// Takes those off the dead for which f' is not 0 in some example.
    fn look_for_life<T: Scalar>(&mut self, input: &[T], slopes: &[T]) {
        let Units { inner, .. } = self.units;
        let kills = |at: usize| match self.regions {
            Regions::Known { dead, .. } => {
                let x = input[at].to_f64() as f32;
                dead.iter().any(|&(low, high)| low <= x && x <= high)
            }
            Regions::Many { .. } => slopes[at].to_f64() as f32 == 0.0,
        };
        let row = self.units.row();
        self.seen.dead.retain(|unit| {
            (0..input.len())
                .step_by(row)
                .all(|start| (start + unit * inner..start + (unit + 1) * inner).all(kills))
        });
    }
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

/// How many numbers are 0; the sum of the distances from a number near their mean, and of their squares.
struct Sums<'a> {
    y: &'a [f32],
    centre: f32,
}

/// Sums that grow side by side.
const LANES: usize = 32;

impl Kernel for Sums<'_> {
    type Result = (u64, [f64; 2]);

    #[inline(always)]
    fn run(self) -> (u64, [f64; 2]) {
        let Sums { y, centre } = self;
        let [mut sums, mut squares] = [[0.0_f32; LANES]; 2];
        let (whole, rest) = y.as_chunks::<LANES>();
        for y in whole {
            for ((y, sum), square) in y.iter().zip(&mut sums).zip(&mut squares) {
                let distance = y - centre;
                *sum += distance;
                *square += distance * distance;
            }
        }
        for ((y, sum), square) in rest.iter().zip(&mut sums).zip(&mut squares) {
            let distance = y - centre;
            *sum += distance;
            *square += distance * distance;
        }
        (count(y, |y| y == 0.0), [total(sums), total(squares)])
    }
}

/// Eight sums side by side, then these: one chain of additions would take as long as all the rest.
#[inline(always)]
fn total(lanes: [f32; LANES]) -> f64 {
    let mut totals = [0.0; 8];
    for lanes in lanes.as_chunks::<8>().0 {
        for (total, &lane) in totals.iter_mut().zip(lanes) {
            *total += f64::from(lane);
        }
    }
    let [a, b, c, d, e, f, g, h] = totals;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
