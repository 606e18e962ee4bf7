//! The analysis put together.

use crate::analysis::{
    Analysis, Asymptote, Bend, Bound, Ends, Extremum, FixedPoint, Inflection, Interval, Kink, KinkKind,
    Monotone, Piece, Points, Property, Range, Saturation, Trend,
};
use crate::edges::{Edges, Kind, Region};
use crate::extremes::extremes;
use crate::function::{Function, Side};
use crate::kinks::{kinks, smoothness};
use crate::parity::parity;
use crate::signs::{Signs, Stretch};
use crate::target::Target;
use activation_math::{Germ, Output};

impl Analysis {
    /// Analyses a function; its slope counts as small below [`Self::SATURATED`].
    pub fn of(function: Function<'_>) -> Self {
        Analysis::with_threshold(function, Analysis::SATURATED)
    }

    /// Analyses a function whose slope counts as small below `threshold`, a positive number.
    pub fn with_threshold(function: Function<'_>, threshold: f64) -> Self {
        let view = View { function, edges: Edges::of(function) };
        let mut unproven = Vec::new();
        let mut note = |property, proven: bool| {
            if !proven && !unproven.contains(&property) {
                unproven.push(property);
            }
        };
        let kinks = kinks(function, &view.edges);
        let values = view.signs(Output::Forward, 0.0, 0.0);
        let slopes = view.signs(Output::Derivative, 0.0, 0.0);
        let curvatures = view.signs(Output::SecondDerivative, 0.0, 0.0);

        let (range, proven) = extremes(function, Output::Forward, &view.edges, &slopes);
        note(Property::Range, proven);
        let (slope_range, proven) = extremes(function, Output::Derivative, &view.edges, &curvatures);
        note(Property::Lipschitz, proven);
        let (parity, proven) = parity(function, &view.edges);
        note(Property::Parity, proven);

        let (zeros, proven) = view.points(&values, 0.0);
        note(Property::Zeros, proven);
        let differences = view.signs(Output::Forward, -1.0, 0.0);
        let (fixed, proven) = view.points(&differences, 1.0);
        note(Property::FixedPoints, proven);
        let fixed_points = Points {
            points: fixed
                .points
                .iter()
                .map(|&x| FixedPoint { x, slope: function.at(Output::Derivative, x) })
                .collect(),
            intervals: fixed.intervals,
            unknown: fixed.unknown,
        };

        let trends = [Trend::Decreasing, Trend::Constant, Trend::Increasing];
        let pieces = view.pieces(&slopes, trends, Trend::Unknown, |x| is_continuous(&kinks, x));
        note(Property::Monotone, pieces.proven);
        let (monotone, strict) = overall(&pieces.list, &kinks);
        let extrema = extrema(function, &pieces.list, &kinks);
        let bends = [Bend::Concave, Bend::Straight, Bend::Convex];
        let bends = view.pieces(&curvatures, bends, Bend::Unknown, |x| has_slope(&kinks, x));
        note(Property::Convexity, bends.proven);
        let inflections = inflections(function, &bends.list, &kinks);

        let (saturation, proven) = view.saturation(threshold);
        note(Property::Saturation, proven);
        let dead = view.where_sign(&slopes, 0);
        let mut unresolved = pieces.unknown;
        unresolved.extend(view.edges.murky().map(|region| outward(region.low, region.high)));
        Analysis {
            domain: view.domain(),
            lipschitz: lipschitz(&slope_range, &kinks),
            range,
            slopes: slope_range,
            limits: Ends {
                left: function.limit(Output::Forward, f64::NEG_INFINITY, Side::Right),
                right: function.limit(Output::Forward, f64::INFINITY, Side::Left),
            },
            asymptotes: Ends { left: asymptote(function, true), right: asymptote(function, false) },
            parity,
            smoothness: smoothness(&kinks),
            zeros,
            fixed_points,
            monotone,
            strict,
            pieces: pieces.list,
            extrema,
            convexity: bends.list,
            inflections,
            saturation,
            dead,
            unresolved: joined(unresolved),
            unproven,
            kinks,
        }
    }
}

/// The function between its edges.
struct View<'a> {
    function: Function<'a>,
    edges: Edges,
}

/// What a function does piece by piece.
struct Pieces<T> {
    list: Vec<Piece<T>>,
    unknown: Vec<Interval>,
    proven: bool,
}

type Regions = Vec<(Region, Signs)>;

/// Ends of the range of doubles are infinite.
fn outward(low: f64, high: f64) -> Interval {
    Interval::new(
        if low <= -f64::MAX { f64::NEG_INFINITY } else { low },
        if high >= f64::MAX { f64::INFINITY } else { high },
    )
}

/// Intervals that touch, as one.
fn joined(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_by(|a, b| a.low.total_cmp(&b.low));
    let mut joined: Vec<Interval> = Vec::new();
    for next in intervals {
        match joined.last_mut() {
            Some(last) if next.low <= last.high => last.high = last.high.max(next.high),
            _ => joined.push(next),
        }
    }
    joined
}

