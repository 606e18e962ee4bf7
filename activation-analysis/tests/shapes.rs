//! Ranges, kinks, turning points and the rest of functions about which these are known.

use activation_analysis::{
    Analysis, Bend, Function, Interval, KinkKind, Monotone, Parity, Property, Smoothness, Trend, domain,
};
use activation_formula::compile;
use std::f64::consts::{LN_2, PI};

fn analysis(text: &str) -> Analysis {
    let compiled = compile(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
    let parameters: Vec<f64> = compiled.parameters.iter().map(|parameter| parameter.default).collect();
    Analysis::of(Function::new(&compiled, &parameters))
}

fn near(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 4.0 * f64::EPSILON * b.abs()
}

const SIGMOID: &str = "1 / (1 + exp(-x))";
const GELU: &str = "x * (1 + erf(x / sqrt(2))) / 2";
const SILU: &str = "x / (1 + exp(-x))";
const SELU: &str =
    "if x > 0 { 1.0507009873554805*x } else { 1.0507009873554805*1.6732632423543772*(exp(x) - 1) }";

#[test]
fn published_values() {
    let sigmoid = analysis(SIGMOID);
    assert_eq!(sigmoid.lipschitz.value, 0.25);
    assert_eq!(sigmoid.lipschitz.at, 0.0);
    assert!(!sigmoid.range.low.attained && !sigmoid.range.high.attained);
    let gelu = analysis(GELU);
    assert!(near(gelu.range.low.value, -0.169_971_207_479_903_66), "{:?}", gelu.range);
    assert!(near(gelu.range.low.at, -0.751_791_524_693_564_5), "{:?}", gelu.range);
    assert!(gelu.range.low.attained && gelu.range.high.value == f64::INFINITY);
    assert!(near(gelu.lipschitz.value, 1.128_904_145_185_154_8), "{:?}", gelu.lipschitz);
    assert!(near(gelu.lipschitz.at, 2.0_f64.sqrt()), "{:?}", gelu.lipschitz);
    let silu = analysis(SILU);
    assert!(near(silu.range.low.value, -0.278_464_542_761_073_8), "{:?}", silu.range);
    assert!(near(silu.range.low.at, -1.278_464_542_761_074), "{:?}", silu.range);
    assert_eq!(silu.extrema.len(), 1);
    let selu = analysis(SELU);
    assert!(
        near(selu.range.low.value, -1.758_099_340_847_376_6)
            && near(selu.lipschitz.value, 1.758_099_340_847_376_6)
    );
    let swish_inflections: Vec<f64> = silu.inflections.iter().map(|inflection| inflection.x).collect();
    assert!(near(swish_inflections[1], 2.399_357_280_515_467_6), "{swish_inflections:?}");
}

#[test]
fn ranges_and_limits() {
    for (text, low, high, left, right) in [
        ("tanh(x)", -1.0, 1.0, -1.0, 1.0),
        ("atan(x)", -PI / 2.0, PI / 2.0, -PI / 2.0, PI / 2.0),
        ("exp(-x^2)", 0.0, 1.0, 0.0, 0.0),
        ("ln(1 + exp(x))", 0.0, f64::INFINITY, 0.0, f64::INFINITY),
        ("x", f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY),
        ("x^2 + 1", 1.0, f64::INFINITY, f64::INFINITY, f64::INFINITY),
        ("x^3 - x", f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY),
        ("-exp(x)", f64::NEG_INFINITY, 0.0, 0.0, f64::NEG_INFINITY),
        ("x - x + 7", 7.0, 7.0, 7.0, 7.0),
    ] {
        let analysis = analysis(text);
        let found = (analysis.range.low.value, analysis.range.high.value);
        assert_eq!(found, (low, high), "{text}");
        assert_eq!((analysis.limits.left, analysis.limits.right), (Some(left), Some(right)), "{text}");
    }
}

#[test]
fn parity_is_proven() {
    for (text, parity) in [
        ("tanh(x)", Parity::Odd),
        ("x * tanh(x)", Parity::Even),
        ("x / (1 + abs(x))", Parity::Odd),
        ("if x <= -1 { -1 } else if x < 1 { x } else { 1 }", Parity::Odd),
        ("exp(-x^2)", Parity::Even),
        ("x * cos(x)", Parity::Odd),
        ("x + 1e-9", Parity::None),
        ("sin(x) + 1e-13 * x^2", Parity::None),
        ("if x > 1 { 1 } else if x <= -1 { -1 } else { 0 }", Parity::None),
        (SIGMOID, Parity::None),
    ] {
        let analysis = analysis(text);
        assert_eq!(analysis.parity, parity, "{text}");
        assert!(!analysis.unproven.contains(&Property::Parity), "{text}");
    }
}

#[test]
fn kinks_and_classes() {
    for (text, class, kinks) in [
        ("max(0, x)", Smoothness::C0, &[(0.0, KinkKind::Kink)][..]),
        ("max(0, x)^2", Smoothness::C1, &[(0.0, KinkKind::Bend)]),
        ("max(0, x)^3", Smoothness::C2, &[(0.0, KinkKind::Join)]),
        ("if x > 0 { 1 } else { 0 }", Smoothness::Discontinuous, &[(0.0, KinkKind::Jump)]),
        ("1 / x", Smoothness::Discontinuous, &[(0.0, KinkKind::Pole)]),
        ("cbrt(x)", Smoothness::C0, &[(0.0, KinkKind::Kink)]),
        ("if x > 0 { x } else { exp(x) - 1 }", Smoothness::C1, &[(0.0, KinkKind::Bend)]),
        ("if x > 2 { x * 2 } else { x + x }", Smoothness::Smooth, &[]),
        ("clamp(0.1 * x + 0.03, 0, 1)", Smoothness::C0, &[(-0.3, KinkKind::Kink), (9.7, KinkKind::Kink)]),
        (SILU, Smoothness::Smooth, &[]),
        (GELU, Smoothness::Smooth, &[]),
        ("max(sin(1), x)", Smoothness::C0, &[(0.841_470_984_807_896_5, KinkKind::Kink)]),
    ] {
        let analysis = analysis(text);
        assert_eq!(analysis.smoothness, class, "{text}: {:?}", analysis.kinks);
        let found: Vec<(f64, KinkKind)> = analysis.kinks.iter().map(|kink| (kink.x, kink.kind)).collect();
        assert_eq!(found.len(), kinks.len(), "{text}: {found:?}");
        for (found, expected) in found.iter().zip(kinks) {
            assert!(near(found.0, expected.0) && found.1 == expected.1, "{text}: {found:?}");
        }
    }
    let relu = analysis("max(0, x)");
    assert_eq!((relu.kinks[0].slopes.left, relu.kinks[0].slopes.right), (Some(0.0), Some(1.0)));
}

#[test]
fn directions() {
    for (text, monotone, strict) in [
        ("tanh(x)", Monotone::Increasing, true),
        ("max(0, x)", Monotone::Increasing, false),
        ("-x^3", Monotone::Decreasing, true),
        ("sign(x)", Monotone::Increasing, false),
        ("1 / x", Monotone::None, false),
        ("x - x + 3", Monotone::Constant, false),
        (GELU, Monotone::None, false),
        ("sin(x)", Monotone::None, false),
        ("x + sin(x)^2", Monotone::Increasing, true),
    ] {
        let analysis = analysis(text);
        assert_eq!((analysis.monotone, analysis.strict), (monotone, strict), "{text}: {:?}", analysis.pieces);
    }
    let pieces: Vec<Trend> = analysis("x^3 - 3*x").pieces.iter().map(|piece| piece.what).collect();
    assert_eq!(pieces, [Trend::Increasing, Trend::Decreasing, Trend::Increasing]);
    let turns: Vec<(f64, f64)> =
        analysis("x^3 - 3*x").extrema.iter().map(|turn| (turn.x, turn.value)).collect();
    assert_eq!(turns, [(-1.0, 2.0), (1.0, -2.0)]);
    let bends: Vec<Bend> = analysis("tanh(x)").convexity.iter().map(|piece| piece.what).collect();
    assert_eq!(bends, [Bend::Convex, Bend::Concave]);
}

#[test]
fn zeros_and_fixed_points() {
    assert_eq!(analysis("x^2 - 2").zeros.points, [-(2.0_f64.sqrt()), 2.0_f64.sqrt()]);
    assert_eq!(analysis("x^2").zeros.points, [0.0]);
    assert_eq!(analysis("ln(1 + exp(x)) - ln(2)").zeros.points, [0.0]);
    let relu = analysis("max(0, x)");
    assert!(relu.zeros.points.is_empty() && relu.zeros.intervals[0].high == 0.0);
    assert!(relu.fixed_points.intervals[0].low == 0.0);
    let fixed = analysis("cos(x)").fixed_points;
    assert!(near(fixed.points[0].x, 0.739_085_133_215_160_6) && fixed.points.len() == 1, "{fixed:?}");
    assert!(near(fixed.points[0].slope, -0.673_612_029_183_214_8));
    let zeros = analysis("sin(x)").zeros;
    let within = zeros.within().expect("there are more of them");
    assert!(within.low < -10.0 && within.high > 10.0);
    for (index, &zero) in zeros.points.iter().enumerate() {
        let expected = PI * (index as f64 - (zeros.points.len() / 2) as f64);
        assert!((zero - expected).abs() <= 1e-15 * zero.abs() * 4.0, "{zero} {expected}");
    }
}

#[test]
fn what_is_not_known_is_said() {
    let near_zero = |parts: &[Interval]| {
        let [part] = parts else { panic!("{parts:?}") };
        assert!(part.contains(0.0) && part.low > -0.02 && part.high < 0.02, "{part:?}");
        *part
    };
    let wild = analysis("sin(1 / x)");
    let unknown = near_zero(&wild.zeros.unknown);
    // 1 / (k pi), and no other.
    let outside: Vec<f64> = wild.zeros.points.iter().copied().filter(|x| *x > unknown.high).collect();
    for (index, zero) in outside.iter().rev().enumerate() {
        assert!(near(*zero, 1.0 / (PI * (index + 1) as f64)), "{index}: {zero}");
    }
    assert!(outside.len() >= 30, "{outside:?}");
    assert_eq!(wild.zeros.within().map(|part| part.high), Some(f64::INFINITY));
    near_zero(&wild.saturation.unknown);
    near_zero(&wild.unresolved);
    // What is sampled in the part that cannot be followed has no bound, as 1 / x has none.
    let damped = analysis("x * sin(1 / x)");
    assert_eq!(damped.lipschitz.value, f64::INFINITY);
    assert!(damped.unproven.contains(&Property::Lipschitz));
    // Ever more turns towards 0: a sample of them is no list.
    let slow = analysis("cos(ln(x))").zeros;
    let from = slow.unknown.first().expect("there are more").high;
    for pair in slow.points.windows(2).filter(|pair| pair[0] > from && pair[1] < 1e3) {
        assert!(near((pair[1] / pair[0]).ln(), PI), "{pair:?}");
    }
    assert!(slow.points.iter().all(|x| near(x.ln().cos() + 1.0, 1.0)), "{slow:?}");
}

#[test]
fn slopes() {
    for (text, lipschitz) in [
        ("x", 1.0),
        ("x * abs(x)", f64::INFINITY),
        ("sin(3 * x)", 3.0),
        ("x + sin(x)^2", 2.0),
        ("sign(x)", f64::INFINITY),
        ("sqrt(abs(x))", f64::INFINITY),
        ("ln(cosh(x))", 1.0),
        ("-2 * max(0, x)", 2.0),
        ("x * cos(x)", f64::INFINITY),
    ] {
        let found = analysis(text).lipschitz;
        assert!(near(found.value, lipschitz), "{text}: {found:?}");
    }
    let relu6 = analysis("min(max(0, x), 6)");
    assert_eq!(
        relu6.dead.iter().map(|part| (part.low, part.high)).collect::<Vec<_>>(),
        [(f64::NEG_INFINITY, 0.0), (6.0, f64::INFINITY)]
    );
    let tanh = analysis("tanh(x)").saturation;
    // atanh(sqrt(0.99))
    assert!(near(tanh.intervals[1].low, 2.993_222_846_126_381), "{tanh:?}");
    assert!(analysis(SIGMOID).dead.is_empty());
}

#[test]
fn asymptotes() {
    let softplus = analysis("ln(1 + exp(x))").asymptotes;
    assert_eq!(softplus.right.map(|line| (line.slope, line.offset)), Some((1.0, 0.0)));
    assert_eq!(softplus.left.map(|line| (line.slope, line.offset)), Some((0.0, 0.0)));
    let logcosh = analysis("ln(cosh(x))").asymptotes;
    assert_eq!(logcosh.left.map(|line| (line.slope, line.offset)), Some((-1.0, -LN_2)));
    // x tanh(ln 2) = 0.6 x, although neither number is exact on the way; and x ln 2.
    let smish = analysis("x * tanh(ln(1 + 1 / (1 + exp(-x))))").asymptotes;
    assert!(smish.right.is_some_and(|line| near(line.slope, 0.6) && line.offset == 0.0), "{smish:?}");
    let logish = analysis("3 + x * ln(1 + 1 / (1 + exp(-x)))").asymptotes;
    assert!(logish.right.is_some_and(|line| near(line.slope, LN_2) && line.offset == 3.0), "{logish:?}");
    assert_eq!(analysis("x^2").asymptotes.left, None);
    assert_eq!(analysis("ln(x^2 + 1)").asymptotes.right, None);
    assert_eq!(analysis("sin(x)").asymptotes.right, None);
}

#[test]
fn domains_are_open_where_there_is_no_value() {
    for (text, expected) in [
        ("ln(x)", "(0, inf)"),
        ("sqrt(x)", "[0, inf)"),
        ("1 / x", "(-inf, 0) (0, inf)"),
        ("sin(1 / x)", "(-inf, 0) (0, inf)"),
        ("sqrt(1 - x^2)", "[-1, 1]"),
        ("tanh(x)", "(-inf, inf)"),
    ] {
        assert_eq!(domain(&analysis(text)).join(" "), expected, "{text}");
    }
}

#[test]
fn domains() {
    let logarithm = analysis("ln(x)");
    assert_eq!((logarithm.domain.len(), logarithm.domain[0].low), (1, 0.0));
    assert_eq!(logarithm.zeros.points, [1.0]);
    assert_eq!(logarithm.range.low.value, f64::NEG_INFINITY);
    let inverse = analysis("1 / x");
    assert_eq!(inverse.domain.len(), 2);
    assert_eq!((inverse.range.low.value, inverse.range.high.value), (f64::NEG_INFINITY, f64::INFINITY));
    let root = analysis("sqrt(x)");
    assert_eq!((root.domain.len(), root.domain[0].low, root.range.low.value), (1, 0.0, 0.0));
    assert!(root.range.low.attained);
    let quotient = analysis("sin(x) / x");
    assert_eq!(quotient.range.high.value, 1.0);
}
