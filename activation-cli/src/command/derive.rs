//! `activation derive`: how a formula becomes what is computed, step by step.

use crate::args::{self, Arguments, once, unknown_option};
use crate::failure::Failure;
use crate::manual::{Group, Value, Verb, field, opt};
use crate::report;
use crate::subject::Subject;
use activation_core::Output;
use activation_formula::{Break, Derivation, DerivationStep, HOLDS, Stage, Typeset, derivation};
use serde_json::json;
use std::io::{self, Write};

pub(super) const MANUAL: Verb = Verb {
    name: "derive",
    operands: "WHAT",
    completes: Value::Activation,
    summary: "how it becomes what is computed, and where the textbook form breaks",
    usage: &["derive WHAT [--wrt PARAMETER]... [--format text|latex|markdown|json]"],
    about: "Derives an activation step by step: what is differentiated, what is recognised, what is \
            rewritten and why, and an input at which the textbook form is wrong in f32.\n\nWHAT is a \
            name of the catalogue, a formula, or a declaration. Every step is one that the compiler \
            has taken, by the name of the rule in its tables. Where the textbook form breaks is not \
            argued but tried: it is evaluated in f32 at some 1,500 inputs, beside the right value. \
            What is computed may call functions that the language has not: tanhshrink(u) is u - \
            tanh(u), exp_excess(u) is exp(u) - 1 - u, decay(u) is exp(-|u|), decay_gap(u) is 1 - \
            exp(-|u|), sech(u) is 1/cosh(u), logcosh(u) is ln(cosh(u)), \
            normal_cdf(u) is erfc(-u/sqrt(2))/2, gauss(u) is exp(-u^2/2); each has its full accuracy \
            everywhere.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt(
                "wrt",
                Value::Text("PARAMETER"),
                "also the derivative by that parameter; as often as there are parameters",
            ),
            opt(
                "format",
                Value::Words(&["text", "latex", "markdown", "json"]),
                "text unless said otherwise; latex needs amsmath, markdown has its formulas in $$; JSON is an array of objects",
            ),
        ],
    }],
    json: &[
        field("[].function", "string", "`f(x)`, `f'(x)` or `df/dNAME`"),
        field("[].textbook", "string", "the form that it begins with"),
        field("[].steps", "array", "what was done to it, in order"),
        field("[].steps[].stage", "string", "at which stage of the compiler"),
        field("[].steps[].rule", "string", "the name of the rule"),
        field("[].steps[].before", "string", "what was there"),
        field("[].steps[].after", "string", "what took its place"),
        field("[].steps[].reason", "string", "why"),
        field("[].result", "string", "the form that people read"),
        field("[].computed", "string or array or object or null", "the form that is computed"),
        field("[].tried", "integer", "at how many inputs the textbook form was tried in f32"),
        field("[].broken", "integer", "at how many of them it was wrong"),
        field("[].breaks", "array", "some of these"),
        field("[].breaks[].x", "number", "the input"),
        field("[].breaks[].textbook", "number or string", "what the textbook form gave"),
        field("[].breaks[].exact", "number or string", "the right value"),
        field("[].breaks[].ulp", "number or null", "how far apart they are, in units in the last place"),
    ],
    examples: &[
        "activation derive mish",
        "activation derive '1 - tanh(x)^2'",
        "activation derive swish --wrt beta --format markdown",
    ],
    run,
};

#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Text,
    Latex,
    Markdown,
    Json,
}

