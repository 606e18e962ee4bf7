//! Numbers and elementary functions that compiled activation formulas are evaluated with.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

mod all_plain;
mod body;
#[doc(hidden)]
pub mod brief;
mod double;
#[doc(hidden)]
pub mod elementary;
mod enclosure;
pub mod extended;
mod germ;
#[doc(hidden)]
pub mod lane;
mod level;
pub mod long;
mod oracle;
mod output;
mod real;
#[doc(hidden)]
pub mod single;
mod stencil;
mod tracked;
mod twofold;
mod watch;
mod wide;

pub use all_plain::AllPlain;
pub use body::{
    Body, Interval, Precision, certified, evaluate_double, evaluate_plain_double, evaluate_single, is_plain,
    limit_at, limit_towards, sides, with_care,
};
pub use brief::Brief;
pub use enclosure::{Enclosure, Verdict};
pub use extended::Extended;
pub use germ::Germ;
pub use level::{Kernel, Level, SliceKernel};
pub use long::Long;
pub use oracle::{Exact, Reference, Textbook, exact};
pub use output::Output;
pub use real::{MINUS_ROOT_HALF, Real};
pub use single::{FAR_IN_SINGLE, evaluate_fast, is_plain_fast};
pub use stencil::{Leaning, Stencil};
pub use tracked::{Approximate, Bounds, Magnitude, Size, Tracked};
pub use twofold::Twofold;
#[cfg(feature = "std")]
pub use twofold::evaluate_double_into;
pub use watch::{Watch, Watched};
pub use wide::Wide;
