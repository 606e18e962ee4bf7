//! How a formula becomes what is computed, step by step, and where the textbook form of it breaks.
//!
//! The steps are those that the compiler takes: it goes its way once more with a trace of every rule that fires. Where the
//! textbook form breaks is found by evaluating it: in `f32`, as it stands, beside the value that is right.

use crate::certify::parameter_sets;
use crate::choose::{choose, forms};
use crate::compile::{Compiled, compile};
use crate::constant::Constants;
use crate::differentiate::{By, CHAIN_RULE, TABLE, differentiate};
use crate::error::Mistakes;
use crate::evaluate::run;
use crate::graph::{Firing, Graph, Id};
use crate::print::{computed, derived};
use crate::program::Program;
use crate::recognise::recognise;
use crate::resolve::resolve;
use crate::source::{self, Diagnostic};
use activation_math::{Output, Precision};

/// What a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A function is differentiated.
    Differentiate,
    /// A textbook shape becomes the function that it is, or a sum becomes shorter.
    Simplify,
    /// A form becomes one that keeps its digits.
    Stabilise,
}

/// One rewriting.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivationStep {
    /// What it belongs to.
    pub stage: Stage,
    /// The rule, by its name in the compiler's tables.
    pub rule: &'static str,
    /// What it was applied to, in the language.
    pub before: String,
    /// What became of it. Functions without a name in the language, such as `tanhshrink`, are called all the same.
    pub after: String,
    /// Why it matters.
    pub reason: &'static str,
}

/// An input at which the textbook form is wrong in `f32`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// The input.
    pub x: f32,
    /// What the textbook form gives.
    pub textbook: f32,
    /// The true value, rounded.
    pub exact: f32,
    /// How far apart they are, in units in the last place; infinite where the textbook form gives no number.
    pub ulp: f64,
}

/// How one of the functions of a formula is derived.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// Which function.
    pub output: Output,
    /// The formula before anything is simplified: as written, or as the rules of differentiation leave it.
    pub textbook: String,
    /// In the order in which the compiler took them.
    pub steps: Vec<DerivationStep>,
    /// The result as it is printed.
    pub result: String,
    /// The form that is computed.
    pub computed: String,
    /// Where the textbook form breaks: the input nearest to 0 without a number or with no digit right, and the one with the
    /// largest error. Empty where it holds.
    pub breaks: Vec<Break>,
    /// Of so many inputs that were tried.
    pub tried: usize,
    /// So many results of the textbook form were off by more than [`HOLDS`] units.
    pub broken: usize,
}

/// The textbook form holds where it is off by no more units in the last place of `f32`.
pub const HOLDS: f64 = 8.0;

