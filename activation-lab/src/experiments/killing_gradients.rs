//! Do sigmoids kill gradients, and does it take saturation?

use super::{Experiment, MOMENTUM, claim, differences, mean, place};
use crate::claim::Bound;
use crate::contender::Contender;
use crate::error::Error;
use crate::estimate::Estimate;
use crate::findings::{Conditions, Findings, Lines, Quantity, Stage, Table};
use crate::laboratory::Laboratory;
use crate::layers::{LayerState, states};
use crate::network::{Initialisation, Shape};
use crate::training::Recipe;

pub(super) const EXPERIMENT: Experiment = Experiment {
    name: "killing-gradients",
    title: "Killing gradients",
    claim: "A sigmoid saturates and kills gradients: where its curve is flat, nothing gets through, and even where it is steepest its \
            slope is 1/4, so that ten layers divide a gradient by a million at the best of times. Tanh saturates too, but passes \
            gradients on undiminished in the middle. ReLU does not saturate on the right, and made networks of more than a few \
            layers trainable.",
    usual: &["sigmoid", "tanh", "relu", "gelu"],
    run,
};

const INITIALISATIONS: [Initialisation; 2] = [Initialisation::Naive, Initialisation::Matched];

/// Below it every logarithm is the same: the smallest number of `f32`.
const NOTHING: f64 = 1e-45;

struct Job {
    contender: usize,
    initialisation: Initialisation,
    depth: usize,
    run: u64,
}

struct Observed {
    /// Common logarithms of the norms of the gradients by what goes into the hidden layers' activations, over all images.
    norms: Vec<f64>,
    /// Likewise by their weights.
    weight_norms: Vec<f64>,
    before: Vec<LayerState>,
    after: Vec<LayerState>,
    accuracy: f64,
}

