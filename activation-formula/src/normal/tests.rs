//! The catalogue's formulas that exponentials are in, and others: the normal form is the same function, as accurate
//! beside roots and in the tails, and has the same limits.

use super::exponential_normal_form;
use crate::constant::{Constants, call};
use crate::declaration::Comparison;
use crate::differentiate::{By, TABLE, differentiate};
use crate::error::Mistakes;
use crate::evaluate::run;
use crate::function::Function;
use crate::graph::{Constant, Graph, Id, Node, Product, Sum};
use crate::print::derived;
use crate::program::{Program, Step};
use crate::rational::Rational;
use crate::recognise::recognise;
use crate::stabilise::stabilise;
use activation_math::{Germ, Real, Wide};

pub(crate) type Number = Wide<10>;

#[rustfmt::skip]
const FORMULAS: &[&str] = &[
    // The catalogue.
    "1 / (1 + exp(-x))",
    "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
    "ScaledTanh(x; alpha = 1.7159, beta = 2/3) = alpha * tanh(beta * x)",
    "x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715*x^3)))",
    "x / (1 + exp(-1.702*x))",
    "x / (1 + exp(-x))",
    "Swish(x; beta = 1) = x / (1 + exp(-beta*x))",
    "x * tanh(ln(1 + exp(x)))",
    "x * erf(ln(1 + exp(x)))",
    "x * tanh(exp(x))",
    "x * ln(1 + 1/(1 + exp(-x)))",
    "x * tanh(ln(1 + 1/(1 + exp(-x))))",
    "x * tanh(x * (1 + erf(x / sqrt(2))) / 2)",
    "Aptx(x; alpha = 1, beta = 1, gamma = 1/2) = (alpha + tanh(beta*x)) * gamma * x",
    "if x > 0 { x / (1 + exp(-x)) } else { (exp(x) - 1) / (1 + exp(-x)) }",
    "x * tanh(x)",
    "ln(1 + exp(x))",
    "Softplus(x; beta = 1) = ln(1 + exp(beta*x)) / beta",
    "-ln(1 + exp(-x))",
    "sqrt(ln(1 + exp(x)))",
    "ln(cosh(x))",
    "x - tanh(x)",
    "Celu(x; alpha = 1) = if x > 0 { x } else { alpha * (exp(x/alpha) - 1) }",
    "exp(-x^2)",
    // Others.
    "sigmoid(x)^3 - sigmoid(-x)^3",
    "Sech2(x; width = 3/2) = 1 / cosh(x / width)^2",
    "tanh(x)^3",
    "tanh(x - 1) + tanh(x + 1)",
    "x * sigmoid(x - 2) + sigmoid(2 - x)",
    "x^2 * exp(-x) / (1 + exp(-x))^2",
    "sinh(x) / (2 + cosh(x))",
    "exp(-abs(x)) / (1 + exp(-abs(x)))^2",
    "tanh(3 * softplus(2 * x)) - sigmoid(x)",
    "x / (exp(x) - 1 + 2 * exp(-x))",
    "exp(2 * ln(1 + exp(x)) - 3 * x) / (1 + exp(-x))^2",
    "x * sigmoid(x)^2 * (3 - tanh(x))",
    "(x - tanh(x)) * sigmoid(x)",
    "cos(x) * sigmoid(x) + sin(x) * tanh(x / 2)",
    "tanh(x * sigmoid(x))",
    "x / tanh(x)",
    "exp(x) * sigmoid(-3 * x)",
    "1 - x * tanh(x) - 1 / cosh(x)",
];

/// f, f', f'' and the parameters' derivatives as they are computed without the normal form.
struct Outputs {
    graph: Graph,
    roots: Vec<Id>,
    defaults: Vec<f64>,
    names: Vec<String>,
}

fn outputs(text: &str) -> Outputs {
    let mut mistakes = Mistakes::default();
    let declaration = crate::source::declaration(text).expect(text);
    let names: Vec<String> =
        declaration.parameters.iter().map(|parameter| parameter.name.to_string()).collect();
    let formula = crate::resolve::resolve(declaration, &mut mistakes).expect(text);
    assert!(mistakes.into_vec().is_empty());
    let mut graph = formula.graph;
    let derive = |graph: &mut Graph, root: Id, by: By| {
        let slope = differentiate(graph, root, by, TABLE);
        recognise(graph, slope)
    };
    let forward = recognise(&mut graph, formula.root);
    let first = derive(&mut graph, forward, By::Variable);
    let second = derive(&mut graph, first, By::Variable);
    let mut roots = vec![forward, first, second];
    for index in 0..names.len() {
        roots.push(derive(&mut graph, forward, By::Parameter(index)));
    }
    let roots = roots.into_iter().map(|root| stabilise(&mut graph, root)).collect();
    let defaults = formula.parameters.iter().map(|parameter| parameter.default).collect();
    Outputs { graph, roots, defaults, names }
}

