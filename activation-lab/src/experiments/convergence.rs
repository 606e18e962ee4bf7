//! Does ReLU learn faster?

use super::{Experiment, place, tuned};
use crate::claim::Bound;
use crate::contender::Contender;
use crate::error::Error;
use crate::findings::Findings;
use crate::laboratory::Laboratory;

pub(super) const EXPERIMENT: Experiment = Experiment {
    name: "convergence",
    title: "Convergence",
    claim: "ReLU greatly accelerates the convergence of gradient descent compared to sigmoid and tanh, by a factor of six in the network \
            that made it famous (Krizhevsky, Sutskever and Hinton, 2012), because it is linear and does not saturate.",
    usual: &["relu", "tanh", "sigmoid", "gelu"],
    run,
};

fn run(
    experiment: &'static Experiment,
    laboratory: &Laboratory<'_>,
    contenders: &[Contender],
) -> Result<Findings, Error> {
    let learned = tuned::learn(experiment.name, laboratory, contenders)?;
    let mut findings = Findings::new(experiment, laboratory.setup, contenders);
    findings.method = learned.method(laboratory);
    let curves = learned.curves(contenders, &mut findings);
    findings.figures.extend(curves.into_iter().flatten());
    let table = learned.table(contenders, &mut findings);
    findings.tables.push(table);
    // Without ReLU whoever was named first is held against the others.
    let fast = place(contenders, "relu").unwrap_or(0);
    for (slow, contender) in contenders.iter().enumerate().filter(|(index, _)| *index != fast) {
        let (quick, name) = (contenders[fast].name(), contender.name());
        let mut add = |text: String, bound: f64| {
            let bound = Bound::Above(bound.log10());
            findings.claims.push(learned.claim(contenders, (slow, fast), text, bound));
        };
        add(format!("{quick} learns faster than {name}."), 1.0);
        if quick == "relu" && matches!(name, "tanh" | "sigmoid") {
            add(format!("ReLU learns greatly faster than {name}: at least twice as fast."), 2.0);
            add(format!("ReLU learns six times as fast as {name}."), 6.0);
        }
    }
    findings.notes.push(
        "The famous factor was measured on photographs with a large convolutional network, and without the weights that are matched \
         to each activation here."
            .to_owned(),
    );
    Ok(findings)
}
