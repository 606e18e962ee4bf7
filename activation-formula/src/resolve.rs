//! Names to meaning: a declaration becomes an exact formula, or everything that is wrong with it is reported.

use crate::declaration::{Comparison, Condition, Declaration, Expr, Kind, Operator};
use crate::error::Mistakes;
use crate::function::{CONSTANTS, Meaning, NAMES, ROWS, lookup};
use crate::graph::{Constant, Graph, Id, Select};
use crate::program::constant_value;
use crate::rational::Rational;
use crate::suggest::{cure, nearest, quoted};
use proc_macro2::{Ident, Span};
use std::collections::HashMap;

/// More parameters than any published activation has; the oracle holds them in fixed arrays.
pub(crate) const MOST_PARAMETERS: usize = 16;

/// Deeper than any formula one would write, shallow enough for recursion over its derivatives.
const MOST_DEPTH: u32 = 200;

/// A declaration that has been understood.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    pub(crate) declaration: Declaration,
    pub(crate) graph: Graph,
    pub(crate) root: Id,
    pub(crate) parameters: Vec<ParameterValue>,
}

/// The numbers of a parameter.
#[derive(Clone, Debug)]
pub(crate) struct ParameterValue {
    pub(crate) default: f64,
    pub(crate) range: (f64, f64),
}

/// Checks a declaration and builds its graph.
pub(crate) fn resolve(declaration: Declaration, mistakes: &mut Mistakes) -> Option<Formula> {
    let before = mistakes.count();
    let mut graph = Graph::default();
    let mut scope = Scope::default();
    check_name(&declaration.variable, &scope, mistakes);
    scope.declare(&declaration.variable, graph.variable());
    let mut parameters = Vec::new();
    for (index, parameter) in declaration.parameters.iter().enumerate() {
        check_name(&parameter.name, &scope, mistakes);
        let id = graph.parameter(index);
        scope.declare(&parameter.name, id);
        parameters.push(parameter_value(parameter, mistakes));
    }
    if let Some(extra) = declaration.parameters.get(MOST_PARAMETERS) {
        mistakes
            .add(extra.name.span(), format!("an activation may have {MOST_PARAMETERS} parameters at most"));
    }
    let root = Builder { graph: &mut graph, mistakes: &mut *mistakes, internal: false }
        .build(&declaration.body, &mut scope);
    // What could not be read may have used anything.
    if !declaration.body.has_invalid_part() {
        check_use(&declaration, &scope, mistakes);
    }
    if graph.depth(root) > MOST_DEPTH {
        mistakes.push(
            declaration
                .body
                .mistake("this formula is nested too deeply once its names are put in; simplify it"),
        );
    }
    (mistakes.count() == before).then_some(Formula { declaration, graph, root, parameters })
}

/// The graph of `text` with `names` bound; for the tables of this crate, whose texts are tested to be right.
pub(crate) fn from_table(graph: &mut Graph, text: &str, names: &[(&str, Id)]) -> Id {
    let mut mistakes = Mistakes::default();
    let id = match crate::source::expression(text, &mut mistakes) {
        Some(expression) => {
            let mut scope = Scope::default();
            for (name, id) in names {
                scope.names.insert((*name).to_string(), *id);
            }
            Builder { graph, mistakes: &mut mistakes, internal: true }.build(&expression, &mut scope)
        }
        None => graph.integer(0),
    };
    let found = mistakes.into_vec();
    debug_assert!(found.is_empty(), "table row `{text}`: {found:?}");
    id
}

/// What the names of a formula stand for.
#[derive(Default)]
struct Scope {
    names: HashMap<String, Id>,
    order: Vec<String>,
    used: Vec<String>,
    /// Every `let` that has been seen, to find those that nothing uses.
    lets: Vec<Ident>,
}

impl Scope {
    fn declare(&mut self, name: &Ident, id: Id) {
        self.names.insert(name.to_string(), id);
        self.order.push(name.to_string());
    }
}