/// What is said of the rules; of those that are not here, that a shape is recognised.
const REASONS: &[(&str, &str)] = &[
    (CHAIN_RULE, "the derivative of the outer function, from the table, times that of the inner one"),
    ("common-denominator", "terms that nearly cancel far out become one fraction"),
    ("common-factor", "what all terms share is computed once"),
    ("sigmoid", "exp of a large number overflows here; the sigmoid is computed in exp(-|u|), which does not"),
    ("sigmoid-flip", "a product of a tiny and a huge number becomes one between 0 and 1"),
    ("sigmoid-complement", "1 minus something near 1 has no digits left; the sigmoid of -u has all of them"),
    ("softplus", "exp overflows for large u, and 1 + exp(u) is 1 for very negative u"),
    ("softplus-log1p", "exp overflows for large u"),
    ("ln-sigmoid", "the sigmoid underflows to 0, whose logarithm is infinite"),
    ("softplus-odd-part", "two large numbers cancel"),
    ("softplus-less-u", "two large numbers cancel"),
    ("sinh", "nearly equal exponentials cancel near 0"),
    ("cosh", "both exponentials in one function that knows when to overflow"),
    ("sech", "1 over something that overflows"),
    ("tanh", "infinity over infinity is no number, and near 0 the numerator cancels"),
    ("sech-squared", "1 minus something near 1: tanh(10)^2 is 1 in f32, and the difference is not 0"),
    ("tanh-squared", "1 minus something near 1 cancels near 0"),
    ("sigmoid-tanh", "1 + tanh(u) is 0 on the left, where the true value is small but not 0"),
    ("logcosh", "cosh overflows from 89 on in f32; its logarithm is about |u|"),
    ("tanh-expm1", "one function for two"),
    ("tanh-sigmoid", "near 0 the difference cancels"),
    ("tanh-sigmoid-odd", "near 0 the difference cancels"),
    ("sin-double", "one function for two"),
    ("cos-double", "two squares that cancel become one function"),
    ("expm1", "exp(u) - 1 cancels near 0; expm1 has all digits"),
    ("expm1-exp", "an exponential without a detour"),
    ("log1p", "1 + u forgets the digits of a small u"),
    ("erfc", "1 - erf(u) is 0 from 4 on in f32; erfc has all digits in its tail"),
    ("erfc-left", "1 + erf(u) is 0 on the left, where the true value is small but not 0"),
    ("erf", "1 - erfc(u) cancels near 0"),
    ("tanhshrink", "u - tanh(u) is about u^3/3 near 0: both terms are u, and nothing is left of them"),
    ("exp-excess", "exp(u) - 1 - u is about u^2/2 near 0: what cancels is larger by 2/u"),
    ("exp-excess-slope", "near 0 two terms of the size of u leave one of u^2/2"),
    ("softplus-slope", "both terms grow like u, and what is left of them does not"),
    ("over-the-root", "so that the conjugate can help"),
    ("conjugate", "on the side where the root and the rest cancel, the quotient by their sum has all digits"),
    ("beside-tanh", "tanh near -1 cancels a parameter near 1; the sigmoid is what is left"),
    ("softplus-tail", "far on the left both parts underflow, and their quotient is an exponential"),
    ("normal-distribution", "the normal distribution and its density share an exponential"),
    ("sech-tail", "where exp(u) overflows, what it is multiplied by has long been 0"),
    (
        "exponential-normal-form",
        "one quotient in e = exp(-|u|), which lies between 0 and 1: nothing overflows, one exponential is enough",
    ),
];

const RECOGNISED: &str = "a textbook shape is the function that it is";

