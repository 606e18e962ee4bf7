//! Names to meaning: a declaration becomes an exact formula, or everything that is wrong with it is reported.

use crate::constant::Constants;
use crate::declaration::{Comparison, Condition, Declaration, Expr, Kind, Operator};
use crate::error::Mistakes;
use crate::function::{CONSTANTS, Meaning, NAMES, ROWS, lookup};
use crate::graph::{Constant, Graph, Id, Select};
use crate::rational::Rational;
use crate::suggest::{cure, foreign, nearest, quoted};
use crate::tokens::{is_word_of_rust, stand_in};
use activation_math::Output;
use proc_macro2::Ident;
use std::collections::{HashMap, HashSet};
use std::num::FpCategory;

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
    /// Hand-written forms: of which function, which form.
    pub(crate) stable: Vec<(Output, Id)>,
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
        if !check_name(&parameter.name, &scope, mistakes) {
            scope.used.insert(parameter.name.to_string());
        }
        let id = graph.parameter(index);
        scope.declare(&parameter.name, id);
        parameters.push(parameter_value(parameter, mistakes));
    }
    if let Some(extra) = declaration.parameters.get(MOST_PARAMETERS) {
        mistakes
            .add(extra.name.span(), format!("an activation may have {MOST_PARAMETERS} parameters at most"));
    }
    let root = Builder { graph: &mut graph, mistakes: &mut *mistakes, internal: false, unknown: 0 }
        .build(&declaration.body, &mut scope);
    // What could not be read may have used anything, an unknown name may have meant anything, and of what is too large
    // only a part has been looked at.
    if !declaration.body.has_invalid_part() && !scope.unclear && !graph.is_full() {
        check_use(&declaration, &scope, mistakes.count() == before, mistakes);
    }
    let stable = hand_written_forms(&declaration, &mut graph, mistakes);
    if graph.is_full() {
        mistakes.push(declaration.body.mistake("this formula or a number in it is too large; simplify it"));
    } else if graph.depth(root) > MOST_DEPTH {
        mistakes.push(
            declaration
                .body
                .mistake("this formula is nested too deeply once its names are put in; simplify it"),
        );
    }
    (mistakes.count() == before).then_some(Formula { declaration, graph, root, parameters, stable })
}

/// What `#[stable(…)]` says.
fn hand_written_forms(
    declaration: &Declaration,
    graph: &mut Graph,
    mistakes: &mut Mistakes,
) -> Vec<(Output, Id)> {
    let mut forms = Vec::new();
    let parameters: Vec<String> =
        declaration.parameters.iter().map(|parameter| parameter.name.to_string()).collect();
    for (name, form) in &declaration.stable {
        let text = name.to_string();
        let output = match text.as_str() {
            "forward" => Output::Forward,
            "derivative" => Output::Derivative,
            "second_derivative" => Output::SecondDerivative,
            _ => match parameters.iter().position(|parameter| *parameter == text) {
                Some(index) => Output::ParameterDerivative(index),
                None => {
                    mistakes.add(
                        name.span(),
                        format!(
                            "there is no function `{text}`; write `forward`, `derivative`, `second_derivative`, or a \
                             parameter's name for the derivative by it"
                        ),
                    );
                    continue;
                }
            },
        };
        let mut scope = Scope::default();
        scope.declare(&declaration.variable, graph.variable());
        for (index, parameter) in declaration.parameters.iter().enumerate() {
            scope.declare(&parameter.name, graph.parameter(index));
        }
        let id =
            Builder { graph, mistakes: &mut *mistakes, internal: false, unknown: 0 }.build(form, &mut scope);
        forms.push((output, id));
    }
    forms
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
            Builder { graph, mistakes: &mut mistakes, internal: true, unknown: 0 }
                .build(&expression, &mut scope)
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
    used: HashSet<String>,
    /// Every `let` that nothing used.
    unused: Vec<Ident>,
    /// Names of `let`s whose braces are closed.
    past: HashSet<String>,
    /// True after an unknown name that may have meant any of those declared.
    unclear: bool,
}

