//! How far results lie from the exact ones: over a sample of the numbers of a type or over all of them, on all cores.
//!
//! A kernel's inputs are cut into jobs; any core takes the next job of any kernel, and what it found is joined in the order
//! of the inputs, so that a run gives the same figures however it was spread and however often it was interrupted.

mod kernel;
mod state;

pub(crate) use kernel::Kernel;
pub(crate) use state::State;

use crate::failure::Failure;
use crate::interrupt;
use crate::progress;
use activation_core::Scalar;
use activation_reference::{Findings, Float, compare};
use half::{bf16, f16};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, mpsc};
use std::thread;

/// The type whose results are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    F32,
    F64,
    F16,
    Bf16,
}

impl Type {
    pub(crate) const WORDS: &[(&str, Type)] =
        &[("f32", Type::F32), ("f64", Type::F64), ("f16", Type::F16), ("bf16", Type::Bf16)];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Type::F32 => f32::NAME,
            Type::F64 => f64::NAME,
            Type::F16 => f16::NAME,
            Type::Bf16 => bf16::NAME,
        }
    }

    /// What results of the accurate tier may be off by, in units in the last place: the tests that a declaration gets hold it
    /// to the same (`activation_core`'s `check`).
    pub(crate) fn promise(self) -> f64 {
        match self {
            Type::F32 => 1.0,
            Type::F64 => 4.0,
            Type::F16 | Type::Bf16 => 0.5001,
        }
    }

    /// The number of a bit pattern.
    pub(crate) fn number(self, pattern: u64) -> f64 {
        match self {
            Type::F32 => f32::from_pattern(pattern).widened(),
            Type::F64 => f64::from_pattern(pattern),
            Type::F16 => f16::from_pattern(pattern).widened(),
            Type::Bf16 => bf16::from_pattern(pattern).widened(),
        }
    }
}

/// Which numbers go in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inputs {
    /// So many, spread evenly over the bit patterns and so over the orders of magnitude, and the numbers at which
    /// arithmetic has its edges. Multi-precision arithmetic judges.
    Sample(usize),
    /// All of them. The closed forms judge, where there are any.
    All,
}

