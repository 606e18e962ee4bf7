//! Sums, products, quotients and square roots.

use core::ops::{Add, Div, Mul, Neg, Sub};

use super::pair::Pair;
use super::{Extended, power_of_two};

/// A term that is smaller by so many binary places is lost in a sum.
const LOST: i64 = 110;

/// The sum of the arguments of two exponentials.
fn sum_of_arguments(a: Pair, b: Pair) -> Pair {
    let high = a.high + b.high;
    // Where the leading part overflows, the parts behind it would be NaN.
    if high.is_infinite() { high.into() } else { a + b }
}

impl Neg for Extended {
    type Output = Extended;

    fn neg(self) -> Extended {
        Extended { fraction: -self.fraction, ..self }
    }
}

impl Add for Extended {
    type Output = Extended;

    fn add(self, other: Extended) -> Extended {
        if !self.is_ordinary() || !other.is_ordinary() {
            // A zero gives way, an infinity or NaN prevails; two zeros settle their sign.
            return match (self.fraction.high == 0.0, other.fraction.high == 0.0) {
                (true, false) => other,
                (false, true) => self,
                _ => Extended::from_f64(self.fraction.high + other.fraction.high),
            };
        }
        if self.huge != other.huge {
            return self.plus_another_exponential(other);
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let gap = large.exponent.saturating_sub(small.exponent);
        if gap > LOST {
            return large;
        }
        let sum = large.fraction + small.fraction.scaled(power_of_two(-gap));
        Extended::new(sum, large.exponent, large.huge)
    }
}

impl Extended {
    #[cold]
    fn plus_another_exponential(self, other: Extended) -> Extended {
        let ratio = other / self;
        match ratio.exponent() {
            // A ratio that is not a number any more has an exponent of 0, too.
            _ if ratio.fraction.high.is_infinite() => other,
            LOST.. => other,
            exponent if ratio.is_ordinary() && exponent > -LOST => self * (Extended::ONE + ratio),
            _ => self,
        }
    }
}

impl Sub for Extended {
    type Output = Extended;

    fn sub(self, other: Extended) -> Extended {
        self + -other
    }
}

impl Mul for Extended {
    type Output = Extended;

    fn mul(self, other: Extended) -> Extended {
        if !self.is_ordinary() || !other.is_ordinary() {
            return Extended::from_f64(self.fraction.high * other.fraction.high);
        }
        let exponent = self.exponent.saturating_add(other.exponent);
        Extended::new(self.fraction * other.fraction, exponent, sum_of_arguments(self.huge, other.huge))
    }
}

impl Div for Extended {
    type Output = Extended;

    fn div(self, other: Extended) -> Extended {
        if !self.is_ordinary() || !other.is_ordinary() {
            return Extended::from_f64(self.fraction.high / other.fraction.high);
        }
        let exponent = self.exponent.saturating_sub(other.exponent);
        Extended::new(self.fraction / other.fraction, exponent, sum_of_arguments(self.huge, -other.huge))
    }
}

pub(super) fn sqrt(x: Extended) -> Extended {
    if !x.is_ordinary() || x.is_negative() {
        return Extended::from_f64(libm::sqrt(x.fraction.high));
    }
    let odd = x.exponent & 1;
    let root = x.fraction.scaled(power_of_two(odd)).sqrt();
    Extended::new(root, (x.exponent - odd) / 2, x.huge.scaled(0.5))
}

/// One step of Newton's method in twice the precision, from a root in plain doubles.
pub(super) fn cbrt(x: Extended) -> Extended {
    if !x.is_ordinary() {
        return x;
    }
    let shift = x.exponent.rem_euclid(3);
    let reduced = x.fraction.scaled(power_of_two(shift));
    let start = libm::cbrt(reduced.high);
    let square = Pair::product(start, start);
    let rest = reduced - square.times(start);
    let root = Pair::sum(start, rest.high / (3.0 * square.high));
    Extended::new(root, (x.exponent - shift) / 3, x.huge / Pair::from(3.0))
}
