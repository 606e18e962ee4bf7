//! From options to results: experiments are made one after the other, under bars, until Ctrl-C.

use super::options::{Format, Options};
use super::write;
use crate::data::Folder;
use crate::failure::Failure;
use crate::{interrupt, progress};
use activation_lab::{Contender, Error, Experiment, Laboratory, Watcher};
use indicatif::ProgressBar;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) fn run(options: Options) -> Result<(), Failure> {
    // Who takes part is known before anything is trained, and so is where results go.
    let plan = options.experiments.iter().map(|&experiment| {
        let contenders = match options.contenders.as_slice() {
            [] => experiment.usual_contenders().map_err(|refused| Failure::new(refused.to_string()))?,
            named => named.to_vec(),
        };
        Ok((experiment, contenders))
    });
    let plan: Vec<(&'static Experiment, Vec<Contender>)> = plan.collect::<Result<_, Failure>>()?;
    let folder = options.output.clone().map(Folder::create).transpose()?;
    interrupt::listen();
    let bars = Bars { bar: Mutex::default() };
    let mut laboratory = Laboratory::new(options.setup, &bars);
    if let Some(threads) = options.threads {
        laboratory = laboratory
            .on_threads(threads)
            .map_err(|error| Failure::new(format!("cannot start {threads} threads: {error}")))?;
    }
    let made = plan.iter().map(|(experiment, contenders)| experiment.run(&laboratory, contenders));
    let made: Result<Vec<_>, Error> = made.collect();
    bars.clear();
    let all = made.map_err(|error| match error {
        Error::Stopped => interrupted(),
        error => Failure::new(error.to_string()),
    })?;
    if interrupt::is_wanted() {
        return Err(interrupted());
    }
    let target = folder.as_ref().map(|folder| folder.target().to_owned());
    if let Some(folder) = folder {
        write::files(&folder, &all)?;
        folder.finish()?;
    }
    match options.format {
        Format::Json => write::json(&all),
        Format::Markdown => write::markdown(&all),
        Format::Text => write::text(&all, target.as_deref()),
    }
}

fn interrupted() -> Failure {
    Failure::Interrupted("interrupted; nothing is written, and the same command begins anew".to_owned())
}

/// A bar for each part of the work.
struct Bars {
    bar: Mutex<Option<ProgressBar>>,
}

impl Bars {
    fn bar(&self) -> MutexGuard<'_, Option<ProgressBar>> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clear(&self) {
        if let Some(bar) = self.bar().take() {
            bar.finish_and_clear();
        }
    }
}

impl Watcher for Bars {
    fn begin(&self, what: &str, steps: u64) {
        self.clear();
        *self.bar() = Some(progress::bar(steps, what));
    }

    fn advance(&self, steps: u64) {
        if let Some(bar) = &*self.bar() {
            bar.inc(steps);
        }
    }

    fn is_stopped(&self) -> bool {
        interrupt::is_wanted()
    }
}
