//! The procedural macro behind `activation_core::define_activation!`.
//!
//! Not called directly: the `macro_rules!` wrapper in `activation-core` passes the crate's own path along.

use proc_macro::TokenStream;

/// Formulas to forward, derivative and test code.
#[proc_macro]
pub fn define_activation(tokens: TokenStream) -> TokenStream {
    activation_formula::define(tokens.into()).into()
}
