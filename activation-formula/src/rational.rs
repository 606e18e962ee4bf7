//! Exact numbers: rationals of unlimited size, read from decimal literals and rounded once, at emission.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// Numerators and denominators beyond this many bits are not computed: the caller keeps the operation symbolic.
const MOST_BITS: u64 = 1 << 12;

/// Decimal exponents beyond this are refused: no activation needs them, and 10^exponent is computed exactly.
const LARGEST_EXPONENT: i64 = 1000;

/// Longer literals are refused; no number of a formula is computed with more.
const MOST_DIGITS: usize = 1000;

/// An exact rational number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(BigRational);

impl Rational {
    /// `numerator / denominator`; the denominator must not be zero.
    pub(crate) fn ratio(numerator: i64, denominator: i64) -> Self {
        debug_assert!(denominator != 0);
        Rational(BigRational::new(numerator.into(), denominator.into()))
    }

    pub(crate) fn zero() -> Self {
        Rational(BigRational::zero())
    }

    pub(crate) fn one() -> Self {
        Rational(BigRational::one())
    }

    /// A decimal literal of Rust's lexer: digits, `_`, a point, an exponent. `None` if it is none, or out of reach.
    pub(crate) fn decimal(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|&c| c != '_').collect();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text.as_str(), 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        if exponent.abs() > LARGEST_EXPONENT || digits.len() > MOST_DIGITS {
            return None;
        }
        let digits: BigInt = digits.parse().ok()?;
        let power = BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).ok()?);
        Some(Rational(if exponent < 0 {
            BigRational::new(digits, power)
        } else {
            BigRational::from_integer(digits * power)
        }))
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub(crate) fn is_one(&self) -> bool {
        self.0.is_one()
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub(crate) fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    pub(crate) fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    pub(crate) fn abs(&self) -> Self {
        Rational(self.0.abs())
    }

    pub(crate) fn reciprocal(&self) -> Option<Self> {
        (!self.is_zero()).then(|| Rational(self.0.recip()))
    }

    /// `self / divisor` if that is a whole number.
    pub(crate) fn divided_by(&self, divisor: &Self) -> Option<Self> {
        let quotient = self * &divisor.reciprocal()?;
        quotient.is_integer().then_some(quotient)
    }

    pub(crate) fn floor(&self) -> Self {
        Rational(self.0.floor())
    }

    pub(crate) fn numerator(&self) -> Self {
        Rational(BigRational::from_integer(self.0.numer().clone()))
    }

    pub(crate) fn denominator(&self) -> Self {
        Rational(BigRational::from_integer(self.0.denom().clone()))
    }

    /// The whole number, if it is one and fits.
    pub(crate) fn to_i32(&self) -> Option<i32> {
        if self.is_integer() { i32::try_from(self.0.numer().clone()).ok() } else { None }
    }

    /// How many whole words of 64 bits the number takes beyond the first.
    pub(crate) fn words(&self) -> usize {
        usize::try_from((self.0.numer().bits() + self.0.denom().bits()) / 64).unwrap_or(usize::MAX)
    }

    pub(crate) fn is_even(&self) -> bool {
        self.is_integer() && self.0.numer().is_even()
    }

    /// `self` to a whole power, unless zero would be inverted or the result would be enormous.
    pub(crate) fn powi(&self, exponent: i32) -> Option<Self> {
        if exponent < 0 && self.is_zero() {
            return None;
        }
        let bits = self.0.numer().bits().max(self.0.denom().bits());
        if bits.checked_mul(u64::from(exponent.unsigned_abs()))? > MOST_BITS {
            return None;
        }
        Some(Rational(self.0.pow(exponent)))
    }

    /// The exact positive root of that degree, if `self` is a perfect power.
    pub(crate) fn root(&self, degree: u32) -> Option<Self> {
        if degree == 0 || self.is_negative() || degree > 64 {
            return None;
        }
        let numerator = self.0.numer().nth_root(degree);
        let denominator = self.0.denom().nth_root(degree);
        let exact = numerator.pow(degree) == *self.0.numer() && denominator.pow(degree) == *self.0.denom();
        exact.then(|| Rational(BigRational::new(numerator, denominator)))
    }

    /// The largest rational that divides all of `values` into whole numbers, positive.
    pub(crate) fn content<'a>(values: impl IntoIterator<Item = &'a Rational>) -> Option<Self> {
        let mut numerator = BigInt::zero();
        let mut denominator = BigInt::one();
        for value in values {
            numerator = numerator.gcd(value.0.numer());
            denominator = denominator.lcm(value.0.denom());
        }
        (!numerator.is_zero()).then(|| Rational(BigRational::new(numerator, denominator)))
    }

    /// True for whole numbers of at most three digits: what one would write down in a formula.
    pub(crate) fn is_small_integer(&self) -> bool {
        self.to_i32().is_some_and(|value| value.abs() < 1000)
    }

    /// The value of a finite double, exactly.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        BigRational::from_float(value).map(Rational)
    }

    /// The number as a double, if it is a whole number of halves, quarters … that fits one.
    pub(crate) fn as_exact_f64(&self) -> Option<f64> {
        const MOST: i64 = 1 << 53;
        let numerator = i64::try_from(self.0.numer()).ok().filter(|value| value.abs() <= MOST)?;
        let denominator = i64::try_from(self.0.denom()).ok().filter(|value| value.count_ones() == 1)?;
        Some(numerator as f64 / denominator as f64)
    }

    /// The nearest double, ties to even; infinite beyond the range.
    pub fn to_f64(&self) -> f64 {
        let (numerator, denominator) = (self.0.numer().magnitude(), self.0.denom().magnitude());
        if numerator.is_zero() {
            return 0.0;
        }
        // Shift so that the quotient has 64 bits or one more; what is cut off only matters as "something was left".
        let shift = 64 + i64::try_from(denominator.bits()).unwrap_or(i64::MAX / 4)
            - i64::try_from(numerator.bits()).unwrap_or(i64::MAX / 4);
        let (quotient, rest) = if shift >= 0 {
            (numerator << shift.unsigned_abs()).div_rem(denominator)
        } else {
            numerator.div_rem(&(denominator << shift.unsigned_abs()))
        };
        let sticky = u128::from(!rest.is_zero());
        let bits = (u128::try_from(quotient).unwrap_or(u128::MAX) << 1) | sticky;
        let magnitude = scale(bits, -shift - 1);
        if self.0.numer().sign() == Sign::Minus { -magnitude } else { magnitude }
    }
}

