//! Of several forms of a function, the one that is computed: the cheapest that keeps its digits.

use crate::certify::{Certificate, certify};
use crate::constant::Constants;
use crate::evaluate::run;
use crate::graph::{Graph, Id};
use crate::normal::exponential_normal_form;
use crate::program::Program;
use crate::stabilise::stabilise;
use activation_math::Output;

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
    exponential_normal_form(graph, stable).into_iter().chain([stable]).collect()
}

/// More care at so few numbers, beside a root, is no reason to look for another form.
const FEW: i64 = 1 << 12;

/// The first form for which plain arithmetic does nearly everywhere; else the one for which it does at most inputs.
pub(crate) fn choose(
    graph: &Graph,
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
        let found = Chosen { form, certificate: certify(&program, output, sets), program };
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
