//! How far results lie from what they should be, over any numbers of a type.
//!
//! Most values are known from a closed form to a millionth of a unit. Where the form itself is in doubt, which is beside
//! a root, multi-precision arithmetic is asked at once; afterwards [`Findings::settle`] asks it about the largest errors
//! too, so that the maximum is an exact number and not a form's opinion.

use crate::{Float, Function, Known};
use serde::{Deserialize, Serialize};

/// Inputs that are evaluated together: their buffers stay in the cache.
const BLOCK: usize = 1024;

/// A form that may be off by more units of the type than this is not believed.
const DOUBT: f64 = 0.005;

/// How many of the largest errors are kept of one stretch of inputs.
const KEPT: usize = 4;

/// How many of the largest errors are decided exactly in the end, at most.
const DECIDED: usize = 400;

/// What multi-precision arithmetic says about a result.
#[derive(Clone, Copy, Debug)]
pub struct Exactly {
    /// The `f64` nearest to the exact value.
    pub value: f64,
    /// The distance of the result from the exact value in units in the last place; of no interest if the result is not
    /// finite.
    pub error: f64,
}

/// A result with a large error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The bits of the input.
    pub pattern: u64,
    /// The result.
    pub got: f64,
    /// Its error in units in the last place.
    pub error: f64,
    /// The most that the error can be.
    pub most: f64,
}

/// What was found over some inputs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    /// Finite inputs whose results were compared.
    pub points: u64,
    /// Finite inputs at which nobody knows the exact value, or there is none.
    pub undecided: u64,
    /// Questions to multi-precision arithmetic.
    pub asked: u64,
    /// Sum of all finite errors.
    pub sum: f64,
    /// Results that are no number, or infinite, where they should not be; infinities that are not the limit; numbers
    /// where NaN went in.
    pub faults: u64,
    /// The bits of the first input of which that is so.
    pub fault: Option<u64>,
    /// The largest errors, the largest first.
    pub worst: Vec<Candidate>,
}

impl Findings {
    /// The mean error.
    pub fn mean(&self) -> f64 {
        if self.points == 0 { 0.0 } else { self.sum / self.points as f64 }
    }

    /// The largest error and the bits of the input where it is.
    pub fn largest(&self) -> Option<(f64, u64)> {
        self.worst.first().map(|candidate| (candidate.error, candidate.pattern))
    }

    /// Adds what was found over the inputs that follow.
    pub fn join(&mut self, next: &Findings) {
        self.points += next.points;
        self.undecided += next.undecided;
        self.asked += next.asked;
        self.sum += next.sum;
        self.faults += next.faults;
        self.fault = self.fault.or(next.fault);
        self.worst.extend(&next.worst);
        self.worst.sort_by(|a, b| b.most.total_cmp(&a.most));
        self.worst.truncate(DECIDED);
    }

    /// Replaces the largest errors by exact ones, from the largest down, until no other can be larger.
    pub fn settle<T: Float>(&mut self, oracle: impl Fn(f64, f64) -> Option<Exactly>) {
        let mut largest = 0.0_f64;
        for candidate in &mut self.worst {
            if candidate.most < largest {
                break;
            }
            if candidate.most > candidate.error {
                self.asked += 1;
                if let Some(exactly) = oracle(T::from_pattern(candidate.pattern).widened(), candidate.got) {
                    candidate.error = exactly.error;
                    candidate.most = candidate.error;
                }
            }
            largest = largest.max(candidate.error);
        }
        self.worst.sort_by(|a, b| b.error.total_cmp(&a.error));
    }

    fn add_fault(&mut self, pattern: u64) {
        self.faults += 1;
        self.fault = self.fault.or(Some(pattern));
    }

    #[inline]
    fn add(&mut self, candidate: Candidate) {
        self.points += 1;
        if !candidate.error.is_finite() {
            self.add_fault(candidate.pattern);
            return;
        }
        self.sum += candidate.error;
        if self.worst.len() < KEPT || self.worst.last().is_some_and(|least| candidate.most > least.most) {
            self.keep(candidate);
        }
    }

    #[cold]
    fn keep(&mut self, candidate: Candidate) {
        let place = self.worst.partition_point(|kept| kept.most >= candidate.most);
        self.worst.insert(place, candidate);
        self.worst.truncate(KEPT);
    }
}

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
    let (mut wide, mut known) = ([0.0; BLOCK], [Known::UNKNOWN; BLOCK]);
    loop {
        let mut count = 0;
        // Not `zip`: it would take a pattern more than there is room for.
        while count < BLOCK
            && let Some(pattern) = patterns.next()
        {
            bits[count] = pattern;
            inputs[count] = T::from_pattern(pattern);
            wide[count] = inputs[count].widened();
            count += 1;
        }
        if count == 0 {
            return found;
        }
        kernel(&inputs[..count], &mut results[..count]);
        if let Some(reference) = reference {
            reference.evaluate(&wide[..count], &mut known[..count]);
        }
        for index in 0..count {
            let (pattern, x, got) = (bits[index], wide[index], results[index].widened());
            if !x.is_finite() {
                if !is_right_at_the_end::<T>(x, got, limits) {
                    found.add_fault(pattern);
                }
                continue;
            }
            let Known { value, within } = known[index];
            let doubt = T::ulps(within, value);
            if doubt <= DOUBT {
                let error = error::<T>(got, value, T::ulps((got - value).abs(), value));
                found.add(Candidate { pattern, got, error, most: error + doubt });
                continue;
            }
            found.asked += 1;
            match oracle(x, got) {
                Some(exactly) => {
                    let error = error::<T>(got, exactly.value, exactly.error);
                    found.add(Candidate { pattern, got, error, most: error });
                }
                None => found.undecided += 1,
            }
        }
        progress(count as u64);
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