/// `bits * 2^exponent`, rounded once to the nearest double, ties to even.
fn scale(bits: u128, exponent: i64) -> f64 {
    let top = 127 - i64::from(bits.leading_zeros()) + exponent;
    // The exponent of the last place of the result: that of a normal number, or that of all subnormal ones.
    let last = (top - 52).max(-1074);
    let cut = last - exponent;
    let rounded = if cut <= 0 {
        bits << cut.unsigned_abs().min(127)
    } else if cut >= 128 {
        0
    } else {
        let kept = bits >> cut;
        let rest = bits & ((1_u128 << cut) - 1);
        let half = 1_u128 << (cut - 1);
        kept + u128::from(rest > half || (rest == half && kept & 1 == 1))
    };
    if top > 1023 {
        return f64::INFINITY;
    }
    // At most 2^53, so exact; the two factors keep the power of two within the range of f64.
    let rounded = rounded as f64;
    let first = last.clamp(-1000, 1000);
    rounded * power_of_two(first) * power_of_two(last - first)
}

fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023).clamp(1, 2046) as u64) << 52)
}

impl Add for &Rational {
    type Output = Rational;
    fn add(self, other: Self) -> Rational {
        // Most sums and products of a formula are with 0 and 1; big numbers would take their time over them.
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        Rational(&self.0 + &other.0)
    }
}

impl Sub for &Rational {
    type Output = Rational;
    fn sub(self, other: Self) -> Rational {
        Rational(&self.0 - &other.0)
    }
}

