//! `Long` against multi-precision arithmetic: every operation within its stated bound, every conversion rounded once.

mod judged;
mod rows;

use activation_math::long::bounds;
use activation_math::{Long, Real, Wide};
use judged::{Exact, Judged, Random};
use rows::{check, rows};

impl Random {
    /// A double in [1, 2), or now and then one that is short.
    fn fraction(&mut self) -> f64 {
        let kept = match self.within((0, 7)) {
            0 => 0,
            1 => self.bits() & 0xff00_0000_0000,
            _ => self.bits() >> 12,
        };
        f64::from_bits(kept | (1023 << 52))
    }

    /// Of one to five doubles.
    fn positive(&mut self, exponents: (i64, i64)) -> Long {
        let mut value = Long::from_f64(self.fraction());
        for part in 1..=self.within((0, 4)) {
            value = value + Long::from_f64(self.fraction() - 1.5).scaled(-53 * part);
        }
        value.scaled(self.within(exponents))
    }

    fn signed(&mut self, exponents: (i64, i64)) -> Long {
        let size = self.positive(exponents);
        if self.bits() & 4096 == 0 { -size } else { size }
    }
}

impl Judged for Long {
    fn is_known(self) -> bool {
        self.is_finite()
    }

    /// A double at a time.
    fn wide<const LIMBS: usize>(mut self) -> Wide<LIMBS> {
        let mut sum = Wide::ZERO;
        while !self.is_zero() {
            let part = self.to_extended();
            sum = sum + Wide::from_f64(part.high()).scaled(part.exponent());
            self = self - Long::from_f64(part.high()).scaled(part.exponent());
        }
        sum
    }
}

#[test]
fn functions_are_within_their_bounds() {
    let rows = rows! {
        sqrt SQRT -100_000 to 100_000 false;
        cbrt CBRT -100_000 to 100_000 true;
        exp EXP -130 to 59 true;
        expm1 EXPM1 -130 to 59 true;
        exp_excess EXP_EXCESS -100 to 59 true;
        ln LN -130 to 130 false;
        ln LN -1_000_000 to 1_000_000 false;
        log1p LOG1P -130 to 130 false;
        log1p LOG1P -130 to -1 true;
        sinh SINH -130 to 59 true;
        cosh COSH -130 to 59 true;
        tanh TANH -130 to 57 true;
        asinh ASINH -130 to 1000 true;
        atan ATAN -2000 to 2000 true;
        sin SIN -130 to 40 true;
        cos COS -130 to 40 true;
        erf ERF -130 to 20 true;
        erfc ERFC -130 to 20 true;
        sigmoid SIGMOID -130 to 57 true;
        softplus SOFTPLUS -130 to 57 true;
        sech SECH -130 to 57 true;
        logcosh LOGCOSH -100 to 57 true;
        tanhshrink TANHSHRINK -80 to 57 true;
        decay DECAY -130 to 57 true;
        decay_gap DECAY_GAP -130 to 57 true;
    };
    let mut random = Random(1);
    for row in rows {
        let (low, high) = row.exponents;
        for step in 0..250 {
            // Every second argument is of ordinary size.
            let exponents = if step % 2 == 0 { (low.max(-7), high.min(7)) } else { row.exponents };
            let x = if row.signed { random.signed(exponents) } else { random.positive(exponents) };
            check(row.name, x, (row.function)(x), (row.exact)(x.wide()), row.bound);
        }
    }
}

#[test]
fn arithmetic_is_within_its_bounds() {
    let mut random = Random(2);
    for step in 0..20_000 {
        let a = random.signed((-60, 60));
        let b = match step % 4 {
            // Sums that cancel in any number of bits.
            0 => -(a + random.signed((0, 0)).scaled(a.exponent() - random.within((0, 260)))),
            1 => -a,
            _ => random.signed((-300, 300)),
        };
        let (wide_a, wide_b) = (a.wide::<12>(), b.wide::<12>());
        check("a + b", b, a + b, wide_a + wide_b, bounds::ADD);
        check("a - b", b, a - b, wide_a - wide_b, bounds::ADD);
        check("a b", b, a * b, wide_a * wide_b, bounds::MUL);
        check("a / b", b, a / b, wide_a / wide_b, bounds::DIV);
        assert!((a + b) == (b + a) && (a * b) == (b * a) && (a - b) == -(b - a) && (-a) * b == -(a * b));
        assert_eq!(a.partial_cmp(&b), wide_a.partial_cmp(&wide_b));
    }
}

/// Where a function crosses 0, the bound is relative to what is left.
#[test]
fn beside_the_roots() {
    let mut random = Random(3);
    let one = Long::from_f64(1.0);
    for _ in 0..300 {
        let x = one + random.signed((-250, -3));
        check("ln", x, x.ln(), x.wide::<16>().ln(), bounds::LN);
        let count = Long::from_f64(random.within((1, 1 << 40)) as f64);
        let angle = count * one.pi() * Long::from_f64(0.5);
        for x in [angle, Long::from_f64(angle.to_f64()), -angle] {
            check("sin", x, x.sin(), x.wide::<16>().sin(), bounds::SIN);
            check("cos", x, x.cos(), x.wide::<16>().cos(), bounds::COS);
        }
    }
}

