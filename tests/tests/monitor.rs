//! Monitors against the plain way: all slopes and outputs first, then one pass after the other over them in `f64`.

use activation_core::monitor::{Monitor, Statistics, Units};
use activation_core::{Activation, AnyActivation, Fast, Output, Pointwise, Scalar, all, by_name, catalogue};
use std::fmt::Debug;

/// Normally distributed or nearly so, with some numbers far out; deterministic.
fn inputs(count: usize, spread: f64) -> Vec<f64> {
    let mut state = 12345_u32;
    let mut uniform = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24)
    };
    (0..count).map(|_| ((0..12).map(|_| uniform()).sum::<f64>() - 6.0) * spread).collect()
}

/// What a monitor should have seen, from slopes of `f32` and the outputs themselves.
struct Plain {
    saturated: u64,
    killed: u64,
    zeros: u64,
    nans: u64,
    infinities: u64,
    mean: f64,
    variance: f64,
    dead: Vec<usize>,
}

fn plain<T: Scalar>(slopes: &[f32], outputs: &[T], units: Units, threshold: f32) -> Plain {
    let outputs: Vec<f64> = outputs.iter().map(|y| y.to_f64()).collect();
    let finite: Vec<f64> = outputs.iter().copied().filter(|y| y.is_finite()).collect();
    let mean = finite.iter().sum::<f64>() / finite.len() as f64;
    let count = |has: &dyn Fn(f64) -> bool| outputs.iter().filter(|&&y| has(y)).count() as u64;
    let of_unit = |unit: usize| {
        let of = move |(at, _): &(usize, &f32)| at / units.inner % units.count == unit;
        slopes.iter().enumerate().filter(of).map(|(_, &slope)| slope)
    };
    Plain {
        saturated: slopes.iter().filter(|slope| slope.abs() < threshold).count() as u64,
        killed: slopes.iter().filter(|slope| **slope == 0.0).count() as u64,
        zeros: count(&|y| y == 0.0),
        nans: count(&f64::is_nan),
        infinities: count(&f64::is_infinite),
        mean,
        variance: finite.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / finite.len() as f64,
        dead: (0..units.count).filter(|&unit| of_unit(unit).all(|slope| slope == 0.0)).collect(),
    }
}

#[track_caller]
fn assert_saw(seen: &Statistics, expected: &Plain, count: usize, what: &str) {
    assert_eq!(seen.count(), count as u64, "{what}");
    assert_eq!(seen.saturated(), expected.saturated, "saturated: {what}");
    assert_eq!(seen.killed(), expected.killed, "killed: {what}");
    assert_eq!(seen.zeros(), expected.zeros, "zeros: {what}");
    assert_eq!((seen.nans(), seen.infinities()), (expected.nans, expected.infinities), "{what}");
    assert_eq!(seen.dead_units(), expected.dead, "dead units: {what}");
    if expected.mean.is_nan() {
        assert!(seen.mean().is_nan() && seen.variance().is_nan(), "{what}");
        return;
    }
    let deviation = expected.variance.sqrt();
    let (mean, variance) = (seen.mean(), seen.variance());
    assert!(
        (mean - expected.mean).abs() <= 1e-6 * (deviation + expected.mean.abs() * 1e-3),
        "{what}: mean {mean}"
    );
    assert!((variance - expected.variance).abs() <= 2e-6 * expected.variance, "{what}: variance {variance}");
}

fn check<T: Scalar + Debug>(activation: &impl Pointwise, x: &[f64], units: Units, threshold: f32) {
    let x: Vec<T> = x.iter().copied().map(T::from_f64).collect();
    let [mut watched, mut outputs] = [vec![T::default(); x.len()], vec![T::default(); x.len()]];
    let mut monitor = Monitor::with_threshold(activation.clone(), threshold);
    monitor.forward_into(units, &x, &mut watched);
    activation.evaluate_into(Output::Forward, &x, &mut outputs);
    let what = format!("{} in {}, {units:?}", activation.name(), std::any::type_name::<T>());
    assert!(
        watched.iter().zip(&outputs).all(|(a, b)| a == b || a.to_f64().is_nan() && b.to_f64().is_nan()),
        "{what}"
    );

    let single: Vec<f32> = x.iter().map(|x| x.to_f64() as f32).collect();
    let mut slopes = vec![0.0; x.len()];
    activation.evaluate_into(Output::Derivative, &single, &mut slopes);
    assert_saw(&monitor.take(), &plain(&slopes, &outputs, units, threshold), x.len(), &what);
}

