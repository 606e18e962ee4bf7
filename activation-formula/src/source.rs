//! Text to tokens, for the command line: Rust's own lexer behind a check that keeps hostile text away from it.

use crate::declaration::{Declaration, Expr, Parameter};
use crate::error::{Mistake, Mistakes};
use crate::parse;
use crate::resolve::{MOST_PARAMETERS, resolve, variables_of};
use crate::tokens::{MOST_NESTING, Tokens, beyond_limits, too_deep};
use proc_macro2::{Ident, LexError, Spacing, Span, TokenStream, TokenTree};
use std::ops::Range;

/// Longer texts are no formulas.
const MOST_BYTES: usize = 1 << 16;

/// A mistake in a text: what is wrong, how to cure it, and the bytes concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Lower case, no full stop, cure included.
    pub message: String,
    /// Where in the text.
    pub range: Range<usize>,
}

impl From<&Mistake> for Diagnostic {
    fn from(mistake: &Mistake) -> Self {
        Diagnostic { message: mistake.message.clone(), range: mistake.range() }
    }
}

/// Reads a whole declaration, or a bare formula whose only free name is its variable.
pub(crate) fn declaration(text: &str) -> Result<Declaration, Vec<Diagnostic>> {
    let stream = tokens(text)?;
    let mut mistakes = Mistakes::default();
    let declaration = if is_declaration(&stream) {
        whole_declaration(stream, &mut mistakes)
    } else {
        Some(bare_formula(stream, &mut mistakes))
    };
    // Names are looked at even where the syntax was wrong: all mistakes at once.
    if mistakes.count() > 0
        && let Some(declaration) = &declaration
    {
        resolve(declaration.clone(), &mut mistakes);
    }
    let declaration = mistakes
        .check(declaration)
        .map_err(|found| found.iter().map(Diagnostic::from).collect::<Vec<_>>())?;
    declaration.ok_or_else(|| {
        vec![Diagnostic { message: "expected a formula such as `x * tanh(x)`".into(), range: 0..text.len() }]
    })
}

/// Reads a formula for its syntax only: names may be anything.
pub(crate) fn formula(text: &str) -> Result<Expr, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::default();
    let body = parse::expression(&mut Tokens::new(tokens(text)?, Span::call_site()), &mut mistakes);
    let found = mistakes.into_vec();
    if found.is_empty() { Ok(body) } else { Err(found.iter().map(Diagnostic::from).collect()) }
}

/// Reads one expression of the tables of this crate.
pub(crate) fn expression(text: &str, mistakes: &mut Mistakes) -> Option<Expr> {
    let stream: TokenStream = text.parse().ok()?;
    Some(parse::expression(&mut Tokens::new(stream, Span::call_site()), mistakes))
}

fn whole_declaration(stream: TokenStream, mistakes: &mut Mistakes) -> Option<Declaration> {
    let mut invocation = parse::invocation(stream, mistakes);
    if let Some(second) = invocation.items.get(1) {
        mistakes.add(second.declaration.name.span(), "one declaration at a time here");
    }
    (!invocation.items.is_empty()).then(|| invocation.items.remove(0).declaration)
}

fn bare_formula(stream: TokenStream, mistakes: &mut Mistakes) -> Declaration {
    let body = parse::expression(&mut Tokens::new(stream, Span::call_site()), mistakes);
    let mut names = variables_of(&body, mistakes).into_iter();
    let variable = names.next().unwrap_or_else(|| Ident::new("x", Span::call_site()));
    // More names than one have been reported; as parameters they are not reported once more.
    let parameter = |name: Ident| {
        let default = Some(Expr::invalid(name.span()));
        Parameter { docs: String::new(), name, learned: false, default, low: None, high: None }
    };
    Declaration {
        docs: String::new(),
        aliases: Vec::new(),
        stable: Vec::new(),
        unchecked: false,
        attributes: TokenStream::new(),
        visibility: TokenStream::new(),
        name: Ident::new("Formula", Span::call_site()),
        variable,
        parameters: names.take(MOST_PARAMETERS).map(parameter).collect(),
        body,
    }
}