/// The derivations of `outputs`, each of them with the steps that the ones before it did not need already.
///
/// # Errors
///
/// As [`compile`](crate::compile()).
pub fn derivation(text: &str, outputs: &[Output]) -> Result<Vec<Derivation>, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::default();
    let declaration = source::declaration(text)?;
    let found = resolve(declaration, &mut mistakes).and_then(|formula| {
        let compiled = compile(formula.clone(), TABLE, &mut mistakes)?;
        let parameters = formula.declaration.parameters.iter().map(|one| one.name.to_string()).collect();
        let teller = Teller { compiled, variable: formula.declaration.variable.to_string(), parameters };
        let sets = parameter_sets(&formula.parameters);
        Some((teller, formula.graph, formula.root, sets))
    });
    let Some((teller, mut graph, root, sets)) = found else {
        return Err(mistakes.into_vec().iter().map(Diagnostic::from).collect());
    };
    // A partial result of a formula that is too large was refused above.
    drop(mistakes.into_vec());
    graph.start_trace();
    let forward = recognise(&mut graph, root);
    let of_forward = graph.take_trace();
    let mut all = Vec::new();
    for &output in outputs {
        let (by, start) = match output {
            Output::Forward => (None, root),
            Output::Derivative => (Some(By::Variable), forward),
            Output::SecondDerivative => {
                let raw = differentiate(&mut graph, forward, By::Variable, TABLE);
                let first = recognise(&mut graph, raw);
                graph.take_trace();
                (Some(By::Variable), first)
            }
            Output::ParameterDerivative(index) => (Some(By::Parameter(index)), forward),
        };
        let mut steps = Vec::new();
        // What a textbook would differentiate is the formula as it stands.
        let textbook = match (output, by) {
            (Output::SecondDerivative, Some(by)) => differentiate(&mut graph, start, by, TABLE),
            (_, Some(by)) => differentiate(&mut graph, root, by, TABLE),
            (_, None) => root,
        };
        graph.take_trace();
        let result = match by {
            None => {
                steps.extend(teller.steps(&graph, Stage::Simplify, &of_forward));
                forward
            }
            Some(by) => {
                let raw = differentiate(&mut graph, start, by, TABLE);
                let firings = graph.take_trace();
                steps.extend(teller.steps(&graph, Stage::Differentiate, &firings));
                let result = recognise(&mut graph, raw);
                let firings = graph.take_trace();
                steps.extend(teller.steps(&graph, Stage::Simplify, &firings));
                result
            }
        };
        let safe = forms(&mut graph, result);
        let firings = graph.take_trace();
        let mut constants = Constants::default();
        let chosen = choose(&mut graph, output, &safe, &sets, &mut constants);
        graph.take_trace();
        let form = chosen.map_or(result, |chosen| chosen.form);
        // Only what is part of the chosen form has happened to it.
        let parts = graph.reachable(&[form]);
        let used: Vec<Firing> = firings.into_iter().filter(|firing| parts.contains(&firing.after)).collect();
        steps.extend(teller.steps(&graph, Stage::Stabilise, &used));
        let program = Program::new(&graph, &[textbook], &mut constants);
        let written = match output {
            Output::Forward => teller.compiled.formula.clone(),
            _ => derived(&graph, textbook, &teller.variable, &teller.parameters),
        };
        let (breaks, tried, broken) = teller.breaks(output, &program);
        all.push(Derivation {
            output,
            textbook: written,
            steps,
            result: derived(&graph, result, &teller.variable, &teller.parameters),
            computed: computed(&graph, form, &teller.variable, &teller.parameters),
            breaks,
            tried,
            broken,
        });
    }
    Ok(all)
}

struct Teller {
    compiled: Compiled,
    variable: String,
    parameters: Vec<String>,
}

