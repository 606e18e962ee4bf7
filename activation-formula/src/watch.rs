//! What a loop of plain arithmetic has to [watch](Watch), found by bounds of every step for all inputs of an interval at once.
//!
//! A program whose results are finite wherever it is used needs no look at them, which in a short kernel is a good part of the time.

use crate::certify::{at_rank, rank};
use crate::compile::CompiledParameter;
use crate::constant::call;
use crate::evaluate::run;
use crate::function::Function;
use crate::program::{Choice, Program, Slot, Step};
use activation_math::{Brief, FAR_IN_SINGLE, Watch, Watched};

/// Intervals are halved so often: less than an octave is left then.
const HALVINGS: u32 = 8;

/// More than rounding and the errors of functions can change a bound by, relative to it.
const ROUNDING: f64 = 1e-4;

/// The roundings of larger powers may add up to more than [`ROUNDING`].
const LARGEST_POWER: i32 = 64;

/// Of larger angles the sine is computed with care only.
const LARGEST_ANGLE: f64 = 800.0;

/// What numbers of `f32` are computed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Arithmetic {
    /// `f64`.
    Wide,
    /// `f32`, up to 2^40.
    Narrow,
}

impl Arithmetic {
    pub(crate) const ALL: [Self; 2] = [Arithmetic::Wide, Arithmetic::Narrow];

    /// The smallest normal number, and the largest one.
    fn range(self) -> (f64, f64) {
        match self {
            Arithmetic::Wide => (f64::MIN_POSITIVE, f64::MAX),
            Arithmetic::Narrow => (f32::MIN_POSITIVE.into(), f32::MAX.into()),
        }
    }

    /// The largest input that is not far out.
    fn far(self) -> f64 {
        match self {
            Arithmetic::Wide => f32::MAX.into(),
            Arithmetic::Narrow => FAR_IN_SINGLE.into(),
        }
    }

    /// The first output without any care.
    fn plain(self, program: &Program, x: f32, parameters: &[f64]) -> f64 {
        match self {
            Arithmetic::Wide => run(program, Brief(x.into()), parameters).first().map(|result| result.0),
            Arithmetic::Narrow => run(program, x, parameters).first().copied().map(f64::from),
        }
        .unwrap_or(f64::NAN)
    }

    /// A result in it.
    fn rounded(self, value: f64) -> f64 {
        match self {
            Arithmetic::Wide => value,
            Arithmetic::Narrow => f64::from(value as f32),
        }
    }
}

/// What has to be watched of a program's first output. `at_infinity` gives the limits, to which it would be repaired.
pub(crate) fn watched(
    program: &Program,
    arithmetic: Arithmetic,
    parameters: &[CompiledParameter],
    at_infinity: impl Fn(f64) -> f64,
) -> Watched {
    let defaults: Vec<f64> = parameters.iter().map(|parameter| parameter.default).collect();
    let exactly: Vec<Between> = defaults.iter().map(|&value| Between::exactly(value)).collect();
    let examined = |parameters: &[Between], may_overflow| Examined {
        program,
        parameters: parameters.to_vec(),
        range: arithmetic.range(),
        may_overflow,
    };
    let is_right = |x: f32| {
        let plain = arithmetic.plain(program, x, &defaults);
        let is_limit = || plain.to_bits() == arithmetic.rounded(at_infinity(x.into())).to_bits();
        plain.is_nan() == x.is_nan() && (x.is_nan() || is_limit())
    };
    let by_default = if !examined(&exactly, true).is_finite_up_to(arithmetic.far()) {
        Watch::All
    } else if [f32::NAN, f32::INFINITY, f32::NEG_INFINITY].into_iter().all(is_right)
        // Far out a result may be wrong because of what has overflowed on the way, although it is finite.
        && (arithmetic == Arithmetic::Wide || examined(&exactly, false).is_finite_up_to(f32::MAX.into()))
    {
        Watch::Nothing
    } else {
        Watch::Inputs
    };
    let ordinary = |&CompiledParameter { range: (low, high), .. }: &CompiledParameter| Between {
        low: low.max(-Watched::ORDINARY),
        high: high.min(Watched::ORDINARY),
    };
    let otherwise: Vec<Between> = parameters.iter().map(ordinary).collect();
    let otherwise = if parameters.is_empty() {
        by_default
    } else if examined(&otherwise, true).is_finite_up_to(arithmetic.far()) {
        Watch::Inputs
    } else {
        Watch::All
    };
    Watched { by_default, otherwise }
}

