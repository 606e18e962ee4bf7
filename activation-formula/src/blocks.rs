//! Programs run over slices: a step at a time over a block of numbers, so that each step is a loop that the compiler has made
//! vectors of.
//!
//! The same operations in the same order as one number at a time (`evaluate`), and so the same bits.

use crate::constant::for_function;
use crate::evaluate::choose;
use crate::program::{Choice, Program, Slot, Step};
use activation_math::{AllPlain, Brief, Interval, Kernel, Level, Real, Watch};

/// Numbers of `f64` in a block: what is done once per step hardly counts, and the blocks of a formula fit into the first cache.
pub(crate) const WIDE: usize = 256;

/// Numbers of `f32` in a block of the same size.
pub(crate) const NARROW: usize = 2 * WIDE;

/// A number that programs compute with, and how it is made of those of a slice.
pub(crate) trait Number<T>: Real<Mask = bool> {
    /// It, exactly.
    fn of(value: T) -> Self;

    /// It, rounded once.
    fn rounded(self) -> T;

    /// Numbers of a slice that need not be made, but are there.
    fn are<const BLOCK: usize>(_: &[T; BLOCK]) -> Option<&[Self; BLOCK]> {
        None
    }

    /// Where they may be written at once.
    fn are_mut<const BLOCK: usize>(_: &mut [T; BLOCK]) -> Option<&mut [Self; BLOCK]> {
        None
    }
}

impl Number<f64> for Brief {
    #[inline(always)]
    fn of(value: f64) -> Self {
        Brief(value)
    }

    #[inline(always)]
    fn rounded(self) -> f64 {
        self.0
    }
}

impl Number<f32> for Brief {
    #[inline(always)]
    fn of(value: f32) -> Self {
        Brief(value.into())
    }

    #[inline(always)]
    fn rounded(self) -> f32 {
        self.0 as f32
    }
}

impl Number<f32> for f32 {
    #[inline(always)]
    fn of(value: f32) -> Self {
        value
    }

    #[inline(always)]
    fn rounded(self) -> f32 {
        self
    }

    #[inline(always)]
    fn are<const BLOCK: usize>(values: &[f32; BLOCK]) -> Option<&[f32; BLOCK]> {
        Some(values)
    }

    #[inline(always)]
    fn are_mut<const BLOCK: usize>(values: &mut [f32; BLOCK]) -> Option<&mut [f32; BLOCK]> {
        Some(values)
    }
}

/// `results[i]` = the first output of a program at `inputs[i]`, computed in the numbers `N`; what is not certain to be as good as
/// that is handed to `repair`, a block at a time.
pub(crate) fn over_blocks<T: Copy + Default, N: Number<T>, const BLOCK: usize>(
    program: &Program,
    parameters: &[f64],
    (careful, watch): (&[Interval], Watch),
    inputs: &[T],
    results: &mut [T],
    repair: impl Fn(&[T], &mut [T]),
) where
    for<'a> AllPlain<'a, T>: Kernel<Result = bool>,
{
    let length = inputs.len().min(results.len());
    let (inputs, results) = (&inputs[..length], &mut results[..length]);
    let mut blocks = Blocks::<N, BLOCK>::new(program, parameters, N::of(T::default()));
    for (inputs, results) in inputs.chunks(BLOCK).zip(results.chunks_mut(BLOCK)) {
        if let (Ok(inputs), Ok(results)) = (inputs.try_into(), (&mut *results).try_into()) {
            blocks.run(inputs, results);
        } else {
            // The rest, filled up with a copy of a number of it: that is neither slower nor worse.
            let (mut filled, mut computed) = ([inputs[0]; BLOCK], [T::default(); BLOCK]);
            filled[..inputs.len()].copy_from_slice(inputs);
            blocks.run(&filled, &mut computed);
            results.copy_from_slice(&computed[..results.len()]);
        }
        let is_certain = watch == Watch::Nothing && careful.is_empty();
        if !(is_certain || blocks.level.run(AllPlain { inputs, results: &*results, careful })) {
            repair(inputs, results);
        }
    }
}

/// Aligned as the widest vectors are: those that lie in two lines of the cache take several times as long.
#[derive(Clone)]
#[repr(align(64))]
struct Block<N, const BLOCK: usize>([N; BLOCK]);

/// A program with the blocks that its steps fill.
struct Blocks<'a, N, const BLOCK: usize> {
    program: &'a Program,
    level: Level,
    blocks: Vec<Block<N, BLOCK>>,
    /// The steps that fill one: not constants, which are there once and for all, and not the variable.
    steps: Vec<(usize, Step)>,
    /// Where the variable is.
    variable: Option<usize>,
}

impl<'a, N: Real<Mask = bool>, const BLOCK: usize> Blocks<'a, N, BLOCK> {
    /// Blocks for the program; `zero` is any number of the type.
    fn new(program: &'a Program, parameters: &[f64], zero: N) -> Self {
        let constant = |step: &Step| match *step {
            Step::Parameter(index) => zero.literal(parameters.get(index).copied().unwrap_or(f64::NAN)),
            Step::Number(number) => number.in_the_type_of(zero),
            _ => zero,
        };
        let is_variable = |step: &Step| matches!(step, Step::Variable);
        let is_there = |step: &Step| matches!(step, Step::Variable | Step::Parameter(_) | Step::Number(_));
        Self {
            program,
            level: Level::detect(),
            blocks: program.steps.iter().map(|step| Block([constant(step); BLOCK])).collect(),
            steps: program.steps.iter().copied().enumerate().filter(|(_, step)| !is_there(step)).collect(),
            variable: program.steps.iter().position(is_variable),
        }
    }