/// `Name(…) =`, or anything that begins with an attribute, a visibility, or Rust's way to begin an item.
fn is_declaration(stream: &TokenStream) -> bool {
    let mut trees = stream.clone().into_iter();
    match trees.next() {
        Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
        Some(TokenTree::Ident(first)) if first == "pub" || first == "fn" => true,
        Some(TokenTree::Ident(_)) => {
            matches!(trees.next(), Some(TokenTree::Group(_)))
                && matches!(trees.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=' && punct.spacing() == Spacing::Alone)
        }
        _ => false,
    }
}

fn tokens(text: &str) -> Result<TokenStream, Vec<Diagnostic>> {
    let one = |message: String, range: Range<usize>| Err(vec![Diagnostic { message, range }]);
    if text.trim().is_empty() {
        return one("the formula is empty; write one such as `x * tanh(x)`".into(), 0..0);
    }
    if text.len() > MOST_BYTES {
        let end = text.chars().next().map_or(0, char::len_utf8);
        return one(
            format!("a formula may be {MOST_BYTES} bytes long at most, this one has {}", text.len()),
            0..end,
        );
    }
    let odd = odd_characters(text);
    if !odd.is_empty() {
        return Err(odd);
    }
    check_brackets(text).map_err(|diagnostic| vec![diagnostic])?;
    let stream: TokenStream = match text.parse() {
        Ok(stream) => stream,
        Err(error) => {
            let error: LexError = error;
            let start = floor_boundary(text, error.span().byte_range().start);
            let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
            return one(
                "this cannot be read; formulas are made of numbers, names, `+ - * / ^`, `( )` and `if`"
                    .into(),
                start..end,
            );
        }
    };
    match beyond_limits(&stream) {
        Some((span, message)) => one(message, span.byte_range()),
        None => Ok(stream),
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Characters from word processors and papers, with what to write instead.
const TYPOGRAPHY: &[(char, &str)] = &[
    ('−', "`-`"),
    ('–', "`-`"),
    ('—', "`-`"),
    ('×', "`*`"),
    ('·', "`*`"),
    ('⋅', "`*`"),
    ('∙', "`*`"),
    ('÷', "`/`"),
    ('²', "`^2`"),
    ('³', "`^3`"),
    ('½', "`1/2`"),
    ('≠', "`<` or `>`"),
    ('→', "`if c { a } else { b }`"),
    ('√', "`sqrt(x)`"),
    ('∞', "a number; limits at infinity are found without it"),
    ('≤', "`<=`"),
    ('≥', "`>=`"),
    ('π', "`pi`"),
    ('“', "nothing; quotes do not belong into a formula"),
    ('”', "nothing; quotes do not belong into a formula"),
    ('"', "nothing; quotes do not belong into a formula"),
    ('\'', "nothing; quotes do not belong into a formula, and f' is derived for you"),
    ('\\', "plain names: `exp(x)`, `a / b`"),
    ('@', "`*` for a product"),
    ('$', "nothing; a formula is plain text"),
];

/// Characters that no formula has, each where it stands first, and what would begin a comment.
fn odd_characters(text: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut seen: Vec<char> = Vec::new();
    // Doc comments are prose and may hold anything but control characters.
    let mut comment = false;
    let mut previous = '\0';
    for (start, character) in text.char_indices() {
        comment = (comment || (character == '/' && previous == '/')) && character != '\n';
        previous = character;
        let rest = &text[start..];
        if !comment && (rest.starts_with("/*") || (rest.starts_with("//") && !rest.starts_with("///"))) {
            let message = "this would begin a comment and hide the rest; write `/` to divide".into();
            found.push(Diagnostic { message, range: start..start + 2 });
            break;
        }
        let message = if character.is_control() && !matches!(character, '\n' | '\t' | '\r') {
            format!("unexpected control character {character:?}")
        } else if let Some((_, instead)) = TYPOGRAPHY.iter().find(|(odd, _)| *odd == character)
            && !comment
        {
            format!("unexpected `{character}`; write {instead}")
        } else {
            continue;
        };
        if !seen.contains(&character) {
            seen.push(character);
            if character == '“' {
                // The closing quote is no second mistake.
                seen.push('”');
            }
            found.push(Diagnostic { message, range: start..start + character.len_utf8() });
        }
    }
    found
}

/// Brackets must match and must not nest too deeply, which the lexer would say less clearly.
fn check_brackets(text: &str) -> Result<(), Diagnostic> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut comment = false;
    let mut previous = '\0';
    for (at, character) in text.char_indices() {
        comment = (comment || (character == '/' && previous == '/')) && character != '\n';
        previous = character;
        if comment {
            continue;
        }
        match character {
            '(' | '[' | '{' => {
                if open.len() >= MOST_NESTING {
                    return Err(Diagnostic { message: too_deep(), range: at..at + 1 });
                }
                open.push((character, at));
            }
            ')' | ']' | '}' => match open.pop() {
                None => {
                    return Err(Diagnostic {
                        message: format!("there is nothing for this `{character}` to close"),
                        range: at..at + 1,
                    });
                }
                Some((opened, _)) if closing(opened) != character => {
                    let message =
                        format!("expected `{}` to close `{opened}`, found `{character}`", closing(opened));
                    return Err(Diagnostic { message, range: at..at + 1 });
                }
                Some(_) => {}
            },
            _ => {}
        }
    }
    match open.pop() {
        Some((opened, at)) => Err(Diagnostic {
            message: format!("this `{opened}` is not closed; write `{}`", closing(opened)),
            range: at..at + 1,
        }),
        None => Ok(()),
    }
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}
