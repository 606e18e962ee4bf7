//! The loops over blocks of inputs, compiled for several sets of vector instructions.

use crate::{Float, Known};
use multiversion::multiversion;

/// Inputs that are looked at together: their buffers stay in the cache.
pub(crate) const BLOCK: usize = 256;

/// Partial sums that are added up side by side: two vectors of the widest kind.
const LANES: usize = 16;

/// A form that may be off by more units of the type than this is not believed.
pub(crate) const DOUBT: f64 = 0.005;

/// `values[i] ± within[i]` = `form(inputs[i])`.
#[inline(always)]
pub(crate) fn each(inputs: &[f64], values: &mut [f64], within: &mut [f64], form: impl Fn(f64) -> Known) {
    for ((&x, value), within) in inputs.iter().zip(values).zip(within) {
        Known { value: *value, within: *within } = form(x);
    }
}

/// The same in vector code, if all of the form is inlined.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub(crate) fn fill<F: Fn(f64) -> Known>(inputs: &[f64], values: &mut [f64], within: &mut [f64], form: F) {
    each(inputs, values, within, form);
}

/// What the loops have to know of a type of results.
#[derive(Clone, Copy)]
pub(crate) struct Format {
    /// The smallest number that is normal: below it the spacing stays the same.
    smallest: f64,
    /// The bits of the factor that turns distances beside 1 to units, and an exponent of twice the bias more.
    unit: u64,
    /// From here on a value is rounded to infinity, whoever computed it.
    infinite: f64,
}

impl Format {
    /// None for `f64`: nothing here is good enough for that.
    pub(crate) fn of<T: Float>() -> Option<Self> {
        (T::FRACTION < f64::MANTISSA_DIGITS - 1).then(|| Format {
            smallest: 2.0_f64.powi(1 - T::LARGEST),
            unit: u64::from(T::FRACTION + 2 * 1023) << 52,
            infinite: T::overflow() * (1.0 + f64::from(f32::EPSILON)),
        })
    }
}

/// The results of a block and what they are held against. All slices have one length.
pub(crate) struct Block<'b> {
    pub(crate) inputs: &'b [f64],
    pub(crate) results: &'b [f64],
    pub(crate) values: &'b [f64],
    pub(crate) within: &'b [f64],
}

/// What is seen of a block at a glance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glance {
    /// Results whose errors are known.
    pub(crate) clear: u64,
    /// The sum of these errors.
    pub(crate) sum: f64,
    /// The most that one of them can be.
    pub(crate) most: f64,
}

