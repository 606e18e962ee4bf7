//! Do units die, and what keeps them alive?

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
    name: "dead-neurons",
    title: "Dead units",
    claim: "Units of ReLU die: one whose inputs are negative for every example has the slope 0, always, and nothing will change it. If \
            the learning rate is too high, as much as 40 % of a network can be dead. A leak keeps units alive, and a learned one \
            (PReLU) finds its own slope; GELU's units do not die, but starve far out.",
    usual: &["relu", "leaky_relu", "prelu", "gelu"],
    run,
};

const RATES: &[f64] = &[0.003, 0.01, 0.03, 0.05, 0.1, 0.2, 0.5];
const FEW_RATES: &[f64] = &[0.01, 0.2];

/// How often in an epoch it is seen whether training has diverged.
const LOOKS: usize = 8;

/// Less than that is none.
const NONE: f64 = 0.01;

struct Observed {
    after: Vec<LayerState>,
    accuracy: f64,
    diverged: bool,
    learned: Vec<Vec<f64>>,
}

/// What is counted of units, and how it is called.
type Count = (&'static str, fn(&LayerState) -> f64);

const COUNTS: [Count; 3] = [
    ("dead units", |layer| layer.dead),
    ("starved units", |layer| layer.starved),
    ("silent units", |layer| layer.silent),
];

fn run(
    experiment: &'static Experiment,
    laboratory: &Laboratory<'_>,
    contenders: &[Contender],
) -> Result<Findings, Error> {
    let setup = laboratory.setup;
    let rates = setup.choose(RATES, FEW_RATES);
    let recipe = |rate: f64| Recipe {
        shape: Shape { depth: 3, width: setup.choose(64, 32) },
        initialisation: Initialisation::Matched,
        rate,
        momentum: MOMENTUM,
        epochs: setup.epochs.unwrap_or(setup.choose(20, 3)),
        looks: LOOKS,
    };
    let (depth, epochs) = (recipe(0.0).shape.depth, recipe(0.0).epochs);
    let mut jobs = Vec::new();
    for contender in contenders {
        for &rate in rates {
            jobs.extend((0..setup.runs as u64).map(|run| (contender, rate, run)));
        }
    }
    let results = laboratory.each(
        experiment.name,
        &jobs,
        |_| epochs as u64,
        |(contender, rate, run)| {
            let (network, split, outcome) = laboratory.trained(contender, &recipe(*rate), *run)?;
            Ok(Observed {
                after: states(&network, &split.training)?,
                accuracy: outcome.accuracy(),
                diverged: outcome.diverged,
                learned: network.learned()?,
            })
        },
    )?;
    let at = |contender: usize, rate: usize| {
        let first = (contender * rates.len() + rate) * setup.runs;
        &results[first..first + setup.runs]
    };
    let counted = |contender: usize, rate: usize, count: fn(&LayerState) -> f64| -> Vec<f64> {
        at(contender, rate).iter().map(|run| mean(run.after.iter().map(count))).collect()
    };

    let mut findings = Findings::new(experiment, setup, contenders);
    findings.method = vec![
        format!(
            "Networks of {depth} hidden layers of {} units, weights matched to the gain of each activation; {epochs} epochs with momentum \
             0.9 in batches of 32, at rates from {} to {}.",
            recipe(0.0).shape.width,
            rates[0],
            rates[rates.len() - 1]
        ),
        "Over the whole training part a unit is dead if its slope is exactly 0 at every image, starved if it is below 0.01 at every \
         image, and silent if its output is nowhere above 0."
            .to_owned(),
        format!(
            "A run whose loss becomes infinite or no number has diverged; it is counted as it was at the last look before, an \
             {LOOKS}th of an epoch earlier at most."
        ),
    ];
    for (what, count) in COUNTS {
        let title = format!("{}{} by learning rate", what[..1].to_uppercase(), &what[1..]);
        let mut lines =
            Lines::new(&title, "learning rate", (&format!("{what} (%)"), Quantity::Part)).over_powers();
        for (index, contender) in contenders.iter().enumerate() {
            let mut points = Vec::new();
            for (place, &rate) in rates.iter().enumerate() {
                let conditions =
                    Conditions { rate: Some(rate), stage: Some(Stage::After), ..Conditions::default() };
                let values = counted(index, place, count);
                points.push((
                    rate.log10(),
                    findings.note(contender, (what, Quantity::Part), conditions, values),
                ));
            }
            lines.add(index, index, contender.name(), &points);
        }
        findings.figures.extend(lines.figure(&what.replace(' ', "-")));
        findings.tables.push(table(
            format!("{title} (learning rates in the header)"),
            rates,
            contenders,
            |index, place| Quantity::Part.estimated(&Estimate::of(&counted(index, place, count))),
        ));
    }
    let mut accuracy = Vec::new();
    for (index, contender) in contenders.iter().enumerate() {
        for (place, &rate) in rates.iter().enumerate() {
            let conditions =
                Conditions { rate: Some(rate), stage: Some(Stage::After), ..Conditions::default() };
            let values = at(index, place).iter().map(|run| run.accuracy).collect();
            let estimate = findings.note(contender, ("test accuracy", Quantity::Part), conditions, values);
            let diverged = at(index, place).iter().filter(|run| run.diverged).count();
            let mut text = Quantity::Part.estimated(&estimate);
            if diverged > 0 {
                text += &format!(", {diverged} diverged");
            }
            accuracy.push(text);
        }
    }
    findings.tables.push(table(
        "Test accuracy, and runs that diverged".to_owned(),
        rates,
        contenders,
        |index, place| accuracy[index * rates.len() + place].clone(),
    ));

    let dead = |index: usize, place: usize| counted(index, place, |layer| layer.dead);
    // The worst rate of each run.
    let worst = |index: usize, count: fn(&LayerState) -> f64| -> Vec<f64> {
        let at_rates: Vec<Vec<f64>> = (0..rates.len()).map(|place| counted(index, place, count)).collect();
        (0..setup.runs).map(|run| at_rates.iter().map(|runs| runs[run]).fold(0.0, f64::max)).collect()
    };
    for (index, contender) in contenders.iter().enumerate() {
        let (name, lowest) = (contender.name(), rates[0]);
        let all_dead = worst(index, |layer| layer.dead);
        let at_worst = format!("{name}: dead units at the worst rate of each run");
        let mut add = |text: String, measured: String, values: &[f64], bound: Bound| {
            findings.claims.push(claim(text, measured, Quantity::Part, values, bound));
        };
        if contender.expected().can_die {
            add(
                format!("Units of {name} die if the learning rate is too high."),
                format!("{at_worst}, minus those at {lowest}"),
                &differences(&all_dead, &dead(index, 0)),
                Bound::Above(NONE),
            );
            let text = format!("As much as 40 % of a network of {name} can be dead.");
            add(text, at_worst, &all_dead, Bound::Above(0.4));
            add(
                format!("With a proper learning rate that is no issue: no unit of {name} is dead."),
                format!("{name}: dead units at rate {lowest}"),
                &dead(index, 0),
                Bound::Below(NONE),
            );
        } else {
            let text =
                format!("No unit of {name} dies, whatever the learning rate: its slope is 0 on no interval.");
            add(text, at_worst, &all_dead, Bound::Below(NONE));
            let measured =
                format!("{name}: units with |f'| < 0.01 at every image, at the worst rate of each run");
            let (text, bound) = match contender.expected().can_starve {
                true => {
                    (format!("Units of {name} starve if the learning rate is too high."), Bound::Above(NONE))
                }
                false => (format!("No unit of {name} starves."), Bound::Below(NONE)),
            };
            add(text, measured, &worst(index, |layer| layer.starved), bound);
        }
    }
    if place(contenders, "gelu").is_some() {
        findings.notes.push(
            "A slope that is 0 on no interval can still be 0 in f32: left of about -14.5 that of GELU is less than half of the smallest \
             number. A unit that is driven so far out is as dead as one of ReLU."
                .to_owned(),
        );
    }
    slopes(&mut findings, rates, |index, place| at(index, place), depth);
    Ok(findings)
}

/// What learned parameters have become.
fn slopes<'r>(
    findings: &mut Findings,
    rates: &[f64],
    at: impl Fn(usize, usize) -> &'r [Observed],
    depth: usize,
) {
    for (index, contender) in findings.contenders.clone().into_iter().enumerate() {
        for (which, learned) in contender.learned().iter().enumerate() {
            let (name, start) = (contender.name(), contender.parameters()[learned.index]);
            let what = format!("learned {}", learned.name);
            let mut lines = Lines::new(
                &format!("Learned {} of {name}, which begins at {start}", learned.name),
                "learning rate",
                (&learned.name, Quantity::Number),
            )
            .over_powers();
            let mut rows = Vec::new();
            for layer in 0..depth {
                let mut points = Vec::new();
                let mut cells = vec![format!("layer {}", layer + 1)];
                for (place, &rate) in rates.iter().enumerate() {
                    let conditions = Conditions {
                        rate: Some(rate),
                        layer: Some(layer + 1),
                        stage: Some(Stage::After),
                        ..Conditions::default()
                    };
                    // Where training has diverged, a slope is what happened to it.
                    let kept = at(index, place).iter().filter(|run| !run.diverged);
                    let values: Vec<f64> = kept.map(|run| run.learned[layer][which]).collect();
                    let estimate = findings.note(&contender, (&what, Quantity::Number), conditions, values);
                    cells.push(Quantity::Number.estimated(&estimate));
                    points.push((rate.log10(), estimate));
                }
                lines.add(layer, layer, &format!("layer {}", layer + 1), &points);
                rows.push(cells);
            }
            findings.figures.extend(lines.figure(&format!("learned-{}-{}", learned.name, index + 1)));
            findings.tables.push(Table {
                title: format!(
                    "Learned {} of {name}, {start} at first (runs that have diverged left out)",
                    learned.name
                ),
                columns: header("layer", rates),
                rows,
            });
            let moved: Vec<f64> = (0..rates.len())
                .max_by(|&a, &b| accuracy(at(index, a)).total_cmp(&accuracy(at(index, b))))
                .map(|best| at(index, best))
                .unwrap_or_default()
                .iter()
                .map(|run| mean((0..depth).map(|layer| (run.learned[layer][which] - start).abs())))
                .collect();
            findings.claims.push(claim(
                format!("The {} of {name} is learned: it moves away from {start}.", learned.name),
                format!(
                    "mean distance of the layers' {} from {start} at the rate with the best accuracy",
                    learned.name
                ),
                Quantity::Number,
                &moved,
                Bound::Above(0.05 * start.abs()),
            ));
        }
    }
}

fn accuracy(runs: &[Observed]) -> f64 {
    mean(runs.iter().map(|run| run.accuracy))
}

fn header(first: &str, rates: &[f64]) -> Vec<String> {
    std::iter::once(first.to_owned()).chain(rates.iter().map(|rate| rate.to_string())).collect()
}

/// A row a contender, a column a rate.
fn table(
    title: String,
    rates: &[f64],
    contenders: &[Contender],
    cell: impl Fn(usize, usize) -> String,
) -> Table {
    let row = |(index, contender): (usize, &Contender)| {
        let cells = (0..rates.len()).map(|place| cell(index, place));
        std::iter::once(contender.name().to_owned()).chain(cells).collect()
    };
    Table {
        title,
        columns: header("activation", rates),
        rows: contenders.iter().enumerate().map(row).collect(),
    }
}
