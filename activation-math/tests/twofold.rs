//! `Twofold` against multi-precision arithmetic: every operation is within the bound that it states, of composed functions too,
//! and the bound is small where digits are not lost.

mod judged;

use activation_math::{Real, Twofold, Wide};
use judged::{Exact, Judged, Random};

impl Judged for Twofold {
    fn is_known(self) -> bool {
        self.error() < f64::INFINITY
    }

    fn wide<const LIMBS: usize>(self) -> Wide<LIMBS> {
        let (head, tail) = self.parts();
        Wide::from_f64(head) + Wide::from_f64(tail)
    }
}

/// A function, in both number types.
struct Function {
    name: &'static str,
    found: fn(Twofold) -> Twofold,
    exact: fn(Exact) -> Exact,
    /// Where it is asked: the smallest and the largest argument, and whether on the left of 0 too.
    smallest: f64,
    largest: f64,
    signed: bool,
    /// The largest bound of its error, relative to its value, for arguments of ordinary size.
    bound: f64,
}

macro_rules! functions {
    ($($name:ident $smallest:literal $largest:literal $signed:literal $bound:literal;)*) => {
        [$(Function {
            name: stringify!($name),
            found: Real::$name,
            exact: Real::$name,
            smallest: $smallest,
            largest: $largest,
            signed: $signed,
            bound: f64::powi(2.0, $bound),
        }),*]
    };
}

fn functions() -> [Function; 23] {
    functions! {
        sqrt 1e-90 1e100 false -100;
        cbrt 1e-90 1e100 true -51;
        exp 1e-90 300.0 true -58;
        expm1 1e-90 300.0 true -57;
        exp_excess 1e-20 300.0 true -51;
        ln 1e-90 1e100 false -58;
        log1p 1e-90 1e100 false -58;
        sinh 1e-90 300.0 true -56;
        cosh 1e-90 300.0 true -58;
        tanh 1e-90 1e100 true -56;
        asinh 1e-90 1e100 true -58;
        atan 1e-90 1e100 true -51;
        sin 1e-90 1e5 true -56;
        cos 1e-90 1e5 true -56;
        erf 1e-90 1e100 true -56;
        erfc 1e-90 20.0 true -53;
        sigmoid 1e-90 600.0 true -58;
        softplus 1e-90 600.0 true -58;
        sech 1e-90 300.0 true -56;
        logcosh 1e-20 1e100 true -51;
        tanhshrink 1e-20 1e100 true -51;
        decay 1e-90 600.0 true -58;
        decay_gap 1e-90 1e100 true -57;
    }
}

impl Random {
    /// An argument, every other one of ordinary size.
    fn argument(&mut self, function: &Function) -> f64 {
        let fraction = f64::from_bits((self.bits() >> 12) | (1023 << 52));
        let exponent = if self.below(2) == 0 { self.within((-6, 6)) } else { self.within((-300, 300)) };
        let size = fraction * f64::powi(2.0, i32::try_from(exponent).unwrap());
        let size = if size > function.largest { function.largest * (fraction - 1.0) } else { size };
        let size = size.max(function.smallest * fraction);
        if function.signed && self.below(2) == 0 { -size } else { size }
    }
}

/// The error of a result beside its bound.
#[track_caller]
fn check(what: &str, x: f64, found: Twofold, expected: Exact) {
    let error = (found.wide() - expected).magnitude();
    assert!(
        error <= Wide::from_f64(found.error()),
        "{what} of {x:?}: off by 2^{} of it, and {} stated",
        (error / expected).exponent(),
        found.error()
    );
}

#[test]
fn functions_are_within_the_bounds_that_they_state() {
    let mut random = Random(1);
    for function in functions() {
        let mut worst = 0.0_f64;
        for _ in 0..4000 {
            let x = random.argument(&function);
            let found = (function.found)(Twofold::exact(x));
            assert!(found.is_known(), "{} of {x:?} is not known", function.name);
            check(function.name, x, found, (function.exact)(Wide::from_f64(x)));
            let (head, _) = found.parts();
            if head.abs() > 1e-250 && x.abs() > 1e-100 {
                worst = worst.max(found.error() / head.abs());
            }
        }
        assert!(worst <= function.bound, "{}: 2^{}", function.name, worst.log2());
    }
}

