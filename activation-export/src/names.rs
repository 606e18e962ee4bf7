//! Names and comments in other languages: what an author has called something must neither collide nor escape.

/// Words that mean something in one of the targets, or in the code around; lower case, in alphabetical order.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "abs", "abstract", "activation", "alias", "alignas", "alignof", "alpha_f", "and", "any", "array", "as",
    "asm", "assert", "async", "atan", "auto", "await", "become", "bitcast", "block", "bool", "box", "break",
    "case", "cast", "catch", "cbrt", "char", "class", "const", "constexpr", "continue", "copysign", "cos",
    "cosh", "crate", "def", "default", "defer", "del", "delete", "derivative", "discard", "do", "double",
    "dtype", "dyn", "elif", "else", "enum", "erf", "erfc", "except", "exp", "explicit", "expm1", "export",
    "extern", "f", "f16", "f32", "f64", "fabs", "false", "final", "finally", "float", "floor", "fma", "fn",
    "for", "forward", "frexp", "friend", "from", "function", "gen", "global", "goto", "grad", "half", "i32",
    "i64", "id", "if", "impl", "import", "in", "inf", "inline", "int", "is", "jax", "jnp", "kernel",
    "lambda", "ldexp", "len", "let", "ln", "log", "log1p", "long", "loop", "macro", "main", "mask", "match",
    "max", "min", "mod", "module", "move", "mul_add", "mut", "n", "namespace", "nan", "new", "noexcept",
    "none", "nonlocal", "not", "np", "nullptr", "offsets", "operator", "or", "out", "override", "p",
    "parameter", "pass", "pow", "print", "priv", "private", "protected", "ptr", "pub", "public", "raise",
    "range", "ref", "register", "restrict", "return", "round", "select", "self", "short", "sigmoid", "sign",
    "signed", "sin", "sinh", "size", "sizeof", "sqrt", "static", "struct", "super", "switch", "tanh",
    "template", "this", "throw", "tl", "torch", "trait", "triton", "true", "try", "type", "typedef",
    "typename", "typeof", "u32", "u64", "union", "unsafe", "unsigned", "unsized", "use", "using", "var",
    "vec", "virtual", "void", "volatile", "where", "while", "with", "x", "y", "yield",
];

/// A name of letters, digits and underscores that means nothing in any target.
pub(crate) fn identifier(name: &str) -> String {
    let mut plain = letters(name);
    // What ends like this is a name of ours.
    if plain.ends_with('_') || plain.ends_with("_in") {
        plain.push('v');
    }
    let numbered = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_temporary = numbered.len() < plain.len() && matches!(numbered, "t" | "s" | "p" | "f" | "i" | "u");
    if is_temporary || RESERVED.contains(&plain.to_ascii_lowercase().as_str()) {
        plain.push('_');
    }
    plain
}

/// What no function in a file of Python may be called: words of the language, modules, and what the code around calls; in
/// alphabetical order.
#[rustfmt::skip]
const TAKEN_IN_PYTHON: &[&str] = &[
    "abs", "and", "any", "as", "assert", "async", "await", "bool", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "float", "for", "from", "global", "if", "import", "in", "is", "jax", "jnp", "lambda",
    "libdevice", "nonlocal", "not", "np", "or", "pass", "raise", "range", "return", "staticmethod", "sum", "super", "tl", "torch",
    "triton", "try", "tuple", "while", "with", "yield", "zip",
];

/// What a function is called in Python.
pub(crate) fn in_python(name: &str) -> String {
    let taken = TAKEN_IN_PYTHON.contains(&name);
    format!("{name}{}", if taken { "_" } else { "" })
}

/// What is left of a name in ASCII: other letters by their numbers, and a letter in front.
pub(crate) fn letters(name: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut plain = String::new();
    for character in name.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => plain.push(character),
            other => plain += &format!("u{:x}", u32::from(other)),
        }
    }
    // Names that begin with an underscore belong to compilers, and two in a row to C++ and WGSL.
    while plain.contains("__") {
        plain = plain.replace("__", "_");
    }
    match plain.trim_start_matches('_') {
        "" => "a".into(),
        rest if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("a{rest}"),
        rest => rest.into(),
    }
}

/// `hard_swish` as `HardSwish`.
pub(crate) fn camel_case(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
                .collect::<String>()
        })
        .collect()
}

/// A text that is harmless in a comment of any language: no end of a comment or a string, nothing escaped, one line a line.
pub(crate) fn comment(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            let line: String =
                line.chars().map(|c| if c.is_control() || is_invisible(c) { ' ' } else { c }).collect();
            line.replace('\\', "/")
                .replace("*/", "* /")
                .replace("/*", "/ *")
                .replace("\"\"\"", "'''")
                .replace('"', "'")
                .replace("??", "? ?")
                .trim_end()
                .to_owned()
        })
        .collect()
}

/// Characters that turn or hide what stands beside them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A double as a literal of every language here: the shortest digits that read back, with a point or an exponent.
pub(crate) fn literal(value: f64) -> String {
    format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::{RESERVED, TAKEN_IN_PYTHON, camel_case, comment, identifier, in_python, literal};

    #[test]
    fn reserved_words_are_sorted_and_avoided() {
        assert!(RESERVED.is_sorted() && TAKEN_IN_PYTHON.is_sorted());
        assert_eq!(["sum", "sigmoid", "lambda"].map(in_python), ["sum_", "sigmoid", "lambda_"]);
        for name in ["int", "lambda", "exp", "async", "x", "t0", "np", "Class", "r#type", "None"] {
            let safe = identifier(name);
            assert!(safe.ends_with('_'), "{name} is {safe}");
        }
        assert_eq!(identifier("beta"), "beta");
        assert_eq!(identifier("größe"), "gru f6u dfe".replace(' ', ""));
        assert_eq!(identifier("__init__"), "init_v");
        assert_eq!(camel_case("hard_swish"), "HardSwish");
    }

    #[test]
    fn comments_cannot_be_left() {
        let lines = comment("a */ b /* c \"\"\" d \\\n%s \u{202e} \r e");
        assert_eq!(lines, ["a * / b / * c ''' d /", "%s     e"]);
    }

    #[test]
    fn literals_read_back() {
        for value in [0.1, 1e22, 1e300, 5e-324, -0.0, 1.0, f64::MAX, 2.0 / 3.0] {
            let text = literal(value);
            assert!(text.contains(['.', 'e']), "{text}");
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
    }
}
