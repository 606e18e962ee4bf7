//! Operations on CUDA: kernels that [`activation_export`] makes of the formula as a text, compiled when they are first needed.

mod call;
mod compiled;
mod launch;
mod operands;

use super::Element;
use super::storage::with_element;
use crate::gated::Gate;
use crate::parametric::Parametric;
use crate::{Activation, Output, Pointwise};
use activation_export::Element as Elements;
use call::Call;
use candle_core::cuda_backend::CudaDType;
use candle_core::cuda_backend::cudarc::driver::{DeviceRepr, ValidAsZeroBits};
use candle_core::{CudaStorage, Layout, Result, Shape};
use operands::{Operand, Rows};

/// A type of elements that may be on a GPU.
trait OnDevice: Element + CudaDType + DeviceRepr + ValidAsZeroBits {
    const ELEMENT: Elements;
}

macro_rules! on_device {
    ($($type:ty: $element:ident),*) => {
        $(impl OnDevice for $type { const ELEMENT: Elements = Elements::$element; })*
    };
}
on_device!(half::f16: F16, half::bf16: Bf16, f32: F32, f64: F64);

/// A tensor.
type Of<'a> = (&'a CudaStorage, &'a Layout);

pub(super) fn evaluate(
    activation: &impl Pointwise,
    output: Output,
    x: &CudaStorage,
    layout: &Layout,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::new(activation, &x.device)?;
    let result = with_element!(x, activation.name(), |T| call.evaluate::<T>(output, x, layout))?;
    Ok((result, layout.shape().clone()))
}

pub(super) fn backward(
    activation: &impl Pointwise,
    x: Of<'_>,
    grad_output: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::new(activation, &x.0.device)?;
    let result = with_element!(x.0, activation.name(), |T| call.backward::<T>(x, grad_output))?;
    Ok((result, x.1.shape().clone()))
}

pub(super) fn forward_with<A: Activation>(
    operation: &Parametric<A>,
    activations: &[A],
    x: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::parametric(operation, activations, x.1.dims(), &x.0.device)?;
    let result = with_element!(x.0, A::INFO.name, |T| call.evaluate::<T>(Output::Forward, x.0, x.1))?;
    Ok((result, x.1.shape().clone()))
}

pub(super) fn backward_with<A: Activation>(
    operation: &Parametric<A>,
    activations: &[A],
    x: Of<'_>,
    grad_output: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::parametric(operation, activations, x.1.dims(), &x.0.device)?;
    let result = with_element!(x.0, A::INFO.name, |T| call.backward::<T>(x, grad_output))?;
    Ok((result, x.1.shape().clone()))
}

/// The gradients by the learned parameters, in the shape and the type of `parameters`.
pub(super) fn gradients<A: Activation>(
    operation: &Parametric<A>,
    activations: &[A],
    x: Of<'_>,
    grad_output: Of<'_>,
    parameters: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let (device, name) = (&x.0.device, A::INFO.name);
    let call = Call::parametric(operation, activations, x.1.dims(), device)?;
    let count = Parametric::<A>::learned().count();
    let mut sums = Vec::with_capacity(count);
    for place in 0..count {
        sums.push(with_element!(x.0, name, |T| call.sums::<T>(place, x, grad_output))?);
    }
    let result = with_element!(parameters.0, name, |T| {
        let channels = activations.len();
        let mut result = device.alloc_zeros::<T>(count * channels)?;
        for (place, (sums, parts)) in sums.iter().enumerate() {
            call.total(sums, *parts, 1, result.slice_mut(place * channels..(place + 1) * channels))?;
        }
        Ok(T::wrap_cuda_slice(result, device.clone()))
    })?;
    Ok((result, parameters.1.shape().clone()))
}

pub(super) fn split(
    activation: &impl Pointwise,
    gate: Gate,
    (n, rows): (usize, usize),
    x: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::new(activation, &x.0.device)?;
    let result = with_element!(x.0, activation.name(), |T| {
        let x = Operand::<T>::new(x.0, x.1)?;
        call.product(Rows::halves(&x, gate, n, rows)?)
    })?;
    let mut dims = x.1.dims().to_vec();
    dims.pop();
    dims.push(n);
    Ok((result, dims.into()))
}

pub(super) fn split_backward(
    activation: &impl Pointwise,
    gate: Gate,
    (n, rows): (usize, usize),
    x: Of<'_>,
    grad_output: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::new(activation, &x.0.device)?;
    let result = with_element!(x.0, activation.name(), |T| {
        let x = Operand::<T>::new(x.0, x.1)?;
        call.product_backward(Rows::halves(&x, gate, n, rows)?, grad_output)
    })?;
    Ok((result, x.1.shape().clone()))
}

pub(super) fn product(
    activation: &impl Pointwise,
    value: Of<'_>,
    gate: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::new(activation, &value.0.device)?;
    let result = with_element!(value.0, activation.name(), |T| {
        let (value, gate) = (Operand::<T>::new(value.0, value.1)?, Operand::new(gate.0, gate.1)?);
        call.product(Rows::two(&value, &gate)?)
    })?;
    Ok((result, value.1.shape().clone()))
}

/// Both gradients, `[2, ..]`.
pub(super) fn product_backward(
    activation: &impl Pointwise,
    value: Of<'_>,
    gate: Of<'_>,
    grad_output: Of<'_>,
) -> Result<(CudaStorage, Shape)> {
    let call = Call::new(activation, &value.0.device)?;
    let result = with_element!(value.0, activation.name(), |T| {
        let (value, gate) = (Operand::<T>::new(value.0, value.1)?, Operand::new(gate.0, gate.1)?);
        call.product_backward(Rows::two(&value, &gate)?, grad_output)
    })?;
    Ok((result, [&[2], value.1.dims()].concat().into()))
}
