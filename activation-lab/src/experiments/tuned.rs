//! How soon networks learn, each at the learning rate that is best for its activation.

use super::{MOMENTUM, differences};
use crate::claim::{Beyond, Bound, Claim};
use crate::contender::Contender;
use crate::error::Error;
use crate::estimate::Estimate;
use crate::findings::{Conditions, Figure, Findings, Lines, Quantity, Stage, Table};
use crate::laboratory::{Laboratory, TUNING};
use crate::layers::{LayerState, states};
use crate::network::{Initialisation, Shape};
use crate::training::{Outcome, Recipe};

/// Learning rates to choose from.
const RATES: &[f64] = &[0.001, 0.003, 0.01, 0.03, 0.1, 0.3];
const FEW_RATES: &[f64] = &[0.01, 0.1];

/// Runs in which a rate is tried.
const TRIALS: (u64, u64) = (4, 1);

/// The accuracy that counts as having learned it.
pub(super) const TARGET: f64 = 0.95;

/// What every contender has come to at its own rate.
pub(super) struct Tuned {
    pub(super) recipe: Recipe,
    /// One for each contender.
    pub(super) rates: Vec<f64>,
    /// For each contender, run by run.
    pub(super) runs: Vec<Vec<Learned>>,
}

pub(super) struct Learned {
    pub(super) outcome: Outcome,
    pub(super) before: Vec<LayerState>,
    pub(super) after: Vec<LayerState>,
    /// The part of a unit's weights whose gradients have the sign of most, over the first batch before training: a mean over the
    /// units of the second hidden layer.
    pub(super) one_sided: f64,
}

/// Chooses a rate for each contender on the validation part, and trains with it in runs that took no part in the choice.
pub(super) fn learn(
    name: &str,
    laboratory: &Laboratory<'_>,
    contenders: &[Contender],
) -> Result<Tuned, Error> {
    let setup = laboratory.setup;
    let recipe = Recipe {
        shape: Shape { depth: setup.choose(4, 3), width: setup.choose(64, 32) },
        initialisation: Initialisation::Matched,
        rate: f64::NAN,
        momentum: MOMENTUM,
        epochs: setup.epochs.unwrap_or(setup.choose(30, 8)),
        looks: 4,
    };
    let candidates = setup.choose(RATES, FEW_RATES);
    let trials = setup.choose(TRIALS.0, TRIALS.1);
    let mut jobs = Vec::new();
    for contender in contenders {
        for &rate in candidates {
            jobs.extend((0..trials).map(|trial| (contender, Recipe { rate, ..recipe }, TUNING + trial)));
        }
    }
    let cost = |_: &_| recipe.epochs as u64;
    let scores =
        laboratory.each(&format!("{name}: learning rates"), &jobs, cost, |(contender, recipe, run)| {
            let (_, _, outcome) = laboratory.trained(contender, recipe, *run)?;
            Ok(lateness(&outcome, recipe))
        })?;
    let rates: Vec<f64> = scores
        .chunks(candidates.len() * trials as usize)
        .map(|of_one| {
            let late = of_one.chunks(trials as usize).map(|scores| scores.iter().sum::<f64>());
            let best = late.zip(candidates).min_by(|a, b| a.0.total_cmp(&b.0));
            best.map_or(f64::NAN, |(_, &rate)| rate)
        })
        .collect();

    let mut jobs = Vec::new();
    for (contender, &rate) in contenders.iter().zip(&rates) {
        jobs.extend((0..setup.runs as u64).map(|run| (contender, Recipe { rate, ..recipe }, run)));
    }
    let learned = laboratory.each(name, &jobs, cost, |(contender, recipe, run)| {
        let (network, split) = laboratory.untrained(contender, recipe, *run)?;
        let before = states(&network, &split.training)?;
        let batch = |tensor: &candle_core::Tensor| tensor.narrow(0, 0, Recipe::BATCH);
        let gradients =
            network.gradients(&batch(&split.training.images)?, &batch(&split.training.digits)?)?;
        let one_sided = one_sided(&gradients.weights[1])?;
        let outcome = laboratory.train(&network, &split, &split.test, recipe, *run)?;
        let after = states(&network, &split.training)?;
        Ok(Learned { outcome, before, after, one_sided })
    })?;
    let mut learned = learned.into_iter();
    let runs = contenders.iter().map(|_| learned.by_ref().take(setup.runs).collect()).collect();
    Ok(Tuned { recipe, rates, runs })
}

