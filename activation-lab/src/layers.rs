//! What the units of each layer do on a set of images.

use crate::digits::Part;
use crate::network::Network;
use activation_core::Output;
use candle_core::Result;

/// A slope below it teaches next to nothing: the same as in `activation explain`.
const FLAT: f32 = 0.01;

/// A hidden layer on a set of images. All are parts from 0 to 1, but the mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayerState {
    /// The mean output.
    pub mean: f64,
    /// The part of the mean square of outputs that the units' means make up: 0 is centred, 1 is constant.
    pub offset: f64,
    /// Outputs that are exactly 0.
    pub zeros: f64,
    /// Outputs at which the slope is below 0.01.
    pub saturated: f64,
    /// Units whose output is nowhere above 0.
    pub silent: f64,
    /// Units whose slope is exactly 0 at every image: no gradient reaches their weights.
    pub dead: f64,
    /// Units whose slope is below 0.01 at every image, the dead ones included.
    pub starved: f64,
}

/// The state of every hidden layer, in order.
///
/// # Errors
///
/// Those of candle.
pub fn states(network: &Network, part: &Part) -> Result<Vec<LayerState>> {
    let mut states = Vec::new();
    network.forward(&part.images, |signal| {
        let (_, width) = signal.dims2()?;
        let inputs = signal.flatten_all()?.to_vec1::<f32>()?;
        let parameters = network.parameters(states.len())?;
        let (mut outputs, mut slopes) = (vec![0.0; inputs.len()], vec![0.0; inputs.len()]);
        let contender = network.contender();
        contender.evaluate_into(Output::Forward, &inputs, &mut outputs, &parameters);
        contender.evaluate_into(Output::Derivative, &inputs, &mut slopes, &parameters);
        states.push(state(&outputs, &slopes, width));
        Ok(())
    })?;
    Ok(states)
}

/// A unit is a column.
fn state(outputs: &[f32], slopes: &[f32], width: usize) -> LayerState {
    let (mut state, count) = (LayerState::default(), outputs.len() as f64);
    let part = |is: fn(&&f32) -> bool, of: &[f32]| of.iter().filter(is).count() as f64 / count;
    state.zeros = part(|value| **value == 0.0, outputs);
    state.saturated = part(|slope| slope.abs() < FLAT, slopes);
    let (mut square_of_means, mut mean_square) = (0.0, 0.0);
    let share = 1.0 / width as f64;
    for unit in 0..width {
        let outputs = || outputs.iter().skip(unit).step_by(width).copied();
        let slopes = || slopes.iter().skip(unit).step_by(width).copied();
        let images = outputs().count() as f64;
        let mean = outputs().map(f64::from).sum::<f64>() / images;
        state.mean += mean * share;
        square_of_means += mean * mean * share;
        mean_square += outputs().map(|value| f64::from(value).powi(2)).sum::<f64>() / images * share;
        let count = |counter: &mut f64, is: bool| *counter += if is { share } else { 0.0 };
        count(&mut state.silent, outputs().all(|value| value <= 0.0));
        count(&mut state.dead, slopes().all(|slope| slope == 0.0));
        count(&mut state.starved, slopes().all(|slope| slope.abs() < FLAT));
    }
    state.offset = if mean_square > 0.0 { square_of_means / mean_square } else { 0.0 };
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contender::Contender;
    use activation_core::monitor::Monitor;

    /// The monitors of activation-core count some of the same, another way.
    #[test]
    fn monitors_agree() {
        for name in ["relu", "gelu", "tanh", "hard_sigmoid"] {
            let contender = Contender::named(name).expect("it exists");
            // A sine and a drift: some units are always far to the left, some never.
            let inputs: Vec<f32> =
                (0..600).map(|i| 4.0 * (i as f32).sin() + 3.0 * ((i % 6) as f32 - 4.0)).collect();
            let (mut outputs, mut slopes) = (vec![0.0; 600], vec![0.0; 600]);
            let mut monitor = Monitor::new(contender.clone());
            monitor.forward_into(6, &inputs, &mut outputs);
            contender.evaluate_into(Output::Derivative, &inputs, &mut slopes, contender.parameters());
            let (state, seen) = (state(&outputs, &slopes, 6), monitor.take());
            assert!((state.mean - seen.mean()).abs() < 1e-6, "{name}: {state:?} {seen:?}");
            let pairs = [
                (state.zeros, seen.zero_fraction()),
                (state.saturated, seen.saturated_fraction()),
                (state.dead, seen.dead_fraction()),
            ];
            assert!(pairs.iter().all(|(a, b)| (a - b).abs() < 1e-9), "{name}: {pairs:?}");
        }
    }

    #[test]
    fn states_are_counted_by_hand() {
        // Three images, four units: dead, leaking, flat but alive, active.
        let outputs = [0.0, -0.1, 1.0, 2.0, 0.0, -0.3, 1.0, -2.0, 0.0, -0.2, 1.0, 0.0];
        let slopes = [0.0, 0.1, 0.001, 1.0, 0.0, 0.1, 0.002, 1.0, 0.0, 0.1, 0.0, 1.0];
        let state = state(&outputs, &slopes, 4);
        assert_eq!((state.silent, state.dead, state.starved), (0.5, 0.25, 0.5));
        assert_eq!((state.zeros, state.saturated), (4.0 / 12.0, 0.5));
        assert!((state.mean - 0.2).abs() < 1e-6);
        let square = (0.01 + 0.09 + 0.04 + 3.0 + 8.0) / 12.0;
        assert!((state.offset - (0.04 + 1.0) / 4.0 / square).abs() < 1e-6);
    }
}
