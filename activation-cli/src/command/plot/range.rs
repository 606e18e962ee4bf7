//! From where to where x goes, if nobody says.

use activation_chart::{Curve, Point, ticks};

/// What is seen of a function without any place of interest.
const USUAL: (f64, f64) = (-5.0, 5.0);

/// Places of a function that should be seen; all are finite, but the domain may not be.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Kinks, zeros, turns: what happens there should have some room on both sides.
    pub(super) inner: Vec<f64>,
    /// From where on it hardly changes any more.
    pub(super) tails: Vec<f64>,
    /// Where there are values at all.
    pub(super) domain: (f64, f64),
}

impl Places {
    /// Those of several functions.
    pub(super) fn of_all<'p>(all: impl IntoIterator<Item = &'p Places>) -> Places {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let mut together = Places { inner: Vec::new(), tails: Vec::new(), domain: none };
        for places in all {
            together.inner.extend(&places.inner);
            together.tails.extend(&places.tails);
            let (low, high) = places.domain;
            together.domain = (together.domain.0.min(low), together.domain.1.max(high));
        }
        together
    }
}

/// A range with all of the places well inside, round ends, and 0 in its middle if that is near.
pub(super) fn around(places: &Places) -> (f64, f64) {
    let all = || places.inner.iter().chain(&places.tails).copied();
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let between = high - low;
    // What is about 0 only has no scale of its own.
    if !between.is_finite() || (low == 0.0 && high == 0.0) {
        return within(USUAL, places.domain);
    }
    let nearest = if low <= 0.0 && 0.0 <= high { 0.0 } else { low.abs().min(high.abs()) };
    let is_about_zero = nearest <= 2.0 * between || nearest <= USUAL.1 || places.inner.is_empty();
    let range = if is_about_zero {
        // Room for what happens: as much again as it is away from 0, more if that is little.
        let room = |place: f64| (1.3 * place).max(place + (3.0 * place).min(3.0));
        let inner = places.inner.iter().map(|place| room(place.abs())).fold(0.0, f64::max);
        let reach = places.tails.iter().map(|place| 1.3 * place.abs()).fold(inner, f64::max);
        (-reach, reach)
    } else {
        let width = if between > 0.0 { 1.6 * between } else { low.abs() };
        let middle = low + between / 2.0;
        (middle - width / 2.0, middle + width / 2.0)
    };
    within(rounded(range), places.domain)
}

/// A narrower range of x, if the curves are within that range of y on less than half of it, as a steep parabola is: so that they
/// fill two thirds. Where few points are within, a little more than those: with more points there, it can be asked for again.
pub(super) fn narrowed(x: (f64, f64), y: (f64, f64), curves: &[&Curve]) -> Option<(f64, f64)> {
    const FEW: usize = 32;
    let is_seen = |point: &Point| y.0 <= point.1 && point.1 <= y.1;
    let seen: Vec<f64> =
        curves.iter().flat_map(|curve| curve.points()).filter(is_seen).map(|point| point.0).collect();
    let low = seen.iter().copied().fold(f64::INFINITY, f64::min);
    let high = seen.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let whole = x.1 - x.0;
    if low > high || high - low >= whole / 2.0 {
        return None;
    }
    let middle = low + (high - low) / 2.0;
    let width = if seen.len() < FEW { high - low + whole / 100.0 } else { 1.5 * (high - low) };
    let (low, high) = rounded((middle - width / 2.0, middle + width / 2.0));
    Some((low.max(x.0), high.min(x.1)))
}

/// The ends moved outwards to round numbers.
fn rounded((low, high): (f64, f64)) -> (f64, f64) {
    let marks = ticks((low, high), 20);
    let step = marks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1.0);
    let slack = 1e-6;
    // No more digits than such a number has.
    let short = |end: f64| format!("{end:.9e}").parse().unwrap_or(end);
    (short((low / step + slack).floor() * step), short((high / step - slack).ceil() * step))
}

/// Cut where there are no values, with a margin.
fn within((low, high): (f64, f64), domain: (f64, f64)) -> (f64, f64) {
    let margin = 0.05 * (high - low);
    (low.max(domain.0.min(high) - margin), high.min(domain.1.max(low) + margin))
}

#[cfg(test)]
mod tests {
    use super::{Places, around};

    fn of(inner: &[f64], tails: &[f64]) -> (f64, f64) {
        let domain = (f64::NEG_INFINITY, f64::INFINITY);
        around(&Places { inner: inner.to_vec(), tails: tails.to_vec(), domain })
    }

    #[test]
    fn ranges_are_round_and_show_everything() {
        assert_eq!(of(&[], &[]), (-5.0, 5.0));
        assert_eq!(of(&[0.0], &[]), (-5.0, 5.0));
        assert_eq!(of(&[0.0], &[-2.99, 2.99]), (-4.0, 4.0));
        assert_eq!(of(&[0.0], &[-4.6, 4.6]), (-6.0, 6.0));
        assert_eq!(of(&[0.0], &[-4.6]), (-6.0, 6.0));
        assert_eq!(of(&[-0.5, 0.5], &[]), (-2.0, 2.0));
        assert_eq!(of(&[0.0, 6.0], &[]), (-9.0, 9.0));
        assert_eq!(of(&[1.0], &[]), (-4.0, 4.0));
        assert_eq!(of(&[], &[-4.6]), (-6.0, 6.0));
        assert_eq!(of(&[300.0], &[297.0, 303.0]), (295.0, 305.0));
        assert_eq!(of(&[1000.0], &[]), (500.0, 1500.0));
        for scale in [1e-9, 1e-3, 1.0, 1e6, 1e200] {
            let (low, high) = of(&[-scale, 0.3 * scale], &[]);
            assert!(low < -scale && 0.3 * scale < high && high - low < 11.0 * scale, "{low} {high}");
        }
    }

    #[test]
    fn no_room_is_lost_where_there_are_no_values() {
        let places = Places { inner: vec![0.0, 1.0], tails: Vec::new(), domain: (0.0, f64::INFINITY) };
        assert_eq!(around(&places), (-0.4, 4.0));
    }
}
