//! A plain network: dense layers of one width, an activation behind each, and ten outputs.

use crate::contender::Contender;
use crate::digits::{CLASSES, PIXELS};
use crate::operation::Operation;
use activation_core::candle::Activate;
use candle_core::backprop::GradStore;
use candle_core::{D, Device, Result, Tensor, Var};
use candle_nn::loss::cross_entropy;
use rand::distr::{Distribution, Uniform};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use serde::Serialize;

/// Layers behind each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Hidden layers.
    pub depth: usize,
    /// Units of each.
    pub width: usize,
}

/// How weights begin; biases begin at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Initialisation {
    /// Uniform between ±1/√inputs, whatever the activation: what Glorot and Bengio (2010) call the commonly used heuristic, and
    /// PyTorch's default.
    Naive,
    /// Normal with standard deviation gain/√inputs, where the gain is 1/√E f² under N(0, 1): signals keep their size.
    Matched,
}

impl Initialisation {
    /// In one word.
    pub fn name(self) -> &'static str {
        match self {
            Initialisation::Naive => "naive",
            Initialisation::Matched => "matched",
        }
    }
}

/// A network with the values of its parameters.
pub struct Network {
    contender: Contender,
    /// Weights and biases of every layer, the outputs' last.
    dense: Vec<(Var, Var)>,
    /// The learned parameters of each hidden layer's activation; nothing that is learned where there are none.
    theta: Vec<Var>,
}

impl Network {
    /// A network that has learned nothing. The same random numbers give the same weights, but for their scale.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn new(
        contender: &Contender,
        shape: Shape,
        initialisation: Initialisation,
        random: &mut ChaCha8Rng,
    ) -> Result<Network> {
        let device = Device::Cpu;
        let mut dense = Vec::new();
        for layer in 0..=shape.depth {
            let inputs = if layer == 0 { PIXELS } else { shape.width };
            let outputs = if layer == shape.depth { CLASSES } else { shape.width };
            let scale = 1.0 / (inputs as f64).sqrt();
            let count = inputs * outputs;
            let weights: Vec<f32> = match initialisation {
                Initialisation::Naive => match Uniform::new_inclusive(-scale as f32, scale as f32) {
                    Ok(uniform) => uniform.sample_iter(&mut *random).take(count).collect(),
                    Err(_) => vec![0.0; count],
                },
                Initialisation::Matched => {
                    // What comes in is of size 1 already, and behind the last layer there is no activation.
                    let gain = if layer == 0 { 1.0 } else { contender.expected().gain };
                    let normal = StandardNormal.sample_iter(&mut *random).take(count);
                    normal.map(|z: f64| (z * gain * scale) as f32).collect()
                }
            };
            let weights = Tensor::from_vec(weights, (inputs, outputs), &device)?;
            let biases = Tensor::zeros(outputs, candle_core::DType::F32, &device)?;
            dense.push((Var::from_tensor(&weights)?, Var::from_tensor(&biases)?));
        }
        let mut start: Vec<f32> =
            contender.learned().iter().map(|learned| contender.parameters()[learned.index] as f32).collect();
        if start.is_empty() {
            start.push(0.0);
        }
        let theta = (0..shape.depth).map(|_| Var::new(start.as_slice(), &device)).collect::<Result<_>>()?;
        Ok(Network { contender: contender.clone(), dense, theta })
    }

    /// The activation.
    pub fn contender(&self) -> &Contender {
        &self.contender
    }

    /// What comes out for `[n, 64]`: `[n, 10]`, not normalised. `see` is shown what goes into the activation of each hidden layer.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn forward(&self, images: &Tensor, mut see: impl FnMut(&Tensor) -> Result<()>) -> Result<Tensor> {
        self.pass(images, |signal| see(signal).map(|()| signal.clone()))
    }

    /// The way forward; `change` may replace what goes into activations.
    fn pass(&self, images: &Tensor, mut change: impl FnMut(&Tensor) -> Result<Tensor>) -> Result<Tensor> {
        let mut signal = images.clone();
        for (layer, (weights, biases)) in self.dense.iter().enumerate() {
            signal = signal.matmul(weights.as_tensor())?.broadcast_add(biases.as_tensor())?;
            if let Some(theta) = self.theta.get(layer) {
                let changed = change(&signal)?;
                signal = match self.contender.learned() {
                    [] => changed.activate(&self.contender)?,
                    _ => changed.apply_op2(theta.as_tensor(), Operation(self.contender.clone()))?,
                };
            }
        }
        Ok(signal)
    }

    /// The mean cross-entropy.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn loss(&self, images: &Tensor, digits: &Tensor) -> Result<Tensor> {
        cross_entropy(&self.forward(images, |_| Ok(()))?, digits)
    }

    /// The part of the images that is read correctly.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn accuracy(&self, images: &Tensor, digits: &Tensor) -> Result<f64> {
        let read = self.forward(images, |_| Ok(()))?.argmax(D::Minus1)?.to_vec1::<u32>()?;
        let right = read.iter().zip(digits.to_vec1::<u32>()?).filter(|(read, digit)| *read == digit).count();
        Ok(right as f64 / read.len() as f64)
    }

    /// Everything that is trained.
    pub fn variables(&self) -> Vec<&Var> {
        let dense = self.dense.iter().flat_map(|(weights, biases)| [weights, biases]);
        let theta = self.theta.iter().filter(|_| !self.contender.learned().is_empty());
        dense.chain(theta).collect()
    }

    /// Puts learned parameters back into their declared ranges.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn clamp(&self) -> Result<()> {
        let learned = self.contender.learned();
        if learned.iter().all(|one| one.range == (f64::NEG_INFINITY, f64::INFINITY)) {
            return Ok(());
        }
        for theta in &self.theta {
            let all = self.contender.with_learned(&theta.to_vec1()?);
            let inside: Vec<f32> = learned.iter().map(|one| all[one.index] as f32).collect();
            theta.set(&Tensor::new(inside, theta.device())?)?;
        }
        Ok(())
    }

    /// The values of the learned parameters, layer by layer; empty where there are none.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn learned(&self) -> Result<Vec<Vec<f64>>> {
        let count = self.contender.learned().len();
        let values = |theta: &Var| {
            let values = theta.to_vec1::<f32>()?;
            Ok(values.into_iter().take(count).map(f64::from).collect())
        };
        self.theta.iter().map(values).collect()
    }

    /// All parameters of the activation of a hidden layer.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn parameters(&self, layer: usize) -> Result<Vec<f64>> {
        Ok(self.contender.with_learned(&self.theta[layer].to_vec1()?))
    }

    /// The gradients of the loss in every hidden layer.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn gradients(&self, images: &Tensor, digits: &Tensor) -> Result<Gradients> {
        // What is 0 and is added to a signal has the gradient of that signal, which candle does not keep by itself.
        let mut nothing = Vec::new();
        let outputs = self.pass(images, |signal| {
            let zeros = Var::zeros(signal.shape(), signal.dtype(), signal.device())?;
            let same = (signal + zeros.as_tensor())?;
            nothing.push(zeros);
            Ok(same)
        })?;
        let gradients = cross_entropy(&outputs, digits)?.backward()?;
        Ok(Gradients {
            signals: nothing.iter().map(|zeros| gradient(&gradients, zeros)).collect::<Result<_>>()?,
            weights: self.dense[..self.theta.len()]
                .iter()
                .map(|(weights, _)| gradient(&gradients, weights))
                .collect::<Result<_>>()?,
        })
    }

    /// Copies of everything that is trained.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn snapshot(&self) -> Result<Vec<Tensor>> {
        self.variables().into_iter().map(|var| var.as_detached_tensor().copy()).collect()
    }

    /// Puts a snapshot back.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn restore(&self, snapshot: &[Tensor]) -> Result<()> {
        self.variables().into_iter().zip(snapshot).try_for_each(|(var, old)| var.set(old))
    }
}

