//! The error function and its complement.
//!
//! Below 1 the Maclaurin series of erf. From 1 on, `(1 + 2x) exp(x²) erfc(x)`, which varies between 1 and 1.3 only, as a
//! polynomial in `t = (x - 5) / (x + 3)`, which runs from -1 to 1 (after M. M. Shepherd, J. G. Laframboise, Chebyshev
//! approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞, Math. Comp. 36, 1981).

use super::Extended;
use super::exponential::exp;
use super::tables::{ERF, ERFC, TWO_OVER_SQRT_PI};

/// Below `2^TINY`, the second term of the series is lost.
const TINY: i64 = -56;

/// From `2^FAR` on, erfc(x) is lost beside 1.
const FAR: i64 = 4;

/// erfc(x) for x ≥ 1.
fn complement(x: Extended) -> Extended {
    if !x.is_ordinary() {
        return Extended::ZERO;
    }
    // The square in two parts, each with all the digits that its exponential needs: `high * high` is exact.
    let high = Extended::new(x.fraction.high.into(), x.exponent, x.huge);
    let low = Extended::new(x.fraction.low.into(), x.exponent, x.huge);
    let leading = exp(-(high * high));
    if leading.fraction.high == 0.0 {
        return Extended::ZERO;
    }
    let decay = leading * exp(-(low * (x + high)));
    let place = (x - Extended::from_f64(5.0)) / (x + Extended::from_f64(3.0));
    let scaled = Extended::from(ERFC.at(place.to_pair()));
    decay * scaled / (Extended::ONE + x.scaled(1))
}

pub(super) fn erf(x: Extended) -> Extended {
    if x.is_below(TINY) {
        return x * TWO_OVER_SQRT_PI.into();
    }
    if x.is_below(0) {
        let near = x.to_pair();
        return Extended::from(near * ERF.at(near * near));
    }
    if x.reaches(FAR) {
        return Extended::ONE.with_sign_of(x);
    }
    if !x.is_ordinary() {
        return x;
    }
    (Extended::ONE - complement(x.size())).with_sign_of(x)
}

pub(super) fn erfc(x: Extended) -> Extended {
    if x.is_negative() || !x.reaches(0) { Extended::ONE - erf(x) } else { complement(x) }
}
