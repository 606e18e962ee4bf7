//! The inputs: where implementations go wrong, and a spread of ordinary ones.

use super::edges::{Function, Ranks, changes, kinks, roots};
use crate::data::Dtype;
use activation_core::contract::INPUTS;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why an input is there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// NaN, an infinity, zero, or an end of the range of numbers.
    Special,
    /// On a kink or a jump of f, f' or f'', or beside it.
    Kink,
    /// Beside a root of one of the functions.
    NearRoot,
    /// Beside the point at which a result vanishes, becomes subnormal, overflows, or becomes its limit; or further out.
    Tail,
    Subnormal,
    Ordinary,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) kind: Kind,
}

/// The inputs for an activation, and its kinks. `functions` are f, f', f'', and the derivatives by the parameters.
pub(super) fn points(
    functions: &[Function<'_>],
    parameters: &[f64],
    dtype: Dtype,
    count: usize,
) -> (Vec<Point>, Vec<f64>) {
    let ranks = Ranks(dtype);
    let by_variable = &functions[..functions.len() - parameters.len()];
    let kinks = kinks(by_variable, parameters);
    let mut kinds = BTreeMap::new();
    // What comes first decides on the kind.
    let mut add = |kind: Kind, rank: i64| {
        if rank.abs() <= ranks.last() {
            kinds.entry(rank).or_insert(kind);
        }
    };
    for &kink in &kinks {
        (-2..=2).for_each(|step| add(Kind::Kink, ranks.of(kink) + step));
    }
    for rank in functions.iter().flat_map(|function| roots(function, ranks)) {
        (-1..=2).for_each(|step| add(Kind::NearRoot, rank + step));
    }
    for rank in functions.iter().flat_map(|function| changes(function, ranks)) {
        // The numbering goes away from 0 on both sides.
        (-1..=2).for_each(|step| add(Kind::Tail, rank + rank.signum() * step));
    }
    ladder(dtype).into_iter().for_each(|x| add(Kind::Tail, ranks.of(x)));
    (-16..=16).for_each(|halves| add(Kind::Ordinary, ranks.of(f64::from(halves) / 2.0)));
    let least = match dtype {
        Dtype::F32 => f64::from(f32::MIN_POSITIVE),
        Dtype::F64 => f64::MIN_POSITIVE,
    };
    spread(ranks, count, least).for_each(|rank| add(Kind::Ordinary, rank));

    // In front stand the special ones, both zeros among them.
    let on_kink =
        |x: f64| x.is_finite() && kinks.iter().any(|&kink| (ranks.of(kink) - ranks.of(x)).abs() <= 2);
    let special = INPUTS.iter().map(|input| match dtype {
        Dtype::F32 => f64::from(input.f32),
        Dtype::F64 => input.f64,
    });
    let mut points: Vec<Point> =
        special.map(|x| Point { x, kind: if on_kink(x) { Kind::Kink } else { Kind::Special } }).collect();
    for point in points.iter().filter(|point| point.x.is_finite()) {
        kinds.remove(&ranks.of(point.x));
    }
    points.extend(kinds.into_iter().map(|(rank, kind)| {
        let x = ranks.at(rank);
        let subnormal = kind == Kind::Ordinary && x.abs() < least;
        Point { x, kind: if subnormal { Kind::Subnormal } else { kind } }
    }));
    (points, kinks)
}

/// Steps through the region in which exponentials fade, on both sides.
fn ladder(dtype: Dtype) -> Vec<f64> {
    const STEPS: i32 = 24;
    let (near, far) = match dtype {
        Dtype::F32 => (4.0_f64, 120.0_f64),
        Dtype::F64 => (4.0, 800.0),
    };
    let at = |step: i32| near * (far / near).powf(f64::from(step) / f64::from(STEPS));
    (0..=STEPS).flat_map(|step| [at(step), -at(step)]).collect()
}

/// `count` finite numbers spread evenly over bit patterns: half of them over all, half over those from 2^-8 to 2^8, where
/// the values of a network are; and subnormal ones, of which that would leave hardly any.
fn spread(ranks: Ranks, count: usize, least: f64) -> impl Iterator<Item = i64> {
    let within = |low: i64, high: i64, count: usize| {
        let width = (high - low) as f64;
        (0..count).map(move |index| {
            let rank = low + (width * (index as f64 + 0.5) / count as f64) as i64;
            // One on the right, one on the left.
            if index % 2 == 0 { rank } else { -rank }
        })
    };
    let everywhere = count / 2;
    within(1, ranks.last(), everywhere)
        .chain(within(ranks.of(2.0_f64.powi(-8)), ranks.of(2.0_f64.powi(8)), count - everywhere))
        .chain(within(1, ranks.of(least), 8 + count / 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relu() -> Vec<Function<'static>> {
        vec![
            Box::new(|x: f64| if x > 0.0 { x } else { x * 0.0 }),
            Box::new(|x: f64| if x > 0.0 { 1.0 } else { x * 0.0 }),
            Box::new(|x: f64| x * 0.0),
        ]
    }

    #[test]
    fn a_kink_has_both_its_sides() {
        let (points, kinks) = points(&relu(), &[], Dtype::F32, 100);
        assert_eq!(kinks, [0.0]);
        let on_kinks: Vec<f64> =
            points.iter().filter(|point| point.kind == Kind::Kink).map(|point| point.x).collect();
        assert_eq!(on_kinks[..2], [0.0, -0.0]);
        assert!(on_kinks[1].is_sign_negative() && on_kinks.len() == 6, "{on_kinks:?}");
    }

    #[test]
    fn every_input_is_there_once_and_is_of_the_type() {
        for dtype in [Dtype::F32, Dtype::F64] {
            let (points, _) = points(&relu(), &[], dtype, 100);
            let mut bits: Vec<u64> = points.iter().map(|point| point.x.to_bits()).collect();
            bits.sort_unstable();
            bits.dedup();
            assert_eq!(bits.len(), points.len());
            let exact = |x: f64| x.is_nan() || f64::from(x as f32) == x;
            assert!(matches!(dtype, Dtype::F64) || points.iter().all(|point| exact(point.x)));
            assert!(points.iter().any(|point| point.kind == Kind::Subnormal));
            assert!(points.len() > 200);
        }
    }
}
