//! A formula over many numbers at once: every operation is a loop over [`LANES`] of them, compiled for the instructions that the
//! machine has, and a [`Slot`] says where its results are.
//!
//! The loops are here, once for all formulas: what a formula adds to a program are calls. Every lane has the bits of a
//! [`Twofold`] by itself, because the same functions are inlined into the loops.

use super::real::Answer;
use super::{Twofold, functions};
use crate::body::is_smooth_edge;
use crate::twofold::pair::Pair;
use crate::{Body, Interval, Level, Real, SliceKernel};
use core::cell::{Cell, RefCell};
use core::ops::{Add, Div, Mul, Neg, Sub};
use std::vec::Vec;

/// Numbers that are computed together: enough that a call does not count, so few that the steps of a formula stay in the first
/// cache.
const LANES: usize = 64;

type Row = [f64; LANES];

/// [`Twofold`] numbers; or what comparisons say, as numbers.
struct Lanes {
    heads: Row,
    tails: Row,
    errors: Row,
}

impl Lanes {
    const NOTHING: Lanes = Lanes { heads: [0.0; LANES], tails: [0.0; LANES], errors: [0.0; LANES] };

    fn fill(&mut self, value: Twofold) {
        let (head, tail) = value.parts();
        self.heads.fill(head);
        self.tails.fill(tail);
        self.errors.fill(value.error());
    }

    #[inline(always)]
    fn get(&self, lane: usize) -> Twofold {
        let pair = Pair { head: self.heads[lane], tail: self.tails[lane] };
        Twofold { pair, error: self.errors[lane] }
    }

    #[inline(always)]
    fn set(&mut self, lane: usize, Twofold { pair, error }: Twofold) {
        (self.heads[lane], self.tails[lane], self.errors[lane]) = (pair.head, pair.tail, error);
    }

    #[inline(always)]
    fn answer(&self, lane: usize) -> Answer {
        Answer { holds: self.heads[lane] > 0.0, sure: self.tails[lane] > 0.0, gap: self.errors[lane] }
    }

    #[inline(always)]
    fn set_answer(&mut self, lane: usize, answer: Answer) {
        let number = |holds: bool| if holds { 1.0 } else { 0.0 };
        self.heads[lane] = number(answer.holds);
        self.tails[lane] = number(answer.sure);
        self.errors[lane] = answer.gap;
    }
}

/// Room for what the steps of a formula give, kept from one evaluation to the next.
struct Slots {
    level: Cell<Level>,
    rows: RefCell<Vec<Lanes>>,
    /// The constants that rows are filled with: the next numbers will ask for the same ones at the same places.
    constants: RefCell<Vec<Option<Bits>>>,
    used: Cell<usize>,
}

/// A constant, as something that is equal to itself.
type Bits = [u64; 3];

/// Where the results of a step are.
#[derive(Clone, Copy)]
struct Slot<'a> {
    slots: &'a Slots,
    index: usize,
}

std::thread_local! {
    static SLOTS: Slots = Slots::default();
}

/// Fewer numbers are quicker one by one.
const LEAST: usize = 8;

/// `to[i]` = the body at `from[i]`, the same bits as by [`evaluate_double`](crate::evaluate_double); `otherwise` says it where a bound
/// is too large, at infinities, for NaN, and where branches meet smoothly, which `careful` tells. Slices of one length.
///
/// False, with nothing done, where one by one is the better way: for a few numbers, and at the base level of x86-64, which has no
/// instruction that fuses operations.
pub fn evaluate_double_into<B: Body>(
    level: Level,
    body: &B,
    from: &[f64],
    to: &mut [f64],
    careful: &[Interval],
    otherwise: impl Fn(f64) -> f64,
) -> bool {
    if from.len() < LEAST || !level.has_loops() {
        return false;
    }
    SLOTS.with(|slots| {
        for (from, to) in from.chunks(LANES).zip(to.chunks_mut(LANES)) {
            slots.evaluate(level, body, from, to);
            for (to, &x) in to.iter_mut().zip(from) {
                if to.is_nan() || is_smooth_edge(x, careful) {
                    *to = otherwise(x);
                }
            }
        }
    });
    true
}

