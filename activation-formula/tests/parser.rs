//! The parser against texts that nobody thought of, and the printer against the parser.
//!
//! Whatever the text: an answer, no panic, no end of the stack. Whatever the formula: what is printed is read as the same
//! formula, and a derivative that is printed has the values that the compiled derivative has.

use activation_formula::{CONSTANTS, Compiled, NAMES, compile};
use activation_math::{Output, Precision};
use proptest::prelude::*;
use proptest::sample::select;

/// What a thread gets by default, which is less than what a main thread has.
const STACK: usize = 2 << 20;

/// Words of the language, of Rust and of other languages, and what stands between them.
const WORDS: &[&str] = &[
    "x",
    "z",
    "a",
    "slope",
    "u",
    "if",
    "else",
    "let",
    "in",
    "learn",
    "pub",
    "fn",
    "self",
    "_",
    "as",
    "and",
    "F",
    "e",
    "pi",
    "exp",
    "max",
    "clamp",
    "sqrt",
    "tanh",
    "epx",
    "pow",
    "1",
    "0",
    "2.5",
    "1e3",
    "0x1F",
    "2x",
    "3f32",
    "1e999",
    "\"s\"",
    "'c'",
    "'a",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "!=",
    "=",
    "=>",
    "&&",
    "||",
    "|",
    "!",
    "?",
    ":",
    "::",
    ";",
    ",",
    ".",
    "..",
    "..=",
    "#",
    "#!",
    "@",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "(x)",
    "(x; a = 1)",
    "{ x }",
    "if x > 0 { x } else { a }",
    "{ let u = x; u }",
    "F(x) =",
    "#[alias(b)]",
    "///",
    "//",
    "/*",
    "\n",
    "\t",
    "π",
    "²",
    "×",
    "🎉",
    "\u{202e}",
    "\0",
];

/// Compiles on a small stack; a panic there is one here.
fn survives(text: String) {
    let shown = text.clone();
    let work = move || match compile(&text) {
        Ok(_) => {}
        Err(found) => {
            assert!(!found.is_empty(), "refused without a reason");
            for diagnostic in found {
                assert!(
                    text.get(diagnostic.range.clone()).is_some(),
                    "{diagnostic:?} is no part of the text"
                );
                assert!(!diagnostic.message.ends_with('.'), "{diagnostic:?}");
            }
        }
    };
    let ended =
        std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread can be started").join();
    assert!(ended.is_ok(), "the compiler panicked: {shown:?}");
}

/// Formulas of the variable `x` and the parameters `a` and `b`.
fn formula() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (0..20_i32).prop_map(|whole| whole.to_string()),
        (1..1000_i32).prop_map(|thousandths| format!("0.{thousandths:03}")),
        select(&["1e-3", "2.5e2", "1_000", "1.", "0.044715", "3"][..]).prop_map(str::to_string),
    ];
    let constant = select(CONSTANTS).prop_map(|(name, _)| name.to_string());
    let leaf = prop_oneof![
        4 => Just("x".to_string()),
        2 => select(&["a", "b"][..]).prop_map(str::to_string),
        3 => number,
        1 => constant,
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let comparison = select(&["<", "<=", ">", ">="][..]);
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            6 => (pair.clone(), select(&["+", "-", "*", "/"][..]))
                .prop_map(|((left, right), operator)| format!("({left}) {operator} ({right})")),
            2 => (pair.clone(), select(&["+", "-", "*", "/", "^"][..]))
                .prop_map(|((left, right), operator)| format!("{left} {operator} {right}")),
            2 => (inner.clone(), select(&["2", "3", "-1", "0.5", "(1/3)", "-2", "x", "a"][..]))
                .prop_map(|(base, exponent)| format!("({base})^{exponent}")),
            1 => inner.clone().prop_map(|inner| format!("-({inner})")),
            1 => inner.clone().prop_map(|inner| format!("--{inner}")),
            8 => (select(NAMES), proptest::collection::vec(inner.clone(), 3)).prop_map(|(function, arguments)| {
                format!("{}({})", function.name, arguments[..function.arity].join(", "))
            }),
            2 => (pair.clone(), pair.clone(), comparison).prop_map(|((left, right), (then, otherwise), comparison)| {
                format!("if {left} {comparison} {right} {{ {then} }} else {{ {otherwise} }}")
            }),
            1 => pair.prop_map(|(bound, value)| {
                format!("{{ let u = {bound}; u * ({value}) - u }}").replace("u = u", "v = u")
            }),
        ]
    })
}

