//! Triton: functions of blocks, kernels over tensors, and their launchers.

use crate::Arithmetic;
use crate::lower::{OF_LIBM, lower};
use crate::names::{in_python, literal};
use crate::subject::{Function, Subject};
use crate::write::{Dialect, Operation, program};
use activation_formula::{Choice, Rounded};

struct Blocks(Arithmetic);

/// What Triton has itself, and what its device library calls otherwise.
const NAMES: &[(&str, &str)] = &[("abs", "tl.abs"), ("ln", "libdevice.log"), ("sqrt", "tl.sqrt_rn")];

/// A literal as a block: Triton would give one that stands alone the type that it likes.
fn block(operand: &str) -> String {
    let is_literal = operand.trim_matches(['(', ')']).parse::<f64>().is_ok();
    if is_literal { format!("tl.full(x.shape, {operand}, x.dtype)") } else { operand.to_owned() }
}

impl Dialect for Blocks {
    fn number(&self, number: Rounded) -> String {
        format!("({})", literal(number.value))
    }

    fn negate(&self, a: &str) -> String {
        format!("-{a}")
    }

    fn binary(&self, operation: Operation, a: &str, b: &str) -> String {
        match (operation, self.0) {
            (Operation::Divide, Arithmetic::Single) => format!("tl.div_rn({}, {})", block(a), block(b)),
            _ => format!("{a} {} {b}", operation.symbol()),
        }
    }

    fn call(&self, function: &str, arguments: &[&str]) -> String {
        let known = NAMES.iter().find(|(ours, _)| *ours == function);
        let name = match (function, self.0) {
            ("sqrt", Arithmetic::Double) => "tl.sqrt".to_owned(),
            _ => known.map_or_else(|| format!("libdevice.{function}"), |(_, theirs)| (*theirs).to_owned()),
        };
        let arguments: Vec<String> = arguments.iter().map(|argument| block(argument)).collect();
        format!("{name}({})", arguments.join(", "))
    }

    fn select(&self, choice: &Choice, left: &str, right: &str, then: &str, otherwise: &str) -> String {
        let symbol = if choice.or_equal { "<=" } else { "<" };
        let (then, otherwise) = (block(then), block(otherwise));
        let left = block(left);
        let plain = format!("tl.where({left} {symbol} {right}, {then}, {otherwise})");
        if !choice.guarded {
            return plain;
        }
        let sum = format!("({left} + {right})");
        format!("tl.where({sum} != {sum}, {sum}, {plain})")
    }

    fn define(&self, name: &str, value: &str) -> String {
        format!("{name} = {value}")
    }
}

pub(crate) fn file(subject: &Subject, arithmetic: Arithmetic) -> String {
    let mut text = String::from("\"\"\"");
    for line in subject.head() {
        text += &line;
        text.push('\n');
    }
    let kind = match arithmetic {
        Arithmetic::Single => "float32",
        Arithmetic::Double => "float64",
    };
    text += &format!(
        "\nWritten by `activation export`: computes in {kind}, whatever the type of the tensors.\n\"\"\"\n\n"
    );
    text += include_str!("../runtime/triton.py");
    for function in &subject.functions {
        text += &one(subject, function, arithmetic, kind);
    }
    let name = &subject.name;
    let learned: String = subject.learned.iter().map(|one| format!(", {}", one.name)).collect();
    let defaults: String =
        subject.learned.iter().map(|one| format!(", {}={}", one.name, literal(one.default))).collect();
    text += &format!(
        "\n\ndef {name}_backward(grad, x{defaults}):\n    \"\"\"The gradients with respect to x and to each learned parameter, summed over the elements.\"\"\"\n    gradients = [grad * {}_derivative(x{learned})]\n",
        subject.name
    );
    for one in &subject.learned {
        text += &format!(
            "    gradients.append((grad.double() * {}_derivative_by_{}(x{learned}).double()).sum())\n",
            subject.name, one.name
        );
    }
    text += "    return gradients\n";
    text.replace("P_", "_")
}

fn one(subject: &Subject, function: &Function, arithmetic: Arithmetic, kind: &str) -> String {
    let suffix = &function.suffix;
    let name = in_python(&format!("{}{suffix}", subject.name));
    let learned: String = subject.learned.iter().map(|one| format!(", {}", one.name)).collect();
    let defaults: String =
        subject.learned.iter().map(|one| format!(", {}={}", one.name, literal(one.default))).collect();
    let (lines, result) =
        program(&lower(&function.program, OF_LIBM), &subject.operands(), &Blocks(arithmetic));
    let mut text = format!("\n\n@triton.jit\ndef P_at{suffix}(x{learned}):\n");
    for line in lines {
        text += &format!("    {line}\n");
    }
    text += &format!("    return {}\n", block(&result));
    let (edge, far) = match arithmetic {
        Arithmetic::Single => (function.edges[1], crate::subject::FAR_IN_SINGLE),
        Arithmetic::Double => (function.edges[0], crate::subject::FAR),
    };
    let (edge, far) = (literal(edge), literal(2.0_f64.powi(far)));
    let none = if function.is_partial {
        format!("    start = P_at(x{learned})\n    result = tl.where(start != start, start, result)\n")
    } else {
        String::new()
    };
    let limits: String = function
        .limits
        .iter()
        .filter(|(_, value)| value.is_finite())
        .map(|(x, value)| {
            let usual: String = subject
                .learned
                .iter()
                .map(|one| format!(" & ({} == {})", one.name, literal(one.default)))
                .collect();
            format!("    result = tl.where((x == {}){usual}, {}, result)\n", literal(*x), literal(*value))
        })
        .collect();
    text += &format!(
        "\n\n@triton.jit\ndef P_kernel{suffix}(x_ptr, result_ptr, count{learned}, BLOCK: tl.constexpr):\n    \
         offsets = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)\n    \
         mask = offsets < count\n    \
         x = tl.load(x_ptr + offsets, mask=mask, other=0.0).to(tl.{kind})\n    \
         edge = tl.full(x.shape, {edge}, x.dtype)\n    \
         signed = tl.where(x < 0, -edge, edge)\n    \
         direct = P_at{suffix}(x{learned})\n    \
         far = (tl.abs(x) > {far}) | ((direct != direct) & (tl.abs(x) > edge))\n    \
         result = tl.where(far, P_far(x, edge, P_at{suffix}(signed{learned}), P_at{suffix}(2.0 * signed{learned}), direct), direct)\n\
         {none}{limits}    \
         result = tl.where(x != x, x, result)\n    \
         tl.store(result_ptr + offsets, result.to(result_ptr.dtype.element_ty), mask=mask)\n"
    );
    text += &format!(
        "\n\ndef {name}(x{defaults}):\n    \"\"\"{} of a tensor.\"\"\"\n    return P_launch(P_kernel{suffix}, x{learned})\n",
        function.meaning
    );
    text
}