impl View<'_> {
    /// The signs of `output(x) + linear x + constant`, region by region.
    fn signs(&self, output: Output, linear: f64, constant: f64) -> Regions {
        let target = Target { linear, constant, ..Target::of(self.function, output) };
        self.edges.smooth().map(|region| (region, Signs::over(&target, region))).collect()
    }

    /// A region up to the edges around it.
    fn wide(&self, stretch: Stretch, region: Region) -> Interval {
        let edge = |inner: f64, outer: f64| {
            if self.edges.points.contains(&outer) { outer + 0.0 } else { inner }
        };
        let low =
            if stretch.low == region.low { edge(region.low, region.low.next_down()) } else { stretch.low };
        let high =
            if stretch.high == region.high { edge(region.high, region.high.next_up()) } else { stretch.high };
        outward(low, high)
    }

    /// What the signs of a derivative say; pieces of one kind are one piece if nothing `holds` them apart.
    fn pieces<T: Copy + PartialEq>(
        &self,
        regions: &Regions,
        [less, none, more]: [T; 3],
        unknown: T,
        holds: impl Fn(f64) -> bool,
    ) -> Pieces<T> {
        let mut pieces = Pieces { list: Vec::new(), unknown: Vec::new(), proven: true };
        for (region, signs) in regions {
            for &stretch in &signs.stretches {
                let what = match stretch.sign {
                    Some(0) => none,
                    Some(sign) if sign < 0 => less,
                    Some(_) => more,
                    None => unknown,
                };
                let interval = self.wide(stretch, *region);
                pieces.proven &= stretch.proven;
                if stretch.sign.is_none() {
                    pieces.unknown.push(interval);
                }
                pieces.list.push(Piece { interval, what });
            }
        }
        for region in self.edges.murky() {
            pieces.proven = false;
            pieces.list.push(Piece { interval: outward(region.low, region.high), what: unknown });
        }
        pieces.list.sort_by(|a, b| a.interval.low.total_cmp(&b.interval.low));
        pieces.list.dedup_by(|next, last| {
            let join =
                next.what == last.what && next.interval.low == last.interval.high && holds(next.interval.low);
            if join {
                last.interval.high = next.interval.high;
            }
            join
        });
        pieces
    }

    fn where_sign(&self, regions: &Regions, sign: i8) -> Vec<Interval> {
        let all = regions.iter().flat_map(|(region, signs)| {
            let of_sign = signs.stretches.iter().filter(move |stretch| stretch.sign == Some(sign));
            of_sign.map(move |&stretch| self.wide(stretch, *region))
        });
        joined(all.collect())
    }

    /// The zeros of f(x) - `linear` x, whose signs are given; and whether that is proven.
    fn points(&self, regions: &Regions, linear: f64) -> (Points<f64>, bool) {
        let intervals = self.where_sign(regions, 0);
        let at_edges = self.edges.points.iter().copied();
        let mut points: Vec<f64> = at_edges
            .filter(|&x| self.function.at(Output::Forward, x) == linear * x)
            .chain(regions.iter().flat_map(|(_, signs)| signs.zeros.iter().map(|x| x + 0.0)))
            .filter(|&x| !intervals.iter().any(|interval| interval.contains(x)))
            .collect();
        points.sort_by(f64::total_cmp);
        points.dedup();
        let stretches = || regions.iter().flat_map(|(_, signs)| &signs.stretches);
        let proven = stretches().all(|stretch| stretch.proven) && self.edges.murky().next().is_none();
        (Points { points, intervals, unknown: self.unknown(regions) }, proven)
    }

    /// Where signs are not known.
    fn unknown(&self, regions: &Regions) -> Vec<Interval> {
        let stretches = regions.iter().flat_map(|(region, signs)| {
            let unknown = signs.stretches.iter().filter(|stretch| stretch.sign.is_none());
            unknown.map(|&stretch| self.wide(stretch, *region))
        });
        let murky = self.edges.murky().map(|region| outward(region.low, region.high));
        joined(stretches.chain(murky).collect())
    }

    /// Where |f'| is below a threshold.
    fn saturation(&self, threshold: f64) -> (Saturation, bool) {
        let below = self.signs(Output::Derivative, 0.0, -threshold);
        let above = self.signs(Output::Derivative, 0.0, threshold);
        let proven = [&below, &above].iter().all(|regions| {
            regions.iter().all(|(_, signs)| signs.stretches.iter().all(|stretch| stretch.proven))
        });
        let (small, not_steep) = (self.where_sign(&below, -1), self.where_sign(&above, 1));
        let mut both = Vec::new();
        for a in &small {
            for b in &not_steep {
                let (low, high) = (a.low.max(b.low), a.high.min(b.high));
                if low < high {
                    both.push(Interval::new(low, high));
                }
            }
        }
        let unknown = joined([self.unknown(&below), self.unknown(&above)].concat());
        (Saturation { threshold, intervals: joined(both), unknown }, proven)
    }

    /// Where the function has a value.
    fn domain(&self) -> Vec<Interval> {
        let defined = self.edges.regions.iter().filter(|region| region.kind != Kind::Undefined);
        let mut intervals: Vec<Interval> = defined
            .map(|region| {
                let whole = Stretch { low: region.low, high: region.high, sign: None, proven: true };
                self.wide(whole, *region)
            })
            .collect();
        intervals.sort_by(|a, b| a.low.total_cmp(&b.low));
        let mut domain: Vec<Interval> = Vec::new();
        for next in intervals {
            match domain.last_mut() {
                // Across an edge, unless there is no value.
                Some(last)
                    if next.low <= last.high.next_up()
                        && !self.function.at(Output::Forward, next.low).is_nan()
                        && self.function.at(Output::Forward, next.low).is_finite() =>
                {
                    last.high = next.high;
                }
                _ => domain.push(next),
            }
        }
        domain
    }
}

