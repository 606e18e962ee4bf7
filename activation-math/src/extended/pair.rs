//! Double-double arithmetic: a number as the unevaluated sum of two doubles, about 106 bits.
//!
//! The algorithms are Dekker's and Knuth's, with the error bounds of M. Joldes, J.-M. Muller, V. Popescu, Tight and
//! rigorous error bounds for basic building blocks of double-word arithmetic, ACM TOMS 44 (2017); u is 2^-53. Products
//! are split after Veltkamp, not fused, so that the bits are the same on every machine.

use core::ops::{Add, Div, Mul, Neg, Sub};

/// `high + low`, where `high` is the double nearest to the sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) high: f64,
    pub(super) low: f64,
}

/// The sum of two doubles, exactly, if the first one is not the smaller one.
fn ordered_sum(large: f64, small: f64) -> Pair {
    let high = large + small;
    Pair { high, low: small - (high - large) }
}

/// Two halves of a double with 26 bits each.
fn split(value: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0; // 2^27 + 1
    let enlarged = SPLITTER * value;
    let high = enlarged - (enlarged - value);
    (high, value - high)
}

impl Pair {
    pub(super) const ZERO: Pair = Pair::new(0.0, 0.0);
    pub(super) const ONE: Pair = Pair::new(1.0, 0.0);

    /// Of two parts that do not overlap.
    pub(super) const fn new(high: f64, low: f64) -> Pair {
        Pair { high, low }
    }

    /// The sum of two doubles, exactly.
    pub(super) fn sum(a: f64, b: f64) -> Pair {
        let high = a + b;
        let back = high - a;
        Pair { high, low: (a - (high - back)) + (b - back) }
    }

    /// The product of two doubles, exactly.
    pub(super) fn product(a: f64, b: f64) -> Pair {
        let high = a * b;
        let ((a1, a2), (b1, b2)) = (split(a), split(b));
        Pair { high, low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2 }
    }

    /// A whole number, exactly up to 2^106.
    pub(super) fn from_whole(value: u64) -> Pair {
        const HALF: f64 = 4_294_967_296.0; // 2^32
        ordered_sum((value >> 32) as f64 * HALF, (value & 0xffff_ffff) as f64)
    }

    /// `self + other`, to 2u².
    pub(super) fn plus(self, other: f64) -> Pair {
        let sum = Pair::sum(self.high, other);
        ordered_sum(sum.high, self.low + sum.low)
    }

    /// `self · factor`, to 1.5u².
    pub(super) fn times(self, factor: f64) -> Pair {
        let product = Pair::product(self.high, factor);
        let sum = ordered_sum(product.high, self.low * factor);
        ordered_sum(sum.high, sum.low + product.low)
    }

    /// `self · factor` for a power of two; exact.
    pub(super) fn scaled(self, factor: f64) -> Pair {
        Pair { high: self.high * factor, low: self.low * factor }
    }

    /// The square root of a number well within the range of doubles, to 3.2u².
    pub(super) fn sqrt(self) -> Pair {
        let root = libm::sqrt(self.high);
        let rest = self - Pair::product(root, root);
        ordered_sum(root, rest.high / (2.0 * root))
    }
}

impl From<f64> for Pair {
    fn from(value: f64) -> Pair {
        Pair::new(value, 0.0)
    }
}

impl Neg for Pair {
    type Output = Pair;

    fn neg(self) -> Pair {
        Pair { high: -self.high, low: -self.low }
    }
}

/// To 3u², whatever the signs.
impl Add for Pair {
    type Output = Pair;

    fn add(self, other: Pair) -> Pair {
        let high = Pair::sum(self.high, other.high);
        let low = Pair::sum(self.low, other.low);
        let sum = ordered_sum(high.high, high.low + low.high);
        ordered_sum(sum.high, sum.low + low.low)
    }
}

impl Sub for Pair {
    type Output = Pair;

    fn sub(self, other: Pair) -> Pair {
        self + -other
    }
}

/// To 5u².
impl Mul for Pair {
    type Output = Pair;

    fn mul(self, other: Pair) -> Pair {
        let product = Pair::product(self.high, other.high);
        let cross = self.high * other.low + self.low * other.high;
        ordered_sum(product.high, product.low + cross)
    }
}

/// To 8u²: one step of long division after the quotient of the leading parts.
impl Div for Pair {
    type Output = Pair;

    fn div(self, other: Pair) -> Pair {
        let quotient = self.high / other.high;
        let rest = self - other.times(quotient);
        ordered_sum(quotient, rest.high / other.high)
    }
}

/// A polynomial by ascending powers. Terms that are below 2^-56 of the first one have plain coefficients.
pub(super) struct Series {
    pub(super) head: &'static [Pair],
    pub(super) tail: &'static [f64],
}

impl Series {
    pub(super) fn at(&self, x: Pair) -> Pair {
        let rest = self.tail.iter().rev().fold(0.0, |sum, coefficient| sum * x.high + coefficient);
        self.head.iter().rev().fold(Pair::from(rest), |sum, coefficient| sum * x + *coefficient)
    }
}
