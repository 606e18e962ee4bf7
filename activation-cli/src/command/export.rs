//! `activation export`: a formula as source code of another language or framework.

use super::inquiry::add_assignment;
use super::{help, version};
use crate::args::{Argument, Arguments, once, unknown_option, utf8};
use crate::data::{Output, excerpt};
use crate::failure::Failure;
use crate::manual::{Group, Value, Verb, opt};
use crate::subject::Subject;
use activation_export::{Arithmetic, ExportError, Options, Target, export};
use std::ffi::OsString;
use std::path::Path;

pub(super) const MANUAL: Verb = Verb {
    name: "export",
    operands: "WHAT --target T",
    completes: Value::Activation,
    summary: "as source code: C, NumPy, PyTorch, JAX, ONNX, and more",
    usage: &["export WHAT --target T [--output FILE] [--set NAME=VALUE]... [--dtype f32|f64]"],
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
        ],
    }],
    json: &[],
    examples: &[
        "activation export gelu --target c --output gelu.c",
        "activation export 'Gate(x; learn k = 1.5) = x * sigmoid(k * x)' --target pytorch --output gate.py",
        "activation export leaky_relu --set slope=0.2 --target onnx --output leaky.onnx",
    ],
    run,
};

const TYPES: &[(&str, Arithmetic)] = &[("f32", Arithmetic::Single), ("f64", Arithmetic::Double)];

pub(super) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let targets: Vec<(&str, Target)> = Target::ALL.iter().map(|&(name, target, _)| (name, target)).collect();
    let (mut what, mut target, mut output, mut arithmetic) = (None, None, None, None);
    let mut values: Vec<(String, f64)> = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(&MANUAL)),
                "version" => return arguments.flag(&option).and_then(|()| version()),
                "target" => once(&mut target, &option, arguments.choice(&option, &targets)?)?,
                "output" => once(&mut output, &option, arguments.value(&option, "FILE")?)?,
                "dtype" => once(&mut arithmetic, &option, arguments.choice(&option, TYPES)?)?,
                "set" => add_assignment(&mut values, &arguments.text(&option, "NAME=VALUE")?)?,
                _ => return Err(unknown_option(&option, &MANUAL)),
            },
            Argument::Value(value) => {
                let value = utf8(value)?;
                if what.is_some() {
                    return Err(Failure::new(format!(
                        "`export` takes one name or formula, and {} is more; a formula stands in quotes: 'x * tanh(x)'",
                        excerpt(&value)
                    )));
                }
                what = Some(value);
            }
        }
    }
    let Some(what) = what else {
        return Err(Failure::new(
            "export what? Give a name or a formula: `activation export gelu --target c`",
        ));
    };
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
    subject.require_certificate(&what, false)?;
    let text = subject.declaration(&what);
    let options = Options {
        values,
        arithmetic: arithmetic.unwrap_or_default(),
        docs: subject.description.docs.clone(),
        aliases: subject.description.aliases.clone(),
    };
    let export = export(&text, target, &options).map_err(|error| match error {
        ExportError::Formula(mistakes) => Failure::Formula(text.clone(), mistakes),
        other => Failure::new(other.to_string()),
    })?;
    write(&export.contents, export.is_text, output)
}

fn write(contents: &[u8], is_text: bool, output: Option<OsString>) -> Result<(), Failure> {
    let path = output.as_deref().map(Path::new);
    let opened = if is_text { Output::open(path) } else { Output::open_binary(path) };
    let written = opened.and_then(|mut output| {
        output.write(contents)?;
        output.finish()
    });
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.is_broken_pipe() => Ok(()),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(()),
    }
}
