//! Gradients of gradients, where candle keeps the graph.

use activation_core::candle::{Activate, Derivative};
use activation_core::catalogue::Tanh;
use activation_core::{all, by_name};
use candle_core::{Device, Result, Tensor, Var};

const KEEP: &str = "CANDLE_GRAD_DO_NOT_DETACH";

/// candle reads the variable once per thread: tests that need it run in a process of their own.
fn with_graph(test: &str) -> bool {
    if std::env::var_os(KEEP).is_some() {
        return true;
    }
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    let status = again.args(["--exact", &format!("second_order::{test}")]).env(KEEP, "1").status().unwrap();
    assert!(status.success(), "{test} with {KEEP}=1");
    false
}

/// d/dx (g f'(x))^2 = 2 g f'(x) g f''(x), and by g.
#[test]
fn gradients_of_gradients() -> Result<()> {
    if !with_graph("gradients_of_gradients") {
        return Ok(());
    }
    for name in ["gelu", "tanh", "mish", "softplus", "swish", "relu"] {
        let activation = by_name(name).unwrap();
        let [x, g] = [0.7_f64, 1.3];
        let (xs, factor) = (Var::new(&[x], &Device::Cpu)?, Var::new(&[g], &Device::Cpu)?);
        let loss = (xs.activate(&activation)? * factor.as_tensor())?.sum_all()?;
        let slope = loss.backward()?.get(&xs).unwrap().clone();
        let penalty = slope.sqr()?.sum_all()?.backward()?;
        let (f1, f2) = (activation.derivative(x), activation.second_derivative(x));
        let [by_x, by_g] = [&xs, &factor].map(|var| penalty.get(var).unwrap().to_vec1::<f64>().unwrap()[0]);
        assert!((by_x - 2.0 * g * g * f1 * f2).abs() < 1e-14, "{name}: {by_x}");
        assert!((by_g - 2.0 * g * f1 * f1).abs() < 1e-14, "{name}: {by_g}");
    }
    Ok(())
}

/// What there is no derivative of is an error, not a gradient without a part.
#[test]
fn third_order_is_an_error() -> Result<()> {
    if !with_graph("third_order_is_an_error") {
        return Ok(());
    }
    let xs = Var::new(&[0.5_f64], &Device::Cpu)?;
    let bend = xs.apply(&Derivative(Tanh))?.sum_all()?.backward()?.get(&xs).unwrap().clone();
    let error = bend.sum_all()?.backward().unwrap_err().to_string();
    assert!(error.contains("second derivative of an activation"), "{error}");

    let halves = Var::new(&[[0.5_f64, 1.0]], &Device::Cpu)?;
    let product = activation_core::candle::glu(&halves, activation_core::gated::Gate::Second)?;
    let slope = product.sum_all()?.backward()?.get(&halves).unwrap().clone();
    let error = slope.sum_all()?.backward().unwrap_err().to_string();
    assert!(error.contains("gradient of a gated activation"), "{error}");
    Ok(())
}

/// A loss with a slope in it needs no graph of gradients: (f'(x))^2 has the gradient 2 f'(x) f''(x).
#[test]
fn slopes_in_a_loss() -> Result<()> {
    for entry in all() {
        let activation = entry.activation();
        let xs = Var::new(&[0.3_f64, -1.7], &Device::Cpu)?;
        let loss = xs.apply(&Derivative(activation.clone()))?.sqr()?.sum_all()?;
        let by_x: Tensor = loss.backward()?.get(&xs).unwrap().clone();
        for (x, by_x) in [0.3, -1.7].into_iter().zip(by_x.to_vec1::<f64>()?) {
            let expected = 2.0 * activation.derivative(x) * activation.second_derivative(x);
            assert!(
                (by_x - expected).abs() <= 1e-13 * expected.abs(),
                "{:?}: {by_x}, {expected}",
                activation
            );
        }
    }
    Ok(())
}
