//! Where something happens: kinks, roots, and the ends of the range of results.
//!
//! They are only looked for with the activation's own functions, which are fast; what is true there, the oracle says. A grid
//! is walked, and a cell in which something changes is halved, by bit patterns, until its ends are neighbours.

use crate::data::Dtype;

/// The finite numbers of a type in their order: 0 is number 0, the smallest subnormal number 1, its negative number -1.
#[derive(Clone, Copy)]
pub(super) struct Ranks(pub(super) Dtype);

impl Ranks {
    /// The number of the largest finite number.
    pub(super) fn last(self) -> i64 {
        match self.0 {
            Dtype::F32 => i64::from(f32::MAX.to_bits()),
            Dtype::F64 => f64::MAX.to_bits().cast_signed(),
        }
    }

    /// The number of the nearest number of the type.
    pub(super) fn of(self, x: f64) -> i64 {
        let size = match self.0 {
            Dtype::F32 => i64::from((x.abs() as f32).to_bits()),
            Dtype::F64 => x.abs().to_bits().cast_signed(),
        };
        if x.is_sign_negative() { -size } else { size }
    }

    /// The number of this number.
    pub(super) fn at(self, rank: i64) -> f64 {
        let size = rank.unsigned_abs();
        let size = match self.0 {
            Dtype::F32 => f64::from(f32::from_bits(size as u32)),
            Dtype::F64 => f64::from_bits(size),
        };
        if rank < 0 { -size } else { size }
    }
}

/// A function of the activation.
pub(super) type Function<'a> = Box<dyn Fn(f64) -> f64 + 'a>;

/// How many cells of the grids a unit has. A power of two, so that whole numbers are on the grid.
const CELLS: i64 = 64;

