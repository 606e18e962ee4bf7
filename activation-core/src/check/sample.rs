//! Where an activation is looked at.
//!
//! Numbers of `f32` are drawn by bit pattern: some of every octave in which activations change, one of every few octaves
//! elsewhere, of both signs. To these come the edges of the format, small whole numbers and their halves, the values of
//! the parameters, and the numbers beside every point at which branches meet or the function in question crosses zero.

use super::Tape;
use crate::{AnyActivation, Output};

/// A number at which the oracle is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) x: f64,
    /// Not to be left out for its cost.
    pub(super) is_essential: bool,
}

/// The octaves in which activations change …
const DENSE: std::ops::Range<i32> = -6..7;

/// … and how many numbers are drawn from each of them, per sign.
const PER_OCTAVE: u32 = 6;

/// Elsewhere one number is drawn from so many octaves.
const STRIDE: usize = 6;

/// At most so many zeros of one function are looked at from all sides.
const MOST_ZEROS: usize = 6;

/// Activations with parameters in the neighbourhood of the defaults: the defaults themselves, then each one moved both ways.
pub(super) fn parameter_sets(activation: &AnyActivation) -> Vec<AnyActivation> {
    let mut sets = vec![activation.clone()];
    for parameter in activation.info().parameters {
        let default = parameter.default;
        for moved in [default * 1.75 + 0.125, default * 0.375 - 0.0625] {
            let (low, high) = parameter.range;
            if let Ok(set) = activation.clone().with_parameter(parameter.name, moved.clamp(low, high)) {
                sets.push(set);
            }
        }
    }
    sets
}

/// Ascending numbers of `f32`, sampled by bit pattern; 0 without a sign.
pub(super) fn strata() -> Vec<f64> {
    const GOLDEN: f32 = 0.618_034;
    let dense = DENSE.flat_map(|exponent| (0..PER_OCTAVE).map(move |_| exponent));
    let sparse = (-148..DENSE.start).step_by(STRIDE).chain((DENSE.end..127).step_by(STRIDE));
    let drawn = dense.chain(sparse).enumerate().map(|(number, exponent)| {
        let within = 1.0 + (number as f32 * GOLDEN).fract();
        let size = within * 2.0_f32.powi(exponent);
        // Some are short enough for the shorter types.
        if number % 3 == 0 { f32::from_bits(size.to_bits() & 0xffff_0000) } else { size }
    });
    let small = (1..=16).map(|halves| halves as f32 / 2.0);
    let sizes = drawn.chain(small).chain(edges()).map(f64::from);
    ascending(sizes.flat_map(|size| [size, 0.0 - size]).collect())
}

/// The edges of the format.
fn edges() -> [f32; 5] {
    [0.0, f32::from_bits(1), f32::MIN_POSITIVE.next_down(), f32::MIN_POSITIVE, f32::MAX]
}

/// The numbers to ask the oracle about one of the functions of an activation: one of `stride` of the strata, beginning
/// with `phase`, and everything that is special about this function.
pub(super) fn points(
    formula: &Tape,
    activation: &AnyActivation,
    output: Output,
    (phase, stride): (usize, usize),
) -> Vec<Point> {
    let parameters = activation.parameters();
    let strata = strata();
    let mut essential = vec![0.0, -0.0];
    if stride < STRIDE {
        essential.extend(edges().into_iter().map(f64::from).flat_map(|size| [size, -size]));
        essential.extend(parameters.iter().flat_map(|&value| [value, -value]).flat_map(beside));
    }
    let gaps = formula.gaps(0.0, &parameters).len();
    for gap in 0..gaps {
        essential.extend(zeros(&strata, |x| formula.gaps(x, &parameters)[gap]).flat_map(beside));
    }
    // Of `f32` only: the next number of `f64` beside a root asks for more digits than double-double has.
    let roots = zeros(&strata, |x| activation.evaluate(output, x));
    essential.extend(roots.flat_map(beside).filter(|&x| is_single(x)));
    let essential = ascending(essential);

    let mut all = essential.clone();
    all.extend(strata.into_iter().skip(phase % stride).step_by(stride));
    let is_essential = |x: f64| essential.binary_search_by(|other| other.total_cmp(&x)).is_ok();
    ascending(all).into_iter().map(|x| Point { x, is_essential: is_essential(x) }).collect()
}

