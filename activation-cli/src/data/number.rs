//! Numbers in text: how they are read and written.
//!
//! Read is what Rust reads: decimal numerals with an optional point and exponent, and `inf`, `infinity`,
//! `nan` in any case, each with an optional sign. Written is the shortest numeral that reads back to the same
//! number; it always has a point or an exponent, so that every reader takes the column for one of floats.

use super::apply::Element;
use std::fmt;
use std::io::Write;
use std::str::FromStr;

/// A number type that text can hold.
pub(crate) trait Number: Element + FromStr {
    /// What to do about a numeral that is too large for this type.
    const TOO_LARGE: &'static str;
    fn is_infinite(self) -> bool;
}

impl Number for f32 {
    const TOO_LARGE: &'static str = "is too large for f32; compute in f64 with --dtype f64";
    fn is_infinite(self) -> bool {
        self.is_infinite()
    }
}

impl Number for f64 {
    const TOO_LARGE: &'static str = "is too large for f64; write `inf` if infinity is meant";
    fn is_infinite(self) -> bool {
        self.is_infinite()
    }
}

/// Why a piece of text gives no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// There is nothing.
    Missing,
    /// It is no numeral.
    Text,
    /// It is a numeral of a finite number that the type can only take for infinite. The cure depends on the
    /// type.
    TooLarge(&'static str),
}

/// Reads a number. White space around it is not part of it.
pub(crate) fn read<T: Number>(text: &str) -> Result<T, NotANumber> {
    let text = text.trim_ascii();
    match text.parse::<T>() {
        Ok(value) if value.is_infinite() && text.bytes().any(|b| b.is_ascii_digit()) => {
            Err(NotANumber::TooLarge(T::TOO_LARGE))
        }
        Ok(value) => Ok(value),
        Err(_) if text.is_empty() => Err(NotANumber::Missing),
        Err(_) => Err(NotANumber::Text),
    }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotANumber::Missing => "is empty; fill it in, with `nan` if the value is unknown",
            NotANumber::Text => "is not a number",
            NotANumber::TooLarge(cure) => cure,
        })
    }
}

/// Writes a number.
pub(crate) fn write<T: Number>(value: T, text: &mut Vec<u8>) {
    if value.is_nan() {
        text.extend_from_slice(b"nan");
    } else {
        // Writing to a vector cannot fail.
        let _ = write!(text, "{value:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<T: Number>(value: T) -> String {
        let mut text = Vec::new();
        write(value, &mut text);
        String::from_utf8(text).expect("ASCII")
    }

    #[test]
    fn reads_what_is_documented() {
        let numerals = [("1", 1.0), (" +1. ", 1.0), (".5", 0.5), ("-1e-3", -1e-3), ("1E5", 1e5)];
        for (text, value) in numerals {
            assert_eq!(read::<f64>(text), Ok(value), "{text}");
            assert_eq!(read::<f32>(text), Ok(value as f32), "{text}");
        }
        for text in ["inf", "+inf", "infinity", "INF"] {
            assert_eq!(read::<f32>(text), Ok(f32::INFINITY), "{text}");
        }
        assert_eq!(read::<f64>("-inf"), Ok(f64::NEG_INFINITY));
        assert!(read::<f64>("nan").is_ok_and(f64::is_nan));
        assert!(read::<f64>("NaN").is_ok_and(f64::is_nan));
        assert!(read::<f64>("-0").is_ok_and(|zero| zero == 0.0 && zero.is_sign_negative()));
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["1_000", "0x10", "1,5", "−1", "1 2", "e5", ".", "-", "1f", "1\0", "NA", "１"] {
            assert_eq!(read::<f64>(text), Err(NotANumber::Text), "{text}");
        }
        for text in ["", " ", "\t"] {
            assert_eq!(read::<f64>(text), Err(NotANumber::Missing));
        }
        assert_eq!(read::<f32>("1e39"), Err(NotANumber::TooLarge(f32::TOO_LARGE)));
        assert_eq!(read::<f32>("-3.5e38"), Err(NotANumber::TooLarge(f32::TOO_LARGE)));
        assert_eq!(read::<f64>("1e400"), Err(NotANumber::TooLarge(f64::TOO_LARGE)));
        assert_eq!(read::<f64>("1e39"), Ok(1e39));
        assert_eq!(read::<f32>("1e-60"), Ok(0.0));
    }

    #[test]
    fn writes_the_shortest_that_reads_back() {
        let expected = [
            (0.1, "0.1"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e-7, "1e-7"),
            (1e300, "1e300"),
            (123.25, "123.25"),
        ];
        for (value, text) in expected {
            assert_eq!(written(value), text);
        }
        assert_eq!(written(0.1f32), "0.1");
        assert_eq!(written(f32::INFINITY), "inf");
        assert_eq!(written(f64::NEG_INFINITY), "-inf");
        assert_eq!(written(-f64::NAN), "nan");
        for step in 0..200_000u32 {
            let single = f32::from_bits(step.wrapping_mul(0x9e37_79b9));
            let double = f64::from_bits(u64::from(step).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            if !single.is_nan() {
                assert_eq!(read::<f32>(&written(single)).map(f32::to_bits), Ok(single.to_bits()));
            }
            if !double.is_nan() {
                assert_eq!(read::<f64>(&written(double)).map(f64::to_bits), Ok(double.to_bits()));
            }
        }
    }
}
