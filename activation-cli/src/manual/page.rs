//! The manual page: `activation man`.

use super::{COMMON, ENVIRONMENT, EXIT_CODES, Opt, Verb, WHAT, json};
use std::fmt::Write;

/// The page, for `man -l` or a folder `man1`.
pub(crate) fn page(verbs: &[&Verb]) -> String {
    let mut out = String::new();
    let version = env!("CARGO_PKG_VERSION");
    // Writing to a string cannot fail.
    let _ = writeln!(out, ".TH ACTIVATION 1 \"\" \"activation {version}\" \"User Commands\"");
    section(&mut out, "NAME");
    line(&mut out, "activation \\- activation functions from textbook formulas");
    section(&mut out, "SYNOPSIS");
    line(&mut out, "\\fBactivation\\fR \\fIVERB\\fR [\\fIoptions\\fR]");
    line(&mut out, ".br");
    line(&mut out, "\\fBactivation\\fR \\fIWHAT\\fR");
    section(&mut out, "DESCRIPTION");
    text(
        &mut out,
        "Values and exact derivatives of activation functions, their curves and properties, on numbers and on files.",
    );
    line(&mut out, ".PP");
    text(&mut out, WHAT);
    text(&mut out, "WHAT alone is the same as show WHAT.");
    section(&mut out, "VERBS");
    for verb in verbs {
        let _ = writeln!(out, ".TP\n\\fB{} {}\\fR", escaped(verb.name), escaped(verb.operands));
        text(&mut out, verb.summary);
    }
    section(&mut out, "OPTIONS OF ALL VERBS");
    options(&mut out, COMMON);
    for verb in verbs {
        section(&mut out, &format!("ACTIVATION {}", verb.name.to_uppercase()));
        for (index, usage) in verb.usage.iter().enumerate() {
            if index > 0 {
                line(&mut out, ".br");
            }
            let _ = writeln!(out, "\\fBactivation {}\\fR", escaped(usage));
        }
        for paragraph in verb.about.split("\n\n") {
            line(&mut out, ".PP");
            text(&mut out, paragraph);
        }
        for group in verb.groups {
            let _ = writeln!(out, ".SS {}", escaped(group.title));
            options(&mut out, group.options);
        }
        if let Some(fields) = json::summary(verb) {
            line(&mut out, ".SS JSON");
            text(&mut out, &fields);
        }
        line(&mut out, ".SS Examples");
        line(&mut out, ".nf");
        for example in verb.examples {
            text(&mut out, example);
        }
        line(&mut out, ".fi");
    }
    section(&mut out, "EXIT STATUS");
    pairs(&mut out, EXIT_CODES);
    section(&mut out, "ENVIRONMENT");
    pairs(&mut out, ENVIRONMENT);
    out
}

fn section(out: &mut String, title: &str) {
    let _ = writeln!(out, ".SH {}", escaped(title));
}

fn options(out: &mut String, options: &[Opt]) {
    for option in options {
        let form = option.value.form().map(|form| format!(" \\fI{}\\fR", escaped(&form))).unwrap_or_default();
        let _ = writeln!(out, ".TP\n\\fB\\-\\-{}\\fR{form}", escaped(option.name));
        text(out, option.help);
    }
}

fn pairs(out: &mut String, pairs: &[(&str, &str)]) {
    for (name, meaning) in pairs {
        let _ = writeln!(out, ".TP\n\\fB{}\\fR", escaped(name));
        text(out, meaning);
    }
}

/// A line of the language itself.
fn line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// A line of text, which no character of makes a request of.
fn text(out: &mut String, text: &str) {
    let text = escaped(text);
    if text.starts_with(['.', '\'']) {
        out.push_str("\\&");
    }
    line(out, &text);
}

fn escaped(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
}
