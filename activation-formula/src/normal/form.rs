//! What is rational in E = exp(u), as a sum of opaque terms times polynomials over one denominator.
//!
//! Beside the exact form goes what it is worth: at a few sample points of both half lines, each term's value and a bound
//! of the rounding error with which the formula as it stood computes it. A form whose own bound is larger than that is
//! not used (`half_line`), so that no cancellation is opened that was not there.

use super::polynomial::{Factors, Polynomial, coprime, expanded, multiplicity};
use crate::graph::{Graph, Id, Node};
use crate::rational::Rational;

/// Where forms are compared: u is plus and minus each of these. Near 0 and far out only the leading powers count, which
/// these show.
const DISTANCES: [f64; 7] = [0.001, 0.25, 0.7, 1.5, 3.0, 6.0, 11.0];
const COUNT: usize = 2 * DISTANCES.len();
pub(super) type Samples = [f64; COUNT];

/// Degrees up to here; `tanh u` has E², so that formulas of half the degree fit.
const MOST_DEGREE: usize = 48;
const MOST_TERMS: usize = 16;
/// Longer coefficients are not worked with.
const MOST_WORDS: usize = 8;

/// u at sample `at`.
pub(super) fn sample(at: usize) -> f64 {
    let size = DISTANCES[at / 2];
    if at.is_multiple_of(2) { -size } else { size }
}

fn each(value: impl Fn(usize) -> f64) -> Samples {
    std::array::from_fn(value)
}

/// `monomial · polynomial(E)`
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Whatever E is not in, as a node.
    pub(super) monomial: Id,
    pub(super) polynomial: Polynomial,
    /// The term's value without the monomial, denominator included.
    value: Samples,
    /// A bound of its rounding error in the formula as it stood, in units of the last place of 1.
    pub(super) error: Samples,
}

/// `E^shift · Σ monomial · polynomial(E) / Π factor(E)^exponent`; the factors are coprime, squarefree where they come
/// from an inverse, and E divides none of them.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) terms: Vec<Term>,
    pub(super) shift: i32,
    pub(super) denominator: Factors,
}

impl Form {
    /// A node that E is not in.
    pub(super) fn opaque(graph: &mut Graph, node: Id) -> Form {
        let (coefficient, monomial) = split(graph, node);
        let size = each(|_| coefficient.to_f64());
        let polynomial = Polynomial::number(coefficient);
        let terms = vec![Term { monomial, polynomial, value: size, error: size.map(f64::abs) }];
        Form {
            terms: terms.into_iter().filter(|t| !t.polynomial.is_zero()).collect(),
            shift: 0,
            denominator: Vec::new(),
        }
    }

    pub(super) fn number(graph: &mut Graph, value: i64) -> Form {
        let node = graph.integer(value);
        Form::opaque(graph, node)
    }

    /// `E^exponent`
    pub(super) fn exponential(graph: &mut Graph, exponent: i32) -> Form {
        let value = each(|at| (f64::from(exponent) * sample(at)).exp());
        let term = Term { monomial: graph.integer(1), polynomial: Polynomial::one(), value, error: value };
        Form { terms: vec![term], shift: exponent, denominator: Vec::new() }
    }

    /// The same form, as what one operation computes to the last place.
    pub(super) fn rounded(mut self) -> Form {
        for term in &mut self.terms {
            term.error = term.value.map(f64::abs);
        }
        self
    }

    /// True for more than one term: then its value may be smaller than its terms.
    pub(super) fn is_sum(&self) -> bool {
        self.terms.len() > 1
    }

