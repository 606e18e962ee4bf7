//! Sums, products, quotients and roots.

use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::{BITS, Long, WORDS};

/// A mantissa and one word behind it.
type Guarded = [u64; WORDS + 1];

/// `words · 2^-distance`, and whether nothing has been shifted out.
fn shifted_right(words: Guarded, distance: u64) -> (Guarded, bool) {
    let (whole, bits) = ((distance / 64) as usize, distance % 64);
    if distance >= 64 * (WORDS as u64 + 1) {
        return ([0; WORDS + 1], false);
    }
    let mut moved = [0; WORDS + 1];
    moved[..=WORDS - whole].copy_from_slice(&words[whole..]);
    let mut exact = whole == 0 || words[..whole].iter().all(|&word| word == 0);
    if bits > 0 {
        let up = 64 - bits;
        let [a, b, c, d, e] = moved;
        exact &= a << up == 0;
        moved = [
            (a >> bits) | (b << up),
            (b >> bits) | (c << up),
            (c >> bits) | (d << up),
            (d >> bits) | (e << up),
            e >> bits,
        ];
    }
    (moved, exact)
}

/// `a + b` and a carry, or `a - b` and a borrow.
fn carried(a: Guarded, b: Guarded, operation: impl Fn(u64, u64) -> (u64, bool)) -> (Guarded, bool) {
    let mut result = a;
    let mut carry = false;
    for place in 0..=WORDS {
        let (partly, first) = operation(a[place], b[place]);
        let (whole, second) = operation(partly, u64::from(carry));
        (result[place], carry) = (whole, first || second);
    }
    (result, carry)
}

/// `sum + word · factor`, where the sum has a place for the carry.
fn accumulated(sum: [u64; WORDS + 1], word: u64, factor: [u64; WORDS]) -> [u64; WORDS + 1] {
    let step = |target: u64, factor: u64, carry: u64| {
        let all = u128::from(word) * u128::from(factor) + u128::from(target) + u128::from(carry);
        (all as u64, (all >> 64) as u64)
    };
    let (a, carry) = step(sum[0], factor[0], 0);
    let (b, carry) = step(sum[1], factor[1], carry);
    let (c, carry) = step(sum[2], factor[2], carry);
    let (d, carry) = step(sum[3], factor[3], carry);
    [a, b, c, d, carry]
}

fn guarded(words: [u64; WORDS]) -> Guarded {
    let [a, b, c, d] = words;
    [0, a, b, c, d]
}

fn unguarded([behind, a, b, c, d]: Guarded) -> ([u64; WORDS], u64) {
    ([a, b, c, d], behind)
}

impl Long {
    /// `self + other`, and whether nothing has been cut off.
    pub(crate) fn sum(self, other: Long) -> (Long, bool) {
        if !self.is_finite() || !other.is_finite() {
            return (Long::NAN, false);
        }
        if self.is_zero() || other.is_zero() {
            return (if self.is_zero() { other } else { self }, true);
        }
        let is_larger = match self.exponent.cmp(&other.exponent) {
            Ordering::Equal => self.magnitude() >= other.magnitude(),
            order => order.is_gt(),
        };
        let (large, small) = if is_larger { (self, other) } else { (other, self) };
        let (shifted, exact) = shifted_right(guarded(small.words), large.exponent.abs_diff(small.exponent));
        let words = guarded(large.words);
        if large.negative == small.negative {
            let (mut result, carry) = carried(words, shifted, u64::overflowing_add);
            let mut exponent = large.exponent;
            let mut exact = exact;
            if carry {
                let (halved, nothing_lost) = shifted_right(result, 1);
                result = halved;
                result[WORDS] |= 1 << 63;
                exponent += 1;
                exact &= nothing_lost;
            }
            let (words, behind) = unguarded(result);
            let long = Long::new(large.negative, exponent, words, behind);
            return (long, exact && behind == 0 && long.is_finite());
        }
        let (words, behind) = unguarded(carried(words, shifted, u64::overflowing_sub).0);
        let long = Long::new(large.negative, large.exponent, words, behind);
        if !long.is_finite() {
            return (long, false);
        }
        // The word behind has moved up as far as the leading bits have been cancelled.
        let moved = large.exponent.abs_diff(long.exponent);
        let kept = long.is_zero() || moved >= 64 || moved > 0 && behind << moved == 0 || behind == 0;
        (long, exact && kept)
    }