/// A new name may not be taken already.
fn check_name(name: &Ident, scope: &Scope, mistakes: &mut Mistakes) {
    let text = name.to_string();
    let span = name.span();
    if lookup(&text).is_some() {
        mistakes.add(span, format!("`{text}` is a function; choose another name"));
    } else if CONSTANTS.iter().any(|(constant, _)| *constant == text) {
        mistakes.add(span, format!("`{text}` is a constant; choose another name"));
    } else if scope.order.first() == Some(&text) {
        mistakes.add(span, format!("`{text}` is the variable; choose another name"));
    } else if scope.names.contains_key(&text) {
        mistakes.add(span, format!("`{text}` is declared twice; choose another name"));
    } else if text == "_" || text == "learn" {
        mistakes.add(span, format!("`{text}` cannot be a name; choose another one"));
    }
}

fn parameter_value(parameter: &crate::declaration::Parameter, mistakes: &mut Mistakes) -> ParameterValue {
    let name = &parameter.name;
    let mut number = |expression: &Option<Expr>, otherwise: f64| match expression {
        Some(expression) => plain_number(expression, mistakes).unwrap_or(f64::NAN),
        None => otherwise,
    };
    let default = number(&parameter.default, f64::NAN);
    let range = (number(&parameter.low, f64::NEG_INFINITY), number(&parameter.high, f64::INFINITY));
    if let (Some(low), true) = (&parameter.low, range.0 > range.1) {
        mistakes.push(low.mistake(format!("the range of `{name}` is empty; write the smaller end first")));
    } else if let (Some(written), true) = (&parameter.default, default < range.0 || default > range.1) {
        mistakes.push(written.mistake(format!("the default of `{name}` lies outside its range")));
    }
    ParameterValue { default, range }
}

/// The value of an expression without names.
fn plain_number(expression: &Expr, mistakes: &mut Mistakes) -> Option<f64> {
    let before = mistakes.count();
    let mut graph = Graph::default();
    let mut named = None;
    expression.walk(&mut |part| {
        if let Kind::Name(name) = &part.kind
            && !CONSTANTS.iter().any(|(constant, _)| name == constant)
        {
            named.get_or_insert(name.clone());
        }
    });
    if let Some(name) = named {
        mistakes.add(name.span(), "expected a number here; defaults and ranges are constants");
        return None;
    }
    let id = Builder { graph: &mut graph, mistakes: &mut *mistakes, internal: false }
        .build(expression, &mut Scope::default());
    let value = constant_value(&graph, id);
    if mistakes.count() == before && !expression.has_invalid_part() && !value.is_finite() {
        mistakes.push(expression.mistake("expected a finite number"));
    }
    value.is_finite().then_some(value)
}

/// What is declared has to be used.
fn check_use(declaration: &Declaration, scope: &Scope, mistakes: &mut Mistakes) {
    let is_used = |name: &Ident| scope.used.iter().any(|used| name == used);
    let variable = &declaration.variable;
    let misspelt = scope.used.len() < 2 && mistakes.count() > 0;
    if !is_used(variable) && !misspelt {
        mistakes.push(declaration.body.mistake(format!("the formula does not depend on `{variable}`")));
    }
    // A misspelt use is one mistake, not two: say nothing about names that an unknown one may have meant.
    if mistakes.count() > 0 {
        return;
    }
    for parameter in &declaration.parameters {
        let name = &parameter.name;
        if !is_used(name) {
            mistakes.add(name.span(), format!("parameter `{name}` is not used in the formula"));
        }
    }
    for name in &scope.lets {
        if !is_used(name) {
            mistakes.add(name.span(), format!("`{name}` is not used in the formula"));
        }
    }
}

struct Builder<'a> {
    graph: &'a mut Graph,
    mistakes: &'a mut Mistakes,
    /// Whether functions that exist inside the compiler only may be named.
    internal: bool,
}

