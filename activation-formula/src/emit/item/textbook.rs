//! The formula as written, as Rust over any number type: what the oracle of the generated tests evaluates.
//!
//! Nothing here has been recognised, simplified or differentiated; numbers go in as the text that the author typed.

use crate::as_written::whole_number;
use crate::declaration::{Comparison, Expr, Kind, Operator};
use crate::emit::local;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// `expression` as a Rust expression; `variable` is in scope and makes the constants.
pub(super) fn expression(expression: &Expr, variable: &Ident) -> TokenStream {
    let variable = &local(variable);
    let written = |part: &Expr| self::expression(part, variable);
    match &expression.kind {
        Kind::Number(text, _) => quote!(#variable.decimal(#text)),
        Kind::Name(name) if name == "pi" || name == "e" => quote!(#variable.#name()),
        Kind::Name(name) => {
            let name = local(name);
            quote!(#name)
        }
        Kind::Call(name, arguments) => {
            let arguments: Vec<TokenStream> = arguments.iter().map(written).collect();
            call(&name.to_string(), &arguments, variable)
        }
        Kind::Negate(inner) => {
            let inner = written(inner);
            quote!((-#inner))
        }
        Kind::Binary(Operator::Power, base, exponent) => {
            let written_base = written(base);
            match whole_number(exponent) {
                Some(whole) => {
                    let whole = Literal::i32_unsuffixed(whole.abs())
                        .to_string()
                        .parse::<TokenStream>()
                        .unwrap_or_default();
                    let sign = (whole_number(exponent) < Some(0)).then(|| quote!(-));
                    quote!((#written_base).powi(#sign #whole))
                }
                None => {
                    let exponent = written(exponent);
                    quote!((#written_base).pow(#exponent))
                }
            }
        }
        Kind::Binary(operator, left, right) => {
            let (left, right) = (written(left), written(right));
            match operator {
                Operator::Add => quote!((#left + #right)),
                Operator::Subtract => quote!((#left - #right)),
                Operator::Multiply => quote!((#left * #right)),
                Operator::Divide | Operator::Power => quote!((#left / #right)),
            }
        }
        Kind::If(condition, then, otherwise) => {
            let (mut left, mut right) = (written(&condition.left), written(&condition.right));
            let (then, otherwise) = (written(then), written(otherwise));
            if matches!(condition.comparison, Comparison::Greater | Comparison::GreaterEqual) {
                (left, right) = (right, left);
            }
            let or_equal = matches!(condition.comparison, Comparison::LessEqual | Comparison::GreaterEqual);
            let name = format_ident!("{}", if or_equal { "if_less_equal" } else { "if_less" });
            quote!(R::#name(#left, #right, #then, #otherwise))
        }
        Kind::Block(lets, value) => {
            let names = lets.iter().map(|(name, _)| local(name));
            let bounds = lets.iter().map(|(_, bound)| written(bound));
            let value = written(value);
            quote!({ #(let #names = #bounds;)* #value })
        }
        Kind::Invalid => quote!(#variable),
    }
}

/// A call by its name in the language, from the definitions that the language documents.
fn call(name: &str, arguments: &[TokenStream], variable: &Ident) -> TokenStream {
    match (name, arguments) {
        ("clamp", [a, low, high]) => quote!((#high).min((#low).max(#a))),
        ("relu", [a]) => quote!(#variable.literal(0.0).max(#a)),
        ("log_sigmoid", [a]) => quote!((-(-#a).softplus())),
        ("logistic", [a]) => quote!((#a).sigmoid()),
        ("log", [a]) => quote!((#a).ln()),
        (name, [a]) => {
            let method = format_ident!("{name}");
            quote!((#a).#method())
        }
        (name, [a, b]) => {
            let method = format_ident!("{name}");
            quote!((#a).#method(#b))
        }
        _ => quote!(#variable),
    }
}
