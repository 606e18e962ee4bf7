//! `activation export`: a formula as source code of another language or framework.

use crate::args::{self, Arguments, assign, once, unknown_option};
use crate::data::put;
use crate::failure::Failure;
use crate::manual::{Group, STRICT, Value, Verb, field, opt};
use crate::subject::Subject;
use activation_export::{Arithmetic, Export, ExportError, Options, Target, export};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;

pub(super) const MANUAL: Verb = Verb {
    name: "export",
    operands: "WHAT --target T",
    completes: Value::Activation,
    summary: "as source code: C, NumPy, PyTorch, JAX, ONNX, and more",
    usage: &["export WHAT --target T [--output FILE] [OPTIONS]"],
    about: "Writes an activation as source code of another language or framework, in forms that keep \
            their digits.\n\nrust is a declaration for define_activation!; rust-plain has Rust \
            functions without dependencies, c is C99 with nothing but libm, and python is NumPy for \
            arrays of any shape: all three within 2 ULP in f64 and 1 ULP in f32. pytorch is a \
            torch.autograd.Function with double backward, and a module, whose learned parameters get \
            their gradients; jax has custom_jvp functions that can be differentiated twice. triton has \
            kernels, forward and backward, cuda kernels in double and float that are as exact as those \
            of C, wgsl functions in f32. latex has the equations, onnx is a model with f and its \
            derivatives as functions, and json has the programs, step by step.\n\nf, f', f'' and the \
            derivatives by learned parameters are all there. NaN gives NaN, an infinity the limit; at \
            a kink the derivative is that of the branch taken. A learned parameter becomes an argument \
            with its default, any other one a number.",
    groups: &[Group {
        title: "Options",
        options: &[
            opt(
                "target",
                Value::Words(&[
                    "rust",
                    "rust-plain",
                    "c",
                    "python",
                    "pytorch",
                    "jax",
                    "triton",
                    "cuda",
                    "wgsl",
                    "latex",
                    "onnx",
                    "json",
                ]),
                "the language or framework",
            ),
            opt(
                "output",
                Value::File("FILE"),
                "the file, which appears when it is complete; standard output otherwise",
            ),
            opt("set", Value::Text("NAME=VALUE"), "the value of a parameter, as often as needed"),
            opt(
                "dtype",
                Value::Words(&["f32", "f64"]),
                "the arithmetic of triton and onnx, f32 unless said otherwise",
            ),
            opt(
                "format",
                Value::Words(&["code", "json"]),
                "the code itself unless said otherwise; JSON is an object that has it as a string",
            ),
            STRICT,
        ],
    }],
    json: &[
        field("name", "string", "the name, or the formula"),
        field("target", "string", "as --target says it"),
        field("file_name", "string", "what a file of it would be called"),
        field("parameters", "array", "the parameters, in the order of declaration"),
        field("parameters[].name", "string", "its name"),
        field("parameters[].value", "number", "its value, or of a learned one its default"),
        field(
            "parameters[].learned",
            "boolean",
            "whether it is an argument; otherwise it is a number of the code",
        ),
        field("encoding", "string", "`utf-8`, or `base64` for the bytes of onnx"),
        field("contents", "string", "the whole file"),
    ],
    examples: &[
        "activation export gelu --target c --output gelu.c",
        "activation export 'Gate(x; learn k = 1.5) = x * sigmoid(k * x)' --target pytorch --output gate.py",
        "activation export leaky_relu --set slope=0.2 --target onnx --output leaky.onnx",
        "activation export mish --target wgsl --format json | jq -r .contents",
    ],
    run,
};

/// What is written.
#[derive(Clone, Copy, Default)]
enum Format {
    #[default]
    Code,
    Json,
}

const FORMATS: &[(&str, Format)] = &[("code", Format::Code), ("json", Format::Json)];

