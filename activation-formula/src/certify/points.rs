//! Where a program is examined: `f32` inputs of every order of magnitude, dense where formulas change.

/// Octaves, each with the number of inputs between two powers of two. Whole numbers, halves and quarters are among
/// them: formulas have their edges there.
const DENSITY: [(std::ops::Range<i32>, u32); 3] = [(-12..-3, 1), (-3..5, 4), (5..8, 2)];

/// Elsewhere there is one number in so many octaves.
const STRIDE: usize = 6;

/// A stratified sample in ascending order, both signs, with 0 and the ends of the range.
pub(super) fn sample() -> Vec<f64> {
    let mut sizes = vec![0.0, f32::from_bits(1), f32::MIN_POSITIVE, f32::MAX];
    for (octaves, count) in DENSITY {
        for exponent in octaves {
            let octave = 2.0_f32.powi(exponent);
            sizes.extend((0..count).map(|part| (1.0 + part as f32 / count as f32) * octave));
        }
    }
    for exponent in (-148..-12).step_by(STRIDE).chain((8..128).step_by(STRIDE)) {
        // Off the powers of two, whose products are too often exact.
        sizes.push(1.3 * 2.0_f32.powi(exponent));
    }
    let mut points: Vec<f64> = sizes.into_iter().flat_map(|x| [f64::from(x), -f64::from(x)]).collect();
    sort(&mut points);
    points
}

/// Ascending, each number once; 0 without a sign.
pub(super) fn sort(points: &mut Vec<f64>) {
    points.sort_by(f64::total_cmp);
    points.dedup_by(|a, b| a == b);
    points.iter_mut().for_each(|x| *x += 0.0);
}

/// The place of a number among all of `f32`, in ascending order.
pub(crate) fn rank(x: f64) -> i64 {
    let bits = i64::from((x as f32).to_bits() & 0x7fff_ffff);
    if x < 0.0 { -bits } else { bits }
}

/// The number at a place.
pub(crate) fn at_rank(rank: i64) -> f64 {
    let size = f32::from_bits(u32::try_from(rank.unsigned_abs()).unwrap_or(u32::MAX));
    f64::from(if rank < 0 { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::{at_rank, rank, sample};

    #[test]
    fn the_sample_is_ascending_and_made_of_f32() {
        let points = sample();
        assert!(points.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(points.iter().all(|&x| f64::from(x as f32) == x));
        assert!(points.contains(&0.0) && points.contains(&-3.0) && points.contains(&f64::from(f32::MAX)));
    }

    #[test]
    fn ranks_are_neighbours_of_numbers() {
        for x in [0.0, 1.0, -1.0, 1e-45, -3.5, 3e38] {
            let x = f64::from(x as f32);
            assert_eq!(at_rank(rank(x)), x);
            assert!(at_rank(rank(x) - 1) < x && x < at_rank(rank(x) + 1));
        }
    }
}
