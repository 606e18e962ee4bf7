//! Programs so short that plain `f64` arithmetic is exact enough for results in `f64`: a few roundings, and nothing cancels.

use crate::certify::positive;
use crate::function::Function;
use crate::program::{Program, Slot, Step};

/// The units in the last place that a result may be off by. A relative error of 2^-53 is one of them at most, and so is the smallest
/// subnormal, beside which both can count.
const MOST: f64 = 4.0;

/// 2^-53.
const HALF_ULP: f64 = f64::EPSILON / 2.0;

/// Arguments are below 2^200 here: see [`activation_math::evaluate_plain_double`].
const SIZE_OF_X: f64 = 200.0;

/// The exponent of the largest size that certainly is a number.
const LARGEST: f64 = 1000.0;

/// A number beside which subnormal ones are nothing.
const LEAST: f64 = 1e-200;

/// What is known of a step, whatever x and the parameters are.
#[derive(Clone, Copy)]
struct Known {
    /// The relative error, in 2^-53.
    relative: f64,
    /// The error on top of it where products are subnormal, in 2^-1074: half of it for every rounding.
    tiny: f64,
    /// What of these two comes from one rounding, which is either of them and not both.
    twice: f64,
    /// The binary exponent of the largest size.
    size: f64,
}

impl Known {
    const fn exact(size: f64) -> Self {
        Known { relative: 0.0, tiny: 0.0, twice: 0.0, size }
    }

    fn is_exact(self) -> bool {
        self.relative == 0.0 && self.tiny == 0.0
    }

    /// The largest error, in units in the last place.
    fn units(self) -> f64 {
        self.relative + self.tiny - self.twice
    }

    fn or(self, other: Self) -> Self {
        let (relative, tiny) = (self.relative.max(other.relative), self.tiny.max(other.tiny));
        let twice = relative + tiny - self.units().max(other.units());
        Known { relative, tiny, twice, size: self.size.max(other.size) }
    }
}

/// Whether the program's result, where it is a number, is within 4 units in the last place of `f64` in plain arithmetic.
pub(crate) fn is_plain_in_double(program: &Program) -> bool {
    let positive = positive(program);
    let mut known: Vec<Known> = Vec::with_capacity(program.steps.len());
    for step in &program.steps {
        match of_step(*step, program, &known, &positive) {
            Some(one) if one.units() <= MOST => known.push(one),
            _ => return false,
        }
    }
    true
}

