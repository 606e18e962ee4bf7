//! Declarations: what stands around a formula.

use super::expression::Parser;
use crate::declaration::{Declaration, Expr, Parameter};
use crate::error::{Mistake, Mistakes};
use crate::tokens::{Tokens, beyond_limits, name_of};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr as RustExpr, Lit, Meta, Visibility};

/// Everything that one `define_activation! { … }` says.
#[derive(Debug, Default)]
pub(crate) struct Invocation {
    /// `#![list(pub NAME)]`: a list of all activations of the invocation, under that name.
    pub(crate) list: Option<(TokenStream, Ident)>,
    pub(crate) items: Vec<Item>,
}

/// One declaration as far as it could be read.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) declaration: Declaration,
    /// False if a mistake in it has been reported.
    pub(crate) sound: bool,
}

/// Reads all declarations. What could not be read is in `mistakes`; what could be named is returned all the same.
pub(crate) fn invocation(stream: TokenStream, mistakes: &mut Mistakes) -> Invocation {
    let mut invocation = Invocation::default();
    if let Some((span, message)) = beyond_limits(&stream) {
        mistakes.add(span, message);
        return invocation;
    }
    for chunk in split_at_semicolons(stream) {
        let mut rest = Some(chunk);
        while let Some(stream) = rest.take() {
            let head = match Head::parse(stream, mistakes) {
                Some(head) => head,
                None => break,
            };
            if let Some(list) = head.list {
                invocation.list = Some(list);
            }
            if head.tokens.is_empty() && head.attributes.is_empty() && head.visibility.is_empty() {
                break;
            }
            let before = mistakes.count();
            let mut tokens = Tokens::new(head.tokens, head.end);
            if let Some(mut declaration) = declaration(&mut tokens, mistakes) {
                declaration.docs = head.docs;
                declaration.aliases = head.aliases;
                declaration.attributes = head.attributes;
                declaration.visibility = head.visibility;
                invocation.items.push(Item { declaration, sound: mistakes.count() == before });
            }
            rest = next_declaration(&mut tokens, mistakes);
        }
    }
    invocation
}

/// What is left after a formula that was not ended with `;`, if it is another declaration.
fn next_declaration(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Option<TokenStream> {
    if tokens.is_empty() {
        return None;
    }
    mistakes.add(tokens.last(), "expected `;` after this declaration");
    let mut rest = TokenStream::new();
    while let Some(tree) = tokens.next() {
        rest.extend([tree]);
    }
    Some(rest)
}

fn split_at_semicolons(stream: TokenStream) -> Vec<TokenStream> {
    let mut chunks = vec![TokenStream::new()];
    for tree in stream {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ';' => chunks.push(TokenStream::new()),
            _ => {
                if let Some(last) = chunks.last_mut() {
                    last.extend([tree]);
                }
            }
        }
    }
    chunks
}

/// Attributes and visibility, which are Rust's own and read by syn.
struct Head {
    list: Option<(TokenStream, Ident)>,
    docs: String,
    aliases: Vec<String>,
    attributes: TokenStream,
    visibility: TokenStream,
    tokens: TokenStream,
    end: Span,
}

impl Head {
    fn parse(stream: TokenStream, mistakes: &mut Mistakes) -> Option<Self> {
        let end = stream.clone().into_iter().last().map_or_else(Span::call_site, |tree| tree.span());
        let read = |input: ParseStream<'_>| {
            let inner = input.call(Attribute::parse_inner)?;
            let outer = input.call(Attribute::parse_outer)?;
            let visibility: Visibility = input.parse()?;
            let tokens: TokenStream = input.parse()?;
            Ok((inner, outer, visibility, tokens))
        };
        let (inner, outer, visibility, tokens) = match read.parse2(stream) {
            Ok(read) => read,
            Err(error) => {
                for error in error {
                    mistakes.add(error.span(), error.to_string());
                }
                return None;
            }
        };
        let (docs, aliases, attributes) = sort_attributes(outer, mistakes);
        let list = inner.into_iter().filter_map(|attribute| list_name(&attribute, mistakes)).last();
        Some(Head {
            list,
            docs,
            aliases,
            attributes,
            visibility: visibility.into_token_stream(),
            tokens,
            end,
        })
    }
}

