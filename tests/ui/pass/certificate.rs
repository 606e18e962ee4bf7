//! The two ways out of a refused certificate.

use activation_core::{Activation, define_activation};

define_activation! {
    #[unchecked]
    pub Wild(x) = sin(exp(x));

    #[stable(forward = x * sigmoid(x), derivative = sigmoid(x) * (1 + x * sigmoid(-x)))]
    pub Gate(x) = x / (1 + exp(-x));

    /// In the tail the difference is what is left of 400 digits.
    #[stable(forward = 1 / (1 + exp(2 * x)), second_derivative = 4 * tanh(x) * (1 - sigmoid(2 * x)) * sigmoid(2 * x))]
    pub Rest(x) = (1 - tanh(x)) / 2;
}

fn main() {
    assert_eq!(Wild.forward(0.0_f64), 1.0_f64.sin());
    // 100 e^-100 to 17 digits.
    assert_eq!(Gate.forward(-100.0_f64), -3.720_075_976_020_836e-42);
    assert_eq!(Rest.forward(300.0_f32), 0.0);
    assert_eq!(Rest.forward(40.0_f32), 1.8048514e-35);
}
