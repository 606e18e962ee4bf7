//! Where experiments are made: seeds, cores, and whoever watches.

use crate::contender::Contender;
use crate::digits::Split;
use crate::error::Error;
use crate::network::Network;
use crate::training::{Outcome, Recipe, prepare, train};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// How much is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Setup {
    /// Where all random numbers come from.
    pub seed: u64,
    /// Runs of everything that is measured; 0 counts as 1.
    pub runs: usize,
    /// Epochs of every training, if it is not what the experiment takes by itself.
    pub epochs: Option<usize>,
    /// Whether networks are smaller and choices fewer: a look, not a result.
    pub quick: bool,
}

impl Setup {
    /// What `activation lab` does by itself.
    pub fn usual() -> Setup {
        Setup { seed: 1, runs: 8, epochs: None, quick: false }
    }

    /// What it does with `--quick`.
    pub fn quick() -> Setup {
        Setup { runs: 3, quick: true, ..Setup::usual() }
    }

    /// One of two numbers.
    pub(crate) fn choose<T>(&self, usual: T, quick: T) -> T {
        if self.quick { quick } else { usual }
    }
}

/// Sees how far things are, from any thread.
pub trait Watcher: Sync {
    /// Something begins that takes so many steps.
    fn begin(&self, what: &str, steps: u64);
    /// So many more are done.
    fn advance(&self, steps: u64);
    /// Whether to stop.
    fn is_stopped(&self) -> bool;
}

/// Nobody watches.
pub struct Unwatched;

impl Watcher for Unwatched {
    fn begin(&self, _: &str, _: u64) {}
    fn advance(&self, _: u64) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Makes experiments.
pub struct Laboratory<'w> {
    /// How much is done.
    pub setup: Setup,
    watcher: &'w dyn Watcher,
    /// Rayon's own threads otherwise.
    pool: Option<rayon::ThreadPool>,
}

/// What random numbers of a run are for: each has a stream of its own.
const PURPOSES: u64 = 4;

/// Runs from here on choose learning rates; none of them is measured.
pub(crate) const TUNING: u64 = 1 << 32;

impl<'w> Laboratory<'w> {
    /// A laboratory.
    pub fn new(setup: Setup, watcher: &'w dyn Watcher) -> Self {
        // A network is a small thing: its products are faster on one core, and the other ones have other runs to do.
        gemm::set_threading_threshold(usize::MAX);
        let setup = Setup { runs: setup.runs.max(1), ..setup };
        Laboratory { setup, watcher, pool: None }
    }

    /// The same on so many threads.
    ///
    /// # Errors
    ///
    /// The system has not so many.
    pub fn on_threads(self, threads: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        Ok(Laboratory { pool: Some(pool), ..self })
    }

    /// The random numbers of a run for one of its purposes: 0 the split of the data, 1 weights, 2 batches.
    pub(crate) fn random(&self, run: u64, purpose: u64) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.setup.seed);
        random.set_stream(run * PURPOSES + purpose);
        random
    }

    /// Does `one` for each of the jobs, on all cores; results are in the order of the jobs. A job has a cost in steps.
    pub(crate) fn each<J: Sync, R: Send>(
        &self,
        what: &str,
        jobs: &[J],
        cost: impl Fn(&J) -> u64 + Sync,
        one: impl Fn(&J) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        self.watcher.begin(what, jobs.iter().map(&cost).sum());
        let has_failed = AtomicBool::new(false);
        let all = jobs.par_iter().map(|job| {
            if has_failed.load(Ordering::Relaxed) || self.watcher.is_stopped() {
                return Err(Error::Stopped);
            }
            let result = one(job);
            if result.is_err() {
                has_failed.store(true, Ordering::Relaxed);
            }
            self.watcher.advance(cost(job));
            result
        });
        let collect = || -> Vec<Result<R, Error>> { all.collect() };
        let all = match &self.pool {
            Some(pool) => pool.install(collect),
            None => collect(),
        };
        // What failed first tells why; those that stopped because of it do not.
        let is_telling =
            |result: &Result<R, Error>| matches!(result, Err(error) if !matches!(error, Error::Stopped));
        match all.iter().position(is_telling) {
            Some(at) => all.into_iter().nth(at).into_iter().collect(),
            None => all.into_iter().collect(),
        }
    }

    /// Makes a network and trains it on the data of a run; the accuracy that is watched is that on the test part, or in runs that choose a
    /// learning rate on the validation part.
    pub(crate) fn trained(
        &self,
        contender: &Contender,
        recipe: &Recipe,
        run: u64,
    ) -> Result<(Network, Split, Outcome), Error> {
        let (network, split) = self.untrained(contender, recipe, run)?;
        let watched = if run >= TUNING { &split.validation } else { &split.test };
        let outcome = self.train(&network, &split, watched, recipe, run)?;
        Ok((network, split, outcome))
    }

    /// A network that has learned nothing, and the data of a run.
    pub(crate) fn untrained(
        &self,
        contender: &Contender,
        recipe: &Recipe,
        run: u64,
    ) -> Result<(Network, Split), Error> {
        Ok(prepare(contender, recipe, |purpose| self.random(run, purpose))?)
    }

    /// Trains a network on the data of a run.
    pub(crate) fn train(
        &self,
        network: &Network,
        split: &Split,
        watched: &crate::digits::Part,
        recipe: &Recipe,
        run: u64,
    ) -> Result<Outcome, Error> {
        let tick = || if self.watcher.is_stopped() { Err(Error::Stopped) } else { Ok(()) };
        train(network, split, watched, recipe, &mut self.random(run, 2), tick)
    }
}
