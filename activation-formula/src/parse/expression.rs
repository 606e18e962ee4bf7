//! Expressions, by precedence climbing; the grammar stands in the parent module.

use crate::declaration::{Comparison, Condition, Expr, Kind, Operator};
use crate::error::{Mistake, Mistakes};
use crate::rational::Rational;
use crate::tokens::{MOST_NESTING, Tokens, name_of, too_deep};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Span, TokenTree};

/// The rest of the expression cannot be made sense of; the reason has been reported.
pub(super) struct GaveUp;

type Parsed<T = Expr> = Result<T, GaveUp>;

pub(super) struct Parser<'a> {
    mistakes: &'a mut Mistakes,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(mistakes: &'a mut Mistakes) -> Self {
        Parser { mistakes, depth: 0 }
    }

    /// Everything in `tokens` as one expression.
    pub(super) fn whole(&mut self, tokens: &mut Tokens) -> Expr {
        let start = tokens.here();
        let parsed = self.expression(tokens).and_then(|expression| {
            self.end(tokens)?;
            Ok(expression)
        });
        tokens.skip_all();
        parsed.unwrap_or_else(|GaveUp| Expr::invalid(start))
    }

    /// One expression, up to the end or to what can only be the next declaration.
    pub(super) fn until_declaration(&mut self, tokens: &mut Tokens) -> Expr {
        let start = tokens.here();
        let parsed = self.expression(tokens).and_then(|expression| {
            if !tokens.at_word("pub") && !tokens.at('#') {
                self.end(tokens)?;
            }
            Ok(expression)
        });
        parsed.unwrap_or_else(|GaveUp| {
            tokens.skip_all();
            Expr::invalid(start)
        })
    }

    /// Nothing may be left.
    fn end(&mut self, tokens: &mut Tokens) -> Parsed<()> {
        let Some(found) = tokens.peek() else { return Ok(()) };
        let message = match found {
            TokenTree::Punct(punct) => match punct.as_char() {
                '?' => "write a choice as `if c { a } else { b }`".to_string(),
                '%' => "there is no remainder operator in a formula".to_string(),
                '&' | '|' | '!' | '=' | '<' | '>' => misplaced_condition(punct),
                ',' => "unexpected `,`; arguments stand in a call such as `max(a, b)`, decimals take a point: `0.5`".to_string(),
                ';' => "unexpected `;`; only `let` ends with one, inside braces: `{ let u = x / 2; u^2 }`".to_string(),
                other => format!("expected an operator, found `{other}`"),
            },
            TokenTree::Ident(ident) if ident == "else" => "unexpected `else`; it follows the `}` of an `if`".to_string(),
            TokenTree::Ident(ident) if ident == "in" => "unexpected `in`; a range belongs to a parameter: `(x; a = 1 in 0..2)`".to_string(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                "expected an operator; write a product with `*`".to_string()
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                format!("expected an operator, found {}; write a product with `*`", name_of(found))
            }
            other => format!("expected an operator, found {}", name_of(other)),
        };
        self.give_up(tokens.here(), message)
    }

    fn give_up<T>(&mut self, span: Span, message: impl Into<String>) -> Parsed<T> {
        self.mistakes.add(span, message);
        Err(GaveUp)
    }

    /// Runs `parse` one level deeper, unless that is too deep.
    fn deeper<T>(
        &mut self,
        tokens: &mut Tokens,
        parse: impl FnOnce(&mut Self, &mut Tokens) -> Parsed<T>,
    ) -> Parsed<T> {
        if self.depth >= MOST_NESTING {
            return self.give_up(tokens.here(), too_deep());
        }
        self.depth += 1;
        let parsed = parse(self, tokens);
        self.depth -= 1;
        parsed
    }

    pub(super) fn expression(&mut self, tokens: &mut Tokens) -> Parsed {
        self.deeper(tokens, |parser, tokens| {
            let mut left = parser.term(tokens)?;
            // A chain nests to the left; its length counts as depth, for everything that later walks the tree.
            for _ in 0..=MOST_NESTING {
                let operator = if tokens.take('+').is_some() {
                    Operator::Add
                } else if tokens.take('-').is_some() {
                    Operator::Subtract
                } else {
                    return Ok(left);
                };
                let right = parser.term(tokens)?;
                left = Expr::binary(operator, left, right);
            }
            parser.give_up(
                tokens.here(),
                format!("a sum may have {MOST_NESTING} terms at most; name parts of it with `let`"),
            )
        })
    }

    fn term(&mut self, tokens: &mut Tokens) -> Parsed {
        let mut left = self.factor(tokens)?;
        for _ in 0..=MOST_NESTING {
            if tokens.at_pair('*', '*') {
                self.mistakes.add(tokens.here(), "use `^` for powers: `x^2`");
                tokens.next();
                tokens.next();
                let exponent = self.factor(tokens)?;
                left = Expr::binary(Operator::Power, left, exponent);
                continue;
            }
            let operator = if tokens.take('*').is_some() {
                Operator::Multiply
            } else if tokens.take('/').is_some() {
                Operator::Divide
            } else {
                return Ok(left);
            };
            let right = self.factor(tokens)?;
            left = Expr::binary(operator, left, right);
        }
        self.give_up(
            tokens.here(),
            format!("a product may have {MOST_NESTING} factors at most; name parts of it with `let`"),
        )
    }

    fn factor(&mut self, tokens: &mut Tokens) -> Parsed {
        if let Some(minus) = tokens.take('-') {
            let inner = self.deeper(tokens, Parser::factor)?;
            let end = inner.end;
            return Ok(Expr::new(Kind::Negate(Box::new(inner)), minus.span(), end));
        }
        if tokens.take('+').is_some() {
            return self.deeper(tokens, Parser::factor);
        }
        self.power(tokens)
    }

    fn power(&mut self, tokens: &mut Tokens) -> Parsed {
        let base = self.atom(tokens)?;
        if tokens.take('^').is_none() {
            return Ok(base);
        }
        let exponent = self.deeper(tokens, Parser::factor)?;
        Ok(Expr::binary(Operator::Power, base, exponent))
    }

    fn atom(&mut self, tokens: &mut Tokens) -> Parsed {
        let here = tokens.here();
        let mut atom = match tokens.peek() {
            None => {
                return self.give_up(here, "expected a number, a name or `(` after this");
            }
            Some(TokenTree::Ident(ident)) if ident == "if" => self.choice(tokens)?,
            Some(TokenTree::Ident(ident)) if ident == "let" => {
                return self.give_up(here, "`let` stands inside braces: `{ let u = x / 2; u^2 }`");
            }
            Some(TokenTree::Ident(_)) => self.name(tokens)?,
            Some(TokenTree::Literal(_)) => match tokens.next() {
                Some(TokenTree::Literal(literal)) => self.number(&literal)?,
                _ => return Err(GaveUp),
            },
            Some(TokenTree::Group(group)) => {
                let delimiter = group.delimiter();
                match tokens.take_group(delimiter) {
                    Some(group) => self.group(&group)?,
                    None => return Err(GaveUp),
                }
            }
            Some(TokenTree::Punct(punct)) => match punct.as_char() {
                '|' => self.bars(tokens)?,
                '.' => return self.give_up(here, "write a digit before the point: `0.5`"),
                '!' | '&' | '<' | '>' | '=' => {
                    let message = misplaced_condition(punct);
                    return self.give_up(here, message);
                }
                other => {
                    return self.give_up(here, format!("expected a number, a name or `(`, found `{other}`"));
                }
            },
        };
        while tokens.at('.') && !tokens.at_pair('.', '.') {
            atom = self.method(atom, tokens)?;
        }
        Ok(atom)
    }

    /// `(…)`, `{…}`, or the invisible group in which a `macro_rules!` hands an expression on.
    fn group(&mut self, group: &Group) -> Parsed {
        let mut inner = Tokens::inside(group);
        match group.delimiter() {
            Delimiter::Parenthesis | Delimiter::None => {
                if inner.is_empty() {
                    return self.give_up(group.span_open(), "expected an expression between the parentheses");
                }
                let expression = self.expression(&mut inner)?;
                self.end(&mut inner)?;
                Ok(Expr { start: group.span_open(), end: group.span_close(), ..expression })
            }
            Delimiter::Brace => self.deeper(&mut inner, |parser, inner| parser.block(group, inner)),
            Delimiter::Bracket => self.give_up(group.span_open(), "group with parentheses: `( … )`"),
        }
    }

    /// A name, or a call if parentheses follow.
    fn name(&mut self, tokens: &mut Tokens) -> Parsed {
        let Some(name) = tokens.take_ident() else { return Err(GaveUp) };
        let span = name.span();
        let Some(group) = tokens.take_group(Delimiter::Parenthesis) else {
            return Ok(Expr::new(Kind::Name(name), span, span));
        };
        let arguments = self.arguments(&group)?;
        Ok(Expr::new(Kind::Call(name, arguments), span, group.span_close()))
    }

    fn arguments(&mut self, group: &Group) -> Parsed<Vec<Expr>> {
        let mut inner = Tokens::inside(group);
        let mut arguments = Vec::new();
        while !inner.is_empty() {
            arguments.push(self.expression(&mut inner)?);
            if inner.take(',').is_none() {
                self.end(&mut inner)?;
            }
        }
        Ok(arguments)
    }

    /// `if condition { … } else …`, the `if` not yet taken.
    fn choice(&mut self, tokens: &mut Tokens) -> Parsed {
        self.deeper(tokens, |parser, tokens| {
            let Some(keyword) = tokens.take_ident() else { return Err(GaveUp) };
            let condition = parser.condition(tokens)?;
            let then = parser.branch(tokens, "`if`")?;
            if tokens.take_word("else").is_none() {
                parser.mistakes.add(keyword.span(), "`if` needs an `else`; a formula has a value everywhere");
                let end = then.end;
                let otherwise = Expr::invalid(end);
                return Ok(Expr::new(
                    Kind::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
                    keyword.span(),
                    end,
                ));
            }
            let otherwise = if tokens.at_word("if") {
                parser.choice(tokens)?
            } else {
                parser.branch(tokens, "`else`")?
            };
            let end = otherwise.end;
            Ok(Expr::new(
                Kind::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
                keyword.span(),
                end,
            ))
        })
    }

    fn branch(&mut self, tokens: &mut Tokens, after: &str) -> Parsed {
        match tokens.take_group(Delimiter::Brace) {
            Some(group) => self.group(&group),
            None => self.give_up(
                tokens.here(),
                format!("expected `{{` after {after}: `if x > 0 {{ x }} else {{ 0 }}`"),
            ),
        }
    }

    fn condition(&mut self, tokens: &mut Tokens) -> Parsed<Condition> {
        let left = self.expression(tokens)?;
        let Some(comparison) = self.comparison(tokens) else {
            return self.give_up(tokens.here(), "expected a comparison `<`, `<=`, `>` or `>=`");
        };
        let right = self.expression(tokens)?;
        let here = tokens.here();
        if tokens.at('&') || tokens.at('|') {
            return self.give_up(
                here,
                "one comparison at a time; nest them: `if a < x { if x < b { … } else { … } } else { … }`",
            );
        }
        if self.comparison(tokens).is_some() {
            return self.give_up(
                here,
                "compare one pair at a time: `if x < -3 { … } else if x < 3 { … } else { … }`",
            );
        }
        Ok(Condition { left, comparison, right })
    }

    /// Takes a comparison; `==` and `!=` are reported and read as `<`.
    fn comparison(&mut self, tokens: &mut Tokens) -> Option<Comparison> {
        for (first, strict, equal) in [
            ('<', Comparison::Less, Comparison::LessEqual),
            ('>', Comparison::Greater, Comparison::GreaterEqual),
        ] {
            if tokens.at_pair(first, '=') {
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
            let two = tokens.at_pair('=', '=') || tokens.at_pair('!', '=');
            tokens.next();
            if two {
                tokens.next();
            }
            return Some(Comparison::Less);
        }
        None
    }

    /// The inside of braces: `let`s and the value.
    fn block(&mut self, group: &Group, inner: &mut Tokens) -> Parsed {
        let mut lets = Vec::new();
        while let Some(keyword) = inner.take_word("let") {
            let Some(name) = inner.take_ident() else {
                return self.give_up(inner.here(), "expected a name after `let`");
            };
            if inner.take('=').is_none() {
                return self.give_up(inner.here(), format!("expected `=` after `let {name}`"));
            }
            let bound = self.expression(inner)?;
            if inner.take(';').is_none() {
                return if inner.is_empty()
                    || matches!(inner.peek(), Some(TokenTree::Ident(_) | TokenTree::Literal(_)))
                {
                    self.give_up(inner.last(), format!("expected `;` after this: `let {name} = …;`"))
                } else {
                    self.end(inner)
                        .and_then(|()| self.give_up(keyword.span(), "expected `;` after this `let`"))
                };
            }
            lets.push((name, bound));
        }
        if inner.is_empty() {
            return self.give_up(group.span_close(), "expected a value before this `}`");
        }
        let value = self.expression(inner)?;
        self.end(inner)?;
        let (start, end) = (group.span_open(), group.span_close());
        if lets.is_empty() {
            return Ok(Expr { start, end, ..value });
        }
        Ok(Expr::new(Kind::Block(lets, Box::new(value)), start, end))
    }

    /// `|x|`, reported and read as `abs(x)`.
    fn bars(&mut self, tokens: &mut Tokens) -> Parsed {
        let Some(open) = tokens.take('|') else { return Err(GaveUp) };
        self.mistakes.add(open.span(), "write `abs(x)`");
        let inner = self.expression(tokens)?;
        let end = tokens.here();
        if tokens.take('|').is_none() {
            return Err(GaveUp);
        }
        Ok(Expr::new(Kind::Call(Ident::new("abs", open.span()), vec![inner]), open.span(), end))
    }

    /// `x.exp()`, reported and read as `exp(x)`.
    fn method(&mut self, receiver: Expr, tokens: &mut Tokens) -> Parsed {
        let here = tokens.here();
        tokens.next();
        let Some(name) = tokens.take_ident() else {
            return self.give_up(here, "unexpected `.`");
        };
        let shown = match &receiver.kind {
            Kind::Name(ident) => ident.to_string(),
            _ => "…".to_string(),
        };
        self.mistakes.add(name.span(), format!("write `{name}({shown})`"));
        let Some(group) = tokens.take_group(Delimiter::Parenthesis) else { return Err(GaveUp) };
        let start = receiver.start;
        let mut arguments = vec![receiver];
        arguments.extend(self.arguments(&group)?);
        Ok(Expr::new(Kind::Call(name, arguments), start, group.span_close()))
    }

    /// A literal of Rust's lexer as an exact number.
    fn number(&mut self, literal: &Literal) -> Parsed {
        let span = literal.span();
        let text = literal.to_string();
        let (digits, suffix) = split_suffix(&text);
        if digits.is_empty() || suffix.starts_with(['"', '\'']) || text.ends_with(['"', '\'', '#']) {
            return self.give_up(
                span,
                format!("expected a number, found `{}`", text.chars().take(40).collect::<String>()),
            );
        }
        if text.starts_with("0x") || text.starts_with("0b") || text.starts_with("0o") {
            return self.give_up(span, "write the number in decimal");
        }
        let digits: String = digits.chars().filter(|&c| c != '_').collect();
        let Some(value) = Rational::decimal(&digits) else {
            return self
                .give_up(span, "this number is out of reach; decimal exponents go from -1000 to 1000");
        };
        let number = Expr::new(Kind::Number(digits.clone(), value), span, span);
        if suffix.is_empty() {
            return Ok(number);
        }
        if is_rust_type(suffix) {
            self.mistakes
                .add(span, format!("numbers in a formula are exact and have no type; write `{digits}`"));
            return Ok(number);
        }
        self.mistakes.add(span, format!("write the product: `{digits} * {suffix}`"));
        // Whatever the suffix stands for, it has been reported: nothing more is to be said about this name.
        Ok(Expr::new(Kind::Invalid, span, span))
    }
}

