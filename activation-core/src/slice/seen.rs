//! What a loop over slices of `f32` looks at while it computes: whether any of its numbers may need more care.

use super::arithmetic::Arithmetic;
use crate::Interval;
use core::marker::PhantomData;

/// What is watched, apart from careful intervals: a [`Watch`](crate::Watch) that the compiler knows.
pub(crate) trait Look: Copy {
    const INPUTS: bool;
    const RESULTS: bool;
}

/// At inputs and results.
#[derive(Clone, Copy)]
pub(super) struct AtAll;

/// At inputs only.
#[derive(Clone, Copy)]
pub(super) struct AtInputs;

/// At neither.
#[derive(Clone, Copy)]
pub(super) struct AtNothing;

impl Look for AtAll {
    const INPUTS: bool = true;
    const RESULTS: bool = true;
}

impl Look for AtInputs {
    const INPUTS: bool = true;
    const RESULTS: bool = false;
}

impl Look for AtNothing {
    const INPUTS: bool = false;
    const RESULTS: bool = false;
}

/// What has been seen of the numbers of a block. The largest ones are bits, by which numbers of one sign are ordered, with NaN
/// last.
#[derive(Clone, Copy)]
pub(super) struct Seen<L> {
    input: u32,
    result: u32,
    /// The smallest distance from the centre of what is watched for, as bits.
    nearest: u32,
    watched: Surroundings,
    /// Intervals that are looked for behind the loop.
    others: &'static [Interval],
    look: PhantomData<L>,
}

impl<L: Look> Seen<L> {
    /// Nothing yet. The first of the intervals, usually that around the root of a derivative, is watched for in the loop itself.
    #[inline(always)]
    pub(super) fn of(careful: &'static [Interval]) -> Self {
        let (watched, others) = match careful {
            [first, others @ ..] if let Some(watched) = Surroundings::of(*first) => (watched, others),
            _ => (Surroundings::NONE, careful),
        };
        Seen { input: 0, result: 0, nearest: u32::MAX, watched, others, look: PhantomData }
    }

    /// Whether an interval is watched for in the loop. It takes a register, and inputs are looked at behind the loop then.
    #[inline(always)]
    fn watches_one(&self) -> bool {
        !self.watched.centre.is_nan()
    }

    #[inline(always)]
    pub(super) fn see(&mut self, x: f32, result: f32) {
        if L::INPUTS && !self.watches_one() {
            self.input = self.input.max(size(x));
        }
        if L::RESULTS {
            self.result = self.result.max(size(result));
        }
        self.nearest = self.nearest.min(size(x - self.watched.centre));
    }

    /// Whether there was a result that is not finite, an input far out or one in the careful intervals. What is computed in wider
    /// vectors is seen only now.
    #[inline(always)]
    pub(super) fn afterwards<W: Arithmetic>(mut self, from: &[f32], to: &[f32]) -> bool {
        if !W::IS_NARROW {
            for (&x, &result) in from.iter().zip(to) {
                self.see(x, result);
            }
        }
        if L::INPUTS && self.watches_one() {
            for &x in from {
                self.input = self.input.max(size(x));
            }
        }
        (self.input > W::FAR.to_bits())
            | (self.result > f32::MAX.to_bits())
            | (self.nearest <= self.watched.distance.to_bits())
            | is_any_in(from, self.others)
    }
}

/// The numbers at most so far from a centre.
#[derive(Clone, Copy)]
struct Surroundings {
    centre: f32,
    distance: f32,
}

impl Surroundings {
    /// Every distance from NaN is NaN, which is larger than all others.
    const NONE: Self = Surroundings { centre: f32::NAN, distance: 0.0 };

    /// Those of an interval so narrow that a distance from its centre is as good as two bounds: rounding keeps the order of
    /// distances, so that none inside is missed, and hardly any outside is taken for one.
    #[inline(always)]
    fn of(interval: Interval) -> Option<Self> {
        let (low, high) = rounded_outwards(interval);
        let centre = low / 2.0 + high / 2.0;
        let is_narrow = centre == 0.0 || (0.25..=4.0).contains(&(low / high));
        is_narrow.then_some(Surroundings { centre, distance: (high - centre).max(centre - low) })
    }
}

#[inline(always)]
fn rounded_outwards((low, high): Interval) -> (f32, f32) {
    ((low as f32).next_down(), (high as f32).next_up())
}