/// Bounds of a number that has been computed, infinite where it may have overflowed; it is not NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Between {
    low: f64,
    high: f64,
}

impl Between {
    const ALL: Self = Between { low: f64::NEG_INFINITY, high: f64::INFINITY };

    const fn exactly(value: f64) -> Self {
        Between { low: value, high: value }
    }

    fn of(ends: impl IntoIterator<Item = f64>) -> Option<Self> {
        let nothing = Between { low: f64::INFINITY, high: f64::NEG_INFINITY };
        ends.into_iter().try_fold(nothing, |Between { low, high }, end| {
            (!end.is_nan()).then(|| Between { low: low.min(end), high: high.max(end) })
        })
    }

    fn is_finite(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    fn has_zero(self) -> bool {
        self.low <= 0.0 && 0.0 <= self.high
    }

    fn or(self, other: Self) -> Self {
        Between { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn map(self, function: impl Fn(f64) -> f64) -> Option<Self> {
        Between::of([function(self.low), function(self.high)])
    }

    fn with(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Option<Self> {
        let ends = [self.low, self.high];
        Between::of(ends.into_iter().flat_map(|a| [function(a, other.low), function(a, other.high)]))
    }

    /// The sizes.
    fn abs(self) -> Self {
        let (low, high) = (self.low.abs(), self.high.abs());
        Between { low: if self.has_zero() { 0.0 } else { low.min(high) }, high: low.max(high) }
    }
}

struct Examined<'a> {
    program: &'a Program,
    parameters: Vec<Between>,
    /// The smallest normal number, and the largest one.
    range: (f64, f64),
    /// Whether steps before the last one may be infinite.
    may_overflow: bool,
}

impl Examined<'_> {
    /// Whether the first output is a finite number for every x of that size at most.
    fn is_finite_up_to(&self, size: f64) -> bool {
        [(-size, 0.0), (0.0, size)]
            .into_iter()
            .all(|(low, high)| self.is_finite(rank(low), rank(high), HALVINGS))
    }

    fn is_finite(&self, low: i64, high: i64, halvings: u32) -> bool {
        let x = Between { low: at_rank(low), high: at_rank(high) };
        let middle = low + (high - low) / 2;
        self.result(x).is_some_and(Between::is_finite)
            || (halvings > 0
                && self.is_finite(low, middle, halvings - 1)
                && self.is_finite(middle, high, halvings - 1))
    }

    /// Bounds of the first output; `None` where it may be NaN.
    fn result(&self, x: Between) -> Option<Between> {
        let mut known: Vec<Option<Between>> = Vec::with_capacity(self.program.steps.len());
        for &step in &self.program.steps {
            known.push(self.step(step, x, &known).filter(|found| self.may_overflow || found.is_finite()));
        }
        known.get(*self.program.outputs.first()?).copied().flatten()
    }

    fn step(&self, step: Step, x: Between, known: &[Option<Between>]) -> Option<Between> {
        let of = |slot: Slot| known.get(slot).copied().flatten();
        Some(match step {
            Step::Variable => x,
            Step::Parameter(index) => self.rounded(*self.parameters.get(index)?),
            Step::Number(number) => self.rounded(Between::exactly(number.value)),
            Step::Negate(a) => of(a)?.map(|a| -a)?,
            Step::Min(a, b) => of(a)?.with(of(b)?, f64::min)?,
            Step::Max(a, b) => of(a)?.with(of(b)?, f64::max)?,
            Step::Select(choice) => chosen(choice, of)?,
            Step::Add(a, b) => self.rounded(sum(of(a)?, of(b)?)?),
            Step::Subtract(a, b) => self.rounded(sum(of(a)?, of(b)?.map(|b| -b)?)?),
            Step::Multiply(a, b) => self.rounded(product(of(a)?, of(b)?)?),
            Step::Divide(a, b) => self.rounded(quotient(of(a)?, of(b)?)?),
            // Too many roundings.
            Step::Whole(_, power) if power > LARGEST_POWER => return None,
            Step::Whole(a, power) if power % 2 == 0 => self.rounded(of(a)?.abs().map(|a| a.powi(power))?),
            Step::Whole(a, power) => self.rounded(of(a)?.map(|a| a.powi(power))?),
            Step::Sqrt(a) => self.rounded(of(a)?.map(f64::sqrt)?),
            Step::Power(..) => return None,
            Step::Call(function, a) => self.rounded(called(function, of(a)?)?),
        })
    }

    /// Rounding crosses neither 0 nor, but for the better, the largest number.
    fn rounded(&self, Between { low, high }: Between) -> Between {
        let (least, largest) = self.range;
        let down = |value: f64| {
            let lower = value - value.abs() * ROUNDING - least;
            let lower = if value >= 0.0 { lower.max(0.0) } else { lower };
            if lower < -largest { f64::NEG_INFINITY } else { lower }
        };
        Between { low: down(low), high: -down(-high) }
    }
}

fn sum(a: Between, b: Between) -> Option<Between> {
    let may_cancel = |a: f64, b: f64| a.is_infinite() && b.is_infinite() && a != b;
    let is_nan = may_cancel(a.low, b.high) || may_cancel(a.high, b.low);
    (!is_nan).then_some(())?;
    Between::of([a.low + b.low, a.high + b.high])
}

fn product(a: Between, b: Between) -> Option<Between> {
    let is_nan = |a: Between, b: Between| a.has_zero() && !b.is_finite();
    (!is_nan(a, b) && !is_nan(b, a)).then_some(())?;
    a.with(b, |a, b| a * b)
}

fn quotient(a: Between, b: Between) -> Option<Between> {
    let is_nan = (a.has_zero() && b.has_zero()) || !(a.is_finite() || b.is_finite());
    (!is_nan).then_some(())?;
    if b.has_zero() { Some(Between::ALL) } else { a.with(b, |a, b| a / b) }
}

/// One side where the comparison is settled, otherwise both.
fn chosen(choice: Choice, of: impl Fn(Slot) -> Option<Between>) -> Option<Between> {
    let (then, otherwise) = (of(choice.then), of(choice.otherwise));
    match (of(choice.left), of(choice.right)) {
        (Some(left), Some(right)) => {
            let always = left.high < right.low || (choice.or_equal && left.high == right.low);
            let never = right.high < left.low || (!choice.or_equal && right.high == left.low);
            match (always, never) {
                (true, _) => then,
                (_, true) => otherwise,
                _ => Some(then?.or(otherwise?)),
            }
        }
        _ if choice.guarded => None,
        _ => Some(then?.or(otherwise?)),
    }
}

/// Bounds of a function of one argument, whose rounding is left to the caller.
fn called(function: Function, a: Between) -> Option<Between> {
    use Function::*;
    let at = |value: f64| call(function, value);
    match function {
        Ln if a.low < 0.0 => None,
        Log1p if a.low < -1.0 => None,
        Exp | Ln | Log1p | Cbrt | Tanh | Asinh | Atan | Erf | Erfc | NormalCdf | Sigmoid | Softplus
        | Tanhshrink | Sign => a.map(at),
        Abs | Cosh | Gauss | Sech | Logcosh | Decay | DecayGap => a.abs().map(at),
        // Where these overflow they are not computed at all.
        Expm1 | Sinh => a.map(at).filter(|found| found.is_finite()),
        ExpExcess => Between::of([0.0, at(a.low), at(a.high)]).filter(|found| found.is_finite()),
        Sin | Cos => (a.abs().high <= LARGEST_ANGLE).then_some(Between { low: -1.0, high: 1.0 }),
        Min | Max => None,
    }
}

#[cfg(test)]
mod tests;
