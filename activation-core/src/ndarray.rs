//! Activations over arrays of [ndarray](https://docs.rs/ndarray): of any dimension and layout, owned arrays and views alike.
//!
//! ```
//! use activation_core::ndarray::{Activate, AlongAxis};
//! use activation_core::{Fast, by_name, catalogue::{Gelu, Prelu, Silu}, gated::Gate};
//! use ndarray::{Axis, array, s};
//!
//! let mut x = array![[-1.0_f32, 0.0, 1.0, 2.0], [3.0, -4.0, 5.0, f32::NEG_INFINITY]];
//!
//! let y = x.activate(&Gelu);                                        // a new array
//! assert_eq!(y[[1, 3]], 0.0);
//! let columns = x.t().slice(s![..;2, ..]).activate(&Fast(Gelu));     // of a view, without a copy of it
//! assert_eq!(columns.dim(), (2, 2));
//! let chosen = x.activate(&by_name("mish").unwrap());                // any activation
//! # assert_eq!(chosen.dim(), (2, 4));
//!
//! let gradient = x.backward(&Gelu, &y);                              // y as the gradient of the loss
//! assert_eq!(gradient[[0, 1]], 0.0);
//! assert_eq!(x.parameter_gradients(&Prelu::default(), &x), [17.0 + f64::INFINITY]);
//!
//! let weights = x.softmax(Axis(0));                                  // along any axis
//! assert_eq!(weights[[0, 3]], 1.0);
//! let gated = x.gated(&Silu, Gate::First, Axis(1));                  // GLU's kin, with halves of an axis
//! assert_eq!(gated.dim(), (2, 2));
//!
//! x.slice_mut(s![.., 1]).activate_inplace(&Gelu);                    // in place, one column
//! assert_eq!(x[[1, 1]], -0.00012668497);
//! ```
//!
//! Results have the bits of the functions on slices, whatever the layout. Arrays that lie in memory without gaps, in whatever
//! order of axes, go through the kernels as they lie, and what comes out lies as they do. Of others, rows are taken as slices
//! where they are some, and gathered into a buffer of a thousand elements where they are not; results are in standard layout.
//! Only [`AlongAxis`] and [`parameter_gradients`](Activate::parameter_gradients) copy an array first, if it lies otherwise than
//! they need it: sums are added up in the order of the indices.
//!
//! With the feature `rayon`, arrays of more than 65,536 elements are divided over the current thread pool; results do not depend
//! on it.
//!
//! # Panics
//!
//! Arrays that belong together have one shape, and nothing is broadcast, as with slices: a gradient of another shape is a mistake,
//! and a view says what is meant, `bias.broadcast(x.raw_dim())`.

mod axis;
mod layout;

pub use axis::AlongAxis;

use crate::slice::in_place;
use crate::{Activation, Output, Pointwise, Scalar};
use ::ndarray::{Array, ArrayRef, Dimension};
use layout::{check_shape, map, map_inplace};

/// Activations of every element of an array.
pub trait Activate<T: Scalar, D: Dimension> {
    /// f of every element.
    fn activate(&self, function: &impl Pointwise) -> Array<T, D>;

    /// Writes f of every element to `output`, of the same shape.
    fn activate_into(&self, function: &impl Pointwise, output: &mut ArrayRef<T, D>);

    /// Replaces every element by f of it.
    fn activate_inplace(&mut self, function: &impl Pointwise);

    /// f' of every element.
    fn derivative(&self, function: &impl Pointwise) -> Array<T, D>;

    /// f, f' or f'' of every element; of an [`Activation`] also the derivative by a parameter.
    fn evaluate(&self, function: &impl Pointwise, output: Output) -> Array<T, D>;

    /// f and f' of every element, in one pass.
    fn forward_with_derivative(&self, activation: &impl Activation) -> (Array<T, D>, Array<T, D>);

    /// `grad_output · f'(x)` for every element x, rounded once; `grad_output` has the same shape.
    fn backward(&self, function: &impl Pointwise, grad_output: &ArrayRef<T, D>) -> Array<T, D>;

    /// `Σ grad_output · ∂f/∂parameter (x)` over all elements x, for every parameter in the order of declaration; `grad_output`
    /// has the same shape.
    fn parameter_gradients(&self, activation: &impl Activation, grad_output: &ArrayRef<T, D>) -> Vec<f64>;
}

impl<T: Scalar, D: Dimension> Activate<T, D> for ArrayRef<T, D> {
    fn activate(&self, function: &impl Pointwise) -> Array<T, D> {
        self.evaluate(function, Output::Forward)
    }

    #[track_caller]
    fn activate_into(&self, function: &impl Pointwise, output: &mut ArrayRef<T, D>) {
        check_shape("output", output, self);
        output.assign(self);
        output.activate_inplace(function);
    }

    fn activate_inplace(&mut self, function: &impl Pointwise) {
        map_inplace(self.view_mut(), &|values: &mut [T]| {
            in_place(values, |from, to| function.evaluate_into(Output::Forward, from, to));
        });
    }

    fn derivative(&self, function: &impl Pointwise) -> Array<T, D> {
        self.evaluate(function, Output::Derivative)
    }

    fn evaluate(&self, function: &impl Pointwise, output: Output) -> Array<T, D> {
        let [result] = map([self.view()], &|[x], [y]| function.evaluate_into(output, x, y));
        result
    }

    fn forward_with_derivative(&self, activation: &impl Activation) -> (Array<T, D>, Array<T, D>) {
        let [forward, derivative] = map([self.view()], &|[x], [forward, derivative]| {
            activation.forward_with_derivative_into(x, forward, derivative);
        });
        (forward, derivative)
    }

    #[track_caller]
    fn backward(&self, function: &impl Pointwise, grad_output: &ArrayRef<T, D>) -> Array<T, D> {
        check_shape("grad_output", grad_output, self);
        let [gradient] = map([self.view(), grad_output.view()], &|[x, grad_output], [to]| {
            function.backward_into(x, grad_output, to);
        });
        gradient
    }

    #[track_caller]
    fn parameter_gradients(&self, activation: &impl Activation, grad_output: &ArrayRef<T, D>) -> Vec<f64> {
        check_shape("grad_output", grad_output, self);
        let [x, grad_output] = [self, grad_output].map(|array| array.as_standard_layout());
        let (x, grad_output) = (layout::slice(&x), layout::slice(&grad_output));
        let mut gradients = vec![0.0; parameters(activation)];
        #[cfg(feature = "rayon")]
        crate::parallel::parameter_gradients_into(activation, x, grad_output, &mut gradients);
        #[cfg(not(feature = "rayon"))]
        activation.parameter_gradients_into(x, grad_output, &mut gradients);
        gradients
    }
}

fn parameters<A: Activation>(_: &A) -> usize {
    A::INFO.parameters.len()
}
