//! Rust: a declaration for `define_activation!`, and functions without dependencies.

use crate::c::plain_condition;
use crate::names::{camel_case, literal};
use crate::pairs;
use crate::runtime;
use crate::subject::{Function, Subject};
use crate::write::{Dialect, Operation, calls, program};
use activation_formula::{Choice, Program, Rounded};

pub(crate) fn declaration(subject: &Subject) -> String {
    let compiled = &subject.compiled;
    let mut text = String::from("use activation_core::define_activation;\n\ndefine_activation! {\n");
    for line in crate::names::comment(&subject.docs) {
        text += format!("    /// {line}").trim_end();
        text.push('\n');
    }
    let own: Vec<&String> = compiled.aliases.iter().collect();
    if !own.is_empty() {
        let names: Vec<&str> = own.iter().map(|alias| alias.as_str()).collect();
        text += &format!("    #[alias({})]\n", names.join(", "));
    }
    let parameters: Vec<String> = compiled
        .parameters
        .iter()
        .zip(&subject.values)
        .map(|(parameter, &value)| {
            let learn = if parameter.learned { "learn " } else { "" };
            let default =
                if value == parameter.default { parameter.default_text.clone() } else { literal(value) };
            let end = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
            let range = match parameter.range {
                (low, high) if low.is_finite() || high.is_finite() => {
                    format!(" in {}..{}", end(low), end(high))
                }
                _ => String::new(),
            };
            format!("{learn}{} = {default}{range}", parameter.name)
        })
        .collect();
    let separator = if parameters.is_empty() { "" } else { "; " };
    let name = camel_case(compiled.name());
    text + &format!(
        "    pub {name}({}{separator}{}) = {};\n}}\n",
        compiled.variable,
        parameters.join(", "),
        compiled.formula
    )
}

/// Plain doubles by the methods of `f64`.
struct Plain;

/// What `f64` calls otherwise.
const METHODS: &[(&str, &str)] = &[("expm1", "exp_m1"), ("log1p", "ln_1p"), ("pow", "powf")];

impl Dialect for Plain {
    fn number(&self, number: Rounded) -> String {
        format!("({}_f64)", literal(number.value))
    }

    fn negate(&self, a: &str) -> String {
        format!("-{a}")
    }

    fn binary(&self, operation: Operation, a: &str, b: &str) -> String {
        format!("{a} {} {b}", operation.symbol())
    }

    fn call(&self, function: &str, arguments: &[&str]) -> String {
        let name = METHODS.iter().find(|(ours, _)| *ours == function).map_or(function, |(_, theirs)| theirs);
        let (first, rest) = arguments.split_first().unwrap_or((&"x", &[]));
        format!("{first}.{name}({})", rest.join(", "))
    }

    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String {
        let symbol = if choice.or_equal { "<=" } else { "<" };
        if choice.guarded {
            let opposite = if choice.or_equal { "<" } else { "<=" };
            return format!(
                "if {left} {symbol} {right} {{ {then} }} else if {right} {opposite} {left} {{ {otherwise} }} else {{ f64::NAN }}"
            );
        }
        format!("if {left} {symbol} {right} {{ {then} }} else {{ {otherwise} }}")
    }

    fn define(&self, name: &str, value: &str) -> String {
        format!("let {name} = {value};")
    }
}

pub(crate) fn plain(subject: &Subject) -> String {
    let mut text = String::new();
    for line in subject.head() {
        text += format!("// {line}").trim_end();
        text.push('\n');
    }
    text += "//\n// Written by `activation export`: f64 within 2 ULP, f32 within 1 ULP.\n\n";
    let mut needed: Vec<String> = Vec::new();
    for function in &subject.functions {
        needed.extend(calls(&function.program));
    }
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    for function in &subject.functions {
        text += &one(subject, function);
    }
    text += "\n// The runtime: arithmetic in pairs of doubles.\n\n";
    // Not every function of a section is called.
    text += &runtime::RUST.sections(&needed).replace("\nfn ", "\n#[allow(dead_code)]\nfn ");
    let text = text.replace("P_FAR", &literal(2.0_f64.powi(crate::subject::FAR)));
    let text = text.replace("P_Pair", &format!("{}Pair", camel_case(&subject.name)));
    // Constants are in upper case, functions in lower case.
    text.replace("P_BITS", &format!("{}_BITS", subject.name.to_ascii_uppercase()))
        .replace("P_", &format!("{}_", subject.name.to_ascii_lowercase()))
}

