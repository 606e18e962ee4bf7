//! Real powers in `f32`: `exp(y ln x)`, the logarithm and the product in two parts.

use super::exponential::Reduced;
use super::logarithm::ln_pair;
use crate::elementary::pair::Pair;
use crate::elementary::polynomial::{clamp, scale};
use crate::elementary::power::with_edges;
use crate::lane::Lane;

/// 2^40: no number but 1 has such a power within the range.
const LARGEST_EXPONENT: f64 = 1_099_511_627_776.0;

/// Beyond, the exponential is 0 or infinite.
const BEYOND: f64 = 120.0;

/// `x^y` as IEEE 754 defines `pow`: a negative base has whole powers only, `x^0` and `1^y` are 1 even for a NaN.
#[inline(always)]
pub fn pow<L: Lane>(x: L, y: L) -> L {
    let exponent = clamp(y, -LARGEST_EXPONENT, LARGEST_EXPONENT);
    let log = ln_pair(x.abs()).times(Pair::exact(exponent));
    let bound = Pair::exact(L::of(BEYOND).copysign(log.head));
    let log = Pair::select(L::of(BEYOND).less(log.head.abs()), bound, log);
    let reduced = Reduced::of_pair(log.head, log.tail);
    with_edges(x, y, scale(reduced.value(), reduced.power))
}
