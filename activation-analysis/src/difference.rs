//! Where and by how much two functions differ.
//!
//! Their difference is a formula too. It is compiled, so that what is equal cancels in the formula and not in its digits, and
//! analysed like any other: its bounds are the largest difference, its zeros where the two agree, its limits say whether they
//! part without end. Units in the last place are counted at a sample of floats.

use crate::analysis::{Analysis, Bound, Interval, Range};
use crate::function::Function;
use activation_formula::{Compiled, Diagnostic, compile};
use activation_math::{Output, Precision};

/// What two functions have in common, and what not. The difference is that of the first minus the second.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Whether they are the same function.
    pub equality: Equality,
    /// The difference as a function: its kinks, zeros, limits.
    pub analysis: Analysis,
    /// The supremum of |f - g|, infinite where they part without end.
    pub absolute: Bound,
    /// The supremum of |f - g| / |f|; `None` if the quotient could not be analysed.
    pub relative: Option<Bound>,
    /// The supremum of |f' - g'|.
    pub slopes: Bound,
    /// Where f and g are equal; proven, unless the zeros of the difference are listed as unproven.
    pub equal: Vec<Interval>,
    /// Where f' and g' are equal.
    pub equal_slopes: Vec<Interval>,
    /// Where f has a value and g has not.
    pub only_first: Vec<Interval>,
    /// Where g has a value and f has not.
    pub only_second: Vec<Interval>,
    /// Of results rounded to `f32`.
    pub single: Steps,
    /// Of results in `f64`, of which each may itself be off by 4.
    pub double: Steps,
}

/// Whether two functions are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equality {
    /// They are, everywhere: the difference of the formulas is 0.
    Proven,
    /// No difference was found in 100 bits, which is no proof.
    Sampled,
    /// They are not.
    Different,
}

/// How far results lie apart, in numbers of the type from the one to the other (units in the last place), at a sample of
/// inputs of every order of magnitude, denser between 1/16 and 128 and beside kinks.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The most steps.
    pub most: u64,
    /// The input for that.
    pub at: f64,
    /// How many inputs were looked at.
    pub inputs: usize,
    /// Between which inputs of the sample all results were the same number, if there are many in a row.
    pub same: Vec<Interval>,
}

impl Difference {
    /// Compares two functions.
    ///
    /// # Errors
    ///
    /// If the difference is too large a formula for the compiler: what it says.
    pub fn of(first: Function<'_>, second: Function<'_>) -> Result<Self, Vec<Diagnostic>> {
        let (f, g) = (first.as_block(), second.as_block());
        let difference = compile(&format!("Difference(x) = ({f}) - ({g})"))?;
        let function = Function::new(&difference, &[]);
        let analysis = Analysis::of(function);
        let equality = equality(function, &analysis, first);
        let relative = match equality {
            Equality::Different => compile(&format!("Quotient(x) = (({f}) - ({g})) / ({f})"))
                .ok()
                .map(|quotient| largest(Analysis::of(Function::new(&quotient, &[])).range)),
            _ => Some(Bound { value: 0.0, attained: true, at: 0.0 }),
        };
        let (one, other) = (Analysis::of(first), Analysis::of(second));
        let features: Vec<f64> = [&one, &other, &analysis].into_iter().flat_map(Analysis::features).collect();
        Ok(Difference {
            equality,
            absolute: largest(analysis.range),
            relative,
            slopes: largest(analysis.slopes),
            equal: analysis.zeros.intervals.clone(),
            equal_slopes: analysis.dead.clone(),
            only_first: without(&one.domain, &other.domain),
            only_second: without(&other.domain, &one.domain),
            single: steps::<f32>(first, second, &features),
            double: steps::<f64>(first, second, &features),
            analysis,
        })
    }
}

impl Analysis {
    /// Where something happens.
    fn features(&self) -> Vec<f64> {
        let kinks = self.kinks.iter().map(|kink| kink.x);
        let turns = self.extrema.iter().map(|turn| turn.x);
        kinks.chain(turns).chain(self.zeros.points.iter().copied()).filter(|x| x.abs() <= 1e6).collect()
    }
}

/// The side of a range that is farther from 0.
fn largest(range: Range) -> Bound {
    let Range { low, high } = range;
    if -low.value > high.value {
        Bound { value: -low.value, ..low }
    } else {
        Bound { value: high.value.abs(), ..high }
    }
}

fn equality(difference: Function<'_>, analysis: &Analysis, first: Function<'_>) -> Equality {
    // Far below the digits of two doubles.
    const NOTHING: f64 = 1e-28;
    let everywhere = |intervals: &[Interval]| matches!(intervals, [all] if all.low == f64::NEG_INFINITY && all.high == f64::INFINITY);
    if everywhere(&analysis.zeros.intervals) {
        return Equality::Proven;
    }
    let points = singles(&[]).into_iter().step_by(97).map(f64::from);
    let mut values = points.map(|x| (difference.at(Output::Forward, x), first.at(Output::Forward, x)));
    let is_nothing = values.all(|(off, value)| {
        (off.is_nan() && !value.is_finite()) || off.abs() <= NOTHING * value.abs().max(f64::MIN_POSITIVE)
    });
    if is_nothing { Equality::Sampled } else { Equality::Different }
}

