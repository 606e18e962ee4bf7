//! The elementary functions of `f32` against those of `f64`, which are held against multi-precision arithmetic, and against
//! what IEEE 754 says where no number is.

use activation_math::Real;
use activation_math::elementary;
use activation_math::lane::Lane;
use activation_math::single::{self, bounds};

/// A function of one variable.
struct Row {
    name: &'static str,
    function: fn(f32) -> f32,
    exact: fn(f64) -> f64,
    bound: f64,
    /// What is allowed beyond the bound.
    more: fn(f64) -> f64,
    /// Whether there is an end to the arguments.
    is_angular: bool,
}

/// What a unit in the last place of x makes of `erfc(x)`.
const fn more_of(name: &str) -> fn(f64) -> f64 {
    if matches!(name.as_bytes(), b"erfc") { |x| 2.25 * x.max(0.0) * x } else { |_| 0.0 }
}

/// Functions that only the compiler makes.
const MADE: &[Row] = &[
    Row {
        name: "normal_cdf",
        function: single::normal_cdf::<f32>,
        exact: |x| Real::normal_cdf(x),
        bound: bounds::NORMAL_CDF,
        more: |x| 1.125 * x.min(0.0) * x,
        is_angular: false,
    },
    Row {
        name: "gauss",
        function: single::gauss::<f32>,
        exact: |x| Real::gauss(x),
        bound: bounds::GAUSS,
        more: |x| 1.125 * x * x,
        is_angular: false,
    },
];

macro_rules! rows {
    ($($name:ident $bound:ident;)*) => {
        &[$(Row {
            name: stringify!($name),
            function: single::$name::<f32>,
            exact: elementary::$name::<f64>,
            bound: bounds::$bound,
            more: more_of(stringify!($name)),
            is_angular: matches!(stringify!($name).as_bytes(), b"sin" | b"cos"),
        }),*]
    };
}

#[rustfmt::skip]
const ROWS: &[Row] = rows! {
    exp EXP; expm1 EXPM1; decay DECAY; decay_gap DECAY_GAP; exp_excess EXP_EXCESS; ln LN; log1p LOG1P; sinh SINH;
    cosh COSH; tanh TANH; asinh ASINH; atan ATAN; sin SIN; cos COS; erf ERF; erfc ERFC; sigmoid SIGMOID;
    softplus SOFTPLUS; sech SECH; logcosh LOGCOSH; tanhshrink TANHSHRINK; cbrt CBRT;
};

/// From here on there may be no number, which sends callers to functions that take more care.
const LARGE: f64 = 9.5e37; // 2^126.5, rounded up

/// How far `value` is from `exact` in units in the last place of `f32`, where that is within its range.
fn error(value: f32, exact: f64) -> f64 {
    let size = exact.abs();
    if f64::from(value) == exact || (value.is_nan() && exact.is_nan()) || (!value.is_finite() && size > LARGE)
    {
        return 0.0;
    }
    if !value.is_finite() || exact.is_nan() {
        return f64::INFINITY;
    }
    let exponent = ((exact.to_bits() >> 52 & 0x7ff) as i32 - 1023).clamp(-126, 127);
    (f64::from(value) - exact).abs() * 2.0_f64.powi(23 - exponent)
}

