//! What f' is at kinks: `--subgradient` and `--like`.

use crate::data::{Apply, excerpt};
use crate::failure::Failure;
use crate::subject::Subject;
use activation_core::{Framework, Output, Scalar, Subgradient};
use half::f16;

/// What was asked for.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    Choice(Subgradient),
    Like(Framework),
}

impl Rule {
    /// What it means for that activation.
    pub(super) fn choice(self, what: &str, subject: &Subject) -> Result<Subgradient, Failure> {
        let framework = match self {
            Rule::Choice(choice) => return Ok(choice),
            Rule::Like(framework) => framework,
        };
        let cure = "choose with `--subgradient left|right|zero|middle|steeper`";
        if !subject.is_in_catalogue() {
            let shown = excerpt(what);
            return Err(Failure::new(format!(
                "`--like` knows the catalogue's names, and {shown} is a formula; {cure}"
            )));
        }
        let name = &subject.description.name;
        framework.subgradient(name).ok_or_else(|| {
            Failure::new(format!(
                "what {framework} does at kinks of `{name}`, if there are any, is not on record; {cure}"
            ))
        })
    }
}

/// The functions of an activation, with a choice of what f' is at kinks.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'s> {
    pub(super) subject: &'s Subject,
    pub(super) at_kinks: Subgradient,
}

impl Chosen<'_> {
    /// Replaces every value by that of one of the functions there.
    pub(super) fn apply<T: Scalar>(self, output: Output, values: &mut [T]) {
        if output != Output::Derivative || self.at_kinks == Subgradient::Branch {
            return self.subject.apply(output, values);
        }
        let inputs = values.to_vec();
        self.subject.apply(output, values);
        let sides = |x| self.subject.one_sided_derivatives(x);
        self.at_kinks.slopes(&inputs, sides, |index, slope| values[index] = T::from_f64(slope));
    }
}

/// One of the functions, for data.
pub(super) struct Applied<'s> {
    pub(super) function: Chosen<'s>,
    pub(super) output: Output,
}

impl Apply for Applied<'_> {
    fn apply_f32(&self, values: &mut [f32]) {
        self.function.apply(self.output, values);
    }
    fn apply_f64(&self, values: &mut [f64]) {
        self.function.apply(self.output, values);
    }
    fn apply_f16(&self, values: &mut [f16]) {
        self.function.apply(self.output, values);
    }
}
