//! `Extended` against multi-precision arithmetic: every operation within its stated bound, every conversion rounded once.

mod judged;
mod rows;

use activation_math::extended::bounds;
use activation_math::{Extended, Real, Wide};
use judged::{Exact, Judged, Random};
use rows::{check, rows};

impl Random {
    /// A double in [1, 2), or now and then one that is short, or next to 1 or 2.
    fn fraction(&mut self) -> f64 {
        let bits = self.bits() >> 12;
        let kept = match self.below(12) {
            0 => 0,
            1 => (1 << 52) - 1,
            2 => bits & !((1 << 32) - 1),
            3 => bits & 0xff,
            _ => bits,
        };
        f64::from_bits(kept | (1023 << 52))
    }

    /// Two parts of a number in [1, 2), the second one anywhere from half a unit of the first to nothing.
    fn parts(&mut self) -> (f64, f64) {
        let sign = if self.below(2) == 0 { 1.0 } else { -1.0 };
        let place = match self.below(8) {
            0 => return (self.fraction(), 0.0),
            1 => self.within((-300, -54)),
            2 => -54,
            _ => -55 - self.below(5),
        };
        (self.fraction(), sign * self.fraction() * power_of_two(place))
    }

    fn positive(&mut self, exponents: (i64, i64)) -> Extended {
        let (high, low) = self.parts();
        times_power(number(high, low), self.within(exponents))
    }
}

fn power_of_two(exponent: i64) -> f64 {
    f64::powi(2.0, i32::try_from(exponent).unwrap())
}

fn number(value: f64, rest: f64) -> Extended {
    Extended::from_f64(0.0).constant([value, rest, 0.0])
}

/// Exact, as products with powers of two are.
fn times_power(x: Extended, power: i64) -> Extended {
    x * Extended::from_f64(2.0).powi(i32::try_from(power).unwrap())
}

impl Judged for Extended {
    fn is_known(self) -> bool {
        self.high().is_finite()
    }

    fn wide<const LIMBS: usize>(self) -> Wide<LIMBS> {
        (Wide::from_f64(self.high()) + Wide::from_f64(self.low())).scaled(self.exponent())
    }
}

/// Exponentials of arguments from 2^58 on are tested by identities in `extended_range.rs`.
#[test]
fn functions_are_within_their_bounds() {
    let rows = rows! {
        sqrt SQRT -100_000 to 100_000 false;
        cbrt CBRT -100_000 to 100_000 true;
        exp EXP -130 to 57 true;
        expm1 EXPM1 -130 to 57 true;
        exp_excess EXP_EXCESS -100 to 57 true;
        ln LN -130 to 130 false;
        ln LN -1_000_000_000 to 1_000_000_000 false;
        log1p LOG1P -130 to 130 false;
        log1p LOG1P -130 to -1 true;
        log1p LOG1P 130 to 1_000_000 false;
        sinh SINH -130 to 57 true;
        cosh COSH -130 to 57 true;
        tanh TANH -130 to 57 true;
        asinh ASINH -130 to 130 true;
        asinh ASINH 130 to 1_000_000 true;
        atan ATAN -130 to 130 true;
        atan ATAN -2_000 to 2_000 true;
        sin SIN -130 to 40 true;
        cos COS -130 to 40 true;
        erf ERF -130 to 40 true;
        erfc ERFC -130 to 28 true;
        sigmoid SIGMOID -130 to 57 true;
        softplus SOFTPLUS -130 to 57 true;
        sech SECH -130 to 57 true;
        logcosh LOGCOSH -100 to 57 true;
        logcosh LOGCOSH 57 to 1_000_000 true;
        tanhshrink TANHSHRINK -80 to 80 true;
        decay DECAY -130 to 57 true;
        decay_gap DECAY_GAP -130 to 57 true;
    };
    let mut random = Random(1);
    for row in rows {
        let (low, high) = row.exponents;
        for step in 0..2000 {
            // Every second argument is of ordinary size.
            let ordinary = step % 2 == 0 && low < 7 && high > -7;
            let size = random.positive(if ordinary { (low.max(-7), high.min(7)) } else { row.exponents });
            let x = if row.signed && random.below(2) == 0 { -size } else { size };
            check(row.name, x, (row.function)(x), (row.exact)(x.wide()), row.bound);
        }
    }
}

