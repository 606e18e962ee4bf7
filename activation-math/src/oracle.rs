//! What a formula and its derivatives are worth at a point, found without any symbolic step.
//!
//! A formula is evaluated as its author wrote it, in [`Wide`] numbers of two precisions. Where they agree to 100 bits
//! the value is known; where they do not (a cancellation has eaten the digits), more precise pairs are tried. Nothing
//! is trusted but the agreement.
//!
//! Derivatives are difference quotients of order six over seven points. With a precision of `P` bits the step is
//! `2^(-P/8)` of the scale, which leaves about `3/4 P` good bits: the truncation error is the sixth power of the step
//! and the rounding error is `2^-P` over its square. The two precisions of a pair have different steps, so a step too
//! wide for the formula shows up as a disagreement as well. The scale is first `max(|x|, 1)` and then, for formulas
//! that change over `|x|` itself such as `ln x`, `|x|`.

use crate::{Leaning, Output, Real, Stencil, Wide};

/// A formula as its author wrote it, over any number type.
pub trait Textbook {
    /// The formula's value at `x`.
    fn at<R: Real>(&self, x: R, parameters: &[R]) -> R;
}

/// What [`exact`] found.
#[derive(Clone, Copy, Debug)]
pub enum Exact {
    /// The value, known to at least 100 bits.
    Value(Reference),
    /// The formula as written has no value at this point, such as `0 / 0`.
    Undefined,
    /// No two precisions agreed, an intermediate result left even the range of [`Wide`], or there are more than
    /// [`MOST_PARAMETERS`](Exact::MOST_PARAMETERS) parameters.
    Inconclusive,
}

impl Exact {
    /// The longest list of parameters that [`exact`] takes.
    pub const MOST_PARAMETERS: usize = 16;
}

/// A value known far beyond `f64`, to measure results against.
#[derive(Clone, Copy, Debug)]
pub struct Reference(Wide<8>);

impl Reference {
    /// The value itself.
    pub fn wide(self) -> Wide<8> {
        self.0
    }

    /// The nearest `f64`, ties to even.
    pub fn to_f64(self) -> f64 {
        self.0.to_f64()
    }

    /// The nearest `f32`, ties to even, rounded once.
    pub fn to_f32(self) -> f32 {
        self.0.to_f32()
    }

    /// How far `got` is off, in units of the spacing of `f64` at this value. An infinity is right (0) only where this
    /// value rounds to it, and infinitely wrong elsewhere, as is a NaN.
    pub fn ulps_f64(self, got: f64) -> f64 {
        let spacing = self.0.exponent().clamp(-1022, 1023) - 52;
        self.distance(got, self.to_f64()).scaled(-spacing).to_f64()
    }

    /// How far `got` is off, in units of the spacing of `f32` at this value; otherwise like
    /// [`ulps_f64`](Reference::ulps_f64).
    pub fn ulps_f32(self, got: f32) -> f64 {
        let spacing = self.0.exponent().clamp(-126, 127) - 23;
        self.distance(f64::from(got), f64::from(self.to_f32())).scaled(-spacing).to_f64()
    }

    /// `|got - exact| / |exact|`, and 0 where both are zero; infinities and NaN as for
    /// [`ulps_f64`](Reference::ulps_f64).
    pub fn relative_error(self, got: f64) -> f64 {
        let distance = self.distance(got, self.to_f64());
        if distance.is_zero() { 0.0 } else { (distance / self.0.magnitude()).to_f64() }
    }

    /// `|got - exact|`, or what stands for it where `got` is no finite number; `nearest` is what the exact value rounds
    /// to.
    fn distance(self, got: f64, nearest: f64) -> Wide<8> {
        if got.is_infinite() && got == nearest {
            Wide::ZERO
        } else if got.is_finite() {
            (Wide::from_f64(got) - self.0).magnitude()
        } else {
            Wide::INFINITY
        }
    }
}

/// Results are accepted when their difference is this many bits below them.
const AGREEMENT: i64 = 100;

/// Anything below two to this power is zero to every machine type.
const NEGLIGIBLE: i64 = -1200;

/// The points of a difference quotient.
const POINTS: usize = 7;

