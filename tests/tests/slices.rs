//! Slices against scalars: the same bits at every level of instructions, for every length, wherever in a slice an element
//! stands that needs care; gated products, channels and threads against what they are made of.

use activation_core::catalogue::{Gelu, HardTanh, Prelu, Relu, Silu};
use activation_core::{
    Activation, AnyActivation, Fast, Info, Interval, Level, Output, Real, Scalar, SingleArithmetic, all,
    by_name, channels, gated, slice,
};
use half::{bf16, f16};

const LENGTHS: std::ops::RangeInclusive<usize> = 0..=100;
const OUTPUTS: [Output; 3] = [Output::Forward, Output::Derivative, Output::SecondDerivative];

/// Equal bits; all NaN are one.
#[track_caller]
fn assert_same<T: Scalar>(found: &[T], expected: &[T], what: impl Fn() -> String) {
    let same = |a: T, b: T| {
        let (a, b) = (a.to_f64(), b.to_f64());
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    };
    let differs = found.iter().zip(expected).position(|(&a, &b)| !same(a, b));
    if let Some(at) = differs.or((found.len() != expected.len()).then_some(found.len())) {
        panic!("{}: element {at} is {:?}, not {:?}", what(), found.get(at), expected.get(at));
    }
}

/// Ordinary numbers, and one in five that is not.
fn inputs<T: Scalar>(length: usize) -> Vec<T> {
    const SPECIAL: [f64; 16] = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.0,
        -0.0,
        1e30,
        -1e30,
        1e-40,
        750.0,
        -750.0,
        3.0,
        -3.0,
        6.0,
        1.0,
        -1.0,
        0.5,
    ];
    let number = |at: usize| match at % 5 {
        3 => SPECIAL[at / 5 % SPECIAL.len()],
        _ => (at * 7919 % 1009) as f64 / 84.0 - 6.0,
    };
    (0..length).map(|at| T::from_f64(number(at))).collect()
}

fn scalars<T: Scalar>(activation: &AnyActivation, output: Output, input: &[T]) -> Vec<T> {
    input.iter().map(|&x| activation.evaluate(output, x)).collect()
}

/// Every slice function at every level, for every length, from every alignment.
fn agree<T: Scalar>(activation: &AnyActivation) {
    let name = activation.info().name;
    let input = inputs::<T>(LENGTHS.end() + 3);
    let expected = OUTPUTS.map(|output| scalars(activation, output, &input));
    let gradient: Vec<T> = (0..input.len()).map(|at| T::from_f64(at as f64 * 0.25 - 3.0)).collect();
    let backward: Vec<T> = input
        .iter()
        .zip(&gradient)
        .map(|(x, gradient)| {
            let slope = activation.evaluate_unrounded(Output::Derivative, x.to_f64(), T::PRECISION);
            T::from_f64(gradient.to_f64() * slope)
        })
        .collect();
    for level in Level::available() {
        for length in LENGTHS {
            let start = length % 4;
            let part = start..start + length;
            let x = &input[part.clone()];
            let what =
                |function: &str| format!("{function} of {} at {}, {length} elements", name, level.name());
            let [mut first, mut second] = [(); 2].map(|()| vec![T::default(); length]);
            for (output, expected) in OUTPUTS.into_iter().zip(&expected) {
                activation.evaluate_into_at(level, output, x, &mut first);
                assert_same(&first, &expected[part.clone()], || what(&format!("{output:?}")));
            }
            first.copy_from_slice(x);
            activation.evaluate_in_place_at(level, Output::Forward, &mut first);
            assert_same(&first, &expected[0][part.clone()], || what("in place"));
            activation.forward_with_derivative_into_at(level, x, &mut first, &mut second);
            assert_same(&first, &expected[0][part.clone()], || what("forward of both"));
            assert_same(&second, &expected[1][part.clone()], || what("derivative of both"));
            activation.backward_into_at(level, x, &gradient[part.clone()], &mut first);
            assert_same(&first, &backward[part], || what("backward"));
        }
    }
}

