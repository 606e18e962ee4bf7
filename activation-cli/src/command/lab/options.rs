//! What `activation lab` is asked for.

use super::MANUAL;
use crate::args::{self, Arguments, once, unknown_option};
use crate::data::excerpt;
use crate::failure::Failure;
use crate::name;
use crate::subject::{Function, Subject};
use activation_core::{all, by_name, similar_names};
use activation_formula::nearest;
use activation_lab::{Contender, EXPERIMENTS, Experiment, Setup};
use std::path::PathBuf;

/// More would take days.
const MOST_RUNS: usize = 1000;
const MOST_EPOCHS: usize = 10_000;
const MOST_THREADS: usize = 1024;

/// As many have colours of their own.
const MOST_CONTENDERS: usize = 8;

/// How results are written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
    Markdown,
}

const FORMATS: &[(&str, Format)] =
    &[("text", Format::Text), ("json", Format::Json), ("markdown", Format::Markdown)];

pub(super) struct Options {
    pub(super) experiments: Vec<&'static Experiment>,
    /// Instead of those that an experiment has by itself, if there are any.
    pub(super) contenders: Vec<Contender>,
    pub(super) setup: Setup,
    /// As many as there are cores, if it was not said.
    pub(super) threads: Option<usize>,
    pub(super) output: Option<PathBuf>,
    pub(super) format: Format,
}

pub(super) enum Asked {
    List,
    Experiments(Options),
}

impl Options {
    /// Nothing if help or the version was asked for.
    pub(super) fn read(arguments: Arguments) -> Result<Option<Asked>, Failure> {
        let (mut list, mut quick) = (false, false);
        let (mut runs, mut seed, mut epochs, mut threads) = (None, None, None, None);
        let (mut output, mut format) = (None, None);
        let read = args::read(arguments, &MANUAL, |from, option| match option {
            "list" => from.flag(option).map(|()| list = true),
            "quick" => from.flag(option).map(|()| quick = true),
            "runs" => once(&mut runs, option, from.whole(option, "N", 2..=MOST_RUNS)?),
            "seed" => once(&mut seed, option, from.whole(option, "N", 0..=u64::MAX)?),
            "epochs" => once(&mut epochs, option, from.whole(option, "N", 1..=MOST_EPOCHS)?),
            "threads" => once(&mut threads, option, from.whole(option, "N", 1..=MOST_THREADS)?),
            "output" => once(&mut output, option, from.value(option, "DIR")?),
            "format" => once(&mut format, option, from.choice(option, FORMATS)?),
            _ => Err(unknown_option(option, &MANUAL)),
        })?;
        let Some(words) = read else { return Ok(None) };
        if list {
            return Ok(Some(Asked::List));
        }
        let usual = if quick { Setup::quick() } else { Setup::usual() };
        let (experiments, contenders) = told_apart(&words)?;
        Ok(Some(Asked::Experiments(Options {
            experiments,
            contenders,
            setup: Setup {
                seed: seed.unwrap_or(usual.seed),
                runs: runs.unwrap_or(usual.runs),
                epochs,
                quick,
            },
            threads,
            output: output.map(PathBuf::from),
            format: format.unwrap_or_default(),
        })))
    }
}

/// Experiments and activations; all experiments if none is named.
fn told_apart(words: &[String]) -> Result<(Vec<&'static Experiment>, Vec<Contender>), Failure> {
    let (mut experiments, mut contenders) = (Vec::<&Experiment>::new(), Vec::<Contender>::new());
    for word in words {
        if let Some(experiment) = EXPERIMENTS.iter().find(|experiment| experiment.name == word.trim()) {
            if experiments.iter().any(|known| known.name == experiment.name) {
                return Err(Failure::new(format!("`{}` is named twice; once is enough", experiment.name)));
            }
            experiments.push(experiment);
            continue;
        }
        let contender = contender(word)?;
        if contenders.iter().any(|known| known.name() == contender.name()) {
            return Err(Failure::new(format!(
                "two activations are called {}; name each once, and declare formulas: 'Mine(x) = …'",
                excerpt(contender.name())
            )));
        }
        contenders.push(contender);
    }
    if contenders.len() > MOST_CONTENDERS {
        return Err(Failure::new(format!(
            "these are {} activations, and a picture shows {MOST_CONTENDERS}; leave some out",
            contenders.len()
        )));
    }
    if experiments.is_empty() {
        experiments = EXPERIMENTS.iter().collect();
    }
    Ok((experiments, contenders))
}

fn contender(word: &str) -> Result<Contender, Failure> {
    let is_unknown_name = name::is_name(word.trim()) && by_name(word.trim()).is_none();
    if is_unknown_name {
        let wanted = word.trim().to_lowercase().replace(['_', ' '], "-");
        if let Some(best) = nearest(&wanted, EXPERIMENTS.iter().map(|experiment| experiment.name)).first() {
            return Err(Failure::new(format!(
                "unknown experiment {}; did you mean `{best}`?",
                excerpt(word)
            )));
        }
        if similar_names(word, all()).is_empty() {
            return Err(Failure::new(format!(
                "{} is neither an experiment nor an activation; `activation lab --list` and `activation list` name all that \
                 there are",
                excerpt(word)
            )));
        }
    }
    let subject = Subject::find(word)?;
    subject.require_certificate(word, false)?;
    let contender = match subject.function() {
        Function::Catalogue(activation) => Contender::catalogue(activation.clone()),
        Function::Compiled(compiled, _) => {
            let is_bare = compiled.name() == Subject::BARE;
            let name = if is_bare { word.trim() } else { compiled.name() };
            Contender::formula(name, word.trim(), compiled.as_ref().clone())
        }
    };
    contender.map_err(|refused| Failure::new(refused.to_string()))
}
