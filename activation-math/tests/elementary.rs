//! The elementary functions against the multi-precision numbers, and against what IEEE 754 says where no number is.

use activation_math::elementary::{self, bounds};
use activation_math::lane::Lane;
use activation_math::{Real, Wide};

type Reference = Wide<6>;

/// A function of one variable, and where it has something to show.
struct Row {
    name: &'static str,
    function: fn(f64) -> f64,
    exact: fn(f64) -> Reference,
    bound: f64,
    /// Half of the sample lies here, the other half anywhere.
    range: (f64, f64),
    /// Where one form of the function takes over from another, for either sign.
    seams: &'static [f64],
}

/// Below this size three terms of a power series are exact to more bits than any check needs.
const SERIES: f64 = 7.888_609_052_210_118e-31; // 2^-100

/// `x - tanh(x)`; its terms cancel more than the reference has, the nearer to 0 the more.
fn tanhshrink(x: f64) -> Reference {
    let wide = Reference::from_f64(x);
    if x.abs() < SERIES { wide * wide * wide / wide.literal(3.0) } else { wide.tanhshrink() }
}

/// `exp(x) - 1 - x`, as above.
fn exp_excess(x: f64) -> Reference {
    let wide = Reference::from_f64(x);
    if x.abs() < SERIES {
        wide * wide * (wide.literal(0.5) + wide / wide.literal(6.0))
    } else {
        wide.exp_excess()
    }
}

/// An angle of up to 2^1024 needs a type that has as many bits before the point.
fn sin(x: f64) -> Reference {
    if x.abs() < 1e40 { Reference::from_f64(x).sin() } else { Wide::<40>::from_f64(x).sin().resize() }
}

fn cos(x: f64) -> Reference {
    if x.abs() < 1e40 { Reference::from_f64(x).cos() } else { Wide::<40>::from_f64(x).cos().resize() }
}

macro_rules! rows {
    ($($name:ident $exact:expr, $bound:ident, $low:literal..$high:literal, $seams:expr;)*) => {
        &[$(Row {
            name: stringify!($name),
            function: elementary::$name::<f64>,
            exact: $exact,
            bound: bounds::$bound,
            range: ($low, $high),
            seams: &$seams,
        }),*]
    };
}

/// 2^-54, below which some functions are their argument; 2^-28, where the cubic term counts no more.
const EPSILON: f64 = f64::EPSILON / 4.0;
const SMALL: f64 = 1.0 / 268_435_456.0;
const TINY: f64 = 4.909_093_465_297_727e-91; // 2^-300
const ROOT_HALF: f64 = core::f64::consts::FRAC_1_SQRT_2;
const TAN_EIGHTH: f64 = core::f64::consts::SQRT_2 - 1.0;
const HALF_LN_2: f64 = core::f64::consts::LN_2 / 2.0;
/// `exp(-x) = √2 - 1`.
const SOFTPLUS_SEAM: f64 = 0.881_373_587_019_543;
const QUARTER: f64 = core::f64::consts::FRAC_PI_4;

