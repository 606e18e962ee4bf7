//! Numbers: decimal literals, exact.

use super::expression::Parser;
use crate::declaration::{Expr, Kind, Operator};
use crate::rational::Rational;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Ident, Literal, TokenTree};

impl Parser<'_> {
    /// A literal of Rust's lexer as an exact number; `2x` is reported and read as `2 * x`.
    pub(super) fn literal(&mut self, tokens: &mut Tokens) -> Expr {
        let Some(TokenTree::Literal(literal)) = tokens.next() else { return Expr::invalid(tokens.here()) };
        let span = literal.span();
        let text = literal.to_string();
        let (number, suffix) = self.number(&literal, &text);
        if suffix.is_empty() || matches!(number.kind, Kind::Invalid) {
            return number;
        }
        let digits = text.trim_end_matches(suffix).trim_end_matches('_');
        if is_rust_type(suffix) {
            self.mistakes
                .add(span, format!("numbers in a formula are exact and have no type; write `{digits}`"));
            return number;
        }
        let name = Ident::new(suffix, span);
        let (factor, shown) = match tokens.take_group(Delimiter::Parenthesis) {
            Some(group) => {
                let arguments = self.arguments(&group);
                let call = Expr::new(Kind::Call(name, arguments), span, group.span_close());
                (call, format!("{suffix}( … )"))
            }
            None => (Expr::new(Kind::Name(name), span, span), suffix.to_string()),
        };
        self.mistakes.add(span, format!("write the product: `{digits} * {shown}`"));
        Expr::binary(Operator::Multiply, number, factor)
    }

    /// The number that a literal begins with, and what follows it.
    fn number<'text>(&mut self, literal: &Literal, text: &'text str) -> (Expr, &'text str) {
        let span = literal.span();
        let (digits, suffix) = split_suffix(text);
        let plain = |c: char| c == '_' || c.is_alphanumeric();
        let message = if digits.is_empty() || !suffix.chars().all(plain) {
            format!("expected a number, found `{}`", text.chars().take(40).collect::<String>())
        } else if text.starts_with("0x") || text.starts_with("0b") || text.starts_with("0o") {
            "write the number in decimal".to_string()
        } else {
            let digits: String = digits.chars().filter(|&c| c != '_').collect();
            match Rational::decimal(&digits) {
                Some(value) => {
                    let digits = digits.trim_end_matches('.').to_string();
                    return (Expr::new(Kind::Number(digits, value), span, span), suffix);
                }
                None => "this number is out of reach; decimal exponents go from -1000 to 1000".to_string(),
            }
        };
        self.mistakes.add(span, message);
        (Expr::invalid(span), suffix)
    }
}

/// Splits `2.5e-3f32` into `2.5e-3` and `f32`.
fn split_suffix(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        while at < bytes.len() && (bytes[at].is_ascii_digit() || bytes[at] == b'_') {
            at += 1;
        }
        at
    };
    let mut at = digits(0);
    if at == 0 || bytes[0] == b'_' {
        return ("", text);
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
            at = digits(at + 1 + sign);
        }
    }
    text.split_at(at)
}

fn is_rust_type(suffix: &str) -> bool {
    let mut letters = suffix.chars();
    matches!(letters.next(), Some('f' | 'i' | 'u'))
        && (letters.as_str() == "size"
            || (!letters.as_str().is_empty() && letters.all(|c| c.is_ascii_digit())))
}
