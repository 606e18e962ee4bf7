//! Programs for languages that have fewer functions: what is missing is made of what is there.
//!
//! For plain arithmetic, where the compiler's double-double runtime does not travel with the code. Every replacement keeps its
//! digits: nothing here is worse than a few units in the last place, apart from [`erfc`](Lowering::erfc_approximation).

use activation_formula::{Choice, Function, Program, Rounded, Slot, Step};
use activation_math::MINUS_ROOT_HALF;

/// The functions of one argument that the mathematical library of C has, and those of Python and of GPUs.
#[rustfmt::skip]
pub(crate) const OF_LIBM: &[Function] = {
    use Function::*;
    &[Abs, Exp, Expm1, Ln, Log1p, Cbrt, Sinh, Cosh, Tanh, Asinh, Atan, Sin, Cos, Erf, Erfc]
};

/// A program in which functions of one argument are among `natives`, and which has no `min`, `max`, `sign` and whole powers.
pub(crate) fn lower(program: &Program, natives: &[Function]) -> Program {
    rewritten(program, natives, |lowering, step| match step {
        Step::Variable | Step::Parameter(_) | Step::Number(_) => lowering.push(step),
        Step::Sqrt(_) | Step::Power(..) | Step::Select(_) => lowering.push(step),
        Step::Negate(a) => lowering.negate(a),
        Step::Add(a, b) => lowering.add(a, b),
        Step::Subtract(a, b) => lowering.subtract(a, b),
        Step::Multiply(a, b) => lowering.multiply(a, b),
        Step::Divide(a, b) => lowering.divide(a, b),
        Step::Whole(a, exponent) => lowering.whole(a, exponent),
        Step::Call(function, a) => lowering.call(function, a),
        Step::Min(a, b) => lowering.extreme(a, b, true),
        Step::Max(a, b) => lowering.extreme(a, b, false),
    })
}

/// The program with the normal distribution as erfc(-u / sqrt(2)) / 2, and its density as exp(-u^2 / 2): languages have those.
pub(crate) fn without_normal_distribution(program: &Program) -> Program {
    let [value, rest, last] = MINUS_ROOT_HALF;
    let root = Rounded { value, rest, last };
    rewritten(program, &[Function::Erfc, Function::Exp], |lowering, step| match step {
        Step::Call(Function::NormalCdf, u) => {
            let factor = lowering.push(Step::Number(root));
            let scaled = lowering.multiply(u, factor);
            let value = lowering.push(Step::Call(Function::Erfc, scaled));
            lowering.times(value, 0.5)
        }
        Step::Call(Function::Gauss, u) => {
            let square = lowering.push(Step::Whole(u, 2));
            let exponent = lowering.times(square, -0.5);
            lowering.push(Step::Call(Function::Exp, exponent))
        }
        step => lowering.push(step),
    })
}

/// A program of what `better` makes of each step.
fn rewritten(
    program: &Program,
    natives: &[Function],
    better: impl Fn(&mut Lowering<'_>, Step) -> Slot,
) -> Program {
    let mut lowering = Lowering { natives, steps: Vec::new() };
    let mut place: Vec<Slot> = Vec::with_capacity(program.steps.len());
    for step in &program.steps {
        place.push(better(&mut lowering, step.renumbered(&place)));
    }
    let outputs = program.outputs.iter().filter_map(|&slot| place.get(slot).copied()).collect();
    Program::of_steps(lowering.steps, outputs)
}

struct Lowering<'a> {
    natives: &'a [Function],
    steps: Vec<Step>,
}

