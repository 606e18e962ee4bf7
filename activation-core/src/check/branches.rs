//! The branches of a formula: where they meet, and which of them are taken at a point.
//!
//! The tape sees every comparison that the author wrote, also those in `abs`, `sign`, `min` and `max`. Where the
//! difference of the two sides changes its sign, branches meet. Where it does not vanish, one branch is all that
//! counts, for the point and for differences around it, and the oracle need not evaluate the others: a constant that
//! `clamp` gives is a constant, whatever it is made of otherwise.

use super::Tape;
use super::tape::Operation;
use activation_math::Wide;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Numbers to decide comparisons with.
type Number = Wide<8>;

/// Two sides that agree to so many bits count as equal: rounding may have turned the comparison.
const AGREEMENT: i64 = 256;

/// Squares and cubes of numbers further from 1 than two to this power do not fit into [`Number`] beside 1.
const REACH: u64 = 80;

/// What is compared with what; with 0 if there is no second number.
fn comparison(operation: &Operation) -> Option<(usize, Option<usize>)> {
    match *operation {
        Operation::Less(a, b)
        | Operation::LessEqual(a, b)
        | Operation::IfLess([a, b, ..])
        | Operation::IfLessEqual([a, b, ..])
        | Operation::min(a, b)
        | Operation::max(a, b) => Some((a, Some(b))),
        Operation::abs(a) | Operation::sign(a) => Some((a, None)),
        _ => None,
    }
}

impl Tape {
    /// By how much the two sides of each comparison differ, to look for the points at which they are equal.
    pub(super) fn gaps(&self, x: f64, parameters: &[f64]) -> Vec<f64> {
        let results = self.results(x, parameters);
        let compared = self.operations.iter().filter_map(comparison);
        compared.map(|(left, right)| results[left] - right.map_or(0.0, |right| results[right])).collect()
    }

    /// The formula without the branches that are not taken at `x`.
    pub(super) fn taken(&self, x: f64, parameters: &[f64]) -> Cow<'_, Self> {
        let near = x == 0.0 || Number::from_f64(x).exponent().unsigned_abs() <= REACH;
        if !near || !self.operations.iter().any(|operation| comparison(operation).is_some()) {
            return Cow::Borrowed(self);
        }
        let wide: Vec<Number> = parameters.iter().map(|&value| Number::from_f64(value)).collect();
        let results = self.results(Number::from_f64(x), &wide);
        // What stands for the result of each operation.
        let mut same: Vec<usize> = Vec::with_capacity(self.operations.len());
        let mut operations: Vec<Operation> = Vec::with_capacity(self.operations.len());
        for (number, operation) in self.operations.iter().enumerate() {
            let operation = operation.on(|operand| same[operand]);
            let order = comparison(&operation).and_then(|(left, right)| {
                order(results[left], right.map_or(Number::ZERO, |right| results[right]))
            });
            let (operation, stands_for) = match order {
                Some(order) => decided(operation, order, number),
                None => (operation, number),
            };
            operations.push(operation);
            same.push(stands_for);
        }
        Cow::Owned(Tape { operations, result: same[self.result], ..*self }.without_unused())
    }

    /// Only the operations that the result needs.
    fn without_unused(self) -> Self {
        let mut needed = vec![false; self.operations.len()];
        needed[self.result] = true;
        for (number, operation) in self.operations.iter().enumerate().rev() {
            if needed[number] {
                operation.on(|operand| {
                    needed[operand] = true;
                    operand
                });
            }
        }
        let mut places = vec![0; self.operations.len()];
        let mut operations: Vec<Operation> = Vec::new();
        for (number, operation) in self.operations.iter().enumerate().filter(|&(number, _)| needed[number]) {
            places[number] = operations.len();
            operations.push(operation.on(|operand| places[operand]));
        }
        Tape { operations, result: places[self.result], ..self }
    }
}

/// How two numbers compare, if they are different beyond doubt.
fn order(left: Number, right: Number) -> Option<Ordering> {
    let gap = left - right;
    let size = left.exponent().max(right.exponent());
    let clear = gap.is_finite() && !gap.is_zero() && gap.exponent() > size.saturating_sub(AGREEMENT);
    clear.then(|| if gap.is_negative() { Ordering::Less } else { Ordering::Greater })
}

/// What remains of an operation, number `own`, whose comparison is decided; and which result stands for its own.
fn decided(operation: Operation, order: Ordering, own: usize) -> (Operation, usize) {
    let less = order == Ordering::Less;
    match operation {
        Operation::IfLess([_, _, yes, no]) | Operation::IfLessEqual([_, _, yes, no]) => {
            (operation, if less { yes } else { no })
        }
        Operation::min(a, b) => (operation, if less { a } else { b }),
        Operation::max(a, b) => (operation, if less { b } else { a }),
        Operation::abs(a) if less => (Operation::Negate(a), own),
        Operation::abs(a) => (operation, a),
        Operation::sign(_) => (Operation::Literal(if less { -1.0 } else { 1.0 }), own),
        _ => (operation, own),
    }
}

#[cfg(test)]
mod tests {
    use super::Tape;
    use crate::Info;
    use activation_math::{Real, Textbook};

    /// `clamp(sin(x), -1/2, 1/2) + |x|`
    struct Clamped;

    impl Textbook for Clamped {
        fn at<R: Real>(&self, x: R, _: &[R]) -> R {
            x.literal(0.5).min(x.literal(-0.5).max(x.sin())) + x.abs()
        }
    }

    #[test]
    fn branches_that_are_not_taken_go() {
        let tape = Tape::of(&Clamped, &Info::EMPTY);
        // 1/2 + x; -1/2 + -x; sin x + x; sin x + |x|, as branches meet at 0.
        for (x, operations) in [(1.0, 3), (-1.0, 4), (0.25, 3), (0.0, 4)] {
            let taken = tape.taken(x, &[]);
            assert_eq!(taken.at(x, &[]), tape.at(x, &[]), "at {x}");
            assert_eq!(taken.operations.len(), operations, "at {x}: {:?}", taken.operations);
        }
    }

    #[test]
    fn every_comparison_has_a_gap() {
        let tape = Tape::of(&Clamped, &Info::EMPTY);
        assert_eq!(tape.gaps(0.0, &[]), [-0.5, 0.5, 0.0]);
    }
}
