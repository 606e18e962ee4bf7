//! Polynomials, and the small steps that many functions share.

use crate::lane::Lane;

/// The polynomial with these coefficients, the constant first: Horner's rule in `x⁴`, over quadruples that do not wait for
/// each other (after Estrin, 1960).
#[inline(always)]
pub(crate) fn polynomial<L: Lane, const COUNT: usize>(x: L, coefficients: &[f64; COUNT]) -> L {
    let square = x * x;
    let fourth = square * square;
    let quadruple = |part: &[f64]| match *part {
        [a, b, c, d] => (L::of(a) + L::of(b) * x) + (L::of(c) + L::of(d) * x) * square,
        [a, b, c] => (L::of(a) + L::of(b) * x) + L::of(c) * square,
        [a, b] => L::of(a) + L::of(b) * x,
        [a] => L::of(a),
        _ => L::of(0.0),
    };
    let mut parts = coefficients.chunks(4).rev();
    let last = parts.next().map_or(L::of(0.0), quadruple);
    parts.fold(last, |sum, part| quadruple(part) + sum * fourth)
}

/// The polynomial with these coefficients, the constant first, with fused operations: Horner's rule in `x²`, over pairs. In x it
/// would take one operation less, and twice the time that one waits for another.
#[inline(always)]
pub(crate) fn fused<L: Lane, const COUNT: usize>(x: L, coefficients: &[f64; COUNT]) -> L {
    let square = x * x;
    let pair = |part: &[f64]| match *part {
        [a, b] => L::of(b).mul_add(x, L::of(a)),
        [a] => L::of(a),
        _ => L::of(0.0),
    };
    let mut parts = coefficients.chunks(2).rev();
    let last = parts.next().map_or(L::of(0.0), pair);
    parts.fold(last, |sum, part| sum.mul_add(square, pair(part)))
}

/// `x`, or the bound that it is beyond; a NaN stays.
#[inline(always)]
pub(crate) fn clamp<L: Lane>(x: L, low: f64, high: f64) -> L {
    let (low, high) = (L::of(low), L::of(high));
    let x = L::select(x.less(low), low, x);
    L::select(high.less(x), high, x)
}

/// `x 2^power` for a whole power of up to twice the exponent range, rounded once where the result is subnormal.
#[inline(always)]
pub(crate) fn scale<L: Lane>(x: L, power: L) -> L {
    let half = (power * L::of(0.5)).nearest_integer();
    (x * half.two_to()) * (power - half).two_to()
}

/// Below this size an argument is scaled by [`UP`] before it is squared or cubed in two parts, and the result back:
/// a lower part that underflows would be an error of several subnormals.
pub(crate) const TINY: f64 = 1.0 / UP;

/// 2^300.
pub(crate) const UP: f64 = f64::from_bits((1023 + 300) << 52);
