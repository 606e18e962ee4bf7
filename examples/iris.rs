//! A network of two layers, trained with plain slices on real measurements: which of three species is this iris?
//!
//! 4 measurements, 8 hidden units, each a PReLU with a slope of its own that is learned with the weights, 3 scores. Everything
//! is deterministic: the same numbers on every machine.

use activation_core::catalogue::Prelu;
use activation_core::{channels, rows};

const DATA: &str = include_str!("iris.csv");
const SPECIES: [&str; OUT] = ["setosa", "versicolor", "virginica"];

const IN: usize = 4;
const HIDDEN: usize = 8;
const OUT: usize = 3;
const TRAINING: usize = 100;
const RATE: f32 = 0.2;

fn main() {
    let (flowers, species) = measurements();
    let (train, test) = flowers.split_at(TRAINING * IN);
    let (train_species, test_species) = species.split_at(TRAINING);

    let mut network = Network::new();
    for epoch in 0..=200 {
        let loss = network.train(train, train_species);
        if epoch % 50 == 0 {
            println!("epoch {epoch:3}: loss {loss:.4}, {}", right(&network, test, test_species));
        }
    }
    let slopes: Vec<String> = network.units.iter().map(|unit| format!("{:.3}", unit.slope)).collect();
    println!("the slopes, all 0.25 at first: {}", slopes.join(" "));
}

fn right(network: &Network, flowers: &[f32], species: &[usize]) -> String {
    let scores = network.scores(flowers);
    let count =
        scores.chunks_exact(OUT).zip(species).filter(|(scores, species)| best(scores) == **species).count();
    format!("{count} of {} new flowers right", species.len())
}

fn best(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0)
}

/// Arrays are contiguous, rows first: `[batch, units]`, weights `[inputs, units]`.
struct Network {
    first: Vec<f32>,
    first_bias: Vec<f32>,
    /// One PReLU a unit.
    units: Vec<Prelu>,
    second: Vec<f32>,
    second_bias: Vec<f32>,
}

impl Network {
    fn new() -> Self {
        let mut random = Random(1);
        // He's gain for a leaky rectifier: E[f²] is then the variance of what goes in.
        let slope = Prelu::default().slope as f32;
        let gain = (2.0 / (1.0 + slope * slope)).sqrt();
        let mut weights = |inputs: usize, units: usize| {
            let scale = gain * (3.0 / inputs as f32).sqrt();
            (0..inputs * units).map(|_| scale * random.next()).collect()
        };
        Network {
            first: weights(IN, HIDDEN),
            first_bias: vec![0.0; HIDDEN],
            units: vec![Prelu::default(); HIDDEN],
            second: weights(HIDDEN, OUT),
            second_bias: vec![0.0; OUT],
        }
    }

    fn scores(&self, input: &[f32]) -> Vec<f32> {
        let before = affine(input, &self.first, &self.first_bias);
        let mut hidden = vec![0.0; before.len()];
        channels::forward_into(&self.units, 1, &before, &mut hidden);
        affine(&hidden, &self.second, &self.second_bias)
    }

    /// One step of gradient descent with the whole batch; the mean cross entropy before it.
    fn train(&mut self, input: &[f32], species: &[usize]) -> f32 {
        let batch = species.len();
        let before = affine(input, &self.first, &self.first_bias);
        let mut hidden = vec![0.0; before.len()];
        channels::forward_into(&self.units, 1, &before, &mut hidden);
        let scores = affine(&hidden, &self.second, &self.second_bias);
        let mut log_probability = vec![0.0; scores.len()];
        rows::log_softmax_into(&scores, OUT, &mut log_probability);

        // The loss is the mean of -log_probability[species], and so is its gradient.
        let (mut loss, mut grad_log) = (0.0, vec![0.0; scores.len()]);
        for (row, &species) in species.iter().enumerate() {
            loss -= log_probability[row * OUT + species] / batch as f32;
            grad_log[row * OUT + species] = -1.0 / batch as f32;
        }
        let mut grad_scores = vec![0.0; scores.len()];
        rows::log_softmax_backward_into(&log_probability, &grad_log, OUT, &mut grad_scores);

        let grad_hidden = times_transposed(&grad_scores, &self.second, OUT);
        let mut grad_before = vec![0.0; before.len()];
        channels::backward_into(&self.units, 1, &before, &grad_hidden, &mut grad_before);
        let mut grad_slopes = vec![0.0; HIDDEN];
        channels::parameter_gradients_into(&self.units, 1, &before, &grad_hidden, &mut grad_slopes);

        descend(&mut self.second, &mut self.second_bias, &hidden, &grad_scores);
        descend(&mut self.first, &mut self.first_bias, input, &grad_before);
        for (unit, gradient) in self.units.iter_mut().zip(grad_slopes) {
            unit.slope -= f64::from(RATE) * gradient;
        }
        loss
    }
}

