//! [`Real`] for [`Twofold`], one by one: arithmetic inlined, elementary functions called.

use super::pair::{Pair, select};
use super::{ARITHMETIC, LEAST, SLACK, Twofold, UNKNOWN, functions};
use crate::{Extended, Kernel, Level, Real, elementary};
use core::ops::{Add, Div, Mul, Neg, Sub};

/// What a comparison says, and whether the errors of the two sides could have turned it.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    pub(super) holds: bool,
    pub(super) sure: bool,
    /// 0, or NaN if a side is none of the finite numbers: to be added to the error of what is chosen.
    pub(super) gap: f64,
}

impl Add for Twofold {
    type Output = Twofold;

    #[inline(always)]
    fn add(self, other: Twofold) -> Twofold {
        // Without tails nothing is rounded.
        let is_exact = (self.pair.tail.abs() <= 0.0) & (other.pair.tail.abs() <= 0.0);
        let own = if is_exact { 0.0 } else { (self.size() + other.size()) * ARITHMETIC };
        let pair = self.pair.plus(other.pair).with_sign_of(self.pair.head + other.pair.head);
        Twofold { pair, error: (self.error + other.error) + own }
    }
}

impl Neg for Twofold {
    type Output = Twofold;

    #[inline(always)]
    fn neg(self) -> Twofold {
        Twofold { pair: self.pair.scaled(-1.0), ..self }
    }
}

impl Sub for Twofold {
    type Output = Twofold;

    #[inline(always)]
    fn sub(self, other: Twofold) -> Twofold {
        self + -other
    }
}

impl Mul for Twofold {
    type Output = Twofold;

    #[inline(always)]
    fn mul(self, other: Twofold) -> Twofold {
        let inherited = (self.size() + self.error) * other.error + other.size() * self.error;
        let pair = self.pair.fused_times(other.pair).with_sign_of(self.pair.head * other.pair.head);
        // Where a factor is 0 nothing underflows.
        let underflow = if (self.size() > 0.0) & (other.size() > 0.0) { LEAST } else { 0.0 };
        Twofold { pair, error: inherited + (pair.head.abs() * ARITHMETIC + underflow) }
    }
}

impl Div for Twofold {
    type Output = Twofold;

    #[inline(always)]
    fn div(self, other: Twofold) -> Twofold {
        let inverse = 1.0 / other.pair.head;
        let pair = self.pair.fused_over(other.pair, inverse).with_sign_of(self.pair.head * inverse);
        let underflow = if self.size() > 0.0 { LEAST } else { 0.0 };
        let inherited = (self.error + pair.head.abs() * other.error + underflow / 2.0) * inverse.abs();
        let own = pair.head.abs() * ARITHMETIC + underflow;
        Twofold { pair, error: other.if_away_from_zero(inherited) + own }
    }
}

impl Twofold {
    #[inline(always)]
    fn compared(self, other: Twofold, holds: bool) -> Answer {
        let (a, b) = (self.pair, other.pair);
        let room = self.error + other.error;
        let distance = (a.head - b.head) + (a.tail - b.tail);
        Answer {
            holds,
            sure: (distance.abs() * 0.5 > room) | (room <= 0.0),
            gap: a.head * 0.0 + b.head * 0.0,
        }
    }

    #[inline(always)]
    pub(super) fn is_less(self, other: Twofold) -> Answer {
        let (a, b) = (self.pair, other.pair);
        self.compared(other, (a.head < b.head) | ((a.head <= b.head) & (a.tail < b.tail)))
    }

    #[inline(always)]
    pub(super) fn is_at_most(self, other: Twofold) -> Answer {
        let (a, b) = (self.pair, other.pair);
        self.compared(other, (a.head < b.head) | ((a.head <= b.head) & (a.tail <= b.tail)))
    }

    /// One of the two, as a comparison says; where that is not sure, their distance is an error too.
    #[inline(always)]
    pub(super) fn chosen(answer: Answer, yes: Twofold, no: Twofold) -> Twofold {
        let pair = Pair::blend(answer.holds, yes.pair, no.pair);
        let distance = (yes.pair.head - no.pair.head).abs() * 2.0 + (yes.error + no.error) + LEAST;
        let error = select(answer.holds, yes.error, no.error);
        Twofold { pair, error: select(answer.sure, error, distance) + answer.gap }
    }

    #[inline(always)]
    pub(super) fn size_of(self) -> Twofold {
        Twofold { pair: self.pair.size(), ..self }
    }

