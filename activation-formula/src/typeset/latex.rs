//! LaTeX, for math mode.

use super::{GREEK, Math, Symbol, called, index};

/// Functions that LaTeX has a command for.
const COMMANDS: &[&str] = &["arctan", "cos", "cosh", "exp", "ln", "max", "min", "sin", "sinh", "tanh"];

pub(super) fn print(math: &Math) -> String {
    match math {
        Math::Number(digits) => digits.clone(),
        Math::Name(text) => name(text),
        Math::Symbol(symbol) => self::symbol(*symbol).to_owned(),
        Math::Row(parts) => match parts.as_slice() {
            [Math::Symbol(Symbol::Minus), rest @ ..] => {
                rest.iter().fold("-".into(), |row, part| row + &print(part))
            }
            parts => parts.iter().map(print).collect(),
        },
        Math::Fraction(top, bottom) => format!(r"\frac{{{}}}{{{}}}", print(top), print(bottom)),
        Math::Power(base, exponent) => format!("{}^{{{}}}", print(base), print(exponent)),
        Math::Root(3, inner) => format!(r"\sqrt[3]{{{}}}", print(inner)),
        Math::Root(_, inner) => format!(r"\sqrt{{{}}}", print(inner)),
        Math::Absolute(inner) => fenced("|", &print(inner), "|"),
        Math::Parentheses(inner) => fenced("(", &print(inner), ")"),
        Math::Call(name, exponent, arguments) => {
            let exponent =
                exponent.as_ref().map(|exponent| format!("^{{{}}}", print(exponent))).unwrap_or_default();
            let arguments: Vec<String> = arguments.iter().map(print).collect();
            format!("{}{exponent}{}", function(name), fenced("(", &arguments.join(r",\, "), ")"))
        }
        Math::Cases(rows, otherwise) => {
            let mut text = String::from(r"\begin{cases} ");
            for (value, condition) in rows {
                text += &format!(r"{} & \text{{if }} {} \\ ", print(value), print(condition));
            }
            text + &format!(r"{} & \text{{otherwise}} \end{{cases}}", print(otherwise))
        }
        Math::Where(value, lets) => {
            let mut text = format!(r"\begin{{aligned}} & {}", print(value));
            for (number, (name, bound)) in lets.iter().enumerate() {
                let word = if number == 0 { r"\text{where } " } else { r"\phantom{\text{where }} " };
                text += &format!(r" \\ & {word}{} = {}", self::name(name), print(bound));
            }
            text + r" \end{aligned}"
        }
        Math::Value(primes, variable) => format!("f{}({})", "'".repeat(*primes), name(variable)),
    }
}

/// Fences grow with what they hold only where it is high: automatic ones add space.
fn fenced(open: &str, inner: &str, close: &str) -> String {
    let is_high = [r"\frac", r"\sqrt", r"\begin", r"\left", "^"].iter().any(|high| inner.contains(high));
    if is_high { format!(r"\left{open}{inner}\right{close}") } else { format!("{open}{inner}{close}") }
}

fn symbol(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Plus => " + ",
        Symbol::Minus => " - ",
        Symbol::Dot => r" \cdot ",
        Symbol::Times => r" \, ",
        Symbol::Equal => " = ",
        Symbol::Less => " < ",
        Symbol::LessEqual => r" \le ",
        Symbol::Greater => " > ",
        Symbol::GreaterEqual => r" \ge ",
        Symbol::Partial => r"\partial ",
    }
}

fn name(text: &str) -> String {
    let (base, index) = index(text);
    let base = word(base);
    match index {
        Some(index) => format!("{base}_{{{}}}", word(index)),
        None => base,
    }
}

fn word(text: &str) -> String {
    let greek = |&&(name, letter): &&(&str, char)| name == text || text.chars().eq([letter]);
    match GREEK.iter().find(greek) {
        Some((name, _)) => format!(r"\{name}"),
        None if text.bytes().all(|byte| byte.is_ascii_digit()) || text.chars().nth(1).is_none() => {
            escaped(text)
        }
        None => format!(r"\mathrm{{{}}}", escaped(text)),
    }
}

/// Letters of other alphabets are set as text, which more fonts have than mathematics.
fn escaped(text: &str) -> String {
    let ascii = text.replace('_', r"\_");
    if text.is_ascii() { ascii } else { format!(r"\text{{{ascii}}}") }
}

fn function(name: &str) -> String {
    match called(name) {
        "σ" => r"\sigma".into(),
        known if COMMANDS.contains(&known) => format!(r"\{known}"),
        other => format!(r"\operatorname{{{}}}", escaped(other)),
    }
}
