//! Attributes: `#[alias(…)]`, `#[stable(…)]`, `#[unchecked]`, doc comments; all others are handed on to Rust.

use super::expression::Parser;
use crate::declaration::Expr;
use crate::error::Mistakes;
use crate::tokens::Tokens;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr as RustExpr, Lit, Meta, Visibility};

/// What the attributes before a declaration say.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) docs: String,
    pub(super) aliases: Vec<String>,
    /// `#[stable(forward = …, derivative = …)]`: which function, and its form.
    pub(super) stable: Vec<(Ident, Expr)>,
    /// `#[unchecked]`
    pub(super) unchecked: bool,
    pub(super) others: TokenStream,
}

impl Attributes {
    pub(super) fn sorted(attributes: Vec<Attribute>, mistakes: &mut Mistakes) -> Self {
        let mut sorted = Attributes::default();
        let mut docs = Vec::new();
        for attribute in attributes {
            let meta = &attribute.meta;
            let name = meta.path().segments.first().map(|segment| segment.ident.clone());
            let span = name.as_ref().map_or_else(Span::call_site, Ident::span);
            match meta {
                Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                    RustExpr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => {
                        if let Lit::Str(text) = &literal.lit {
                            let line = text.value();
                            docs.push(line.strip_prefix(' ').unwrap_or(&line).to_string());
                        }
                    }
                    // `#[doc = include_str!(…)]` and the like belong to rustdoc.
                    _ => attribute.to_tokens(&mut sorted.others),
                },
                Meta::List(list) if list.path.is_ident("alias") => {
                    let start = list.delimiter.span().open();
                    read_aliases(list.tokens.clone(), start, &mut sorted.aliases, mistakes);
                }
                Meta::List(list) if list.path.is_ident("stable") => {
                    let start = list.delimiter.span().open();
                    read_forms(list.tokens.clone(), start, &mut sorted.stable, mistakes);
                }
                Meta::Path(path) if path.is_ident("unchecked") => sorted.unchecked = true,
                meta if meta.path().is_ident("alias") => {
                    mistakes.add(span, "write the other names in parentheses: `#[alias(other_name)]`");
                }
                meta if meta.path().is_ident("stable") => mistakes.add(span, A_FORM),
                meta if meta.path().is_ident("unchecked") => {
                    mistakes.add(
                        span,
                        "`#[unchecked]` stands alone, and holds for all functions of the activation",
                    );
                }
                _ => attribute.to_tokens(&mut sorted.others),
            }
        }
        sorted.docs = docs.join("\n");
        sorted
    }
}

const A_FORM: &str = "write which function is computed how: `#[stable(forward = …, derivative = …)]`";

/// `forward = …, derivative = …`
fn read_forms(stream: TokenStream, start: Span, forms: &mut Vec<(Ident, Expr)>, mistakes: &mut Mistakes) {
    let mut tokens = Tokens::new(stream, start);
    if tokens.is_empty() {
        return mistakes.add(start, A_FORM);
    }
    while !tokens.is_empty() {
        let here = tokens.here();
        let Some(name) = tokens.take_ident() else { return mistakes.add(here, A_FORM) };
        if tokens.take('=').is_none() || tokens.is_empty() {
            return mistakes.add(tokens.here(), A_FORM);
        }
        if forms.iter().any(|(known, _)| *known == name) {
            mistakes.add(name.span(), format!("there is a form of `{name}` already"));
        }
        let mut form = TokenStream::new();
        while !tokens.is_empty() && !tokens.at(',') {
            form.extend(tokens.next());
        }
        let end = tokens.here();
        tokens.take(',');
        forms.push((name, Parser::new(mistakes).whole(&mut Tokens::new(form, end))));
    }
}

/// `#![list(pub NAME)]`
pub(super) fn list_name(attribute: &Attribute, mistakes: &mut Mistakes) -> Option<(TokenStream, Ident)> {
    let read = |input: ParseStream<'_>| Ok((input.parse::<Visibility>()?, input.parse::<Ident>()?));
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("list") => match read.parse2(list.tokens.clone()) {
            Ok((visibility, name)) => return Some((visibility.into_token_stream(), name)),
            Err(_) => mistakes.add(list.delimiter.span().open(), "write `#![list(pub NAME)]`"),
        },
        other => mistakes.add(
            other.path().segments.first().map_or_else(Span::call_site, |segment| segment.ident.span()),
            "the only inner attribute is `#![list(pub NAME)]`",
        ),
    }
    None
}

fn read_aliases(stream: TokenStream, start: Span, aliases: &mut Vec<String>, mistakes: &mut Mistakes) {
    let mut tokens = Tokens::new(stream, start);
    while !tokens.is_empty() {
        let here = tokens.here();
        let alias = match tokens.next() {
            Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
            Some(TokenTree::Literal(literal)) => match Lit::new(literal) {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        };
        match alias {
            Some(alias) if !alias.trim().is_empty() => aliases.push(alias),
            _ => return mistakes.add(here, "an alias is a name: `#[alias(other_name, \"third-name\")]`"),
        }
        if !tokens.is_empty() && tokens.take(',').is_none() {
            return mistakes.add(tokens.here(), "separate aliases with `,`");
        }
    }
}
