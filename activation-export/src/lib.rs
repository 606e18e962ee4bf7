//! Activation formulas taken elsewhere: source code of other languages and frameworks, made from the compiled formula.
//!
//! One file a target ([`Target`]). All of them print the programs that the compiler has chosen, in forms that keep their
//! digits. Where a target has `f64`, results are computed in double-double arithmetic by a small runtime that travels with
//! the code (`runtime/`), only the parts that are needed; where it has `f32` only, functions that it lacks are made of
//! those that it has (`lower`).
//!
//! ```
//! use activation_export::{Options, Target, export};
//!
//! let silu = export("Silu(x) = x / (1 + exp(-x))", Target::C, &Options::default()).unwrap();
//! let text = String::from_utf8(silu.contents).unwrap();
//! assert!(text.contains("double activation_silu(double x)"));
//! assert_eq!(silu.file_name, "activation_silu.c");
//! ```

mod c;
mod cuda;
mod edge;
mod json;
mod kernels;
mod latex;
mod lower;
mod names;
mod onnx;
mod pairs;
mod proto;
mod python;
mod runtime;
mod rust;
mod subject;
mod triton;
mod wgsl;
mod write;

pub use kernels::{Element, Kernels, Operation};

use activation_formula::Diagnostic;
use std::fmt;
use subject::Subject;

/// What a formula is exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A declaration for `define_activation!`.
    Rust,
    /// Rust without dependencies.
    RustPlain,
    /// C99.
    C,
    /// Python with NumPy.
    Python,
    /// A `torch.autograd.Function` that can be differentiated twice, and a module.
    Pytorch,
    /// A JAX function with `custom_jvp`, that can be differentiated twice.
    Jax,
    /// A Triton kernel with its launchers.
    Triton,
    /// CUDA kernels.
    Cuda,
    /// WGSL functions.
    Wgsl,
    /// Formulas for a paper.
    Latex,
    /// An ONNX model whose functions are the formula and its derivative.
    Onnx,
    /// The programs as data.
    Json,
}

impl Target {
    /// Every target by its name, with one line about it.
    pub const ALL: &[(&str, Target, &str)] = &[
        ("rust", Target::Rust, "a declaration for define_activation!"),
        ("rust-plain", Target::RustPlain, "Rust functions without dependencies"),
        ("c", Target::C, "C99 functions in double and float"),
        ("python", Target::Python, "NumPy functions"),
        ("pytorch", Target::Pytorch, "an autograd.Function with double backward, and a module"),
        ("jax", Target::Jax, "custom_jvp functions, differentiable twice"),
        ("triton", Target::Triton, "Triton kernels, forward and backward"),
        ("cuda", Target::Cuda, "CUDA kernels in double and float"),
        ("wgsl", Target::Wgsl, "WGSL functions in f32"),
        ("latex", Target::Latex, "the equations"),
        ("onnx", Target::Onnx, "a model whose functions are f and f'"),
        ("json", Target::Json, "the programs as data"),
    ];

    /// Whether `--dtype` makes a difference.
    pub fn has_choice_of_type(self) -> bool {
        matches!(self, Target::Triton | Target::Onnx)
    }
}

/// The arithmetic of exported code, where the target has a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arithmetic {
    /// In `f32`.
    #[default]
    Single,
    /// In `f64`.
    Double,
}

/// How a formula is exported.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Values of parameters by name. Others have their defaults. A fixed parameter becomes a number of the code, a learned
    /// one an argument whose default this is.
    pub values: Vec<(String, f64)>,
    /// The arithmetic, where there is a choice.
    pub arithmetic: Arithmetic,
    /// Documentation, where the text has none of its own.
    pub docs: String,
    /// Other names, where the text has none.
    pub aliases: Vec<String>,
}

/// Exported code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// What a file of it would be called.
    pub file_name: String,
    /// Its bytes: text but for ONNX.
    pub contents: Vec<u8>,
    /// Whether the contents are text.
    pub is_text: bool,
}

/// Why nothing was exported.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportError {
    /// The formula has mistakes.
    Formula(Vec<Diagnostic>),
    /// There is no parameter of this name.
    NoParameter(String),
    /// A parameter may not have this value.
    Value(String, f64),
}

impl fmt::Display for ExportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Formula(mistakes) => {
                let messages: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
                out.write_str(&messages.join("; "))
            }
            ExportError::NoParameter(name) => write!(out, "there is no parameter `{name}`"),
            ExportError::Value(name, value) => {
                write!(out, "parameter `{name}` must be a finite number within its range, not {value}")
            }
        }
    }
}

impl std::error::Error for ExportError {}

/// Exports a formula (`x * tanh(x)`) or a declaration (`Bump(x; k = 2) = exp(-k * x^2)`).
///
/// The same text and options give the same bytes.
///
/// # Errors
///
/// The text has mistakes, or a value is given to a parameter that may not have it or does not exist.
pub fn export(text: &str, target: Target, options: &Options) -> Result<Export, ExportError> {
    let subject = Subject::new(text, options)?;
    let name = &subject.name;
    let (file_name, contents) = match target {
        Target::Rust => (format!("{name}.rs"), rust::declaration(&subject).into_bytes()),
        Target::RustPlain => (format!("{name}.rs"), rust::plain(&subject).into_bytes()),
        Target::C => (format!("activation_{name}.c"), c::file(&subject).into_bytes()),
        Target::Cuda => (format!("activation_{name}.cu"), cuda::file(&subject).into_bytes()),
        Target::Python => (format!("{name}.py"), python::file(&subject, python::Library::Numpy).into_bytes()),
        Target::Pytorch => {
            (format!("{name}.py"), python::file(&subject, python::Library::Torch).into_bytes())
        }
        Target::Jax => (format!("{name}.py"), python::file(&subject, python::Library::Jax).into_bytes()),
        Target::Triton => {
            (format!("{name}_triton.py"), triton::file(&subject, options.arithmetic).into_bytes())
        }
        Target::Wgsl => (format!("{name}.wgsl"), wgsl::file(&subject).into_bytes()),
        Target::Latex => (format!("{name}.tex"), latex::file(&subject).into_bytes()),
        Target::Onnx => (format!("{name}.onnx"), onnx::file(&subject, options.arithmetic)),
        Target::Json => (format!("{name}.json"), json::file(&subject).into_bytes()),
    };
    Ok(Export { file_name, contents, is_text: target != Target::Onnx })
}
