//! The command line of `compare`, `diff` and `explain`: some functions, values of their parameters, a distribution of inputs.

use crate::args::{Argument, Arguments, assignment, once, unknown_option, utf8};
use crate::data::number;
use crate::failure::Failure;
use crate::manual::Verb;
use crate::properties::{Properties, normal};
use crate::subject::Subject;
use activation_analysis::Normal;
use activation_formula::Compiled;

/// What was asked.
pub(super) struct Inquiry<F> {
    pub(super) whats: Vec<String>,
    set: Vec<(String, f64)>,
    mean: Option<f64>,
    std: Option<f64>,
    pub(super) format: Option<F>,
}

pub(super) enum Request<F> {
    Help,
    Version,
    Inquire(Inquiry<F>),
}

/// A function with what is known of it.
pub(super) struct Inquired {
    pub(super) name: String,
    pub(super) subject: Subject,
    pub(super) compiled: Compiled,
}

impl<F: Copy> Inquiry<F> {
    /// Reads the arguments of `verb`, which takes these formats.
    pub(super) fn read(
        mut arguments: Arguments,
        verb: &Verb,
        formats: &[(&str, F)],
    ) -> Result<Request<F>, Failure> {
        let mut inquiry = Inquiry { whats: Vec::new(), set: Vec::new(), mean: None, std: None, format: None };
        while let Some(argument) = arguments.next()? {
            let option = match argument {
                Argument::Value(value) => {
                    inquiry.whats.push(utf8(value)?);
                    continue;
                }
                Argument::Option(option) => option,
            };
            match option.as_str() {
                "help" => return arguments.flag(&option).map(|()| Request::Help),
                "version" => return arguments.flag(&option).map(|()| Request::Version),
                "format" => once(&mut inquiry.format, &option, arguments.choice(&option, formats)?)?,
                "mean" => once(&mut inquiry.mean, &option, real(&mut arguments, &option)?)?,
                "std" => once(&mut inquiry.std, &option, real(&mut arguments, &option)?)?,
                "set" => add_assignment(&mut inquiry.set, &arguments.text(&option, "NAME=VALUE")?)?,
                _ => return Err(unknown_option(&option, verb)),
            }
        }
        Ok(Request::Inquire(inquiry))
    }

    pub(super) fn normal(&self) -> Result<Normal, Failure> {
        normal(self.mean, self.std)
    }

    /// Finds the functions, and sets parameters of every one that has them.
    pub(super) fn find(&self) -> Result<Vec<Inquired>, Failure> {
        let mut subjects: Vec<Subject> = Vec::new();
        for what in &self.whats {
            let subject = Subject::find(what)?;
            subject.require_certificate(what, false)?;
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
            let is_bare = subject.description.name == "formula" && !subject.is_in_catalogue();
            let name = if is_bare { what.trim().to_owned() } else { subject.description.name.clone() };
            Ok(Inquired { name, compiled: subject.formula()?, subject })
        });
        found.collect()
    }
}

impl Inquired {
    pub(super) fn properties(&self, normal: Normal) -> Properties {
        Properties::of(&self.subject, &self.compiled, normal)
    }
}

/// Remembers `NAME=VALUE`, each name once.
pub(super) fn add_assignment(set: &mut Vec<(String, f64)>, text: &str) -> Result<(), Failure> {
    let (name, value) = assignment(text)?;
    if set.iter().any(|(known, _)| *known == name) {
        return Err(Failure::new(format!("`--set {name}` is given twice; once is enough")));
    }
    set.push((name, value));
    Ok(())
}

/// The value of an option that takes a number.
pub(super) fn real(arguments: &mut Arguments, option: &str) -> Result<f64, Failure> {
    let text = arguments.text(option, "NUMBER")?;
    number::read(&text).map_err(|_| {
        Failure::new(format!("`--{option}` takes a number, not {}", crate::data::excerpt(&text)))
    })
}
