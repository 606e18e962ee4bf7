//! Functions for loops: branch-free, in plain operations of `f64`, so that a compiler makes vector code of them, and with the
//! same bits whatever the vectors are.
//!
//! They are good to 2^-49, a thirty-millionth of a unit of `f32`; the tests below hold each of them against `pxfm`. Methods are the
//! textbook's, and polynomials our own (`scripts/reference.py`): Cody and Waite's reductions for exp and log (1980), Cephes' three
//! intervals for atan, (1 + 2x) exp(x²) erfc(x) in (x - k)/(x + k) after Shepherd and Laframboise (1981), and for sine and cosine
//! Payne and Hanek's reduction (1983), for which a number of `f32` needs no more than three products.

#[rustfmt::skip] // as the script prints it
mod coefficients;

use crate::elementary::Elementary;
use coefficients::{ATAN, COS, ERF, ERFC, ERFC_MIDDLE, EXP, LN_2_HIGH, LN_2_LOW, LOG, SIN, TAN_PI_8, TURNS};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LOG2_E};

/// The functions that are asked first.
#[derive(Clone, Copy)]
pub(crate) struct Quick;

/// What a function is off relatively, at most; erfc, where it goes to zero, what its condition number makes of it.
const FUNCTION: f64 = 1.0 / (1_u64 << 49) as f64;

/// Adding it leaves no bits behind the point, and the whole number in the last bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// Beyond this, to either side, an exponential counts as that of this: times the square of an `f32` it is still nothing, and its own
/// square is no subnormal number, at which processors are slow.
const FAR: f64 = 340.0;

impl Elementary for Quick {
    /// No form is a product of more than eight of them.
    const FUNCTIONS: f64 = 8.0 * FUNCTION;

    #[inline(always)]
    fn exp(self, x: f64) -> f64 {
        let (power, excess) = exponential(x);
        power + power * excess
    }

    #[inline(always)]
    fn expm1(self, x: f64) -> f64 {
        let (power, excess) = exponential(x);
        power * excess + (power - 1.0)
    }

    /// ln(1 + x) = ln((1 + s)/(1 - s)), where s = x/(2 + x).
    #[inline(always)]
    fn log1p(self, x: f64) -> f64 {
        let s = x / (2.0 + x);
        s * polynomial(s * s, &LOG)
    }

    #[inline(always)]
    fn sin(self, x: f64) -> f64 {
        let (quadrant, r) = turns(x);
        circular(quadrant, r)
    }

    #[inline(always)]
    fn cos(self, x: f64) -> f64 {
        let (quadrant, r) = turns(x);
        circular(quadrant + 1, r)
    }

    /// The angle of (1, |x|), less that of (1, 0), (1, 1) or (0, 1).
    #[inline(always)]
    fn atan(self, x: f64) -> f64 {
        let size = x.abs();
        let near = size < TAN_PI_8;
        let far = size > 1.0 / TAN_PI_8;
        let over = if near {
            size
        } else if far {
            -1.0
        } else {
            size - 1.0
        };
        let under = if near {
            1.0
        } else if far {
            size
        } else {
            size + 1.0
        };
        let angle = if near {
            0.0
        } else if far {
            FRAC_PI_2
        } else {
            FRAC_PI_4
        };
        let s = over / under;
        (angle + s * polynomial(s * s, &ATAN)).copysign(x)
    }

    #[inline(always)]
    fn erf(self, x: f64) -> f64 {
        let size = x.abs();
        // Powers that overflow would cost as much as all the rest.
        let near = if size < 0.75 { x } else { 0.75 };
        let near = near * polynomial(near * near, &ERF);
        if size < 0.75 { near } else { (1.0 - error_tail(size)).copysign(x) }
    }

    #[inline(always)]
    fn erfc(self, x: f64) -> f64 {
        let tail = error_tail(x.abs());
        if x < 0.0 { 2.0 - tail } else { tail }
    }
}

#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for index in (0..N - 1).rev() {
        sum = sum * x + coefficients[index];
    }
    sum
}

/// 2^n and exp(r) - 1, where x = n ln 2 + r and r is small.
#[inline(always)]
fn exponential(x: f64) -> (f64, f64) {
    let x = if x < FAR { x } else { FAR };
    let x = if x > -FAR { x } else { -FAR };
    let rounded = x * LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    let power = f64::from_bits((rounded + 1023.0).to_bits() << 52);
    (power, r * polynomial(r, &EXP))
}

/// erfc(x) for x that are not negative.
#[inline(always)]
fn error_tail(x: f64) -> f64 {
    let centred = (x - ERFC_MIDDLE) / (x + ERFC_MIDDLE);
    polynomial(centred, &ERFC) * Quick.exp(-x * x) / (1.0 + 2.0 * x)
}