/// Puts into `errors` the errors that are known, in units in the last place, and 0 for the others; into `most` the largest that an
/// error can be, and infinity where more has to be known, or the result or the input is no number.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"), dispatcher = "direct")]
pub(crate) fn glance(block: &Block<'_>, format: Format, errors: &mut [f64], most: &mut [f64]) -> Glance {
    let Block { inputs, results, values, within } = block;
    let rows = inputs.iter().zip(*results).zip(*values).zip(*within).zip(&mut *errors).zip(&mut *most);
    for (((((&x, &got), &value), &within), error), most) in rows {
        let size = value.abs();
        let at_least = if size > format.smallest { size } else { format.smallest };
        let units = f64::from_bits(format.unit - (at_least.to_bits() & 0x7ff << 52));
        // Infinity is right where there is no doubt that the value is rounded to it.
        let value = if size > format.infinite { f64::INFINITY.copysign(value) } else { value };
        let distance = if got == value { 0.0 } else { (got - value).abs() * units };
        let doubt = within * units;
        let is_clear = (doubt <= DOUBT) & (distance < f64::INFINITY) & (x.abs() < f64::INFINITY);
        *error = if is_clear { distance } else { 0.0 };
        *most = if is_clear { distance + doubt } else { f64::INFINITY };
    }
    let (mut sums, mut largest) = ([0.0; LANES], [0.0; LANES]);
    for (errors, most) in errors.chunks(LANES).zip(most.chunks(LANES)) {
        for (lane, (&error, &most)) in errors.iter().zip(most).enumerate() {
            sums[lane] += error;
            largest[lane] = if most > largest[lane] { most } else { largest[lane] };
        }
    }
    let largest = largest.iter().fold(0.0, |largest, &most| if most > largest { most } else { largest });
    let is_all = largest < f64::INFINITY;
    let clear = if is_all { most.len() } else { most.iter().filter(|most| most.is_finite()).count() };
    Glance { clear: clear as u64, sum: sums.iter().sum(), most: largest }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Block, DOUBT, Format, Glance, glance};
    use crate::{Float, all};
    use half::{bf16, f16};

    /// Numbers of `f32` of all sizes.
    fn inputs() -> Vec<f64> {
        let patterns = (0..1_u64 << 32).step_by(1_000_003).chain(f32::edges());
        patterns.map(|pattern| f32::from_pattern(pattern).widened()).filter(|x| x.is_finite()).collect()
    }

    /// Vectors give the bits of single numbers, whatever their width.
    #[test]
    fn a_block_has_the_bits_of_its_numbers() {
        let inputs = inputs();
        let (mut values, mut within) = (vec![0.0; inputs.len()], vec![0.0; inputs.len()]);
        for row in all() {
            for function in [row.forward, row.derivative] {
                function.estimate(&inputs, &mut values, &mut within);
                for (index, x) in inputs.iter().enumerate() {
                    let (mut value, mut bound) = ([0.0], [0.0]);
                    function.estimate(&[*x], &mut value, &mut bound);
                    let same = value[0].to_bits() == values[index].to_bits()
                        && bound[0].to_bits() == within[index].to_bits();
                    assert!(same, "`{}` at {x:e}", row.name);
                }
            }
        }
    }

    fn a_glance_counts_units<T: Float>() {
        let format = Format::of::<T>().expect("a narrow type");
        let sizes = [0.0, 1e-60, 1e-45, 3e-41, 1.2e-38, 0.7, 1.0, 3.5, 65519.0, 65521.0, 3e38, 3.5e38, 1e70];
        let mut rows: Vec<[f64; 3]> = Vec::new();
        for value in sizes.into_iter().flat_map(|size| [size, -size]) {
            let overflow = if value > 0.0 { f64::INFINITY } else { f64::NEG_INFINITY };
            let results = [value, value * 1.0001, -value, 0.0, overflow, -overflow, f64::NAN];
            // No result is finite and beyond the largest number.
            for got in results.into_iter().filter(|got| !got.is_finite() || !T::overflows(*got)) {
                rows.extend([0.0, 1e-9 * value.abs(), 0.5, f64::INFINITY].map(|within| [got, value, within]));
            }
        }
        for rows in rows.chunks(BLOCK) {
            let column = |index: usize| rows.iter().map(|row| row[index]).collect::<Vec<f64>>();
            let (results, values, within) = (column(0), column(1), column(2));
            let inputs: Vec<f64> =
                (0..rows.len()).map(|index| if index % 7 == 6 { f64::INFINITY } else { 1.0 }).collect();
            let block = Block { inputs: &inputs, results: &results, values: &values, within: &within };
            let (mut errors, mut most) = (vec![0.0; rows.len()], vec![0.0; rows.len()]);
            let seen = glance(&block, format, &mut errors, &mut most);
            let mut expected = Glance { clear: 0, sum: 0.0, most: 0.0 };
            for (index, &[got, value, within]) in rows.iter().enumerate() {
                let doubt = T::ulps(within, value);
                // Not where the least doubt could decide.
                let is_beyond = T::overflows(value / (1.0 + f64::from(f32::EPSILON)));
                let error = match (is_beyond, got.is_infinite() && got.signum() == value.signum()) {
                    (true, true) => 0.0,
                    (true, false) => f64::INFINITY,
                    (false, _) => T::ulps((got - value).abs(), value),
                };
                if doubt <= DOUBT && error.is_finite() && inputs[index].is_finite() {
                    assert_eq!([errors[index], most[index]], [error, error + doubt], "{got:e} {value:e}");
                    expected.clear += 1;
                    expected.sum += error;
                    expected.most = expected.most.max(error + doubt);
                } else {
                    assert_eq!([errors[index], most[index]], [0.0, f64::INFINITY], "{got:e} {value:e}");
                    expected.most = f64::INFINITY;
                }
            }
            assert!((seen.sum - expected.sum).abs() <= 1e-12 * expected.sum);
            assert_eq!(Glance { sum: 0.0, ..seen }, Glance { sum: 0.0, ..expected });
            assert!(seen.clear > 0 && seen.clear < rows.len() as u64);
        }
    }

    #[test]
    fn a_glance_counts_units_of_every_narrow_type() {
        a_glance_counts_units::<f32>();
        a_glance_counts_units::<f16>();
        a_glance_counts_units::<bf16>();
        assert!(Format::of::<f64>().is_none());
    }
}
