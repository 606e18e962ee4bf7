//! Elementary functions of [`Twofold`] numbers: values by the functions of this module, bounds by their slopes.

use super::pair::Pair;
use super::{ARITHMETIC, LEAST, SLACK, SMALL, Twofold, UNKNOWN};
use super::{circular, error_function, exponential, logarithm};
use crate::elementary;
use crate::elementary::bounds as units;
use crate::lane::Lane;

/// 2^-57, 2^-59, 2^-60: bounds that the functions have, relative to their values.
const TO_57: f64 = error_function::FINE;
const TO_59: f64 = TO_57 / 4.0;
const TO_60: f64 = TO_57 / 8.0;

#[inline(always)]
pub(super) fn sqrt(x: Twofold) -> Twofold {
    let root = Lane::sqrt(x.pair.head);
    let half = 0.5 / root;
    let rest = Lane::mul_add(-root, root, x.pair.head) + x.pair.tail;
    let value = Twofold::computed(
        Pair::ordered_sum(root, rest * half),
        x.if_away_from_zero((x.error + LEAST) * half),
        ARITHMETIC,
    );
    if is_nothing(x) { Twofold::exact(root) } else { value }
}

#[inline(always)]
pub(super) fn cbrt(x: Twofold) -> Twofold {
    let value: f64 = elementary::cbrt(x.pair.head);
    let slope = 0.34 * value.abs() / x.size();
    let known = x.if_away_from_zero(slope * (x.error + x.pair.tail.abs()));
    let value = Twofold::computed(Pair::exact(value), known, units::CBRT * f64::EPSILON);
    if is_nothing(x) { x } else { value }
}

/// Whether it is a zero without an error.
#[inline(always)]
fn is_nothing(x: Twofold) -> bool {
    (x.size() <= 0.0) & (x.error <= 0.0)
}

#[inline(always)]
pub(super) fn exp(x: Twofold) -> Twofold {
    let pair = exponential::exp(x.pair);
    x.image(pair, pair.head, TO_60)
}

#[inline(always)]
pub(super) fn expm1(x: Twofold) -> Twofold {
    let pair = exponential::expm1(x.pair).with_sign_of(x.pair.head);
    x.image(pair, (pair.head + 1.0).abs() + f64::EPSILON, TO_59)
}

#[inline(always)]
pub(super) fn ln(x: Twofold) -> Twofold {
    let pair = logarithm::ln(x.pair);
    let inherited = x.if_away_from_zero(x.error / x.size());
    let is_regular = (0.0 < x.pair.head) & (x.pair.head < f64::INFINITY);
    Twofold::computed(pair, if is_regular { inherited } else { UNKNOWN }, TO_60)
}

#[inline(always)]
pub(super) fn log1p(x: Twofold) -> Twofold {
    let pair = logarithm::log1p(x.pair).with_sign_of(x.pair.head);
    let shifted = 1.0 + x.pair.head;
    let is_regular = (SMALL < shifted) & (shifted < f64::INFINITY) & (x.error <= SMALL * shifted);
    let inherited = if is_regular { x.error / shifted * SLACK } else { UNKNOWN };
    Twofold::computed(pair, inherited, TO_60)
}

#[inline(always)]
pub(super) fn sinh(x: Twofold) -> Twofold {
    let pair = exponential::sinh(x.pair);
    x.image(pair, pair.head.abs() + 1.0, TO_57)
}

#[inline(always)]
pub(super) fn cosh(x: Twofold) -> Twofold {
    let pair = exponential::cosh(x.pair);
    x.image(pair, pair.head, TO_59)
}

/// The slope sech² is at most 1/(1 + x²).
#[inline(always)]
pub(super) fn tanh(x: Twofold) -> Twofold {
    x.image(exponential::tanh(x.pair), x.bell(), TO_57)
}

/// `ln(1 + |x| + x²/(1 + sqrt(1 + x²)))`, which does not cancel.
#[inline(always)]
pub(super) fn asinh(x: Twofold) -> Twofold {
    let (one, size) = (Twofold::exact(1.0), Twofold { pair: x.pair.size(), ..x });
    let square = size * size;
    let value = log1p(size + square / (one + sqrt(one + square)));
    Twofold { pair: value.pair.scaled(1.0_f64.copysign(x.pair.head)), ..value }
}

