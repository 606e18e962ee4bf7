//! Activations with learned parameters: tensors that an optimiser moves.

use super::Element;
use super::storage::{cpu_only, elements, filled, no_numbers, stored, with_element};
use crate::{Activation, ParameterInfo, Scalar, channels, parallel};
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
        let parameters = learned::<A>()
            .map(|(index, parameter)| tensor(parameter.name, activation.parameter(index)))
            .collect::<Result<Vec<Tensor>>>()?;
        if parameters.is_empty() {
            bail!("`{name}` has no learned parameters; use `Layer`, or declare some with `learn`");
        }
        let channels = parameters.iter().map(Tensor::elem_count).max().unwrap_or(1);
        for ((_, info), tensor) in learned::<A>().zip(&parameters) {
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
        learned::<A>().map(|(_, parameter)| parameter.name).zip(&self.parameters)
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
        let stacked = self.stacked()?;
        let (storage, layout) = stacked.storage_and_layout();
        match &*storage {
            candle_core::Storage::Cpu(storage) => activations(self.activation, storage, layout),
            _ => bail!("`{}`: its parameters are not on the CPU", A::INFO.name),
        }
    }

    /// Puts values that have left their declared ranges back to the ends of these: what to do after every step of an optimiser,
    /// as a value outside is an error.
    ///
    /// # Errors
    ///
    /// A parameter is no variable.
    pub fn clamp(&self) -> Result<()> {
        for (var, (_, info)) in self.vars()?.iter().zip(learned::<A>()) {
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
        xs.apply_op2(&parameters, Forward { activation: self.activation, axis: self.axis })
    }
}

fn variable(start: f64, shape: Shape, dtype: DType, device: &Device) -> Result<Tensor> {
    if !dtype.is_float() {
        return Err(no_numbers("learned parameters", dtype));
    }
    let tensor = Tensor::new(start, device)?.to_dtype(dtype)?.broadcast_as(shape)?.contiguous()?;
    Ok(Var::from_tensor(&tensor)?.into_inner())
}

/// The parameters that are learned, with their indices among all.
fn learned<A: Activation>() -> impl Iterator<Item = (usize, &'static ParameterInfo)> {
    let parameters: &'static [ParameterInfo] = A::INFO.parameters;
    parameters.iter().enumerate().filter(|(_, parameter)| parameter.learned)
}

/// `activation` with the values of `[parameters]` or `[parameters, channels]`.
fn activations<A: Activation>(activation: A, storage: &CpuStorage, layout: &Layout) -> Result<Vec<A>> {
    let count = layout.dims().get(1).copied().unwrap_or(1);
    let mut activations = vec![activation; count];
    with_element!(storage, A::INFO.name, |T| {
        let values = elements::<T>(storage, layout)?;
        for ((index, info), values) in learned::<A>().zip(values.chunks(count)) {
            for (channel, (activation, &value)) in activations.iter_mut().zip(values).enumerate() {
                let value = within(info.range, value);
                info.check(value).map_err(|error| {
                    let of = if count > 1 { format!(" of channel {channel}") } else { String::new() };
                    let advice = "`Learned::clamp` after every step keeps parameters in their ranges";
                    Error::msg(format!("`{}`{of}: {error}; {advice}", A::INFO.name)).bt()
                })?;
                activation.set_parameter(index, value);
            }
        }
        Ok(activations)
    })
}

/// The value; an end of the range, where the value is that end rounded to its type.
fn within<T: Scalar>((low, high): (f64, f64), value: T) -> f64 {
    let is = |end: f64| T::from_f64(end) == value;
    match value.to_f64() {
        value if value < low && is(low) => low,
        value if value > high && is(high) => high,
        value => value,
    }
}

/// f with the parameters of the second operand.
struct Forward<A> {
    activation: A,
    axis: usize,
}

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
        let activations = activations(self.activation, parameters, parameters_layout)?;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let output = match &activations[..] {
                [one] => filled([(&x, 1)], x.len(), 1, |[x], output| one.forward_into(x, output)),
                several => {
                    let (inner, unit, units) = shape(layout, self.axis);
                    filled([(&x, unit)], units, unit, |[x], output| {
                        channels::forward_into(several, inner, x, output);
                    })
                }
            };
            stored(output, layout.shape())
        })
    }

    cpu_only!(_x, _parameters);

    fn bwd(
        &self,
        x: &Tensor,
        parameters: &Tensor,
        _: &Tensor,
        grad_output: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let Forward { activation, axis } = *self;
        let by_x = x.apply_op3(parameters, grad_output, Backward { activation, axis })?;
        let by_parameters = x.apply_op3(parameters, grad_output, Gradients { activation, axis })?;
        Ok((Some(by_x), Some(by_parameters)))
    }
}

/// The elements of a channel that are neighbours, those of all channels at one place of the axes before, and these places.
fn shape(layout: &Layout, axis: usize) -> (usize, usize, usize) {
    let inner: usize = layout.dims()[axis + 1..].iter().product();
    let unit = inner * layout.dims()[axis];
    (inner, unit, layout.dims()[..axis].iter().product())
}

/// The gradient by x.
struct Backward<A> {
    activation: A,
    axis: usize,
}

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
        let activations = activations(self.activation, parameters, parameters_layout)?;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            let grad_input = match &activations[..] {
                [one] => filled([(&x, 1), (&grad_output, 1)], x.len(), 1, |[x, grad_output], to| {
                    one.backward_into(x, grad_output, to);
                }),
                several => {
                    let (inner, unit, units) = shape(layout, self.axis);
                    filled([(&x, unit), (&grad_output, unit)], units, unit, |[x, grad_output], to| {
                        channels::backward_into(several, inner, x, grad_output, to);
                    })
                }
            };
            stored(grad_input, layout.shape())
        })
    }

    cpu_only!(_x, _parameters, _grad_output);
}

/// The gradients by the parameters, in their shape and type.
struct Gradients<A> {
    activation: A,
    axis: usize,
}

impl<A: Activation> Gradients<A> {
    /// `[learned parameters, channels]`, row after row.
    fn of<T: Element>(&self, activations: &[A], layout: &Layout, x: &[T], grad_output: &[T]) -> Vec<f64> {
        let parameters = A::INFO.parameters.len();
        let mut gradients = vec![0.0; parameters * activations.len()];
        match activations {
            _ if x.is_empty() => {}
            [one] => parallel::parameter_gradients_into(one, x, grad_output, &mut gradients),
            several => {
                let (inner, ..) = shape(layout, self.axis);
                channels::parameter_gradients_into(several, inner, x, grad_output, &mut gradients);
            }
        }
        let of = |(index, _)| gradients.iter().skip(index).step_by(parameters).copied();
        learned::<A>().flat_map(of).collect()
    }
}

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
        let activations = activations(self.activation, parameters, parameters_layout)?;
        let gradients = with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            Ok(self.of::<T>(&activations, layout, &x, &grad_output))
        })?;
        with_element!(parameters, self.name(), |T| {
            let rounded = gradients.into_iter().map(<T as Scalar>::from_f64).collect();
            stored::<T>(rounded, parameters_layout.shape())
        })
    }

    cpu_only!(_x, _parameters, _grad_output);
}
