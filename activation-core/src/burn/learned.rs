//! Activations with learned parameters, as modules.

use super::device::{on_cpu, to_cpu};
use super::op::Operations;
use crate::Activation;
use crate::parametric::Parametric;
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
        let parameters: Vec<_> = Parametric::<A>::learned().map(parameter).collect();
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
        let operation = Parametric { activation: self.activation, axis: dim };
        on_cpu(x, |x| {
            let parameters = to_cpu(parameters).into_dispatch();
            Tensor::from_dispatch(Dispatch::learned(x.into_dispatch(), parameters, operation))
        })
    }

    /// With values that have left their declared ranges put back to the ends of these: what to do after every step of an
    /// optimiser, as a value outside is a mistake.
    pub fn clamped(mut self) -> Self {
        for (parameter, (_, info)) in self.parameters.iter_mut().zip(Parametric::<A>::learned()) {
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
        activations(&Parametric { activation: self.activation, axis: 0 }, &values)
    }

    /// `[parameters, channels]`, with the gradients going back to each.
    fn stacked(&self) -> Tensor<2> {
        Tensor::stack(self.parameters.iter().map(Param::val).collect(), 0)
    }
}

/// The activation with the values of `[parameters, channels]`, one for every channel.
#[track_caller]
pub(super) fn activations<A: Activation>(operation: &Parametric<A>, values: &[f64]) -> Vec<A> {
    // A module's parameters are `f32`.
    let rounded = |value: f64| f64::from(value as f32);
    let advice = "`Learned::clamped` after every step keeps parameters in their ranges";
    operation.activations(values, rounded, advice).unwrap_or_else(|mistake| panic!("{mistake}"))
}
