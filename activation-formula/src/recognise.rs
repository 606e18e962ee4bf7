//! Textbook shapes to the functions that they are: recognise first, differentiate second.
//!
//! The rules stand in one table, in the language itself; each is tested for soundness because it is a row. They are
//! applied bottom-up until nothing changes.

mod matching;

use crate::graph::{Graph, Id, Stage};
use crate::resolve::from_table;
use crate::simplify::{common_denominator, common_factor};
use matching::rewrite;
use std::collections::HashMap;

/// `from` is replaced by `to` wherever it occurs; `u` stands for anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
}

/// In order of preference: an earlier rule is tried first.
#[rustfmt::skip]
pub(crate) const RULES: &[Rule] = &[
    // Logistic sigmoid.
    rule("sigmoid",              "1 / (1 + exp(u))",             "sigmoid(-u)"),
    rule("sigmoid-flip",         "sigmoid(-u) * exp(u)",         "sigmoid(u)"),
    rule("sigmoid-complement",   "1 - sigmoid(u)",               "sigmoid(-u)"),
    // Softplus and the logarithm of a sigmoid.
    rule("softplus",             "ln(1 + exp(u))",               "softplus(u)"),
    rule("softplus-log1p",       "log1p(exp(u))",                "softplus(u)"),
    rule("ln-sigmoid",           "ln(sigmoid(u))",               "-softplus(-u)"),
    rule("softplus-odd-part",    "softplus(u) - softplus(-u)",   "u"),
    rule("softplus-less-u",      "softplus(u) - u",              "softplus(-u)"),
    // Hyperbolic functions.
    rule("sinh",                 "exp(u) - exp(-u)",             "2 * sinh(u)"),
    rule("cosh",                 "exp(u) + exp(-u)",             "2 * cosh(u)"),
    rule("sech",                 "1 / cosh(u)",                  "sech(u)"),
    rule("tanh",                 "sech(u) * sinh(u)",            "tanh(u)"),
    rule("sech-squared",         "1 - tanh(u)^2",                "sech(u)^2"),
    rule("tanh-squared",         "1 - sech(u)^2",                "tanh(u)^2"),
    rule("sigmoid-tanh",         "1 + tanh(u)",                  "2 * sigmoid(2 * u)"),
    rule("logcosh",              "ln(cosh(u))",                  "logcosh(u)"),
    rule("tanh-expm1",           "sigmoid(-u) * expm1(u)",       "tanh(u / 2)"),
    rule("tanh-sigmoid",         "2 * sigmoid(u) - 1",           "tanh(u / 2)"),
    rule("tanh-sigmoid-odd",     "sigmoid(u) - sigmoid(-u)",     "tanh(u / 2)"),
    // Double angles.
    rule("sin-double",           "sin(u) * cos(u)",              "sin(2 * u) / 2"),
    rule("cos-double",           "cos(u)^2 - sin(u)^2",          "cos(2 * u)"),
    // Differences near equality, logarithms near 1.
    rule("expm1",                "exp(u) - 1",                   "expm1(u)"),
    rule("expm1-exp",            "expm1(u) + 1",                 "exp(u)"),
    rule("log1p",                "ln(1 + u)",                    "log1p(u)"),
    // Error function: 1 + erf cancels on the left, erfc does not.
    rule("erfc",                 "1 - erf(u)",                   "erfc(u)"),
    rule("erfc-left",            "1 + erf(u)",                   "erfc(-u)"),
    rule("erf",                  "1 - erfc(u)",                  "erf(u)"),
];

pub(crate) const fn rule(name: &'static str, from: &'static str, to: &'static str) -> Rule {
    Rule { name, from, to }
}

/// Rounds over the whole graph; each only builds on what the one before found, and few ever find anything.
const MOST_ROUNDS: usize = 6;

/// `root` with every rule applied wherever it fits.
pub(crate) fn recognise(graph: &mut Graph, root: Id) -> Id {
    rewritten(graph, root, Stage::Recognise, |graph, mut current| {
        let joined = common_denominator(graph, current);
        current = graph.note("common-denominator", current, joined);
        current = apply_all(graph, RULES, current);
        let taken_out = common_factor(graph, current);
        graph.note("common-factor", current, taken_out)
    })
}