fn of_step(step: Step, program: &Program, known: &[Known], positive: &[bool]) -> Option<Known> {
    let of = |slot: Slot| known[slot];
    // What may be infinite where the result is not must not be hidden by what is made of it.
    let is_bounded = |slot: Slot| {
        let is_leaf = matches!(program.steps[slot], Step::Variable | Step::Parameter(_) | Step::Number(_));
        is_leaf || of(slot).size <= LARGEST
    };
    let are_exact = |slots: [Slot; 2]| slots.into_iter().all(|slot| of(slot).is_exact() && is_bounded(slot));
    let number = |slot: Slot| match program.steps[slot] {
        Step::Number(number) => Some(number.value),
        _ => None,
    };
    // To multiply with it rounds nothing but what becomes subnormal.
    let is_power_of_2 = |value: f64| value.to_bits() << 12 == 0;
    let rounding = |by: Option<f64>| if by.is_some_and(is_power_of_2) { 0.0 } else { 1.0 };
    Some(match step {
        Step::Variable => Known::exact(SIZE_OF_X),
        Step::Parameter(_) => Known::exact(f64::from(f64::MAX_EXP)),
        // The rest of a number that is next to nothing may be nothing in `f64`.
        Step::Number(number) if number.value.abs() > LEAST || number.value == 0.0 => {
            let relative =
                if number.rest == 0.0 { 0.0 } else { (number.rest / number.value).abs() / HALF_ULP };
            Known { relative, ..Known::exact(number.value.abs().log2().max(0.0)) }
        }
        Step::Negate(a) | Step::Call(Function::Abs, a) => of(a),
        Step::Call(Function::Sign, a) if are_exact([a, a]) => Known::exact(0.0),
        Step::Min(a, b) | Step::Max(a, b) if is_bounded(a) && is_bounded(b) => of(a).or(of(b)),
        Step::Select(choice) if are_exact([choice.left, choice.right]) => {
            of(choice.then).or(of(choice.otherwise))
        }
        Step::Add(a, b) | Step::Subtract(a, b) => {
            let (left, right) = (of(a), of(b));
            let size = left.size.max(right.size) + 1.0;
            let beside = number(a).or(number(b)).unwrap_or(0.0);
            if left.is_exact() && right.is_exact() {
                // A sum that is subnormal is exact.
                Known { relative: 1.0, ..Known::exact(size) }
            } else if matches!(step, Step::Add(..)) && positive[a] && positive[b] {
                let relative = left.relative.max(right.relative) + 1.0;
                // Beside a number like 1 it is nothing.
                let tiny = if beside > LEAST { 0.0 } else { left.tiny + right.tiny };
                Known { relative, tiny, twice: 0.0, size }
            } else {
                return None;
            }
        }
        Step::Multiply(a, b) => {
            let (left, right, by) = (of(a), of(b), number(b).or(number(a)));
            let tiny = left.tiny.max(right.tiny);
            let is_shift = by.is_some_and(|by| is_power_of_2(by) && by.abs() >= 1.0);
            // An error that is absolute already must not be made larger by what is not known.
            let times = if tiny == 0.0 { 0.0 } else { by?.abs() };
            Known {
                relative: left.relative + right.relative + rounding(by),
                tiny: tiny * times + if is_shift { 0.0 } else { 0.5 },
                twice: rounding(by) / 2.0,
                size: left.size + right.size,
            }
        }
        Step::Divide(a, b) => {
            let (above, below, by) = (of(a), of(b), number(b));
            if below.tiny > 0.0 || !is_bounded(b) {
                return None;
            }
            let times = if above.tiny == 0.0 { 0.0 } else { 1.0 / by?.abs() };
            Known {
                relative: above.relative + below.relative + rounding(by),
                tiny: above.tiny * times + 0.5,
                twice: rounding(by) / 2.0,
                // What is divided by may be next to nothing.
                size: if by.is_some_and(|by| by.abs() >= 1.0) { above.size } else { f64::INFINITY },
            }
        }
        Step::Whole(a, power @ 2..=3) if of(a).tiny == 0.0 => {
            let times = f64::from(power);
            Known {
                relative: times * of(a).relative + times - 1.0,
                tiny: (times - 1.0) / 2.0,
                twice: 0.5,
                size: times * of(a).size,
            }
        }
        Step::Sqrt(a) if of(a).tiny == 0.0 && is_bounded(a) => {
            Known { relative: of(a).relative / 2.0 + 1.0, ..Known::exact(of(a).size / 2.0) }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::is_plain_in_double;
    use crate::compile;

    #[test]
    fn short_formulas_are_plain() {
        for (formula, [forward, derivative]) in [
            ("if x < 0 { 0.01 * x } else { x }", [true, true]),
            ("P(x; slope = 1 / 4) = if x > 0 { x } else { slope * x }", [true, true]),
            ("x * clamp(x + 3, 0, 6) / 6", [true, true]),
            ("clamp(x / 6 + 1 / 2, 0, 1)", [false, true]),
            ("x / (1 + abs(x))", [true, false]),
            ("x / sqrt(1 + x^2)", [true, false]),
            ("max(0, x)^3", [true, true]),
            // A sum of what has been rounded may cancel.
            ("x^2 - x^3 / 3", [false, false]),
            ("x * (x - 1)", [true, true]),
            ("x^3 + x", [true, true]),
            ("exp(x)", [false, false]),
            // Too many roundings.
            ("x * (x + 1) * (x + 2) * (x + 3)", [false, false]),
            // Where the square is subnormal, a factor makes a large error of that.
            ("1e20 * x^2", [false, true]),
            ("x^2 / 3", [true, true]),
            // The product overflows where the quotient would not.
            ("P(x; p = 2) = x / (1 + abs(p * x))", [false, false]),
            ("P(x; p = 1) = x / sqrt(1 + abs(p * x))", [false, false]),
            ("P(x; p = 1) = min(1e-99 * p * x, 1e99)", [false, false]),
            ("P(x; p = 1, q = 1) = if 2 * p < 4 * q { x } else { -x }", [false, false]),
            // Beside the smallest normal number both kinds of errors count.
            ("P(x; p = 1) = 5.75 * x * (x + p)", [false, true]),
        ] {
            let compiled = compile(formula).expect("a formula");
            let found = [0, 1].map(|index| is_plain_in_double(&compiled.programs.single[index]));
            assert_eq!(found, [forward, derivative], "{formula}");
        }
    }
}
