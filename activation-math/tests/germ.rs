//! Limits read off germs: known ones, ones that must not be claimed, and agreement with evaluation far out.

#![expect(clippy::eq_op, reason = "a formula minus or divided by itself is a case to get right")]

use activation_math::{Extended, Germ, Real};

/// At +∞ and -∞, or from the right and from the left.
type Limits = (Option<f64>, Option<f64>);

/// One formula, for both number types that the tests need.
struct Formula {
    text: &'static str,
    germ: fn(Germ) -> Germ,
    extended: fn(Extended) -> Extended,
}

macro_rules! formula {
    ($x:ident => $body:expr) => {{
        fn formula<R: Real>($x: R) -> R {
            $body
        }
        Formula { text: stringify!($body), germ: formula::<Germ>, extended: formula::<Extended> }
    }};
}

/// Rows `x => formula => limits at +∞ and -∞`, or from the right and from the left.
macro_rules! table {
    ($($x:ident => $body:expr => $limits:expr;)*) => { [$((formula!($x => $body), $limits)),*] };
}

fn k<R: Real>(x: R, value: f64) -> R {
    x.literal(value)
}

fn one<R: Real>(x: R) -> R {
    x.literal(1.0)
}

fn square<R: Real>(x: R) -> R {
    x * x
}

fn normal_cdf<R: Real>(x: R) -> R {
    k(x, 0.5) * (-x / k(x, 2.0).sqrt()).erfc()
}

fn normal_pdf<R: Real>(x: R) -> R {
    (-x * x / k(x, 2.0)).exp() / (k(x, 2.0) * x.pi()).sqrt()
}

/// The argument of tanh in the approximate gelu.
fn gelu_inner<R: Real>(x: R) -> R {
    (k(x, 2.0) / x.pi()).sqrt() * (x + k(x, 0.044715) * x.powi(3))
}

fn gelu_inner_slope<R: Real>(x: R) -> R {
    (k(x, 2.0) / x.pi()).sqrt() * (one(x) + k(x, 0.134145) * x.powi(2))
}

fn textbook_tanh<R: Real>(x: R) -> R {
    (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())
}

const INF: Option<f64> = Some(f64::INFINITY);
const MINUS_INF: Option<f64> = Some(f64::NEG_INFINITY);
const ZERO: Option<f64> = Some(0.0);
const ONE: Option<f64> = Some(1.0);
const MINUS_ONE: Option<f64> = Some(-1.0);
const HALF_PI: f64 = core::f64::consts::FRAC_PI_2;
const LN_2: f64 = core::f64::consts::LN_2;

fn agree(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == right || (left - right).abs() <= 1e-12 * right.abs(),
        (None, None) => true,
        _ => false,
    }
}

