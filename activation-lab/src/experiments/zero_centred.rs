//! Are outputs centred, and does it matter?

use super::{Experiment, claim, mean, place, tuned};
use crate::claim::Bound;
use crate::contender::Contender;
use crate::error::Error;
use crate::findings::{Conditions, Findings, Lines, Quantity, Stage, Table};
use crate::laboratory::Laboratory;
use crate::layers::LayerState;

pub(super) const EXPERIMENT: Experiment = Experiment {
    name: "zero-centred",
    title: "Zero-centred outputs",
    claim: "The output of a sigmoid is not zero-centred: it lies around 1/2 and is never negative. The gradients of all weights of a \
            unit in the next layer then have the same sign, and the way to where one should grow and another shrink is a zigzag. \
            The output of tanh is zero-centred, which is why it is preferred to a sigmoid.",
    usual: &["sigmoid", "tanh"],
    run,
};

/// What counts as around 1/2, and as centred.
const NEAR: f64 = 0.05;

fn run(
    experiment: &'static Experiment,
    laboratory: &Laboratory<'_>,
    contenders: &[Contender],
) -> Result<Findings, Error> {
    let learned = tuned::learn(experiment.name, laboratory, contenders)?;
    let mut findings = Findings::new(experiment, laboratory.setup, contenders);
    findings.method = learned.method(laboratory);
    findings.method.push(
        "Means are over all units and images of the training part. The offset is the part of the mean square of outputs that the units' \
         means make up: 0 % is centred, 100 % is constant. One-sided is the part of a unit's incoming weights whose gradients, over \
         a batch of 32, have the sign of most; 50 % would be an even balance."
            .to_owned(),
    );
    let depth = learned.recipe.shape.depth;
    let mut by_layer = Lines::new("Mean output by layer", "hidden layer", ("mean output", Quantity::Number));
    let mut rows = Vec::new();
    for (index, contender) in contenders.iter().enumerate() {
        let runs = &learned.runs[index];
        let mut cells = vec![contender.name().to_owned()];
        for stage in [Stage::Before, Stage::After] {
            let of = |run: &tuned::Learned| {
                if stage == Stage::Before { run.before.clone() } else { run.after.clone() }
            };
            let mut points = Vec::new();
            for layer in 0..depth {
                let conditions =
                    Conditions { layer: Some(layer + 1), stage: Some(stage), ..Conditions::default() };
                let values = runs.iter().map(|run| of(run)[layer].mean).collect();
                let estimate =
                    findings.note(contender, ("mean output", Quantity::Number), conditions, values);
                points.push(((layer + 1) as f64, estimate));
                let values = runs.iter().map(|run| of(run)[layer].offset).collect();
                findings.note(contender, ("offset", Quantity::Part), conditions, values);
            }
            let label = format!("{}, {} training", contender.name(), stage.name());
            by_layer.add(index, usize::from(stage == Stage::After), &label, &points);
            let conditions = Conditions { stage: Some(stage), ..Conditions::default() };
            let all = |value: fn(&LayerState) -> f64| -> Vec<f64> {
                runs.iter().map(|run| mean(of(run).iter().map(value))).collect()
            };
            let means = findings.note(
                contender,
                ("mean output", Quantity::Number),
                conditions,
                all(|layer| layer.mean),
            );
            let offsets =
                findings.note(contender, ("offset", Quantity::Part), conditions, all(|layer| layer.offset));
            cells.push(Quantity::Number.estimated(&means));
            cells.push(Quantity::Part.estimated(&offsets));
        }
        let values = runs.iter().map(|run| run.one_sided).collect();
        let conditions = Conditions { layer: Some(2), stage: Some(Stage::Before), ..Conditions::default() };
        let sides = findings.note(contender, ("one-sided gradients", Quantity::Part), conditions, values);
        cells.push(Quantity::Part.estimated(&sides));
        rows.push(cells);
    }
    let [accuracy, loss] = learned.curves(contenders, &mut findings);
    findings.figures.extend([by_layer.figure("mean-output"), accuracy, loss].into_iter().flatten());
    let columns =
        ["activation", "mean before", "offset before", "mean after", "offset after", "one-sided gradients"];
    findings.tables.push(Table {
        title: "All hidden layers, before and after training".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    });
    let table = learned.table(contenders, &mut findings);
    findings.tables.push(table);

    for stage in [Stage::Before, Stage::After] {
        let means = |index: usize| -> Vec<f64> {
            let of = |run: &tuned::Learned| {
                let layers = if stage == Stage::Before { &run.before } else { &run.after };
                mean(layers.iter().map(|layer| layer.mean))
            };
            learned.runs[index].iter().map(of).collect()
        };
        let when = format!("{} training", stage.name());
        for (index, contender) in contenders.iter().enumerate() {
            let name = contender.name();
            let (text, bound) = match name {
                "sigmoid" => (
                    "The output of a sigmoid lies around 1/2".to_owned(),
                    Bound::Within(0.5 - NEAR, 0.5 + NEAR),
                ),
                _ => (format!("The output of {name} is zero-centred"), Bound::Within(-NEAR, NEAR)),
            };
            findings.claims.push(claim(
                format!("{text} ({when})."),
                format!("{name}: mean output of all hidden layers, {when}"),
                Quantity::Number,
                &means(index),
                bound,
            ));
        }
    }
    if let Some(sigmoid) = place(contenders, "sigmoid") {
        let sides: Vec<f64> = learned.runs[sigmoid].iter().map(|run| run.one_sided).collect();
        findings.claims.push(claim(
            "Behind sigmoids the gradients of all weights of a unit have the same sign, in batches of 32 too.",
            "part of a unit's weights whose gradients have the sign of most, second hidden layer, before training",
            Quantity::Part,
            &sides,
            Bound::Above(0.99),
        ));
        findings.notes.push(
            "For a single image the gradients of a unit's weights behind sigmoids all have one sign, by the formula. A batch adds up \
             images whose signs differ, and training goes by batches."
                .to_owned(),
        );
        if let Some(tanh) = place(contenders, "tanh") {
            let text = "Tanh, which is centred, learns faster than a sigmoid.";
            findings.claims.push(learned.claim(contenders, (sigmoid, tanh), text, Bound::Above(0.0)));
        }
    }
    Ok(findings)
}