impl Default for Slots {
    fn default() -> Slots {
        Slots {
            level: Cell::new(Level::BASE),
            rows: RefCell::default(),
            constants: RefCell::default(),
            used: Cell::new(0),
        }
    }
}

impl Slots {
    /// `to[i]` = [`Twofold::result`] of the body at `from[i]`; NaN for infinities and NaN, and where another way must be found. At
    /// most [`LANES`] numbers, and as many in `to`.
    fn evaluate<B: Body>(&self, level: Level, body: &B, from: &[f64], to: &mut [f64]) {
        let Some(&first) = from.first() else { return };
        self.level.set(level);
        self.used.set(0);
        // The first slot has never anything else in it than exact numbers: parts and errors that are 0.
        let x = self.slot(|_, lanes| {
            let (numbers, rest) = lanes.heads.split_at_mut(from.len());
            numbers.copy_from_slice(from);
            // What is left over is filled up with a number that is there.
            rest.fill(first);
        });
        let result = body.at(x).and(x, Finish);
        to.copy_from_slice(&self.rows.borrow()[result.index].heads[..from.len()]);
    }

    /// The next slot, which `fill` writes; it may read those before.
    fn slot(&self, fill: impl FnOnce(&[Lanes], &mut Lanes)) -> Slot<'_> {
        let mut rows = self.rows.borrow_mut();
        let mut constants = self.constants.borrow_mut();
        let index = self.used.get();
        if index == rows.len() {
            rows.push(Lanes::NOTHING);
            constants.push(None);
        }
        constants[index] = None;
        let (before, next) = rows.split_at_mut(index);
        fill(before, &mut next[0]);
        self.used.set(index + 1);
        Slot { slots: self, index }
    }

    /// A slot that is filled with a constant, which it may be already.
    fn constant(&self, value: Twofold) -> Slot<'_> {
        let index = self.used.get();
        let bits = [value.parts().0, value.parts().1, value.error()].map(f64::to_bits);
        if self.constants.borrow().get(index) == Some(&Some(bits)) {
            self.used.set(index + 1);
            return Slot { slots: self, index };
        }
        let slot = self.slot(|_, to| to.fill(value));
        self.constants.borrow_mut()[index] = Some(bits);
        slot
    }
}

impl<'a> Slot<'a> {
    fn filled(self, value: Twofold) -> Slot<'a> {
        self.slots.constant(value)
    }

    /// A step that takes one number.
    fn then<S: Step>(self, step: S) -> Slot<'a> {
        self.step(self, self, step)
    }

    /// A step that takes two.
    fn and<S: Step>(self, other: Slot<'a>, step: S) -> Slot<'a> {
        self.step(other, other, step)
    }

    /// A step that takes what `self`, a comparison, has said, and two numbers.
    fn choose(self, yes: Slot<'a>, no: Slot<'a>) -> Slot<'a> {
        self.step(yes, no, Chosen)
    }

    fn step<S: Step>(self, second: Slot<'a>, third: Slot<'a>, step: S) -> Slot<'a> {
        let slots = self.slots;
        slots.slot(|before, to| {
            let kernel = Loop { step, from: [self.index, second.index, third.index] };
            slots.level.get().run_over(kernel, [before, &[]], core::slice::from_mut(to), &mut []);
        })
    }
}

/// An operation in one lane.
trait Step {
    fn run(from: [&Lanes; 3], to: &mut Lanes, lane: usize);
}

/// A step for all lanes, and the slots that it reads.
struct Loop<S> {
    #[expect(dead_code, reason = "its type says what is done")]
    step: S,
    from: [usize; 3],
}

impl<S: Step> SliceKernel<Lanes> for Loop<S> {
    #[inline(always)]
    fn run(self, before: &[Lanes], _: &[Lanes], to: &mut [Lanes], _: &mut [Lanes]) {
        let [first, second, third] = self.from;
        let (from, to) = ([&before[first], &before[second], &before[third]], &mut to[0]);
        for lane in 0..LANES {
            S::run(from, to, lane);
        }
    }
}

/// Steps: names, and what they do with one number or two.
macro_rules! steps {
    ($($name:ident |$a:ident, $b:ident| $value:expr;)*) => {
        $(
            struct $name;

            impl Step for $name {
                #[inline(always)]
                fn run([a, b, _]: [&Lanes; 3], to: &mut Lanes, lane: usize) {
                    let ($a, $b) = (a.get(lane), b.get(lane));
                    to.set(lane, $value);
                }
            }
        )*
    };
}

