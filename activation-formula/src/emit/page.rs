//! The page of an activation in `cargo doc`: what its author says, a picture, the formulas typeset, and what the compiler
//! knows about it.
//!
//! Only documentation needs more than the author's words and the formulas as text; it stands in `cfg_attr(doc, …)`, so that it
//! costs other builds a millisecond and nothing else.

mod facts;
mod picture;

use crate::compile::Compiled;
use crate::typeset::Typeset;
use activation_math::Output;
use proc_macro2::TokenStream;
use quote::quote;

/// The `#[doc]` attributes of the type.
pub(super) fn attributes(compiled: &Compiled) -> TokenStream {
    // The first line is what lists show.
    let words: Vec<String> = match compiled.docs.as_str() {
        "" => vec![format!(" `f({}) = {}`", compiled.variable, compiled.formula)],
        docs => docs.lines().map(|line| format!(" {line}")).collect(),
    };
    let drawn =
        format!("\n<div style=\"overflow-x:auto\">\n{}{}</div>\n", picture::svg(compiled), typeset(compiled));
    let text = text(compiled);
    let facts = facts::list(compiled);
    quote! {
        #(#[doc = #words])*
        #[cfg_attr(doc, doc = #drawn)]
        #(#[doc = #text])*
        #[cfg_attr(doc, doc = #facts)]
    }
}

/// f, f' and the derivatives by parameters as mathematics.
fn typeset(compiled: &Compiled) -> String {
    let names: Vec<&str> = compiled.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    texts(compiled)
        .filter_map(|(output, text)| {
            let formula = Typeset::of(text).ok()?.as_value_of(output, &compiled.variable, &names);
            // On the left, as everything around it; on a narrow page it scrolls by itself.
            Some(format!("<div style=\"width:max-content;margin:0.7em 0\">{}</div>\n", formula.mathml()))
        })
        .collect()
}

/// The same in the language, to copy from.
fn text(compiled: &Compiled) -> Vec<String> {
    let left = |output| match output {
        Output::Forward => format!("f({})  ", compiled.variable),
        Output::Derivative => format!("f'({}) ", compiled.variable),
        Output::SecondDerivative => format!("f''({})", compiled.variable),
        Output::ParameterDerivative(index) => format!("df/d{}", compiled.parameter_name(index)),
    };
    let lines = texts(compiled).map(|(output, text)| format!(" {} = {text}", left(output)));
    [String::new(), " ```text".into()].into_iter().chain(lines).chain([" ```".into()]).collect()
}

/// The functions that a page shows, with their texts.
fn texts(compiled: &Compiled) -> impl Iterator<Item = (Output, &str)> {
    let by_variable = [(Output::Forward, &compiled.formula), (Output::Derivative, &compiled.derivative)];
    let by_parameter = compiled.parameters.iter().enumerate();
    by_variable
        .into_iter()
        .chain(
            by_parameter
                .map(|(index, parameter)| (Output::ParameterDerivative(index), &parameter.derivative)),
        )
        .map(|(output, text)| (output, text.as_str()))
}