impl Scope {
    fn declare(&mut self, name: &Ident, id: Id) {
        if self.names.insert(name.to_string(), id).is_none() {
            self.order.push(name.to_string());
        }
    }

    /// What `name` stands for. A word of Rust finds what was to be called so, which has been reported.
    fn find(&self, name: &str) -> Option<(String, Id)> {
        let stand_in = || Some(stand_in(name)).filter(|_| is_word_of_rust(name));
        [Some(name.to_string()), stand_in()]
            .into_iter()
            .flatten()
            .find_map(|name| self.names.get(&name).map(|&id| (name, id)))
    }
}

/// A new name may not be taken already.
fn check_name(name: &Ident, scope: &Scope, mistakes: &mut Mistakes) -> bool {
    let text = name.to_string();
    let message = if lookup(&text).is_some() {
        format!("`{text}` is a function; choose another name")
    } else if is_constant(&text) {
        format!("`{text}` is a constant; choose another name")
    } else if scope.order.first() == Some(&text) {
        format!("`{text}` is the variable; choose another name")
    } else if scope.names.contains_key(&text) {
        format!("`{text}` is declared twice; choose another name")
    } else if is_word_of_rust(&text) {
        format!("`{text}` is reserved by Rust; choose another name")
    } else if text == "learn" || text.starts_with("r#") {
        format!("`{text}` cannot be a name; choose another one")
    } else {
        return true;
    };
    mistakes.add(name.span(), message);
    false
}

fn is_constant(name: &str) -> bool {
    CONSTANTS.iter().any(|(constant, _)| *constant == name)
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
            && !is_constant(&name.to_string())
        {
            named.get_or_insert(name.clone());
        }
    });
    if let Some(name) = named {
        mistakes.add(name.span(), "expected a number here; defaults and ranges are constants");
        return None;
    }
    let id = Builder { graph: &mut graph, mistakes: &mut *mistakes, internal: false, unknown: 0 }
        .build(expression, &mut Scope::default());
    let value = Constants::default().value(&graph, id).value;
    if mistakes.count() == before && !expression.has_invalid_part() && !value.is_finite() {
        mistakes.push(expression.mistake("expected a finite number"));
    }
    value.is_finite().then_some(value)
}

/// What is declared has to be used.
///
/// A formula with another mistake in it may have lost its variable there: `exp()`.
fn check_use(declaration: &Declaration, scope: &Scope, sound: bool, mistakes: &mut Mistakes) {
    let variable = &declaration.variable;
    if sound && !scope.used.contains(&variable.to_string()) {
        mistakes.push(
            declaration.body.mistake(format!("the formula does not depend on its variable `{variable}`")),
        );
    }
    let mut seen: HashSet<String> = HashSet::from([variable.to_string()]);
    for parameter in &declaration.parameters {
        let name = &parameter.name;
        // A name that is there twice has been reported.
        if seen.insert(name.to_string()) && !scope.used.contains(&name.to_string()) {
            mistakes.add(name.span(), format!("parameter `{name}` is not used in the formula"));
        }
    }
    for name in &scope.unused {
        mistakes.add(name.span(), format!("`{name}` is not used in the formula"));
    }
}

struct Builder<'a> {
    graph: &'a mut Graph,
    mistakes: &'a mut Mistakes,
    /// Whether functions that exist inside the compiler only may be named.
    internal: bool,
    /// How many stand-ins for what has no value there are.
    unknown: usize,
}