/// Every activation, at numbers that are usual, and 40 times as large.
#[test]
fn whole_catalogue() {
    for entry in all() {
        for spread in [1.0, 40.0] {
            check::<f32>(&entry.activation(), &inputs(20 * 350, spread), 20.into(), 0.01);
        }
        check::<f32>(&entry.activation(), &inputs(2000, 3.0), 5.into(), 1e-4);
    }
}

#[test]
fn types_and_tiers() {
    let (x, units) = (inputs(7 * 600, 2.0), Units { count: 7, inner: 3 });
    for name in ["relu", "gelu", "sigmoid", "hard_swish", "snake"] {
        let activation = by_name(name).unwrap();
        check::<f64>(&activation, &x, units, 0.01);
        check::<half::f16>(&activation, &x, units, 0.01);
        check::<half::bf16>(&activation, &x, units, 0.01);
    }
    check::<f32>(&Fast(catalogue::Gelu), &x, units, 0.01);
    check::<f32>(&Fast(AnyActivation::new(catalogue::Tanh)), &x, units, 0.01);
}

/// Every number of `bf16`, which are numbers of `f32` of every size, through the intervals that the search has found.
#[test]
fn every_size() {
    let x: Vec<f64> = (0..=u16::MAX).map(|bits| half::bf16::from_bits(bits).to_f64()).collect();
    for entry in all() {
        let activation = entry.activation();
        let mut monitor = Monitor::new(activation.clone());
        let x: Vec<f32> = x.iter().map(|&x| x as f32).collect();
        let mut outputs = vec![0.0; x.len()];
        monitor.forward_into(1, &x, &mut outputs);
        let mut slopes = vec![0.0; x.len()];
        activation.derivative_into(&x, &mut slopes);
        let expected = plain(&slopes, &outputs, 1.into(), 0.01);
        let seen = monitor.statistics();
        let name = entry.info().name;
        assert_eq!((seen.saturated(), seen.killed()), (expected.saturated, expected.killed), "{name}");
        assert_eq!(
            (seen.nans(), seen.infinities(), seen.zeros()),
            (expected.nans, expected.infinities, expected.zeros),
            "{name}"
        );
    }
}

/// Units that are dead in one batch and not in another; batches that are put together; what comes after `take`.
#[test]
fn batches() {
    let units = 64;
    // Unit u is pushed down by u / 16, so that some never fire.
    let batch = |seed: usize| -> Vec<f32> {
        let numbers = inputs(units * 40 + seed, 1.0);
        let pushed = |(at, x): (usize, &f64)| (x - (at % units) as f64 / 16.0) as f32;
        numbers[seed..].iter().enumerate().map(pushed).collect()
    };
    let mut monitor = Monitor::new(catalogue::Relu);
    let (mut all_inputs, mut merged) = (Vec::new(), Statistics::default());
    for seed in [3, 1, 4, 15] {
        let x = batch(seed);
        let mut y = vec![0.0; x.len()];
        monitor.forward_into(units, &x, &mut y);
        let mut alone = Monitor::new(catalogue::Relu);
        alone.forward_into(units, &x, &mut y);
        merged.merge(alone.statistics());
        all_inputs.extend(x);
    }
    let outputs: Vec<f32> = all_inputs.iter().map(|&x| catalogue::Relu.forward(x)).collect();
    let slopes: Vec<f32> = all_inputs.iter().map(|&x| catalogue::Relu.derivative(x)).collect();
    let expected = plain(&slopes, &outputs, units.into(), 0.01);
    assert!(!expected.dead.is_empty() && expected.dead.len() < units / 2, "{:?}", expected.dead);
    assert_saw(monitor.statistics(), &expected, all_inputs.len(), "one monitor");
    assert_saw(&merged, &expected, all_inputs.len(), "merged");

    monitor.take();
    let seen = monitor.statistics();
    assert_eq!((seen.count(), seen.units(), seen.dead_units().len()), (0, 0, 0));
    assert!(seen.mean().is_nan() && seen.variance().is_nan() && seen.killed_fraction().is_nan());
    // Another number of units is fine now.
    monitor.forward_into(2, &[1.0_f32, -1.0], &mut [0.0; 2]);
    assert_eq!(monitor.statistics().dead_units(), [1]);
}

