//! Loops over slices of `f32` in one pass, from memory to memory: numbers are widened, computed with and rounded in
//! registers.
//!
//! There are no branches in a loop. Behind every [`BLOCK`] of numbers, while these are in the first cache, there is a look at
//! whether any of the results needs more care, which is rare, and then those are computed again.

use super::block::GROUP;
use super::function::{ForwardWithDerivative, Function};
use crate::{Activation, Interval, Output, Real};
use activation_math::{Brief, Kernel, Level, is_plain, is_plain_fast};
use core::marker::PhantomData;

/// Numbers behind which there is a look at the results. Large enough that the look's end does not count.
pub(crate) const BLOCK: usize = 512;

/// What numbers of `f32` are computed in.
pub(crate) trait Arithmetic: Copy {
    type Number: Real;

    const IS_NARROW: bool;

    /// Beyond this, plain arithmetic is not to be trusted.
    const FAR: f32;

    /// Whether it may be trusted with a result that is finite.
    fn is_plain(x: f32, careful: &[Interval]) -> bool;

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

    /// 2^40: squares and cubes of what is larger may leave the range; `is_plain_fast` has the last word.
    const FAR: f32 = 1_099_511_627_776.0;

    fn is_plain(x: f32, careful: &[Interval]) -> bool {
        is_plain_fast(x, careful)
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

/// What is computed of the numbers at one place of `IN` slices: the numbers for that place of `OUT` others.
pub(crate) trait Elementwise<const IN: usize, const OUT: usize>: Copy {
    /// Fills `to`; all slices have one length, a whole number of groups. Whether a result is not finite or a first number far
    /// out.
    fn fill<W: Arithmetic>(self, from: [&[f32]; IN], to: [&mut [f32]; OUT]) -> bool;

    /// Where plain arithmetic is not to be trusted, for each of the results.
    fn careful(self) -> [&'static [Interval]; OUT];

    /// The results at one place, computed with care.
    fn again(self, x: [f32; IN]) -> [f32; OUT];
}

/// A function of the numbers of one slice.
#[derive(Clone, Copy)]
pub(crate) struct Single<F>(pub(crate) F);

impl<F: Function> Elementwise<1, 1> for Single<F> {
    #[inline(always)]
    fn fill<W: Arithmetic>(self, [from]: [&[f32]; 1], [to]: [&mut [f32]; 1]) -> bool {
        let mut seen = Seen::default();
        for (&x, to) in from.iter().zip(to.iter_mut()) {
            *to = W::rounded(self.0.at(W::number(x)));
            seen.in_passing::<W>(x, *to);
        }
        seen.afterwards::<W>(from, to)
    }

    fn careful(self) -> [&'static [Interval]; 1] {
        [self.0.careful()]
    }

    fn again(self, [x]: [f32; 1]) -> [f32; 1] {
        [self.0.again(x) as f32]
    }
}

/// A function of the numbers of one slice, times those of another one.
#[derive(Clone, Copy)]
pub(crate) struct Product<F>(pub(crate) F);

impl<F: Function> Elementwise<2, 1> for Product<F> {
    #[inline(always)]
    fn fill<W: Arithmetic>(self, [from, factors]: [&[f32]; 2], [to]: [&mut [f32]; 1]) -> bool {
        let mut seen = Seen::default();
        for ((&x, &factor), to) in from.iter().zip(factors).zip(to.iter_mut()) {
            *to = W::rounded(self.0.at(W::number(x)) * W::number(factor));
            seen.in_passing::<W>(x, *to);
        }
        seen.afterwards::<W>(from, to)
    }

    fn careful(self) -> [&'static [Interval]; 1] {
        [self.0.careful()]
    }

    fn again(self, [x, factor]: [f32; 2]) -> [f32; 1] {
        [(self.0.again(x) * f64::from(factor)) as f32]
    }
}

impl<A: Activation> Elementwise<1, 2> for ForwardWithDerivative<A> {
    #[inline(always)]
    fn fill<W: Arithmetic>(self, [from]: [&[f32]; 1], [forward, derivative]: [&mut [f32]; 2]) -> bool {
        let mut seen = [Seen::default(); 2];
        for ((&x, forward), derivative) in from.iter().zip(forward.iter_mut()).zip(derivative.iter_mut()) {
            let (value, slope) = self.at(W::number(x));
            (*forward, *derivative) = (W::rounded(value), W::rounded(slope));
            seen[0].in_passing::<W>(x, *forward);
            seen[1].in_passing::<W>(x, *derivative);
        }
        seen[0].afterwards::<W>(from, forward) | seen[1].afterwards::<W>(from, derivative)
    }

    fn careful(self) -> [&'static [Interval]; 2] {
        [A::careful(Output::Forward), A::careful(Output::Derivative)]
    }

    fn again(self, [x]: [f32; 1]) -> [f32; 2] {
        [self.activation.forward(x), self.activation.derivative(x)]
    }
}

/// The largest numbers that were seen: as bits, by which numbers of one sign are ordered, with NaN last.
#[derive(Clone, Copy, Default)]
struct Seen {
    input: u32,
    result: u32,
}

impl Seen {
    #[inline(always)]
    fn see(&mut self, x: f32, result: f32) {
        self.input = self.input.max(size(x));
        self.result = self.result.max(size(result));
    }

    /// In the loop that computes, if its vectors are as wide as these.
    #[inline(always)]
    fn in_passing<W: Arithmetic>(&mut self, x: f32, result: f32) {
        if W::IS_NARROW {
            self.see(x, result);
        }
    }

    /// Whether there was a result that is not finite, or an input far out.
    #[inline(always)]
    fn afterwards<W: Arithmetic>(mut self, from: &[f32], to: &[f32]) -> bool {
        if !W::IS_NARROW {
            from.iter().zip(to).for_each(|(&x, &result)| self.see(x, result));
        }
        (self.input > W::FAR.to_bits()) | (self.result > f32::MAX.to_bits())
    }
}

/// Fills the slices `to` with the results at `from`; all have one length.
#[inline]
pub(crate) fn run<W: Arithmetic, F: Elementwise<IN, OUT>, const IN: usize, const OUT: usize>(
    level: Level,
    function: F,
    from: [&[f32]; IN],
    to: [&mut [f32]; OUT],
) {
    let (groups, rests) = (from.map(|from| from.as_chunks().0), from.map(|from| from.as_chunks::<GROUP>().1));
    let mut to = to.map(|to| to.as_chunks_mut());
    if !groups[0].is_empty() {
        run_groups::<W, F, IN, OUT>(level, function, groups, to.each_mut().map(|(groups, _)| &mut **groups));
    }
    if !rests[0].is_empty() {
        // Filled up with a copy of a number of the slice: whatever is computed with it, it is neither slower nor worse.
        let filled = rests.map(|rest| {
            let mut group = [rest[0]; GROUP];
            group[..rest.len()].copy_from_slice(rest);
            [group]
        });
        let mut results = [[[0.0; GROUP]]; OUT];
        let to_group = results.each_mut().map(|group| &mut group[..]);
        run_groups::<W, F, IN, OUT>(level, function, filled.each_ref().map(|group| &group[..]), to_group);
        for ((_, rest), [group]) in to.iter_mut().zip(&results) {
            rest.copy_from_slice(&group[..rest.len()]);
        }
    }
}

/// The same places of several slices, in whole groups.
type Inputs<'a, const IN: usize> = [&'a [[f32; GROUP]]; IN];
type Results<'a, const OUT: usize> = [&'a mut [[f32; GROUP]]; OUT];

#[inline(never)]
fn run_groups<W: Arithmetic, F: Elementwise<IN, OUT>, const IN: usize, const OUT: usize>(
    level: Level,
    function: F,
    from: Inputs<'_, IN>,
    to: Results<'_, OUT>,
) {
    level.run(Groups { function, from, to, arithmetic: PhantomData::<W> });
}

struct Groups<'a, W, F, const IN: usize, const OUT: usize> {
    function: F,
    from: Inputs<'a, IN>,
    to: Results<'a, OUT>,
    arithmetic: PhantomData<W>,
}

