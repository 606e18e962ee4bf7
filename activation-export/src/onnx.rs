//! ONNX: a model with the formula and its derivative as functions of their own domain, which it calls.

use crate::Arithmetic;
use crate::lower::lower;
use crate::names::camel_case;
use crate::proto::Message;
use crate::subject::{Function, Subject};
use crate::write::Operand;
use activation_formula::{Choice, Step};

/// Operators up to this version are used; it came with ONNX 1.11 of 2022.
const OPSET: u64 = 16;
const IR_VERSION: u64 = 8;
const DOMAIN: &str = "activation";
/// What AttributeProto calls a tensor.
const TENSOR: u64 = 4;

pub(crate) fn file(subject: &Subject, arithmetic: Arithmetic) -> Vec<u8> {
    let learned: Vec<&str> = subject.learned.iter().map(|one| one.name.as_str()).collect();
    let named: Vec<(&Function, String, String)> = subject
        .functions
        .iter()
        .map(|function| {
            let output = if function.suffix.is_empty() { "y" } else { &function.suffix[1..] };
            (function, camel_case(&format!("{}{}", subject.name, function.suffix)), output.to_owned())
        })
        .collect();

    // Any number of values at once; functions by themselves take any shape.
    let value = |name: &str, shape: Message| {
        let tensor = Message::default().number(1, element_type(arithmetic)).message(2, &shape);
        let value_type = Message::default().message(1, &tensor);
        Message::default().text(1, name).message(2, &value_type)
    };
    let mut graph = Message::default();
    for (_, name, output) in &named {
        let mut node = Message::default().text(1, "x");
        for name in &learned {
            node = node.text(1, name);
        }
        node = node.text(2, output).text(4, name).text(7, DOMAIN);
        graph = graph.message(1, &node);
    }
    graph = graph.text(2, &subject.name);
    // An initializer that is an input too is the value of an argument that is not given.
    for one in &subject.learned {
        graph = graph.message(5, &tensor(one.default, arithmetic).text(8, &one.name));
    }
    let list = || Message::default().message(1, &Message::default().text(2, "count"));
    graph = graph.message(11, &value("x", list()));
    for name in &learned {
        graph = graph.message(11, &value(name, Message::default()));
    }
    for (.., output) in &named {
        graph = graph.message(12, &value(output, list()));
    }

    let opset = |domain: &str, version| Message::default().text(1, domain).number(2, version);
    let mut model = Message::default()
        .number(1, IR_VERSION)
        .text(2, "activation export")
        .text(6, &subject.head().join("\n"))
        .message(7, &graph)
        .message(8, &opset("", OPSET))
        .message(8, &opset(DOMAIN, 1));
    for (function, name, _) in &named {
        model = model
            .message(25, &self::function(subject, function, name, arithmetic).message(9, &opset("", OPSET)));
    }
    model.into_bytes()
}

fn element_type(arithmetic: Arithmetic) -> u64 {
    match arithmetic {
        Arithmetic::Single => 1,
        Arithmetic::Double => 11,
    }
}

/// A scalar.
fn tensor(value: f64, arithmetic: Arithmetic) -> Message {
    let bytes = match arithmetic {
        Arithmetic::Single => (value as f32).to_le_bytes().to_vec(),
        Arithmetic::Double => value.to_le_bytes().to_vec(),
    };
    Message::default().number(2, element_type(arithmetic)).bytes(9, &bytes)
}

fn function(subject: &Subject, function: &Function, name: &str, arithmetic: Arithmetic) -> Message {
    use activation_formula::Function::*;
    let natives = &[Abs, Exp, Ln, Sin, Cos, Atan];
    let mut nodes = Nodes { arithmetic, nodes: Vec::new(), count: 0 };
    let result = nodes.program(&lower(&function.program, natives), &subject.operands(), "x");
    let (edge, far) = match arithmetic {
        Arithmetic::Single => (function.edges[1], 2.0_f64.powi(crate::subject::FAR_IN_SINGLE)),
        Arithmetic::Double => (function.edges[0], 2.0_f64.powi(crate::subject::FAR)),
    };
    let result = nodes.far(function, subject, natives, &result, (edge, far));
    let result = nodes.limits(function, subject, result);
    let nothing = nodes.op("IsNaN", &["x"]);
    nodes.put("Where", &[&nothing, "x", &result], "y");

    let mut message = Message::default().text(1, name).text(4, "x");
    for one in &subject.learned {
        message = message.text(4, &one.name);
    }
    message = message.text(5, "y");
    for node in &nodes.nodes {
        message = message.message(7, node);
    }
    message.text(8, &function.meaning).text(10, DOMAIN)
}

