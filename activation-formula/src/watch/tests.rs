use super::{Arithmetic, Between, Examined, Watch, Watched, called};
use crate::constant::call;
use crate::function::ROWS;
use crate::{Compiled, compile};
use activation_math::{Brief, Output, Precision};

fn examined(program: &crate::Program, arithmetic: Arithmetic) -> Examined<'_> {
    Examined { program, parameters: Vec::new(), range: arithmetic.range(), may_overflow: true }
}

/// What functions give lies within their bounds, infinities included.
#[test]
fn bounds_of_functions_hold() {
    let program = compile("x").expect("a formula").programs.single.remove(0);
    let sizes =
        (-149..128).step_by(3).map(|exponent| 2.0_f32.powi(exponent)).chain([0.0, f32::MAX, f32::INFINITY]);
    let mut numbers: Vec<f32> = sizes.flat_map(|size| [size, -size, 1.7 * size]).collect();
    numbers.sort_by(f32::total_cmp);
    for row in ROWS.iter().filter(|row| row.arity == 1) {
        for pair in numbers.windows(2) {
            let ends = Between { low: pair[0].into(), high: pair[1].into() };
            let Some(bounds) = called(row.function, ends) else { continue };
            let inside = [pair[0], pair[0] / 2.0 + pair[1] / 2.0, pair[1]];
            for x in inside.into_iter().filter(|x| (pair[0]..=pair[1]).contains(x)) {
                let computed = [
                    (Arithmetic::Narrow, f64::from(call(row.function, x))),
                    (Arithmetic::Wide, call(row.function, Brief(x.into())).0),
                ];
                for (arithmetic, value) in computed {
                    let Between { low, high } = examined(&program, arithmetic).rounded(bounds);
                    assert!(
                        low <= value && value <= high,
                        "{} at {x:e} is {value:e} in {arithmetic:?}, beside {low:e} to {high:e}",
                        row.method
                    );
                }
            }
        }
    }
}

#[test]
fn what_stays_finite_is_not_watched() {
    let both = |watch| [watch; 2];
    for (formula, [forward, derivative]) in [
        // A comparison says nothing of NaN.
        ("max(0, x)", [both(Watch::Nothing), both(Watch::Inputs)]),
        ("1 / (1 + exp(-x))", [both(Watch::Nothing), both(Watch::Nothing)]),
        ("x / (1 + exp(-x))", [both(Watch::Inputs), both(Watch::Inputs)]),
        // Its square is a number of `f32` only up to 2^64.
        ("x * (x + 3) / 6", [[Watch::Nothing, Watch::Inputs], both(Watch::Nothing)]),
        // Beyond 88 in `f32`, beyond 709 in `f64`.
        ("exp(x)", [both(Watch::All), both(Watch::All)]),
        // Up to 2^40 the square is a number of `f32`; beyond 2^64 it is not, and the quotient is 0 too soon.
        ("1 / (1 + x^2)", [[Watch::Nothing, Watch::Inputs], both(Watch::Inputs)]),
        ("x^4", [[Watch::Nothing, Watch::All], [Watch::Nothing, Watch::Inputs]]),
        ("if x > 0 { x } else { exp(x) }", [both(Watch::Nothing), both(Watch::Nothing)]),
        ("1 / x", [both(Watch::All), both(Watch::All)]),
        ("ln(x)", [both(Watch::All), both(Watch::All)]),
    ] {
        let compiled = compile(formula).expect("a formula");
        let found = [Output::Forward, Output::Derivative]
            .map(|output| Arithmetic::ALL.map(|arithmetic| compiled.watched(output, arithmetic)));
        let expected = [forward, derivative]
            .map(|each| each.map(|watch| Watched { by_default: watch, otherwise: watch }));
        assert_eq!(found, expected, "{formula}");
    }
}

#[test]
fn ordinary_parameters_are_enough() {
    for (formula, by_default, otherwise) in [
        ("P(x; slope = 1 / 4) = if x > 0 { x } else { slope * x }", Watch::Nothing, Watch::Inputs),
        ("P(x; p = 2) = x / p", Watch::Nothing, Watch::All),
        ("P(x; b = 4 in 1..) = x + sqrt(x^2 + b)", Watch::Inputs, Watch::Inputs),
        ("P(x; b = 4) = x + sqrt(x^2 + b)", Watch::Inputs, Watch::All),
    ] {
        let compiled = compile(formula).expect("a formula");
        let found = compiled.watched(Output::Forward, Arithmetic::Narrow);
        assert_eq!(found, Watched { by_default, otherwise }, "{formula}");
    }
}