/// The jump at an edge, if there is one, from left to right.
fn jump(kink: &Kink) -> f64 {
    match (kink.values.left, kink.values.right) {
        (Some(left), Some(right)) if !kink.is_continuous() => right - left,
        _ => 0.0,
    }
}

fn overall(pieces: &[Piece<Trend>], kinks: &[Kink]) -> (Monotone, bool) {
    let has = |trend| pieces.iter().any(|piece| piece.what == trend);
    // A value at the edge that lies outside its two limits is a spike.
    let spike = |kink: &Kink, up: bool| match (kink.values.left, kink.values.right) {
        (Some(left), Some(right)) if !kink.value.is_nan() => {
            let (low, high) = if up { (left, right) } else { (right, left) };
            !kink.is_continuous() && !(low..=high).contains(&kink.value)
        }
        _ => false,
    };
    let rises = kinks.iter().any(|kink| jump(kink) > 0.0 || spike(kink, false)) || has(Trend::Increasing);
    let falls = kinks.iter().any(|kink| jump(kink) < 0.0 || spike(kink, true)) || has(Trend::Decreasing);
    let strict = !has(Trend::Constant);
    match (has(Trend::Unknown), rises, falls) {
        (true, ..) | (_, true, true) => (Monotone::None, false),
        (false, true, false) => (Monotone::Increasing, strict),
        (false, false, true) => (Monotone::Decreasing, strict),
        (false, false, false) => (Monotone::Constant, false),
    }
}

fn is_continuous(kinks: &[Kink], x: f64) -> bool {
    kinks.iter().all(|kink| kink.x != x || kink.is_continuous())
}

fn has_slope(kinks: &[Kink], x: f64) -> bool {
    kinks.iter().all(|kink| kink.x != x || matches!(kink.kind, KinkKind::Bend | KinkKind::Join))
}

fn extrema(function: Function<'_>, pieces: &[Piece<Trend>], kinks: &[Kink]) -> Vec<Extremum> {
    pieces
        .windows(2)
        .filter_map(|pair| {
            let x = pair[0].interval.high;
            let is_maximum = match (pair[0].what, pair[1].what) {
                (Trend::Increasing, Trend::Decreasing) => true,
                (Trend::Decreasing, Trend::Increasing) => false,
                _ => return None,
            };
            let touches = pair[1].interval.low == x && is_continuous(kinks, x);
            touches.then(|| Extremum { x, value: function.at(Output::Forward, x), is_maximum })
        })
        .collect()
}

fn inflections(function: Function<'_>, bends: &[Piece<Bend>], kinks: &[Kink]) -> Vec<Inflection> {
    bends
        .windows(2)
        .filter(|pair| {
            let changes = matches!(
                (pair[0].what, pair[1].what),
                (Bend::Convex, Bend::Concave) | (Bend::Concave, Bend::Convex)
            );
            let x = pair[0].interval.high;
            changes && x == pair[1].interval.low && has_slope(kinks, x)
        })
        .map(|pair| {
            let x = pair[0].interval.high;
            Inflection {
                x,
                value: function.at(Output::Forward, x),
                slope: function.at(Output::Derivative, x),
            }
        })
        .collect()
}

fn lipschitz(slopes: &Range, kinks: &[Kink]) -> Bound {
    let is_gap = |kink: &Kink| jump(kink) != 0.0 || kink.kind == KinkKind::Jump;
    if let Some(kink) = kinks.iter().find(|kink| is_gap(kink)) {
        return Bound { value: f64::INFINITY, attained: false, at: kink.x };
    }
    let (low, high) = (slopes.low, slopes.high);
    if -low.value > high.value { Bound { value: -low.value, ..low } } else { high }
}

/// The line that a function approaches at an infinity.
fn asymptote(function: Function<'_>, negative: bool) -> Option<Asymptote> {
    let (x, end, side) = if negative {
        (Germ::at_infinity(true), f64::NEG_INFINITY, Side::Right)
    } else {
        (Germ::at_infinity(false), f64::INFINITY, Side::Left)
    };
    let germ = function.germ(Output::Forward, end, side);
    let slope = (germ / x).limit().filter(|slope| slope.is_finite())?;
    // Taken away as a number, a slope such as ln 2 would leave its rounding error times x.
    let rest = if slope == 0.0 { germ } else { germ.without_leading() };
    let offset = rest.limit().filter(|offset| offset.is_finite())?;
    // No -0.
    Some(Asymptote { slope: slope + 0.0, offset: offset + 0.0 })
}
