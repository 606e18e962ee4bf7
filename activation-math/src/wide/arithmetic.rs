//! The four operations on [`Wide`], rounded to nearest even, and products and quotients with a machine word.
//!
//! Schoolbook methods throughout: at the sizes used here (up to 131 limbs) nothing else pays.

use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::{Class, TOP_BIT, Wide};

/// `left * right + first + second` as (low, high); it cannot overflow.
fn multiply_add(left: u64, right: u64, first: u64, second: u64) -> (u64, u64) {
    let product = u128::from(left).wrapping_mul(u128::from(right));
    let sum = product.wrapping_add(u128::from(first)).wrapping_add(u128::from(second));
    (sum as u64, (sum >> 64) as u64)
}

/// `left - right - borrow` and the borrow it leaves.
fn subtract_with_borrow(left: u64, right: u64, borrow: bool) -> (u64, bool) {
    let (first, under) = left.overflowing_sub(right);
    let (second, under_again) = first.overflowing_sub(u64::from(borrow));
    (second, under | under_again)
}

/// `limbs >> by` and the 64 bits below it; whatever is lower still leaves its mark in the last of them.
fn shifted_right<const LIMBS: usize>(limbs: &[u64; LIMBS], by: usize) -> ([u64; LIMBS], u64) {
    let (whole, bits) = (by / 64, by % 64);
    let limb = |index: usize| limbs.get(index).copied().unwrap_or(0);
    let joined = |low: u64, high: u64| if bits == 0 { low } else { (low >> bits) | (high << (64 - bits)) };
    let mut shifted = [0; LIMBS];
    for (index, to) in shifted.iter_mut().enumerate().take(LIMBS.saturating_sub(whole)) {
        *to = joined(limb(index + whole), limb(index + whole + 1));
    }
    let last_lost = whole.checked_sub(1).map_or(0, limb);
    let lost_in_it = if bits == 0 { 0 } else { last_lost << (64 - bits) };
    let any_lost = lost_in_it != 0 || limbs.iter().take(whole.saturating_sub(1)).any(|&limb| limb != 0);
    (shifted, joined(last_lost, limb(whole)) | u64::from(any_lost))
}

impl<const LIMBS: usize> Wide<LIMBS> {
    /// The value of a mantissa of any size, with the 64 bits below it; `exponent` is that of the topmost bit.
    fn normalised(negative: bool, exponent: i64, limbs: [u64; LIMBS], below: u64) -> Self {
        let Some(top) = limbs.iter().rposition(|&limb| limb != 0) else {
            if below == 0 {
                return Self::ZERO;
            }
            let by = below.leading_zeros();
            let mut limbs = [0; LIMBS];
            limbs[LIMBS - 1] = below << by;
            return Self::bounded(negative, exponent - Self::BITS - i64::from(by), limbs);
        };
        let (whole, bits) = (LIMBS - 1 - top, limbs[top].leading_zeros());
        if whole == 0 && bits == 0 {
            return Self::rounded(negative, exponent, limbs, below);
        }
        // Counted from the limb below the mantissa.
        let limb = |index: usize| if index == 0 { below } else { limbs[index - 1] };
        let joined =
            |high: u64, low: u64| if bits == 0 { high } else { (high << bits) | (low >> (64 - bits)) };
        let mut shifted = [0; LIMBS];
        for (index, to) in shifted.iter_mut().enumerate() {
            if let Some(from) = (index + 1).checked_sub(whole) {
                *to = joined(limb(from), from.checked_sub(1).map_or(0, limb));
            }
        }
        let below = if whole == 0 { below << bits } else { 0 };
        let shift = 64 * whole as i64 + i64::from(bits);
        Self::rounded(negative, exponent - shift, shifted, below)
    }

    /// `±(|large| ± |small|)` for finite values with `|large| >= |small|`.
    fn combined(large: &Self, small: &Self, subtract: bool, negative: bool) -> Self {
        let distance = large.exponent - small.exponent;
        if distance > Self::BITS + 2 {
            return Self { negative, ..*large };
        }
        let (other, below) = shifted_right(&small.limbs, distance as usize);
        let mut limbs = large.limbs;
        if subtract {
            let mut borrow = below != 0;
            for (limb, &other) in limbs.iter_mut().zip(&other) {
                (*limb, borrow) = subtract_with_borrow(*limb, other, borrow);
            }
            return Self::normalised(negative, large.exponent, limbs, below.wrapping_neg());
        }
        let mut carry = false;
        for (limb, &other) in limbs.iter_mut().zip(&other) {
            let (first, over) = limb.overflowing_add(other);
            let (second, over_again) = first.overflowing_add(u64::from(carry));
            (*limb, carry) = (second, over | over_again);
        }
        if !carry {
            return Self::rounded(negative, large.exponent, limbs, below);
        }
        let (mut halved, half_below) = shifted_right(&limbs, 1);
        halved[LIMBS - 1] |= TOP_BIT;
        let below = half_below | (below >> 1) | (below & 1);
        Self::rounded(negative, large.exponent + 1, halved, below)
    }

