//! Texts that nobody writes by accident: each is answered soon, on a small stack, with a value or an error.

use activation_formula::{Diagnostic, compile};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What a thread gets by default, which is less than what a main thread has.
const STACK: usize = 2 << 20;

/// Loose enough for an unoptimised build on a busy machine, tight enough to notice what does not end.
const PATIENCE: Duration = Duration::from_secs(20);

/// The derivative, or what was wrong.
fn answer(text: String) -> Result<String, Vec<Diagnostic>> {
    let begun = Instant::now();
    let shown: String = text.chars().take(90).collect();
    let (answered, answer) = mpsc::channel();
    let work = move || {
        let answer = compile(&text);
        if let Err(found) = &answer {
            assert!(!found.is_empty(), "refused without a reason");
            for Diagnostic { message, range } in found {
                assert!(text.get(range.clone()).is_some(), "{range:?} is no part of the text: {message}");
            }
        }
        // Nobody waits any more if it took too long.
        let _ = answered.send(answer.map(|compiled| compiled.derivative));
    };
    std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread can be started");
    match answer.recv_timeout(PATIENCE) {
        Ok(answer) => {
            println!("{:>7} ms  {shown}", begun.elapsed().as_millis());
            answer
        }
        Err(RecvTimeoutError::Timeout) => panic!("no answer after {PATIENCE:?}: {shown}"),
        Err(RecvTimeoutError::Disconnected) => panic!("the compiler panicked: {shown}"),
    }
}

/// The messages, which are few.
fn refused(text: impl Into<String>) -> Vec<String> {
    match answer(text.into()) {
        Ok(derivative) => panic!("accepted, with the derivative {derivative}"),
        Err(found) => found.into_iter().map(|diagnostic| diagnostic.message).collect(),
    }
}

/// Exactly one message, which contains `part`.
fn refused_because(part: &str, text: impl Into<String>) {
    let messages = refused(text);
    assert!(messages.len() == 1 && messages[0].contains(part), "expected `{part}`, found {messages:?}");
}

#[test]
fn nesting_without_end() {
    refused_because(
        "nested",
        "(".repeat(60_000) + "x" + &")".repeat(60_000).chars().take(5_000).collect::<String>(),
    );
    refused_because("bytes long", "(".repeat(60_000) + "x" + &")".repeat(60_000));
    refused_because("nested", "(".repeat(30_000) + "x" + &")".repeat(30_000));
    refused_because("nested", "(".repeat(60_000));
    refused_because("nothing for this", ")".repeat(60_000));
    refused_because("bytes long", "-".repeat(100_000) + "x");
    refused_because("tokens", "-".repeat(60_000) + "x");
    refused_because("nested", "-".repeat(3_000) + "x");
    refused_because("nested", "x^".repeat(1_900) + "x");
    refused_because("tokens", "x^".repeat(3_000) + "x");
    refused_because("tokens", "x^".repeat(3_000));
    refused_because("nested", "exp(".repeat(3_000) + "x" + &")".repeat(3_000));
    refused_because("tokens", "if x > 0 { x } else ".repeat(3_000) + "{ 0 }");
    refused_because("nested", "if x > 0 { x } else ".repeat(400) + "{ 0 }");
    refused_because("nested", "if x > 0 { ".repeat(2_500) + "x" + &" } else { 0 }".repeat(2_500));
    refused_because("nested", "{ let a = ".repeat(3_000) + "x" + &"; a }".repeat(3_000));
}

#[test]
fn a_tree_as_deep_as_the_limits_allow() {
    for (levels, width) in [(90, 20), (40, 46), (20, 92), (90, 4)] {
        for operator in [" + ", " * ", " - "] {
            let mut text = "x".to_string();
            for _ in 0..levels {
                text = format!("({text}{})", format!("{operator}x").repeat(width));
            }
            let _ = answer(text.clone());
            let _ = answer(text.replace('x', "tanh(x)"));
            let _ = answer(text.replacen('x', "y", 1));
        }
    }
}

