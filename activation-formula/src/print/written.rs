//! A formula as its author wrote it, with the spaces put in order.

use super::{Piece, Strength};
use crate::declaration::{Expr, Kind, Operator};

/// The text of an expression.
pub(crate) fn written(expression: &Expr) -> String {
    piece(expression).text
}

fn piece(expression: &Expr) -> Piece {
    match &expression.kind {
        Kind::Number(text, _) => Piece::new(text, Strength::Atom),
        Kind::Name(name) => Piece::new(name.to_string(), Strength::Atom),
        Kind::Call(name, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(written).collect();
            Piece::new(format!("{name}({})", arguments.join(", ")), Strength::Atom)
        }
        Kind::Negate(inner) => {
            Piece::new(format!("-{}", piece(inner).within(Strength::Negation)), Strength::Negation)
        }
        Kind::Binary(operator, left, right) => {
            let (own, left_at_least, right_at_least) = match operator {
                Operator::Add | Operator::Subtract => (Strength::Sum, Strength::Sum, Strength::Product),
                Operator::Multiply | Operator::Divide => {
                    (Strength::Product, Strength::Product, Strength::Negation)
                }
                Operator::Power => (Strength::Power, Strength::Atom, Strength::Negation),
            };
            let (left, right) = (piece(left).within(left_at_least), piece(right).within(right_at_least));
            let symbol = operator.symbol();
            Piece::new(
                match operator {
                    Operator::Power => format!("{left}{symbol}{right}"),
                    _ => format!("{left} {symbol} {right}"),
                },
                own,
            )
        }
        Kind::If(condition, then, otherwise) => {
            let otherwise = match otherwise.kind {
                Kind::If(..) | Kind::Block(..) => written(otherwise),
                _ => format!("{{ {} }}", written(otherwise)),
            };
            let then = match then.kind {
                Kind::Block(..) => written(then),
                _ => format!("{{ {} }}", written(then)),
            };
            let (left, right) = (written(&condition.left), written(&condition.right));
            Piece::new(
                format!("if {left} {} {right} {then} else {otherwise}", condition.comparison.symbol()),
                Strength::Atom,
            )
        }
        Kind::Block(lets, value) => {
            let lets: String =
                lets.iter().map(|(name, bound)| format!("let {name} = {}; ", written(bound))).collect();
            Piece::new(format!("{{ {lets}{} }}", written(value)), Strength::Atom)
        }
        Kind::Invalid => Piece::new("?", Strength::Atom),
    }
}