    /// `self * factor`.
    pub(super) fn times(self, factor: u64) -> Self {
        if factor == 0 || self.class != Class::Finite {
            return if factor == 0 && self.is_infinite() {
                Self::NAN
            } else if factor == 0 && self.is_finite() {
                Self::ZERO
            } else {
                self
            };
        }
        let mut limbs = self.limbs;
        let mut carry = 0;
        for limb in &mut limbs {
            (*limb, carry) = multiply_add(*limb, factor, carry, 0);
        }
        let bits = 64 - carry.leading_zeros();
        let (mut shifted, below) = shifted_right(&limbs, bits as usize);
        if bits > 0 {
            shifted[LIMBS - 1] |= carry << (64 - bits);
        }
        Self::rounded(self.negative, self.exponent + i64::from(bits), shifted, below)
    }

    /// `self / divisor` for a divisor from 1 to 2^32.
    pub(super) fn over(self, divisor: u64) -> Self {
        if self.class != Class::Finite {
            return self;
        }
        let mut limbs = self.limbs;
        let mut remainder = 0;
        let mut divide = |limb: u64| {
            // The remainder is below 2^32, so each half takes one division of machine words.
            let high = (remainder << 32) | (limb >> 32);
            let low = ((high % divisor) << 32) | (limb & 0xffff_ffff);
            remainder = low % divisor;
            ((high / divisor) << 32) | (low / divisor)
        };
        for limb in limbs.iter_mut().rev() {
            *limb = divide(*limb);
        }
        let below = divide(0);
        Self::normalised(self.negative, self.exponent, limbs, below | u64::from(remainder != 0))
    }

    /// The NaN of an operation: for certain undefined if an operand is, or if both are exactly what they seem.
    fn nan_with(self, other: Self) -> Self {
        let undefined = |value: Self| value.is_nan() && !value.out_of_range;
        let unknown = self.out_of_range || other.out_of_range;
        Self { out_of_range: unknown && !undefined(self) && !undefined(other), ..Self::NAN }
    }

    /// The product of two finite values that are not zero.
    fn product(&self, other: &Self) -> Self {
        let mut limbs = [0; LIMBS];
        let mut below = 0;
        let mut lost = 0;
        // Row by row; after each, the lowest limb is final and moves out.
        for &factor in &self.limbs {
            lost |= below;
            let mut carry;
            (below, carry) = multiply_add(factor, other.limbs[0], limbs[0], 0);
            for index in 1..LIMBS {
                (limbs[index - 1], carry) = multiply_add(factor, other.limbs[index], limbs[index], carry);
            }
            limbs[LIMBS - 1] = carry;
        }
        let negative = self.negative != other.negative;
        let exponent = self.exponent + other.exponent;
        let below = below | u64::from(lost != 0);
        if limbs[LIMBS - 1] & TOP_BIT != 0 {
            return Self::rounded(negative, exponent + 1, limbs, below);
        }
        // Between a quarter and a half of the unit: one place to the left.
        let mut moved = below;
        for limb in &mut limbs {
            let out = moved >> 63;
            moved = *limb;
            *limb = (moved << 1) | out;
        }
        Self::rounded(negative, exponent, limbs, (below << 1) | u64::from(lost != 0))
    }

    /// The quotient of two finite values that are not zero: long division, one limb at a time.
    fn quotient(&self, divisor: &Self) -> Self {
        let mut remainder = self.limbs;
        let at_least_one = self.limbs.iter().rev().cmp(divisor.limbs.iter().rev()) != Ordering::Less;
        if at_least_one {
            let mut borrow = false;
            for (limb, &other) in remainder.iter_mut().zip(&divisor.limbs) {
                (*limb, borrow) = subtract_with_borrow(*limb, other, borrow);
            }
        }
        let mut limbs = [0; LIMBS];
        for limb in limbs.iter_mut().rev() {
            *limb = next_digit(&mut remainder, &divisor.limbs);
        }
        let mut below = next_digit(&mut remainder, &divisor.limbs);
        below |= u64::from(remainder.iter().any(|&limb| limb != 0));
        let negative = self.negative != divisor.negative;
        let exponent = self.exponent - divisor.exponent;
        if !at_least_one {
            return Self::rounded(negative, exponent - 1, limbs, below);
        }
        let (mut halved, half_below) = shifted_right(&limbs, 1);
        halved[LIMBS - 1] |= TOP_BIT;
        Self::rounded(negative, exponent, halved, half_below | (below >> 1) | (below & 1))
    }
}