/// Evaluates `output` of `textbook` at `x` far beyond the precision of `f64`.
///
/// `x` and `parameters` are taken as exactly the numbers they are. Derivatives are numerical, of the branch taken at
/// the point: the derivative of `|x|` at 0 is 0. Where branches meet smoothly it is their common slope: that of `|x|³`
/// is, and so is that of `x |x|`. An infinite value is reported for [`Output::Forward`] only; where a
/// derivative is infinite, as that of a square root at 0, the answer is [`Exact::Inconclusive`].
///
/// Two things it cannot see: a term that cancels to nothing in more than 512 bits beside one that does not, and a branch
/// that is decided by such a term. For very small and very large x there are more bits, by the size of x.
pub fn exact<T: Textbook + ?Sized>(textbook: &T, x: f64, parameters: &[f64], output: Output) -> Exact {
    let missing = matches!(output, Output::ParameterDerivative(index) if index >= parameters.len());
    if parameters.len() > Exact::MOST_PARAMETERS || missing {
        return Exact::Inconclusive;
    }
    let question = Question { textbook, x, parameters, output };
    // The square or the cube of x may stand beside 1, and two precisions that both lose it agree on the wrong thing.
    let reach = if x == 0.0 { 0 } else { Wide::<2>::from_f64(x).exponent().unsigned_abs() };
    // So may exp(-|x|), as long as it is a number of `f64` itself.
    let exponential = if x.abs() < 1100.0 { (x.abs() * 1.5) as u64 } else { 0 };
    let lost = |limbs: u64| reach.saturating_mul(3).max(exponential) > 64 * limbs - 150;
    let first = if lost(6) { None } else { question.ask::<6, 8>(false) };
    first
        .or_else(|| if lost(16) { None } else { question.ask::<16, 20>(false) })
        .or_else(|| question.ask::<40, 48>(true))
        .unwrap_or(Exact::Inconclusive)
}

/// What one evaluation came to.
enum Found<const LIMBS: usize> {
    Value(Wide<LIMBS>),
    Undefined,
    /// No value that could be found, by this precision and step at least.
    Nothing,
}

/// How large the step of a difference quotient is: small beside one, or beside a number that is itself smaller. Never more:
/// a step of many periods would see nothing of a sine.
#[derive(Clone, Copy)]
enum Scale {
    One,
    Relative,
}

impl<const LIMBS: usize> Found<LIMBS> {
    /// What a NaN means: undefined, unless it comes from an intermediate result that left the range of [`Wide`].
    fn without_value(nan: Wide<LIMBS>) -> Self {
        if nan.is_out_of_range() { Found::Nothing } else { Found::Undefined }
    }
}

struct Question<'a, T: ?Sized> {
    textbook: &'a T,
    x: f64,
    parameters: &'a [f64],
    output: Output,
}

