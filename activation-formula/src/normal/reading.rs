//! Which nodes are rational in E = exp(g·v), and what they are.
//!
//! Bottom-up, each node has at most two forms: its own, and that of exp(node), by which `tanh(softplus(x))` and
//! `exp(ln(R))` are rational in exp(x) although their arguments are not.

use super::form::Form;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Sum};
use crate::rational::Rational;
use std::collections::{HashMap, HashSet};

/// Exponents that are whole multiples of one node.
#[derive(Clone, Debug)]
pub(super) struct Base {
    /// v
    pub(super) node: Id,
    /// g > 0, so that every exponent is a whole multiple of g·v.
    pub(super) unit: Rational,
    /// Every call that is made of it, once.
    pub(super) calls: Vec<Function>,
}

/// The bases of all exponentials in `root`, older nodes first.
pub(super) fn bases(graph: &mut Graph, root: Id) -> Vec<Base> {
    let mut found: Vec<(Id, Vec<Rational>, Vec<Function>)> = Vec::new();
    for id in graph.reachable(&[root]) {
        let Node::Call(function, arguments) = graph.node(id).clone() else { continue };
        let (true, [argument]) = (is_exponential(function), arguments.as_slice()) else { continue };
        for (coefficient, node) in exponents(graph, *argument) {
            match found.iter_mut().find(|(known, ..)| *known == node) {
                Some((_, coefficients, calls)) => {
                    coefficients.push(coefficient);
                    calls.push(function);
                }
                None => found.push((node, vec![coefficient], vec![function])),
            }
        }
    }
    found.sort_by_key(|&(node, ..)| node);
    found
        .into_iter()
        .filter_map(|(node, coefficients, calls)| {
            Some(Base { node, unit: Rational::content(&coefficients)?.abs(), calls })
        })
        .collect()
}

/// Functions that are rational in the exponential of their argument.
fn is_exponential(function: Function) -> bool {
    use Function::{Cosh, Exp, Expm1, Sech, Sigmoid, Sinh, Tanh};
    matches!(function, Exp | Expm1 | Sinh | Cosh | Tanh | Sech | Sigmoid)
}

/// The nodes whose exponentials make up exp(argument), with their coefficients: those inside a softplus are meant by it.
fn exponents(graph: &mut Graph, argument: Id) -> Vec<(Rational, Id)> {
    let mut found = Vec::new();
    let mut open = vec![argument];
    while let Some(id) = open.pop() {
        let (coefficient, inner) = multiple(graph, id);
        match graph.node(inner).clone() {
            Node::Call(Function::Softplus | Function::Logcosh, arguments) => open.extend(arguments),
            Node::Call(Function::Ln | Function::Log1p, _) | Node::Number(_) => {}
            Node::Sum(Sum { terms, .. }) if terms.iter().any(|&(term, _)| is_logarithm(graph, term)) => {
                open.extend(terms.iter().map(|&(term, _)| term));
            }
            _ => found.push((coefficient, inner)),
        }
    }
    found
}

/// True for functions whose exponential is rational in that of their argument, or in their argument.
pub(super) fn is_logarithm(graph: &Graph, id: Id) -> bool {
    use Function::{Ln, Log1p, Logcosh, Softplus};
    matches!(graph.node(id), Node::Call(Ln | Log1p | Softplus | Logcosh, _))
}

/// `coefficient · node`, the same node for a sum and for its negative.
pub(super) fn multiple(graph: &mut Graph, id: Id) -> (Rational, Id) {
    if let Some(scaled) = graph.as_scaled(id) {
        return scaled;
    }
    match graph.node(id) {
        Node::Sum(Sum { terms, .. }) if terms.first().is_some_and(|(_, first)| first.is_negative()) => {
            (Rational::ratio(-1, 1), graph.negate(id))
        }
        _ => (Rational::one(), id),
    }
}

/// The forms of nodes for one base.
pub(super) struct Reading<'a> {
    base: &'a Base,
    own: HashMap<Id, Form>,
    /// Of exp(node).
    exponential: HashMap<Id, Form>,
    varying: HashSet<Id>,
}

impl<'a> Reading<'a> {
    /// Reads `nodes`, children before parents.
    pub(super) fn new(graph: &mut Graph, base: &'a Base, nodes: &[Id]) -> Self {
        let mut reading =
            Reading { base, own: HashMap::new(), exponential: HashMap::new(), varying: HashSet::new() };
        for &id in nodes {
            if graph.is_full() {
                break;
            }
            let is_variable = matches!(graph.node(id), Node::Variable);
            if is_variable || graph.children(id).iter().any(|child| reading.varying.contains(child)) {
                reading.varying.insert(id);
            }
            if let Some(form) = reading.exponential_of(graph, id) {
                reading.exponential.insert(id, form);
            }
            if let Some(form) = reading.form_of(graph, id) {
                reading.own.insert(id, form);
            }
        }
        reading
    }

    /// The form of a node that E is in.
    pub(super) fn form(&self, id: Id) -> Option<&Form> {
        self.own.get(&id)
    }