/// The fast tier: every level as the base level, and as scalars where the type is known.
fn agree_fast(activation: &AnyActivation) {
    let name = activation.info().name;
    let input = inputs::<f32>(LENGTHS.end() + 3);
    let each = |output: Output| -> Vec<f32> {
        let one = |x: &f32| {
            let mut result = [0.0];
            activation.evaluate_fast_into_at(Level::BASE, output, &[*x], &mut result);
            result[0]
        };
        input.iter().map(one).collect()
    };
    let expected = OUTPUTS.map(each);
    for level in Level::available() {
        for length in LENGTHS {
            let part = length % 4..length % 4 + length;
            let what = || format!("{name} at {}, {length} elements", level.name());
            let [mut first, mut second] = [(); 2].map(|()| vec![0.0_f32; length]);
            for (output, expected) in OUTPUTS.into_iter().zip(&expected) {
                activation.evaluate_fast_into_at(level, output, &input[part.clone()], &mut first);
                assert_same(&first, &expected[part.clone()], what);
            }
            let x = &input[part.clone()];
            activation.forward_with_derivative_fast_into_at(level, x, &mut first, &mut second);
            assert_same(&first, &expected[0][part.clone()], what);
            assert_same(&second, &expected[1][part], what);
        }
    }
}

#[test]
fn single_precision() {
    all().for_each(|entry| agree::<f32>(&entry.activation()));
}

#[test]
fn fast_tier() {
    all().for_each(|entry| agree_fast(&entry.activation()));
    let input = inputs::<f32>(100);
    let mut output = vec![0.0; 100];
    Fast(Gelu).forward_into(&input, &mut output);
    let expected: Vec<f32> = input.iter().map(|&x| Fast(Gelu).forward(x)).collect();
    assert_same(&output, &expected, || "gelu".to_owned());
}

#[test]
fn other_types() {
    for name in ["relu", "gelu", "tanh", "mish", "softplus", "hard_swish", "tanh_shrink", "prelu"] {
        let activation = by_name(name).expect("it is in the catalogue");
        agree::<f64>(&activation);
        agree::<f16>(&activation);
        agree::<bf16>(&activation);
    }
}

/// An element that needs care, at every place of a slice that has more than one block.
#[test]
fn care_at_every_place() {
    let silu = AnyActivation::new(Silu);
    let ordinary: Vec<f32> = (0..300).map(|at| at as f32 / 50.0 - 3.0).collect();
    for special in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -800.0] {
        for place in 0..ordinary.len() {
            let mut input = ordinary.clone();
            input[place] = special;
            let mut output = vec![0.0; input.len()];
            for level in Level::available() {
                silu.evaluate_into_at(level, Output::Derivative, &input, &mut output);
                assert_same(&output, &scalars(&silu, Output::Derivative, &input), || {
                    format!("{special} at {place}")
                });
            }
        }
    }
}

/// Formulas whose results are computed with a bound, or are not defined everywhere.
mod others {
    activation_core::define_activation! {
        pub Chirp(x) = x * sin(x);
        pub Logarithm(x) = ln(x) + x;
    }
}

#[test]
fn formulas_that_need_more() {
    agree::<f32>(&AnyActivation::new(others::Chirp));
    agree::<f32>(&AnyActivation::new(others::Logarithm));
    agree::<f16>(&AnyActivation::new(others::Logarithm));
}

#[test]
fn gradients_of_parameters() {
    let input = inputs::<f32>(200_003);
    let finite: Vec<f32> = input.iter().map(|x| if x.abs() < 1e3 { *x } else { 1.0 }).collect();
    let gradient: Vec<f32> = (0..finite.len()).map(|at| (at % 17) as f32 - 8.0).collect();
    let exact: f64 = finite.iter().zip(&gradient).map(|(&x, &g)| f64::from(g) * f64::from(x.min(0.0))).sum();
    let found: Vec<f64> = Level::available()
        .map(|level| {
            let mut sum = [0.0];
            slice::parameter_gradients_into(level, &Prelu::default(), &finite, &gradient, &mut sum);
            sum[0]
        })
        .collect();
    assert!((found[0] - exact).abs() <= 1e-9 * exact.abs(), "{} is not {exact}", found[0]);
    assert!(found.iter().all(|sum| sum.to_bits() == found[0].to_bits()), "{found:?}");
}

