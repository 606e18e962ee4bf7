//! Activations with learned parameters, as modules.

use super::device::{on_cpu, to_cpu};
use super::op::Operations;
use crate::parts::in_parts;
use crate::{Activation, ParameterInfo, Scalar, channels, parallel};
use ::burn_core as burn;
use burn::backend::Dispatch;
use burn::module::{Module, Param};
use burn::tensor::{Device, Tensor};

/// An activation whose learned parameters are [`Param`]s.
///
/// A parameter has one value for all elements, or one for every channel. The others, that are not declared with `learn`, are those
/// of `activation`.
///
/// ```
/// # use ::burn_core as burn;
/// use activation_core::{burn::Learned, catalogue::Prelu, define_activation};
/// use burn::tensor::{Device, Tensor};
///
/// define_activation! {
///     /// A sigmoid gate with a learned steepness, over a bump.
///     pub GatedBump(x; learn gate = 1, learn width = 2 in 0.1..10) = x * sigmoid(gate * x) + exp(-(x / width)^2);
/// }
///
/// let device = Device::flex().autodiff();
/// let bump = Learned::new(GatedBump::default(), &device);
/// let slopes = Learned::per_channel(Prelu::default(), 3, &device);
/// assert_eq!(slopes.parameters[0].dims(), [3]);
///
/// let x = Tensor::<2>::from_floats([[-1.0, 0.0, 1.0], [-4.0, 2.0, -8.0]], &device);
/// let gradients = bump.forward(slopes.forward(x)).sum().backward();
/// assert!(slopes.parameters[0].val().grad(&gradients).is_some());      // for any optimiser of burn
/// let bump = bump.clamped();                                           // width back into 0.1..10
/// assert_eq!(bump.activations(), [GatedBump::default()]);
/// ```
#[derive(Module, Debug)]
pub struct Learned<A: Activation> {
    /// The learned parameters in the order of declaration, each of shape `[1]` or `[channels]`.
    pub parameters: Vec<Param<Tensor<1>>>,
    /// The values of the parameters that are not learned.
    #[module(skip)]
    activation: A,
    /// The dimension of the channels.
    #[module(skip)]
    dim: usize,
}

impl<A: Activation> Learned<A> {
    /// Every learned parameter is one number, that starts at its value in `activation`.
    ///
    /// # Panics
    ///
    /// The activation has no learned parameters.
    #[track_caller]
    pub fn new(activation: A, device: &Device) -> Self {
        Self::per_channel(activation, 1, device)
    }

    /// Every learned parameter has a number for every channel, all of which start at the parameter's value in `activation`.
    /// Channels are on dimension 1; see [`on_dim`](Self::on_dim).
    ///
    /// # Panics
    ///
    /// The activation has no learned parameters, or there is no channel.
    #[track_caller]
    pub fn per_channel(activation: A, channels: usize, device: &Device) -> Self {
        let name = A::INFO.name;
        assert!(channels > 0, "`{name}`: there must be at least one channel");
        let parameter =
            |(index, _)| Param::from_tensor(Tensor::full([channels], activation.parameter(index), device));
        let parameters: Vec<_> = learned::<A>().map(parameter).collect();
        assert!(
            !parameters.is_empty(),
            "`{name}` has no learned parameters; use `Layer`, or declare some with `learn`"
        );
        Learned { parameters, activation, dim: 1 }
    }

    /// With the channels on another dimension of tensors than 1.
    pub fn on_dim(self, dim: usize) -> Self {
        Learned { dim, ..self }
    }

    /// f of every element, with the parameters of its channel.
    ///
    /// # Panics
    ///
    /// There are parameters for several channels, and not as many places on their dimension; a parameter is not finite or has
    /// left its range.
    #[track_caller]
    pub fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        let parameters = self.stacked();
        let (name, [_, channels], dims) = (A::INFO.name, parameters.dims(), x.dims());
        let dim = if channels == 1 { 0 } else { self.dim };
        assert!(
            channels == 1 || dims.get(dim) == Some(&channels),
            "`{name}` has parameters for {channels} channels, which dimension {dim} of {dims:?} has not"
        );
        let operation = Parametric { activation: self.activation, dim };
        on_cpu(x, |x| {
            let parameters = to_cpu(parameters).into_dispatch();
            Tensor::from_dispatch(Dispatch::learned(x.into_dispatch(), parameters, operation))
        })
    }

    /// With values that have left their declared ranges put back to the ends of these: what to do after every step of an
    /// optimiser, as a value outside is a mistake.
    pub fn clamped(mut self) -> Self {
        for (parameter, (_, info)) in self.parameters.iter_mut().zip(learned::<A>()) {
            let (low, high) = info.range;
            if low.is_finite() || high.is_finite() {
                *parameter = parameter.clone().map(|values| {
                    let is_trained = values.is_require_grad();
                    values.clamp(low, high).detach().set_require_grad(is_trained)
                });
            }
        }
        self
    }

    /// The activation with the parameters' present values: one, or one for every channel.
    ///
    /// # Panics
    ///
    /// A parameter is not finite or has left its range.
    #[track_caller]
    pub fn activations(&self) -> Vec<A> {
        let values: Vec<f64> = self.stacked().into_data().iter::<f64>().collect();
        Parametric { activation: self.activation, dim: 0 }.activations(&values)
    }

    /// `[parameters, channels]`, with the gradients going back to each.
    fn stacked(&self) -> Tensor<2> {
        Tensor::stack(self.parameters.iter().map(Param::val).collect(), 0)
    }
}

