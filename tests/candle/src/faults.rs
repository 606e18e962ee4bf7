//! Where candle's own functions go wrong, and these do not. A test that fails here may mean that candle has mended something.

use activation_core::candle::Activate;
use activation_core::catalogue::{Elu, Gelu, GeluTanh, HardSwish, Mish, Relu, Selu, Sigmoid, Silu};
use activation_core::{Activation, Scalar};
use candle_core::{Device, Module, Result, Tensor, Var};

/// Value and slope at `x` by candle and by us.
fn both<T: candle_core::WithDType + Scalar>(
    x: T,
    theirs: impl Fn(&Tensor) -> Result<Tensor>,
    ours: impl Activation,
) -> Result<[(f64, f64); 2]> {
    let of = |ys: Tensor, xs: &Var| -> Result<(f64, f64)> {
        let slope = ys.backward()?.get(xs).map(|slope| slope.to_vec1::<T>()).transpose()?;
        Ok((Scalar::to_f64(ys.to_vec1::<T>()?[0]), slope.map_or(f64::NAN, |slope| Scalar::to_f64(slope[0]))))
    };
    let xs = Var::from_slice(&[x], 1, &Device::Cpu)?;
    Ok([of(theirs(&xs)?, &xs)?, of(xs.activate(&ours)?, &xs)?])
}

#[track_caller]
fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-6 * expected.abs(), "{found}, not {expected}");
}

/// exp(x) overflows in a branch that is not taken, and 0 · infinity is added to the gradient.
#[test]
fn gradients_are_nan_far_out() -> Result<()> {
    let [theirs, ours] =
        both(100.0_f32, |xs| candle_nn::ops::selu(xs, 1.673_263_2, 1.050_701), Selu::default())?;
    assert!(theirs.1.is_nan());
    assert_near(ours.1, 1.050_700_987_355_480_5);

    let [theirs, ours] = both(100.0_f32, candle_nn::ops::mish, Mish)?;
    assert!(theirs.1.is_nan());
    assert_eq!(ours, (100.0, 1.0));

    // Mended there.
    let [theirs, ours] = both(100.0_f32, |xs| xs.elu(1.0), Elu::default())?;
    assert_eq!((theirs.1, ours.1), (1.0, 1.0));
    Ok(())
}

#[test]
fn limits_are_nan() -> Result<()> {
    let [theirs, ours] = both(f32::NEG_INFINITY, |xs| xs.silu(), Silu)?;
    assert!(theirs.0.is_nan() && ours == (0.0, 0.0), "{theirs:?} {ours:?}");
    let [theirs, ours] = both(f32::NEG_INFINITY, |xs| xs.gelu_erf(), Gelu)?;
    assert!(theirs.0.is_nan() && theirs.1.is_nan() && ours == (0.0, 0.0), "{theirs:?} {ours:?}");
    Ok(())
}

#[test]
fn tails_have_no_digits() -> Result<()> {
    let [theirs, ours] = both(-6.0_f32, |xs| xs.gelu_erf(), Gelu)?;
    assert_eq!(theirs.0, 0.0);
    assert_near(ours.0, -5.919_525_869_961_7e-9);
    let [theirs, ours] = both(-6.0_f32, |xs| xs.gelu(), GeluTanh)?;
    assert_eq!(theirs, (0.0, 0.0));
    assert!(ours.0 < 0.0 && ours.1 < 0.0);
    let [theirs, ours] = both(20.0_f32, candle_nn::ops::sigmoid, Sigmoid)?;
    assert_eq!(theirs.1, 0.0);
    assert_near(ours.1, 2.061_153_613_941_7e-9);
    let [theirs, ours] = both(half::f16::from_f32(-12.0), |xs| xs.silu(), Silu)?;
    assert_eq!(theirs.0, 0.0);
    assert!((ours.0 / -7.373_0e-5 - 1.0).abs() < 1e-3, "{ours:?}");
    let [theirs, ours] = both(-12.0_f32, candle_nn::ops::mish, Mish)?;
    let exact = -7.373_03e-5;
    assert!(
        (theirs.0 / exact - 1.0).abs() > 1e-3 && (ours.0 / exact - 1.0).abs() < 1e-5,
        "{theirs:?} {ours:?}"
    );
    Ok(())
}

/// A slope at a kink is a choice, and candle makes another one; but NaN is no 0.
#[test]
fn kinks() -> Result<()> {
    let [theirs, ours] = both(0.0_f32, |xs| xs.relu(), Relu)?;
    assert_eq!((theirs.1, ours.1), (1.0, 0.0));
    let [theirs, ours] = both(f32::NAN, |xs| xs.relu(), Relu)?;
    assert_eq!(theirs, (0.0, 0.0));
    assert!(ours.0.is_nan() && ours.1.is_nan());
    let hard_swish = |xs: &Tensor| candle_nn::Activation::HardSwish.forward(xs);
    let [theirs, ours] = both(3.0_f32, hard_swish, HardSwish)?;
    assert_eq!((theirs.1, ours.1), (1.25, 1.0));
    Ok(())
}