/// Every node of `root` rewritten by `better`, children first, until nothing changes.
pub(crate) fn rewritten(
    graph: &mut Graph,
    root: Id,
    stage: Stage,
    better: impl Fn(&mut Graph, Id) -> Id,
) -> Id {
    let mut root = root;
    for _ in 0..MOST_ROUNDS {
        let better = round(graph, root, stage, &better);
        if better == root {
            break;
        }
        root = better;
    }
    root
}

fn round(graph: &mut Graph, root: Id, stage: Stage, better: &impl Fn(&mut Graph, Id) -> Id) -> Id {
    let mut map: HashMap<Id, Id> = HashMap::new();
    for id in graph.reachable(&[root]) {
        if graph.is_full() {
            return root;
        }
        let rebuilt = graph.rebuild(id, |child| map.get(&child).copied().unwrap_or(child));
        map.insert(id, graph.rewritten_once(stage, rebuilt, better));
    }
    map.get(&root).copied().unwrap_or(root)
}

/// The node after each of the rules in turn: what one leaves may fit the next.
pub(crate) fn apply_all(graph: &mut Graph, rules: &[Rule], mut current: Id) -> Id {
    for rule in rules {
        if let Some(better) = apply(graph, rule, current) {
            current = graph.note(rule.name, current, better);
        }
    }
    current
}

/// The node rewritten by one rule, if it fits.
pub(crate) fn apply(graph: &mut Graph, rule: &Rule, subject: Id) -> Option<Id> {
    let (pattern, pattern_root) = matching::pattern(rule.from);
    rewrite(graph, subject, &pattern, pattern_root, |graph, u| from_table(graph, rule.to, &[("u", u)]))
}

#[cfg(test)]
mod tests {
    use super::{RULES, Rule, apply};
    use crate::constant::Constants;
    use crate::graph::Graph;
    use crate::program::Program;
    use crate::resolve::from_table;
    use crate::stabilise::STABLE;
    use activation_math::{Real, Wide};

    type Number = Wide<10>;

    /// The value of a text of the tables at `u`, in 640 bits, with nothing rewritten.
    fn value(text: &str, u: f64) -> Number {
        let mut graph = Graph::default();
        let variable = graph.variable();
        let root = from_table(&mut graph, text, &[("u", variable)]);
        let x = Number::from_f64(u);
        crate::evaluate::run(&Program::new(&graph, &[root], &mut Constants::default()), x, &[])[0]
    }

    fn all() -> impl Iterator<Item = &'static Rule> {
        RULES.iter().chain(STABLE)
    }

    /// Every row is an equation that holds wherever its left side has a value.
    #[test]
    fn every_rule_is_sound() {
        for rule in all() {
            let mut compared = 0;
            for u in [-11.5, -7.25, -1.0, -0.375, -1e-4, 1e-4, 0.375, 1.0, 7.25, 11.5] {
                let (from, to) = (value(rule.from, u), value(rule.to, u));
                if !from.is_finite() {
                    continue;
                }
                compared += 1;
                // Numbers of a program are doubles; the tables use only such as are exact.
                let error = (from - to).abs();
                let close = error.less_equal(from.abs() * Number::from_f64(1e-60)) || error.is_zero();
                assert!(close, "rule `{}`: `{}` is not `{}` at {u}", rule.name, rule.from, rule.to);
            }
            assert!(compared >= 5, "rule `{}` was compared at {compared} points only", rule.name);
        }
    }

    /// Every row fits its own left side, and leaves its right side.
    #[test]
    fn every_rule_fires() {
        for rule in all() {
            let mut graph = Graph::default();
            let variable = graph.variable();
            let from = from_table(&mut graph, rule.from, &[("u", variable)]);
            let to = from_table(&mut graph, rule.to, &[("u", variable)]);
            assert_eq!(apply(&mut graph, rule, from), Some(to), "rule `{}`", rule.name);
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = all().map(|rule| rule.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
