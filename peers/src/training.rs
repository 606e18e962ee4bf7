//! A step of training in candle: with its own activations, and with ours in their place.
//!
//! The network, its weights, the batch and the optimiser are the same; only what stands between the two layers differs.

use crate::Error;
use crate::paired::{Figure, Function, measure};
use activation_core::candle::{Activate, Layer};
use activation_core::{Activation, Fast, catalogue};
use candle_core::{DType, Device, Module, Result, Tensor};
use candle_nn::{Linear, Optimizer, SGD, VarBuilder, VarMap};

/// Rows of a batch.
pub(crate) const BATCH: usize = 128;

/// Inputs, hidden units, outputs.
pub(crate) const WIDTHS: [usize; 3] = [64, 512, 64];

/// What a step with one activation takes, in nanoseconds a hidden unit and example.
pub(crate) struct Step {
    pub(crate) activation: &'static str,
    pub(crate) candle: Figure,
    pub(crate) accurate: Figure,
    pub(crate) fast: Figure,
}

/// Measures all of them, on one thread.
pub(crate) fn compare() -> std::result::Result<Vec<Step>, Error> {
    Ok(vec![
        step("gelu", Tensor::gelu_erf, catalogue::Gelu)?,
        step("gelu_tanh", Tensor::gelu, catalogue::GeluTanh)?,
        step("silu", Tensor::silu, catalogue::Silu)?,
        step("tanh", Tensor::tanh, catalogue::Tanh)?,
        step("mish", candle_nn::ops::mish, catalogue::Mish)?,
        step("sigmoid", candle_nn::ops::sigmoid, catalogue::Sigmoid)?,
        step("relu", Tensor::relu, catalogue::Relu)?,
    ])
}

fn step(
    name: &'static str,
    theirs: fn(&Tensor) -> Result<Tensor>,
    ours: impl Activation,
) -> std::result::Result<Step, Error> {
    let mut functions =
        [training(theirs)?, training(move |xs: &Tensor| xs.activate(&ours))?, training(Layer(Fast(ours)))?];
    let [candle, accurate, fast] =
        measure(BATCH * WIDTHS[1], &mut functions).try_into().map_err(|_| "three figures")?;
    Ok(Step { activation: name, candle, accurate, fast })
}

/// A step of gradient descent, forward and backward, with a learning rate so small that every step is like the first one.
fn training(activation: impl Module + 'static) -> Result<Function<'static>> {
    let map = VarMap::new();
    let vb = VarBuilder::from_varmap(&map, DType::F32, &Device::Cpu);
    let layer = |from: usize, to: usize, name: &str| -> Result<Linear> {
        candle_nn::linear(WIDTHS[from], WIDTHS[to], vb.pp(name))
    };
    let (first, second) = (layer(0, 1, "first")?, layer(1, 2, "second")?);
    let xs = Tensor::randn(0_f32, 1.0, (BATCH, WIDTHS[0]), &Device::Cpu)?;
    let ys = Tensor::randn(0_f32, 1.0, (BATCH, WIDTHS[2]), &Device::Cpu)?;
    let mut optimiser = SGD::new(map.all_vars(), 1e-9)?;
    let mut step = move || -> Result<()> {
        let hidden = activation.forward(&first.forward(&xs)?)?;
        optimiser.backward_step(&candle_nn::loss::mse(&second.forward(&hidden)?, &ys)?)
    };
    Ok(Box::new(move |_, _| step().expect("a step of a network that fits")))
}
