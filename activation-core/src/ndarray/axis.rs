//! What takes the elements along an axis together: softmax and its kin, gates, parameters by channel.

use super::layout::{check_shape, map, slice};
use crate::gated::{Gate, gated_backward_into, gated_into};
use crate::parts::in_parts;
use crate::{Activation, Scalar, channels, rows};
use ::ndarray::{Array, Array2, ArrayRef, Axis, CowArray, Dimension, RemoveAxis, concatenate};

/// Functions of the elements along an axis of an array: those of [`rows`], of [`gated`](crate::gated) and of
/// [`channels`], with their results and special values.
///
/// Rows lie along the axis, one for every place on all others.
///
/// # Panics
///
/// The array has no such axis, or no element along it; shapes do not go together.
pub trait AlongAxis<T: Scalar, D: Dimension> {
    /// [`softmax_into`](rows::softmax_into) of every row.
    fn softmax(&self, axis: Axis) -> Array<T, D>;

    /// Of what [`softmax`](Self::softmax) gave: the gradient by its input.
    fn softmax_backward(&self, grad_output: &ArrayRef<T, D>, axis: Axis) -> Array<T, D>;

    /// [`log_softmax_into`](rows::log_softmax_into) of every row.
    fn log_softmax(&self, axis: Axis) -> Array<T, D>;

    /// Of what [`log_softmax`](Self::log_softmax) gave: the gradient by its input.
    fn log_softmax_backward(&self, grad_output: &ArrayRef<T, D>, axis: Axis) -> Array<T, D>;

    /// [`softmin_into`](rows::softmin_into) of every row.
    fn softmin(&self, axis: Axis) -> Array<T, D>;

    /// Of what [`softmin`](Self::softmin) gave: the gradient by its input.
    fn softmin_backward(&self, grad_output: &ArrayRef<T, D>, axis: Axis) -> Array<T, D>;

    /// [`sparsemax_into`](rows::sparsemax_into) of every row.
    fn sparsemax(&self, axis: Axis) -> Array<T, D>;

    /// Of what [`sparsemax`](Self::sparsemax) gave: the gradient by its input.
    fn sparsemax_backward(&self, grad_output: &ArrayRef<T, D>, axis: Axis) -> Array<T, D>;

    /// [`logsumexp_into`](rows::logsumexp_into) of every row, without the axis.
    fn logsumexp(&self, axis: Axis) -> Array<T, D::Smaller>
    where
        D: RemoveAxis;

    /// `value · f(gate)`, where one half of the places on the axis has the values and the other one the gates; half as long
    /// along the axis.
    fn gated(&self, activation: &impl Activation, gate: Gate, axis: Axis) -> Array<T, D>;

    /// From the gradient by what [`gated`](Self::gated) gives to the gradient by this array.
    fn gated_backward(
        &self,
        activation: &impl Activation,
        gate: Gate,
        grad_output: &ArrayRef<T, D>,
        axis: Axis,
    ) -> Array<T, D>
    where
        D: RemoveAxis;

    /// f with parameters of its own for every place on the axis.
    fn activate_channels(&self, activations: &[impl Activation], axis: Axis) -> Array<T, D>;

    /// [`backward`](super::Activate::backward) with parameters of its own for every place on the axis.
    fn backward_channels(
        &self,
        activations: &[impl Activation],
        grad_output: &ArrayRef<T, D>,
        axis: Axis,
    ) -> Array<T, D>;

    /// [`parameter_gradients`](super::Activate::parameter_gradients) for every place on the axis, shape
    /// `[places, parameters]`.
    fn parameter_gradients_channels<A: Activation>(
        &self,
        activations: &[A],
        grad_output: &ArrayRef<T, D>,
        axis: Axis,
    ) -> Array2<f64>;
}

