//! Activations that are watched, as modules.

use super::storage::{cpu_only, elements, filled, stored, with_element};
use super::{Element, Layer};
use crate::monitor::{Monitor, Statistics, Units};
use crate::slice::PART;
use crate::{Output, Pointwise};
use candle_core::{CpuStorage, CustomOp1, Layout, Module, Result, Shape, Tensor, bail};
use rayon::prelude::*;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// [`Layer`] with a [`Monitor`]: every forward pass is counted, while it is computed. Units are on axis 1: the neurons of
/// `[batch, neurons]`, the channels of `[batch, channels, height, width]`.
///
/// Clones share what they see, so that one may be in a network and another one be asked.
///
/// ```
/// use activation_core::{candle::Monitored, catalogue::Relu};
/// use candle_core::{Device, Module, Tensor};
///
/// # fn main() -> candle_core::Result<()> {
/// let relu = Monitored::new(Relu);
/// Tensor::new(&[[1.0_f32, -1.0], [3.0, -2.0], [-0.5, -3.0]], &Device::Cpu)?.apply(&relu)?;
/// let seen = relu.take();
/// assert_eq!((seen.dead_units(), seen.zeros()), (&[1][..], 4));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Monitored<P> {
    monitor: Arc<Mutex<Monitor<P>>>,
    axis: usize,
}

impl<P: Pointwise> Monitored<P> {
    /// With a threshold of 0.01, looking at every forward pass.
    pub fn new(activation: P) -> Self {
        Self::with(Monitor::new(activation))
    }

    /// With a monitor of other settings.
    pub fn with(monitor: Monitor<P>) -> Self {
        Monitored { monitor: Arc::new(Mutex::new(monitor)), axis: 1 }
    }

    /// With the units on another axis of tensors than 1.
    pub fn on_axis(self, axis: usize) -> Self {
        Monitored { axis, ..self }
    }

    /// What has been seen so far.
    pub fn statistics(&self) -> Statistics {
        self.lock().statistics().clone()
    }

    /// What has been seen so far; then it begins anew.
    pub fn take(&self) -> Statistics {
        self.lock().take()
    }

    /// A thread that panicked has added nothing: parts are counted first, and then merged.
    fn lock(&self) -> MutexGuard<'_, Monitor<P>> {
        self.monitor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: Pointwise> Module for Monitored<P> {
    /// # Errors
    ///
    /// As [`Activate::activate`](super::Activate::activate); and where the tensor has no such axis, nothing on it, or another number
    /// of units than those that were seen.
    fn forward(&self, xs: &Tensor) -> Result<Tensor> {
        let (axis, dims, monitor) = (self.axis, xs.dims(), self.lock());
        let (name, seen) = (monitor.activation().name(), monitor.statistics().units());
        let Some(&count) = dims.get(axis).filter(|&&count| count > 0) else {
            bail!("monitor of `{name}`: there are no units on axis {axis} of {dims:?}");
        };
        if seen != 0 && seen != count {
            bail!(
                "monitor of `{name}`: axis {axis} of {dims:?} is not the {seen} units that it has seen; `take` these first"
            );
        }
        drop(monitor);
        let units = Units { count, inner: dims[axis + 1..].iter().product() };
        xs.apply_op1(Watched { monitored: self.clone(), units })
    }
}

struct Watched<P> {
    monitored: Monitored<P>,
    units: Units,
}

impl<P: Pointwise> Watched<P> {
    fn forward<T: Element>(&self, x: &[T]) -> Vec<T> {
        // Nothing is locked while threads work: one that waits might be given another pass through the same monitor.
        let (monitor, is_watching) = {
            let mut monitor = self.monitored.lock();
            let is_watching = monitor.is_watching();
            (monitor.clone(), is_watching)
        };
        if x.is_empty() || !is_watching {
            let activation = monitor.activation();
            return filled([(x, 1)], x.len(), 1, |[x], to| activation.evaluate_into(Output::Forward, x, to));
        }
        let part = (PART / self.units.row()).max(1) * self.units.row();
        let mut output = vec![T::default(); x.len()];
        let seen: Vec<Statistics> = x
            .par_chunks(part)
            .zip(output.par_chunks_mut(part))
            .map(|(x, output)| monitor.forward_part(self.units, x, output))
            .collect();
        let mut shared = self.monitored.lock();
        seen.iter().for_each(|seen| shared.merge(seen));
        output
    }
}

impl<P: Pointwise> CustomOp1 for Watched<P> {
    fn name(&self) -> &'static str {
        self.monitored.lock().activation().name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            stored(self.forward::<T>(&x), layout.shape())
        })
    }

    cpu_only!(_x);

    fn bwd(&self, x: &Tensor, y: &Tensor, grad_output: &Tensor) -> Result<Option<Tensor>> {
        Layer(self.monitored.lock().activation().clone()).bwd(x, y, grad_output)
    }
}
