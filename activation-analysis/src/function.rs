//! The function that is analysed: a compiled formula with the values of its parameters, in all the number types.

use crate::span::Span;
use activation_formula::{AsWritten, Compiled};
use activation_math::{Body, Extended, Germ, Output, Precision, Real, Textbook, Tracked};

/// A formula whose parameters have values.
#[derive(Clone, Copy, Debug)]
pub struct Function<'a> {
    compiled: &'a Compiled,
    parameters: &'a [f64],
}

/// Towards which side of a point one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

impl<'a> Function<'a> {
    /// `parameters` in the order of declaration.
    ///
    /// # Panics
    ///
    /// If there are not as many values as the formula has parameters.
    pub fn new(compiled: &'a Compiled, parameters: &'a [f64]) -> Self {
        assert_eq!(compiled.parameters.len(), parameters.len(), "a value for every parameter");
        Function { compiled, parameters }
    }

    /// The value of f, f' or f'' at `x`, within 4 units in the last place; the limit at ±∞, NaN where there is none.
    pub fn at(&self, output: Output, x: f64) -> f64 {
        self.compiled.evaluate(output, x, self.parameters, Precision::Double)
    }

    /// The value at `x` to 1e-12 or so, or to 1e-20 beside a zero, without the ways that take long: for sums of many.
    pub(crate) fn quick(&self, output: Output, x: f64) -> f64 {
        const FINE: f64 = 1e-13;
        let plain = self.in_type(output, Tracked::exact(x));
        let value = plain.value();
        if value.is_finite() && plain.error() <= FINE * value.abs() {
            return value;
        }
        let extended = self.in_type(output, Tracked::exact(Extended::from_f64(x))).value().to_f64();
        if extended.is_finite() { extended } else { self.at(output, x) }
    }

    /// All values over an interval.
    pub(crate) fn span(&self, output: Output, low: f64, high: f64) -> Span {
        self.in_type(output, Span::new(low, high))
    }

    /// All values of f over an interval, of the formula as it was written: with the branches that its author made, and no
    /// others.
    pub(crate) fn span_as_written(&self, low: f64, high: f64) -> Span {
        let x = Span::new(low, high);
        let parameters: Vec<Span> = self.parameters.iter().map(|&value| Span::new(value, value)).collect();
        self.compiled.as_written.at(x, &parameters)
    }

    /// The behaviour towards a point, or towards infinity.
    pub(crate) fn germ(&self, output: Output, point: f64, side: Side) -> Germ {
        self.in_type(output, Germ::at_point(point, side == Side::Left))
    }

    /// The limit at a point from one side, or at infinity; `None` if it is not known or there is none.
    pub(crate) fn limit(&self, output: Output, point: f64, side: Side) -> Option<f64> {
        if let Some(limit) = self.germ(output, point, side).limit() {
            return Some(limit);
        }
        if point.is_infinite() {
            return None;
        }
        // Beside a point of no special kind the neighbours have the limit.
        let near = match side {
            Side::Left => [point.next_down(), point.next_down().next_down()],
            Side::Right => [point.next_up(), point.next_up().next_up()],
        };
        let [value, next] = near.map(|x| self.at(output, x));
        let settles = (value - next).abs() <= 1e-9 * (1e-12 + value.abs());
        (value.is_finite() && settles).then_some(value)
    }

    pub(crate) fn parameters(&self) -> &'a [f64] {
        self.parameters
    }

    pub(crate) fn compiled(&self) -> &'a Compiled {
        self.compiled
    }

    pub(crate) fn as_written(&self) -> &'a AsWritten {
        &self.compiled.as_written
    }

    /// The function in any number type.
    pub(crate) fn in_type<R: Real>(&self, output: Output, x: R) -> R {
        self.compiled.body(output, self.parameters).map_or(x.literal(f64::NAN), |body| body.at(x))
    }
}