fn run(
    experiment: &'static Experiment,
    laboratory: &Laboratory<'_>,
    contenders: &[Contender],
) -> Result<Findings, Error> {
    let setup = laboratory.setup;
    let depths: &[usize] = setup.choose(&[2, 4, 8, 16], &[2, 12]);
    let width = setup.choose(64, 32);
    let recipe = |job: &Job| Recipe {
        shape: Shape { depth: job.depth, width },
        initialisation: job.initialisation,
        rate: 0.02,
        momentum: MOMENTUM,
        epochs: setup.epochs.unwrap_or(setup.choose(10, 3)),
        looks: 1,
    };
    let mut jobs = Vec::new();
    for contender in 0..contenders.len() {
        for initialisation in INITIALISATIONS {
            for &depth in depths {
                jobs.extend((0..setup.runs as u64).map(|run| Job { contender, initialisation, depth, run }));
            }
        }
    }
    let results = laboratory.each(
        experiment.name,
        &jobs,
        |job| job.depth as u64,
        |job| {
            let (contender, recipe) = (&contenders[job.contender], recipe(job));
            let (network, split) = laboratory.untrained(contender, &recipe, job.run)?;
            let gradients = network.gradients(&split.training.images, &split.training.digits)?;
            let norm = |gradient: &candle_core::Tensor| -> candle_core::Result<f64> {
                // In f64, where small squares do not vanish.
                let square =
                    gradient.to_dtype(candle_core::DType::F64)?.sqr()?.sum_all()?.to_scalar::<f64>()?;
                Ok(square.sqrt().max(NOTHING).log10())
            };
            let norms =
                |of: &[candle_core::Tensor]| of.iter().map(norm).collect::<candle_core::Result<Vec<f64>>>();
            let (norms, weight_norms) = (norms(&gradients.signals)?, norms(&gradients.weights)?);
            let before = states(&network, &split.training)?;
            let outcome = laboratory.train(&network, &split, &split.test, &recipe, job.run)?;
            let after = states(&network, &split.training)?;
            Ok(Observed { norms, weight_norms, before, after, accuracy: outcome.accuracy() })
        },
    )?;

    let mut findings = Findings::new(experiment, setup, contenders);
    let epochs = recipe(&jobs[0]).epochs;
    findings.method = vec![
        format!(
            "Networks of {} hidden layers of {width} units each; naive weights are uniform between ±1/√inputs, matched ones normal \
             with standard deviation gain/√inputs, where the gain is 1/√E f² under N(0, 1), from the analysis of the formula.",
            list(depths)
        ),
        "The gradient of the loss by what goes into the activations of each hidden layer: its norm over the whole training part, before \
         training. An output is saturated where |f'| is below 0.01."
            .to_owned(),
        format!("Then {epochs} epochs at learning rate 0.02 with momentum 0.9 in batches of 32, the same for all."),
    ];
    let at = |contender: usize, initialisation: Initialisation, depth: usize| -> Vec<&Observed> {
        let is_it =
            |job: &Job| (job.contender, job.initialisation, job.depth) == (contender, initialisation, depth);
        jobs.iter().zip(&results).filter(|(job, _)| is_it(job)).map(|(_, result)| result).collect()
    };
    let deepest = depths.last().copied().unwrap_or(2);

    for initialisation in INITIALISATIONS {
        let name = initialisation.name();
        let mut norms = Lines::new(
            &format!("Gradient by layer, {name} weights, {deepest} layers"),
            "hidden layer, the last one beside the output",
            ("norm of the gradient", Quantity::Size),
        );
        let mut saturated = Lines::new(
            &format!("Saturated outputs before training, {name} weights, {deepest} layers"),
            "hidden layer",
            ("|f'| < 0.01 (%)", Quantity::Part),
        );
        let mut accuracy = Lines::new(
            &format!("Read correctly after {epochs} epochs, {name} weights"),
            "hidden layers",
            ("test accuracy (%)", Quantity::Part),
        );
        for (index, contender) in contenders.iter().enumerate() {
            let mut by_depth = Vec::new();
            for &depth in depths {
                let of = at(index, initialisation, depth);
                let conditions = Conditions {
                    depth: Some(depth),
                    initialisation: Some(initialisation),
                    ..Conditions::default()
                };
                let (mut by_layer, mut flat) = (Vec::new(), Vec::new());
                for layer in 0..depth {
                    let x = (layer + 1) as f64;
                    let here = Conditions { layer: Some(layer + 1), ..conditions };
                    let before = Conditions { stage: Some(Stage::Before), ..here };
                    let after = Conditions { stage: Some(Stage::After), ..here };
                    let values = of.iter().map(|result| result.norms[layer]).collect();
                    by_layer.push((
                        x,
                        findings.note(contender, ("gradient norm", Quantity::Size), before, values),
                    ));
                    let values = of.iter().map(|result| result.weight_norms[layer]).collect();
                    findings.note(contender, ("weight gradient norm", Quantity::Size), before, values);
                    let values = of.iter().map(|result| result.before[layer].saturated).collect();
                    flat.push((
                        x,
                        findings.note(contender, ("saturated outputs", Quantity::Part), before, values),
                    ));
                    let values = of.iter().map(|result| result.after[layer].saturated).collect();
                    findings.note(contender, ("saturated outputs", Quantity::Part), after, values);
                }
                let values = of.iter().map(|result| result.accuracy).collect();
                let after = Conditions { stage: Some(Stage::After), ..conditions };
                let estimate = findings.note(contender, ("test accuracy", Quantity::Part), after, values);
                by_depth.push((depth as f64, estimate));
                if depth == deepest {
                    norms.add(index, index, contender.name(), &by_layer);
                    saturated.add(index, index, contender.name(), &flat);
                }
            }
            accuracy.add(index, index, contender.name(), &by_depth);
        }
        findings.figures.extend(norms.figure(&format!("gradient-norms-{name}")));
        findings.figures.extend(saturated.figure(&format!("saturated-{name}")));
        findings.figures.extend(accuracy.figure(&format!("accuracy-{name}")));
    }

    let share = |of: &[&Observed]| -> Vec<f64> {
        of.iter().map(|result| result.norms[0] - result.norms[result.norms.len() - 1]).collect()
    };
    for initialisation in INITIALISATIONS {
        let mut rows = Vec::new();
        for (index, contender) in contenders.iter().enumerate() {
            let mut cells = vec![contender.name().to_owned()];
            cells.extend(depths.iter().map(|&depth| {
                let share = share(&at(index, initialisation, depth));
                Quantity::Size.estimated(&Estimate::of(&share))
            }));
            rows.push(cells);
        }
        findings.tables.push(Table {
            title: format!(
                "What is left of the gradient at the first hidden layer, as a multiple of the last one's; {} weights",
                initialisation.name()
            ),
            columns: std::iter::once("activation".to_owned())
                .chain(depths.iter().map(|depth| format!("{depth} layers")))
                .collect(),
            rows,
        });
    }
    findings.tables.push(summary(
        contenders,
        |index, initialisation| at(index, initialisation, deepest),
        deepest,
    ));

    let of = |name: &str, initialisation: Initialisation| {
        place(contenders, name).map(|index| at(index, initialisation, deepest))
    };
    for initialisation in INITIALISATIONS {
        let weights = format!("{} weights, {deepest} layers", initialisation.name());
        let first = |name: &str| {
            format!(
                "{name}: gradient norm of the first hidden layer, as a multiple of the last one's; {weights}"
            )
        };
        if let Some(sigmoid) = of("sigmoid", initialisation) {
            let share = share(&sigmoid);
            let text = format!(
                "Deep networks of sigmoids kill gradients: less than a hundredth gets to the first layer ({weights})."
            );
            findings.claims.push(claim(text, first("sigmoid"), Quantity::Size, &share, Bound::Below(-2.0)));
            if deepest > 10 {
                let ten: Vec<f64> = sigmoid
                    .iter()
                    .map(|result| result.norms[deepest - 11] - result.norms[deepest - 1])
                    .collect();
                let measured = format!(
                    "sigmoid: gradient norm of hidden layer {}, as a multiple of that of layer {deepest}; {weights}",
                    deepest - 10
                );
                let text =
                    format!("Ten layers of sigmoids divide a gradient by a million or more ({weights}).");
                findings.claims.push(claim(text, measured, Quantity::Size, &ten, Bound::Below(-6.0)));
            }
            let saturated: Vec<f64> = sigmoid
                .iter()
                .map(|result| mean(result.before.iter().map(|layer| layer.saturated)))
                .collect();
            findings.claims.push(claim(
                format!("It is saturation that kills them: before training, at least one output in a hundred is on a flat part ({weights})."),
                format!("sigmoid: outputs with |f'| < 0.01, before training; {weights}"),
                Quantity::Part,
                &saturated,
                Bound::Above(0.01),
            ));
        }
        if let (Some(tanh), Some(sigmoid)) = (of("tanh", initialisation), of("sigmoid", initialisation)) {
            let more = differences(&share(&tanh), &share(&sigmoid));
            findings.claims.push(claim(
                format!("Tanh passes more of the gradient on than a sigmoid ({weights})."),
                format!("what gets to the first layer: tanh's part over sigmoid's, run by run; {weights}"),
                Quantity::Ratio,
                &more,
                Bound::Above(0.0),
            ));
        }
        for contender in contenders.iter().filter(|contender| contender.name() != "sigmoid") {
            let Some(own) = of(contender.name(), initialisation) else { continue };
            let name = contender.name();
            findings.claims.push(claim(
                format!("{name} passes gradients on: the first layer's is within a factor of ten of the last one's ({weights})."),
                first(name),
                Quantity::Size,
                &share(&own),
                Bound::Within(-1.0, 1.0),
            ));
        }
        if let (Some(relu), Some(sigmoid)) = (of("relu", initialisation), of("sigmoid", initialisation)) {
            let accuracy = |of: &[&Observed]| of.iter().map(|result| result.accuracy).collect::<Vec<f64>>();
            findings.claims.push(claim(
                format!("ReLU makes networks of many layers trainable where sigmoids do not ({weights})."),
                format!("test accuracy after {epochs} epochs: relu's minus sigmoid's, run by run; {weights}"),
                Quantity::Part,
                &differences(&accuracy(&relu), &accuracy(&sigmoid)),
                Bound::Above(0.5),
            ));
        }
    }
    let expected: Vec<String> = contenders
        .iter()
        .map(|contender| {
            let expected = contender.expected();
            format!("{} {:.3}", contender.name(), expected.gradient_factor)
        })
        .collect();
    findings.notes.push(format!(
        "Expected by theory with matched weights, per layer, √(E f'² / E f²): {}. Weights make up for a slope of 1/4 in part, which \
         is why ten layers of sigmoids need not cost a million.",
        expected.join(", ")
    ));
    Ok(findings)
}