impl Teller {
    fn steps(&self, graph: &Graph, stage: Stage, firings: &[Firing]) -> Vec<DerivationStep> {
        let text = |id: Id| computed(graph, id, &self.variable, &self.parameters);
        let mut steps: Vec<DerivationStep> = Vec::new();
        for firing in firings {
            let reason =
                REASONS.iter().find(|(rule, _)| *rule == firing.rule).map_or(RECOGNISED, |row| row.1);
            let step = DerivationStep {
                stage,
                rule: firing.rule,
                before: text(firing.before),
                after: text(firing.after),
                reason,
            };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    /// Where the textbook form breaks in `f32`, among how many inputs, and at how many of them.
    fn breaks(&self, output: Output, textbook: &Program) -> (Vec<Break>, usize, usize) {
        let parameters: Vec<f64> =
            self.compiled.parameters.iter().map(|parameter| parameter.default).collect();
        let inputs = inputs();
        let mut broken: Vec<Break> = Vec::new();
        for &x in &inputs {
            let exact = self.compiled.evaluate(output, f64::from(x), &parameters, Precision::Single) as f32;
            if exact.is_nan() {
                continue;
            }
            let result = run(textbook, x, &parameters).first().copied().unwrap_or(f32::NAN);
            let ulp = distance(result, exact);
            if ulp > HOLDS {
                broken.push(Break { x, textbook: result, exact, ulp });
            }
        }
        // No digit right: no number, nothing, or off by as much as the value itself.
        let is_lost = |one: &&Break| {
            let off = (f64::from(one.textbook) - f64::from(one.exact)).abs();
            // An exact value that f32 can hardly hold proves nothing.
            one.exact.abs() > 1e-30 && (off.is_nan() || off >= 0.5 * f64::from(one.exact.abs()))
        };
        let count = broken.len();
        let mut telling: Vec<Break> = Vec::new();
        telling.extend(
            broken.iter().filter(|one| one.textbook.is_nan()).min_by(|a, b| a.x.abs().total_cmp(&b.x.abs())),
        );
        let lost = broken.iter().filter(is_lost).filter(|one| !one.textbook.is_nan());
        telling.extend(lost.min_by(|a, b| a.x.abs().ln().abs().total_cmp(&b.x.abs().ln().abs())));
        if telling.is_empty() {
            telling.extend(broken.iter().max_by(|a, b| a.ulp.total_cmp(&b.ulp)));
        }
        (telling, inputs.len(), count)
    }
}

/// Inputs of every order of magnitude: short numbers, as one would try them.
fn inputs() -> Vec<f32> {
    let mut inputs = Vec::new();
    for tenths in 1..=400_u16 {
        inputs.push(f32::from(tenths) / 10.0);
    }
    inputs.extend((41..=200_u16).map(f32::from));
    for exponent in -30..=37 {
        for digit in [1.0, 2.0, 5.0] {
            inputs.push((digit * 10.0_f64.powi(exponent)) as f32);
        }
    }
    let negative: Vec<f32> = inputs.iter().map(|x| -x).collect();
    inputs.extend(negative);
    inputs.push(0.0);
    inputs
}

/// How many numbers of `f32` lie between the two.
fn distance(a: f32, b: f32) -> f64 {
    if a.is_nan() {
        return f64::INFINITY;
    }
    let rank = |value: f32| {
        let bits = i64::from(value.to_bits() & 0x7fff_ffff);
        if value.is_sign_negative() { -bits } else { bits }
    };
    (rank(a) - rank(b)).abs() as f64
}

#[cfg(test)]
mod tests {
    use super::{REASONS, derivation};
    use crate::recognise::RULES;
    use crate::stabilise::STABLE;
    use activation_math::Output;

    #[test]
    fn every_rule_has_a_reason() {
        for rule in RULES.iter().chain(STABLE) {
            assert!(REASONS.iter().any(|(name, _)| *name == rule.name), "`{}` has no reason", rule.name);
        }
    }

    #[test]
    fn the_steps_are_those_of_the_compiler() {
        let text = "x * tanh(ln(1 + exp(x)))";
        let compiled = crate::compile(text).unwrap();
        let all = derivation(text, &[Output::Forward, Output::Derivative]).unwrap();
        assert_eq!(all[0].steps[0].rule, "softplus");
        assert_eq!(
            (all[0].steps[0].before.as_str(), all[0].steps[0].after.as_str()),
            ("ln(exp(x) + 1)", "softplus(x)")
        );
        assert_eq!(all[1].result, compiled.derivative);
        assert!(all[1].steps.iter().any(|step| step.rule == "exponential-normal-form"), "{:?}", all[1].steps);
    }

    #[test]
    fn breaks_are_real() {
        let all = derivation("1 - tanh(x)^2", &[Output::Forward]).unwrap();
        let found = &all[0].breaks;
        assert!(!found.is_empty());
        for one in found {
            let tanh = one.x.tanh();
            // Two functions may round tanh differently, and 1 cancels down to that.
            assert!((1.0 - tanh * tanh - one.textbook).abs() < 3e-7, "{one:?}");
            let exact = f64::from(one.x).cosh().powi(-2);
            assert!((exact / f64::from(one.exact) - 1.0).abs() < 1e-6, "{one:?}");
        }
        let all = derivation("(exp(x) - exp(-x)) / (exp(x) + exp(-x))", &[Output::Forward]).unwrap();
        assert!(
            all[0].breaks.iter().any(|one| one.textbook.is_nan() && one.exact.abs() == 1.0),
            "{:?}",
            all[0].breaks
        );
        let all = derivation("x / (1 + abs(x))", &[Output::Forward]).unwrap();
        assert!(all[0].breaks.is_empty() && all[0].tried > 1000);
    }

    #[test]
    fn mistakes_are_told() {
        assert!(derivation("x * sigmod(x)", &[Output::Forward]).is_err());
    }
}