impl Builder<'_> {
    fn build(&mut self, expression: &Expr, scope: &mut Scope) -> Id {
        if self.graph.is_full() {
            return self.graph.variable();
        }
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
            Kind::Block(lets, value) => self.block(lets, value, scope),
            Kind::Invalid => self.unknown(),
        }
    }

    /// Stands for what has no value because of a mistake: equal to nothing else, so that no second mistake follows.
    fn unknown(&mut self) -> Id {
        self.unknown += 1;
        self.graph.parameter(MOST_PARAMETERS + self.unknown)
    }

    fn block(&mut self, lets: &[(Ident, Expr)], value: &Expr, scope: &mut Scope) -> Id {
        let outside = scope.order.len();
        let mut declared = Vec::new();
        for (name, bound) in lets {
            let id = self.build(bound, scope);
            // A name that is taken already keeps its meaning; that it is taken has been reported.
            if check_name(name, scope, self.mistakes) {
                scope.declare(name, id);
                scope.used.remove(&name.to_string());
                declared.push(name);
            } else if !scope.names.contains_key(&name.to_string()) {
                scope.declare(name, id);
                scope.used.insert(name.to_string());
            }
        }
        let id = self.build(value, scope);
        scope
            .unused
            .extend(declared.into_iter().filter(|name| !scope.used.contains(&name.to_string())).cloned());
        for name in scope.order.drain(outside..) {
            scope.names.remove(&name);
            scope.past.insert(name);
        }
        id
    }

    fn name(&mut self, name: &Ident, scope: &mut Scope) -> Id {
        let text = name.to_string();
        if let Some((found, id)) = scope.find(&text) {
            scope.used.insert(found);
            return id;
        }
        match text.as_str() {
            "pi" => return self.graph.constant(Constant::Pi),
            "e" => return self.graph.constant(Constant::E),
            _ => {}
        }
        let variable = scope.order.first().cloned().unwrap_or_else(|| "x".to_string());
        let message = if let Some(row) = lookup(&text) {
            let arguments = ["a", "b", "c"].get(..row.arity).unwrap_or_default().join(", ");
            let arguments = if row.arity == 1 { &variable } else { &arguments };
            format!("`{text}` is a function; call it: `{text}({arguments})`")
        } else if scope.past.contains(&text) {
            format!("`{text}` is known only inside the braces of its `let`")
        } else if is_word_of_rust(&text) {
            format!("`{text}` is reserved by Rust; no name in a formula is called so")
        } else {
            let names = scope.order.iter().map(String::as_str).chain(["pi"]);
            match nearest(&text, names).first().map(ToString::to_string) {
                Some(best) => {
                    let message = format!("unknown name `{text}`; did you mean `{best}`?");
                    scope.used.insert(best);
                    message
                }
                None => {
                    scope.unclear = true;
                    let declared: Vec<&str> = scope.order.iter().map(String::as_str).collect();
                    format!(
                        "unknown name `{text}`; the names here are {}; declare a parameter as `({variable}; {text} = 1)`",
                        quoted(&declared)
                    )
                }
            }
        };
        self.mistakes.add(name.span(), message);
        self.unknown()
    }

    fn call(&mut self, whole: &Expr, name: &Ident, arguments: &[Expr], scope: &mut Scope) -> Id {
        let built: Vec<Id> = arguments.iter().map(|argument| self.build(argument, scope)).collect();
        let text = name.to_string();
        let (arity, meaning) = match lookup(&text) {
            Some(row) => (row.arity, row.meaning),
            None => match ROWS.iter().find(|row| self.internal && row.method == text) {
                Some(row) => (row.arity, Meaning::Calls(row.function)),
                None => return self.unknown_function(name, &text, scope),
            },
        };
        if built.len() != arity {
            // Where an argument could not be read, others may have been lost with it.
            if !arguments.iter().any(Expr::has_invalid_part) {
                self.mistakes.add(name.span(), wrong_arity(&text, arity, built.len()));
            }
            return self.unknown();
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

    fn unknown_function(&mut self, name: &Ident, text: &str, scope: &mut Scope) -> Id {
        let message = if let Some((found, _)) = scope.find(text) {
            let kind = match scope.order.iter().position(|known| *known == found) {
                Some(0) => "the variable",
                _ => "a name for a value",
            };
            scope.used.insert(found);
            format!("`{text}` is {kind}, not a function; write a product with `*`")
        } else if is_constant(text) {
            format!("`{text}` is a constant, not a function; write a product with `*`")
        } else if let Some(written) = foreign(text) {
            format!("unknown function `{text}`; write `{written}`")
        } else {
            let names: Vec<&str> = NAMES.iter().map(|row| row.name).collect();
            format!("unknown function `{text}`; {}", cure(text, &names, "functions"))
        };
        self.mistakes.add(name.span(), message);
        self.unknown()
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
            Operator::Divide if !self.internal && self.graph.is_zero(b) => {
                self.mistakes.push(right.mistake("division by zero"));
                self.unknown()
            }
            Operator::Divide => self.graph.divide(a, b),
            Operator::Power => {
                if !self.internal
                    && self.graph.is_zero(a)
                    && self.graph.as_number(b).is_some_and(Rational::is_negative)
                {
                    self.mistakes.push(whole.mistake("division by zero"));
                    return self.unknown();
                }
                let id = self.graph.power(a, b);
                self.check_constant(whole, id, "this power")
            }
        }
    }

    /// A constant part has to have a value: `ln(-1)` has none.
    fn check_constant(&mut self, whole: &Expr, id: Id, name: &str) -> Id {
        // A definition of the tables is checked where the author calls it.
        if !self.internal && self.graph.as_number(id).is_none() && self.graph.is_constant(id) {
            let value = Constants::default().value(self.graph, id).value;
            let what = match value.classify() {
                FpCategory::Nan => "has no real value",
                FpCategory::Infinite => "is infinite or beyond the largest number",
                _ => return id,
            };
            self.mistakes.push(whole.mistake(format!("{} {what}", shown(name))));
            return self.unknown();
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

fn wrong_arity(name: &str, arity: usize, found: usize) -> String {
    let noun = if arity == 1 { "argument" } else { "arguments" };
    let cure = match (name, found) {
        ("max" | "min", 3) => "; write `clamp(x, low, high)` to bound on both sides, or nest the calls",
        ("clamp", _) => ": `clamp(x, low, high)`",
        _ => "",
    };
    format!("`{name}` takes {arity} {noun}, found {found}{cure}")
}

/// The free names of a bare expression, which stand for nothing yet: its variable first. More than one is a mistake.
pub(crate) fn variables_of(expression: &Expr, mistakes: &mut Mistakes) -> Vec<Ident> {
    let mut free: Vec<Ident> = Vec::new();
    let mut bound: HashSet<String> = HashSet::new();
    let mut named: HashSet<String> = HashSet::new();
    expression.walk(&mut |part| match &part.kind {
        Kind::Block(lets, _) => bound.extend(lets.iter().map(|(name, _)| name.to_string())),
        Kind::Name(name) => {
            let text = name.to_string();
            // A function that is not called, and a constant in the wrong case, are reported as what they are.
            let wrong = lookup(&text).is_some()
                || (!is_constant(&text) && is_constant(&text.to_lowercase()))
                || is_word_of_rust(&text);
            if !wrong && !is_constant(&text) && !bound.contains(&text) && named.insert(text) {
                free.push(name.clone());
            }
        }
        _ => {}
    });
    if let Some(x) = free.iter().position(|name| name == "x") {
        free.swap(0, x);
    }
    if let [variable, others @ ..] = free.as_slice()
        && let Some(second) = others.first()
    {
        let names: Vec<String> = free.iter().take(MOST_PARAMETERS).map(ToString::to_string).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let parameters: Vec<String> =
            others.iter().take(MOST_PARAMETERS).map(|name| format!("{name} = 1")).collect();
        mistakes.add(
            second.span(),
            format!(
                "a bare formula has one variable, this one names {}; declare the others as parameters: `F({variable}; {}) = …`",
                quoted(&names),
                parameters.join(", ")
            ),
        );
    }
    free
}