struct Nodes {
    arithmetic: Arithmetic,
    nodes: Vec<Message>,
    count: usize,
}

impl Nodes {
    fn fresh(&mut self) -> String {
        self.count += 1;
        format!("t{}", self.count)
    }

    fn put(&mut self, operator: &str, inputs: &[&str], output: &str) {
        let mut node = Message::default();
        for input in inputs {
            node = node.text(1, input);
        }
        self.nodes.push(node.text(2, output).text(4, operator));
    }

    fn op(&mut self, operator: &str, inputs: &[&str]) -> String {
        let output = self.fresh();
        self.put(operator, inputs, &output);
        output
    }

    fn number(&mut self, value: f64) -> String {
        let output = self.fresh();
        let attribute = Message::default()
            .text(1, "value")
            .message(5, &tensor(value, self.arithmetic))
            .number(20, TENSOR);
        self.nodes.push(Message::default().text(2, &output).text(4, "Constant").message(5, &attribute));
        output
    }

    fn program(&mut self, program: &activation_formula::Program, operands: &[Operand], x: &str) -> String {
        let mut names: Vec<String> = Vec::new();
        for step in &program.steps {
            let at = |slot: usize| names.get(slot).cloned().unwrap_or_default();
            let name = match *step {
                Step::Variable => x.to_owned(),
                Step::Parameter(index) => match operands.get(index) {
                    Some(Operand::Name(name)) => name.clone(),
                    Some(Operand::Number(value)) => self.number(*value),
                    None => x.to_owned(),
                },
                Step::Number(number) => self.number(number.value),
                Step::Negate(a) => self.op("Neg", &[&at(a)]),
                Step::Add(a, b) => self.op("Add", &[&at(a), &at(b)]),
                Step::Subtract(a, b) => self.op("Sub", &[&at(a), &at(b)]),
                Step::Multiply(a, b) => self.op("Mul", &[&at(a), &at(b)]),
                Step::Divide(a, b) => self.op("Div", &[&at(a), &at(b)]),
                Step::Sqrt(a) => self.op("Sqrt", &[&at(a)]),
                Step::Power(a, b) => self.op("Pow", &[&at(a), &at(b)]),
                Step::Call(function, a) => self.op(&operator(function), &[&at(a)]),
                Step::Select(choice) => self.select(&choice, &names),
                // Lowered away.
                Step::Whole(a, _) | Step::Min(a, _) | Step::Max(a, _) => at(a),
            };
            names.push(name);
        }
        // A constant or a parameter gets the shape of x.
        let result = program.outputs.first().and_then(|&slot| names.get(slot)).cloned().unwrap_or_default();
        let zero = self.number(0.0);
        let never = self.op("Less", &[x, x]);
        self.op("Where", &[&never, &zero, &result])
    }

    fn select(&mut self, choice: &Choice, names: &[String]) -> String {
        let at = |slot: usize| names.get(slot).map_or("x", String::as_str);
        let operator = if choice.or_equal { "LessOrEqual" } else { "Less" };
        let holds = self.op(operator, &[at(choice.left), at(choice.right)]);
        let plain = self.op("Where", &[&holds, at(choice.then), at(choice.otherwise)]);
        if !choice.guarded {
            return plain;
        }
        let sum = self.op("Add", &[at(choice.left), at(choice.right)]);
        let nothing = self.op("IsNaN", &[&sum]);
        self.op("Where", &[&nothing, &sum, &plain])
    }

