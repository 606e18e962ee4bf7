//! Nodes of a graph as text: derivatives, and formulas after simplification.

use super::{Piece, Strength};
use crate::function::Function;
use crate::graph::{Constant, Graph, Id, Node, Product, Select, Sum};
use crate::rational::Rational;
use std::collections::HashMap;

/// A text with more nodes than this names its shared parts with `let`.
const MOST_NODES: u64 = 250;

/// The text of a node; `names` are the variable's and the parameters'.
pub(crate) fn derived(graph: &Graph, root: Id, variable: &str, parameters: &[String]) -> String {
    printed(graph, root, variable, parameters, false)
}

/// The same with the functions that are computed, some of which the language has no names for: `tanhshrink(x)`.
pub(crate) fn computed(graph: &Graph, root: Id, variable: &str, parameters: &[String]) -> String {
    printed(graph, root, variable, parameters, true)
}

fn printed(graph: &Graph, root: Id, variable: &str, parameters: &[String], by_name: bool) -> String {
    let order = graph.reachable(&[root]);
    let mut size: HashMap<Id, u64> = HashMap::new();
    let mut uses: HashMap<Id, usize> = HashMap::new();
    for &id in &order {
        let children = graph.children(id);
        let total = children.iter().map(|child| size.get(child).copied().unwrap_or(1));
        size.insert(id, total.fold(1, u64::saturating_add));
        children.into_iter().for_each(|child| *uses.entry(child).or_default() += 1);
    }
    let mut printer = Printer { graph, variable, parameters, by_name, names: HashMap::new() };
    if size.get(&root).is_some_and(|&size| size <= MOST_NODES) {
        return printer.piece(root).text;
    }
    let mut text = String::from("{ ");
    for id in order {
        let shared =
            uses.get(&id).is_some_and(|&uses| uses > 1) && size.get(&id).is_some_and(|&size| size > 3);
        if shared && id != root {
            let name = printer.fresh_name();
            text += &format!("let {name} = {}; ", printer.piece(id).text);
            printer.names.insert(id, name);
        }
    }
    text += &printer.piece(root).text;
    text + " }"
}

struct Printer<'a> {
    graph: &'a Graph,
    variable: &'a str,
    parameters: &'a [String],
    /// Whether every function has its own name.
    by_name: bool,
    /// What has been named with `let`.
    names: HashMap<Id, String>,
}

