//! Square and cube roots: Newton's iteration, begun in `f64`.

use super::{Class, Wide};

/// Correct bits of a root after the iterations in `f64`.
const SEED_BITS: i64 = 48;

/// The iterations that double `SEED_BITS` to a full mantissa, and one to be rid of rounding.
fn iterations<const LIMBS: usize>() -> usize {
    let (mut bits, mut count) = (SEED_BITS, 1);
    while bits < Wide::<LIMBS>::BITS {
        bits *= 2;
        count += 1;
    }
    count
}

/// Square root; NaN below zero.
pub(super) fn sqrt<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    if x.is_negative() {
        return Wide::NAN;
    }
    if x.class != Class::Finite {
        return x;
    }
    let half = x.exponent.div_euclid(2);
    let reduced = x.scaled(-2 * half);
    let target = reduced.to_f64();
    let mut seed = 1.5;
    for _ in 0..5 {
        seed = 0.5 * (seed + target / seed);
    }
    let mut root = Wide::from_f64(seed);
    for _ in 0..iterations::<LIMBS>() {
        root = (root + reduced / root).scaled(-1);
    }
    root.scaled(half)
}

/// Cube root, of the sign of `x`.
pub(super) fn cbrt<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    if x.class != Class::Finite {
        return x;
    }
    let third = x.exponent.div_euclid(3);
    let reduced = x.magnitude().scaled(-3 * third);
    let target = reduced.to_f64();
    let mut seed = 1.5;
    for _ in 0..8 {
        seed = (2.0 * seed + target / (seed * seed)) / 3.0;
    }
    let mut root = Wide::from_f64(seed);
    for _ in 0..iterations::<LIMBS>() {
        root = (root.scaled(1) + reduced / (root * root)).over(3);
    }
    root.scaled(third).with_sign_of(x)
}
