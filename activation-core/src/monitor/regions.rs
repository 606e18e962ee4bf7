//! Where the derivative is small, as intervals of inputs: searched for once, among the numbers of `f32`.

use super::look::{Below, BelowAndBetween, Beyond, Within};
use crate::{Output, Pointwise};

/// Intervals with both ends, in ascending order; infinite ends belong to them.
pub(super) type Intervals = Vec<(f32, f32)>;

/// Where |f'| is below a threshold, and where f' is 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Regions {
    pub(super) of: Places,
    pub(super) flat: Intervals,
    /// In `flat`.
    pub(super) dead: Intervals,
    pub(super) shape: Shape,
    pub(super) killed: Killed,
}

/// What the intervals are intervals of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Places {
    Inputs,
    /// There were so many intervals of inputs that it is quicker to ask the derivative.
    Slopes,
}

/// `flat` in a form that takes few comparisons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Nowhere,
    Below(Below),
    BelowAndBetween(BelowAndBetween),
    Beyond(Beyond),
    Within(Within),
    /// None of these: interval by interval.
    Intervals,
}

/// How `dead` is told from `flat`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Killed {
    Never,
    AllFlat,
    /// In the shape: from this depth on.
    FromDepth(f32),
    Intervals,
}

/// How many intervals are few.
const FEW: usize = 6;

impl Regions {
    pub(super) fn of(activation: &impl Pointwise, threshold: f32) -> Self {
        let search = Search::new(activation);
        let found =
            (search.intervals(|slope| slope.abs() < threshold), search.intervals(|slope| slope == 0.0));
        match found {
            (Some(flat), Some(dead)) => Regions::from_intervals(Places::Inputs, flat, dead),
            _ => {
                let below = threshold.next_down();
                Regions::from_intervals(Places::Slopes, vec![(-below, below)], vec![(-0.0, 0.0)])
            }
        }
    }

    fn from_intervals(of: Places, flat: Intervals, dead: Intervals) -> Self {
        let shape = Shape::of(&flat);
        let killed = match (shape, Shape::of(&dead)) {
            (_, Shape::Nowhere) => Killed::Never,
            _ if flat == dead => Killed::AllFlat,
            (Shape::Below(_) | Shape::BelowAndBetween(_), Shape::Below(Below(high))) => {
                Killed::FromDepth(-high)
            }
            (Shape::Beyond(_), Shape::Beyond(Beyond(size))) => Killed::FromDepth(size),
            (Shape::Within(_), Shape::Within(Within(size))) => Killed::FromDepth(-size),
            _ => Killed::Intervals,
        };
        Regions { of, flat, dead, shape, killed }
    }
}

impl Shape {
    fn of(intervals: &[(f32, f32)]) -> Self {
        const LEAST: f32 = f32::NEG_INFINITY;
        match *intervals {
            [] => Shape::Nowhere,
            [(LEAST, high)] => Shape::Below(Below(high)),
            [(low, high)] if low == -high => Shape::Within(Within(high)),
            [(LEAST, high), (low, f32::INFINITY)] if high == -low => Shape::Beyond(Beyond(low)),
            [(LEAST, below), (low, high)] => Shape::BelowAndBetween(BelowAndBetween(below, [low, high])),
            _ => Shape::Intervals,
        }
    }
}

/// Inputs and slopes there, in ascending order: close together, with those between which f' changes its sign and those at which |f'|
/// is smallest.
struct Search<'a, P> {
    activation: &'a P,
    ranks: Vec<i32>,
    slopes: Vec<f32>,
}

impl<'a, P: Pointwise> Search<'a, P> {
    fn new(activation: &'a P) -> Self {
        const STEP: usize = 1 << 17;
        let evenly = (-20 * 256..=20 * 256).map(|index| rank(index as f32 / 256.0));
        let by_size = (rank(f32::NEG_INFINITY)..rank(f32::INFINITY)).step_by(STEP);
        let mut ranks: Vec<i32> = evenly.chain(by_size).chain([-1, 0, rank(f32::INFINITY)]).collect();
        let mut search = Search { activation, ranks: Vec::new(), slopes: Vec::new() };
        search.set(&mut ranks);
        let mut found = search.turns();
        if !found.is_empty() {
            ranks.append(&mut found);
            search.set(&mut ranks);
        }
        search
    }

