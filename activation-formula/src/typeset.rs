//! Formulas as mathematics: LaTeX, and MathML, which browsers draw without any script.
//!
//! A text of the language becomes a [`Math`], which says what stands where: fractions, roots, powers, cases. The two
//! printers only spell that out. Products are juxtaposed, `exp(u)` is a power of e, `alpha_p` has an index.

mod latex;
mod mathml;

use crate::declaration::{Comparison, Expr, Kind, Operator};
use crate::source::{Diagnostic, formula};
use activation_math::Output;

/// A formula, or an equation, that can be typeset.
///
/// ```
/// use activation_formula::Typeset;
/// use activation_math::Output;
///
/// let silu = Typeset::of("x / (1 + exp(-x))").unwrap();
/// assert_eq!(silu.latex(), r"\frac{x}{1 + e^{-x}}");
///
/// let slope = Typeset::of("sigmoid(x)").unwrap().as_value_of(Output::Derivative, "x", &[]);
/// assert_eq!(slope.latex(), r"f'(x) = \sigma(x)");
/// assert!(slope.mathml().starts_with(r#"<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">"#));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset(Math);

impl Typeset {
    /// Reads a formula of the language: what an author may write, and every formula that this crate prints.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the syntax. Names are not looked up: what is unknown is typeset as it is.
    pub fn of(text: &str) -> Result<Self, Vec<Diagnostic>> {
        Ok(Typeset(piece(&formula(text)?).math))
    }

    /// The equation `f(x) = …`, `f'(x) = …`, `f''(x) = …` or `∂f/∂parameter = …`, with what this is for its right side.
    ///
    /// `parameters` are the parameters' names in the order of declaration.
    #[must_use]
    pub fn as_value_of(self, output: Output, variable: &str, parameters: &[&str]) -> Self {
        let primes = match output {
            Output::Forward => 0,
            Output::Derivative => 1,
            Output::SecondDerivative => 2,
            Output::ParameterDerivative(index) => {
                let by = Math::Name(parameters.get(index).copied().unwrap_or("?").to_owned());
                let part = |of: Math| Math::Row(vec![Math::Symbol(Symbol::Partial), of]);
                let top = part(Math::Name("f".into()));
                let left = Math::Fraction(Box::new(top), Box::new(part(by)));
                return Typeset(Math::Row(vec![left, Math::Symbol(Symbol::Equal), self.0]));
            }
        };
        let left = Math::Value(primes, variable.to_owned());
        Typeset(Math::Row(vec![left, Math::Symbol(Symbol::Equal), self.0]))
    }

    /// In LaTeX, to stand in math mode; needs amsmath where there are cases.
    pub fn latex(&self) -> String {
        latex::print(&self.0)
    }

    /// As a `<math>` element of MathML Core, in a line of its own.
    pub fn mathml(&self) -> String {
        mathml::print(&self.0)
    }
}

/// What stands where.
#[derive(Clone, Debug, PartialEq)]
enum Math {
    Number(String),
    /// As in the formula.
    Name(String),
    Symbol(Symbol),
    Row(Vec<Math>),
    Fraction(Box<Math>, Box<Math>),
    Power(Box<Math>, Box<Math>),
    /// Of the second or the third degree.
    Root(u8, Box<Math>),
    Absolute(Box<Math>),
    Parentheses(Box<Math>),
    /// A function by its name in the language, raised to a power, of arguments.
    Call(String, Option<Box<Math>>, Vec<Math>),
    /// Values with their conditions, and the value otherwise.
    Cases(Vec<(Math, Math)>, Box<Math>),
    /// A value, and what its names stand for.
    Where(Box<Math>, Vec<(String, Math)>),
    /// f with so many primes, of a variable.
    Value(usize, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    Plus,
    Minus,
    /// Between factors that would run into each other.
    Dot,
    /// Between factors that do not.
    Times,
    Equal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Partial,
}

impl From<Comparison> for Symbol {
    fn from(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Less => Symbol::Less,
            Comparison::LessEqual => Symbol::LessEqual,
            Comparison::Greater => Symbol::Greater,
            Comparison::GreaterEqual => Symbol::GreaterEqual,
        }
    }
}

/// How tightly the outermost part binds; a weaker one inside a stronger one is put in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Choice,
    Sum,
    Negation,
    Product,
    Power,
    Atom,
}

