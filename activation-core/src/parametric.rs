//! Activations whose learned parameters are an operand: what the frameworks' modules of them have in common.

use crate::parts::in_parts;
use crate::{Activation, ParameterInfo, Scalar, channels, parallel};

/// An activation whose learned parameters come with every call, one value or one for every channel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parametric<A> {
    /// The values of the parameters that are not learned.
    pub(crate) activation: A,
    /// The axis of the channels.
    pub(crate) axis: usize,
}

impl<A: Activation> Parametric<A> {
    /// The parameters that are learned, with their indices among all.
    pub(crate) fn learned() -> impl Iterator<Item = (usize, &'static ParameterInfo)> {
        let parameters: &'static [ParameterInfo] = A::INFO.parameters;
        parameters.iter().enumerate().filter(|(_, parameter)| parameter.learned)
    }

    /// The activation with the values of `[parameters, channels]`, one for every channel. `rounded` is a number as the type that the
    /// values are kept in has it; `advice` says what keeps them in their ranges.
    pub(crate) fn activations(
        &self,
        values: &[f64],
        rounded: impl Fn(f64) -> f64,
        advice: &str,
    ) -> Result<Vec<A>, String> {
        let count = values.len() / Self::learned().count();
        let mut activations = vec![self.activation; count];
        for ((index, info), values) in Self::learned().zip(values.chunks(count)) {
            for (channel, (activation, &value)) in activations.iter_mut().zip(values).enumerate() {
                let value = within(info.range, value, &rounded);
                info.check(value).map_err(|error| {
                    // What is no number any more cannot be put back.
                    let advice = if value.is_finite() { advice } else { "the training has diverged" };
                    let of = if count > 1 { format!(" of channel {channel}") } else { String::new() };
                    format!("`{}`{of}: {error}; {advice}", A::INFO.name)
                })?;
                activation.set_parameter(index, value);
            }
        }
        Ok(activations)
    }

    /// `y` = f of every element of `x`, whose shape is `dims`.
    pub(crate) fn forward<T: Scalar>(&self, activations: &[A], dims: &[usize], x: &[T], y: &mut [T]) {
        match activations {
            _ if x.is_empty() => {}
            [one] => parallel::forward_into(one, x, y),
            several => {
                let (inner, unit) = self.channel(dims);
                in_parts([(x, unit)], [(y, unit)], &|[x], [y]| channels::forward_into(several, inner, x, y));
            }
        }
    }

    /// `to` = the gradient by `x`.
    pub(crate) fn backward<T: Scalar>(
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

    /// The gradients by the learned parameters: `[parameters, channels]`, row after row.
    pub(crate) fn parameter_gradients<T: Scalar>(
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
        Self::learned().flat_map(of).collect()
    }

    /// How many elements of a channel are neighbours, and those of all channels at one place of the axes before.
    pub(crate) fn channel(&self, dims: &[usize]) -> (usize, usize) {
        let inner: usize = dims[self.axis + 1..].iter().product();
        (inner, inner * dims[self.axis])
    }
}

/// The value; an end of the range, where the value is that end rounded.
fn within((low, high): (f64, f64), value: f64, rounded: impl Fn(f64) -> f64) -> f64 {
    if value < low && rounded(low) == value {
        low
    } else if value > high && rounded(high) == value {
        high
    } else {
        value
    }
}