/// A mean that is a million deviations away from 0, numbers whose squares overflow, and nothing but NaN.
#[test]
fn hard_moments() {
    let x: Vec<f64> = inputs(30_000, 1e-3).into_iter().map(|x| x + 1000.0).collect();
    check::<f32>(&by_name("relu").unwrap(), &x, 1.into(), 0.01);
    let x: Vec<f64> = inputs(5000, 1e25).into_iter().chain([f64::INFINITY, f64::NAN, 3e38]).collect();
    check::<f32>(&by_name("identity").unwrap_or_else(|| by_name("leaky_relu").unwrap()), &x, 1.into(), 0.01);
    // The first number says nothing of the others.
    let x: Vec<f64> = [100.0].into_iter().chain(inputs(9999, 1.0)).collect();
    check::<f32>(&by_name("leaky_relu").unwrap(), &x, 1.into(), 0.01);
    let x: Vec<f64> = [1e6].into_iter().chain(inputs(9999, 1.0)).collect();
    check::<f64>(&by_name("relu").unwrap(), &x, 1.into(), 0.01);

    // Means that move from call to call, and further than they are wide.
    let mut monitor = Monitor::new(catalogue::LeakyRelu::default());
    let mut all = Vec::new();
    for (count, mean) in [(10, 0.0), (40_000, 1000.0), (40_000, 1000.5)] {
        let x: Vec<f32> = inputs(count, 0.25).into_iter().map(|x| (x + mean) as f32).collect();
        monitor.forward_into(1, &x, &mut vec![0.0; count]);
        all.extend(x);
    }
    let y: Vec<f32> = all.iter().map(|&x| catalogue::LeakyRelu::default().forward(x)).collect();
    let slopes: Vec<f32> = all.iter().map(|&x| catalogue::LeakyRelu::default().derivative(x)).collect();
    assert_saw(monitor.statistics(), &plain(&slopes, &y, 1.into(), 0.01), all.len(), "moving mean");

    // Squares that are no normal numbers of `f32`, or of `f64`; all alike.
    check::<f32>(&by_name("leaky_relu").unwrap(), &inputs(5000, 1e-22), 1.into(), 0.01);
    let x: Vec<f64> = inputs(5000, 1e-25).into_iter().map(|x| x + 1e-22).collect();
    check::<f32>(&by_name("leaky_relu").unwrap(), &x, 1.into(), 0.01);
    check::<f64>(&by_name("leaky_relu").unwrap(), &inputs(5000, 1e-160), 1.into(), 0.01);
    check::<f64>(&by_name("leaky_relu").unwrap(), &inputs(5000, 1e150), 1.into(), 0.01);
    for same in [0.1, 1e-25, 0.0, 3.0] {
        let mut monitor = Monitor::new(catalogue::LeakyRelu::default());
        monitor.forward_into(1, &[same; 40_000], &mut [0.0; 40_000]);
        assert_eq!((monitor.statistics().mean(), monitor.take().variance()), (same, 0.0));
        monitor.forward_into(1, &[same as f32; 40_000], &mut [0.0; 40_000]);
        let seen = monitor.take();
        assert_eq!((seen.mean(), seen.variance()), (f64::from(same as f32), 0.0));
    }

    let mut monitor = Monitor::new(catalogue::Gelu);
    monitor.forward_into(3, &[f32::NAN; 6], &mut [0.0; 6]);
    let seen = monitor.statistics();
    assert_eq!((seen.nans(), seen.saturated(), seen.dead_units().len()), (6, 0, 0));
    assert!(seen.mean().is_nan());
}