#[test]
fn powers_are_within_their_bound() {
    let mut random = Random(4);
    for step in 0..1000 {
        let base = if step % 2 == 0 { random.positive((-200, 200)) } else { random.positive((0, 0)) };
        let exponent = random.signed((-60, 3));
        check("pow", exponent, base.pow(exponent), base.wide::<8>().pow(exponent.wide()), bounds::POW);
        let whole = Long::from_f64(random.within((-100, 100)) as f64);
        check("pow", whole, (-base).pow(whole), (-base.wide::<8>()).pow(whole.wide()), bounds::POW);
    }
    let zero = Long::from_f64(0.0);
    assert!(zero.pow(Long::from_f64(0.5)).is_zero());
    assert!(!zero.pow(Long::from_f64(-0.5)).is_finite());
    assert!(!Long::from_f64(-2.0).pow(Long::from_f64(0.5)).is_finite());
}

#[test]
fn constants_and_decimals() {
    let one = Long::from_f64(1.0);
    check("pi", one, one.pi(), Exact::ONE.pi(), bounds::ADD);
    check("e", one, one.e(), Exact::ONE.e(), bounds::EXP);
    for text in ["0.1", "3", "2.5e40", "2.5E-40", "1e-1000", "7e1000", "31.4159e-1", "1e+5", ".5", "5."] {
        check(text, one, one.decimal(text), Exact::ONE.decimal(text), bounds::DECIMAL);
    }
    let many = "0.1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890";
    check(many, one, one.decimal(many), Exact::ONE.decimal(many), bounds::DECIMAL);
    for text in ["?", "", "1e", "--1", "1.2.3", "nan", "1e5x", "inf"] {
        assert!(text.is_empty() || !one.decimal(text).is_finite(), "{text}");
    }
    let third = Exact::ONE / Exact::from_f64(3.0);
    let (mut rest, mut parts) = (third, [0.0; 3]);
    for part in &mut parts {
        *part = rest.to_f64();
        rest = rest - Wide::from_f64(*part);
    }
    check("1/3", one, one.constant(parts), third, 2f64.powi(-158));
}

#[test]
fn conversions_round_once() {
    let mut random = Random(5);
    for step in 0..20_000 {
        let exponents = [(-1080, -1015), (1020, 1025), (-40, 40)][step % 3];
        let mut x = random.signed(exponents);
        if step % 2 == 0 {
            // On the middle between two doubles, or right beside it.
            let unit = x.exponent().max(-1022) - 53;
            x = Long::from_f64(x.to_f64().clamp(f64::MIN, f64::MAX)) + Long::from_f64(1.0).scaled(unit);
            x = x + Long::from_f64([0.0, 1.0, -1.0][step / 2 % 3]).scaled(unit - 100);
        }
        assert_eq!(x.to_f64().to_bits(), x.wide::<40>().to_f64().to_bits(), "{x:?}");
    }
}

/// There is no infinity: what is beyond, or has no value, is not known.
#[test]
fn special_values() {
    let [zero, one, nan] = [0.0, 1.0, f64::NAN].map(Long::from_f64);
    let unknown = [
        one / zero,
        zero / zero,
        zero.ln(),
        (-one).ln(),
        (-one).sqrt(),
        (-one).log1p(),
        Long::from_f64(f64::INFINITY),
        Long::from_f64(1e30).exp(),
        Long::from_f64(1e30).sin(),
        one.scaled(1 << 61) * one.scaled(1 << 61),
        one.scaled(-(1 << 61)) / one.scaled(1 << 61),
        one.scaled(1 << 61) + one.scaled(1 << 61),
        nan + one,
        nan * zero,
        zero / nan,
    ];
    for value in unknown {
        assert!(!value.is_finite() && value.partial_cmp(&one).is_none() && value.to_f64().is_nan());
    }
    let rows = rows! {
        sqrt SQRT 0 to 0 true; cbrt CBRT 0 to 0 true; exp EXP 0 to 0 true; expm1 EXPM1 0 to 0 true;
        exp_excess EXP_EXCESS 0 to 0 true; log1p LOG1P 0 to 0 true; sinh SINH 0 to 0 true;
        cosh COSH 0 to 0 true; tanh TANH 0 to 0 true; asinh ASINH 0 to 0 true; atan ATAN 0 to 0 true; sin SIN 0 to 0 true;
        cos COS 0 to 0 true; erf ERF 0 to 0 true; erfc ERFC 0 to 0 true; sigmoid SIGMOID 0 to 0 true;
        softplus SOFTPLUS 0 to 0 true; sech SECH 0 to 0 true; logcosh LOGCOSH 0 to 0 true;
        tanhshrink TANHSHRINK 0 to 0 true; decay DECAY 0 to 0 true; decay_gap DECAY_GAP 0 to 0 true;
    };
    for row in rows {
        assert_eq!((row.function)(zero).to_f64(), (row.exact)(Exact::ZERO).to_f64(), "{}", row.name);
        assert!(!(row.function)(nan).is_finite(), "{}", row.name);
    }
}
