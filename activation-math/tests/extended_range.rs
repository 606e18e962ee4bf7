//! The range of `Extended`: against `f64` and `Wide` where both are in range, against known values where only one is, and
//! against identities. How exact it is, is tested in `extended.rs`.

use core::cmp::Ordering;

use activation_math::{Extended, Real, Wide};

fn s(value: f64) -> Extended {
    Extended::from_f64(value)
}

/// 2^exponent.
fn two_to(exponent: i32) -> Extended {
    s(2.0).powi(exponent)
}

#[track_caller]
fn close(found: Extended, expected: Extended, ulps: f64) {
    let error = ((found - expected) / expected).abs().to_f64();
    let same = found == expected;
    assert!(
        same || error <= ulps * f64::EPSILON,
        "{found:?}, expected {expected:?}: {:e} ulp",
        error / f64::EPSILON
    );
}

/// A simple generator of bit patterns.
fn samples(count: usize) -> impl Iterator<Item = f64> {
    let mut state = 1u64;
    let random = (0..count).map(move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from_bits(state ^ (state >> 29))
    });
    let special =
        [0.0, -0.0, 1.0, -1.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::MAX, f64::MIN_POSITIVE];
    special.into_iter().chain([5e-324, -5e-324, f64::MIN]).chain(random)
}

#[track_caller]
fn same(found: f64, expected: f64, what: f64) {
    assert!(
        found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
        "{what:e}: {found:e} {expected:e}"
    );
}

#[test]
fn keeps_every_f64() {
    for value in samples(100_000) {
        same(s(value).to_f64(), value, value);
    }
}

#[test]
fn arithmetic_is_that_of_f64() {
    let values: Vec<f64> = samples(20_000).collect();
    for pair in values.windows(2) {
        for (a, b) in [(pair[0], pair[1]), (pair[0], pair[0] * 1.25), (pair[0], -pair[0] * 0.999)] {
            let normal = |value: f64| value.is_normal() || value == 0.0 || value.is_nan();
            for (found, expected) in
                [(s(a) + s(b), a + b), (s(a) - s(b), a - b), (s(a) * s(b), a * b), (s(a) / s(b), a / b)]
            {
                // Results outside f64's range differ on purpose, but must round to what it says.
                if normal(expected) && a.is_finite() && b.is_finite() || !a.is_finite() {
                    same(found.to_f64(), expected, a);
                } else if expected.is_infinite() {
                    assert_eq!(found.to_f64(), expected);
                }
            }
            assert_eq!(s(a) < s(b), a < b);
            assert_eq!(s(a) <= s(b), a <= b);
            assert_eq!(s(a) == s(b), a == b);
        }
        let root = s(pair[0]).sqrt();
        if pair[0].is_finite() && pair[0] > 0.0 {
            close(root * root, s(pair[0]), 1e-14);
        } else {
            same(root.to_f64(), pair[0].sqrt(), pair[0]);
        }
        let root = s(pair[0]).cbrt();
        if pair[0].is_finite() && pair[0] != 0.0 {
            close(root * root * root, s(pair[0]), 1e-14);
        }
    }
}