fn at_infinity() -> Vec<(Formula, Limits)> {
    table![
        x => x => (INF, MINUS_INF);
        x => x * k(x, 0.0) => (ZERO, ZERO);
        x => x.exp() * k(x, 0.0) => (ZERO, ZERO);
        x => k(x, 3.5) - x / x => (Some(2.5), Some(2.5));
        x => x.sigmoid() => (ONE, ZERO);
        x => one(x) / (one(x) + (-x).exp()) => (ONE, ZERO);
        x => x.exp() / (one(x) + x.exp()) => (ONE, ZERO);
        x => textbook_tanh(x) => (ONE, MINUS_ONE);
        x => x.tanh() => (ONE, MINUS_ONE);
        x => square(x.tanh()) => (ONE, ONE);
        x => x - x.tanh() => (INF, MINUS_INF);
        x => x * (one(x) - x.tanh()) => (ZERO, MINUS_INF);
        x => x * x.sigmoid() => (INF, ZERO);
        x => x.sigmoid() + x * x.sigmoid() * (-x).sigmoid() => (ONE, ZERO);
        x => x * normal_cdf(x) => (INF, ZERO);
        x => normal_cdf(x) + x * normal_pdf(x) => (ONE, ZERO);
        x => normal_pdf(x) * (k(x, 2.0) - x * x) => (ZERO, ZERO);
        x => k(x, 0.5) * x * (one(x) + (x / k(x, 2.0).sqrt()).erf()) => (INF, ZERO);
        x => k(x, 0.5) * x * (one(x) + gelu_inner(x).tanh()) => (INF, ZERO);
        x => k(x, 0.5) * (one(x) + gelu_inner(x).tanh())
            + k(x, 0.5) * x * square(gelu_inner(x).sech()) * gelu_inner_slope(x) => (ONE, ZERO);
        x => x * (k(x, 1.702) * x).sigmoid() => (INF, ZERO);
        x => x * x.softplus().tanh() => (INF, ZERO);
        x => x * (one(x) + x.exp()).ln().tanh() => (INF, ZERO);
        x => x.softplus().tanh() + x * square(x.softplus().sech()) * x.sigmoid() => (ONE, ZERO);
        x => x * x.exp().tanh() => (INF, ZERO);
        x => x.exp().tanh() + x * x.exp() * square(x.exp().sech()) => (ONE, ZERO);
        x => x * (-x * x).exp() => (ZERO, ZERO);
        x => (-x * x).exp() => (ZERO, ZERO);
        x => square(x) * (-square(x)).exp() => (ZERO, ZERO);
        x => x / (one(x) + x.abs()) => (ONE, MINUS_ONE);
        x => one(x) / square(one(x) + x.abs()) => (ZERO, ZERO);
        x => x / (one(x) + square(x)).sqrt() => (ONE, MINUS_ONE);
        x => (x + (square(x) + k(x, 4.0)).sqrt()) / k(x, 2.0) => (INF, ZERO);
        x => (one(x) + x / (square(x) + k(x, 4.0)).sqrt()) / k(x, 2.0) => (ONE, ZERO);
        x => k(x, 2.0) / (square(x) + k(x, 4.0)).pow(k(x, 1.5)) => (ZERO, ZERO);
        x => x * (x - (square(x) + k(x, 1.0)).sqrt()) => (Some(-0.5), MINUS_INF);
        x => (one(x) + square(x)).ln() => (INF, INF);
        x => (one(x) + square(x)).ln() - k(x, 2.0) * x.abs().ln() => (ZERO, ZERO);
        x => x.asinh() => (INF, MINUS_INF);
        x => x.asinh() - x.sign() * x.abs().ln() => (Some(LN_2), Some(-LN_2));
        x => x.atan() => (Some(HALF_PI), Some(-HALF_PI));
        x => x * (x.atan() - x.pi() / k(x, 2.0)) => (MINUS_ONE, INF);
        x => x * x.sigmoid().log1p() => (INF, ZERO);
        x => x * x.sigmoid().log1p().tanh() => (INF, ZERO);
        x => x.logcosh() => (INF, INF);
        x => x.logcosh() - x.abs() => (Some(-LN_2), Some(-LN_2));
        x => x.softplus() => (INF, ZERO);
        x => x.softplus() - x => (ZERO, INF);
        x => (one(x) + x.exp()).ln() - x => (ZERO, INF);
        x => x.softplus().sqrt() => (INF, ZERO);
        x => x.sigmoid() / (k(x, 2.0) * x.softplus().sqrt()) => (ZERO, ZERO);
        x => R::select(k(x, 0.0).less(x), x, k(x, 1.5) * x.expm1()) => (INF, Some(-1.5));
        x => R::select(k(x, 0.0).less_equal(x), x, k(x, 0.0) * x) => (INF, ZERO);
        x => R::if_less(k(x, 0.0), x, x, x.expm1()) => (INF, MINUS_ONE);
        x => x + R::if_less_equal(x.sin(), x.cos(), k(x, 1.0), k(x, 2.0)) => (INF, MINUS_INF);
        x => x.max(k(x, 0.0)).min(k(x, 1.0)) => (ONE, ZERO);
        x => x + square(x.sin()) => (INF, MINUS_INF);
        x => x + x.sin().max(k(x, 0.0)) => (INF, MINUS_INF);
        x => x + x.sin().abs() * x.cos().sign() => (INF, MINUS_INF);
        x => x.sin() / x => (ZERO, ZERO);
        x => x.sin().exp() / x => (ZERO, ZERO);
        x => (-square(x) + x.sin()).exp() => (ZERO, ZERO);
        x => square(x) * x.exp() / square(one(x) + x.exp()) => (ZERO, ZERO);
        x => x * x.exp() / (one(x) + x.exp() + (k(x, 2.0) * x).exp()) => (ZERO, ZERO);
        x => x.exp().exp() => (INF, ONE);
        x => one(x) - (-x.exp()).exp() => (ONE, ZERO);
        x => x * (-x).exp().exp() => (INF, MINUS_INF);
        x => x.exp() * square(x.exp().sech()) * x => (ZERO, ZERO);
        x => one(x) / x => (ZERO, ZERO);
        x => x.cbrt() => (INF, MINUS_INF);
        x => (x.powi(3) + square(x)).cbrt() - x => (Some(1.0 / 3.0), Some(1.0 / 3.0));
        x => x.abs().ln() / x => (ZERO, ZERO);
        x => x.abs().pow(k(x, 0.9)) / square(x.abs().ln()) => (INF, INF);
        x => (x.abs().ln() / x.abs()).exp() => (ONE, ONE);
        x => x.abs().pow(one(x) / x.abs()) => (ONE, ONE);
        x => (one(x) + one(x) / x).pow(x) => (Some(core::f64::consts::E), Some(core::f64::consts::E));
        x => x.abs().pow(x) => (INF, ZERO);
        x => x.abs().pow(x.abs()) * (-square(x)).exp() => (ZERO, ZERO);
        x => x.erfc() * square(x).exp() * x => (Some(1.0 / core::f64::consts::PI.sqrt()), MINUS_INF);
        x => (one(x) / x).exp() => (ONE, ONE);
        x => x * (one(x) / x).expm1() => (ONE, ONE);
        x => x.sinh() / x.cosh() => (ONE, MINUS_ONE);
        x => x.sinh() * x.sech() => (ONE, MINUS_ONE);
        x => k(x, 1e-200) * k(x, 1e-200) * x.exp() => (INF, ZERO);
        x => k(x, -100.0).exp() * x.exp() => (INF, ZERO);
    ]
    .into()
}

