//! Declarations: what stands around a formula.

use super::attribute::{Attributes, list_name};
use super::expression::Parser;
use crate::declaration::{Declaration, Expr, Parameter};
use crate::error::Mistakes;
use crate::tokens::{Tokens, beyond_limits, is_word_of_rust, last_span, name_of, stand_in};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Visibility};

const A_DECLARATION: &str = "expected a declaration such as `pub Sigmoid(x) = 1 / (1 + exp(-x));`";

const A_RANGE: &str = "a range is written `0.1..10`; either end may be left out";

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
    let mut names: Vec<Ident> = Vec::new();
    for chunk in split_into_declarations(stream, mistakes) {
        let before = mistakes.count();
        let beyond = beyond_limits(&chunk);
        let Some(head) = Head::parse(chunk, mistakes) else { continue };
        if let Some(list) = head.list {
            invocation.list = Some(list);
        }
        if head.tokens.is_empty() && head.attributes.others.is_empty() && head.visibility.is_empty() {
            continue;
        }
        let mut tokens = Tokens::new(head.tokens, head.end);
        let read = match beyond {
            Some((span, message)) => {
                mistakes.add(span, message);
                nameless_formula(&mut tokens)
            }
            None => declaration(&mut tokens, mistakes),
        };
        let Some(mut declaration) = read else { continue };
        if names.contains(&declaration.name) {
            let name = &declaration.name;
            mistakes.add(name.span(), format!("`{name}` is declared twice; choose another name"));
            continue;
        }
        names.push(declaration.name.clone());
        let Attributes { docs, aliases, stable, unchecked, others } = head.attributes;
        declaration = Declaration { docs, aliases, stable, unchecked, attributes: others, ..declaration };
        declaration.visibility = head.visibility;
        invocation.items.push(Item { declaration, sound: mistakes.count() == before });
    }
    invocation
}

/// What stands between semicolons; a forgotten one is reported where the next declaration shows that it is missing.
fn split_into_declarations(stream: TokenStream, mistakes: &mut Mistakes) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut chunks = Vec::new();
    let mut chunk: Vec<TokenTree> = Vec::new();
    // After a `let` outside braces, which is reported where it stands, semicolons belong to it.
    let mut inside_let = false;
    for (at, tree) in trees.iter().enumerate() {
        let rest = trees.get(at..).unwrap_or_default();
        let ends = is_punct(tree, ';')
            && (!inside_let || begins_declaration(trees.get(at + 1..).unwrap_or_default()));
        let has_body = chunk.iter().any(|tree| is_punct(tree, '='));
        let after_operator = matches!(chunk.last(), Some(TokenTree::Punct(_)));
        if ends {
            chunks.push(std::mem::take(&mut chunk).into_iter().collect());
            inside_let = false;
            continue;
        }
        if has_body && !after_operator && begins_declaration(rest) {
            if let Some(last) = chunk.last() {
                mistakes.add(last_span(last), "expected `;` after this declaration");
            }
            chunks.push(std::mem::take(&mut chunk).into_iter().collect());
            inside_let = false;
        }
        inside_let |= matches!(tree, TokenTree::Ident(word) if word == "let");
        chunk.push(tree.clone());
    }
    chunks.push(chunk.into_iter().collect());
    chunks
}

fn is_punct(tree: &TokenTree, symbol: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == symbol)
}

/// `pub`, `#[…]`, `Name(…) =`, or nothing more.
fn begins_declaration(trees: &[TokenTree]) -> bool {
    match trees {
        [] => true,
        [TokenTree::Ident(word), ..] if word == "pub" => true,
        [TokenTree::Punct(hash), TokenTree::Group(group), ..] => {
            hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket
        }
        [TokenTree::Ident(_), TokenTree::Group(group), equals, rest @ ..] => {
            group.delimiter() == Delimiter::Parenthesis
                && is_punct(equals, '=')
                && !rest.first().is_some_and(|tree| is_punct(tree, '='))
        }
        _ => false,
    }
}

/// Attributes and visibility, which are Rust's own and read by syn.
struct Head {
    list: Option<(TokenStream, Ident)>,
    attributes: Attributes,
    visibility: TokenStream,
    tokens: TokenStream,
    end: Span,
}