/// The next 64 bits of `remainder / divisor`, where `remainder < divisor` and the divisor's top bit is set; leaves the
/// new remainder. Knuth, The Art of Computer Programming, volume 2, algorithm 4.3.1 D.
fn next_digit<const LIMBS: usize>(remainder: &mut [u64; LIMBS], divisor: &[u64; LIMBS]) -> u64 {
    let (top, second) = (divisor[LIMBS - 1], divisor[LIMBS - 2]);
    let leading = remainder[LIMBS - 1];
    let pair = (u128::from(leading) << 64) | u128::from(remainder[LIMBS - 2]);
    let mut digit = if leading >= top { u64::MAX } else { (pair / u128::from(top)) as u64 };
    let third = if LIMBS > 2 { remainder[LIMBS - 3] } else { 0 };
    let mut rest = pair.wrapping_sub(u128::from(digit).wrapping_mul(u128::from(top)));
    while rest >> 64 == 0
        && u128::from(digit).wrapping_mul(u128::from(second)) > (rest << 64 | u128::from(third))
    {
        digit -= 1;
        rest += u128::from(top);
    }
    // remainder * 2^64 - digit * divisor, limb by limb from below.
    let (mut carry, mut borrow) = (0, false);
    let mut shifted_in = 0;
    for (limb, &other) in remainder.iter_mut().zip(divisor) {
        let (low, high) = multiply_add(digit, other, carry, 0);
        let old = *limb;
        (*limb, borrow) = subtract_with_borrow(shifted_in, low, borrow);
        (carry, shifted_in) = (high, old);
    }
    let (_, negative) = subtract_with_borrow(shifted_in, carry, borrow);
    if negative {
        digit = digit.wrapping_sub(1);
        let mut over = false;
        for (limb, &other) in remainder.iter_mut().zip(divisor) {
            let (first, one) = limb.overflowing_add(other);
            let (second, two) = first.overflowing_add(u64::from(over));
            (*limb, over) = (second, one | two);
        }
    }
    digit
}

impl<const LIMBS: usize> Neg for Wide<LIMBS> {
    type Output = Self;

    fn neg(self) -> Self {
        self.negated_if(true)
    }
}

impl<const LIMBS: usize> Add for Wide<LIMBS> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        match (self.class, other.class) {
            (Class::Nan, _) | (_, Class::Nan) => self.nan_with(other),
            (Class::Infinite, Class::Infinite) if self.negative != other.negative => self.nan_with(other),
            (Class::Infinite, _) | (_, Class::Zero) => self,
            (_, Class::Infinite) | (Class::Zero, _) => other,
            (Class::Finite, Class::Finite) => {
                let subtract = self.negative != other.negative;
                if self.compare_magnitudes(&other) == Ordering::Less {
                    Self::combined(&other, &self, subtract, other.negative)
                } else {
                    Self::combined(&self, &other, subtract, self.negative)
                }
            }
        }
    }
}

impl<const LIMBS: usize> Sub for Wide<LIMBS> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl<const LIMBS: usize> Mul for Wide<LIMBS> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        match (self.class, other.class) {
            (Class::Nan, _) | (_, Class::Nan) => self.nan_with(other),
            (Class::Infinite, Class::Zero) | (Class::Zero, Class::Infinite) => self.nan_with(other),
            (Class::Infinite | Class::Zero, _) => self.negated_if(other.negative),
            (_, Class::Infinite | Class::Zero) => other.negated_if(self.negative),
            (Class::Finite, Class::Finite) => self.product(&other),
        }
    }
}

impl<const LIMBS: usize> Div for Wide<LIMBS> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        match (self.class, other.class) {
            (Class::Nan, _) | (_, Class::Nan) => self.nan_with(other),
            (Class::Infinite, Class::Infinite) | (Class::Zero, Class::Zero) => self.nan_with(other),
            (Class::Infinite | Class::Zero, _) => self.negated_if(other.negative),
            (_, Class::Zero) => {
                let negative = self.negative != other.negative;
                Self { negative, out_of_range: other.out_of_range, ..Self::INFINITY }
            }
            (_, Class::Infinite) => Self { out_of_range: other.out_of_range, ..Self::ZERO },
            (Class::Finite, Class::Finite) => self.quotient(&other),
        }
    }
}
