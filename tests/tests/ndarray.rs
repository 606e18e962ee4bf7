//! Arrays of every layout against slices: the same bits.

use activation_core::catalogue::{Gelu, Prelu, Silu, Swish};
use activation_core::gated::{self, Gate};
use activation_core::ndarray::{Activate, AlongAxis};
use activation_core::{Activation, Fast, Output, Pointwise, Scalar, all, channels, rows};
use half::f16;
use ndarray::{
    Array, Array1, Array2, Array3, ArrayD, ArrayView, Axis, Dimension, IxDyn, ShapeBuilder, arr0, array, s,
};

fn bits<T: Scalar, D: Dimension>(array: ArrayView<'_, T, D>) -> (Vec<usize>, Vec<u64>) {
    let number = |x: &T| if x.to_f64().is_nan() { u64::MAX } else { x.to_f64().to_bits() };
    (array.shape().to_vec(), array.iter().map(number).collect())
}

/// Numbers of all kinds, different everywhere.
fn numbers<T: Scalar>(length: usize) -> Vec<T> {
    const SPECIAL: [f64; 8] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1e30, -750.0, 1e-40];
    let number = |at: usize| match at % 7 {
        3 => SPECIAL[at / 7 % SPECIAL.len()],
        _ => (at * 7919 % 10007) as f64 / 800.0 - 6.0,
    };
    (0..length).map(|at| T::from_f64(number(at))).collect()
}

fn values<T: Scalar>(length: usize) -> Vec<T> {
    (0..length).map(|at| T::from_f64((at * 31 % 97) as f64 / 16.0 - 3.0)).collect()
}

/// All functions of one array, against those of the slice of its elements in the order of the indices.
fn agree<T: Scalar, D: Dimension>(x: ArrayView<'_, T, D>, function: &impl Pointwise) {
    let elements: Vec<T> = x.iter().copied().collect();
    let expected = |make: &dyn Fn(&[T], &mut [T])| {
        let mut output = vec![T::default(); elements.len()];
        make(&elements, &mut output);
        let output = Array::from_shape_vec(x.raw_dim(), output).expect("one for every element");
        bits(output.view())
    };
    let forward = expected(&|x, y| function.evaluate_into(Output::Forward, x, y));
    assert_eq!(bits(x.activate(function).view()), forward);
    let slopes = expected(&|x, y| function.evaluate_into(Output::Derivative, x, y));
    assert_eq!(bits(x.derivative(function).view()), slopes);

    // In place: in an array of the same layout, and in one of another.
    let mut same = x.to_owned();
    same.activate_inplace(function);
    assert_eq!(bits(same.view()), forward);
    let mut other = Array::from_elem(x.raw_dim().f(), T::default());
    x.activate_into(function, &mut other);
    assert_eq!(bits(other.view()), forward);

    // Gradients that lie alike, and that do not.
    let gradient = Array::from_shape_vec(x.raw_dim(), values::<T>(x.len())).expect("one for every element");
    let gradients: Vec<T> = gradient.iter().copied().collect();
    let backward = expected(&|x, y| function.backward_into(x, &gradients, y));
    assert_eq!(bits(x.backward(function, &gradient).view()), backward);
    let mut across = Array::from_elem(x.raw_dim().f(), T::default());
    across.assign(&gradient);
    assert_eq!(bits(x.backward(function, &across).view()), backward);
}

/// Every layout of three axes: all orders of them, steps, negative ones, places left out, and repeated elements.
fn layouts<T: Scalar>(function: &impl Pointwise, dimensions: [usize; 3]) {
    let [a, b, c] = dimensions;
    let array =
        Array3::from_shape_vec((a, b, c), numbers::<T>(a * b * c)).expect("as many as there are places");
    for axes in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let view = array.view().permuted_axes(axes);
        agree(view, function);
        agree(view.slice(s![.., ..;-1, ..]), function);
        agree(view.slice(s![..;-1, ..;-1, ..;-1]), function);
        agree(view.slice(s![..;2, .., ..;3]), function);
        agree(view.slice(s![..;-2, 1.., ..;-1]), function);
        agree(view.slice(s![0, .., ..]), function);
        agree(view.slice(s![.., 0, ..;-1]), function);
        agree(view.slice(s![..0, .., ..]), function);
        agree(view.slice(s![.., .., 1..2]), function);
    }
    let row = array.slice(s![0, 0, ..]);
    agree(row.broadcast((3, 2, c)).expect("rows may be repeated"), function);
    agree(array.slice(s![.., .., ..1]).broadcast((a, b, 70)).expect("elements may be repeated"), function);
    agree(array.view().into_dyn(), function);
}

