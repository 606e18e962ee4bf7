//! Are half of the outputs 0?

use super::{Experiment, MOMENTUM, claim, mean};
use crate::claim::Bound;
use crate::contender::Contender;
use crate::error::Error;
use crate::findings::{Conditions, Findings, Lines, Quantity, Stage, Table};
use crate::laboratory::Laboratory;
use crate::layers::{LayerState, states};
use crate::network::{Initialisation, Shape};
use crate::training::Recipe;

pub(super) const EXPERIMENT: Experiment = Experiment {
    name: "sparsity",
    title: "Sparsity",
    claim: "ReLU is sparse: of numbers that are spread evenly around 0 it makes half of them 0, and much of its success is put down to \
            that. A leak has its price: nothing is 0 any more.",
    usual: &["relu", "leaky_relu", "gelu"],
    run,
};

/// How far from the expected part is still that part.
const NEAR: f64 = 0.05;

/// Outputs that are sparse at all.
const SOME: f64 = 0.01;

fn run(
    experiment: &'static Experiment,
    laboratory: &Laboratory<'_>,
    contenders: &[Contender],
) -> Result<Findings, Error> {
    let setup = laboratory.setup;
    let depth = setup.choose(4, 3);
    let recipe = Recipe {
        shape: Shape { depth, width: setup.choose(64, 32) },
        initialisation: Initialisation::Matched,
        rate: 0.02,
        momentum: MOMENTUM,
        epochs: setup.epochs.unwrap_or(setup.choose(30, 4)),
        looks: 1,
    };
    let mut jobs = Vec::new();
    for contender in contenders {
        jobs.extend((0..setup.runs as u64).map(|run| (contender, run)));
    }
    let results = laboratory.each(
        experiment.name,
        &jobs,
        |_| recipe.epochs as u64,
        |(contender, run)| {
            let (network, split) = laboratory.untrained(contender, &recipe, *run)?;
            let before = states(&network, &split.training)?;
            let outcome = laboratory.train(&network, &split, &split.test, &recipe, *run)?;
            Ok((before, states(&network, &split.training)?, outcome.accuracy()))
        },
    )?;

    let mut findings = Findings::new(experiment, setup, contenders);
    findings.method = vec![format!(
        "Networks of {depth} hidden layers of {} units, weights matched to the gain of each activation; {} epochs at learning rate 0.02 \
         with momentum 0.9 in batches of 32. Outputs that are exactly 0 are counted over the training part.",
        recipe.shape.width, recipe.epochs
    )];
    let mut by_layer = Lines::new("Outputs that are 0", "hidden layer", ("zeros (%)", Quantity::Part));
    let mut rows = Vec::new();
    for (index, (contender, runs)) in contenders.iter().zip(results.chunks(setup.runs)).enumerate() {
        let (name, expected) = (contender.name(), contender.expected().zeros);
        let mut cells = vec![name.to_owned(), Quantity::Part.shown(expected)];
        for stage in [Stage::Before, Stage::After] {
            let of = |run: &(Vec<LayerState>, Vec<LayerState>, f64), layer: usize| match stage {
                Stage::Before => run.0[layer].zeros,
                Stage::After => run.1[layer].zeros,
            };
            let mut points = Vec::new();
            for layer in 0..depth {
                let conditions =
                    Conditions { layer: Some(layer + 1), stage: Some(stage), ..Conditions::default() };
                let values = runs.iter().map(|run| of(run, layer)).collect();
                let estimate = findings.note(contender, ("zeros", Quantity::Part), conditions, values);
                points.push(((layer + 1) as f64, estimate));
            }
            let label = format!("{name}, {} training", stage.name());
            by_layer.add(index, usize::from(stage == Stage::After), &label, &points);
            let conditions = Conditions { stage: Some(stage), ..Conditions::default() };
            let values: Vec<f64> =
                runs.iter().map(|run| mean((0..depth).map(|layer| of(run, layer)))).collect();
            let all = findings.note(contender, ("zeros", Quantity::Part), conditions, values.clone());
            cells.push(Quantity::Part.estimated(&all));
            let (text, bound) = match expected {
                _ if name == "relu" => {
                    ("ReLU makes half of its outputs 0".to_owned(), Bound::Within(0.5 - NEAR, 0.5 + NEAR))
                }
                zeros if zeros > SOME => (
                    format!(
                        "{name} makes {} of its outputs 0, as under N(0, 1)",
                        Quantity::Part.shown(zeros)
                    ),
                    Bound::Within(zeros - NEAR, zeros + NEAR),
                ),
                _ => (format!("Of {name} next to no output is 0"), Bound::Below(SOME)),
            };
            findings.claims.push(claim(
                format!("{text} ({} training).", stage.name()),
                format!("{name}: outputs that are exactly 0, all hidden layers, {} training", stage.name()),
                Quantity::Part,
                &values,
                bound,
            ));
        }
        let conditions = Conditions { stage: Some(Stage::After), ..Conditions::default() };
        let values = runs.iter().map(|run| run.2).collect();
        let accuracy = findings.note(contender, ("test accuracy", Quantity::Part), conditions, values);
        cells.push(Quantity::Part.estimated(&accuracy));
        rows.push(cells);
    }
    findings.figures.extend(by_layer.figure("zeros"));
    let columns = ["activation", "under N(0, 1)", "before training", "after training", "test accuracy"];
    findings.tables.push(Table {
        title: "Outputs that are exactly 0, all hidden layers".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    });
    Ok(findings)
}