/// `#![list(pub NAME)]`
fn list_name(attribute: &Attribute, mistakes: &mut Mistakes) -> Option<(TokenStream, Ident)> {
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

/// Doc comments, aliases, and what is handed on.
fn sort_attributes(
    attributes: Vec<Attribute>,
    mistakes: &mut Mistakes,
) -> (String, Vec<String>, TokenStream) {
    let (mut docs, mut aliases, mut others) = (Vec::new(), Vec::new(), TokenStream::new());
    for attribute in attributes {
        match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                RustExpr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => {
                    if let Lit::Str(text) = &literal.lit {
                        let line = text.value();
                        docs.push(line.strip_prefix(' ').unwrap_or(&line).to_string());
                    }
                }
                // `#[doc = include_str!(…)]` and the like belong to rustdoc.
                _ => attribute.to_tokens(&mut others),
            },
            Meta::List(list) if list.path.is_ident("alias") => {
                read_aliases(list.tokens.clone(), list.delimiter.span().open(), &mut aliases, mistakes);
            }
            meta if meta.path().is_ident("alias") => {
                let span =
                    meta.path().segments.first().map_or_else(Span::call_site, |segment| segment.ident.span());
                mistakes.add(span, "write the other names in parentheses: `#[alias(other_name)]`");
            }
            _ => attribute.to_tokens(&mut others),
        }
    }
    (docs.join("\n"), aliases, others)
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

