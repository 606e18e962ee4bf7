//! `activation explain`: what a function does to signals and gradients, in sentences with their figures.

use super::diff::write_wrapped;
use super::inquiry::{Inquired, Inquiry};
use crate::args::Arguments;
use crate::failure::Failure;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::properties::Properties;
use crate::properties::json::{Json, list, number, text};
use crate::report;
use activation_analysis::{Sentence, Topic, short, story};
use std::io::{self, Write};

pub(super) const MANUAL: Verb = Verb {
    name: "explain",
    operands: "WHAT",
    completes: Value::Activation,
    summary: "what it does to signals and gradients, and what weights to begin with",
    usage: &["explain WHAT [OPTIONS]"],
    about: "Explains an activation: what it does, whether it saturates, dies, is centred and sparse, \
            and what weights to begin with.\n\nWHAT is a name or alias of the catalogue, a formula, or \
            a whole declaration. Every sentence is made from figures of that very function, which are \
            in the JSON beside it.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt(
                "format",
                Value::Words(&["text", "json", "markdown"]),
                "how it is written, text by default; JSON is an object",
            ),
            opt(
                "set",
                Value::Text("NAME=VALUE"),
                "sets a parameter of every function that has it; may be given for each of them",
            ),
            opt("mean", Value::Text("M"), "the mean of normally distributed inputs, 0 unless said otherwise"),
            opt("std", Value::Text("S"), "their standard deviation, 1 unless said otherwise"),
            STRICT,
        ],
    }],
    json: &[
        field("name", "string", "the name, or the formula"),
        field("formula", "string", "f, as its author wrote it"),
        field("story", "array", "the sentences"),
        field("story[].topic", "string", "what it is about"),
        field("story[].text", "string", "the sentence"),
        field("story[].figures", "array", "what it rests on: objects with name and value"),
        field("analysis", "object", "its properties: the chapter `analysis`"),
    ],
    examples: &[
        "activation explain sigmoid",
        "activation explain leaky_relu --set slope=0.2",
        "activation explain 'x * exp(-x^2)' --std 2 --format markdown",
    ],
    run,
};

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Json,
    Markdown,
}

const FORMATS: &[(&str, Format)] =
    &[("text", Format::Text), ("json", Format::Json), ("markdown", Format::Markdown)];

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(inquiry) = Inquiry::read(arguments, &MANUAL, FORMATS)? else { return Ok(()) };
    let normal = inquiry.normal()?;
    let found = inquiry.find()?;
    let [one] = found.as_slice() else {
        return Err(Failure::new(match found.len() {
            0 => "explain what? Give a name or a formula: `activation explain gelu`".to_owned(),
            count => format!(
                "`explain` takes one name or formula, and there are {count}; a formula stands in quotes, and `activation \
                 compare` takes several"
            ),
        }));
    };
    let properties = one.properties(normal);
    let story = story(&properties.analysis, &properties.moments, properties.maps.as_ref());
    report::print(|out| match inquiry.format.unwrap_or_default() {
        Format::Text => write_text(one, &story, out),
        Format::Markdown => write_markdown(one, &story, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &json(one, &properties, &story))?;
            writeln!(out)
        }
    })
}

fn title(one: &Inquired, properties: &[(String, f64)]) -> String {
    let description = &one.subject.description;
    let values: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name} = {}", short(*value))).collect();
    let values = if values.is_empty() { String::new() } else { format!(", {}", values.join(", ")) };
    format!("f({}) = {}{values}", description.variable, description.formula)
}

fn parameters(one: &Inquired) -> Vec<(String, f64)> {
    let names = one.subject.description.parameters.iter().map(|parameter| parameter.name.clone());
    names.zip(one.subject.values()).collect()
}

/// The sentences of each topic, in order.
fn topics(story: &[Sentence]) -> Vec<(Topic, Vec<&Sentence>)> {
    let mut topics: Vec<(Topic, Vec<&Sentence>)> = Vec::new();
    for sentence in story {
        match topics.iter_mut().find(|(topic, _)| *topic == sentence.topic) {
            Some((_, sentences)) => sentences.push(sentence),
            None => topics.push((sentence.topic, vec![sentence])),
        }
    }
    topics
}

fn paragraph(sentences: &[&Sentence]) -> String {
    sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn write_text(one: &Inquired, story: &[Sentence], out: &mut dyn Write) -> io::Result<()> {
    write_wrapped(out, &title(one, &parameters(one)))?;
    for (topic, sentences) in topics(story) {
        writeln!(out, "\n{}", topic.title())?;
        write_wrapped(out, &format!("  {}", paragraph(&sentences)))?;
    }
    Ok(())
}

fn write_markdown(one: &Inquired, story: &[Sentence], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n`{}`", one.name, title(one, &parameters(one)))?;
    for (topic, sentences) in topics(story) {
        // A star or an underscore would be markup.
        let escaped = paragraph(&sentences).replace('*', "\\*").replace('_', "\\_").replace('|', "\\|");
        writeln!(out, "\n## {}\n\n{escaped}", topic.title())?;
    }
    Ok(())
}

fn json(one: &Inquired, properties: &Properties, story: &[Sentence]) -> Json {
    let sentences = list(story, |sentence| {
        let figures = sentence
            .figures
            .iter()
            .map(|&(name, value)| Json::Object(vec![("name", text(name)), ("value", number(value))]));
        Json::Object(vec![
            ("topic", text(sentence.topic.title())),
            ("text", text(sentence.text.clone())),
            ("figures", Json::List(figures.collect())),
        ])
    });
    Json::Object(vec![
        ("name", text(one.name.clone())),
        ("formula", text(one.subject.description.formula.clone())),
        ("story", sentences),
        ("analysis", properties.json()),
    ])
}