impl Head {
    fn parse(stream: TokenStream, mistakes: &mut Mistakes) -> Option<Self> {
        let last = stream.clone().into_iter().last();
        let end = last.as_ref().map_or_else(Span::call_site, last_span);
        if last.is_some_and(|tree| is_punct(&tree, '#')) {
            mistakes.add(end, "expected an attribute such as `#[alias(other_name)]`");
            return None;
        }
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
        let attributes = Attributes::sorted(outer, mistakes);
        let list = inner.into_iter().filter_map(|attribute| list_name(&attribute, mistakes)).last();
        Some(Head { list, attributes, visibility: visibility.into_token_stream(), tokens, end })
    }
}

/// `Name(variable; parameters) = body`, attributes and visibility taken off.
fn declaration(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Option<Declaration> {
    let here = tokens.here();
    let Some(name) = tokens.take_ident() else {
        let found = tokens.peek().map_or_else(|| "nothing".to_string(), name_of);
        mistakes.add(here, format!("{A_DECLARATION}, found {found}"));
        return None;
    };
    if let Some(item) = tokens.take_ident() {
        mistakes.add(here, format!("a declaration is an equation: `{item}(x) = 1 / (1 + exp(-x));`"));
        return nameable(&item).then(|| unreadable(item, here));
    }
    if !nameable(&name) {
        mistakes.add(here, format!("`{name}` is reserved by Rust; choose another name"));
        return None;
    }
    let span = tokens.here();
    let Some(signature) = tokens.take_group(Delimiter::Parenthesis) else {
        if !tokens.at('=') && !tokens.is_empty() {
            mistakes.add(here, format!("{A_DECLARATION}, found `{name}`"));
            return None;
        }
        mistakes.add(span, format!("expected the variable in parentheses: `{name}(x) = …`"));
        return Some(unreadable(name, span));
    };
    let (variable, parameters) = self::signature(&signature, mistakes);
    let span = tokens.here();
    let body = if tokens.take('=').is_some() && !tokens.at('=') {
        Parser::new(mistakes).whole(tokens)
    } else {
        mistakes.add(span, format!("expected `=` and the formula: `{name}(x) = …`"));
        Expr::invalid(span)
    };
    let unreadable = unreadable(name, signature.span_open());
    Some(match variable {
        Some(variable) => Declaration { variable, parameters, body, ..unreadable },
        // Without a variable every name in the body would be unknown, which has been said once already.
        None => Declaration { parameters, ..unreadable },
    })
}

/// A declaration of which only the name is of use, for the type that it leaves behind.
fn unreadable(name: Ident, span: Span) -> Declaration {
    Declaration {
        docs: String::new(),
        aliases: Vec::new(),
        stable: Vec::new(),
        unchecked: false,
        attributes: TokenStream::new(),
        visibility: TokenStream::new(),
        name,
        variable: Ident::new("x", span),
        parameters: Vec::new(),
        body: Expr::invalid(span),
    }
}

/// The name of a declaration that is beyond the limits, with its parameters left unread.
fn nameless_formula(tokens: &mut Tokens) -> Option<Declaration> {
    let span = tokens.here();
    let name = tokens.take_ident()?;
    nameable(&name).then(|| unreadable(name, span))
}

/// Whether Rust lets something be called so.
fn nameable(name: &Ident) -> bool {
    !is_word_of_rust(&name.to_string())
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
    let here = tokens.here();
    if tokens.at(':') {
        mistakes.add(here, format!("the variable has no type; write `({variable})`"));
        while !tokens.is_empty() && !tokens.at(';') {
            tokens.next();
        }
    }
    let after_comma = tokens.take(',').is_some();
    if after_comma {
        let first = match tokens.peek() {
            Some(TokenTree::Ident(name)) if name != "learn" => name.to_string(),
            _ => "slope".to_string(),
        };
        mistakes.add(here, format!("parameters follow a `;`: `({variable}; {first} = 1)`"));
    } else if tokens.take(';').is_none() {
        if !tokens.is_empty() {
            mistakes.add(here, format!("expected `;` and parameters, or nothing: `({variable}; slope = 1)`"));
        }
        return (Some(variable), parameters);
    }
    for chunk in split_at_commas(&mut tokens, mistakes) {
        parameters.extend(parameter(chunk, after_comma, mistakes));
    }
    (Some(variable), parameters)
}

/// The tokens of each parameter, and where something missing at its end is reported.
fn split_at_commas(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Vec<(TokenStream, Span)> {
    let mut chunks = Vec::new();
    let mut current = TokenStream::new();
    // Whether a default has begun, so that a further `name =` shows that a `,` is missing.
    let mut default = false;
    while let Some(tree) = tokens.next() {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' || punct.as_char() == ';' => {
                if punct.as_char() == ';' {
                    mistakes.add(punct.span(), "separate parameters with `,`");
                }
                chunks.push((std::mem::take(&mut current), punct.span()));
                default = false;
            }
            TokenTree::Ident(word) if default && (word == "learn" || tokens.at('=')) => {
                mistakes.add(word.span(), format!("separate parameters with `,`: `, {word}`"));
                chunks.push((std::mem::replace(&mut current, tree.clone().into()), word.span()));
                default = false;
            }
            _ => {
                default |= is_punct(&tree, '=');
                current.extend([tree]);
            }
        }
    }
    if !current.is_empty() {
        chunks.push((current, tokens.here()));
    }
    chunks
}

