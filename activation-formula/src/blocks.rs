//! Programs run over slices: a step at a time over a block of numbers, so that each step is a loop that the compiler has made
//! vectors of.
//!
//! The same operations in the same order as one number at a time (`evaluate`), and so the same bits.

use crate::constant::for_function;
use crate::evaluate::choose;
use crate::program::{Program, Slot, Step};
use activation_math::{Kernel, Level, Real};

/// Numbers in a block: what is done once per step does not count, and the blocks of a formula fit into the first cache.
pub(crate) const BLOCK: usize = 128;

/// A program with the blocks that its steps fill.
pub(crate) struct Blocks<'a, N> {
    program: &'a Program,
    level: Level,
    blocks: Vec<[N; BLOCK]>,
}

impl<'a, N: Real<Mask = bool>> Blocks<'a, N> {
    /// Blocks for the program; `zero` is any number of the type.
    pub(crate) fn new(program: &'a Program, parameters: &[f64], zero: N) -> Self {
        let constant = |step: &Step| match *step {
            Step::Parameter(index) => zero.literal(parameters.get(index).copied().unwrap_or(f64::NAN)),
            Step::Number(number) => number.in_the_type_of(zero),
            _ => zero,
        };
        // Constants are there once and for all.
        let blocks = program.steps.iter().map(|step| [constant(step); BLOCK]).collect();
        Self { program, level: Level::detect(), blocks }
    }

    /// The results of the first output for as many inputs as a block has.
    pub(crate) fn run<'s>(&'s mut self, inputs: &'s [N; BLOCK]) -> &'s [N; BLOCK] {
        for (slot, &step) in self.program.steps.iter().enumerate() {
            if let Some((before, [to, ..])) = self.blocks.split_at_mut_checked(slot) {
                self.level.run(Run { step, before, inputs, to });
            }
        }
        let result = self.program.outputs.first().and_then(|&slot| self.blocks.get(slot));
        result.unwrap_or(inputs)
    }
}

/// One step over a block.
struct Run<'a, N> {
    step: Step,
    /// The blocks of earlier steps.
    before: &'a [[N; BLOCK]],
    inputs: &'a [N; BLOCK],
    to: &'a mut [N; BLOCK],
}

/// `to[i] = result` for every i, with a name for the element of each block that is read.
macro_rules! each {
    ($at:ident, $to:ident, $($name:ident = $slot:expr),* => $result:expr) => {{
        $(let $name: &[N; BLOCK] = $at($slot);)*
        for (index, to) in $to.iter_mut().enumerate() {
            $(let $name = $name[index];)*
            *to = $result;
        }
    }};
}

impl<N: Real<Mask = bool>> Kernel for Run<'_, N> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        let Run { step, before, inputs, to } = self;
        let at = |slot: Slot| before.get(slot).unwrap_or(inputs);
        match step {
            Step::Variable => *to = *inputs,
            Step::Parameter(_) | Step::Number(_) => {}
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
            Step::Select(choice) => each!(
                at,
                to,
                left = choice.left,
                right = choice.right,
                then = choice.then,
                otherwise = choice.otherwise
                => choose(choice, left, right, then, otherwise)
            ),
        }
    }
}
