//! Whole numbers on the command line: `65536`, or in short `64Ki`.

use crate::data::excerpt;
use std::fmt::Display;
use std::ops::RangeInclusive;

/// What may stand behind a number, and what it is multiplied by. There is no `K`, which is 1000 to some and 1024 to others.
const UNITS: &[(&str, u64)] = &[
    ("k", 1_000),
    ("M", 1_000_000),
    ("G", 1_000_000_000),
    ("Ki", 1 << 10),
    ("Mi", 1 << 20),
    ("Gi", 1 << 30),
];

/// The number in a text, or what would be one: `a whole number from 1 to 9, not ...`.
pub(crate) fn read<T: TryFrom<u64> + PartialOrd + Display>(
    text: &str,
    range: &RangeInclusive<T>,
) -> Result<T, String> {
    let value = value(text).and_then(|value| T::try_from(value).ok());
    value.filter(|value| range.contains(value)).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        let plain = format!("a whole number from {least} to {most}, not {}", excerpt(text));
        let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits.is_empty() || digits.len() == text.len() {
            return plain;
        }
        format!("{plain}; units are k, M, G, powers of 1000, and Ki, Mi, Gi, powers of 1024")
    })
}

fn value(text: &str) -> Option<u64> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (_, size) = [("", 1)].iter().chain(UNITS).find(|(known, _)| *known == unit)?;
    text.strip_suffix(unit)?.parse::<u64>().ok()?.checked_mul(*size)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn sizes_have_units() {
        let all = 0..=u64::MAX;
        for (text, value) in [
            ("0", 0),
            ("65536", 65_536),
            ("64k", 64_000),
            ("64Ki", 65_536),
            ("3M", 3_000_000),
            ("16Mi", 1 << 24),
        ] {
            assert_eq!(read(text, &all), Ok(value), "{text}");
        }
        assert_eq!(read("007Gi", &all), Ok(7 << 30));
        assert_eq!(read(&u64::MAX.to_string(), &all), Ok(u64::MAX));
        for wrong in [
            "",
            "k",
            "Ki",
            "-1",
            "+1",
            "1.5M",
            "64K",
            "64ki",
            "64 Ki",
            "1e6",
            "1_000",
            "18446744073709551616",
            "18446744073709551615k",
        ] {
            assert!(read(wrong, &all).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_number_is_told() {
        let told = |text| read(text, &(1_usize..=2000)).expect_err("no number");
        assert_eq!(told("0"), "a whole number from 1 to 2000, not `0`");
        assert_eq!(
            told("2Ki"),
            "a whole number from 1 to 2000, not `2Ki`; units are k, M, G, powers of 1000, and Ki, Mi, Gi, powers of 1024"
        );
        assert_eq!(told("many"), "a whole number from 1 to 2000, not `many`");
    }
}
