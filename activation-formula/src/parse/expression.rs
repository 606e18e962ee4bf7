//! Expressions, by precedence climbing; the grammar stands in the parent module.
//!
//! What cannot be understood is reported, and the rest of the brackets it stands in is skipped; what was read before and
//! what stands in other brackets is kept, so that the mistakes there are found too.

use super::choice::{CHOICE, misplaced_condition, question_mark};
use crate::declaration::{Expr, Kind, Operator};
use crate::error::Mistakes;
use crate::function::lookup;
use crate::suggest::foreign;
use crate::tokens::{MOST_NESTING, Tokens, name_of, too_deep};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

pub(super) struct Parser<'a> {
    pub(super) mistakes: &'a mut Mistakes,
    depth: usize,
    /// Whether it has been said that the formula is nested too deeply.
    too_deep: bool,
    /// Whether `2 x` can only be a forgotten `*`: not where something else may follow an expression.
    products: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(mistakes: &'a mut Mistakes) -> Self {
        Parser { mistakes, depth: 0, too_deep: false, products: true }
    }

    /// Everything in `tokens` as one expression.
    pub(super) fn whole(&mut self, tokens: &mut Tokens) -> Expr {
        let outside = std::mem::replace(&mut self.products, true);
        let expression = self.expression(tokens);
        self.products = outside;
        let here = tokens.here();
        match self.end(tokens) {
            true => expression,
            false => Expr::binary(Operator::Add, expression, Expr::invalid(here)),
        }
    }

    /// One expression after which something else may follow.
    pub(super) fn part(&mut self, tokens: &mut Tokens) -> Expr {
        let outside = std::mem::replace(&mut self.products, false);
        let expression = self.expression(tokens);
        self.products = outside;
        expression
    }

    /// True if nothing is left; what is left is reported and skipped.
    pub(super) fn end(&mut self, tokens: &mut Tokens) -> bool {
        let Some(found) = tokens.peek() else { return true };
        let mut span = tokens.here();
        let message = match found {
            TokenTree::Punct(punct) => match punct.as_char() {
                '?' => CHOICE.to_string(),
                '%' => "there is no remainder operator in a formula".to_string(),
                '&' | '|' | '!' | '=' | '<' | '>' => match question_mark(tokens) {
                    Some(mark) => {
                        span = mark;
                        CHOICE.to_string()
                    }
                    None => misplaced_condition(punct),
                },
                ',' => "unexpected `,`; arguments stand in a call such as `max(a, b)`, decimals take a point: `0.5`".to_string(),
                ';' => "unexpected `;`; only `let` ends with one, inside braces: `{ let u = x / 2; u^2 }`".to_string(),
                '.' => "unexpected `.`; decimals are written `0.5`, calls `exp(x)`".to_string(),
                other => format!("expected an operator, found `{other}`"),
            },
            TokenTree::Ident(ident) if ident == "else" => "unexpected `else`; it follows the `}` of an `if`".to_string(),
            TokenTree::Ident(ident) if ident == "in" => "unexpected `in`; a range belongs to a parameter: `(x; a = 1 in 0..2)`".to_string(),
            TokenTree::Ident(ident) if ident == "if" => CHOICE.to_string(),
            TokenTree::Ident(ident) if ident == "as" => "numbers in a formula are exact and have no type; leave out `as`".to_string(),
            other => format!("expected an operator, found {}", name_of(other)),
        };
        self.mistakes.add(span, message);
        tokens.lose();
        false
    }

    /// The rest of `tokens` cannot be made sense of.
    pub(super) fn lost(&mut self, tokens: &mut Tokens, span: Span, message: impl Into<String>) -> Expr {
        if !tokens.is_lost() {
            self.mistakes.add(span, message);
        }
        tokens.lose();
        Expr::invalid(span)
    }

    /// Runs `parse` one level deeper, unless that is too deep.
    pub(super) fn deeper(
        &mut self,
        tokens: &mut Tokens,
        parse: impl FnOnce(&mut Self, &mut Tokens) -> Expr,
    ) -> Expr {
        if self.depth >= MOST_NESTING {
            let here = tokens.here();
            if std::mem::replace(&mut self.too_deep, true) {
                tokens.lose();
            }
            return self.lost(tokens, here, too_deep());
        }
        self.depth += 1;
        let parsed = parse(self, tokens);
        self.depth -= 1;
        parsed
    }

    pub(super) fn expression(&mut self, tokens: &mut Tokens) -> Expr {
        self.deeper(tokens, |parser, tokens| {
            let mut left = parser.term(tokens);
            // A chain nests to the left; its length counts as depth, for everything that later walks the tree.
            for terms in 1.. {
                let here = tokens.here();
                let operator = if tokens.take('+').is_some() {
                    Operator::Add
                } else if tokens.take('-').is_some() {
                    Operator::Subtract
                } else {
                    break;
                };
                let right = if terms < MOST_NESTING {
                    parser.term(tokens)
                } else {
                    parser.lost(tokens, here, too_many("sum", "terms"))
                };
                left = Expr::binary(operator, left, right);
            }
            left
        })
    }

    pub(super) fn term(&mut self, tokens: &mut Tokens) -> Expr {
        let mut left = self.factor(tokens);
        for factors in 1.. {
            let here = tokens.here();
            let operator = if tokens.at_pair('*', '*') {
                self.mistakes.add(here, "use `^` for powers: `x^2`");
                tokens.next();
                tokens.next();
                Operator::Power
            } else if tokens.take('*').is_some() {
                Operator::Multiply
            } else if tokens.take('/').is_some() {
                Operator::Divide
            } else if self.products && at_factor(tokens) {
                let found = tokens.peek().map(name_of).unwrap_or_default();
                self.mistakes
                    .add(here, format!("expected an operator, found {found}; write a product with `*`"));
                Operator::Multiply
            } else {
                break;
            };
            let right = if factors < MOST_NESTING {
                self.factor(tokens)
            } else {
                self.lost(tokens, here, too_many("product", "factors"))
            };
            left = Expr::binary(operator, left, right);
        }
        left
    }

    pub(super) fn factor(&mut self, tokens: &mut Tokens) -> Expr {
        if let Some(minus) = tokens.take('-') {
            let inner = self.deeper(tokens, Parser::factor);
            let end = inner.end;
            return Expr::new(Kind::Negate(Box::new(inner)), minus.span(), end);
        }
        if tokens.take('+').is_some() {
            return self.deeper(tokens, Parser::factor);
        }
        let base = self.atom(tokens);
        if tokens.take('^').is_none() {
            return base;
        }
        let exponent = self.deeper(tokens, Parser::factor);
        Expr::binary(Operator::Power, base, exponent)
    }

    pub(super) fn atom(&mut self, tokens: &mut Tokens) -> Expr {
        let here = tokens.here();
        let mut atom = match tokens.peek() {
            None => {
                return self.lost(tokens, here, "expected a number, a name or `(` after this");
            }
            Some(TokenTree::Ident(ident)) if ident == "if" => self.choice(tokens),
            Some(TokenTree::Ident(ident)) if ident == "let" => {
                return self.lost(tokens, here, "`let` stands inside braces: `{ let u = x / 2; u^2 }`");
            }
            Some(TokenTree::Ident(ident)) if ident == "else" => {
                return self.lost(tokens, here, "expected a number, a name or `(`, found `else`");
            }
            Some(TokenTree::Ident(_)) => self.name(tokens),
            Some(TokenTree::Literal(_)) => self.literal(tokens),
            Some(TokenTree::Group(group)) => {
                let delimiter = group.delimiter();
                match tokens.take_group(delimiter) {
                    // The question mark says what is wrong; the condition before it is no second mistake.
                    Some(_) if tokens.at('?') => {
                        let here = tokens.here();
                        return self.lost(tokens, here, CHOICE);
                    }
                    Some(group) => self.group(&group),
                    None => return Expr::invalid(here),
                }
            }
            Some(TokenTree::Punct(punct)) => {
                let message = match punct.as_char() {
                    '|' => return self.bars(tokens),
                    '.' => "write a digit before the point: `0.5`".to_string(),
                    '!' | '&' | '<' | '>' | '=' => misplaced_condition(punct),
                    other => format!("expected a number, a name or `(`, found `{other}`"),
                };
                return self.lost(tokens, here, message);
            }
        };
        while tokens.at('.') && !tokens.at_pair('.', '.') {
            atom = self.method(atom, tokens);
        }
        if self.products && tokens.at_word("as") && matches!(tokens.peek_second(), Some(TokenTree::Ident(_)))
        {
            self.mistakes
                .add(tokens.here(), "numbers in a formula are exact and have no type; leave out `as`");
            tokens.next();
            tokens.next();
        }
        atom
    }

    /// `(…)`, `{…}`, or the invisible group in which a `macro_rules!` hands an expression on.
    pub(super) fn group(&mut self, group: &Group) -> Expr {
        let mut inner = Tokens::inside(group);
        let (start, end) = (group.span_open(), group.span_close());
        match group.delimiter() {
            Delimiter::None => self.whole(&mut inner),
            Delimiter::Parenthesis if inner.is_empty() => {
                self.lost(&mut inner, start, "expected an expression between the parentheses")
            }
            Delimiter::Parenthesis => Expr { start, end, ..self.whole(&mut inner) },
            Delimiter::Brace => self.deeper(&mut inner, |parser, inner| parser.block(group, inner)),
            Delimiter::Bracket => {
                self.mistakes.add(start, "group with parentheses: `( … )`");
                Expr { start, end, ..self.whole(&mut inner) }
            }
        }
    }

    /// A name, or a call if parentheses follow.
    fn name(&mut self, tokens: &mut Tokens) -> Expr {
        let Some(mut name) = tokens.take_ident() else { return Expr::invalid(tokens.here()) };
        let start = name.span();
        if tokens.at_pair(':', ':') {
            // `f64::exp(x)`
            while tokens.at_pair(':', ':') {
                tokens.next();
                tokens.next();
                name = tokens.take_ident().unwrap_or(name);
            }
            self.mistakes.add(start, format!("names in a formula have no path; write `{name}`"));
        }
        let span = name.span();
        if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
            let arguments = self.arguments(&group);
            return Expr::new(Kind::Call(name, arguments), start, group.span_close());
        }
        let text = name.to_string();
        if lookup(&text).is_some() {
            if let Some(group) = tokens.take_group(Delimiter::Bracket) {
                self.mistakes.add(group.span_open(), format!("call with parentheses: `{text}( … )`"));
                let arguments = self.arguments(&group);
                return Expr::new(Kind::Call(name, arguments), start, group.span_close());
            }
            if self.products && at_factor(tokens) {
                self.mistakes.add(span, format!("call with parentheses: `{text}( … )`"));
                let argument = self.deeper(tokens, Parser::factor);
                let end = argument.end;
                return Expr::new(Kind::Call(name, vec![argument]), start, end);
            }
        }
        Expr::new(Kind::Name(name), start, span)
    }

    pub(super) fn arguments(&mut self, group: &Group) -> Vec<Expr> {
        let mut inner = Tokens::inside(group);
        let outside = std::mem::replace(&mut self.products, true);
        let mut arguments = Vec::new();
        while !inner.is_empty() {
            arguments.push(self.expression(&mut inner));
            let here = inner.here();
            if inner.take(',').is_none() && !self.end(&mut inner) {
                arguments.push(Expr::invalid(here));
            }
        }
        self.products = outside;
        arguments
    }

    /// The inside of braces: `let`s and the value.
    fn block(&mut self, group: &Group, inner: &mut Tokens) -> Expr {
        let (start, end) = (group.span_open(), group.span_close());
        let mut lets = Vec::new();
        while inner.take_word("let").is_some() {
            let here = inner.here();
            let Some(name) = inner.take_ident() else {
                self.lost(inner, here, "expected a name after `let`: `let u = x / 2;`");
                break;
            };
            let here = inner.here();
            if inner.take('=').is_none() {
                let invalid = self.lost(inner, here, format!("expected `=` after `let {name}`"));
                lets.push((name, invalid));
                break;
            }
            let bound = self.part(inner);
            if inner.take(';').is_none() && !inner.is_lost() {
                let value_follows = match inner.peek() {
                    Some(TokenTree::Ident(word)) => word != "else" && word != "in" && word != "as",
                    Some(TokenTree::Literal(_) | TokenTree::Group(_)) | None => true,
                    Some(TokenTree::Punct(_)) => false,
                };
                if value_follows {
                    self.mistakes.add(inner.last(), format!("expected `;` after this: `let {name} = …;`"));
                    if inner.is_empty() {
                        inner.lose();
                    }
                } else {
                    self.end(inner);
                }
            }
            lets.push((name, bound));
        }
        let value = if inner.is_empty() {
            self.lost(inner, end, "expected a value before this `}`")
        } else {
            self.whole(inner)
        };
        if lets.is_empty() {
            return Expr { start, end, ..value };
        }
        Expr::new(Kind::Block(lets, Box::new(value)), start, end)
    }

    /// `|x|`, reported and read as `abs(x)`.
    fn bars(&mut self, tokens: &mut Tokens) -> Expr {
        let Some(open) = tokens.take('|') else { return Expr::invalid(tokens.here()) };
        self.mistakes.add(open.span(), "write `abs(x)`");
        let inner = self.part(tokens);
        let end = tokens.here();
        if tokens.take('|').is_none() {
            tokens.lose();
        }
        Expr::new(Kind::Call(Ident::new("abs", open.span()), vec![inner]), open.span(), end)
    }

    /// `x.exp()`, reported and read as `exp(x)`.
    fn method(&mut self, receiver: Expr, tokens: &mut Tokens) -> Expr {
        let here = tokens.here();
        tokens.next();
        let Some(name) = tokens.take_ident() else {
            let invalid =
                self.lost(tokens, here, "unexpected `.`; decimals are written `0.5`, calls `exp(x)`");
            return Expr::binary(Operator::Add, receiver, invalid);
        };
        let Some(group) = tokens.take_group(Delimiter::Parenthesis) else {
            let invalid = self.lost(
                tokens,
                name.span(),
                format!("unexpected `.{name}`; decimals are written `0.5`, calls `exp(x)`"),
            );
            return Expr::binary(Operator::Add, receiver, invalid);
        };
        let shown = match &receiver.kind {
            Kind::Name(ident) => ident.to_string(),
            _ => "…".to_string(),
        };
        let text = name.to_string();
        let start = receiver.start;
        let mut arguments = vec![receiver];
        arguments.extend(self.arguments(&group));
        if lookup(&text).is_none()
            && let Some(written) = foreign(&text)
        {
            self.mistakes.add(name.span(), format!("write `{written}`"));
            // Read as something that uses the same names.
            let end = group.span_close();
            return arguments
                .into_iter()
                .fold(Expr::invalid(end), |all, argument| Expr::binary(Operator::Add, all, argument));
        }
        // That a function is unknown is one mistake, and reported where names are looked at.
        if lookup(&text).is_some() {
            let more = if arguments.len() > 1 { ", …" } else { "" };
            self.mistakes.add(name.span(), format!("write `{text}({shown}{more})`"));
        }
        Expr::new(Kind::Call(name, arguments), start, group.span_close())
    }
}

fn too_many(what: &str, parts: &str) -> String {
    format!("a {what} may have {MOST_NESTING} {parts} at most; name parts of it with `let`")
}

/// True before what could be a factor and cannot go on with anything else: a forgotten `*` or forgotten parentheses.
fn at_factor(tokens: &Tokens) -> bool {
    match tokens.peek() {
        Some(TokenTree::Literal(literal)) => literal.to_string().starts_with(|c: char| c.is_ascii_digit()),
        Some(TokenTree::Group(group)) => {
            matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None)
        }
        Some(TokenTree::Ident(ident)) => {
            let words = ["else", "in", "if", "let", "as", "then", "and", "or", "not", "where", "for", "pub"];
            words.iter().all(|word| ident != word)
        }
        _ => false,
    }
}
