//! Second derivatives with a parameter in them: what a gradient through a gradient needs, and nothing else does.

use crate::certify::parameter_sets;
use crate::choose::{choose, forms};
use crate::compile::derive;
use crate::constant::Constants;
use crate::differentiate::{By, TABLE};
use crate::error::Mistakes;
use crate::program::Program;
use crate::recognise::recognise;
use crate::resolve::{Formula, resolve};
use crate::source::{self, Diagnostic};
use activation_math::{Interval, Output};

/// A second derivative by a learned parameter and by the variable or another learned parameter.
#[derive(Clone, Debug)]
pub struct MixedDerivative {
    /// The parameter, by its index in the order of declaration.
    pub parameter: usize,
    /// The other one, from `parameter` on, since the order does not matter; `None` for the variable.
    pub other: Option<usize>,
    /// What it is computed by.
    pub program: Program,
    /// Where plain arithmetic in `f64` is not certified for an `f32` result.
    pub careful: Vec<Interval>,
    /// Whether that holds for other parameters than the defaults.
    pub elsewhere: bool,
}

/// Those of a formula or a declaration, in stable forms.
///
/// # Errors
///
/// As [`compile`](crate::compile()).
pub fn mixed_derivatives(text: &str) -> Result<Vec<MixedDerivative>, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::default();
    let found = resolve(source::declaration(text)?, &mut mistakes)
        .and_then(|formula| of_formula(formula, &mut mistakes));
    let mistakes = mistakes.into_vec();
    found.ok_or_else(|| mistakes.iter().map(Diagnostic::from).collect())
}

fn of_formula(formula: Formula, mistakes: &mut Mistakes) -> Option<Vec<MixedDerivative>> {
    let Formula { declaration, mut graph, root, parameters, .. } = formula;
    let forward = recognise(&mut graph, root);
    let sets = parameter_sets(&parameters);
    let mut constants = Constants::default();
    let learned: Vec<usize> =
        (0..parameters.len()).filter(|&index| declaration.parameters[index].learned).collect();
    let mut all = Vec::new();
    for (place, &parameter) in learned.iter().enumerate() {
        let slope = derive(&mut graph, forward, By::Parameter(parameter), TABLE);
        for other in std::iter::once(None).chain(learned[place..].iter().copied().map(Some)) {
            let by = other.map_or(By::Variable, By::Parameter);
            let second = derive(&mut graph, slope, by, TABLE);
            let safe = forms(&mut graph, second);
            if graph.is_full() {
                mistakes.push(declaration.body.mistake(
                    "the second derivatives of this formula by its parameters are too large; simplify it or split it",
                ));
                return None;
            }
            let chosen = choose(&mut graph, Output::SecondDerivative, &safe, &sets, &mut constants)?;
            let certificate = chosen.certificate;
            all.push(MixedDerivative {
                parameter,
                other,
                program: chosen.program,
                careful: certificate.careful,
                elsewhere: certificate.elsewhere,
            });
        }
    }
    Some(all)
}
