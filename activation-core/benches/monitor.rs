//! What a monitor costs beside the forward kernel that it watches: `cargo bench -p activation-core --bench monitor`.
//!
//! Each in turn with the other, round by round; medians of the times and of the rounds' ratios. Inputs are normally distributed or
//! nearly so, 256 units wide.

use activation_core::monitor::Monitor;
use activation_core::{Fast, Output, Pointwise, catalogue};
use std::hint::black_box;
use std::time::Instant;

const UNITS: usize = 256;
const ROUNDS: usize = 101;

fn main() {
    println!("activation  tier      elements  forward ns  monitored ns   ratio");
    let slices = [1 << 16, 1 << 18, 1 << 22];
    macro_rules! measure {
        ($($name:literal $activation:expr;)*) => {
            for count in slices {
                $(
                    measure($name, "accurate", $activation, count);
                    measure($name, "fast", Fast($activation), count);
                )*
            }
        };
    }
    measure! {
        "relu" catalogue::Relu;
        "leaky_relu" catalogue::LeakyRelu::default();
        "sigmoid" catalogue::Sigmoid;
        "tanh" catalogue::Tanh;
        "gelu" catalogue::Gelu;
        "silu" catalogue::Silu;
    }
}

/// Sums of twelve uniform numbers, less 6: a mean of 0 and a variance of 1.
fn numbers(count: usize) -> Vec<f32> {
    let mut state = 1_u32;
    let mut uniform = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32
    };
    (0..count).map(|_| (0..12).map(|_| uniform()).sum::<f32>() - 6.0).collect()
}

fn measure(name: &str, tier: &str, activation: impl Pointwise, count: usize) {
    let (input, mut output) = (numbers(count), vec![0.0_f32; count]);
    let mut monitor = Monitor::new(activation.clone());
    // Long enough for the clock.
    let repeats = ((1 << 18) / count).max(1);
    let mut time = |mut run: Box<dyn FnMut(&[f32], &mut [f32]) + '_>| {
        let start = Instant::now();
        for _ in 0..repeats {
            run(black_box(&input), black_box(&mut output));
        }
        start.elapsed().as_secs_f64() / (repeats * count) as f64 * 1e9
    };
    let mut rounds: Vec<[f64; 3]> = (0..ROUNDS)
        .map(|_| {
            let plain = time(Box::new(|x, y| activation.evaluate_into(Output::Forward, x, y)));
            let watched = time(Box::new(|x, y| monitor.forward_into(UNITS, x, y)));
            [plain, watched, watched / plain]
        })
        .collect();
    let mut median = |of: usize| {
        rounds.sort_by(|a, b| a[of].total_cmp(&b[of]));
        rounds[ROUNDS / 2][of]
    };
    println!("{name:<11} {tier:<8} {count:>9} {:>11.3} {:>13.3} {:>7.3}", median(0), median(1), median(2));
}
