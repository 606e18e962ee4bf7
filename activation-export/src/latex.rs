//! The equations, for a paper.

use crate::names::comment;
use crate::subject::Subject;
use activation_formula::Typeset;
use activation_math::Output;

pub(crate) fn file(subject: &Subject) -> String {
    let compiled = &subject.compiled;
    let mut text = String::new();
    for line in comment(&subject.docs) {
        text += format!("% {line}").trim_end();
        text.push('\n');
    }
    text += "% Needs amsmath.\n";
    let parameters: Vec<&str> = compiled.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let own = [
        (Output::Forward, &compiled.formula),
        (Output::Derivative, &compiled.derivative),
        (Output::SecondDerivative, &compiled.second_derivative),
    ];
    let by_parameter = compiled
        .parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| (Output::ParameterDerivative(index), &parameter.derivative));
    for (output, formula) in own.into_iter().chain(by_parameter) {
        let equation = match Typeset::of(formula) {
            Ok(typeset) => typeset.as_value_of(output, &compiled.variable, &parameters).latex(),
            // A formula that is too long to be read back is none that anyone would print.
            Err(_) => format!(r"\text{{(a formula of {} characters)}}", formula.len()),
        };
        text += &format!("\\[\n{equation}\n\\]\n");
    }
    text
}
