//! Activations with learned parameters: tensors that an optimiser moves.

#[cfg(feature = "candle-cuda")]
use super::cuda;
use super::storage::{cuda_or_cpu, elements, no_numbers, stored, with_element};
use crate::parametric::Parametric;
use crate::{Activation, Scalar};
use candle_core::{
    CpuStorage, CustomOp2, CustomOp3, DType, Device, Error, Layout, Module, Result, Shape, Tensor, Var, bail,
};

/// An activation whose learned parameters are tensors, as a [`Module`].
///
/// A parameter has one value for all elements, or one for every channel. The others, that are not declared with `learn`, are those
/// of `activation`.
///
/// ```
/// use activation_core::{candle::Learned, catalogue::Prelu, define_activation};
/// use candle_core::{DType, Device, Tensor};
///
/// define_activation! {
///     /// A sigmoid gate with a learned steepness, over a bump.
///     pub GatedBump(x; learn gate = 1, learn width = 2 in 0.1..10) = x * sigmoid(gate * x) + exp(-(x / width)^2);
/// }
///
/// # fn main() -> candle_core::Result<()> {
/// let bump = Learned::new(GatedBump::default(), DType::F32, &Device::Cpu)?;
/// let slopes = Learned::per_channel(Prelu::default(), 3, DType::F32, &Device::Cpu)?;
/// assert_eq!(slopes.vars()?[0].dims(), [3]);
///
/// let xs = Tensor::new(&[[-1.0_f32, 0.0, 1.0], [-4.0, 2.0, -8.0]], &Device::Cpu)?;
/// let gradients = xs.apply(&slopes)?.apply(&bump)?.sum_all()?.backward()?;
/// for var in [bump.vars()?, slopes.vars()?].concat() {
///     let gradient = gradients.get(&var).unwrap();
///     var.set(&(var.as_tensor() - (gradient * 0.01)?)?)?;              // or any optimiser of candle-nn
/// }
/// bump.clamp()?;                                                       // back into 0.1..10
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Learned<A> {
    activation: A,
    /// The axis of the channels.
    axis: usize,
    /// In the order of declaration, each of shape `[]`, `[1]` or `[channels]`.
    parameters: Vec<Tensor>,
}

impl<A: Activation> Learned<A> {
    /// Every learned parameter is a new variable, one number, that starts at its value in `activation`.
    ///
    /// # Errors
    ///
    /// The activation has no learned parameters; `dtype` is no floating-point type.
    pub fn new(activation: A, dtype: DType, device: &Device) -> Result<Self> {
        Self::with(activation, |_, start| variable(start, Shape::from(()), dtype, device))
    }

    /// Every learned parameter is a new variable with a number for every channel, all of which start at the parameter's value in
    /// `activation`. Channels are on axis 1; see [`on_axis`](Self::on_axis).
    ///
    /// # Errors
    ///
    /// The activation has no learned parameters; `dtype` is no floating-point type.
    pub fn per_channel(activation: A, channels: usize, dtype: DType, device: &Device) -> Result<Self> {
        if channels == 0 {
            bail!("`{}`: there must be at least one channel", A::INFO.name);
        }
        Self::with(activation, |_, start| variable(start, channels.into(), dtype, device))
    }

    /// Every learned parameter is what `tensor` gives for its name and its value in `activation`, of shape `[]` or
    /// `[channels]`. So they come from a `VarBuilder` of candle-nn, and are saved and loaded with all others:
    ///
    /// ```ignore
    /// let swish = Learned::with(Swish::default(), |name, start| vb.get_with_hints((), name, Init::Const(start)))?;
    /// ```
    ///
    /// # Errors
    ///
    /// The activation has no learned parameters; `tensor` fails; shapes do not go together.
    pub fn with(activation: A, mut tensor: impl FnMut(&str, f64) -> Result<Tensor>) -> Result<Self> {
        let name = A::INFO.name;
        let parameters = Parametric::<A>::learned()
            .map(|(index, parameter)| tensor(parameter.name, activation.parameter(index)))
            .collect::<Result<Vec<Tensor>>>()?;
        if parameters.is_empty() {
            bail!("`{name}` has no learned parameters; use `Layer`, or declare some with `learn`");
        }
        let channels = parameters.iter().map(Tensor::elem_count).max().unwrap_or(1);
        for ((_, info), tensor) in Parametric::<A>::learned().zip(&parameters) {
            if tensor.rank() > 1 || tensor.elem_count() == 0 || ![1, channels].contains(&tensor.elem_count())
            {
                let (parameter, dims) = (info.name, tensor.dims());
                bail!(
                    "`{name}`: parameter `{parameter}` has shape {dims:?}; it must be [] or [channels], and all alike"
                );
            }
        }
        Ok(Learned { activation, axis: 1, parameters })
    }

