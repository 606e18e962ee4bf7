//! WGSL: functions in `f32`, of the few that shaders have.

use crate::lower::lower;
use crate::subject::{Function, Subject};
use crate::write::{Dialect, Operation, program};
use activation_formula::{Choice, Rounded};

struct Shader;

/// What WGSL calls otherwise.
const NAMES: &[(&str, &str)] = &[("ln", "log")];

/// A number of `f32`: what is beyond its range is its largest one, since a shader cannot write an infinity.
fn single(value: f64) -> String {
    let narrow = (value as f32).clamp(f32::MIN, f32::MAX);
    let text = format!("{narrow:?}f");
    if narrow.is_sign_negative() { format!("({text})") } else { text }
}

/// A value that may be infinite, which a shader has only as bits that no compiler looks through.
fn limit(value: f64) -> String {
    let narrow = value as f32;
    if narrow.is_finite() {
        single(value)
    } else {
        format!("bitcast<f32>((bitcast<u32>(x) & 0u) | {:#x}u)", narrow.to_bits())
    }
}

impl Dialect for Shader {
    fn number(&self, number: Rounded) -> String {
        single(number.value)
    }

    fn negate(&self, a: &str) -> String {
        format!("-{a}")
    }

    fn binary(&self, operation: Operation, a: &str, b: &str) -> String {
        format!("{a} {} {b}", operation.symbol())
    }

    fn call(&self, function: &str, arguments: &[&str]) -> String {
        let name = NAMES.iter().find(|(ours, _)| *ours == function).map_or(function, |(_, theirs)| theirs);
        format!("{name}({})", arguments.join(", "))
    }

    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String {
        let symbol = if choice.or_equal { "<=" } else { "<" };
        format!("select({otherwise}, {then}, {left} {symbol} {right})")
    }

    fn define(&self, name: &str, value: &str) -> String {
        format!("let {name} = {value};")
    }
}

pub(crate) fn file(subject: &Subject) -> String {
    let mut text = String::new();
    for line in subject.head() {
        text += format!("// {line}").trim_end();
        text.push('\n');
    }
    text += "//\n// Written by `activation export`: in f32, with the functions of the graphics driver, whose exactness WGSL leaves open.\n\n";
    text += include_str!("../runtime/far.wgsl");
    for function in &subject.functions {
        text += &one(subject, function);
    }
    text.replace("P_", &format!("activation_{}_", subject.name))
}

fn one(subject: &Subject, function: &Function) -> String {
    use activation_formula::Function::*;
    let natives = [Abs, Exp, Ln, Atan, Sin, Cos];
    let suffix = &function.suffix;
    let learned: String = subject.learned.iter().map(|one| format!(", {}: f32", one.name)).collect();
    let others: String = subject.learned.iter().map(|one| format!(", {}", one.name)).collect();
    let (lines, result) = program(&lower(&function.program, &natives), &subject.operands(), &Shader);
    let mut text = format!("\nfn P_at{suffix}(x: f32{learned}) -> f32 {{\n");
    for line in lines {
        text += &format!("    {line}\n");
    }
    text += &format!("    return {result};\n}}\n");
    text += &format!(
        "\n// {}\nfn activation_{}{suffix}(x: f32{learned}) -> f32 {{\n",
        function.meaning, subject.name
    );
    text += "    if P_is_nan(x) {\n        return x;\n    }\n";
    for (x, value) in &function.limits {
        let usual: String = subject
            .learned
            .iter()
            .map(|one| format!(" && {} == {}", one.name, single(one.default)))
            .collect();
        let there = match *x {
            f64::INFINITY => format!("x > {}", single(f64::INFINITY)),
            f64::NEG_INFINITY => format!("x < {}", single(f64::NEG_INFINITY)),
            x => format!("x == {}", single(x)),
        };
        text += &format!("    if {there}{usual} {{\n        return {};\n    }}\n", limit(*value));
    }
    if function.is_partial {
        text += &format!(
            "    let start = P_at(x{others});\n    if P_is_nan(start) {{\n        return start;\n    }}\n"
        );
    }
    let edge = single(function.edges[1]);
    text += &format!(
        "    let direct = P_at{suffix}(x{others});\n    if abs(x) > 2147483648.0f || (P_is_nan(direct) && abs(x) > {edge}) {{\n        let edge = select({edge}, -{edge}, x < 0.0f);\n        return P_far(x, abs(edge), P_at{suffix}(edge{others}), P_at{suffix}(2.0f * edge{others}), direct);\n    }}\n    return direct;\n}}\n"
    );
    text
}
