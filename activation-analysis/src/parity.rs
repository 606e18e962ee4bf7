//! Whether a function is odd or even: disproved by a single point, proved by comparing expressions.

use crate::analysis::Parity;
use crate::edges::Edges;
use crate::function::Function;
use crate::place::middle;
use crate::symbol::Symbol;
use activation_math::{Output, Real, Textbook};

/// Points of every kind; no formula has a symmetry at these and nowhere else.
const POINTS: [f64; 14] =
    [1e-20, 1e-6, 0.015_625, 0.3, 0.777, 1.0, 1.618_033_988, 2.5, 3.3, 5.9, 11.7, 40.1, 1e3, 1e12];

/// Two results within 4 ULP of one value.
const ROUNDING: f64 = 2e-15;

/// The parity, and whether it is proven.
pub(crate) fn parity(function: Function<'_>, edges: &Edges) -> (Parity, bool) {
    let extra = edges.points.iter().flat_map(|&x| [x.abs(), x.abs() * 0.999, x.abs() * 1.001]);
    let pairs: Vec<(f64, f64)> = POINTS
        .into_iter()
        .chain(extra)
        .map(|x| (function.at(Output::Forward, x), function.at(Output::Forward, -x)))
        .collect();
    let same = |a: f64, b: f64| {
        (a.is_nan() && b.is_nan()) || a == b || (a - b).abs() <= ROUNDING * a.abs().max(b.abs())
    };
    let is_even = pairs.iter().all(|&(right, left)| same(right, left));
    let is_odd = pairs.iter().all(|&(right, left)| same(right, -left));
    let at_zero = function.at(Output::Forward, 0.0);
    match (is_even, is_odd && (at_zero == 0.0 || at_zero.is_nan())) {
        // Both only for 0, and for what has no value on either side.
        (true, _) => (Parity::Even, is_proven(function, edges, false)),
        (_, true) => (Parity::Odd, is_proven(function, edges, true)),
        _ => (Parity::None, true),
    }
}

/// Whether f(x) and ±f(-x) are one expression on every piece between branch points.
fn is_proven(function: Function<'_>, edges: &Edges, odd: bool) -> bool {
    let mut walls: Vec<f64> = edges.points.iter().map(|x| x.abs()).filter(|&x| x > 0.0).collect();
    walls.sort_by(f64::total_cmp);
    walls.dedup();
    if edges.murky().next().is_some() {
        return false;
    }
    walls.insert(0, 0.0);
    walls.push(f64::MAX);
    walls.windows(2).all(|pair| {
        let x = if pair[1] == f64::MAX { 2.0 * pair[0] + 1.0 } else { middle(pair[0], pair[1]) };
        let x = if pair[0] == 0.0 { pair[1].min(2.0) / 2.0 } else { x };
        function.as_symbols(x).into_iter().any(|[right, left]| right.is(if odd { -left } else { left }))
    })
}

fn transposed([[a, b], [c, d]]: [[Symbol; 2]; 2]) -> [[Symbol; 2]; 2] {
    [[a, c], [b, d]]
}

impl Function<'_> {
    /// f(x) and f(-x) as expressions, as compiled and as written, with the branches taken at `x` and -`x`.
    fn as_symbols(&self, x: f64) -> [[Symbol; 2]; 2] {
        let variable = Symbol::variable(x);
        transposed([self.expressions(variable), self.expressions(-variable)])
    }

    /// Whether the branches on both sides of a point are one expression.
    pub(crate) fn is_one_expression(&self, x: f64) -> bool {
        let variable = Symbol::variable(x.next_down());
        let sides = transposed([self.expressions(variable), self.expressions(variable.at(x.next_up()))]);
        sides.into_iter().any(|[left, right]| left.is(right))
    }

    /// As compiled and as written.
    fn expressions(&self, x: Symbol) -> [Symbol; 2] {
        let parameters: Vec<Symbol> = self.parameters().iter().map(|&value| x.literal(value)).collect();
        [self.in_type(Output::Forward, x), self.as_written().at(x, &parameters)]
    }
}
