//! Exported WGSL: read and validated by naga, as browsers and wgpu do it, and run.
//!
//! It runs in an interpreter of what naga has read, with the functions of Rust in place of a driver's. How exact those of a
//! driver are WGSL leaves open; what is held here is the code, with functions good to an ULP.

mod interpreter;

use activation_core::{Output, Precision, all};
use activation_export::{Options, Target, export};
use activation_formula::{Compiled, compile};
use interpreter::Shader;
use naga::{Function, Handle};

/// What plain arithmetic in `f32` may be off by: so many units in the last place, or so much of the value's size or of 1, which is
/// what counts beside roots and in tails. `scripts/check_exports.py` holds drivers to the same.
const ULPS: f32 = 16.0;
const ABSOLUTE: f32 = 1e-5;

/// Sines of larger numbers have no digit in `f32`.
const LARGEST_PHASE: f32 = 16_777_216.0;

/// What could trip a language up: functions that WGSL has not, numbers that `f32` has not, poles, roots, powers, names.
const AWKWARD: &[&str] = &[
    "sin(1/x)",
    "sqrt(x)",
    "ln(x)",
    "1/x",
    "x^2.5",
    "abs(x)^2.7",
    "x^20",
    "cbrt(x)",
    "exp(x) - 1",
    "erf(x) * erfc(x)",
    "asinh(x) + atan(x) + sinh(x / 50) * cosh(x / 50)",
    "min(max(x, -1), 1) + clamp(x, -3, 0.5) * sign(x)",
    "x * 1e-300 + 1e300 * exp(-x^2)",
    "if x < -1 { -x^2 } else if x <= 1e-3 { sin(x) } else { ln(1 + x) }",
    "Lambda(let_; learn fn_ = 1, learn vec2 = 2, ptr = 0.5, learn größe = 0.5) = fn_ * let_ * sigmoid(vec2 * let_) + \
     ptr * max(let_, größe * tanh(let_))",
];

/// Every order of magnitude, both signs, both ends.
fn inputs() -> impl Iterator<Item = f32> {
    let patterns = (0..1200_u32).map(|n| f32::from_bits(n.wrapping_mul(3_579_139)));
    let usual = (-200..=200).map(|n| n as f32 * 0.0625);
    let special = [0.0, -0.0, f32::MIN_POSITIVE, 1e-45, f32::MAX, f32::MIN, f32::INFINITY, f32::NEG_INFINITY];
    patterns.chain(usual).chain(special).filter(|x| !x.is_nan())
}

/// f, f', f'' and the derivatives by learned parameters, in the order of their declaration.
fn functions(shader: &Shader, name: &str, formula: &Compiled) -> Vec<(Output, Handle<Function>)> {
    let one = |ending: &str| shader.named(|given| given == format!("activation_{name}{ending}"));
    let by = shader.named(|given| given.starts_with(&format!("activation_{name}_derivative_by_")));
    let handles = ["", "_derivative", "_second_derivative"].into_iter().flat_map(one).chain(by);
    let learned = formula.parameters.iter().enumerate().filter(|(_, parameter)| parameter.learned);
    let outputs = [Output::Forward, Output::Derivative, Output::SecondDerivative]
        .into_iter()
        .chain(learned.map(|(index, _)| Output::ParameterDerivative(index)));
    let found: Vec<_> = outputs.clone().zip(handles).collect();
    assert_eq!(found.len(), outputs.count(), "all functions of {name} are there");
    found
}

/// Values that are too far off, and how many there are of all.
fn compare(text: &str) -> (usize, Vec<String>) {
    let export = export(text, Target::Wgsl, &Options::default()).expect("it can be exported");
    let source = String::from_utf8(export.contents).expect("text");
    let name = export.file_name.trim_end_matches(".wgsl");
    let shader = Shader::new(&source).unwrap_or_else(|error| panic!("{text}: {error}\n{source}"));
    let formula = compile(text).expect("it compiles");
    let parameters: Vec<f64> = formula.parameters.iter().map(|parameter| parameter.default).collect();
    let learned: Vec<f32> = formula
        .parameters
        .iter()
        .filter(|parameter| parameter.learned)
        .map(|parameter| parameter.default as f32)
        .collect();
    let is_periodic = ["sin(", "cos("].iter().any(|name| text.contains(name));
    let (mut compared, mut wrong) = (0, Vec::new());
    for (output, function) in functions(&shader, name, &formula) {
        let reach = if is_periodic && !text.contains("1/x") { LARGEST_PHASE } else { f32::INFINITY };
        for x in inputs().filter(|x| x.abs() <= reach) {
            // A phase 1/x that is large has few digits itself.
            if text.contains("sin(1/x)") && x.abs() < 0.0625 {
                continue;
            }
            let exact = formula.evaluate(output, f64::from(x), &parameters, Precision::Double) as f32;
            let arguments: Vec<f32> = std::iter::once(x).chain(learned.iter().copied()).collect();
            let got = shader.call(function, &arguments);
            compared += 1;
            if !is_near(got, exact) {
                wrong.push(format!("{text} {output:?} at {x:e}: {got:e}, exactly {exact:e}"));
            }
        }
    }
    (compared, wrong)
}

fn is_near(got: f32, exact: f32) -> bool {
    if exact.is_nan() || got.is_nan() {
        return exact.is_nan() && got.is_nan();
    }
    let unit = (exact.abs() * f32::EPSILON).max(f32::from_bits(1));
    let off = (got - exact).abs();
    got == exact || off <= ULPS * unit || off <= ABSOLUTE * exact.abs().max(1.0)
}

#[test]
fn the_catalogue_is_valid_and_right() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for entry in all() {
        let (count, mut found) = compare(&entry.info().declaration());
        compared += count;
        wrong.append(&mut found);
    }
    assert!(compared > 250_000, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn awkward_formulas_are_valid_and_right() {
    let mut wrong = Vec::new();
    for text in AWKWARD {
        let (compared, mut found) = compare(text);
        assert!(compared > 1000, "{text}: {compared}");
        wrong.append(&mut found);
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn the_interpreter_is_one() {
    let shader = Shader::new(
        "fn twice(x: f32, k: f32) -> f32 { if x < 0.0f { return -k; } let y = x * k; return select(y, floor(y), y > 9.0f); }
         fn activation_a(x: f32, k: f32) -> f32 { return twice(x, k) + pow(x, 2.0f) - f32(bitcast<u32>(1.0f) >> 23u); }",
    )
    .expect("it is valid");
    let function = shader.named(|name| name == "activation_a")[0];
    assert_eq!(shader.call(function, &[1.5, 2.0]), 3.0 + 2.25 - 127.0);
    assert_eq!(shader.call(function, &[5.25, 2.0]), 10.0 + 27.5625 - 127.0);
    assert_eq!(shader.call(function, &[-1.0, 2.0]), -2.0 + 1.0 - 127.0);
    assert!(Shader::new("fn f(x: f32) -> f32 { return x + 1u; }").is_err());
    assert!(Shader::new("fn f(x: f32) -> f32 { let t = x; }").is_err());
}
