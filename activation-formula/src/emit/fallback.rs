//! What a failed declaration leaves behind: the type with its fields, so that the rest of the user's crate compiles
//! and the only errors are ours.

use super::item;
use crate::declaration::Declaration;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) fn activation(root: &TokenStream, declaration: &Declaration) -> TokenStream {
    let Declaration { name, visibility, .. } = declaration;
    // A name that is there twice has been reported; the field may be there once.
    let mut fields: Vec<&Ident> = Vec::new();
    for parameter in &declaration.parameters {
        if !fields.contains(&&parameter.name) {
            fields.push(&parameter.name);
        }
    }
    let serde = item::serde(root, declaration);
    let structure = if fields.is_empty() { quote!(;) } else { quote!({ #(pub #fields: f64),* }) };
    quote! {
        #[allow(missing_docs, dead_code, non_camel_case_types, reason = "the declaration has an error")]
        #[derive(Clone, Copy, Debug, PartialEq, Default)]
        #visibility struct #name #structure
        #[automatically_derived]
        impl #root::Activation for #name {
            const INFO: #root::Info = #root::Info::EMPTY;
            fn parameter(&self, _: usize) -> f64 { 0.0 }
            fn set_parameter(&mut self, _: usize, _: f64) {}
            fn forward_at<R: #root::Real>(&self, _value: R) -> R { _value }
            fn derivative_at<R: #root::Real>(&self, _value: R) -> R { _value }
            fn second_derivative_at<R: #root::Real>(&self, _value: R) -> R { _value }
            fn forward_with_derivative_at<R: #root::Real>(&self, _value: R) -> (R, R) { (_value, _value) }
            fn parameter_derivative_at<R: #root::Real>(&self, _: usize, _value: R) -> R { _value }
        }
        #serde
    }
}