impl<W: Arithmetic, F: Elementwise<IN, OUT>, const IN: usize, const OUT: usize> Kernel
    for Groups<'_, W, F, IN, OUT>
{
    type Result = ();

    #[inline(always)]
    fn run(self) {
        let Groups { function, mut from, mut to, .. } = self;
        while !from[0].is_empty() {
            let groups = from[0].len().min(BLOCK / GROUP);
            let inputs = from.map(|from| &from[..groups]);
            let mut results = to.each_mut().map(|to| &mut to[..groups]);
            // One loop over all numbers: of two, the compiler would take the outer one for its vectors, and gather them.
            let flat_results = results.each_mut().map(|results| results.as_flattened_mut());
            let doubtful = function.fill::<W>(inputs.map(|inputs| inputs.as_flattened()), flat_results);
            if doubtful | function.careful().into_iter().any(|careful| is_any_in(inputs[0], careful)) {
                repair::<W, F, IN, OUT>(function, inputs, results);
            }
            from = from.map(|from| &from[groups..]);
            to = to.map(|to| &mut to[groups..]);
        }
    }
}

/// Computes those results of a block again that are not to be trusted.
#[cold]
#[inline(never)]
fn repair<W: Arithmetic, F: Elementwise<IN, OUT>, const IN: usize, const OUT: usize>(
    function: F,
    from: Inputs<'_, IN>,
    to: Results<'_, OUT>,
) {
    let (from, mut to) = (from.map(|from| from.as_flattened()), to.map(|to| to.as_flattened_mut()));
    let careful = function.careful();
    for place in 0..from[0].len() {
        let x = from.map(|from| from[place]);
        let trusted =
            |(to, careful): (&&mut [f32], &[Interval])| to[place].is_finite() && W::is_plain(x[0], careful);
        if !to.iter().zip(careful).all(trusted) {
            let results = function.again(x);
            to.iter_mut().zip(results).for_each(|(to, result)| to[place] = result);
        }
    }
}