    /// `self · other`, and whether nothing has been cut off.
    pub(crate) fn product(self, other: Long) -> (Long, bool) {
        if !self.is_finite() || !other.is_finite() {
            return (Long::NAN, false);
        }
        if self.is_zero() || other.is_zero() {
            return (Long::ZERO, true);
        }
        let mut sum = [0; WORDS + 1];
        let mut below = [0; WORDS];
        for (&word, below) in self.words.iter().zip(&mut below) {
            let [lowest, a, b, c, d] = accumulated(sum, word, other.words);
            (*below, sum) = (lowest, [a, b, c, d, 0]);
        }
        let ([a, b, c, behind], [words @ .., _]) = (below, sum);
        let exponent = self.exponent + other.exponent + 1;
        let long = Long::new(self.negative != other.negative, exponent, words, behind);
        if !long.is_finite() {
            return (long, false);
        }
        let moved = exponent - long.exponent;
        let kept = behind << moved == 0 && a == 0 && b == 0 && c == 0;
        (long, kept)
    }

    /// `self / divisor`, to about the last bit.
    pub(super) fn over_whole(self, divisor: u64) -> Long {
        let mut rest = 0u128;
        let mut quotient = guarded(self.words);
        for word in quotient.iter_mut().rev() {
            let dividend = (rest << 64) | u128::from(*word);
            (*word, rest) = ((dividend / u128::from(divisor)) as u64, dividend % u128::from(divisor));
        }
        let (words, behind) = unguarded(quotient);
        if self.is_ordinary() { Long::new(self.negative, self.exponent, words, behind) } else { self }
    }

    /// The mantissa of an ordinary number, as a double in [1, 2); 0 of zero.
    pub(crate) fn leading(self) -> f64 {
        const UNIT: f64 = 1.0 / 9_223_372_036_854_775_808.0; // 2^-63
        (self.words[WORDS - 1] >> 11 << 11) as f64 * UNIT
    }

    /// `self · 2^-exponent`, so that the exponent becomes 0 or what is left of it after a division by `root`.
    pub(super) fn for_root(self, root: i64) -> (Long, i64) {
        let rest = self.exponent.rem_euclid(root);
        (Long { exponent: rest, ..self }, (self.exponent - rest) / root)
    }
}

impl Neg for Long {
    type Output = Long;

    fn neg(self) -> Long {
        Long { negative: self.is_ordinary() && !self.negative, ..self }
    }
}

impl Add for Long {
    type Output = Long;

    fn add(self, other: Long) -> Long {
        self.sum(other).0
    }
}

impl Sub for Long {
    type Output = Long;

    fn sub(self, other: Long) -> Long {
        self + -other
    }
}

impl Mul for Long {
    type Output = Long;

    fn mul(self, other: Long) -> Long {
        self.product(other).0
    }
}

/// Newton's method for the inverse of the divisor doubles the digits of a double three times; the last step is the quotient's.
impl Div for Long {
    type Output = Long;

    fn div(self, other: Long) -> Long {
        if !other.is_ordinary() || !self.is_finite() {
            return Long::NAN;
        }
        let divisor = Long { exponent: 0, ..other.magnitude() };
        let mut inverse = Long::from_f64(1.0 / divisor.leading());
        for _ in 0..2 {
            inverse = inverse + inverse * (Long::ONE - divisor * inverse);
        }
        let first = self * inverse;
        let quotient = first + (self - first * divisor) * inverse;
        quotient.scaled(-other.exponent).times_sign_of(other)
    }
}

impl Long {
    fn times_sign_of(self, other: Long) -> Long {
        if other.negative { -self } else { self }
    }
}

pub(super) fn sqrt(x: Long) -> Long {
    if !x.is_ordinary() || x.negative {
        return if x.is_zero() { x } else { Long::NAN };
    }
    let (reduced, exponent) = x.for_root(2);
    // 1/√x, by Newton's method.
    let start = if reduced.exponent == 0 { reduced.leading() } else { 2.0 * reduced.leading() };
    let mut inverse = Long::from_f64(1.0 / libm::sqrt(start));
    for _ in 0..2 {
        let rest = Long::ONE - reduced * inverse * inverse;
        inverse = inverse + (inverse * rest).scaled(-1);
    }
    let first = reduced * inverse;
    let root = first + ((reduced - first * first) * inverse).scaled(-1);
    root.scaled(exponent)
}

pub(super) fn cbrt(x: Long) -> Long {
    if !x.is_ordinary() {
        return x;
    }
    let (reduced, exponent) = x.magnitude().for_root(3);
    let start = reduced.leading() * (1u64 << reduced.exponent) as f64;
    let mut root = Long::from_f64(libm::cbrt(start));
    for _ in 0..3 {
        let square = root * root;
        root = root - ((square * root - reduced) / square).over_whole(3);
    }
    root.scaled(exponent).with_sign_of(x)
}

/// The sum of `first` and its successors, until they are below the last bit.
pub(super) fn series(first: Long, next: impl Fn(Long, u64) -> Long) -> Long {
    let (mut sum, mut term) = (first, first);
    for index in 1.. {
        term = next(term, index);
        if !term.is_ordinary() || !sum.is_ordinary() || term.exponent < sum.exponent - BITS - 8 {
            break;
        }
        sum = sum + term;
    }
    sum
}
