//! A function traced into points: more of them where it bends, and no line over poles, jumps and gaps.

/// x and y.
pub type Point = (f64, f64);

/// A traced function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Lines, each without a gap; all numbers are finite, and x ascends.
    pub pieces: Vec<Vec<Point>>,
    /// Where it jumps.
    pub jumps: Vec<Jump>,
    /// Where it goes to infinity.
    pub poles: Vec<f64>,
}

/// A place where the limits from both sides are finite and differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// Where.
    pub x: f64,
    /// The limit from the left.
    pub left: f64,
    /// The value there.
    pub value: f64,
    /// The limit from the right.
    pub right: f64,
}

/// Parts that the range is cut into at first.
const PARTS: usize = 512;

/// How often a part may be halved where the curve bends.
const DEPTH: usize = 9;

/// Steps larger than this part of the curve's height are looked at: they may be jumps.
const STEEP: f64 = 0.01;

/// Bends smaller than this part of its height are not seen.
const BENT: f64 = 0.001;

impl Curve {
    /// Traces `f` from one end of the range to the other. `breaks` are places known to be of interest, such as kinks and
    /// jumps; other jumps, poles, and places without a value (NaN or infinity) are found where they are wider than about a
    /// five-hundredth of the range.
    pub fn trace(mut f: impl FnMut(f64) -> f64, (from, to): (f64, f64), breaks: &[f64]) -> Curve {
        let width = to - from;
        let mut xs: Vec<f64> =
            (0..=PARTS).map(|index| from + width * (index as f64 / PARTS as f64)).collect();
        if let Some(last) = xs.last_mut() {
            *last = to;
        }
        let inside = breaks.iter().filter(|&&x| from < x && x < to);
        // Beside a break, but not so near that a pole or a logarithm is nowhere near its values elsewhere.
        let beside = |x: f64| (width * 1e-12).max(4.0 * f64::EPSILON * x.abs());
        xs.extend(inside.flat_map(|&x| [x - beside(x), x, x + beside(x)]));
        xs.sort_by(f64::total_cmp);
        xs.dedup();
        let points: Vec<Point> = xs.into_iter().map(|x| (x, f(x))).collect();
        let mut tracer =
            Tracer { height: height(&points), width, f: &mut f, curve: Curve::default(), piece: Vec::new() };
        if let Some(&first) = points.first()
            && first.1.is_finite()
        {
            tracer.piece.push(first);
        }
        for pair in points.windows(2) {
            tracer.step(pair[0], pair[1]);
        }
        tracer.end();
        tracer.curve
    }

    /// All points.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.pieces.iter().flatten().copied()
    }
}

/// How high the curve is, apart from what goes far beyond the rest of it.
fn height(points: &[Point]) -> f64 {
    let mut values: Vec<f64> = points.iter().map(|point| point.1).filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at = |part: f64| values.get(((values.len() as f64 - 1.0) * part) as usize).copied().unwrap_or(0.0);
    let (all, most) = (at(1.0) - at(0.0), at(0.95) - at(0.05));
    if most > 0.0 { all.min(4.0 * most) } else { all }
}

struct Tracer<'f, F> {
    f: &'f mut F,
    height: f64,
    width: f64,
    curve: Curve,
    /// The line that is being drawn.
    piece: Vec<Point>,
}

/// What lies between two neighbours.
enum Gap {
    None,
    Jump(Point, Point),
    Pole(Point, Point),
}

