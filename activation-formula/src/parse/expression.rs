//! Expressions, by precedence climbing; the grammar stands in the parent module.
//!
//! What cannot be understood is reported, and the rest of the brackets it stands in is skipped; what was read before and
//! what stands in other brackets is kept, so that the mistakes there are found too.

use crate::declaration::{Comparison, Condition, Expr, Kind, Operator};
use crate::error::Mistakes;
use crate::function::lookup;
use crate::rational::Rational;
use crate::suggest::foreign;
use crate::tokens::{MOST_NESTING, Tokens, name_of, too_deep};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Span, TokenTree};

const NEEDS_COMPARISON: &str = "expected a comparison `<`, `<=`, `>` or `>=`";
const ONE_COMPARISON: &str =
    "one comparison at a time; nest them: `if a < x { if x < b { … } else { … } } else { … }`";
const ONE_PAIR: &str = "compare one pair at a time: `if x < -3 { … } else if x < 3 { … } else { … }`";
const CHOICE: &str = "write a choice as `if c { a } else { b }`";

pub(super) struct Parser<'a> {
    mistakes: &'a mut Mistakes,
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
    fn end(&mut self, tokens: &mut Tokens) -> bool {
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
    fn lost(&mut self, tokens: &mut Tokens, span: Span, message: impl Into<String>) -> Expr {
        if !tokens.is_lost() {
            self.mistakes.add(span, message);
        }
        tokens.lose();
        Expr::invalid(span)
    }

    /// Runs `parse` one level deeper, unless that is too deep.
    fn deeper(&mut self, tokens: &mut Tokens, parse: impl FnOnce(&mut Self, &mut Tokens) -> Expr) -> Expr {
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

    fn expression(&mut self, tokens: &mut Tokens) -> Expr {
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

    fn term(&mut self, tokens: &mut Tokens) -> Expr {
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

    fn factor(&mut self, tokens: &mut Tokens) -> Expr {
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

    fn atom(&mut self, tokens: &mut Tokens) -> Expr {
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
    fn group(&mut self, group: &Group) -> Expr {
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

    fn arguments(&mut self, group: &Group) -> Vec<Expr> {
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

    /// `if condition { … } else …`, the `if` not yet taken.
    fn choice(&mut self, tokens: &mut Tokens) -> Expr {
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

    /// A literal of Rust's lexer as an exact number; `2x` is reported and read as `2 * x`.
    fn literal(&mut self, tokens: &mut Tokens) -> Expr {
        let Some(TokenTree::Literal(literal)) = tokens.next() else { return Expr::invalid(tokens.here()) };
        let span = literal.span();
        let text = literal.to_string();
        let (number, suffix) = self.number(&literal, &text);
        if suffix.is_empty() || matches!(number.kind, Kind::Invalid) {
            return number;
        }
        let digits = text.trim_end_matches(suffix).trim_end_matches('_');
        if is_rust_type(suffix) {
            self.mistakes
                .add(span, format!("numbers in a formula are exact and have no type; write `{digits}`"));
            return number;
        }
        let name = Ident::new(suffix, span);
        let (factor, shown) = match tokens.take_group(Delimiter::Parenthesis) {
            Some(group) => {
                let arguments = self.arguments(&group);
                let call = Expr::new(Kind::Call(name, arguments), span, group.span_close());
                (call, format!("{suffix}( … )"))
            }
            None => (Expr::new(Kind::Name(name), span, span), suffix.to_string()),
        };
        self.mistakes.add(span, format!("write the product: `{digits} * {shown}`"));
        Expr::binary(Operator::Multiply, number, factor)
    }

    /// The number that a literal begins with, and what follows it.
    fn number<'text>(&mut self, literal: &Literal, text: &'text str) -> (Expr, &'text str) {
        let span = literal.span();
        let (digits, suffix) = split_suffix(text);
        let plain = |c: char| c == '_' || c.is_alphanumeric();
        let message = if digits.is_empty() || !suffix.chars().all(plain) {
            format!("expected a number, found `{}`", text.chars().take(40).collect::<String>())
        } else if text.starts_with("0x") || text.starts_with("0b") || text.starts_with("0o") {
            "write the number in decimal".to_string()
        } else {
            let digits: String = digits.chars().filter(|&c| c != '_').collect();
            match Rational::decimal(&digits) {
                Some(value) => {
                    let digits = digits.trim_end_matches('.').to_string();
                    return (Expr::new(Kind::Number(digits, value), span, span), suffix);
                }
                None => "this number is out of reach; decimal exponents go from -1000 to 1000".to_string(),
            }
        };
        self.mistakes.add(span, message);
        (Expr::invalid(span), suffix)
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

/// Where the `?` of a choice in the manner of C stands.
fn question_mark(tokens: &Tokens) -> Option<Span> {
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
