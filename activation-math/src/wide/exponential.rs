//! Exponential, logarithm and power.
//!
//! The exponential takes multiples of ln 2 off its argument, halves what is left until the Taylor series of
//! `exp(r) - 1` is short, and doubles back by `(1 + t)² - 1 = t (2 + t)`, which keeps the relative accuracy of a tiny
//! result. The logarithm starts from 50 bits `y` of it, found in `f64`, and adds `ln(x exp(-y))` by the series of the
//! inverse hyperbolic tangent.

use super::constants::ln_2;
use super::{Class, Wide};
use crate::Real;

/// Below `2^-this` in size, `ln(1 + u)` is taken from its series at once.
const SERIES_BITS: i64 = 20;

/// Whole exponents up to this size are powers by repeated multiplication.
const LARGEST_PRODUCT: f64 = 1024.0;

/// `exp(x) - 1` for `|x| < 1`.
fn expm1_reduced<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    if x.is_zero() {
        return x;
    }
    let balance = Wide::<LIMBS>::BITS.isqrt();
    let halvings = (balance + x.exponent).max(0);
    let small = x.scaled(-halvings);
    let (mut term, mut sum) = (small, small);
    for divisor in 2.. {
        term = (term * small).over(divisor);
        if sum.outweighs(term) {
            break;
        }
        sum = sum + term;
    }
    for _ in 0..halvings {
        sum = sum.scaled(1) + sum * sum;
    }
    sum
}

/// `(n, r)` with `x = n ln 2 + r` and `|r|` at most about `ln 2 / 2`, for `|x| < 2^62`.
fn reduced<const LIMBS: usize>(x: Wide<LIMBS>) -> (i64, Wide<LIMBS>) {
    let count = (x.resize::<3>() / ln_2()).nearest_integer().to_i64();
    let multiple = ln_2::<LIMBS>().times(count.unsigned_abs()).negated_if(count < 0);
    (count, x - multiple)
}

/// What the exponential is where it is not computed: at zero, at infinities and NaN, and beyond the exponent.
fn exp_at_edge<const LIMBS: usize>(x: Wide<LIMBS>) -> Option<Wide<LIMBS>> {
    match x.class {
        Class::Nan => Some(x),
        Class::Zero => Some(Wide::ONE),
        Class::Finite if x.exponent < 62 => None,
        Class::Infinite if !x.out_of_range => Some(if x.negative { Wide::ZERO } else { Wide::INFINITY }),
        Class::Finite | Class::Infinite => {
            Some(if x.negative { Wide::underflowed() } else { Wide::overflowed(false) })
        }
    }
}

pub(super) fn exp<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    exp_at_edge(x).unwrap_or_else(|| {
        let (power, rest) = reduced(x);
        (Wide::ONE + expm1_reduced(rest)).scaled(power)
    })
}

pub(super) fn expm1<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    if x.exponent() < -1 { expm1_reduced(x) } else { exp(x) - Wide::ONE }
}

/// `ln(1 + u)` for `|u| < 2^-SERIES_BITS`: `2 artanh(u / (2 + u))`.
fn log1p_series<const LIMBS: usize>(u: Wide<LIMBS>) -> Wide<LIMBS> {
    let ratio = u / (Wide::from_integer(2) + u);
    let square = ratio * ratio;
    let (mut power, mut sum) = (ratio, ratio);
    for divisor in (3..).step_by(2) {
        power = power * square;
        let term = power.over(divisor);
        if sum.outweighs(term) {
            break;
        }
        sum = sum + term;
    }
    sum.scaled(1)
}

/// About 50 bits of the natural logarithm of `x`, for `x` between 0.7 and 1.5.
fn ln_roughly(x: f64) -> f64 {
    let ratio = (x - 1.0) / (x + 1.0);
    let mut sum = 0.0;
    for divisor in (1..=31).rev().step_by(2) {
        sum = sum * ratio * ratio + 1.0 / f64::from(divisor);
    }
    2.0 * ratio * sum
}

pub(super) fn ln<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    match x.class {
        // Its logarithm is an ordinary number, but which?
        Class::Zero | Class::Infinite if x.out_of_range => return Wide::unknown(),
        Class::Zero => return Wide::infinity(true),
        Class::Nan => return x,
        _ if x.negative => return Wide::NAN,
        Class::Infinite => return x,
        Class::Finite => {}
    }
    // A mantissa between 0.7 and 1.4, so that its logarithm cannot cancel against the multiple of ln 2.
    let lower = x.scaled(-x.exponent);
    let upper_half = lower.to_f64() > 1.41;
    let (power, mantissa) = if upper_half { (x.exponent + 1, lower.scaled(-1)) } else { (x.exponent, lower) };
    let past_one = mantissa - Wide::ONE;
    let of_mantissa = if past_one.exponent() < -SERIES_BITS {
        log1p_series(past_one)
    } else {
        let rough = Wide::from_f64(ln_roughly(mantissa.to_f64()));
        // mantissa * exp(-rough) - 1, of which the first 50 bits cancel.
        rough + log1p_series(mantissa + mantissa * expm1(-rough) - Wide::ONE)
    };
    ln_2().times(power.unsigned_abs()).negated_if(power < 0) + of_mantissa
}

pub(super) fn log1p<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    if x.exponent() < -SERIES_BITS { log1p_series(x) } else { ln(Wide::ONE + x) }
}

/// `base^exponent` as IEEE 754 defines `pow`.
pub(super) fn pow<const LIMBS: usize>(base: Wide<LIMBS>, exponent: Wide<LIMBS>) -> Wide<LIMBS> {
    let one = Wide::ONE;
    if exponent.is_zero() || base == one {
        return one;
    }
    if base.is_nan() || exponent.is_nan() {
        return base * exponent;
    }
    if exponent.is_infinite() {
        let size = base.magnitude();
        return if size == one {
            one
        } else if (size > one) == exponent.negative {
            Wide::ZERO
        } else {
            Wide::INFINITY
        };
    }
    let whole = exponent.nearest_integer() == exponent;
    if base.out_of_range && !whole {
        return Wide::unknown();
    }
    let odd = whole && exponent.low_bits() & 1 == 1;
    match base.class {
        Class::Zero | Class::Infinite => {
            let grows = base.is_infinite() != exponent.negative;
            let size = if grows { Wide::INFINITY } else { Wide::ZERO };
            let size = Wide { out_of_range: base.out_of_range, ..size };
            size.negated_if(base.negative && odd)
        }
        _ if base.negative && !whole => Wide::NAN,
        _ => {
            let count = exponent.to_f64();
            if whole && (-LARGEST_PRODUCT..=LARGEST_PRODUCT).contains(&count) {
                return base.powi(count as i32);
            }
            exp(exponent * ln(base.magnitude())).negated_if(base.negative && odd)
        }
    }
}
