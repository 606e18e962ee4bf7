//! Powers and roots.

use super::algebra::add_term;
use super::{Constant, Graph, Id, Node, Product};
use crate::function::Function;
use crate::rational::Rational;

impl Graph {
    /// `base^exponent` for any exponent.
    pub(crate) fn power(&mut self, base: Id, exponent: Id) -> Id {
        if let Some(exponent) = self.as_number(exponent).cloned() {
            return self.raise(base, &exponent);
        }
        match self.node(base) {
            Node::Constant(Constant::E) => self.call(Function::Exp, vec![exponent]),
            Node::Number(value) if value.is_one() => base,
            Node::Call(Function::Exp, arguments) => match **arguments {
                [argument] => {
                    let product = self.multiply(argument, exponent);
                    self.call(Function::Exp, vec![product])
                }
                _ => self.insert(Node::Power(base, exponent)),
            },
            _ => self.insert(Node::Power(base, exponent)),
        }
    }

    /// `base^exponent` for a number as exponent.
    pub(crate) fn raise(&mut self, base: Id, exponent: &Rational) -> Id {
        if exponent.is_zero() {
            return self.integer(1);
        }
        if exponent.is_integer() {
            return self.product(vec![(base, exponent.clone())]);
        }
        if self.is_zero(base) && exponent.is_positive() {
            return base;
        }
        if let Some((coefficient, inner)) = self.as_scaled(base)
            && coefficient.is_positive()
        {
            // (c·u)^q = c^q·u^q for positive c.
            let number = self.number(coefficient);
            let outer = self.raise(number, exponent);
            let inner = self.raise(inner, exponent);
            return self.multiply(outer, inner);
        }
        match self.node(base).clone() {
            Node::Product(Product(factors)) => self.raise_product(base, &factors, exponent),
            Node::Constant(Constant::E) => {
                let number = self.number(exponent.clone());
                self.call(Function::Exp, vec![number])
            }
            _ => self.product(vec![(base, exponent.clone())]),
        }
    }

    /// `(Π b^e)^q`: what is positive comes out, an even power comes out as an absolute value, the rest stays together.
    fn raise_product(&mut self, whole: Id, factors: &[(Id, Rational)], exponent: &Rational) -> Id {
        let (mut outside, mut inside) = (Vec::new(), Vec::new());
        for (base, power) in factors {
            if self.is_plainly_positive(*base) {
                outside.push((*base, power * exponent));
            } else if power.is_even() {
                let size = self.call(Function::Abs, vec![*base]);
                outside.push((size, power * exponent));
            } else {
                inside.push((*base, power.clone()));
            }
        }
        if inside.len() == factors.len() {
            return match inside.as_slice() {
                // (b^(1/2))^(1/3): b is not negative anyway.
                [(base, power)] if !power.is_integer() => self.raise(*base, &(power * exponent)),
                _ => self.insert(Node::Product(Product(vec![(whole, exponent.clone())]))),
            };
        }
        if !inside.is_empty() {
            let rest = self.product(inside);
            let rest = self.raise(rest, exponent);
            outside.push((rest, Rational::one()));
        }
        self.product(outside)
    }

    /// Takes whole powers out of roots of numbers: 8^(1/2) is 2·2^(1/2), 2^(-1/2) is 2^(1/2)/2, 4^(1/2) is 2.
    pub(super) fn fold_roots(
        &mut self,
        mut coefficient: Rational,
        factors: Vec<(Id, Rational)>,
    ) -> (Rational, Vec<(Id, Rational)>) {
        let mut left: Vec<(Id, Rational)> = Vec::new();
        for (base, exponent) in factors {
            let value = self.as_number(base).filter(|value| value.is_positive()).cloned();
            let Some(value) = value else {
                add_term(&mut left, base, &exponent);
                continue;
            };
            let whole = exponent.floor();
            let part = &exponent - &whole;
            match whole.to_i32().and_then(|whole| value.powi(whole)) {
                Some(power) => coefficient = &coefficient * &power,
                None => {
                    add_term(&mut left, base, &exponent);
                    continue;
                }
            }
            if part.is_zero() {
                continue;
            }
            // p/q under a root is p·q^(n-1) under the root, divided by q: one whole number stays under it.
            let degree = part.denominator().to_i32().and_then(|degree| u32::try_from(degree).ok());
            let root = degree.and_then(|degree| value.root(degree));
            match (root, part.numerator().to_i32()) {
                (Some(root), Some(times)) if root.powi(times).is_some() => {
                    if let Some(power) = root.powi(times) {
                        coefficient = &coefficient * &power;
                    }
                }
                _ if part == Rational::ratio(1, 2) && !value.is_integer() => {
                    let (numerator, denominator) = (value.numerator(), value.denominator());
                    let under = self.number(&numerator * &denominator);
                    if let Some(inverse) = denominator.reciprocal() {
                        coefficient = &coefficient * &inverse;
                    }
                    add_term(&mut left, under, &part);
                }
                _ => add_term(&mut left, base, &part),
            }
        }
        (coefficient, left)
    }
}