    fn form_of(&self, graph: &mut Graph, id: Id) -> Option<Form> {
        match graph.node(id).clone() {
            Node::Call(function, arguments) => {
                let [argument] = *arguments else { return None };
                self.call(graph, function, argument).map(Form::rounded)
            }
            Node::Sum(Sum { terms, constant }) => {
                self.any(terms.iter().map(|&(term, _)| term))?;
                // What does not vary stays together: alpha - 1 is exact where alpha is near 1, and then decides.
                let (varying, settled): (Vec<_>, Vec<_>) =
                    terms.into_iter().partition(|(term, _)| self.varying.contains(term));
                let node = graph.sum(settled, constant);
                let mut total = Form::opaque(graph, node);
                for (term, coefficient) in varying {
                    let factor = graph.number(coefficient);
                    let factor = Form::opaque(graph, factor);
                    let form = self.or_opaque(graph, term).times(graph, &factor)?;
                    total = total.plus(&form)?;
                }
                Some(total)
            }
            Node::Product(Product(factors)) => {
                self.any(factors.iter().map(|&(base, _)| base))?;
                let mut product: Option<Form> = None;
                for (base, exponent) in factors {
                    let power = match self.form(base) {
                        Some(form) => form.power(graph, exponent.to_i32()?)?,
                        None => {
                            let power = graph.raise(base, &exponent);
                            Form::opaque(graph, power)
                        }
                    };
                    product = Some(match product {
                        Some(product) => product.times(graph, &power)?,
                        None => power,
                    });
                }
                product
            }
            _ => None,
        }
    }

    fn any(&self, mut nodes: impl Iterator<Item = Id>) -> Option<()> {
        nodes.any(|id| self.own.contains_key(&id)).then_some(())
    }

    fn or_opaque(&self, graph: &mut Graph, id: Id) -> Form {
        match self.form(id) {
            Some(form) => form.clone(),
            None => Form::opaque(graph, id),
        }
    }

    /// `function(argument)` in X = exp(argument).
    fn call(&self, graph: &mut Graph, function: Function, argument: Id) -> Option<Form> {
        if !is_exponential(function) {
            return None;
        }
        let x = self.exponential.get(&argument)?.clone();
        let whole = |graph: &mut Graph, value: i64| Form::number(graph, value);
        let [one, minus_one, two, half] = [whole(graph, 1), whole(graph, -1), whole(graph, 2), {
            let half = graph.number(Rational::ratio(1, 2));
            Form::opaque(graph, half)
        }];
        match function {
            Function::Exp => Some(x),
            Function::Expm1 => x.plus(&minus_one),
            Function::Sigmoid => {
                let below = x.plus(&one)?.power(graph, -1)?;
                x.times(graph, &below)
            }
            Function::Sech => {
                let below = x.power(graph, 2)?.plus(&one)?.power(graph, -1)?;
                x.times(graph, &below)?.times(graph, &two)
            }
            Function::Tanh => {
                let square = x.power(graph, 2)?;
                let below = square.plus(&one)?.power(graph, -1)?;
                square.plus(&minus_one)?.times(graph, &below)
            }
            Function::Cosh => cosh(graph, &x),
            _ => {
                let inverse = x.power(graph, -1)?.times(graph, &minus_one)?;
                x.plus(&inverse)?.times(graph, &half)
            }
        }
    }

    /// exp(id), where that is rational in E with numbers for coefficients.
    fn exponential_of(&self, graph: &mut Graph, id: Id) -> Option<Form> {
        let (coefficient, inner) = multiple(graph, id);
        if inner == self.base.node {
            let exponent = coefficient.divided_by(&self.base.unit)?.to_i32()?;
            return Some(Form::exponential(graph, exponent));
        }
        let form = match graph.node(id).clone() {
            Node::Call(function, arguments) => {
                let [argument] = *arguments else { return None };
                let one = Form::number(graph, 1);
                match function {
                    Function::Softplus => self.exponential.get(&argument)?.plus(&one)?,
                    Function::Logcosh => {
                        let x = self.exponential.get(&argument)?.clone();
                        cosh(graph, &x)?
                    }
                    Function::Ln => self.form(argument)?.clone(),
                    Function::Log1p => self.form(argument)?.plus(&one)?,
                    _ => return None,
                }
            }
            Node::Sum(Sum { terms, constant }) if constant.is_zero() => {
                let mut product = Form::number(graph, 1);
                for (term, coefficient) in terms {
                    let form = match self.exponential.get(&term) {
                        Some(form) => form.power(graph, coefficient.to_i32()?)?,
                        None => {
                            let scaled = graph.scale(&coefficient, term);
                            self.exponential_of_base(graph, scaled)?
                        }
                    };
                    product = product.times(graph, &form)?;
                }
                product
            }
            _ => return None,
        };
        // Where the logarithm has no value, exp of it has none either.
        let one = graph.integer(1);
        form.is_positive(one).then_some(form)
    }

    /// exp(id) for a multiple of the base.
    fn exponential_of_base(&self, graph: &mut Graph, id: Id) -> Option<Form> {
        let (coefficient, inner) = multiple(graph, id);
        let exponent = (inner == self.base.node).then(|| coefficient.divided_by(&self.base.unit))??;
        Some(Form::exponential(graph, exponent.to_i32()?))
    }
}

/// (X + 1/X) / 2
fn cosh(graph: &mut Graph, x: &Form) -> Option<Form> {
    let half = graph.number(Rational::ratio(1, 2));
    let half = Form::opaque(graph, half);
    let inverse = x.power(graph, -1)?;
    x.plus(&inverse)?.times(graph, &half)
}
