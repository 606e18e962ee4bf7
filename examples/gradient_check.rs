//! Gradient checking: exact derivatives against finite differences, of one function and of a whole network.
//!
//! A central difference (f(x + h) - f(x - h)) / 2h is off by h² f'''(x) / 6 and by what rounding leaves of f(x + h) - f(x - h):
//! about 1e-16 / h. The best h in f64 is near 1e-5, and ten digits are all that it can confirm.

use activation_core::{Activation, by_name, catalogue, define_activation};

define_activation! {
    /// A sigmoid gate with a learned steepness.
    pub Gate(x; learn steepness = 1.5) = x * sigmoid(steepness * x);
}

const STEP: f64 = 1e-5;

fn main() {
    println!("one function: the largest difference between f' and a central difference");
    for activation in
        ["gelu", "mish", "selu", "tanh"].map(|name| by_name(name).expect("it is in the catalogue"))
    {
        let worst = points()
            .map(|x| (activation.derivative(x) - slope(|x| activation.forward(x), x)).abs())
            .fold(0.0, f64::max);
        println!("  {:5} {}", activation.info().name, verdict(worst, 1e-9));
    }
    let gate = Gate::default();
    let by_steepness = |x: f64| slope(|steepness| Gate { steepness }.forward(x), gate.steepness);
    let worst =
        points().map(|x| (gate.parameter_derivative(0, x) - by_steepness(x)).abs()).fold(0.0, f64::max);
    println!("  gate by its steepness {}", verdict(worst, 1e-9));

    // Where a difference cannot say anything: beside a kink it mixes two slopes, far out it is rounding alone.
    println!("\nwhere finite differences are wrong");
    let relu = catalogue::Relu;
    println!(
        "  relu'(1e-6)  exact {}, difference {:.2}",
        relu.derivative(1e-6),
        slope(|x| relu.forward(x), 1e-6)
    );
    let sigmoid = catalogue::Sigmoid;
    println!(
        "  sigmoid'(40) exact {:.4e}, difference {:.4e}",
        sigmoid.derivative(40.0),
        slope(|x| sigmoid.forward(x), 40.0)
    );

    println!(
        "\na network of 3 inputs, 4 hidden units with a learned gate, 1 output: 21 weights and 1 parameter"
    );
    let network = Network::new();
    let exact = network.gradients();
    let mut worst: f64 = 0.0;
    for (index, &exact) in exact.iter().enumerate() {
        let at = |value: f64| {
            let mut moved = network.clone();
            *moved.parameter(index) = value;
            moved.loss()
        };
        let here = *network.clone().parameter(index);
        worst = worst.max((exact - slope(at, here)).abs() / (1.0 + exact.abs()));
    }
    println!("  {} gradients {}", exact.len(), verdict(worst, 1e-9));
}

/// Inputs on both sides of 0, none of them a kink.
fn points() -> impl Iterator<Item = f64> {
    (0..200).map(|index| -6.03 + 0.06 * f64::from(index))
}

fn slope(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    (f(x + STEP) - f(x - STEP)) / (2.0 * STEP)
}

fn verdict(worst: f64, allowed: f64) -> String {
    assert!(worst <= allowed, "off by {worst:e}");
    format!("agree within {allowed:e}")
}

const INPUTS: usize = 3;
const HIDDEN: usize = 4;
const INPUT: [f64; INPUTS] = [0.5, -1.25, 2.0];
const TARGET: f64 = 0.75;

#[derive(Clone)]
struct Network {
    /// `[HIDDEN][INPUTS]`, then a bias each.
    first: [f64; HIDDEN * INPUTS],
    bias: [f64; HIDDEN],
    gate: Gate,
    /// `[HIDDEN]`, and a bias.
    second: [f64; HIDDEN],
    last: f64,
}

impl Network {
    fn new() -> Self {
        // Anything but symmetric.
        let weight = |index: usize| ((index * 7 + 3) % 11) as f64 / 11.0 - 0.4;
        Network {
            first: std::array::from_fn(weight),
            bias: std::array::from_fn(|index| weight(index + 5) / 4.0),
            gate: Gate::default(),
            second: std::array::from_fn(|index| weight(index + 2)),
            last: 0.1,
        }
    }

    /// The values before the activation.
    fn hidden(&self) -> [f64; HIDDEN] {
        std::array::from_fn(|unit| {
            let row = &self.first[unit * INPUTS..][..INPUTS];
            self.bias[unit] + row.iter().zip(INPUT).map(|(weight, x)| weight * x).sum::<f64>()
        })
    }

    fn output(&self) -> f64 {
        let mut values = self.hidden();
        self.gate.forward_in_place(&mut values);
        self.last + values.iter().zip(self.second).map(|(value, weight)| value * weight).sum::<f64>()
    }

    fn loss(&self) -> f64 {
        (self.output() - TARGET).powi(2) / 2.0
    }

    /// The loss's slope by every parameter, in the order of [`parameter`](Self::parameter).
    fn gradients(&self) -> Vec<f64> {
        let hidden = self.hidden();
        let mut values = [0.0; HIDDEN];
        self.gate.forward_into(&hidden, &mut values);
        let grad_output = self.output() - TARGET;
        let grad_values = self.second.map(|weight| weight * grad_output);
        let mut grad_hidden = [0.0; HIDDEN];
        self.gate.backward_into(&hidden, &grad_values, &mut grad_hidden);
        let mut grad_gate = [0.0];
        self.gate.parameter_gradients_into(&hidden, &grad_values, &mut grad_gate);

        let first = grad_hidden.iter().flat_map(|grad| INPUT.map(|x| grad * x));
        let second = values.map(|value| value * grad_output);
        first.chain(grad_hidden).chain(grad_gate).chain(second).chain([grad_output]).collect()
    }

    fn parameter(&mut self, index: usize) -> &mut f64 {
        let gate = std::slice::from_mut(&mut self.gate.steepness);
        let last = std::slice::from_mut(&mut self.last);
        let mut all =
            self.first.iter_mut().chain(&mut self.bias).chain(gate).chain(&mut self.second).chain(last);
        all.nth(index).expect("there is such a parameter")
    }
}
