//! What JSON has, verb by verb: `activation help json`, which is also docs/json.md.

use super::Verb;
use std::fmt::Write;

const HEAD: &str = "\
# The JSON of the command

What `activation VERB --format json` writes to standard output, field by field. Names are stable: fields may be added, and
none changes its meaning. A path with `[]` goes through the elements of an array. Numbers are written so that they read
back to the same number; NaN and the infinities, which JSON has not, are `null` or text, as said. Warnings and errors go to
standard error and are text.

This page is what `activation help json` prints.
";

/// The page, in Markdown.
pub(crate) fn page(verbs: &[&Verb]) -> String {
    let mut out = HEAD.to_owned();
    for verb in verbs.iter().filter(|verb| !verb.json.is_empty()) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n## {}\n\n| field | type | meaning |\n|---|---|---|\n", verb.name);
        for field in verb.json {
            let _ = writeln!(
                out,
                "| `{}` | {} | {} |",
                field.path,
                field.kind,
                field.meaning.replace('|', "\\|")
            );
        }
    }
    out
}