/// Formulas of every kind, the same ones every time.
struct Formulas(u64);

impl Formulas {
    /// Below a bound (Marsaglia's xorshift).
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn expression(&mut self, depth: u32) -> String {
        if depth == 0 || self.below(8) == 0 {
            return self.one_of(&["x", "x", "x", "p", "2", "0.3", "1e-3", "40"]).to_owned();
        }
        let mut part = || self.expression(depth - 1);
        let (a, b, c) = (part(), part(), part());
        match self.below(9) {
            0 => format!("({a} + {b})"),
            1 => format!("({a} - {b})"),
            2 | 3 => format!("({a} * {b})"),
            4 => format!("({a} / (1 + abs({b})))"),
            5 => format!("({a})^{}", self.one_of(&["2", "3", "4"])),
            6 => format!("(if {a} < {b} {{ {b} }} else {{ {c} }})"),
            7 => format!("max({a}, {b})"),
            _ => {
                const FUNCTIONS: [&str; 14] = [
                    "exp", "tanh", "sigmoid", "erf", "softplus", "atan", "abs", "sin", "cosh", "expm1",
                    "erfc", "asinh", "cbrt", "sign",
                ];
                format!("{}({a})", self.one_of(&FUNCTIONS))
            }
        }
    }
}

/// All sizes, both signs, and what is no number.
fn numbers() -> Vec<f32> {
    let sizes = (0..0x7f80_0000_u32).step_by(0x0017_3b01).map(f32::from_bits);
    let special = [0.0, 1.0, f32::MAX, f32::INFINITY, f32::NAN];
    sizes.chain(special).flat_map(|x| [x, -x]).collect()
}

fn hold(
    compiled: &Compiled,
    text: &str,
    output: Output,
    arithmetic: Arithmetic,
    parameters: &[f64],
) -> Watch {
    let watch = compiled.watch(output, arithmetic, parameters);
    let program = compiled.program(output).expect("it was asked for");
    let careful = compiled.careful(output);
    for x in numbers() {
        let is_far = f64::from(x.abs()) > arithmetic.far() || x.is_nan();
        let is_careful = careful.iter().any(|&(low, high)| (low..=high).contains(&x.into()));
        let plain = arithmetic.plain(program, x, parameters);
        let what =
            || format!("{text}, {output:?} in {arithmetic:?}, {watch:?}, {parameters:?} at {x:e}: {plain:e}");
        if !is_far && watch >= Watch::Inputs {
            assert!(plain.is_finite(), "{}", what());
        }
        if watch == Watch::Nothing && !is_careful && (x.is_nan() || x.is_infinite()) {
            let expected = compiled.evaluate(output, x.into(), parameters, Precision::Single);
            let is_same = plain.to_bits() == arithmetic.rounded(expected).to_bits();
            assert!(is_same || (plain.is_nan() && expected.is_nan()), "{}, not {expected:e}", what());
        }
        if watch == Watch::Nothing && x.is_finite() {
            assert!(plain.is_finite(), "{}", what());
            // Far out nothing has been lost on the way.
            let expected = compiled.evaluate(output, x.into(), parameters, Precision::Single);
            assert!(
                !is_far || (plain - expected).abs() <= 1e-5 * expected.abs() + 1e-37,
                "{}, not {expected:e}",
                what()
            );
        }
    }
    watch
}

#[test]
fn what_is_not_watched_goes_well() {
    let mut formulas = Formulas(0x9e37_79b9_7f4a_7c15);
    let mut found = [0; 3];
    for _ in 0..FORMULAS {
        let text = format!("F(x; p = 0.75) = {}", formulas.expression(3));
        // What is no formula of x, or too steep for a number, is no matter here.
        let Ok(compiled) = compile(&text) else { continue };
        for output in [Output::Forward, Output::Derivative] {
            for arithmetic in Arithmetic::ALL {
                for p in [0.75, -3.0, 0.0, 1e-300, 1e6, -1e6, 1e30] {
                    found[hold(&compiled, &text, output, arithmetic, &[p]) as usize] += 1;
                }
            }
        }
    }
    // Each is there often enough for this to say something.
    assert!(found.into_iter().all(|count| count > FORMULAS / 4), "{found:?}");
}

const FORMULAS: usize = 500;
