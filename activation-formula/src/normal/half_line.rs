//! A form as a quotient in e = exp(-|u|), which lies in (0, 1].
//!
//! For u <= 0, e is E itself. For u > 0 it is 1/E: numerator and denominator are multiplied by a power of e, which
//! reverses their coefficients. Nothing overflows, and a denominator of positive terms cannot cancel. What differs
//! between the half lines is chosen coefficient by coefficient; a palindrome needs no choice. A root at u = 0 is a
//! factor E - 1, which is computed as ±(1 - e) without cancellation.

use super::form::{Form, Term, sample};
use super::polynomial::{Factors, Polynomial, expanded};
use super::reading::Base;
use crate::declaration::Comparison;
use crate::function::Function;
use crate::graph::{Graph, Id, Node, Product, Select};
use crate::rational::Rational;

/// Degrees up to here are written out.
const MOST_DEGREE: usize = 24;

/// How many times the error of the formula as it stood a form may have.
const MOST_LOSS: f64 = 4.0;

/// A polynomial in e on either half line, times (1 - e)^gaps.
struct Sided {
    left: Polynomial,
    right: Polynomial,
    gaps: u32,
}

impl Sided {
    /// A polynomial in E, multiplied by e^degree for u > 0.
    fn new(polynomial: &Polynomial, degree: usize) -> Self {
        let (gaps, rest) = polynomial.without_roots_at_one();
        // (1 - E)^gaps is (1 - e)^gaps for u <= 0, and (e - 1)^gaps after multiplication with e^gaps for u > 0.
        let right = rest.reversed().raised(degree - gaps as usize - rest.degree());
        let right = if gaps % 2 == 1 { right.negated() } else { right };
        Sided { left: rest, right, gaps }
    }

    /// The sum of the sizes of what is added up at u, e = exp(-|u|).
    fn size(&self, u: f64, e: f64, gap: f64) -> f64 {
        let side = if u < 0.0 { &self.left } else { &self.right };
        side.size_at(e) * gap.powi(self.gaps.cast_signed())
    }

    /// True if it is as good in 1 - (1 - e), which is not exact for small e.
    fn needs_no_small_e(&self) -> bool {
        [&self.left, &self.right]
            .into_iter()
            .all(|side| side.low() == 0 && (side.is_positive() || side.negated().is_positive()))
    }

    /// The lowest powers of e on the left and on the right, the smaller one first.
    fn lows(&self) -> (usize, usize) {
        let (left, right) = (self.left.low(), self.right.low());
        (left.min(right), left.max(right))
    }
}

/// The half line that a form is wanted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Both,
}

/// The form as a node: the quotient, and beside it what E is not in. `None` if a value outgrows every bound, a
/// denominator may vanish or something may cancel that did not before.
pub(super) fn quotient(graph: &mut Graph, form: &Form, base: &Base, side: Side) -> Option<Id> {
    let side = if is_never_negative(graph, base.node) { Side::Right } else { side };
    let (mut beside, form) = form.clone().without_settled()?;
    let Some(step) = form.step() else { return Some(graph.sum(beside, Rational::zero())) };
    let sides = Sides::new(&form, step, side)?;
    let is_sound = form.terms.iter().zip(&sides.terms).all(|(term, sided)| {
        sides.is_sound(term, sided, step, side) && (sided.lows().1 < 2 || is_tame(graph, term.monomial))
    });
    if !is_sound {
        return None;
    }
    let mut writer = Writer::new(graph, base, step, &sides);
    let lowest = sides.terms.iter().map(|term| term.lows().0).min().unwrap_or(0);
    let mut sum = Vec::new();
    for (term, Sided { left, right, gaps }) in form.terms.iter().zip(&sides.terms) {
        let sided = Sided { left: left.lowered(lowest), right: right.lowered(lowest), gaps: *gaps };
        let factor = writer.sided(&sided);
        sum.push((writer.graph.multiply(term.monomial, factor), Rational::one()));
    }
    let mut factors = vec![(writer.graph.sum(sum, Rational::zero()), Rational::one())];
    if lowest > 0 {
        factors.push((writer.power(lowest), Rational::one()));
    }
    for (sign, powers) in [(1, &sides.numerator), (-1, &sides.denominator)] {
        for (factor, exponent) in powers {
            factors.push((writer.sided(factor), Rational::ratio(sign * i64::from(*exponent), 1)));
        }
    }
    beside.push((graph.product(factors), Rational::one()));
    Some(graph.sum(beside, Rational::zero()))
}

/// Numerator, `Σ monomial · term · Π factor^exponent`, and denominator, in e.
struct Sides {
    terms: Vec<Sided>,
    numerator: Vec<(Sided, u32)>,
    denominator: Vec<(Sided, u32)>,
}

