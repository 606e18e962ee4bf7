//! Polynomials in one indeterminate with rational coefficients, exactly: division, greatest common divisor, squarefree
//! factors (Yun's algorithm) and the common refinement of several into coprime ones.

use crate::rational::Rational;

/// `Σ coefficients[k] · E^k`; the last coefficient is not zero, and 0 has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Polynomial(Vec<Rational>);

/// A product of powers.
pub(super) type Factors = Vec<(Polynomial, u32)>;

impl Polynomial {
    pub(super) fn new(mut coefficients: Vec<Rational>) -> Self {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Polynomial(coefficients)
    }

    pub(super) fn number(value: Rational) -> Self {
        Polynomial::new(vec![value])
    }

    pub(super) fn one() -> Self {
        Polynomial::number(Rational::one())
    }

    pub(super) fn coefficients(&self) -> &[Rational] {
        &self.0
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_number(&self) -> bool {
        self.0.len() <= 1
    }

    pub(super) fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The lowest power that occurs.
    pub(super) fn low(&self) -> usize {
        self.0.iter().position(|coefficient| !coefficient.is_zero()).unwrap_or(0)
    }

    /// How many words of 64 bits the longest coefficient takes beyond the first.
    pub(super) fn words(&self) -> usize {
        self.0.iter().map(Rational::words).max().unwrap_or(0)
    }

    pub(super) fn is_positive(&self) -> bool {
        self.0.iter().all(|coefficient| !coefficient.is_negative())
    }

    /// Times `E^by`.
    pub(super) fn raised(&self, by: usize) -> Self {
        if self.is_zero() {
            return self.clone();
        }
        let mut coefficients = vec![Rational::zero(); by];
        coefficients.extend_from_slice(&self.0);
        Polynomial(coefficients)
    }

    /// Divided by `E^by`, which must divide it.
    pub(super) fn lowered(&self, by: usize) -> Self {
        Polynomial(self.0.iter().skip(by).cloned().collect())
    }

    /// `E^degree · p(1/E)`
    pub(super) fn reversed(&self) -> Self {
        Polynomial::new(self.0.iter().rev().cloned().collect())
    }

    /// `p(E^(1/step))`, for a polynomial in `E^step`.
    pub(super) fn thinned(&self, step: usize) -> Self {
        Polynomial(self.0.iter().step_by(step).cloned().collect())
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let at = |polynomial: &Self, k: usize| polynomial.0.get(k).cloned().unwrap_or_else(Rational::zero);
        let length = self.0.len().max(other.0.len());
        Polynomial::new((0..length).map(|k| &at(self, k) + &at(other, k)).collect())
    }

    pub(super) fn scaled(&self, by: &Rational) -> Self {
        Polynomial::new(self.0.iter().map(|coefficient| coefficient * by).collect())
    }

    pub(super) fn negated(&self) -> Self {
        Polynomial(self.0.iter().map(|coefficient| -coefficient).collect())
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Polynomial(Vec::new());
        }
        let mut product = vec![Rational::zero(); self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            for (j, b) in other.0.iter().enumerate().filter(|(_, b)| !b.is_zero()) {
                product[i + j] = &product[i + j] + &(a * b);
            }
        }
        Polynomial::new(product)
    }

    pub(super) fn power(&self, exponent: u32) -> Self {
        (0..exponent).fold(Polynomial::one(), |product, _| product.times(self))
    }

    /// Quotient and remainder; `None` for a divisor that is 0.
    fn divide(&self, divisor: &Self) -> Option<(Self, Self)> {
        let inverse = divisor.0.last()?.reciprocal()?;
        let mut rest = self.0.clone();
        let mut quotient = vec![Rational::zero(); (rest.len() + 1).saturating_sub(divisor.0.len())];
        for at in (0..quotient.len()).rev() {
            let factor = &rest[at + divisor.degree()] * &inverse;
            if !factor.is_zero() {
                for (k, coefficient) in divisor.0.iter().enumerate() {
                    rest[at + k] = &rest[at + k] - &(coefficient * &factor);
                }
            }
            quotient[at] = factor;
        }
        Some((Polynomial::new(quotient), Polynomial::new(rest)))
    }

    /// `self / divisor`, if that is a polynomial.
    pub(super) fn divided_by(&self, divisor: &Self) -> Option<Self> {
        self.divide(divisor).filter(|(_, rest)| rest.is_zero()).map(|(quotient, _)| quotient)
    }

    /// Without its rational factor, the lowest coefficient positive; and that factor.
    pub(super) fn primitive(&self) -> (Rational, Self) {
        let Some(content) = Rational::content(&self.0) else { return (Rational::one(), self.clone()) };
        let content = if self.0[self.low()].is_negative() { -&content } else { content };
        let inverse = content.reciprocal().unwrap_or_else(Rational::one);
        (content, self.scaled(&inverse))
    }

    /// The greatest common divisor, primitive.
    pub(super) fn gcd(&self, other: &Self) -> Self {
        if self == other {
            return self.primitive().1;
        }
        let (mut a, mut b) = (self.clone(), other.clone());
        while !b.is_zero() {
            if b.is_number() {
                return Polynomial::one();
            }
            let Some((_, rest)) = a.divide(&b) else { break };
            a = b;
            b = rest.primitive().1;
        }
        a.primitive().1
    }

