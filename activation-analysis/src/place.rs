//! Doubles in their order: the place of a number among all of them, halving intervals, and points to look at.

/// The place of a number among all doubles, in ascending order; 0 and -0 share one.
pub(crate) fn rank(x: f64) -> i64 {
    let size = (x.to_bits() & (u64::MAX >> 1)).cast_signed();
    if x < 0.0 { -size } else { size }
}

/// The number at a place.
pub(crate) fn at_rank(rank: i64) -> f64 {
    let size = f64::from_bits(rank.unsigned_abs());
    if rank < 0 { -size } else { size }
}

/// Ends of so different sizes are halved by order of magnitude.
const RATIO: f64 = 4.0;

/// A number between `low` and `high` that halves what is there to see.
pub(crate) fn middle(low: f64, high: f64) -> f64 {
    if low < 0.0 && high > 0.0 {
        return 0.0;
    }
    let (small, large) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
    let by_rank = || at_rank(rank(low) + (rank(high) - rank(low)) / 2);
    if large > RATIO * small {
        return by_rank();
    }
    let middle = low + (high - low) / 2.0;
    if low < middle && middle < high { middle } else { by_rank() }
}

/// Whether no number lies between the two.
pub(crate) fn are_neighbours(low: f64, high: f64) -> bool {
    rank(high).saturating_sub(rank(low)) <= 1
}

/// The first number from `low` on, up to `high`, for which `turned` holds.
pub(crate) fn first(low: f64, high: f64, turned: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    while !are_neighbours(low, high) {
        let between = middle(low, high);
        if turned(between) {
            high = between;
        } else {
            low = between;
        }
    }
    high
}

/// Points of an interval at all orders of magnitude, and close together at its inner end, in no rhythm that a function
/// could share.
pub(crate) fn samples(low: f64, high: f64, count: i32) -> Vec<f64> {
    // The golden section: as far from every rhythm as a number can be.
    const STEP: f64 = 0.618_033_988_749_894_9;
    let fraction = |index: i32| (f64::from(index) * STEP).fract();
    let inner = if low.abs() < high.abs() { low } else { high };
    let places = |share: f64| {
        let (from, to) = (rank(low) as f64, rank(high) as f64);
        at_rank((from + (to - from) * share) as i64)
    };
    let mut points: Vec<f64> = (1..=count)
        .map(|index| places(fraction(index)))
        .chain((1..=count).map(|index| {
            let width = (high - low).min(16.0 + 0.25 * inner.abs());
            let away = if inner == low { width } else { -width };
            inner + away * fraction(index)
        }))
        .filter(|x| low <= *x && *x <= high)
        .collect();
    points.sort_by(f64::total_cmp);
    points
}

/// Of the doubles from `low` to `high`, the one with the fewest digits.
pub(crate) fn simplest(low: f64, high: f64) -> f64 {
    if low <= 0.0 && high >= 0.0 {
        return 0.0;
    }
    // Rounded to ever more decimals, until it is one of them.
    let inside = |x: &f64| low <= *x && *x <= high;
    (0..17).filter_map(|digits| format!("{low:.digits$e}").parse::<f64>().ok()).find(inside).unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::{are_neighbours, at_rank, first, middle, rank, simplest};

    #[test]
    fn places_are_in_order() {
        for x in [0.0, 5e-324, 1.0, -1.0, 1e300, -1e-300, f64::MAX] {
            assert_eq!(at_rank(rank(x)), x);
            assert!(are_neighbours(at_rank(rank(x) - 1), x));
        }
        assert_eq!(middle(-1.0, 5.0), 0.0);
        assert_eq!(middle(2.0, 4.0), 3.0);
        assert_eq!(first(0.0, 10.0, |x| x >= 3.0), 3.0);
        assert_eq!(simplest(0.1_f64.next_down(), 0.1_f64.next_up()), 0.1);
        assert_eq!(simplest(-2.5, 3.0_f64.next_down()), 0.0);
    }
}
