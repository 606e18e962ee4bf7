//! A look at a block of numbers and what became of them: one loop, written so that compilers make vectors of it.
//!
//! Numbers are dealt out to [`LANES`] lanes, which are put together only behind many blocks ([`Seen`]). So no result depends on how
//! wide vectors are.

use activation_math::{Kernel, lane::Lane};

/// As many as fill two of the widest registers: with fewer, additions would wait for one another.
pub(super) const LANES: usize = 32;

/// Numbers of a block: with their results they fill half of the first cache.
pub(super) const BLOCK: usize = 2048;

/// Numbers whose sums are as exact as the type of the results; sums of these are in `f64`. A lane gets 16 of them, and its sum is off
/// by at most 16 rounding errors.
const RUN: usize = 512;

/// What comes of numbers: `f32` for all types but `f64`.
pub(super) trait Number: Lane + PartialEq + Default + Into<f64> {}

impl Number for f32 {}
impl Number for f64 {}

/// Inputs that are counted, in a form that takes few comparisons. No region has NaN.
pub(super) trait Region: Copy {
    fn has(self, x: f32) -> bool;

    /// How far inside x is: numbers that are far enough are those of a smaller region.
    fn depth(self, x: f32) -> f32;
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Nowhere;

impl Region for Nowhere {
    #[inline(always)]
    fn has(self, _: f32) -> bool {
        false
    }

    #[inline(always)]
    fn depth(self, _: f32) -> f32 {
        f32::NEG_INFINITY
    }
}

/// From -infinity to this.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Below(pub(super) f32);

impl Region for Below {
    #[inline(always)]
    fn has(self, x: f32) -> bool {
        x <= self.0
    }

    #[inline(always)]
    fn depth(self, x: f32) -> f32 {
        -x
    }
}

/// From -infinity to a number, and between two others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct BelowAndBetween(pub(super) f32, pub(super) [f32; 2]);

impl Region for BelowAndBetween {
    #[inline(always)]
    fn has(self, x: f32) -> bool {
        let BelowAndBetween(below, [low, high]) = self;
        (x <= below) | ((x >= low) & (x <= high))
    }

    #[inline(always)]
    fn depth(self, x: f32) -> f32 {
        -x
    }
}

/// From a distance from 0 on, to both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beyond(pub(super) f32);

impl Region for Beyond {
    #[inline(always)]
    fn has(self, x: f32) -> bool {
        x.abs() >= self.0
    }

    #[inline(always)]
    fn depth(self, x: f32) -> f32 {
        x.abs()
    }
}

/// Up to a distance from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Within(pub(super) f32);

impl Region for Within {
    #[inline(always)]
    fn has(self, x: f32) -> bool {
        x.abs() <= self.0
    }

    #[inline(always)]
    fn depth(self, x: f32) -> f32 {
        -x.abs()
    }
}

/// What has been seen of several blocks, lane by lane.
#[derive(Clone)]
pub(super) struct Seen {
    inside: [u32; LANES],
    zeros: [u32; LANES],
    deepest: [f32; LANES],
    sums: [f64; LANES],
    squares: [f64; LANES],
}

impl Seen {
    pub(super) fn nothing() -> Self {
        Seen {
            inside: [0; LANES],
            zeros: [0; LANES],
            deepest: [f32::NEG_INFINITY; LANES],
            sums: [0.0; LANES],
            squares: [0.0; LANES],
        }
    }

    /// How many inputs were in the region.
    pub(super) fn inside(&self) -> u64 {
        self.inside.iter().copied().map(u64::from).sum()
    }

    /// How many results were 0.
    pub(super) fn zeros(&self) -> u64 {
        self.zeros.iter().copied().map(u64::from).sum()
    }

    /// The depth of the innermost input.
    pub(super) fn deepest(&self) -> f32 {
        self.deepest.iter().copied().fold(f32::NEG_INFINITY, f32::max)
    }

