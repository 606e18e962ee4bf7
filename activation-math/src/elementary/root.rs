//! The cube root. (The square root is an operation of the processor.)

use super::coefficients::{CBRT_2, CBRT_HALF, INVERSE_CBRT};
use super::pair::Pair;
use super::polynomial::polynomial;
use crate::lane::Lane;

/// `cbrt(x)`, for all x: `z^(-1/3)` of `z = |x| 8^-j` near 1 from a polynomial and one step of fourth order, without a
/// division; `y = z (z^(-1/3))²`; then what `z - y³`, in two parts, says.
///
/// Error: [`bounds::CBRT`](super::bounds::CBRT).
#[inline]
pub fn cbrt<L: Lane>(x: L) -> L {
    let (one, third) = (L::of(1.0), L::of(1.0 / 3.0));
    let size = x.abs();
    let (m, k) = size.split();
    let j = (k * third).nearest_integer();
    let left = k - L::of(3.0) * j;
    let z = m * left.two_to();
    let turned = L::select(L::of(0.5).less(left), L::of(CBRT_HALF), one);
    let turned = L::select(left.less(L::of(-0.5)), L::of(CBRT_2), turned);

    let guess = polynomial(m, &INVERSE_CBRT) * turned;
    let error = one - z * (guess * guess * guess);
    let step = error * (third + error * (L::of(2.0 / 9.0) + error * L::of(14.0 / 81.0)));
    let inverse = guess + guess * step;
    let inverse_square = inverse * inverse;

    let y = z * inverse_square;
    let cube = Pair::product(y, y).times(Pair::exact(y));
    let rest = (z - cube.head) - cube.tail;
    let root = (y + rest * (inverse_square * third)) * j.two_to();

    let positive_finite = L::and(L::of(0.0).less(size), size.less(L::of(f64::INFINITY)));
    L::select(positive_finite, root, size).copysign(x)
}