/// Cancellation hides these limits from evaluation with 53 bits.
fn beyond_evaluation() -> Vec<(Formula, Limits)> {
    table![
        x => (x.sigmoid() - one(x)) * x.exp() => (MINUS_ONE, ZERO);
        x => (x - x.sinh()) + x.sinh() => (INF, MINUS_INF);
        x => (x.tanh() - one(x)).abs().ln() / x => (Some(-2.0), ZERO);
        x => (x.tanh().ln() / x.tanh().ln()).sqrt() => (ONE, None);
        x => x.erfc().erfc().ln() * x / x.erfc() => (MINUS_INF, MINUS_INF);
        x => square(x) * x * (x.atan() + one(x) / x - x.sign() * x.pi() / k(x, 2.0)) => (Some(1.0 / 3.0), Some(1.0 / 3.0));
    ]
    .into()
}

/// There is no limit, or at least none that could be known.
fn without_limit() -> Vec<Formula> {
    vec![
        formula!(x => x.sin()),
        formula!(x => x * x.cos()),
        formula!(x => one(x) + (k(x, 2.0) * x).sin()),
        formula!(x => x.sin().max(k(x, 0.0))),
        formula!(x => R::select(x.sin().less(k(x, 0.0)), k(x, 1.0), k(x, 2.0))),
        formula!(x => x.sin() * x + x),
        formula!(x => R::if_less(k(x, f64::NAN), x, k(x, 1.0), k(x, 1.0))),
        formula!(x => x.sin() / x.sin()),
        formula!(x => x * k(x, f64::NAN)),
        formula!(x => x / k(x, 0.0)),
        formula!(x => x.exp().exp() - x.exp().exp()),
        formula!(x => (-square(x)).sqrt()),
        formula!(x => (-x.exp()).ln()),
        formula!(x => k(x, 0.0).ln() + x),
        formula!(x => x.exp().sin()),
        formula!(x => k(x, 100.0).exp().sin() + one(x) / x),
        formula!(x => ((k(x, 4.0).erfc() - k(x, 2.0)) + k(x, 2.0)).ln().cosh().powi(4).cos()),
    ]
}

