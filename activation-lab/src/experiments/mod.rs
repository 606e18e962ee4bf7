//! The experiments, one file each.

mod convergence;
mod dead_neurons;
mod killing_gradients;
mod sparsity;
mod tuned;
mod zero_centred;

use crate::claim::{Beyond, Bound, Claim};
use crate::contender::{Contender, Refused};
use crate::error::Error;
use crate::estimate::Estimate;
use crate::findings::{Findings, Quantity};
use crate::laboratory::Laboratory;
use std::fmt;

/// An experiment.
pub struct Experiment {
    /// In lower case, with hyphens.
    pub name: &'static str,
    /// A headline.
    pub title: &'static str,
    /// What the tutorial says, in its sense.
    pub claim: &'static str,
    /// Who takes part unless others are named.
    pub usual: &'static [&'static str],
    run: fn(&'static Experiment, &Laboratory<'_>, &[Contender]) -> Result<Findings, Error>,
}

/// All of them, in the order of the suite.
pub static EXPERIMENTS: &[Experiment] = &[
    killing_gradients::EXPERIMENT,
    zero_centred::EXPERIMENT,
    convergence::EXPERIMENT,
    sparsity::EXPERIMENT,
    dead_neurons::EXPERIMENT,
];

impl Experiment {
    /// Those who take part unless others are named.
    ///
    /// # Errors
    ///
    /// There is none of that name any more.
    pub fn usual_contenders(&self) -> Result<Vec<Contender>, Refused> {
        self.usual.iter().map(|name| Contender::named(name)).collect()
    }

    /// Makes the experiment.
    ///
    /// # Errors
    ///
    /// Whoever watches wanted it to stop, or candle failed.
    ///
    /// # Panics
    ///
    /// If there are no contenders.
    pub fn run(
        &'static self,
        laboratory: &Laboratory<'_>,
        contenders: &[Contender],
    ) -> Result<Findings, Error> {
        assert!(!contenders.is_empty(), "an experiment needs contenders");
        (self.run)(self, laboratory, contenders)
    }
}

impl fmt::Debug for Experiment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Experiment").field(&self.name).finish()
    }
}

/// Momentum of all trainings but those that count dead units.
const MOMENTUM: f64 = 0.9;

/// Which contender it is, if it takes part.
fn place(contenders: &[Contender], name: &str) -> Option<usize> {
    contenders.iter().position(|contender| contender.name() == name)
}

/// A claim that runs of equal standing decide.
fn claim(
    text: impl Into<String>,
    measured: impl Into<String>,
    quantity: Quantity,
    values: &[f64],
    bound: Bound,
) -> Claim {
    let (text, measured) = (text.into(), measured.into());
    Claim { text, measured, quantity, estimate: Estimate::of(values), bound, beyond: Beyond::default() }
}

/// Differences run by run: runs of one number have their data and random numbers in common.
fn differences(of: &[f64], from: &[f64]) -> Vec<f64> {
    of.iter().zip(from).map(|(a, b)| a - b).collect()
}

/// The mean of some numbers.
fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = values.into_iter().fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}