/// Whether any number is in one of the intervals, or beside one of them. Doubts are sign bits that are collected: comparisons would
/// have to be turned from masks into numbers and back.
#[inline(always)]
fn is_any_in(inputs: &[f32], careful: &[Interval]) -> bool {
    let mut outside_all = u32::MAX;
    for &interval in careful {
        let (low, high) = rounded_outwards(interval);
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
    use super::super::arithmetic::{Arithmetic, Narrow, Wide};
    use super::super::block::GROUP;
    use super::{AtAll, AtInputs, AtNothing, Look, Seen};
    use crate::Interval;

    fn is_doubtful<W: Arithmetic>(careful: &'static [Interval], inputs: &[f32], results: &[f32]) -> bool {
        is_doubtful_to::<AtAll, W>(careful, inputs, results)
    }

    fn is_doubtful_to<L: Look, W: Arithmetic>(
        careful: &'static [Interval],
        inputs: &[f32],
        results: &[f32],
    ) -> bool {
        let mut seen = Seen::<L>::of(careful);
        inputs.iter().zip(results).filter(|_| W::IS_NARROW).for_each(|(&x, &result)| seen.see(x, result));
        seen.afterwards::<W>(inputs, results)
    }

    /// Ones, but for one place.
    fn with(x: f32, place: usize) -> [f32; 2 * GROUP] {
        std::array::from_fn(|other| if other == place { x } else { 1.0 })
    }

    const ONES: [f32; 2 * GROUP] = [1.0; 2 * GROUP];

    #[test]
    fn doubts_about_numbers_at_every_place() {
        for place in 0..2 * GROUP {
            for fine in [1.0, -1.0, 1e12, f32::MIN_POSITIVE, 1e-45, -1e-45, 0.0] {
                assert!(!is_doubtful::<Wide>(&[], &with(fine, place), &with(f32::MAX, place)));
                assert!(!is_doubtful::<Narrow>(&[], &with(fine, place), &with(-f32::MAX, place)));
            }
            for wrong in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                let wrong = with(wrong, place);
                for (inputs, results) in [(&wrong, &ONES), (&ONES, &wrong)] {
                    assert!(is_doubtful::<Wide>(&[], inputs, results), "{inputs:?}, {results:?}");
                    assert!(is_doubtful::<Narrow>(&[], inputs, results), "{inputs:?}, {results:?}");
                    assert!(!is_doubtful_to::<AtNothing, Wide>(&[], inputs, results));
                    assert!(!is_doubtful_to::<AtNothing, Narrow>(&[], inputs, results));
                }
                assert!(is_doubtful_to::<AtInputs, Wide>(&[], &wrong, &ONES));
                assert!(is_doubtful_to::<AtInputs, Narrow>(&[], &wrong, &ONES));
                assert!(!is_doubtful_to::<AtInputs, Wide>(&[], &ONES, &wrong));
                assert!(!is_doubtful_to::<AtInputs, Narrow>(&[], &ONES, &wrong));
            }
            assert!(is_doubtful::<Narrow>(&[], &with(-2e12, place), &ONES));
        }
    }

    #[test]
    fn doubts_about_intervals_at_every_place() {
        // One after the other is the first; each kind is among them.
        const CAREFUL: [&[Interval]; 4] = [
            &[(-3.0, -2.0), (0.0, 0.0), (7.0, 70.0), (700.0, f64::INFINITY)],
            &[(0.0, 0.0), (7.0, 70.0), (700.0, f64::INFINITY), (-3.0, -2.0)],
            &[(7.0, 70.0), (700.0, f64::INFINITY), (-3.0, -2.0), (0.0, 0.0)],
            &[(700.0, f64::INFINITY), (-3.0, -2.0), (0.0, 0.0), (7.0, 70.0)],
        ];
        for (careful, place) in
            CAREFUL.into_iter().flat_map(|one| (0..2 * GROUP).map(move |place| (one, place)))
        {
            for outside in [3e-45, -3e-45, -3.00001, -1.99999, -1.9, 6.9999, 70.0001, 699.9] {
                let inputs = with(outside, place);
                assert!(!is_doubtful::<Wide>(careful, &inputs, &ONES), "{outside} at {place}");
                assert!(!is_doubtful::<Narrow>(careful, &inputs, &ONES), "{outside} at {place}");
            }
            for inside in [0.0, -0.0, -2.0, -3.0, -2.5, 7.0, 50.0, 70.0, 700.0, 1e30, f32::MAX] {
                let inputs = with(inside, place);
                assert!(is_doubtful::<Wide>(careful, &inputs, &ONES), "{inside} at {place}");
                assert!(is_doubtful::<Narrow>(careful, &inputs, &ONES), "{inside} at {place}");
                assert!(is_doubtful_to::<AtNothing, Narrow>(careful, &inputs, &ONES), "{inside} at {place}");
            }
        }
    }
}
