//! One operation: an activation's kernels, what they are given, and room for what they write.

use super::compiled::compiled;
use super::launch::{Argument, Number, launch};
use super::operands::{Operand, Rows};
use super::{Of, OnDevice};
use crate::parametric::Parametric;
use crate::{Activation, Declared, Output, Pointwise};
use activation_export::{Element, Operation};
use candle_core::cuda_backend::CudaDevice;
use candle_core::cuda_backend::cudarc::driver::{CudaSlice, CudaView, CudaViewMut};
use candle_core::{CudaStorage, Layout, Result, bail};

/// How many sums the gradient by a parameter is made of, at most, for every channel; and how many these become before they
/// are one.
const PARTS: usize = 4096;
const FEW: usize = 64;
/// Elements of a sum, at least, so that a thread has something to do.
const ELEMENTS: usize = 8;

/// Kernels of one activation, with the values of its parameters on a device.
pub(super) struct Call<'a> {
    device: &'a CudaDevice,
    declared: Declared,
    /// Learned ones, `[parameters, channels]`; none where there are none.
    parameters: Option<CudaSlice<f64>>,
    channels: usize,
    /// How many neighbours are of one channel.
    inner: usize,
}

impl<'a> Call<'a> {
    pub(super) fn new(activation: &impl Pointwise, device: &'a CudaDevice) -> Result<Self> {
        let Some(declared) = activation.declared() else {
            let name = activation.name();
            bail!("`{name}` has no formula to make a kernel of: its `Pointwise` must say what is `declared`");
        };
        let parameters = on_device(device, &declared.learned)?;
        Ok(Call { device, declared, parameters, channels: 1, inner: 1 })
    }

    /// With values of the learned parameters for all channels, or for each.
    pub(super) fn parametric<A: Activation>(
        operation: &Parametric<A>,
        activations: &[A],
        dims: &[usize],
        device: &'a CudaDevice,
    ) -> Result<Self> {
        let declared = Declared::of(&A::INFO, |index| operation.activation.parameter(index));
        let values: Vec<f64> = Parametric::<A>::learned()
            .flat_map(|(index, _)| activations.iter().map(move |one| one.parameter(index)))
            .collect();
        let inner = if activations.len() == 1 { 1 } else { operation.channel(dims).0 };
        let parameters = on_device(device, &values)?;
        Ok(Call { device, declared, parameters, channels: activations.len(), inner })
    }