#[test]
fn every_layout_has_the_bits_of_slices() {
    layouts::<f32>(&Gelu, [3, 4, 5]);
    layouts::<f32>(&Silu, [5, 3, 130]);
    layouts::<f64>(&Gelu, [2, 3, 4]);
    layouts::<f16>(&Swish { beta: 1.5 }, [3, 4, 70]);
    layouts::<f32>(&Fast(Gelu), [3, 4, 70]);
    for entry in all() {
        let x = Array2::from_shape_vec((12, 11), numbers::<f32>(132)).expect("as many as there are places");
        agree(x.t(), &entry.activation());
        agree(x.slice(s![..;-2, ..;3]), &entry.activation());
    }
}

/// Beyond what one thread takes.
#[test]
fn large_arrays_of_every_layout() {
    let length = 2 * 70_000 + 6;
    let array = Array3::from_shape_vec((7, 200, 101), numbers::<f32>(141_400)).expect("as many");
    agree(array.view().reversed_axes(), &Prelu::default());
    agree(array.view().permuted_axes([1, 0, 2]).slice(s![..;-1, .., ..100]), &Prelu::default());
    agree(array.view().permuted_axes([2, 0, 1]).slice(s![.., ..;-1, ..;2]), &Prelu::default());
    let long = Array1::from_vec(numbers::<f32>(length));
    agree(long.view(), &Gelu);
    agree(long.slice(s![..;-1]), &Gelu);
    agree(long.slice(s![..;2]), &Gelu);
    let flat = Array::from_shape_vec((1, length / 2, 2).f(), numbers::<f32>(length)).expect("as many");
    agree(flat.view(), &Prelu::default());
    agree(flat.slice(s![.., ..;-2, ..]), &Prelu::default());
}

#[test]
fn one_element_and_none() {
    agree(arr0(-1.0_f32).view(), &Gelu);
    agree(Array2::<f32>::zeros((0, 3)).view(), &Gelu);
    agree(Array2::<f32>::zeros((3, 0)).t(), &Gelu);
    agree(ArrayD::<f64>::zeros(IxDyn(&[])).view(), &Gelu);
    assert_eq!(arr0(0.0_f64).activate(&activation_core::catalogue::Sigmoid).into_scalar(), 0.5);
}

/// What comes out lies as what went in, where that has no gaps.
#[test]
fn layouts_are_kept() {
    let x = Array3::from_shape_vec((2, 3, 4), values::<f32>(24)).expect("as many as there are places");
    let turned = x.view().permuted_axes([2, 0, 1]);
    assert_eq!(turned.activate(&Gelu).strides(), turned.strides());
    let back = x.slice(s![.., ..;-1, ..]);
    assert_eq!(back.activate(&Gelu).strides(), back.strides());
    let fortran = Array2::<f32>::zeros((3, 4).f());
    assert_eq!(fortran.derivative(&Gelu).strides(), [1, 3]);
}

/// What is beside a view stays as it is.
#[test]
fn in_place_is_in_its_place() {
    let mut x = Array2::from_shape_vec((6, 5), values::<f32>(30)).expect("as many as there are places");
    let before = x.clone();
    x.slice_mut(s![1..;2, ..;-2]).activate_inplace(&Gelu);
    for ((row, column), &value) in x.indexed_iter() {
        let old = before[[row, column]];
        let expected = if row % 2 == 1 && column % 2 == 0 { Gelu.forward(old) } else { old };
        assert_eq!(value, expected, "{row}, {column}");
    }
    let mut shared = before.clone().into_shared();
    let kept = shared.clone();
    shared.activate_inplace(&Gelu);
    assert_eq!(kept, before);
    assert_eq!(shared, before.activate(&Gelu));
}

