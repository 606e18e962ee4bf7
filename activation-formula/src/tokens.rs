//! A cursor over token trees that always knows where it is, at the end of its group too.

use crate::error::RESERVED;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// No formula is nested deeper than this: recursion over it then fits any stack.
pub(crate) const MOST_NESTING: usize = 96;

/// No declaration has more tokens than this.
pub(crate) const MOST_TOKENS: usize = 4000;

/// The tokens of one group, read from left to right.
pub(crate) struct Tokens {
    trees: std::vec::IntoIter<TokenTree>,
    next: Option<TokenTree>,
    /// Where a missing token is reported: the closing delimiter, or the last token.
    end: Span,
    last: Span,
    lost: bool,
}

impl Tokens {
    /// The tokens of `stream`; what is missing at its end is reported at its last token, or at `start` if it is empty.
    pub(crate) fn new(stream: TokenStream, start: Span) -> Self {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let end = trees.last().map_or(start, last_span);
        Tokens::of(trees, start, end)
    }

    /// The tokens inside `group`; what is missing at its end is reported at its closing delimiter.
    pub(crate) fn inside(group: &Group) -> Self {
        let end = match group.delimiter() {
            Delimiter::None => {
                group.stream().into_iter().last().map_or(group.span(), |tree| last_span(&tree))
            }
            _ => group.span_close(),
        };
        Tokens::of(group.stream().into_iter().collect(), group.span_open(), end)
    }

    fn of(trees: Vec<TokenTree>, start: Span, end: Span) -> Self {
        let trees: Vec<TokenTree> = trees.into_iter().map(unwrapped).collect();
        let mut trees = trees.into_iter();
        let next = trees.next();
        Tokens { trees, next, end, last: start, lost: false }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.next.is_none()
    }

    pub(crate) fn peek(&self) -> Option<&TokenTree> {
        self.next.as_ref()
    }

    /// The token after the next one.
    pub(crate) fn peek_second(&self) -> Option<&TokenTree> {
        self.trees.as_slice().first()
    }

    pub(crate) fn next(&mut self) -> Option<TokenTree> {
        let tree = self.next.take()?;
        self.last = last_span(&tree);
        self.next = self.trees.next();
        Some(tree)
    }

    /// Where the next token stands, or would have to stand.
    pub(crate) fn here(&self) -> Span {
        self.next.as_ref().map_or(self.end, first_span)
    }

    /// Where the token before stands.
    pub(crate) fn last(&self) -> Span {
        self.last
    }

    /// The tokens after the next one.
    pub(crate) fn after_next(&self) -> &[TokenTree] {
        self.trees.as_slice()
    }

    pub(crate) fn skip_all(&mut self) {
        while self.next().is_some() {}
    }

    /// Gives up on what is left: whatever was wrong has been reported, and nothing more is to be said about it.
    pub(crate) fn lose(&mut self) {
        self.lost = true;
        self.skip_all();
    }

    pub(crate) fn is_lost(&self) -> bool {
        self.lost
    }

    pub(crate) fn at(&self, symbol: char) -> bool {
        is_punct(self.peek(), symbol)
    }

    /// True at two characters that stand together, such as `==` or `**`.
    pub(crate) fn at_pair(&self, first: char, second: char) -> bool {
        matches!(self.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == first && punct.spacing() == Spacing::Joint)
            && is_punct(self.peek_second(), second)
    }

    /// Takes the next token if it is `symbol`.
    pub(crate) fn take(&mut self, symbol: char) -> Option<Punct> {
        if !self.at(symbol) {
            return None;
        }
        match self.next() {
            Some(TokenTree::Punct(punct)) => Some(punct),
            _ => None,
        }
    }

    pub(crate) fn at_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(TokenTree::Ident(ident)) if ident == word)
    }

    pub(crate) fn take_word(&mut self, word: &str) -> Option<Ident> {
        if self.at_word(word) { self.take_ident() } else { None }
    }

    pub(crate) fn take_ident(&mut self) -> Option<Ident> {
        if !matches!(self.peek(), Some(TokenTree::Ident(_))) {
            return None;
        }
        match self.next() {
            Some(TokenTree::Ident(ident)) => Some(ident),
            _ => None,
        }
    }

    pub(crate) fn at_group(&self, delimiter: Delimiter) -> bool {
        matches!(self.peek(), Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
    }

    pub(crate) fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        if !self.at_group(delimiter) {
            return None;
        }
        match self.next() {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        }
    }
}

fn is_punct(tree: Option<&TokenTree>, symbol: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == symbol)
}

/// A `macro_rules!` hands single tokens on in invisible groups: `$f` that stands for `tanh` is the name `tanh`.
fn unwrapped(tree: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = &tree else { return tree };
    if group.delimiter() != Delimiter::None {
        return tree;
    }
    let mut inside = group.stream().into_iter();
    match (inside.next(), inside.next()) {
        (Some(only @ (TokenTree::Ident(_) | TokenTree::Literal(_))), None) => only,
        _ => tree,
    }
}

fn first_span(tree: &TokenTree) -> Span {
    match tree {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_open(),
        TokenTree::Group(group) => {
            group.stream().into_iter().next().map_or(group.span(), |tree| first_span(&tree))
        }
        _ => tree.span(),
    }
}

pub(crate) fn last_span(tree: &TokenTree) -> Span {
    match tree {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_close(),
        TokenTree::Group(group) => {
            group.stream().into_iter().last().map_or(group.span(), |tree| last_span(&tree))
        }
        _ => tree.span(),
    }
}

/// What a token is called in a message: `x`, `(`, `{`.
pub(crate) fn name_of(tree: &TokenTree) -> String {
    match tree {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "`(`".into(),
            Delimiter::Brace => "`{`".into(),
            Delimiter::Bracket => "`[`".into(),
            Delimiter::None => "an expression".into(),
        },
        TokenTree::Literal(literal) => {
            let text: String = literal.to_string().chars().take(40).collect();
            format!("`{text}`")
        }
        other => format!("`{other}`"),
    }
}

/// Whether Rust keeps `name` for itself, so that nothing in the expansion can be called so.
pub(crate) fn is_word_of_rust(name: &str) -> bool {
    name == "gen" || syn::parse_str::<Ident>(name).is_err()
}

/// What something is called that was given a word of Rust for a name; messages have the word itself.
pub(crate) fn stand_in(word: &str) -> String {
    format!("{word}{RESERVED}")
}

/// The first token that is too deep or one too many, with the reason. Looks without recursion, so that nothing that
/// follows needs a deep stack.
pub(crate) fn beyond_limits(stream: &TokenStream) -> Option<(Span, String)> {
    let mut open = vec![stream.clone().into_iter()];
    let mut count = 0_usize;
    while let Some(trees) = open.last_mut() {
        let Some(tree) = trees.next() else {
            open.pop();
            continue;
        };
        count += 1;
        if count > MOST_TOKENS {
            return Some((
                tree.span(),
                format!("a formula may have {MOST_TOKENS} tokens at most; name its parts with `let`"),
            ));
        }
        if let TokenTree::Group(group) = tree {
            if open.len() >= MOST_NESTING {
                return Some((group.span_open(), too_deep()));
            }
            open.push(group.stream().into_iter());
        }
    }
    None
}

pub(crate) fn too_deep() -> String {
    format!("a formula may be nested {MOST_NESTING} levels deep at most; name its parts with `let`")
}