#[test]
fn arithmetic_is_within_its_bounds() {
    let mut random = Random(2);
    for step in 0..60_000 {
        let a = random.positive((-60, 60));
        let b = match step % 4 {
            // Sums that cancel, in all of the leading bits and in some.
            0 => -times_power(number(a.high(), random.fraction() * 1e-20), a.exponent()),
            1 => -(a * number(1.0, 1.0 / power_of_two(random.below(120)))),
            2 => -random.positive((-60, 60)),
            _ => random.positive((-60, 60)),
        };
        let (wide_a, wide_b) = (a.wide::<8>(), b.wide::<8>());
        check("a + b", b, a + b, wide_a + wide_b, bounds::ADD);
        check("a - b", b, a - b, wide_a - wide_b, bounds::ADD);
        check("a b", b, a * b, wide_a * wide_b, bounds::MUL);
        check("a / b", b, a / b, wide_a / wide_b, bounds::DIV);
        assert!((a - a).high() == 0.0 && (a / a) == number(1.0, 0.0));
        assert!((a + b) == (b + a) && (a * b) == (b * a) && (a - b) == -(b - a) && (-a) * b == -(a * b));
        assert_eq!(a.partial_cmp(&b), wide_a.partial_cmp(&wide_b));
        assert_eq!((-a).partial_cmp(&b), (-wide_a).partial_cmp(&wide_b));
    }
}

/// Where a function crosses 0, the bound is relative to what is left.
#[test]
fn beside_the_roots() {
    let mut random = Random(3);
    for step in 0..1200 {
        let distance = random.positive((-110, -3));
        let x = if step % 2 == 0 { number(1.0, 0.0) + distance } else { number(1.0, 0.0) - distance };
        check("ln", x, x.ln(), x.wide::<8>().ln(), bounds::LN);
        // The two parts next to a multiple of π/2, out to the last ones that an `f64` can hold.
        let exponent = if step % 2 == 0 { random.within((0, 60)) } else { random.within((60, 1022)) };
        let count = Wide::<48>::from_f64(random.fraction()).scaled(exponent);
        let whole = Wide::<48>::from_f64(count.scaled(-exponent.max(53) + 53).to_f64().round())
            .scaled(exponent.max(53) - 53);
        let angle = whole * whole.pi().scaled(-1 - exponent);
        let high = angle.to_f64();
        let low = (angle - Wide::from_f64(high)).to_f64();
        for rest in [low, 0.0, -low] {
            let x = times_power(number(high, rest), exponent);
            check("sin", x, x.sin(), x.wide::<48>().sin(), bounds::SIN);
            check("cos", x, x.cos(), x.wide::<48>().cos(), bounds::COS);
        }
    }
}

#[test]
fn sines_of_large_angles() {
    let mut random = Random(4);
    for _ in 0..400 {
        let x = -random.positive((40, 1099));
        check("sin", x, x.sin(), x.wide::<48>().sin(), bounds::SIN);
        check("cos", x, x.cos(), x.wide::<48>().cos(), bounds::COS);
    }
}

#[test]
fn powers_are_within_their_bound() {
    let mut random = Random(5);
    let (mut checked, mut whole) = (0, 0);
    while checked < 10_000 {
        let base = match random.below(3) {
            0 => random.positive((-2000, 2000)),
            1 => random.positive((-4, 4)),
            _ => number(1.0, 0.0) + random.positive((-60, -1)),
        };
        let mut exponent = random.positive((-60, 60));
        if random.below(2) == 0 {
            exponent = -exponent;
        }
        if random.below(4) == 0 {
            exponent = Extended::from_f64((random.below(300) - 150) as f64);
            whole += 1;
        }
        let expected = base.wide::<8>().pow(exponent.wide());
        if expected.is_finite() && !expected.is_zero() && expected.exponent().abs() <= 2048 {
            check("pow", exponent, base.pow(exponent), expected, bounds::POW);
            checked += 1;
        }
    }
    assert!(whole > 1000);
    let odd = times_power(number(1.0, 0.0), 80) + number(1.0, 0.0);
    let near_one = number(-1.0, 1e-25);
    check("odd power", odd, near_one.pow(odd), -(-near_one).wide::<8>().pow(odd.wide()), bounds::POW);
    assert!(near_one.pow(odd + number(1.0, 0.0)) > number(0.0, 0.0));
    assert!(near_one.pow(odd + number(0.5, 0.0)).to_f64().is_nan());
}

