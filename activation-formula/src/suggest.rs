//! "Did you mean": the nearest of the words that would have been right.

/// At most this many names are listed when none is near.
const FEW: usize = 9;

/// The candidates within reach of `word`, nearest first.
///
/// Transposed letters count as one edit. Short words must be nearer than long ones: a single letter may differ by its
/// case only; one edit up to four letters, two up to eight, three above.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word: String = word.chars().take(64).collect::<String>().to_lowercase();
    let reach = match word.chars().count() {
        0..=1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, candidate)| distance <= reach && distance < candidate.chars().count())
        .collect();
    near.sort();
    near.dedup();
    near.truncate(3);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// "did you mean `a`?", or the whole choice when it is short or nothing is near.
pub(crate) fn cure(word: &str, candidates: &[&str], what: &str) -> String {
    match nearest(word, candidates.iter().copied()).first() {
        Some(best) => format!("did you mean `{best}`?"),
        None if candidates.len() <= FEW => format!("the {what} here are {}", quoted(candidates)),
        None => format!("the {what} are {}", quoted(candidates)),
    }
}

/// `a`, `b`, `c`
pub(crate) fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How functions of other languages are written here.
pub(crate) fn foreign(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "pow" | "power" | "powi" | "powf" => "x^2",
        "square" | "sqr" => "x^2",
        "exp_m1" => "expm1(x)",
        "ln_1p" => "log1p(x)",
        "fabs" | "absolute" => "abs(x)",
        "arctan" => "atan(x)",
        "arcsinh" => "asinh(x)",
        "sgn" | "signum" => "sign(x)",
        "log2" => "ln(x) / ln(2)",
        "log10" => "ln(x) / ln(10)",
        "exp2" => "2^x",
        "tan" => "sin(x) / cos(x)",
        "sech" => "1 / cosh(x)",
        "where" | "select" | "piecewise" => "if x > 0 { x } else { 0 }",
        "maximum" => "max(a, b)",
        "minimum" => "min(a, b)",
        "clip" => "clamp(x, low, high)",
        "gelu" => "x * (1 + erf(x / sqrt(2))) / 2",
        "silu" | "swish" => "x * sigmoid(x)",
        "reciprocal" | "recip" => "1 / x",
        "logsigmoid" => "log_sigmoid(x)",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn transposed_letters_are_one_edit() {
        assert_eq!(nearest("epx", ["exp", "abs", "erf"]), ["exp"]);
    }

    #[test]
    fn short_words_do_not_match_everything() {
        assert!(nearest("q", ["x", "e"]).is_empty());
        assert!(nearest("foo", ["exp", "abs", "cos"]).is_empty());
    }
}