impl Sides {
    /// `None` if the form grows like a power of E or 1/E where it is wanted, or if the denominator may vanish; for a
    /// single term it may at u = 0, where nothing then cancels.
    fn new(form: &Form, step: usize, side: Side) -> Option<Self> {
        let denominator: Factors =
            form.denominator.iter().map(|(factor, exponent)| (factor.thinned(step), *exponent)).collect();
        let polynomials: Vec<Polynomial> =
            form.terms.iter().map(|term| term.polynomial.thinned(step)).collect();
        let below = expanded(&denominator).degree();
        let above = polynomials.iter().map(Polynomial::degree).max().unwrap_or(0);
        // The lowest power of e on either side.
        let left = form.shift / i32::try_from(step).ok()?;
        let right = i32::try_from(below).ok()? - left - i32::try_from(above).ok()?;
        let (left, right) = match side {
            Side::Left => (left, left),
            Side::Right => (right, right),
            Side::Both => (left, right),
        };
        let [left, right] = [usize::try_from(left).ok()?, usize::try_from(right).ok()?];
        if below.max(above + left) > MOST_DEGREE {
            return None;
        }
        let shared = match polynomials.as_slice() {
            [single] => single.clone(),
            several => several.iter().fold(Polynomial::number(Rational::zero()), |shared, next| {
                if shared.is_number() && !shared.is_zero() { shared } else { next.gcd(&shared) }
            }),
        };
        let (_, numerator) = shared.squarefree();
        let shared = expanded(&numerator);
        let rests: Option<Vec<Polynomial>> = polynomials.iter().map(|p| p.divided_by(&shared)).collect();
        let rests = rests?;
        let degree = rests.iter().map(Polynomial::degree).max().unwrap_or(0);
        let mut is_negated = false;
        let mut powers = |factors: Factors| -> Vec<(Sided, u32)> {
            let sided = |(factor, exponent): (Polynomial, u32)| {
                let mut sided = Sided::new(&factor, factor.degree());
                // One sign for all, which the terms take.
                if sided.gaps % 2 == 1 {
                    sided.right = sided.right.negated();
                    is_negated ^= exponent % 2 == 1;
                }
                (sided, exponent)
            };
            factors.into_iter().map(sided).collect()
        };
        let [numerator, denominator] = [powers(numerator), powers(denominator)];
        if !denominator.iter().all(|(f, _)| f.left.is_positive() && (f.gaps == 0 || form.terms.len() == 1)) {
            return None;
        }
        let terms = rests.iter().map(|rest| {
            let mut sided = Sided::new(rest, degree);
            if is_negated {
                sided.right = sided.right.negated();
            }
            Sided { left: sided.left.raised(left), right: sided.right.raised(right), gaps: sided.gaps }
        });
        let mut sides = Sides { terms: terms.collect(), numerator, denominator };
        let factors = sides.numerator.iter_mut().chain(&mut sides.denominator).map(|(factor, _)| factor);
        for sided in sides.terms.iter_mut().chain(factors) {
            match side {
                Side::Left => sided.right = sided.left.clone(),
                Side::Right => sided.left = sided.right.clone(),
                Side::Both => {}
            }
        }
        Some(sides)
    }

    /// True if the rounding errors of a term are about as small as in the formula as it stood.
    fn is_sound(&self, term: &Term, sided: &Sided, step: usize, side: Side) -> bool {
        term.error.iter().enumerate().all(|(point, &before)| {
            let u = sample(point) * step as f64;
            if (u > 0.0 && side == Side::Left) || (u < 0.0 && side == Side::Right) {
                return true;
            }
            let (e, gap) = ((-u.abs()).exp(), -(-u.abs()).exp_m1());
            let product = |factors: &[(Sided, u32)]| -> f64 {
                factors.iter().map(|(f, exponent)| f.size(u, e, gap).powi(exponent.cast_signed())).product()
            };
            let now = sided.size(u, e, gap) * product(&self.numerator) / product(&self.denominator);
            now <= MOST_LOSS * before
        })
    }

    fn all(&self) -> impl Iterator<Item = &Sided> {
        let factors = self.numerator.iter().chain(&self.denominator);
        self.terms.iter().chain(factors.map(|(factor, _)| factor))
    }
}

/// Writes polynomials in e as nodes.
struct Writer<'a> {
    graph: &'a mut Graph,
    u: Id,
    e: Id,
    gap: Id,
}

impl<'a> Writer<'a> {
    fn new(graph: &'a mut Graph, base: &Base, step: usize, sides: &Sides) -> Self {
        let step = i64::try_from(step).unwrap_or(1);
        let u = graph.scale(&(&base.unit * &Rational::ratio(step, 1)), base.node);
        let gap = graph.call(Function::DecayGap, vec![u]);
        let has_gap = sides.all().any(|sided| sided.gaps > 0);
        // One call is enough where 1 - (1 - e) is as good as e.
        let e = if has_gap && sides.all().all(Sided::needs_no_small_e) {
            graph.sum(vec![(gap, Rational::ratio(-1, 1))], Rational::one())
        } else {
            graph.call(Function::Decay, vec![u])
        };
        Writer { graph, u, e, gap }
    }

