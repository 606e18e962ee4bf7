//! Choices: `if`, its condition, and what other languages write for them.

use super::expression::Parser;
use crate::declaration::{Comparison, Condition, Expr, Kind, Operator};
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Punct, Span, TokenTree};

const NEEDS_COMPARISON: &str = "expected a comparison `<`, `<=`, `>` or `>=`";
const ONE_COMPARISON: &str =
    "one comparison at a time; nest them: `if a < x { if x < b { … } else { … } } else { … }`";
const ONE_PAIR: &str = "compare one pair at a time: `if x < -3 { … } else if x < 3 { … } else { … }`";
pub(super) const CHOICE: &str = "write a choice as `if c { a } else { b }`";

impl Parser<'_> {
    /// `if condition { … } else …`, the `if` not yet taken.
    pub(super) fn choice(&mut self, tokens: &mut Tokens) -> Expr {
        self.deeper(tokens, |parser, tokens| {
            let Some(keyword) = tokens.take_ident() else { return Expr::invalid(tokens.here()) };
            let condition = parser.condition(tokens);
            let then = parser.branch(tokens, "`if`");
            let otherwise = if tokens.take_word("else").is_none() {
                if !tokens.is_lost() {
                    parser
                        .mistakes
                        .add(keyword.span(), "`if` needs an `else`; a formula has a value everywhere");
                }
                Expr::invalid(then.end)
            } else if tokens.at_word("if") {
                parser.choice(tokens)
            } else {
                parser.branch(tokens, "`else`")
            };
            let end = otherwise.end;
            Expr::new(Kind::If(Box::new(condition), Box::new(then), Box::new(otherwise)), keyword.span(), end)
        })
    }

    fn branch(&mut self, tokens: &mut Tokens, after: &str) -> Expr {
        match tokens.take_group(Delimiter::Brace) {
            Some(group) => self.group(&group),
            None => {
                let here = tokens.here();
                self.lost(
                    tokens,
                    here,
                    format!("expected `{{` after {after}: `if x > 0 {{ x }} else {{ 0 }}`"),
                )
            }
        }
    }

    fn condition(&mut self, tokens: &mut Tokens) -> Condition {
        if let Some(span) = joined_conditions(tokens) {
            return self.no_condition(tokens, Expr::invalid(span), span, ONE_COMPARISON);
        }
        if let Some(TokenTree::Group(group)) = tokens.peek()
            && group.delimiter() == Delimiter::Parenthesis
            && matches!(tokens.peek_second(), Some(TokenTree::Group(_) | TokenTree::Ident(_)))
        {
            let group = group.clone();
            tokens.next();
            self.mistakes
                .add(group.span_open(), "write the comparison without parentheses: `if x > 0 { … }`");
            let mut inner = Tokens::inside(&group);
            let condition = self.condition(&mut inner);
            self.end(&mut inner);
            return condition;
        }
        let left = self.part(tokens);
        let Some(comparison) = self.comparison(tokens) else {
            let here = tokens.here();
            return self.no_condition(tokens, left, here, NEEDS_COMPARISON);
        };
        let right = self.part(tokens);
        let here = tokens.here();
        if tokens.at('<') || tokens.at('>') || tokens.at('=') || tokens.at_pair('!', '=') {
            let both = Expr::binary(Operator::Add, left, right);
            return self.no_condition(tokens, both, here, ONE_PAIR);
        }
        Condition { left, comparison, right }
    }

    /// What stands for a condition that is none; reading goes on at the branches.
    fn no_condition(&mut self, tokens: &mut Tokens, read: Expr, span: Span, message: &str) -> Condition {
        if !tokens.is_lost() {
            self.mistakes.add(span, message);
        }
        while !tokens.is_empty() && !tokens.at_group(Delimiter::Brace) {
            tokens.next();
        }
        if tokens.is_empty() {
            tokens.lose();
        }
        Condition { left: read, comparison: Comparison::Less, right: Expr::invalid(span) }
    }

    /// Takes a comparison; `==` and `!=` are reported and read as `<`.
    fn comparison(&mut self, tokens: &mut Tokens) -> Option<Comparison> {
        for (first, strict, equal) in [
            ('<', Comparison::Less, Comparison::LessEqual),
            ('>', Comparison::Greater, Comparison::GreaterEqual),
        ] {
            let here = tokens.here();
            if tokens.at_pair('=', first) {
                self.mistakes.add(here, format!("write `{first}=`"));
            }
            if tokens.at_pair(first, '=') || tokens.at_pair('=', first) {
                tokens.next();
                tokens.next();
                return Some(equal);
            }
            if tokens.take(first).is_some() {
                return Some(strict);
            }
        }
        if tokens.at('=') || tokens.at_pair('!', '=') {
            self.mistakes.add(
                tokens.here(),
                "compare with `<`, `<=`, `>` or `>=`; a branch taken at a single point has no derivative",
            );
            tokens.next();
            while tokens.take('=').is_some() {}
            return Some(Comparison::Less);
        }
        None
    }
}

/// Where the `?` of a choice in the manner of C stands.
pub(super) fn question_mark(tokens: &Tokens) -> Option<Span> {
    tokens.after_next().iter().find_map(|tree| match tree {
        TokenTree::Punct(punct) if punct.as_char() == '?' => Some(punct.span()),
        _ => None,
    })
}

/// Where `&&`, `||`, `and` or `or` joins conditions.
fn joined_conditions(tokens: &Tokens) -> Option<Span> {
    let mut previous: Option<&Punct> = None;
    for tree in tokens.after_next() {
        match tree {
            TokenTree::Punct(punct) if matches!(punct.as_char(), '&' | '|') => {
                if let Some(first) = previous
                    && first.as_char() == punct.as_char()
                {
                    return Some(first.span());
                }
                previous = Some(punct);
                continue;
            }
            TokenTree::Ident(ident) if ident == "and" || ident == "or" => return Some(ident.span()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return None,
            _ => {}
        }
        previous = None;
    }
    None
}

pub(super) fn misplaced_condition(punct: &Punct) -> String {
    match punct.as_char() {
        '<' | '>' => "a comparison belongs into an `if`: `if x > 0 { x } else { 0 }`".into(),
        '=' => "unexpected `=`; name a part with `let` inside braces, compare with `<`, `<=`, `>`, `>=` in an `if`".into(),
        '|' => "unexpected `|`; write `abs(x)` for the absolute value".into(),
        other => format!("there is no `{other}` in a formula; choose with `if a < b {{ … }} else {{ … }}`"),
    }
}
