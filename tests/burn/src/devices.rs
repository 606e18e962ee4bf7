//! Tensors of another backend go to the CPU and back, with their gradients.

use crate::shared::{assert_same, elements, numbers, tensor, values};
use activation_core::Activation;
use activation_core::burn::{Activate, Learned, softmax};
use activation_core::catalogue::{Mish, Swish};
use activation_core::rows;
use burn::tensor::Device;

#[test]
fn another_backend_has_the_same_bits() {
    let device = Device::ndarray().autodiff();
    let (input, weights) = (numbers::<f32>(60), values::<f32>(60));
    let x = tensor(&input, [6, 10], &device).require_grad();
    let y = x.clone().activate(&Mish);
    assert_eq!(y.device(), device);
    let mut expected = vec![0.0; 60];
    Mish.forward_into(&input, &mut expected);
    assert_same(&elements::<f32, 2>(&y), &expected, "forward");
    let gradients = (y * tensor(&weights, [6, 10], &device)).sum().backward();
    let gradient = x.grad(&gradients).expect("x takes part");
    assert_eq!(gradient.device().without_autodiff(), Device::ndarray());
    Mish.backward_into(&input, &weights, &mut expected);
    assert_same(&elements::<f32, 2>(&gradient), &expected, "backward");
}

#[test]
fn learned_parameters_and_rows_on_another_backend() {
    let device = Device::ndarray().autodiff();
    let input = values::<f32>(60);
    let swish = Learned::new(Swish { beta: 1.5 }, &device);
    let x = tensor(&input, [6, 10], &device).require_grad();
    let y = swish.forward(x.clone());
    assert_eq!(y.device(), device);
    let gradients = (y.clone() * y).sum().backward();
    let mut forward = vec![0.0; 60];
    Swish { beta: 1.5 }.forward_into(&input, &mut forward);
    let twice: Vec<f32> = forward.iter().map(|y| y + y).collect();
    let mut sum = [0.0];
    Swish { beta: 1.5 }.parameter_gradients_into(&input, &twice, &mut sum);
    let by_beta = swish.parameters[0].val().grad(&gradients).expect("beta takes part");
    assert_same(&elements::<f32, 1>(&by_beta), &[sum[0] as f32], "by beta");
    assert_eq!(swish.activations(), [Swish { beta: 1.5 }]);

    let mut expected = vec![0.0; 60];
    rows::softmax_into(&input, 10, &mut expected);
    assert_same(&elements::<f32, 2>(&softmax(x, 1)), &expected, "softmax");
}