impl Lowering<'_> {
    fn push(&mut self, step: Step) -> Slot {
        match self.steps.iter().position(|known| *known == step) {
            Some(slot) => slot,
            None => {
                self.steps.push(step);
                self.steps.len() - 1
            }
        }
    }

    fn number(&mut self, value: f64) -> Slot {
        self.push(Step::Number(Rounded::exactly(value)))
    }

    fn negate(&mut self, a: Slot) -> Slot {
        self.push(Step::Negate(a))
    }

    fn add(&mut self, a: Slot, b: Slot) -> Slot {
        self.push(Step::Add(a, b))
    }

    fn plus(&mut self, a: Slot, value: f64) -> Slot {
        let value = self.number(value);
        self.add(a, value)
    }

    fn subtract(&mut self, a: Slot, b: Slot) -> Slot {
        self.push(Step::Subtract(a, b))
    }

    fn multiply(&mut self, a: Slot, b: Slot) -> Slot {
        self.push(Step::Multiply(a, b))
    }

    fn times(&mut self, a: Slot, value: f64) -> Slot {
        let value = self.number(value);
        self.multiply(a, value)
    }

    fn divide(&mut self, a: Slot, b: Slot) -> Slot {
        self.push(Step::Divide(a, b))
    }

    /// `if a < b { then } else { otherwise }`, `otherwise` for a NaN: it is one itself then.
    fn if_less(&mut self, a: Slot, b: Slot, then: Slot, otherwise: Slot) -> Slot {
        let choice = Choice { left: a, right: b, or_equal: false, then, otherwise, guarded: false };
        self.push(Step::Select(choice))
    }

    fn if_below(&mut self, a: Slot, bound: f64, then: Slot, otherwise: Slot) -> Slot {
        let bound = self.number(bound);
        self.if_less(a, bound, then, otherwise)
    }

    fn extreme(&mut self, a: Slot, b: Slot, smaller: bool) -> Slot {
        let (left, right) = if smaller { (a, b) } else { (b, a) };
        let choice = Choice { left, right, or_equal: true, then: a, otherwise: b, guarded: true };
        self.push(Step::Select(choice))
    }

    /// By squares, as the compiler's own arithmetic does it.
    fn whole(&mut self, base: Slot, exponent: i32) -> Slot {
        let (mut square, mut left) = (base, exponent);
        let mut product = None;
        while left > 0 {
            if left & 1 == 1 {
                product = Some(match product {
                    Some(product) => self.multiply(product, square),
                    None => square,
                });
            }
            left >>= 1;
            if left > 0 {
                square = self.multiply(square, square);
            }
        }
        product.unwrap_or(base)
    }

    /// The sign of `a` for something that is not negative.
    fn with_sign_of(&mut self, value: Slot, a: Slot) -> Slot {
        let negative = self.negate(value);
        self.if_below(a, 0.0, negative, value)
    }

    /// `1 + u/first · (1 + u/(first+1) · (…))` with so many terms.
    fn exponential_series(&mut self, u: Slot, first: u32, terms: u32) -> Slot {
        let mut sum = self.number(1.0);
        for n in (first..first + terms).rev() {
            let product = self.multiply(u, sum);
            let scaled = self.times(product, 1.0 / f64::from(n));
            sum = self.plus(scaled, 1.0);
        }
        sum
    }

    fn call(&mut self, function: Function, u: Slot) -> Slot {
        if self.natives.contains(&function) {
            return self.push(Step::Call(function, u));
        }
        match function {
            Function::Sign => {
                let [minus, one] = [-1.0, 1.0].map(|value| self.number(value));
                let zero = self.number(0.0);
                let positive = self.if_less(zero, u, one, u);
                self.if_below(u, 0.0, minus, positive)
            }
            Function::Decay => {
                let size = self.call(Function::Abs, u);
                let minus = self.negate(size);
                self.call(Function::Exp, minus)
            }
            Function::DecayGap => {
                let size = self.call(Function::Abs, u);
                let minus = self.negate(size);
                let gap = self.call(Function::Expm1, minus);
                self.negate(gap)
            }
            Function::Sigmoid => {
                let e = self.call(Function::Decay, u);
                let one = self.number(1.0);
                let (above, below) = (self.if_below(u, 0.0, e, one), self.plus(e, 1.0));
                self.divide(above, below)
            }
            Function::Softplus => {
                let e = self.call(Function::Decay, u);
                let log = self.call(Function::Log1p, e);
                let zero = self.number(0.0);
                let positive = self.if_less(u, zero, zero, u);
                self.add(positive, log)
            }
            Function::Sech => {
                let e = self.call(Function::Decay, u);
                let (above, square) = (self.times(e, 2.0), self.multiply(e, e));
                let below = self.plus(square, 1.0);
                self.divide(above, below)
            }
            Function::Expm1 => self.expm1(u),
            Function::Log1p => self.log1p(u),
            Function::Sinh => {
                let size = self.call(Function::Abs, u);
                let gap = self.call(Function::Expm1, size);
                let whole = self.plus(gap, 1.0);
                let quotient = self.divide(gap, whole);
                let near = self.add(gap, quotient);
                let near = self.times(near, 0.5);
                let far = self.half_exponential(size);
                let value = self.if_below(size, 20.0, near, far);
                self.with_sign_of(value, u)
            }
            Function::Cosh => {
                let size = self.call(Function::Abs, u);
                let e = self.call(Function::Decay, u);
                let one = self.number(1.0);
                let inverse = self.divide(one, e);
                let sum = self.add(e, inverse);
                let near = self.times(sum, 0.5);
                let far = self.half_exponential(size);
                self.if_below(size, 20.0, near, far)
            }
            Function::Tanh => {
                let size = self.call(Function::Abs, u);
                let doubled = self.times(size, -2.0);
                let gap = self.call(Function::Expm1, doubled);
                let below = self.plus(gap, 2.0);
                let above = self.negate(gap);
                let value = self.divide(above, below);
                self.with_sign_of(value, u)
            }
            Function::Asinh => {
                let size = self.call(Function::Abs, u);
                let square = self.multiply(size, size);
                let radicand = self.plus(square, 1.0);
                let root = self.push(Step::Sqrt(radicand));
                let below = self.plus(root, 1.0);
                let quotient = self.divide(square, below);
                let sum = self.add(size, quotient);
                let near = self.call(Function::Log1p, sum);
                let log = self.call(Function::Ln, size);
                let far = self.plus(log, std::f64::consts::LN_2);
                let value = self.if_below(size, 1e9, near, far);
                self.with_sign_of(value, u)
            }
            Function::Logcosh => {
                let size = self.call(Function::Abs, u);
                let half = self.times(size, 0.5);
                let sinh = self.call(Function::Sinh, half);
                let square = self.multiply(sinh, sinh);
                let doubled = self.times(square, 2.0);
                let near = self.call(Function::Log1p, doubled);
                let twice = self.times(size, -2.0);
                let e = self.call(Function::Exp, twice);
                let log = self.call(Function::Log1p, e);
                let less = self.plus(size, -std::f64::consts::LN_2);
                let far = self.add(less, log);
                self.if_below(size, 1.0, near, far)
            }
            Function::Tanhshrink => {
                const SERIES: [f64; 8] = [
                    -6404582.0 / 10854718875.0,
                    929569.0 / 638512875.0,
                    -21844.0 / 6081075.0,
                    1382.0 / 155925.0,
                    -62.0 / 2835.0,
                    17.0 / 315.0,
                    -2.0 / 15.0,
                    1.0 / 3.0,
                ];
                let square = self.multiply(u, u);
                let mut sum = self.number(0.0);
                for coefficient in &SERIES {
                    let product = self.multiply(sum, square);
                    sum = self.plus(product, *coefficient);
                }
                let cube = self.multiply(square, u);
                let near = self.multiply(sum, cube);
                let tanh = self.call(Function::Tanh, u);
                let far = self.subtract(u, tanh);
                let size = self.call(Function::Abs, u);
                self.if_below(size, 0.25, near, far)
            }
            Function::ExpExcess => {
                let series = self.exponential_series(u, 3, 14);
                let square = self.multiply(u, u);
                let half = self.times(square, 0.5);
                let near = self.multiply(half, series);
                let gap = self.call(Function::Expm1, u);
                let far = self.subtract(gap, u);
                let size = self.call(Function::Abs, u);
                self.if_below(size, 0.5, near, far)
            }
            Function::Cbrt => {
                let size = self.call(Function::Abs, u);
                let third = self.number(1.0 / 3.0);
                let root = self.push(Step::Power(size, third));
                self.with_sign_of(root, u)
            }
            Function::Erf => self.erf(u),
            Function::Erfc => self.erfc_approximation(u),
            // What every language has, and functions of two arguments, which are steps of their own.
            function => self.push(Step::Call(function, u)),
        }
    }

    /// `exp(size) / 2` without overflow before the result does.
    fn half_exponential(&mut self, size: Slot) -> Slot {
        let half = self.times(size, 0.5);
        let root = self.call(Function::Exp, half);
        let scaled = self.times(root, 0.5);
        self.multiply(scaled, root)
    }

    /// By its series where e - 1 would cancel. Nothing like Kahan's quotient, which a shader's compiler, free to reorder sums and
    /// to take ln(exp(u)) for u, makes into what it was to repair.
    fn expm1(&mut self, u: Slot) -> Slot {
        let series = self.exponential_series(u, 2, 11);
        let near = self.multiply(u, series);
        let e = self.call(Function::Exp, u);
        let far = self.plus(e, -1.0);
        let size = self.call(Function::Abs, u);
        self.if_below(size, 0.25, near, far)
    }

    /// As 2 atanh(u / (2 + u)), by its series, where 1 + u would lose digits.
    fn log1p(&mut self, u: Slot) -> Slot {
        let below = self.plus(u, 2.0);
        let s = self.divide(u, below);
        let square = self.multiply(s, s);
        let mut sum = self.number(0.0);
        for n in (0..11).rev() {
            let product = self.multiply(sum, square);
            sum = self.plus(product, 2.0 / f64::from(2 * n + 1));
        }
        let near = self.multiply(s, sum);
        let whole = self.plus(u, 1.0);
        let far = self.call(Function::Ln, whole);
        let size = self.call(Function::Abs, u);
        self.if_below(size, 0.25, near, far)
    }

    /// By its series below 1, by the complement from there on.
    fn erf(&mut self, u: Slot) -> Slot {
        let square = self.multiply(u, u);
        let doubled = self.times(square, 2.0);
        let mut sum = self.number(1.0);
        for n in (1..=16).rev() {
            let product = self.multiply(doubled, sum);
            let scaled = self.times(product, 1.0 / f64::from(2 * n + 1));
            sum = self.plus(scaled, 1.0);
        }
        let minus = self.negate(square);
        let gauss = self.call(Function::Exp, minus);
        let product = self.multiply(u, sum);
        let product = self.multiply(product, gauss);
        let near = self.times(product, std::f64::consts::FRAC_2_SQRT_PI);
        let size = self.call(Function::Abs, u);
        let complement = self.call(Function::Erfc, size);
        let one = self.number(1.0);
        let far = self.subtract(one, complement);
        let far = self.with_sign_of(far, u);
        self.if_below(size, 1.0, near, far)
    }

    /// `t exp(-u² + P(t))` with `t = 1 / (1 + |u|/2)`: relative error 1.2e-7 (W. Press et al., Numerical Recipes, 1992,
    /// section 6.2), which is what `f32` has. The square is taken of a rounded part and of the rest, since the exponential
    /// makes an absolute error of it a relative one.
    fn erfc_approximation(&mut self, u: Slot) -> Slot {
        const CHEBYSHEV: [f64; 10] = [
            0.17087277,
            -0.82215223,
            1.48851587,
            -1.13520398,
            0.27886807,
            -0.18628806,
            0.09678418,
            0.37409196,
            1.00002368,
            -1.26551223,
        ];
        let size = self.call(Function::Abs, u);
        // From 30 on it is 0 in f64 too, and nothing overflows up to there.
        let most = self.number(30.0);
        let size = self.if_less(size, most, size, most);
        let half = self.times(size, 0.5);
        let below = self.plus(half, 1.0);
        let one = self.number(1.0);
        let t = self.divide(one, below);
        let mut sum = self.number(CHEBYSHEV[0]);
        for coefficient in &CHEBYSHEV[1..] {
            let product = self.multiply(sum, t);
            sum = self.plus(product, *coefficient);
        }
        // 4097 = 2^12 + 1 takes the upper half of the bits of f32: its square is exact.
        let enlarged = self.times(size, 4097.0);
        let over = self.subtract(enlarged, size);
        let upper = self.subtract(enlarged, over);
        let square = self.multiply(upper, upper);
        let minus = self.negate(square);
        let gauss = self.call(Function::Exp, minus);
        let (rest, both) = (self.subtract(size, upper), self.add(size, upper));
        let product = self.multiply(rest, both);
        let exponent = self.subtract(sum, product);
        let factor = self.call(Function::Exp, exponent);
        let value = self.multiply(t, gauss);
        let value = self.multiply(value, factor);
        let two = self.number(2.0);
        let left = self.subtract(two, value);
        self.if_below(u, 0.0, left, value)
    }
}