    #[inline(always)]
    pub(super) fn sign_of(self) -> Twofold {
        let head = self.pair.head;
        let sign = if head.abs() > 0.0 { 1.0_f64.copysign(head) } else { head };
        let is_sure = (self.error < self.size() * 0.5) | (self.error <= 0.0);
        let error = if is_sure { head * 0.0 } else { UNKNOWN };
        Twofold { pair: Pair::exact(sign), error }
    }

    /// The smaller one is no further off than the two together, whichever it is.
    #[inline(always)]
    pub(super) fn smaller(self, other: Twofold) -> Twofold {
        let answer = self.is_at_most(other);
        let pair = Pair::blend(answer.holds, self.pair, other.pair);
        let error = if answer.holds { self.error } else { other.error };
        let both = self.error + other.error;
        Twofold { pair, error: (if answer.sure { error } else { both }) + answer.gap }
    }

    #[inline(always)]
    pub(super) fn larger(self, other: Twofold) -> Twofold {
        -((-self).smaller(-other))
    }

    #[inline(always)]
    pub(super) fn constant_of([value, rest, last]: [f64; 3]) -> Twofold {
        Twofold { pair: Pair { head: value, tail: rest }, error: last.abs() * SLACK }
    }

    pub(super) fn decimal_of(text: &str) -> Twofold {
        let value = Extended::from_f64(0.0).decimal(text);
        let head = value.to_f64();
        let tail = (value - Extended::from_f64(head)).to_f64();
        Twofold::computed(Pair { head, tail }, 0.0, ARITHMETIC)
    }

    pub(super) fn pi_of() -> Twofold {
        Twofold::computed(Pair::of(elementary::HALF_PI).scaled(2.0), 0.0, ARITHMETIC)
    }
}

/// Elementary functions with the instructions that fuse operations: code that is there once, not in every formula.
macro_rules! called {
    ($($function:ident)*) => {
        $(
            fn $function(self) -> Twofold {
                struct Call(Twofold);

                impl Kernel for Call {
                    type Result = Twofold;

                    #[inline(always)]
                    fn run(self) -> Twofold {
                        functions::$function(self.0)
                    }
                }

                Level::run_narrow(Call(self))
            }
        )*
    };
}

impl Real for Twofold {
    type Mask = Answer;

    #[inline(always)]
    fn literal(self, value: f64) -> Twofold {
        Twofold::exact(value)
    }

    #[inline(always)]
    fn constant(self, parts: [f64; 3]) -> Twofold {
        Twofold::constant_of(parts)
    }

    fn decimal(self, text: &str) -> Twofold {
        Twofold::decimal_of(text)
    }

    fn pi(self) -> Twofold {
        Twofold::pi_of()
    }

    fn e(self) -> Twofold {
        Twofold::exact(1.0).exp()
    }

    #[inline(always)]
    fn less(self, other: Twofold) -> Answer {
        self.is_less(other)
    }

    #[inline(always)]
    fn less_equal(self, other: Twofold) -> Answer {
        self.is_at_most(other)
    }

    #[inline(always)]
    fn select(answer: Answer, yes: Twofold, no: Twofold) -> Twofold {
        Twofold::chosen(answer, yes, no)
    }

    #[inline(always)]
    fn if_less(left: Twofold, right: Twofold, yes: Twofold, no: Twofold) -> Twofold {
        Twofold::chosen(left.is_less(right), yes, no)
    }

    #[inline(always)]
    fn if_less_equal(left: Twofold, right: Twofold, yes: Twofold, no: Twofold) -> Twofold {
        Twofold::chosen(left.is_at_most(right), yes, no)
    }

    #[inline(always)]
    fn abs(self) -> Twofold {
        self.size_of()
    }

    #[inline(always)]
    fn sign(self) -> Twofold {
        self.sign_of()
    }

    #[inline(always)]
    fn min(self, other: Twofold) -> Twofold {
        self.smaller(other)
    }

    #[inline(always)]
    fn max(self, other: Twofold) -> Twofold {
        self.larger(other)
    }

    /// Of a positive number; elsewhere the error is unknown.
    fn pow(self, exponent: Twofold) -> Twofold {
        (self.ln() * exponent).exp()
    }

    called! {
        sqrt cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc
        sigmoid softplus sech logcosh tanhshrink exp_excess decay decay_gap
    }
}