#[test]
fn both_functions_and_gradients_of_parameters() {
    let x = Array2::from_shape_vec((300, 401), values::<f32>(120_300)).expect("as many as there are places");
    let gradient = x.mapv(|x| x * 0.5 - 1.0);
    let swish = Swish { beta: 1.5 };
    for (x, gradient) in [
        (x.view(), gradient.view()),
        (x.t(), gradient.t()),
        (x.slice(s![..;-3, ..;2]), gradient.slice(s![..;-3, ..;2])),
    ] {
        let (forward, derivative) = x.forward_with_derivative(&swish);
        assert_eq!((forward, derivative), (x.activate(&swish), x.derivative(&swish)));
        let [flat, flat_gradient] = [x, gradient].map(|array| array.iter().copied().collect::<Vec<f32>>());
        let mut expected = [0.0];
        swish.parameter_gradients_into(&flat, &flat_gradient, &mut expected);
        assert_eq!(x.parameter_gradients(&swish, &gradient), expected);
    }
    assert_eq!(x.evaluate(&swish, Output::SecondDerivative)[[0, 0]], swish.second_derivative(x[[0, 0]]));
    assert!(x.parameter_gradients(&Gelu, &gradient).is_empty());
}

/// A row at a time through the functions on slices.
fn row_by_row(
    x: &ArrayView<'_, f32, ndarray::Ix3>,
    axis: Axis,
    by: impl Fn(&[f32], &mut [f32]),
) -> Array3<f32> {
    let mut output = Array3::zeros(x.dim());
    for (from, mut to) in x.lanes(axis).into_iter().zip(output.lanes_mut(axis)) {
        let mut row = vec![0.0; from.len()];
        by(&from.to_vec(), &mut row);
        to.assign(&Array1::from(row));
    }
    output
}

#[test]
fn rows_along_every_axis() {
    for dimensions in [[2, 3, 4], [5, 1, 70], [41, 43, 44]] {
        let [a, b, c] = dimensions;
        let x =
            Array3::from_shape_vec((a, b, c), values::<f32>(a * b * c)).expect("as many as there are places");
        for x in [x.view(), x.view().permuted_axes([2, 0, 1]), x.slice(s![..;-1, .., ..;2])] {
            let gradient = x.mapv(|x| 0.5 - x * x);
            for axis in [0, 1, 2].map(Axis) {
                let n = x.len_of(axis);
                let y = row_by_row(&x, axis, |x, y| rows::softmax_into(x, n, y));
                assert_eq!(x.softmax(axis), y);
                let both = |by: fn(&[f32], &[f32], usize, &mut [f32])| {
                    let mut output = Array3::zeros(y.dim());
                    let lanes =
                        y.lanes(axis).into_iter().zip(gradient.lanes(axis)).zip(output.lanes_mut(axis));
                    for ((y, gradient), mut to) in lanes {
                        let mut row = vec![0.0; n];
                        by(&y.to_vec(), &gradient.to_vec(), n, &mut row);
                        to.assign(&Array1::from(row));
                    }
                    output
                };
                assert_eq!(y.softmax_backward(&gradient, axis), both(rows::softmax_backward_into));
                assert_eq!(y.sparsemax_backward(&gradient, axis), both(rows::sparsemax_backward_into));
                assert_eq!(y.log_softmax_backward(&gradient, axis), both(rows::log_softmax_backward_into));
                assert_eq!(y.softmin_backward(&gradient, axis), both(rows::softmin_backward_into));
                assert_eq!(x.log_softmax(axis), row_by_row(&x, axis, |x, y| rows::log_softmax_into(x, n, y)));
                assert_eq!(x.softmin(axis), row_by_row(&x, axis, |x, y| rows::softmin_into(x, n, y)));
                assert_eq!(x.sparsemax(axis), row_by_row(&x, axis, |x, y| rows::sparsemax_into(x, n, y)));
                let sums = x.map_axis(axis, |row| {
                    let mut sum = [0.0];
                    rows::logsumexp_into(&row.to_vec(), n, &mut sum);
                    sum[0]
                });
                assert_eq!(x.logsumexp(axis), sums);
            }
        }
    }
    assert_eq!(Array2::<f32>::zeros((0, 3)).softmax(Axis(1)).dim(), (0, 3));
    assert_eq!(Array2::<f32>::zeros((3, 0)).softmax(Axis(0)).dim(), (3, 0));
}

