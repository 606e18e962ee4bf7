//! Two doubles as one number, without a branch: what [`pair`] has not, and products that are fused.
//!
//! Error bounds after M. Joldes, J.-M. Muller, V. Popescu, Tight and rigorous error bounds for basic building blocks of
//! double-word arithmetic, ACM TOMS 44 (2017), rounded up; underflow apart.

use crate::elementary::pair;
use crate::elementary::polynomial::scale;
use crate::lane::Lane;

/// `head + tail`, where the head is the double nearest to the sum.
pub(super) type Pair = pair::Pair<f64>;

impl Pair {
    /// `a b` without an error.
    #[inline(always)]
    pub(super) fn fused_product(a: f64, b: f64) -> Pair {
        let head = a * b;
        Pair { head, tail: Lane::mul_add(a, b, -head) }
    }

    /// `self + other`, to `2^-103 (|self| + |other|)`.
    #[inline(always)]
    pub(super) fn plus(self, other: Pair) -> Pair {
        Pair::sum(self.head, other.head).plus_small(self.tail + other.tail)
    }

    /// `constant + self` for a larger constant.
    #[inline(always)]
    pub(super) fn beside(self, constant: f64) -> Pair {
        Pair::ordered_sum(constant, self.head).plus_small(self.tail)
    }

    /// `self factor`, to 2^-103 of it.
    #[inline(always)]
    pub(super) fn fused_times(self, factor: Pair) -> Pair {
        let product = Pair::fused_product(self.head, factor.head);
        let tail = Lane::mul_add(self.head, factor.tail, product.tail);
        Pair::ordered_sum(product.head, Lane::mul_add(self.tail, factor.head, tail))
    }

    /// `self divisor^-1`, given about the inverse of the divisor's head, to 2^-102 of it.
    #[inline(always)]
    pub(super) fn fused_over(self, divisor: Pair, inverse: f64) -> Pair {
        let head = self.head * inverse;
        let left = Lane::mul_add(-head, divisor.head, self.head);
        let left = left + Lane::mul_add(-head, divisor.tail, self.tail);
        Pair::ordered_sum(head, left * inverse)
    }

    /// The same number with the nearest double as its head.
    #[inline(always)]
    pub(super) fn rounded(self) -> Pair {
        Pair::ordered_sum(self.head, self.tail)
    }

    /// `self 2^power` for a whole power of up to twice the exponent range: each part is rounded once where it is subnormal.
    #[inline(always)]
    pub(super) fn shifted(self, power: f64) -> Pair {
        Pair { head: scale(self.head, power), tail: scale(self.tail, power) }
    }

    /// `|self|`.
    #[inline(always)]
    pub(super) fn size(self) -> Pair {
        self.scaled(1.0_f64.copysign(self.head))
    }

    /// `self`, a zero with the sign of `sign`: sums of parts lose it.
    #[inline(always)]
    pub(super) fn with_sign_of(self, sign: f64) -> Pair {
        Pair { head: if self.head.abs() > 0.0 { self.head } else { self.head.copysign(sign) }, ..self }
    }

    #[inline(always)]
    pub(super) fn blend(mask: bool, yes: Pair, no: Pair) -> Pair {
        Pair { head: select(mask, yes.head, no.head), tail: select(mask, yes.tail, no.tail) }
    }
}

/// One of two numbers, by their bits: of a selection of numbers in memory the compiler would make one of addresses, and gather.
#[inline(always)]
pub(super) fn select(mask: bool, yes: f64, no: f64) -> f64 {
    let kept = u64::from(mask).wrapping_neg();
    f64::from_bits((yes.to_bits() & kept) | (no.to_bits() & !kept))
}

/// A series in x: coefficients in two parts, the constant first, each larger than what follows it, and then `rest`. Its head is not
/// rounded to the nearest double: what it is multiplied with does not need that.
#[inline(always)]
pub(super) fn series<const COUNT: usize>(x: Pair, first: &[(f64, f64); COUNT], rest: f64) -> Pair {
    let mut sum = Pair::exact(rest);
    for &(head, tail) in first.iter().rev() {
        let product = Pair::fused_product(sum.head, x.head);
        let below = Lane::mul_add(sum.tail, x.head, Lane::mul_add(sum.head, x.tail, product.tail));
        let Pair { head, tail: left } = Pair::ordered_sum(head, product.head);
        sum = Pair { head, tail: left + (below + tail) };
    }
    sum
}