    /// With the channels on another axis of tensors than 1.
    pub fn on_axis(self, axis: usize) -> Self {
        Learned { axis, ..self }
    }

    /// Names and tensors of the learned parameters, in the order of declaration.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, &Tensor)> {
        Parametric::<A>::learned().map(|(_, parameter)| parameter.name).zip(&self.parameters)
    }

    /// The learned parameters as variables, for an optimiser.
    ///
    /// # Errors
    ///
    /// A parameter came from elsewhere and is no variable.
    pub fn vars(&self) -> Result<Vec<Var>> {
        let var = |(parameter, tensor): (&str, &Tensor)| match tensor.is_variable() {
            true => Var::from_tensor(tensor),
            false => bail!("`{}`: parameter `{parameter}` is a tensor and no variable", A::INFO.name),
        };
        self.parameters().map(var).collect()
    }

    /// The activation with the parameters' present values: one, or one for every channel.
    ///
    /// # Errors
    ///
    /// A value is not finite, or outside the range that was declared.
    pub fn activations(&self) -> Result<Vec<A>> {
        let stacked = self.stacked()?.to_device(&Device::Cpu)?;
        let (storage, layout) = stacked.storage_and_layout();
        match &*storage {
            candle_core::Storage::Cpu(storage) => {
                activations(&Parametric { activation: self.activation, axis: self.axis }, storage, layout)
            }
            _ => bail!("`{}`: its parameters cannot be moved to the CPU", A::INFO.name),
        }
    }

    /// Puts values that have left their declared ranges back to the ends of these: what to do after every step of an optimiser,
    /// as a value outside is an error.
    ///
    /// # Errors
    ///
    /// A parameter is no variable.
    pub fn clamp(&self) -> Result<()> {
        for (var, (_, info)) in self.vars()?.iter().zip(Parametric::<A>::learned()) {
            let (low, high) = info.range;
            if low.is_finite() || high.is_finite() {
                var.set(&var.as_detached_tensor().clamp(low, high)?)?;
            }
        }
        Ok(())
    }

    /// `[parameters]`, or `[parameters, channels]`, with the gradients going back to each.
    fn stacked(&self) -> Result<Tensor> {
        let channels = self.parameters.iter().map(Tensor::elem_count).max().unwrap_or(1);
        let row = |tensor: &Tensor| match channels {
            1 => tensor.reshape(()),
            _ => tensor.broadcast_as(channels),
        };
        let rows = self.parameters.iter().map(row).collect::<Result<Vec<Tensor>>>()?;
        Tensor::stack(&rows, 0)
    }
}

impl<A: Activation> Module for Learned<A> {
    fn forward(&self, xs: &Tensor) -> Result<Tensor> {
        let parameters = self.stacked()?;
        if let [_, channels] = *parameters.dims()
            && xs.dims().get(self.axis) != Some(&channels)
        {
            let (name, axis, dims) = (A::INFO.name, self.axis, xs.dims());
            bail!("`{name}` has parameters for {channels} channels, which axis {axis} of {dims:?} has not");
        }
        xs.apply_op2(&parameters, Forward(Parametric { activation: self.activation, axis: self.axis }))
    }
}

fn variable(start: f64, shape: Shape, dtype: DType, device: &Device) -> Result<Tensor> {
    if !dtype.is_float() {
        return Err(no_numbers("learned parameters", dtype));
    }
    let tensor = Tensor::new(start, device)?.to_dtype(dtype)?.broadcast_as(shape)?.contiguous()?;
    Ok(Var::from_tensor(&tensor)?.into_inner())
}

