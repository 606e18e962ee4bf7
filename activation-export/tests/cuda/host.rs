//! What kernels compute, held against this library's own functions on slices: one is CUDA in plain doubles and double-double
//! arithmetic, with the elementary functions of a C library; the other shares only the formula with it.

use crate::run::{Argument, Launch, run};
use activation_core::catalogue::{Gelu, HardSwish, LogSigmoid, Mish, Prelu, Snake, Swish, Xielu};
use activation_core::gated::{Gate, gated_backward_into, gated_into, split_backward_into, split_into};
use activation_core::{Activation, Output, Scalar, channels};
use activation_export::{Element, Kernels, Operation, Options};
use half::{bf16, f16};

/// A type of elements as bytes.
trait Bytes: Scalar {
    const ELEMENT: Element;
    /// How far two results that both are as promised may be apart: nearest ones, within 1 ULP of `f32`, 4 ULP of `f64` here and 2
    /// there.
    const APART: i64;
    fn bytes(numbers: &[Self]) -> Vec<u8>;
    fn numbers(bytes: &[u8]) -> Vec<Self>;
    /// Places among all numbers, in their order.
    fn place(self) -> i64;
}

macro_rules! bytes {
    ($($type:ty: $element:ident, $signed:ty, $apart:literal;)*) => {$(
        impl Bytes for $type {
            const ELEMENT: Element = Element::$element;
            const APART: i64 = $apart;

            fn bytes(numbers: &[Self]) -> Vec<u8> {
                numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
            }

            fn numbers(bytes: &[u8]) -> Vec<Self> {
                let one = |bytes: &[u8]| Self::from_le_bytes(bytes.try_into().expect("whole numbers"));
                bytes.chunks_exact(size_of::<Self>()).map(one).collect()
            }

            fn place(self) -> i64 {
                let bits = self.to_bits() as $signed;
                i64::from(if bits < 0 { <$signed>::MIN.wrapping_sub(bits) } else { bits })
            }
        }
    )*};
}

bytes! {
    f16: F16, i16, 0;
    bf16: Bf16, i16, 0;
    f32: F32, i32, 1;
    f64: F64, i64, 2;
}

/// Every order of magnitude, the usual range, and what is special; whole rows.
fn inputs<T: Bytes>(count: usize) -> Vec<T> {
    let special =
        [0.0, -0.0, 1.0, -1.0, 3.0, -3.0, 65504.0, -1e-7, 6e-8, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    let spread = (0..).map(|n: u32| {
        let bits = n.wrapping_mul(2_654_435_769);
        let fraction = f64::from(bits >> 8) / f64::from(1 << 24);
        let sign = if bits & 1 == 0 { 1.0 } else { -1.0 };
        if n.is_multiple_of(3) { sign * 2.0_f64.powf(44.0 * fraction - 26.0) } else { sign * 9.0 * fraction }
    });
    special.into_iter().chain(spread).take(count).map(T::from_f64).collect()
}

/// Finite and of moderate size, as gradients are.
fn gradients<T: Bytes>(count: usize) -> Vec<T> {
    (0..count).map(|n| T::from_f64(((n * 37) % 101) as f64 / 32.0 - 1.5)).collect()
}

/// One in so many may be another number.
const NEARLY_ALL: usize = 20;

#[track_caller]
fn assert_close<T: Bytes>(what: &str, x: &[T], ours: &[T], theirs: &[T], one_in: usize) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    let mut apart = 0;
    for (index, (&ours, &theirs)) in ours.iter().zip(theirs).enumerate() {
        let [a, b] = [ours.to_f64(), theirs.to_f64()];
        let distance = if a.is_nan() && b.is_nan() { 0 } else { ours.place().abs_diff(theirs.place()) };
        let x = x.get(index % x.len()).map_or(f64::NAN, |x| x.to_f64());
        assert!(
            distance <= T::APART.unsigned_abs() && a.is_nan() == b.is_nan(),
            "{what} at {x:e}: {a:e}, {b:e}"
        );
        apart += usize::from(distance != 0);
    }
    // Within the bound is not enough: nearly all are the same number.
    assert!(apart * one_in <= ours.len(), "{what}: {apart} of {} differ", ours.len());
}