/// Gradients of the loss, hidden layer by hidden layer.
pub struct Gradients {
    /// By what goes into the activation: `[images, units]`.
    pub signals: Vec<Tensor>,
    /// By the weights: `[inputs, units]`.
    pub weights: Vec<Tensor>,
}

/// The gradient by a variable; 0 where nothing depends on it.
pub(crate) fn gradient(gradients: &GradStore, var: &Var) -> Result<Tensor> {
    match gradients.get(var.as_tensor()) {
        Some(gradient) => Ok(gradient.clone()),
        None => var.as_tensor().zeros_like(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digits::Split;
    use activation_formula::compile;
    use rand::SeedableRng;

    /// Gradients of a whole network, activations' parameters included, are those of finite differences.
    #[test]
    fn gradients_are_those_of_finite_differences() {
        let text = "Mine(x; learn k = 1.5) = x * sigmoid(k * x)";
        let mine = Contender::formula("mine", text, compile(text).expect("a formula")).expect("a fine one");
        let names = ["tanh", "gelu", "prelu", "relu"];
        let contenders = names.map(|name| Contender::named(name).expect("it exists"));
        for contender in contenders.iter().chain([&mine]) {
            let mut random = ChaCha8Rng::seed_from_u64(3);
            let part = Split::random(&mut random).expect("tensors").test;
            let shape = Shape { depth: 3, width: 8 };
            let network =
                Network::new(contender, shape, Initialisation::Matched, &mut random).expect("tensors");
            let loss = || network.loss(&part.images, &part.digits).expect("a loss");
            let gradients = loss().backward().expect("gradients");
            for var in network.variables() {
                let gradient = gradient(&gradients, var).expect("a gradient");
                // Along the gradient the loss rises with its norm; a step in f32 is coarse, so it is a long one.
                let norm = f64::from(
                    gradient
                        .sqr()
                        .and_then(|g| g.sum_all())
                        .expect("a norm")
                        .to_scalar::<f32>()
                        .expect("one"),
                )
                .sqrt();
                assert!(norm > 0.0, "{contender:?}");
                let start = var.as_detached_tensor().copy().expect("a copy");
                let step = 2e-3;
                let at = |sign: f64| {
                    let moved =
                        (&start + (&gradient * (sign * step / norm)).expect("a product")).expect("a sum");
                    var.set(&moved).expect("one shape");
                    f64::from(loss().to_scalar::<f32>().expect("one"))
                };
                let slope = (at(1.0) - at(-1.0)) / (2.0 * step);
                var.set(&start).expect("one shape");
                assert!(
                    (slope - norm).abs() <= 0.02 * norm + 2e-4,
                    "{contender:?} {:?}: {slope} {norm}",
                    var.dims()
                );
            }
        }
    }
}
