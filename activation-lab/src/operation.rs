//! A contender with learned parameters as an operation of candle: those of `activation_core::candle` are for types that are known
//! when the program is compiled, and a formula is known when it runs. Contenders without learned parameters go the usual way.

use crate::contender::Contender;
use activation_core::Output;
use candle_core::{CpuStorage, CustomOp2, Layout, Result, Shape, Tensor, bail};

/// f(x; θ) of every element of x, with gradients by x and by the learned parameters θ, a vector that all elements share.
pub(crate) struct Operation(pub(crate) Contender);

impl Operation {
    /// Σ `gradients[i]` · ∂f/∂parameter at `inputs[i]`.
    fn sum(&self, index: usize, inputs: &[f32], gradients: &[f32], parameters: &[f64]) -> f32 {
        let mut slopes = vec![0.0; inputs.len()];
        self.0.evaluate_into(Output::ParameterDerivative(index), inputs, &mut slopes, parameters);
        let products =
            slopes.iter().zip(gradients).map(|(&slope, &gradient)| f64::from(slope) * f64::from(gradient));
        products.sum::<f64>() as f32
    }
}

impl CustomOp2 for Operation {
    fn name(&self) -> &'static str {
        "activation"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        theta: &CpuStorage,
        theta_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (x, theta) = (contiguous(x, x_layout)?, contiguous(theta, theta_layout)?);
        let mut results = vec![0.0; x.len()];
        self.0.evaluate_into(Output::Forward, x, &mut results, &self.0.with_learned(theta));
        Ok((CpuStorage::F32(results), x_layout.shape().clone()))
    }

    fn bwd(
        &self,
        x: &Tensor,
        theta: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let inputs = x.flatten_all()?.to_vec1::<f32>()?;
        let mut products = gradient.flatten_all()?.to_vec1::<f32>()?;
        let parameters = self.0.with_learned(&theta.to_vec1()?);
        let learned = self.0.learned().iter();
        let sums: Vec<f32> =
            learned.map(|one| self.sum(one.index, &inputs, &products, &parameters)).collect();
        let by_theta = Some(Tensor::new(sums, x.device())?);
        let mut slopes = vec![0.0; inputs.len()];
        self.0.evaluate_into(Output::Derivative, &inputs, &mut slopes, &parameters);
        products.iter_mut().zip(slopes).for_each(|(product, slope)| *product *= slope);
        Ok((Some(Tensor::from_vec(products, x.shape(), x.device())?), by_theta))
    }
}

fn contiguous<'s>(storage: &'s CpuStorage, layout: &Layout) -> Result<&'s [f32]> {
    match layout.contiguous_offsets() {
        Some((from, to)) => Ok(&storage.as_slice::<f32>()?[from..to]),
        None => bail!("the laboratory's activations take contiguous tensors"),
    }
}
