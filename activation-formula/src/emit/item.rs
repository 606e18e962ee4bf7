//! One activation: its type, its data, its functions, its tests.

use super::{body, local, number, page};
use crate::compile::{Compiled, CompiledParameter};
use crate::declaration::{Declaration, snake_case};
use crate::in_single::{InSingle, in_single};
use crate::program::Program;
use crate::watch::Arithmetic;
use activation_math::{Output, Watched};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Attribute;
use syn::parse::Parser;

mod textbook;

pub(super) fn activation(root: &TokenStream, declaration: &Declaration, compiled: &Compiled) -> TokenStream {
    let structure = structure(declaration, compiled);
    let implementation = implementation(root, declaration, compiled);
    let (serde, tests) = (serde(root, declaration), tests(root, declaration));
    quote!(#structure #implementation #serde #tests)
}

/// Its text form, if the author has not derived another one.
pub(super) fn serde(root: &TokenStream, declaration: &Declaration) -> Option<TokenStream> {
    let Declaration { name, attributes, .. } = declaration;
    let derives = conditions(attributes, &["derive"]).to_string();
    let is_derived = derives
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| matches!(word, "Serialize" | "Deserialize"));
    // On a macro call `allow` means nothing.
    let conditions = conditions(attributes, &["cfg"]);
    (!is_derived).then(|| quote!(#conditions #root::activation_serde! { #name }))
}

/// The type, with its parameters as public fields and the formulas in its documentation.
fn structure(declaration: &Declaration, compiled: &Compiled) -> TokenStream {
    let Declaration { name, visibility, attributes, .. } = declaration;
    let docs = page::attributes(compiled);
    let fields: Vec<&Ident> = field_names(declaration);
    if fields.is_empty() {
        return quote! {
            #docs
            #attributes
            #[derive(Clone, Copy, Debug, Default, PartialEq)]
            #visibility struct #name;
        };
    }
    let field_docs = compiled.parameters.iter().map(field_doc);
    let defaults = compiled.parameters.iter().map(|parameter| number(parameter.default));
    let (lints, conditions) = (lints(), conditions(attributes, &["cfg", "allow"]));
    quote! {
        #docs
        #attributes
        #[derive(Clone, Copy, Debug, PartialEq)]
        #visibility struct #name {
            #(#[doc = #field_docs] pub #fields: f64,)*
        }
        #conditions
        #[automatically_derived]
        #lints
        impl ::core::default::Default for #name {
            fn default() -> Self {
                #name { #(#fields: #defaults),* }
            }
        }
    }
}

/// The author's attributes of the given names, which must hold for everything that is generated, not for the type alone.
fn conditions(attributes: &TokenStream, names: &[&str]) -> TokenStream {
    let attributes = Attribute::parse_outer.parse2(attributes.clone()).unwrap_or_default();
    let general =
        attributes.iter().filter(|attribute| names.iter().any(|name| attribute.path().is_ident(name)));
    quote!(#(#general)*)
}

/// What a user's lints have no say in: code that nobody wrote.
fn lints() -> TokenStream {
    quote! {
        #[allow(
            clippy::all, clippy::pedantic, clippy::nursery, deprecated, unused_variables, non_snake_case,
            reason = "generated; names and numbers are the author's"
        )]
    }
}

fn field_names(declaration: &Declaration) -> Vec<&Ident> {
    declaration.parameters.iter().map(|parameter| &parameter.name).collect()
}

fn field_doc(parameter: &CompiledParameter) -> String {
    let mut doc = String::new();
    if !parameter.docs.is_empty() {
        doc += &format!(" {}\n\n", parameter.docs);
    }
    doc += &format!(
        " {}, {} by default",
        if parameter.learned { "Learned" } else { "Fixed" },
        parameter.default_text
    );
    let (low, high) = parameter.range;
    match (low.is_finite(), high.is_finite()) {
        (true, true) => doc += &format!("; from {low} to {high}"),
        (true, false) => doc += &format!("; at least {low}"),
        (false, true) => doc += &format!("; at most {high}"),
        (false, false) => {}
    }
    doc + "."
}

