//! How far results lie from what they should be, over any numbers of a type.
//!
//! Nearly all errors are known at a glance: to a millionth of a unit, by the quick functions. The largest ones are computed
//! again with the careful functions. Where even these leave a form in doubt, which is beside a root, multi-precision arithmetic
//! is asked at once; afterwards [`Findings::settle`] asks it about the largest errors too, so that the maximum is an exact number
//! and not a form's opinion.

use crate::block::{BLOCK, Block, DOUBT, Format, glance};
use crate::{Candidate, Exactly, Findings, Float, Function, Known};

/// An error that is not larger than the largest ones by more than this is not worth a second look: the maximum is exact to a
/// millionth of a unit. Where a function is constant, all errors are equally large.
const RESOLUTION: f64 = 1e-6;

/// Inputs after which progress is told.
const PACE: u64 = 1 << 16;

/// Compares the results of `kernel` at the numbers with these bit `patterns` with `reference`, and with what `oracle` says
/// about a result wherever there is no reference or it is in doubt. `progress` hears how many inputs were done, now and
/// then.
///
/// NaN must stay NaN, and infinities must give the `limits`, where these are known.
pub fn compare<T: Float>(
    patterns: impl IntoIterator<Item = u64>,
    reference: Option<&Function>,
    limits: Option<[f64; 2]>,
    kernel: impl Fn(&[T], &mut [T]),
    oracle: impl Fn(f64, f64) -> Option<Exactly>,
    mut progress: impl FnMut(u64),
) -> Findings {
    let mut found = Findings::default();
    let mut patterns = patterns.into_iter();
    let mut bits = [0_u64; BLOCK];
    let (mut inputs, mut results) = ([T::default(); BLOCK], [T::default(); BLOCK]);
    let (mut wide, mut got) = ([0.0; BLOCK], [0.0; BLOCK]);
    let (mut values, mut within) = ([0.0; BLOCK], [0.0; BLOCK]);
    let (mut errors, mut most) = ([0.0; BLOCK], [f64::INFINITY; BLOCK]);
    let quick = reference.zip(Format::of::<T>());
    let mut silent = 0;
    loop {
        let mut count = 0;
        // The slots first: the other way round, a pattern would be taken for which there is none.
        for (slot, pattern) in bits.iter_mut().zip(&mut patterns) {
            *slot = pattern;
            count += 1;
        }
        if count == 0 {
            progress(silent);
            return found;
        }
        for ((&pattern, input), wide) in bits[..count].iter().zip(&mut inputs).zip(&mut wide) {
            *input = T::from_pattern(pattern);
            *wide = input.widened();
        }
        kernel(&inputs[..count], &mut results[..count]);
        for (result, got) in results[..count].iter().zip(&mut got) {
            *got = result.widened();
        }
        let mut is_done = false;
        if let Some((function, format)) = quick {
            let (wide, got) = (&wide[..count], &got[..count]);
            function.estimate(wide, &mut values[..count], &mut within[..count]);
            let block =
                Block { inputs: wide, results: got, values: &values[..count], within: &within[..count] };
            let seen = glance(&block, format, &mut errors[..count], &mut most[..count]);
            found.points += seen.clear;
            found.sum += seen.sum;
            is_done = seen.clear == count as u64 && !found.is_news(seen.most - RESOLUTION);
        }
        if !is_done {
            for index in 0..count {
                let result = Result { pattern: bits[index], x: wide[index], got: got[index] };
                if !most[index].is_finite() {
                    result.judge::<T>(reference, limits, &oracle, &mut found);
                } else if found.is_news(most[index] - RESOLUTION)
                    && let Some(candidate) = reference.and_then(|function| result.against::<T>(function))
                {
                    found.consider(candidate);
                }
            }
        }
        silent += count as u64;
        if silent >= PACE {
            progress(silent);
            silent = 0;
        }
    }
}

/// A result, and where it is from.
struct Result {
    pattern: u64,
    x: f64,
    got: f64,
}

impl Result {
    /// Its error by the careful functions, if they know it.
    fn against<T: Float>(&self, function: &Function) -> Option<Candidate> {
        let Known { value, within } = function.evaluate(self.x);
        let doubt = T::ulps(within, value);
        (doubt <= DOUBT).then(|| {
            let error = error::<T>(self.got, value, T::ulps((self.got - value).abs(), value));
            Candidate { pattern: self.pattern, got: self.got, error, most: error + doubt }
        })
    }

    /// Adds its error to what was found, whoever knows it.
    fn judge<T: Float>(
        &self,
        reference: Option<&Function>,
        limits: Option<[f64; 2]>,
        oracle: &impl Fn(f64, f64) -> Option<Exactly>,
        found: &mut Findings,
    ) {
        let &Result { pattern, x, got } = self;
        if !x.is_finite() {
            if !is_right_at_the_end::<T>(x, got, limits) {
                found.add_fault(pattern);
            }
        } else if let Some(candidate) = reference.and_then(|function| self.against::<T>(function)) {
            found.add(candidate);
        } else {
            found.asked += 1;
            match oracle(x, got) {
                Some(exactly) => {
                    let error = error::<T>(got, exactly.value, exactly.error);
                    found.add(Candidate { pattern, got, error, most: error });
                }
                None => found.undecided += 1,
            }
        }
    }
}

/// The error of a result, which is `finite` if the result is. Infinity is right where the value is rounded to it, and as
/// wrong as NaN elsewhere.
#[inline]
fn error<T: Float>(got: f64, value: f64, finite: f64) -> f64 {
    if got.is_finite() {
        finite
    } else if got.is_infinite() && T::overflows(value) && (got > 0.0) == (value > 0.0) {
        0.0
    } else {
        f64::INFINITY
    }
}

