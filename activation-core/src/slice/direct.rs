//! Loops over slices of `f32` in one pass, from memory to memory: numbers are widened, computed with and rounded in
//! registers.
//!
//! There are no branches in a loop. Behind every [`BLOCK`] of numbers, while these are in the first cache, there is a look at
//! whether any of the results needs more care, which is rare, and then those are computed again.

use super::arithmetic::Arithmetic;
use super::block::GROUP;
use super::function::{Derivative, Forward, ForwardWithDerivative, Function, MayWatch};
use super::seen::{AtAll, AtInputs, AtNothing, Look, Seen};
use crate::{Activation, Interval, Output, Watch};
use activation_math::{Level, SliceKernel};
use core::marker::PhantomData;

/// Numbers behind which there is a look at the results. Large enough that the look's end does not count.
pub(crate) const BLOCK: usize = 512;

/// What is computed of the numbers at one place of one slice or two, for that place of one slice or two others.
pub(crate) trait Elementwise: Copy {
    /// Fills slices of one length, a whole number of groups; those that are not needed are empty. Whether any result may need care,
    /// as far as that is watched.
    fn fill<W: Arithmetic, L: Look>(
        self,
        x: &[f32],
        factors: &[f32],
        to: &mut [f32],
        also: &mut [f32],
    ) -> bool;

    /// What loops in `f64` and in `f32` may have to watch.
    const MAY_WATCH: [MayWatch; 2];

    /// What they have to.
    fn watch(self, in_single: bool) -> Watch;

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

    /// As [`fill`](Elementwise::fill), but the inputs are where results are wanted, and are kept aside.
    #[inline(always)]
    fn replace<W: Arithmetic, L: Look>(self, values: &mut [f32], inputs: &mut [f32]) -> bool {
        let mut seen = Seen::<L>::of(self.0.careful());
        if W::IS_NARROW {
            for (value, input) in values.iter_mut().zip(inputs.iter_mut()) {
                *input = *value;
                *value = self.at::<W>(*input);
                seen.see(*input, *value);
            }
        } else {
            let ((values, values_half), (inputs, inputs_half)) = (halves_mut(values), halves_mut(inputs));
            let half = values_half.iter_mut().zip(inputs_half);
            for ((value, input), (value_half, input_half)) in values.iter_mut().zip(inputs).zip(half) {
                (*input, *input_half) = (*value, *value_half);
                (*value, *value_half) = (self.at::<W>(*input), self.at::<W>(*input_half));
            }
        }
        seen.afterwards::<W>(inputs, values)
    }
}

