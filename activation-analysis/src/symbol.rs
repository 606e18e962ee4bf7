//! Formulas as expressions that can be compared: equal expressions are one number, up to the sign.
//!
//! A formula is run on symbols instead of numbers, once for x and once for -x, with the branches that are taken beside a
//! point. If both come to the same expression, or to its negation, the function is even or odd, exactly and everywhere
//! between the branch points.

use activation_math::Real;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// An expression, or the negation of one, with its value at the point by which branches are chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    id: u32,
    negated: bool,
    value: f64,
}

/// What an expression is made of.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Node {
    Variable,
    Number(u64),
    /// A number of which the rest of the digits is known too.
    Constant(u64, u64),
    Decimal(String),
    Call(&'static str, Vec<(u32, bool)>),
    Power(u32, bool, i32),
}

thread_local! {
    static KNOWN: RefCell<HashMap<Node, u32>> = RefCell::new(HashMap::new());
}

/// How a function answers to a change of sign.
#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Same,
    Opposite,
    Other,
}

impl Symbol {
    /// The variable at `x`; forgets all symbols made before.
    pub(crate) fn variable(x: f64) -> Self {
        KNOWN.with_borrow_mut(HashMap::clear);
        Symbol::make(Node::Variable, x)
    }

    fn make(node: Node, value: f64) -> Self {
        let id = KNOWN.with_borrow_mut(|known| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(node).or_insert(next)
        });
        Symbol { id, negated: false, value }
    }

    /// The same variable at another point.
    pub(crate) fn at(self, value: f64) -> Self {
        Symbol { value, ..self }
    }

    /// Whether two expressions are one.
    pub(crate) fn is(self, other: Symbol) -> bool {
        self.id == other.id && self.negated == other.negated
    }

    fn key(self) -> (u32, bool) {
        (self.id, self.negated)
    }

    fn signed(self, negative: bool) -> Self {
        if negative { -self } else { self }
    }

    fn call(self, name: &'static str, value: f64, answer: Answer) -> Self {
        let plain = match answer {
            Answer::Other => self,
            Answer::Same | Answer::Opposite => Symbol { negated: false, ..self },
        };
        // The value is that of the result; the node is that of the positive argument.
        let negative = answer == Answer::Opposite && self.negated;
        let result = Symbol::make(Node::Call(name, vec![plain.key()]), value);
        if negative { Symbol { negated: true, ..result } } else { result }
    }

    fn both(name: &'static str, mut keys: [(u32, bool); 2], value: f64) -> Self {
        keys.sort_unstable();
        Symbol::make(Node::Call(name, keys.to_vec()), value)
    }
}

impl Neg for Symbol {
    type Output = Symbol;

    fn neg(self) -> Symbol {
        Symbol { negated: !self.negated, value: -self.value, ..self }
    }
}

impl Add for Symbol {
    type Output = Symbol;

    /// The term of the smaller number comes without a minus: -(a + b) is one expression with -a - b.
    fn add(self, other: Symbol) -> Symbol {
        let value = self.value + other.value;
        let (first, second) = if self.key() <= other.key() { (self, other) } else { (other, self) };
        let (first, second) = if first.id <= second.id { (first, second) } else { (second, first) };
        let flip = first.negated;
        let keys = [(first.id, false), (second.id, second.negated != flip)];
        let sum = Symbol::both("+", keys, value);
        Symbol { negated: flip, ..sum }
    }
}

impl Sub for Symbol {
    type Output = Symbol;

    fn sub(self, other: Symbol) -> Symbol {
        self + -other
    }
}

impl Mul for Symbol {
    type Output = Symbol;

    fn mul(self, other: Symbol) -> Symbol {
        let product = Symbol::both("*", [(self.id, false), (other.id, false)], self.value * other.value);
        Symbol { negated: self.negated != other.negated, ..product }
    }
}

impl Div for Symbol {
    type Output = Symbol;

    fn div(self, other: Symbol) -> Symbol {
        let keys = vec![(self.id, false), (other.id, false)];
        let quotient = Symbol::make(Node::Call("/", keys), self.value / other.value);
        Symbol { negated: self.negated != other.negated, ..quotient }
    }
}

macro_rules! functions {
    ($($answer:ident: $($name:ident)*;)*) => {
        $($(fn $name(self) -> Self {
            self.call(stringify!($name), Real::$name(self.value), Answer::$answer)
        })*)*
    };
}

impl Real for Symbol {
    type Mask = bool;

    fn literal(self, value: f64) -> Self {
        let size = Symbol::make(Node::Number(value.abs().to_bits()), value.abs());
        size.signed(value < 0.0)
    }

    fn constant(self, [value, rest, _]: [f64; 3]) -> Self {
        if rest == 0.0 {
            return self.literal(value);
        }
        let signed = if value < 0.0 { -rest } else { rest };
        let size = Symbol::make(Node::Constant(value.abs().to_bits(), signed.to_bits()), value.abs());
        size.signed(value < 0.0)
    }

    fn decimal(self, text: &str) -> Self {
        Symbol::make(Node::Decimal(text.to_owned()), text.parse().unwrap_or(f64::NAN))
    }

    fn pi(self) -> Self {
        Symbol::make(Node::Call("pi", Vec::new()), std::f64::consts::PI)
    }

    fn e(self) -> Self {
        Symbol::make(Node::Call("e", Vec::new()), std::f64::consts::E)
    }

    fn less(self, other: Self) -> bool {
        self.value < other.value
    }

    fn less_equal(self, other: Self) -> bool {
        self.value <= other.value
    }

    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }

    /// Without looking at the branches of an absolute value: it is one expression for both signs.
    fn abs(self) -> Self {
        if self.value < 0.0 { -self } else { self }
    }

    fn sign(self) -> Self {
        let one = self.literal(1.0);
        if self.value > 0.0 {
            one
        } else if self.value < 0.0 {
            -one
        } else {
            self.literal(0.0)
        }
    }

    fn powi(self, exponent: i32) -> Self {
        let odd = exponent % 2 != 0;
        let power = Symbol::make(Node::Power(self.id, false, exponent), Real::powi(self.value, exponent));
        Symbol { negated: odd && self.negated, ..power }
    }

    fn pow(self, exponent: Self) -> Self {
        let keys = vec![self.key(), exponent.key()];
        Symbol::make(Node::Call("pow", keys), Real::pow(self.value, exponent.value))
    }

    functions! {
        Same: cosh cos sech logcosh decay decay_gap;
        Opposite: cbrt sinh tanh asinh atan sin erf tanhshrink;
        Other: sqrt exp expm1 ln log1p erfc sigmoid softplus exp_excess;
    }
}
