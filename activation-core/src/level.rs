//! Which vector instructions a loop is compiled for: [`Level`] has its home beside the numbers.

pub(crate) use activation_math::{Kernel, Level};