/// Over the whole range of `f64`, infinities and NaN included. With some 40 bits to spare, rounding gives the nearest.
#[test]
fn functions_round_to_the_nearest_f64() {
    type Row = (&'static str, fn(Extended) -> Extended, fn(Wide<6>) -> Wide<6>);
    macro_rules! rows {
        ($($name:ident)*) => { [$((stringify!($name), Real::$name as fn(Extended) -> Extended, Real::$name as fn(Wide<6>) -> Wide<6>)),*] };
    }
    let rows: [Row; 16] =
        rows![exp expm1 ln log1p sinh cosh tanh asinh atan erf erfc sigmoid softplus sech logcosh cbrt];
    for value in samples(1000).chain((-500..500).map(|i| f64::from(i) * 1.73)) {
        for (name, function, exact) in rows {
            let (found, expected) = (function(s(value)).to_f64(), exact(Wide::from_f64(value)).to_f64());
            let nearest = found == expected || found.is_nan() && expected.is_nan();
            assert!(nearest, "{name}({value:e}): {found:e} {expected:e}");
        }
    }
}

/// The reference values are from 100-digit arithmetic: fraction and binary exponent.
#[test]
fn values_out_of_range() {
    for (found, fraction, exponent, ulps) in [
        (s(1000.0).exp(), 1.618930316280468, 1_442, 2.0),
        (s(-12345.678).exp(), 1.9339801509084078, -17_812, 2.0),
        (s(1e15).exp(), 1.326256594555387, 1_442_695_040_888_963, 2.0),
        (s(-2.7e17).exp(), 1.008925980931858, -389_527_661_040_020_120, 4.0),
        (s(800.0).sinh(), 1.1142189139490253, 1_153, 2.0),
        (s(-800.0).cosh(), 1.1142189139490253, 1_153, 2.0),
        (s(-800.0).sech(), 1.794979402128062, -1_154, 2.0),
        (s(-900.5).sigmoid(), 1.8063978567359267, -1_300, 2.0),
        (s(-900.5).softplus(), 1.8063978567359267, -1_300, 2.0),
        (s(26.0).erfc(), 1.1574095554812027, -981, 4.0),
        (s(27.3).erfc(), 1.1299583593205156, -1_081, 4.0),
        (s(100.1).erfc(), 1.6359686834926717, -14_464, 4.0),
        (s(1e5).erfc(), 1.5965717478048131, -14_426_950_427, 4.0),
        (s(3.3e8).erfc(), 1.759133965016169, -157_109_489_952_808_145, 4.0),
        (two_to(5000).ln(), 1.692253858788929, 11, 2.0),
        ((two_to(-5000) * s(1.3)).ln(), -1.6921257512379195, 11, 2.0),
        (two_to(1_000_003).log1p(), 1.3220772933988323, 19, 2.0),
        (s(1e300).pow(s(7.3)), 1.0157376358300378, 7_275, 8.0),
        (s(1e-300).pow(s(33.3)), 1.9163114765600862, -33_187, 8.0),
        (two_to(-7000).erf(), core::f64::consts::FRAC_2_SQRT_PI, -7_000, 2.0),
    ] {
        assert_eq!(found.exponent(), exponent, "{found:?}");
        assert!(
            (found.high() - fraction).abs() <= ulps * f64::EPSILON * fraction.abs(),
            "{found:?} {fraction}"
        );
    }
}

#[test]
fn textbook_formulas_far_out() {
    let one = s(1.0);
    let x = s(1000.0);
    assert_eq!(((x.exp() - (-x).exp()) / (x.exp() + (-x).exp())).to_f64(), 1.0);
    let x = s(800.0);
    let expected = x * (-x).exp();
    close(x * x.exp() / (one + x.exp() + (s(2.0) * x).exp()), expected, 8.0);
    assert_eq!((x * x.exp() * x.exp().sech().powi(2)).to_f64(), 0.0);
    let x = s(-800.0);
    close(x.sigmoid() / (s(2.0) * x.softplus().sqrt()), s(-400.0).exp() / s(2.0), 8.0);
    let x = s(1e200);
    assert_eq!((x / (one + x * x).sqrt()).to_f64(), 1.0);
    assert_eq!((x * x * (-x * x).exp()).to_f64(), 0.0);
    // Squareplus for x → -∞: its conjugate form does not cancel.
    let (x, b) = (s(-1e200), s(4.0));
    close(b / (s(2.0) * ((x * x + b).sqrt() - x)), s(1e-200), 4.0);
}

#[test]
fn inverse_functions_far_out() {
    for exponent in [-100_000, -3000, -1074, 1025, 3000, 1_000_000] {
        let x = two_to(exponent) * s(1.25);
        close(x.sqrt() * x.sqrt(), x, 4.0);
        close(x.cbrt().powi(3), x, 6.0);
        close(x.pow(s(2.0)), x * x, 8.0);
        close(x.pow(s(-0.5)), s(1.0) / x.sqrt(), 8.0);
        close((-x).pow(s(3.0)), -(x * x * x), 8.0);
        assert!((-x).pow(s(0.5)).to_f64().is_nan());
        close(x.ln().exp(), x, 2.0 * f64::from(exponent).abs());
    }
    let tiny = two_to(-5000);
    for odd in [tiny.sin(), tiny.tanh(), tiny.atan(), tiny.asinh(), tiny.sinh(), tiny.expm1(), tiny.log1p()] {
        assert_eq!(odd, tiny);
    }
    assert_eq!(tiny.logcosh(), tiny * tiny / s(2.0));
    let huge = two_to(5000);
    assert_eq!(huge.tanh().to_f64(), 1.0);
    assert_eq!((-huge).erfc().to_f64(), 2.0);
    assert_eq!(huge.erfc().to_f64(), 0.0);
    assert_eq!(huge.exp().to_f64(), f64::INFINITY);
    assert_eq!((-huge).softplus().to_f64(), 0.0);
    assert_eq!(huge.softplus(), huge);
    assert_eq!((-huge).atan().to_f64(), -core::f64::consts::FRAC_PI_2);
    assert!(huge.sin().to_f64().is_nan() && huge.cos().to_f64().is_nan());
    close((-huge).asinh(), -(huge + huge).ln(), 2.0);
}

/// Arguments whose exponentials have an exponent that is hardly, or not at all, an `i64`.
fn huge_arguments() -> impl Iterator<Item = f64> {
    let named = [1e19, 3.4e38, 1e300, 1.7e308, f64::MAX];
    named.into_iter().chain((46..1000).map(|power| 1.37 * f64::powi(2.0, power)))
}

#[test]
fn formulas_in_huge_exponentials() {
    let (zero, one, two) = (s(0.0), s(1.0), s(2.0));
    for x in huge_arguments().map(s) {
        let grown = x.exp();
        assert!(grown.to_f64() == f64::INFINITY && grown.high() == 1.0 || x < s(3e17));
        assert_eq!((x * grown * grown.sech().powi(2)).to_f64(), 0.0);
        assert_eq!((x * (-x).exp() * (-x).exp().sech().powi(2)).to_f64(), 0.0);
        assert_eq!(grown / grown, one);
        assert_eq!(grown / (one + grown), one);
        close(x * grown / (one + grown), x, 4.0);
        close(x * grown * grown / (one + grown).powi(2), x, 8.0);
        close(grown * grown / (two * x).exp(), one, 16.0);
        close((x * x * grown * grown).sqrt() / grown, x, 4.0);
        // Three times the argument has to be an `f64`, as it always is for an `f32`.
        if 3.0 * x.high() - 2.0 * x.high() == x.high() {
            close((x * grown).powi(3).cbrt() / grown, x, 8.0);
        }
        close((x * grown).pow(s(2.0)) / (grown * grown), x * x, 8.0);
        close((x * grown).pow(s(0.5)) * grown.pow(s(-0.5)), x.sqrt(), 8.0);
        assert_eq!((grown - (-x).exp()) / (grown + (-x).exp()), one);
        let mish = grown * grown + two * grown;
        close(x * mish / (mish + two), x, 4.0);
        assert_eq!(((-x) * (-x).exp() / (one + (-x).exp())).to_f64(), 0.0);
        let below = (-x).sigmoid() / (two * (-x).softplus().sqrt());
        assert_eq!(below.to_f64(), 0.0);
        close(below, (-x / two).exp() / two, 8.0);
        assert_eq!(x.sigmoid() / (two * x.softplus().sqrt()), one / (two * x.sqrt()));
        close(grown * (-x).exp(), one, 8.0);
        assert_eq!(zero * grown, zero);
        assert_eq!(grown - grown, zero);
    }
}

#[test]
fn functions_of_huge_exponentials() {
    let (zero, one, two) = (s(0.0), s(1.0), s(2.0));
    for x in huge_arguments().map(s) {
        let (large, small) = (x.exp(), (-x).exp());
        close(x.sinh(), large / two, 8.0);
        close((-x).sinh(), -large / two, 8.0);
        close((-x).cosh(), large / two, 8.0);
        close((-x).sech(), small * two, 8.0);
        close((-x).sigmoid(), small, 8.0);
        assert_eq!((x.softplus(), (-x).softplus()), (x, small));
        close(large.ln(), x, 1.0);
        close(small.ln(), -x, 1.0);
        close((x * large).log1p(), x + x.ln(), 2.0);
        close(large.asinh(), x + two.ln(), 2.0);
        assert_eq!((large.tanh(), (-large).tanh(), small.tanh()), (one, -one, small));
        assert_eq!((large.erf(), (-large).erf()), (one, -one));
        close(small.erf(), small * s(core::f64::consts::FRAC_2_SQRT_PI), 1.0);
        assert_eq!(((-large).erfc(), small.erfc()), (two, one));
        assert_eq!(
            (large.erfc(), large.sech(), (-large).softplus(), (-large).sigmoid()),
            (zero, zero, zero, zero)
        );
        assert_eq!((large.sigmoid(), large.softplus(), large.logcosh()), (one, large, large));
        assert_eq!(small.logcosh(), small * small / two);
        assert_eq!((small.log1p(), small.expm1(), small.sinh(), small.exp()), (small, small, small, one));
        assert_eq!((large.exp().to_f64(), (-large).exp()), (f64::INFINITY, zero));
        assert_eq!(((-large).expm1(), large.pow(zero), one.pow(large)), (-one, one, one));
        assert_eq!((two.pow(large).to_f64(), s(0.5).pow(large)), (f64::INFINITY, zero));
        assert_eq!((large.to_f64(), small.to_f64()), (f64::INFINITY, 0.0));
        assert_eq!((large.to_f32(), small.to_f32()), (f32::INFINITY, 0.0));
        close(large.powi(-2), small * small, 16.0);
    }
    let power = s(1e300).exp().pow(s(1e-290));
    close(power, s(1e10).exp(), 1e11);
    close(s(1.5).pow(s(1e30)).ln(), s(1e30) * s(1.5).ln(), 4.0);
    assert_eq!(s(1e10).erfc().exponent(), -i64::MAX);
    close(s(1e10).erfc().ln(), -s(1e20), 4.0);
    close(s(1e150).erfc().ln(), -s(1e300), 4.0);
    assert_eq!(s(1e160).erfc().to_f64(), 0.0);
}

#[test]
fn huge_exponentials_compare() {
    let last = s(1e15);
    for x in huge_arguments().skip(4).map(s) {
        let (large, small) = (x.exp(), (-x).exp());
        let ordered = [
            -large * x,
            -large,
            -large / x,
            -last,
            -small * x,
            -small,
            s(0.0),
            small,
            small * x,
            s(1.0),
            last,
        ];
        for pair in ordered.windows(2) {
            assert_eq!(pair[0].partial_cmp(&pair[1]), Some(Ordering::Less));
            assert_eq!(pair[1].partial_cmp(&pair[0]), Some(Ordering::Greater));
            assert!(pair[1] - pair[0] > s(0.0));
            assert_eq!(pair[0] + pair[1], pair[1] + pair[0]);
        }
        assert!(last < large / x && large < large * x && large * x < s(f64::INFINITY));
        assert_eq!((large + last, last - large, large + small, x + small), (large, -large, large, x));
        assert_eq!(large.max(last), large);
        close(large + (x * large), large * (x + s(1.0)), 8.0);
    }
    // The same number in two forms: as a power of two, and as an exponential.
    let third = s(2e17).exp();
    let whole = s(6e17).exp();
    close(third.powi(3), whole, 16.0);
    close(whole + third.powi(3), whole * s(2.0), 16.0);
    assert!(third.powi(3) * s(1.001) > whole && third.powi(3) < whole * s(1.001));
    assert!(-third.powi(3) * s(1.001) < -whole);
}

#[test]
fn saturates_beyond_the_last_exponential() {
    let zero = s(0.0);
    assert_eq!(s(800.0).exp().exp().to_f64(), f64::INFINITY);
    assert_eq!((-s(800.0).exp()).exp(), zero);
    assert_eq!((-s(800.0).exp()).exp() * s(f64::MAX).exp(), zero);
    let mut large = s(f64::MAX).exp();
    for _ in 0..65 {
        assert!(large < s(f64::INFINITY) && s(1.0) / large > zero);
        large = large * large;
    }
    assert_eq!(large, s(f64::INFINITY));
    // Powers of two go over into exponentials.
    let mut power = two_to(1 << 30);
    for _ in 0..100 {
        let square = power * power;
        assert!(square > power && square < s(f64::INFINITY));
        close(square.ln(), power.ln() * s(2.0), 4.0);
        power = square;
    }
    assert_eq!(((-s(1e18)).exp() * two_to(i32::MAX)).to_f64(), 0.0);
}
