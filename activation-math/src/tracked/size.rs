//! How large something is: the arithmetic of error bounds.

use core::cmp::Ordering;
use core::ops::{Add, Mul};

/// A size without a sign. Sums and products are rounded; bounds made of them leave room for that.
pub trait Size: Copy + PartialOrd + Add<Output = Self> + Mul<Output = Self> {
    /// No error at all.
    const ZERO: Self;
    /// Nothing is known.
    const UNKNOWN: Self;

    /// `|value|`; NaN is [`UNKNOWN`](Size::UNKNOWN).
    fn of(value: f64) -> Self;

    /// `self / divisor`; unknown where the divisor is zero.
    fn over(self, divisor: Self) -> Self;

    /// The square root.
    fn root(self) -> Self;

    /// The larger of the two.
    fn or(self, other: Self) -> Self {
        if self >= other { self } else { other }
    }

    /// The smaller of the two.
    fn at_most(self, other: Self) -> Self {
        if self <= other { self } else { other }
    }

    /// True for anything but [`UNKNOWN`](Size::UNKNOWN).
    fn is_known(self) -> bool;

    /// `self <= bound`; false where nothing is known.
    fn is_within(self, bound: Self) -> bool {
        self <= bound
    }

    /// True for no error at all.
    fn is_zero(self) -> bool {
        self <= Self::ZERO
    }
}

impl Size for f64 {
    const ZERO: f64 = 0.0;
    const UNKNOWN: f64 = f64::INFINITY;

    #[inline]
    fn of(value: f64) -> f64 {
        if value.is_nan() { f64::INFINITY } else { value.abs() }
    }

    #[inline]
    fn over(self, divisor: f64) -> f64 {
        let quotient = self / divisor;
        if quotient.is_nan() { f64::INFINITY } else { quotient }
    }

    #[inline]
    fn root(self) -> f64 {
        crate::Real::sqrt(self)
    }

    #[inline]
    fn is_known(self) -> bool {
        self < f64::INFINITY
    }
}

/// `fraction · 2^exponent`: a size that neither overflows nor underflows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Magnitude {
    /// In [1, 2); or zero, or infinite where nothing is known.
    fraction: f64,
    /// Zero where the fraction is zero or infinite.
    exponent: i64,
}

/// The factor that moves a subnormal number among the normal ones.
const LIFT: f64 = 18_014_398_509_481_984.0; // 2^54

/// Beyond this an exponent is as good as infinite.
const MOST_EXPONENT: u64 = 1 << 60;

impl Magnitude {
    /// `fraction · 2^exponent` for a fraction of any size.
    pub fn new(fraction: f64, exponent: i64) -> Magnitude {
        if fraction == 0.0 {
            return Magnitude::ZERO;
        }
        if !fraction.is_finite() || exponent.unsigned_abs() > MOST_EXPONENT {
            return if exponent < 0 && fraction.is_finite() { Magnitude::ZERO } else { Magnitude::UNKNOWN };
        }
        let size = fraction.abs();
        let (normal, lifted) = if size.is_normal() { (size, 0) } else { (size * LIFT, 54) };
        let bits = normal.to_bits();
        let shift = (bits >> 52) as i64 - 1023;
        let fraction = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
        Magnitude { fraction, exponent: exponent + shift - lifted }
    }

    /// 2^exponent as a double, 0 or infinity beyond its range.
    fn power(exponent: i64) -> f64 {
        match exponent {
            ..=-1023 => 0.0,
            -1022..=1023 => f64::from_bits(((exponent + 1023) as u64) << 52),
            _ => f64::INFINITY,
        }
    }
}

impl Magnitude {
    /// The nearest double; infinite where it is not known.
    pub fn to_f64(self) -> f64 {
        self.fraction * Magnitude::power(self.exponent)
    }
}

impl PartialOrd for Magnitude {
    fn partial_cmp(&self, other: &Magnitude) -> Option<Ordering> {
        let rank = |size: &Magnitude| match size.fraction {
            0.0 => 0,
            fraction if fraction.is_finite() => 1,
            _ => 2,
        };
        let by_rank = rank(self).cmp(&rank(other));
        if by_rank.is_ne() || rank(self) != 1 {
            return Some(by_rank);
        }
        Some(self.exponent.cmp(&other.exponent).then(self.fraction.total_cmp(&other.fraction)))
    }
}

impl Add for Magnitude {
    type Output = Magnitude;

    fn add(self, other: Magnitude) -> Magnitude {
        let (large, small) = if self >= other { (self, other) } else { (other, self) };
        if small.fraction == 0.0 || !large.is_known() {
            return large;
        }
        let shifted = small.fraction * Magnitude::power(small.exponent - large.exponent);
        Magnitude::new(large.fraction + shifted, large.exponent)
    }
}

impl Mul for Magnitude {
    type Output = Magnitude;

    fn mul(self, other: Magnitude) -> Magnitude {
        let product = self.fraction * other.fraction;
        if product.is_nan() {
            return Magnitude::UNKNOWN;
        }
        Magnitude::new(product, self.exponent + other.exponent)
    }
}

impl Size for Magnitude {
    const ZERO: Magnitude = Magnitude { fraction: 0.0, exponent: 0 };
    const UNKNOWN: Magnitude = Magnitude { fraction: f64::INFINITY, exponent: 0 };

    fn of(value: f64) -> Magnitude {
        if value.is_nan() { Magnitude::UNKNOWN } else { Magnitude::new(value, 0) }
    }

    fn over(self, divisor: Magnitude) -> Magnitude {
        if divisor.fraction == 0.0 || !self.is_known() || !divisor.is_known() {
            return Magnitude::UNKNOWN;
        }
        Magnitude::new(self.fraction / divisor.fraction, self.exponent - divisor.exponent)
    }

    fn root(self) -> Magnitude {
        let even = self.exponent & !1;
        let rest = Magnitude::power(self.exponent - even);
        Magnitude::new(crate::Real::sqrt(self.fraction * rest), even / 2)
    }

    fn is_known(self) -> bool {
        self.fraction.is_finite()
    }
}
