//! Text to tokens, for the command line: Rust's own lexer behind a check that keeps hostile text away from it.

use crate::declaration::{Declaration, Expr};
use crate::error::{Mistake, Mistakes};
use crate::parse;
use crate::resolve::variable_of;
use crate::tokens::{MOST_NESTING, Tokens, beyond_limits, too_deep};
use proc_macro2::{Ident, LexError, Span, TokenStream, TokenTree};
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
    let stream = tokens(text).map_err(|diagnostic| vec![diagnostic])?;
    let mut mistakes = Mistakes::default();
    let declaration = if is_declaration(&stream) {
        whole_declaration(stream, &mut mistakes)
    } else {
        bare_formula(stream, &mut mistakes)
    };
    let declaration = mistakes
        .check(declaration)
        .map_err(|found| found.iter().map(Diagnostic::from).collect::<Vec<_>>())?;
    declaration.ok_or_else(|| {
        vec![Diagnostic { message: "expected a formula such as `x * tanh(x)`".into(), range: 0..text.len() }]
    })
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

fn bare_formula(stream: TokenStream, mistakes: &mut Mistakes) -> Option<Declaration> {
    let body = parse::expression(&mut Tokens::new(stream, Span::call_site()), mistakes);
    let variable = variable_of(&body, mistakes)?;
    Some(Declaration {
        docs: String::new(),
        aliases: Vec::new(),
        attributes: TokenStream::new(),
        visibility: TokenStream::new(),
        name: Ident::new("Formula", Span::call_site()),
        variable,
        parameters: Vec::new(),
        body,
    })
}

/// `Name(…) =`, or anything that begins with an attribute, a visibility, or Rust's way to begin an item.
fn is_declaration(stream: &TokenStream) -> bool {
    let mut trees = stream.clone().into_iter();
    match trees.next() {
        Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
        Some(TokenTree::Ident(first)) if first == "pub" || first == "fn" => true,
        Some(TokenTree::Ident(_)) => {
            matches!(trees.next(), Some(TokenTree::Group(_)))
                && matches!(trees.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
        }
        _ => false,
    }
}

fn tokens(text: &str) -> Result<TokenStream, Diagnostic> {
    if text.trim().is_empty() {
        return Err(Diagnostic {
            message: "the formula is empty; write one such as `x * tanh(x)`".into(),
            range: 0..0,
        });
    }
    if text.len() > MOST_BYTES {
        return Err(Diagnostic {
            message: format!("a formula may be {MOST_BYTES} bytes long at most, this one has {}", text.len()),
            range: 0..1,
        });
    }
    check_characters(text)?;
    check_brackets(text)?;
    let stream: TokenStream = text.parse().map_err(|error: LexError| {
        let range = error.span().byte_range();
        let start = floor_boundary(text, range.start);
        let end = text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        Diagnostic {
            message: "this cannot be read; formulas are made of numbers, names, `+ - * / ^`, `( )` and `if`"
                .into(),
            range: start..end,
        }
    })?;
    match beyond_limits(&stream) {
        Some((span, message)) => Err(Diagnostic { message, range: span.byte_range() }),
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

fn check_characters(text: &str) -> Result<(), Diagnostic> {
    // Doc comments are prose and may hold anything but control characters.
    let mut comment = false;
    let mut previous = '\0';
    for (start, character) in text.char_indices() {
        comment = (comment || (character == '/' && previous == '/')) && character != '\n';
        previous = character;
        let range = start..start + character.len_utf8();
        let rest = &text[start..];
        if !comment && (rest.starts_with("/*") || (rest.starts_with("//") && !rest.starts_with("///"))) {
            let message = "this would begin a comment and hide the rest; write `/` to divide".into();
            return Err(Diagnostic { message, range: start..start + 2 });
        }
        if character.is_control() && !matches!(character, '\n' | '\t' | '\r') {
            return Err(Diagnostic { message: format!("unexpected control character {character:?}"), range });
        }
        if !comment && let Some((_, instead)) = TYPOGRAPHY.iter().find(|(odd, _)| *odd == character) {
            return Err(Diagnostic { message: format!("unexpected `{character}`; write {instead}"), range });
        }
    }
    Ok(())
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
