//! What is found out about a function.

/// Numbers from `low` to `high`, which may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// All that is known of a function. Intervals and lists of points are in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// Where the function has a value.
    pub domain: Vec<Interval>,
    /// Between which bounds its values lie.
    pub range: Range,
    /// Between which bounds its slopes lie, those beside kinks included.
    pub slopes: Range,
    /// The values at -∞ and ∞; `None` where there is no limit, or where it is not known.
    pub limits: Ends<Option<f64>>,
    /// The straight lines that it approaches at -∞ and ∞.
    pub asymptotes: Ends<Option<Asymptote>>,
    /// Whether f(-x) is f(x) or -f(x).
    pub parity: Parity,
    /// How many derivatives are continuous.
    pub smoothness: Smoothness,
    /// Where a derivative up to the second is not continuous, or the function itself, or where it has a pole.
    pub kinks: Vec<Kink>,
    /// Where it is 0.
    pub zeros: Points<f64>,
    /// Where f(x) = x.
    pub fixed_points: Points<FixedPoint>,
    /// Whether it rises or falls altogether.
    pub monotone: Monotone,
    /// Whether it is constant nowhere, if it rises or falls altogether.
    pub strict: bool,
    /// Where it rises and falls.
    pub pieces: Vec<Piece<Trend>>,
    /// Where it turns.
    pub extrema: Vec<Extremum>,
    /// Where it is convex and concave.
    pub convexity: Vec<Piece<Bend>>,
    /// Where it changes between convex and concave, and is smooth.
    pub inflections: Vec<Inflection>,
    /// The largest size of a slope; infinite where there is none, and for a function that jumps.
    pub lipschitz: Bound,
    /// Where the slope is small.
    pub saturation: Saturation,
    /// Where the slope is exactly 0.
    pub dead: Vec<Interval>,
    /// Where there may be any number of kinks, zeros or turns that are not told apart, as between 0 and 0.01 for sin(1/x), and
    /// beyond 120 for sin(x).
    pub unresolved: Vec<Interval>,
    /// What rests on an expansion or a sample, not on a proof.
    pub unproven: Vec<Property>,
}

/// The smallest and the largest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The infimum.
    pub low: Bound,
    /// The supremum.
    pub high: Bound,
}

/// A bound that nothing smaller, or larger, could replace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The number; infinite if there is no bound.
    pub value: f64,
    /// Whether it is the value at a finite input, and not only approached.
    pub attained: bool,
    /// Where it is attained, or approached: maybe at an infinity.
    pub at: f64,
}

/// Something at -∞ and at ∞.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ends<T> {
    /// At -∞.
    pub left: T,
    /// At ∞.
    pub right: T,
}

/// The line `slope · x + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asymptote {
    /// 0 for a horizontal line.
    pub slope: f64,
    /// The value at 0.
    pub offset: f64,
}

/// What a change of the sign of x does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// f(-x) = -f(x)
    Odd,
    /// f(-x) = f(x)
    Even,
    /// Neither.
    None,
}

/// The class of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Smoothness {
    /// It jumps, or has poles.
    Discontinuous,
    /// Continuous, with kinks.
    C0,
    /// With a continuous slope.
    C1,
    /// With a continuous second derivative; a third one is not asked for.
    C2,
    /// With all derivatives.
    Smooth,
}

/// A point at which something changes abruptly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kink {
    /// Where.
    pub x: f64,
    /// What changes.
    pub kind: KinkKind,
    /// The function's value there; NaN where there is none.
    pub value: f64,
    /// The limits of the function from both sides; `None` where there is none.
    pub values: Ends<Option<f64>>,
    /// The limits of the slope.
    pub slopes: Ends<Option<f64>>,
    /// The limits of the second derivative.
    pub curvatures: Ends<Option<f64>>,
}

/// What changes abruptly at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KinkKind {
    /// The function has no value on one side, or none here.
    Edge,
    /// It is infinite.
    Pole,
    /// It has another value on each side, or here.
    Jump,
    /// Its slope changes, or is infinite.
    Kink,
    /// Its second derivative changes.
    Bend,
    /// Branches meet, with the same value, slope and second derivative.
    Join,
}

