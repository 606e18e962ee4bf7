//! The compiler of `activation`: formula text or tokens in; derivatives, programs and Rust code out.
//!
//! One formula's way through, one stage a module, nothing imports backwards:
//!
//! ```text
//! tokens -parse-> Declaration -resolve-> Formula -recognise-> f -differentiate, recognise-> f', f'', df/dparameter
//!        -program-> Program (shared terms once) -emit-> Rust tokens          (the macro)
//!                                               -evaluate-> numbers          (the command line)
//!                                               -print-> text
//! ```
//!
//! [`compile`] goes that way for text, [`define`] for the tokens of `define_activation!`.

mod as_written;
mod blocks;
mod certify;
mod choose;
mod compile;
mod constant;
mod declaration;
mod derivation;
mod differentiate;
mod distribution;
mod emit;
mod error;
mod evaluate;
mod function;
mod graph;
mod in_double;
mod in_single;
mod mixed;
mod normal;
mod parse;
mod print;
mod program;
mod rational;
mod recognise;
mod resolve;
mod simplify;
mod source;
mod stabilise;
mod suggest;
mod symmetry;
mod tails;
mod tokens;
mod typeset;
mod watch;

pub use as_written::AsWritten;
pub use certify::{Certificate, in_words};
pub use compile::{Compiled, CompiledParameter, Timing};
pub use constant::Rounded;
pub use derivation::{Break, Derivation, DerivationStep, HOLDS, Stage, derivation};
pub use differentiate::DerivativeTable;
pub use emit::define;
pub use function::{CONSTANTS, Function, NAMES, Name};
pub use mixed::{MixedDerivative, mixed_derivatives};
pub use program::{Choice, Program, Slot, Step};
pub use source::Diagnostic;
pub use suggest::nearest;
pub use typeset::Typeset;

use error::Mistakes;

/// Compiles a formula (`x * tanh(x)`; its one free name is the variable) or a declaration
/// (`Bump(x; k = 2) = exp(-k * x^2)`).
///
/// # Errors
///
/// Everything that is wrong with the text, each mistake with the bytes concerned and the cure.
pub fn compile(text: &str) -> Result<Compiled, Vec<Diagnostic>> {
    compile_with(text, differentiate::TABLE)
}

/// Like [`compile`], with another table of derivatives: for tests that break one on purpose.
///
/// # Errors
///
/// As [`compile`].
pub fn compile_with(text: &str, table: DerivativeTable) -> Result<Compiled, Vec<Diagnostic>> {
    let declaration = source::declaration(text)?;
    let mut mistakes = Mistakes::default();
    let compiled = resolve::resolve(declaration, &mut mistakes)
        .and_then(|formula| compile::compile(formula, table, &mut mistakes));
    let found = mistakes.into_vec();
    compiled.ok_or_else(|| found.iter().map(Diagnostic::from).collect())
}

/// The derivative that the table of functions states, in the language with `u` for the argument.
pub fn derivative_of(function: Function) -> Option<&'static str> {
    function.row().derivative
}