#[test]
fn gates_along_every_axis() {
    let x = Array3::from_shape_vec((4, 6, 200), values::<f32>(4800)).expect("as many as there are places");
    for x in [x.view(), x.view().permuted_axes([1, 2, 0]), x.slice(s![..;-1, .., ..;2])] {
        for (axis, gate) in [0, 1, 2].map(Axis).into_iter().zip([Gate::First, Gate::Second, Gate::First]) {
            let n = x.len_of(axis) / 2;
            let y = x.gated(&Silu, gate, axis);
            let gradient = y.mapv(|y| 1.0 - y);
            let back = x.gated_backward(&Silu, gate, &gradient, axis);
            let lanes =
                x.lanes(axis).into_iter().zip(y.lanes(axis)).zip(gradient.lanes(axis)).zip(back.lanes(axis));
            for (((x, y), gradient), back) in lanes {
                let [mut expected, mut expected_back] = [vec![0.0; n], vec![0.0; 2 * n]];
                gated::split_into(&Silu, gate, n, &x.to_vec(), &mut expected);
                assert_eq!(y.to_vec(), expected);
                gated::split_backward_into(
                    &Silu,
                    gate,
                    n,
                    &x.to_vec(),
                    &gradient.to_vec(),
                    &mut expected_back,
                );
                assert_eq!(back.to_vec(), expected_back);
            }
        }
    }
}

#[test]
fn parameters_of_channels_on_every_axis() {
    let x = Array3::from_shape_vec((3, 3, 3), values::<f32>(27)).expect("as many as there are places");
    let gradient = x.mapv(|x| x - 0.25);
    let slopes = [0.5, 0.25, 2.0].map(|slope| Prelu { slope });
    for (x, gradient) in
        [(x.view(), gradient.view()), (x.view().reversed_axes(), gradient.view().reversed_axes())]
    {
        for axis in [0, 1, 2].map(Axis) {
            let (y, back) =
                (x.activate_channels(&slopes, axis), x.backward_channels(&slopes, &gradient, axis));
            let sums = x.parameter_gradients_channels(&slopes, &gradient, axis);
            assert_eq!(sums.dim(), (3, 1));
            for (channel, slope) in slopes.iter().enumerate() {
                let [x, y, back, gradient] = [x.view(), y.view(), back.view(), gradient.view()]
                    .map(|array| array.index_axis_move(axis, channel));
                assert_eq!(y, x.activate(slope));
                assert_eq!(back, x.backward(slope, &gradient));
                assert_eq!(vec![sums[[channel, 0]]], x.parameter_gradients(slope, &gradient));
            }
        }
    }
    let mut expected = [0.0; 27];
    channels::forward_into(&slopes, 3, x.as_slice().expect("standard layout"), &mut expected);
    assert_eq!(x.activate_channels(&slopes, Axis(1)).as_slice(), Some(&expected[..]));
    assert_eq!(Array3::<f32>::zeros((0, 3, 2)).activate_channels(&slopes, Axis(1)).dim(), (0, 3, 2));
}

#[test]
#[should_panic(expected = "the arrays must have one shape: `grad_output` has [3, 2], the input has [2, 3]")]
fn shapes_that_differ() {
    let _ = Array2::<f32>::zeros((2, 3)).backward(&Gelu, &Array2::zeros((3, 2)));
}

#[test]
#[should_panic(expected = "`output` has [3], the input has [2]")]
fn an_output_that_does_not_fit() {
    array![1.0_f32, 2.0].activate_into(&Gelu, &mut Array1::zeros(3));
}

#[test]
#[should_panic(expected = "there is no axis 2 in an array of 2 dimensions")]
fn an_axis_that_is_not_there() {
    let _ = Array2::<f32>::zeros((2, 3)).softmax(Axis(2));
}

#[test]
#[should_panic(expected = "axis 1 has 3 places, which have no halves")]
fn an_axis_without_halves() {
    let _ = Array2::<f32>::zeros((2, 3)).gated(&Silu, Gate::First, Axis(1));
}

#[test]
#[should_panic(expected = "there are 2 activations for the 3 channels on axis 1")]
fn channels_that_are_too_few() {
    let _ = Array2::<f32>::zeros((2, 3)).activate_channels(&[Prelu::default(); 2], Axis(1));
}

#[test]
#[should_panic(expected = "a row needs at least one element")]
fn rows_without_elements() {
    let _ = Array2::<f32>::zeros((2, 0)).softmax(Axis(1));
}