macro_rules! of_rows {
    ($($name:ident $backward:ident: $into:ident $backward_into:ident;)*) => {
        $(
            #[track_caller]
            fn $name(&self, axis: Axis) -> Array<T, D> {
                let rows = Rows::of(self, axis);
                let mut output = vec![T::default(); self.len()];
                in_rows([&rows], &mut output, |[input], length, output| rows::$into(input, length, output));
                rows.result(output)
            }

            #[track_caller]
            fn $backward(&self, grad_output: &ArrayRef<T, D>, axis: Axis) -> Array<T, D> {
                check_shape("grad_output", grad_output, self);
                let [rows, gradients] = [self, grad_output].map(|array| Rows::of(array, axis));
                let mut to = vec![T::default(); self.len()];
                in_rows([&rows, &gradients], &mut to, |[output, grad_output], length, to| {
                    rows::$backward_into(output, grad_output, length, to);
                });
                rows.result(to)
            }
        )*
    };
}

impl<T: Scalar, D: Dimension> AlongAxis<T, D> for ArrayRef<T, D> {
    of_rows! {
        softmax softmax_backward: softmax_into softmax_backward_into;
        log_softmax log_softmax_backward: log_softmax_into log_softmax_backward_into;
        softmin softmin_backward: softmin_into softmin_backward_into;
        sparsemax sparsemax_backward: sparsemax_into sparsemax_backward_into;
    }

    #[track_caller]
    fn logsumexp(&self, axis: Axis) -> Array<T, D::Smaller>
    where
        D: RemoveAxis,
    {
        check_axis(self, axis);
        // Every other axis stays where it is, so that there is one row after the other.
        let mut order: Vec<usize> = (0..self.ndim()).filter(|&other| other != axis.index()).collect();
        order.push(axis.index());
        let mut axes = D::zeros(self.ndim());
        order.iter().enumerate().for_each(|(place, &axis)| axes[place] = axis);
        let moved = self.view().permuted_axes(axes);
        let input = moved.as_standard_layout();
        let smaller = self.raw_dim().remove_axis(axis);
        let mut output = vec![T::default(); smaller.size()];
        rows::logsumexp_into(slice(&input), self.len_of(axis), &mut output);
        Array::from_shape_vec(smaller, output).expect("one output for every row")
    }

    #[track_caller]
    fn gated(&self, activation: &impl Activation, gate: Gate, axis: Axis) -> Array<T, D> {
        let middle = middle(self, axis);
        let (first, second) = self.view().split_at(axis, middle);
        let halves = in_order(gate, first, second);
        let [output] = map(halves, &|[value, gate], [output]| gated_into(activation, value, gate, output));
        output
    }

    #[track_caller]
    fn gated_backward(
        &self,
        activation: &impl Activation,
        gate: Gate,
        grad_output: &ArrayRef<T, D>,
        axis: Axis,
    ) -> Array<T, D>
    where
        D: RemoveAxis,
    {
        let middle = middle(self, axis);
        let (first, second) = self.view().split_at(axis, middle);
        check_shape("grad_output", grad_output, &first);
        let [value, gates] = in_order(gate, first, second);
        let [by_value, by_gate] = map([value, gates, grad_output.view()], &|[value, gate, grad], [a, b]| {
            gated_backward_into(activation, (value, gate), grad, (a, b));
        });
        let halves = in_order(gate, by_value, by_gate);
        let halves = halves.each_ref().map(|half| half.view());
        concatenate(axis, &halves).expect("halves of one array go together")
    }

    #[track_caller]
    fn activate_channels(&self, activations: &[impl Activation], axis: Axis) -> Array<T, D> {
        let (input, inner) = by_channel(self, activations.len(), axis);
        let mut output = vec![T::default(); self.len()];
        if !output.is_empty() {
            channels::forward_into(activations, inner, slice(&input), &mut output);
        }
        shaped(self, output)
    }

    #[track_caller]
    fn backward_channels(
        &self,
        activations: &[impl Activation],
        grad_output: &ArrayRef<T, D>,
        axis: Axis,
    ) -> Array<T, D> {
        check_shape("grad_output", grad_output, self);
        let (input, inner) = by_channel(self, activations.len(), axis);
        let grad_output = grad_output.as_standard_layout();
        let mut to = vec![T::default(); self.len()];
        if !to.is_empty() {
            channels::backward_into(activations, inner, slice(&input), slice(&grad_output), &mut to);
        }
        shaped(self, to)
    }