#[test]
fn conversions_round_once() {
    let mut random = Random(6);
    for step in 0..100_000 {
        let (mut high, mut low) = random.parts();
        // Numbers that lie on, or next to, the middle between two `f32` or two subnormal numbers.
        if step % 2 == 0 {
            let kept = random.within((0, 53));
            high = f64::from_bits(high.to_bits() & (u64::MAX << (53 - kept).min(52)));
            low = [0.0, 1e-17, -1e-17, 1e-40, -1e-40][step / 2 % 5];
        }
        let exponents = [(-1080, -1015), (-155, -120), (120, 130), (1020, 1025), (-40, 40)];
        let exponent = random.within(exponents[step % 5]);
        let size = times_power(number(high, low), exponent);
        for x in [size, -size] {
            let exact = x.wide::<8>();
            assert_eq!(x.to_f64().to_bits(), exact.to_f64().to_bits(), "{x:?}");
            assert_eq!(x.to_f32().to_bits(), exact.to_f32().to_bits(), "{x:?}");
        }
    }
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0] {
        let there_and_back = Extended::from_f64(value);
        assert!(
            there_and_back.to_f64().to_bits() == value.to_bits()
                || value.is_nan() && there_and_back.to_f64().is_nan()
        );
        assert!(
            there_and_back.to_f32().to_bits() == (value as f32).to_bits()
                || value.is_nan() && there_and_back.to_f32().is_nan()
        );
    }
}

#[test]
fn constants_keep_both_parts() {
    let one = number(1.0, 0.0);
    let exact = Wide::<8>::ONE;
    check("pi", one, one.pi(), exact.pi(), bounds::ADD);
    check("e", one, one.e(), exact.e(), bounds::ADD);
    let tenth = exact.decimal("0.1");
    let rest = (tenth - Wide::from_f64(0.1)).to_f64();
    check("0.1", one, one.constant([0.1, rest, 0.0]), tenth, bounds::ADD);
    assert_eq!((one.constant([0.1, rest, 0.0]).high(), one.literal(0.1).low()), (1.6, 0.0));
    // As of a sum of two doubles that is not the nearest double and a rest.
    assert_eq!(one.constant([1.0, f64::EPSILON * 0.75, 0.0]), one + number(f64::EPSILON * 0.75, 0.0));
}

#[test]
fn decimals() {
    let one = number(1.0, 0.0);
    for text in [
        "0.1",
        "3",
        "2.5e40",
        "2.5E-40",
        "0.0000000000000000000000000000000000000123",
        "1e-1000",
        "7e1000",
        "1e23",
        "1.0000000000000000000000000000009999999999",
        "31.4159e-1",
        "123456789012345678901234567890.123456789012345678901234567890",
        "9007199254740993.00000000000000001",
        "1e+5",
        ".5",
        "5.",
    ] {
        check(text, one, one.decimal(text), Exact::ONE.decimal(text), bounds::DECIMAL);
        assert_eq!(one.decimal(&format!("-{text}")), -one.decimal(text));
    }
    for text in ["0.0", "0e99999999999999999999", "000"] {
        assert_eq!(one.decimal(text).to_f64(), 0.0);
    }
    assert_eq!(one.decimal("1e99999999999999999999").to_f64(), f64::INFINITY);
    assert_eq!(one.decimal("1e-99999999999999999999").to_f64(), 0.0);
    assert_eq!(one.decimal("inf").to_f64(), f64::INFINITY);
    for text in ["?", "", "1e", "--1", "1.2.3", "nan", "1e5x", "."] {
        assert!(one.decimal(text).to_f64().is_nan(), "{text}");
    }
}