#[rustfmt::skip]
const ROWS: &[Row] = rows! {
    exp        |x| Reference::from_f64(x).exp(),       EXP,        -746.0..710.0, [HALF_LN_2, 708.4, 745.1, 709.7];
    expm1      |x| Reference::from_f64(x).expm1(),     EXPM1,      -40.0..5.0,    [HALF_LN_2, EPSILON, 40.0, 709.7];
    decay      |x| Reference::from_f64(x).decay(),     DECAY,      -2.0..746.0,   [HALF_LN_2, 745.1];
    decay_gap  |x| Reference::from_f64(x).decay_gap(), DECAY_GAP,  -2.0..40.0,    [HALF_LN_2, EPSILON, 40.0];
    exp_excess exp_excess,                             EXP_EXCESS, -3.0..3.0,     [0.5, TINY, 3.0 * HALF_LN_2];
    ln         |x| Reference::from_f64(x).ln(),        LN,         0.0..4.0,      [1.0, ROOT_HALF, 2.0 * ROOT_HALF];
    log1p      |x| Reference::from_f64(x).log1p(),     LOG1P,      -1.0..3.0,     [EPSILON, 1.0 - ROOT_HALF, TAN_EIGHTH];
    sinh       |x| Reference::from_f64(x).sinh(),      SINH,       -3.0..3.0,     [HALF_LN_2, 710.4];
    cosh       |x| Reference::from_f64(x).cosh(),      COSH,       -3.0..3.0,     [HALF_LN_2, 710.4];
    tanh       |x| Reference::from_f64(x).tanh(),      TANH,       -3.0..3.0,     [SMALL, HALF_LN_2 / 2.0, 20.0];
    asinh      |x| Reference::from_f64(x).asinh(),     ASINH,      -4.0..4.0,     [SMALL, 1.0 / SMALL, 0.5, ROOT_HALF];
    atan       |x| Reference::from_f64(x).atan(),      ATAN,       -4.0..4.0,     [SMALL, TAN_EIGHTH, 1.0 / TAN_EIGHTH, 1e18];
    sin        sin,                                    SIN,        -20.0..20.0,   [SMALL, QUARTER, 3.0 * QUARTER, 1_647_099.0];
    cos        cos,                                    COS,        -20.0..20.0,   [SMALL, QUARTER, 3.0 * QUARTER, 1_647_099.0];
    erf        |x| Reference::from_f64(x).erf(),       ERF,        -5.0..5.0,     [0.5, TINY, 5.8];
    erfc       |x| Reference::from_f64(x).erfc(),      ERFC,       -6.0..27.3,    [0.5, 4.0, 26.5, 27.2];
    sigmoid    |x| Reference::from_f64(x).sigmoid(),   SIGMOID,    -20.0..20.0,   [HALF_LN_2, 708.3, 745.0];
    softplus   |x| Reference::from_f64(x).softplus(),  SOFTPLUS,   -20.0..20.0,   [SOFTPLUS_SEAM, 40.0, 708.3, 745.0];
    sech       |x| Reference::from_f64(x).sech(),      SECH,       -20.0..20.0,   [HALF_LN_2, 708.9, 745.7];
    logcosh    |x| Reference::from_f64(x).logcosh(),   LOGCOSH,    -3.0..3.0,     [ROOT_HALF, TINY];
    tanhshrink tanhshrink,                             TANHSHRINK, -3.0..3.0,     [ROOT_HALF, TINY];
    cbrt       |x| Reference::from_f64(x).cbrt(),      CBRT,       -8.0..8.0,     [ROOT_HALF, 1.0, 2.0 * ROOT_HALF];
};

/// Uniform bits (xorshift*, Vigna 2016), the same in every run.
struct Bits(u64);

impl Bits {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn within(&mut self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 * (f64::EPSILON / 2.0))
    }
}

/// How far `value` is from `exact`: in units in the last place, of which the result may have one of the smallest
/// subnormals for free.
fn error(value: f64, exact: Reference) -> f64 {
    let rounded = exact.to_f64();
    if value == rounded || (value.is_nan() && rounded.is_nan()) {
        // Half a unit at most, which no bound is below.
        return 0.5;
    }
    if !value.is_finite() || rounded.is_nan() {
        return f64::INFINITY;
    }
    let unit = exact.exponent().max(-1200) - 52;
    let distance = (Reference::from_f64(value) - exact).magnitude();
    let free = if unit < -1074 { Reference::from_f64(f64::from_bits(1)) } else { Reference::ZERO };
    (distance - free).scaled(-unit).to_f64()
}

const COUNT: usize = 2000;

fn sample(row: &Row) -> Vec<f64> {
    let mut bits = Bits(0x9e37_79b9_7f4a_7c15);
    let mut points = Vec::new();
    for _ in 0..COUNT {
        points.push(bits.within(row.range));
        let any = f64::from_bits(bits.next());
        points.push(any);
        // Exponents nearer to 0, where most functions are neither their limit nor their argument.
        points.push(f64::from_bits(any.to_bits() & 0x83ff_ffff_ffff_ffff | 0x3c00_0000_0000_0000));
    }
    for &seam in row.seams {
        for step in 0..10 {
            for point in [f64::from_bits(seam.to_bits() + step), f64::from_bits(seam.to_bits() - step)] {
                points.extend([point, -point]);
            }
        }
    }
    points.retain(|x| x.is_finite());
    points
}

