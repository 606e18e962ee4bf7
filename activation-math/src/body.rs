//! A compiled function evaluated where it is easy, and where it is not.
//!
//! Plain `f64` arithmetic answers nearly every call for an `f32` result: the compiler has certified it, but for the
//! intervals that it lists. There, at infinity, where an intermediate result overflows, and for `f64` results that a
//! bound of the error does not cover, the function is evaluated with more and more care, until the error is known to be
//! small enough:
//!
//! 1. in `f64` with a running bound of the error ([`Tracked`]);
//! 2. in double-double with an unlimited exponent ([`Extended`]), again with a bound;
//! 3. in 256 bits ([`Long`]): right beside a root, and where terms cancel in more bits than double-double has;
//! 4. by its expansion at 0 or at infinity ([`Germ`]), where cancellation would eat any number of digits;
//! 5. by its limits from both sides, at a removable singularity.

use crate::tracked::{Approximate, Size};
use crate::{Brief, Enclosure, Extended, Germ, Kernel, Level, Long, Magnitude, Real, Tracked, Twofold};

/// A function of one variable, written once for every number type.
pub trait Body {
    /// The function at `x`.
    fn at<R: Real>(&self, x: R) -> R;

    /// The function's expansion at a `point`, which may be infinite, from one side. Whoever asks often may keep it.
    fn towards(&self, point: f64, from_left: bool) -> Germ {
        self.at(Germ::at_point(point, from_left))
    }
}

/// The function at one number, with the instructions of a level.
pub(crate) struct One<'a, B, R> {
    pub(crate) body: &'a B,
    pub(crate) x: R,
}

impl<B: Body, R: Real> Kernel for One<'_, B, R> {
    type Result = R;

    #[inline(always)]
    fn run(self) -> R {
        self.body.at(self.x)
    }
}

/// An interval of inputs, ends included, at which plain arithmetic in `f64` is not enough for an `f32` result.
///
/// An interval of a single point is a branch point at which the branches meet smoothly: the value there is the limit.
pub type Interval = (f64, f64);

/// Beyond this, squares and cubes of x begin to leave the range of `f64`. It is larger than any `f32`.
pub(crate) const FAR: f64 = 1.606_938_044_258_990_3e60; // 2^200

/// As near to 0 as a number can be whose square and cube do not underflow.
const NEAR: f64 = 6.223_015_277_861_142e-61; // 2^-200

/// A difference of slopes that is nothing: far below all of `f32`, far above what a slope changes by within [`NEAR`].
const FLAT: f64 = 1e-50;

/// How far apart limits may be that are computed in `f64`, along two ways.
const ROUNDING: f64 = 1e-13;

/// Three eighths of a unit in the last place of `f32`, relative to the largest number that has it, and of the smallest unit.
const SINGLE: f64 = 0.375 / 16_777_216.0; // 2^24
const LEAST_SINGLE: f64 = 1.401_298_464_324_817e-45 * 0.375;

/// What is larger than this by a thousandth is infinite in `f32`.
const INFINITE_SINGLE: f64 = f32::MAX as f64 * 1.01;

/// How exact a result has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// To be rounded to `f32` or a shorter type: an error of three eighths of its unit in the last place before that.
    Single,
    /// Four units in the last place of `f64`.
    Double,
}

impl Precision {
    /// The largest error that a result of this value may have.
    #[inline]
    fn allowance(self, value: f64) -> f64 {
        match self {
            Precision::Single => (value.abs() * SINGLE).max(LEAST_SINGLE),
            Precision::Double => 3.5 * unit_in_the_last_place(value),
        }
    }

    /// Whether a result is exact enough.
    #[inline]
    pub fn accepts<N: Approximate<Size = f64> + Into<f64>>(self, result: Tracked<N>) -> bool {
        let value = result.value().into();
        value.is_finite() && result.error() <= self.allowance(value)
    }

    /// Whether the results for all inputs of an interval are exact enough.
    pub fn accepts_all<N: Approximate>(self, results: Enclosure<N>) -> bool {
        match self {
            Precision::Single => results.is_within(SINGLE, LEAST_SINGLE, INFINITE_SINGLE),
            Precision::Double => results.is_within(3.5 * f64::EPSILON / 2.0, 5e-324, f64::INFINITY),
        }
    }

    /// Of a result that `f64` may not be able to hold.
    fn accepts_guess(self, guess: Guess) -> bool {
        let value = guess.value.to_f64();
        let allowed = if value.is_infinite() {
            guess.value.size() * Magnitude::of(0.25)
        } else {
            Magnitude::of(self.allowance(value))
        };
        !value.is_nan() && guess.error.is_known() && guess.error <= allowed
    }
}