/// The activation with the values of `[parameters]` or `[parameters, channels]`.
fn activations<A: Activation>(
    operation: &Parametric<A>,
    storage: &CpuStorage,
    layout: &Layout,
) -> Result<Vec<A>> {
    let advice = "`Learned::clamp` after every step keeps parameters in their ranges";
    with_element!(storage, A::INFO.name, |T| {
        let values: Vec<f64> =
            elements::<T>(storage, layout)?.iter().map(|&value| Scalar::to_f64(value)).collect();
        let rounded = |value: f64| Scalar::to_f64(<T as Scalar>::from_f64(value));
        operation.activations(&values, rounded, advice).map_err(|mistake| Error::msg(mistake).bt())
    })
}

/// The same of parameters on a GPU. They are read back, once for every operation: that is what it costs to look whether they are
/// in their ranges.
#[cfg(feature = "candle-cuda")]
fn from_cuda<A: Activation>(
    operation: &Parametric<A>,
    storage: &candle_core::CudaStorage,
    layout: &Layout,
) -> Result<Vec<A>> {
    activations(operation, &candle_core::backend::BackendStorage::to_cpu_storage(storage)?, layout)
}

/// f with the parameters of the second operand.
struct Forward<A>(Parametric<A>);

impl<A: Activation> CustomOp2 for Forward<A> {
    fn name(&self) -> &'static str {
        A::INFO.name
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        layout: &Layout,
        parameters: &CpuStorage,
        parameters_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let activations = activations(&self.0, parameters, parameters_layout)?;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let mut y = vec![T::default(); x.len()];
            self.0.forward(&activations, layout.dims(), &x, &mut y);
            stored(y, layout.shape())
        })
    }

    cuda_or_cpu!(self, (x, layout), (parameters, parameters_layout); {
        let activations = from_cuda(&self.0, parameters, parameters_layout)?;
        cuda::forward_with(&self.0, &activations, (x, layout))
    });

    fn bwd(
        &self,
        x: &Tensor,
        parameters: &Tensor,
        _: &Tensor,
        grad_output: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let by_x = x.apply_op3(parameters, grad_output, Backward(self.0))?;
        let by_parameters = x.apply_op3(parameters, grad_output, Gradients(self.0))?;
        Ok((Some(by_x), Some(by_parameters)))
    }
}

/// The gradient by x.
struct Backward<A>(Parametric<A>);

impl<A: Activation> CustomOp3 for Backward<A> {
    fn name(&self) -> &'static str {
        "gradient of an activation with learned parameters"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        layout: &Layout,
        parameters: &CpuStorage,
        parameters_layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let activations = activations(&self.0, parameters, parameters_layout)?;
        with_element!(x, self.name(), |T| {
            let (x, grad) = (elements::<T>(x, layout)?, elements::<T>(grad_output, grad_layout)?);
            let mut to = vec![T::default(); x.len()];
            self.0.backward(&activations, layout.dims(), &x, &grad, &mut to);
            stored(to, layout.shape())
        })
    }

    cuda_or_cpu!(self, (x, layout), (parameters, parameters_layout), (grad, grad_layout); {
        let activations = from_cuda(&self.0, parameters, parameters_layout)?;
        cuda::backward_with(&self.0, &activations, (x, layout), (grad, grad_layout))
    });
}

/// The gradients by the parameters, in their shape and type.
struct Gradients<A>(Parametric<A>);

impl<A: Activation> CustomOp3 for Gradients<A> {
    fn name(&self) -> &'static str {
        "gradients by the learned parameters of an activation"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        layout: &Layout,
        parameters: &CpuStorage,
        parameters_layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let activations = activations(&self.0, parameters, parameters_layout)?;
        let gradients = with_element!(x, self.name(), |T| {
            let (x, grad) = (elements::<T>(x, layout)?, elements::<T>(grad_output, grad_layout)?);
            Ok(self.0.parameter_gradients::<T>(&activations, layout.dims(), &x, &grad))
        })?;
        with_element!(parameters, self.name(), |T| {
            let rounded = gradients.into_iter().map(<T as Scalar>::from_f64).collect();
            stored::<T>(rounded, parameters_layout.shape())
        })
    }

    cuda_or_cpu!(self, (x, layout), (parameters, parameters_layout), (grad, grad_layout); {
        let activations = from_cuda(&self.0, parameters, parameters_layout)?;
        cuda::gradients(&self.0, &activations, (x, layout), (grad, grad_layout), (parameters, parameters_layout))
    });
}
