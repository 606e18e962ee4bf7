//! Python: NumPy, PyTorch and JAX. One runtime in double-double arithmetic serves the three, whose arrays have the same functions.

use crate::lower::{OF_LIBM, lower};
use crate::names::{camel_case, in_python, literal};
use crate::pairs;
use crate::runtime;
use crate::subject::{Function, Subject};
use crate::write::{Dialect, Operation, calls, program};
use activation_formula::{Choice, Rounded};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Library {
    Numpy,
    Torch,
    Jax,
}

impl Library {
    fn module(self) -> &'static str {
        match self {
            Library::Numpy => "np",
            Library::Torch => "torch",
            Library::Jax => "jnp",
        }
    }

    /// What differs: imports, and the parts of the runtime that are no array functions.
    fn own(self) -> &'static str {
        match self {
            Library::Numpy => include_str!("../runtime/numpy.py"),
            Library::Torch => include_str!("../runtime/torch.py"),
            Library::Jax => include_str!("../runtime/jax.py"),
        }
    }

    /// The bits of 2/pi as an array where `like` is.
    fn table(self) -> &'static str {
        match self {
            Library::Numpy => "np.array(P_BITS)",
            Library::Torch => "torch.tensor(P_BITS, dtype=torch.float64, device=like.device)",
            Library::Jax => "jnp.array(P_BITS)",
        }
    }

    /// What stands behind the functions.
    fn end(self) -> &'static str {
        match self {
            Library::Numpy => "",
            Library::Torch => include_str!("../runtime/torch_end.py"),
            Library::Jax => include_str!("../runtime/jax_end.py"),
        }
    }
}

/// JAX without 64 bits.
struct Single;

/// What JAX calls otherwise, or keeps elsewhere.
const JAX: &[(&str, &str)] = &[
    ("ln", "jnp.log"),
    ("asinh", "jnp.arcsinh"),
    ("atan", "jnp.arctan"),
    ("erf", "jax.scipy.special.erf"),
    ("erfc", "jax.scipy.special.erfc"),
    ("pow", "jnp.power"),
];

impl Dialect for Single {
    fn number(&self, number: Rounded) -> String {
        literal(number.value)
    }

    fn negate(&self, a: &str) -> String {
        format!("-({a})")
    }

    fn binary(&self, operation: Operation, a: &str, b: &str) -> String {
        format!("{a} {} {b}", operation.symbol())
    }

    fn call(&self, function: &str, arguments: &[&str]) -> String {
        let known = JAX.iter().find(|(ours, _)| *ours == function);
        let name = known.map_or_else(|| format!("jnp.{function}"), |(_, theirs)| (*theirs).to_owned());
        format!("{name}({})", arguments.join(", "))
    }

    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String {
        let symbol = if choice.or_equal { "<=" } else { "<" };
        let plain = format!("jnp.where({left} {symbol} {right}, {then}, {otherwise})");
        if choice.guarded {
            format!("jnp.where(jnp.isnan({left} + {right}), jnp.nan, {plain})")
        } else {
            plain
        }
    }

    fn define(&self, name: &str, value: &str) -> String {
        format!("{name} = {value}")
    }
}

pub(crate) fn file(subject: &Subject, library: Library) -> String {
    let functions: Vec<&Function> = match library {
        Library::Numpy => subject.functions.iter().collect(),
        _ => subject.all().collect(),
    };
    let mut text = String::from("\"\"\"");
    for line in subject.head() {
        text += &line;
        text.push('\n');
    }
    text += match library {
        Library::Numpy => "\nWritten by `activation export`: float64 within 2 ULP, float32 within 1 ULP.\n",
        Library::Torch => {
            "\nWritten by `activation export`: float64 within 2 ULP, shorter types correct but for the last bit.\n"
        }
        Library::Jax => {
            "\nWritten by `activation export`: with jax_enable_x64 float64 within 2 ULP and shorter types correct but for\nthe last bit; without it in plain float32 arithmetic.\n"
        }
    };
    text += "\"\"\"\n\n";
    text += library.own();
    let mut needed: Vec<String> = Vec::new();
    for function in &functions {
        needed.extend(calls(&function.program));
    }
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    let sections = runtime::PYTHON.sections(&needed);
    if sections.contains("P_table(") {
        text +=
            &format!("\n\nP_BITS = {}\n\n\ndef P_table(like):\n    return {}\n", table(), library.table());
    }
    text += "\n\n";
    text += &sections.replace("\n\ndef ", "\n\n\ndef ").replace("\n\n\n\n", "\n\n\n");
    for function in &functions {
        text += &value(subject, function, library);
    }
    text += library.end();
    text += &match library {
        Library::Numpy => numpy(subject),
        Library::Torch => torch(subject),
        Library::Jax => jax(subject),
    };
    text.replace("XP.", &format!("{}.", library.module()))
        .replace("FAR", &literal(2.0_f64.powi(crate::subject::FAR)))
        .replace("P_", "_")
}