    /// The sum of the distances of results from the centre, and of their squares.
    pub(super) fn sums(&self) -> [f64; 2] {
        [self.sums.iter().sum(), self.squares.iter().sum()]
    }
}

/// Sums of one [`RUN`].
#[derive(Clone, Copy)]
struct Run<Y> {
    sums: [Y; LANES],
    squares: [Y; LANES],
}

/// The loop over at most a [`BLOCK`] of inputs and results. `HAS_DEPTHS`: whether it takes note of depths.
pub(super) struct Look<'a, R, Y, const HAS_DEPTHS: bool> {
    pub(super) x: &'a [f32],
    pub(super) y: &'a [Y],
    pub(super) region: R,
    /// What distances are measured from.
    pub(super) centre: Y,
    pub(super) counted_in: CountedIn,
    pub(super) seen: &'a mut Seen,
}

/// What is added for an input in the region, and for a result that is 0: one register of counters does for both, with 16 bits each.
///
/// That these are 1 and 2^16 is hidden from the compiler, which would turn masks into numbers before it adds them.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountedIn([u32; 2]);

impl CountedIn {
    pub(super) fn halves() -> Self {
        CountedIn(core::hint::black_box([1, 1 << 16]))
    }
}

impl<R: Region, Y: Number, const HAS_DEPTHS: bool> Kernel for Look<'_, R, Y, HAS_DEPTHS> {
    type Result = ();

    #[inline(always)]
    fn run(self) {
        let Look { x, y, region, centre, counted_in: CountedIn([of_inside, of_zero]), seen } = self;
        let zero = Y::default();
        let whole = x.len() - x.len() % LANES;
        let ((x, x_left), (y, y_left)) = (x.split_at(whole), y.split_at(whole));

        let mut counted = [0_u32; LANES];
        let mut deepest = [f32::NEG_INFINITY; LANES];
        // Sums wait in memory: widened where they are made, they would not stay in registers.
        let mut runs = [Run { sums: [zero; LANES], squares: [zero; LANES] }; BLOCK / RUN];
        for ((x, y), run) in x.chunks(RUN).zip(y.chunks(RUN)).zip(&mut runs) {
            let [mut sums, mut squares] = [[zero; LANES]; 2];
            for (x, y) in x.as_chunks::<LANES>().0.iter().zip(y.as_chunks::<LANES>().0) {
                for lane in 0..LANES {
                    let (x, y) = (x[lane], y[lane]);
                    counted[lane] += if region.has(x) { of_inside } else { 0 };
                    counted[lane] += if y == zero { of_zero } else { 0 };
                    if HAS_DEPTHS {
                        let depth = region.depth(x);
                        deepest[lane] = if depth > deepest[lane] { depth } else { deepest[lane] };
                    }
                    let distance = y - centre;
                    sums[lane] = sums[lane] + distance;
                    squares[lane] = distance.mul_add(distance, squares[lane]);
                }
            }
            *run = Run { sums, squares };
        }

        let [mut sums, mut squares] = [seen.sums, seen.squares];
        for run in &runs[..x.len().div_ceil(RUN)] {
            for lane in 0..LANES {
                sums[lane] += run.sums[lane].into();
                squares[lane] += run.squares[lane].into();
            }
        }
        [seen.sums, seen.squares] = [sums, squares];
        for ((inside, zeros), counted) in seen.inside.iter_mut().zip(&mut seen.zeros).zip(counted) {
            *inside += counted & 0xffff;
            *zeros += counted >> 16;
        }
        if HAS_DEPTHS {
            for (deepest, of_block) in seen.deepest.iter_mut().zip(deepest) {
                *deepest = deepest.max(of_block);
            }
        }

        for (lane, (&x, &y)) in x_left.iter().zip(y_left).enumerate() {
            seen.inside[lane] += u32::from(region.has(x));
            seen.zeros[lane] += u32::from(y == zero);
            seen.deepest[lane] = seen.deepest[lane].max(region.depth(x));
            let distance: f64 = (y - centre).into();
            seen.sums[lane] += distance;
            seen.squares[lane] += distance * distance;
        }
    }
}