#[test]
fn gated_products() {
    for length in [0, 1, 15, 16, 17, 130, 300] {
        let value = inputs::<f32>(length);
        let gate: Vec<f32> = inputs::<f32>(length + 7)[7..].to_vec();
        let gradient: Vec<f32> = (0..length).map(|at| at as f32 * 0.125 - 4.0).collect();
        let unrounded = |output, x: f32| Silu.evaluate_unrounded(output, x.into(), f32::PRECISION);
        let each = |term: &dyn Fn(f64, f32, f64) -> f64| -> Vec<f32> {
            (0..length).map(|i| term(value[i].into(), gate[i], gradient[i].into()) as f32).collect()
        };
        let [mut output, mut by_value, mut by_gate] = [(); 3].map(|()| vec![0.0; length]);
        gated::swiglu_into(&value, &gate, &mut output);
        let expected = each(&|value, gate, _| value * unrounded(Output::Forward, gate));
        assert_same(&output, &expected, || format!("swiglu of {length}"));
        gated::gated_backward_into(&Silu, (&value, &gate), &gradient, (&mut by_value, &mut by_gate));
        let expected = each(&|_, gate, gradient| gradient * unrounded(Output::Forward, gate));
        assert_same(&by_value, &expected, || format!("by value, {length}"));
        let expected = each(&|value, gate, gradient| gradient * value * unrounded(Output::Derivative, gate));
        assert_same(&by_gate, &expected, || format!("by gate, {length}"));
    }
}

#[test]
fn gates_that_are_halves_of_rows() {
    let (n, rows) = (5, 3);
    let input = inputs::<f32>(2 * n * rows);
    let gradient: Vec<f32> = (0..n * rows).map(|at| at as f32 - 7.0).collect();
    for gate in [gated::Gate::First, gated::Gate::Second] {
        let mut output = vec![0.0; n * rows];
        let mut by_input = vec![0.0; input.len()];
        gated::split_into(&Gelu, gate, n, &input, &mut output);
        gated::split_backward_into(&Gelu, gate, n, &input, &gradient, &mut by_input);
        for row in 0..rows {
            let (first, second) = input[2 * n * row..2 * n * (row + 1)].split_at(n);
            let (value, gates) = if gate == gated::Gate::First { (second, first) } else { (first, second) };
            let [mut expected, mut by_value, mut by_gate] = [(); 3].map(|()| vec![0.0; n]);
            gated::geglu_into(value, gates, &mut expected);
            assert_same(&output[n * row..n * (row + 1)], &expected, || format!("{gate:?}, row {row}"));
            let gradient = &gradient[n * row..n * (row + 1)];
            gated::gated_backward_into(&Gelu, (value, gates), gradient, (&mut by_value, &mut by_gate));
            let halves = if gate == gated::Gate::First { [by_gate, by_value] } else { [by_value, by_gate] };
            assert_same(&by_input[2 * n * row..2 * n * (row + 1)], &halves.concat(), || {
                format!("{gate:?} back")
            });
        }
    }
}

#[test]
fn parameters_by_channel() {
    for (outer, count, inner) in
        [(0, 2, 3), (1, 1, 1), (7, 3, 1), (300, 2, 1), (5, 4, 33), (2, 3, 128), (2, 2, 301)]
    {
        let activations: Vec<Prelu> = (0..count).map(|c| Prelu { slope: 0.1 + c as f64 }).collect();
        let length = outer * count * inner;
        let input: Vec<f32> =
            inputs::<f32>(length).iter().map(|x| if x.is_finite() { *x } else { -1.0 }).collect();
        let gradient: Vec<f32> = (0..length).map(|at| (at % 11) as f32 - 5.0).collect();
        let channel = |at: usize| at / inner % count;
        let each = |function: &dyn Fn(usize) -> f32| -> Vec<f32> { (0..length).map(function).collect() };
        let shape = || format!("[{outer}, {count}, {inner}]");
        let mut output = vec![0.0; length];
        channels::forward_into(&activations, inner, &input, &mut output);
        assert_same(&output, &each(&|at| activations[channel(at)].forward(input[at])), shape);
        channels::backward_into(&activations, inner, &input, &gradient, &mut output);
        let slope = |at: usize| activations[channel(at)].derivative(f64::from(input[at]));
        assert_same(&output, &each(&|at| (f64::from(gradient[at]) * slope(at)) as f32), shape);
        let mut sums = vec![0.0; count];
        channels::parameter_gradients_into(&activations, inner, &input, &gradient, &mut sums);
        let mut expected = vec![0.0; count];
        let mut size = 0.0;
        for at in 0..length {
            let term = f64::from(gradient[at]) * f64::from(input[at].min(0.0));
            expected[channel(at)] += term;
            size += term.abs();
        }
        for (sum, expected) in sums.iter().zip(expected) {
            assert!((sum - expected).abs() <= 1e-13 * size, "{}: {sum} is not {expected}", shape());
        }
    }
}

