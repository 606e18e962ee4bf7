//! "Did you mean": the nearest of the words that would have been right.

/// At most this many names are listed when none is near.
const FEW: usize = 9;

/// The candidates within reach of `word`, nearest first.
///
/// Transposed letters count as one edit. Short words must be nearer than long ones: one edit up to four letters, two
/// up to eight, three above.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word: String = word.chars().take(64).collect::<String>().to_lowercase();
    let reach = match word.chars().count() {
        0..=4 => 1,
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