impl Printer<'_> {
    fn fresh_name(&self) -> String {
        (self.names.len()..)
            .map(|number| format!("t{number}"))
            .find(|name| {
                name != self.variable
                    && !self.parameters.contains(name)
                    && !self.names.values().any(|known| known == name)
            })
            .unwrap_or_default()
    }

    fn piece(&self, id: Id) -> Piece {
        if let Some(name) = self.names.get(&id) {
            return Piece::new(name, Strength::Atom);
        }
        match self.graph.node(id) {
            Node::Variable => Piece::new(self.variable, Strength::Atom),
            Node::Parameter(index) => {
                Piece::new(self.parameters.get(*index).map_or("?", String::as_str), Strength::Atom)
            }
            Node::Constant(Constant::Pi) => Piece::new("pi", Strength::Atom),
            Node::Constant(Constant::E) => Piece::new("e", Strength::Atom),
            Node::Number(value) => number(value),
            Node::Sum(sum) => self.sum(sum),
            Node::Product(product) => self.product(&Rational::one(), product),
            Node::Power(base, exponent) => Piece::new(
                format!(
                    "{}^{}",
                    self.piece(*base).within(Strength::Atom),
                    self.piece(*exponent).within(Strength::Power)
                ),
                Strength::Power,
            ),
            Node::Call(function, arguments) => self.call(*function, arguments),
            // Among other terms the end of a choice is hard to see without parentheses.
            Node::Select(select) => Piece::new(self.select(select), Strength::Sum),
        }
    }

    fn call(&self, function: Function, arguments: &[Id]) -> Piece {
        let inside: Vec<String> = arguments.iter().map(|&argument| self.piece(argument).text).collect();
        let inside = inside.join(", ");
        match function {
            _ if self.by_name => Piece::new(format!("{function}({inside})"), Strength::Atom),
            Function::Sech => Piece::new(format!("1 / cosh({inside})"), Strength::Product),
            Function::Logcosh => Piece::new(format!("ln(cosh({inside}))"), Strength::Atom),
            Function::Tanhshrink => Piece::new(format!("{inside} - tanh({inside})"), Strength::Sum),
            Function::NormalCdf => self.normal_distribution(arguments),
            Function::Gauss => {
                let inside = arguments.first().map(|&id| self.piece(id).within(Strength::Atom));
                Piece::new(format!("exp(-{}^2 / 2)", inside.unwrap_or_default()), Strength::Atom)
            }
            Function::Decay => Piece::new(format!("exp(-abs({inside}))"), Strength::Atom),
            Function::DecayGap => Piece::new(format!("1 - exp(-abs({inside}))"), Strength::Sum),
            Function::ExpExcess => Piece::new(format!("exp({inside}) - 1 - ({inside})"), Strength::Sum),
            _ => Piece::new(format!("{function}({inside})"), Strength::Atom),
        }
    }

    /// In the words of the language, in which that function is not.
    fn normal_distribution(&self, arguments: &[Id]) -> Piece {
        let inside =
            arguments.first().map(|&id| self.piece(id).within(Strength::Product)).unwrap_or_default();
        let negated = match inside.strip_prefix('-') {
            Some(positive) => positive.to_owned(),
            None => format!("-{inside}"),
        };
        Piece::new(format!("erfc({negated} / sqrt(2)) / 2"), Strength::Product)
    }

    fn select(&self, select: &Select) -> String {
        let otherwise = match self.graph.node(select.otherwise) {
            Node::Select(inner) if !self.names.contains_key(&select.otherwise) => self.select(inner),
            _ => format!("{{ {} }}", self.piece(select.otherwise).text),
        };
        format!(
            "if {} {} {} {{ {} }} else {otherwise}",
            self.piece(select.left).text,
            select.comparison.symbol(),
            self.piece(select.right).text,
            self.piece(select.then).text,
        )
    }

    fn sum(&self, Sum { terms, constant }: &Sum) -> Piece {
        let mut parts: Vec<(bool, Piece)> = Vec::new();
        for (term, coefficient) in terms {
            parts.push((coefficient.is_negative(), self.scaled(&coefficient.abs(), *term)));
        }
        if !constant.is_zero() {
            let part = (constant.is_negative(), number(&constant.abs()));
            // `1 - tanh(x)^2`, but `x^2 + 1`.
            if constant.is_positive() && parts.first().is_some_and(|(negative, _)| *negative) {
                parts.insert(0, part);
            } else {
                parts.push(part);
            }
        }
        if let [(negative, _)] = parts.as_slice() {
            let negative = *negative;
            let piece = parts.remove(0).1;
            return if negative {
                Piece::new(format!("-{}", piece.within(Strength::Product)), Strength::Negation)
            } else {
                piece
            };
        }
        // A positive term first, if there is one.
        if parts.first().is_some_and(|(negative, _)| *negative)
            && let Some(first) = parts.iter().position(|(negative, _)| !negative)
        {
            parts[..=first].rotate_right(1);
        }
        let mut text = String::new();
        for (negative, piece) in parts {
            text += match (text.is_empty(), negative) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            };
            text += &piece.within(Strength::Product);
        }
        Piece::new(text, Strength::Sum)
    }

    fn scaled(&self, coefficient: &Rational, term: Id) -> Piece {
        match self.graph.node(term) {
            Node::Product(product) if !self.names.contains_key(&term) => self.product(coefficient, product),
            _ if coefficient.is_one() => self.piece(term),
            _ => self.product(coefficient, &Product(vec![(term, Rational::one())])),
        }
    }

    /// The square root of a fraction of constants: `sqrt(2 / pi)`.
    fn root(&self, above: &[Id], below: &[Id]) -> Piece {
        let pieces = |constants: &[Id]| constants.iter().map(|&constant| self.piece(constant)).collect();
        Piece::new(format!("sqrt({})", fraction(pieces(above), pieces(below)).text), Strength::Atom)
    }

    /// `coefficient · Π base^exponent` as one fraction; square roots of constants are drawn together.
    fn product(&self, coefficient: &Rational, Product(factors): &Product) -> Piece {
        let mut coefficient = coefficient.clone();
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let (mut root_above, mut root_below) = (Vec::new(), Vec::new());
        // As one would write it: parameters, then the variable, then everything else.
        let mut factors: Vec<&(Id, Rational)> = factors.iter().collect();
        factors.sort_by_key(|(base, _)| match self.graph.node(*base) {
            Node::Parameter(_) | Node::Number(_) | Node::Constant(_) => 0,
            Node::Variable => 1,
            _ => 2,
        });
        for (base, exponent) in factors {
            let half = *exponent == Rational::ratio(1, 2);
            let minus_half = *exponent == Rational::ratio(-1, 2);
            let node = self.graph.node(*base);
            match node {
                // a·√2/2 reads better as a/√2.
                Node::Number(value) if half && (coefficient.denominator().divided_by(value)).is_some() => {
                    coefficient = &coefficient * value;
                    root_below.push(*base);
                }
                Node::Number(_) | Node::Constant(_) if half => root_above.push(*base),
                Node::Number(_) | Node::Constant(_) if minus_half => root_below.push(*base),
                Node::Call(Function::Sech, arguments) if exponent.is_positive() && !self.by_name => {
                    let inside =
                        arguments.first().map(|&argument| self.piece(argument).text).unwrap_or_default();
                    below.push(raised(Piece::new(format!("cosh({inside})"), Strength::Atom), exponent));
                }
                _ if exponent.is_negative() => below.push(raised(self.piece(*base), &exponent.abs())),
                _ => above.push(raised(self.piece(*base), exponent)),
            }
        }
        match (root_above.is_empty(), root_below.is_empty()) {
            (true, true) => {}
            (true, false) => below.push(self.root(&root_below, &[])),
            (false, _) => above.insert(0, self.root(&root_above, &root_below)),
        }
        // A fraction goes to both sides of the line, a decimal stays above it.
        if coefficient.prints_as_decimal() {
            if !coefficient.is_one() {
                above.insert(0, number(&coefficient));
            }
        } else {
            let (numerator, denominator) = (coefficient.numerator(), coefficient.denominator());
            if !numerator.is_one() {
                above.insert(0, number(&numerator));
            }
            if !denominator.is_one() {
                below.insert(0, number(&denominator));
            }
        }
        fraction(above, below)
    }
}

