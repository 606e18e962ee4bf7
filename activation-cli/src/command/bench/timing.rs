//! The time that a kernel takes, and in turn with it that of a copy of the same memory.
//!
//! What disturbs a measurement makes it longer, never shorter: the best of several blocks is the nearest to the truth. A
//! machine that becomes faster or slower in between does so for both.

use super::kernel::Element;
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

/// Long beside the resolution of a clock, and with threads beside the time to start them.
const BLOCK: Duration = Duration::from_millis(1);
const BLOCK_WITH_THREADS: Duration = Duration::from_millis(10);

/// So many blocks, or fewer if they take longer than that.
const BLOCKS: usize = 15;
const FEWEST_BLOCKS: usize = 3;
const ENOUGH: Duration = Duration::from_millis(500);

/// Nanoseconds an element.
pub(super) struct Timing {
    pub(super) kernel: f64,
    pub(super) memcpy: f64,
    /// Bytes of an element.
    pub(super) size: usize,
}

/// What kernels read and write.
pub(super) struct Data<T> {
    input: Vec<T>,
    gradient: Vec<T>,
    first: Vec<T>,
    second: Vec<T>,
}

/// The part of one thread.
pub(super) struct Part<'a, T> {
    pub(super) input: &'a [T],
    pub(super) gradient: &'a [T],
    pub(super) first: &'a mut [T],
    pub(super) second: &'a mut [T],
}

impl<T: Element> Data<T> {
    /// Inputs between -5 and 5 and gradients between -1 and 1, in no order that a branch could be predicted from.
    pub(super) fn new(n: usize) -> Self {
        const GOLDEN: f64 = 0.618_033_988_749_894_9;
        let number = |index: usize| (index as f64 * GOLDEN).fract() * 2.0 - 1.0;
        Data {
            input: (0..n).map(|index| T::from_f64(5.0 * number(index))).collect(),
            gradient: (0..n).map(|index| T::from_f64(number(3 * index + 1))).collect(),
            first: vec![T::default(); n],
            second: vec![T::default(); n],
        }
    }

    fn parts(&mut self, threads: usize) -> Vec<Part<'_, T>> {
        let length = self.input.len().div_ceil(threads);
        let given = self.input.chunks(length).zip(self.gradient.chunks(length));
        let taken = self.first.chunks_mut(length).zip(self.second.chunks_mut(length));
        given
            .zip(taken)
            .map(|((input, gradient), (first, second))| Part { input, gradient, first, second })
            .collect()
    }
}

/// Times a kernel.
pub(super) fn measure<T: Element>(
    data: &mut Data<T>,
    threads: usize,
    kernel: impl Fn(&mut Part<'_, T>) + Sync,
) -> Timing {
    let n = data.input.len();
    let mut parts = data.parts(threads);
    let copy = |part: &mut Part<'_, T>| part.first.copy_from_slice(black_box(part.input));
    let (copies, runs) = (rounds(&mut parts, &copy), rounds(&mut parts, &kernel));
    let mut best = [f64::INFINITY; 2];
    let start = Instant::now();
    for block_number in 0..BLOCKS {
        if block_number >= FEWEST_BLOCKS && start.elapsed() > ENOUGH {
            break;
        }
        let times = [block(&mut parts, copies, &copy), block(&mut parts, runs, &kernel)];
        for ((best, time), rounds) in best.iter_mut().zip(times).zip([copies, runs]) {
            *best = best.min(time.as_secs_f64() * 1e9 / rounds as f64 / n as f64);
        }
    }
    Timing { memcpy: best[0], kernel: best[1], size: size_of::<T>() }
}

/// How many rounds make a block.
fn rounds<T: Element>(parts: &mut [Part<'_, T>], job: &(impl Fn(&mut Part<'_, T>) + Sync)) -> usize {
    let wanted = if parts.len() == 1 { BLOCK } else { BLOCK_WITH_THREADS };
    let mut rounds = 1;
    loop {
        let time = block(parts, rounds, job).as_secs_f64().max(1e-9);
        let missing = wanted.as_secs_f64() / time;
        if missing <= 1.25 {
            return rounds;
        }
        // The first rounds are the slow ones: ten times as many are likely not to be too many.
        rounds = (rounds as f64 * missing.min(10.0)).ceil() as usize;
    }
}

/// The time of so many rounds, each thread going through its part.
fn block<T: Element>(
    parts: &mut [Part<'_, T>],
    rounds: usize,
    job: &(impl Fn(&mut Part<'_, T>) + Sync),
) -> Duration {
    let go = |part: &mut Part<'_, T>| {
        for _ in 0..rounds {
            job(part);
            black_box((&*part.first, &*part.second));
        }
    };
    let start = Instant::now();
    match parts {
        [part] => go(part),
        parts => thread::scope(|scope| {
            for part in parts {
                scope.spawn(|| go(part));
            }
        }),
    }
    start.elapsed()
}