/// Single points and whole intervals at which something is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Points<T> {
    /// The single points.
    pub points: Vec<T>,
    /// The intervals.
    pub intervals: Vec<Interval>,
    /// Where there may be any number of others.
    pub unknown: Vec<Interval>,
}

/// A number that the function leaves as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedPoint {
    /// The number.
    pub x: f64,
    /// The slope there: numbers nearby are drawn to it if its size is below 1.
    pub slope: f64,
}

/// The direction of a function as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Monotone {
    /// It never falls.
    Increasing,
    /// It never rises.
    Decreasing,
    /// One value everywhere.
    Constant,
    /// It rises and falls.
    None,
}

/// A part of the real line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece<T> {
    /// From here to there.
    pub interval: Interval,
    /// What the function does.
    pub what: T,
}

/// The direction of a function on a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// It rises.
    Increasing,
    /// It falls.
    Decreasing,
    /// It does not change.
    Constant,
    /// It rises and falls, too often to say where, or it is not known.
    Unknown,
}

/// The curvature of a function on a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// The slope rises.
    Convex,
    /// The slope falls.
    Concave,
    /// The slope does not change.
    Straight,
    /// It is not known, or changes too often.
    Unknown,
}

/// A turning point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremum {
    /// Where.
    pub x: f64,
    /// The value there.
    pub value: f64,
    /// Whether it is a maximum; otherwise it is a minimum.
    pub is_maximum: bool,
}

/// A point at which the curvature changes its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inflection {
    /// Where.
    pub x: f64,
    /// The value there.
    pub value: f64,
    /// The slope there.
    pub slope: f64,
}

/// Where the slope is smaller than a threshold, in size.
#[derive(Clone, Debug, PartialEq)]
pub struct Saturation {
    /// The threshold.
    pub threshold: f64,
    /// Where slopes are smaller.
    pub intervals: Vec<Interval>,
    /// Where there may be any number of others.
    pub unknown: Vec<Interval>,
}

/// A part of the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// [`Analysis::range`]
    Range,
    /// [`Analysis::slopes`] and [`Analysis::lipschitz`]
    Lipschitz,
    /// [`Analysis::parity`]
    Parity,
    /// [`Analysis::zeros`]
    Zeros,
    /// [`Analysis::fixed_points`]
    FixedPoints,
    /// [`Analysis::pieces`] and what is made of them
    Monotone,
    /// [`Analysis::convexity`] and what is made of it
    Convexity,
    /// [`Analysis::saturation`]
    Saturation,
}

impl Analysis {
    /// What is small for a slope, unless something else is asked for.
    pub const SATURATED: f64 = 0.01;
}

impl<T> Points<T> {
    /// An interval in which all of them are listed: around 0, if what happens there is known. `None` if all are listed.
    pub fn within(&self) -> Option<Interval> {
        clear_part(&self.unknown)
    }
}

impl Saturation {
    /// An interval in which all of them are listed: around 0, if what happens there is known. `None` if all are listed.
    pub fn within(&self) -> Option<Interval> {
        clear_part(&self.unknown)
    }
}

/// What is left between intervals: around 0, or around 1 if 0 belongs to one of them.
fn clear_part(unknown: &[Interval]) -> Option<Interval> {
    let centre = if unknown.iter().any(|part| part.contains(0.0)) { 1.0 } else { 0.0 };
    let left = unknown.iter().map(|part| part.high).filter(|high| *high <= centre);
    let right = unknown.iter().map(|part| part.low).filter(|low| *low >= centre);
    let clear = Interval::new(left.fold(f64::NEG_INFINITY, f64::max), right.fold(f64::INFINITY, f64::min));
    (!unknown.is_empty()).then_some(clear)
}

impl Interval {
    /// From `low` to `high`.
    pub const fn new(low: f64, high: f64) -> Self {
        Interval { low, high }
    }

    /// Whether `x` is one of the numbers, ends included.
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }
}
