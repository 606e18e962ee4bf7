//! Training: stochastic gradient descent with momentum, on shuffled batches.

use crate::contender::Contender;
use crate::digits::{Part, Split, TRAINING};
use crate::error::Error;
use crate::network::{Initialisation, Network, Shape, gradient};
use candle_core::{Device, Result, Tensor};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// How a network is made and trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// Its layers.
    pub shape: Shape,
    /// How its weights begin.
    pub initialisation: Initialisation,
    /// The learning rate.
    pub rate: f64,
    /// The momentum: 0.9 of the last step is part of the next one.
    pub momentum: f64,
    /// How often it sees all images.
    pub epochs: usize,
    /// How often in an epoch its accuracy is measured.
    pub looks: usize,
}

impl Recipe {
    /// Images in a batch.
    pub const BATCH: usize = 32;
    /// Steps of an epoch; what is left over of the images is another part in every epoch.
    pub const STEPS: usize = TRAINING / Self::BATCH;
}

/// A look at a network in training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// How often it has seen all images.
    pub epoch: f64,
    /// The mean loss of the batches since the last look.
    pub loss: f64,
    /// On the part that was asked for.
    pub accuracy: f64,
}

/// What training has come to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// In order of time; the first one is before training, without a loss.
    pub moments: Vec<Moment>,
    /// Whether the loss became infinite or no number. The network is then as it was at the last look before.
    pub diverged: bool,
}

impl Outcome {
    /// The accuracy at the end.
    pub fn accuracy(&self) -> f64 {
        self.moments.last().map_or(0.0, |moment| moment.accuracy)
    }

    /// When the accuracy was reached first, in epochs, between looks by a straight line.
    pub fn epochs_to(&self, accuracy: f64) -> Option<f64> {
        self.moments.windows(2).find_map(|pair| {
            let [before, after] = pair else { return None };
            let share = (accuracy - before.accuracy) / (after.accuracy - before.accuracy);
            (after.accuracy >= accuracy)
                .then(|| before.epoch + share.clamp(0.0, 1.0) * (after.epoch - before.epoch))
        })
    }
}

/// Trains `network`; `tick` is called at every epoch, and stops it by an error.
///
/// # Errors
///
/// Those of candle and of `tick`.
pub fn train(
    network: &Network,
    split: &Split,
    watched: &Part,
    recipe: &Recipe,
    random: &mut ChaCha8Rng,
    mut tick: impl FnMut() -> std::result::Result<(), Error>,
) -> std::result::Result<Outcome, Error> {
    let mut order: Vec<u32> = (0..TRAINING as u32).collect();
    let mut velocities: Vec<Option<Tensor>> = network.variables().iter().map(|_| None).collect();
    let accuracy = || network.accuracy(&watched.images, &watched.digits);
    let mut moments = vec![Moment { epoch: 0.0, loss: f64::NAN, accuracy: accuracy()? }];
    let mut kept = network.snapshot()?;
    let mut losses = Vec::new();
    let looks: Vec<usize> =
        (1..=recipe.looks.max(1)).map(|look| look * Recipe::STEPS / recipe.looks.max(1)).collect();
    for epoch in 0..recipe.epochs {
        tick()?;
        order.shuffle(random);
        for (step, batch) in order.chunks_exact(Recipe::BATCH).enumerate() {
            let batch = Tensor::from_slice(batch, batch.len(), &Device::Cpu)?;
            let (images, digits) = (
                split.training.images.index_select(&batch, 0)?,
                split.training.digits.index_select(&batch, 0)?,
            );
            losses.push(one_step(network, &images, &digits, recipe, &mut velocities)?);
            if !looks.contains(&(step + 1)) {
                continue;
            }
            let loss = losses.iter().sum::<f64>() / losses.len() as f64;
            losses.clear();
            if !loss.is_finite() {
                network.restore(&kept)?;
                return Ok(Outcome { moments, diverged: true });
            }
            kept = network.snapshot()?;
            let epoch = epoch as f64 + (step + 1) as f64 / Recipe::STEPS as f64;
            moments.push(Moment { epoch, loss, accuracy: accuracy()? });
        }
    }
    Ok(Outcome { moments, diverged: false })
}

/// One step of descent; returns the loss before it.
fn one_step(
    network: &Network,
    images: &Tensor,
    digits: &Tensor,
    recipe: &Recipe,
    velocities: &mut [Option<Tensor>],
) -> Result<f64> {
    let loss = network.loss(images, digits)?;
    let gradients = loss.backward()?;
    for (var, velocity) in network.variables().into_iter().zip(velocities) {
        let gradient = gradient(&gradients, var)?;
        let moved = match velocity.take() {
            Some(old) if recipe.momentum != 0.0 => ((old * recipe.momentum)? + gradient)?,
            _ => gradient,
        };
        var.set(&(var.as_detached_tensor() - (&moved * recipe.rate)?)?)?;
        *velocity = Some(moved);
    }
    network.clamp()?;
    loss.to_scalar::<f32>().map(f64::from)
}

/// A network that has learned nothing, and its data: both follow from the random numbers.
pub(crate) fn prepare(
    contender: &Contender,
    recipe: &Recipe,
    mut random: impl FnMut(u64) -> ChaCha8Rng,
) -> Result<(Network, Split)> {
    let split = Split::random(&mut random(0))?;
    let network = Network::new(contender, recipe.shape, recipe.initialisation, &mut random(1))?;
    Ok((network, split))
}