/// The distance from a finite double to the next one away from zero.
#[inline]
pub(crate) fn unit_in_the_last_place(value: f64) -> f64 {
    let octave = f64::from_bits(value.to_bits() & (0x7ff << 52));
    (octave * f64::EPSILON).max(5e-324)
}

/// Whether plain `f64` arithmetic may be trusted with a result that is finite; false for NaN and infinity.
#[inline]
pub fn is_plain(x: f64, careful: &[Interval]) -> bool {
    x.abs() <= FAR && !careful.iter().any(|&(low, high)| low <= x && x <= high)
}

/// Whether the branches meet smoothly at `x`; see [`Interval`].
#[inline]
pub(crate) fn is_smooth_edge(x: f64, careful: &[Interval]) -> bool {
    careful.iter().any(|&(low, high)| low == x && high == x)
}

/// The function at `x`, good enough to be rounded to `f32` or a shorter type: NaN for NaN, the limit at ±∞ (NaN where
/// there is none), and otherwise a number wherever the function has one. `careful` is where the compiler could not
/// certify plain arithmetic.
#[inline]
pub fn evaluate_single<B: Body>(body: &B, x: f64, careful: &[Interval]) -> f64 {
    if is_plain(x, careful) {
        let plain = Level::run_narrow(One { body, x: Brief(x) }).0;
        // An infinite result may have come from an intermediate one: ln(1 + exp(x)) is 750 at 750.
        if plain.is_finite() {
            return plain;
        }
    }
    with_care(body, x, careful, Precision::Single)
}

/// The function at `x` within 4 units in the last place of `f64`; otherwise as [`evaluate_single`].
#[inline]
pub fn evaluate_double<B: Body>(body: &B, x: f64, careful: &[Interval]) -> f64 {
    if x.is_finite() && !is_smooth_edge(x, careful) {
        let result = Level::run_narrow(One { body, x: Twofold::exact(x) }).result();
        if !result.is_nan() {
            return result;
        }
    }
    with_care(body, x, careful, Precision::Double)
}

/// The same for a function of so few steps that plain arithmetic is within 4 units in the last place, up to 2^200: none of its steps
/// overflows unseen there, and none cancels. The compiler says which functions are.
#[inline]
pub fn evaluate_plain_double<B: Body>(body: &B, x: f64, careful: &[Interval]) -> f64 {
    if is_plain(x, careful) {
        let plain = body.at(Brief(x)).0;
        if plain.is_finite() {
            return plain;
        }
    }
    evaluate_double(body, x, careful)
}

/// The function at `x` with a bound of its error, computed again where that is too large: what the two above do where plain
/// arithmetic is not enough.
#[cold]
#[inline(never)]
pub fn with_care<B: Body>(body: &B, x: f64, careful: &[Interval], precision: Precision) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return limit_towards(body, x, false).unwrap_or(f64::NAN);
    }
    if is_smooth_edge(x, careful)
        && let Some(limit) = limit_at(body, x)
    {
        return limit;
    }
    let tracked = body.at(Tracked::exact(x));
    if precision.accepts(tracked) {
        return tracked.value();
    }
    let guess = match beyond_double(body, x, precision) {
        Ok(guess) => return guess.value.to_f64(),
        Err(guess) => guess,
    };
    // Terms that cancel to nothing leave what is not known of the constants.
    if guess.error.is_known() && guess.value.size() <= guess.error && limit_at(body, x) == Some(0.0) {
        return 0.0;
    }
    let guess = guess.value.to_f64();
    // A quotient by what is left of 0 is infinite on both sides of a pole, and beside a removable singularity.
    if guess.is_finite() {
        return guess;
    }
    // Of a pole with two signs, that of a zero's side, which plain arithmetic may have.
    let one_sided = || limit_towards(body, x, x == 0.0 && x.is_sign_negative());
    let at_pole =
        || [Some(tracked.value()), one_sided()].into_iter().flatten().find(|value| value.is_infinite());
    limit_at(body, x).or_else(at_pole).unwrap_or(guess)
}

/// The function at a finite `x`, if its error is known to be small enough.
pub fn certified<B: Body>(body: &B, x: f64, precision: Precision) -> Option<f64> {
    let tracked = body.at(Tracked::exact(x));
    if precision.accepts(tracked) {
        return Some(tracked.value());
    }
    beyond_double(body, x, precision).ok().map(|guess| guess.value.to_f64())
}

/// A value and a bound of its error.
#[derive(Clone, Copy)]
struct Guess {
    value: Extended,
    error: Magnitude,
}

