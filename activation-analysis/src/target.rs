//! What signs are asked of: one of the functions, plus a straight line.

use crate::function::{Function, Side};
use crate::span::{Marks, Span};
use activation_math::{Body, Germ, Output, Real, evaluate_double};
use std::cmp::Ordering;

/// `output(x) + linear · x + constant`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) function: Function<'a>,
    pub(crate) output: Output,
    pub(crate) linear: f64,
    pub(crate) constant: f64,
}

impl<'a> Target<'a> {
    /// The function itself.
    pub(crate) fn of(function: Function<'a>, output: Output) -> Self {
        Target { function, output, linear: 0.0, constant: 0.0 }
    }

    fn with_line<R: Real>(&self, value: R, x: R) -> R {
        let mut result = value;
        if self.linear != 0.0 {
            result = result + x * x.literal(self.linear);
        }
        if self.constant != 0.0 {
            result = result + x.literal(self.constant);
        }
        result
    }

    /// All values over an interval.
    pub(crate) fn span(&self, low: f64, high: f64) -> Span {
        self.with_line(self.function.span(self.output, low, high), Span::new(low, high))
    }

    /// All slopes over an interval; `None` if they are not known, or if there are points without one.
    pub(crate) fn slopes(&self, low: f64, high: f64) -> Option<Span> {
        let slopes = match self.output {
            Output::Forward => self.function.span(Output::Derivative, low, high),
            Output::Derivative => self.function.span(Output::SecondDerivative, low, high),
            _ => return None,
        };
        let slopes = slopes + Span::new(self.linear, self.linear);
        (!slopes.is_empty() && !slopes.has(Marks::PARTIAL | Marks::ROUGH)).then_some(slopes)
    }

    /// The value at a point, good to a few units in the last place although the line may cancel all of the function.
    pub(crate) fn at(&self, x: f64) -> f64 {
        if self.linear == 0.0 && self.constant == 0.0 {
            return self.function.at(self.output, x);
        }
        evaluate_double(self, x, &[])
    }

    /// 1, -1 or 0; `None` where there is no value.
    pub(crate) fn sign_at(&self, x: f64) -> Option<i8> {
        self.at(x).partial_cmp(&0.0).map(sign)
    }

    /// The sign from some point on towards ±infinity, by the expansion there.
    pub(crate) fn sign_at_infinity(&self, side: Side) -> Option<i8> {
        let (x, end) = match side {
            Side::Left => (Germ::at_infinity(true), f64::NEG_INFINITY),
            Side::Right => (Germ::at_infinity(false), f64::INFINITY),
        };
        // At infinity one comes from the inside.
        let germ = self.function.germ(self.output, end, side);
        self.with_line(germ, x).sign_at_last().map(sign)
    }
}

impl Body for Target<'_> {
    fn at<R: Real>(&self, x: R) -> R {
        self.with_line(self.function.in_type(self.output, x), x)
    }
}

fn sign(ordering: Ordering) -> i8 {
    ordering as i8
}
