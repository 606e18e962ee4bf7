//! C99: `double` in double-double arithmetic, `float` in plain `double` where that is certified.

use crate::lower::{OF_LIBM, lower};
use crate::names::literal;
use crate::pairs;
use crate::runtime;
use crate::subject::{Function, Subject};
use crate::write::{Dialect, Operation, calls, program};
use activation_formula::{Choice, Rounded};

/// Functions in plain doubles, of libm and of a few of our own.
struct Plain;

/// What libm calls otherwise.
const LIBM: &[(&str, &str)] = &[("abs", "fabs"), ("ln", "log")];

impl Dialect for Plain {
    fn number(&self, number: Rounded) -> String {
        let text = literal(number.value);
        if number.value.is_sign_negative() { format!("({text})") } else { text }
    }

    fn negate(&self, a: &str) -> String {
        format!("-{a}")
    }

    fn binary(&self, operation: Operation, a: &str, b: &str) -> String {
        format!("{a} {} {b}", operation.symbol())
    }

    fn call(&self, function: &str, arguments: &[&str]) -> String {
        let name = LIBM.iter().find(|(ours, _)| *ours == function).map_or(function, |(_, theirs)| theirs);
        format!("{name}({})", arguments.join(", "))
    }

    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String {
        let symbol = if choice.or_equal { "<=" } else { "<" };
        if choice.guarded {
            let opposite = if choice.or_equal { "<" } else { "<=" };
            return format!(
                "{left} {symbol} {right} ? {then} : {right} {opposite} {left} ? {otherwise} : {left} + {right}"
            );
        }
        format!("{left} {symbol} {right} ? {then} : {otherwise}")
    }

    fn define(&self, name: &str, value: &str) -> String {
        format!("double {name} = {value};")
    }
}

/// How functions are qualified: in C and in CUDA.
pub(crate) struct Qualifiers {
    pub(crate) inner: &'static str,
    pub(crate) outer: &'static str,
    pub(crate) table: &'static str,
}

pub(crate) fn file(subject: &Subject) -> String {
    let mut text = head(subject);
    text += "\n#include <math.h>\n\n#if defined(__FAST_MATH__)\n#error \"needs arithmetic as IEEE 754 has it: compile without -ffast-math\"\n#endif\n\n";
    text += "/* These take x and the learned parameters, which are double in both. NaN gives NaN, an infinity the limit. Link with -lm. */\n";
    for function in &subject.functions {
        text += &format!("double {};\n", signature(subject, function, "", "double"));
        text += &format!("float {};\n", signature(subject, function, "_f32", "float"));
    }
    text + "\n" + &functions(subject, &Qualifiers { inner: "static inline ", outer: "", table: "" })
}

pub(crate) fn head(subject: &Subject) -> String {
    let mut text = format!("/* activation_{}\n *\n", subject.name);
    for line in subject.head() {
        text += format!(" * {line}").trim_end();
        text.push('\n');
    }
    text += " *\n * Written by `activation export`: double within 2 ULP, float within 1 ULP. */\n";
    text
}

/// The runtime and the functions, without what differs between C and CUDA.
pub(crate) fn functions(subject: &Subject, qualifiers: &Qualifiers) -> String {
    let mut needed: Vec<String> = Vec::new();
    for function in &subject.functions {
        needed.extend(calls(&function.program));
    }
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    let mut text = runtime::C.sections(&needed);
    for function in &subject.functions {
        text += &one(subject, function);
    }
    named(text, subject, qualifiers)
}

/// Names of the runtime are those of this activation, so that several may be in one file.
pub(crate) fn named(text: String, subject: &Subject, qualifiers: &Qualifiers) -> String {
    text.replace("P_FAR", &literal(2.0_f64.powi(crate::subject::FAR)))
        .replace("P_", &format!("activation_{}_", subject.name))
        .replace("FN ", qualifiers.inner)
        .replace("OUT ", qualifiers.outer)
        .replace("TABLE ", qualifiers.table)
}

/// `activation_swish_derivative_f32(float x, float beta)`
pub(crate) fn signature(subject: &Subject, function: &Function, ending: &str, number: &str) -> String {
    let mut arguments = format!("{number} x");
    for one in &subject.learned {
        arguments += &format!(", double {}", one.name);
    }
    format!("activation_{}{}{ending}({arguments})", subject.name, function.suffix)
}

