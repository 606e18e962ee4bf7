//! Angles of any size as quarters of a turn and a rest, from the bits of 2/π (Payne and Hanek, 1983).
//!
//! `x = M 2^e` with a whole M of 53 bits. The bits of 2/π that make multiples of four quarters are left out, those below
//! 192 more are not seen: 2^-137 of a quarter, where no number is nearer than 2^-61 to a multiple of it.

use super::coefficients::{HALF_PI, TWO_OVER_PI};
use super::pair::Pair;

const WORD: u32 = u64::BITS;

/// The whole number of quarters, modulo four, nearest to x, and what is left, in radians: for |x| of at least 2^12. NaN
/// for infinities and NaN.
pub(super) fn reduced(x: f64) -> (f64, Pair<f64>) {
    if !x.is_finite() {
        return (0.0, Pair::exact(f64::NAN));
    }
    let field = (x.abs().to_bits() >> 52) as u32;
    let significand = u128::from((x.to_bits() & ((1 << 52) - 1)) | (1 << 52));
    // The first bit that counts has the weight 2^(1-e); the table starts 64 bits before the point; e is field - 1075.
    let start = (field + WORD).saturating_sub(1075 + 2);
    let [first, second, third] = window(start).map(u128::from);

    // significand * window modulo 2^192, in units of four quarters.
    let low = significand * third;
    let middle = significand * second + (low >> WORD);
    let high = (significand * first + (middle >> WORD)) as u64;
    let turns = (u128::from(high) << WORD) | u128::from(middle as u64);
    let below = low as u64;

    // Two bits of quarters, then their fraction, which counts from the nearest whole one.
    let fraction = (turns << 2) | u128::from(below >> (WORD - 2));
    let is_up = fraction >> 127 == 1;
    let quarters = (turns >> 126) as u32 + u32::from(is_up);
    let size = if is_up { fraction.wrapping_neg() } else { fraction };

    let chunk = |shift: u32, bits: u32, weight: i32| {
        let whole = ((size >> shift) & ((1 << bits) - 1)) as u64;
        whole as f64 * f64::from_bits(((1023 + weight) as u64) << 52)
    };
    let upper = Pair::ordered_sum(chunk(86, 42, -42), chunk(44, 42, -84)).plus_small(chunk(0, 44, -128));
    let sign = if is_up != x.is_sign_negative() { -1.0 } else { 1.0 };
    let rest = upper.times(Pair::of(HALF_PI)).scaled(sign);
    let quarters = f64::from(quarters);
    (if x.is_sign_negative() { -quarters } else { quarters }, rest)
}

/// 192 bits of [`TWO_OVER_PI`] from the bit `start` on.
fn window(start: u32) -> [u64; 3] {
    let (index, shift) = ((start / WORD) as usize, start % WORD);
    core::array::from_fn(|i| {
        let word = |i: usize| u128::from(TWO_OVER_PI.get(i).copied().unwrap_or(0));
        (((word(index + i) << WORD) | word(index + i + 1)) >> (WORD - shift)) as u64
    })
}
