//! Functions in pairs of doubles: every runtime calls them the same, so languages differ in how a number and a line begin and
//! end.

use crate::names::literal;
use crate::write::{Dialect, Operation};
use activation_formula::{Choice, Rounded};

/// Calls of a runtime's functions.
pub(crate) struct Pairs {
    /// In front of the two parts of a number.
    number: &'static str,
    /// In front of a name that is defined.
    define: &'static str,
    /// Behind its value.
    end: &'static str,
}

pub(crate) const C: Pairs = Pairs { number: "P_of(", define: "P_pair ", end: ";" };
pub(crate) const RUST: Pairs = Pairs { number: "P_Pair(", define: "let ", end: ";" };
pub(crate) const PYTHON: Pairs = Pairs { number: "P_like(x, ", define: "", end: "" };

impl Dialect for Pairs {
    fn number(&self, Rounded { value, rest, .. }: Rounded) -> String {
        format!("{}{}, {})", self.number, literal(value), literal(rest))
    }

    fn negate(&self, a: &str) -> String {
        format!("P_neg({a})")
    }

    fn binary(&self, operation: Operation, a: &str, b: &str) -> String {
        format!("P_{}({a}, {b})", operation.name())
    }

    fn call(&self, function: &str, arguments: &[&str]) -> String {
        format!("P_{function}({})", arguments.join(", "))
    }

    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String {
        let name = if choice.or_equal { "if_less_equal" } else { "if_less" };
        format!("P_{name}({left}, {right}, {then}, {otherwise})")
    }

    fn define(&self, name: &str, value: &str) -> String {
        format!("{}{name} = {value}{}", self.define, self.end)
    }
}