fn implementation(root: &TokenStream, declaration: &Declaration, compiled: &Compiled) -> TokenStream {
    let Declaration { name, variable, attributes, .. } = declaration;
    let fields = field_names(declaration);
    let programs = &compiled.programs;
    let (info, lints, conditions) =
        (info(root, compiled), lints(), conditions(attributes, &["cfg", "allow"]));
    let function = |program: &Program| body::body(program, variable, &fields);
    let local_variable = local(variable);
    let mut single = programs.single.iter().map(function);
    let [forward, derivative, second_derivative] = [(); 3].map(|()| single.next().unwrap_or_default());
    let by_parameter = single;
    let both = function(&programs.forward_and_derivative);
    let numbers: Vec<Literal> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    // Mixed-site: the author may have called the variable or a parameter the same.
    let index = Ident::new("index", Span::mixed_site());
    let careful = careful(root, compiled);
    let single_arithmetic = single_arithmetic(root, compiled, &fields);
    let plain_double = plain_double(root, compiled);
    let watched = watched(root, compiled);
    quote! {
        #conditions
        #[automatically_derived]
        #lints
        impl #root::Activation for #name {
            const INFO: #root::Info = #info;
            #watched
            fn parameter(&self, #index: usize) -> f64 {
                match #index {
                    #(#numbers => self.#fields,)*
                    _ => #root::no_such_parameter(&Self::INFO, #index),
                }
            }
            fn set_parameter(&mut self, #index: usize, value: f64) {
                match #index {
                    #(#numbers => self.#fields = value,)*
                    _ => { #root::no_such_parameter(&Self::INFO, #index); }
                }
            }
            #careful
            #single_arithmetic
            #plain_double
            #[inline(always)]
            fn forward_at<R: #root::Real>(&self, #local_variable: R) -> R { #forward }
            #[inline(always)]
            fn derivative_at<R: #root::Real>(&self, #local_variable: R) -> R { #derivative }
            #[inline(always)]
            fn second_derivative_at<R: #root::Real>(&self, #local_variable: R) -> R { #second_derivative }
            #[inline(always)]
            fn forward_with_derivative_at<R: #root::Real>(&self, #local_variable: R) -> (R, R) { #both }
            #[inline(always)]
            fn parameter_derivative_at<R: #root::Real>(&self, #index: usize, #local_variable: R) -> R {
                match #index {
                    #(#numbers => { #by_parameter })*
                    _ => #local_variable.literal(#root::no_such_parameter(&Self::INFO, #index)),
                }
            }
        }
    }
}