const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("latex", Format::Latex),
    ("markdown", Format::Markdown),
    ("json", Format::Json),
];

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let mut format = None;
    let mut parameters: Vec<String> = Vec::new();
    let read = args::read(arguments, &MANUAL, |from, option| match option {
        "format" => once(&mut format, option, from.choice(option, FORMATS)?),
        "wrt" => {
            parameters.push(from.text(option, "PARAMETER")?);
            Ok(())
        }
        _ => Err(unknown_option(option, &MANUAL)),
    })?;
    let Some(values) = read else { return Ok(()) };
    let what = args::only(values, &MANUAL, "mish")?;
    let subject = Subject::find(&what)?;
    let mut outputs = vec![Output::Forward, Output::Derivative];
    for name in &parameters {
        let output = Output::ParameterDerivative(subject.parameter(name)?);
        if !outputs.contains(&output) {
            outputs.push(output);
        }
    }
    let text = subject.declaration(&what);
    let derivations = derivation(&text, &outputs).map_err(|mistakes| Failure::Formula(text, mistakes))?;
    let names: Vec<&str> = subject.description.parameters.iter().map(|one| one.name.as_str()).collect();
    let teller = Teller { variable: &subject.description.variable, parameters: &names };
    report::print(|out| match format.unwrap_or_default() {
        Format::Text => derivations.iter().enumerate().try_for_each(|(number, one)| {
            if number > 0 {
                writeln!(out)?;
            }
            teller.text(out, one)
        }),
        Format::Latex => derivations.iter().try_for_each(|one| teller.latex(out, one)),
        Format::Markdown => {
            writeln!(out, "# {}\n", subject.description.name)?;
            derivations.iter().try_for_each(|one| teller.markdown(out, one))
        }
        Format::Json => {
            let all: Vec<serde_json::Value> = derivations.iter().map(|one| teller.json(one)).collect();
            serde_json::to_writer_pretty(&mut *out, &all)?;
            writeln!(out)
        }
    })
}

struct Teller<'a> {
    variable: &'a str,
    parameters: &'a [&'a str],
}

impl Teller<'_> {
    /// `f(x)`, `f'(x)`, `df/dbeta`.
    fn left(&self, output: Output) -> String {
        let x = self.variable;
        match output {
            Output::Forward => format!("f({x})"),
            Output::Derivative => format!("f'({x})"),
            Output::SecondDerivative => format!("f''({x})"),
            Output::ParameterDerivative(index) => {
                format!("df/d{}", self.parameters.get(index).copied().unwrap_or("?"))
            }
        }
    }

    fn text(&self, out: &mut dyn Write, one: &Derivation) -> io::Result<()> {
        let left = self.left(one.output);
        writeln!(out, "{left} = {}", one.textbook)?;
        let mut stage = None;
        for step in &one.steps {
            if stage != Some(step.stage) {
                writeln!(out, "\n  {}", title(step.stage))?;
                stage = Some(step.stage);
            }
            match step.stage {
                Stage::Differentiate => writeln!(out, "    ({})' = {}", step.before, step.after)?,
                _ => {
                    writeln!(out, "    {} -> {}", step.before, step.after)?;
                    writeln!(out, "      {}: {}", step.rule, step.reason)?;
                }
            }
        }
        if one.result != one.textbook {
            writeln!(out, "\n  result    {left} = {}", one.result)?;
        }
        if one.computed != one.result {
            writeln!(out, "  computed  {left} = {}", one.computed)?;
        }
        writeln!(out, "\n  {}", tried(one))?;
        for found in &one.breaks {
            writeln!(out, "    {}", told(self.variable, found))?;
        }
        Ok(())
    }

    fn equation(&self, output: Output, formula: &str) -> String {
        match Typeset::of(formula) {
            Ok(typeset) => typeset.as_value_of(output, self.variable, self.parameters).latex(),
            Err(_) => verbatim(&format!("{} = {formula}", self.left(output))),
        }
    }

    fn latex(&self, out: &mut dyn Write, one: &Derivation) -> io::Result<()> {
        writeln!(out, "\\[ {} \\]", self.equation(one.output, &one.textbook))?;
        let mut stage = None;
        for step in &one.steps {
            if stage != Some(step.stage) {
                writeln!(out, "\\paragraph{{{}}}", title(step.stage))?;
                stage = Some(step.stage);
            }
            writeln!(out, "\\[ {} \\]", rewriting(step))?;
            if step.stage != Stage::Differentiate {
                writeln!(out, "{}: {}.", escaped(step.rule), escaped(step.reason))?;
            }
        }
        writeln!(out, "\\paragraph{{Result}}\n\\[ {} \\]", self.equation(one.output, &one.result))?;
        if one.computed != one.result {
            writeln!(out, "\\paragraph{{Computed}}\n\\[ {} \\]", self.equation(one.output, &one.computed))?;
        }
        writeln!(out, "\\paragraph{{In f32}} {}.", escaped(&tried(one)))?;
        for found in &one.breaks {
            writeln!(out, "{}.", escaped(&told(self.variable, found)))?;
        }
        writeln!(out)
    }

    fn markdown(&self, out: &mut dyn Write, one: &Derivation) -> io::Result<()> {
        writeln!(
            out,
            "## `{}`\n\n$${}$$\n",
            self.left(one.output),
            self.equation(one.output, &one.textbook)
        )?;
        let mut stage = None;
        for step in &one.steps {
            if stage != Some(step.stage) {
                writeln!(out, "### {}\n", title(step.stage))?;
                stage = Some(step.stage);
            }
            match step.stage {
                Stage::Differentiate => writeln!(out, "- `({})'` is `{}`", step.before, step.after)?,
                _ => writeln!(
                    out,
                    "- `{}` becomes `{}` ({}): {}",
                    step.before, step.after, step.rule, step.reason
                )?,
            }
        }
        writeln!(out, "\n### Result\n\n$${}$$\n", self.equation(one.output, &one.result))?;
        if one.computed != one.result {
            writeln!(out, "Computed as `{}`.\n", one.computed)?;
        }
        writeln!(out, "{}.\n", capital(&tried(one)))?;
        for found in &one.breaks {
            writeln!(out, "- {}", told(self.variable, found))?;
        }
        if !one.breaks.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn json(&self, one: &Derivation) -> serde_json::Value {
        let steps: Vec<serde_json::Value> = one
            .steps
            .iter()
            .map(|step| {
                json!({
                    "stage": word(step.stage),
                    "rule": step.rule,
                    "before": step.before,
                    "after": step.after,
                    "reason": step.reason,
                })
            })
            .collect();
        let breaks: Vec<serde_json::Value> = one
            .breaks
            .iter()
            .map(|found| {
                // JSON has no NaN and no infinity.
                let number = |value: f32| match value.is_finite() {
                    true => json!(value),
                    false => json!(shown(value)),
                };
                let ulp = if found.ulp.is_finite() { json!(found.ulp) } else { serde_json::Value::Null };
                json!({
                    "x": found.x,
                    "textbook": number(found.textbook),
                    "exact": number(found.exact),
                    "ulp": ulp,
                })
            })
            .collect();
        json!({
            "function": self.left(one.output),
            "textbook": one.textbook,
            "steps": steps,
            "result": one.result,
            "computed": one.computed,
            "tried": one.tried,
            "broken": one.broken,
            "breaks": breaks,
        })
    }
}