/// The quadrant and the rest of an angle, in quarter turns: x = (quadrant + r) π/2, less whole turns, and |r| is at most 9/16.
///
/// x is m 2^e, where m has 24 bits, and 2^e 2/π less whole turns stands in a table, in three parts. The product of m with the first
/// is exact, and whole numbers are taken off it exactly; that with the second is exact too, and what is small after all was not
/// rounded when they were added.
#[inline(always)]
fn turns(x: f64) -> (u64, f64) {
    // The exponent, as far as it is more than that of 2^23.
    let field = (x.to_bits() >> 52 & 0x7ff).max(1023 + 23) - (1023 + 23);
    let m = x * f64::from_bits((1023 - field) << 52);
    let [first, second, third] = TURNS[(field & 127) as usize];
    let rounded = m * first + ROUNDER;
    let r = (m * first - (rounded - ROUNDER) + m * second) + m * third;
    (rounded.to_bits(), r)
}

/// The sine of an angle in quarter turns.
#[inline(always)]
fn circular(quadrant: u64, r: f64) -> f64 {
    let square = r * r;
    let (sine, cosine) = (r * polynomial(square, &SIN), polynomial(square, &COS));
    let value = if quadrant & 1 == 0 { sine } else { cosine };
    // The second bit of the quadrant is the sign.
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

#[cfg(test)]
mod tests {
    use super::{FUNCTION, Quick};
    use crate::careful::Careful;
    use crate::elementary::Elementary;
    use activation_math::{Real, Wide};

    type Plain = fn(f64) -> f64;

    /// A function: quick, careful, in multi-precision, from where to where in absolute value, on which sides.
    struct Row(&'static str, Plain, Plain, fn(Wide<8>) -> Wide<8>, [f64; 2], &'static [f64]);

    const BOTH: &[f64] = &[-1.0, 1.0];
    const LARGEST: f64 = f32::MAX as f64;

    const ROWS: &[Row] = &[
        Row("exp", |x| Quick.exp(x), |x| Careful.exp(x), Real::exp, [1e-45, 339.9], BOTH),
        Row("expm1", |x| Quick.expm1(x), |x| Careful.expm1(x), Real::expm1, [1e-45, 339.9], BOTH),
        Row("log1p", |x| Quick.log1p(x), |x| Careful.log1p(x), Real::log1p, [1e-147, 1.0], &[1.0]),
        Row("sin", |x| Quick.sin(x), |x| Careful.sin(x), Real::sin, [1e-45, LARGEST], BOTH),
        Row("cos", |x| Quick.cos(x), |x| Careful.cos(x), Real::cos, [1e-45, LARGEST], BOTH),
        Row("atan", |x| Quick.atan(x), |x| Careful.atan(x), Real::atan, [1e-45, LARGEST], BOTH),
        Row("erf", |x| Quick.erf(x), |x| Careful.erf(x), Real::erf, [1e-147, 30.0], BOTH),
        Row("erfc", |x| Quick.erfc(x), |x| Careful.erfc(x), Real::erfc, [1e-45, 18.4], BOTH),
    ];

    /// Numbers of its range, as many of every order of magnitude; of `f32`, where it takes no others.
    fn sample(row: &Row, count: u64) -> impl Iterator<Item = f64> {
        let &Row(name, .., [low, high], sides) = row;
        let step = (high / low).ln() / count as f64;
        let sizes = (0..=count).map(move |index| (low.ln() + step * index as f64).exp().min(high));
        let sizes =
            sizes.map(move |size| if matches!(name, "sin" | "cos") { f64::from(size as f32) } else { size });
        sizes.flat_map(|size| sides.iter().map(move |side| side * size))
    }

    /// What a result at `x` may be off relatively: erfc as if its argument had been rounded twice.
    fn bound(name: &str, x: f64) -> f64 {
        if name == "erfc" && x > 0.0 { FUNCTION + 2.0 * f64::EPSILON * x * x } else { FUNCTION }
    }

    #[test]
    fn quick_functions_are_as_good_as_they_are_said_to_be() {
        for row in ROWS {
            let &Row(name, quick, careful, ..) = row;
            for x in sample(row, 500_009) {
                let (value, expected) = (quick(x), careful(x));
                let off = (value - expected).abs() / expected.abs();
                assert!(
                    value == expected || off <= bound(name, x),
                    "{name}({x:e}) = {value:e} is off by {off:e}"
                );
            }
        }
    }

    /// Both are held against functions of a third origin too.
    #[test]
    fn multi_precision_agrees() {
        for row in ROWS {
            let &Row(name, quick, careful, exact, ..) = row;
            for x in sample(row, 499) {
                let exact = exact(Wide::from_f64(x));
                for (value, bound) in [(quick(x), bound(name, x)), (careful(x), f64::EPSILON)] {
                    let off = ((Wide::from_f64(value) - exact) / exact).magnitude().to_f64();
                    assert!(off <= bound, "{name}({x:e}) = {value:e} is off by {off:e}");
                }
            }
        }
    }

    /// Far out they stay what they go to.
    #[test]
    fn far_out_nothing_overflows() {
        let m = Quick;
        for x in [340.0, 1e4, LARGEST, LARGEST * LARGEST] {
            assert!((0.0..1e-147).contains(&m.exp(-x)) && (1e147..1e300).contains(&m.exp(x)), "{x:e}");
            assert_eq!((m.expm1(-x), m.erf(x), m.erf(-x), m.erfc(-x)), (-1.0, 1.0, -1.0, 2.0), "{x:e}");
            assert!((0.0..1e-147).contains(&m.erfc(x)), "{x:e}");
        }
    }
}