fn one(subject: &Subject, function: &Function) -> String {
    let suffix = &function.suffix;
    let names: Vec<&str> = subject.learned.iter().map(|one| one.name.as_str()).collect();
    let others: String = names.iter().map(|name| format!(", {name}")).collect();
    let arguments: String = names.iter().map(|name| format!(", double {name}")).collect();
    let wide: String = names.iter().map(|name| format!(", double {name}_in")).collect();

    let (lines, result) = program(&function.program, &subject.operands(), &pairs::C);
    let mut text = format!("\nFN double P_at{suffix}(double x_in{wide}) {{\n");
    text += "    P_pair x = P_of(x_in, 0.0);\n";
    for name in &names {
        text += &format!("    P_pair {name} = P_of({name}_in, 0.0);\n");
    }
    let unused: String = names.iter().map(|name| format!("(void){name}; ")).collect();
    text += &format!("    (void)x; {unused}\n").replace(" \n", "\n");
    for line in lines {
        text += &format!("    {line}\n");
    }
    text += &format!("    return P_value({result});\n}}\n");

    text += &format!("\n/* {} */\n", function.meaning);
    text +=
        &format!("OUT double {} {{\n    if (x != x) return x;\n", signature(subject, function, "", "double"));
    if function.is_partial {
        text += &format!(
            "    if (activation_{name}(x{others}) != activation_{name}(x{others})) return NAN;\n",
            name = subject.name
        );
    }
    for (x, value) in &function.limits {
        let defaults: String = subject
            .learned
            .iter()
            .map(|one| format!(" && {} == {}", one.name, literal(one.default)))
            .collect();
        text += &format!("    if (x == {}{defaults}) return {};\n", literal(*x), number(*value));
    }
    let [edge, doubled] = [1.0, 2.0].map(|factor| literal(factor * function.edges[0]));
    text += &format!("    double value = P_at{suffix}(x{others});\n");
    text += &format!(
        "    if (fabs(x) > P_FAR || (value != value && fabs(x) > {edge}))\n        return P_far(x, {edge}, P_at{suffix}(copysign({edge}, x){others}), P_at{suffix}(copysign({doubled}, x){others}), value);\n"
    );
    text += "    return value;\n}\n";

    let conditions = plain_condition(subject, function);
    if conditions.is_some() {
        let (lines, result) = program(&lowered(function), &subject.operands(), &Plain);
        text += &format!("\nFN double P_plain{suffix}(double x{arguments}) {{\n");
        text += &format!("    (void)x; {unused}\n").replace(" \n", "\n");
        for line in lines {
            text += &format!("    {line}\n");
        }
        text += &format!("    return {result};\n}}\n");
    }
    text += &format!(
        "\n/* What a shorter result is rounded from. */\nFN double P_single{suffix}(double x{arguments}) {{\n"
    );
    if let Some(condition) = conditions {
        text += &format!(
            "    if ({condition}) {{\n        double value = P_plain{suffix}(x{others});\n        if (value - value == 0.0) return value;\n    }}\n"
        );
    }
    let name = &subject.name;
    text += &format!("    return activation_{name}{suffix}(x{others});\n}}\n");
    let signature = signature(subject, function, "_f32", "float");
    text + &format!("\nOUT float {signature} {{\n    return (float)P_single{suffix}(x{others});\n}}\n")
}

/// What libm has, for results that are rounded to `float`.
fn lowered(function: &Function) -> activation_formula::Program {
    lower(&function.program, OF_LIBM)
}

/// Where plain arithmetic does for a `float`, in terms of C, Rust and CUDA; `None` where it never does.
pub(crate) fn plain_condition(subject: &Subject, function: &Function) -> Option<String> {
    if !function.is_certified || function.is_partial {
        return None;
    }
    let mut conditions = Vec::new();
    for (low, high) in &function.careful {
        conditions.push(format!("!({} <= x && x <= {})", literal(*low), literal(*high)));
    }
    if !function.elsewhere {
        for one in &subject.learned {
            let default = subject.compiled.parameters[one.index].default;
            conditions.push(format!("{} == {}", one.name, literal(default)));
        }
    }
    // An infinity fails the last one, a NaN all of them.
    conditions.push("x - x == 0.0".into());
    Some(conditions.join(" && "))
}

fn number(value: f64) -> String {
    match value {
        f64::INFINITY => "INFINITY".into(),
        f64::NEG_INFINITY => "-INFINITY".into(),
        _ => literal(value),
    }
}