/// `learn? name = default (in low..high)?`; `after_comma` if the parameters stand where a `;` was forgotten, which may
/// explain a missing default.
fn parameter(
    (stream, end): (TokenStream, Span),
    after_comma: bool,
    mistakes: &mut Mistakes,
) -> Option<Parameter> {
    if stream.is_empty() {
        mistakes.add(end, "expected a parameter before this");
        return None;
    }
    let head = Head::parse(stream, mistakes)?;
    let Attributes { docs, aliases, stable, unchecked, others } = head.attributes;
    let plain = aliases.is_empty() && stable.is_empty() && !unchecked;
    if !plain || !others.is_empty() || !head.visibility.is_empty() {
        let odd = others.into_iter().chain(head.visibility).next();
        let span = odd.map_or(head.end, |tree| tree.span());
        mistakes.add(span, "a parameter takes a doc comment and nothing else before its name");
    }
    let mut tokens = Tokens::new(head.tokens, head.end);
    let here = tokens.here();
    let Some(first) = tokens.take_ident() else {
        mistakes.add(here, "expected a parameter such as `slope = 0.01`");
        return None;
    };
    let (learned, mut name) = match tokens.take_ident() {
        Some(name) if first == "learn" => (true, name),
        Some(name) => {
            mistakes.add(here, format!("expected `learn`, found `{first}`; write `learn {name} = …`"));
            (true, name)
        }
        None if first == "learn" && !tokens.at('=') => {
            mistakes.add(here, "expected a name after `learn`: `learn slope = 0.25`");
            return None;
        }
        None => (false, first),
    };
    if is_word_of_rust(&name.to_string()) {
        mistakes.add(name.span(), format!("`{name}` is reserved by Rust; choose another name"));
        name = Ident::new(&stand_in(&name.to_string()), name.span());
    }
    let mut parameter = Parameter { docs, name, learned, default: None, low: None, high: None };
    let name = &parameter.name;
    if tokens.at(':') {
        mistakes.add(tokens.here(), format!("parameters have no type; write `{name} = 0.1`"));
        while !tokens.is_empty() && !tokens.at('=') {
            tokens.next();
        }
        if tokens.is_empty() {
            return Some(parameter);
        }
    }
    if tokens.take('=').is_none() {
        if !after_comma || !tokens.is_empty() {
            mistakes.add(name.span(), format!("parameter `{name}` needs a default value: `{name} = 0.1`"));
        }
        return Some(parameter);
    }
    if tokens.is_empty() {
        mistakes.add(tokens.last(), format!("expected a default value after this: `{name} = 0.1`"));
        return Some(parameter);
    }
    let mut parser = Parser::new(mistakes);
    parameter.default = Some(parser.part(&mut tokens));
    if tokens.take_word("in").is_some() {
        let here = tokens.here();
        if in_brackets(&tokens) {
            mistakes.add(here, A_RANGE);
            return Some(parameter);
        }
        let low = (!tokens.at('.') && !tokens.is_empty()).then(|| parser.part(&mut tokens));
        if !tokens.at_pair('.', '.') {
            if !tokens.is_lost() {
                mistakes.add(here, A_RANGE);
            }
            return Some(parameter);
        }
        parameter.low = low;
        tokens.next();
        tokens.next();
        // Both ends belong to the range, so `..=` says nothing else.
        tokens.take('=');
        if !tokens.is_empty() {
            parameter.high = Some(parser.part(&mut tokens));
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

/// `(0.1, 10)` or `[0.1, 10]`, as ranges are written in papers.
fn in_brackets(tokens: &Tokens) -> bool {
    match tokens.peek() {
        Some(TokenTree::Group(group)) => group.stream().into_iter().any(|tree| is_punct(&tree, ',')),
        _ => false,
    }
}
