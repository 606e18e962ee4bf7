//! The command line of `compare`, `diff` and `explain`: some functions, values of their parameters, a distribution of inputs.

use crate::args::{self, Arguments, assign, once, real, unknown_option};
use crate::failure::Failure;
use crate::manual::Verb;
use crate::properties::{Properties, normal};
use crate::subject::Subject;
use activation_analysis::Normal;
use activation_formula::Compiled;
use std::ffi::OsString;

/// What was asked.
pub(super) struct Inquiry<F> {
    pub(super) whats: Vec<String>,
    pub(super) set: Vec<(String, f64)>,
    mean: Option<f64>,
    std: Option<f64>,
    strict: bool,
    pub(super) format: Option<F>,
    /// Where curves go.
    pub(super) output: Option<OsString>,
    /// Whether there are no curves.
    pub(super) no_plot: bool,
}

/// A function with what is known of it.
pub(super) struct Inquired {
    pub(super) name: String,
    pub(super) subject: Subject,
    pub(super) compiled: Compiled,
}

impl<F: Copy> Inquiry<F> {
    /// Reads the arguments of `verb`, which takes these formats, and those of the options that are in its table. Nothing where
    /// help was asked for.
    pub(super) fn read(
        arguments: Arguments,
        verb: &Verb,
        formats: &[(&str, F)],
    ) -> Result<Option<Self>, Failure> {
        let (mut format, mut output, mut mean, mut std) = (None, None, None, None);
        let (mut set, mut strict, mut no_plot) = (Vec::new(), false, false);
        let whats = args::read(arguments, verb, |from, option| match option {
            "format" => once(&mut format, option, from.choice(option, formats)?),
            "mean" => once(&mut mean, option, real(from, option)?),
            "std" => once(&mut std, option, real(from, option)?),
            "set" => assign(&mut set, &from.text(option, "NAME=VALUE")?),
            "strict" => from.switch(option, &mut strict),
            "output" => once(&mut output, option, from.value(option, "FILE")?),
            "no-plot" => from.switch(option, &mut no_plot),
            _ => Err(unknown_option(option, verb)),
        })?;
        Ok(whats.map(|whats| Inquiry { whats, set, mean, std, strict, format, output, no_plot }))
    }

    pub(super) fn normal(&self) -> Result<Normal, Failure> {
        normal(self.mean, self.std)
    }

    /// Finds the functions, and sets parameters of every one that has them.
    pub(super) fn find(&self) -> Result<Vec<Inquired>, Failure> {
        let mut subjects: Vec<Subject> = Vec::new();
        for what in &self.whats {
            let subject = Subject::find(what)?;
            subject.require_certificate(what, self.strict)?;
            subjects.push(subject);
        }
        for (name, value) in &self.set {
            let have =
                |subject: &Subject| subject.description.parameters.iter().any(|known| known.name == *name);
            if !subjects.iter().any(have)
                && let Some(first) = subjects.first()
            {
                first.parameter(name)?;
            }
            for subject in subjects.iter_mut().filter(|subject| have(subject)) {
                subject.set(name, *value)?;
            }
        }
        let found = self.whats.iter().zip(subjects).map(|(what, subject)| {
            Ok(Inquired { name: subject.title(what), compiled: subject.formula()?, subject })
        });
        found.collect()
    }
}

impl Inquired {
    pub(super) fn properties(&self, normal: Normal) -> Properties {
        Properties::of(&self.subject, &self.compiled, normal)
    }
}
