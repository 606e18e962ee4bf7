//! Every function of an [`Enclosure`] held against multi-precision arithmetic: the exact values lie within it, and a value
//! computed from an argument that is as wrong as the enclosure allows is no further off than it says.

use super::{Enclosure, SMALL};
use crate::{Real, Wide};

type Number = Wide<4>;

struct Row {
    name: &'static str,
    enclosed: fn(Enclosure<f64>) -> Enclosure<f64>,
    computed: fn(f64) -> f64,
    exact: fn(Number) -> Number,
    domain: (f64, f64),
}

macro_rules! rows {
    ($($name:ident $low:literal $high:literal;)*) => {
        &[$(Row {
            name: stringify!($name),
            enclosed: |x| x.$name(),
            computed: |x| Real::$name(x),
            exact: |x| x.$name(),
            domain: ($low, $high),
        }),*]
    };
}

const ROWS: &[Row] = rows! {
    exp -800.0 700.0; expm1 -800.0 700.0; ln 0.0 1e30; log1p -0.999 1e30; sinh -700.0 700.0; cosh -700.0 700.0;
    tanh -1e5 1e5; asinh -1e30 1e30; atan -1e30 1e30; sin -1e5 1e5; cos -1e5 1e5; erf -30.0 30.0; erfc -30.0 26.0;
    sigmoid -700.0 800.0; softplus -700.0 1e5; sech -700.0 700.0; decay -700.0 700.0; decay_gap -1e5 1e5;
    logcosh -1e5 1e5; tanhshrink -1e5 1e5; exp_excess -1e5 700.0; sqrt 0.0 1e30; cbrt -1e30 1e30;
};

const EXTRA: &[Row] = &[
    Row {
        name: "x³",
        enclosed: |x| x.powi(3),
        computed: |x| Real::powi(x, 3),
        exact: |x| x.powi(3),
        domain: (-1e9, 1e9),
    },
    Row {
        name: "x⁻⁴",
        enclosed: |x| x.powi(-4),
        computed: |x| Real::powi(x, -4),
        exact: |x| x.powi(-4),
        domain: (1e-9, 1e9),
    },
    Row {
        name: "x^0.7",
        enclosed: |x| x.pow(x.literal(0.7)),
        computed: |x| Real::pow(x, 0.7),
        exact: |x| x.pow(x.literal(0.7)),
        domain: (1e-9, 1e9),
    },
    Row {
        name: "x (x - 1)",
        enclosed: |x| x * (x - x.literal(1.0)),
        computed: |x| x * (x - 1.0),
        exact: |x| x * (x - x.literal(1.0)),
        domain: (-1e9, 1e9),
    },
    Row {
        name: "1 / x + x",
        enclosed: |x| x.literal(1.0) / x + x,
        computed: |x| 1.0 / x + x,
        exact: |x| x.literal(1.0) / x + x,
        domain: (-1e9, 1e9),
    },
    Row {
        name: "max(x, -2) |x|",
        enclosed: |x| x.max(x.literal(-2.0)) * x.abs(),
        computed: |x| Real::max(x, -2.0) * x.abs(),
        exact: |x| x.max(x.literal(-2.0)) * x.abs(),
        domain: (-1e9, 1e9),
    },
];

/// A generator with a fixed seed (xorshift64*).
struct Random(u64);

impl Random {
    /// In [0, 1).
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Of any order of magnitude within the domain.
    fn within(&mut self, (low, high): (f64, f64)) -> f64 {
        let side = if self.next() < 0.5 { low } else { high };
        (side * Real::exp(-30.0 * self.next() * self.next())).clamp(low, high)
    }
}

#[test]
fn exact_and_computed_values_lie_where_an_enclosure_says() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for row in ROWS.iter().chain(EXTRA) {
        let mut informative = 0;
        for _ in 0..400 {
            let (a, b) = (random.within(row.domain), random.within(row.domain));
            // Wide intervals and narrow ones.
            let b = if random.next() < 0.5 { b } else { a * (1.0 + 1e-3 * random.next()) };
            let b = b.clamp(row.domain.0, row.domain.1);
            let size = |exponent: f64| Real::exp(-exponent);
            let relative = if random.next() < 0.3 { 0.0 } else { size(8.0 + 25.0 * random.next()) };
            let absolute = if random.next() < 0.5 { 0.0 } else { size(6.0 + 30.0 * random.next()) };
            let argument = Enclosure { relative, absolute, ..Enclosure::between(a.min(b), a.max(b)) };
            let result = (row.enclosed)(argument);
            informative += i32::from(result.error() < SMALL * result.largest());
            for _ in 0..12 {
                let x = a + (b - a) * random.next();
                let x = x.clamp(a.min(b), a.max(b));
                let sign = if random.next() < 0.5 { -1.0 } else { 1.0 };
                let wrong = x + sign * (relative * x.abs() + absolute);
                // The sum has been rounded too.
                let allowed = (wrong - x).abs() <= relative * x.abs() + absolute;
                let wrong = if allowed { wrong } else { x };
                let exact = (row.exact)(Number::from_f64(x));
                let value = exact.to_f64();
                let off = (Number::from_f64((row.computed)(wrong)) - exact).abs().to_f64();
                let said = result.absolute + result.relative * value.abs();
                let inside = result.low <= value && value <= result.high;
                // What is not finite shows.
                let known = result.absolute < f64::INFINITY && off.is_finite();
                assert!(
                    inside && (off <= said || !known),
                    "{} at {x:e} in {argument:?}: {value:e}, off by {off:e}: {result:?}",
                    row.name
                );
            }
        }
        assert!(informative > 100, "{} is hardly ever known: {informative}", row.name);
    }
}