impl Builder<'_> {
    fn build(&mut self, expression: &Expr, scope: &mut Scope) -> Id {
        match &expression.kind {
            Kind::Number(_, value) => self.graph.number(value.clone()),
            Kind::Name(name) => self.name(name, scope),
            Kind::Call(name, arguments) => self.call(expression, name, arguments, scope),
            Kind::Negate(inner) => {
                let inner = self.build(inner, scope);
                self.graph.negate(inner)
            }
            Kind::Binary(operator, left, right) => self.binary(expression, *operator, left, right, scope),
            Kind::If(condition, then, otherwise) => self.choice(condition, then, otherwise, scope),
            Kind::Block(lets, value) => {
                for (name, bound) in lets {
                    let id = self.build(bound, scope);
                    check_name(name, scope, self.mistakes);
                    scope.declare(name, id);
                    scope.lets.push(name.clone());
                }
                let id = self.build(value, scope);
                for (name, _) in lets {
                    scope.names.remove(&name.to_string());
                    scope.order.retain(|other| name != other);
                }
                id
            }
            Kind::Invalid => self.graph.variable(),
        }
    }

    fn name(&mut self, name: &Ident, scope: &mut Scope) -> Id {
        let text = name.to_string();
        if let Some(&id) = scope.names.get(&text) {
            scope.used.push(text);
            return id;
        }
        match text.as_str() {
            "pi" => return self.graph.constant(Constant::Pi),
            "e" => return self.graph.constant(Constant::E),
            _ => {}
        }
        let message = if lookup(&text).is_some() {
            format!(
                "`{text}` is a function; call it: `{text}({})`",
                scope.order.first().map_or("x", String::as_str)
            )
        } else {
            let names: Vec<&str> = scope.order.iter().map(String::as_str).chain(["pi"]).collect();
            match nearest(&text, names.iter().copied()).first() {
                Some(best) => format!("unknown name `{text}`; did you mean `{best}`?"),
                None => {
                    let declared: Vec<&str> = scope.order.iter().map(String::as_str).collect();
                    let variable = declared.first().copied().unwrap_or("x");
                    format!(
                        "unknown name `{text}`; the names here are {}; declare a parameter as `({variable}; {text} = 1)`",
                        quoted(&declared)
                    )
                }
            }
        };
        self.mistakes.add(name.span(), message);
        self.graph.variable()
    }

    fn call(&mut self, whole: &Expr, name: &Ident, arguments: &[Expr], scope: &mut Scope) -> Id {
        let built: Vec<Id> = arguments.iter().map(|argument| self.build(argument, scope)).collect();
        let text = name.to_string();
        let (arity, meaning) = match lookup(&text) {
            Some(row) => (row.arity, row.meaning),
            None => match ROWS.iter().find(|row| self.internal && row.method == text) {
                Some(row) => (row.arity, Meaning::Calls(row.function)),
                None => return self.unknown_function(name, &text, arguments, scope),
            },
        };
        if built.len() != arity {
            let message = wrong_arity(&text, arity, built.len());
            self.mistakes.add(name.span(), message);
            return self.graph.variable();
        }
        let id = match meaning {
            Meaning::Calls(function) => self.graph.call(function, built),
            Meaning::Abbreviates(definition) => {
                let names: Vec<(&str, Id)> = ["a", "b", "c"].into_iter().zip(built).collect();
                from_table(self.graph, definition, &names)
            }
        };
        self.check_constant(whole, id, &text)
    }

    fn unknown_function(&mut self, name: &Ident, text: &str, arguments: &[Expr], scope: &mut Scope) -> Id {
        let message = if let Some(kind) = scope.order.iter().position(|known| known == text) {
            let kind = if kind == 0 { "the variable" } else { "a parameter" };
            format!("`{text}` is {kind}, not a function; write a product with `*`")
        } else if let Some(written) = foreign(text) {
            format!("unknown function `{text}`; write `{written}`")
        } else {
            let names: Vec<&str> = NAMES.iter().map(|row| row.name).collect();
            format!("unknown function `{text}`; {}", cure(text, &names, "functions"))
        };
        let _ = arguments;
        self.mistakes.add(name.span(), message);
        self.graph.variable()
    }

    fn binary(
        &mut self,
        whole: &Expr,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        scope: &mut Scope,
    ) -> Id {
        let (a, b) = (self.build(left, scope), self.build(right, scope));
        match operator {
            Operator::Add => self.graph.add(a, b),
            Operator::Subtract => self.graph.subtract(a, b),
            Operator::Multiply => self.graph.multiply(a, b),
            Operator::Divide if self.graph.is_zero(b) => {
                self.mistakes.push(right.mistake("division by zero"));
                a
            }
            Operator::Divide => self.graph.divide(a, b),
            Operator::Power => {
                if self.graph.is_zero(a) && self.graph.as_number(b).is_some_and(Rational::is_negative) {
                    self.mistakes.push(whole.mistake("division by zero"));
                    return a;
                }
                let id = self.graph.power(a, b);
                self.check_constant(whole, id, "this power")
            }
        }
    }

    /// A constant part has to have a value: `ln(-1)` has none.
    fn check_constant(&mut self, whole: &Expr, id: Id, name: &str) -> Id {
        if self.graph.as_number(id).is_none() && self.graph.is_constant(id) {
            let value = constant_value(self.graph, id);
            if value.is_nan() {
                self.mistakes.push(whole.mistake(format!("{} has no real value", shown(name))));
            } else if value.is_infinite() {
                self.mistakes
                    .push(whole.mistake(format!("{} is infinite or beyond the largest number", shown(name))));
            }
        }
        id
    }

    fn choice(&mut self, condition: &Condition, then: &Expr, otherwise: &Expr, scope: &mut Scope) -> Id {
        let (left, right) = (self.build(&condition.left, scope), self.build(&condition.right, scope));
        let (then, otherwise) = (self.build(then, scope), self.build(otherwise, scope));
        let comparison: Comparison = condition.comparison;
        self.graph.select(Select { comparison, left, right, then, otherwise })
    }
}

