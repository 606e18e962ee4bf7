//! The first program of README.md.

use activation_core::{Activation, define_activation};

define_activation! {
    /// A sigmoid gate with a learned steepness, over a fixed bump.
    pub GatedBump(x; learn gate = 1, width = 2 in 0.1..10) = {
        let u = x / width;
        x * sigmoid(gate * x) + exp(-u^2)
    };
}

fn main() {
    let f = GatedBump { gate: 1.5, ..GatedBump::default() };
    println!("f(2) = {}, f'(2) = {}", f.forward(2.0_f32), f.derivative(2.0_f32));
    println!("df/dgate = {}", f.parameter_derivative(0, 2.0_f32));
    println!("f' = {}", GatedBump::INFO.derivative);
}