#[test]
fn sums_and_products_without_end() {
    refused_because("tokens", vec!["x"; 20_000].join("+"));
    refused_because("terms", vec!["x"; 97].join(" + "));
    refused_because("factors", vec!["x"; 97].join(" * "));
    assert!(answer(vec!["x"; 96].join(" + ")).is_ok());
    assert!(answer(vec!["x"; 96].join(" * ")).is_ok());
    let factors: Vec<String> = (1..=96).map(|k| format!("(x + {k})")).collect();
    let _ = answer(factors.join(" * "));
    let _ = answer(factors[..48].join(" / "));
    let functions: Vec<String> = (1..=96).map(|k| format!("exp({k} * x)")).collect();
    let _ = answer(functions.join(" + "));
    let _ = answer(functions.join(" * "));
    let _ = answer(format!("1 / ({})", functions.join(" + ")));
    let _ = answer(format!("({})^96", factors.join(" * ")));
    let _ = answer("(x + 1)^2 * (x^2 + x + 1)^3 * ".repeat(40) + "x");
    let _ = answer(format!("({})^9", ["tanh(x)", "sin(x)", "exp(x)", "x", "1"].join(" + ")));
}

#[test]
fn lets_without_end() {
    refused_because("tokens", format!("{{ {} x }}", "let a = x; ".repeat(5_000)));
    let many = |count: usize, next: &dyn Fn(&str) -> String| {
        let mut text = "{ let a0 = x; ".to_string();
        for index in 1..count {
            text += &format!("let a{index} = {}; ", next(&format!("a{}", index - 1)));
        }
        text + &format!("a{} }}", count - 1)
    };
    let _ = answer(many(600, &|a| a.to_string()));
    let _ = answer(many(300, &|a| format!("exp({a})")));
    let _ = answer(many(190, &|a| format!("sin({a})")));
    let _ = answer(many(190, &|a| format!("tanh({a})")));
    let _ = answer(many(190, &|a| format!("sqrt({a} + 1)")));
    for steps in [5, 10, 40, 200] {
        let _ = answer(many(steps, &|a| format!("{a} * {a} + {a}")));
        let _ = answer(many(steps, &|a| format!("{a} + {a}")));
        let _ = answer(many(steps, &|a| format!("{a} * {a}")));
        let _ = answer(many(steps, &|a| format!("{a} * tanh({a}) + {a}")));
        let _ = answer(many(steps, &|a| format!("1 / ({a} + 1 / {a})")));
        let _ = answer(many(steps, &|a| format!("max({a}, x - {a})")));
        if steps < 40 {
            let _ = answer(many(steps, &|a| format!("if {a} > 0 {{ {a} }} else {{ -{a} - 1 }}")));
        }
        let _ = answer(many(steps, &|a| format!("ln({a}^2 + exp({a}))")));
        let _ = answer(many(steps, &|a| format!("{a}^x")));
        let _ = answer(many(steps, &|a| format!("2^{a}")));
    }
}

#[test]
fn numbers_without_end() {
    refused_because("out of reach", "x * 1e999999999");
    refused_because("out of reach", "x * 1e-99999999999999999999999");
    refused_because("too large", "F(x; a = 1) = e / 0.922^250 - x * a");
    let digits = "7".repeat(50_000);
    let _ = answer(format!("x * {digits}"));
    let _ = answer(format!("x * 0.{digits}"));
    let _ = answer(format!("x / ({digits} - x)"));
    let _ = answer(format!("x^{digits}"));
    let _ = answer(format!("x^0.{digits}"));
    let _ = answer(format!("x * {digits}^{}", "9".repeat(400)));
    for text in [
        "x^1000000000",
        "x^-1000000000",
        "(x + 1)^1000000000",
        "(exp(x) + 1)^1000000000",
        "(x^2 + x)^1000",
        "tanh(x)^100000",
        "x * 2^1000000000",
        "x * 2^-1000000000",
        "x * 0.5^1000000000000000000000",
        "x * (1/3)^100000",
        "x * 2^2^2^2^2^2^2",
        "x * 9^9^9^9^9",
        "x^x^x^x^x^x^x^x^x^x^x^x",
        "x^9^9^9^9",
        "x * 1e1000",
        "x * 1e1000 * 1e1000 * 1e1000",
        "x * 1e-1000",
        "exp(1e300 * x)",
        "x * exp(1000)",
        "x * exp(exp(exp(10)))",
        "x / (1e-300)^9",
    ] {
        let _ = answer(text.to_string());
    }
    let _ = answer(vec!["x"; 90].join("^"));
    let _ = answer(format!("x{}", "^(1 + 1/3)".repeat(60)));
}

