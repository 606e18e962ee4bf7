//! Findings, written down: a page for browsers, Markdown, tables and data.

mod data;
mod html;
mod markdown;

pub use data::{Data, csv};
pub use html::page;
pub use markdown::markdown;

use crate::claim::Verdict;
use crate::findings::Findings;

/// Where the data come from, and under which licence.
pub const SOURCE: &str = "Data: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, \
                          1998, doi:10.24432/C50P49, licence CC BY 4.0.";

/// What all experiments have in common.
pub fn common(findings: &Findings) -> String {
    let setup = findings.setup;
    let quick =
        if setup.quick { " This was a quick look: networks are smaller and choices fewer." } else { "" };
    format!(
        "1,797 images of handwritten digits, 8 by 8 pixels, divided at random in each run into 1,077 to learn from, 360 to choose learning \
         rates by and 360 to measure on. {} with seed {}; in every one all activations have the same data, the same random weights but for \
         their scale, and the same batches. Intervals are 95 % confidence intervals by Student's t; means of what spans orders of magnitude \
         are geometric. A claim holds if its whole interval lies where the claim wants it, does not hold if all of it lies elsewhere, and is \
         not decided otherwise.{quick}",
        if setup.runs == 1 { "One run".to_owned() } else { format!("{} runs", setup.runs) },
        setup.seed
    )
}

/// How many claims have which verdict, in words.
pub fn tally<'f>(findings: impl IntoIterator<Item = &'f Findings>) -> String {
    let verdicts: Vec<Verdict> =
        findings.into_iter().flat_map(|one| one.claims.iter().map(|claim| claim.verdict())).collect();
    let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    let plural = if verdicts.len() == 1 { "" } else { "s" };
    format!(
        "{} claim{plural}: {} hold, {} do not hold, {} not decided",
        verdicts.len(),
        count(Verdict::Holds),
        count(Verdict::DoesNotHold),
        count(Verdict::NotDecided)
    )
}

/// The command that gives the same findings again.
pub fn command(findings: &Findings) -> String {
    let setup = findings.setup;
    let mut words = vec!["activation lab".to_owned(), findings.experiment.name.to_owned()];
    words.extend(findings.contenders.iter().map(|contender| quoted(contender.source())));
    if setup.quick {
        words.push("--quick".to_owned());
    }
    words.push(format!("--runs {} --seed {}", setup.runs, setup.seed));
    if let Some(epochs) = setup.epochs {
        words.push(format!("--epochs {epochs}"));
    }
    words.join(" ")
}

/// As a shell takes it.
fn quoted(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