/// Every root that has a normal form, with it.
fn for_each_form(mut check: impl FnMut(&str, &Outputs, (Id, Id))) {
    for text in FORMULAS {
        let mut outputs = outputs(text);
        for root in outputs.roots.clone() {
            if let Some(form) = exponential_normal_form(&mut outputs.graph, root) {
                check(text, &outputs, (root, form));
            }
        }
    }
}

fn rational(value: &Rational) -> Number {
    let one = Number::from_f64(1.0);
    let size = |part: Rational| one.decimal(&part.abs().to_string());
    let quotient = size(value.numerator()) / size(value.denominator());
    if value.is_negative() { -quotient } else { quotient }
}

/// The value of a node in 640 bits: numbers are exact, and nothing is rounded to a double.
pub(crate) fn exact(graph: &Graph, root: Id, x: Number, parameters: &[f64]) -> Number {
    let mut values = vec![x; graph.len()];
    let raise = |base: Number, exponent: &Rational| match exponent.to_i32() {
        Some(whole) => base.powi(whole),
        None => base.pow(rational(exponent)),
    };
    for id in graph.reachable(&[root]) {
        let at = |id: &Id| values[id.index()];
        values[id.index()] = match graph.node(id) {
            Node::Variable => x,
            Node::Parameter(index) => Number::from_f64(parameters[*index]),
            Node::Number(value) => rational(value),
            Node::Constant(Constant::Pi) => x.pi(),
            Node::Constant(Constant::E) => x.e(),
            Node::Sum(Sum { terms, constant }) => {
                terms.iter().fold(rational(constant), |sum, (term, c)| sum + at(term) * rational(c))
            }
            Node::Product(Product(factors)) => {
                factors.iter().fold(x.literal(1.0), |product, (base, e)| product * raise(at(base), e))
            }
            Node::Power(base, exponent) => at(base).pow(at(exponent)),
            Node::Call(Function::Min, arguments) => at(&arguments[0]).min(at(&arguments[1])),
            Node::Call(Function::Max, arguments) => at(&arguments[0]).max(at(&arguments[1])),
            Node::Call(function, arguments) => call(*function, at(&arguments[0])),
            Node::Select(select) => {
                let (left, right) = (at(&select.left), at(&select.right));
                let holds = match select.comparison {
                    Comparison::Less => left.less(right),
                    Comparison::LessEqual => left.less_equal(right),
                    Comparison::Greater => right.less(left),
                    Comparison::GreaterEqual => right.less_equal(left),
                };
                if holds { at(&select.then) } else { at(&select.otherwise) }
            }
        };
    }
    values[root.index()]
}

#[test]
fn it_is_the_same_function() {
    let mut found = 0;
    for_each_form(|text, Outputs { graph, defaults, names, .. }, (root, form)| {
        found += 1;
        for parameters in [defaults.clone(), defaults.iter().map(|value| -0.6875 * value - 0.125).collect()] {
            for x in [-37.5, -7.25, -1.5, -0.40625, -1e-5, 0.0, 1e-5, 0.375, 1.25, 2.0, 7.25, 31.0] {
                let x = Number::from_f64(x);
                let [old, new] = [root, form].map(|id| exact(graph, id, x, &parameters));
                if !old.is_finite() {
                    continue;
                }
                // Tanhshrink and its like cancel in 640 bits as well.
                let bound = (old.abs() + Number::from_f64(1e-20)) * Number::from_f64(1e-150);
                assert!(
                    (new - old).abs().less_equal(bound),
                    "`{text}` at {}: {} is not {}",
                    x.to_f64(),
                    derived(graph, form, "x", names),
                    derived(graph, root, "x", names)
                );
            }
        }
    });
    assert!(found > 60, "only {found} normal forms");
}

/// The relative error of a program in `f64`; `None` where the result is no ordinary number.
fn error(graph: &Graph, program: &Program, root: Id, x: f64, parameters: &[f64]) -> Option<f64> {
    let reference = exact(graph, root, Number::from_f64(x), parameters);
    let size = reference.to_f64().abs();
    if !size.is_finite() || size < 1e-300 {
        return None;
    }
    let value = Number::from_f64(run(program, x, parameters)[0]);
    Some(((value - reference) / reference).to_f64().abs())
}