#[test]
fn errors_stay_within_the_bounds() {
    for row in ROWS {
        let (mut worst, mut at) = (0.0, 0.0);
        for x in sample(row) {
            let error = error((row.function)(x), (row.exact)(x));
            if error > worst {
                (worst, at) = (error, x);
            }
        }
        println!("{:10} {worst:.4} at {at:e}", row.name);
        assert!(worst <= row.bound, "{}: {worst} units in the last place at {at:e}", row.name);
    }
}

/// The check above can fail: one unit in the last place more is beyond every bound somewhere.
#[test]
fn a_unit_in_the_last_place_is_noticed() {
    for row in ROWS {
        let wrong = |x: f64| (row.function)(x) * (1.0 + f64::EPSILON);
        let noticed = sample(row).into_iter().take(600).any(|x| error(wrong(x), (row.exact)(x)) > row.bound);
        assert!(noticed, "{}", row.name);
    }
}

/// Pairs whose powers are numbers, and a few beyond.
#[test]
fn powers_stay_within_the_bound() {
    let mut bits = Bits(0x2545_f491_4f6c_dd1d);
    let (mut worst, mut at) = (0.0, (0.0, 0.0));
    for count in 0..9 * COUNT {
        let x = match count % 3 {
            0 => bits.within((0.5, 2.0)),
            1 => 1.0 + bits.within((-1.0, 1.0)) * 2.0_f64.powi(-(count as i32 % 50)),
            _ => f64::from_bits(bits.next() >> 1),
        };
        let reach = (750.0 / x.ln().abs()).min(1e300);
        let y = if count % 2 == 0 { bits.within((-4.0, 4.0)) } else { bits.within((-reach, reach)) };
        if !x.is_finite() {
            continue;
        }
        let exact = Reference::from_f64(x).pow(Reference::from_f64(y));
        let error = error(elementary::pow(x, y), exact);
        if error > worst {
            (worst, at) = (error, (x, y));
        }
    }
    println!("pow        {worst:.4} at {at:?}");
    assert!(worst <= bounds::POW, "{worst} units in the last place at {at:?}");
}

/// A power that is a number of 53 bits is that number.
#[test]
fn exact_powers_are_exact() {
    for base in [2.0, 3.0, 5.0, 7.0, 10.0, 1.5, 0.75, 0.1, 1e-310, f64::MAX, 12345.678] {
        assert_eq!(elementary::pow(base, 1.0), base);
        assert_eq!(elementary::pow(-base, 1.0), -base);
    }
    for base in 2..40_i32 {
        let mut power = 1.0;
        for exponent in 0.. {
            if power >= 9_007_199_254_740_992.0 {
                break;
            }
            assert_eq!(elementary::pow(f64::from(base), f64::from(exponent)), power, "{base}^{exponent}");
            let sign = if exponent % 2 == 0 { 1.0 } else { -1.0 };
            assert_eq!(elementary::pow(-f64::from(base), f64::from(exponent)), sign * power);
            assert_eq!(elementary::pow(power * power, 0.5), power);
            power *= f64::from(base);
        }
    }
    for exponent in -1074..1024 {
        let power = Reference::ONE.scaled(exponent.into()).to_f64();
        assert_eq!(elementary::pow(2.0, f64::from(exponent)), power);
    }
}

