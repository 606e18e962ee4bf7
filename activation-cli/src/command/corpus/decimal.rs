//! A multi-precision number as a decimal numeral.

use activation_math::{Real, Wide};

/// So many significant digits are written; the oracle knows 30.
const DIGITS: usize = 25;

/// Beyond two to this power, which is 10 to the 315,653rd, a number is written as infinite, and its reciprocal as 0: no type
/// of machine holds either.
const LARGEST_EXPONENT: i64 = 1 << 20;

/// `value` rounded to 25 significant digits, without trailing zeros: `0.5`, `-1.25e-40`, `inf`.
pub(super) fn decimal<const LIMBS: usize>(value: Wide<LIMBS>) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    let sign = if value.is_negative() { "-" } else { "" };
    if value.exponent() > LARGEST_EXPONENT {
        return format!("{sign}inf");
    }
    if value.exponent() < -LARGEST_EXPONENT {
        return "0".into();
    }
    let (mut digits, mut power) = significant(value.magnitude());
    while digits.ends_with('0') {
        digits.pop();
    }
    if digits.is_empty() {
        // Rounded up from 9.99…
        digits.push('1');
        power += 1;
    }
    let numeral = match power {
        0..16 => {
            let whole = power as usize + 1;
            let padded = format!("{digits:0<whole$}");
            let (whole, fraction) = padded.split_at(whole);
            if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
        }
        -4..0 => format!("0.{}{digits}", "0".repeat(-power as usize - 1)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{first}{point}{rest}e{power}")
        }
    };
    format!("{sign}{numeral}")
}

/// The significant digits of a positive number and the power of ten of the first one. All of them are zeros where rounding
/// has carried beyond the first.
fn significant<const LIMBS: usize>(value: Wide<LIMBS>) -> (String, i64) {
    let number = |value: f64| Wide::<LIMBS>::ONE.literal(value);
    let mut power = (value.exponent() as f64 * std::f64::consts::LOG10_2).floor() as i64;
    let mut rest = value * Wide::ONE.decimal(&format!("1e{}", -power));
    while rest >= number(10.0) {
        (rest, power) = (rest / number(10.0), power + 1);
    }
    while rest < Wide::ONE {
        (rest, power) = (rest * number(10.0), power - 1);
    }
    let mut digits: Vec<u8> = Vec::with_capacity(DIGITS);
    for _ in 0..DIGITS {
        let digit = (1..=9).rev().find(|&digit| rest >= number(f64::from(digit))).unwrap_or(0);
        rest = (rest - number(f64::from(digit))) * number(10.0);
        digits.push(digit);
    }
    if rest >= number(5.0) {
        for digit in digits.iter_mut().rev() {
            *digit = (*digit + 1) % 10;
            if *digit != 0 {
                break;
            }
        }
    }
    (digits.into_iter().map(|digit| char::from(b'0' + digit)).collect(), power)
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use activation_math::{Real, Wide};

    fn wide(text: &str) -> Wide<8> {
        match text.strip_prefix('-') {
            Some(size) => -Wide::ONE.decimal(size),
            None => Wide::ONE.decimal(text),
        }
    }

    #[test]
    fn numerals_come_out_as_they_went_in() {
        for text in [
            "0",
            "1",
            "-1",
            "0.5",
            "10",
            "-120",
            "0.0001",
            "1e-5",
            "1234567890123456",
            "1e16",
            "-2.5e-40",
            "0.3333333333333333333333333",
            "9.999999999999999999999999",
            "1e-300000",
            "-1.7e300000",
        ] {
            assert_eq!(decimal(wide(text)), text);
        }
    }

    #[test]
    fn the_rest_is_rounded() {
        assert_eq!(decimal(wide("2") / wide("3")), "0.6666666666666666666666667");
        assert_eq!(decimal(wide("0.99999999999999999999999996")), "1");
        assert_eq!(decimal(wide("-99999.99999999999999999999996")), "-100000");
        assert_eq!(decimal(Wide::<8>::ONE.pi()), "3.141592653589793238462643");
    }

    #[test]
    fn what_no_machine_holds() {
        assert_eq!(decimal(wide("-1e1000000")), "-inf");
        assert_eq!(decimal(wide("1e-1000000")), "0");
        assert_eq!(decimal(Wide::<8>::INFINITY), "inf");
        assert_eq!(decimal(Wide::<8>::NAN), "nan");
    }
}
