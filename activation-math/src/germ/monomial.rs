//! The scale on which growth is measured: `t^p (ln t)^q exp(k₁ t^r₁ (ln t)^s₁ + …)` for t → +∞.
//!
//! These monomials form an ordered group. Two are compared by the leading part of the difference of their exponents,
//! then by the power of t, then by the power of ln t.

use core::cmp::Ordering;

use super::coefficient::Coefficient;
use crate::tracked::Approximate;

/// How many parts an exponent may have.
const PARTS: usize = 3;

/// Powers and factors closer than this, relative to their size, are the same number rounded differently.
const SAME: f64 = 1e-13;

/// One part `factor · t^power · (ln t)^log` of an exponent; it grows faster than ln t.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) factor: f64,
    /// Whether the factor is that double, and not one nearby.
    pub(super) exact: bool,
    pub(super) power: f64,
    pub(super) log: f64,
}

/// `t^power · (ln t)^log · exp(sum of parts)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Monomial {
    power: f64,
    log: f64,
    /// From the fastest-growing part down; behind the last one, factors of zero.
    parts: [Part; PARTS],
}

const NO_PART: Part = Part { factor: 0.0, exact: true, power: 0.0, log: 0.0 };

fn compare(left: f64, right: f64) -> Ordering {
    if (left - right).abs() <= SAME * left.abs().max(right.abs()) {
        Ordering::Equal
    } else {
        left.partial_cmp(&right).unwrap_or(Ordering::Equal)
    }
}

/// A sum that is zero when only rounding is left of it.
fn add(left: f64, right: f64) -> f64 {
    let sum = left + right;
    if sum.abs() <= SAME * (left.abs() + right.abs()) { 0.0 } else { sum }
}

/// A product that is neither zero nor infinite unless a factor is; `None` otherwise.
fn scale(value: f64, factor: f64) -> Option<f64> {
    let product = value * factor;
    let sound = product.is_normal() || value == 0.0 || factor == 0.0;
    sound.then_some(product)
}

impl Part {
    /// By growth alone.
    fn compare(self, other: Part) -> Ordering {
        compare(self.power, other.power).then(compare(self.log, other.log))
    }

    fn sign(self) -> Ordering {
        compare(self.factor, 0.0)
    }
}

/// Merges two exponents, the second one times `sign`, and hands out the sums from the top down.
fn merge(left: &[Part; PARTS], right: &[Part; PARTS], sign: f64, mut take: impl FnMut(Part) -> bool) {
    let mut left = left.iter().filter(|part| part.factor != 0.0).peekable();
    let mut right = right.iter().filter(|part| part.factor != 0.0).peekable();
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (Some(a), Some(b)) => a.compare(**b),
        };
        let mut sum = NO_PART;
        if order.is_ge() {
            sum = left.next().copied().unwrap_or(NO_PART);
        }
        if order.is_le() {
            let other = right.next().copied().unwrap_or(NO_PART);
            let factor = add(sum.factor, sign * other.factor);
            let exact =
                sum.exact && other.exact && f64::sum_is_exact(sum.factor, sign * other.factor, factor);
            sum = Part { factor, exact, ..if order.is_eq() { sum } else { other } };
        }
        if sum.factor != 0.0 && !take(sum) {
            return;
        }
    }
}

impl Monomial {
    /// The constant 1.
    pub(super) const ONE: Monomial = Monomial { power: 0.0, log: 0.0, parts: [NO_PART; PARTS] };

    /// `t^power (ln t)^log`.
    pub(super) fn power_and_log(power: f64, log: f64) -> Monomial {
        Monomial { power, log, ..Monomial::ONE }
    }

    pub(super) fn power(&self) -> f64 {
        self.power
    }

    pub(super) fn log(&self) -> f64 {
        self.log
    }

    /// Whether the power of t is a number of few binary digits, and so no rounded one.
    pub(super) fn is_short(&self) -> bool {
        let grains = self.power * 1_048_576.0;
        grains.abs() < 9e15 && libm::trunc(grains) == grains
    }

    /// The parts of the exponent, from the fastest-growing one down.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> {
        self.parts.into_iter().filter(|part| part.factor != 0.0)
    }

    /// `Greater` for the faster-growing one.
    pub(super) fn compare(&self, other: &Monomial) -> Ordering {
        let mut by_exponent = Ordering::Equal;
        if self.is_algebraic() && other.is_algebraic() {
            return compare(self.power, other.power).then(compare(self.log, other.log));
        }
        merge(&self.parts, &other.parts, -1.0, |part| {
            by_exponent = part.sign();
            false
        });
        by_exponent.then(compare(self.power, other.power)).then(compare(self.log, other.log))
    }

    /// `Greater` if it tends to infinity, `Less` if to zero.
    pub(super) fn trend(&self) -> Ordering {
        self.compare(&Monomial::ONE)
    }

    /// Whether there is no exponential in it.
    fn is_algebraic(&self) -> bool {
        self.parts[0].factor == 0.0
    }

    /// Whether it outgrows every power of t.
    pub(super) fn is_exponential(&self) -> bool {
        self.parts[0].factor > 0.0
    }

    /// The product; `None` if it is no such monomial.
    pub(super) fn times(&self, other: &Monomial) -> Option<Monomial> {
        let mut product = Monomial::power_and_log(add(self.power, other.power), add(self.log, other.log));
        let mut count = 0;
        let mut fits = product.power.is_finite() && product.log.is_finite();
        if self.is_algebraic() && other.is_algebraic() {
            return fits.then_some(product);
        }
        merge(&self.parts, &other.parts, 1.0, |part| {
            fits = fits && count < PARTS && part.factor.is_finite();
            if fits {
                product.parts[count] = part;
                count += 1;
            }
            fits
        });
        fits.then_some(product)
    }

    /// A power with a constant exponent; `None` if it is no such monomial.
    pub(super) fn raised(&self, exponent: f64) -> Option<Monomial> {
        if exponent == 0.0 {
            return Some(Monomial::ONE);
        }
        let mut result = Monomial::power_and_log(scale(self.power, exponent)?, scale(self.log, exponent)?);
        for (target, part) in result.parts.iter_mut().zip(self.parts()) {
            let factor = scale(part.factor, exponent)?;
            let exact = part.exact && f64::product_is_exact(part.factor, exponent, factor);
            *target = Part { factor, exact, ..part };
        }
        Some(result)
    }

    /// `exp(factor · self)` of a growing monomial; `None` if it is no such monomial.
    pub(super) fn exponential(&self, factor: Coefficient) -> Option<Monomial> {
        if self.parts[0].factor != 0.0 || !factor.is_precise() {
            return None;
        }
        let beyond_log = compare(self.log, 1.0);
        match (compare(self.power, 0.0), beyond_log) {
            (Ordering::Greater, _) | (Ordering::Equal, Ordering::Greater) => {
                let (value, exact) = (factor.value.to_f64(), factor.as_double().is_some());
                let part = Part { factor: value, exact, power: self.power, log: self.log };
                Some(Monomial { parts: [part, NO_PART, NO_PART], ..Monomial::ONE })
            }
            (Ordering::Equal, Ordering::Equal) => Some(Monomial::power_and_log(factor.value.to_f64(), 0.0)),
            // exp(√(ln t)) lies between all logarithms and all powers.
            _ => None,
        }
    }
}
