//! Programs to Rust: what `define_activation!` leaves in the user's crate.

mod body;
mod fallback;
mod item;
mod page;

use crate::compile::{Compiled, compile};
use crate::differentiate::TABLE;
use crate::error::Mistakes;
use crate::parse::{Invocation, invocation};
use crate::resolve::resolve;
use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// The expansion of `define_activation! { … }`.
///
/// The tokens begin with `[$crate]`, put there by the `macro_rules!` wrapper of the crate that exports the macro: the
/// root of every path in the expansion, whatever the user's crate calls that crate.
pub fn define(tokens: TokenStream) -> TokenStream {
    let (root, tokens) = split_root(tokens);
    let mut mistakes = Mistakes::default();
    let Invocation { list, items } = invocation(tokens, &mut mistakes);
    let mut expansion = TokenStream::new();
    let mut names = Vec::new();
    for item in items {
        names.push(item.declaration.name.clone());
        let declaration = item.declaration.clone();
        // Names are looked at even where the syntax was wrong: all mistakes at once.
        let compiled: Option<Compiled> = resolve(item.declaration, &mut mistakes)
            .filter(|_| item.sound)
            .and_then(|formula| compile(formula, TABLE, &mut mistakes));
        // A refused certificate is a mistake here; the type is generated all the same, and nothing else fails.
        if let Some(refusal) = compiled.as_ref().and_then(|compiled| compiled.refusal.as_ref()) {
            mistakes.push(declaration.body.mistake(refusal.message.as_str()));
        }
        expansion.extend(match compiled {
            Some(compiled) => item::activation(&root, &declaration, &compiled),
            None => fallback::activation(&root, &declaration),
        });
    }
    if let Some((visibility, name)) = list {
        expansion.extend(quote!(#root::activation_list! { #visibility #name: #(#names),* }));
    }
    for mistake in mistakes.into_vec() {
        let error = mistake.to_compile_error();
        expansion.extend(error);
    }
    expansion
}

fn split_root(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut trees = tokens.clone().into_iter();
    match trees.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            (group.stream(), trees.collect())
        }
        _ => (quote!(::activation_core), tokens),
    }
}

/// What a name of the author's is called as a local variable.
///
/// A pattern `let SCALE = …` would be compared with a constant of that name in scope, and `None` with the variant, so
/// capital letters go.
fn local(name: &Ident) -> Ident {
    let text = name.to_string();
    if text.starts_with(char::is_uppercase) {
        format_ident!("local_{}", text.to_lowercase(), span = name.span())
    } else {
        name.clone()
    }
}

/// A double as Rust writes it. Derivatives may have coefficients beyond the range: f'' of sin(1e300·x) has.
fn number(value: f64) -> TokenStream {
    let sign = value.is_sign_negative().then(|| quote!(-));
    if value.is_nan() {
        return quote!(f64::NAN);
    }
    if value.is_infinite() {
        return quote!(#sign f64::INFINITY);
    }
    let size = value.abs();
    // With an exponent where it is shorter: `4.8e-17`.
    let literal = format!("{size:?}").parse().unwrap_or_else(|_| Literal::f64_unsuffixed(size));
    quote!(#sign #literal)
}