#[test]
fn special_values() {
    let [zero, one, infinite, nan] = [0.0, 1.0, f64::INFINITY, f64::NAN].map(Extended::from_f64);
    let rows = rows! {
        sqrt SQRT 0 to 0 true; cbrt CBRT 0 to 0 true; exp EXP 0 to 0 true; expm1 EXPM1 0 to 0 true;
        exp_excess EXP_EXCESS 0 to 0 true; ln LN 0 to 0 true; log1p LOG1P 0 to 0 true; sinh SINH 0 to 0 true;
        cosh COSH 0 to 0 true; tanh TANH 0 to 0 true; asinh ASINH 0 to 0 true; atan ATAN 0 to 0 true; sin SIN 0 to 0 true;
        cos COS 0 to 0 true; erf ERF 0 to 0 true; erfc ERFC 0 to 0 true; sigmoid SIGMOID 0 to 0 true;
        softplus SOFTPLUS 0 to 0 true; sech SECH 0 to 0 true; logcosh LOGCOSH 0 to 0 true;
        tanhshrink TANHSHRINK 0 to 0 true; decay DECAY 0 to 0 true; decay_gap DECAY_GAP 0 to 0 true;
    };
    for row in rows {
        for x in [zero, -zero, one, -one, infinite, -infinite] {
            let (found, expected) = ((row.function)(x), (row.exact)(Exact::from_f64(x.to_f64())));
            let (found, expected) = (found.to_f64(), expected.to_f64());
            assert!(
                found == expected || found.is_nan() && expected.is_nan(),
                "{}({x:?}): {found} {expected}",
                row.name
            );
        }
        assert!((row.function)(nan).to_f64().is_nan(), "{}", row.name);
    }
    for x in [zero, -zero, one, -one, infinite, -infinite, nan] {
        for y in [zero, -zero, one, -one, infinite, -infinite, nan, number(2.5, 0.0), number(3.0, 0.0)] {
            let (a, b) = (x.to_f64(), y.to_f64());
            for (found, expected) in
                [(x + y, a + b), (x - y, a - b), (x * y, a * b), (x / y, a / b), (x.pow(y), a.powf(b))]
            {
                let found = found.to_f64();
                assert!(
                    found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
                    "{a} {b}: {found} {expected}"
                );
            }
            assert_eq!(x.partial_cmp(&y), a.partial_cmp(&b));
        }
    }
    // On the right side of 1, though an `f64` could not tell.
    assert_eq!(number(1.0, 1e-25).pow(infinite).to_f64(), f64::INFINITY);
    assert_eq!(number(1.0, -1e-25).pow(infinite).to_f64(), 0.0);
}

/// Identities between functions that are computed in different ways.
#[test]
fn identities() {
    let mut random = Random(7);
    let close = |what: &str, a: Extended, b: Extended| check(what, b, a, b.wide::<8>(), power_of_two(-94));
    let (one, two) = (number(1.0, 0.0), number(2.0, 0.0));
    for _ in 0..3000 {
        let x = random.positive((-3, 5));
        close("exp ln", x.ln().exp(), x);
        close("ln exp", x.exp().ln(), x);
        close("log1p expm1", x.expm1().log1p(), x);
        close("asinh sinh", x.sinh().asinh(), x);
        close("sin² + cos²", x.sin().powi(2) + x.cos().powi(2), one);
        close("erf + erfc", x.erf() + x.erfc(), one);
        close("sigmoid + sigmoid", x.sigmoid() + (-x).sigmoid(), one);
        close("softplus - softplus", x.softplus() - (-x).softplus(), x);
        close("sech", x.sech() * x.cosh(), one);
        close("tanh", x.tanh() * x.cosh(), x.sinh());
        close("atan", (one / x).atan() + x.atan(), one.pi() / two);
        close("cbrt", x.cbrt().powi(3), x);
        close("sqrt", x.sqrt().powi(2), x);
        close("pow", x.pow(number(0.75, 0.0)), x.sqrt() * x.sqrt().sqrt());
        close("powi", x.powi(-3), one / (x * x * x));
    }
}