/// The parameters that are learned, with their indices among all.
fn learned<A: Activation>() -> impl Iterator<Item = (usize, &'static ParameterInfo)> {
    let parameters: &'static [ParameterInfo] = A::INFO.parameters;
    parameters.iter().enumerate().filter(|(_, parameter)| parameter.learned)
}

/// An activation whose learned parameters are an operand, with channels on a dimension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parametric<A> {
    activation: A,
    dim: usize,
}

impl<A: Activation> Parametric<A> {
    /// The activation with the values of `[parameters, channels]`, one for every channel.
    #[track_caller]
    pub(super) fn activations(&self, values: &[f64]) -> Vec<A> {
        let count = values.len() / learned::<A>().count();
        let mut activations = vec![self.activation; count];
        for ((index, info), values) in learned::<A>().zip(values.chunks(count)) {
            for (channel, (activation, &value)) in activations.iter_mut().zip(values).enumerate() {
                let value = within(info.range, value);
                if let Err(error) = info.check(value) {
                    let of = if count > 1 { format!(" of channel {channel}") } else { String::new() };
                    let advice = "`Learned::clamped` after every step keeps parameters in their ranges";
                    panic!("`{}`{of}: {error}; {advice}", A::INFO.name);
                }
                activation.set_parameter(index, value);
            }
        }
        activations
    }

    pub(super) fn forward<T: Scalar>(&self, activations: &[A], dims: &[usize], x: &[T], y: &mut [T]) {
        match activations {
            _ if x.is_empty() => {}
            [one] => parallel::forward_into(one, x, y),
            several => {
                let (inner, unit) = self.channel(dims);
                in_parts([(x, unit)], [(y, unit)], &|[x], [y]| channels::forward_into(several, inner, x, y));
            }
        }
    }

    pub(super) fn backward<T: Scalar>(
        &self,
        activations: &[A],
        dims: &[usize],
        x: &[T],
        grad: &[T],
        to: &mut [T],
    ) {
        match activations {
            _ if x.is_empty() => {}
            [one] => parallel::backward_into(one, x, grad, to),
            several => {
                let (inner, unit) = self.channel(dims);
                in_parts([(x, unit), (grad, unit)], [(to, unit)], &|[x, grad], [to]| {
                    channels::backward_into(several, inner, x, grad, to);
                });
            }
        }
    }

    /// `[learned parameters, channels]`, row after row.
    pub(super) fn parameter_gradients<T: Scalar>(
        &self,
        activations: &[A],
        dims: &[usize],
        x: &[T],
        grad: &[T],
    ) -> Vec<f64> {
        let count = A::INFO.parameters.len();
        let mut gradients = vec![0.0; count * activations.len()];
        match activations {
            _ if x.is_empty() => {}
            [one] => parallel::parameter_gradients_into(one, x, grad, &mut gradients),
            several => {
                let (inner, _) = self.channel(dims);
                channels::parameter_gradients_into(several, inner, x, grad, &mut gradients);
            }
        }
        let of = |(index, _)| gradients.iter().skip(index).step_by(count).copied();
        learned::<A>().flat_map(of).collect()
    }

    /// How many elements of a channel are neighbours, and those of all channels at one place of the dimensions before.
    fn channel(&self, dims: &[usize]) -> (usize, usize) {
        let inner: usize = dims[self.dim + 1..].iter().product();
        (inner, inner * dims[self.dim])
    }
}

/// The value; an end of the range, where the value is that end rounded to `f32`.
fn within((low, high): (f64, f64), value: f64) -> f64 {
    let is = |end: f64| f64::from(end as f32) == value;
    match value {
        value if value < low && is(low) => low,
        value if value > high && is(high) => high,
        value => value,
    }
}
