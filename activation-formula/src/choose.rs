//! Of several forms of a function, the one that is computed: the cheapest that keeps its digits.

use crate::certify::{Certificate, certify};
use crate::constant::Constants;
use crate::distribution::with_normal_distribution;
use crate::evaluate::run;
use crate::graph::{Graph, Id, Node};
use crate::normal::exponential_normal_form;
use crate::program::Program;
use crate::rational::Rational;
use crate::stabilise::stabilise;
use activation_math::Output;
use std::cell::RefCell;
use std::collections::HashMap;

/// A form with what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) form: Id,
    pub(crate) program: Program,
    pub(crate) certificate: Certificate,
}

/// The forms that a function may be computed in, the cheapest first.
pub(crate) fn forms(graph: &mut Graph, function: Id) -> Vec<Id> {
    let stable = stabilise(graph, function);
    let forms: Vec<Id> = exponential_normal_form(graph, stable).into_iter().chain([stable]).collect();
    forms.into_iter().map(|form| with_normal_distribution(graph, form)).collect()
}

/// More care at so few numbers, beside a root, is no reason to look for another form.
const FEW: i64 = 1 << 15;

/// The first form for which plain arithmetic does nearly everywhere; else the one for which it does at most inputs.
pub(crate) fn choose(
    graph: &mut Graph,
    output: Output,
    forms: &[Id],
    sets: &[Vec<f64>],
    constants: &mut Constants,
) -> Option<Chosen> {
    let programs: Vec<Program> = forms.iter().map(|&form| Program::new(graph, &[form], constants)).collect();
    let original = signs_at_zero(programs.last()?, sets);
    let mut best: Option<Chosen> = None;
    for (&form, program) in forms.iter().zip(programs) {
        if signs_at_zero(&program, sets) != original {
            continue;
        }
        let origin = RefCell::new(&mut *graph);
        let nothing_at_0 = |parameters: &[f64]| is_nothing_at_0(&mut origin.borrow_mut(), form, parameters);
        let certificate = certify(&program, output, sets, &nothing_at_0);
        let found = Chosen { form, certificate, program };
        let rank = |chosen: &Chosen| (!chosen.certificate.is_given(), chosen.certificate.breadth());
        let enough = rank(&found) <= (false, FEW);
        if best.as_ref().is_none_or(|best| rank(&found) < rank(best)) {
            best = Some(found);
        }
        if enough {
            break;
        }
    }
    best
}

/// The signs of the zeros that the program has at 0 and at -0: tanh(-0) is -0, in whatever form.
fn signs_at_zero(program: &Program, sets: &[Vec<f64>]) -> [Option<bool>; 2] {
    let defaults = sets.first().map_or(&[][..], Vec::as_slice);
    [0.0, -0.0].map(|x: f64| {
        let value = run(program, x, defaults).first().copied()?;
        (value == 0.0).then_some(value.is_sign_negative())
    })
}

/// Whether a form is exactly 0 at 0: to 200 bits, of constants that are known to 256.
fn is_nothing_at_0(graph: &mut Graph, form: Id, parameters: &[f64]) -> bool {
    const LOST: f64 = 6.2e-61; // 2^-200
    let values: Option<Vec<Rational>> = parameters.iter().map(|&value| Rational::from_f64(value)).collect();
    let Some(values) = values else { return false };
    let mut map: HashMap<Id, Id> = HashMap::new();
    let mut largest = 1.0_f64;
    for id in graph.reachable(&[form]) {
        let replaced = match graph.node(id) {
            Node::Variable => graph.integer(0),
            Node::Parameter(index) => match values.get(*index) {
                Some(value) => graph.number(value.clone()),
                None => return false,
            },
            _ => graph.rebuild(id, |child| map.get(&child).copied().unwrap_or(child)),
        };
        map.insert(id, replaced);
    }
    let Some(&root) = map.get(&form) else { return false };
    let mut constants = Constants::default();
    for &part in map.values() {
        let size = constants.value(graph, part).value.abs();
        if size.is_finite() {
            largest = largest.max(size);
        }
    }
    constants.value(graph, root).value.abs() <= LOST * largest
}