impl<F: FnMut(f64) -> f64> Tracer<'_, F> {
    fn step(&mut self, a: Point, b: Point) {
        match (a.1.is_finite(), b.1.is_finite()) {
            (true, true) => match self.gap(a, b) {
                Gap::None => {
                    self.bend(a, b, DEPTH);
                    self.piece.push(b);
                }
                Gap::Pole(left, right) => {
                    self.approach(a, left);
                    self.end();
                    self.pole(middle(left.0, right.0));
                    self.depart(right, b);
                }
                Gap::Jump(left, right) => {
                    self.approach(a, left);
                    self.end();
                    self.jump(left, right);
                    self.depart(right, b);
                }
            },
            (true, false) => {
                let last = self.border(a, b.0);
                self.approach(a, last);
                self.end();
                self.pole_at_border(a, last);
            }
            (false, true) => {
                let first = self.border(b, a.0);
                self.depart(first, b);
                self.pole_at_border(b, first);
            }
            (false, false) => {}
        }
    }

    /// Draws up to a place where the line ends.
    fn approach(&mut self, a: Point, last: Point) {
        if last.0 > a.0 {
            self.bend(a, last, 2 * DEPTH);
            self.piece.push(last);
        }
    }

    /// Draws from where a line begins.
    fn depart(&mut self, first: Point, b: Point) {
        self.piece.push(first);
        if first.0 < b.0 {
            self.bend(first, b, 2 * DEPTH);
            self.piece.push(b);
        }
    }

    /// The last place with a value between one that has a value and one that has none.
    fn border(&mut self, mut inside: Point, mut outside: f64) -> Point {
        for _ in 0..80 {
            let x = middle(inside.0, outside);
            if x == inside.0 || x == outside {
                break;
            }
            let y = (self.f)(x);
            if y.is_finite() {
                inside = (x, y);
            } else {
                outside = x;
            }
        }
        inside
    }

    fn pole_at_border(&mut self, from: Point, border: Point) {
        // What overflows grows without end, but not here.
        if (border.1 - from.1).abs() > 2.0 * self.height && border.1.abs() < 1e290 {
            self.pole(border.0);
        }
    }

    /// Notes a pole, once, and one beside 0 as one at 0.
    fn pole(&mut self, x: f64) {
        let x = if x.abs() < self.width * 1e-12 { 0.0 } else { x };
        let poles = &mut self.curve.poles;
        if poles.last().is_none_or(|pole| (pole - x).abs() > self.width * 1e-6) {
            poles.push(x);
        }
    }

    /// Whether the step from a to b remains, or grows, however close they come.
    fn gap(&mut self, a: Point, b: Point) -> Gap {
        let step = (b.1 - a.1).abs();
        if step <= self.height * STEEP {
            return Gap::None;
        }
        let (mut left, mut right) = (a, b);
        for _ in 0..100 {
            let x = middle(left.0, right.0);
            if x == left.0 || x == right.0 {
                break;
            }
            let y = (self.f)(x);
            if !y.is_finite() {
                let (left, right) = (self.border(left, x), self.border(right, x));
                return Gap::Pole(left, right);
            }
            if (y - left.1).abs() >= (right.1 - y).abs() { right = (x, y) } else { left = (x, y) }
        }
        let rest = (right.1 - left.1).abs();
        // Neighbours that are as good as equal are neighbours on a steep slope, however large they are.
        if rest < 1e-6 * left.1.abs().max(right.1.abs()) {
            Gap::None
        } else if rest > 50.0 * self.height {
            Gap::Pole(left, right)
        } else if rest > 0.2 * step {
            Gap::Jump(left, right)
        } else {
            Gap::None
        }
    }

    /// Notes a jump. A value between the limits, at a single place, makes two of one jump, and they are one.
    fn jump(&mut self, left: Point, right: Point) {
        let near = |jump: &&mut Jump| (jump.x - left.0).abs() <= self.width * 1e-9;
        if let Some(jump) = self.curve.jumps.last_mut().filter(near) {
            (jump.x, jump.value, jump.right) = (left.0, left.1, right.1);
            self.curve.pieces.pop_if(|piece| piece.len() == 1);
            return;
        }
        // Of the two places one is the jump's own: the one with fewer digits.
        let own = if digits(left.0) <= digits(right.0) { left } else { right };
        self.curve.jumps.push(Jump { x: own.0, left: left.1, value: own.1, right: right.1 });
    }

    /// Adds points between two, where the line bends.
    fn bend(&mut self, a: Point, b: Point, depth: usize) {
        let x = middle(a.0, b.0);
        if depth == 0 || x <= a.0 || x >= b.0 {
            return;
        }
        let y = (self.f)(x);
        if !y.is_finite() {
            return;
        }
        // Far outside nothing can be seen, and poles would take all points for themselves.
        let far = |y: f64| y.abs() > 30.0 * self.height.max(f64::MIN_POSITIVE);
        if (y - (a.1 + b.1) / 2.0).abs() > self.height * BENT && !(far(a.1) && far(b.1)) {
            self.bend(a, (x, y), depth - 1);
            self.piece.push((x, y));
            self.bend((x, y), b, depth - 1);
        }
    }

    fn end(&mut self) {
        if !self.piece.is_empty() {
            self.curve.pieces.push(std::mem::take(&mut self.piece));
        }
    }
}