/// Whether any number is in one of the intervals, or beside one of them: a doubt that is looked into one by one. Doubts are sign
/// bits that are collected: comparisons would have to be turned from masks into numbers and back.
#[inline(always)]
fn is_any_in(inputs: &[[f32; GROUP]], careful: &[Interval]) -> bool {
    let mut inside = 0;
    for &interval in careful {
        let (centre, reach) = centred(interval);
        for &x in inputs.as_flattened() {
            inside |= size(x - centre).wrapping_sub(reach.to_bits() + 1);
        }
    }
    inside >> 31 == 1
}

/// The bits of `|value|`.
#[inline(always)]
fn size(value: f32) -> u32 {
    value.abs().to_bits()
}

/// A number and a distance from it within which all numbers of an interval lie, as they are computed in `f32`.
#[inline(always)]
fn centred((low, high): Interval) -> (f32, f32) {
    let (low, high) = ((low as f32).next_down().max(f32::MIN), (high as f32).next_up().min(f32::MAX));
    let centre = low * 0.5 + high * 0.5;
    let reach = (high - centre).max(centre - low);
    (centre, (reach * 1.000_001).next_up())
}

#[cfg(test)]
mod tests {
    use super::{Arithmetic, GROUP, Narrow, Seen, Wide, is_any_in};

    #[test]
    fn what_is_not_far_is_plain() {
        assert!(Narrow::is_plain(Narrow::FAR, &[]) && Narrow::is_plain(-Narrow::FAR, &[]));
        assert!(Wide::is_plain(Wide::FAR, &[]) && Wide::is_plain(-Wide::FAR, &[]));
    }

    #[test]
    fn doubts_at_every_place() {
        fn is_doubtful<W: Arithmetic>(inputs: &[f32], results: &[f32]) -> bool {
            let mut seen = Seen::default();
            inputs.iter().zip(results).for_each(|(&x, &result)| seen.in_passing::<W>(x, result));
            seen.afterwards::<W>(inputs, results)
        }
        let careful = [(-3.0, -2.0), (0.0, 0.0), (7.0, f64::INFINITY)];
        for place in 0..2 * GROUP {
            let with = |x: f32| {
                let mut numbers = [[1.0; GROUP]; 2];
                numbers.as_flattened_mut()[place] = x;
                numbers
            };
            let ones = [1.0; 2 * GROUP];
            for fine in [1.0, -1.0, 1e12, f32::MIN_POSITIVE, 1e-45, -1e-45, 0.0] {
                assert!(!is_doubtful::<Wide>(with(fine).as_flattened(), with(f32::MAX).as_flattened()));
                assert!(!is_doubtful::<Narrow>(with(fine).as_flattened(), with(-f32::MAX).as_flattened()));
            }
            for wrong in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                assert!(is_doubtful::<Wide>(with(wrong).as_flattened(), &ones), "{wrong} at {place}");
                assert!(is_doubtful::<Wide>(&ones, with(wrong).as_flattened()), "{wrong} at {place}");
                assert!(is_doubtful::<Narrow>(with(wrong).as_flattened(), &ones), "{wrong} at {place}");
                assert!(is_doubtful::<Narrow>(&ones, with(wrong).as_flattened()), "{wrong} at {place}");
            }
            assert!(is_doubtful::<Narrow>(with(-2e12).as_flattened(), &ones));
            for outside in [1e-44, -1e-44, -3.00001, 6.9999, -1.9] {
                assert!(!is_any_in(&with(outside), &careful), "{outside} at {place}");
            }
            for inside in [0.0, -0.0, -2.0, -3.0, -2.5, 7.0, 1e30, f32::MAX] {
                assert!(is_any_in(&with(inside), &careful), "{inside} at {place}");
            }
        }
    }
}
