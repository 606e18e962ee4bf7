//! Formulas as text in the language itself: what is printed can be parsed again and means the same.

mod derived;
mod written;

pub(crate) use derived::{computed, derived};
pub(crate) use written::written;

/// How tightly an operator binds; a weaker one inside a stronger one needs parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Negation,
    Power,
    Atom,
}

/// A piece of text and how tightly its outermost operator binds.
struct Piece {
    text: String,
    strength: Strength,
}

impl Piece {
    fn new(text: impl Into<String>, strength: Strength) -> Self {
        Piece { text: text.into(), strength }
    }

    /// The text, in parentheses if it binds less tightly than `at_least`.
    fn within(self, at_least: Strength) -> String {
        if self.strength < at_least { format!("({})", self.text) } else { self.text }
    }
}
