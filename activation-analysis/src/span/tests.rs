//! Spans hold what they say: of every function, at numbers inside.

use super::{Marks, Span};
use activation_math::Real;

type Of<R> = fn(R) -> R;

macro_rules! functions {
    ($($name:ident)*) => {
        [$((stringify!($name), Real::$name as Of<Span>, Real::$name as Of<f64>)),*]
    };
}

#[test]
fn every_value_lies_within() {
    let ends =
        [-1e300, -750.0, -40.0, -3.0, -1.0, -1e-9, 0.0, 5e-324, 0.25, 1.0, 2.0, 7.0, 100.0, 720.0, 1e18];
    for (name, of_span, of_number) in functions!(
        abs sign sqrt cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc sigmoid softplus sech decay
        decay_gap logcosh tanhshrink exp_excess
    ) {
        for (index, &low) in ends.iter().enumerate() {
            for &high in &ends[index..] {
                let span = of_span(Span::new(low, high));
                for part in 0..=16 {
                    let x = low + (high - low) * f64::from(part) / 16.0;
                    let value = of_number(x);
                    if value.is_nan() || x > high {
                        continue;
                    }
                    let inside = span.low() <= value && value <= span.high() || value.is_infinite();
                    assert!(inside, "{name} at {x} of {low}..{high}: {value} in {span:?}");
                    assert!(
                        value != 0.0 || !span.is_nonzero() || value.abs() < 1e-300,
                        "{name} at {x}: {span:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn arithmetic_is_tight_and_outward() {
    let x = Span::new(1.0, 2.0);
    let third = x.literal(1.0) / x.literal(3.0);
    assert!(third.low() < third.high() && third.high() - third.low() < 1e-15);
    let zero = x * x.literal(0.0);
    assert!(zero.is_zero());
    let half_line = x.literal(1.0) / Span::new(0.0, 4.0);
    assert_eq!((half_line.low(), half_line.high()), (0.25, f64::INFINITY));
    assert!(half_line.has(Marks::ROUGH));
    let whole = x.literal(1.0) / Span::new(-1.0, 4.0);
    assert_eq!((whole.low(), whole.high()), (f64::NEG_INFINITY, f64::INFINITY));
    let exponential = Span::new(-2000.0, -1000.0).exp();
    assert!(exponential.is_nonzero() && exponential.low() == 0.0 && exponential.sign() == 1);
}

#[test]
fn comparisons_leave_marks() {
    let x = Span::new(-1.0, 1.0);
    assert!(x.abs().has(Marks::MIXED) && x.max(x.literal(0.0)).has(Marks::MIXED));
    assert!(!x.max(x.literal(1.5)).has(Marks::MIXED) && x.max(x.literal(1.0)).has(Marks::MIXED));
    let point = Span::new(3.0, 3.0);
    assert!(Span::if_less(point, x.literal(3.0), x, x).has(Marks::TIE));
    assert!(x.ln().has(Marks::PARTIAL) && Span::new(-2.0, -1.0).sqrt().is_empty());
}