    fn power(&mut self, exponent: usize) -> Id {
        let exponent = i64::try_from(exponent).unwrap_or(i64::MAX);
        self.graph.raise(self.e, &Rational::ratio(exponent, 1))
    }

    fn choose(&mut self, left: Id, right: Id) -> Id {
        let zero = self.graph.integer(0);
        let comparison = Comparison::Less;
        self.graph.select(Select { comparison, left: self.u, right: zero, then: left, otherwise: right })
    }

    fn sided(&mut self, sided: &Sided) -> Id {
        let parts = [&sided.left, &sided.right].map(|side| {
            let low = side.low();
            let (content, primitive) = side.lowered(low).primitive();
            (low, content, primitive)
        });
        let factor = match &parts {
            // The same but for a number and a power of e: then one choice is enough.
            [(low, content, primitive), (other_low, other_content, other)] if primitive == other => {
                let inner = self.blended(primitive, primitive);
                let [a, b] = [(*low, content), (*other_low, other_content)].map(|(low, content)| {
                    let power = self.power(low);
                    self.graph.scale(content, power)
                });
                let outside = self.choose(a, b);
                self.graph.multiply(outside, inner)
            }
            [(low, ..), (other_low, ..)] => {
                let common = *low.min(other_low);
                let inner = self.blended(&sided.left.lowered(common), &sided.right.lowered(common));
                let outside = self.power(common);
                self.graph.multiply(outside, inner)
            }
        };
        let gaps = self.graph.raise(self.gap, &Rational::ratio(i64::from(sided.gaps), 1));
        self.graph.multiply(gaps, factor)
    }

    /// By Horner's rule, with coefficients that differ chosen by the side.
    fn blended(&mut self, left: &Polynomial, right: &Polynomial) -> Id {
        let zero = Rational::zero();
        let mut sum: Option<Id> = None;
        let mut steps = 0;
        for k in (0..=left.degree().max(right.degree())).rev() {
            steps += 1;
            let [a, b] = [left, right].map(|side| side.coefficients().get(k).unwrap_or(&zero).clone());
            if a.is_zero() && b.is_zero() {
                continue;
            }
            let (a, b) = (self.graph.number(a), self.graph.number(b));
            let coefficient = self.choose(a, b);
            sum = Some(match sum {
                Some(sum) => {
                    let power = self.power(steps);
                    let higher = self.graph.multiply(sum, power);
                    self.graph.add(higher, coefficient)
                }
                None => coefficient,
            });
            steps = 0;
        }
        let power = self.power(steps);
        let sum = sum.unwrap_or_else(|| self.graph.integer(0));
        self.graph.multiply(sum, power)
    }
}

/// True for absolute values, even powers and exponentials, and for products of them.
fn is_never_negative(graph: &Graph, id: Id) -> bool {
    match graph.node(id) {
        Node::Product(Product(factors)) => factors
            .iter()
            .all(|(base, exponent)| exponent.is_even() || is_never_negative_factor(graph, *base)),
        _ => is_never_negative_factor(graph, id),
    }
}

fn is_never_negative_factor(graph: &Graph, id: Id) -> bool {
    use Function::{Abs, Cosh, Exp, Sech, Sigmoid, Softplus};
    match graph.node(id) {
        Node::Number(value) => !value.is_negative(),
        Node::Constant(_) => true,
        Node::Call(function, _) => matches!(function, Abs | Exp | Cosh | Sech | Sigmoid | Softplus),
        _ => false,
    }
}

/// True for a coefficient that cannot outgrow powers of e, which may be zero as a double where their product is not:
/// e² / softplus(u) is about e.
fn is_tame(graph: &Graph, monomial: Id) -> bool {
    let factors = match graph.node(monomial) {
        Node::Product(Product(factors)) => factors.clone(),
        _ => vec![(monomial, Rational::one())],
    };
    factors.iter().all(|(base, exponent)| {
        !graph.depends(*base, |node| match node {
            Node::Power(..) => true,
            Node::Call(Function::Exp, arguments) => !arguments.iter().all(|&argument| {
                graph
                    .as_scaled(argument)
                    .is_some_and(|(c, inner)| c.is_negative() && is_never_negative(graph, inner))
            }),
            Node::Call(Function::Expm1 | Function::Sinh | Function::Cosh | Function::ExpExcess, _) => true,
            Node::Call(function, _) => {
                exponent.is_negative() && !matches!(function, Function::Abs | Function::Sign)
            }
            _ => false,
        })
    })
}