fn one(subject: &Subject, function: &Function) -> String {
    let name = format!("activation_{}{}", subject.name.to_ascii_lowercase(), function.suffix);
    let suffix = &function.suffix;
    let names: Vec<&str> = subject.learned.iter().map(|one| one.name.as_str()).collect();
    let others: String = names.iter().map(|name| format!(", {name}")).collect();
    let arguments = |number: &str| {
        let learned: String = names.iter().map(|name| format!(", {name}: f64")).collect();
        format!("x: {number}{learned}")
    };

    let mut text =
        format!("/// {} in `f64`.\npub fn {name}({}) -> f64 {{\n", function.meaning, arguments("f64"));
    text += "    if x.is_nan() {\n        return x;\n    }\n";
    if function.is_partial {
        let forward = format!("activation_{}", subject.name.to_ascii_lowercase());
        text += &format!("    if {forward}(x{others}).is_nan() {{\n        return f64::NAN;\n    }}\n");
    }
    for (x, value) in &function.limits {
        let defaults: String = subject
            .learned
            .iter()
            .map(|one| format!(" && {} == {}", one.name, literal(one.default)))
            .collect();
        let value = match *value {
            f64::INFINITY => "f64::INFINITY".into(),
            f64::NEG_INFINITY => "f64::NEG_INFINITY".into(),
            value => literal(value),
        };
        text += &format!("    if x == {}{defaults} {{\n        return {value};\n    }}\n", literal(*x));
    }
    let edge = literal(function.edges[0]);
    text += &format!("    let value = P_at{suffix}(x{others});\n");
    text += &format!(
        "    if x.abs() > P_FAR || (value.is_nan() && x.abs() > {edge}) {{\n        let far = |size: f64| P_at{suffix}(size.copysign(x){others});\n        return P_far(x, {edge}, far({edge}), far(2.0 * {edge}), value);\n    }}\n"
    );
    text += "    value\n}\n\n";

    text +=
        &format!("/// {} in `f32`.\npub fn {name}_f32({}) -> f32 {{\n", function.meaning, arguments("f32"));
    text += "    let x = f64::from(x);\n";
    // There is no error function in the standard library.
    let has_error_function = calls(&function.program).iter().any(|name| name.starts_with("erf"));
    let condition = plain_condition(subject, function).filter(|_| !has_error_function);
    if let Some(condition) = &condition {
        let condition = condition.replace("x - x == 0.0", "x.is_finite()");
        text += &format!(
            "    if {condition} {{\n        let value = P_plain{suffix}(x{others});\n        if value.is_finite() {{\n            return value as f32;\n        }}\n    }}\n"
        );
    }
    text += &format!("    {name}(x{others}) as f32\n}}\n\n");

    let body = |program_: &Program, dialect: &dyn Dialect| program(program_, &subject.operands(), dialect);
    let unused =
        "#[allow(unused_variables, unused_parens, clippy::all, reason = \"written by a program\")]\n";
    let (lines, result) = body(&function.program, &pairs::RUST);
    let paired: String = names.iter().map(|name| format!("    let {name} = P_of({name});\n")).collect();
    text +=
        &format!("{unused}fn P_at{suffix}({}) -> f64 {{\n    let x = P_of(x);\n{paired}", arguments("f64"));
    for line in lines {
        text += &format!("    {line}\n");
    }
    text += &format!("    P_value({result})\n}}\n\n");
    if condition.is_some() {
        use activation_formula::Function::*;
        let natives = [Abs, Exp, Expm1, Ln, Log1p, Cbrt, Sinh, Cosh, Tanh, Atan, Sin, Cos];
        let (lines, result) = body(&crate::lower::lower(&function.program, &natives), &Plain);
        text += &format!("{unused}fn P_plain{suffix}({}) -> f64 {{\n", arguments("f64"));
        for line in lines {
            text += &format!("    {line}\n");
        }
        text += &format!("    {result}\n}}\n\n");
    }
    text
}