/// `[batch, inputs] · [inputs, units] + bias`
fn affine(input: &[f32], weights: &[f32], bias: &[f32]) -> Vec<f32> {
    let (units, inputs) = (bias.len(), weights.len() / bias.len());
    let mut output = Vec::new();
    for row in input.chunks_exact(inputs) {
        let mut sums = bias.to_vec();
        for (x, weights) in row.iter().zip(weights.chunks_exact(units)) {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += x * weight);
        }
        output.append(&mut sums);
    }
    output
}

/// `[batch, units] · [inputs, units]ᵀ`
fn times_transposed(gradient: &[f32], weights: &[f32], units: usize) -> Vec<f32> {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum();
    gradient
        .chunks_exact(units)
        .flat_map(|row| weights.chunks_exact(units).map(move |w| dot(row, w)))
        .collect()
}

/// A step along the gradient of a layer: `inputᵀ · gradient` for its weights, the sum of `gradient` for its bias.
fn descend(weights: &mut [f32], bias: &mut [f32], input: &[f32], gradient: &[f32]) {
    let (units, inputs) = (bias.len(), weights.len() / bias.len());
    for (row, gradient) in input.chunks_exact(inputs).zip(gradient.chunks_exact(units)) {
        bias.iter_mut().zip(gradient).for_each(|(bias, gradient)| *bias -= RATE * gradient);
        for (x, weights) in row.iter().zip(weights.chunks_exact_mut(units)) {
            weights.iter_mut().zip(gradient).for_each(|(weight, gradient)| *weight -= RATE * x * gradient);
        }
    }
}

/// All flowers in a random order: `[150, 4]` measurements with mean 0 and variance 1 in every column, and the species.
fn measurements() -> (Vec<f32>, Vec<usize>) {
    let mut lines: Vec<&str> = DATA.lines().skip(1).collect();
    let mut random = Random(2026);
    for last in (1..lines.len()).rev() {
        lines.swap(last, random.below(last + 1));
    }
    let (mut flowers, mut species): (Vec<f32>, Vec<usize>) = (Vec::new(), Vec::new());
    for line in lines {
        let (numbers, name) = line.rsplit_once(',').expect("a line ends with the species");
        flowers.extend(numbers.split(',').map(|number| number.parse::<f32>().expect("a number")));
        species.push(SPECIES.iter().position(|known| *known == name).expect("one of three species"));
    }
    for column in 0..IN {
        let values = || flowers.iter().skip(column).step_by(IN);
        let count = values().count() as f32;
        let mean = values().sum::<f32>() / count;
        let deviation = (values().map(|x| (x - mean) * (x - mean)).sum::<f32>() / count).sqrt();
        flowers.iter_mut().skip(column).step_by(IN).for_each(|x| *x = (*x - mean) / deviation);
    }
    (flowers, species)
}

/// A linear congruential generator, Knuth's MMIX.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 40
    }

    /// Between -1 and 1.
    fn next(&mut self) -> f32 {
        self.bits() as f32 / (1 << 23) as f32 - 1.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.bits() % end as u64) as usize
    }
}