fn at_zero() -> Vec<(Formula, Limits)> {
    table![
        x => (x.exp() - one(x)) / x => (ONE, ONE);
        x => x.expm1() / x => (ONE, ONE);
        x => x.sin() / x => (ONE, ONE);
        x => (x * x.cos() - x.sin()) / square(x) => (ZERO, ZERO);
        x => (k(x, 2.0) * x.sin() - k(x, 2.0) * x * x.cos() - square(x) * x.sin()) / x.powi(3)
            => (Some(-1.0 / 3.0), Some(-1.0 / 3.0));
        x => (one(x) - x.cos()) / square(x) => (Some(0.5), Some(0.5));
        x => (x - x.sin()) / x.powi(3) => (Some(1.0 / 6.0), Some(1.0 / 6.0));
        x => x * x.abs().ln() => (ZERO, ZERO);
        x => x.tanh() / x => (ONE, ONE);
        x => one(x) / x => (INF, MINUS_INF);
        x => x / x.abs() => (ONE, MINUS_ONE);
        x => x / (x.exp() - one(x)) => (ONE, ONE);
        x => x.erf() / x => (Some(2.0 / core::f64::consts::PI.sqrt()), Some(2.0 / core::f64::consts::PI.sqrt()));
        x => x.logcosh() / square(x) => (Some(0.5), Some(0.5));
        x => (x.softplus() - k(x, 2.0).ln()) / x => (Some(0.5), Some(0.5));
        x => (x.sigmoid() - k(x, 0.5)) / x => (Some(0.25), Some(0.25));
        x => x.asinh() / x.atan() => (ONE, ONE);
        x => (one(x) - x.sech()) / square(x) => (Some(0.5), Some(0.5));
        x => (x.sinh() - x) / x.powi(3) => (Some(1.0 / 6.0), Some(1.0 / 6.0));
        x => (x.cosh() - one(x)) / square(x) => (Some(0.5), Some(0.5));
        x => (one(x) - x.erfc()) / x => (Some(2.0 / core::f64::consts::PI.sqrt()), Some(2.0 / core::f64::consts::PI.sqrt()));
        x => x.abs().pow(x) => (ONE, ONE);
        x => (-one(x) / square(x)).exp() / x.powi(9) => (ZERO, ZERO);
        x => x.abs().sqrt() / x => (INF, MINUS_INF);
        x => (x + x.pi()).sin() / x => (MINUS_ONE, MINUS_ONE);
        x => (one(x) / x).sin() => (None, None);
        x => x * (one(x) / x).sin() => (ZERO, ZERO);
        x => (one(x) / x).atan() => (Some(HALF_PI), Some(-HALF_PI));
        x => (x.decimal("0.1") + x.decimal("0.2") - x.decimal("0.3")) / x => (ZERO, ZERO);
        x => (k(x, 0.1) + k(x, 0.2) - k(x, 0.3)) / x => (INF, MINUS_INF);
        x => (k(x, 1.0 + 1e-13) - one(x)) / x => (INF, MINUS_INF);
        x => (x.constant([0.1, 0.0, 0.0]) - x.decimal("0.1")) / x => (INF, MINUS_INF);
    ]
    .into()
}