struct Piece {
    math: Math,
    strength: Strength,
}

impl Piece {
    fn new(math: Math, strength: Strength) -> Self {
        Piece { math, strength }
    }

    fn within(self, at_least: Strength) -> Math {
        if self.strength < at_least { Math::Parentheses(Box::new(self.math)) } else { self.math }
    }
}

fn piece(expression: &Expr) -> Piece {
    match &expression.kind {
        Kind::Number(text, _) => number(text),
        Kind::Name(name) => Piece::new(Math::Name(name.to_string()), Strength::Atom),
        Kind::Call(name, arguments) => {
            call(&name.to_string(), arguments.iter().map(|argument| piece(argument).math).collect())
        }
        Kind::Negate(inner) => {
            let inner = piece(inner).within(Strength::Product);
            Piece::new(Math::Row(vec![Math::Symbol(Symbol::Minus), inner]), Strength::Negation)
        }
        Kind::Binary(operator, left, right) => binary(*operator, piece(left), piece(right)),
        Kind::If(..) => cases(expression),
        Kind::Block(lets, value) => {
            let value = piece(value).math;
            let lets = lets.iter().map(|(name, bound)| (name.to_string(), piece(bound).math)).collect();
            Piece::new(Math::Where(Box::new(value), lets), Strength::Choice)
        }
        Kind::Invalid => Piece::new(Math::Name("?".into()), Strength::Atom),
    }
}

fn binary(operator: Operator, left: Piece, right: Piece) -> Piece {
    let symbol = match operator {
        Operator::Add => Symbol::Plus,
        Operator::Subtract => Symbol::Minus,
        Operator::Multiply => {
            let (left, right) = (factor(left, true), factor(right, false));
            let symbol = if runs_into(&left, &right) { Symbol::Dot } else { Symbol::Times };
            return Piece::new(Math::Row(vec![left, Math::Symbol(symbol), right]), Strength::Product);
        }
        Operator::Divide => {
            // As one would write it: the minus stands before the fraction.
            if let Math::Row(parts) = &left.math
                && let [Math::Symbol(Symbol::Minus), rest] = parts.as_slice()
            {
                let fraction = Math::Fraction(Box::new(rest.clone()), Box::new(right.math));
                return Piece::new(
                    Math::Row(vec![Math::Symbol(Symbol::Minus), fraction]),
                    Strength::Negation,
                );
            }
            let fraction = Math::Fraction(Box::new(left.math), Box::new(right.math));
            return Piece::new(fraction, Strength::Power);
        }
        Operator::Power => return power(left, right.math),
    };
    // A first term may begin with a minus; later ones would follow a sign with a sign.
    let (left, right) = (left.within(Strength::Sum), right.within(Strength::Product));
    Piece::new(Math::Row(vec![left, Math::Symbol(symbol), right]), Strength::Sum)
}

fn factor(piece: Piece, is_first: bool) -> Math {
    piece.within(if is_first { Strength::Negation } else { Strength::Product })
}

fn power(base: Piece, exponent: Math) -> Piece {
    let is_whole =
        matches!(&exponent, Math::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()));
    match base.math {
        Math::Call(name, None, arguments) if is_whole => {
            Piece::new(Math::Call(name, Some(Box::new(exponent)), arguments), Strength::Power)
        }
        math => {
            let base = Piece::new(math, base.strength).within(Strength::Atom);
            Piece::new(Math::Power(Box::new(base), Box::new(exponent)), Strength::Power)
        }
    }
}

fn call(name: &str, mut arguments: Vec<Math>) -> Piece {
    let math = match (name, arguments.len()) {
        ("exp", 1) if !is_tall(&arguments[0]) => {
            return power(Piece::new(Math::Name("e".into()), Strength::Atom), arguments.remove(0));
        }
        ("sqrt", 1) => Math::Root(2, Box::new(arguments.remove(0))),
        ("cbrt", 1) => Math::Root(3, Box::new(arguments.remove(0))),
        ("abs", 1) => Math::Absolute(Box::new(arguments.remove(0))),
        _ => Math::Call(name.to_owned(), None, arguments),
    };
    Piece::new(math, Strength::Atom)
}

