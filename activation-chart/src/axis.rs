//! Ticks at round numbers, and how numbers are written beside them.

/// Round numbers in a range, about `count` of them: multiples of 1, 2 or 5 times a power of ten.
pub fn ticks(range: (f64, f64), count: usize) -> Vec<f64> {
    multiples(step(range, count), range)
}

fn multiples(step: f64, (low, high): (f64, f64)) -> Vec<f64> {
    if !step.is_finite() || step <= 0.0 {
        return vec![low];
    }
    let slack = step * 1e-9;
    let first = ((low - slack) / step).ceil();
    let ticks = (0..).map(|index| (first + f64::from(index)) * step);
    // Multiples of 0.1 that are exact decimals again, and no minus before a zero.
    let round = move |tick: f64| if tick.abs() < slack { 0.0 } else { tick };
    ticks.take_while(|&tick| tick <= high + slack).take(1000).map(round).collect()
}

/// What the numbers along an axis stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Themselves.
    #[default]
    Linear,
    /// Themselves, where there is nothing between whole numbers: layers, epochs.
    Whole,
    /// Exponents of ten: -2 is labelled 0.01.
    PowersOfTen,
}

impl Scale {
    /// Ticks in a range, about `count` of them, and their labels.
    pub(crate) fn ticks(self, range: (f64, f64), count: usize) -> (Vec<f64>, Vec<String>) {
        let ticks = match self {
            Scale::Linear => ticks(range, count),
            Scale::Whole => multiples(step(range, count).max(1.0), range),
            Scale::PowersOfTen => {
                let ticks = exponents(range, count);
                let labels = ticks.iter().map(|&tick| number(10f64.powf(tick))).collect();
                return (ticks, labels);
            }
        };
        let labels = labels(&ticks);
        (ticks, labels)
    }
}

/// Whole exponents in a range; those of 1, 2 and 5 times a power where there are too few.
fn exponents((low, high): (f64, f64), count: usize) -> Vec<f64> {
    let decades = high - low;
    if decades >= 2.0 || count < 2 {
        let whole = ticks((low, high), count.min(decades as usize + 1));
        return whole.into_iter().filter(|tick| tick.fract() == 0.0).collect();
    }
    let powers = (low.floor() as i32)..=(high.ceil() as i32);
    let all = powers.flat_map(|power| [1.0_f64, 2.0, 5.0].map(|digit| f64::from(power) + digit.log10()));
    let inside: Vec<f64> = all.filter(|tick| (low..=high).contains(tick)).collect();
    // Within a part of a decade round exponents are all that is left.
    if inside.len() < 2 { ticks((low, high), count) } else { inside }
}

/// The distance of ticks.
fn step((low, high): (f64, f64), count: usize) -> f64 {
    let rough = (high - low) / count.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    let digit = [1.0, 2.0, 5.0].into_iter().find(|digit| digit * power >= rough * 0.999).unwrap_or(10.0);
    digit * power
}

/// Labels of ticks: as many decimals as their distance needs, or powers of ten for what is very large or small.
pub(crate) fn labels(ticks: &[f64]) -> Vec<String> {
    let distance = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(f64::INFINITY, f64::min);
    let largest = ticks.iter().fold(0.0, |most: f64, tick| most.max(tick.abs()));
    if !distance.is_finite() {
        return ticks.iter().map(|&tick| number(tick)).collect();
    }
    if largest >= 1e6 || distance < 1e-4 {
        let digits = (largest / distance).log10().ceil().clamp(0.0, 15.0) as usize;
        return ticks.iter().map(|&tick| scientific(tick, digits)).collect();
    }
    let decimals = (-distance.log10() - 1e-6).ceil().clamp(0.0, 9.0) as usize;
    ticks.iter().map(|tick| format!("{tick:.decimals$}")).collect()
}

/// A number with at most so many digits behind the point, none of them a needless zero.
fn scientific(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{value:.digits$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa =
        if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    format!("{mantissa}e{exponent}")
}

/// A number as a person would write it, with about four digits.
pub fn number(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e6).contains(&value.abs()) {
        return scientific(value, 3);
    }
    let decimals = if value == 0.0 { 0 } else { (3 - value.abs().log10().floor() as i32).clamp(0, 9) };
    let text = format!("{value:.*}", decimals as usize);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(low: f64, high: f64, count: usize) -> Vec<String> {
        labels(&ticks((low, high), count))
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(shown(-5.0, 5.0, 6), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(shown(-0.2, 1.1, 6), ["0.0", "0.5", "1.0"]);
        assert_eq!(shown(-0.2, 1.1, 8), ["-0.2", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(shown(0.0, 3e-7, 4), ["0", "1e-7", "2e-7", "3e-7"]);
        assert_eq!(shown(0.0, 4e9, 3), ["0", "2e9", "4e9"]);
        assert_eq!(shown(999.999, 1000.0015, 3), ["999.999", "1000.000", "1000.001"]);
    }

    #[test]
    fn powers_of_ten_have_round_labels() {
        let shown = |low, high, count| Scale::PowersOfTen.ticks((low, high), count).1;
        assert_eq!(shown(-6.2, 0.3, 8), ["1e-6", "1e-5", "0.0001", "0.001", "0.01", "0.1", "1"]);
        assert_eq!(shown(-2.1, -0.4, 6), ["0.01", "0.02", "0.05", "0.1", "0.2"]);
        assert_eq!(shown(-12.0, 0.0, 4), ["1e-10", "1e-5", "1"]);
        assert_eq!(shown(0.05, 0.15, 3).len(), 3);
    }

    #[test]
    fn layers_have_no_halves() {
        let shown = |low, high| Scale::Whole.ticks((low, high), 8).1;
        assert_eq!(shown(1.0, 4.0), ["1", "2", "3", "4"]);
        assert_eq!(shown(0.9, 4.1), ["1", "2", "3", "4"]);
        assert_eq!(shown(1.0, 2.0), ["1", "2"]);
        assert_eq!(shown(0.0, 30.0), ["0", "5", "10", "15", "20", "25", "30"]);
    }

    #[test]
    fn ticks_lie_in_the_range_and_are_few() {
        for exponent in -300..300 {
            let unit = 10f64.powi(exponent);
            for (low, high) in [(-1.0, 1.0), (0.3, 0.7), (-7.1, 0.02)] {
                let (low, high) = (low * unit, high * unit);
                let ticks = ticks((low, high), 6);
                assert!((2..=9).contains(&ticks.len()), "{low}..{high}: {ticks:?}");
                let slack = (high - low) * 1e-6;
                assert!(ticks.iter().all(|&tick| low - slack <= tick && tick <= high + slack));
                let labels = labels(&ticks);
                assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{labels:?}");
            }
        }
    }

    #[test]
    fn numbers_are_short() {
        let shown = [0.0, -0.0, 0.1, 1.0 / 3.0, -1234.567, 5e-9, 1e20, 0.25, 123_456.7].map(number);
        assert_eq!(shown, ["0", "0", "0.1", "0.3333", "-1235", "5e-9", "1e20", "0.25", "123457"]);
    }
}