/// Measures every kernel. What `state` knows from an earlier run is not measured again; a run with a state can be interrupted, at
/// which it completes the parts that it is at.
pub(crate) fn measure(
    kernels: &[Kernel<'_>],
    inputs: Inputs,
    dtype: Type,
    state: Option<State>,
) -> Result<Vec<Findings>, Failure> {
    match dtype {
        Type::F32 => measure_in::<f32>(kernels, inputs, state),
        Type::F64 => measure_in::<f64>(kernels, inputs, state),
        Type::F16 => measure_in::<f16>(kernels, inputs, state),
        Type::Bf16 => measure_in::<bf16>(kernels, inputs, state),
    }
}

/// The inputs of one type, cut into jobs.
enum Patterns {
    Sample(Vec<u64>),
    /// All below this number.
    All(u64),
}

impl Patterns {
    fn of<T: Float>(inputs: Inputs) -> Self {
        let everything = 1_u128 << T::BITS;
        match inputs {
            Inputs::All => Patterns::All(u64::try_from(everything).unwrap_or(u64::MAX)),
            Inputs::Sample(count) => {
                let count = (count as u128).min(everything);
                // The middle of each of `count` equal parts.
                let spread = (0..count).map(|index| (everything * (2 * index + 1) / (2 * count)) as u64);
                Patterns::Sample(spread.chain(T::edges()).collect())
            }
        }
    }

    fn len(&self) -> u64 {
        match self {
            Patterns::Sample(patterns) => patterns.len() as u64,
            Patterns::All(end) => *end,
        }
    }

    /// Small enough that all cores end together and that little is lost by an interruption; large enough that the cores do
    /// not meet often.
    fn job(&self) -> u64 {
        match self {
            // At least 16 milliseconds of multi-precision arithmetic.
            Patterns::Sample(patterns) => (patterns.len() as u64 / 4096).max(16),
            // 16 jobs of a type of 16 bits, 256 of `f32`: about a second each.
            Patterns::All(end) => 1 << (end.ilog2() * 3 / 4),
        }
    }

    fn jobs(&self) -> usize {
        self.len().div_ceil(self.job()) as usize
    }

    /// The inputs of a job by their place.
    fn range(&self, job: usize) -> std::ops::Range<u64> {
        let start = job as u64 * self.job();
        start..(start + self.job()).min(self.len())
    }

    fn compare<T: Float + Scalar>(
        &self,
        kernel: &Kernel<'_>,
        job: usize,
        progress: impl FnMut(u64),
    ) -> Findings {
        let range = self.range(job);
        let limits = kernel.reference().map(|reference| reference.limits);
        let run = |inputs: &[T], results: &mut [T]| kernel.run(inputs, results);
        let oracle = |x, got| kernel.oracle::<T>(x, got);
        match self {
            Patterns::All(_) => compare(range, kernel.reference(), limits, run, oracle, progress),
            Patterns::Sample(patterns) => {
                let inputs = patterns.get(range.start as usize..range.end as usize).unwrap_or_default();
                compare(inputs.iter().copied(), None, limits, run, oracle, progress)
            }
        }
    }
}

fn measure_in<T: Float + Scalar>(
    kernels: &[Kernel<'_>],
    inputs: Inputs,
    mut state: Option<State>,
) -> Result<Vec<Findings>, Failure> {
    let patterns = Patterns::of::<T>(inputs);
    let (jobs, mut parts) = (patterns.jobs(), Vec::new());
    for kernel in kernels {
        let known = |job| state.as_mut().and_then(|state| state.take(&kernel.key(T::NAME, job)));
        parts.push((0..jobs).map(known).collect::<Vec<Option<Findings>>>());
    }
    let todo: Vec<(usize, usize)> = (0..kernels.len())
        .flat_map(|kernel| (0..jobs).map(move |job| (kernel, job)))
        .filter(|&(kernel, job)| parts[kernel][job].is_none())
        .collect();

    let bar = progress::bar(
        todo.iter().map(|&(_, job)| patterns.range(job)).map(|range| range.end - range.start).sum(),
        "",
    );
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let work = |send: mpsc::Sender<(usize, usize, Findings)>| {
        while let Some(&(index, job)) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
            let kernel = &kernels[index];
            bar.set_message(kernel.label());
            let found = patterns.compare::<T>(kernel, job, |count| bar.inc(count));
            // Nobody listens any more once the results cannot be stored.
            if send.send((index, job, found)).is_err() || interrupt::is_wanted() {
                return;
            }
        }
    };
    let mut done = 0;
    let stored: Result<(), Failure> = thread::scope(|scope| {
        for _ in 0..cores() {
            let send = send.clone();
            scope.spawn(|| work(send));
        }
        drop(send);
        for (index, job, found) in &receive {
            if let Some(state) = &mut state {
                state.add(&kernels[index].key(T::NAME, job), &found)?;
            }
            parts[index][job] = Some(found);
            done += 1;
        }
        Ok(())
    });
    bar.finish_and_clear();
    stored?;
    if let Some(state) = &state
        && done < todo.len()
    {
        let all = kernels.len() * jobs;
        return Err(state.interrupted(all - (todo.len() - done), all));
    }
    let found = settled::<T>(kernels, &parts);
    if let Some(state) = state {
        state.finish()?;
    }
    Ok(found)
}

/// What was found about every kernel, its largest errors decided.
fn settled<T: Float>(kernels: &[Kernel<'_>], parts: &[Vec<Option<Findings>>]) -> Vec<Findings> {
    let all: Vec<OnceLock<Findings>> = kernels.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let index = || next.fetch_add(1, Ordering::Relaxed);
        while let Some(((kernel, parts), slot)) = kernels.iter().zip(parts).zip(&all).nth(index()) {
            let mut total = Findings::default();
            parts.iter().flatten().for_each(|part| total.join(part));
            total.settle::<T>(|x, got| kernel.oracle::<T>(x, got));
            slot.get_or_init(|| total);
        }
    };
    thread::scope(|scope| {
        for _ in 0..cores() {
            scope.spawn(work);
        }
    });
    all.into_iter().filter_map(OnceLock::into_inner).collect()
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::{Inputs, Patterns, Type};
    use half::f16;

    #[test]
    fn jobs_cover_every_input_once() {
        for patterns in [
            Patterns::of::<f32>(Inputs::All),
            Patterns::of::<f16>(Inputs::All),
            Patterns::of::<f64>(Inputs::Sample(1000)),
            Patterns::of::<f32>(Inputs::Sample(1)),
        ] {
            let mut end = 0;
            for job in 0..patterns.jobs() {
                let range = patterns.range(job);
                assert!(range.start == end && range.end > end);
                end = range.end;
            }
            assert_eq!(end, patterns.len());
        }
    }

    #[test]
    fn a_sample_is_spread_over_both_signs_and_has_the_edges() {
        let Patterns::Sample(sample) = Patterns::of::<f32>(Inputs::Sample(10)) else { unreachable!() };
        let numbers: Vec<f64> = sample.iter().map(|&pattern| Type::F32.number(pattern)).collect();
        assert_eq!(numbers[..10].iter().filter(|x| x.is_sign_negative()).count(), 5);
        assert!(numbers.contains(&f64::INFINITY) && numbers.contains(&f64::from(f32::MIN)), "{numbers:?}");
        // No more than there are.
        let Patterns::Sample(all) = Patterns::of::<f16>(Inputs::Sample(1_000_000)) else { unreachable!() };
        let mut first = all[..1 << 16].to_vec();
        first.dedup();
        assert_eq!(first, (0..1 << 16).collect::<Vec<u64>>());
    }
}