    fn derivative(&self) -> Self {
        let coefficients = self.0.iter().zip(0_i64..).skip(1);
        Polynomial::new(coefficients.map(|(c, k)| c * &Rational::ratio(k, 1)).collect())
    }

    /// A number and powers of primitive squarefree polynomials, by Yun's algorithm.
    pub(super) fn squarefree(&self) -> (Rational, Factors) {
        let (content, primitive) = self.primitive();
        let mut factors = Vec::new();
        let mut common = primitive.gcd(&primitive.derivative());
        let mut rest = primitive.divided_by(&common).unwrap_or_else(Polynomial::one);
        let mut exponent = 1;
        while !rest.is_number() {
            let next = rest.gcd(&common);
            let factor = rest.divided_by(&next).unwrap_or_else(Polynomial::one);
            if !factor.is_number() {
                factors.push((factor, exponent));
            }
            common = common.divided_by(&next).unwrap_or_else(Polynomial::one);
            rest = next;
            exponent += 1;
        }
        (content, factors)
    }

    /// How often `1 - E` divides it, and what is left then.
    pub(super) fn without_roots_at_one(&self) -> (u32, Self) {
        let gap = Polynomial(vec![Rational::one(), Rational::ratio(-1, 1)]);
        let (mut count, mut rest) = (0, self.clone());
        while !rest.is_zero()
            && let Some(less) = rest.divided_by(&gap)
        {
            (count, rest) = (count + 1, less);
        }
        (count, rest)
    }

    /// The sum of the sizes of its terms.
    pub(super) fn size_at(&self, e: f64) -> f64 {
        self.0.iter().rev().fold(0.0, |sum, coefficient| sum * e + coefficient.to_f64().abs())
    }
}

/// Coprime polynomials of which all factors of two products are products of powers, up to numbers. Those of the first
/// product are coprime already.
pub(super) fn coprime(first: &Factors, second: &Factors) -> Vec<Polynomial> {
    let [mut basis, mut open] = [first, second]
        .map(|factors| factors.iter().map(|(factor, _)| factor.clone()).collect::<Vec<Polynomial>>());
    while let Some(next) = open.pop() {
        if next.is_number() || basis.contains(&next) {
            continue;
        }
        let shared = basis.iter().enumerate().find_map(|(at, known)| {
            let common = known.gcd(&next);
            (!common.is_number()).then_some((at, common))
        });
        match shared {
            Some((at, common)) => {
                let known = basis.swap_remove(at);
                for whole in [known, next] {
                    open.extend(whole.divided_by(&common).map(|rest| rest.primitive().1));
                }
                open.push(common);
            }
            None => basis.push(next),
        }
    }
    basis
}

/// How often `factor` divides the product of coprime `factors`.
pub(super) fn multiplicity(factor: &Polynomial, factors: &Factors) -> u32 {
    if let Some((_, exponent)) = factors.iter().find(|(whole, _)| whole == factor) {
        return *exponent;
    }
    let times = |whole: &Polynomial| {
        let (mut count, mut rest) = (0, whole.clone());
        while let Some(less) = rest.divided_by(factor) {
            (count, rest) = (count + 1, less);
        }
        count
    };
    factors.iter().map(|(whole, exponent)| exponent * times(whole)).sum()
}

/// The product multiplied out.
pub(super) fn expanded(factors: &Factors) -> Polynomial {
    factors
        .iter()
        .fold(Polynomial::one(), |product, (factor, exponent)| product.times(&factor.power(*exponent)))
}

#[cfg(test)]
mod tests {
    use super::{Polynomial, coprime, expanded, multiplicity};
    use crate::rational::Rational;

    fn polynomial(coefficients: &[i64]) -> Polynomial {
        Polynomial::new(coefficients.iter().map(|&c| Rational::ratio(c, 1)).collect())
    }

    #[test]
    fn squarefree_factors_multiply_to_the_whole() {
        let [a, b, c] = [&[1, 1][..], &[2, 2, 1], &[1, -1]].map(polynomial);
        let whole = a.power(3).times(&b.power(2)).times(&c).scaled(&Rational::ratio(-3, 2));
        let (content, factors) = whole.squarefree();
        assert_eq!(factors, [(c, 1), (b, 2), (a, 3)]);
        assert_eq!(expanded(&factors).scaled(&content), whole);
    }

    #[test]
    fn coprime_factors_are_coprime_and_make_up_all() {
        let [a, b, c] = [&[1, 1][..], &[1, 0, 1], &[1, -1]].map(polynomial);
        let (ab, bc) = (a.times(&b), b.times(&c));
        let basis = coprime(&vec![(ab.clone(), 1)], &vec![(bc.clone(), 2), (b.clone(), 1)]);
        assert_eq!(basis.len(), 3);
        for whole in [ab, bc, b] {
            let factors = vec![(whole.clone(), 1)];
            let parts = basis.iter().map(|part| (part.clone(), multiplicity(part, &factors))).collect();
            assert_eq!(expanded(&parts), whole);
        }
    }

    #[test]
    fn roots_at_one_are_counted() {
        let (count, rest) = polynomial(&[1, -1]).power(2).times(&polynomial(&[2, 1])).without_roots_at_one();
        assert_eq!((count, rest), (2, polynomial(&[2, 1])));
        assert_eq!(polynomial(&[1, 2, 2]).reversed(), polynomial(&[2, 2, 1]));
    }
}
