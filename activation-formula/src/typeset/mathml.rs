//! MathML Core, which every browser of today draws by itself.

use super::{GREEK, Math, Symbol, called, index};

pub(super) fn print(math: &Math) -> String {
    let inner = one(math);
    format!(r#"<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{inner}</math>"#)
}

/// Exactly one element.
fn one(math: &Math) -> String {
    match math {
        Math::Number(digits) => format!("<mn>{digits}</mn>"),
        Math::Name(text) => name(text),
        Math::Symbol(symbol) => self::symbol(*symbol).to_owned(),
        Math::Row(parts) => row(&parts.iter().map(one).collect::<String>()),
        Math::Fraction(top, bottom) => format!("<mfrac>{}{}</mfrac>", one(top), one(bottom)),
        Math::Power(base, exponent) => format!("<msup>{}{}</msup>", one(base), one(exponent)),
        Math::Root(3, inner) => format!("<mroot>{}<mn>3</mn></mroot>", one(inner)),
        Math::Root(_, inner) => format!("<msqrt>{}</msqrt>", one(inner)),
        Math::Absolute(inner) => fenced("|", &one(inner), "|"),
        Math::Parentheses(inner) => fenced("(", &one(inner), ")"),
        Math::Call(name, exponent, arguments) => {
            let function = format!("<mi>{}</mi>", escaped(called(name)));
            let function = match exponent {
                Some(exponent) => format!("<msup>{function}{}</msup>", one(exponent)),
                None => function,
            };
            let arguments: Vec<String> = arguments.iter().map(one).collect();
            // U+2061 is the invisible operator between a function and its argument.
            row(&format!(
                "{function}<mo>\u{2061}</mo>{}",
                fenced("(", &arguments.join(r#"<mo separator="true">,</mo>"#), ")")
            ))
        }
        Math::Cases(rows, otherwise) => {
            let mut table = String::new();
            for (value, condition) in rows {
                table += &table_row(&one(value), &format!("<mtext>if&#160;</mtext>{}", one(condition)));
            }
            table += &table_row(&one(otherwise), "<mtext>otherwise</mtext>");
            row(&format!(r#"<mo fence="true" stretchy="true">{{</mo><mtable>{table}</mtable>"#))
        }
        Math::Where(value, lets) => {
            let mut table = format!("<mtr>{}</mtr>", cell(&one(value)));
            for (number, (name, bound)) in lets.iter().enumerate() {
                let word = if number == 0 { "where&#160;" } else { "and&#160;" };
                let equation = format!("<mtext>{word}</mtext>{}<mo>=</mo>{}", self::name(name), one(bound));
                table += &format!("<mtr>{}</mtr>", cell(&equation));
            }
            format!("<mtable>{table}</mtable>")
        }
        Math::Value(primes, variable) => {
            let primes = "\u{2032}".repeat(*primes);
            let function = match primes.as_str() {
                "" => "<mi>f</mi>".into(),
                primes => format!("<msup><mi>f</mi><mo>{primes}</mo></msup>"),
            };
            row(&format!("{function}<mo>\u{2061}</mo>{}", fenced("(", &name(variable), ")")))
        }
    }
}

fn row(inner: &str) -> String {
    format!("<mrow>{inner}</mrow>")
}

fn fenced(open: &str, inner: &str, close: &str) -> String {
    row(&format!(r#"<mo fence="true">{open}</mo>{inner}<mo fence="true">{close}</mo>"#))
}

fn table_row(value: &str, condition: &str) -> String {
    format!("<mtr>{}{}</mtr>", cell(value), cell(condition))
}

/// Cells are centred unless told otherwise, and MathML Core leaves that to styles.
fn cell(inner: &str) -> String {
    format!(r#"<mtd style="text-align:left">{inner}</mtd>"#)
}

fn symbol(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Plus => "<mo>+</mo>",
        Symbol::Minus => "<mo>\u{2212}</mo>",
        Symbol::Dot => "<mo>\u{22c5}</mo>",
        // U+2062, the invisible product.
        Symbol::Times => "<mo>\u{2062}</mo><mspace width=\"0.17em\"/>",
        Symbol::Equal => "<mo>=</mo>",
        Symbol::Less => "<mo>&lt;</mo>",
        Symbol::LessEqual => "<mo>\u{2264}</mo>",
        Symbol::Greater => "<mo>&gt;</mo>",
        Symbol::GreaterEqual => "<mo>\u{2265}</mo>",
        Symbol::Partial => "<mi mathvariant=\"normal\">\u{2202}</mi>",
    }
}

fn name(text: &str) -> String {
    let (base, index) = index(text);
    let base = word(base);
    match index {
        Some(index) => format!("<msub>{base}{}</msub>", word(index)),
        None => base,
    }
}

fn word(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("<mn>{text}</mn>");
    }
    match GREEK.iter().find(|(name, _)| *name == text) {
        Some((_, letter)) => format!("<mi>{letter}</mi>"),
        None => format!("<mi>{}</mi>", escaped(text)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