/// What a rate is chosen by: epochs to the target. Where it is not reached, what is missing to it counts beyond all epochs.
fn lateness(outcome: &Outcome, recipe: &Recipe) -> f64 {
    let never = recipe.epochs as f64 + 1.0;
    match outcome.epochs_to(TARGET) {
        _ if outcome.diverged => never + 1.0,
        Some(epochs) => epochs,
        None => never + (TARGET - outcome.accuracy()),
    }
}

/// The part of the weights of a unit whose gradients have the sign of most, over all units: columns of `[inputs, units]`.
fn one_sided(gradient: &candle_core::Tensor) -> candle_core::Result<f64> {
    let rows = gradient.to_vec2::<f32>()?;
    let units = rows.first().map_or(0, Vec::len);
    let parts = (0..units).filter_map(|unit| {
        let count = |is: fn(f32) -> bool| rows.iter().filter(|row| is(row[unit])).count() as f64;
        let (up, down) = (count(|value| value > 0.0), count(|value| value < 0.0));
        // A unit without any gradient has no side.
        (up + down > 0.0).then(|| up.max(down) / (up + down))
    });
    Ok(super::mean(parts))
}

impl Tuned {
    /// Epochs to the target of each run, and whether it was reached. Where it was not, all epochs are less than it takes.
    fn epochs(&self, contender: usize) -> Vec<(f64, bool)> {
        let of = |learned: &Learned| match learned.outcome.epochs_to(TARGET) {
            Some(epochs) => (epochs, true),
            None => (self.recipe.epochs as f64, false),
        };
        self.runs[contender].iter().map(of).collect()
    }

    /// A claim about how many times as many epochs one takes as another.
    pub(super) fn claim(
        &self,
        contenders: &[Contender],
        (slow, fast): (usize, usize),
        text: impl Into<String>,
        bound: Bound,
    ) -> Claim {
        let (slow_epochs, fast_epochs) = (self.epochs(slow), self.epochs(fast));
        let logarithms =
            |epochs: &[(f64, bool)]| epochs.iter().map(|(epochs, _)| epochs.log10()).collect::<Vec<f64>>();
        let ratios = differences(&logarithms(&slow_epochs), &logarithms(&fast_epochs));
        let is_open = |epochs: &[(f64, bool)]| epochs.iter().any(|(_, reached)| !reached);
        Claim {
            text: text.into(),
            measured: format!(
                "epochs to {} % on the test part, each at its best rate: {}'s over {}'s, run by run",
                100.0 * TARGET,
                contenders[slow].name(),
                contenders[fast].name()
            ),
            quantity: Quantity::Ratio,
            estimate: Estimate::of(&ratios),
            bound,
            beyond: Beyond { above: is_open(&slow_epochs), below: is_open(&fast_epochs) },
        }
    }

    /// How it was done.
    pub(super) fn method(&self, laboratory: &Laboratory<'_>) -> Vec<String> {
        let (shape, setup) = (self.recipe.shape, laboratory.setup);
        let candidates: Vec<String> =
            setup.choose(RATES, FEW_RATES).iter().map(|rate| rate.to_string()).collect();
        vec![
            format!(
                "Networks of {} hidden layers of {} units, weights matched to the gain of each activation; {} epochs with momentum 0.9 in \
                 batches of 32.",
                shape.depth, shape.width, self.recipe.epochs
            ),
            format!(
                "The learning rate of each activation is the one of {} with the fewest epochs to {} % on the validation part, in {} runs \
                 of their own. Accuracy is then measured on the test part, four times an epoch.",
                candidates.join(", "),
                100.0 * TARGET,
                setup.choose(TRIALS.0, TRIALS.1)
            ),
        ]
    }