    fn parameters(&self) -> Option<CudaView<'_, f64>> {
        self.parameters.as_ref().map(CudaSlice::as_view)
    }

    fn launch(
        &self,
        (operation, element): (Operation, Element),
        threads: usize,
        arguments: &mut [&mut dyn Argument],
    ) -> Result<()> {
        if threads == 0 {
            return Ok(());
        }
        let function = compiled(self.device, &self.declared, operation, element)?;
        launch(self.device, &function, threads, arguments)
    }

    /// f, f' or f'' of every element.
    pub(super) fn evaluate<T: OnDevice>(
        &self,
        output: Output,
        x: &CudaStorage,
        layout: &Layout,
    ) -> Result<CudaStorage> {
        let x = Operand::<T>::new(x, layout)?;
        let count = layout.shape().elem_count();
        let mut result = self.device.alloc_zeros::<T>(count)?;
        self.launch(
            (Operation::Evaluate(output), T::ELEMENT),
            count,
            &mut [
                &mut x.view()?,
                &mut self.parameters(),
                &mut Number::new(self.channels),
                &mut Number::new(self.inner),
                &mut result.as_view_mut(),
            ],
        )?;
        Ok(T::wrap_cuda_slice(result, self.device.clone()))
    }

    /// The gradient by x.
    pub(super) fn backward<T: OnDevice>(&self, x: Of<'_>, grad_output: Of<'_>) -> Result<CudaStorage> {
        let count = same_count(x.1, grad_output.1)?;
        let (x, grad_output) =
            (Operand::<T>::new(x.0, x.1)?, Operand::<T>::new(grad_output.0, grad_output.1)?);
        let mut grad_input = self.device.alloc_zeros::<T>(count)?;
        self.launch(
            (Operation::Backward, T::ELEMENT),
            count,
            &mut [
                &mut x.view()?,
                &mut grad_output.view()?,
                &mut self.parameters(),
                &mut Number::new(self.channels),
                &mut Number::new(self.inner),
                &mut grad_input.as_view_mut(),
            ],
        )?;
        Ok(T::wrap_cuda_slice(grad_input, self.device.clone()))
    }

    /// For the gradient by a learned parameter: sums of every channel, `[channels, parts]`, and how many parts there are.
    pub(super) fn sums<T: OnDevice>(
        &self,
        place: usize,
        x: Of<'_>,
        grad_output: Of<'_>,
    ) -> Result<(CudaSlice<f64>, usize)> {
        let elements = same_count(x.1, grad_output.1)? / self.channels;
        let (x, grad_output) =
            (Operand::<T>::new(x.0, x.1)?, Operand::<T>::new(grad_output.0, grad_output.1)?);
        let parts = (elements / ELEMENTS).clamp(1, PARTS);
        let mut sums = self.device.alloc_zeros::<f64>(self.channels * parts)?;
        self.launch(
            (Operation::Gradient(place), T::ELEMENT),
            self.channels * parts,
            &mut [
                &mut x.view()?,
                &mut grad_output.view()?,
                &mut self.parameters(),
                &mut Number::new(self.channels),
                &mut Number::new(self.inner),
                &mut Number::new(elements),
                &mut Number::new(parts),
                &mut sums.as_view_mut(),
            ],
        )?;
        if parts <= FEW {
            return Ok((sums, parts));
        }
        let mut few = self.device.alloc_zeros::<f64>(self.channels * FEW)?;
        self.total(&sums, parts, FEW, few.as_view_mut())?;
        Ok((few, FEW))
    }

    /// `[channels, parts]` to `[channels, left]`.
    pub(super) fn total<T: OnDevice>(
        &self,
        sums: &CudaSlice<f64>,
        parts: usize,
        left: usize,
        mut result: CudaViewMut<'_, T>,
    ) -> Result<()> {
        let [mut parts, mut kept] = [parts, left].map(Number::new);
        self.launch(
            (Operation::Total, T::ELEMENT),
            self.channels * left,
            &mut [&mut sums.as_view(), &mut parts, &mut kept, &mut result],
        )
    }

    /// `value · f(gate)`.
    pub(super) fn product<T: OnDevice>(&self, operands: Rows<'_, T>) -> Result<CudaStorage> {
        let Rows { mut value, mut gate, width, row, count, .. } = operands;
        let mut result = self.device.alloc_zeros::<T>(count)?;
        self.launch(
            (Operation::Product, T::ELEMENT),
            count,
            &mut [
                &mut value,
                &mut gate,
                &mut Number::new(width),
                &mut Number::new(row),
                &mut self.parameters(),
                &mut result.as_view_mut(),
            ],
        )?;
        Ok(T::wrap_cuda_slice(result, self.device.clone()))
    }

    /// The gradients by values and by gates.
    pub(super) fn product_backward<T: OnDevice>(
        &self,
        operands: Rows<'_, T>,
        grad_output: Of<'_>,
    ) -> Result<CudaStorage> {
        let Rows { mut value, mut gate, width, row, count, to } = operands;
        if grad_output.1.shape().elem_count() != count {
            bail!("a gradient of {:?} for {count} elements", grad_output.1.dims());
        }
        let grad_output = Operand::<T>::new(grad_output.0, grad_output.1)?;
        let mut grad_input = self.device.alloc_zeros::<T>(2 * count)?;
        let [mut to_value, mut to_gate] = to.map(Number::new);
        self.launch(
            (Operation::ProductBackward, T::ELEMENT),
            count,
            &mut [
                &mut value,
                &mut gate,
                &mut grad_output.view()?,
                &mut Number::new(width),
                &mut Number::new(row),
                &mut self.parameters(),
                &mut to_value,
                &mut to_gate,
                &mut grad_input.as_view_mut(),
            ],
        )?;
        Ok(T::wrap_cuda_slice(grad_input, self.device.clone()))
    }
}

/// Numbers on the device; nothing where there are none, which cannot be allocated.
fn on_device(device: &CudaDevice, numbers: &[f64]) -> Result<Option<CudaSlice<f64>>> {
    if numbers.is_empty() { Ok(None) } else { device.clone_htod(numbers).map(Some) }
}

fn same_count(x: &Layout, grad_output: &Layout) -> Result<usize> {
    let count = x.shape().elem_count();
    if grad_output.shape().elem_count() != count {
        bail!("a gradient of {:?} for {:?}", grad_output.dims(), x.dims());
    }
    Ok(count)
}
