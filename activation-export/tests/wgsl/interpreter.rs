//! Runs functions of `f32` that naga has read: what exports are made of, and nothing else.

use naga::front::wgsl;
use naga::valid::{Capabilities, ValidationFlags, Validator};
use naga::{
    BinaryOperator as Binary, Block, Expression, Function, Handle, Literal, MathFunction as Math, Module,
    ScalarKind, Statement, UnaryOperator as Unary,
};

/// A module that is valid.
pub(crate) struct Shader {
    module: Module,
}

#[derive(Clone, Copy, Debug)]
enum Value {
    Float(f32),
    Word(u32),
    Truth(bool),
}

use Value::{Float, Truth, Word};

impl Shader {
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let module = wgsl::parse_str(source).map_err(|error| error.emit_to_string(source))?;
        Validator::new(ValidationFlags::all(), Capabilities::empty())
            .validate(&module)
            .map_err(|error| error.emit_to_string(source))?;
        Ok(Shader { module })
    }

    /// The functions with such names, in their order.
    pub(crate) fn named(&self, fits: impl Fn(&str) -> bool) -> Vec<Handle<Function>> {
        let functions = self.module.functions.iter();
        functions
            .filter(|(_, one)| one.name.as_deref().is_some_and(&fits))
            .map(|(handle, _)| handle)
            .collect()
    }

    pub(crate) fn call(&self, function: Handle<Function>, arguments: &[f32]) -> f32 {
        let arguments: Vec<Value> = arguments.iter().map(|&value| Float(value)).collect();
        match self.run(function, &arguments) {
            Float(value) => value,
            other => panic!("a function of f32 gives {other:?}"),
        }
    }

    fn run(&self, function: Handle<Function>, arguments: &[Value]) -> Value {
        let function = &self.module.functions[function];
        let mut frame = Frame {
            shader: self,
            function,
            arguments,
            known: vec![None; function.expressions.len()],
            variables: vec![None; function.local_variables.len()],
        };
        frame.block(&function.body).expect("a function returns")
    }
}

/// A call: what is known of its expressions, and its variables, which `&&` and `||` are made of.
struct Frame<'s> {
    shader: &'s Shader,
    function: &'s Function,
    arguments: &'s [Value],
    known: Vec<Option<Value>>,
    variables: Vec<Option<Value>>,
}

