//! Decimal literals to [`Wide`].
//!
//! The digits are gathered as one whole number and scaled by an exact power of ten as long as both fit in the working
//! precision, so that a literal such as `0.5` or `0.1` is rounded once. Longer literals are cut off 128 bits or more
//! below the last place.

use super::Wide;

/// A power of ten beyond this makes any literal infinite or zero.
const LARGEST_POWER: i64 = 10_000_000;

/// A decimal literal, read but not yet scaled.
struct Literal<const LIMBS: usize> {
    /// The digits that fit, as a whole number.
    digits: Wide<LIMBS>,
    /// The power of ten to multiply them by.
    power: i64,
    /// The power of ten of the first digit that is not zero.
    leading: i64,
}

/// The value of `digits[.digits][e[+-]digits]`, with `_` allowed after a digit, in the width of the first argument; NaN
/// for any other text.
pub(super) fn parse<const LIMBS: usize>(_: Wide<LIMBS>, text: &str) -> Wide<LIMBS> {
    let Some(literal) = read::<LIMBS>(text) else { return Wide::NAN };
    if literal.digits.is_zero() || literal.leading < -LARGEST_POWER {
        return Wide::ZERO;
    }
    if literal.leading > LARGEST_POWER {
        return Wide::INFINITY;
    }
    let scale = power_of_ten(literal.power.unsigned_abs());
    if literal.power < 0 { literal.digits / scale } else { literal.digits * scale }
}

fn power_of_ten<const LIMBS: usize>(mut exponent: u64) -> Wide<LIMBS> {
    let (mut power, mut square) = (Wide::ONE, Wide::from_integer(10));
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square;
        }
        square = square * square;
        exponent >>= 1;
    }
    power
}

fn read<const LIMBS: usize>(text: &str) -> Option<Literal<LIMBS>> {
    let mut bytes = text.bytes().peekable();
    let mut literal = Literal { digits: Wide::ZERO, power: 0, leading: 0 };
    // Every decimal digit takes less than 3.4 bits, so this many are exact.
    let mut room = 64 * LIMBS * 5 / 17;
    let (mut any, mut in_fraction) = (false, false);
    while let Some(byte) = bytes.next_if(|byte| !matches!(byte, b'e' | b'E')) {
        match byte {
            b'_' if any => {}
            b'.' if !in_fraction => in_fraction = true,
            b'0'..=b'9' => {
                any = true;
                literal.power -= i64::from(in_fraction);
                if room > 0 {
                    literal.digits = literal.digits.times(10) + Wide::from_integer(u64::from(byte - b'0'));
                    literal.leading += i64::from(!literal.digits.is_zero());
                    room -= usize::from(!literal.digits.is_zero());
                } else {
                    literal.power += 1;
                }
            }
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    if bytes.next().is_some() {
        literal.power = literal.power.saturating_add(read_exponent(bytes)?);
    }
    literal.leading = literal.power.saturating_add(literal.leading - 1);
    Some(literal)
}

/// The exponent after its `e`; held far inside an `i64` however long it is.
fn read_exponent(bytes: impl Iterator<Item = u8>) -> Option<i64> {
    let mut bytes = bytes.peekable();
    let negative = bytes.next_if(|byte| matches!(byte, b'+' | b'-')) == Some(b'-');
    let (mut size, mut any) = (0_i64, false);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => size = (size * 10 + i64::from(byte - b'0')).min(1 << 56),
            b'_' => continue,
            _ => return None,
        }
        any = true;
    }
    any.then_some(if negative { -size } else { size })
}
