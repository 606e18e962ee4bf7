//! Names of activations: which texts are meant as one, and what a wrong one may have meant.

use activation_core::{all, by_name, normalised_name, similar_names};
use activation_formula::{CONSTANTS, NAMES, nearest};

/// Functions that the library has, but that are none of a single number.
const OF_ROWS: &[&str] = &["softmax", "log_softmax", "softmin", "logsumexp", "sparsemax", "maxout"];

/// What to say about a name that there is not.
pub(crate) fn unknown(text: &str) -> String {
    let shown = crate::data::excerpt(text);
    let wanted = normalised_name(text);
    if let Some(name) = OF_ROWS.iter().find(|name| normalised_name(name) == wanted) {
        return format!(
            "`{name}` is a function of whole rows, and activations are functions of one number; in a Rust program it is \
             `activation_core::rows::{name}_into`"
        );
    }
    match similar_names(text, all()).join("`, `").as_str() {
        "" => format!("unknown activation {shown}; `activation list` names all that there are"),
        names => format!("unknown activation {shown}; did you mean `{names}`?"),
    }
}

/// Whether the text can only be meant as a name: it begins with a letter and has no operators.
///
/// A minus joins words to a name, unless one of them can be a part of a formula: a single letter, a constant
/// or a number. Then it is a difference, such as `x-1` or `theta - 1`, if no name is near. A single letter, a
/// function (`exp`) or a constant (`pi`) is a formula too, with a better message of its own.
pub(crate) fn is_name(text: &str) -> bool {
    if !could_be_name(text) {
        return false;
    }
    let words: Vec<&str> = text.split(['-', ' ']).filter(|word| !word.is_empty()).collect();
    match *words.as_slice() {
        [word] => word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !is_of_language(word),
        _ => words.iter().all(|word| !is_operand(word)) || is_near(text),
    }
}

/// Whether the text is a name with parameters, `leaky_relu(slope=0.2)`, well written or not. No formula has a `=` there.
pub(crate) fn has_parameters(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    let (name, rest) = (name.trim(), rest.trim_end());
    let inside = rest.strip_suffix(')').unwrap_or(rest);
    let Some((parameter, value)) = inside.split_once('=') else { return false };
    let is_parameter = !parameter.trim().is_empty()
        && parameter.trim().chars().all(|c| c.is_alphanumeric() || c == '_')
        && !value.starts_with('=');
    let is_activation = could_be_name(name) && (by_name(name).is_some() || is_name(name));
    is_parameter && is_activation && !inside.contains(['(', ')', ';', '{'])
}

/// Whether the text has the characters of a name: `-gelu` is a formula, and no way to write `gelu`.
pub(crate) fn could_be_name(text: &str) -> bool {
    text.trim_start().starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
}

fn is_operand(word: &str) -> bool {
    word.chars().nth(1).is_none()
        || word.starts_with(|c: char| c.is_ascii_digit())
        || CONSTANTS.iter().any(|(constant, _)| *constant == word)
}

fn is_of_language(word: &str) -> bool {
    NAMES.iter().any(|row| row.name == word) || CONSTANTS.iter().any(|(constant, _)| *constant == word)
}

/// Nothing as short as `x-1` is near a name by more than chance.
fn is_near(text: &str) -> bool {
    let normalised = normalised_name(text);
    let near = all()
        .map(|entry| entry.info())
        .flat_map(|info| std::iter::once(info.name).chain(info.aliases.iter().copied()).map(normalised_name));
    let near: Vec<String> = near.collect();
    normalised.chars().count() > 4 && !nearest(&normalised, near.iter().map(String::as_str)).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_formulas_are_told_apart() {
        for name in [
            "relu7",
            "leaky-rleu",
            "swissh",
            "foo",
            "foo-bar",
            "Leaky ReLUU",
            "relu-7",
            "hard",
            "gelu tan",
            "x_1a",
        ] {
            assert!(is_name(name), "{name}");
        }
        for formula in [
            "x",
            "x-1",
            "a-b",
            "pi*x",
            "pi-x",
            "x - pi",
            "theta - 1",
            "-gelu",
            "-x",
            "2",
            "x1",
            "exp",
            "pi",
            "e",
            "pi-theta",
            "σ",
            "",
            " ",
            "-",
            "1-x",
            "x+1",
            "relu(x)",
            "x x",
        ] {
            assert!(!is_name(formula), "{formula}");
        }
    }

    #[test]
    fn parameters_and_formulas_are_told_apart() {
        for text in
            ["leaky_relu(slope=0.2)", " ELU ( alpha = 1, ) ", "relu(a=1", "foo_bar(a=)", "swish(beta=1, x)"]
        {
            assert!(has_parameters(text), "{text}");
        }
        for text in [
            "relu(x)",
            "relu(x >= 1)",
            "relu(x == 1)",
            "LeakyRelu(x; slope = 0.2) = x * slope",
            "relu(x) = max(0, x)",
            "exp(x=2)",
            "elu()",
            "elu(=1)",
            "max(relu(x=1), 2)",
            "relu(a=(1))",
        ] {
            assert!(!has_parameters(text), "{text}");
        }
    }

    #[test]
    fn wrong_names_find_right_ones() {
        assert_eq!(unknown("relu7"), "unknown activation `relu7`; did you mean `relu`, `relu2`, `relu6`?");
        assert!(unknown("leaky-rleu").contains("did you mean `leaky_relu`"), "{}", unknown("leaky-rleu"));
        assert!(unknown("Leaky").contains("`leaky_relu`"), "{}", unknown("Leaky"));
        assert!(unknown("LogSoftmax").contains("`activation_core::rows::log_softmax_into`"));
        assert!(unknown("swissh").contains("`swish`"), "{}", unknown("swissh"));
        assert!(unknown("qqqqqqqqq").contains("`activation list`"), "{}", unknown("qqqqqqqqq"));
    }

    #[test]
    fn every_name_is_a_name() {
        for info in all().map(|entry| entry.info()) {
            for name in std::iter::once(&info.name).chain(info.aliases) {
                assert!(could_be_name(name), "{name}");
            }
        }
    }
}
