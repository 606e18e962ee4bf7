#![deny(warnings)]
#![allow(dead_code, mixed_script_confusables, non_snake_case, reason = "some are defined only, in any alphabet")]

use activation_core::{Activation, define_activation};

define_activation! {
    pub First(R; t0 = 1, index = 2, value = 3, x = 4) = t0 * R + index * sigmoid(value * R) + x;
    pub Second(index) = { let t0 = index / 2; let t1 = exp(-t0^2); t1 * t0 };
    pub Third(parameters; R = 2) = if parameters > R { tanh(parameters) } else { R / cosh(parameters) };
    pub Fourth(α; β = 1) = α * sigmoid(β * α);
    pub r#Fifth(f64) = f64 * tanh(softplus(f64));
    pub Option(x; self_ = 1) = self_ * x^2;
    pub Some(t0) = erf(t0);
    pub r#Loop(core) = core^3;
}

#[allow(non_camel_case_types, reason = "hides the primitive type")]
pub struct Real;

fn main() {
    assert_eq!(First::default().forward(0.0_f64), 5.0);
    assert_eq!(Second.forward(0.0_f64), 0.0);
    assert_eq!(Third::default().forward(0.0_f64), 2.0);
    assert_eq!(Fourth { β: 0.0 }.forward(2.0_f64), 1.0);
}
