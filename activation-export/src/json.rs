//! The programs as data: for readers that write code of their own.

use crate::subject::{Function, Subject};
use activation_formula::Step;
use serde_json::{Value, json};

pub(crate) fn file(subject: &Subject) -> String {
    let compiled = &subject.compiled;
    let parameters: Vec<Value> = compiled
        .parameters
        .iter()
        .zip(&subject.values)
        .map(|(parameter, &value)| json!({"name": parameter.name, "learned": parameter.learned, "value": value}))
        .collect();
    let functions: Vec<Value> = subject.all().map(function).collect();
    let whole = json!({
        "name": compiled.name(),
        "variable": compiled.variable,
        "formula": compiled.formula,
        "parameters": parameters,
        "functions": functions,
    });
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

fn function(function: &Function) -> Value {
    let steps: Vec<Value> = function.program.steps.iter().map(step).collect();
    json!({
        "name": format!("f{}", function.suffix),
        "meaning": function.meaning,
        "steps": steps,
        "result": function.program.outputs.first(),
        "careful": function.careful.iter().map(|&(low, high)| json!([low, high])).collect::<Vec<_>>(),
    })
}

fn step(step: &Step) -> Value {
    match *step {
        Step::Variable => json!({"do": "variable"}),
        Step::Parameter(index) => json!({"do": "parameter", "index": index}),
        Step::Number(number) => json!({"do": "number", "value": number.value, "rest": number.rest}),
        Step::Negate(a) => json!({"do": "negate", "of": [a]}),
        Step::Add(a, b) => json!({"do": "add", "of": [a, b]}),
        Step::Subtract(a, b) => json!({"do": "subtract", "of": [a, b]}),
        Step::Multiply(a, b) => json!({"do": "multiply", "of": [a, b]}),
        Step::Divide(a, b) => json!({"do": "divide", "of": [a, b]}),
        Step::Whole(a, exponent) => json!({"do": "whole power", "of": [a], "exponent": exponent}),
        Step::Sqrt(a) => json!({"do": "sqrt", "of": [a]}),
        Step::Power(a, b) => json!({"do": "power", "of": [a, b]}),
        Step::Call(function, a) => json!({"do": function.to_string(), "of": [a]}),
        Step::Min(a, b) => json!({"do": "min", "of": [a, b]}),
        Step::Max(a, b) => json!({"do": "max", "of": [a, b]}),
        Step::Select(choice) => json!({
            "do": if choice.or_equal { "if less or equal" } else { "if less" },
            "of": [choice.left, choice.right, choice.then, choice.otherwise],
        }),
    }
}