fn middle(a: f64, b: f64) -> f64 {
    a + (b - a) / 2.0
}

/// How long a number is in writing.
fn digits(x: f64) -> usize {
    format!("{x:e}").len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANGE: (f64, f64) = (-5.0, 5.0);

    fn jumps(f: impl FnMut(f64) -> f64, breaks: &[f64]) -> Vec<(f64, f64, f64, f64)> {
        let curve = Curve::trace(f, RANGE, breaks);
        assert_eq!(curve.pieces.len(), curve.jumps.len() + 1, "{:?}", curve.jumps);
        curve.jumps.iter().map(|jump| (jump.x, jump.left, jump.value, jump.right)).collect()
    }

    #[test]
    fn jumps_are_found_and_not_crossed() {
        assert_eq!(jumps(|x| if x > 0.0 { 1.0 } else { 0.0 }, &[]), [(0.0, 0.0, 0.0, 1.0)]);
        assert_eq!(jumps(|x| if x < 0.5 { 0.0 } else { x }, &[]), [(0.5, 0.0, 0.5, 0.5)]);
        assert_eq!(jumps(|x| if x < 0.3 { 0.0 } else { x }, &[0.3]), [(0.3, 0.0, 0.3, 0.3)]);
        let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
        assert_eq!(jumps(sign, &[]), [(0.0, -1.0, 0.0, 1.0)]);
        assert_eq!(jumps(sign, &[0.0]), [(0.0, -1.0, 0.0, 1.0)]);
        assert_eq!(jumps(f64::floor, &[]).len(), 10);
    }

    #[test]
    fn steep_places_are_no_jumps() {
        for f in
            [f64::cbrt, |x: f64| (1e6 * x).tanh(), |x: f64| x.abs().sqrt(), f64::exp, |x: f64| x.max(0.0)]
        {
            let curve = Curve::trace(f, RANGE, &[]);
            assert_eq!((curve.pieces.len(), curve.jumps.len(), curve.poles.len()), (1, 0, 0));
        }
    }

    #[test]
    fn poles_and_gaps_are_not_crossed() {
        type Case = (fn(f64) -> f64, usize, usize);
        let cases: [Case; 7] = [
            (|x| 1.0 / x, 2, 1),
            (|x| 1.0 / (x - 0.123), 2, 1),
            (f64::ln, 1, 1),
            (f64::sqrt, 1, 0),
            (f64::tan, 5, 4),
            (|_| f64::NAN, 0, 0),
            (|x| (1.4 * x).exp().exp(), 1, 0),
        ];
        for (at, (f, pieces, poles)) in cases.into_iter().enumerate() {
            let curve = Curve::trace(f, RANGE, &[]);
            assert_eq!((curve.pieces.len(), curve.poles.len()), (pieces, poles), "{at}: {:?}", curve.poles);
            assert!(curve.jumps.is_empty(), "{at}");
            assert!(curve.points().all(|(x, y)| x.is_finite() && y.is_finite()));
        }
    }

    #[test]
    fn lines_stay_close_to_the_function() {
        for f in [f64::sin, |x: f64| (7.0 * x).cos() * x, |x: f64| (-x * x * 50.0).exp()] {
            let curve = Curve::trace(f, RANGE, &[]);
            let height = 10.0;
            for piece in &curve.pieces {
                for pair in piece.windows(2) {
                    let x = middle(pair[0].0, pair[1].0);
                    assert!((f(x) - middle(pair[0].1, pair[1].1)).abs() < height * 0.005, "at {x}");
                }
            }
        }
    }
}
