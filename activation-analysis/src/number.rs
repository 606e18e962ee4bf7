//! Numbers for sentences and tables: few digits, no exponent where none is needed, the same in every country.

use crate::analysis::{Analysis, Interval};

/// How many digits are enough to read.
const DIGITS: usize = 6;

/// A number with at most six digits: `-0.169971`, `1.5e-9`, `inf`.
pub fn short(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf".to_owned() } else { "-inf".to_owned() };
    }
    let rounded = format!("{value:.precision$e}", precision = DIGITS - 1);
    let parsed: f64 = rounded.parse().unwrap_or(value);
    if parsed == 0.0 {
        return "0".to_owned();
    }
    if (1e-4..1e7).contains(&parsed.abs()) { parsed.to_string() } else { format!("{parsed:e}") }
}

/// An interval, open where it is infinite: `(-inf, 0]`.
pub fn interval(part: Interval) -> String {
    let (open, close) =
        (if part.low.is_infinite() { '(' } else { '[' }, if part.high.is_infinite() { ')' } else { ']' });
    format!("{open}{}, {}{close}", short(part.low), short(part.high))
}

/// Where a function has a value, open at ends at which it has none, or an infinite one: `(-inf, 0)`, `(0, inf)`.
pub fn domain(analysis: &Analysis) -> Vec<String> {
    let has_value = |x: f64| analysis.kinks.iter().all(|kink| kink.x != x || kink.value.is_finite());
    let part = |part: &Interval| {
        let open = if part.low.is_finite() && has_value(part.low) { '[' } else { '(' };
        let close = if part.high.is_finite() && has_value(part.high) { ']' } else { ')' };
        format!("{open}{}, {}{close}", short(part.low), short(part.high))
    };
    analysis.domain.iter().map(part).collect()
}

/// A probability: `50 %`, `0.135 %`, `4.5e-4 %`.
pub fn percent(probability: f64) -> String {
    let hundredth = probability * 100.0;
    let rounded: f64 = format!("{hundredth:.2e}").parse().unwrap_or(hundredth);
    // Not 100 where something is missing.
    let shown =
        if rounded == 100.0 && probability < 1.0 { "more than 99.9".to_owned() } else { short(rounded) };
    format!("{shown} %")
}

#[cfg(test)]
mod tests {
    use super::{interval, percent, short};
    use crate::analysis::Interval;

    #[test]
    fn few_digits() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-0.169_971_207_479, "-0.169971"),
            (1e-9, "1e-9"),
            (123_456.7, "123457"),
            (1e300, "1e300"),
            (f64::NEG_INFINITY, "-inf"),
            (2.0 / 3.0, "0.666667"),
        ] {
            assert_eq!(short(value), text);
        }
        assert_eq!(interval(Interval::new(f64::NEG_INFINITY, 0.0)), "(-inf, 0]");
        assert_eq!(
            [percent(0.5), percent(0.001_349_9), percent(1.0), percent(0.999_999)],
            ["50 %", "0.135 %", "100 %", "more than 99.9 %"]
        );
    }
}
