//! A look at many results at once: whether plain arithmetic may be trusted with all of them.

use crate::{Interval, Kernel};

/// Whether plain arithmetic may be trusted with all results: finite ones, of inputs that are not far out and not in the
/// `careful` intervals. A doubt may be unfounded: it is looked into one by one, by [`is_plain`](crate::is_plain) or
/// [`is_plain_fast`](crate::is_plain_fast).
pub struct AllPlain<'a, R> {
    /// What went in.
    pub inputs: &'a [R],
    /// What came out; as many.
    pub results: &'a [R],
    /// Where plain arithmetic is not enough.
    pub careful: &'a [Interval],
}

macro_rules! all_plain {
    ($($type:ident $bits:ident: up to $far:expr, intervals $rounded:expr;)*) => {
        $(
            impl Kernel for AllPlain<'_, $type> {
                type Result = bool;

                #[inline(always)]
                fn run(self) -> bool {
                    // Everything is said by sign bits, which are collected and looked at once, at the end: comparisons
                    // would have to be turned from masks into numbers and back.
                    const SIGN: $bits = 1 << ($bits::BITS - 1);
                    // Numbers of one sign are ordered as their bits are, with NaN last.
                    let above = |value: $type, bound: $type| {
                        bound.to_bits().wrapping_sub(value.to_bits() & !SIGN)
                    };
                    let mut doubts = 0;
                    for (&x, &result) in self.inputs.iter().zip(self.results) {
                        doubts |= above(x, $far) | above(result, $type::MAX);
                    }
                    for &interval in self.careful {
                        let (low, high): ($type, $type) = $rounded(interval);
                        for &x in self.inputs {
                            // 0 is added for -0, which is not below 0.
                            doubts |= !(((x - low) + 0.0).to_bits() | ((high - x) + 0.0).to_bits());
                        }
                    }
                    doubts & SIGN == 0
                }
            }
        )*
    };
}

all_plain! {
    // 2^200, as for one by one.
    f64 u64: up to crate::body::FAR, intervals |interval| interval;
    f32 u32: up to crate::FAR_IN_SINGLE, intervals |(low, high)| ((low as f32).next_down(), (high as f32).next_up());
}

#[cfg(test)]
mod tests {
    use super::AllPlain;
    use crate::{FAR_IN_SINGLE, Level, Watch, is_plain_fast};

    #[test]
    fn what_is_not_far_is_plain() {
        let is_plain = |x| is_plain_fast(x, &[], Watch::All);
        assert!(is_plain(FAR_IN_SINGLE) && is_plain(-FAR_IN_SINGLE));
    }

    #[test]
    fn doubts_at_every_place() {
        let all_plain = |x: f64, result: f64, careful: &[_], place: usize| {
            let (mut inputs, mut results) = ([1.0; 37], [1.0; 37]);
            inputs[place] = x;
            results[place] = result;
            Level::detect().run(AllPlain { inputs: &inputs, results: &results, careful })
        };
        let careful = [(-3.0, -2.0), (0.0, 0.0), (7.0, f64::INFINITY)];
        for place in 0..37 {
            for fine in [1.0, -1.0, 1e60, 5e-324, -5e-324, -3.1, 6.9] {
                assert!(all_plain(fine, -fine, &[], place), "{fine} at {place}");
            }
            for fine in [5e-324, -5e-324, (-3.0_f64).next_down(), 7.0_f64.next_down(), -1.9] {
                assert!(all_plain(fine, 1.0, &careful, place), "{fine} at {place}");
            }
            for doubtful in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                assert!(!all_plain(doubtful, 1.0, &[], place), "{doubtful} at {place}");
                assert!(!all_plain(1.0, doubtful, &[], place), "{doubtful} at {place}");
            }
            for doubtful in [0.0, -0.0, -2.0, -3.0, -2.5, 7.0, 1e300] {
                assert!(!all_plain(doubtful, 1.0, &careful, place), "{doubtful} at {place}");
            }
        }
    }
}