/// Sums of `f64` numbers are as exact as a mean in `f64`, a hundred million deviations away from 0.
#[test]
fn moments_of_doubles() {
    let x: Vec<f64> = inputs(50_000, 1e-4).into_iter().map(|x| x + 1e4).collect();
    let mut monitor = Monitor::new(catalogue::LeakyRelu::default());
    monitor.forward_into(1, &x, &mut vec![0.0; x.len()]);
    let mean = x.iter().map(|x| x - 1e4).sum::<f64>() / x.len() as f64;
    let variance = x.iter().map(|x| (x - 1e4 - mean) * (x - 1e4 - mean)).sum::<f64>() / x.len() as f64;
    let seen = monitor.statistics();
    assert!((seen.mean() - (1e4 + mean)).abs() <= 1e-15 * 1e4, "{}", seen.mean());
    assert!((seen.variance() - variance).abs() <= 1e-10 * variance, "{} {variance}", seen.variance());
}

/// Units that die one after the other, in layers where few, many and all are dead; with one element each and with several.
#[test]
fn dead_units_few_and_many() {
    for (count, inner) in [(100, 1), (7, 5), (1, 40)] {
        let units = Units { count, inner };
        for alive in [0, 1, count / 2, count - 1, count] {
            for name in ["relu", "relu6", "hard_shrink", "hard_swish"] {
                // Unit u sees a number with a slope in its last example only.
                let examples = 300;
                let x: Vec<f64> = (0..examples * count * inner)
                    .map(|at| {
                        let (example, unit) = (at / (count * inner), at / inner % count);
                        let dead = if name == "hard_shrink" { 0.25 } else { -7.0 };
                        let is_last = example == examples - 1 && at % inner == inner - 1;
                        if is_last && unit < alive { 2.0 } else { dead }
                    })
                    .collect();
                check::<f32>(&by_name(name).unwrap(), &x, units, 0.01);
                check::<half::bf16>(&by_name(name).unwrap(), &x, units, 0.01);
            }
        }
    }
}

/// Slices of every length up to some registers' worth, with NaN and infinities at every place.
#[test]
fn short_slices() {
    let x = inputs(70, 4.0);
    for activation in ["relu", "gelu", "sigmoid", "relu6", "soft_shrink", "sin"] {
        let activation = by_name(activation).unwrap();
        for length in 1..x.len() {
            check::<f32>(&activation, &x[..length], 1.into(), 0.01);
            let mut x = x[..length].to_vec();
            x[length * 7 % length.max(3) % length] = f64::NAN;
            x[length / 2] = f64::NEG_INFINITY;
            check::<f32>(&activation, &x, 1.into(), 0.01);
        }
    }
}

#[test]
fn one_call_of_several() {
    let mut monitor = Monitor::new(catalogue::Relu).every(3);
    for _ in 0..7 {
        let mut y = [7.0; 2];
        monitor.forward_into(2, &[1.0_f32, -1.0], &mut y);
        assert_eq!(y, [1.0, 0.0]);
    }
    assert_eq!(monitor.statistics().count(), 3 * 2);
}

#[test]
fn mistakes_say_what_is_wrong() {
    let panics = |run: &dyn Fn()| -> String {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).unwrap_err();
        panic.downcast_ref::<String>().cloned().unwrap_or_default()
    };
    let forward = |units: Units, inputs: usize, outputs: usize| {
        let (x, mut y) = (vec![0.0_f32; inputs], vec![0.0; outputs]);
        Monitor::new(catalogue::Relu).forward_into(units, &x, &mut y);
    };
    assert!(
        panics(&|| forward(3.into(), 7, 7))
            .contains("7 elements, which is no whole number of examples of 3 units")
    );
    assert!(panics(&|| forward(0.into(), 0, 0)).contains("0 units of 1 elements are none"));
    assert!(panics(&|| forward(2.into(), 4, 3)).contains("`output` has 3 elements"));
    assert!(panics(&|| drop(Monitor::with_threshold(catalogue::Relu, 0.0))).contains("above 0, not 0"));
    assert!(panics(&|| drop(Monitor::with_threshold(catalogue::Relu, f32::NAN))).contains("not NaN"));
    let mut monitor = Monitor::new(catalogue::Relu);
    monitor.forward_into(2, &[1.0_f32, 2.0], &mut [0.0; 2]);
    let seen = monitor.take();
    let mut other = Monitor::new(catalogue::Relu);
    other.forward_into(1, &[1.0_f32], &mut [0.0]);
    let merge = || other.statistics().clone().merge(&seen);
    assert!(panics(&merge).contains("statistics of 1 units cannot be put together with those of 2"));
}