/// `3`, `2.5e-3` as 2.5 · 10^-3.
fn number(text: &str) -> Piece {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return Piece::new(Math::Number(text.to_owned()), Strength::Atom);
    };
    let exponent = exponent.trim_start_matches('+');
    let exponent = match exponent.strip_prefix('-') {
        Some(digits) => Math::Row(vec![Math::Symbol(Symbol::Minus), Math::Number(digits.to_owned())]),
        None => Math::Number(exponent.to_owned()),
    };
    let ten = Math::Power(Box::new(Math::Number("10".into())), Box::new(exponent));
    if mantissa == "1" {
        return Piece::new(ten, Strength::Power);
    }
    let mantissa = Math::Number(mantissa.to_owned());
    Piece::new(Math::Row(vec![mantissa, Math::Symbol(Symbol::Dot), ten]), Strength::Product)
}

fn cases(expression: &Expr) -> Piece {
    let mut rows = Vec::new();
    let mut rest = expression;
    while let Kind::If(condition, then, otherwise) = &rest.kind {
        let (left, right) = (piece(&condition.left).math, piece(&condition.right).math);
        let condition = Math::Row(vec![left, Math::Symbol(condition.comparison.into()), right]);
        rows.push((piece(then).math, condition));
        rest = otherwise;
    }
    Piece::new(Math::Cases(rows, Box::new(piece(rest).math)), Strength::Choice)
}

/// Whether an exponent would be too small or too high to be read as one.
fn is_tall(math: &Math) -> bool {
    match math {
        Math::Number(_) | Math::Name(_) | Math::Symbol(_) | Math::Value(..) => false,
        Math::Row(parts) => parts.iter().any(is_tall),
        Math::Parentheses(inner) | Math::Absolute(inner) | Math::Root(_, inner) => is_tall(inner),
        Math::Fraction(top, bottom) => has_fraction(top) || has_fraction(bottom),
        Math::Power(base, exponent) => {
            is_tall(base) || !matches!(**exponent, Math::Number(_) | Math::Name(_))
        }
        Math::Call(_, _, arguments) => arguments.iter().any(has_fraction),
        Math::Cases(..) | Math::Where(..) => true,
    }
}

fn has_fraction(math: &Math) -> bool {
    match math {
        Math::Fraction(..) => true,
        Math::Row(parts) => parts.iter().any(has_fraction),
        Math::Parentheses(inner) | Math::Absolute(inner) | Math::Root(_, inner) => has_fraction(inner),
        _ => is_tall(math),
    }
}

/// Whether two factors side by side would read as something else: `2 3`, `2 1/2`.
fn runs_into(left: &Math, right: &Math) -> bool {
    fn begins(math: &Math) -> bool {
        match math {
            Math::Number(_) => true,
            Math::Row(parts) => parts.first().is_some_and(begins),
            Math::Power(base, _) => begins(base),
            _ => false,
        }
    }
    fn ends(math: &Math) -> bool {
        match math {
            Math::Number(_) => true,
            Math::Row(parts) => parts.last().is_some_and(ends),
            _ => false,
        }
    }
    begins(right) || (ends(left) && matches!(right, Math::Fraction(top, _) if begins(top)))
}

/// A name and its index: `alpha_p` is alpha with a p, `t0` is t with a 0.
fn index(name: &str) -> (&str, Option<&str>) {
    let name = name.strip_prefix("r#").unwrap_or(name);
    match name.split_once('_') {
        Some((base, index)) if !base.is_empty() && !index.is_empty() => (base, Some(index)),
        Some(_) => (name, None),
        None => {
            let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
            match &name[base.len()..] {
                "" => (name, None),
                _ if base.is_empty() => (name, None),
                digits => (base, Some(digits)),
            }
        }
    }
}

/// Names of Greek letters, and the letters.
const GREEK: &[(&str, char)] = &[
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("pi", 'π'),
    ("rho", 'ρ'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
];

/// How functions are called in mathematics, where that is another name than the language's.
const CALLED: &[(&str, &str)] = &[
    ("asinh", "arsinh"),
    ("atan", "arctan"),
    ("log", "ln"),
    ("logistic", "σ"),
    ("relu", "ReLU"),
    ("sigmoid", "σ"),
    ("sign", "sgn"),
];

/// A function's name in print.
fn called(name: &str) -> &str {
    CALLED.iter().find(|(known, _)| *known == name).map_or(name, |(_, printed)| printed)
}

#[cfg(test)]
mod tests;
