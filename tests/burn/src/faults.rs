//! What burn's own functions do, and ours instead. When one of these fails, burn has been corrected.

use activation_core::burn::Activate;
use activation_core::catalogue::{Celu, Elu, Gelu, Selu};
use activation_core::{Activation, AnyActivation};
use burn::tensor::{Device, Tensor, activation};

/// f and f' of burn's function and of ours at one number.
fn compared(
    burns: fn(Tensor<1>) -> Tensor<1>,
    ours: impl Activation,
    x: f32,
    device: Device,
) -> [(f32, f32); 2] {
    let ours = AnyActivation::new(ours);
    let at = |function: &dyn Fn(Tensor<1>) -> Tensor<1>| {
        let x = Tensor::<1>::from_floats([x], &device).require_grad();
        let y = function(x.clone());
        let slope = x.grad(&y.backward()).expect("x takes part");
        let number = |tensor: Tensor<1>| tensor.into_data().try_to_vec::<f32>().expect("f32")[0];
        (number(y), number(slope))
    };
    [at(&burns), at(&|x| x.activate(&ours))]
}

/// The branch that is not taken overflows, and zero times infinity is NaN: one such number, and all weights are NaN after the
/// next step.
#[test]
fn gradients_of_burns_elu_celu_and_selu_are_nan_at_100() {
    let device = || Device::flex().autodiff();
    let [burns, ours] = compared(|x| activation::elu(x, 1.0), Elu::default(), 100.0, device());
    assert!(burns.1.is_nan());
    assert_eq!(ours, (100.0, 1.0));
    let [burns, ours] = compared(|x| activation::celu(x, 1.0), Celu::default(), 100.0, device());
    assert!(burns.1.is_nan());
    assert_eq!(ours, (100.0, 1.0));
    let [burns, ours] = compared(activation::selu, Selu::default(), 100.0, device());
    assert!(burns.1.is_nan());
    assert_eq!(ours, (105.07010, 1.050701));
}

/// On the CPU, burn's gelu and its gradient are `1 + erf` in `f32`, which cancels in the left tail.
#[test]
fn burns_gelu_loses_its_left_tail() {
    let [burns, ours] = compared(activation::gelu, Gelu, -6.0, Device::flex().autodiff());
    assert_eq!(burns.0, 0.0);
    assert_eq!(ours, (Gelu.forward(-6.0), Gelu.derivative(-6.0)));
    assert_eq!(ours.0, -5.9195258e-9);
    assert!((burns.1 - ours.1).abs() > 0.01 * ours.1.abs(), "{burns:?} {ours:?}");
}
/// On backends without a gelu of their own, forward is the one with erf, and backward is the slope of the one with tanh, with
/// constants of six digits.
#[test]
fn burns_gelu_goes_back_through_another_function() {
    let [burns, ours] = compared(activation::gelu, Gelu, 2.0, Device::ndarray().autodiff());
    assert!((burns.0 - ours.0).abs() < 1e-6, "{burns:?} {ours:?}");
    assert!((burns.1 - ours.1).abs() > 5e-4, "{burns:?} {ours:?}");
}
