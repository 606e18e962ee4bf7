//! What `--help` prints.

use super::{COMMON, EXIT_CODES, Opt, Verb, WHAT, json};
use std::fmt::Write;

/// Lines are no longer.
const WIDTH: usize = 100;

/// Where what an option does begins, if the option is not longer than that.
const COLUMN: usize = 27;

/// The command as a whole.
pub(crate) fn overview(verbs: &[&Verb]) -> String {
    let mut out = String::from(
        "Activation functions from textbook formulas: their values and exact derivatives, curves and properties.\n\n\
         Usage:\n",
    );
    let lines: Vec<(String, &str)> = std::iter::once(("WHAT".to_owned(), "the same as `show WHAT`"))
        .chain(verbs.iter().map(|verb| (format!("{} {}", verb.name, verb.operands), verb.summary)))
        .collect();
    let widest = lines.iter().map(|(usage, _)| usage.trim_end().chars().count()).max().unwrap_or(0);
    for (usage, summary) in &lines {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  activation {:widest$}  {summary}", usage.trim_end());
    }
    let _ = writeln!(out, "\n{WHAT}\n");
    out.push_str(
        "Examples:\n  activation gelu\n  activation plot gelu silu relu\n  activation eval 'x * tanh(x)' --format json 0.5\n\n",
    );
    let codes: Vec<String> = EXIT_CODES.iter().map(|(code, meaning)| format!("{code} {meaning}")).collect();
    for line in wrapped(&format!("Exit codes: {}.", codes.join("; ")), WIDTH) {
        let _ = writeln!(out, "{line}");
    }
    out.push_str(
        "\n`activation VERB --help` says more about each verb. Options of all: -h, --help, -V, --version, --color.\n",
    );
    out
}

/// One verb.
pub(crate) fn verb(verb: &Verb) -> String {
    let mut out = String::new();
    let mut paragraphs = verb.about.split("\n\n");
    paragraph(&mut out, paragraphs.next().unwrap_or_default());
    match verb.usage {
        [one] => {
            let _ = writeln!(out, "\nUsage: activation {one}");
        }
        several => {
            out.push_str("\nUsage:\n");
            for usage in several {
                let _ = writeln!(out, "  activation {usage}");
            }
        }
    }
    for text in paragraphs {
        out.push('\n');
        paragraph(&mut out, text);
    }
    for group in verb.groups {
        let _ = writeln!(out, "\n{}:", group.title);
        options(&mut out, group.options);
    }
    out.push_str("\nAs everywhere:\n");
    options(&mut out, COMMON);
    if let Some(fields) = json::summary(verb) {
        out.push('\n');
        paragraph(&mut out, &fields);
    }
    out.push_str("\nExamples:\n");
    for example in verb.examples {
        let _ = writeln!(out, "  {example}");
    }
    out
}

fn options(out: &mut String, options: &[Opt]) {
    for option in options {
        let form = option.value.form().map(|form| format!(" {form}")).unwrap_or_default();
        let head = format!("  --{}{form}", option.name);
        let lines = wrapped(option.help, WIDTH - COLUMN);
        let mut rest = lines.as_slice();
        if head.chars().count() < COLUMN - 1 {
            let first = lines.first().map_or("", String::as_str);
            let _ = writeln!(out, "{head:COLUMN$}{first}");
            rest = lines.get(1..).unwrap_or_default();
        } else {
            let _ = writeln!(out, "{head}");
        }
        for line in rest {
            let _ = writeln!(out, "{:COLUMN$}{line}", "");
        }
    }
}

fn paragraph(out: &mut String, text: &str) {
    for line in wrapped(text, WIDTH) {
        let _ = writeln!(out, "{line}");
    }
}

/// Words in lines of that width.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
