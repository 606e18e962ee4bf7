//! Findings as one page: no scripts, nothing from elsewhere, pictures inside.

use super::{SOURCE, command, common, tally};
use crate::claim::{Claim, Verdict};
use crate::findings::{Findings, Table};
use activation_chart::Theme;
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");

/// The page of all experiments: HTML that is well-formed XML too.
pub fn page(all: &[Findings]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(&mut out, all);
    out
}

fn write_page(out: &mut String, all: &[Findings]) -> std::fmt::Result {
    let title = "What tutorials claim about activation functions, and what experiments say";
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>"
    )?;
    if let [first, ..] = all {
        writeln!(
            out,
            "<p class=\"tally\">{}.</p>\n<p>{}</p>",
            escaped(&tally(all)),
            escaped(&common(first))
        )?;
    }
    out.push_str("</header>\n<main>\n");
    overview(out, all)?;
    for findings in all {
        section(out, findings)?;
    }
    writeln!(
        out,
        "</main>\n<footer>\n<p>{}</p>\n<p>Networks are trained with candle; activations, gains and expectations are those of \
         activation {}.</p>\n</footer>\n</body>\n</html>",
        escaped(SOURCE),
        env!("CARGO_PKG_VERSION")
    )
}

/// All verdicts at a glance.
fn overview(out: &mut String, all: &[Findings]) -> std::fmt::Result {
    out.push_str("<section>\n<h2>All claims</h2>\n<table class=\"verdicts\">\n");
    out.push_str("<thead><tr><th>claim</th><th>verdict</th></tr></thead>\n");
    for findings in all {
        let experiment = findings.experiment;
        writeln!(
            out,
            "<tbody>\n<tr><th colspan=\"2\" scope=\"rowgroup\"><a href=\"#{}\">{}</a></th></tr>",
            experiment.name,
            escaped(experiment.title)
        )?;
        for claim in &findings.claims {
            writeln!(out, "<tr><td>{}</td><td>{}</td></tr>", escaped(&claim.text), badge(claim.verdict()))?;
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</section>\n");
    Ok(())
}

fn section(out: &mut String, findings: &Findings) -> std::fmt::Result {
    let experiment = findings.experiment;
    writeln!(
        out,
        "<section id=\"{}\">\n<h2>{}</h2>\n<blockquote>{}</blockquote>",
        experiment.name,
        escaped(experiment.title),
        escaped(experiment.claim)
    )?;
    out.push_str("<h3>What was done</h3>\n<ul>\n");
    for sentence in &findings.method {
        writeln!(out, "<li>{}</li>", escaped(sentence))?;
    }
    out.push_str("</ul>\n<dl class=\"contenders\">\n");
    for contender in &findings.contenders {
        writeln!(
            out,
            "<dt>{}</dt><dd><code>{}</code></dd>",
            escaped(contender.name()),
            escaped(contender.text())
        )?;
    }
    out.push_str("</dl>\n<h3>Verdicts</h3>\n<table class=\"verdicts\">\n");
    out.push_str(
        "<thead><tr><th>claim</th><th>measured</th><th>wanted</th><th>verdict</th></tr></thead>\n<tbody>\n",
    );
    for claim in &findings.claims {
        verdict(out, claim)?;
    }
    out.push_str("</tbody>\n</table>\n<h3>Pictures</h3>\n<div class=\"figures\">\n");
    for figure in &findings.figures {
        writeln!(out, "<figure>\n{}</figure>", figure.chart.svg(Theme::Page))?;
    }
    out.push_str("</div>\n<h3>Figures</h3>\n");
    for one in &findings.tables {
        table(out, one)?;
    }
    for note in &findings.notes {
        writeln!(out, "<p class=\"note\">{}</p>", escaped(note))?;
    }
    writeln!(
        out,
        "<h3>Try it yourself</h3>\n<pre><code>{}</code></pre>\n</section>",
        escaped(&command(findings))
    )
}

fn verdict(out: &mut String, claim: &Claim) -> std::fmt::Result {
    writeln!(
        out,
        "<tr><td>{}<br/><small>{}</small></td><td class=\"figure\">{}</td><td class=\"figure\">{}</td><td>{}</td></tr>",
        escaped(&claim.text),
        escaped(&claim.measured),
        escaped(&claim.quantity.estimated(&claim.estimate)),
        escaped(&claim.bound_in_words()),
        badge(claim.verdict())
    )
}

/// A verdict that needs no colours.
fn badge(verdict: Verdict) -> String {
    let (class, mark) = match verdict {
        Verdict::Holds => ("holds", "✓"),
        Verdict::DoesNotHold => ("fails", "✗"),
        Verdict::NotDecided => ("open", "?"),
    };
    format!("<span class=\"verdict {class}\">{mark} {}</span>", verdict.words())
}

fn table(out: &mut String, table: &Table) -> std::fmt::Result {
    writeln!(out, "<div class=\"wide\"><table>\n<caption>{}</caption>\n<thead><tr>", escaped(&table.title))?;
    for column in &table.columns {
        write!(out, "<th scope=\"col\">{}</th>", escaped(column))?;
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for cells in &table.rows {
        out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            match index {
                0 => write!(out, "<th scope=\"row\">{}</th>", escaped(cell))?,
                _ => write!(out, "<td class=\"figure\">{}</td>", escaped(cell))?,
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
    Ok(())
}

/// Text as HTML has it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if character.is_control() => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}
