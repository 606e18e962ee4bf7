//! Where an activation is looked at: every order of magnitude on both sides, kinks, and parameters beside their defaults.

use crate::AnyActivation;

/// Parameters in the neighbourhood of the defaults: the defaults themselves, then each one moved both ways.
pub(super) fn parameter_sets(activation: &AnyActivation) -> Vec<AnyActivation> {
    let mut sets = vec![activation.clone()];
    for parameter in activation.info().parameters {
        let default = parameter.default;
        for moved in [default * 1.75 + 0.125, default * 0.375 - 0.0625] {
            let (low, high) = parameter.range;
            if let Ok(set) = activation.clone().with_parameter(parameter.name, moved.clamp(low, high)) {
                sets.push(set);
            }
        }
    }
    sets
}

/// Inputs of ordinary size.
pub(super) fn near(parameters: &[f64]) -> Vec<f64> {
    let mut points = vec![0.0];
    // Small whole numbers and the parameters are where formulas have their kinks.
    points.extend((1..=6).map(f64::from));
    points.extend(parameters.iter().filter(|value| value.abs() <= 8.0));
    points.extend([0.001, 0.0173, 0.29, 0.61, 0.83, 1.37, 2.13, 2.69, 3.31, 4.47]);
    mirrored(points)
}

/// Inputs of every other size.
pub(super) fn far() -> Vec<f64> {
    // Such as f32 holds: then a product with a short parameter is exact, and the phase of a sine is not lost in it.
    let sizes: [f32; 14] =
        [1e-40, 1e-12, 1e-5, 7.7, 13.3, 19.1, 33.3, 88.9, 104.2, 710.3, 1e4, 1.7e7, 1e19, 3.4e38];
    mirrored(sizes.into_iter().map(f64::from).collect())
}

fn mirrored(points: Vec<f64>) -> Vec<f64> {
    let mut both: Vec<f64> = points.iter().flat_map(|&x| [x, -x]).collect();
    both.sort_by(f64::total_cmp);
    both.dedup();
    both
}