/// Whether a result is right at NaN or infinity.
fn is_right_at_the_end<T: Float>(x: f64, got: f64, limits: Option<[f64; 2]>) -> bool {
    if x.is_nan() {
        return got.is_nan();
    }
    let Some([left, right]) = limits else { return true };
    let limit = if x < 0.0 { left } else { right };
    if limit.is_finite() {
        // Half a unit, and what the limit was rounded to f64 by.
        got.is_finite() && T::ulps((got - limit).abs(), limit) <= 0.5 + 1e-6
    } else {
        got == limit || got.is_nan() && limit.is_nan()
    }
}

#[cfg(test)]
mod tests {
    use super::{Exactly, Findings, compare};
    use crate::{Float, by_name};
    use half::f16;

    /// What is found about an activation's derivative whose results are `kernel`'s; multi-precision arithmetic says that
    /// every result it is asked about is off by a quarter.
    fn found<T: Float>(
        name: &str,
        patterns: impl Iterator<Item = u64>,
        kernel: impl Fn(f64) -> T,
    ) -> Findings {
        let function = by_name(name).expect("a row").derivative;
        let each = |inputs: &[T], results: &mut [T]| {
            inputs.iter().zip(results).for_each(|(x, result)| *result = kernel(x.widened()));
        };
        let oracle = |_, _| Some(Exactly { value: 0.1, error: 0.25 });
        compare(patterns, Some(&function), Some(function.limits), each, oracle, |_| ())
    }

    fn gaussian(x: f64) -> f64 {
        if x.is_infinite() { 0.0 } else { -2.0 * x * (-x * x).exp() }
    }

    #[test]
    fn one_wrong_result_of_many_is_found() {
        let wrong = 1.25_f32;
        let kernel = |x: f64| {
            let right = gaussian(x) as f32;
            if x == f64::from(wrong) { right.next_up().next_up() } else { right }
        };
        let patterns = (0..1 << 32).step_by(1 << 16).chain([u64::from(wrong.to_bits())]);
        let found = found::<f32>("gaussian", patterns, kernel);
        let (error, pattern) = found.largest().expect("errors");
        assert!((1.5..=2.5).contains(&error) && pattern == u64::from(wrong.to_bits()), "{error}");
        // All exponents but that of infinity and NaN.
        assert_eq!((found.points, found.faults, found.undecided), (255 * 256 + 1, 0, 0));
        assert!(found.mean() > 0.0 && found.mean() < 0.25);
    }

    #[test]
    fn special_values_are_faults_where_they_do_not_belong() {
        let faults = |kernel: &dyn Fn(f64) -> f32| {
            let found = found::<f32>("gaussian", f32::edges().chain([f32::NAN.to_bits().into()]), kernel);
            (found.faults, found.fault.map(f32::from_pattern))
        };
        assert_eq!(faults(&|x| gaussian(x) as f32), (0, None));
        assert_eq!(faults(&|x| if x == 2.0 { f32::NAN } else { gaussian(x) as f32 }), (1, Some(2.0)));
        assert_eq!(faults(&|x| if x == 2.0 { f32::INFINITY } else { gaussian(x) as f32 }), (1, Some(2.0)));
        assert_eq!(
            faults(&|x| if x == f64::INFINITY { 1e-45 } else { gaussian(x) as f32 }),
            (1, Some(f32::INFINITY))
        );
        let (count, at) = faults(&|x| if x.is_nan() { 0.0 } else { gaussian(x) as f32 });
        assert!(count == 1 && at.is_some_and(f32::is_nan));
    }

    /// Beyond the largest number infinity is right, and the largest number is not.
    #[test]
    fn overflow_is_told_apart() {
        let big = [u64::from(3e38_f32.to_bits())];
        assert_eq!(found::<f32>("relu_squared", big.into_iter(), |_| f32::INFINITY).faults, 0);
        assert_eq!(found::<f32>("relu_squared", big.into_iter(), |_| f32::NEG_INFINITY).faults, 1);
        let (error, _) =
            found::<f32>("relu_squared", big.into_iter(), |_| f32::MAX).largest().expect("an error");
        assert!(error > 1e6);
    }

    /// Through `f32` to `f16` is twice, and shows in the last place of few numbers.
    #[test]
    fn rounding_twice_is_seen() {
        let twice = |x: f64| f16::from_f32(gaussian(x) as f32);
        let (error, _) = found::<f16>("gaussian", 0..1 << 16, twice).largest().expect("errors");
        assert!(error > 0.5 + 1e-6 && error < 0.501, "{error}");
    }

    /// Beside the root of gelu' the form knows too little; elsewhere nobody else is asked but about the largest errors.
    #[test]
    fn doubts_are_decided_by_multi_precision() {
        let root = 0.751_791_5_f32;
        let patterns = (-2000_i64..2000).map(|step| ((-root).to_bits() as i64 + step) as u64);
        let near = found::<f32>("gelu", patterns, |_| 0.0);
        assert!(near.asked > 0 && near.asked < 500, "{}", near.asked);
        let mut far = found::<f32>("gelu", [u64::from(1.0_f32.to_bits())].into_iter(), |_| 1.083_315_4);
        assert_eq!(far.asked, 0);
        far.settle::<f32>(|x, _| (x == 1.0).then_some(Exactly { value: 1.083, error: 0.75 }));
        assert_eq!((far.asked, far.largest()), (1, Some((0.75, u64::from(1.0_f32.to_bits())))));
    }
}