#[inline(always)]
pub(super) fn atan(x: Twofold) -> Twofold {
    x.image_of_head(elementary::atan(x.pair.head), x.bell(), units::ATAN)
}

#[inline(always)]
pub(super) fn sin(x: Twofold) -> Twofold {
    of_angle(x, circular::sin(x.pair).with_sign_of(x.pair.head))
}

#[inline(always)]
pub(super) fn cos(x: Twofold) -> Twofold {
    of_angle(x, circular::cos(x.pair))
}

/// A sine or a cosine, of an angle that is short enough.
#[inline(always)]
fn of_angle(x: Twofold, pair: Pair) -> Twofold {
    let value = x.image(pair, 1.0, TO_57);
    Twofold { error: if circular::is_short(x.pair.head) { value.error } else { UNKNOWN }, ..value }
}

/// The slope `2/√π exp(-x²)` is at most 1.13/(1 + x²).
#[inline(always)]
pub(super) fn erf(x: Twofold) -> Twofold {
    x.image(error_function::erf(x.pair), 1.13 * x.bell(), TO_57)
}

/// The slope is that of erf; in the right tail it is at most `2x + 1.13` times the value itself (Mills' ratio).
#[inline(always)]
pub(super) fn erfc(x: Twofold) -> Twofold {
    let pair = error_function::erfc(x.pair);
    let rate = 2.0 * x.size() + 1.13;
    let tail = pair.head.abs() * rate;
    let is_tail = (0.0 < x.pair.head) & (rate * x.error <= SMALL);
    let slope = if is_tail { tail } else { 1.13 };
    x.image(pair, slope, error_function::error_of_erfc(x.pair.head))
}

/// The slope `s (1 - s)` is at most s.
#[inline(always)]
pub(super) fn sigmoid(x: Twofold) -> Twofold {
    let pair = exponential::sigmoid(x.pair);
    x.image(pair, pair.head, TO_59)
}

/// The slope is a sigmoid, at most 1 and at most the value.
#[inline(always)]
pub(super) fn softplus(x: Twofold) -> Twofold {
    let pair = logarithm::softplus(x.pair);
    x.image(pair, if pair.head < 1.0 { pair.head } else { 1.0 }, TO_59)
}

#[inline(always)]
pub(super) fn sech(x: Twofold) -> Twofold {
    let pair = exponential::sech(x.pair);
    x.image(pair, pair.head, TO_57)
}

#[inline(always)]
pub(super) fn logcosh(x: Twofold) -> Twofold {
    let slope = if x.size() < 1.0 { x.size() + x.error } else { 1.0 };
    x.image_of_head(elementary::logcosh(x.pair.head), slope, units::LOGCOSH)
}

#[inline(always)]
pub(super) fn tanhshrink(x: Twofold) -> Twofold {
    let reach = x.size() + x.error;
    let slope = if reach < 1.0 { reach * reach } else { 1.0 };
    x.image_of_head(elementary::tanhshrink(x.pair.head), slope, units::TANHSHRINK)
}

/// The slope is `exp(x) - 1`.
#[inline(always)]
pub(super) fn exp_excess(x: Twofold) -> Twofold {
    let value: f64 = elementary::exp_excess(x.pair.head);
    let slope = (value + x.pair.head).abs() + x.size() * f64::EPSILON + 2.0 * x.error;
    x.image_of_head(value, slope, units::EXP_EXCESS)
}

#[inline(always)]
pub(super) fn decay(x: Twofold) -> Twofold {
    let pair = exponential::decay(x.pair);
    x.image(pair, pair.head, TO_60)
}

/// The slope is `exp(-|x|)` in size.
#[inline(always)]
pub(super) fn decay_gap(x: Twofold) -> Twofold {
    let pair = exponential::expm1(x.pair.size().scaled(-1.0)).scaled(-1.0);
    x.image(pair, (1.0 - pair.head).abs() + f64::EPSILON, TO_59)
}
