//! What f' is at kinks: every choice, for the catalogue and for formulas that people write.

use activation_core::catalogue::{self, Elu, HardTanh, LeakyRelu, SoftShrink, Threshold, ThresholdedRelu};
use activation_core::{
    Activation, AnyActivation, Framework, Scalar, Subgradient, all, by_name, define_activation,
};
use std::collections::BTreeSet;

/// An activation, a kink, and the slope that each framework has there.
type Measured<'a> = (&'a str, f64, &'a [(Framework, f64)]);

define_activation! {
    /// A kink at which the formula takes neither side.
    Valley(x; depth = 1) = abs(x - 2) + depth * abs(x);

    /// A kink where a function meets its bound, and no comparison is between exact numbers.
    Gated(x) = max(0, tanh(x)) + x / 4;

    /// More kinks than are remembered.
    Teeth(x) = abs(x) + abs(x - 1) + abs(x - 2) + abs(x - 3) + abs(x - 4) + abs(x - 5);

    /// Vertical on both sides.
    Cusp(x) = sqrt(abs(x));

    /// The logistic loss, a kink that is none: the branches meet smoothly.
    SmoothAtZero(x) = max(0, x) + ln(1 + exp(-abs(x)));

    /// Slopes and a kink without short digits.
    Joint(x; at = 0.3) = if x > at { sigmoid(2 * x) } else { x * exp(x) };

    /// Defined on the right only, with a kink there.
    Half(x) = sqrt(x) + abs(x - 1) / 4;
}