impl<F: Function> Elementwise for Single<F> {
    #[inline(always)]
    fn fill<W: Arithmetic, L: Look>(self, x: &[f32], _: &[f32], to: &mut [f32], _: &mut [f32]) -> bool {
        let mut seen = Seen::<L>::of(self.0.careful());
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

    const MAY_WATCH: [MayWatch; 2] = F::MAY_WATCH;

    #[inline]
    fn watch(self, in_single: bool) -> Watch {
        self.0.watch(in_single)
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
    fn fill<W: Arithmetic, L: Look>(self, x: &[f32], factors: &[f32], to: &mut [f32], _: &mut [f32]) -> bool {
        let mut seen = Seen::<L>::of(self.0.careful());
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

    const MAY_WATCH: [MayWatch; 2] = F::MAY_WATCH;

    #[inline]
    fn watch(self, in_single: bool) -> Watch {
        self.0.watch(in_single)
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
    fn fill<W: Arithmetic, L: Look>(self, x: &[f32], _: &[f32], to: &mut [f32], also: &mut [f32]) -> bool {
        let [careful, also_careful] = self.careful();
        let mut seen = [Seen::<L>::of(careful), Seen::of(also_careful)];
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

    const MAY_WATCH: [MayWatch; 2] = {
        let [[wide, narrow], [also_wide, also_narrow]] =
            [Forward::<A>::MAY_WATCH, Derivative::<A>::MAY_WATCH];
        [wide.or(also_wide), narrow.or(also_narrow)]
    };

    /// Both.
    #[inline]
    fn watch(self, in_single: bool) -> Watch {
        let [forward, derivative] =
            [Output::Forward, Output::Derivative].map(|output| self.activation.watch(output, in_single));
        forward.min(derivative)
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

/// From the beginning of a line of the cache on: the widest registers are as long.
#[repr(align(64))]
struct Lines([f32; BLOCK]);

/// `values[i]` = the function of `values[i]`.
///
/// In one loop: copies made before it would have to wait for the second cache, and nothing else be done meanwhile.
#[inline]
pub(crate) fn run_in_place<W: Arithmetic, F: Function>(level: Level, function: F, values: &mut [f32]) {
    /// Room for more is not made for fewer.
    const FEW: usize = 4 * GROUP;
    let function = Single(function);
    if values.len() <= FEW {
        return run_by_way_of::<W>(level, function, &mut [0.0; FEW], values);
    }
    let (whole, left) = values.split_at_mut(values.len() - values.len() % GROUP);
    let Lines(inputs) = &mut Lines([0.0; BLOCK]);
    let groups = InPlace { function, watch: function.watch(W::IS_NARROW), arithmetic: PhantomData::<W> };
    if !level.run_over(InSteps(groups), [&[], &[]], whole, inputs) {
        for values in whole.chunks_mut(BLOCK) {
            let inputs = &mut inputs[..values.len()];
            inputs.copy_from_slice(values);
            repair::<W, _>(function, inputs, &[], values, &mut [], true);
        }
    }
    if !left.is_empty() {
        run_by_way_of::<W>(level, function, inputs, left);
    }
}

/// The same by way of a copy, for which there is room.
#[inline]
fn run_by_way_of<W: Arithmetic>(
    level: Level,
    function: impl Elementwise,
    room: &mut [f32],
    values: &mut [f32],
) {
    let inputs = &mut room[..values.len()];
    inputs.copy_from_slice(values);
    run::<W>(level, function, inputs, &[], values, &mut []);
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
    let groups = Groups { function, watch: function.watch(W::IS_NARROW), arithmetic: PhantomData::<W> };
    if !level.run_over(InSteps(groups), [x, factors], to, also) {
        // Where no instruction fuses operations, a loop would gain nothing.
        repair::<W, F>(function, x, factors, to, also, true);
    }
}

/// What some function `F` may have to watch in the arithmetic `W`, as constants: code behind one that is false is not made.
struct May<W, F>(PhantomData<(W, F)>);

impl<W: Arithmetic, F: Elementwise> May<W, F> {
    const ALL: bool = F::MAY_WATCH[W::IS_NARROW as usize].all;
    const INPUTS: bool = F::MAY_WATCH[W::IS_NARROW as usize].inputs;
    const NOTHING: bool = F::MAY_WATCH[W::IS_NARROW as usize].nothing;
}

/// `$run` with the [`Look`] that is asked for; doubt where there is none such.
macro_rules! watching {
    ($arithmetic:ty, $function:ty, $watch:expr, |$look:ident| $run:expr) => {{
        let watch = $watch;
        if May::<$arithmetic, $function>::NOTHING && watch == Watch::Nothing {
            type $look = AtNothing;
            $run
        } else if May::<$arithmetic, $function>::INPUTS && watch == Watch::Inputs {
            type $look = AtInputs;
            $run
        } else if May::<$arithmetic, $function>::ALL {
            type $look = AtAll;
            $run
        } else {
            true
        }
    }};
}

/// What is done with the next `N` places of slices. A method where a closure would do, which might not be inlined.
trait Stepwise: Copy {
    fn step<const N: usize>(self, start: usize, x: &[f32], factors: &[f32], to: &mut [f32], also: &mut [f32]);
}

/// All steps over slices of whole groups, of which the one that is written has a place for each.
#[derive(Clone, Copy)]
struct InSteps<S>(S);

impl<S: Stepwise> SliceKernel<f32> for InSteps<S> {
    /// All loops have a length that the compiler knows.
    #[inline(always)]
    fn run(self, x: &[f32], factors: &[f32], to: &mut [f32], also: &mut [f32]) {
        let mut start = 0;
        while start + BLOCK <= to.len() {
            self.0.step::<BLOCK>(start, x, factors, to, also);
            start += BLOCK;
        }
        while start + GROUP <= to.len() {
            self.0.step::<GROUP>(start, x, factors, to, also);
            start += GROUP;
        }
    }
}

#[derive(Clone, Copy)]
struct Groups<W, F> {
    function: F,
    watch: Watch,
    arithmetic: PhantomData<W>,
}

impl<W: Arithmetic, F: Elementwise> Stepwise for Groups<W, F> {
    #[inline(always)]
    fn step<const N: usize>(
        self,
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
        let doubtful = watching!(W, F, self.watch, |L| function.fill::<W, L>(x, factors, to, also));
        if doubtful {
            repair::<W, F>(function, x, factors, to, also, false);
        }
    }
}

/// A function of what is written, in place; `inputs` has room for those of a block.
#[derive(Clone, Copy)]
struct InPlace<W, F> {
    function: Single<F>,
    watch: Watch,
    arithmetic: PhantomData<W>,
}

impl<W: Arithmetic, F: Function> Stepwise for InPlace<W, F> {
    #[inline(always)]
    fn step<const N: usize>(
        self,
        start: usize,
        _: &[f32],
        _: &[f32],
        values: &mut [f32],
        inputs: &mut [f32],
    ) {
        let (values, inputs) = (&mut values[start..start + N], &mut inputs[..N]);
        if watching!(W, Single<F>, self.watch, |L| self.function.replace::<W, L>(values, inputs)) {
            repair::<W, _>(self.function, inputs, &[], values, &mut [], false);
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
