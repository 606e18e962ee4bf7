//! Modules that count: what monitors of slices see, with the values and gradients of `Layer`.

use crate::tensors::{assert_same, for_all_types, inputs, tensor};
use activation_core::candle::{Activate, Element, Layer, Monitored};
use activation_core::catalogue::{Gelu, Relu};
use activation_core::monitor::{Monitor, Units};
use candle_core::{Device, Module, Result, Tensor, Var};

fn normal(count: usize) -> Result<Vec<f32>> {
    let index = |index: usize| (index as f32 * 0.618_034).fract() + (index as f32 * 0.414_214).fract() - 1.2;
    Ok((0..count).map(index).collect())
}

/// Large enough for several threads, with channels in the middle and a transposed layout.
#[test]
fn channels_of_images() -> Result<()> {
    let x = normal(40 * 6 * 1000)?;
    let xs = tensor(&x, &[40, 6, 1000])?;
    let mut expected = Monitor::new(Relu);
    expected.forward_into(Units { count: 6, inner: 1000 }, &x, &mut vec![0.0; x.len()]);

    let relu = Monitored::new(Relu);
    let ys = xs.apply(&relu)?;
    assert_same(
        &ys.flatten_all()?.to_vec1::<f32>()?,
        &xs.activate(&Relu)?.flatten_all()?.to_vec1::<f32>()?,
        "values",
    );
    let (seen, expected) = (relu.take(), expected.take());
    assert_eq!((seen.count(), seen.units()), (expected.count(), 6));
    assert_eq!(
        (seen.killed(), seen.saturated(), seen.zeros()),
        (expected.killed(), expected.saturated(), expected.zeros())
    );
    assert!((seen.variance() / expected.variance() - 1.0).abs() < 1e-6);
    assert_eq!(relu.statistics().count(), 0);

    // The same units on another axis of a tensor that is not contiguous.
    let last = Monitored::new(Relu).on_axis(2);
    xs.transpose(1, 2)?.apply(&last)?;
    assert_eq!((last.statistics().units(), last.statistics().killed()), (6, expected.killed()));
    Ok(())
}

#[test]
fn gradients_and_types() {
    fn of<T: Element + std::fmt::Debug>() -> Result<()> {
        let xs = Var::from_tensor(&tensor(&inputs::<T>(), &[12, 5])?)?;
        let watched = Monitored::new(Gelu);
        let [by_watched, by_layer] = [xs.apply(&watched)?, xs.apply(&Layer(Gelu))?].map(|ys| {
            ys.sum_all().and_then(|loss| loss.backward()).map(|gradients| gradients.get(&xs).cloned())
        });
        let of = |slopes: Result<Option<Tensor>>| slopes?.expect("a gradient").flatten_all()?.to_vec1::<T>();
        assert_same(&of(by_watched)?, &of(by_layer)?, "gradient");
        let seen = watched.statistics();
        assert_eq!((seen.count(), seen.units(), seen.nans()), (60, 5, 1));
        Ok(())
    }
    for_all_types!(of);
}

/// A clone in the network, the other one asked; batches of different sizes add up.
#[test]
fn in_a_network() -> Result<()> {
    let relu = Monitored::with(Monitor::with_threshold(Relu, 0.5));
    let net = candle_nn::seq().add(|xs: &Tensor| xs.affine(1.0, -1.0)).add(relu.clone());
    for batch in [3, 5] {
        net.forward(&Tensor::new(&[[2.0_f32, 0.5]], &Device::Cpu)?.broadcast_as((batch, 2))?)?;
    }
    let seen = relu.take();
    assert_eq!((seen.count(), seen.killed(), seen.dead_units()), (16, 8, &[1][..]));
    assert_eq!((seen.mean(), seen.variance()), (0.5, 0.25));
    Ok(())
}

#[test]
fn units_that_do_not_fit() -> Result<()> {
    let relu = Monitored::new(Relu);
    let error =
        Tensor::zeros(3, candle_core::DType::F32, &Device::Cpu)?.apply(&relu).unwrap_err().to_string();
    assert!(error.contains("monitor of `relu`: there are no units on axis 1 of [3]"), "{error}");
    Tensor::zeros((2, 4), candle_core::DType::F32, &Device::Cpu)?.apply(&relu)?;
    let other = Tensor::zeros((2, 5), candle_core::DType::F32, &Device::Cpu)?;
    let error = other.apply(&relu).unwrap_err().to_string();
    assert!(
        error.contains("axis 1 of [2, 5] is not the 4 units that it has seen; `take` these first"),
        "{error}"
    );
    relu.take();
    other.apply(&relu)?;
    // No examples are no mistake.
    other.narrow(0, 0, 0)?.apply(&relu)?;
    assert_eq!(relu.statistics().count(), 10);
    Ok(())
}