impl Frame<'_> {
    /// What is returned, if anything is.
    fn block(&mut self, block: &Block) -> Option<Value> {
        block.iter().find_map(|statement| match statement {
            Statement::Emit(range) => {
                for handle in range.clone() {
                    self.value(handle);
                }
                None
            }
            Statement::Block(inner) => self.block(inner),
            Statement::If { condition, accept, reject } => {
                let branch = if self.truth(*condition) { accept } else { reject };
                self.block(branch)
            }
            Statement::Call { function, arguments, result } => {
                let arguments: Vec<Value> = arguments.iter().map(|&one| self.value(one)).collect();
                let value = self.shader.run(*function, &arguments);
                if let Some(result) = result {
                    self.known[result.index()] = Some(value);
                }
                None
            }
            Statement::Store { pointer, value } => {
                let value = self.value(*value);
                let variable = self.variable(*pointer);
                self.variables[variable] = Some(value);
                None
            }
            Statement::Return { value } => value.map(|value| self.value(value)),
            other => panic!("exports have no {other:?}"),
        })
    }

    fn value(&mut self, handle: Handle<Expression>) -> Value {
        if let Some(known) = self.known[handle.index()] {
            return known;
        }
        let value = self.evaluate(&self.function.expressions[handle]);
        self.known[handle.index()] = Some(value);
        value
    }

    /// Which of the variables a pointer points to.
    fn variable(&self, pointer: Handle<Expression>) -> usize {
        match self.function.expressions[pointer] {
            Expression::LocalVariable(variable) => variable.index(),
            ref other => panic!("exports have no pointer {other:?}"),
        }
    }

    fn float(&mut self, handle: Handle<Expression>) -> f32 {
        match self.value(handle) {
            Float(value) => value,
            other => panic!("{other:?} is no f32"),
        }
    }

    fn truth(&mut self, handle: Handle<Expression>) -> bool {
        match self.value(handle) {
            Truth(value) => value,
            other => panic!("{other:?} is no bool"),
        }
    }

    fn evaluate(&mut self, expression: &Expression) -> Value {
        match *expression {
            Expression::Literal(Literal::F32(value)) => Float(value),
            Expression::Literal(Literal::U32(value)) => Word(value),
            Expression::Literal(Literal::Bool(value)) => Truth(value),
            Expression::FunctionArgument(index) => self.arguments[index as usize],
            Expression::Load { pointer } => {
                self.variables[self.variable(pointer)].expect("a variable is set before it is read")
            }
            Expression::Unary { op, expr } => match (op, self.value(expr)) {
                (Unary::Negate, Float(a)) => Float(-a),
                (Unary::LogicalNot, Truth(a)) => Truth(!a),
                other => panic!("exports have no {other:?}"),
            },
            Expression::Binary { op, left, right } => binary(op, self.value(left), self.value(right)),
            Expression::Select { condition, accept, reject } => {
                // Both are evaluated, as a shader does it.
                let (accept, reject) = (self.value(accept), self.value(reject));
                if self.truth(condition) { accept } else { reject }
            }
            Expression::Math { fun, arg, arg1, .. } => {
                let a = self.float(arg);
                let b = arg1.map(|one| self.float(one));
                Float(math(fun, a, b))
            }
            Expression::As { expr, kind, convert: None } => match (kind, self.value(expr)) {
                (ScalarKind::Uint, Float(value)) => Word(value.to_bits()),
                (ScalarKind::Float, Word(value)) => Float(f32::from_bits(value)),
                other => panic!("exports have no {other:?}"),
            },
            Expression::As { expr, kind: ScalarKind::Float, convert: Some(4) } => match self.value(expr) {
                Word(value) => Float(value as f32),
                other => panic!("exports have no {other:?}"),
            },
            ref other => panic!("exports have no {other:?}"),
        }
    }
}

fn binary(op: Binary, left: Value, right: Value) -> Value {
    match (op, left, right) {
        (Binary::Add, Float(a), Float(b)) => Float(a + b),
        (Binary::Subtract, Float(a), Float(b)) => Float(a - b),
        (Binary::Multiply, Float(a), Float(b)) => Float(a * b),
        (Binary::Divide, Float(a), Float(b)) => Float(a / b),
        (Binary::Equal, Float(a), Float(b)) => Truth(a == b),
        (Binary::NotEqual, Float(a), Float(b)) => Truth(a != b),
        (Binary::Less, Float(a), Float(b)) => Truth(a < b),
        (Binary::LessEqual, Float(a), Float(b)) => Truth(a <= b),
        (Binary::Greater, Float(a), Float(b)) => Truth(a > b),
        (Binary::GreaterEqual, Float(a), Float(b)) => Truth(a >= b),
        (Binary::And, Word(a), Word(b)) => Word(a & b),
        (Binary::InclusiveOr, Word(a), Word(b)) => Word(a | b),
        (Binary::ShiftRight, Word(a), Word(b)) => Word(a >> b),
        (Binary::Greater, Word(a), Word(b)) => Truth(a > b),
        (Binary::NotEqual, Word(a), Word(b)) => Truth(a != b),
        (Binary::LogicalAnd, Truth(a), Truth(b)) => Truth(a && b),
        (Binary::LogicalOr, Truth(a), Truth(b)) => Truth(a || b),
        other => panic!("exports have no {other:?}"),
    }
}

fn math(fun: Math, a: f32, b: Option<f32>) -> f32 {
    match (fun, b) {
        (Math::Abs, None) => a.abs(),
        (Math::Exp, None) => a.exp(),
        (Math::Exp2, None) => a.exp2(),
        (Math::Log, None) => a.ln(),
        (Math::Log2, None) => a.log2(),
        (Math::Sqrt, None) => a.sqrt(),
        (Math::Floor, None) => a.floor(),
        (Math::Sin, None) => a.sin(),
        (Math::Cos, None) => a.cos(),
        (Math::Atan, None) => a.atan(),
        (Math::Pow, Some(b)) => a.powf(b),
        other => panic!("exports have no {other:?}"),
    }
}