#[test]
fn exact_cube_roots_are_exact() {
    for root in 1..100_000_u64 {
        let root = root as f64;
        assert_eq!(elementary::cbrt(root * root * root), root);
        assert_eq!(elementary::cbrt(-root * root * root / 8.0), -root / 2.0);
    }
}

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// The same number, and the same zero.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// A function at -infinity, -0, 0 and infinity.
type Edges = (&'static str, fn(f64) -> f64, [f64; 4]);

#[rustfmt::skip]
const EDGES: &[Edges] = &[
    ("exp",        elementary::exp,        [0.0, 1.0, 1.0, INF]),
    ("expm1",      elementary::expm1,      [-1.0, -0.0, 0.0, INF]),
    ("decay",      elementary::decay,      [0.0, 1.0, 1.0, 0.0]),
    ("decay_gap",  elementary::decay_gap,  [1.0, 0.0, 0.0, 1.0]),
    ("exp_excess", elementary::exp_excess, [INF, 0.0, 0.0, INF]),
    ("ln",         elementary::ln,         [NAN, -INF, -INF, INF]),
    ("log1p",      elementary::log1p,      [NAN, -0.0, 0.0, INF]),
    ("sinh",       elementary::sinh,       [-INF, -0.0, 0.0, INF]),
    ("cosh",       elementary::cosh,       [INF, 1.0, 1.0, INF]),
    ("tanh",       elementary::tanh,       [-1.0, -0.0, 0.0, 1.0]),
    ("asinh",      elementary::asinh,      [-INF, -0.0, 0.0, INF]),
    ("atan",       elementary::atan,       [-core::f64::consts::FRAC_PI_2, -0.0, 0.0, core::f64::consts::FRAC_PI_2]),
    ("sin",        elementary::sin,        [NAN, -0.0, 0.0, NAN]),
    ("cos",        elementary::cos,        [NAN, 1.0, 1.0, NAN]),
    ("erf",        elementary::erf,        [-1.0, -0.0, 0.0, 1.0]),
    ("erfc",       elementary::erfc,       [2.0, 1.0, 1.0, 0.0]),
    ("sigmoid",    elementary::sigmoid,    [0.0, 0.5, 0.5, 1.0]),
    ("softplus",   elementary::softplus,   [0.0, core::f64::consts::LN_2, core::f64::consts::LN_2, INF]),
    ("sech",       elementary::sech,       [0.0, 1.0, 1.0, 0.0]),
    ("logcosh",    elementary::logcosh,    [INF, 0.0, 0.0, INF]),
    ("tanhshrink", elementary::tanhshrink, [-INF, -0.0, 0.0, INF]),
    ("cbrt",       elementary::cbrt,       [-INF, -0.0, 0.0, INF]),
];

#[test]
fn edges_are_exact() {
    assert_eq!(EDGES.len(), ROWS.len());
    for &(name, function, values) in EDGES {
        for (x, value) in [-INF, -0.0, 0.0, INF].into_iter().zip(values) {
            assert!(same(function(x), value), "{name}({x:?}) is {:?}", function(x));
        }
        assert!(function(NAN).is_nan() && function(-NAN).is_nan(), "{name}");
    }
    assert!(same(elementary::ln(1.0), 0.0) && elementary::ln(-1e-320_f64).is_nan());
    assert!(elementary::log1p(-1.0) == -INF && elementary::log1p(-1.0 - f64::EPSILON).is_nan());
}

#[test]
fn powers_at_edges() {
    let odd = 9_007_199_254_740_991.0;
    let cases = [
        (NAN, 0.0, 1.0),
        (1.0, NAN, 1.0),
        (NAN, 1.0, NAN),
        (2.0, NAN, NAN),
        (-1.0, INF, 1.0),
        (-1.0, -INF, 1.0),
        (0.5, INF, 0.0),
        (0.5, -INF, INF),
        (-2.0, INF, INF),
        (2.0, -INF, 0.0),
        (0.0, 1e-300, 0.0),
        (0.0, -1e-300, INF),
        (-0.0, -3.0, -INF),
        (-0.0, 3.0, -0.0),
        (-0.0, 2.0, 0.0),
        (-0.0, 0.5, 0.0),
        (-INF, 3.0, -INF),
        (-INF, -3.0, -0.0),
        (-INF, 0.5, INF),
        (INF, 1e-300, INF),
        (INF, -1e-300, 0.0),
        (-8.0, 1.0 / 3.0, NAN),
        (-1.0, odd, -1.0),
        (-1.0, odd - 1.0, 1.0),
        (-1.0, 1e300, 1.0),
        (-1.0, 4_503_599_627_370_495.5, NAN),
        (1.0 + f64::EPSILON, 1e300, INF),
        (1.0 - f64::EPSILON, 1e300, 0.0),
        (1e300, 1e300, INF),
        (1e300, -1e300, 0.0),
        (1e-320, 1e-320, 1.0),
    ];
    for (x, y, value) in cases {
        assert!(same(elementary::pow(x, y), value), "{x:?}^{y:?} is {:?}", elementary::pow(x, y));
    }
}

/// Odd and even functions to the last bit, and no value beyond what the function can take.
#[test]
fn parity_and_range_are_kept() {
    let odd = ["sinh", "tanh", "asinh", "atan", "sin", "erf", "tanhshrink", "cbrt"];
    let even = ["cosh", "cos", "sech", "logcosh", "decay", "decay_gap"];
    let between = |name: &str| match name {
        "exp" | "exp_excess" | "cosh" | "logcosh" | "softplus" => (0.0, INF),
        "sigmoid" | "sech" | "decay" | "decay_gap" => (0.0, 1.0),
        "tanh" | "sin" | "cos" | "erf" => (-1.0, 1.0),
        "erfc" => (0.0, 2.0),
        _ => (-INF, INF),
    };
    for row in ROWS {
        let (low, high) = between(row.name);
        for x in sample(row) {
            let (value, mirrored) = ((row.function)(x), (row.function)(-x));
            assert!(!odd.contains(&row.name) || same(mirrored, -value), "{} at {x:e}", row.name);
            assert!(!even.contains(&row.name) || same(mirrored, value), "{} at {x:e}", row.name);
            assert!(value.is_nan() || (low <= value && value <= high), "{} at {x:e}: {value:e}", row.name);
        }
    }
}

/// What the functions take for granted of a lane.
#[test]
fn lanes_take_numbers_apart() {
    let mut bits = Bits(0x2545_f491_4f6c_dd1d);
    for _ in 0..10 * COUNT {
        let x = f64::from_bits(bits.next() >> 1);
        if x.is_finite() && x != 0.0 {
            let (m, k) = x.split();
            assert!((ROOT_HALF..=2.0 * ROOT_HALF).contains(&m), "{x:e}");
            assert_eq!(Reference::from_f64(m).scaled(k as i64), Reference::from_f64(x));
            let (high, low) = (x.upper_half(), x - x.upper_half());
            assert!(high.to_bits() << 37 == 0 && low < 2.0_f64.powi(-25) * x || x < 1e-300);
            assert_eq!(x.is_whole(), x == x.trunc());
        }
        let y = bits.within((-1e9, 1e9));
        assert_eq!(y.nearest_integer(), y.round_ties_even());
    }
    for power in -1022..1024 {
        assert_eq!(f64::from(power).two_to(), Reference::ONE.scaled(power.into()).to_f64());
    }
    for (x, whole) in [
        (2.5, false),
        (4_503_599_627_370_495.5, false),
        (9e15, true),
        (-0.0, true),
        (-1.5, false),
        (NAN, false),
    ] {
        assert_eq!(Lane::is_whole(x), whole, "{x:?}");
    }
}

/// Angles that are hard: huge ones, and those nearest to multiples of a quarter of a turn.
#[test]
fn angles_are_reduced_exactly() {
    let mut angles = vec![
        1e22,
        1e300,
        f64::MAX,
        6_381_956_970_095_103.0 * 2.0_f64.powi(797),
        1_647_099.5,
        2.0_f64.powi(1023),
    ];
    for count in 1..400_u32 {
        let angle = f64::from(count) * core::f64::consts::FRAC_PI_2;
        angles.extend([angle.next_down(), angle, angle.next_up(), angle * 2.0_f64.powi(300), angle * 1e5]);
    }
    for x in angles {
        for (function, exact, bound) in [
            (elementary::sin as fn(f64) -> f64, sin as fn(f64) -> Reference, bounds::SIN),
            (elementary::cos, cos, bounds::COS),
        ] {
            let error = error(function(x), exact(x));
            assert!(error <= bound, "{error} units in the last place at {x:e}");
        }
    }
}