/// The parts of intervals that lie outside others.
fn without(intervals: &[Interval], others: &[Interval]) -> Vec<Interval> {
    let mut parts: Vec<Interval> = intervals.to_vec();
    for other in others {
        parts = parts
            .into_iter()
            .flat_map(|part| {
                [
                    Interval::new(part.low, part.high.min(other.low)),
                    Interval::new(part.low.max(other.high), part.high),
                ]
            })
            .filter(|part| part.low < part.high)
            .collect();
    }
    parts
}

impl Function<'_> {
    /// The formula with the values of its parameters, in the language, with x for its variable.
    fn as_block(&self) -> String {
        let compiled = self.compiled();
        let mut block = String::from("{ ");
        if compiled.variable != "x" {
            block += &format!("let {} = x; ", compiled.variable);
        }
        for (parameter, &value) in compiled.parameters.iter().zip(self.parameters()) {
            // A default as it was written, 2/3 and not the double next to it.
            let is_default = value == parameter.default && !parameter.default_text.is_empty();
            let text = if is_default { parameter.default_text.clone() } else { value.to_string() };
            block += &format!("let {} = {text}; ", parameter.name);
        }
        block + &compiled.formula + " }"
    }
}

/// A type that results are rounded to.
trait Rounded: Copy + Into<f64> {
    const PRECISION: Precision;
    /// How many inputs are skipped for each one.
    const STRIDE: usize;
    /// Of neighbours, one apart.
    fn place(value: f64) -> i64;
}

impl Rounded for f32 {
    const PRECISION: Precision = Precision::Single;
    const STRIDE: usize = 1;

    fn place(value: f64) -> i64 {
        let narrow = value as f32;
        let size = i64::from(narrow.to_bits() & (u32::MAX >> 1));
        if narrow < 0.0 { -size } else { size }
    }
}

impl Rounded for f64 {
    const PRECISION: Precision = Precision::Double;
    const STRIDE: usize = 16;

    fn place(value: f64) -> i64 {
        crate::place::rank(value)
    }
}

/// Floats of every order of magnitude, and beside the `features`; ascending.
fn singles(features: &[f64]) -> Vec<f32> {
    const DENSE: std::ops::Range<i32> = -4..7;
    let mut points = vec![0.0_f32];
    for exponent in -148..128 {
        let count = if DENSE.contains(&exponent) { 2048 } else { 48 };
        for part in 0..count {
            // Off the round numbers.
            let size = 2.0_f64.powi(exponent) * (1.0 + (f64::from(part) + 0.37) / f64::from(count));
            points.extend([size as f32, -size as f32]);
        }
        points.extend([2.0_f64.powi(exponent) as f32, -(2.0_f64.powi(exponent)) as f32]);
    }
    for &feature in features {
        let mut x = feature as f32;
        for _ in 0..16 {
            x = x.next_down();
        }
        for _ in 0..32 {
            points.push(x);
            x = x.next_up();
        }
    }
    points.retain(|x| x.is_finite());
    points.sort_by(f32::total_cmp);
    points.dedup();
    points
}

fn steps<T: Rounded>(first: Function<'_>, second: Function<'_>, features: &[f64]) -> Steps {
    /// As many equal results in a row are no luck.
    const MANY: usize = 40;
    let inputs: Vec<f64> = singles(features).into_iter().step_by(T::STRIDE).map(f64::from).collect();
    let [one, other] = [first, second].map(|function| {
        let mut results = vec![0.0; inputs.len()];
        function.fill(&inputs, &mut results, T::PRECISION);
        results
    });
    let mut found = Steps { most: 0, at: 0.0, inputs: inputs.len(), same: Vec::new() };
    let mut begin = 0;
    for (index, ((&x, &a), &b)) in inputs.iter().zip(&one).zip(&other).enumerate() {
        let apart = match (a.is_nan(), b.is_nan()) {
            (true, true) => 0,
            // Where only one has a value is told apart from how far values differ.
            (true, false) | (false, true) => 1,
            (false, false) => T::place(a).abs_diff(T::place(b)),
        };
        if apart > found.most && !(a.is_nan() || b.is_nan()) {
            (found.most, found.at) = (apart, x);
        }
        if apart > 0 {
            if index - begin >= MANY {
                found.same.push(Interval::new(inputs[begin], inputs[index - 1]));
            }
            begin = index + 1;
        }
    }
    if inputs.len() - begin >= MANY {
        found.same.push(Interval::new(inputs[begin], f64::INFINITY));
    }
    if let Some(first) = found.same.first_mut().filter(|first| first.low == inputs[0]) {
        first.low = f64::NEG_INFINITY;
    }
    found
}

impl Function<'_> {
    fn fill(&self, inputs: &[f64], results: &mut [f64], precision: Precision) {
        let compiled: &Compiled = self.compiled();
        compiled.evaluate_into(Output::Forward, inputs, results, self.parameters(), precision);
    }
}