/// Learned parameters as `[parameters, channels]`, in bytes.
fn parameters<A: Activation>(activations: &[A]) -> Argument {
    let learned = A::INFO.parameters.iter().enumerate().filter(|(_, info)| info.learned);
    let values = learned.flat_map(|(index, _)| activations.iter().map(move |one| one.parameter(index)));
    Argument::From(f64::bytes(&values.collect::<Vec<f64>>()))
}

fn kernels<A: Activation>(activation: &A) -> Kernels {
    let fixed = A::INFO.parameters.iter().enumerate().filter(|(_, info)| !info.learned);
    let values = fixed.map(|(index, info)| (info.name.to_owned(), activation.parameter(index))).collect();
    Kernels::new(&A::INFO.declaration(), &Options { values, ..Options::default() })
        .expect("it can be exported")
}

const INNER: usize = 5;

/// f, f', f'', the way back and the gradients by parameters of elements `[batch, channels, INNER]`.
fn elements<T: Bytes, A: Activation>(activations: &[A]) {
    let made = kernels(&activations[0]);
    let (name, element) = (A::INFO.name, T::ELEMENT);
    let count = 60 * activations.len() * INNER;
    let (x, grad) = (inputs::<T>(count), gradients::<T>(count));
    // Parameters have gradients that are numbers only where no element is infinite.
    let finite: Vec<T> =
        x.iter().map(|&x| if x.to_f64().abs() <= 100.0 { x } else { T::from_f64(0.5) }).collect();
    let size = size_of::<T>();
    let shape = |from: &[T]| {
        vec![
            Argument::From(T::bytes(from)),
            Argument::From(T::bytes(&grad)),
            parameters(activations),
            Argument::Number(activations.len()),
            Argument::Number(INNER),
        ]
    };
    let outputs = [Output::Forward, Output::Derivative, Output::SecondDerivative];
    let mut operations: Vec<Operation> = outputs.map(Operation::Evaluate).to_vec();
    operations.push(Operation::Backward);
    let mut launches = Vec::new();
    for &operation in &operations {
        let mut arguments = shape(&x);
        if operation != Operation::Backward {
            arguments.remove(1);
        }
        arguments.extend([Argument::To(size * count), Argument::Number(count)]);
        launches.push(Launch { kernel: made.name(operation, element), arguments, threads: count });
    }
    let (per_channel, parts) = (count / activations.len(), 7);
    for place in 0..made.learned() {
        let mut arguments = shape(&finite);
        let sums = parts * activations.len();
        arguments.extend([per_channel, parts].map(Argument::Number));
        arguments.extend([Argument::To(8 * sums), Argument::Number(sums)]);
        let kernel = made.name(Operation::Gradient(place), element);
        launches.push(Launch { kernel, arguments, threads: sums });
        operations.push(Operation::Gradient(place));
    }
    let kernels: Vec<_> = operations.iter().map(|&operation| (operation, element)).collect();
    let text = made.text(&kernels).expect("all are there");
    let Some(results) = run(&format!("{name}_{}", element.name()), &text, &launches) else {
        return;
    };

    let mut expected = vec![T::from_f64(0.0); count];
    for (output, result) in outputs.into_iter().zip(&results) {
        for (channel, activation) in activations.iter().enumerate() {
            for from in (channel * INNER..count).step_by(activations.len() * INNER) {
                let part = from..from + INNER;
                activation.evaluate_into(output, &x[part.clone()], &mut expected[part]);
            }
        }
        assert_close(
            &format!("{name} {output:?} {}", element.name()),
            &x,
            &expected,
            &T::numbers(result),
            NEARLY_ALL,
        );
    }
    channels::backward_into(activations, INNER, &x, &grad, &mut expected);
    assert_close(
        &format!("{name} backward {}", element.name()),
        &x,
        &expected,
        &T::numbers(&results[3]),
        NEARLY_ALL,
    );

    let mut expected = vec![0.0; A::INFO.parameters.len() * activations.len()];
    channels::parameter_gradients_into(activations, INNER, &finite, &grad, &mut expected);
    let learned = A::INFO.parameters.iter().enumerate().filter(|(_, info)| info.learned);
    for ((index, info), result) in learned.zip(&results[4..]) {
        for (channel, sums) in f64::numbers(result).chunks(parts).enumerate() {
            let (ours, theirs) =
                (expected[channel * A::INFO.parameters.len() + index], sums.iter().sum::<f64>());
            let what = format!("{name} {} of channel {channel}, {}", info.name, element.name());
            assert!((ours - theirs).abs() <= 1e-12 * ours.abs().max(1.0), "{what}: {ours} {theirs}");
        }
    }
}