/// The bits of 2/pi as a list, a few a line.
fn table() -> String {
    let words: Vec<&str> = runtime::TWO_OVER_PI.split(", ").map(str::trim).collect();
    let lines: Vec<String> = words.chunks(8).map(|words| format!("    {},", words.join(", "))).collect();
    format!("[\n{}\n]", lines.join("\n"))
}

/// The values of a function at finite x as pairs, and what is known beside that.
fn value(subject: &Subject, function: &Function, library: Library) -> String {
    let suffix = &function.suffix;
    let arguments: String = subject.learned.iter().map(|one| format!(", {}", one.name)).collect();
    let (lines, result) = program(&function.program, &subject.operands(), &pairs::PYTHON);
    let mut text = format!("\n\ndef P_at{suffix}(x{arguments}):\n");
    for line in lines {
        text += &format!("    {line}\n");
    }
    text += &format!("    return P_value({result})\n");
    if library == Library::Jax {
        let (lines, result) = program(&lower(&function.program, OF_LIBM), &subject.operands(), &Single);
        text += &format!("\n\ndef P_single{suffix}(x{arguments}):\n");
        for line in lines {
            text += &format!("    {line}\n");
        }
        text += &format!("    return {result} + jnp.zeros_like(x)\n");
    }
    text
}

/// Where the value is a limit: `((0.0, 0.5),)`.
fn limits(function: &Function) -> String {
    let number = |value: f64| match value {
        f64::INFINITY => "float(\"inf\")".to_owned(),
        f64::NEG_INFINITY => "-float(\"inf\")".to_owned(),
        value => literal(value),
    };
    let pairs: String =
        function.limits.iter().map(|&(x, value)| format!("({}, {}),", number(x), number(value))).collect();
    format!("({pairs})")
}

/// The defaults of the learned parameters, if some limits hold for these only.
fn defaults(subject: &Subject) -> String {
    let values: String = subject.learned.iter().map(|one| format!("{}, ", literal(one.default))).collect();
    format!("({})", values.trim_end())
}

/// `beta=1.0, gamma=2.0` behind `x`.
fn with_defaults(subject: &Subject) -> String {
    subject.learned.iter().map(|one| format!(", {}={}", one.name, literal(one.default))).collect()
}

fn others(subject: &Subject) -> String {
    subject.learned.iter().map(|one| format!(", {}", one.name)).collect()
}

/// The name of a function for users.
fn public(subject: &Subject, suffix: &str) -> String {
    in_python(&format!("{}{suffix}", subject.name))
}

/// The arguments of `P_evaluate` beside x.
fn facts(subject: &Subject, function: &Function) -> String {
    let partial = if function.is_partial { "P_at" } else { "None" };
    let edge = literal(function.edges[0]);
    format!("P_at{}, {}, {}, {partial}, {edge}", function.suffix, limits(function), defaults(subject))
}

fn numpy(subject: &Subject) -> String {
    let mut text = String::new();
    for function in &subject.functions {
        text += &format!(
            "\n\ndef {}(x{}):\n    \"\"\"{}, for an array of any shape and floating type.\"\"\"\n    return P_evaluate(x, ({}), {})\n",
            public(subject, &function.suffix),
            with_defaults(subject),
            function.meaning,
            subject.learned.iter().map(|one| format!("{}, ", one.name)).collect::<String>().trim_end(),
            facts(subject, function),
        );
    }
    text
}