impl Mul for &Rational {
    type Output = Rational;
    fn mul(self, other: Self) -> Rational {
        if self.is_one() {
            return other.clone();
        }
        if other.is_one() {
            return self.clone();
        }
        Rational(&self.0 * &other.0)
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        Rational(-&self.0)
    }
}

/// Whole numbers and finite decimals as such, everything else as a fraction: `3`, `0.044715`, `2 / 3`.
impl fmt::Display for Rational {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_decimal() {
            Some(decimal) => out.write_str(&decimal),
            None => write!(out, "{} / {}", self.0.numer(), self.0.denom()),
        }
    }
}

impl Rational {
    /// True if a decimal point or an exponent is how one would write it: `0.044715`, not 1/2, 1/6 or 1/4.
    pub(crate) fn prints_as_decimal(&self) -> bool {
        self.as_decimal().is_some()
    }

    /// Whole numbers, and fractions whose denominator is a power of ten too long to be written as a fraction.
    fn as_decimal(&self) -> Option<String> {
        if self.is_integer() {
            let digits = self.0.numer().to_string();
            let trimmed = digits.trim_end_matches('0');
            let zeros = digits.len() - trimmed.len();
            return Some(if zeros > 6 { format!("{trimmed}e{zeros}") } else { digits });
        }
        // A small fraction reads better as a fraction.
        if self.0.denom().bits() <= 4 && *self.0.denom() != BigInt::from(10) {
            return None;
        }
        let mut denominator = self.0.denom().clone();
        let (mut twos, mut fives) = (0_usize, 0_usize);
        while denominator.is_even() {
            denominator /= 2;
            twos += 1;
        }
        let five = BigInt::from(5);
        while (&denominator % &five).is_zero() {
            denominator /= 5;
            fives += 1;
        }
        let places = twos.max(fives);
        if !denominator.is_one() || places > 60 {
            return None;
        }
        let scaled = self.0.numer() * BigInt::from(10).pow(u32::try_from(places).ok()?) / self.0.denom();
        let digits = scaled.magnitude().to_string();
        let sign = if scaled.is_negative() { "-" } else { "" };
        Some(if digits.len() > places {
            let (whole, fraction) = digits.split_at(digits.len() - places);
            format!("{sign}{whole}.{fraction}")
        } else if places - digits.len() > 6 {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{point}{rest}e-{}", places - digits.len() + 1)
        } else {
            format!("{sign}0.{digits:0>places$}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Rational;

    #[test]
    fn rounding_is_that_of_the_standard_parser() {
        for text in [
            "0.1",
            "0.044715",
            "1.0507009873554804934193349852946",
            "1e22",
            "1e23",
            "123456789012345678901234567890",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1.7976931348623157e308",
            "1e309",
            "2.2250738585072011e-308",
            "9007199254740993",
            "0.3333333333333333333333333333333333333333333",
            "1.00000000000000011102230246251565404236316680908203125",
            "8.5e-320",
        ] {
            let exact = Rational::decimal(text).expect(text);
            assert_eq!(exact.to_f64().to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
        }
        assert_eq!(Rational::ratio(2, 3).to_f64(), 2.0 / 3.0);
        assert_eq!(Rational::ratio(-1, 3).to_f64(), -1.0 / 3.0);
    }

    #[test]
    fn printing_reads_back() {
        for text in ["0.044715", "1.702", "12", "0.00000000125", "1e30", "0.1", "7000"] {
            let exact = Rational::decimal(text).unwrap();
            let printed = exact.to_string();
            assert_eq!(
                printed.split_once(" / ").map_or_else(
                    || Rational::decimal(&printed).unwrap(),
                    |(a, b)| Rational::ratio(a.parse().unwrap(), b.parse().unwrap()),
                ),
                exact,
                "{printed}"
            );
        }
    }

    #[test]
    fn enormous_numbers_are_refused_not_computed() {
        assert!(Rational::decimal("1e999999999").is_none());
        assert!(Rational::decimal("2").unwrap().powi(i32::MAX).is_none());
        assert!(Rational::zero().powi(-1).is_none());
    }
}