/// The function at a finite `x` in more and more bits, and at last by an expansion. If none is good enough, the error is
/// what comes nearest.
fn beyond_double<B: Body>(body: &B, x: f64, precision: Precision) -> Result<Guess, Guess> {
    let extended = body.at(Tracked::exact(Extended::from_f64(x)));
    let mut best = Guess { value: extended.value(), error: extended.error() };
    if precision.accepts_guess(best) {
        return Ok(best);
    }
    let long = body.at(Tracked::exact(Long::from_f64(x)));
    if long.error() < best.error {
        best = Guess { value: long.value().to_extended(), error: long.error() };
        if precision.accepts_guess(best) {
            return Ok(best);
        }
    }
    match expanded(body, x, best) {
        Some(guess) if precision.accepts_guess(guess) => Ok(guess),
        Some(guess) if guess.error < best.error => Err(guess),
        _ => Err(best),
    }
}

/// By the expansion at 0 or at infinity: a value, and an estimate of its error.
///
/// An expansion follows the branches taken in the limit, and its remainder is an estimate. So it only counts where it
/// lies within the bound of what is known, which is rigorous; or, far beyond all branches, beside its value.
fn expanded<B: Body>(body: &B, x: f64, known: Guess) -> Option<Guess> {
    const FAR_OUT: f64 = 1_099_511_627_776.0; // 2^40
    let far_out = !(1.0 / FAR_OUT..FAR_OUT).contains(&x.abs());
    if x == 0.0 || !(known.error.is_known() || far_out) {
        return None;
    }
    let size = Extended::from_f64(x.abs());
    let (germ, t) = if x.abs() < 1.0 {
        (body.towards(0.0, x < 0.0), size.literal(1.0) / size)
    } else {
        (body.towards(f64::INFINITY.copysign(x), false), size)
    };
    let (value, error) = germ.value_at(t)?;
    let consistent = if known.error.is_known() {
        (value - known.value).size() <= known.error * Magnitude::of(2.0)
    } else {
        let (value, other) = (value.to_f64(), known.value.to_f64());
        // NaN is no contradiction: infinity times 0 on the way, even with this range of exponents.
        value == other || other.is_nan() || (value - other).abs() <= 1e-6 * value.abs()
    };
    (consistent && value.to_f64().is_finite() && error.is_known()).then_some(Guess { value, error })
}

/// The limit towards a `point`, which may be infinite, from one side.
pub fn limit_towards<B: Body>(body: &B, point: f64, from_left: bool) -> Option<f64> {
    let brief = body.at(Germ::at_point(point, from_left).in_brief());
    brief.limit().or_else(|| body.towards(point, from_left).limit())
}

/// The limit at a finite point, if it is the same from both sides.
pub fn limit_at<B: Body>(body: &B, x: f64) -> Option<f64> {
    let [left, right] = [true, false].map(|from_left| limit_towards(body, x, from_left));
    match (left, right) {
        (Some(left), Some(right)) if is_same(left, right) => Some(left),
        _ => None,
    }
}

/// The limits of the function from the left and from the right, at a point where both are known and differ. `None` elsewhere:
/// the one-sided slopes at a kink, if the function is a derivative.
///
/// ```
/// use activation_math::{Body, Real, sides};
///
/// struct SlopeOfAbs;
///
/// impl Body for SlopeOfAbs {
///     fn at<R: Real>(&self, x: R) -> R {
///         x.sign()
///     }
/// }
///
/// assert_eq!(sides(&SlopeOfAbs, 0.0), Some((-1.0, 1.0)));
/// assert_eq!(sides(&SlopeOfAbs, 1.0), None);
/// ```
pub fn sides<B: Body>(body: &B, x: f64) -> Option<(f64, f64)> {
    if !x.is_finite() {
        return None;
    }
    // A comparison that rounding could turn, such as tanh(x) < 0 at 0, is none of equal numbers: the distance of its
    // branches shows as an error instead.
    let tracked = body.at(Tracked::exact(x));
    if !tracked.is_at_an_edge() && Precision::Single.accepts(tracked) {
        return None;
    }
    // Elementary functions ask for the sign of x too: most edges are none of the function's, which is seen beside them.
    let beside = if x == 0.0 { [-NEAR, NEAR] } else { [x.next_down(), x.next_up()] };
    let [before, after] = beside.map(|x| body.at(Tracked::exact(x)));
    let apart = (before.value() - after.value()).abs() + before.error() + after.error();
    if apart <= ROUNDING * after.value().abs() + FLAT {
        return None;
    }
    let [left, right] = [true, false].map(|from_left| limit_towards(body, x, from_left));
    let (left, right) = (left?, right?);
    let is_jump = !is_same(left, right);
    is_jump.then_some((left, right))
}

/// Whether two limits are one.
fn is_same(left: f64, right: f64) -> bool {
    // Of infinities even the two signs are no further apart than they are large.
    let distance = (left - right).abs();
    left == right || (distance.is_finite() && distance <= ROUNDING * left.abs().max(right.abs()))
}