/// Products of two arrays, and of the halves of one, with both gradients.
fn products<T: Bytes, A: Activation>(activation: A) {
    const WIDTH: usize = 4;
    let made = kernels(&activation);
    let (name, element, size) = (A::INFO.name, T::ELEMENT, size_of::<T>());
    let count = 60 * WIDTH;
    let both: Vec<T> = inputs(2 * count);
    let (value, gate) = both.split_at(count);
    let grad = gradients::<T>(count);
    let array = |numbers: &[T]| Argument::From(T::bytes(numbers));
    let launch = |operation, mut arguments: Vec<Argument>| {
        arguments.push(Argument::Number(count));
        Launch { kernel: made.name(operation, element), arguments, threads: count }
    };
    // Of halves of rows, the gates being the first ones, both operands are one array: the values begin WIDTH numbers later.
    let shifted: Vec<T> = both[WIDTH..].to_vec();
    let numbers = |numbers: [usize; 2]| numbers.map(Argument::Number);
    let mut launches = Vec::new();
    for (value, gate, row, to) in
        [(value, gate, WIDTH, [0, count]), (&shifted, &both[..], 2 * WIDTH, [WIDTH, 0])]
    {
        let mut arguments = vec![array(value), array(gate)];
        arguments.extend(numbers([WIDTH, row]));
        arguments.extend([parameters(&[activation]), Argument::To(size * count)]);
        launches.push(launch(Operation::Product, arguments));
        let mut arguments = vec![array(value), array(gate), array(&grad)];
        arguments.extend(numbers([WIDTH, row]));
        arguments.push(parameters(&[activation]));
        arguments.extend(numbers(to));
        arguments.push(Argument::To(size * 2 * count));
        launches.push(launch(Operation::ProductBackward, arguments));
    }
    let kernels = [Operation::Product, Operation::ProductBackward].map(|operation| (operation, element));
    let text = made.text(&kernels).expect("both are there");
    let Some(results) = run(&format!("gated_{name}_{}", element.name()), &text, &launches) else {
        return;
    };
    let zeros = || vec![T::from_f64(0.0); count];
    let (mut product, mut grad_value, mut grad_gate) = (zeros(), zeros(), zeros());
    gated_into(&activation, value, gate, &mut product);
    gated_backward_into(&activation, (value, gate), &grad, (&mut grad_value, &mut grad_gate));
    let mut split = zeros();
    split_into(&activation, Gate::First, WIDTH, &both, &mut split);
    let mut grad_split = [zeros(), zeros()].concat();
    split_backward_into(&activation, Gate::First, WIDTH, &both, &grad, &mut grad_split);
    let expected = [product, [grad_value, grad_gate].concat(), split, grad_split];
    // What is rounded at every step is the nearest number less often.
    let is_plain = T::ELEMENT == Element::F64 && activation.is_plain_double(Output::Forward);
    let one_in = if is_plain { 10 } else { NEARLY_ALL };
    for (number, (expected, result)) in expected.iter().zip(&results).enumerate() {
        let what = format!("gated {name} {} {number}", element.name());
        assert_close(&what, gate, expected, &T::numbers(result), one_in);
    }
}

/// Of a type, everything: without a parameter and with several, of one channel and of three, plain doubles and others.
fn everything<T: Bytes>() {
    elements::<T, _>(&[Gelu]);
    elements::<T, _>(&[Mish]);
    elements::<T, _>(&[Swish { beta: 1.7 }]);
    elements::<T, _>(&[-0.5, 0.25, 2.0].map(|slope| Prelu { slope }));
    elements::<T, _>(&[0.75, 3.0].map(|alpha_p| Xielu { alpha_p, alpha_n: 0.77, beta: 0.625 }));
    products::<T, _>(LogSigmoid);
    products::<T, _>(HardSwish);
    products::<T, _>(Snake { frequency: 0.5 });
}

#[test]
fn single_precision() {
    everything::<f32>();
}

#[test]
fn double_precision() {
    everything::<f64>();
}

#[test]
fn half_precision() {
    everything::<f16>();
}

#[test]
fn brain_floats() {
    everything::<bf16>();
}