fn torch(subject: &Subject) -> String {
    let mut text = String::new();
    // Leaves first: a function's derivatives are functions above it.
    for function in subject.all() {
        text += &format!(
            "\n\ndef P_value_of{}(x{}):\n    return P_evaluate(x, ({}), {})\n",
            function.suffix,
            others(subject),
            subject.learned.iter().map(|one| format!("{}, ", one.name)).collect::<String>().trim_end(),
            facts(subject, function),
        );
    }
    text += "\n\n";
    let leaf = |function: Option<&Function>| match function {
        Some(function) => format!("P_last(P_value_of{})", function.suffix),
        None => "P_zero".into(),
    };
    let places = 0..subject.learned.len();
    let by: Vec<Option<usize>> = std::iter::once(None).chain(places.map(Some)).collect();
    for &one in &by {
        let function = match one {
            None => subject.functions.get(1),
            Some(place) => subject.by_parameter(place),
        };
        let Some(function) = function else { continue };
        let slopes: Vec<String> = by.iter().map(|&other| leaf(subject.second(one, other))).collect();
        text +=
            &format!("P_slope{0} = P_function(P_value_of{0}, [{1}])\n", function.suffix, slopes.join(", "));
    }
    let slopes: Vec<String> = by
        .iter()
        .filter_map(|&one| match one {
            None => subject.functions.get(1),
            Some(place) => subject.by_parameter(place),
        })
        .map(|function| format!("P_slope{}", function.suffix))
        .collect();
    text += &format!("P_whole_function = P_function(P_value_of, [{}])\n", slopes.join(", "));
    for function in subject.functions.iter() {
        let inner = match function.suffix.as_str() {
            "" => "P_whole_function".to_owned(),
            "_second_derivative" => "P_last(P_value_of_second_derivative)".to_owned(),
            suffix => format!("P_slope{suffix}"),
        };
        text += &format!(
            "\n\ndef {}(x{}):\n    \"\"\"{} of a tensor; can be differentiated{}.\"\"\"\n    return {inner}(x{})\n",
            public(subject, &function.suffix),
            with_defaults(subject),
            function.meaning,
            match function.suffix.as_str() {
                "" => " twice, by x and by tensors for parameters",
                "_second_derivative" => " no further",
                _ => " once",
            },
            others(subject),
        );
    }
    let mut class = camel_case(&subject.name);
    if class == "None" || class == "True" || class == "False" {
        class.push('_');
    }
    text += &format!(
        "\n\nclass {class}(torch.nn.Module):\n    \"\"\"The activation as a module; learned parameters are its parameters.\"\"\"\n\n"
    );
    if subject.learned.is_empty() {
        text += &format!("    def forward(self, x):\n        return {}(x)\n", public(subject, ""));
    } else {
        text += &format!("    def __init__(self{}):\n        super().__init__()\n", with_defaults(subject));
        for one in &subject.learned {
            text += &format!(
                "        self.register_parameter(\"value_of_{0}\", torch.nn.Parameter(torch.as_tensor({0}, dtype=torch.get_default_dtype())))\n",
                one.name
            );
        }
        let values: String =
            subject.learned.iter().map(|one| format!(", self.value_of_{}", one.name)).collect();
        text += &format!("\n    def forward(self, x):\n        return {}(x{values})\n", public(subject, ""));
    }
    text
}

fn jax(subject: &Subject) -> String {
    let mut text = String::new();
    for function in subject.all() {
        text += &format!(
            "\n\ndef P_value_of{}(x{}):\n    return P_evaluate(x, ({}), P_single{}, {}, {})\n",
            function.suffix,
            others(subject),
            subject.learned.iter().map(|one| format!("{}, ", one.name)).collect::<String>().trim_end(),
            function.suffix,
            facts(subject, function),
            literal(function.edges[1]),
        );
    }
    text += "\n\n";
    let leaf = |function: Option<&Function>| match function {
        Some(function) => format!("P_last(P_value_of{})", function.suffix),
        None => "P_zero".into(),
    };
    let by: Vec<Option<usize>> = std::iter::once(None).chain((0..subject.learned.len()).map(Some)).collect();
    let firsts: Vec<&Function> = by
        .iter()
        .filter_map(|&one| match one {
            None => subject.functions.get(1),
            Some(place) => subject.by_parameter(place),
        })
        .collect();
    for (&one, function) in by.iter().zip(&firsts) {
        let slopes: Vec<String> = by.iter().map(|&other| leaf(subject.second(one, other))).collect();
        text +=
            &format!("P_slope{0} = P_function(P_value_of{0}, [{1}])\n", function.suffix, slopes.join(", "));
    }
    let slopes: Vec<String> = firsts.iter().map(|function| format!("P_slope{}", function.suffix)).collect();
    text += &format!("P_whole_function = P_function(P_value_of, [{}])\n", slopes.join(", "));
    for function in &subject.functions {
        let inner = match function.suffix.as_str() {
            "" => "P_whole_function".to_owned(),
            "_second_derivative" => "P_last(P_value_of_second_derivative)".to_owned(),
            suffix => format!("P_slope{suffix}"),
        };
        text += &format!(
            "\n\ndef {}(x{}):\n    \"\"\"{} of an array.\"\"\"\n    return {inner}(x{})\n",
            public(subject, &function.suffix),
            with_defaults(subject),
            function.meaning,
            others(subject),
        );
    }
    text
}