#[test]
fn odd_characters() {
    for text in [
        "",
        " ",
        "\n",
        "\0",
        "x\0",
        "x * \u{1b}[31mx",
        "x\u{7f}",
        "\u{feff}x^2",
        "x \u{202e} * 2",
        "x\u{200b}^2",
        "x * 🎉",
        "🎉",
        "é",
        "é^2",
        "x\u{301}",
        "x″",
        "x'",
        "'x",
        "'x'",
        "\"x\"",
        "\"x",
        "b\"x\" * x",
        "r#\"x\"#",
        "c\"x\"",
        "'a: x",
        "x // 2",
        "x / / 2",
        "/* x",
        "x */ 2",
        "/// x",
        "/// x\nF(x) = x",
        "x ///",
        "//",
        "/",
        "#",
        "#!",
        "#[",
        "#[a]",
        "#[doc]",
        "#[doc = 1] F(x) = x",
        "#![list] F(x) = x",
        "x;",
        ";",
        ";;;",
        "=",
        "= x",
        "x = x",
        "y = x",
        "F(x) =",
        "F(x) = ;",
        "F() = x",
        "F(x)(y) = x",
        "(x) = x",
        "((x)",
        "(x))",
        "[x}",
        "{x",
        "x}",
        "{}",
        "()",
        "[]",
        "fn",
        "fn f",
        "fn f(x) = x",
        "self",
        "self * x",
        "Self",
        "crate::x",
        "super",
        "_",
        "_ * 2",
        "r#fn",
        "r#x * 2",
        "r#self",
        "if",
        "else",
        "let",
        "in",
        "learn",
        "pub",
        "pub(",
        "pub(x)",
        "pub(crate) F(x) = x",
        "pub(in a::b) F(x) = x",
        "if x",
        "if x {",
        "if x > {",
        "if x > 0 {}",
        "if x > 0 {} else {}",
        "x.",
        "x..",
        "x...x",
        ".x",
        "x.0",
        "x.0.0",
        "1.",
        "1..",
        "1.x",
        "1.e3 * x",
        "1e",
        "1e+",
        "1e * x",
        "0x",
        "0xg",
        "0b2",
        "0o9",
        "1__",
        "1_x",
        "2²",
        "x²",
        "½x",
        "x ≤ 1",
        "1f",
        "1f3_2",
        "1r#x",
        "3 x",
        "x x",
        "x 3",
        "x (x)",
        "sin",
        "sin cos",
        "sin cos x",
        "x!",
        "!x",
        "~x",
        "x?",
        "?",
        "x ? 1 : 2",
        "a::b",
        "::x",
        "x::",
        "x::y::",
        "x:",
        "$x",
        "@",
        "\\frac{x}{2}",
        "x && x",
        "x || x",
        "||",
        "|",
        "|x",
        "|x|",
        "||x||",
        "|x|x|",
        "F(x; self = 1) = self * x",
        "F(x; _ = 1) = _ * x",
        "F(x; t0 = 1, R = 2, index = 3) = t0 * R * index * x",
        "e",
        "pi",
        "exp",
        "F(e) = e",
        "F(pi) = pi",
        "F(exp) = exp(exp)",
        "F(self) = self",
        "F(fn) = fn",
        "F(_) = _",
        "F(x; x = x) = x",
        "F(F) = F",
        "F(x; = 1) = x",
        "F(x; a) = x",
        "F(x; a =) = x",
        "F(x; a = ) = x",
        "F(x; a = 1 in) = x",
        "F(x; a = 1 in ..) = a * x",
        "F(x; a = 1 in ...) = a * x",
        "F(x; a = 1 in 1..2..3) = a * x",
        "F(x; a = 1 in 0..=) = a * x",
        "F(x; learn learn = 1) = learn * x",
        "F(x; a = {) = x",
        "F(x; a = if x > 0 { 1 } else { 2 }) = a * x",
        "F(x; a = { let b = 1; b }) = a * x",
        "F(x;;) = x",
        "F(x,) = x",
        "F(x; a = 1e400) = a * x",
        "F(x; a = -0) = a * x",
        "F(x; a = nan) = a * x",
        "F(x; a = 1 in 2..0) = a * x",
        "#[alias] F(x) = x",
        "#[alias()] F(x) = x",
        "#[alias(a, b, \"c d\")] F(x) = x",
        "#[alias(\"\")] F(x) = x",
        "#[x] F(x) = x",
        "F(x) = x; G(x) = x",
        "F(x) = x G(x) = x",
        "F(x) = x; G(x) = epx(x)",
        "exp(x) = 3",
        "exp(x) == 3",
        "F(x) == x",
        "F(x) =< x",
        "{ let x = 1; x }",
        "{ let y = y; y }",
        "{ let a = 1; let a = 2; a * x }",
        "{ let e = x; e }",
        "{ let = x; x }",
        "{ let a x }",
        "{ let a = x }",
        "{ x; x }",
        "{ let a = x; }",
        "let a = x; a",
        "max(x",
        "max(x,)",
        "max(,x)",
        "max(,)",
        "max(x,,x)",
        "max(x x)",
        "x - x",
        "0 * x",
        "x / x",
        "x^0",
        "0^x",
        "1^x",
        "0^(x - x)",
        "x / (x - x)",
        "ln(x - x)",
        "1 / (x - epx(x))",
        "(x - x)^(x - x)",
        "sqrt(-x^2)",
        "ln(-exp(x))",
        "x / 0",
        "x^(1/0)",
        "x + ln(0)",
        "x + ln(-1) + exp(ln(-1))",
        "x * (-8)^(1/3)",
        "clamp(x, 2, 1)",
    ] {
        let _ = answer(text.to_string());
    }
    let _ = answer("\u{0}\u{1}".repeat(20_000));
    let _ = answer("×".repeat(30_000));
    let _ = answer("a".repeat(60_000));
    let _ = answer(format!("x + {}(x)", "a".repeat(60_000)));
    let _ = answer((0..3_000).map(|index| format!("a{index}")).collect::<Vec<_>>().join("+"));
    let _ = answer((0..1_900).map(|index| format!("a{index}")).collect::<Vec<_>>().join("/"));
    let _ = answer(vec!["(a + ax)"; 700].join("x"));
    let _ = answer("? ".repeat(2_000));
    let _ = answer("2x ".repeat(1_900));
    let _ = answer("x.exp()".repeat(500));
    let _ = answer("|".repeat(3_900));
    let _ = answer("x::".repeat(1_000));
    let _ = answer("F(x) = x;".repeat(500));
    let _ = answer("#[a]".repeat(900));
    let _ = answer(format!("F(x; {}) = x", "a = 1, ".repeat(900)));
    let _ = answer(format!("F(x; {}) = x", (0..900).map(|i| format!("a{i} = 1,")).collect::<String>()));
}