    /// Notes the curves of learning, and draws them.
    pub(super) fn curves(&self, contenders: &[Contender], findings: &mut Findings) -> [Option<Figure>; 2] {
        let mut accuracy =
            Lines::new("How soon networks learn", "epochs", ("test accuracy (%)", Quantity::Part));
        let mut loss = Lines::new("Their loss", "epochs", ("cross-entropy of the batches", Quantity::Size));
        for (place, contender) in contenders.iter().enumerate() {
            let runs = &self.runs[place];
            let looks = runs.iter().map(|learned| learned.outcome.moments.len()).max().unwrap_or(0);
            let (mut points, mut losses) = (Vec::new(), Vec::new());
            for look in 0..looks {
                let moments: Vec<_> =
                    runs.iter().filter_map(|learned| learned.outcome.moments.get(look)).collect();
                let Some(epoch) = moments.first().map(|moment| moment.epoch) else { continue };
                let conditions =
                    Conditions { epoch: Some(epoch), rate: Some(self.rates[place]), ..Conditions::default() };
                let values = moments.iter().map(|moment| moment.accuracy).collect();
                points.push((
                    epoch,
                    findings.note(contender, ("test accuracy", Quantity::Part), conditions, values),
                ));
                if look > 0 {
                    let values = moments.iter().map(|moment| moment.loss.max(1e-12).log10()).collect();
                    losses.push((
                        epoch,
                        findings.note(contender, ("training loss", Quantity::Size), conditions, values),
                    ));
                }
            }
            accuracy.add(place, place, contender.name(), &points);
            loss.add(place, place, contender.name(), &losses);
        }
        [accuracy.figure("accuracy"), loss.figure("loss")]
    }

    /// Rates, epochs and accuracies.
    pub(super) fn table(&self, contenders: &[Contender], findings: &mut Findings) -> Table {
        let mut rows = Vec::new();
        for (place, contender) in contenders.iter().enumerate() {
            let epochs = self.epochs(place);
            let reached: Vec<f64> =
                epochs.iter().filter(|(_, reached)| *reached).map(|(epochs, _)| *epochs).collect();
            let count = reached.len();
            let conditions = Conditions {
                rate: Some(self.rates[place]),
                stage: Some(Stage::After),
                ..Conditions::default()
            };
            let epochs_of_those =
                findings.note(contender, ("epochs to 95 %", Quantity::Epochs), conditions, reached);
            let values = self.runs[place].iter().map(|learned| learned.outcome.accuracy()).collect();
            let accuracy = findings.note(contender, ("test accuracy", Quantity::Part), conditions, values);
            rows.push(vec![
                contender.name().to_owned(),
                self.rates[place].to_string(),
                Quantity::Epochs.estimated(&epochs_of_those),
                format!("{count} of {}", epochs.len()),
                Quantity::Part.estimated(&accuracy),
            ]);
        }
        let columns =
            ["activation", "best rate", "epochs to 95 %", "runs that got there", "accuracy at the end"];
        Table {
            title: "Each at its best learning rate".to_owned(),
            columns: columns.map(str::to_owned).to_vec(),
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candle_core::{Device, Tensor};

    #[test]
    fn sides_are_counted_by_columns() {
        let gradient = Tensor::new(&[[1.0_f32, 1.0, 0.0], [2.0, -1.0, 0.0], [3.0, 1.0, 0.0]], &Device::Cpu);
        let sides = one_sided(&gradient.expect("a tensor")).expect("numbers");
        assert!((sides - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
    }
}
