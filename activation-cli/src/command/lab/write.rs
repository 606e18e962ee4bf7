//! Results, for people, for programs, and in files.

use crate::command::compare::width;
use crate::command::plot::write::{USUAL_PNG, png, text_style};
use crate::data::{Folder, file_name};
use crate::failure::Failure;
use crate::report::{csv, json_lines, print};
use crate::table;
use activation_chart::Theme;
use activation_lab::report::{Data, command, common, csv as rows, markdown as in_markdown, page, tally};
use activation_lab::{EXPERIMENTS, Findings};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Lines of text are no longer where nothing says how long they may be.
const USUAL_WIDTH: usize = 100;

/// What experiments there are.
pub(super) fn list() -> Result<(), Failure> {
    print(|out| {
        let row = |name: &str, usual: &str, claim: &str| [name, usual, claim].map(str::to_owned).to_vec();
        let rows = EXPERIMENTS.iter();
        let rows = rows.map(|one| row(one.name, &one.usual.join(", "), one.claim)).collect();
        let width = width().unwrap_or(USUAL_WIDTH);
        table::write_within(out, &["experiment", "activations", "claim"], rows, Some(width))
    })
}

pub(super) fn json(all: &[Findings]) -> Result<(), Failure> {
    print(|out| json_lines(out, all.iter().map(Data::of)))
}

pub(super) fn markdown(all: &[Findings]) -> Result<(), Failure> {
    print(|out| out.write_all(in_markdown(all).as_bytes()))
}

/// For a terminal: verdicts, the first picture and the tables of each experiment.
pub(super) fn text(all: &[Findings], target: Option<&Path>) -> Result<(), Failure> {
    let limit = width();
    let paragraph = |out: &mut dyn Write, text: &str| -> io::Result<()> {
        let lines = table::wrapped(text, limit.unwrap_or(USUAL_WIDTH).min(USUAL_WIDTH));
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    };
    print(|out| {
        for findings in all {
            writeln!(out, "{}\n", findings.experiment.title)?;
            paragraph(out, findings.experiment.claim)?;
            writeln!(out)?;
            let claims = findings.claims.iter().map(|claim| {
                let verdict = claim.verdict().words().to_owned();
                let measured = claim.quantity.estimated(&claim.estimate);
                vec![verdict, claim.text.clone(), measured, claim.bound_in_words()]
            });
            let header = ["verdict", "claim", "measured", "wanted"];
            table::write_within(out, &header, claims.collect(), Some(limit.unwrap_or(USUAL_WIDTH)))?;
            if let Some(figure) = findings.figures.first() {
                writeln!(out, "\n{}", figure.chart.text(&text_style((None, None), false, false)))?;
            }
            for one in &findings.tables {
                writeln!(out, "{}", one.title)?;
                let columns: Vec<&str> = one.columns.iter().map(String::as_str).collect();
                table::write_within(out, &columns, one.rows.clone(), limit)?;
                writeln!(out)?;
            }
            for note in findings.method.iter().chain(&findings.notes) {
                paragraph(out, note)?;
            }
            writeln!(out, "\n$ {}\n", command(findings))?;
        }
        if let [first, ..] = all {
            paragraph(out, &common(first))?;
            writeln!(out, "\n{}.", tally(all))?;
        }
        match target {
            None => writeln!(
                out,
                "`--output DIR` writes a page with all pictures, and the figures as JSON and CSV."
            ),
            Some(target) => {
                writeln!(out, "{} has report.html, and all pictures and figures.", file_name(target))
            }
        }
    })
}

/// Everything, as files.
pub(super) fn files(folder: &Folder, all: &[Findings]) -> Result<(), Failure> {
    let mut pictures = Vec::new();
    for findings in all {
        for figure in &findings.figures {
            let name = format!("{}-{}", findings.experiment.name, figure.name);
            pictures.push((format!("{name}.png"), png(&figure.chart, USUAL_PNG)?));
            pictures.push((format!("{name}.svg"), figure.chart.svg(Theme::Paper).into_bytes()));
        }
    }
    folder.fill(|path| {
        fs::write(path.join("report.html"), page(all))?;
        fs::write(path.join("report.md"), in_markdown(all))?;
        for (name, bytes) in &pictures {
            fs::write(path.join(name), bytes)?;
        }
        for findings in all {
            let at = |end: &str| path.join(format!("{}.{end}", findings.experiment.name));
            fs::write(at("json"), serde_json::to_string_pretty(&Data::of(findings))? + "\n")?;
            let (header, rows) = rows(findings);
            let mut file = fs::File::create(at("csv"))?;
            csv(&mut file, &header, rows)?;
        }
        Ok(())
    })
}