#[test]
fn a_long_quotient() {
    let factors: Vec<String> = (1..=96).map(|k| format!("(x + {k})")).collect();
    let _ = answer(factors.join(" / "));
}

#[test]
fn choices_that_double() {
    let mut text = "{ let a0 = x; ".to_string();
    for index in 1..40 {
        let a = format!("a{}", index - 1);
        text += &format!("let a{index} = if {a} > 0 {{ {a} }} else {{ -{a} - 1 }}; ");
    }
    let _ = answer(text + "a39 }");
}

/// The macro writes numbers as Rust literals, which cannot be infinite.
#[test]
fn numbers_beyond_the_range_do_not_stop_the_macro() {
    for (body, refused) in [
        ("1e400 * x", true),
        ("x + 10^309", true),
        ("min(x, 1e400)", true),
        ("x * 2^1024", true),
        ("x / 1e-400", true),
        ("if x < 1e400 { x } else { 2 }", true),
        ("x * 3^700", true),
        ("x * (1/3)^-700", true),
        ("x + sqrt(1e700)", true),
        // Only a coefficient of the second derivative is out of range.
        ("sin(1e300 * x)", false),
    ] {
        let tokens = format!("[activation_core] #[unchecked] pub F(x) = {body};").parse().expect("tokens");
        let expansion = activation_formula::define(tokens).to_string();
        assert_eq!(expansion.contains("compile_error"), refused, "{body}");
        assert_eq!(activation_formula::compile(body).is_err(), refused, "{body}");
    }
}
