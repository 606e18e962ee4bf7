//! An activation of your own: one declaration, and what it gives.

use activation_core::{Activation, Framework, Subgradient, define_activation};

define_activation! {
    /// ELU that leaks: follows x on the right, bends into a line of its own on the left.
    pub SoftLeak(x; learn leak = 0.1 in 0..1, width = 2 in 0.01..) = {
        let u = x / width;
        if x > 0 { x } else { leak * x + (1 - leak) * width * (exp(u) - 1) }
    };
}

fn main() {
    let f = SoftLeak::default();
    println!("{}", SoftLeak::INFO.declaration());
    println!("f'      = {}", SoftLeak::INFO.derivative);
    println!("df/dleak = {}\n", SoftLeak::INFO.parameters[0].derivative);

    // Single numbers, in f32 and in f64. The smallest and the largest inputs do no harm.
    println!("f(-2)    = {} in f32, {:.12} in f64", f.forward(-2.0_f32), f.forward(-2.0_f64));
    println!("f'(-2)   = {}", f.derivative(-2.0_f32));
    println!(
        "f(-3e38) = {:e}, f(-inf) = {}, f(nan) = {}\n",
        f.forward(-3e38_f32),
        f.forward(f32::NEG_INFINITY),
        f.forward(f32::NAN)
    );

    // Slices: forward, and the two ways back.
    let input = [-4.0_f32, -1.0, 0.0, 2.0];
    let (mut output, mut grad_input, mut gradients) = ([0.0; 4], [0.0; 4], [0.0; 2]);
    f.forward_into(&input, &mut output);
    f.backward_into(&input, &[1.0; 4], &mut grad_input);
    f.parameter_gradients_into(&input, &[1.0; 4], &mut gradients);
    println!("forward    {output:?}");
    println!("backward   {grad_input:?}");
    println!("parameters {gradients:.6?}\n");

    // A step of training changes a field; its range is kept by `with_parameter`.
    let trained = SoftLeak { leak: f.leak - 0.01 * gradients[0], ..f };
    println!("after a step: leak = {:.4}", trained.leak);
    println!("{}\n", f.with_parameter("leak", 2.0).unwrap_err());

    // At a kink the derivative is a choice: here that of the branch taken, the framework's, or yours.
    let relu = activation_core::catalogue::Relu;
    println!(
        "relu'(0) = {}, as candle has it {}, in the middle {}",
        relu.derivative(0.0_f32),
        relu.derivative_with(0.0_f32, Framework::Candle.subgradient("relu").unwrap()),
        relu.derivative_with(0.0_f32, Subgradient::Middle),
    );
}