fn fraction(above: Vec<Piece>, mut below: Vec<Piece>) -> Piece {
    let single = above.len() == 1 && below.is_empty();
    if single {
        return above.into_iter().next().unwrap_or_else(|| Piece::new("1", Strength::Atom));
    }
    let joined = |pieces: Vec<Piece>| {
        // `2 * -x` would parse, but reads badly; a fraction inside a product is put in parentheses.
        let texts: Vec<String> = pieces.into_iter().map(|piece| piece.within(Strength::Power)).collect();
        texts.join(" * ")
    };
    let top = if above.is_empty() { "1".to_string() } else { joined(above) };
    if below.is_empty() {
        return Piece::new(top, Strength::Product);
    }
    let bottom = if below.len() == 1 {
        below.remove(0).within(Strength::Power)
    } else {
        format!("({})", joined(below))
    };
    Piece::new(format!("{top} / {bottom}"), Strength::Product)
}

/// `piece^exponent` for a positive exponent; 1/2 is a square root.
fn raised(piece: Piece, exponent: &Rational) -> Piece {
    if exponent.is_one() {
        return piece;
    }
    if *exponent == Rational::ratio(1, 2) {
        return Piece::new(format!("sqrt({})", piece.text), Strength::Atom);
    }
    Piece::new(
        format!("{}^{}", piece.within(Strength::Atom), number(exponent).within(Strength::Power)),
        Strength::Power,
    )
}

fn number(value: &Rational) -> Piece {
    let strength = if value.is_negative() {
        Strength::Negation
    } else if value.prints_as_decimal() {
        Strength::Atom
    } else {
        Strength::Product
    };
    Piece::new(value.to_string(), strength)
}
