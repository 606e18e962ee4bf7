//! The functions that are plotted: what was named, with the values of their parameters.

use super::options::Options;
use crate::data::excerpt;
use crate::failure::Failure;
use crate::subject::Subject;

/// A function with all of its parameters set.
pub(super) struct Function {
    pub(super) subject: Subject,
    /// The name, or the formula as it was given.
    pub(super) name: String,
    /// What tells it from the others in the legend: name, or values, or both.
    pub(super) label: Label,
    /// Which value of a sweep it has, of how many.
    pub(super) step: Option<(usize, usize)>,
}

impl Function {
    /// One of that name, whose parameters have these values among others.
    pub(super) fn called(name: String, subject: Subject, set: &[(String, f64)]) -> Self {
        let label = Label { name: name.clone(), values: assigned(&subject, set) };
        Function { subject, name, label, step: None }
    }
}

/// How a curve is called: `gelu'`, `elu' (alpha = 2)`, `alpha = 2`.
#[derive(Clone)]
pub(super) struct Label {
    name: String,
    values: String,
}

impl Label {
    /// With as many primes as there are derivatives.
    pub(super) fn of_order(&self, order: usize) -> String {
        let primes = "'".repeat(order);
        let is_word = self.name.chars().all(|c| c.is_alphanumeric() || c == '_');
        match (self.name.as_str(), self.values.as_str()) {
            ("", values) if order == 0 => values.to_owned(),
            ("", values) => format!("f{primes}, {values}"),
            (name, "") if order == 0 => name.to_owned(),
            (name, "") if is_word => format!("{name}{primes}"),
            (name, "") => format!("({name}){primes}"),
            (name, values) => format!("{name}{primes} ({values})"),
        }
    }
}

/// Finds all that was named, before anything is drawn.
pub(super) fn find(options: &Options) -> Result<Vec<Function>, Failure> {
    let mut subjects = Vec::new();
    for what in &options.what {
        subjects.push((what.trim().to_owned(), Subject::find(what)?));
    }
    for (name, value) in &options.set {
        set(&mut subjects, name, *value)?;
    }
    let alone = subjects.len() == 1;
    let mut functions = Vec::new();
    let swept = options.sweep.as_ref();
    if let Some(sweep) = swept {
        let has = |subject: &Subject| subject.parameter(&sweep.name).is_ok();
        match subjects.iter().find(|(_, subject)| has(subject)) {
            Some(_) => {}
            // The one that was named says best what it has instead.
            None => subjects.iter().try_for_each(|(_, subject)| subject.parameter(&sweep.name).map(drop))?,
        }
        if let Some((name, _)) = options.set.iter().find(|(name, _)| *name == sweep.name) {
            let shown = excerpt(name);
            return Err(Failure::new(format!(
                "{shown} cannot be both set and swept; leave out one of the two"
            )));
        }
    }
    for (what, subject) in subjects {
        let name = subject.title(&what);
        // One formula alone is in the title, and called f.
        let short = if subject.is_bare() && alone { "f".to_owned() } else { name.clone() };
        match swept.filter(|sweep| subject.parameter(&sweep.name).is_ok()) {
            None => functions.push(Function { name, ..Function::called(short, subject, &options.set) }),
            Some(sweep) => {
                for (index, &value) in sweep.values.iter().enumerate() {
                    let mut subject = subject.clone();
                    subject.set(&sweep.name, value)?;
                    let values = format!("{} = {value}", sweep.name);
                    let label = Label { name: if alone { String::new() } else { short.clone() }, values };
                    let step = Some((index, sweep.values.len()));
                    functions.push(Function { subject, name: name.clone(), label, step });
                }
            }
        }
    }
    Ok(functions)
}

/// Sets a parameter of all that have it; at least one must.
fn set(subjects: &mut [(String, Subject)], name: &str, value: f64) -> Result<(), Failure> {
    let mut refused = None;
    let mut done = false;
    for (_, subject) in subjects {
        match subject.parameter(name) {
            Ok(_) => {
                subject.set(name, value)?;
                done = true;
            }
            Err(failure) => refused = Some(failure),
        }
    }
    match refused {
        Some(failure) if !done => Err(failure),
        _ => Ok(()),
    }
}

/// What was set, as far as the function has it.
fn assigned(subject: &Subject, set: &[(String, f64)]) -> String {
    let own = set.iter().filter(|(name, _)| subject.parameter(name).is_ok());
    own.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}