    #[track_caller]
    fn parameter_gradients_channels<A: Activation>(
        &self,
        activations: &[A],
        grad_output: &ArrayRef<T, D>,
        axis: Axis,
    ) -> Array2<f64> {
        check_shape("grad_output", grad_output, self);
        let (input, inner) = by_channel(self, activations.len(), axis);
        let grad_output = grad_output.as_standard_layout();
        let mut gradients = Array2::zeros((activations.len(), A::INFO.parameters.len()));
        if !self.is_empty()
            && let Some(gradients) = gradients.as_slice_mut()
        {
            let (input, grad_output) = (slice(&input), slice(&grad_output));
            channels::parameter_gradients_into(activations, inner, input, grad_output, gradients);
        }
        gradients
    }
}

#[track_caller]
fn check_axis<T, D: Dimension>(array: &ArrayRef<T, D>, axis: Axis) {
    let (axis, dimensions) = (axis.index(), array.ndim());
    assert!(axis < dimensions, "there is no axis {axis} in an array of {dimensions} dimensions");
}

/// An array with its rows one after the other.
struct Rows<'a, T, D: Dimension> {
    /// With the axis in the last place, and the last one in its place.
    array: CowArray<'a, T, D>,
    axis: usize,
    length: usize,
}

impl<'a, T: Scalar, D: Dimension> Rows<'a, T, D> {
    #[track_caller]
    fn of(array: &'a ArrayRef<T, D>, axis: Axis) -> Self {
        check_axis(array, axis);
        let mut moved = array.view();
        moved.swap_axes(axis.index(), array.ndim() - 1);
        let array = match moved.is_standard_layout() {
            true => CowArray::from(moved),
            false => CowArray::from(moved.as_standard_layout().into_owned()),
        };
        Rows { length: array.shape().last().copied().unwrap_or(1), array, axis: axis.index() }
    }

    /// An array of the original shape.
    fn result(&self, output: Vec<T>) -> Array<T, D> {
        let mut output = shaped(&self.array, output);
        output.swap_axes(self.axis, self.array.ndim() - 1);
        output
    }
}

/// Row by row, on all cores.
#[track_caller]
fn in_rows<T: Scalar, D: Dimension, const N: usize>(
    from: [&Rows<'_, T, D>; N],
    to: &mut [T],
    by: impl Fn([&[T]; N], usize, &mut [T]) + Sync,
) {
    let length = from[0].length;
    let from = from.map(|rows| (slice(&rows.array), length));
    in_parts(from, [(to, length)], &|from, [to]| by(from, length, to));
}

fn shaped<T, D: Dimension>(like: &ArrayRef<T, D>, values: Vec<T>) -> Array<T, D> {
    Array::from_shape_vec(like.raw_dim(), values).expect("one output for every input")
}

/// Where the halves of an axis meet.
#[track_caller]
fn middle<T, D: Dimension>(array: &ArrayRef<T, D>, axis: Axis) -> usize {
    check_axis(array, axis);
    let length = array.len_of(axis);
    assert!(length.is_multiple_of(2), "axis {} has {length} places, which have no halves", axis.index());
    length / 2
}

/// The value and the gate of halves, or the halves of a value and a gate.
fn in_order<A>(gate: Gate, first: A, second: A) -> [A; 2] {
    match gate {
        Gate::First => [second, first],
        Gate::Second => [first, second],
    }
}

/// The array in standard layout, and how many elements of a channel are neighbours.
#[track_caller]
fn by_channel<T: Scalar, D: Dimension>(
    array: &ArrayRef<T, D>,
    channels: usize,
    axis: Axis,
) -> (CowArray<'_, T, D>, usize) {
    check_axis(array, axis);
    let places = array.len_of(axis);
    assert!(
        channels == places,
        "there are {channels} activations for the {places} channels on axis {}",
        axis.index()
    );
    (array.as_standard_layout(), array.shape()[axis.index() + 1..].iter().product())
}