fn title(stage: Stage) -> &'static str {
    match stage {
        Stage::Differentiate => "differentiate",
        Stage::Simplify => "recognise and simplify",
        Stage::Stabilise => "make it stable",
    }
}

fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Differentiate => "differentiate",
        Stage::Simplify => "simplify",
        Stage::Stabilise => "stabilise",
    }
}

fn rewriting(step: &DerivationStep) -> String {
    match (Typeset::of(&step.before), Typeset::of(&step.after)) {
        (Ok(before), Ok(after)) if step.stage == Stage::Differentiate => {
            format!(r"\left({}\right)' = {}", before.latex(), after.latex())
        }
        (Ok(before), Ok(after)) => format!(r"{} \;\to\; {}", before.latex(), after.latex()),
        _ => verbatim(&format!("{} -> {}", step.before, step.after)),
    }
}

/// What was tried, in words.
fn tried(one: &Derivation) -> String {
    match one.broken {
        0 => format!("the textbook form holds in f32: within {HOLDS} ULP at {} inputs", one.tried),
        broken => format!(
            "the textbook form in f32 is off by more than {HOLDS} ULP at {broken} of {} inputs",
            one.tried
        ),
    }
}

fn told(variable: &str, Break { x, textbook, exact, ulp }: &Break) -> String {
    let off = if ulp.is_finite() { format!(", {ulp} ULP off") } else { String::new() };
    format!(
        "at {variable} = {} it gives {}; the value is {}{off}",
        shown(*x),
        shown(*textbook),
        shown(*exact)
    )
}

fn shown(value: f32) -> String {
    if value.is_nan() { "NaN".into() } else { format!("{value:?}") }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Text for LaTeX outside of formulas.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '_' | '%' | '&' | '#' | '$' | '{' | '}' => escaped.extend(['\\', character]),
            '^' => escaped += r"\^{}",
            '\\' => escaped += r"\textbackslash{}",
            '|' => escaped += r"\textbar{}",
            '<' => escaped += r"\textless{}",
            '>' => escaped += r"\textgreater{}",
            other => escaped.push(other),
        }
    }
    escaped
}

/// A formula that is too long to be typeset.
fn verbatim(text: &str) -> String {
    format!(r"\texttt{{{}}}", escaped(text))
}