#[test]
fn limits_at_infinity() {
    let mut wrong = 0;
    for (formula, (plus, minus)) in at_infinity().into_iter().chain(beyond_evaluation()) {
        for (negative, expected) in [(false, plus), (true, minus)] {
            let germ = (formula.germ)(Germ::at_infinity(negative));
            if !agree(germ.limit(), expected) {
                wrong += 1;
                println!("{} at {negative}: {:?}, expected {expected:?}", formula.text, germ.limit());
            }
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn no_limit_is_claimed() {
    for formula in without_limit() {
        let limit = (formula.germ)(Germ::at_infinity(false)).limit();
        assert_eq!(limit, None, "{}", formula.text);
    }
    let iterated = (Germ::at_infinity(false).ln()).ln().limit();
    assert!(iterated.is_none_or(|limit| limit == f64::INFINITY));
}

#[test]
fn limits_at_zero() {
    let mut wrong = 0;
    for (formula, (right, left)) in at_zero() {
        for (from_left, expected) in [(false, right), (true, left)] {
            let germ = (formula.germ)(Germ::at_point(0.0, from_left));
            if !agree(germ.limit(), expected) {
                wrong += 1;
                println!("{} from left {from_left}: {:?}, expected {expected:?}", formula.text, germ.limit());
            }
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn limits_at_other_points() {
    for from_left in [false, true] {
        let x = Germ::at_point(1.0, from_left);
        assert_eq!(((x * x - k(x, 1.0)) / (x - k(x, 1.0))).limit(), Some(2.0));
        assert_eq!((x.ln() / (x - k(x, 1.0))).limit(), Some(1.0));
        let x = Germ::at_point(0.1, from_left);
        assert!(agree(((x.exp() - k(x, 0.1).exp()) / (x - k(x, 0.1))).limit(), Some(0.1f64.exp())));
        let x = Germ::at_point(-2.5, from_left);
        assert!(agree(
            ((x.sigmoid() - k(x, -2.5).sigmoid()) / (x - k(x, -2.5))).limit(),
            Some({
                let s = (-2.5f64).sigmoid();
                s * (1.0 - s)
            })
        ));
    }
    assert_eq!(Germ::at_point(f64::NAN, false).limit(), None);
}

/// What the values far out say, where they say it clearly.
#[test]
fn agrees_with_evaluation() {
    let mut decisive = 0;
    for (formula, _) in at_infinity() {
        for negative in [false, true] {
            let Some(limit) = (formula.germ)(Germ::at_infinity(negative)).limit() else { continue };
            let at = |t: f64| (formula.extended)(Extended::from_f64(if negative { -t } else { t })).to_f64();
            let values = [at(1e3), at(1e4), at(3e4)];
            if limit.is_infinite() {
                let grows = values[0] * limit.signum() > 1.0 && values[2].abs() >= values[0].abs();
                decisive += usize::from(grows);
                assert!(grows || values.iter().any(|v| v.is_nan()), "{} {negative} {values:?}", formula.text);
            } else if values.iter().all(|value| !value.is_nan()) {
                decisive += 1;
                let close = (values[2] - limit).abs() <= 0.01;
                assert!(close, "{} {negative}: {values:?}, not {limit}", formula.text);
            }
        }
    }
    assert!(decisive > 130, "{decisive}");
    for (formula, _) in at_zero() {
        for from_left in [false, true] {
            let Some(limit) = (formula.germ)(Germ::at_point(0.0, from_left)).limit() else { continue };
            let value = (formula.extended)(Extended::from_f64(if from_left { -1e-3 } else { 1e-3 })).to_f64();
            if limit.is_finite() {
                assert!((value - limit).abs() <= 0.01, "{}: {value}, not {limit}", formula.text);
            }
        }
    }
}