    pub(super) fn plus(&self, other: &Form) -> Option<Form> {
        let basis = coprime(&self.denominator, &other.denominator);
        let counts = |form: &Form| -> Vec<u32> {
            basis.iter().map(|factor| multiplicity(factor, &form.denominator)).collect()
        };
        let (a, b) = (counts(self), counts(other));
        let denominator: Factors =
            basis.iter().cloned().zip(a.iter().zip(&b).map(|(&a, &b)| a.max(b))).collect();
        let shift = self.shift.min(other.shift);
        let mut terms: Vec<Term> = Vec::new();
        for (form, counts) in [(self, a), (other, b)] {
            let missing: Factors = denominator
                .iter()
                .zip(counts)
                .map(|((factor, most), own)| (factor.clone(), most - own))
                .collect();
            let above = usize::try_from(form.shift - shift).ok().filter(|&by| by <= MOST_DEGREE)?;
            let cofactor = expanded(&missing).raised(above);
            for term in &form.terms {
                let polynomial = term.polynomial.times(&cofactor);
                match terms.iter_mut().find(|known| known.monomial == term.monomial) {
                    Some(known) => {
                        known.polynomial = known.polynomial.plus(&polynomial);
                        known.value = each(|at| known.value[at] + term.value[at]);
                        known.error = each(|at| known.error[at] + term.error[at]);
                    }
                    None => terms.push(Term { polynomial, ..term.clone() }),
                }
            }
        }
        Form { terms, shift, denominator }.reduced()
    }

    /// The product, unless both are sums: where both cancel, their product multiplied out is worse than they are.
    pub(super) fn times(&self, graph: &mut Graph, other: &Form) -> Option<Form> {
        if self.is_sum() && other.is_sum() {
            return None;
        }
        let mut terms: Vec<Term> = Vec::new();
        for a in &self.terms {
            for b in &other.terms {
                let product = graph.multiply(a.monomial, b.monomial);
                let (coefficient, monomial) = split(graph, product);
                let size = coefficient.to_f64();
                terms.push(Term {
                    monomial,
                    polynomial: a.polynomial.times(&b.polynomial).scaled(&coefficient),
                    value: each(|at| size * a.value[at] * b.value[at]),
                    error: each(|at| {
                        let [(a, s), (b, t)] = [(a.value[at], a.error[at]), (b.value[at], b.error[at])];
                        size.abs() * (a.abs() * t + s * b.abs())
                    }),
                });
            }
        }
        let denominator = coprime(&self.denominator, &other.denominator)
            .into_iter()
            .map(|factor| {
                let exponent =
                    multiplicity(&factor, &self.denominator) + multiplicity(&factor, &other.denominator);
                (factor, exponent)
            })
            .collect();
        Form { terms, shift: self.shift.checked_add(other.shift)?, denominator }.reduced()
    }

    pub(super) fn power(&self, graph: &mut Graph, exponent: i32) -> Option<Form> {
        let times = exponent.unsigned_abs() as usize;
        if times == 0 || times > MOST_DEGREE {
            return None;
        }
        let base = if exponent < 0 { self.inverse(graph)? } else { self.clone() };
        (1..times).try_fold(base.clone(), |product, _| product.times(graph, &base))
    }

    fn inverse(&self, graph: &mut Graph) -> Option<Form> {
        let [term] = self.terms.as_slice() else { return None };
        let minus_one = Rational::ratio(-1, 1);
        let monomial = graph.raise(term.monomial, &minus_one);
        let (scale, monomial) = split(graph, monomial);
        let low = term.polynomial.low();
        let (content, denominator) = term.polynomial.lowered(low).squarefree();
        let numerator = expanded(&self.denominator).scaled(&(&content.reciprocal()? * &scale));
        let value = each(|at| scale.to_f64() / term.value[at]);
        let error = each(|at| (value[at] / term.value[at] * term.error[at]).abs());
        let terms = vec![Term { monomial, polynomial: numerator, value, error }];
        let shift = self.shift.checked_add(i32::try_from(low).ok()?)?.checked_neg()?;
        Form { terms, shift, denominator }.reduced()
    }

    /// Without the terms that E is not in; those as `coefficient · node`.
    pub(super) fn without_settled(mut self) -> Option<(Vec<(Id, Rational)>, Form)> {
        let Ok(shift) = usize::try_from(self.shift) else { return Some((Vec::new(), self)) };
        let below = expanded(&self.denominator);
        let lowest = below.coefficients().first().and_then(Rational::reciprocal)?;
        let mut settled = Vec::new();
        self.terms.retain(|term| {
            let above = term.polynomial.raised(shift);
            let Some(first) = above.coefficients().first() else { return false };
            let ratio = first * &lowest;
            let same = !ratio.is_zero() && above == below.scaled(&ratio);
            if same {
                settled.push((term.monomial, ratio));
            }
            !same
        });
        Some((settled, self.reduced()?))
    }

