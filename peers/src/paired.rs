//! Times of several functions that do the same, taken in turn: what slows the machine down meets all of them alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A function from one slice to another.
pub(crate) type Function<'a> = Box<dyn FnMut(&[f32], &mut [f32]) + 'a>;

/// Odd, for the median to be one of them.
const ROUNDS: usize = 31;

/// How long a block takes, about: long beside the resolution of a clock.
const BLOCK: Duration = Duration::from_micros(800);

/// What was measured of one function.
#[derive(Clone, Copy)]
pub(crate) struct Figure {
    /// The median of all rounds, in nanoseconds an element.
    pub(crate) time: f64,
    /// The median of the ratios to the first function's time in the same round.
    pub(crate) ratio: f64,
}

/// Times every function on `count` numbers between -5 and 5.
pub(crate) fn measure(count: usize, functions: &mut [Function<'_>]) -> Vec<Figure> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let input: Vec<f32> =
        (0..count).map(|index| ((index as f64 * GOLDEN).fract() * 10.0 - 5.0) as f32).collect();
    let mut output = vec![0.0; count];
    let repeats: Vec<usize> =
        functions.iter_mut().map(|function| repeats(function, &input, &mut output)).collect();
    let mut times = vec![[0.0; ROUNDS]; functions.len()];
    for round in 0..ROUNDS {
        for ((function, &repeats), times) in functions.iter_mut().zip(&repeats).zip(&mut times) {
            let time = block(function, repeats, &input, &mut output);
            times[round] = time.as_secs_f64() * 1e9 / repeats as f64 / count as f64;
        }
    }
    let figure = |own: &[f64; ROUNDS]| {
        let ratios = std::array::from_fn(|round| own[round] / times[0][round]);
        Figure { time: median(*own), ratio: median(ratios) }
    };
    times.iter().map(figure).collect()
}

fn repeats(function: &mut Function<'_>, input: &[f32], output: &mut [f32]) -> usize {
    let mut repeats = 1;
    loop {
        let missing = BLOCK.as_secs_f64() / block(function, repeats, input, output).as_secs_f64().max(1e-9);
        if missing <= 1.25 {
            return repeats;
        }
        repeats = (repeats as f64 * missing.min(10.0)).ceil() as usize;
    }
}

fn block(function: &mut Function<'_>, repeats: usize, input: &[f32], output: &mut [f32]) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        function(black_box(input), output);
        black_box(&*output);
    }
    start.elapsed()
}

fn median(mut values: [f64; ROUNDS]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[ROUNDS / 2]
}