    /// The results of the first output.
    fn run<T: Copy>(&mut self, inputs: &[T; BLOCK], results: &mut [T; BLOCK])
    where
        N: Number<T>,
    {
        let Some(&output) = self.program.outputs.first() else { return };
        let (steps, variable, blocks) = (&self.steps, self.variable, &mut self.blocks);
        self.level.run(Run { steps, variable, output, blocks, inputs, results });
    }
}

/// All steps over a block: one after the other within one kernel, for there is little to each.
struct Run<'a, T, N, const BLOCK: usize> {
    steps: &'a [(Slot, Step)],
    variable: Option<Slot>,
    output: Slot,
    blocks: &'a mut [Block<N, BLOCK>],
    inputs: &'a [T; BLOCK],
    results: &'a mut [T; BLOCK],
}

impl<T: Copy, N: Number<T>, const BLOCK: usize> Kernel for Run<'_, T, N, BLOCK> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        let Run { steps, variable, output, blocks, inputs, results } = self;
        let given = N::are(inputs);
        if given.is_none()
            && let Some(Block(to)) = variable.and_then(|slot| blocks.get_mut(slot))
        {
            for (to, &x) in to.iter_mut().zip(inputs) {
                *to = N::of(x);
            }
        }
        for &(slot, step) in steps {
            let Some((before, [Block(to), ..])) = blocks.split_at_mut_checked(slot) else { return };
            let block = |slot: Slot| match given {
                Some(given) if Some(slot) == variable => Some(given),
                _ => before.get(slot).map(|Block(numbers)| numbers),
            };
            let to = N::are_mut(results).filter(|_| slot == output).unwrap_or(to);
            over_block(step, block, to);
        }
        let is_done = given.is_some() && steps.last().is_some_and(|&(slot, _)| slot == output);
        if given.is_some() && variable == Some(output) {
            *results = *inputs;
        } else if !is_done && let Some(Block(from)) = blocks.get(output) {
            for (result, value) in results.iter_mut().zip(from) {
                *result = value.rounded();
            }
        }
    }
}

/// `to[i] = result` for every i, with a name for the element of each block that is read.
macro_rules! each {
    ($at:ident, $to:ident, $($name:ident = $slot:expr),* => $result:expr) => {{
        // Every step reads those before it.
        $(let Some($name) = $at($slot) else { return };)*
        for (index, to) in $to.iter_mut().enumerate() {
            $(let $name = $name[index];)*
            *to = $result;
        }
    }};
}

/// One step; `at` gives the blocks that earlier ones have filled.
#[inline(always)]
fn over_block<'a, N: Real<Mask = bool> + 'a, const BLOCK: usize>(
    step: Step,
    at: impl Fn(Slot) -> Option<&'a [N; BLOCK]>,
    to: &mut [N; BLOCK],
) {
    match step {
        Step::Variable | Step::Parameter(_) | Step::Number(_) => {}
        Step::Negate(a) => each!(at, to, a = a => -a),
        Step::Add(a, b) => each!(at, to, a = a, b = b => a + b),
        Step::Subtract(a, b) => each!(at, to, a = a, b = b => a - b),
        Step::Multiply(a, b) => each!(at, to, a = a, b = b => a * b),
        Step::Divide(a, b) => each!(at, to, a = a, b = b => a / b),
        Step::Whole(a, 2) => each!(at, to, a = a => a.powi(2)),
        Step::Whole(a, 3) => each!(at, to, a = a => a.powi(3)),
        Step::Whole(a, exponent) => each!(at, to, a = a => a.powi(exponent)),
        Step::Sqrt(a) => each!(at, to, a = a => a.sqrt()),
        Step::Power(a, b) => each!(at, to, a = a, b = b => a.pow(b)),
        Step::Min(a, b) => each!(at, to, a = a, b = b => a.min(b)),
        Step::Max(a, b) => each!(at, to, a = a, b = b => a.max(b)),
        Step::Call(function, a) => {
            macro_rules! call {
                ($method:ident) => {
                    each!(at, to, a = a => a.$method())
                };
            }
            for_function!(function, call, ());
        }
        Step::Select(choice) => {
            // Outside of the loop: which comparison it is is the same for all.
            macro_rules! chosen {
                ($guarded:literal, $or_equal:literal) => {{
                    let choice = Choice { guarded: $guarded, or_equal: $or_equal, ..choice };
                    each!(
                        at,
                        to,
                        left = choice.left,
                        right = choice.right,
                        then = choice.then,
                        otherwise = choice.otherwise
                        => choose(choice, left, right, then, otherwise)
                    )
                }};
            }
            match (choice.guarded, choice.or_equal) {
                (false, false) => chosen!(false, false),
                (false, true) => chosen!(false, true),
                (true, false) => chosen!(true, false),
                (true, true) => chosen!(true, true),
            }
        }
    }
}
