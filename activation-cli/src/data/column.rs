//! The column that `--column` chooses: by its name in the header, or by its number, counted from 1.

use super::error::{DataError, excerpt};
use super::source::Source;

/// More columns than this are not listed in a message.
const LISTED: usize = 20;

/// A chosen column.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// How many columns come before it.
    Number(usize),
    /// What the header calls it.
    Name(String),
}

impl Column {
    /// Reads the value of `--column`: digits are a number, everything else is a name.
    pub(crate) fn parse(text: &str) -> Result<Self, DataError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Column::Name(text.to_owned()));
        }
        match text.parse::<usize>().unwrap_or(usize::MAX).checked_sub(1) {
            Some(before) => Ok(Column::Number(before)),
            None => Err(DataError::Request("columns are counted from 1; the first is `--column 1`".into())),
        }
    }
}

/// The number of columns before the one that a header calls `name`.
pub(crate) fn find<'h>(
    name: &str,
    header: impl Iterator<Item = &'h str> + Clone,
    source: &Source<'_>,
) -> Result<usize, DataError> {
    let wanted = name.trim_ascii();
    let mut found = header.clone().enumerate().filter(|(_, field)| field.trim_ascii() == wanted);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(at),
        (Some((first, _)), Some((second, _))) => Err(source.wrong(format!(
            "has more than one column {}; choose by number, with `--column {}` or `--column {}`",
            excerpt(name),
            first + 1,
            second + 1
        ))),
        (None, _) => {
            let likely = header
                .clone()
                .map(|field| (distance(wanted, field.trim_ascii()), field))
                .min_by_key(|(distance, _)| *distance)
                .filter(|(distance, _)| *distance <= wanted.chars().count() / 3)
                .map(|(_, field)| format!("; did you mean {}?", excerpt(field.trim_ascii())))
                .unwrap_or_else(|| "; choose another, or one by its number, counted from 1".into());
            Err(source.wrong(format!("has no column {}{likely} ({})", excerpt(name), list(header))))
        }
    }
}

/// Columns of a first line, for a message.
pub(crate) fn list<'h>(header: impl Iterator<Item = &'h str> + Clone) -> String {
    let names: Vec<String> = header.clone().take(LISTED).map(|field| excerpt(field.trim_ascii())).collect();
    let more = match header.skip(LISTED).count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("its first line has {}{more}", names.join(", "))
}

/// How many edits two names are apart, upper and lower case being the same.
fn distance(a: &str, b: &str) -> usize {
    // Names that differ so much in length are not alike, and comparing takes time by the product of the
    // lengths.
    if a.len().abs_diff(b.len()) > 10 || a.len().max(b.len()) > 100 {
        return usize::MAX;
    }
    strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, header: &str) -> Result<usize, String> {
        find(name, header.split(','), &Source::from_stream("`x.csv`", &b""[..])).map_err(|e| e.to_string())
    }

    #[test]
    fn digits_are_numbers() {
        assert_eq!(Column::parse("1").ok(), Some(Column::Number(0)));
        assert_eq!(Column::parse("x1").ok(), Some(Column::Name("x1".into())));
        assert_eq!(Column::parse("+1").ok(), Some(Column::Name("+1".into())));
        assert_eq!(Column::parse("").ok(), Some(Column::Name("".into())));
        assert_eq!(Column::parse(&"9".repeat(30)).ok(), Some(Column::Number(usize::MAX - 1)));
        assert!(Column::parse("0").is_err_and(|error| error.to_string().contains("counted from 1")));
    }

    #[test]
    fn names_are_found_or_suggested() {
        assert_eq!(found("b", "a, b ,c"), Ok(1));
        assert_eq!(
            found("wieght", "height,weight"),
            Err("`x.csv` has no column `wieght`; did you mean `weight`? \
                 (its first line has `height`, `weight`)"
                .into())
        );
        assert!(found("Weight", "height,weight").is_err_and(|e| e.contains("did you mean `weight`?")));
        let error = found("q", "a,b").expect_err("no such column");
        assert_eq!(
            error,
            "`x.csv` has no column `q`; choose another, or one by its number, counted from 1 \
             (its first line has `a`, `b`)"
        );
        assert!(found("a", "a,b,a").is_err_and(|e| e.contains("`--column 1` or `--column 3`")));
        let many = vec!["c"; 33].join(",");
        assert!(found("zzz", &many).is_err_and(|e| e.ends_with("`c` and 13 more)")));
    }
}