fn misplaced_condition(punct: &Punct) -> String {
    match punct.as_char() {
        '<' | '>' => "a comparison belongs into an `if`: `if x > 0 { x } else { 0 }`".into(),
        '=' => "unexpected `=`; name a part with `let` inside braces, compare with `<`, `<=`, `>`, `>=` in an `if`".into(),
        '|' => "unexpected `|`; write `abs(x)` for the absolute value".into(),
        other => format!("there is no `{other}` in a formula; choose with `if a < b {{ … }} else {{ … }}`"),
    }
}

/// Splits `2.5e-3f32` into `2.5e-3` and `f32`.
fn split_suffix(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        while at < bytes.len() && (bytes[at].is_ascii_digit() || bytes[at] == b'_') {
            at += 1;
        }
        at
    };
    let mut at = digits(0);
    if at == 0 || bytes[0] == b'_' {
        return ("", text);
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
            at = digits(at + 1 + sign);
        }
    }
    text.split_at(at)
}

fn is_rust_type(suffix: &str) -> bool {
    let mut letters = suffix.chars();
    matches!(letters.next(), Some('f' | 'i' | 'u'))
        && (letters.as_str() == "size"
            || (!letters.as_str().is_empty() && letters.all(|c| c.is_ascii_digit())))
}

/// For what stands around formulas.
impl Parser<'_> {
    /// A default or the bound of a range; stops at whatever is no part of an expression.
    pub(super) fn bound(&mut self, tokens: &mut Tokens) -> Option<Expr> {
        match self.expression(tokens) {
            Ok(expression) => Some(expression),
            Err(GaveUp) => {
                tokens.skip_all();
                None
            }
        }
    }

    pub(super) fn report(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }
}