/// Arguments with tails and errors: functions of functions.
#[test]
fn bounds_hold_for_functions_of_functions() {
    let mut random = Random(2);
    let functions = functions();
    let mut known = 0;
    for inner in &functions {
        for outer in &functions {
            for _ in 0..60 {
                let x = random.argument(inner);
                let between = (inner.found)(Twofold::exact(x));
                let found = (outer.found)(between);
                // Below, the oracle has not enough bits.
                let is_tiny = between.parts().0.abs() < outer.smallest;
                if is_tiny || !found.is_known() {
                    continue;
                }
                known += 1;
                let expected = (outer.exact)((inner.exact)(Wide::from_f64(x)));
                check(&format!("{} of {}", outer.name, inner.name), x, found, expected);
            }
        }
    }
    assert!(known > 23 * 23 * 30, "{known}");
}

#[test]
fn arithmetic_is_within_the_bounds_that_it_states() {
    let mut random = Random(3);
    let any = &functions()[14];
    for step in 0..40_000 {
        let (x, y) = (random.argument(any), random.argument(any));
        // Two parts each, and sums that cancel.
        let a = Twofold::exact(x).exp_excess() * Twofold::exact(1.0 / 3.0);
        let b = if step % 3 == 0 {
            -a + Twofold::exact(y * 1e-20)
        } else {
            Twofold::exact(y) / Twofold::exact(3.0)
        };
        if !a.is_known() || !b.is_known() {
            continue;
        }
        let (wide_a, wide_b) = (a.wide::<8>(), b.wide::<8>());
        let inherited = |slope_a: f64, slope_b: f64| {
            Wide::from_f64(a.error()) * Wide::from_f64(slope_a)
                + Wide::from_f64(b.error()) * Wide::from_f64(slope_b)
        };
        for (what, found, expected, slack) in [
            ("sum", a + b, wide_a + wide_b, inherited(1.0, 1.0)),
            ("difference", a - b, wide_a - wide_b, inherited(1.0, 1.0)),
            ("product", a * b, wide_a * wide_b, inherited(0.0, 0.0)),
            ("quotient", a / b, wide_a / wide_b, inherited(0.0, 0.0)),
        ] {
            if found.is_known() {
                let error = (found.wide::<8>() - expected).magnitude();
                assert!(slack + error <= Wide::from_f64(found.error()), "{what} of {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn unknown_where_the_range_ends() {
    let x = |value: f64| Twofold::exact(value);
    for result in [
        x(800.0).exp(),
        x(1e200) * x(1e200),
        x(1.0) / (x(1e200) * x(1e200)),
        x(1.0) / x(0.0),
        x(-1.0).ln(),
        x(-1.0).sqrt(),
        x(0.0).ln(),
        x(1e9).sin(),
        Twofold::max(x(0.0), x(0.0) / x(0.0)),
        Twofold::if_less(x(-1.0).ln(), x(0.0), x(1.0), x(1.0)),
        (x(800.0).exp() - x(800.0).exp()).sign(),
    ] {
        assert!(result.result().is_nan(), "{result:?}");
    }
}

#[test]
fn signs_of_zero() {
    let (zero, minus) = (Twofold::exact(0.0), Twofold::exact(-0.0));
    let one = Twofold::exact(1.0);
    for (found, expected) in [
        (minus + minus, -0.0),
        (minus + zero, 0.0),
        (one - one, 0.0),
        (minus * one, -0.0),
        (minus / one, -0.0),
        (-zero, -0.0),
        (minus.sin(), -0.0),
        (minus.tanh(), -0.0),
        (minus.expm1(), -0.0),
        (minus.log1p(), -0.0),
        (minus.sinh(), -0.0),
        (minus.asinh(), -0.0),
        (minus.erf(), -0.0),
        (minus.sqrt(), -0.0),
        (minus.sign(), -0.0),
        (minus.abs(), 0.0),
        (zero.max(minus), 0.0),
        (minus.max(zero), -0.0),
    ] {
        assert_eq!(found.result().to_bits(), f64::to_bits(expected), "{found:?}");
    }
}

/// Loops over several numbers, as far as the machine has instructions for them.
#[cfg(feature = "std")]
mod in_loops {
    use super::{Random, functions};
    use activation_math::{Body, Level, Real, evaluate_double, evaluate_double_into};
    use std::cell::Cell;

    macro_rules! bodies {
        ($($index:literal => |$x:ident| $value:expr;)*) => {
            /// One operation, or a few.
            #[derive(Debug)]
            struct Operation(usize);

            const OPERATIONS: usize = [$($index),*].len();

            impl Body for Operation {
                fn at<R: Real>(&self, x: R) -> R {
                    match self.0 {
                        $($index => { let $x = x; $value })*
                        _ => x,
                    }
                }
            }
        };
    }

    bodies! {
        0 => |x| x.sqrt();
        1 => |x| x.cbrt();
        2 => |x| x.exp();
        3 => |x| x.expm1();
        4 => |x| x.exp_excess();
        5 => |x| x.ln();
        6 => |x| x.log1p();
        7 => |x| x.sinh();
        8 => |x| x.cosh();
        9 => |x| x.tanh();
        10 => |x| x.asinh();
        11 => |x| x.atan();
        12 => |x| x.sin();
        13 => |x| x.cos();
        14 => |x| x.erf();
        15 => |x| x.erfc();
        16 => |x| x.sigmoid();
        17 => |x| x.softplus();
        18 => |x| x.sech();
        19 => |x| x.logcosh();
        20 => |x| x.tanhshrink();
        21 => |x| x.decay();
        22 => |x| x.decay_gap();
        23 => |x| x + x.literal(0.1);
        24 => |x| x.literal(0.1) - x * x;
        25 => |x| x / (x.constant([0.1, -5.5e-18, 0.0]) + x.pi());
        26 => |x| R::if_less(x, x.e(), -x, x.decimal("0.3"));
        27 => |x| R::if_less_equal(x.literal(0.0), x, x.abs(), x.sign());
        28 => |x| x.min(x.literal(1.0)).max(-x.literal(0.5));
        29 => |x| R::select(x.less(x.literal(0.0)), x.literal(2.0), x);
        30 => |x| R::select(x.less_equal(x.literal(0.0)), x.powi(3), x.abs().pow(x.literal(1.5)));
        31 => |x| R::if_less(x.ln(), x.literal(0.0), x.literal(1.0), x.literal(1.0));
    }

    #[test]
    fn the_same_bits_as_one_by_one() {
        const SPECIAL: [f64; 14] = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            0.0,
            -0.0,
            5e-324,
            -5e-324,
            1e-310,
            f64::MIN_POSITIVE,
            f64::MAX,
            -f64::MAX,
            1.0,
            -1.0,
            0.5,
        ];
        let mut random = Random(4);
        let ordinary = &functions()[2];
        let inputs: Vec<f64> =
            (0..301).map(|at| if at < 14 { SPECIAL[at] } else { random.argument(ordinary) }).collect();
        for operation in (0..OPERATIONS).map(Operation) {
            let one = |x: f64| if x.is_nan() { x } else { evaluate_double(&operation, x, &[]) };
            let expected: Vec<f64> = inputs.iter().map(|&x| one(x)).collect();
            for level in Level::available() {
                for length in [301, 300, 65, 64, 63, 9, 8, 7, 0] {
                    let mut found = vec![7.0; length];
                    let asked = Cell::new(0);
                    let otherwise = |x| {
                        asked.set(asked.get() + 1);
                        one(x)
                    };
                    let inputs = &inputs[..length];
                    if !evaluate_double_into(level, &operation, inputs, &mut found, &[], otherwise) {
                        assert!(length < 8 || level == Level::BASE);
                        continue;
                    }
                    for ((&x, found), expected) in inputs.iter().zip(&found).zip(&expected) {
                        let is_same =
                            found.to_bits() == expected.to_bits() || (found.is_nan() && expected.is_nan());
                        assert!(is_same, "{operation:?} of {x:?}, {level:?}: {found:?}, not {expected:?}");
                    }
                    assert!(length < 300 || asked.get() < 180, "{operation:?}: {}", asked.get());
                }
            }
        }
    }

    #[test]
    fn where_branches_meet_smoothly_another_is_asked() {
        let mut found = [0.0; 8];
        let inputs = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let careful = [(2.0, 2.0), (4.0, 6.0)];
        let level = Level::detect();
        if evaluate_double_into(level, &Operation(28), &inputs, &mut found, &careful, |_| 9.0) {
            assert_eq!(found, [0.0, 1.0, 9.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        }
    }
}
