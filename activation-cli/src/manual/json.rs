//! What JSON has, verb by verb: `activation help json`, which is also docs/src/json.md.

use super::{Field, Verb};
use crate::properties::json::FIELDS as ANALYSIS;
use std::fmt::Write;

const HEAD: &str = "\
# The JSON of the command

What `activation VERB --format json` writes to standard output, field by field. Names are stable: fields may be added, and
none changes its meaning. A path with `[]` goes through the elements of an array. Numbers are written so that they read
back to the same number; NaN and the infinities, which JSON has not, are `null` or text, as said. Warnings and errors go to
standard error and are text.

This page is what `activation help json` prints.
";

const HEAD_OF_ANALYSIS: &str = "
The object `analysis` of `show`, `explain` and `compare`. Intervals are arrays of two numbers, in ascending order. Infinite
numbers are the text \"inf\" and \"-inf\", and what is not known or does not exist is null, wherever numbers stand. Expectations
and probabilities are those of normally distributed inputs (`input`).
";

/// The page, in Markdown.
pub(crate) fn page(verbs: &[&Verb]) -> String {
    let mut out = HEAD.to_owned();
    for verb in verbs.iter().filter(|verb| !verb.json.is_empty()) {
        chapter(&mut out, verb.name, "", verb.json);
    }
    chapter(&mut out, "analysis", HEAD_OF_ANALYSIS, ANALYSIS);
    out
}

fn chapter(out: &mut String, title: &str, head: &str, fields: &[Field]) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\n## {title}\n{head}\n| field | type | meaning |\n|---|---|---|\n");
    for field in fields {
        let meaning = field.meaning.replace('|', "\\|");
        let _ = writeln!(out, "| `{}` | {} | {meaning} |", field.path, field.kind);
    }
}

/// The fields of a verb in a sentence, without the parts of its parts; nothing if it writes no JSON.
pub(super) fn summary(verb: &Verb) -> Option<String> {
    let paths = || verb.json.iter().map(|field| field.path);
    let is_array = paths().all(|path| path.starts_with("[]"));
    let names: Vec<&str> = paths()
        .map(|path| path.strip_prefix("[].").unwrap_or(path))
        .filter(|path| !path.contains(['.', '[']))
        .collect();
    let has = if is_array { "JSON is an array of objects, which have" } else { "JSON has" };
    let names = names.join(", ");
    (!verb.json.is_empty()).then(|| format!("{has} {names}; `activation help json` explains every field."))
}
