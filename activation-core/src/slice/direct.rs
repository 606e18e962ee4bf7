//! Loops over slices of `f32` in one pass, from memory to memory: numbers are widened, computed with and rounded in
//! registers.
//!
//! There are no branches in a loop. Behind every [`BLOCK`] of numbers, while these are in the first cache, there is a look at
//! whether any of the results needs more care, which is rare, and then those are computed again.

use super::block::GROUP;
use super::function::{Derivative, Forward, ForwardWithDerivative, Function};
use crate::{Activation, Interval, Output, Real};
use activation_math::{Brief, Level, SliceKernel, is_plain, is_plain_fast};
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

    /// 2^40: squares and cubes of what is larger may leave the range; `is_plain_fast` has the last word.
    const FAR: f32 = 1_099_511_627_776.0;

    fn is_plain(x: f32, careful: &[Interval]) -> bool {
        is_plain_fast(x, careful)
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

/// What is computed of the numbers at one place of one slice or two, for that place of one slice or two others.
pub(crate) trait Elementwise: Copy {
    /// Fills slices of one length, a whole number of groups; those that are not needed are empty. Whether a result is not finite
    /// or an input far out.
    fn fill<W: Arithmetic>(self, x: &[f32], factors: &[f32], to: &mut [f32], also: &mut [f32]) -> bool;

    /// Where plain arithmetic is not to be trusted, for each of the results.
    fn careful(self) -> [&'static [Interval]; 2];

    /// The results at one place, with care where that is needed.
    fn one<W: Arithmetic>(self, x: f32, factor: f32) -> [f32; 2];
}

/// A function of the numbers of one slice.
#[derive(Clone, Copy)]
pub(crate) struct Single<F>(pub(crate) F);

/// Methods where closures would do: these are not always inlined.
impl<F: Function> Single<F> {
    #[inline(always)]
    fn at<W: Arithmetic>(self, x: f32) -> f32 {
        W::rounded(self.0.at(W::number(x)))
    }
}

impl<F: Function> Elementwise for Single<F> {
    #[inline(always)]
    fn fill<W: Arithmetic>(self, x: &[f32], _: &[f32], to: &mut [f32], _: &mut [f32]) -> bool {
        let mut seen = Seen::default();
        if W::IS_NARROW {
            for (&x, to) in x.iter().zip(to.iter_mut()) {
                *to = self.at::<W>(x);
                seen.see(x, *to);
            }
        } else {
            // Two places in a step: constants are read for both, and neither waits for the other.
            let ((x, x_half), (to, to_half)) = (halves(x), halves_mut(to));
            for (((&x, &x_half), to), to_half) in x.iter().zip(x_half).zip(to).zip(to_half) {
                (*to, *to_half) = (self.at::<W>(x), self.at::<W>(x_half));
            }
        }
        seen.afterwards::<W>(x, to)
    }

    fn careful(self) -> [&'static [Interval]; 2] {
        [self.0.careful(), &[]]
    }

    fn one<W: Arithmetic>(self, x: f32, _: f32) -> [f32; 2] {
        [W::one(self.0, x) as f32, 0.0]
    }
}

/// A function of the numbers of one slice, times those of another one.
#[derive(Clone, Copy)]
pub(crate) struct Product<F>(pub(crate) F);

impl<F: Function> Product<F> {
    #[inline(always)]
    fn at<W: Arithmetic>(self, x: f32, factor: f32) -> f32 {
        W::rounded(self.0.at(W::number(x)) * W::number(factor))
    }
}

impl<F: Function> Elementwise for Product<F> {
    #[inline(always)]
    fn fill<W: Arithmetic>(self, x: &[f32], factors: &[f32], to: &mut [f32], _: &mut [f32]) -> bool {
        let mut seen = Seen::default();
        if W::IS_NARROW {
            for ((&x, &factor), to) in x.iter().zip(factors).zip(to.iter_mut()) {
                *to = self.at::<W>(x, factor);
                seen.see(x, *to);
            }
        } else {
            let ((x, x_half), (factors, factors_half), (to, to_half)) =
                (halves(x), halves(factors), halves_mut(to));
            let half = x_half.iter().zip(factors_half).zip(to_half);
            for (((&x, &factor), to), ((&x_half, &factor_half), to_half)) in
                x.iter().zip(factors).zip(to).zip(half)
            {
                (*to, *to_half) = (self.at::<W>(x, factor), self.at::<W>(x_half, factor_half));
            }
        }
        seen.afterwards::<W>(x, to)
    }

    fn careful(self) -> [&'static [Interval]; 2] {
        [self.0.careful(), &[]]
    }

    /// In the fast tier the first factor has been rounded, and `f64` has room for the product of two `f32`.
    fn one<W: Arithmetic>(self, x: f32, factor: f32) -> [f32; 2] {
        [(W::one(self.0, x) * f64::from(factor)) as f32, 0.0]
    }
}

impl<A: Activation> Elementwise for ForwardWithDerivative<A> {
    #[inline(always)]
    fn fill<W: Arithmetic>(self, x: &[f32], _: &[f32], to: &mut [f32], also: &mut [f32]) -> bool {
        let mut seen = [Seen::default(); 2];
        for ((&x, forward), derivative) in x.iter().zip(to.iter_mut()).zip(also.iter_mut()) {
            let (value, slope) = self.at(W::number(x));
            (*forward, *derivative) = (W::rounded(value), W::rounded(slope));
            if W::IS_NARROW {
                seen[0].see(x, *forward);
                seen[1].see(x, *derivative);
            }
        }
        seen[0].afterwards::<W>(x, to) | seen[1].afterwards::<W>(x, also)
    }

    fn careful(self) -> [&'static [Interval]; 2] {
        [A::careful(Output::Forward), A::careful(Output::Derivative)]
    }

    fn one<W: Arithmetic>(self, x: f32, _: f32) -> [f32; 2] {
        let activation = self.activation;
        [W::one(Forward { activation }, x) as f32, W::one(Derivative { activation }, x) as f32]
    }
}

/// Half of a whole number of groups, and the other half.
#[inline(always)]
fn halves(numbers: &[f32]) -> (&[f32], &[f32]) {
    numbers.split_at(numbers.len() / 2)
}

#[inline(always)]
fn halves_mut(numbers: &mut [f32]) -> (&mut [f32], &mut [f32]) {
    numbers.split_at_mut(numbers.len() / 2)
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

    /// Whether there was a result that is not finite, or an input far out. What is computed in wider vectors is seen only now.
    #[inline(always)]
    fn afterwards<W: Arithmetic>(mut self, from: &[f32], to: &[f32]) -> bool {
        if !W::IS_NARROW {
            from.iter().zip(to).for_each(|(&x, &result)| self.see(x, result));
        }
        (self.input > W::FAR.to_bits()) | (self.result > f32::MAX.to_bits())
    }
}

/// Fills slices with the results; all have one length, or are empty where they are not needed.
#[inline]
pub(crate) fn run<W: Arithmetic>(
    level: Level,
    function: impl Elementwise,
    x: &[f32],
    factors: &[f32],
    to: &mut [f32],
    also: &mut [f32],
) {
    let whole = |length: usize| length - length % GROUP;
    let ((x, x_left), (factors, factors_left)) =
        (x.split_at(whole(x.len())), factors.split_at(whole(factors.len())));
    let (to, to_left) = to.split_at_mut(x.len());
    let (also, also_left) = also.split_at_mut(whole(also.len()));
    if !x.is_empty() {
        run_groups::<W, _>(level, function, x, factors, to, also);
    }
    if !x_left.is_empty() {
        let filled = [filled_up(x_left), filled_up(factors_left)];
        let mut results = [[0.0; GROUP]; 2];
        let [to, also] = &mut results;
        run_groups::<W, _>(level, function, &filled[0], &filled[1], to, also);
        to_left.copy_from_slice(&results[0][..to_left.len()]);
        also_left.copy_from_slice(&results[1][..also_left.len()]);
    }
}

/// A group that starts with `numbers`. A copy of one of them fills it up: whatever is computed with it, it is neither slower nor
/// worse than that.
#[inline(always)]
fn filled_up(numbers: &[f32]) -> [f32; GROUP] {
    let mut group = [numbers.first().copied().unwrap_or_default(); GROUP];
    group[..numbers.len()].copy_from_slice(numbers);
    group
}

#[inline(never)]
fn run_groups<W: Arithmetic, F: Elementwise>(
    level: Level,
    function: F,
    x: &[f32],
    factors: &[f32],
    to: &mut [f32],
    also: &mut [f32],
) {
    let groups = Groups { function, arithmetic: PhantomData::<W> };
    if !level.run_over(groups, [x, factors], to, also) {
        // Where no instruction fuses operations, a loop would gain nothing.
        repair::<W, F>(function, x, factors, to, also, true);
    }
}

struct Groups<W, F> {
    function: F,
    arithmetic: PhantomData<W>,
}

impl<W: Arithmetic, F: Elementwise> SliceKernel<f32> for Groups<W, F> {
    /// Slices of whole groups. All loops have a length that the compiler knows.
    #[inline(always)]
    fn run(self, x: &[f32], factors: &[f32], to: &mut [f32], also: &mut [f32]) {
        let mut start = 0;
        while start + BLOCK <= x.len() {
            self.step::<BLOCK>(start, x, factors, to, also);
            start += BLOCK;
        }
        while start + GROUP <= x.len() {
            self.step::<GROUP>(start, x, factors, to, also);
            start += GROUP;
        }
    }
}

impl<W: Arithmetic, F: Elementwise> Groups<W, F> {
    /// The next `N` numbers.
    #[inline(always)]
    fn step<const N: usize>(
        &self,
        start: usize,
        x: &[f32],
        factors: &[f32],
        to: &mut [f32],
        also: &mut [f32],
    ) {
        let function = self.function;
        let (x, to) = (&x[start..start + N], &mut to[start..start + N]);
        let factors = if factors.is_empty() { factors } else { &factors[start..start + N] };
        let also = if also.is_empty() { also } else { &mut also[start..start + N] };
        let doubtful = function.fill::<W>(x, factors, to, also);
        if doubtful | function.careful().into_iter().any(|careful| is_any_in(x, careful)) {
            repair::<W, F>(function, x, factors, to, also, false);
        }
    }
}

/// Computes those results of a block again that are not to be trusted, or `all` of them.
#[cold]
#[inline(never)]
fn repair<W: Arithmetic, F: Elementwise>(
    function: F,
    x: &[f32],
    factors: &[f32],
    to: &mut [f32],
    also: &mut [f32],
    all: bool,
) {
    let [careful, also_careful] = function.careful();
    for (place, &x) in x.iter().enumerate() {
        let is_finite = to[place].is_finite() && also.get(place).is_none_or(|also| also.is_finite());
        if all || !(is_finite && W::is_plain(x, careful) && W::is_plain(x, also_careful)) {
            let [result, second] = function.one::<W>(x, factors.get(place).copied().unwrap_or_default());
            to[place] = result;
            if let Some(also) = also.get_mut(place) {
                *also = second;
            }
        }
    }
}

/// Whether any number is in one of the intervals, or beside one of them: a doubt that is looked into one by one. Doubts are sign
/// bits that are collected: comparisons would have to be turned from masks into numbers and back.
#[inline(always)]
fn is_any_in(inputs: &[f32], careful: &[Interval]) -> bool {
    let mut outside_all = u32::MAX;
    for &(low, high) in careful {
        let (low, high) = ((low as f32).next_down(), (high as f32).next_up());
        for &x in inputs {
            // 0 is added for -0, which is not below 0.
            outside_all &= ((x - low) + 0.0).to_bits() | ((high - x) + 0.0).to_bits();
        }
    }
    outside_all >> 31 == 0
}

/// The bits of `|value|`.
#[inline(always)]
fn size(value: f32) -> u32 {
    value.abs().to_bits()
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
            inputs.iter().zip(results).filter(|_| W::IS_NARROW).for_each(|(&x, &result)| seen.see(x, result));
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
            for outside in [3e-45, -3e-45, -3.00001, 6.9999, -1.9] {
                assert!(!is_any_in(with(outside).as_flattened(), &careful), "{outside} at {place}");
            }
            for inside in [0.0, -0.0, -2.0, -3.0, -2.5, 7.0, 1e30, f32::MAX] {
                assert!(is_any_in(with(inside).as_flattened(), &careful), "{inside} at {place}");
            }
        }
    }
}
