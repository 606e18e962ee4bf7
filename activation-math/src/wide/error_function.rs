//! The error function and its complement.
//!
//! Near zero the series `erf x = 2/√π exp(-x²) Σ 2^n x^(2n+1) / (1·3···(2n+1))`, all of whose terms are positive.
//! Far out the even part of Laplace's continued fraction (Abramowitz and Stegun 7.1.14), `erfc x = x exp(-x²) / √π /
//! (b0 - a1/(b1 - a2/(b2 - ...)))` with `b_n = x² + 2n + 1/2` and `a_n = n (2n - 1) / 2`.

use super::Wide;
use super::constants::pi;
use super::exponential::exp;
use super::roots::sqrt;

/// `exp(-x²)` is below one by this many bits times x².
const BITS_PER_SQUARE: f64 = core::f64::consts::LOG2_E;

/// Up to this `x²`, `1 - erf x` cancels fewer bits (93) than the 128 that are computed beyond the result.
const CANCELLED_SQUARE: f64 = 64.0;

/// Beyond this exponent `exp(-x²)` is smaller than any number.
const VANISHED: i64 = 31;

/// `erf x` by its series, for `x >= 0`.
fn series<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let square = x * x;
    let doubled = square.scaled(1);
    let (mut term, mut sum) = (x, x);
    for divisor in (3..).step_by(2) {
        term = (term * doubled).over(divisor);
        if sum.outweighs(term) {
            break;
        }
        sum = sum + term;
    }
    (exp(-square) * sum / sqrt(pi())).scaled(1)
}

/// `erfc x` to `bits` bits by the continued fraction, for `x > 1`.
///
/// The convergents `A/B` are built up from the front. Two neighbours differ by `a1 ··· an / (A_n A_{n-1})`, so that
/// sizes alone tell when to stop.
fn tail<const LIMBS: usize>(x: Wide<LIMBS>, bits: i64) -> Wide<LIMBS> {
    let square = x * x;
    let decay = exp(-square);
    if decay.is_zero() {
        return decay;
    }
    let mut partial = square + Wide::ONE.scaled(-1);
    let (mut above, mut above_before) = (partial, Wide::ONE);
    let (mut below, mut below_before) = (Wide::ONE, Wide::ZERO);
    let mut product = Wide::<2>::ONE;
    for n in 1_u64.. {
        let twice_coefficient = n * (2 * n - 1);
        product = product.times(twice_coefficient).scaled(-1);
        partial = partial + Wide::from_integer(2);
        let next = partial * above - above_before.times(twice_coefficient).scaled(-1);
        (above, above_before) = (next, above);
        let next = partial * below - below_before.times(twice_coefficient).scaled(-1);
        (below, below_before) = (next, below);
        let change = product.exponent() - above.exponent() - above_before.exponent();
        let value = below.exponent() - above.exponent();
        // The steps after this one are smaller, but there may be thousands of about its size.
        if change < value - bits - 24 {
            break;
        }
    }
    x * decay * below / (above * sqrt(pi()))
}

pub(super) fn erf<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    let size = x.magnitude();
    if size.is_nan() {
        return x;
    }
    let square = (size * size).to_f64();
    let precision = Wide::<LIMBS>::BITS;
    let positive = if square < precision as f64 / 8.0 {
        series(size)
    } else if square > precision as f64 {
        Wide::ONE
    } else {
        // Only the leading bits of the complement are seen beside the one.
        Wide::ONE - tail(size, precision - (square * BITS_PER_SQUARE) as i64 + 16)
    };
    positive.with_sign_of(x)
}

pub(super) fn erfc<const LIMBS: usize>(x: Wide<LIMBS>) -> Wide<LIMBS> {
    if x.is_nan() {
        return x;
    }
    if x.is_negative() || (x * x).to_f64() <= CANCELLED_SQUARE {
        return Wide::ONE - erf(x);
    }
    if x.exponent() >= VANISHED { Wide::underflowed() } else { tail(x, Wide::<LIMBS>::BITS) }
}
