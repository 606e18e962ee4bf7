//! Which vector instructions a loop is compiled for: chosen once per call, from what the processor has.
//!
//! A loop is written once, as a [`Kernel`], and compiled once for every level: its code is inlined into functions that
//! may use the instructions of that level, and the compiler's vectoriser does the rest. No operation is ever contracted
//! or reordered, so the results have the same bits at every level. Those that are fused by name are one instruction at
//! every level but the base of x86-64, where they are a call of the system's library: right, and slow.

/// A set of vector instructions that this machine has.
///
/// Slice functions choose the best one by themselves. To name one is for tests and measurements.
///
/// ```
/// use activation_math::Level;
///
/// assert!(Level::available().any(|level| level == Level::detect()));
/// assert_eq!(Level::available().next(), Some(Level::BASE));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(Instructions);

/// From few to many. Private, so that a [`Level`] is always one that was detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Instructions {
    Base,
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Avx2,
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Avx512,
}

/// All of them.
const LEVELS: [Instructions; if cfg!(all(feature = "std", target_arch = "x86_64")) { 3 } else { 1 }] = [
    Instructions::Base,
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Instructions::Avx2,
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    Instructions::Avx512,
];

/// The place of the best level that may be used among [`LEVELS`]; beyond the last one there is no limit.
#[cfg(feature = "std")]
static LIMIT: core::sync::atomic::AtomicUsize = core::sync::atomic::AtomicUsize::new(usize::MAX);

#[inline]
fn limit() -> Instructions {
    #[cfg(feature = "std")]
    let place = LIMIT.load(core::sync::atomic::Ordering::Relaxed);
    #[cfg(not(feature = "std"))]
    let place = LEVELS.len();
    LEVELS[place.min(LEVELS.len() - 1)]
}

impl Level {
    /// What every processor of the target has: SSE2 on x86-64, NEON on `AArch64`.
    pub const BASE: Level = Level(Instructions::Base);

    /// The level that slice functions use: the best one that this machine has and `limit_to` allows; always
    /// [`BASE`](Self::BASE) without the feature `std`.
    #[inline]
    pub fn detect() -> Level {
        Level(Level::best().0.min(limit()))
    }

    /// Makes slice functions use no better level than this one from now on, in all threads: to measure what other machines would
    /// do. Results are the same bits at every level.
    ///
    /// ```
    /// use activation_math::Level;
    ///
    /// let best = Level::detect();
    /// Level::BASE.limit_to();
    /// assert_eq!(Level::detect(), Level::BASE);
    /// best.limit_to();
    /// assert_eq!(Level::detect(), best);
    /// ```
    #[cfg(feature = "std")]
    pub fn limit_to(self) {
        let place = LEVELS.iter().position(|&level| level == self.0).unwrap_or(LEVELS.len());
        LIMIT.store(place, core::sync::atomic::Ordering::Relaxed);
    }

    #[inline]
    fn best() -> Level {
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        {
            use std::is_x86_feature_detected as has;
            if has!("avx2") && has!("fma") {
                let is_wide = has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl");
                return Level(if is_wide { Instructions::Avx512 } else { Instructions::Avx2 });
            }
        }
        Level::BASE
    }

    /// All levels that this machine has, the best one last.
    pub fn available() -> impl Iterator<Item = Level> {
        let best = Level::best();
        // Every machine with one level has those before it.
        LEVELS.into_iter().map(Level).filter(move |&level| level <= best)
    }

    /// `base`, `avx2` or `avx512`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Instructions::Base => "base",
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Avx2 => "avx2",
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Avx512 => "avx512",
        }
    }

    /// Whether [`run_over`](Self::run_over) has loops for this level.
    #[cfg(feature = "std")]
    #[inline]
    pub(crate) fn has_loops(self) -> bool {
        cfg!(not(all(feature = "std", target_arch = "x86_64"))) || self != Level::BASE
    }

    /// Runs a loop with the instructions of this level.
    #[inline]
    #[allow(unsafe_code, reason = "a function that needs instructions is called where they were detected")]
    pub fn run<K: Kernel>(self, kernel: K) -> K::Result {
        match self.0 {
            Instructions::Base => base(kernel),
            // Safety: `Level` has no public constructor but `detect` and what is derived from it, so that this value exists
            // only where the processor, and the operating system, have been found to support AVX2 and FMA.
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Avx2 => unsafe { avx2(kernel) },
            // Safety: as above, and for the four parts of AVX-512 that were asked for.
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Avx512 => unsafe { avx512(kernel) },
        }
    }

    /// Runs what takes a single number, with as few instructions as fuse operations: there is no code for wider ones.
    #[inline]
    #[allow(unsafe_code, reason = "a function that needs instructions is called where they were detected")]
    pub fn run_narrow<K: Kernel>(kernel: K) -> K::Result {
        #[cfg(all(feature = "std", target_arch = "x86_64"))]
        if Level::detect() != Level::BASE {
            // Safety: every level but the base one has AVX2 and FMA, and was detected.
            return unsafe { avx2(kernel) };
        }
        base(kernel)
    }

    /// Runs a loop from slices to slices, if this level fuses operations by an instruction: all but the base of x86-64 do, for
    /// which no code is made.
    ///
    /// Slices are handed over one by one because the compiler then knows that what is written is not what is read.
    #[inline]
    #[allow(unsafe_code, reason = "a function that needs instructions is called where they were detected")]
    pub fn run_over<T, K: SliceKernel<T>>(
        self,
        kernel: K,
        from: [&[T]; 2],
        to: &mut [T],
        also: &mut [T],
    ) -> bool {
        let [first, second] = from;
        match self.0 {
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Base => return false,
            #[cfg(not(all(feature = "std", target_arch = "x86_64")))]
            Instructions::Base => base_over(kernel, first, second, to, also),
            // Safety: as for `run`.
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Avx2 => unsafe { avx2_over(kernel, first, second, to, also) },
            // Safety: as for `run`.
            #[cfg(all(feature = "std", target_arch = "x86_64"))]
            Instructions::Avx512 => unsafe { avx512_over(kernel, first, second, to, also) },
        }
        true
    }
}

/// A loop over slices. `run`, and everything that it calls for every element, must be inlined: code that stays outside
/// is compiled for the base level.
pub trait Kernel {
    /// What the loop gives.
    type Result;

    /// The loop.
    fn run(self) -> Self::Result;
}

/// A loop that reads two slices, of which one may be empty, and writes two, likewise; see [`Kernel`].
pub trait SliceKernel<T> {
    /// The loop.
    fn run(self, first: &[T], second: &[T], to: &mut [T], also: &mut [T]);
}

/// Functions for one level: of a kernel, and of a kernel over slices.
macro_rules! levels {
    ($($(#[$when:meta])* $one:ident $over:ident;)*) => {
        $(
            $(#[$when])*
            #[inline(never)]
            fn $one<K: Kernel>(kernel: K) -> K::Result {
                kernel.run()
            }

            $(#[$when])*
            #[inline(never)]
            fn $over<T, K: SliceKernel<T>>(kernel: K, first: &[T], second: &[T], to: &mut [T], also: &mut [T]) {
                kernel.run(first, second, to, also);
            }
        )*
    };
}

levels! {
    #[cfg_attr(all(feature = "std", target_arch = "x86_64"), allow(dead_code, reason = "there is no base code over slices"))]
    base base_over;
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    #[target_feature(enable = "avx2,fma")]
    avx2 avx2_over;
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    #[target_feature(enable = "fma,avx512f,avx512bw,avx512dq,avx512vl")]
    avx512 avx512_over;
}
