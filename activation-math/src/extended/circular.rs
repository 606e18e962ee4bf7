//! Sine, cosine and arc tangent.
//!
//! An angle is brought within π/4 of zero after Payne and Hanek: of its product with 2/π only the bits around the
//! binary point are computed, as many as it takes for an angle right beside a multiple of π/2. Then Taylor's series.

use super::Extended;
use super::pair::Pair;
use super::tables::{COS, HALF_PI, SIN, TWO_OVER_PI};

/// Below `2^TINY`, odd functions are x and the cosine is 1, to the precision kept.
const TINY: i64 = -56;

/// Angles from `2^LOST` on are beyond the bits of 2/π that are kept.
const LOST: i64 = 1100;

/// A binary fraction in two's complement; the first word is the whole part.
type Fixed = [u64; 6];

/// 64 bits of 2/π from the given place behind the binary point, which is 1 for the first bit; zeros before it.
fn bits_from(place: i64) -> u64 {
    let (word, shift) = ((place - 1).div_euclid(64), (place - 1).rem_euclid(64));
    let at = |word| usize::try_from(word).ok().and_then(|word| TWO_OVER_PI.get(word)).copied().unwrap_or(0);
    if shift == 0 { at(word) } else { (at(word) << shift) | (at(word + 1) >> (64 - shift)) }
}

/// `value · 2^exponent · 2/π`, less a multiple of 2^64.
fn quarter_turns(value: f64, exponent: i64) -> Fixed {
    let bits = value.abs().to_bits();
    let (stored, biased) = (bits & ((1 << 52) - 1), (bits >> 52) as i64);
    let mantissa = if biased == 0 { stored } else { stored | (1 << 52) };
    let unit = exponent + biased.max(1) - 1075;
    let mut turns = [0; 6];
    // One word more than is kept.
    let mut carry = 0;
    for index in (0..7).rev() {
        let product = u128::from(mantissa) * u128::from(bits_from(unit - 63 + 64 * index as i64)) + carry;
        carry = product >> 64;
        if let Some(word) = turns.get_mut(index) {
            *word = product as u64;
        }
    }
    if value < 0.0 { negated(turns) } else { turns }
}

fn negated(fixed: Fixed) -> Fixed {
    added(fixed.map(|word| !word), [0, 0, 0, 0, 0, 1])
}

fn added(a: Fixed, b: Fixed) -> Fixed {
    let mut sum = a;
    let mut carry = 0;
    for (word, other) in sum.iter_mut().zip(b).rev() {
        let total = u128::from(*word) + u128::from(other) + carry;
        (*word, carry) = (total as u64, total >> 64);
    }
    sum
}

/// The number of quarter turns nearest to an angle, modulo 4, and the rest of the angle.
fn quadrant(angle: Extended) -> Option<(u64, Pair)> {
    if !angle.reaches(-1) {
        return Some((0, angle.to_pair()));
    }
    if angle.reaches(LOST) || !angle.is_ordinary() {
        return None;
    }
    let [high, low] = [angle.high(), angle.low()].map(|part| quarter_turns(part, angle.exponent()));
    let turns = added(high, low);
    const HALF: u64 = 1 << 63;
    let [count, ..] = added(turns, [0, HALF, 0, 0, 0, 0]);
    let rest = added(turns, [count.wrapping_neg(), 0, 0, 0, 0, 0]);
    let is_negative = rest[0] != 0;
    let [_, fraction @ ..] = if is_negative { negated(rest) } else { rest };
    const UNIT: f64 = 1.0 / 18_446_744_073_709_551_616.0; // 2^-64
    let sum =
        fraction.iter().rev().fold(Pair::ZERO, |sum, &word| (sum + Pair::from_whole(word)).scaled(UNIT));
    let size = sum * HALF_PI;
    Some((count & 3, if is_negative { -size } else { size }))
}

fn sin_near(angle: Pair) -> Pair {
    angle * SIN.at(angle * angle)
}

fn cos_near(angle: Pair) -> Pair {
    COS.at(angle * angle)
}

fn sine_after(turns: u64, rest: Pair) -> Extended {
    let size = if turns & 1 == 0 { sin_near(rest) } else { cos_near(rest) };
    if turns & 2 == 0 { size.into() } else { (-size).into() }
}

pub(super) fn sin(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    quadrant(x).map_or(Extended::from_f64(f64::NAN), |(turns, rest)| sine_after(turns, rest))
}

pub(super) fn cos(x: Extended) -> Extended {
    if x.is_below(TINY) {
        return Extended::ONE;
    }
    quadrant(x).map_or(Extended::from_f64(f64::NAN), |(turns, rest)| sine_after(turns + 1, rest))
}

/// For 0 ≤ x ≤ 1. With y near the result, the rest is the arc tangent of `(x cos y - sin y) / (cos y + x sin y)`, which
/// is so small that it is its own arc tangent and that a plain quotient has bits enough.
fn atan_near(x: Pair) -> Pair {
    let start = libm::atan(x.high);
    let (sine, cosine) = (sin_near(start.into()), cos_near(start.into()));
    let rest = (x * cosine - sine).high / (cosine + x * sine).high;
    Pair::sum(start, rest)
}

pub(super) fn atan(x: Extended) -> Extended {
    if x.is_below(TINY) || x.fraction.high == 0.0 {
        return x;
    }
    let size = x.size();
    let angle = if size > Extended::ONE {
        let other = Extended::ONE / size;
        let complement = if other.is_below(TINY) { other } else { atan_near(other.to_pair()).into() };
        Extended::from(HALF_PI) - complement
    } else {
        atan_near(size.to_pair()).into()
    };
    angle.with_sign_of(x)
}
