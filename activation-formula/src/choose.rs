//! Of several forms of a function, the one that is computed: the cheapest that keeps its digits.

use crate::certify::{Certificate, certify, certify_plain};
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

/// The first form for which plain arithmetic does everywhere; else the first with a certificate; else the first.
pub(crate) fn choose(
    graph: &Graph,
    output: Output,
    forms: &[Id],
    sets: &[Vec<f64>],
    constants: &mut Constants,
) -> Option<Chosen> {
    let programs: Vec<Program> = forms.iter().map(|&form| Program::new(graph, &[form], constants)).collect();
    let candidates = || forms.iter().zip(&programs);
    let found = |(&form, program): (&Id, &Program), certificate| {
        Some(Chosen { form, program: program.clone(), certificate })
    };
    let original = signs_at_zero(programs.last()?, sets);
    for candidate in candidates().filter(|(_, program)| signs_at_zero(program, sets) == original) {
        if let Some(certificate) = certify_plain(candidate.1, output, sets) {
            return found(candidate, certificate);
        }
    }
    let mut first = None;
    for candidate in candidates() {
        let certificate = certify(candidate.1, output, sets);
        if certificate.refusal.is_none() {
            return found(candidate, certificate);
        }
        first.get_or_insert((candidate, certificate));
    }
    first.and_then(|(candidate, certificate)| found(candidate, certificate))
}

/// The signs of the zeros that the program has at 0 and at -0: tanh(-0) is -0, in whatever form.
fn signs_at_zero(program: &Program, sets: &[Vec<f64>]) -> [Option<bool>; 2] {
    let defaults = sets.first().map_or(&[][..], Vec::as_slice);
    [0.0, -0.0].map(|x: f64| {
        let value = run(program, x, defaults).first().copied()?;
        (value == 0.0).then_some(value.is_sign_negative())
    })
}