const TYPES: &[(&str, Arithmetic)] = &[("f32", Arithmetic::Single), ("f64", Arithmetic::Double)];

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let targets: Vec<(&str, Target)> = Target::ALL.iter().map(|&(name, target, _)| (name, target)).collect();
    let (mut target, mut output, mut arithmetic, mut format) = (None, None, None, None);
    let (mut values, mut strict) = (Vec::new(), false);
    let read = args::read(arguments, &MANUAL, |from, option| match option {
        "target" => once(&mut target, option, from.choice(option, &targets)?),
        "output" => once(&mut output, option, from.value(option, "FILE")?),
        "dtype" => once(&mut arithmetic, option, from.choice(option, TYPES)?),
        "format" => once(&mut format, option, from.choice(option, FORMATS)?),
        "set" => assign(&mut values, &from.text(option, "NAME=VALUE")?),
        "strict" => from.switch(option, &mut strict),
        _ => Err(unknown_option(option, &MANUAL)),
    })?;
    let Some(whats) = read else { return Ok(()) };
    let what = args::only(whats, &MANUAL, "gelu --target c")?;
    let Some(target) = target else {
        let names: Vec<&str> = targets.iter().map(|(name, _)| *name).collect();
        return Err(Failure::new(format!("export to what? Say `--target`: `{}`", names.join("`, `"))));
    };
    if arithmetic.is_some() && !target.has_choice_of_type() {
        return Err(Failure::new(
            "`--dtype` is for `triton` and `onnx`; code for other targets has both types, or the one that it can have",
        ));
    }
    let mut subject = Subject::find(&what)?;
    for (name, value) in &values {
        subject.set(name, *value)?;
    }
    subject.require_certificate(&what, strict)?;
    // Those that came with the name, and those of `--set`, at their defaults too.
    let mut exported = subject.changed();
    exported.retain(|(name, _)| values.iter().all(|(set, _)| set != name));
    exported.extend(values);
    let text = subject.declaration(&what);
    let options = Options {
        values: exported,
        arithmetic: arithmetic.unwrap_or_default(),
        docs: subject.description.docs.clone(),
        aliases: subject.description.aliases.clone(),
    };
    let export = export(&text, target, &options).map_err(|error| match error {
        ExportError::Formula(mistakes) => Failure::Formula(text.clone(), mistakes),
        other => Failure::new(other.to_string()),
    })?;
    let contents = match format.unwrap_or_default() {
        Format::Code => Cow::Borrowed(export.contents.as_slice()),
        Format::Json => {
            let name = targets.iter().find(|(_, known)| *known == target).map_or("", |(name, _)| name);
            Cow::Owned(json(&subject, &what, name, &export)?)
        }
    };
    let is_text = export.is_text || matches!(contents, Cow::Owned(_));
    Ok(put(output.as_deref().map(Path::new), &contents, is_text)?)
}

/// An export as data.
#[derive(Serialize)]
struct Whole<'a> {
    name: String,
    target: &'a str,
    file_name: &'a str,
    parameters: Vec<Parameter<'a>>,
    encoding: &'static str,
    contents: Cow<'a, str>,
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    value: f64,
    learned: bool,
}

/// Code is text in it, a model the text of its bytes.
fn json(subject: &Subject, what: &str, target: &str, export: &Export) -> Result<Vec<u8>, Failure> {
    let (encoding, contents) = match std::str::from_utf8(&export.contents) {
        Ok(text) if export.is_text => ("utf-8", Cow::Borrowed(text)),
        _ => ("base64", Cow::Owned(BASE64_STANDARD.encode(&export.contents))),
    };
    let parameters = subject
        .description
        .parameters
        .iter()
        .zip(subject.values())
        .map(|(one, value)| Parameter { name: &one.name, value, learned: one.learned })
        .collect();
    let name = subject.title(what);
    let whole = Whole { name, target, file_name: &export.file_name, parameters, encoding, contents };
    let mut text = serde_json::to_vec_pretty(&whole)
        .map_err(|error| Failure::new(format!("cannot write JSON: {error}")))?;
    text.push(b'\n');
    Ok(text)
}