/// The zeros of a function that lie nearest to 0.
fn zeros(strata: &[f64], function: impl Fn(f64) -> f64) -> impl Iterator<Item = f64> {
    let values: Vec<f64> = strata.iter().map(|&x| function(x)).collect();
    let mut found: Vec<f64> = Vec::new();
    for (number, around) in values.windows(3).enumerate() {
        let &[before, here, after] = around else { continue };
        // Within a stretch of zeros there is nothing to see.
        if here == 0.0 && before != 0.0 && after != 0.0 {
            found.push(strata[number + 1]);
        } else if here * after < 0.0 {
            found.push(crossing(strata[number + 1], strata[number + 2], &function));
        }
    }
    found.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    found.into_iter().take(MOST_ZEROS)
}

/// The first number of `f64` after which `function` has the sign that it has at `high`.
fn crossing(low: f64, high: f64, function: impl Fn(f64) -> f64) -> f64 {
    let after = function(high);
    let (mut low, mut high) = (rank(low), rank(high));
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if function(at_rank(middle)) * after > 0.0 { high = middle } else { low = middle }
    }
    at_rank(high)
}

/// A number and its neighbours, in `f64` and in `f32`.
fn beside(x: f64) -> [f64; 6] {
    let short = x as f32;
    let [nearest, below, above] = [short, short.next_down(), short.next_up()].map(f64::from);
    [x, x.next_down(), x.next_up(), nearest, below, above]
}

/// Whether `f32` has this number.
pub(super) fn is_single(x: f64) -> bool {
    f64::from(x as f32) == x
}

/// The place of a number among all of `f64`, in ascending order.
fn rank(x: f64) -> i64 {
    let size = (x.to_bits() & (u64::MAX >> 1)) as i64;
    if x.is_sign_negative() { -size } else { size }
}

/// The number at a place.
fn at_rank(rank: i64) -> f64 {
    f64::from_bits(rank.unsigned_abs()).copysign(if rank < 0 { -1.0 } else { 1.0 })
}

/// Each finite number once; -0 before 0.
fn ascending(mut points: Vec<f64>) -> Vec<f64> {
    points.retain(|x| x.is_finite());
    points.sort_by(f64::total_cmp);
    points.dedup_by(|a, b| a.to_bits() == b.to_bits());
    points
}

#[cfg(test)]
mod tests {
    use super::{at_rank, beside, crossing, rank, strata, zeros};

    #[test]
    fn the_strata_are_numbers_of_f32_from_everywhere() {
        let strata = strata();
        assert!(strata.iter().all(|&x| f64::from(x as f32) == x));
        for x in [0.0, 1e-45, -1.0, 2.5, f32::MAX] {
            assert!(strata.contains(&f64::from(x)), "{x}");
        }
        let largest_gap = strata
            .windows(2)
            .filter(|pair| pair[0] > 0.0 && pair[0] > f64::from(f32::MIN_POSITIVE))
            .map(|pair| pair[1] / pair[0])
            .fold(0.0, f64::max);
        assert!(largest_gap < 256.0, "{largest_gap}");
    }

    #[test]
    fn zeros_are_found_to_the_last_bit() {
        let zero = crossing(1.0, 2.0, |x| x * x - 2.0);
        assert!((zero - 2.0_f64.sqrt()).abs() <= f64::EPSILON);
        let both: Vec<f64> = zeros(&strata(), |x| x * x - 2.0).collect();
        assert!(both.len() == 2 && both.contains(&zero), "{both:?}");
        assert_eq!(zeros(&strata(), |x| x).collect::<Vec<f64>>(), [0.0]);
        assert_eq!(zeros(&strata(), |x| x.max(0.0)).count(), 0, "a stretch of zeros");
    }

    #[test]
    fn ranks_are_neighbours_of_numbers() {
        for x in [0.0, 1.0, -1.0, 5e-324, f64::MIN] {
            assert_eq!(at_rank(rank(x)), x);
            assert!(beside(x).contains(&at_rank(rank(x) + 1)));
        }
    }
}