    fn set(&mut self, ranks: &mut Vec<i32>) {
        ranks.sort_unstable();
        ranks.dedup();
        let inputs: Vec<f32> = ranks.iter().copied().map(number).collect();
        self.slopes = vec![0.0; inputs.len()];
        self.activation.evaluate_into(Output::Derivative, &inputs, &mut self.slopes);
        self.ranks.clone_from(ranks);
    }

    fn slope(&self, rank: i32) -> f32 {
        let mut slope = [0.0];
        self.activation.evaluate_into(Output::Derivative, &[number(rank)], &mut slope);
        slope[0]
    }

    /// Both sides of every change of sign, and where |f'| is smallest. Where there are many, there are more intervals than it
    /// takes to give up.
    fn turns(&self) -> Vec<i32> {
        let mut found = Vec::new();
        for (ranks, slopes) in self.ranks.windows(2).zip(self.slopes.windows(2)) {
            if slopes[0] * slopes[1] < 0.0 && found.len() < 8 * FEW {
                let (before, after) =
                    self.boundary(ranks[0], ranks[1], |slope| (slope > 0.0) == (slopes[0] > 0.0));
                found.extend([before, after]);
            }
        }
        for (ranks, slopes) in self.ranks.windows(3).zip(self.slopes.windows(3)) {
            let [before, here, after] = [slopes[0].abs(), slopes[1].abs(), slopes[2].abs()];
            if here < before && here < after && here > 0.0 && found.len() < 8 * FEW {
                found.push(self.smallest(ranks[0], ranks[2]));
            }
        }
        found
    }

    /// The last rank from `inside` on that has the property, and the next one; `outside` has it not.
    fn boundary(&self, mut inside: i32, mut outside: i32, has: impl Fn(f32) -> bool) -> (i32, i32) {
        while inside.abs_diff(outside) > 1 {
            let middle = midpoint(inside, outside);
            *(if has(self.slope(middle)) { &mut inside } else { &mut outside }) = middle;
        }
        (inside, outside)
    }

    /// Where |f'| is smallest between two ranks, if it falls and then rises.
    fn smallest(&self, mut low: i32, mut high: i32) -> i32 {
        while low.abs_diff(high) > 2 {
            let middle = midpoint(low, high);
            let falls = self.slope(middle).abs() > self.slope(middle + 1).abs();
            *(if falls { &mut low } else { &mut high }) = middle;
        }
        midpoint(low, high)
    }

    /// Where the slope has a property; `None` where there are many intervals.
    fn intervals(&self, has: impl Fn(f32) -> bool) -> Option<Intervals> {
        let mut intervals = Intervals::new();
        let mut start = None;
        for (at, &slope) in self.slopes.iter().enumerate() {
            let edge = |inside: usize, outside: usize| {
                number(self.boundary(self.ranks[inside], self.ranks[outside], &has).0)
            };
            match (has(slope), start) {
                (true, None) => start = Some(if at == 0 { f32::NEG_INFINITY } else { edge(at, at - 1) }),
                (false, Some(low)) => {
                    intervals.push((low, edge(at - 1, at)));
                    start = None;
                    if intervals.len() > FEW {
                        return None;
                    }
                }
                _ => {}
            }
        }
        intervals.extend(start.map(|low| (low, f32::INFINITY)));
        (intervals.len() <= FEW).then_some(intervals)
    }
}

/// The place of a number among all of its type: -0 is at -1, 0 at 0.
fn rank(x: f32) -> i32 {
    let bits = x.to_bits() as i32;
    bits ^ ((bits >> 31) & i32::MAX)
}

fn number(rank: i32) -> f32 {
    f32::from_bits((rank ^ ((rank >> 31) & i32::MAX)) as u32)
}

fn midpoint(a: i32, b: i32) -> i32 {
    ((i64::from(a) + i64::from(b)) >> 1) as i32
}