/// `Name(variable; parameters) = body`, attributes and visibility taken off.
fn declaration(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Option<Declaration> {
    let here = tokens.here();
    let Some(name) = tokens.take_ident() else {
        let found = tokens.peek().map_or_else(|| "nothing".to_string(), name_of);
        mistakes.add(
            here,
            format!("expected a declaration such as `pub Sigmoid(x) = 1 / (1 + exp(-x));`, found {found}"),
        );
        tokens.skip_all();
        return None;
    };
    if matches!(tokens.peek(), Some(TokenTree::Ident(_))) {
        mistakes.add(name.span(), "a declaration is an equation: `pub Sigmoid(x) = 1 / (1 + exp(-x));`");
        tokens.skip_all();
        return None;
    }
    let Some(signature) = tokens.take_group(Delimiter::Parenthesis) else {
        mistakes.add(tokens.here(), format!("expected the variable in parentheses: `{name}(x) = …`"));
        tokens.skip_all();
        return None;
    };
    let (variable, parameters) = self::signature(&signature, mistakes);
    let readable = variable.is_some();
    let body = if tokens.take('=').is_some() && !tokens.at('=') {
        body(tokens, mistakes)
    } else {
        let span = tokens.here();
        mistakes.add(span, format!("expected `=` and the formula: `{name}(x) = …`"));
        tokens.skip_all();
        Expr::invalid(span)
    };
    // Without a variable every name in the body would be unknown, which has been said once already.
    let body = if readable { body } else { Expr::invalid(signature.span_open()) };
    Some(Declaration {
        docs: String::new(),
        aliases: Vec::new(),
        attributes: TokenStream::new(),
        visibility: TokenStream::new(),
        variable: variable.unwrap_or_else(|| Ident::new("x", signature.span_open())),
        name,
        parameters,
        body,
    })
}

/// The formula; stops before `pub` or `#`, where a forgotten `;` has let the next declaration in.
fn body(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Expr {
    let mut parser = Parser::new(mistakes);
    parser.until_declaration(tokens)
}

/// `(variable; parameter, …)`
fn signature(group: &Group, mistakes: &mut Mistakes) -> (Option<Ident>, Vec<Parameter>) {
    let mut tokens = Tokens::inside(group);
    let mut parameters = Vec::new();
    let Some(variable) = tokens.take_ident() else {
        mistakes.add(tokens.here(), "expected the variable's name: `(x)`");
        return (None, parameters);
    };
    if tokens.is_empty() {
        return (Some(variable), parameters);
    }
    if tokens.at(',') {
        mistakes.add(tokens.here(), format!("parameters follow a `;`: `({variable}; slope = 1)`"));
        tokens.next();
    } else if tokens.take(';').is_none() {
        mistakes.add(
            tokens.here(),
            format!("expected `;` and parameters, or nothing: `({variable}; slope = 1)`"),
        );
        return (Some(variable), parameters);
    }
    for chunk in split_at_commas(&mut tokens, mistakes) {
        parameters.extend(parameter(chunk, mistakes));
    }
    (Some(variable), parameters)
}

fn split_at_commas(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Vec<(TokenStream, Span)> {
    let mut chunks = Vec::new();
    let mut current = TokenStream::new();
    while let Some(tree) = tokens.next() {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' || punct.as_char() == ';' => {
                if punct.as_char() == ';' {
                    mistakes.add(punct.span(), "separate parameters with `,`");
                }
                chunks.push((std::mem::take(&mut current), punct.span()));
            }
            _ => current.extend([tree]),
        }
    }
    if !current.is_empty() {
        chunks.push((current, tokens.here()));
    }
    chunks
}

/// `learn? name = default (in low..high)?`
fn parameter((stream, end): (TokenStream, Span), mistakes: &mut Mistakes) -> Option<Parameter> {
    if stream.is_empty() {
        mistakes.add(end, "expected a parameter before this");
        return None;
    }
    let head = Head::parse(stream, mistakes)?;
    if !head.attributes.is_empty() || !head.aliases.is_empty() || !head.visibility.is_empty() {
        mistakes.add(end, "a parameter takes a doc comment and nothing else before its name");
    }
    let mut tokens = Tokens::new(head.tokens, head.end);
    let Some(first) = tokens.take_ident() else {
        mistakes.add(tokens.here(), "expected a parameter such as `slope = 0.01`");
        return None;
    };
    let (learned, name) = match tokens.take_ident() {
        Some(name) if first == "learn" => (true, name),
        Some(name) => {
            mistakes
                .add(first.span(), format!("expected `learn`, found `{first}`; write `learn {name} = …`"));
            (true, name)
        }
        None => (false, first),
    };
    let mut parameter = Parameter { docs: head.docs, name, learned, default: None, low: None, high: None };
    if tokens.take('=').is_none() {
        let name = &parameter.name;
        mistakes.add(name.span(), format!("parameter `{name}` needs a default value: `{name} = 0.1`"));
        return Some(parameter);
    }
    let mut parser = Parser::new(mistakes);
    parameter.default = parser.bound(&mut tokens);
    if parameter.default.is_some() && tokens.take_word("in").is_some() {
        if !tokens.at('.') {
            parameter.low = parser.bound(&mut tokens);
        }
        if !(tokens.at_pair('.', '.')) {
            let span = tokens.here();
            parser.report(Mistake::new(span, "a range is written `0.1..10`; either end may be left out"));
            return Some(parameter);
        }
        tokens.next();
        tokens.next();
        // Both ends belong to the range, so `..=` says nothing else.
        tokens.take('=');
        if !tokens.is_empty() {
            parameter.high = parser.bound(&mut tokens);
        }
    }
    if !tokens.is_empty() {
        let found = tokens.peek().map(name_of).unwrap_or_default();
        mistakes.add(
            tokens.here(),
            format!("expected `,` or `)`, found {found}; a range is written `in 0.1..10`"),
        );
    }
    Some(parameter)
}