steps! {
    Sum |a, b| a + b;
    Difference |a, b| a - b;
    Product |a, b| a * b;
    Quotient |a, b| a / b;
    Smaller |a, b| a.smaller(b);
    Larger |a, b| a.larger(b);
    Negative |a, _b| -a;
    Size |a, _b| a.size_of();
    Sign |a, _b| a.sign_of();
    Finish |value, x| Twofold::exact(if x.size() < f64::INFINITY { value.result() } else { f64::NAN });
}

/// Which of two numbers is smaller.
struct Less;

impl Step for Less {
    #[inline(always)]
    fn run([a, b, _]: [&Lanes; 3], to: &mut Lanes, lane: usize) {
        to.set_answer(lane, a.get(lane).is_less(b.get(lane)));
    }
}

/// Whether one number is at most the other.
struct AtMost;

impl Step for AtMost {
    #[inline(always)]
    fn run([a, b, _]: [&Lanes; 3], to: &mut Lanes, lane: usize) {
        to.set_answer(lane, a.get(lane).is_at_most(b.get(lane)));
    }
}

/// One of two numbers, as a comparison has said.
struct Chosen;

impl Step for Chosen {
    #[inline(always)]
    fn run([answer, yes, no]: [&Lanes; 3], to: &mut Lanes, lane: usize) {
        to.set(lane, Twofold::chosen(answer.answer(lane), yes.get(lane), no.get(lane)));
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $step:ident;)*) => {
        $(
            impl<'a> $trait for Slot<'a> {
                type Output = Slot<'a>;

                fn $method(self, other: Slot<'a>) -> Slot<'a> {
                    self.and(other, $step)
                }
            }
        )*
    };
}

operators! {
    Add add Sum;
    Sub sub Difference;
    Mul mul Product;
    Div div Quotient;
}

impl<'a> Neg for Slot<'a> {
    type Output = Slot<'a>;

    fn neg(self) -> Slot<'a> {
        self.then(Negative)
    }
}

macro_rules! functions {
    ($($function:ident)*) => {
        $(
            fn $function(self) -> Self {
                struct Call;

                impl Step for Call {
                    #[inline(always)]
                    fn run([x, ..]: [&Lanes; 3], to: &mut Lanes, lane: usize) {
                        to.set(lane, functions::$function(x.get(lane)));
                    }
                }

                self.then(Call)
            }
        )*
    };
}

impl Real for Slot<'_> {
    /// A slot that holds answers.
    type Mask = Self;

    fn literal(self, value: f64) -> Self {
        self.filled(Twofold::exact(value))
    }

    fn constant(self, parts: [f64; 3]) -> Self {
        self.filled(Twofold::constant_of(parts))
    }

    fn decimal(self, text: &str) -> Self {
        self.filled(Twofold::decimal_of(text))
    }

    fn pi(self) -> Self {
        self.filled(Twofold::pi_of())
    }

    fn e(self) -> Self {
        self.filled(Twofold::exact(1.0).exp())
    }

    fn less(self, other: Self) -> Self {
        self.and(other, Less)
    }

    fn less_equal(self, other: Self) -> Self {
        self.and(other, AtMost)
    }

    fn select(mask: Self, yes: Self, no: Self) -> Self {
        mask.choose(yes, no)
    }

    fn if_less(left: Self, right: Self, yes: Self, no: Self) -> Self {
        left.less(right).choose(yes, no)
    }

    fn if_less_equal(left: Self, right: Self, yes: Self, no: Self) -> Self {
        left.less_equal(right).choose(yes, no)
    }

    fn abs(self) -> Self {
        self.then(Size)
    }

    fn sign(self) -> Self {
        self.then(Sign)
    }

    fn min(self, other: Self) -> Self {
        self.and(other, Smaller)
    }

    fn max(self, other: Self) -> Self {
        self.and(other, Larger)
    }

    fn pow(self, exponent: Self) -> Self {
        (self.ln() * exponent).exp()
    }

    functions! {
        sqrt cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc
        sigmoid softplus sech logcosh tanhshrink exp_excess decay decay_gap
    }
}
