//! The formula as its author wrote it: the syntax tree, every node with its place in the source.

use crate::error::Mistake;
use crate::rational::Rational;
use proc_macro2::{Ident, Span, TokenStream};

/// One `pub Name(variable; parameters) = body;`.
#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    /// The doc comment, one line of text a line.
    pub(crate) docs: String,
    /// Other names that find the activation, from `#[alias(…)]`.
    pub(crate) aliases: Vec<String>,
    /// Hand-written forms of its functions, from `#[stable(forward = …, derivative = …)]`.
    pub(crate) stable: Vec<(Ident, Expr)>,
    /// `#[unchecked]`: a missing certificate is accepted.
    pub(crate) unchecked: bool,
    /// Attributes that are handed on to the generated type, as written.
    pub(crate) attributes: TokenStream,
    pub(crate) visibility: TokenStream,
    /// The type's name; for a bare expression a stand-in.
    pub(crate) name: Ident,
    /// The variable's name.
    pub(crate) variable: Ident,
    /// In the order of declaration.
    pub(crate) parameters: Vec<Parameter>,
    /// The formula itself.
    pub(crate) body: Expr,
}

/// One `learn name = default in low..high`.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The doc comment.
    pub(crate) docs: String,
    /// The parameter's name.
    pub(crate) name: Ident,
    /// Whether training adjusts it.
    pub(crate) learned: bool,
    pub(crate) default: Option<Expr>,
    pub(crate) low: Option<Expr>,
    pub(crate) high: Option<Expr>,
}

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    pub(crate) start: Span,
    pub(crate) end: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A decimal literal: its text without `_`, and its exact value.
    Number(String, Rational),
    Name(Ident),
    Call(Ident, Vec<Expr>),
    Negate(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    If(Box<Condition>, Box<Expr>, Box<Expr>),
    /// `{ let name = …; … value }`
    Block(Vec<(Ident, Expr)>, Box<Expr>),
    /// Stands where a mistake has been reported already, so that nothing else is said about it.
    Invalid,
}

#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) left: Expr,
    pub(crate) comparison: Comparison,
    pub(crate) right: Expr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl Operator {
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Power => "^",
        }
    }
}

/// The four comparisons of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Comparison {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Comparison {
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::LessEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterEqual => ">=",
        }
    }

    /// The comparison that says the same with its sides exchanged.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Comparison::Less => Comparison::Greater,
            Comparison::LessEqual => Comparison::GreaterEqual,
            Comparison::Greater => Comparison::Less,
            Comparison::GreaterEqual => Comparison::LessEqual,
        }
    }

    pub(crate) fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::LessEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterEqual => left >= right,
        }
    }
}

impl Expr {
    pub(crate) fn new(kind: Kind, start: Span, end: Span) -> Self {
        Expr { kind, start, end }
    }

    pub(crate) fn invalid(span: Span) -> Self {
        Expr::new(Kind::Invalid, span, span)
    }

    pub(crate) fn binary(operator: Operator, left: Expr, right: Expr) -> Self {
        let (start, end) = (left.start, right.end);
        Expr::new(Kind::Binary(operator, Box::new(left), Box::new(right)), start, end)
    }

    /// A mistake on the whole expression.
    pub(crate) fn mistake(&self, message: impl Into<String>) -> Mistake {
        Mistake::between(self.start, self.end, message)
    }

    /// Calls `visit` on this expression and everything inside it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        match &self.kind {
            Kind::Number(..) | Kind::Name(_) | Kind::Invalid => {}
            Kind::Call(_, arguments) => arguments.iter().for_each(|argument| argument.walk(visit)),
            Kind::Negate(inner) => inner.walk(visit),
            Kind::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Kind::If(condition, then, otherwise) => {
                condition.left.walk(visit);
                condition.right.walk(visit);
                then.walk(visit);
                otherwise.walk(visit);
            }
            Kind::Block(lets, value) => {
                lets.iter().for_each(|(_, bound)| bound.walk(visit));
                value.walk(visit);
            }
        }
    }

    /// True if a part of it could not be read.
    pub(crate) fn has_invalid_part(&self) -> bool {
        let mut found = false;
        self.walk(&mut |part| found |= matches!(part.kind, Kind::Invalid));
        found
    }
}

/// `HardSigmoid` is `hard_sigmoid`, `Relu6` is `relu6`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut previous = None::<char>;
    for character in name.trim_start_matches("r#").chars() {
        if character.is_uppercase() && previous.is_some_and(|p| p.is_lowercase() || p.is_ascii_digit()) {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
        previous = Some(character);
    }
    snake
}