impl<T: Textbook + ?Sized> Question<'_, T> {
    /// The answer from two precisions, if they agree on one.
    ///
    /// That a result is zero, infinite or undefined is believed only in the last and most precise pair: in the others
    /// `1 + erf(-30)` is zero as well, and may have been divided by.
    fn ask<const LOW: usize, const HIGH: usize>(&self, last: bool) -> Option<Exact> {
        let scales: &[Scale] =
            if self.has_own_scale() { &[Scale::One, Scale::Relative] } else { &[Scale::One] };
        scales.iter().find_map(|&scale| {
            match (self.evaluate::<LOW>(scale), self.evaluate::<HIGH>(scale)) {
                (Found::Value(low), Found::Value(high)) => {
                    let (low, high) = (low.resize::<HIGH>(), high);
                    let negligible = last && low.exponent() < NEGLIGIBLE && high.exponent() < NEGLIGIBLE;
                    // A number beyond the exponent is infinite to any machine type, so both kinds of infinity will do.
                    let infinite = last && low.is_infinite() && low == high;
                    if negligible {
                        Some(Exact::Value(Reference(Wide::ZERO)))
                    } else {
                        (infinite || agree(low, high)).then(|| Exact::Value(Reference(high.resize())))
                    }
                }
                (Found::Undefined, Found::Undefined) if last => Some(Exact::Undefined),
                _ => None,
            }
        })
    }

    /// The number that is varied for a derivative.
    fn varied(&self) -> f64 {
        match self.output {
            Output::ParameterDerivative(index) => self.parameters.get(index).copied().unwrap_or(f64::NAN),
            Output::Forward | Output::Derivative | Output::SecondDerivative => self.x,
        }
    }

    /// Whether steps relative to the varied number differ from the usual ones.
    fn has_own_scale(&self) -> bool {
        let size = self.varied().abs();
        self.output != Output::Forward && size > 0.0 && size < 1.0
    }

    fn evaluate<const LIMBS: usize>(&self, scale: Scale) -> Found<LIMBS> {
        let x = Wide::<LIMBS>::from_f64(self.x);
        let mut parameters = [Wide::<LIMBS>::ZERO; Exact::MOST_PARAMETERS];
        for (to, from) in parameters.iter_mut().zip(self.parameters) {
            *to = Wide::from_f64(*from);
        }
        let count = self.parameters.len();
        if self.output == Output::Forward {
            let value = self.textbook.at(x, &parameters[..count]);
            return if value.is_nan() { Found::without_value(value) } else { Found::Value(value) };
        }

        let varied = Wide::<LIMBS>::from_f64(self.varied());
        let exponent = match scale {
            Scale::One => 0,
            Scale::Relative => varied.exponent(),
        };
        let bits = Wide::<LIMBS>::BITS;
        let step = Wide::<LIMBS>::ONE.scaled(exponent.saturating_sub(bits / 8));
        let values = |leaning| {
            let moving = Stencil::<Wide<LIMBS>, POINTS>::around(varied, step, leaning);
            let mut lanes = parameters.map(Stencil::constant);
            let mut x = Stencil::constant(x);
            match self.output {
                Output::ParameterDerivative(index) => lanes[..count][index] = moving,
                Output::Forward | Output::Derivative | Output::SecondDerivative => x = moving,
            }
            self.textbook.at(x, &lanes[..count])
        };
        let difference = |values: &Stencil<Wide<LIMBS>, POINTS>| match self.output {
            Output::SecondDerivative => second_difference(values.lanes(), step),
            _ => first_difference(values.lanes(), step),
        };
        let upright = values(Leaning::Upright);
        if upright.centre().is_nan() {
            return Found::without_value(upright.centre());
        }
        let mut quotient = difference(&upright);
        if upright.is_tied() {
            let [left, right] = [Leaning::Left, Leaning::Right].map(|leaning| difference(&values(leaning)));
            if agree(left, right) {
                quotient = left;
            }
        }
        let values = upright;
        if values.centre().is_finite() && quotient.is_finite() {
            Found::Value(quotient)
        } else {
            Found::Nothing
        }
    }
}

/// Whether two values are equal to [`AGREEMENT`] bits; two zeros or infinities are not, they say too little.
fn agree<const LIMBS: usize>(low: Wide<LIMBS>, high: Wide<LIMBS>) -> bool {
    high.is_finite() && !high.is_zero() && (low - high).exponent() < high.exponent().saturating_sub(AGREEMENT)
}

/// f' of order six: `(45 (f1 - f-1) - 9 (f2 - f-2) + (f3 - f-3)) / 60h`.
fn first_difference<R: Real<Mask = bool>>(&[a, b, c, _, d, e, f]: &[R; POINTS], step: R) -> R {
    let times = |factor: f64, value: R| value * value.literal(factor);
    (times(45.0, d - c) - times(9.0, e - b) + (f - a)) / times(60.0, step)
}

/// f'' of order six: `(270 (f1 + f-1) - 27 (f2 + f-2) + 2 (f3 + f-3) - 490 f0) / 180h²`.
fn second_difference<R: Real<Mask = bool>>(&[a, b, c, centre, d, e, f]: &[R; POINTS], step: R) -> R {
    let times = |factor: f64, value: R| value * value.literal(factor);
    let sum = times(270.0, c + d) - times(27.0, b + e) + times(2.0, a + f) - times(490.0, centre);
    sum / times(180.0, step * step)
}
