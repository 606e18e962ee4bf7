//! The kernels that operations of a framework need, for CUDA: forward, backward, sums for learned parameters, gated products.

use crate::c::{functions, head, named};
use crate::cuda::{CONSTANTS, QUALIFIERS};
use crate::runtime::KERNELS;
use crate::subject::Subject;
use crate::{ExportError, Options};
use activation_math::Output;

/// What a kernel computes. The arguments are at its head in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// f, f' or f'' of every element.
    Evaluate(Output),
    /// The gradient by the input.
    Backward,
    /// Sums for the gradient by a learned parameter, by its place among these.
    Gradient(usize),
    /// Sums of such sums.
    Total,
    /// Products of numbers with f of others.
    Product,
    /// Both gradients of such a product.
    ProductBackward,
}

/// The type of the elements of arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Half precision.
    F16,
    /// The upper half of an `f32`.
    Bf16,
    /// Single precision.
    F32,
    /// Double precision.
    F64,
}

impl Element {
    /// All of them.
    pub const ALL: [Element; 4] = [Element::F16, Element::Bf16, Element::F32, Element::F64];

    /// As Rust calls it.
    pub fn name(self) -> &'static str {
        match self {
            Element::F16 => "f16",
            Element::Bf16 => "bf16",
            Element::F32 => "f32",
            Element::F64 => "f64",
        }
    }

    /// What holds its bits in CUDA.
    fn number(self) -> &'static str {
        match self {
            Element::F16 | Element::Bf16 => "unsigned short",
            Element::F32 => "float",
            Element::F64 => "double",
        }
    }
}

/// A formula whose kernels are written as they are asked for. Numbers shorter than `f64` are computed in it and rounded once.
///
/// ```
/// use activation_export::{Element, Kernels, Operation, Options};
///
/// let silu = Kernels::new("Silu(x) = x / (1 + exp(-x))", &Options::default()).unwrap();
/// assert_eq!(silu.name(Operation::Backward, Element::F16), "activation_silu_backward_f16");
/// let text = silu.text(&[(Operation::Backward, Element::F16)]).unwrap();
/// assert!(text.contains("__global__ void activation_silu_backward_f16("));
/// ```
pub struct Kernels {
    subject: Subject,
    /// What all kernels begin with.
    functions: String,
}

impl Kernels {
    /// Of a formula or a declaration, as [`export`](crate::export) takes it. Values of learned parameters come with every call.
    ///
    /// # Errors
    ///
    /// The text has mistakes, or a value is given to a parameter that may not have it or does not exist.
    pub fn new(text: &str, options: &Options) -> Result<Kernels, ExportError> {
        let subject = Subject::new(text, options)?;
        let functions = head(&subject) + CONSTANTS + &functions(&subject, &QUALIFIERS);
        Ok(Kernels { subject, functions })
    }

    /// How many learned parameters there are.
    pub fn learned(&self) -> usize {
        self.subject.learned.len()
    }

    /// The name of a kernel in the text.
    pub fn name(&self, operation: Operation, element: Element) -> String {
        let operation = match operation {
            Operation::Evaluate(Output::Forward) => "forward".into(),
            Operation::Evaluate(Output::Derivative) => "derivative".into(),
            Operation::Evaluate(Output::SecondDerivative) => "second_derivative".into(),
            Operation::Evaluate(Output::ParameterDerivative(index)) => format!("derivative_by_{index}"),
            Operation::Backward => "backward".into(),
            Operation::Gradient(place) => format!("gradient_by_{place}"),
            Operation::Total => "total".into(),
            Operation::Product => "product".into(),
            Operation::ProductBackward => "product_backward".into(),
        };
        format!("activation_{}_{operation}_{}", self.subject.name, element.name())
    }

    /// A text with these kernels, for nvcc or NVRTC without contraction of products: `--fmad=false`. `None` where one of them
    /// is of a parameter that is not learned, or does not exist.
    pub fn text(&self, kernels: &[(Operation, Element)]) -> Option<String> {
        let mut sections: Vec<&str> = vec!["sum"];
        sections.extend(kernels.iter().map(|(_, element)| element.name()));
        let mut text = KERNELS.sections(&sections);
        for &(operation, element) in kernels {
            text += &self.kernel(operation, element)?;
        }
        Some(self.functions.clone() + "\n" + &named(text, &self.subject, &QUALIFIERS))
    }

    fn kernel(&self, operation: Operation, element: Element) -> Option<String> {
        let (section, function) = match operation {
            Operation::Evaluate(output) => ("evaluate", self.suffix(output)?),
            Operation::Gradient(place) => ("gradient", &*self.subject.by_parameter(place)?.suffix),
            Operation::Backward => ("backward", ""),
            Operation::Total => ("total", ""),
            Operation::Product => ("product", ""),
            Operation::ProductBackward => ("product_backward", ""),
        };
        let called = |suffix: &str| match element {
            Element::F64 => format!("activation_{}{suffix}", self.subject.name),
            _ => format!("P_single{suffix}"),
        };
        let parameters: String =
            (0..self.learned()).map(|place| format!(", parameters[{place} * channels + channel]")).collect();
        let text = KERNELS.section(section);
        let text = text.replace("KERNEL", &self.name(operation, element));
        let text = text.replace("NUMBER", element.number()).replace("ELEMENT", element.name());
        let text = text.replace("FUNCTION", &called(function)).replace("SLOPE", &called("_derivative"));
        Some("\n".to_owned() + &text.replace("PARAMETERS", &parameters))
    }

    fn suffix(&self, output: Output) -> Option<&str> {
        let place = match output {
            Output::Forward => 0,
            Output::Derivative => 1,
            Output::SecondDerivative => 2,
            Output::ParameterDerivative(index) => {
                3 + self.subject.learned.iter().position(|one| one.index == index)?
            }
        };
        self.subject.functions.get(place).map(|function| function.suffix.as_str())
    }
}