    /// Beyond the edge, what grows or falls like a power of x goes on to do so.
    fn far(
        &mut self,
        function: &Function,
        subject: &Subject,
        natives: &[activation_formula::Function],
        direct: &str,
        (edge, far): (f64, f64),
    ) -> String {
        use activation_formula::Function::{Cos, Sin};
        // What oscillates does not grow like a power.
        if function.program.steps.iter().any(|step| matches!(step, Step::Call(Sin | Cos, _))) {
            return direct.to_owned();
        }
        let size = self.op("Abs", &["x"]);
        let far = self.number(far);
        let (edge, zero, two, half) =
            (self.number(edge), self.number(0.0), self.number(2.0), self.number(0.5));
        let is_far = self.op("Less", &[&far, &size]);
        let lost = self.op("IsNaN", &[direct]);
        let is_beyond = self.op("Less", &[&edge, &size]);
        let is_beyond = self.op("And", &[&lost, &is_beyond]);
        let is_far = self.op("Or", &[&is_far, &is_beyond]);
        let negative = self.op("Less", &["x", &zero]);
        let below = self.op("Neg", &[&edge]);
        let signed = self.op("Where", &[&negative, &below, &edge]);
        let doubled = self.op("Mul", &[&two, &signed]);
        let lowered = lower(&function.program, natives);
        let a = self.program(&lowered, &subject.operands(), &signed);
        let b = self.program(&lowered, &subject.operands(), &doubled);
        let ratio = self.op("Div", &[&b, &a]);
        let ratio = self.op("Abs", &[&ratio]);
        let log = self.op("Log", &[&ratio]);
        let ln_2 = self.number(std::f64::consts::LN_2);
        let log = self.op("Div", &[&log, &ln_2]);
        let log = self.op("Mul", &[&log, &two]);
        let log = self.op("Add", &[&log, &half]);
        let twice = self.op("Floor", &[&log]);
        let exponent = self.op("Mul", &[&twice, &half]);
        let power = self.op("Pow", &[&two, &exponent]);
        let quotient = self.op("Div", &[&ratio, &power]);
        let one = self.number(1.0);
        let off = self.op("Sub", &[&quotient, &one]);
        let off = self.op("Abs", &[&off]);
        let little = self.number(1e-5);
        let steady = self.op("Less", &[&off, &little]);
        let times = self.op("Div", &[&size, &edge]);
        let times = self.op("Pow", &[&times, &exponent]);
        let grown = self.op("Mul", &[&a, &times]);
        let absolute = self.op("Abs", &[&twice]);
        let level = self.op("Less", &[&absolute, &half]);
        let grown = self.op("Where", &[&level, &a, &grown]);
        let (size_a, size_b) = (self.op("Abs", &[&a]), self.op("Abs", &[&b]));
        let part = self.number(1e-6);
        let part = self.op("Mul", &[&part, &size_a]);
        let falls = self.op("Less", &[&size_b, &part]);
        let falls = self.op("And", &[&falls, &lost]);
        let rest = self.op("Where", &[&falls, &zero, direct]);
        let grown = self.op("Where", &[&steady, &grown, &rest]);
        let gone = self.op("Equal", &[&size_b, &zero]);
        let grown = self.op("Where", &[&gone, &zero, &grown]);
        // Nothing, an infinity or no number stays what it is.
        let gone = self.op("Sub", &[&a, &a]);
        let vanished = self.op("IsNaN", &[&gone]);
        let grown = self.op("Where", &[&vanished, &a, &grown]);
        let least = self.op("Abs", &[&a]);
        let positive = self.op("Less", &[&zero, &least]);
        let grown = self.op("Where", &[&positive, &grown, &a]);
        self.op("Where", &[&is_far, &grown, direct])
    }

    fn limits(&mut self, function: &Function, subject: &Subject, mut result: String) -> String {
        for (point, limit) in &function.limits {
            let (point, limit) = (self.number(*point), self.number(*limit));
            let mut here = self.op("Equal", &["x", &point]);
            for one in &subject.learned {
                let default = self.number(one.default);
                let usual = self.op("Equal", &[&one.name, &default]);
                here = self.op("And", &[&here, &usual]);
            }
            result = self.op("Where", &[&here, &limit, &result]);
        }
        result
    }
}

/// What ONNX calls a function.
fn operator(function: activation_formula::Function) -> String {
    use activation_formula::Function::Ln;
    match function {
        Ln => "Log".into(),
        function => {
            let name = function.to_string();
            let mut letters = name.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
        }
    }
}