#[test]
#[should_panic(expected = "`input` has 5 elements, which is no whole number of 2 channels of 1")]
fn channels_that_do_not_fit() {
    channels::forward_into(&[Prelu::default(); 2], 1, &[0.0_f32; 5], &mut [0.0; 5]);
}

/// The same bits with one thread, two and three, and without any.
#[test]
fn threads() {
    use activation_core::parallel;

    let input = inputs::<f32>(300_001);
    let gradient: Vec<f32> = (0..input.len()).map(|at| (at % 13) as f32 - 6.0).collect();
    let finite: Vec<f32> = input.iter().map(|x| if x.abs() < 1e3 { *x } else { 1.0 }).collect();
    let activation = Prelu::default();
    let [mut forward, mut derivative, mut backward] = [(); 3].map(|()| vec![0.0; input.len()]);
    activation.forward_with_derivative_into(&input, &mut forward, &mut derivative);
    activation.backward_into(&input, &gradient, &mut backward);
    let mut sums = [0.0];
    activation.parameter_gradients_into(&finite, &gradient, &mut sums);
    for threads in 1..=3 {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        pool.install(|| {
            let what = || format!("with {threads} threads");
            let [mut first, mut second] = [(); 2].map(|()| vec![0.0; input.len()]);
            parallel::forward_into(&activation, &input, &mut first);
            assert_same(&first, &forward, what);
            first.copy_from_slice(&input);
            parallel::forward_in_place(&activation, &mut first);
            assert_same(&first, &forward, what);
            parallel::derivative_into(&activation, &input, &mut first);
            assert_same(&first, &derivative, what);
            parallel::forward_with_derivative_into(&activation, &input, &mut first, &mut second);
            assert_same(&first, &forward, what);
            assert_same(&second, &derivative, what);
            parallel::backward_into(&activation, &input, &gradient, &mut first);
            assert_same(&first, &backward, what);
            let mut found = [0.0];
            parallel::parameter_gradients_into(&activation, &finite, &gradient, &mut found);
            assert_eq!(found[0].to_bits(), sums[0].to_bits(), "{}", what());
        });
    }
}

/// An activation that says of itself that `f32` does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Direct<A>(A);

impl<A: Activation> Activation for Direct<A> {
    const INFO: Info = A::INFO;

    fn parameter(&self, index: usize) -> f64 {
        self.0.parameter(index)
    }

    fn set_parameter(&mut self, index: usize, value: f64) {
        self.0.set_parameter(index, value);
    }

    fn forward_at<R: Real>(&self, x: R) -> R {
        self.0.forward_at(x)
    }

    fn derivative_at<R: Real>(&self, x: R) -> R {
        self.0.derivative_at(x)
    }

    fn second_derivative_at<R: Real>(&self, x: R) -> R {
        self.0.second_derivative_at(x)
    }

    fn forward_with_derivative_at<R: Real>(&self, x: R) -> (R, R) {
        self.0.forward_with_derivative_at(x)
    }

    fn parameter_derivative_at<R: Real>(&self, index: usize, x: R) -> R {
        self.0.parameter_derivative_at(index, x)
    }

    fn careful(output: Output) -> &'static [Interval] {
        A::careful(output)
    }

    fn single_arithmetic(&self, _: Output) -> SingleArithmetic {
        SingleArithmetic::Exact
    }
}

#[test]
fn arithmetic_in_single_precision() {
    agree::<f32>(&AnyActivation::new(Direct::<Relu>::default()));
    agree::<f32>(&AnyActivation::new(Direct::<Prelu>::default()));
    agree::<f32>(&AnyActivation::new(Direct::<HardTanh>::default()));
    agree::<f16>(&AnyActivation::new(Direct::<Relu>::default()));
}