fn shown(name: &str) -> String {
    if name.contains(' ') { name.to_string() } else { format!("this `{name}`") }
}

/// How functions of other languages are written here.
fn foreign(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "pow" | "power" => "x^2",
        "square" | "sqr" => "x^2",
        "fabs" => "abs(x)",
        "arctan" => "atan(x)",
        "arcsinh" => "asinh(x)",
        "sgn" | "signum" => "sign(x)",
        "log2" => "ln(x) / ln(2)",
        "log10" => "ln(x) / ln(10)",
        "exp2" => "2^x",
        "tan" => "sin(x) / cos(x)",
        "sech" => "1 / cosh(x)",
        "where" | "select" | "piecewise" => "if x > 0 { x } else { 0 }",
        "maximum" => "max(a, b)",
        "minimum" => "min(a, b)",
        "clip" => "clamp(x, low, high)",
        "gelu" => "x * (1 + erf(x / sqrt(2))) / 2",
        "silu" | "swish" => "x * sigmoid(x)",
        "reciprocal" => "1 / x",
        "logsigmoid" => "log_sigmoid(x)",
        _ => return None,
    })
}

fn wrong_arity(name: &str, arity: usize, found: usize) -> String {
    let noun = if arity == 1 { "argument" } else { "arguments" };
    let cure = match (name, found) {
        ("max" | "min", 3) => "; write `clamp(x, low, high)` to bound on both sides, or nest the calls",
        ("clamp", _) => ": `clamp(x, low, high)`",
        _ => "",
    };
    format!("`{name}` takes {arity} {noun}, found {found}{cure}")
}

/// The one name of a bare expression that stands for nothing yet: its variable.
pub(crate) fn variable_of(expression: &Expr, mistakes: &mut Mistakes) -> Option<Ident> {
    let mut free: Vec<Ident> = Vec::new();
    let mut bound: Vec<String> = Vec::new();
    expression.walk(&mut |part| match &part.kind {
        Kind::Block(lets, _) => bound.extend(lets.iter().map(|(name, _)| name.to_string())),
        Kind::Name(name) => {
            let text = name.to_string();
            let known = CONSTANTS.iter().any(|(constant, _)| *constant == text)
                || lookup(&text).is_some()
                || bound.contains(&text);
            if !known && free.iter().all(|other| other != name) {
                free.push(name.clone());
            }
        }
        _ => {}
    });
    if free.len() > 1
        && let Some(second) = free.get(1)
    {
        let names: Vec<String> = free.iter().map(ToString::to_string).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let variable = names.iter().find(|name| **name == "x").unwrap_or(&names[0]);
        let others: Vec<String> =
            names.iter().filter(|name| *name != variable).map(|name| format!("{name} = 1")).collect();
        mistakes.add(
            second.span(),
            format!(
                "a bare formula has one variable, this one names {}; declare the others as parameters: `F({variable}; {}) = …`",
                quoted(&names),
                others.join(", ")
            ),
        );
        return None;
    }
    if free.is_empty() && !expression.has_invalid_part() {
        let mut misnamed = false;
        expression.walk(&mut |part| {
            misnamed |= matches!(&part.kind, Kind::Name(name) if lookup(&name.to_string()).is_some())
        });
        if !misnamed {
            mistakes.push(expression.mistake("the formula has no variable; name one, such as `x`"));
            return None;
        }
    }
    Some(free.pop().unwrap_or_else(|| Ident::new("x", Span::call_site())))
}