    /// The largest power of E that all others are powers of; `None` if E does not occur.
    pub(super) fn step(&self) -> Option<usize> {
        let numerators = self.terms.iter().map(|term| &term.polynomial);
        let all = numerators.chain(self.denominator.iter().map(|(factor, _)| factor));
        let exponents = all.flat_map(|polynomial| {
            polynomial.coefficients().iter().enumerate().filter(|(_, c)| !c.is_zero()).map(|(k, _)| k)
        });
        let step = exponents.fold(self.shift.unsigned_abs() as usize, num_integer::gcd);
        (step > 0).then_some(step)
    }

    /// True if it is greater than 0 for every E, and has numbers for coefficients.
    pub(super) fn is_positive(&self, one: Id) -> bool {
        let numerator = self.terms.iter().all(|term| term.monomial == one && term.polynomial.is_positive());
        numerator && self.denominator.iter().all(|(factor, _)| factor.is_positive())
    }

    /// With common factors cancelled; `None` if it is larger than anything worth the work.
    fn reduced(mut self) -> Option<Form> {
        self.terms.retain(|term| !term.polynomial.is_zero());
        self.denominator.retain(|(factor, exponent)| *exponent > 0 && !factor.is_number());
        let most = i32::try_from(MOST_DEGREE).ok()?;
        let below: usize =
            self.denominator.iter().map(|(factor, exponent)| factor.degree() * *exponent as usize).sum();
        let fits =
            |term: &Term| term.polynomial.degree() <= MOST_DEGREE && term.polynomial.words() <= MOST_WORDS;
        if self.terms.len() > MOST_TERMS
            || below > MOST_DEGREE
            || self.shift.abs() > most
            || !self.terms.iter().all(fits)
        {
            return None;
        }
        if self.terms.is_empty() {
            self.denominator.clear();
            return Some(self);
        }
        let low = self.terms.iter().map(|term| term.polynomial.low()).min().unwrap_or(0);
        for term in &mut self.terms {
            term.polynomial = term.polynomial.lowered(low);
        }
        self.shift = self.shift.checked_add(i32::try_from(low).ok()?)?;
        let mut factors = Vec::new();
        for (factor, exponent) in std::mem::take(&mut self.denominator) {
            self.cancel(factor, exponent, &mut factors);
        }
        self.denominator = factors;
        Some(self)
    }

    /// Divides `factor^exponent` and the numerator by what they share; what is left of the factor goes to `kept`.
    fn cancel(&mut self, factor: Polynomial, exponent: u32, kept: &mut Factors) {
        let mut open = vec![(factor, exponent)];
        while let Some((factor, exponent)) = open.pop() {
            if exponent == 0 || factor.is_number() {
                continue;
            }
            let common = self.terms.iter().fold(factor.clone(), |common, term| {
                if common.is_number() { common } else { common.gcd(&term.polynomial) }
            });
            if common.is_number() {
                kept.push((factor, exponent));
                continue;
            }
            for term in &mut self.terms {
                if let Some(less) = term.polynomial.divided_by(&common) {
                    term.polynomial = less;
                }
            }
            // What is left of this factor shares nothing with `common` if the factor is squarefree.
            let left = factor.divided_by(&common).unwrap_or_else(Polynomial::one);
            // factor^e / common = left^e · common^(e-1), up to a number that primitive factors do not have.
            open.push((common, exponent - 1));
            open.push((left, exponent));
        }
    }
}

/// A node as `coefficient · monomial`; a number's monomial is 1.
fn split(graph: &mut Graph, node: Id) -> (Rational, Id) {
    if let Node::Number(value) = graph.node(node) {
        let value = value.clone();
        return (value, graph.integer(1));
    }
    graph.as_scaled(node).unwrap_or((Rational::one(), node))
}