/// The points at which one of `functions` jumps: those from -16 to 16, and those beside one of `places`, which are the
/// parameters.
pub(super) fn kinks(functions: &[Function<'_>], places: &[f64]) -> Vec<f64> {
    /// A formula that is made of noise has jumps everywhere; no real one has more than this.
    const MOST: usize = 32;
    let near =
        (-16 * CELLS..16 * CELLS).map(|cell| (cell as f64 / CELLS as f64, (cell + 1) as f64 / CELLS as f64));
    let far = places.iter().flat_map(|&place| [place, -place]).filter(|place| place.abs() > 16.0);
    let width = 1.0 / CELLS as f64;
    let cells = near.chain(far.map(|place| (place - width, place + width)));
    let mut found: Vec<f64> = cells.filter_map(|(low, high)| jump_between(functions, low, high)).collect();
    found.sort_by(f64::total_cmp);
    found.dedup();
    found.truncate(MOST);
    found
}

/// Follows the largest change of the functions down to two neighbours. If they still differ there, the kink is the rounder
/// one: 3, not the number before it.
fn jump_between(functions: &[Function<'_>], low: f64, high: f64) -> Option<f64> {
    /// A change that is smaller than this is no jump, or one that no test could tell from rounding.
    const LEAST: f64 = 1e-7;
    let ranks = Ranks(Dtype::F64);
    let values =
        |rank: i64| -> Vec<f64> { functions.iter().map(|function| function(ranks.at(rank))).collect() };
    let (mut low, mut high) = (ranks.of(low), ranks.of(high));
    let (mut left, mut right) = (values(low), values(high));
    while jump(&left, &right) > LEAST {
        if high - low <= 1 {
            return [low, high].map(|rank| ranks.at(rank)).into_iter().min_by_key(|x| x.to_string().len());
        }
        let middle = low + (high - low) / 2;
        let between = values(middle);
        if jump(&left, &between) > jump(&between, &right) {
            (high, right) = (middle, between);
        } else {
            (low, left) = (middle, between);
        }
    }
    None
}

/// How much two sets of values differ, from 0 to 1 each.
fn jump(left: &[f64], right: &[f64]) -> f64 {
    let differences = left.iter().zip(right).map(|(&a, &b)| {
        if a == b || a.is_nan() && b.is_nan() {
            0.0
        } else if a.is_finite() && b.is_finite() {
            (a - b).abs() / (1.0 + a.abs() + b.abs())
        } else {
            1.0
        }
    });
    differences.sum()
}

/// The roots of `function` from -32 to 32, those nearest to 0 first: the numbers of the type just before each.
pub(super) fn roots(function: &Function<'_>, ranks: Ranks) -> Vec<i64> {
    /// An oscillation has more than are worth having.
    const MOST: usize = 6;
    let grid: Vec<i64> =
        (-32 * CELLS..=32 * CELLS).map(|cell| ranks.of(cell as f64 / CELLS as f64)).collect();
    let sign = |rank: i64| function(ranks.at(rank)).partial_cmp(&0.0);
    let mut found: Vec<i64> = grid
        .windows(2)
        .filter(
            |cell| matches!((sign(cell[0]), sign(cell[1])), (Some(a), Some(b)) if a == b.reverse() && a != b),
        )
        .map(|cell| last_like_first(cell[0], cell[1], sign))
        .collect();
    found.sort_by_key(|rank| rank.abs());
    found.truncate(MOST);
    found
}

/// What becomes of a result in the type.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Vanished,
    Subnormal,
    Ordinary,
    /// It has become the limit at infinity.
    Arrived,
    Infinite,
    Nan,
}

/// The numbers of the type on both sides of which a result of `function` has different fates, those nearest to 0 first.
pub(super) fn changes(function: &Function<'_>, ranks: Ranks) -> Vec<i64> {
    /// On each side. An oscillation far out may have any number.
    const MOST: usize = 8;
    let quarter_binade = match ranks.0 {
        Dtype::F32 => 1 << 21,
        Dtype::F64 => 1 << 50,
    };
    let mut found = Vec::new();
    for side in [1, -1] {
        let limit = function(side as f64 * f64::INFINITY);
        let fate = |rank: i64| fate(function(ranks.at(rank)), limit, ranks.0);
        let steps = (1..=ranks.last() / quarter_binade).map(|step| side * step * quarter_binade);
        let grid: Vec<i64> = std::iter::once(side).chain(steps).chain([side * ranks.last()]).collect();
        let fates: Vec<Fate> = grid.iter().map(|&rank| fate(rank)).collect();
        let cells = grid.windows(2).zip(fates.windows(2)).filter(|(_, fates)| fates[0] != fates[1]);
        found.extend(cells.take(MOST).map(|(cell, _)| last_like_first(cell[0], cell[1], fate)));
    }
    found
}

fn fate(value: f64, limit: f64, dtype: Dtype) -> Fate {
    let (value, limit, least) = match dtype {
        Dtype::F32 => (f64::from(value as f32), f64::from(limit as f32), f64::from(f32::MIN_POSITIVE)),
        Dtype::F64 => (value, limit, f64::MIN_POSITIVE),
    };
    match value.abs() {
        size if size.is_nan() => Fate::Nan,
        0.0 => Fate::Vanished,
        size if size < least => Fate::Subnormal,
        f64::INFINITY => Fate::Infinite,
        _ if value == limit => Fate::Arrived,
        _ => Fate::Ordinary,
    }
}

/// The last number from `first` towards `end` at which `quality` is what it is at `first`; it is not at `end`.
fn last_like_first<Q: PartialEq>(first: i64, end: i64, quality: impl Fn(i64) -> Q) -> i64 {
    let here = quality(first);
    let (mut inside, mut outside) = (first, end);
    while (outside - inside).abs() > 1 {
        let middle = inside + (outside - inside) / 2;
        if quality(middle) == here { inside = middle } else { outside = middle }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_in_order_and_lead_back() {
        for ranks in [Ranks(Dtype::F32), Ranks(Dtype::F64)] {
            let numbers = [f64::from(f32::MIN), -1.5, -1e-40, 0.0, 1e-40, 0.25, 1.0, f64::from(f32::MAX)];
            for pair in numbers.windows(2) {
                assert!(ranks.of(pair[0]) < ranks.of(pair[1]));
            }
            for rank in [-ranks.last(), -1, 0, 1, 2, ranks.last()] {
                assert_eq!(ranks.of(ranks.at(rank)), rank);
            }
            assert!(ranks.at(ranks.last()).is_finite());
        }
    }

    #[test]
    fn kinks_are_found_where_they_are_and_nowhere_else() {
        let functions: [Function<'_>; 3] = [
            Box::new(|x| if x <= -2.5 { 0.0 } else { x.max(0.1) }),
            Box::new(|x| f64::from(x >= 0.1)),
            Box::new(|x| f64::from(x >= 100.0)),
        ];
        assert_eq!(kinks(&functions, &[100.0]), [-2.5, 0.1, 100.0]);
        assert_eq!(kinks(&functions, &[]), [-2.5, 0.1]);
        let smooth: [Function<'_>; 2] = [Box::new(f64::exp), Box::new(|x| (x / 0.1).tanh())];
        assert!(kinks(&smooth, &[3.0]).is_empty());
    }

    #[test]
    fn roots_lie_between_neighbours() {
        let ranks = Ranks(Dtype::F32);
        let function: Function<'_> = Box::new(|x| x * x - 3.0);
        let found: Vec<f64> = roots(&function, ranks).into_iter().map(|rank| ranks.at(rank)).collect();
        assert_eq!(found, [1.732_050_8_f32, -1.732_050_9].map(f64::from));
    }

    #[test]
    fn the_ends_of_the_range_are_found() {
        let ranks = Ranks(Dtype::F32);
        let exponential: Function<'_> = Box::new(f64::exp);
        let found: Vec<f64> = changes(&exponential, ranks).into_iter().map(|rank| ranks.at(rank)).collect();
        // ln(2^128), ln(2^-126) and ln(2^-150), on the near side.
        let expected = [88.722_83_f32, -87.336_54, -103.972_08].map(f64::from);
        assert_eq!(found, expected);
    }
}