/// What the certificate says: where and for which parameters plain arithmetic is not enough.
fn careful(root: &TokenStream, compiled: &Compiled) -> TokenStream {
    let (mut arms, mut moving) = (TokenStream::new(), Vec::new());
    for output in Output::all(compiled.parameters.len()) {
        let pattern = pattern(root, output);
        let intervals = compiled.careful(output);
        if !intervals.is_empty() {
            let ends = intervals.iter().map(|&(low, high)| {
                let [low, high] = [low, high].map(number);
                quote!((#low, #high))
            });
            arms.extend(quote!(#pattern => &[#(#ends),*],));
        }
        let elsewhere = compiled.certificate(output).is_some_and(|certificate| certificate.elsewhere);
        if !compiled.parameters.is_empty() && !elsewhere {
            moving.push(pattern);
        }
    }
    let partial = compiled.partial.then(|| {
        quote!(
            const PARTIAL: bool = true;
        )
    });
    let careful = (!arms.is_empty()).then(|| {
        quote! {
            #[inline]
            fn careful(output: #root::Output) -> &'static [#root::Interval] {
                match output {
                    #arms
                    _ => &[],
                }
            }
        }
    });
    let certified = (!moving.is_empty()).then(|| {
        quote! {
            #[inline]
            fn is_certified(&self, output: #root::Output) -> bool {
                *self == Self::default() || !matches!(output, #(#moving)|*)
            }
        }
    });
    quote!(#partial #careful #certified)
}

/// What has to be watched, unless it is everything.
fn watched(root: &TokenStream, compiled: &Compiled) -> Option<TokenStream> {
    let known = [Output::Forward, Output::Derivative]
        .map(|output| Arithmetic::ALL.map(|arithmetic| compiled.watched(output, arithmetic)));
    let [forward, derivative] = known.map(|each| {
        let each = each.map(|Watched { by_default, otherwise }| {
            let [by_default, otherwise] =
                [by_default, otherwise].map(|watch| Ident::new(&format!("{watch:?}"), Span::call_site()));
            quote!(#root::Watched { by_default: #root::Watch::#by_default, otherwise: #root::Watch::#otherwise })
        });
        quote!([#(#each),*])
    });
    (known != [[Watched::UNKNOWN; 2]; 2])
        .then(|| quote!(const WATCHED: [[#root::Watched; 2]; 2] = [#forward, #derivative];))
}

/// Which functions `f32` arithmetic computes as exactly as any.
fn single_arithmetic(root: &TokenStream, compiled: &Compiled, fields: &[&Ident]) -> Option<TokenStream> {
    let arms: Vec<TokenStream> = Output::all(compiled.parameters.len())
        .zip(&compiled.programs.single)
        .filter_map(|(output, program)| {
            let (found, parameters) = in_single(program);
            let arithmetic = match found {
                InSingle::Rough => return None,
                InSingle::RoundedOnce => quote!(RoundedOnce),
                InSingle::Exact => quote!(Exact),
            };
            let conditions: Vec<TokenStream> = parameters
                .iter()
                .map(|&index| &fields[index])
                .map(|field| quote!(#root::is_single(self.#field)))
                .collect();
            let guard = (!conditions.is_empty()).then(|| quote!(if #(#conditions)&&*));
            let pattern = pattern(root, output);
            Some(quote!(#pattern #guard => #root::SingleArithmetic::#arithmetic,))
        })
        .collect();
    (!arms.is_empty()).then(|| {
        quote! {
            #[inline]
            fn single_arithmetic(&self, output: #root::Output) -> #root::SingleArithmetic {
                match output {
                    #(#arms)*
                    _ => #root::SingleArithmetic::Rough,
                }
            }
        }
    })
}

/// Which functions plain `f64` arithmetic computes exactly enough for `f64`.
fn plain_double(root: &TokenStream, compiled: &Compiled) -> Option<TokenStream> {
    let plain: Vec<TokenStream> = Output::all(compiled.parameters.len())
        .filter(|&output| compiled.is_plain_in_double(output))
        .map(|output| pattern(root, output))
        .collect();
    (!plain.is_empty()).then(|| {
        quote! {
            #[inline]
            fn is_plain_double(&self, output: #root::Output) -> bool {
                matches!(output, #(#plain)|*)
            }
        }
    })
}

/// An output as a pattern.
fn pattern(root: &TokenStream, output: Output) -> TokenStream {
    match output {
        Output::Forward => quote!(#root::Output::Forward),
        Output::Derivative => quote!(#root::Output::Derivative),
        Output::SecondDerivative => quote!(#root::Output::SecondDerivative),
        Output::ParameterDerivative(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote!(#root::Output::ParameterDerivative(#index))
        }
    }
}

fn info(root: &TokenStream, compiled: &Compiled) -> TokenStream {
    let Compiled { formula, derivative, second_derivative, aliases, docs, variable, .. } = compiled;
    let name = compiled.name();
    let parameters = compiled.parameters.iter().map(|parameter| {
        let CompiledParameter { name, docs, learned, default_text, derivative, .. } = parameter;
        let (default, low, high) =
            (number(parameter.default), number(parameter.range.0), number(parameter.range.1));
        quote! {
            #root::ParameterInfo {
                name: #name, docs: #docs, learned: #learned, default: #default, default_text: #default_text,
                range: (#low, #high), derivative: #derivative,
            }
        }
    });
    quote! {
        #root::Info {
            name: #name,
            aliases: &[#(#aliases),*],
            docs: #docs,
            variable: #variable,
            formula: #formula,
            derivative: #derivative,
            second_derivative: #second_derivative,
            parameters: &[#(#parameters),*],
        }
    }
}

/// The tests: the formula as written, for the oracle, and lines that hand it to the library's checks.
///
/// Items, not a module: a module could not see an activation that is defined inside a function.
fn tests(root: &TokenStream, declaration: &Declaration) -> TokenStream {
    let Declaration { name, variable, body, attributes, .. } = declaration;
    // On a macro call `allow` means nothing.
    let conditions = conditions(attributes, &["cfg"]);
    let local_variable = local(variable);
    let as_written = format_ident!("{}AsWritten", name);
    let snake = snake_case(&name.to_string());
    let test = |what: &str| format_ident!("{snake}_{what}");
    let names = [
        test("forward_is_the_formula"),
        test("derivative_is_its_slope"),
        test("second_derivative_is_the_slopes_slope"),
        test("parameter_derivatives_are_its_slopes"),
        test("special_values_and_limits"),
        test("slices_equal_scalars"),
    ];
    let parameters: Vec<Ident> = field_names(declaration).into_iter().map(local).collect();
    let numbers: Vec<Literal> = (0..parameters.len()).map(Literal::usize_unsuffixed).collect();
    let values = Ident::new("values", Span::mixed_site());
    let formula = textbook::expression(body, variable);
    let unchecked = declaration.unchecked.then(|| quote!(; unchecked));
    quote! {
        #conditions
        #[cfg(test)]
        #root::activation_tests! {
            #name, #as_written, [#(#names),* #unchecked],
            fn at<R: #root::Real>(&self, #local_variable: R, #values: &[R]) -> R {
                #(let #parameters = #values[#numbers];)*
                #formula
            }
        }
    }
}
