//! Activations of single numbers as operations and modules.

use super::Element;
#[cfg(feature = "candle-cuda")]
use super::cuda;
use super::storage::{cuda_or_cpu, elements, filled, stored, with_element};
use crate::gated::Gate;
use crate::{Activation, Output, Pointwise};
use candle_core::{CpuStorage, CustomOp1, CustomOp2, Layout, Module, Result, Shape, Tensor};

/// Tensors through activations, with gradients.
pub trait Activate {
    /// f of every element. The result has the shape and the type of the tensor.
    ///
    /// # Errors
    ///
    /// The elements are no floating-point numbers; they are on a device without kernels.
    fn activate<P: Pointwise>(&self, activation: &P) -> Result<Tensor>;

    /// The halves of the last axis, one of them times f of the other: `[.., 2 n]` becomes `[.., n]`. See
    /// [`gated`](crate::gated).
    ///
    /// # Errors
    ///
    /// As [`activate`](Self::activate); and where the last axis has no two halves.
    fn gated<A: Activation>(&self, activation: &A, gate: Gate) -> Result<Tensor>;

    /// `self · f(gate)`, for tensors of one shape: what [`gated`](Self::gated) does with two halves.
    ///
    /// # Errors
    ///
    /// As [`activate`](Self::activate); and where shapes or types differ.
    fn times_activated<A: Activation>(&self, gate: &Tensor, activation: &A) -> Result<Tensor>;
}

impl Activate for Tensor {
    fn activate<P: Pointwise>(&self, activation: &P) -> Result<Tensor> {
        self.apply_op1(Layer(activation.clone()))
    }

    fn gated<A: Activation>(&self, activation: &A, gate: Gate) -> Result<Tensor> {
        super::gated::gated(self, *activation, gate)
    }

    fn times_activated<A: Activation>(&self, gate: &Tensor, activation: &A) -> Result<Tensor> {
        super::gated::product(self, gate, *activation)
    }
}

/// An activation as a [`Module`] and as a [`CustomOp1`]: `seq().add(Layer(Gelu))`, `xs.apply(&Layer(Gelu))`.
///
/// Its gradient can be differentiated once more, where candle keeps the graph for that.
///
/// ```
/// use activation_core::{candle::Layer, catalogue::LeakyRelu};
/// use candle_core::{Device, Tensor};
///
/// # fn main() -> candle_core::Result<()> {
/// let xs = Tensor::new(&[-2.0_f32, 3.0], &Device::Cpu)?;
/// let ys = xs.apply(&Layer(LeakyRelu { slope: 0.5 }))?;
/// assert_eq!(ys.to_vec1::<f32>()?, [-1.0, 3.0]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layer<P>(pub P);

/// The derivative of an activation as a [`Module`] and as a [`CustomOp1`]; its gradient is that of the second derivative. For
/// losses in which a slope occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Derivative<P>(pub P);

impl<P: Pointwise> Module for Layer<P> {
    fn forward(&self, xs: &Tensor) -> Result<Tensor> {
        xs.activate(&self.0)
    }
}

impl<P: Pointwise> Module for Derivative<P> {
    fn forward(&self, xs: &Tensor) -> Result<Tensor> {
        xs.apply_op1(self.clone())
    }
}

impl<P: Pointwise> CustomOp1 for Layer<P> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        evaluate(&self.0, Output::Forward, storage, layout)
    }

    cuda_or_cpu!(self, (x, layout); cuda::evaluate(&self.0, Output::Forward, x, layout));

    fn bwd(&self, x: &Tensor, _: &Tensor, grad_output: &Tensor) -> Result<Option<Tensor>> {
        x.apply_op2(grad_output, Backward(self.0.clone())).map(Some)
    }
}

impl<P: Pointwise> CustomOp1 for Derivative<P> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        evaluate(&self.0, Output::Derivative, storage, layout)
    }

    cuda_or_cpu!(self, (x, layout); cuda::evaluate(&self.0, Output::Derivative, x, layout));

    fn bwd(&self, x: &Tensor, _: &Tensor, grad_output: &Tensor) -> Result<Option<Tensor>> {
        (x.apply_op1(SecondDerivative(self.0.clone()))? * grad_output).map(Some)
    }
}

/// f'' of every element; here differentiation comes to its end.
struct SecondDerivative<P>(P);

impl<P: Pointwise> CustomOp1 for SecondDerivative<P> {
    fn name(&self) -> &'static str {
        "second derivative of an activation"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        evaluate(&self.0, Output::SecondDerivative, storage, layout)
    }

    cuda_or_cpu!(self, (x, layout); cuda::evaluate(&self.0, Output::SecondDerivative, x, layout));
}

/// The way back: from x and the gradient by f(x) to the gradient by x.
struct Backward<P>(P);

impl<P: Pointwise> CustomOp2 for Backward<P> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, x_layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            let grad_input =
                filled([(&x, 1), (&grad_output, 1)], x.len(), 1, |[x, grad_output], grad_input| {
                    self.0.backward_into(x, grad_output, grad_input);
                });
            stored(grad_input, x_layout.shape())
        })
    }

    cuda_or_cpu!(self, (x, x_layout), (grad, grad_layout); cuda::backward(&self.0, (x, x_layout), (grad, grad_layout)));

    fn bwd(
        &self,
        x: &Tensor,
        grad_output: &Tensor,
        _: &Tensor,
        grad_grad: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let by_x = (x.apply_op1(SecondDerivative(self.0.clone()))? * (grad_output * grad_grad)?)?;
        let by_grad_output = x.apply_op2(grad_grad, Backward(self.0.clone()))?;
        Ok((Some(by_x), Some(by_grad_output)))
    }
}

fn evaluate(
    activation: &impl Pointwise,
    function: Output,
    storage: &CpuStorage,
    layout: &Layout,
) -> Result<(CpuStorage, Shape)> {
    with_element!(storage, activation.name(), |T| {
        let x = elements::<T>(storage, layout)?;
        stored(values(activation, function, &x), layout.shape())
    })
}

fn values<T: Element>(activation: &impl Pointwise, function: Output, x: &[T]) -> Vec<T> {
    filled([(x, 1)], x.len(), 1, |[x], to| activation.evaluate_into(function, x, to))
}
