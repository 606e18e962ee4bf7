//! Findings as Markdown, without pictures.

use super::{SOURCE, command, common, tally};
use crate::findings::{Findings, Table};
use std::fmt::Write;

/// Sections of all experiments, with headings from the second level on.
pub fn markdown(all: &[Findings]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_all(&mut out, all);
    out
}

fn write_all(out: &mut String, all: &[Findings]) -> std::fmt::Result {
    if let [first, ..] = all {
        writeln!(out, "{}: {}.\n", heading(all), tally(all))?;
        writeln!(out, "{}\n\n{SOURCE}", common(first))?;
    }
    for findings in all {
        let experiment = findings.experiment;
        writeln!(out, "\n## {}\n\n> {}\n", experiment.title, experiment.claim)?;
        for sentence in &findings.method {
            writeln!(out, "{sentence}")?;
        }
        let verdicts = findings.claims.iter().map(|claim| {
            vec![
                claim.text.clone(),
                format!("**{}**", claim.verdict().words()),
                claim.quantity.estimated(&claim.estimate),
                claim.bound_in_words(),
            ]
        });
        let columns = ["claim", "verdict", "measured", "wanted"].map(str::to_owned).to_vec();
        table(out, &Table { title: String::new(), columns, rows: verdicts.collect() })?;
        for one in &findings.tables {
            table(out, one)?;
        }
        for note in &findings.notes {
            writeln!(out, "\n{note}")?;
        }
        writeln!(out, "\n```sh\n{}\n```", command(findings))?;
    }
    Ok(())
}

fn heading(all: &[Findings]) -> String {
    let plural = if all.len() == 1 { "" } else { "s" };
    format!("{} experiment{plural}", all.len())
}

fn table(out: &mut String, table: &Table) -> std::fmt::Result {
    let row = |cells: &[String]| {
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        format!("| {} |", cells.join(" | "))
    };
    if !table.title.is_empty() {
        writeln!(out, "\n{}:", table.title)?;
    }
    writeln!(out, "\n{}\n|{}", row(&table.columns), "---|".repeat(table.columns.len()))?;
    table.rows.iter().try_for_each(|cells| writeln!(out, "{}", row(cells)))
}