/// Holds every function below its bound, at every so many numbers.
fn sweep(stride: usize) {
    let mut beyond = Vec::new();
    for row in ROWS.iter().chain(MADE) {
        let (mut worst, mut at) = (0.0, 0.0);
        for bits in (0..=u32::MAX).step_by(stride) {
            let x = f32::from_bits(bits);
            let (value, exact) = ((row.function)(x), (row.exact)(f64::from(x)));
            if value.is_nan() && row.is_angular && f64::from(x.abs()) > bounds::LONGEST_ANGLE {
                continue;
            }
            let error = (error(value, exact) - (row.more)(x.into())).max(0.0);
            if error > worst {
                (worst, at) = (error, x);
            }
        }
        println!("{:10} {worst:.4} at {at:e}", row.name);
        if worst > row.bound {
            beyond.push(format!("{}: {worst} units in the last place at {at:e}", row.name));
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}

/// A prime, so that all last digits of a number occur, with all exponents.
#[test]
fn errors_stay_within_the_bounds_at_one_number_in_ten_thousand() {
    sweep(10_007);
}

#[test]
#[ignore = "an hour: the same at every number"]
fn errors_stay_within_the_bounds_everywhere() {
    sweep(1);
}

/// Pairs whose powers are numbers, and a few beyond.
#[test]
fn powers_stay_within_the_bound() {
    let (mut worst, mut at) = (0.0, (0.0, 0.0));
    for (number, bits) in (0..0x7f80_0000_u32).step_by(10_007).enumerate() {
        // Every other one near 1, and powers from underflow to overflow.
        let bits = if number % 2 == 0 { bits } else { 0x3f00_0000 + (bits >> 7) };
        let x = f32::from_bits(bits);
        let reach = (106.0 / x.ln().abs()).min(1e9);
        let y = reach * ((number as f32 * 0.618_034).fract() * 2.0 - 1.0);
        for y in [y, y.trunc(), (y * 2.0).trunc() / 2.0, 1.0 / 3.0] {
            let error = error(single::pow(x, y), elementary::pow(f64::from(x), f64::from(y)));
            if error > worst {
                (worst, at) = (error, (x, y));
            }
        }
    }
    println!("pow        {worst:.4} at {at:?}");
    assert!(worst <= bounds::POW, "{worst} units in the last place at {at:?}");
}

const NAN: f32 = f32::NAN;
const INF: f32 = f32::INFINITY;

/// At zeros, infinities and NaN, and at the roots, what `f64` gives is right here too.
#[test]
fn edges_are_those_of_f64() {
    let same = |a: f32, b: f64| a.to_bits() == (b as f32).to_bits() || (a.is_nan() && b.is_nan());
    for row in ROWS {
        for x in [-INF, -0.0, 0.0, INF, NAN, 1.0, -1.0, -1.5, -1e-40] {
            let (value, exact) = ((row.function)(x), (row.exact)(f64::from(x)));
            let is_edge = exact == 0.0 || !exact.is_finite() || exact.fract() == 0.0 || !x.is_normal();
            assert!(!is_edge || same(value, exact), "{}({x:?}) is {value:?}, not {exact:?}", row.name);
        }
    }
    for x in [-INF, -8.0, -1.0, -0.0, 0.0, 1e-40, 0.5, 1.0, 2.0, 3.0, INF, NAN] {
        for y in [-INF, -3.0, -2.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.0, 3.0, 16_777_215.0, 1e30, INF, NAN] {
            let (value, exact) = (single::pow(x, y), elementary::pow(f64::from(x), f64::from(y)));
            let fine = same(value, exact) || error(value, exact) <= bounds::POW;
            assert!(fine, "{x:?}^{y:?} is {value:?}, not {exact:?}");
        }
    }
}

const ROOT_HALF: f32 = core::f32::consts::FRAC_1_SQRT_2;

/// What the functions take for granted of a lane.
#[test]
fn lanes_take_numbers_apart() {
    for bits in (1..INF.to_bits()).step_by(1009) {
        let x = f32::from_bits(bits);
        let (m, k) = x.split();
        assert!((ROOT_HALF..2.0 * ROOT_HALF).contains(&m), "{x:e}");
        assert_eq!(f64::from(m) * f64::from(k).exp2(), f64::from(x));
        let (high, low) = (x.upper_half(), x - x.upper_half());
        assert!(high.to_bits() << 20 == 0 && (low < x * 0.000_489 || x < 1e-35), "{x:e}");
        assert_eq!(Lane::is_whole(x), x == x.trunc());
        if x < 4e6 {
            assert_eq!(x.nearest_integer(), x.round_ties_even());
        }
    }
    for power in -126..128_i16 {
        assert_eq!(f32::from(power).two_to(), f32::from(power).exp2());
    }
}

/// No angle is without a rest; long ones have no result.
#[test]
fn angles_are_reduced_exactly() {
    for count in 1..2000_u32 {
        let angle = (f64::from(count) * core::f64::consts::FRAC_PI_2) as f32;
        for x in [angle.next_down(), angle, angle.next_up(), angle * 1e30] {
            let (sine, cosine) = (elementary::sin(f64::from(x)), elementary::cos(f64::from(x)));
            if f64::from(x) > bounds::LONGEST_ANGLE {
                assert!(single::sin(x).is_nan() && single::cos(x).is_nan(), "{x:e}");
                continue;
            }
            assert!(error(single::sin(x), sine) <= bounds::SIN, "sin({x:e})");
            assert!(error(single::cos(x), cosine) <= bounds::COS, "cos({x:e})");
        }
    }
}
