//! What the forms are made of: a few functions, which are there twice, and others made of them without cancellation.

use crate::Known;
use std::f64::consts::{FRAC_1_SQRT_2, LN_2, TAU};

/// The relative error of a product, quotient or sum without cancellation of a few factors: 16 roundings, where no form has more
/// than ten.
const ROUNDINGS: f64 = 16.0 * f64::EPSILON / 2.0;

/// Elementary functions of one origin, over `f64`.
///
/// Arguments are what the forms ask for: of [`log1p`](Elementary::log1p) numbers from 0 to 1, of [`sin`](Elementary::sin) and
/// [`cos`](Elementary::cos) those of `f32`. Where an exponential is above 1e147 or below 1e-147 it may be any number that is.
pub(crate) trait Elementary: Copy {
    /// What these functions add to the relative error of a product, quotient or sum without cancellation of a few factors.
    const FUNCTIONS: f64;

    fn exp(self, x: f64) -> f64;
    fn expm1(self, x: f64) -> f64;
    fn log1p(self, x: f64) -> f64;
    fn sin(self, x: f64) -> f64;
    fn cos(self, x: f64) -> f64;
    fn atan(self, x: f64) -> f64;
    fn erf(self, x: f64) -> f64;
    /// Its condition number may apply to the result, as if its argument had been rounded.
    fn erfc(self, x: f64) -> f64;

    /// A few roundings, no cancellation.
    #[inline(always)]
    fn good(self, value: f64) -> Known {
        Known::up_to(ROUNDINGS + Self::FUNCTIONS, value, value.abs())
    }

    /// A sum whose terms may cancel: it is as good as they are.
    #[inline(always)]
    fn sum(self, a: f64, b: f64) -> Known {
        Known::up_to(ROUNDINGS + Self::FUNCTIONS, a + b, a.abs() + b.abs())
    }

    /// The same value, of a function that amplifies the roundings of its argument: by the condition number `x f'(x) / f(x)`.
    #[inline(always)]
    fn amplified(self, known: Known, condition: f64) -> Known {
        let share = ROUNDINGS / (ROUNDINGS + Self::FUNCTIONS);
        known.times(1.0 + share * (condition - 1.0))
    }

    /// σ(x) and σ(-x), in `exp(-|x|)`: neither overflows, and both are good to the last digits.
    #[inline(always)]
    fn sigmoids(self, x: f64) -> (f64, f64) {
        let small = self.exp(-x.abs());
        let (large, small) = (1.0 / (1.0 + small), small / (1.0 + small));
        if x < 0.0 { (small, large) } else { (large, small) }
    }

    /// σ(x).
    #[inline(always)]
    fn sigmoid(self, x: f64) -> f64 {
        self.sigmoids(x).0
    }

    /// ln(1 + exp(x)).
    #[inline(always)]
    fn softplus(self, x: f64) -> f64 {
        x.max(0.0) + self.log1p(self.exp(-x.abs()))
    }

    /// tanh(x) = -t / (t + 2), where t = expm1(-2|x|), with the sign of x.
    #[inline(always)]
    fn tanh(self, x: f64) -> f64 {
        let t = self.expm1(-2.0 * x.abs());
        (-t / (t + 2.0)).copysign(x)
    }

    /// 1 - tanh(x)² = 4E / (1 + E)², where E = exp(-2|x|).
    #[inline(always)]
    fn sech_squared(self, x: f64) -> f64 {
        let small = self.exp(-2.0 * x.abs());
        4.0 * small / ((1.0 + small) * (1.0 + small))
    }

    /// ln(cosh(x)): cosh(x) - 1 = t² / (2(1 + t)), where t = expm1(|x|); further out |x| - ln 2 + ln(1 + exp(-2|x|)).
    #[inline(always)]
    fn ln_cosh(self, x: f64) -> f64 {
        let size = x.abs();
        let is_near = size < 1.0;
        let excess = if is_near {
            let t = self.expm1(size);
            t * t / (2.0 * (1.0 + t))
        } else {
            self.exp(-2.0 * size)
        };
        let logarithm = self.log1p(excess);
        if is_near { logarithm } else { size + (logarithm - LN_2) }
    }

    /// The distribution function Φ(x) and the density φ(x) of the normal distribution.
    #[inline(always)]
    fn normal(self, x: f64) -> (f64, f64) {
        (self.normal_distribution(x), self.normal_density(x))
    }

    /// Φ(x), whose condition number is [`normal_tail`].
    #[inline(always)]
    fn normal_distribution(self, x: f64) -> f64 {
        0.5 * self.erfc(-x * FRAC_1_SQRT_2)
    }

    /// φ(x); the square of x is exact.
    #[inline(always)]
    fn normal_density(self, x: f64) -> f64 {
        self.exp(-0.5 * (x * x)) / TAU.sqrt()
    }
}

/// The condition number of σ at `x`, and of what goes to zero like it: on the left it is an exponential, and after a while nothing.
#[inline(always)]
pub(crate) fn tail(x: f64) -> f64 {
    1.0 + (-x).clamp(0.0, 1000.0)
}

/// A bound of the condition number of Φ: on the left it is like exp(-x²/2)/x, and after a while nothing.
#[inline(always)]
pub(crate) fn normal_tail(x: f64) -> f64 {
    let left = (-x).clamp(0.0, 100.0);
    if x < 0.0 { 2.0 + left * left } else { 1.0 }
}

/// x - tanh(x) for |x| <= 1, by Lambert's fraction tanh(x) = x / (1 + K), where K = x²/(3 + x²/(5 + …)): it is
/// x K / (1 + K), and all terms are positive.
#[inline(always)]
pub(crate) fn tanh_deficit(x: f64) -> f64 {
    let square = x * x;
    // The fraction that is cut off after 19 is below 2^-60 of K for |x| <= 1. It is kept as over / under: one division.
    let (mut over, mut under) = (21.0, 1.0);
    for odd in [19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        (over, under) = (odd * over + square * under, over);
    }
    let k = square * under;
    x * (k / (over + k))
}