/// Near 0, where most formulas of the table bend, and far out; in order, with neighbours beside each other.
fn points() -> Vec<f64> {
    let near = (0..34).map(|k| 1e-8 * 10_f64.powf(f64::from(k) * 0.25));
    let far = (1..18).map(|k| 2.75 * f64::from(k * k));
    let right: Vec<f64> = near.chain(far).collect();
    right.iter().rev().map(|x| -x).chain(right.iter().copied()).collect()
}

/// The error is a few roundings, or else not much more than that of the formula as it stood at this point or the ones
/// beside it: where both cancel, it is chance which one is better at one point.
#[test]
fn it_is_as_accurate_as_what_went_in() {
    for_each_form(|text, Outputs { graph, defaults, names, .. }, (root, form)| {
        let mut constants = Constants::default();
        let [old, new] = [root, form].map(|id| Program::new(graph, &[id], &mut constants));
        let points = points();
        let errors = |program: &Program| -> Vec<Option<f64>> {
            points.iter().map(|&x| error(graph, program, root, x, defaults)).collect()
        };
        let (before, after) = (errors(&old), errors(&new));
        for (at, after) in after.iter().enumerate() {
            // Where plain arithmetic overflows, other number types take over.
            let Some(own) = before[at].filter(|error| error.is_finite()) else { continue };
            let beside = &before[at.saturating_sub(2)..points.len().min(at + 3)];
            let before = beside.iter().flatten().fold(own, |most, &error| most.max(error));
            // The last place of an exponential's argument counts as often as the argument is large.
            let rounding = 4e-16 * (4.0 + points[at].abs());
            let is_good = after.is_some_and(|after| after <= rounding || after <= 8.0 * before);
            assert!(
                is_good,
                "`{text}` at {}: {before:e} became {after:?} in {}",
                points[at],
                derived(graph, form, "x", names)
            );
        }
    });
}

#[test]
fn it_has_the_same_limits() {
    for_each_form(|text, Outputs { graph, defaults, names, .. }, (root, form)| {
        let mut constants = Constants::default();
        let [old, new] = [root, form].map(|id| Program::new(graph, &[id], &mut constants));
        for germ in [
            Germ::at_infinity(true),
            Germ::at_infinity(false),
            Germ::at_point(0.0, true),
            Germ::at_point(0.0, false),
        ] {
            let [before, after] = [&old, &new].map(|program| run(program, germ, defaults)[0].limit());
            let Some(before) = before else { continue };
            let same = after.is_some_and(|after| after == before || (after - before).abs() < 1e-14);
            assert!(same, "`{text}`: {before} became {after:?} in {}", derived(graph, form, "x", names));
        }
    });
}

/// How many exponentials (or other calls) the values, slopes and second derivatives take.
#[test]
fn calls_are_shared() {
    #[rustfmt::skip]
    let table: &[(&str, [usize; 3])] = &[
        ("1 / (1 + exp(-x))",                                   [1, 1, 2]),
        ("x / (1 + exp(-x))",                                   [1, 1, 2]),
        ("x * tanh(ln(1 + exp(x)))",                            [1, 1, 1]),
        ("x * tanh(ln(1 + 1/(1 + exp(-x))))",                   [1, 1, 1]),
        ("x * ln(1 + 1/(1 + exp(-x)))",                         [2, 2, 1]),
        ("x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715*x^3)))",   [1, 1, 2]),
        ("x * tanh(x)",                                         [1, 2, 2]),
        ("if x > 0 { x / (1 + exp(-x)) } else { (exp(x) - 1) / (1 + exp(-x)) }", [2, 1, 2]),
        ("exp(x) * sigmoid(-3 * x)",                            [1, 1, 1]),
    ];
    for (text, wanted) in table {
        let mut outputs = outputs(text);
        for (root, wanted) in outputs.roots.clone().into_iter().zip(wanted) {
            let form = exponential_normal_form(&mut outputs.graph, root).unwrap_or(root);
            let program = Program::new(&outputs.graph, &[form], &mut Constants::default());
            let calls = program.steps.iter().filter(|step| matches!(step, Step::Call(..))).count();
            assert_eq!(calls, *wanted, "{}", derived(&outputs.graph, form, "x", &outputs.names));
        }
    }
}

/// What knows a small difference is not taken apart, and what would outgrow all bounds stays as it is.
#[test]
fn some_formulas_are_left_alone() {
    for text in
        ["x - tanh(x)", "tanh(x)", "exp(-x^2)", "sinh(x) * exp(x)", "exp(x) - 1 - x", "x * exp(x) * tanh(x)"]
    {
        let Outputs { mut graph, roots, .. } = outputs(text);
        assert_eq!(exponential_normal_form(&mut graph, roots[0]), None, "{text}");
    }
}