/// f' at a kink under each choice, in the order branch, left, right, zero, middle, steeper.
fn slopes<A: Activation, T: Scalar>(activation: A, x: T) -> [f64; 6] {
    assert_eq!(Subgradient::ALL.len(), 6);
    let erased = AnyActivation::new(activation);
    std::array::from_fn(|index| {
        let choice = Subgradient::ALL[index];
        let slope = activation.derivative_with(x, choice);
        let mut output = [T::default(); 3];
        activation.derivative_with_into(&[x; 3], &mut output, choice);
        let mut erased_output = [T::default(); 3];
        erased.derivative_with_into(&[x; 3], &mut erased_output, choice);
        for other in output.into_iter().chain(erased_output).chain([erased.derivative_with(x, choice)]) {
            assert!(same(other.to_f64(), slope.to_f64()), "{choice}: {other:?}, not {slope:?}");
        }
        slope.to_f64()
    })
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

#[test]
fn at_the_kinks_of_the_catalogue() {
    let (rises, ends) = ([0.0, 0.0, 1.0, 0.0, 0.5, 1.0], [0.0, 1.0, 0.0, 0.0, 0.5, 1.0]);
    assert_eq!(slopes(catalogue::Relu, 0.0_f32), rises);
    assert_eq!(slopes(catalogue::Relu, -0.0_f64), rises);
    assert_eq!(slopes(catalogue::Relu6, 0.0_f64), rises);
    assert_eq!(slopes(catalogue::Relu6, 6.0_f32), ends);
    assert_eq!(slopes(HardTanh::default(), -1.0_f32), rises);
    assert_eq!(slopes(HardTanh::default(), 1.0_f64), ends);
    assert_eq!(slopes(HardTanh { lo: 0.25, hi: 0.7 }, 0.25_f32), rises);
    assert_eq!(slopes(HardTanh { lo: 0.25, hi: 0.7 }, 0.7_f64), ends);
    assert_eq!(slopes(LeakyRelu::default(), 0.0_f64), [0.01, 0.01, 1.0, 0.0, 0.505, 1.0]);
    assert_eq!(slopes(LeakyRelu { slope: -3.0 }, 0.0_f32), [-3.0, -3.0, 1.0, 0.0, -1.0, -3.0]);
    assert_eq!(slopes(SoftShrink::default(), 0.5_f32), [0.0, 0.0, 1.0, 0.0, 0.5, 1.0]);
    assert_eq!(slopes(SoftShrink::default(), -0.5_f64), [0.0, 1.0, 0.0, 0.0, 0.5, 1.0]);
    assert_eq!(slopes(catalogue::HardSwish, -3.0_f32), [0.0, 0.0, -0.5, 0.0, -0.25, -0.5]);
    assert_eq!(slopes(catalogue::HardSwish, 3.0_f64), [1.0, 1.5, 1.0, 0.0, 1.25, 1.5]);
}

#[test]
fn parameters_move_kinks_and_change_slopes() {
    assert_eq!(slopes(Elu { alpha: 0.3 }, 0.0_f64), [0.3, 0.3, 1.0, 0.0, 0.65, 1.0]);
    assert_eq!(slopes(Elu { alpha: 2.5 }, 0.0_f32), [2.5, 2.5, 1.0, 0.0, 1.75, 2.5]);
    // Smooth at alpha = 1: there is nothing to choose, not even 0.
    assert_eq!(slopes(Elu::default(), 0.0_f64), [1.0; 6]);
    // A threshold is a jump of f, not a kink, and has slopes on both sides all the same.
    let jump = Threshold { theta: -1.5, value: 7.0 };
    assert_eq!(slopes(jump, -1.5_f64), [0.0, 0.0, 1.0, 0.0, 0.5, 1.0]);
    assert_eq!(slopes(jump, 0.0_f64), [1.0; 6]);
    assert_eq!(slopes(ThresholdedRelu::default(), 1.0_f32), [0.0, 0.0, 1.0, 0.0, 0.5, 1.0]);
    // Parameters are doubles: no f32 meets 0.1, and every one meets itself.
    let theta = 0.1;
    assert_eq!(slopes(ThresholdedRelu { theta }, 0.1_f64), [0.0, 0.0, 1.0, 0.0, 0.5, 1.0]);
    assert_eq!(slopes(ThresholdedRelu { theta }, 0.1_f32), [1.0; 6]);
    let theta = 0.1_f32.into();
    assert_eq!(slopes(ThresholdedRelu { theta }, 0.1_f32), [0.0, 0.0, 1.0, 0.0, 0.5, 1.0]);
}

#[test]
fn at_the_kinks_of_formulas() {
    assert_eq!(slopes(Valley::default(), 0.0_f64), [-1.0, -2.0, 0.0, 0.0, -1.0, -2.0]);
    assert_eq!(slopes(Valley { depth: 3.0 }, 2.0_f32), [3.0, 2.0, 4.0, 0.0, 3.0, 4.0]);
    assert_eq!(slopes(Gated, 0.0_f64), [0.25, 0.25, 1.25, 0.0, 0.75, 1.25]);
    let [_, left, right, zero, middle, steeper] = slopes(Cusp, 0.0_f32);
    assert_eq!((left, right, zero), (f64::NEG_INFINITY, f64::INFINITY, 0.0));
    assert!(middle.is_nan() && steeper == left);
    assert_eq!(slopes(SmoothAtZero, 0.0_f64), [0.5; 6]);
    assert_eq!(slopes(Half, 1.0_f64), [0.5, 0.25, 0.75, 0.0, 0.5, 0.75]);
    assert!(slopes(Half, -1.0_f64).iter().all(|slope| slope.is_nan()));
}

/// As good as other results in f64: here against closed forms, which are off by a few units themselves.
#[test]
fn slopes_are_accurate() {
    let near = |slope: f64, expected: f64| (slope - expected).abs() <= expected.abs() * 4.0 * f64::EPSILON;
    for step in 1..500 {
        let number = f64::from(step) / 70.0 - 3.503;
        assert_eq!(Elu { alpha: number }.one_sided_derivatives(0.0), Some((number, 1.0)));
        assert_eq!(LeakyRelu { slope: number }.one_sided_derivatives(0.0), Some((number, 1.0)));
        let selu = catalogue::Selu { scale: 1.1, alpha: number };
        let (left, right) = selu.one_sided_derivatives(0.0).expect("a kink");
        assert!(near(left, 1.1 * number) && right == 1.1, "{number}: {left}, {right}");
        let (left, right) = Joint { at: number }.one_sided_derivatives(number).expect("a jump");
        assert!(near(left, (1.0 + number) * number.exp()), "{number}: {left}");
        let cosh = number.cosh();
        assert!(near(right, 0.5 / (cosh * cosh)), "{number}: {right}");
    }
}

/// In half precision, whose numbers are the likeliest to lie on a kink.
#[test]
fn in_half_precision() {
    use half::{bf16, f16};
    assert_eq!(slopes(catalogue::Relu6, f16::from_f32(6.0)), [0.0, 1.0, 0.0, 0.0, 0.5, 1.0]);
    assert_eq!(slopes(catalogue::HardSwish, bf16::from_f32(3.0)), [1.0, 1.5, 1.0, 0.0, 1.25, 1.5]);
}

const POINTS: &[f64] = &[
    f64::NAN,
    f64::NEG_INFINITY,
    -1e300,
    -100.0,
    -3.0,
    -2.0,
    -1.0,
    -0.5,
    -1e-300,
    -0.0,
    0.0,
    1e-30,
    0.5,
    1.0,
    2.0,
    3.0,
    6.0,
    50.0,
    f64::INFINITY,
];

/// Where there is no kink, every choice gives the bits of the derivative; at one, the slopes lie on its two sides.
#[test]
fn only_kinks_are_touched() {
    let singles: Vec<f32> = POINTS.iter().map(|&x| x as f32).collect();
    let mut kinked = BTreeSet::new();
    for entry in all() {
        let (name, activation) = (entry.info().name, entry.activation());
        for &choice in Subgradient::ALL {
            untouched(&activation, POINTS, choice, name);
            untouched(&activation, &singles, choice, name);
        }
        for &x in POINTS {
            let Some((left, right)) = activation.one_sided_derivatives(x) else { continue };
            kinked.insert(name);
            for (side, step) in [(left, -1e-7), (right, 1e-7)] {
                let beside = activation.derivative(x + step);
                assert!((side - beside).abs() <= 1e-6, "{name} at {x}: {side}, beside it {beside}");
            }
            let own: f64 = activation.derivative(x);
            let ulps = |side: f64| (side - own).abs() / (own.abs() * f64::EPSILON).max(f64::MIN_POSITIVE);
            assert!(ulps(left).min(ulps(right)) <= 4.0, "{name} at {x}: {left}, {right}, and f' is {own}");
        }
    }
    let expected = [
        "hard_mish",
        "hard_shrink",
        "hard_sigmoid",
        "hard_swish",
        "hard_tanh",
        "leaky_relu",
        "prelu",
        "relu",
        "relu6",
        "rrelu",
        "selu",
        "soft_shrink",
        "sparse_sigmoid",
        "threshold",
        "thresholded_relu",
    ];
    assert_eq!(kinked, BTreeSet::from(expected));
}

fn untouched<T: Scalar>(activation: &AnyActivation, input: &[T], choice: Subgradient, name: &str) {
    let (mut chosen, mut plain) = (vec![T::default(); input.len()], vec![T::default(); input.len()]);
    activation.derivative_with_into(input, &mut chosen, choice);
    activation.derivative_into(input, &mut plain);
    for ((&x, chosen), plain) in input.iter().zip(chosen).zip(plain) {
        let kink = choice != Subgradient::Branch && activation.one_sided_derivatives(x.to_f64()).is_some();
        let equal = same(chosen.to_f64(), plain.to_f64());
        assert!(kink || equal, "{choice} of {name} at {x:?}: {chosen:?}, not {plain:?}");
    }
}

#[test]
fn slices_with_many_kinks_equal_scalars() {
    let input: Vec<f32> = (0..40).map(|index| (index * index % 13) as f32 / 2.0).collect();
    let mut output = vec![0.0; input.len()];
    Teeth.derivative_with_into(&input, &mut output, Subgradient::Right);
    for (&x, &slope) in input.iter().zip(&output) {
        assert_eq!(slope, Teeth.derivative_with(x, Subgradient::Right), "at {x}");
        assert_eq!(slope, (2.0 * x.floor() - 4.0).min(6.0), "at {x}");
    }
}

#[test]
fn gradients_are_passed_back() {
    let input = [-1.0_f32, 0.0, 1.0, 6.0, 7.0];
    let mut grad_input = [0.0; 5];
    let erased = AnyActivation::new(catalogue::Relu6);
    for (choice, expected) in [
        (Subgradient::Branch, [0.0, 0.0, 3.0, 0.0, 0.0]),
        (Subgradient::Middle, [0.0, 1.5, 3.0, 1.5, 0.0]),
        (Subgradient::Steeper, [0.0, 3.0, 3.0, 3.0, 0.0]),
    ] {
        catalogue::Relu6.backward_with_into(&input, &[3.0; 5], &mut grad_input, choice);
        assert_eq!(grad_input, expected);
        erased.backward_with_into(&input, &[3.0; 5], &mut grad_input, choice);
        assert_eq!(grad_input, expected);
    }
}

#[test]
#[should_panic(expected = "the slices must have one length")]
fn slices_of_different_lengths_are_a_mistake() {
    catalogue::Relu.backward_with_into(&[1.0, 2.0], &[1.0], &mut [0.0, 0.0], Subgradient::Left);
}

/// What was measured in the frameworks themselves: the number that each of them gives at a kink.
#[test]
fn frameworks_have_their_numbers() {
    use Framework::{Burn, Candle, Flux, Jax, PyTorch, TensorFlow};
    let selu = 1.758_099_340_847_376_9;
    let scale = 1.050_700_987_355_480_5;
    let measured: &[Measured<'_>] = &[
        (
            "relu",
            0.0,
            &[(PyTorch, 0.0), (Jax, 0.0), (TensorFlow, 0.0), (Burn, 0.0), (Flux, 0.0), (Candle, 1.0)],
        ),
        (
            "relu6",
            0.0,
            &[(PyTorch, 0.0), (Jax, 0.0), (TensorFlow, 0.0), (Flux, 0.0), (Burn, 1.0), (Candle, 0.5)],
        ),
        (
            "relu6",
            6.0,
            &[(PyTorch, 0.0), (Jax, 0.0), (TensorFlow, 0.0), (Flux, 0.0), (Burn, 1.0), (Candle, 0.5)],
        ),
        ("leaky_relu", 0.0, &[(PyTorch, 0.01), (Flux, 0.01), (Jax, 1.0), (Burn, 1.0), (Candle, 0.505)]),
        (
            "selu",
            0.0,
            &[(PyTorch, selu), (Jax, selu), (Candle, selu), (Flux, selu), (Burn, scale), (TensorFlow, scale)],
        ),
        ("hard_tanh", -1.0, &[(PyTorch, 0.0), (Flux, 0.0), (Jax, 1.0)]),
        ("hard_tanh", 1.0, &[(PyTorch, 0.0), (Flux, 0.0), (Jax, 1.0)]),
        ("hard_sigmoid", 3.0, &[(PyTorch, 0.0), (Jax, 0.0), (Flux, 0.0), (Candle, 1.0 / 12.0)]),
        ("sparse_sigmoid", -1.0, &[(Jax, 0.25)]),
        ("hard_swish", -3.0, &[(PyTorch, 0.0), (Jax, 0.0), (Candle, -0.25), (Burn, -0.5), (Flux, -0.5)]),
        ("hard_swish", 3.0, &[(PyTorch, 1.0), (Jax, 1.0), (Candle, 1.25), (Burn, 1.5), (Flux, 1.5)]),
        ("soft_shrink", -0.5, &[(PyTorch, 0.0)]),
        ("hard_shrink", 0.5, &[(PyTorch, 0.0)]),
    ];
    for &(name, x, slopes) in measured {
        let activation = by_name(name).expect("it is in the catalogue");
        for &(framework, expected) in slopes {
            let choice = framework.subgradient(name).expect("it is on record");
            let slope: f64 = activation.derivative_with(x, choice);
            let error = (slope - expected).abs();
            assert!(error <= expected.abs() * 4.0 * f64::EPSILON, "{framework} {name} at {x}: {slope}");
        }
    }
    assert_eq!(Framework::Jax.subgradient("soft_shrink"), None);
    assert_eq!(Framework::PyTorch.subgradient("no such thing"), None);
}

/// The language's own rule is PyTorch's, as far as PyTorch has the function.
#[test]
fn branches_are_those_of_pytorch() {
    let mut compared = 0;
    for entry in all() {
        let Some(choice) = Framework::PyTorch.subgradient(entry.info().name) else { continue };
        let activation = entry.activation();
        for &x in POINTS {
            let [theirs, ours] =
                [choice, Subgradient::Branch].map(|choice| activation.derivative_with(x, choice));
            assert!(same(theirs, ours), "{} at {x}: {theirs}, not {ours}", entry.info().name);
            compared += u32::from(activation.one_sided_derivatives(x).is_some());
        }
    }
    assert!(compared >= 20, "only {compared} kinks were compared");
}

/// Rows are found by name: one that is misspelt would never be.
#[test]
fn rows_are_of_the_catalogue() {
    let known = |name: &str| Framework::ALL.iter().any(|framework| framework.subgradient(name).is_some());
    assert_eq!(all().filter(|entry| known(entry.info().name)).count(), 16);
}

#[test]
fn choices_are_read_and_written() {
    for choice in Subgradient::ALL {
        assert_eq!(choice.to_string().parse(), Ok(*choice));
    }
    for framework in Framework::ALL {
        assert_eq!(framework.to_string().parse(), Ok(*framework));
    }
    assert_eq!(
        "centre".parse::<Subgradient>().unwrap_err().to_string(),
        "a subgradient is one of `branch`, `left`, `right`, `zero`, `middle`, `steeper`"
    );
    assert!("Torch".parse::<Framework>().unwrap_err().to_string().contains("`pytorch`, `jax`"));
    assert_eq!(Subgradient::default(), Subgradient::Branch);
}