/// The deepest networks at a glance.
fn summary<'r>(
    contenders: &[Contender],
    at: impl Fn(usize, Initialisation) -> Vec<&'r Observed>,
    deepest: usize,
) -> Table {
    let mut rows = Vec::new();
    for (index, contender) in contenders.iter().enumerate() {
        for initialisation in INITIALISATIONS {
            let of = at(index, initialisation);
            let part = |value: &dyn Fn(&Observed) -> f64| {
                let values: Vec<f64> = of.iter().map(|result| value(result)).collect();
                Quantity::Part.estimated(&Estimate::of(&values))
            };
            rows.push(vec![
                format!("{}, {}", contender.name(), initialisation.name()),
                part(&|result| mean(result.before.iter().map(|layer| layer.saturated))),
                part(&|result| mean(result.after.iter().map(|layer| layer.saturated))),
                part(&|result| result.accuracy),
            ]);
        }
    }
    let columns = ["activation, weights", "saturated before", "saturated after training", "test accuracy"];
    Table {
        title: format!("{deepest} layers: outputs with |f'| < 0.01, and what the network has learned"),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}

fn list(depths: &[usize]) -> String {
    let texts: Vec<String> = depths.iter().map(usize::to_string).collect();
    match texts.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        texts => texts.concat(),
    }
}