/// `formula` with what it uses declared.
fn declared(formula: &str) -> String {
    format!("Some(x; learn a = 0.75, b = -1.5 in -10..10) = {formula} + 0 * (x + a + b)")
}

const POINTS: [f64; 9] = [-7.25, -2.0, -0.8125, -0.1, 0.3, 0.5, 1.0, 2.71875, 9.5];

const PARAMETERS: [f64; 2] = [0.75, -1.5];

/// Equal to 1e-12, unless one is not finite or a change of `x` in its last digits changes the values as much.
fn near(left: &dyn Fn(f64) -> f64, right: &dyn Fn(f64) -> f64, x: f64) -> bool {
    let (at_left, at_right) = (left(x), right(x));
    let beside = [x * (1.0 - 1e-14), x * (1.0 + 1e-14)];
    let sensitivity = |f: &dyn Fn(f64) -> f64| {
        beside.map(|beside| (f(beside) - f(x)).abs()).into_iter().fold(0.0, f64::max)
    };
    let larger = at_left.abs().max(at_right.abs());
    let allowed = 1e-12 * larger + 10.0 * (sensitivity(left) + sensitivity(right));
    !at_left.is_finite()
        || !at_right.is_finite()
        || allowed.is_nan()
        || (at_left - at_right).abs() <= allowed
        || larger < 1e-290
}

/// Derivatives are larger than formulas, and may have a constant part that is beyond the largest number.
const TOO_MUCH: [&str; 6] =
    ["at most", "too large", "too deeply", "infinite", "no real value", "division by zero"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        survives(text);
    }

    #[test]
    fn any_words_are_answered(words in proptest::collection::vec(select(WORDS), 0..60)) {
        survives(words.join(" "));
        survives(words.concat());
    }

    #[test]
    fn damaged_formulas_are_answered(
        formula in formula(),
        at in any::<prop::sample::Index>(),
        count in 0..4_usize,
        word in select(WORDS),
    ) {
        for text in [formula.clone(), declared(&formula)] {
            let mut characters: Vec<char> = text.chars().collect();
            let start = at.index(characters.len());
            let end = (start + count).min(characters.len());
            characters.splice(start..end, word.chars());
            survives(characters.into_iter().collect());
        }
    }

    #[test]
    fn what_is_printed_is_read_as_the_same_formula(formula in formula()) {
        if let Ok(compiled) = compile(&declared(&formula)) {
            let again = compile(&format!("Some(x; learn a = 0.75, b = -1.5 in -10..10) = {}", compiled.formula))
                .map_err(|found| TestCaseError::fail(format!("{found:?} in {}", compiled.formula)))?;
            prop_assert_eq!(&compiled.formula, &again.formula);
            prop_assert_eq!(&compiled.derivative, &again.derivative);
            for x in POINTS {
                let value = |compiled: &Compiled| compiled.evaluate(Output::Forward, x, &PARAMETERS, Precision::Double).to_bits();
                prop_assert_eq!(value(&compiled), value(&again), "at {}", x);
            }
        }
    }

    #[test]
    fn a_printed_derivative_is_the_derivative(formula in formula()) {
        if let Ok(compiled) = compile(&declared(&formula)) {
            let mut printed = vec![
                (Output::Derivative, &compiled.derivative),
                (Output::SecondDerivative, &compiled.second_derivative),
            ];
            printed.extend(compiled.parameters.iter().enumerate().map(|(index, parameter)| {
                (Output::ParameterDerivative(index), &parameter.derivative)
            }));
            for (output, text) in printed {
                let again = match compile(&declared(text)) {
                    Ok(again) => again,
                    Err(found) if found.iter().all(|diagnostic| TOO_MUCH.iter().any(|part| diagnostic.message.contains(part))) => continue,
                    Err(found) => return Err(TestCaseError::fail(format!("{found:?} in {text}"))),
                };
                let left = |x: f64| compiled.evaluate(output, x, &PARAMETERS, Precision::Double);
                let right = |x: f64| again.evaluate(Output::Forward, x, &PARAMETERS, Precision::Double);
                for x in POINTS {
                    prop_assert!(near(&left, &right, x), "{:?} at {}: {} but {} from {}", output, x, left(x), right(x), text);
                }
            }
        }
    }
}
