//! Integrals against a normal density: Gauss and Kronrod's rule of 15 points on pieces, the worst of which is halved until
//! all integrals are exact enough.

use crate::normal::Normal;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The nodes of Kronrod's rule on [-1, 1] (the right half), its weights, and those of Gauss for every second node.
/// Piessens and others, QUADPACK, 1983.
const NODES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_89,
    0.209_482_141_084_727_82,
];
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// How many pieces there may be, of functions that oscillate.
pub(crate) const MOST_PIECES: usize = 3000;

/// A value of an integrand is a few numbers at once: their integrals are found together.
pub(crate) type Values<const N: usize> = [f64; N];

/// Integrals, and how far they may be off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Integrals<const N: usize> {
    pub(crate) values: Values<N>,
    pub(crate) errors: Values<N>,
    /// Of the absolute values, roughly: what errors are compared with, where the integral itself cancels.
    pub(crate) sizes: Values<N>,
}

/// Pieces of the axis of standard deviations, with what is known of each.
struct Piece<const N: usize> {
    low: f64,
    high: f64,
    values: Values<N>,
    errors: Values<N>,
    sizes: Values<N>,
    /// The largest error, each in units of what is allowed of it; the order of pieces.
    badness: f64,
}

impl<const N: usize> PartialEq for Piece<N> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<const N: usize> Eq for Piece<N> {}

impl<const N: usize> PartialOrd for Piece<N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<const N: usize> Ord for Piece<N> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.badness.total_cmp(&other.badness)
    }
}

/// The expectations of some functions of a standard normal variable z, to `tolerance` times the size of each; `walls` are
/// where pieces end, ascending; of which there will be no more than `most_pieces`.
pub(crate) fn expectations<const N: usize>(
    integrand: impl Fn(f64) -> Values<N>,
    walls: &[f64],
    tolerance: f64,
    most_pieces: usize,
) -> Integrals<N> {
    let rule = |low: f64, high: f64| piece(&integrand, low, high);
    let first: Vec<Piece<N>> = walls.windows(2).map(|pair| rule(pair[0], pair[1])).collect();
    let mut allowed = [0.0; N];
    for (index, allowed) in allowed.iter_mut().enumerate() {
        let size: f64 = first.iter().map(|piece| piece.sizes[index]).sum();
        *allowed = if size.is_finite() { size * tolerance } else { f64::MAX };
    }
    let rated = |mut piece: Piece<N>| {
        // What is not finite does not become so by looking closer.
        let worst = piece
            .errors
            .iter()
            .zip(&allowed)
            .map(|(error, allowed)| error / allowed.max(1e-300))
            .filter(|share| share.is_finite());
        piece.badness = worst.fold(0.0, f64::max);
        piece
    };
    let mut pieces: BinaryHeap<Piece<N>> = first.into_iter().map(rated).collect();
    let mut total: f64 = pieces.iter().map(|piece| piece.badness).sum();
    let mut done = Vec::new();
    while total > 1.0 && pieces.len() + done.len() < most_pieces {
        let Some(worst) = pieces.pop() else { break };
        let middle = worst.low + (worst.high - worst.low) / 2.0;
        if !(worst.low < middle && middle < worst.high) || worst.badness == 0.0 {
            total -= worst.badness;
            done.push(worst);
            continue;
        }
        total -= worst.badness;
        for (low, high) in [(worst.low, middle), (middle, worst.high)] {
            let half = rated(rule(low, high));
            total += half.badness;
            pieces.push(half);
        }
        // Differences of large and small errors leave nothing of the small ones.
        total = total.max(pieces.peek().map_or(0.0, |piece| piece.badness));
    }
    done.extend(pieces);
    // The small ones first.
    done.sort_by(|a, b| a.low.abs().max(a.high.abs()).total_cmp(&b.low.abs().max(b.high.abs())).reverse());
    let mut result = Integrals { values: [0.0; N], errors: [0.0; N], sizes: [0.0; N] };
    for piece in &done {
        for index in 0..N {
            result.values[index] += piece.values[index];
            result.errors[index] += piece.errors[index];
            result.sizes[index] += piece.sizes[index];
        }
    }
    result
}

/// Kronrod's rule, and its difference to that of Gauss as QUADPACK judges it.
fn piece<const N: usize>(integrand: &impl Fn(f64) -> Values<N>, low: f64, high: f64) -> Piece<N> {
    let (centre, half) = (low + (high - low) / 2.0, (high - low) / 2.0);
    let at = |z: f64| {
        let density = Normal::density(z);
        let values = integrand(z);
        // Of what is infinite nothing remains where the density has underflowed.
        values.map(|value| if density == 0.0 { 0.0 } else { value * density })
    };
    let mut nodes: Vec<(Values<N>, f64, f64)> = Vec::with_capacity(15);
    for (index, &node) in NODES.iter().enumerate() {
        let gauss = if index % 2 == 1 { GAUSS[index / 2] } else { 0.0 };
        nodes.push((at(centre + half * node), KRONROD[index], gauss));
        if node != 0.0 {
            nodes.push((at(centre - half * node), KRONROD[index], gauss));
        }
    }
    let (mut values, mut errors, mut sizes) = ([0.0; N], [0.0; N], [0.0; N]);
    for index in 0..N {
        let sum = |weight: fn(&(Values<N>, f64, f64)) -> f64| -> f64 {
            nodes.iter().map(|node| node.0[index] * weight(node)).sum()
        };
        let (kronrod, gauss) = (sum(|node| node.1), sum(|node| node.2));
        let spread: f64 = nodes.iter().map(|node| (node.0[index] - kronrod / 2.0).abs() * node.1).sum();
        let difference = (kronrod - gauss).abs();
        let judged =
            if spread > 0.0 { spread * (200.0 * difference / spread).powf(1.5).min(1.0) } else { difference };
        values[index] = kronrod * half;
        errors[index] = judged * half;
        sizes[index] = nodes.iter().map(|node| node.0[index].abs() * node.1).sum::<f64>() * half;
    }
    Piece { low, high, values, errors, sizes, badness: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::expectations;
    use crate::normal::Normal;

    #[test]
    fn known_integrals() {
        let walls = [-Normal::REACH, -8.0, 0.0, 0.3, 8.0, Normal::REACH];
        let integrals = expectations(
            |z| [1.0, z * z, z.exp(), if z > 0.3 { 1.0 } else { 0.0 }, (20.0 * z).cos()],
            &walls,
            1e-13,
            500,
        );
        let expected = [1.0, 1.0, 0.5_f64.exp(), 0.382_088_577_811_047_3, (-200.0_f64).exp()];
        for ((value, error), expected) in integrals.values.iter().zip(integrals.errors).zip(expected) {
            assert!((value - expected).abs() < 1e-13 && error < 1e-12, "{integrals:?}");
        }
    }
}
